/* question.c - what somebody asks about the gap: names found, the day's figures at hand, and what they may see of them. */
#include "gap.h"
#include "people/people.h"
#include "base/map.h"
#include "web/web.h"
#include <math.h>

RECORD(gap_query,
	FIELD(gap_query, unit,     .label = W(strategy_unit), .max = 400, .doc = "A unit's path; none: the whole organisation.", .example = "Wonen/Verhuur"),
	FIELD(gap_query, ambition, .label = W(strategy_name), .max = 120, .doc = "By name or number; none: what each role asks."),
	FIELD(gap_query, skill,    .label = W(strategy_skill), .max = 120, .doc = "By name, key or number; none: all of them."),
	FIELD(gap_query, target,   .label = W(strategy_target_level), .min = 1, .max = LEVELS, .optional = true, .doc = "This level for everybody, instead of the ambition's or the role's."),
	FIELD(gap_query, on,       .label = W(strategy_day), .doc = "Another day than today: only for who sees everybody."),
	FIELD(gap_query, without,  .max = 2000, .doc = "As if these people (their numbers, with commas) were not there; from the shell only, because it does not belong in an address."));

static enum status unit_ask(struct ctx *c, struct gap_question *q)
{
	str path = q->typed.unit;
	struct unit u = { 0 };
	bool found = true;
	if (path.len)
		TRY(unit_find(c, path, &u, &found));
	q->unit = found ? needs_unit(q->n, u.id) : SIZE_MAX;
	return q->unit == SIZE_MAX ? refuse(c, NOT_FOUND, "unknown-unit", W(strategy_unknown_unit), path) : OK;
}

static bool is_asked(const struct gap_question *q, size_t skill, bool any_asked)
{
	const struct gap_skill *s = &q->n->skills[skill];
	if (q->ambition.id)
		return wanted_find(q->n, q->ambition.id, s->id) != NULL;
	return s->asked || s->wanted || !any_asked;
}

/* All skills: those that a role or an ambition asks for; where none does, those of which something is known. */
static enum status skills_ask(struct ctx *c, struct gap_question *q)
{
	const struct needs *n = q->n;
	bool any = false;
	q->skills = arena_array_of(c->arena, size_t, n->skill_count + 1);
	if (q->typed.skill.len) {
		struct skill s = { 0 };
		bool found = false;
		str near = { 0 };
		int64_t id = 0;
		size_t at = SIZE_MAX;
		if (str_to_int(q->typed.skill, &id))
			at = needs_skill(n, id);
		if (at == SIZE_MAX) {
			TRY(skill_find(c, q->typed.skill, &s, &found, &near));
			at = found ? needs_skill(n, s.id) : SIZE_MAX;
		}
		if (at == SIZE_MAX && !found)
			return near.len ? refuse(c, NOT_FOUND, "unknown-skill", W(strategy_unknown_skill_near), q->typed.skill, near)
				: refuse(c, NOT_FOUND, "unknown-skill", W(strategy_unknown_skill), q->typed.skill);
		if (at == SIZE_MAX)
			return refuse(c, NOT_FOUND, "skill-not-asked", W(strategy_skill_not_asked), s.name);
		q->skills[q->count++] = at;
		return OK;
	}
	for (size_t i = 0; i < n->skill_count; i++)
		any |= n->skills[i].asked || n->skills[i].wanted;
	for (size_t i = 0; i < n->skill_count; i++)
		if (is_asked(q, i, any))
			q->skills[q->count++] = i;
	return OK;
}

bool may_see(const struct ctx *c, const struct gap_question *q, int32_t person)
{
	return q->seen.everybody || (q->seen.people[person] && q->n->people[person] != c->me.person);
}

/* Somebody of whom a part is another lead's to see cannot be left out by name: with and without would show that part. */
static bool is_seen_wholly(const struct gap_question *q, int32_t person)
{
	for (size_t i = 0; i < q->n->skill_count; i++) {
		const struct need *p = needs_find(q->n, i, person);
		if (p && !need_is_seen(q->n, &q->seen, &q->n->skills[i], p))
			return false;
	}
	return true;
}

enum status people_gone(struct ctx *c, const struct gap_question *q, str numbers, uint8_t **gone, int64_t *count)
{
	list names = { 0 };
	struct map at = { 0 };
	str one;
	*gone = arena_take(c->arena, q->n->people_count + 1);
	*count = 0;
	TRY(store_all(c, gap_people, NOTHING, &names));
	for (each(struct gap_name, p, names))
		map_put(c->arena, &at, p->person_id, p->id, NULL);
	while (numbers.len) {
		str_cut(numbers, ',', &one, &numbers);
		int64_t id;
		size_t place = 0;
		one = str_trim(one);
		if (!one.len)
			continue;
		bool known = map_find(&at, one, &id);
		while (known && place < q->n->people_count && q->n->people[place] != id)
			place++;
		/* Who sees nobody one by one is not told which numbers exist. */
		if (!q->seen.everybody && (!known || place == q->n->people_count || !may_see(c, q, (int32_t)place) || !is_seen_wholly(q, (int32_t)place)))
			return refuse(c, FORBIDDEN, "not-seen", W(strategy_what_if_not_seen));
		if (!known || place == q->n->people_count)
			return refuse(c, NOT_FOUND, "unknown-person", W(strategy_what_if_unknown), one);
		*count += !(*gone)[place];
		(*gone)[place] = 1;
	}
	return OK;
}

enum status gap_ask(struct ctx *c, const struct gap_query *in, struct gap_question *out)
{
	*out = (struct gap_question){ .typed = *in };
	TRY(ambition_wanted(c, in->ambition, &out->ambition));
	out->wish = (struct gap_wish){ date_is(in->on) ? in->on : c->today, out->ambition.id, in->target };
	TRY(needs_load(c, out->wish.day, &out->n));
	TRY(matrix_load(c, &out->wish, &out->m));
	TRY(seen_load(c, out->n, &out->seen));
	TRY(unit_ask(c, out));
	TRY(skills_ask(c, out));
	if (in->without.len) {
		uint8_t *gone;
		int64_t count;
		if (c->web && web_address(c).len)
			return refuse(c, INVALID, "without-in-address", W(strategy_without_shell));
		TRY(people_gone(c, out, in->without, &gone, &count));
		out->m = matrix_without(c, out->m, gone);
		out->n = out->m->n;
	}
	return skill_names(c, out->n, &out->names);
}

enum status gap_answer(struct ctx *c, const struct gap_question *q, struct figure **at)
{
	*at = arena_array_of(c->arena, struct figure, q->count * q->n->unit_count + 1);
	return columns_shown(c, q->m, &q->seen, q->skills, q->count, *at);
}

int64_t figure_of(const struct figure *f)
{
	return f->numbered ? f->required : f->known;
}

double figure_share(const struct figure *f)
{
	return figure_of(f) > 0 ? f->expected / (double)figure_of(f) : 1;
}

double figure_short(const struct figure *f)
{
	return f->shown == SHOWN ? fmax(0, (double)figure_of(f) - f->expected) : 0;
}

str unit_label(const struct ctx *c, const struct needs *n, size_t unit)
{
	return unit == WHOLE ? W(strategy_whole)->text[c->language] : n->units[unit].path;
}

str unit_title(const struct ctx *c, const struct needs *n, size_t unit)
{
	return unit == WHOLE ? W(strategy_whole)->text[c->language] : n->units[unit].name;
}
