/* undo.c - an import taken back: every row as it was, unless somebody has built on it since. */
#include "inside.h"
#include "base/token.h"
#include "table/name.h"
#include "web/access.h"
#include <string.h>

RECORD(change, FIELD(change, import), FIELD(change, number), FIELD(change, tab), FIELD(change, row), FIELD(change, before, .max = 100000), FIELD(change, after));

static const struct import_table *table_find(const struct import_kind *k, str name)
{
	for (const struct import_table *t = k->tables; t && t->name; t++)
		if (str_eq(str_of(t->name), name))
			return t;
	return NULL;
}

static str fingerprint_of(struct ctx *c, const struct record *r, const void *of)
{
	struct buffer b = { 0 };
	record_write_json(&b, r, of);
	str fingerprint = token_fingerprint(c->arena, buffer_text(&b));
	buffer_done(&b);
	return fingerprint;
}

/* A row that others point at cannot go; a row that was changed again would lose that change. */
static enum status put_back(struct ctx *c, const struct import_kind *k, const struct change *one)
{
	const struct import_table *t = table_find(k, one->tab);
	if (!t)
		return broken(c, "import %lld changed the table " S_FMT ", which nobody knows", (long long)one->import, S_ARG(one->tab));
	struct by_id id = { one->row };
	void *now = arena_take(c->arena, t->record->size), *before = arena_take(c->arena, t->record->size);
	bool found;
	TRY(store_find_query(c, t->load, &id, now, &found));
	if (!found || !str_eq(fingerprint_of(c, t->record, now), one->after))
		return refuse(c, CONFLICT, "import-changed-since", W(imports_changed_since));
	enum status status;
	if (one->before.at) {
		TRY(record_read_json(c, t->record, one->before, before));
		status = store_run_query(c, t->restore, before, NULL);
	} else {
		status = store_run_query(c, t->remove, &id, NULL);
	}
	return status == CONFLICT ? refuse(c, CONFLICT, "import-used-since", W(imports_used_since)) : status;
}

enum status import_undo(struct ctx *c, struct import *im)
{
	struct by_id id = { im->id };
	struct import_row row;
	bool found;
	TRY(store_find(c, import_load, &id, &row, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "import-none", W(imports_none), number_text(c->arena, im->id));
	im->kind = import_kind_find(row.kind);
	im->file = row.file;
	if (im->kind && !may(c, str_of(import_right(im->kind))))
		return refuse(c, FORBIDDEN, "forbidden", W(imports_forbidden));
	if (row.undone.ms)
		return refuse(c, CONFLICT, "import-undone", W(imports_undone_already));
	if (!im->kind || !str_eq(row.state, S("done")))
		return refuse(c, CONFLICT, "import-open", W(imports_not_finished));
	if (c->now.ms - row.at.ms > (int64_t)UNDO_DAYS * 86400000)
		return refuse(c, CONFLICT, "import-old", W(imports_too_old), number_text(c->arena, UNDO_DAYS));
	im->more = false;
	if (im->kind->undo) {
		TRY(im->kind->undo(c, im));
	} else {
		list changes = { 0 };
		TRY(store_all(c, import_changes, &id, &changes));
		for (each(struct change, one, changes))
			TRY(put_back(c, im->kind, one));
		TRY(store_run(c, import_changes_remove, &id, NULL));
	}
	return im->more ? OK : store_run(c, import_set_undone, &id, NULL);
}
