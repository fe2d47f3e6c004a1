/* write.c - from rows to the database: compared, agreed on, applied all or nothing, and remembered. */
#include "inside.h"
#include "base/token.h"
#include "table/name.h"
#include "view/view.h"

RECORD(import_row,
	FIELD(import_row, id), FIELD(import_row, kind), FIELD(import_row, file), FIELD(import_row, digest), FIELD(import_row, rows), FIELD(import_row, added),
	FIELD(import_row, changed), FIELD(import_row, same), FIELD(import_row, ended), FIELD(import_row, rejected), FIELD(import_row, account, .optional = true),
	FIELD(import_row, at), FIELD(import_row, state), FIELD(import_row, seen), FIELD(import_row, undone));
RECORD(import_seen, FIELD(import_seen, id), FIELD(import_seen, seen), FIELD(import_seen, kind));

static void count_again(struct import *im)
{
	im->count = (struct import_count){ .rows = im->count.rows, .rejected = (int64_t)im->in->wrong_lines.count };
	im->more = false;
}

/* Keeps the order, so that messages come in the file's. */
static void wrong_rows_drop(struct import *im)
{
	const struct record *r = im->kind->record;
	const struct field *line = field_find(r, S("line"));
	char *at = im->rows.at;
	size_t kept = 0;
	for (size_t i = 0; i < im->rows.count; i++) {
		const char *row = at + i * r->size;
		if (line && import_is_wrong(im, *(const int64_t *)field_in(line, row)))
			continue;
		if (kept != i)
			__builtin_memmove(at + kept * r->size, row, r->size);
		kept++;
	}
	im->rows.count = kept;
}

enum status import_check(struct ctx *c, struct import *im)
{
	int64_t before;
	do {
		before = im->in->wrong_count;
		count_again(im);
		TRY(im->kind->check ? im->kind->check(c, im) : OK);
		im->count.rejected = (int64_t)im->in->wrong_lines.count;
		if (im->in->wrong_count == before)
			break;
		wrong_rows_drop(im);                           /* somebody else's lead may have been among them: look again */
	} while (im->in->wish.without_wrong && im->in->wrong_count < WRONG_MAX);
	im->in->compared_at = store_revision(c);
	return OK;
}

/* Nothing was written since: what was found still holds. Only once, because a body that runs again finds its rows changed by the
 * first time; and only in a shell, where nobody else writes in the same transaction. */
static bool still_holds(struct ctx *c, struct import_inside *in)
{
	int64_t then = in->compared_at;
	in->compared_at = 0;
	return in->wish.store && then && store_revision(c) == then;
}

enum status import_agreed(struct ctx *c, const struct import *im)
{
	const struct import_wish *w = &im->in->wish;
	if (!im->complete)
		return OK;
	if (im->in->wrong_count)                               /* whoever stands in a wrong line would end by it */
		return refuse(c, CONFLICT, "import-not-all-right", W(imports_not_all_right));
	str ended = number_text(c->arena, im->count.ended);
	struct said what = said_of(c->arena, im->kind->ends, ended);
	if (w->confirmed && w->confirm != im->count.ended)
		return refuse(c, CONFLICT, "import-other-number", W(imports_other_number), ended, number_text(c->arena, w->confirm), what);
	if (!w->confirmed && im->count.ended)
		return refuse(c, CONFLICT, "import-confirm", W(imports_confirm), ended, what);
	return OK;
}

/* ---- Remembering ---- */

static struct import_row row_of(const struct ctx *c, const struct import *im, str state)
{
	const struct import_count *n = &im->count;
	return (struct import_row){ im->id, str_of(im->kind->name), im->file, im->in->digest, n->rows, n->added, n->changed, n->same, n->ended,
		n->rejected, c->me.account, c->now, state, c->now };
}

enum status import_row_open(struct ctx *c, struct import *im)
{
	struct import_row row = row_of(c, im, S("open"));
	struct by_id made;
	TRY(store_one(c, import_add, &row, &made));
	im->id = made.id;
	return OK;
}

static enum status row_finish(struct ctx *c, struct import *im)
{
	struct import_row row = row_of(c, im, S("done"));
	struct import_seen old = { .seen = { c->now.ms - (int64_t)UNDO_DAYS * 86400000 } };
	TRY(store_run_each(c, import_change_add, &im->in->changes));
	TRY(store_run(c, import_changes_forget, &old, NULL));
	return store_run(c, import_finish, &row, NULL);
}

static str json_of(struct ctx *c, const struct record *r, const void *of)
{
	struct buffer b = { 0 };
	record_write_json(&b, r, of);
	str json = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return json;
}

static str fingerprint_of(struct ctx *c, const struct record *r, const void *of)
{
	struct buffer b = { 0 };
	record_write_json(&b, r, of);
	str fingerprint = token_fingerprint(c->arena, buffer_text(&b));
	buffer_done(&b);
	return fingerprint;
}

/* What stands there afterwards is kept as a fingerprint only: enough to see later whether it is still so. */
static enum status change_note(struct ctx *c, struct import *im, const struct import_table *t, int64_t id, const void *before, const void *after)
{
	struct change *one = list_add(im->in->main, &im->in->changes, struct change);
	*one = (struct change){ im->id, (int64_t)im->in->changes.count, str_of(t->name), id, before ? json_of(c, t->record, before) : (str){ 0 },
		fingerprint_of(c, t->record, after) };
	return OK;
}

enum status import_added(struct ctx *c, struct import *im, const struct import_table *t, int64_t id, const void *after)
{
	return change_note(c, im, t, id, NULL, after);
}

enum status import_changed(struct ctx *c, struct import *im, const struct import_table *t, int64_t id, const void *before, const void *after)
{
	return change_note(c, im, t, id, before, after);
}

/* ---- Writing ---- */

enum status import_stage(struct ctx *c, struct import *im)
{
	const struct record *r = im->kind->record;
	const struct field *import = field_find(r, S("import"));
	for (size_t i = 0; import && i < im->rows.count; i++)
		*(int64_t *)field_at(import, (char *)im->rows.at + i * r->size) = im->id;
	struct import_seen seen = { im->id, c->now, str_of(im->kind->name) };
	TRY(store_run_each_query(c, im->kind->stage, &im->rows));
	return store_run(c, import_heard, &seen, NULL);
}

/* The first of the transactions that apply; mostly the only one. */
static enum status write_first(struct ctx *c, struct import *im)
{
	struct import_inside *in = im->in;
	in->changes = (list){ 0 };
	if (!im->kind->stage || !in->wish.store)               /* else it was opened before the first row; a second try opens its own */
		TRY(import_row_open(c, im));
	if (im->large)                                         /* compares as it writes */
		return import_agreed(c, im);
	if (im->kind->stage && im->rows.count)
		TRY(import_stage(c, im));
	int64_t before = in->wrong_count;
	if (!still_holds(c, in))
		TRY(import_check(c, im));
	if (in->wrong_count > before)
		return refuse(c, CONFLICT, "import-moved", W(imports_moved), im->file);
	return import_agreed(c, im);
}

enum status import_write(struct ctx *c, struct import *im, bool first)
{
	if (first)
		TRY(write_first(c, im));
	im->more = false;
	TRY(im->kind->apply(c, im));
	struct import_seen alive = { im->id, c->now, str_of(im->kind->name) };
	return im->more ? store_run(c, import_heard, &alive, NULL) : row_finish(c, im);
}

enum status import_clear(struct ctx *c, struct import *im)
{
	im->more = false;
	TRY(im->kind->clear ? im->kind->clear(c, im) : OK);
	struct by_id id = { im->id };
	return im->more ? OK : store_run(c, import_remove, &id, NULL);
}

/* Rows that somebody typed or the program made: the whole of it inside this transaction. */
static enum status whole(struct ctx *c, str kind, struct import_wish w, const struct word *wrong, struct import_count *out)
{
	w.kind = import_kind_find(kind);
	struct import *im = NULL;
	if (!w.kind || w.kind->stage)
		return broken(c, "import_text of a kind that is not there or stages its rows");
	enum status status = import_open(c, &w, &im);
	status = status == OK ? import_begin(c, im) : status;
	status = status == OK ? import_read(c, im) : status;
	status = status == OK ? import_verdict(c, im, wrong) : status;
	status = status == OK ? import_check(c, im) : status;
	status = status == OK ? import_verdict(c, im, wrong) : status;
	status = status == OK ? import_write(c, im, true) : status;
	import_close(im);
	if (status == OK)
		*out = im->count;
	return status;
}

enum status import_text(struct ctx *c, str kind, str name, str csv, struct import_count *out)
{
	return whole(c, kind, (struct import_wish){ .file = name, .bytes = csv }, W(imports_wrong), out);
}

enum status import_lines(struct ctx *c, str kind, str name, str csv, struct import_count *out)
{
	return whole(c, kind, (struct import_wish){ .file = name, .bytes = csv, .typed = true }, W(imports_wrong_typed), out);
}

/* The rows are there already: what is left of reading them. */
static enum status typed_read(struct ctx *c, struct import *im)
{
	const struct record *r = im->kind->record;
	struct buffer all = { 0 };
	TRY(import_begin(c, im));
	for (size_t i = 0; i < im->rows.count; i++) {
		void *row = (char *)im->rows.at + i * r->size;
		TRY(record_check(c, r, row));
		TRY(im->kind->row ? im->kind->row(c, im, row) : OK);
	}
	for (size_t i = 0; i < im->rows.count; i++)
		record_write_json(&all, r, (char *)im->rows.at + i * r->size);
	im->count.rows = (int64_t)im->rows.count;
	im->in->digest = token_fingerprint(c->arena, buffer_text(&all));
	buffer_done(&all);
	return import_verdict(c, im, NULL);
}

enum status import_typed(struct ctx *c, str kind, list rows, struct import_count *out)
{
	const struct import_kind *k = import_kind_find(kind);
	if (!k || k->stage)
		return broken(c, "import_typed of a kind that is not there or stages its rows");
	struct import_inside in = { .wish = { .kind = k, .form = true }, .main = c->arena, .fields = import_fields_of(c->arena, k) };
	struct import im = { .kind = k, .file = text_of_word(c, W(imports_by_hand)), .rows = rows, .in = &in };
	in.has = arena_array_of(c->arena, bool, in.fields.count);
	for (size_t i = 0; i < in.fields.count; i++)
		in.has[i] = true;
	TRY(typed_read(c, &im));
	TRY(import_check(c, &im));
	TRY(import_verdict(c, &im, NULL));
	if (import_is_change(&im.count))
		TRY(import_write(c, &im, true));
	*out = im.count;
	return OK;
}
