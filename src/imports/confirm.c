/* confirm.c - what a waiting file would change, its mistakes by line, and the yes that takes it in. */
#include "upload.h"
#include "table/name.h"
#include "web/audit.h"

enum status upload_prepare(struct ctx *c, const struct upload *u, struct import_wish w, struct import **out)
{
	struct mapping *m = NULL;
	w.kind = import_kind_find(u->kind);
	w.file = u->name;
	w.bytes = u->bytes;
	w.rows_max = WEB_ROWS;
	if (u->mapping.len)
		TRY(mapping_read(c, word_text(c->arena, c->language, W(imports_mapping), NULL, 0), u->mapping, &m));
	w.mapping = m;
	struct import *im = NULL;
	enum status status = import_open(c, &w, &im);
	status = status == OK ? import_begin(c, im) : status;
	status = status == OK ? import_read(c, im) : status;
	status = status == OK && !w.kind->stage ? import_check(c, im) : status;
	if (status != OK)
		import_close(im);
	*out = im;
	return status;
}

/* ---- Looking at it ---- */

struct preview_query { int64_t id; struct import *im; };
struct import_preview {
	int64_t id, rows, good, wrong, added, changed, same, ended;
	str kind, file, left, ends;
	list mistakes;                     /* of str */
	int64_t more;
	bool may_complete, staged;
};
RECORD(preview_query, FIELD(preview_query, id));
RECORD(import_preview,
	FIELD(import_preview, id), FIELD(import_preview, kind), FIELD(import_preview, file), FIELD(import_preview, rows), FIELD(import_preview, good),
	FIELD(import_preview, wrong), FIELD(import_preview, added), FIELD(import_preview, changed), FIELD(import_preview, same),
	FIELD(import_preview, ended, .doc = "What would end if the file is complete."), FIELD(import_preview, mistakes), FIELD(import_preview, more));
#include "imports_preview.html.h"

static enum status preview_before(struct ctx *c, void *input)
{
	struct preview_query *in = input;
	struct upload u;
	TRY(upload_load(c, in->id, &u));
	struct import_wish w = { .without_wrong = true, .complete = import_kind_find(u.kind)->ends != NULL };
	TRY(upload_prepare(c, &u, w, &in->im));
	import_close(in->im);
	return OK;
}

OPERATION(import_preview, preview_query, import_preview,
	.route = "GET /import/{id}",
	.allow = "import.run",
	.before = preview_before,
	.page = preview_html,
	.doc = "What a waiting file would change, and its first twenty mistakes by line. Changes nothing.")
{
	struct preview_query q = *in;
	if (!q.im)                             /* a form that comes back is shown without its first step */
		TRY(preview_before(c, &q));
	const struct import *im = q.im;
	const struct import_count *n = &im->count;
	*out = (struct import_preview){ .id = in->id, .rows = n->rows, .wrong = (int64_t)im->in->wrong_lines.count, .added = n->added, .changed = n->changed,
		.same = n->same, .ended = n->ended, .kind = im->kind->label->text[c->language], .file = im->file, .may_complete = im->kind->ends && n->ended && !im->in->wrong_count,
		.staged = im->kind->stage != NULL };
	out->good = out->rows - out->wrong;
	out->left = im->in->left;
	if (im->kind->ends) {
		struct said ends = said_of(c->arena, im->kind->ends, number_text(c->arena, n->ended));
		out->ends = said_text(c->arena, c->language, &ends);
	}
	for (size_t i = 0; i < im->in->wrong.count && i < SHOWN; i++)
		*list_add(c->arena, &out->mistakes, str) = said_text(c->arena, c->language, &list_item(im->in->wrong, struct wrong, i)->said);
	out->more = im->in->wrong_count - (int64_t)out->mistakes.count;
	return OK;
}

OPERATION(import_rejects, by_id, raw_reply,
	.route = "GET /import/{id}/rejects",
	.allow = "import.run",
	.reply = RAW,
	.doc = "The wrong lines of a waiting file with their reasons, to be mended and imported again.")
{
	struct upload u;
	struct import *im;
	TRY(upload_load(c, in->id, &u));
	TRY(upload_prepare(c, &u, (struct import_wish){ .without_wrong = true }, &im));
	enum status status = import_reject(c, im, &out->body);
	import_close(im);
	out->type = S("text/csv; charset=utf-8");
	out->file = text_join(c->arena, word_text(c->arena, c->language, W(imports_rejects_file), NULL, 0), S(".csv"));
	return status;
}

/* ---- Yes ---- */

struct confirm_form { int64_t id; bool without_wrong, complete; int64_t confirm; struct import *im; };
RECORD(confirm_form,
	FIELD(confirm_form, id),
	FIELD(confirm_form, without_wrong, .label = W(imports_without_wrong)),
	FIELD(confirm_form, complete, .label = W(imports_complete)),
	FIELD(confirm_form, confirm, .optional = true, .doc = "With `complete`: how many may end."));
struct import_result { int64_t import, added, changed, same, ended, rejected; };
RECORD(import_result, FIELD(import_result, import), FIELD(import_result, added), FIELD(import_result, changed), FIELD(import_result, same),
	FIELD(import_result, ended), FIELD(import_result, rejected));

static enum status confirm_before(struct ctx *c, void *input)
{
	struct confirm_form *in = input;
	struct upload u;
	TRY(upload_load(c, in->id, &u));
	struct import_wish w = { .without_wrong = in->without_wrong, .complete = in->complete, .confirmed = in->complete, .confirm = in->confirm };
	TRY(upload_prepare(c, &u, w, &in->im));
	import_close(in->im);
	if (in->im->in->wrong_count && !in->without_wrong)     /* which lines, the preview says */
		return object(c, S("without_wrong"), W(imports_wrong), in->im->file, number_text(c->arena, (int64_t)in->im->in->wrong_lines.count));
	return import_verdict(c, in->im, W(imports_wrong));
}

OPERATION(import_confirm, confirm_form, import_result,
	.route = "POST /import/{id}/confirm",
	.allow = "import.run",
	.effect = WRITES,
	.before = confirm_before,
	.then = "/import",
	.back = "/import/{id}",
	.said = W(imports_confirmed),
	.doc = "Takes a waiting file in, all of it or without its wrong lines.")
{
	struct import *im = in->im;
	struct upload u;
	TRY(upload_load(c, in->id, &u));
	for (bool first = true; first || im->more; first = false)
		TRY(import_write(c, im, first));
	TRY(store_run(c, upload_remove, &(struct by_id){ in->id }, NULL));
	*out = (struct import_result){ im->id, im->count.added, im->count.changed, im->count.same, im->count.ended, im->count.rejected };
	return OK;
}

OPERATION(import_take_back, by_id, nothing,
	.route = "POST /import/past/{id}/undo",
	.allow = "import.run",
	.effect = WRITES,
	.then = "/import",
	.back = "/import",
	.said = W(imports_taken_back_said),
	.doc = "Takes an import back: every row as it was. Refused when something was changed or built on it since.")
{
	(void)out;
	struct import im = { .id = in->id };
	do {
		TRY(import_undo(c, &im));
	} while (im.more);
	return OK;
}

/* The shell's import is the same act without an upload. */
enum status import_audit(struct ctx *c, const struct import *im)
{
	struct confirm_form said = { .id = im->id, .without_wrong = im->in->wish.without_wrong, .complete = im->complete, .confirm = im->in->wish.confirm };
	return audit_write(c, operation_find(S("import_confirm")), &said);
}
