/* import_roles.c - role profiles out of somebody's file: which level of which skill a role asks. */
#include "inside.h"
#include "imports/imports.h"

struct roles_line { int64_t line; str role, skill; int64_t level, importance, role_at, skill_id; };
RECORD(roles_line,
	FIELD(roles_line, line),
	FIELD(roles_line, role,       .label = W(skills_field_role), .required = true, .max = 120),
	FIELD(roles_line, skill,      .label = W(skills_field_skill), .required = true, .max = 300),
	FIELD(roles_line, level,      .label = W(skills_field_level), .required = true, .min = 1, .max = LEVELS),
	FIELD(roles_line, importance, .label = W(skills_field_importance), .min = 1, .max = IMPORTANCE_MOST, .optional = true),
	FIELD(roles_line, role_at),
	FIELD(roles_line, skill_id));

static const struct import_table profile_table[] = {
	{ "role_skill", &profile_row_record, &query_role_skill_load, &query_role_skill_put, &query_role_skill_remove }, { 0 } };

static const struct import_name role_names[] = {
	{ "role", "rol, functie, function, job" }, { "skill", "vaardigheid, competentie" }, { "level", "niveau" }, { "importance", "belang, gewicht, weight" }, { 0 } };

struct known { struct skill_index skills; list roles, profile; struct map role_by_fold, made, profile_by_id; };

enum { IMPORTANCE_USUAL = 2 };

static enum status known_load(struct ctx *c, struct known *k)
{
	TRY(skill_index_load(c, &k->skills));
	TRY(store_all(c, profile_roles, NOTHING, &k->roles));
	TRY(store_all(c, role_skill_all, NOTHING, &k->profile));
	for (size_t i = 0; i < k->roles.count; i++)
		map_put(c->arena, &k->role_by_fold, list_item(k->roles, struct role_named, i)->fold, (int64_t)i, NULL);
	for (size_t i = 0; i < k->profile.count; i++) {
		const struct role_skill *p = list_item(k->profile, struct role_skill, i);
		map_put_number(c->arena, &k->profile_by_id, p->role * PROFILE_ID + p->skill, (int64_t)i, NULL);
	}
	return OK;
}

static int64_t importance_of(const struct roles_line *l)
{
	return l->importance ? l->importance : IMPORTANCE_USUAL;
}

static enum status roles_check(struct ctx *c, struct import *im)
{
	struct known *k = arena_new_of(c->arena, struct known);
	struct map seen = { 0 };
	im->own = k;
	TRY(known_load(c, k));
	for (each(struct roles_line, l, im->rows)) {
		int64_t place = skill_index_find(c, &k->skills, l->skill), first, at;
		str pair = text_format(c->arena, S_FMT "\n" S_FMT, S_ARG(text_fold(c->arena, l->role)), S_ARG(text_fold(c->arena, l->skill)));
		if (place < 0 || str_eq(list_item(k->skills.rows, struct skill_row, place)->kind, S("group"))) {
			import_unknown(c, im, l->line, S("skill"), l->skill, &k->skills.names);
			continue;
		}
		if (!map_put(c->arena, &seen, pair, l->line, &first)) {
			import_object(c, im, l->line, S("skill"), W(skills_profile_twice), l->skill, l->role, text_format(c->arena, "%lld", (long long)first));
			continue;
		}
		l->skill_id = list_item(k->skills.rows, struct skill_row, place)->id;
		l->role_at = -1;
		map_find(&k->role_by_fold, text_fold(c->arena, l->role), &l->role_at);
		if (l->role_at < 0 || !map_find_number(&k->profile_by_id, list_item(k->roles, struct role_named, l->role_at)->id * PROFILE_ID + l->skill_id, &at)) {
			im->count.added++;
			continue;
		}
		const struct role_skill *p = list_item(k->profile, struct role_skill, at);
		*(p->level == l->level && p->importance == importance_of(l) ? &im->count.same : &im->count.changed) += 1;
	}
	return OK;
}

static enum status roles_apply(struct ctx *c, struct import *im)
{
	struct known *k = im->own;
	for (each(struct roles_line, l, im->rows)) {
		str fold = text_fold(c->arena, l->role);
		int64_t role, at;
		if (l->role_at >= 0) {
			role = list_item(k->roles, struct role_named, l->role_at)->id;
		} else if (!map_find(&k->made, fold, &role)) {
			struct role_named made = { .name = l->role, .fold = fold };
			struct by_id id = { 0 };
			TRY(store_one(c, profile_role_add, &made, &id));
			role = id.id;
			map_put(c->arena, &k->made, fold, role, NULL);
		}
		struct profile_row after = { role * PROFILE_ID + l->skill_id, role, l->skill_id, l->level, importance_of(l) };
		bool known = map_find_number(&k->profile_by_id, after.id, &at);
		const struct role_skill *p = known ? list_item(k->profile, struct role_skill, at) : NULL;
		if (p && p->level == after.level && p->importance == after.importance)
			continue;
		TRY(store_run(c, role_skill_put, &after, NULL));
		if (p) {
			struct profile_row before = { after.id, role, l->skill_id, p->level, p->importance };
			TRY(import_changed(c, im, profile_table, after.id, &before, &after));
		} else {
			TRY(import_added(c, im, profile_table, after.id, &after));
		}
	}
	return OK;
}

IMPORT(roles, roles_line,
	.label = W(skills_kind_roles),
	.hint = W(skills_import_roles_hint),
	.allow = "skills.manage",
	.doc = "Role profiles: role, skill, level, importance.",
	.names = role_names,
	.tables = profile_table,
	.check = roles_check,
	.apply = roles_apply)
