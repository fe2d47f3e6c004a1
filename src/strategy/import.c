/* import.c - ambitions out of somebody's file: a line a skill, the lines of one ambition under one name. */
#include "inside.h"
#include "versions.h"
#include "imports/imports.h"
#include "people/people.h"
#include "base/map.h"

struct ambition_line {
	int64_t line; str ambition; date horizon; str owner, indicator, skill; int64_t weight, target_level, people_needed; str unit;
	int64_t skill_id, unit_id, owner_id;
};
RECORD(ambition_line,
	FIELD(ambition_line, line),
	FIELD(ambition_line, ambition,      .label = W(strategy_name), .required = true, .max = 120),
	FIELD(ambition_line, horizon,       .label = W(strategy_horizon)),
	FIELD(ambition_line, owner,         .label = W(strategy_owner), .max = 120),
	FIELD(ambition_line, indicator,     .label = W(strategy_indicator)),
	FIELD(ambition_line, skill,         .label = W(strategy_skill), .required = true, .max = 120),
	FIELD(ambition_line, weight,        .label = W(strategy_weight), .min = 1, .max = 5, .optional = true),
	FIELD(ambition_line, target_level,  .label = W(strategy_target_level), .min = 1, .max = LEVELS, .required = true),
	FIELD(ambition_line, people_needed, .label = W(strategy_people_needed), .min = 1, .max = 1000000, .optional = true),
	FIELD(ambition_line, unit,          .label = W(strategy_unit), .max = 400),
	FIELD(ambition_line, skill_id), FIELD(ambition_line, unit_id), FIELD(ambition_line, owner_id));

RECORD(skill_names_row, FIELD(skill_names_row, id), FIELD(skill_names_row, key), FIELD(skill_names_row, uri), FIELD(skill_names_row, name_nl), FIELD(skill_names_row, name_en));

static const struct import_name names[] = {
	{ "ambition", "ambitie, doel, goal" },
	{ "horizon", "horizon, wanneer, einddatum, until" },
	{ "owner", "eigenaar, owner_id, verantwoordelijke" },
	{ "indicator", "indicator, waaraan zien we het, maatstaf, measure" },
	{ "skill", "vaardigheid, competentie" },
	{ "weight", "gewicht, weging" },
	{ "target_level", "doelniveau, niveau, level, target" },
	{ "people_needed", "mensen nodig, aantal, aantal mensen, needed" },
	{ "unit", "afdeling, team, onderdeel" },
	{ 0 } };

static const struct import_table tables[] = {
	{ "ambition_version", &version_new_record, &query_version_by_id, &query_version_set, &query_version_remove }, { 0 } };

enum { HORIZON_YEARS = 3 };

/* An ambition of the file: what it would become, and what is there. */
struct plan { struct ambition_given given; struct ambition now; list skills; int64_t line; bool changed; };
struct plans { list all; struct map at; };

/* ---- Names to numbers ---- */

struct known { struct map skills, units, owners; list skill_names, unit_names; };

static void known_put(struct ctx *c, struct map *m, str name, int64_t id)
{
	if (name.len)
		map_put(c->arena, m, text_fold(c->arena, name), id, NULL);
}

static enum status known_load(struct ctx *c, struct known *k)
{
	list skills = { 0 }, units = { 0 }, people = { 0 };
	TRY(store_all(c, strategy_skills, NOTHING, &skills));
	for (each(struct skill_names_row, s, skills)) {
		known_put(c, &k->skills, s->name_nl, s->id);
		known_put(c, &k->skills, s->name_en, s->id);
		known_put(c, &k->skills, s->key, s->id);
		known_put(c, &k->skills, s->uri, s->id);
		*list_add(c->arena, &k->skill_names, str) = s->name_nl.len ? s->name_nl : s->name_en;
	}
	TRY(store_all(c, gap_units, NOTHING, &units));
	for (each(struct gap_unit, u, units)) {
		known_put(c, &k->units, u->path, u->id);
		*list_add(c->arena, &k->unit_names, str) = u->path;
	}
	TRY(store_all(c, strategy_people, NOTHING, &people));
	for (each(struct gap_name, p, people)) {
		known_put(c, &k->owners, p->name, p->id);
		map_put(c->arena, &k->owners, p->person_id, p->id, NULL);
	}
	return OK;
}

static void line_look_up(struct ctx *c, struct import *im, const struct known *k, struct ambition_line *l)
{
	l->skill_id = l->unit_id = l->owner_id = 0;
	if (!map_find(&k->skills, text_fold(c->arena, l->skill), &l->skill_id))
		import_unknown(c, im, l->line, S("skill"), l->skill, &k->skill_names);
	if (l->unit.len && !map_find(&k->units, text_fold(c->arena, l->unit), &l->unit_id))
		import_unknown(c, im, l->line, S("unit"), l->unit, &k->unit_names);
	if (l->owner.len && !map_find(&k->owners, l->owner, &l->owner_id) && !map_find(&k->owners, text_fold(c->arena, l->owner), &l->owner_id))
		import_object(c, im, l->line, S("owner"), W(strategy_unknown_owner), l->owner);
}

/* ---- Lines to ambitions ---- */

static struct plan *plan_of(struct ctx *c, struct plans *p, const list *stored, const struct ambition_line *l)
{
	str fold = text_fold(c->arena, l->ambition);
	int64_t at = (int64_t)p->all.count, old;
	if (!map_put(c->arena, &p->at, fold, at, &old))
		return list_item(p->all, struct plan, old);
	struct plan *new = list_add(c->arena, &p->all, struct plan);
	*new = (struct plan){ .line = l->line, .given = { .name = l->ambition, .horizon = date_add_months(c->today, 12 * HORIZON_YEARS), .reason = S("import") } };
	for (each(struct ambition, a, *stored))
		if (str_eq(text_fold(c->arena, a->name), fold)) {
			new->now = *a;
			new->given = (struct ambition_given){ a->id, a->name, a->why, a->horizon, a->owner, a->indicator, S("import"), { 0 } };
		}
	return new;
}

static void line_add(struct ctx *c, struct import *im, struct plan *p, const struct ambition_line *l)
{
	struct ambition_given *g = &p->given;
	if (date_is(l->horizon))
		g->horizon = l->horizon;
	if (l->owner_id)
		g->owner = l->owner_id;
	if (l->indicator.len)
		g->indicator = l->indicator;
	for (each(struct ambition_skill, s, g->skills))
		if (s->skill == l->skill_id) {
			import_object(c, im, l->line, S("skill"), W(strategy_skill_twice), l->skill, l->ambition);
			return;
		}
	if (l->skill_id)
		*list_add(c->arena, &g->skills, struct ambition_skill) = (struct ambition_skill){ l->skill_id, l->weight ? l->weight : 1, l->target_level, l->people_needed, l->unit_id };
}

static enum status ambitions_check(struct ctx *c, struct import *im)
{
	struct known k = { 0 };
	struct plans *p = arena_new_of(c->arena, struct plans);
	list stored = { 0 };
	im->own = p;
	TRY(known_load(c, &k));
	TRY(ambition_list(c, &stored));
	for (each(struct ambition_line, l, im->rows)) {
		line_look_up(c, im, &k, l);
		line_add(c, im, plan_of(c, p, &stored, l), l);
	}
	for (each(struct plan, one, p->all)) {
		if (date_compare(one->given.horizon, c->today) <= 0 && (!one->now.id || date_compare(one->given.horizon, one->now.horizon)))
			import_object(c, im, one->line, S("horizon"), W(strategy_horizon_past), date_iso(c->arena, one->given.horizon));
		if (one->now.id)
			TRY(ambition_skills(c, one->now.version, &one->skills));
		one->changed = !one->now.id || !ambition_same(c, &one->now, one->skills, &one->given);
	}
	for (each(struct ambition_line, l, im->rows)) {
		const struct plan *one = plan_of(c, p, &stored, l);
		*(!one->now.id ? &im->count.added : one->changed ? &im->count.changed : &im->count.same) += 1;
	}
	return OK;
}

static enum status ambitions_apply(struct ctx *c, struct import *im)
{
	const struct plans *p = im->own;
	for (each(struct plan, one, p->all)) {
		int64_t id;
		bool made;
		if (!one->changed)
			continue;
		TRY(ambition_put(c, &one->given, &id, &made));
		struct ambition now;
		TRY(ambition_load(c, id, &now));
		struct version_new v = { 0 };
		TRY(store_one(c, version_by_id, &(struct by_id){ now.version }, &v));
		TRY(import_added(c, im, tables, now.version, &v));
	}
	return OK;
}

/* The versions that this import made go, with an ambition that has no other. */
static enum status ambitions_undo(struct ctx *c, struct import *im)
{
	struct by_id import = { im->id };
	struct count later = { 0 };
	TRY(store_one(c, versions_built_on, &import, &later));
	if (later.count)
		return refuse(c, CONFLICT, "built-on", W(strategy_built_on));
	TRY(store_run(c, import_skills_remove, &import, NULL));
	TRY(store_run(c, import_versions_remove, &import, NULL));
	return store_run(c, ambitions_empty_remove, NOTHING, NULL);
}

IMPORT(ambitions, ambition_line,
	.label = W(strategy_import),
	.hint = W(strategy_import_hint),
	.allow = "strategy.manage",
	.doc = "Ambitions with their skills: ambition, horizon, owner, indicator, skill, weight, target_level, people_needed, unit.",
	.names = names,
	.tables = tables,
	.check = ambitions_check,
	.apply = ambitions_apply,
	.undo = ambitions_undo)
