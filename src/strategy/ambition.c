/* ambition.c - ambitions as they are now, and their next versions: what is written stays, a change stands beside it. */
#include "inside.h"
#include "versions.h"

RECORD(ambition, FIELD(ambition, id), FIELD(ambition, version), FIELD(ambition, number), FIELD(ambition, name), FIELD(ambition, why, .max = 2000),
	FIELD(ambition, horizon), FIELD(ambition, owner, .optional = true), FIELD(ambition, indicator), FIELD(ambition, owner_name), FIELD(ambition, made));
RECORD(ambition_skill, FIELD(ambition_skill, skill), FIELD(ambition_skill, weight), FIELD(ambition_skill, target_level),
	FIELD(ambition_skill, people_needed, .optional = true), FIELD(ambition_skill, unit, .optional = true));
RECORD(version_new, FIELD(version_new, id), FIELD(version_new, ambition), FIELD(version_new, number), FIELD(version_new, name), FIELD(version_new, fold),
	FIELD(version_new, why), FIELD(version_new, horizon), FIELD(version_new, owner, .optional = true), FIELD(version_new, indicator), FIELD(version_new, reason));
RECORD(version_skill_new, FIELD(version_skill_new, version), FIELD(version_skill_new, skill), FIELD(version_skill_new, weight),
	FIELD(version_skill_new, target_level), FIELD(version_skill_new, people_needed, .optional = true), FIELD(version_skill_new, unit, .optional = true));

enum status ambition_list(struct ctx *c, list *out)
{
	return store_all(c, ambition_all, NOTHING, out);
}

enum status ambition_load(struct ctx *c, int64_t id, struct ambition *out)
{
	list all = { 0 };
	TRY(ambition_list(c, &all));                           /* a handful */
	for (each(struct ambition, a, all))
		if (a->id == id) {
			*out = *a;
			return OK;
		}
	return refuse(c, NOT_FOUND, "unknown-ambition", W(strategy_unknown));
}

enum status ambition_find(struct ctx *c, str name, struct ambition *out, bool *found, str *near)
{
	list all = { 0 };
	TRY(ambition_list(c, &all));
	str fold = text_fold(c->arena, name), names = { 0 };
	int64_t id = 0;
	str_to_int(name, &id);
	*found = false;
	for (each(struct ambition, a, all)) {
		if (a->id == id || str_eq(text_fold(c->arena, a->name), fold)) {
			*out = *a;
			*found = true;
			return OK;
		}
		names = text_format(c->arena, S_FMT "%s" S_FMT, S_ARG(names), names.len ? ", " : "", S_ARG(a->name));
	}
	if (near)
		*near = names;
	return OK;
}

enum status ambition_wanted(struct ctx *c, str typed, struct ambition *out)
{
	bool found;
	str near = { 0 };
	*out = (struct ambition){ 0 };
	if (!typed.len)
		return OK;
	TRY(ambition_find(c, typed, out, &found, &near));
	if (found)
		return OK;
	return near.len ? refuse(c, NOT_FOUND, "unknown-ambition", W(strategy_unknown_among), typed, near)
		: refuse(c, NOT_FOUND, "unknown-ambition", W(strategy_unknown));
}

enum status ambition_skills(struct ctx *c, int64_t version, list *out)
{
	return store_all(c, ambition_skills_of, &(struct by_id){ version }, out);
}

/* ---- A next version ---- */

static int by_skill(const void *a, const void *b)
{
	const struct ambition_skill *x = a, *y = b;
	return (x->skill > y->skill) - (x->skill < y->skill);
}

static bool same_skills(struct ctx *c, list a, list b)
{
	if (a.count != b.count)
		return false;
	list x = { .at = arena_copy(c->arena, a.at, a.count * sizeof(struct ambition_skill)), .count = a.count, .room = a.count };
	list y = { .at = arena_copy(c->arena, b.at, b.count * sizeof(struct ambition_skill)), .count = b.count, .room = b.count };
	list_sort(c->arena, &x, struct ambition_skill, by_skill);
	list_sort(c->arena, &y, struct ambition_skill, by_skill);
	for (size_t i = 0; i < x.count; i++)
		if (record_difference(c->arena, &ambition_skill_record, list_item(x, struct ambition_skill, i), list_item(y, struct ambition_skill, i)).count)
			return false;
	return true;
}

bool ambition_same(struct ctx *c, const struct ambition *a, list skills, const struct ambition_given *g)
{
	return str_eq(a->name, g->name) && str_eq(a->why, g->why) && !date_compare(a->horizon, g->horizon) && a->owner == g->owner
		&& str_eq(a->indicator, g->indicator) && same_skills(c, skills, g->skills);
}

enum status ambition_put(struct ctx *c, const struct ambition_given *g, int64_t *id, bool *made)
{
	struct ambition now = { 0 };
	*made = true;
	*id = g->id;
	if (g->id) {
		list skills = { 0 };
		TRY(ambition_load(c, g->id, &now));
		TRY(ambition_skills(c, now.version, &skills));
		*made = !ambition_same(c, &now, skills, g);
		if (!*made)
			return OK;
	} else {
		struct by_id new = { 0 };
		TRY(store_one(c, ambition_begin, NOTHING, &new));
		*id = new.id;
	}
	struct version_new v = { .ambition = *id, .number = now.number + 1, .name = g->name, .fold = text_fold(c->arena, g->name), .why = g->why,
		.horizon = g->horizon, .owner = g->owner, .indicator = g->indicator, .reason = g->reason };
	struct by_id version = { 0 };
	list rows = { 0 };
	TRY(store_one(c, version_add, &v, &version));
	for (each(struct ambition_skill, s, g->skills))
		*list_add(c->arena, &rows, struct version_skill_new) = (struct version_skill_new){ version.id, s->skill, s->weight, s->target_level, s->people_needed, s->unit };
	return rows.count ? store_run_each(c, version_skill_add, &rows) : OK;
}
