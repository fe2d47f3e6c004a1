/* import_read.c - the rows of another tool's file as answers: which questions there are, and what stands in each cell. */
#include "import.h"
#include "base/map.h"
#include "table/mapping.h"
#include "table/name.h"
#include <stdio.h>

enum { WRONG_SHOWN = 20, ITEM_CODE_MOST = 30 };

/* ---- Questions that may be in the file: those that come along, and whoever's own ---- */

static enum status shipped_load(struct ctx *c, list *out)
{
	list all = { 0 };
	TRY(instruments_load(c, &all));
	for (each(struct instrument, i, all))
		for (each(struct item, q, i->items))
			if (!str_eq(i->key, S("need")))                /* is about a skill: which, no file says */
				*list_add(c->arena, out, struct survey_question) = (struct survey_question){ .item = q->code, .kind = q->kind, .points = 5, .outcome = str_eq(q->kind, S("ten")),
					.reversed = q->reversed, .sensitive = str_eq(i->key, S("safety")), .text_nl = q->text_nl, .text_en = q->text_en };
	return OK;
}

enum { CODE, SCALE, KIND, REVERSED, NL_TEXT, EN_TEXT, POINTS, OUTCOME, LICENCE, ITEM_FIELDS };
static const struct table_field item_fields[ITEM_FIELDS] = {
	[CODE] = { S("code"), TABLE_TEXT, true, S("item, vraagcode") }, [SCALE] = { S("scale"), TABLE_TEXT, false, S("schaal, instrument") }, [KIND] = { S("kind"), TABLE_TEXT, false, S("soort") },
	[REVERSED] = { S("reversed"), TABLE_INT, false, S("omgekeerd") }, [NL_TEXT] = { S("nl"), TABLE_TEXT, true, S("vraag") }, [EN_TEXT] = { S("en"), TABLE_TEXT, false, S("question") },
	[POINTS] = { S("points"), TABLE_INT, false, S("punten") }, [OUTCOME] = { S("outcome"), TABLE_INT, false, S("uitkomst") }, [LICENCE] = { S("licence"), TABLE_TEXT, false, S("licentie, license") } };

static bool is_code(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!((s.at[i] >= 'a' && s.at[i] <= 'z') || (s.at[i] >= 'A' && s.at[i] <= 'Z') || (s.at[i] >= '0' && s.at[i] <= '9') || s.at[i] == '_' || s.at[i] == '.'))
			return false;
	return s.len && s.len <= ITEM_CODE_MOST && !str_eq(s, S("unit")) && !str_eq(s, S("finished"));
}

static enum status item_check(struct ctx *c, const struct mapped_row *row, const list *known, struct survey_question *out)
{
	str line = number_text(c->arena, row->row.line), points = row->values[POINTS];
	str kind = row->values[KIND].len ? row->values[KIND] : S("agree");
	*out = (struct survey_question){ .item = text_copy(c->arena, row->values[CODE]), .kind = text_copy(c->arena, kind), .points = 5, .scale = text_copy(c->arena, row->values[SCALE]),
		.reversed = str_eq(row->values[REVERSED], S("1")), .outcome = str_eq(row->values[OUTCOME], S("1")), .text_nl = text_copy(c->arena, row->values[NL_TEXT]),
		.text_en = text_copy(c->arena, row->values[EN_TEXT].len ? row->values[EN_TEXT] : row->values[NL_TEXT]), .licence = text_copy(c->arena, row->values[LICENCE]) };
	if (!out->scale.len)
		out->scale = (str){ 0 };
	if (!is_code(out->item))
		return object(c, S("items"), W(surveys_read_code), line, value_shown(c->arena, out->item));
	for (each(struct survey_question, q, *known))
		if (str_eq(q->item, out->item))
			return object(c, S("items"), W(surveys_read_code_twice), line, out->item);
	if (!str_eq(kind, S("agree")) && !str_eq(kind, S("ten")) && !str_eq(kind, S("text")) && !str_eq(kind, S("score")))
		return object(c, S("items"), W(surveys_read_kind), line, value_shown(c->arena, kind));
	if (points.len && (!str_to_int(points, &out->points) || out->points < 2 || out->points > 10))
		return object(c, S("items"), W(surveys_read_points), line);
	if (out->text_nl.len > 400 || out->text_en.len > 400 || out->scale.len > 60 || out->licence.len > 200)
		return object(c, S("items"), W(surveys_read_long), line);
	return OK;
}

static enum status own_load(struct ctx *c, str items, list *out)
{
	struct table *t;
	struct mapped *m = NULL;
	struct mapped_row row;
	size_t before = c->problems.count;
	if (!items.len)
		return OK;
	TRY(table_open(c, word_text(c->arena, c->language, W(surveys_read_items), NULL, 0), items, (struct table_limits){ .rows = 200 }, &t));
	enum status s = mapped_open(c, t, NULL, item_fields, ITEM_FIELDS, &m);
	while (s == OK) {
		struct survey_question q;
		s = mapped_next(c, m, &row);
		if (s == OK && item_check(c, &row, out, &q) == OK)
			*list_add(c->arena, out, struct survey_question) = q;
		if (s == INVALID && c->problems.count > before && !table_is_over(t))
			s = OK;
	}
	mapped_close(m);
	table_close(t);
	for (size_t i = before; i < c->problems.count; i++)
		list_item(c->problems, struct problem, i)->field = S("items");
	return s != NOT_FOUND ? s : c->problems.count > before ? INVALID : OK;
}

/* ---- Rows ---- */

struct reading {
	struct answers_read *out;
	const struct survey_question *of[QUESTIONS_READ_MOST + 2];       /* per field of the mapping that is there */
	size_t field[QUESTIONS_READ_MOST + 2], count, unit, finished;
	struct map units;
	struct mapped *m;
	size_t wrong;
};

/* Control characters out, and no more than a comment of ours may have; a cut is counted. */
static str remark_of(struct ctx *c, str cell, int64_t *cut)
{
	char *at = arena_copy(c->arena, cell.at, cell.len);
	size_t end = 0;
	for (size_t i = 0; i < cell.len; i++)
		if ((unsigned char)at[i] < ' ' && at[i] != '\n')
			at[i] = ' ';
	for (size_t points = 0; end < cell.len && points < COMMENT_MOST; points++)
		utf8_next(cell, &end);
	*cut += end < cell.len;
	return (str){ at, end };
}

static enum status row_take(struct ctx *c, struct reading *r, const struct mapped_row *row)
{
	char given[QUESTIONS_READ_MOST * 40];
	size_t at = 0, remarks = r->out->remarks.count;
	struct answer_row one = { .unit = -1 };
	if (r->finished != SIZE_MAX && !row->values[r->finished].len) {
		r->out->unfinished++;
		return OK;
	}
	for (size_t i = 0; i < r->count; i++) {
		const struct survey_question *q = r->of[i];
		str cell = row->values[r->field[i]], value;
		if (!cell.len)
			continue;
		if (str_eq(q->kind, S("text"))) {
			*list_add(c->arena, &r->out->remarks, struct answer_remark) = (struct answer_remark){ r->out->rows.count, q->place, remark_of(c, cell, &r->out->cut) };
		} else if (!answer_value(c, q, cell, &value)) {
			if (++r->wrong <= WRONG_SHOWN)
				object(c, S("file"), W(surveys_read_wrong), number_text(c->arena, row->row.line), mapped_column(r->m, r->field[i]), value_shown(c->arena, cell));
		} else if (at + value.len + 8 < sizeof given) {
			at += (size_t)snprintf(given + at, sizeof given - at, "%s%lld=" S_FMT, at ? ";" : "", (long long)q->place, S_ARG(value));
		}
	}
	if (!at && r->out->remarks.count == remarks) {
		r->out->empty++;
		return OK;
	}
	if (r->unit != SIZE_MAX && row->values[r->unit].len) {
		one.unit = (int64_t)r->out->units.count;
		str name = text_copy(c->arena, row->values[r->unit]);
		if (map_put(c->arena, &r->units, name, one.unit, &one.unit))
			*list_add(c->arena, &r->out->units, str) = name;
	}
	one.given = text_copy(c->arena, (str){ given, at });
	*list_add(c->arena, &r->out->rows, struct answer_row) = one;
	return OK;
}

static enum status rows_read(struct ctx *c, struct table *t, struct reading *r)
{
	size_t before = c->problems.count;
	enum status s = OK;
	while (s == OK && r->wrong < WRONG_SHOWN) {
		struct mapped_row row;
		size_t had = c->problems.count;
		s = mapped_next(c, r->m, &row);
		if (s == OK)
			s = row_take(c, r, &row);
		else if (s == INVALID && c->problems.count > had && !table_is_over(t)) {
			r->wrong++;
			s = OK;
		}
	}
	for (size_t i = before; i < c->problems.count; i++)
		list_item(c->problems, struct problem, i)->field = S("file");
	return s != NOT_FOUND && s != OK ? s : r->wrong ? INVALID : OK;
}

/* Which of the fields that could be there are, in the order of the known questions. */
static enum status fields_find(struct ctx *c, struct reading *r, const list *known)
{
	for (size_t i = 0; i < known->count; i++) {
		if (!mapped_has(r->m, i + 2))
			continue;
		if (r->count == QUESTIONS_READ_MOST)
			return object(c, S("file"), W(surveys_read_many), text_format(c->arena, "%d", QUESTIONS_READ_MOST));
		struct survey_question *q = list_add(c->arena, &r->out->questions, struct survey_question);
		*q = *list_item(*known, struct survey_question, i);
		q->place = (int64_t)r->count + 1;
		r->field[r->count++] = i + 2;
	}
	for (size_t i = 0; i < r->count; i++)
		r->of[i] = list_item(r->out->questions, struct survey_question, i);
	r->unit = mapped_has(r->m, 0) ? 0 : SIZE_MAX;
	r->finished = mapped_has(r->m, 1) ? 1 : SIZE_MAX;
	return r->count ? OK : object(c, S("mapping"), W(surveys_read_no_question_mapped));
}

static enum status table_read(struct ctx *c, struct table *t, str mapping, const list *known, struct answers_read *out)
{
	struct mapping *how = NULL;
	struct reading r = { .out = out };
	struct table_field *fields = arena_array_of(c->arena, struct table_field, known->count + 2);
	if (!mapping.len)
		TRY(columns_guess(c, t, known, &mapping));
	TRY(columns_check(c, mapping));
	TRY(mapping_read(c, word_text(c->arena, c->language, W(surveys_read_mapping), NULL, 0), mapping, &how));
	fields[0] = (struct table_field){ S("unit"), TABLE_TEXT, false, S("") };
	fields[1] = (struct table_field){ S("finished"), TABLE_TEXT, false, S("") };
	for (size_t i = 0; i < known->count; i++) {
		const struct survey_question *q = list_item(*known, struct survey_question, i);
		fields[i + 2] = (struct table_field){ q->item, str_eq(q->kind, S("score")) ? TABLE_REAL : TABLE_TEXT, false, S("") };
	}
	TRY(mapped_open(c, t, how, fields, known->count + 2, &r.m));
	enum status s = fields_find(c, &r, known);
	if (s == OK)
		s = rows_read(c, t, &r);
	out->left = (int64_t)t->width - (int64_t)r.count - (r.unit != SIZE_MAX) - (r.finished != SIZE_MAX);
	out->left = out->left < 0 ? 0 : out->left;
	mapped_close(r.m);
	return s;
}

enum status answers_read(struct ctx *c, str name, str bytes, str mapping, str items, struct answers_read **out)
{
	struct table *t;
	list known = { 0 };
	*out = arena_new_of(c->arena, struct answers_read);
	TRY(shipped_load(c, &known));
	TRY(own_load(c, items, &known));
	TRY(table_open(c, name.len ? name : S("-"), bytes, (struct table_limits){ .bytes = ANSWERS_BYTES, .rows = ANSWERS_MOST }, &t));
	enum status s = table_read(c, t, mapping, &known, *out);
	table_close(t);
	return s;
}
