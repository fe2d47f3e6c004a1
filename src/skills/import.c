/* import.c - the framework out of somebody's file: skills with their levels, one language at a time. */
#include "line.h"

RECORD(skills_line,
	FIELD(skills_line, line),
	FIELD(skills_line, skill,       .label = W(skills_field_skill), .required = true, .max = 120),
	FIELD(skills_line, parent,      .label = W(skills_field_parent), .max = 120),
	FIELD(skills_line, description, .label = W(skills_field_description), .max = 2000),
	FIELD(skills_line, owner,       .label = W(skills_field_owner), .max = 120),
	FIELD(skills_line, review_day,  .label = W(skills_field_review_day)),
	FIELD(skills_line, uri,         .label = W(skills_field_uri), .max = 300),
	FIELD(skills_line, level_1,     .label = W(skills_field_level_1)),
	FIELD(skills_line, level_2,     .label = W(skills_field_level_2)),
	FIELD(skills_line, level_3,     .label = W(skills_field_level_3)),
	FIELD(skills_line, level_4,     .label = W(skills_field_level_4)),
	FIELD(skills_line, level_5,     .label = W(skills_field_level_5)),
	FIELD(skills_line, place),
	FIELD(skills_line, skill_id,    .optional = true),
	FIELD(skills_line, speaks),
	FIELD(skills_line, is_group));

/* A level with one number for both its keys, for undo. */
struct level_kept { int64_t id, skill, level; str text_nl, text_en; };
RECORD(level_kept, FIELD(level_kept, id), FIELD(level_kept, skill), FIELD(level_kept, level), FIELD(level_kept, text_nl), FIELD(level_kept, text_en));
enum { LEVEL_ID = 10 };

static const struct import_table skill_table[] = {
	{ "skill", &skill_row_record, &query_skill_by_id, &query_skill_set, &query_skill_remove },
	{ "skill_level", &level_kept_record, &query_level_load, &query_level_restore, &query_level_remove }, { 0 } };

static const struct import_name skill_names[] = {
	{ "skill", "vaardigheid, naam, name, competentie, competence" },
	{ "parent", "groep, group, bovenliggend, valt onder" },
	{ "description", "omschrijving, beschrijving" },
	{ "owner", "eigenaar" },
	{ "review_day", "herzien op, herziening, review_date, review date" },
	{ "uri", "esco, esco_uri, competentnl" },
	{ "level_1", "niveau 1" }, { "level_2", "niveau 2" }, { "level_3", "niveau 3" }, { "level_4", "niveau 4" }, { "level_5", "niveau 5" }, { 0 } };

struct known { struct skill_index skills; struct map lines, parents, owners; list levels; struct map first_level; };

static enum status known_load(struct ctx *c, struct import *im, struct known *k)
{
	TRY(skill_index_load(c, &k->skills));
	TRY(store_all(c, level_every, NOTHING, &k->levels));
	for (size_t i = 0; i < k->levels.count; i++)
		map_put_number(c->arena, &k->first_level, list_item(k->levels, struct level_row, i)->skill, (int64_t)i, NULL);
	list people = { 0 };
	TRY(store_all(c, skill_owners, NOTHING, &people));
	for (each(struct person_key, p, people)) {
		map_put(c->arena, &k->owners, p->person_id, p->id, NULL);
		map_put(c->arena, &k->owners, p->fold, p->id, NULL);
	}
	for (size_t i = 0; i < im->rows.count; i++) {
		struct skills_line *l = list_item(im->rows, struct skills_line, i);
		int64_t first;
		if (l->parent.len)
			map_put(c->arena, &k->parents, text_fold(c->arena, l->parent), l->line, NULL);
		if (!map_put(c->arena, &k->lines, text_fold(c->arena, l->skill), (int64_t)i, &first))
			import_object(c, im, l->line, S("skill"), W(skills_twice), l->skill, text_format(c->arena, "%lld", (long long)list_item(im->rows, struct skills_line, first)->line));
	}
	return OK;
}

static str *level_text(struct skills_line *l, int level)
{
	str *const texts[LEVELS] = { &l->level_1, &l->level_2, &l->level_3, &l->level_4, &l->level_5 };
	return texts[level - 1];
}

/* The language this line speaks: the one a form says, else the reader's, but Dutch for a skill that has no English name, new ones among them. */
static bool is_dutch(const struct ctx *c, const struct skills_line *l, const struct skill_row *before)
{
	return l->speaks.len ? str_eq(l->speaks, S("nl")) : c->language == NL || !before->name_en.len;
}

/* What the stored skill would become by this line; what the file has no column for stays, and so does its parent. */
static struct skill_row merged(struct ctx *c, const struct import *im, const struct skills_line *l, struct skill_row row, const struct known *k)
{
	bool dutch = is_dutch(c, l, &row);
	int64_t line;
	if (!row.kind.len)                                     /* what another line stands below is a group */
		row.kind = l->is_group || map_find(&k->parents, text_fold(c->arena, l->skill), &line) ? S("group") : S("skill");
	*(dutch ? &row.name_nl : &row.name_en) = l->skill;
	if (import_has(im, S("description")))
		*(dutch ? &row.description_nl : &row.description_en) = l->description;
	if (import_has(im, S("review_day")))
		row.review_day = l->review_day;
	if (import_has(im, S("uri")))
		row.uri = l->uri.len ? l->uri : (str){ 0 };
	if (import_has(im, S("owner")) && (!l->owner.len || map_find(&k->owners, l->owner, &row.owner) || map_find(&k->owners, text_fold(c->arena, l->owner), &row.owner)))
		row.owner = l->owner.len ? row.owner : 0;
	row.fold = skill_fold(c, &row);
	return row;
}

/* The level as it is stored, numbered 0 when there is none. */
static struct level_kept level_stored(const struct known *k, int64_t skill, int level)
{
	int64_t first;
	if (skill && map_find_number(&k->first_level, skill, &first))
		for (size_t i = (size_t)first; i < k->levels.count; i++) {
			const struct level_row *row = list_item(k->levels, struct level_row, i);
			if (row->skill != skill)
				break;
			if (row->level == level)
				return (struct level_kept){ skill * LEVEL_ID + level, skill, level, row->text_nl, row->text_en };
		}
	return (struct level_kept){ .skill = skill, .level = level };
}

/* Puts the line's text of a level in its place; false when it says nothing new. */
static bool level_merge(struct skills_line *l, struct level_kept *level, bool dutch)
{
	str *at = dutch ? &level->text_nl : &level->text_en, text = *level_text(l, (int)level->level);
	if ((!text.len && !l->skill_id) || str_eq(*at, text))        /* a file's empty cell says nothing; an emptied field does */
		return false;
	*at = text;
	return true;
}

static bool levels_differ(const struct known *k, int64_t skill, struct skills_line *l, bool dutch)
{
	bool differ = false;
	for (int level = 1; level <= LEVELS; level++) {
		struct level_kept after = level_stored(k, skill, level);
		differ |= level_merge(l, &after, dutch);
	}
	return differ;
}

/* Whom the line puts it below: one of the file, else one that is stored; 0 for none. */
static int64_t parent_of(struct ctx *c, const struct known *k, const struct skills_line *l, const int64_t *ids)
{
	int64_t at;
	if (!l->parent.len)
		return 0;
	if (map_find(&k->lines, text_fold(c->arena, l->parent), &at))
		return ids[at];
	at = skill_index_find(c, &k->skills, l->parent);
	return at < 0 ? 0 : list_item(k->skills.rows, struct skill_row, at)->id;
}

static void line_check(struct ctx *c, struct import *im, const struct known *k, struct skills_line *l)
{
	int64_t parent = skill_index_find(c, &k->skills, l->parent), at;
	str fold = text_fold(c->arena, l->parent);
	if (l->parent.len && str_eq(fold, text_fold(c->arena, l->skill)))
		import_object(c, im, l->line, S("parent"), W(skills_own_parent));
	else if (l->parent.len && parent < 0 && !map_find(&k->lines, fold, &at))
		import_unknown(c, im, l->line, S("parent"), l->parent, &k->skills.names);
	else if (l->parent.len && parent >= 0 && !str_eq(list_item(k->skills.rows, struct skill_row, parent)->kind, S("group")))
		import_object(c, im, l->line, S("parent"), W(skills_parent_is_skill), l->parent);
	if (l->owner.len && !map_find(&k->owners, l->owner, &at) && !map_find(&k->owners, text_fold(c->arena, l->owner), &at))
		import_object(c, im, l->line, S("owner"), W(skills_unknown_owner), l->owner);
}

/* The stored skill that a line means, or -1. */
static int64_t place_of(struct ctx *c, const struct known *k, const struct skills_line *l)
{
	for (size_t i = 0; l->skill_id && i < k->skills.rows.count; i++)
		if (list_item(k->skills.rows, struct skill_row, i)->id == l->skill_id)
			return (int64_t)i;
	int64_t place = skill_index_find(c, &k->skills, l->uri.len ? l->uri : l->skill);
	return place < 0 ? skill_index_find(c, &k->skills, l->skill) : place;
}

static enum status skills_check(struct ctx *c, struct import *im)
{
	struct known *k = arena_new_of(c->arena, struct known);
	int64_t *ids = arena_array_of(c->arena, int64_t, im->rows.count + 1);     /* -1: still to be made, so nobody's parent yet */
	im->own = k;
	TRY(known_load(c, im, k));
	for (size_t i = 0; i < im->rows.count; i++) {
		struct skills_line *l = list_item(im->rows, struct skills_line, i);
		line_check(c, im, k, l);
		l->place = place_of(c, k, l);
		ids[i] = l->place < 0 ? -1 : list_item(k->skills.rows, struct skill_row, l->place)->id;
	}
	for (each(struct skills_line, l, im->rows)) {
		if (l->place < 0) {
			im->count.added++;
			continue;
		}
		const struct skill_row *row = list_item(k->skills.rows, struct skill_row, l->place);
		struct skill_row after = merged(c, im, l, *row, k);
		if (import_has(im, S("parent")))
			after.parent = parent_of(c, k, l, ids);
		bool same = !record_difference(c->arena, &skill_row_record, row, &after).count && !levels_differ(k, row->id, l, is_dutch(c, l, row));
		*(same ? &im->count.same : &im->count.changed) += 1;
	}
	return OK;
}

static enum status levels_write(struct ctx *c, struct import *im, int64_t skill, bool is_new, struct skills_line *l, bool dutch, list *to)
{
	const struct known *k = im->own;
	for (int level = 1; level <= LEVELS; level++) {
		struct level_kept before = level_stored(k, is_new ? 0 : skill, level), after = before;
		if (!level_merge(l, &after, dutch))
			continue;
		after.skill = skill;
		after.id = skill * LEVEL_ID + level;
		*list_add(c->arena, to, struct level_row) = (struct level_row){ skill, level, after.text_nl, after.text_en };
		TRY(before.id ? import_changed(c, im, &skill_table[1], after.id, &before, &after) : import_added(c, im, &skill_table[1], after.id, &after));
	}
	return OK;
}

/* What a skill said until now stays readable, when this line changes it. A parent of the same file that is still to be made is another one. */
static enum status history_keep(struct ctx *c, const struct import *im, struct skills_line *l, const struct skill_row *before, const struct skill_row *after, const int64_t *ids)
{
	const struct known *k = im->own;
	list levels = { 0 };
	if (l->place < 0)
		return OK;
	bool moves = import_has(im, S("parent")) && parent_of(c, k, l, ids) != before->parent;
	if (!moves && !record_difference(c->arena, &skill_row_record, before, after).count && !levels_differ(k, before->id, l, is_dutch(c, l, before)))
		return OK;
	for (int level = 1; level <= LEVELS; level++) {
		struct level_kept one = level_stored(k, before->id, level);
		*list_add(c->arena, &levels, struct level_row) = (struct level_row){ one.skill, one.level, one.text_nl, one.text_en };
	}
	return version_keep(c, before, &levels);
}

/* Parents may come after their children in the file: every skill first, then who belongs below whom. Taken back in the other
 * order, so that nothing goes while something points at it. */
static enum status skills_apply(struct ctx *c, struct import *im)
{
	const struct known *k = im->own;
	list levels = { 0 };
	int64_t *ids = arena_array_of(c->arena, int64_t, im->rows.count + 1);
	struct skill_row *rows = arena_array_of(c->arena, struct skill_row, im->rows.count + 1);
	for (size_t i = 0; i < im->rows.count; i++) {
		struct skills_line *l = list_item(im->rows, struct skills_line, i);
		const struct skill_row *before = l->place < 0 ? &(struct skill_row){ 0 } : list_item(k->skills.rows, struct skill_row, l->place);
		rows[i] = merged(c, im, l, *before, k);
		TRY(history_keep(c, im, l, before, &rows[i], ids));
		if (l->place < 0) {
			struct by_id id = { 0 };
			TRY(store_one(c, skill_add, &rows[i], &id));
			rows[i].id = id.id;
			TRY(import_added(c, im, skill_table, id.id, &rows[i]));
		} else if (record_difference(c->arena, &skill_row_record, before, &rows[i]).count) {
			TRY(store_run(c, skill_set, &rows[i], NULL));
			TRY(import_changed(c, im, skill_table, rows[i].id, before, &rows[i]));
		}
		ids[i] = rows[i].id;
		TRY(levels_write(c, im, ids[i], l->place < 0, l, is_dutch(c, l, before), &levels));
	}
	for (size_t i = 0; i < im->rows.count && import_has(im, S("parent")); i++) {
		struct skill_row before = rows[i];
		rows[i].parent = parent_of(c, k, list_item(im->rows, struct skills_line, i), ids);
		if (rows[i].parent == before.parent)
			continue;
		TRY(store_run(c, skill_set, &rows[i], NULL));
		TRY(import_changed(c, im, skill_table, rows[i].id, &before, &rows[i]));
	}
	return levels.count ? store_run_each(c, level_put, &levels) : OK;
}

IMPORT(skills, skills_line,
	.label = W(skills_kind),
	.hint = W(skills_import_hint),
	.allow = "skills.manage",
	.doc = "Skills with their levels: skill, parent, description, owner, review_date, uri, level_1 … level_5.",
	.names = skill_names,
	.tables = skill_table,
	.check = skills_check,
	.apply = skills_apply)
