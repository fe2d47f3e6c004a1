/* read.c - from a file to rows: each is read, checked by its record, shown to its kind, and kept or staged. */
#include "inside.h"
#include "base/token.h"
#include "table/name.h"
#include "table/write.h"
#include <string.h>

/* A row may go over several lines, never two of them into one. */
static size_t lines_of(str text)
{
	size_t lines = 1;
	for (size_t i = 0; i < text.len; i++)
		lines += text.at[i] == '\n' || (text.at[i] == '\r' && (i + 1 == text.len || text.at[i + 1] != '\n'));
	return lines;
}

enum status import_open(struct ctx *c, const struct import_wish *w, struct import **out)
{
	struct import *im = arena_new_of(c->arena, struct import);
	struct import_inside *in = arena_new_of(c->arena, struct import_inside);
	*im = (struct import){ .kind = w->kind, .file = w->file, .complete = w->complete, .in = in };
	*in = (struct import_inside){ .wish = *w, .main = c->arena };
	*out = im;
	if (w->complete && !w->kind->ends)
		return refuse(c, INVALID, "import-complete", W(imports_not_complete), w->kind->label);
	struct table_limits limits = { .bytes = w->rows_max ? UPLOAD_MAX : 0, .rows = w->rows_max };
	if (w->path)
		TRY(table_open_file(c, w->path, limits, &in->table));
	else
		TRY(table_open(c, w->file, w->bytes, limits, &in->table));
	im->file = in->table->name;
	if (w->typed)
		table_count_from(in->table, 0);
	in->fields = import_fields_of(c->arena, w->kind);
	TRY(mapped_open(c, in->table, w->mapping, in->fields.columns, in->fields.count, &in->mapped));
	in->columns = arena_array_of(c->arena, str, in->fields.count);
	in->has = arena_array_of(c->arena, bool, in->fields.count);
	for (size_t i = 0; i < in->fields.count; i++) {
		str column = mapped_column(in->mapped, i);
		in->columns[i] = column.len ? column : in->fields.columns[i].name;
		in->has[i] = mapped_has(in->mapped, i);
	}
	in->left = mapped_left(c, in->mapped);
	in->digest = token_fingerprint(c->arena, in->table->text);
	im->large = w->kind->large && w->store && in->table->text.len >= w->kind->large;
	if (im->large)
		im->lines = lines_of(in->table->text);
	if ((w->kind->stage && w->store) || im->large)
		in->batch = arena_new();
	return OK;
}

void import_close(struct import *im)
{
	if (!im)
		return;
	mapped_close(im->in->mapped);
	table_close(im->in->table);
	arena_free(im->in->batch);
	im->in->mapped = NULL;
	im->in->table = NULL;
	im->in->batch = NULL;
}

enum status import_begin(struct ctx *c, struct import *im)
{
	return im->kind->begin ? im->kind->begin(c, im) : OK;
}

bool import_has(const struct import *im, str field)
{
	for (size_t i = 0; i < im->in->fields.count; i++)
		if (str_eq(im->in->fields.columns[i].name, field))
			return im->in->has[i];
	return false;
}

/* ---- What is wrong ---- */

static void wrong_add(struct import *im, int64_t line, struct said said)
{
	struct import_inside *in = im->in;
	in->wrong_count++;
	map_put_number(in->main, &in->wrong_lines, line, 1, NULL);
	if (in->wrong.count < SHOWN || (in->wish.without_wrong && in->wrong.count < WRONG_MAX))
		*list_add(in->main, &in->wrong, struct wrong) = (struct wrong){ line, said };
}

bool import_is_wrong(const struct import *im, int64_t line)
{
	int64_t one;
	return map_find_number(&im->in->wrong_lines, line, &one);
}

static str column_of(const struct import *im, str field)
{
	for (size_t i = 0; i < im->in->fields.count; i++)
		if (str_eq(im->in->fields.columns[i].name, field))
			return im->in->columns[i];
	return field;
}

void import_object_with(struct ctx *c, struct import *im, int64_t line, str field, const struct word *w, const struct said values[SAID_VALUES])
{
	struct arena *a = im->in->main;
	if (im->in->wish.form) {
		wrong_add(im, line, (struct said){ 0 });
		object_with(c, field, w, values);
	} else if (im->in->wrong.count >= SHOWN && !im->in->wish.without_wrong)
		wrong_add(im, line, (struct said){ 0 });
	else
		wrong_add(im, line, said_of(a, W(imports_at), im->file, number_text(a, line), column_of(im, field), said_of_all(a, w, values)));
}

void import_unknown(struct ctx *c, struct import *im, int64_t line, str field, str value, const list *names)
{
	bool shown = im->in->wrong.count < SHOWN || im->in->wish.without_wrong;
	str near = shown ? names_near(c->arena, value, names->at, names->count) : S("");
	if (names->count)
		import_object(c, im, line, field, W(imports_unknown), value_shown(c->arena, value), near);
	else
		import_object(c, im, line, field, W(imports_unknown_none), value_shown(c->arena, value));
}

/* Problems that lower layers objected to since `before` become this line's. */
static void problems_take(struct ctx *c, struct import *im, size_t before, int64_t line, bool placed)
{
	for (size_t i = before; i < c->problems.count; i++) {
		const struct problem *p = list_item(c->problems, struct problem, i);
		if (placed)
			wrong_add(im, line, said_of_all(im->in->main, p->said.word, p->said.values));
		else
			import_object(c, im, line, p->field, W(imports_only), p->said);
	}
	c->problems.count = before;
	if (!before)
		c->problems = (list){ 0 };             /* its room may be the batch's, which is given back */
}

enum status import_verdict(struct ctx *c, struct import *im, const struct word *head)
{
	struct import_inside *in = im->in;
	if (!in->wrong_count)
		return OK;
	if (in->wish.form)
		return INVALID;
	if (in->wish.without_wrong && in->wrong_count >= WRONG_MAX)
		return refuse(c, INVALID, "import-wrong", W(imports_too_many_wrong), im->file, number_text(c->arena, WRONG_MAX));
	if (in->wish.without_wrong)
		return OK;
	str lines = number_text(c->arena, (int64_t)in->wrong_lines.count);
	size_t shown = in->wrong.count < SHOWN ? in->wrong.count : SHOWN;
	for (size_t i = 0; i < shown; i++)
		*list_add(c->arena, &c->problems, struct problem) = (struct problem){ S(""), list_item(in->wrong, struct wrong, i)->said };
	if (in->wrong_count >= WRONG_MAX)
		object(c, S(""), W(imports_and_many_more), number_text(c->arena, in->wrong_count - (int64_t)shown));
	else if (in->wrong_count > (int64_t)shown)
		object(c, S(""), W(imports_and_more), number_text(c->arena, in->wrong_count - (int64_t)shown));
	return refuse(c, INVALID, "import-wrong", head, im->file, lines);
}

/* ---- Rows ---- */

/* A line end inside a cell would break whatever shows it on one line. */
static str one_line(struct arena *a, str value)
{
	char *out = NULL;
	for (size_t i = 0; i < value.len; i++) {
		if ((unsigned char)value.at[i] >= ' ' && value.at[i] != 127)
			continue;
		if (!out)
			out = arena_copy(a, value.at, value.len);
		out[i] = ' ';
	}
	return out ? (str){ out, value.len } : value;
}

static void put(struct arena *a, const struct field *f, str value, void *row)
{
	void *at = field_at(f, row);
	if (!value.len)
		return;
	switch (f->type) {
	case FIELD_INT:  str_to_int(value, at); break;
	case FIELD_REAL: str_to_real(value, at); break;
	case FIELD_DATE: date_from_iso(value, at); break;
	default:         *(str *)at = text_copy(a, f->lines ? value : one_line(a, value));
	}
}

static void put_number(const struct record *r, void *row, str name, int64_t n)
{
	const struct field *f = field_find(r, name);
	if (f)
		*(int64_t *)field_at(f, row) = n;
}

static enum status row_take(struct ctx *c, struct import *im, const struct mapped_row *from)
{
	struct import_inside *in = im->in;
	const struct record *r = im->kind->record;
	size_t before = c->problems.count;
	im->count.rows++;
	void *row = list_add_size(in->batch ? in->batch : in->main, &im->rows, r->size);
	record_clear(r, row);
	for (size_t i = 0; i < in->fields.count; i++)
		put(in->batch ? in->batch : in->main, in->fields.members[i], from->values[i], row);
	put_number(r, row, S("line"), from->row.line);
	if (record_check(c, r, row) != OK)
		problems_take(c, im, before, from->row.line, false);
	else if (im->kind->row)
		TRY(im->kind->row(c, im, row));
	if (import_is_wrong(im, from->row.line))
		im->rows.count--;
	return OK;
}

static enum status stage_body(struct ctx *c, void *of)
{
	return import_stage(c, of);
}

static enum status batch_write(struct ctx *c, struct import *im)
{
	struct import_inside *in = im->in;
	c->arena = in->main;
	bool wanted = !in->wrong_count || in->wish.without_wrong;      /* else nothing will be applied: only look for more mistakes */
	if (im->rows.count && wanted && !im->large)
		TRY(store_write_now(in->wish.store, c, stage_body, im));
	arena_reset(in->batch);
	im->rows = (list){ 0 };
	if (in->wish.heard)
		in->wish.heard(c, im);
	return OK;
}

enum status import_read(struct ctx *c, struct import *im)
{
	struct import_inside *in = im->in;
	struct arena *whole = c->arena;
	enum status status;
	do {
		size_t before = c->problems.count;
		struct mapped_row row;
		c->arena = whole;
		status = mapped_next(c, in->mapped, &row);
		if (status == INVALID && c->problems.count > before) {    /* this row; a refusal would be about all that follows */
			im->count.rows++;
			problems_take(c, im, before, row.row.line, true);
			status = OK;
		} else if (status == OK) {
			c->arena = in->batch ? in->batch : whole;
			status = row_take(c, im, &row);
			if (status == OK && in->batch && im->rows.count >= BATCH)
				status = batch_write(c, im);
		}
	} while (status == OK && in->wrong_count < WRONG_MAX);
	c->arena = whole;
	if (status == NOT_FOUND)
		status = in->batch ? batch_write(c, im) : OK;
	c->arena = whole;
	return status;
}

enum status import_reject(struct ctx *c, const struct import *im, struct buffer *out)
{
	struct import_inside *in = im->in;
	struct table_writer w = { .out = out, .delimiter = in->table->dialect.delimiter, .as_it_is = true };
	struct table_row row;
	enum status status;
	table_rewind(in->table);
	table_write_reject_header(&w, c, in->table);
	size_t before = c->problems.count;
	while ((status = table_next(c, in->table, &row)) != NOT_FOUND && !(status == INVALID && table_is_over(in->table))) {
		c->problems.count = before;
		if (!import_is_wrong(im, row.line))
			continue;
		for (each(struct wrong, p, in->wrong))
			if (p->line == row.line)
				*list_add(c->arena, &c->problems, struct problem) = (struct problem){ .said = p->said };
		table_write_reject(&w, c, in->table, &row, before);
		c->problems.count = before;
	}
	return OK;
}
