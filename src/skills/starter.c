/* starter.c - the framework that comes along: some fifty skills in two languages, adopted whole or by name. */
#include "inside.h"
#include "table/table.h"
#include "web/operation.h"
#include "skills_starter.csv.h"

struct starter_key { str key; };
RECORD(starter_key, FIELD(starter_key, key));

enum { KEY, KIND, PARENT, NAME_NL, NAME_EN, DESCRIPTION_NL, DESCRIPTION_EN, FIRST_LEVEL };

static str cell(const struct table_row *row, size_t i)
{
	str s = i < row->count ? row->cells[i] : (str){ 0 };
	return s.len ? s : (str){ 0 };
}

/* One row of the file as a skill below a parent that came before it. */
static enum status row_add(struct ctx *c, const struct table_row *row, struct map *ids, list *levels)
{
	int64_t parent = 0;
	str key = text_copy(c->arena, cell(row, KEY));
	map_find(ids, cell(row, PARENT), &parent);
	struct skill_row s = { .key = key, .kind = cell(row, KIND), .parent = parent, .name_nl = cell(row, NAME_NL), .name_en = cell(row, NAME_EN),
		.description_nl = cell(row, DESCRIPTION_NL), .description_en = cell(row, DESCRIPTION_EN) };
	s.fold = skill_fold(c, &s);
	struct by_id id = { 0 };
	TRY(store_one(c, skill_add, &s, &id));
	map_put(c->arena, ids, key, id.id, NULL);
	for (int level = 1; level <= LEVELS && cell(row, FIRST_LEVEL).len; level++)
		*list_add(c->arena, levels, struct level_row) = (struct level_row){ id.id, level, text_copy(c->arena, cell(row, (size_t)(FIRST_LEVEL + 2 * level - 2))),
			text_copy(c->arena, cell(row, (size_t)(FIRST_LEVEL + 2 * level - 1))) };
	return OK;
}

/* `only` (may be NULL): the keys wanted; the groups above them come along. */
static enum status adopt(struct ctx *c, str csv, const struct map *only, struct map *ids_out, int64_t *added)
{
	struct skill_index known = { 0 };
	struct map ids = { 0 };
	list levels = { 0 };
	TRY(skill_index_load(c, &known));
	for (each(struct skill_row, row, known.rows))
		if (row->key.len)
			map_put(c->arena, &ids, row->key, row->id, NULL);
	struct table *t;
	TRY(table_open(c, S("starter.csv"), csv, (struct table_limits){ 0 }, &t));
	struct table_row row;
	enum status s = OK;
	*added = 0;
	while (s == OK && (s = table_next(c, t, &row)) == OK) {
		int64_t there;
		if (map_find(&ids, cell(&row, KEY), &there) || (only && !map_find(only, cell(&row, KEY), &there)))
			continue;
		s = row_add(c, &row, &ids, &levels);
		*added += s == OK;
	}
	table_close(t);
	if (s != NOT_FOUND)                                    /* which is what stands behind the last row */
		return s;
	if (ids_out)
		*ids_out = ids;
	return levels.count ? store_run_each(c, level_put, &levels) : OK;
}

enum status framework_adopt(struct ctx *c, str csv, int64_t *added)
{
	return adopt(c, csv, NULL, NULL, added);
}

enum status starter_take(struct ctx *c, int64_t *added)
{
	return framework_adopt(c, (str){ (const char *)starter_csv, sizeof starter_csv }, added);
}

/* Each row of the file that comes along, in its order. */
static enum status starter_each(struct ctx *c, void (*row_of)(struct ctx *c, void *of, const struct table_row *row), void *of)
{
	struct table *t;
	struct table_row row;
	enum status s;
	TRY(table_open(c, S("starter.csv"), (str){ (const char *)starter_csv, sizeof starter_csv }, (struct table_limits){ 0 }, &t));
	while ((s = table_next(c, t, &row)) == OK)
		row_of(c, of, &row);
	table_close(t);
	return s == NOT_FOUND ? OK : s;
}

static void group_keep(struct ctx *c, void *of, const struct table_row *row)
{
	struct map *wanted = of;
	int64_t one;
	if (map_find(wanted, cell(row, KEY), &one) && cell(row, PARENT).len)
		map_put(c->arena, wanted, text_copy(c->arena, cell(row, PARENT)), 1, NULL);
}

enum status framework_adopt_some(struct ctx *c, const list *keys, struct map *ids)
{
	struct map wanted = { 0 };
	int64_t added;
	for (each(str, key, *keys))
		map_put(c->arena, &wanted, *key, 1, NULL);
	TRY(starter_each(c, group_keep, &wanted));
	return adopt(c, (str){ (const char *)starter_csv, sizeof starter_csv }, &wanted, ids, &added);
}

static void name_keep(struct ctx *c, void *of, const struct table_row *row)
{
	*list_add(c->arena, (list *)of, struct starter_name) = (struct starter_name){ text_copy(c->arena, cell(row, KEY)),
		text_copy(c->arena, cell(row, c->language == NL ? NAME_NL : NAME_EN)) };
}

enum status framework_names(struct ctx *c, list *out)
{
	return starter_each(c, name_keep, out);
}

struct adopted { int64_t added; };
RECORD(adopted, FIELD(adopted, added));

OPERATION(starter_adopt, nothing, adopted,
	.route = "POST /skills/starter",
	.allow = "skills.manage",
	.effect = WRITES,
	.then = "/skills",
	.said = W(skills_starter_adopted),
	.doc = "Takes over the starter framework; skills that are there already stay as they are.")
{
	(void)in;
	return starter_take(c, &out->added);
}
