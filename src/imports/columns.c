/* columns.c - which column of a file is which field: guessed, shown with examples, and said by a person. */
#include "upload.h"
#include "base/buffer.h"

RECORD(upload,
	FIELD(upload, id), FIELD(upload, account), FIELD(upload, kind), FIELD(upload, name), FIELD(upload, bytes), FIELD(upload, mapping), FIELD(upload, made));

enum status upload_load(struct ctx *c, int64_t id, struct upload *out)
{
	struct by_id key = { id };
	enum status status = store_one(c, upload_by_id, &key, out);
	if (status == NOT_FOUND || (status == OK && out->account != c->me.account))
		return refuse(c, NOT_FOUND, "upload-gone", W(imports_upload_gone));
	TRY(status);
	const struct import_kind *k = import_kind_find(out->kind);
	return k && may(c, str_of(import_right(k))) ? OK : refuse(c, FORBIDDEN, "forbidden", W(imports_forbidden));
}

enum { SAMPLES = 3 };

struct column_name { str name, shown; };
struct column_field { str field, label, column; bool required; list choices; };
struct sample_row { list cells; };
struct column_page { int64_t id; str kind, file, report; list fields, columns, samples; };
struct column_option { str name; bool chosen; };
RECORD(column_option, FIELD(column_option, name), FIELD(column_option, chosen));
RECORD(column_field, FIELD(column_field, field), FIELD(column_field, label), FIELD(column_field, column), FIELD(column_field, required));
RECORD(sample_row, FIELD(sample_row, cells));
RECORD(column_page, FIELD(column_page, id), FIELD(column_page, kind), FIELD(column_page, file), FIELD(column_page, report),
	FIELD(column_page, fields, .of = &column_field_record), FIELD(column_page, columns), FIELD(column_page, samples, .of = &sample_row_record));
#include "imports_columns.html.h"

static void samples_read(struct ctx *c, struct table *t, struct column_page *out)
{
	struct table_row row;
	while (out->samples.count < SAMPLES && table_next(c, t, &row) == OK) {
		struct sample_row *s = list_add(c->arena, &out->samples, struct sample_row);
		for (size_t i = 0; i < t->width; i++)
			*list_add(c->arena, &s->cells, str) = text_copy(c->arena, row.cells[i]);
	}
	c->problems = (list){ 0 };             /* a wrong row is told on the next page, with all others */
}

static void fields_guess(struct ctx *c, const struct table *t, const struct import_kind *k, struct column_page *out)
{
	struct import_fields all = import_fields_of(c->arena, k);
	for (size_t i = 0; i < all.count; i++) {
		struct column_field f = { all.columns[i].name, all.members[i]->label->text[c->language], mapped_guess(c, t, &all.columns[i]), all.columns[i].required, { 0 } };
		for (each(str, name, out->columns))
			*list_add(c->arena, &f.choices, struct column_option) = (struct column_option){ *name, str_eq(*name, f.column) };
		*list_add(c->arena, &out->fields, struct column_field) = f;
	}
}

OPERATION(import_columns, by_id, column_page,
	.route = "GET /import/{id}/columns",
	.allow = "import.run",
	.page = columns_html,
	.doc = "The columns of a waiting file, with the field that each seems to be.")
{
	struct upload u;
	struct table *t;
	TRY(upload_load(c, in->id, &u));
	TRY(table_open(c, u.name, u.bytes, (struct table_limits){ .bytes = UPLOAD_MAX, .rows = WEB_ROWS }, &t));
	const struct import_kind *k = import_kind_find(u.kind);
	out->id = in->id;
	out->kind = k->label->text[c->language];
	out->file = u.name;
	out->report = table_report(c, t);
	for (size_t i = 0; i < t->width; i++)
		if (t->columns[i].len)
			*list_add(c->arena, &out->columns, str) = text_copy(c->arena, t->columns[i]);
	samples_read(c, t, out);
	fields_guess(c, t, k, out);
	for (each(struct column_field, f, out->fields))
		f->column = text_copy(c->arena, f->column);
	table_close(t);
	return OK;
}

/* ---- What a person said of them ---- */

struct column_said { str field, column; };
struct columns_form { int64_t id; list columns; str mapping; };
RECORD(column_said, FIELD(column_said, field, .max = 60), FIELD(column_said, column, .max = 500));
RECORD(columns_form, FIELD(columns_form, id), FIELD(columns_form, columns, .of = &column_said_record, .max = 100),
	FIELD(columns_form, mapping, .label = W(imports_mapping), .hint = W(imports_mapping_hint), .lines = true, .max = 60000));

/* The same language that a mapping file is written in. */
static str mapping_of(struct ctx *c, const struct columns_form *in)
{
	struct buffer b = { 0 };
	for (each(struct column_said, s, in->columns)) {
		if (!s->column.len || !s->field.len)
			continue;
		buffer_add(&b, s->field);
		buffer_add(&b, S(" = column \""));
		for (size_t i = 0; i < s->column.len; i++) {
			if (s->column.at[i] == '"')
				buffer_add_char(&b, '"');
			buffer_add_char(&b, s->column.at[i]);
		}
		buffer_add(&b, S("\"\n"));
	}
	str mapping = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return mapping;
}

/* A field that is needed, or a mapping that cannot be read, is said here and not after the next step. */
static enum status mapping_try(struct ctx *c, const struct upload *u)
{
	struct import_wish w = { .kind = import_kind_find(u->kind), .file = u->name, .bytes = u->bytes, .rows_max = WEB_ROWS };
	struct mapping *m = NULL;
	struct import *im = NULL;
	TRY(mapping_read(c, word_text(c->arena, c->language, W(imports_mapping), NULL, 0), u->mapping, &m));
	w.mapping = m;
	enum status status = import_open(c, &w, &im);
	import_close(im);
	return status;
}

OPERATION(import_map, columns_form, nothing,
	.route = "POST /import/{id}/columns",
	.allow = "import.run",
	.effect = WRITES,
	.then = "/import/{id}",
	.back = "/import/{id}/columns",
	.body_max = 256 * 1024,
	.doc = "Says which column of a waiting file is which field, by name or as a whole mapping.")
{
	(void)out;
	struct upload u;
	TRY(upload_load(c, in->id, &u));
	u.mapping = in->mapping.len ? in->mapping : mapping_of(c, in);
	TRY(mapping_try(c, &u));
	return store_run(c, upload_map, &u, NULL);
}
