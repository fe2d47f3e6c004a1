/* sqlite_plain.c - SQLite without records: whole tables in and out, for migrating, copying and verifying. */
#include "sqlite.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sqlite_plain {
	struct plain plain;
	sqlite3 *db;
	sqlite3_stmt *fill;
	sqlite3_int64 changes;                     /* before the transaction at hand */
};

static const struct plain_engine sqlite_plain;

static enum status failed(struct sqlite_plain *p)
{
	return because(p->plain.why, sqlite_status(sqlite3_extended_errcode(p->db)), "%s", sqlite3_errmsg(p->db));
}

/* ---- Opening ---- */

static struct sqlite_plain *plain_new(char why[WHY])
{
	struct sqlite_plain *p = calloc(1, sizeof *p);
	if (!p)
		abort();
	p->plain = (struct plain){ &sqlite_plain, why };
	return p;
}

static void plain_close(struct plain *plain)
{
	struct sqlite_plain *p = (struct sqlite_plain *)plain;
	sqlite3_finalize(p->fill);
	sqlite3_close(p->db);
	free(p);
}

static enum status opened(struct sqlite_plain *p, const char *path, int flags, int wait_ms, const char *pragmas, struct plain **out)
{
	if (sqlite3_open_v2(path, &p->db, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK) {
		sqlite3_extended_result_codes(p->db, 1);
		sqlite3_busy_timeout(p->db, wait_ms);
		if (!sqlite3_exec(p->db, pragmas, NULL, NULL, NULL)) {
			*out = &p->plain;
			return OK;
		}
	}
	enum status status = sqlite3_errcode(p->db) == SQLITE_NOTADB ? INVALID : sqlite_status(sqlite3_errcode(p->db));
	because(p->plain.why, status, "%s cannot be opened as a database: %s.", path, p->db ? sqlite3_errmsg(p->db) : "no memory");
	plain_close(&p->plain);
	return status;
}

enum status sqlite_plain_open(struct store *s, struct plain **out, char why[WHY])
{
	return opened(plain_new(why), ((struct sqlite *)s)->path, SQLITE_OPEN_READWRITE, s->settings.wait_ms,
		"pragma synchronous = full; pragma temp_store = memory", out);
}

enum status sqlite_plain_create(const char *path, struct plain **out, char why[WHY])
{
	return opened(plain_new(why), path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, WAIT_MS,
		"pragma journal_mode = memory; pragma synchronous = off; pragma temp_store = memory;"
		"pragma application_id = 0x57696a7a", out);
}

enum status sqlite_plain_read(const char *path, struct plain **out, char why[WHY])
{
	return opened(plain_new(why), path, SQLITE_OPEN_READONLY, WAIT_MS, "pragma query_only = on; pragma trusted_schema = off; select count(*) from sqlite_schema", out);
}

/* ---- Statements ---- */

static enum status script(struct plain *plain, const char *text)
{
	struct sqlite_plain *p = (struct sqlite_plain *)plain;
	return sqlite3_exec(p->db, text, NULL, NULL, NULL) ? failed(p) : OK;
}

static enum status begin(struct plain *plain, enum transaction mode)
{
	struct sqlite_plain *p = (struct sqlite_plain *)plain;
	p->changes = sqlite3_total_changes64(p->db);
	return script(plain, mode == WRITING ? "begin immediate" : "begin");
}

/* Keys are not checked row by row here: a step may rebuild a table that others point at, and whole tables come in any order. So they are checked once, before the commit. */
static enum status keys_check(struct sqlite_plain *p)
{
	if (sqlite3_total_changes64(p->db) == p->changes)
		return OK;
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(p->db, "pragma foreign_key_check", -1, &s, NULL))
		return failed(p);
	int code = sqlite3_step(s);
	enum status status = code == SQLITE_ROW ? because(p->plain.why, CONFLICT, "A row of %s points at a row of %s that is not there.", sqlite3_column_text(s, 0), sqlite3_column_text(s, 2))
		: code == SQLITE_DONE ? OK : failed(p);
	sqlite3_finalize(s);
	return status;
}

static enum status end(struct plain *plain, bool keep)
{
	struct sqlite_plain *p = (struct sqlite_plain *)plain;
	enum status status = keep ? keys_check(p) : OK;
	if (keep && status == OK) {
		if (!sqlite3_exec(p->db, "commit", NULL, NULL, NULL))
			return OK;
		status = failed(p);
	}
	if (!sqlite3_get_autocommit(p->db))
		sqlite3_exec(p->db, "rollback", NULL, NULL, NULL);
	return status;
}

static void bind(sqlite3_stmt *s, const struct value *values, int count)
{
	for (int i = 0; i < count; i++) {
		const struct value *v = &values[i];
		switch (v->kind) {
		case VALUE_NULL: sqlite3_bind_null(s, i + 1); break;
		case VALUE_INT:  sqlite3_bind_int64(s, i + 1, v->i); break;
		case VALUE_REAL: sqlite3_bind_double(s, i + 1, v->x); break;
		case VALUE_TEXT: sqlite3_bind_text64(s, i + 1, v->s.at, v->s.len, SQLITE_STATIC, SQLITE_UTF8); break;
		case VALUE_BLOB: sqlite3_bind_blob64(s, i + 1, v->s.at ? v->s.at : "", v->s.len, SQLITE_STATIC); break;
		}
	}
}

struct value sqlite_column(sqlite3_stmt *s, int i)
{
	switch (sqlite3_column_type(s, i)) {
	case SQLITE_INTEGER: return (struct value){ VALUE_INT, .i = sqlite3_column_int64(s, i) };
	case SQLITE_FLOAT:   return (struct value){ VALUE_REAL, .x = sqlite3_column_double(s, i) };
	case SQLITE_TEXT: {
		const char *at = (const char *)sqlite3_column_text(s, i);      /* before its length: asking may convert it */
		return (struct value){ VALUE_TEXT, .s = { at, (size_t)sqlite3_column_bytes(s, i) } };
	}
	case SQLITE_BLOB: {
		const char *at = sqlite3_column_blob(s, i);
		return (struct value){ VALUE_BLOB, .s = { at ? at : "", (size_t)sqlite3_column_bytes(s, i) } };
	}
	}
	return (struct value){ 0 };
}

static enum status run(struct plain *plain, const char *text, const struct value *values, int count, plain_row row, void *of)
{
	struct sqlite_plain *p = (struct sqlite_plain *)plain;
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(p->db, text, -1, &s, NULL))
		return failed(p);
	bind(s, values, count);
	struct value columns[COLUMNS_MAX];
	int wide = sqlite3_column_count(s), code;
	enum status status = OK;
	while (status == OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
		for (int i = 0; i < wide && i < COLUMNS_MAX; i++)
			columns[i] = sqlite_column(s, i);
		status = row ? row(of, columns, wide) : OK;
	}
	if (status == OK && code != SQLITE_DONE)
		status = failed(p);
	sqlite3_finalize(s);
	return status;
}

/* ---- Whole tables ---- */

struct found { struct arena *arena; list *tables; };

static enum status column_found(void *of, const struct value *columns, int count)
{
	(void)count;
	struct found *f = of;
	struct table *last = f->tables->count ? list_item(*f->tables, struct table, f->tables->count - 1) : NULL;
	if (!last || !str_eq(last->name, columns[0].s)) {
		last = list_add(f->arena, f->tables, struct table);
		last->name = text_copy(f->arena, columns[0].s);
	}
	*list_add(f->arena, &last->columns, str) = text_copy(f->arena, columns[1].s);
	return OK;
}

static enum status tables(struct plain *p, struct arena *a, list *out)
{
	struct found f = { a, out };
	*out = (list){ 0 };
	return run(p, "select t.name, c.name from pragma_table_list t join pragma_table_xinfo(t.name) c"
		" where t.schema = 'main' and t.type = 'table' and c.hidden = 0 and t.name not like 'sqlite\\_%' escape '\\'"
		" and t.name not in ('schema_step', 'revision') order by t.name, c.name", NULL, 0, column_found, &f);
}

static enum status text_found(void *of, const struct value *columns, int count)
{
	(void)count;
	struct found *f = of;
	*list_add(f->arena, f->tables, str) = text_copy(f->arena, columns[0].s);
	return OK;
}

/* Views and virtual tables go first: what is in them stands on tables. The revision stays, so that nobody's cache takes the new rows for the old. */
static enum status drop_all(struct plain *p)
{
	struct arena *a = arena_new();
	list texts = { 0 };
	struct found f = { a, &texts };
	enum status status = run(p, "select 'drop ' || case type when 'view' then 'view' else 'table' end || ' \"' || name || '\"' from pragma_table_list"
		" where schema = 'main' and type in ('table', 'view', 'virtual') and name <> 'revision' and name not like 'sqlite\\_%' escape '\\'"
		" order by type = 'table', name", NULL, 0, text_found, &f);
	for (each(str, text, texts))
		if (status == OK)
			status = script(p, text->at);
	arena_free(a);
	return status;
}

static enum status loosen(struct plain *p)
{
	(void)p;
	return OK;                                 /* they are loose already */
}

static enum status tighten(struct plain *p)
{
	return script(p, "update revision set n = n + 1");
}

static enum status fill_begin(struct plain *plain, struct arena *a, const struct table *t)
{
	struct sqlite_plain *p = (struct sqlite_plain *)plain;
	str names = { 0 }, places = { 0 };
	for (each(str, column, t->columns)) {
		names = text_format(a, S_FMT "%s\"" S_FMT "\"", S_ARG(names), names.len ? ", " : "", S_ARG(*column));
		places = text_format(a, S_FMT "%s", S_ARG(places), places.len ? ", ?" : "?");
	}
	str text = text_format(a, "insert into \"" S_FMT "\" (" S_FMT ") values (" S_FMT ")", S_ARG(t->name), S_ARG(names), S_ARG(places));
	return sqlite3_prepare_v2(p->db, text.at, -1, &p->fill, NULL) ? failed(p) : OK;
}

static enum status fill_row(struct plain *plain, const struct value *values, int count)
{
	struct sqlite_plain *p = (struct sqlite_plain *)plain;
	bind(p->fill, values, count);
	enum status status = sqlite3_step(p->fill) == SQLITE_DONE ? OK : failed(p);
	sqlite3_reset(p->fill);
	return status;
}

static enum status fill_end(struct plain *plain)
{
	struct sqlite_plain *p = (struct sqlite_plain *)plain;
	sqlite3_finalize(p->fill);
	p->fill = NULL;
	return OK;
}

static const struct plain_engine sqlite_plain = {
	.is_sqlite = true,
	.close = plain_close, .begin = begin, .end = end, .script = script, .run = run, .tables = tables, .drop_all = drop_all,
	.loosen = loosen, .fill_begin = fill_begin, .fill_row = fill_row, .fill_end = fill_end, .tighten = tighten,
	.bookkeeping = "create table if not exists schema_step (feature text not null, number integer not null, title text not null,"
		" checksum text not null, taken integer not null, primary key (feature, number)) strict;"
		" create table if not exists revision (n integer not null) strict;"
		" insert into revision select 1 where not exists (select n from revision)",
};
