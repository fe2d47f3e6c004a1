/* upload.c - the page Import: what was taken in before, and a file or some lines to begin with. */
#include "upload.h"

enum { PAST = 25 };

struct import_page { int64_t skip; str kind; };
struct import_choice { str name, label, hint; };
struct import_past { int64_t id; str kind, label, file; int64_t rows, added, changed, same, ended, rejected; instant at, undone; bool may_undo; };
struct import_list { str kind; list kinds, past; int64_t next; };
RECORD(import_page, FIELD(import_page, skip, .max = 1000000), FIELD(import_page, kind, .max = 40, .doc = "What the form begins with."));
RECORD(import_choice, FIELD(import_choice, name), FIELD(import_choice, label), FIELD(import_choice, hint));
RECORD(import_past,
	FIELD(import_past, id), FIELD(import_past, kind), FIELD(import_past, label), FIELD(import_past, file), FIELD(import_past, rows), FIELD(import_past, added),
	FIELD(import_past, changed), FIELD(import_past, same), FIELD(import_past, ended), FIELD(import_past, rejected), FIELD(import_past, at), FIELD(import_past, undone),
	FIELD(import_past, may_undo));
RECORD(import_list, FIELD(import_list, kind), FIELD(import_list, kinds, .of = &import_choice_record), FIELD(import_list, past, .of = &import_past_record),
	FIELD(import_list, next, .optional = true));
#include "imports_list.html.h"

static str label_of(const struct ctx *c, const struct import_kind *k)
{
	return k ? k->label->text[c->language] : (str){ 0 };
}

OPERATION(import_list, import_page, import_list,
	.route = "GET /import",
	.allow = "import.run",
	.page = list_html,
	.doc = "What can be imported, and what was, the latest first.")
{
	out->kind = in->kind;
	for (size_t i = 0; i < import_kinds_count(); i++) {
		const struct import_kind *k = import_kinds_at(i);
		if (may(c, str_of(import_right(k))))
			*list_add(c->arena, &out->kinds, struct import_choice) = (struct import_choice){ str_of(k->name), label_of(c, k), k->hint->text[c->language] };
	}
	TRY(store_all(c, imports_past, in, &out->past));
	if (out->past.count > PAST) {
		out->past.count = PAST;
		out->next = in->skip + PAST;
	}
	for (each(struct import_past, p, out->past)) {
		const struct import_kind *k = import_kind_find(p->kind);
		p->label = label_of(c, k);
		p->may_undo = k && !p->undone.ms && (p->added || p->changed || p->ended) && may(c, str_of(import_right(k)))
			&& c->now.ms - p->at.ms < (int64_t)UNDO_DAYS * 86400000;
	}
	return OK;
}

/* ---- A file, or some lines ---- */

struct upload_form { str kind, file, file_file, lines; };
RECORD(upload_form,
	FIELD(upload_form, kind, .label = W(imports_kind), .required = true, .max = 40),
	FIELD(upload_form, file, .label = W(imports_file), .hint = W(imports_file_hint), .file = true, .max = UPLOAD_MAX),
	FIELD(upload_form, file_file, .max = 300),
	FIELD(upload_form, lines, .label = W(imports_lines), .hint = W(imports_lines_hint), .lines = true, .max = 50000));

static str bytes_of(const struct upload_form *in)
{
	return in->file_file.len ? in->file : in->lines;
}

static str name_of(struct ctx *c, const struct upload_form *in)
{
	return in->file_file.len ? in->file_file : word_text(c->arena, c->language, W(imports_pasted), NULL, 0);
}

/* Reading the file once is enough to say at once what is wrong with it as a whole. */
static enum status upload_before(struct ctx *c, void *input)
{
	const struct upload_form *in = input;
	const struct import_kind *k = import_kind_find(in->kind);
	if (!k || !may(c, str_of(import_right(k))))
		return object(c, S("kind"), W(imports_no_kind));
	if (!in->file_file.len && !in->lines.len)
		return object(c, S("file"), W(imports_no_file));
	struct table *t;
	TRY(table_open(c, name_of(c, in), bytes_of(in), (struct table_limits){ .bytes = UPLOAD_MAX, .rows = WEB_ROWS }, &t));
	table_close(t);
	return OK;
}

OPERATION(import_upload, upload_form, by_id,
	.route = "POST /import",
	.allow = "import.run",
	.effect = WRITES,
	.before = upload_before,
	.body_max = UPLOAD_MAX + 256 * 1024,
	.then = "/import/{id}/columns",
	.back = "/import",
	.doc = "Keeps a file for a day, to be looked at and confirmed. Nothing is taken in yet.")
{
	struct upload u = { .account = c->me.account, .kind = in->kind, .name = name_of(c, in), .bytes = bytes_of(in), .made = { c->now.ms - UPLOAD_MS } };
	TRY(store_run(c, uploads_old_remove, &u, NULL));
	u.made = c->now;
	return store_one(c, upload_add, &u, out);
}

OPERATION(import_discard, by_id, nothing,
	.route = "POST /import/{id}/discard",
	.allow = "import.run",
	.effect = WRITES,
	.then = "/import",
	.doc = "Throws a waiting file away.")
{
	(void)out;
	struct upload u;
	TRY(upload_load(c, in->id, &u));
	return store_run(c, upload_remove, in, NULL);
}
