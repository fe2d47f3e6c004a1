/* edit.c - making an ambition, and changing it: every change is a next version. */
#include "inside.h"
#include <assert.h>
#include "people/people.h"
#include "view/view.words.h"
#include "web/event.h"
#include "web/operation.h"

enum { SKILLS_MOST = 8, SKILLS_LEAST = 1, YEARS = 3 };

/* A row of the form: which skill, how heavy, at which level, how many people, where. */
struct skill_choice { int64_t skill, weight, level, people, unit; };

#define SKILL_MEMBERS(n) int64_t skill_##n, weight_##n, level_##n, people_##n, unit_##n
struct ambition_form {
	int64_t id;
	str name, why, owner, indicator, reason;
	date horizon;
	SKILL_MEMBERS(1); SKILL_MEMBERS(2); SKILL_MEMBERS(3); SKILL_MEMBERS(4); SKILL_MEMBERS(5); SKILL_MEMBERS(6); SKILL_MEMBERS(7); SKILL_MEMBERS(8);
};
#define SKILL_FIELDS(n) \
	FIELD(ambition_form, skill_##n,  .label = W(strategy_skill), .optional = true), \
	FIELD(ambition_form, weight_##n, .label = W(strategy_weight), .min = 1, .max = 5, .optional = true), \
	FIELD(ambition_form, level_##n,  .label = W(strategy_target_level), .min = 1, .max = LEVELS, .optional = true), \
	FIELD(ambition_form, people_##n, .label = W(strategy_people_needed), .min = 1, .max = 1000000, .optional = true), \
	FIELD(ambition_form, unit_##n,   .label = W(strategy_unit), .optional = true)
RECORD(ambition_form,
	FIELD(ambition_form, id,        .optional = true),
	FIELD(ambition_form, name,      .label = W(strategy_name), .hint = W(strategy_name_hint), .required = true, .max = 120),
	FIELD(ambition_form, why,       .label = W(strategy_why), .lines = true, .max = 2000),
	FIELD(ambition_form, horizon,   .label = W(strategy_horizon), .hint = W(strategy_horizon_hint), .required = true),
	FIELD(ambition_form, owner,     .label = W(strategy_owner), .hint = W(strategy_owner_hint), .max = 120),
	FIELD(ambition_form, indicator, .label = W(strategy_indicator), .hint = W(strategy_indicator_hint), .max = 300),
	FIELD(ambition_form, reason,    .label = W(strategy_reason), .hint = W(strategy_reason_hint), .max = 300),
	SKILL_FIELDS(1),
	SKILL_FIELDS(2),
	SKILL_FIELDS(3),
	SKILL_FIELDS(4),
	SKILL_FIELDS(5),
	SKILL_FIELDS(6),
	SKILL_FIELDS(7),
	SKILL_FIELDS(8));

struct ambition_level { int64_t level; str name; };
struct ambition_edit { struct ambition_form form; list skills, levels, units; int64_t next_number; };
RECORD(ambition_level, FIELD(ambition_level, level), FIELD(ambition_level, name));
RECORD(ambition_edit, FIELD(ambition_edit, form, .of = &ambition_form_record));
#include "strategy_edit.html.h"

/* The rows of the form as an array: they are members in a row, five to each. */
static struct skill_choice *rows_of(struct ambition_form *f)
{
	static_assert(offsetof(struct ambition_form, unit_8) - offsetof(struct ambition_form, skill_1) == SKILLS_MOST * sizeof(struct skill_choice) - sizeof(int64_t),
		"eight rows of five numbers");
	return (struct skill_choice *)(void *)&f->skill_1;
}

static enum status choices_load(struct ctx *c, struct ambition_edit *out)
{
	list all = { 0 };
	TRY(skill_list(c, &all));
	for (each(struct skill, s, all))
		if (str_eq(s->kind, S("skill")))
			*list_add(c->arena, &out->skills, struct skill) = *s;
	for (int l = 1; l <= LEVELS; l++)
		*list_add(c->arena, &out->levels, struct ambition_level) = (struct ambition_level){ l, level_word(c, l) };
	return store_all(c, gap_units, NOTHING, &out->units);
}

OPERATION(ambition_new, nothing, ambition_edit,
	.route = "GET /strategy/new",
	.allow = "strategy.manage",
	.page = edit_html,
	.lenient = true,
	.doc = "The form for an ambition.")
{
	(void)in;
	record_clear(&ambition_form_record, &out->form);
	out->form.horizon = date_add_months(c->today, 12 * YEARS);
	out->next_number = 1;
	return choices_load(c, out);
}

OPERATION(ambition_edit_form, by_id, ambition_edit,
	.route = "GET /strategy/{id}/change",
	.allow = "strategy.manage",
	.page = edit_html,
	.lenient = true,
	.doc = "The same form with what the ambition says now.")
{
	struct ambition a = { 0 };
	list skills = { 0 };
	TRY(ambition_load(c, in->id, &a));
	TRY(ambition_skills(c, a.version, &skills));
	record_clear(&ambition_form_record, &out->form);
	out->form.id = a.id;
	out->form.name = a.name;
	out->form.why = a.why;
	out->form.horizon = a.horizon;
	out->form.owner = a.owner_name;
	out->form.indicator = a.indicator;
	struct skill_choice *rows = rows_of(&out->form);
	size_t at = 0;
	for (each(struct ambition_skill, s, skills))
		if (at < SKILLS_MOST)
			rows[at++] = (struct skill_choice){ s->skill, s->weight, s->target_level, s->people_needed, s->unit };
	out->next_number = a.number + 1;
	return choices_load(c, out);
}

/* ---- Saving ---- */

static enum status owner_find(struct ctx *c, str typed, int64_t before, str before_name, int64_t *out)
{
	list people = { 0 };
	int64_t matches = 0;
	if (!typed.len || str_eq(typed, before_name)) {
		*out = typed.len ? before : 0;
		return OK;
	}
	TRY(store_all(c, strategy_people, NOTHING, &people));
	str fold = text_fold(c->arena, typed);
	for (each(struct gap_name, p, people))
		if (str_eq(p->person_id, typed) || str_eq(text_fold(c->arena, p->name), fold)) {
			*out = p->id;
			matches++;
		}
	return matches == 1 ? OK : object(c, S("owner"), matches ? W(strategy_owner_several) : W(strategy_unknown_owner), typed);
}

/* A number of a form that was open for long, or that a program made up: said at its own field, before the database refuses it. */
static enum status choice_check(struct ctx *c, const struct ambition_edit *there, const struct skill_choice *r, int row)
{
	bool skill = false, unit = !r->unit;
	for (each(struct skill, s, there->skills))
		skill |= s->id == r->skill;
	for (each(struct gap_unit, u, there->units))
		unit |= u->id == r->unit;
	enum status status = skill ? OK : object(c, text_format(c->arena, "skill_%d", row), W(strategy_skill_gone));
	return unit ? status : object(c, text_format(c->arena, "unit_%d", row), W(strategy_unit_gone));
}

static enum status skills_read(struct ctx *c, const struct ambition_form *in, list *out)
{
	struct ambition_form f = *in;
	struct ambition_edit there = { 0 };
	const struct skill_choice *rows = rows_of(&f);
	enum status status = OK;
	TRY(choices_load(c, &there));
	for (int i = 0; i < SKILLS_MOST; i++) {
		const struct skill_choice *r = &rows[i];
		if (!r->skill)
			continue;
		if (choice_check(c, &there, r, i + 1) != OK)
			status = INVALID;
		for (each(struct ambition_skill, s, *out))
			if (s->skill == r->skill)
				status = object(c, text_format(c->arena, "skill_%d", i + 1), W(strategy_skill_again));
		*list_add(c->arena, out, struct ambition_skill) = (struct ambition_skill){ r->skill, r->weight ? r->weight : 3, r->level ? r->level : 3, r->people, r->unit };
	}
	if (out->count < SKILLS_LEAST)
		status = object(c, S("skill_1"), W(strategy_skill_none));
	return status;
}

static enum status save(struct ctx *c, const struct ambition_form *in, struct by_id *out)
{
	struct ambition now = { 0 };
	struct ambition_given g = { .id = in->id, .name = in->name, .why = in->why, .horizon = in->horizon, .indicator = in->indicator, .reason = in->reason };
	bool made;
	if (in->id)
		TRY(ambition_load(c, in->id, &now));
	enum status status = owner_find(c, in->owner, now.owner, now.owner_name, &g.owner), skills = skills_read(c, in, &g.skills);
	if (date_compare(in->horizon, c->today) <= 0)
		status = object(c, S("horizon"), W(strategy_horizon_past), date_iso(c->arena, in->horizon));
	TRY(status);
	TRY(skills);
	return ambition_put(c, &g, &out->id, &made);
}

OPERATION(ambition_add, ambition_form, by_id,
	.route = "POST /strategy",
	.allow = "strategy.manage",
	.effect = WRITES,
	.then = "/strategy/{id}",
	.said = W(strategy_saved),
	.back = "/strategy/new",
	.doc = "Makes an ambition with its critical skills.")
{
	struct ambition_form f = *in;
	f.id = 0;
	return save(c, &f, out);
}

OPERATION(ambition_change, ambition_form, by_id,
	.route = "POST /strategy/{id}/change",
	.allow = "strategy.manage",
	.effect = WRITES,
	.then = "/strategy/{id}",
	.said = W(strategy_saved),
	.back = "/strategy/{id}/change",
	.doc = "A next version of an ambition; the same again changes nothing. What it said before stays readable.")
{
	return save(c, in, out);
}

OPERATION(ambition_close, by_id, nothing,
	.route = "POST /strategy/{id}/end",
	.allow = "strategy.manage",
	.effect = WRITES,
	.then = "/strategy",
	.said = W(strategy_ended),
	.doc = "Ends an ambition. Its versions stay.")
{
	(void)out;
	struct ambition a;
	TRY(ambition_load(c, in->id, &a));
	return store_run(c, ambition_end, in, NULL);
}

/* A skill that an ambition counts on is not retired under it. */
HEARS(skill_retired, struct skill_event, needed_still)
{
	list ambitions = { 0 };
	TRY(store_all(c, ambitions_needing, &(struct by_id){ what->skill }, &ambitions));
	const struct gap_name *first = ambitions.at;
	return ambitions.count ? refuse(c, CONFLICT, "skill-in-ambition", W(strategy_skill_needed), first->name) : OK;
}
