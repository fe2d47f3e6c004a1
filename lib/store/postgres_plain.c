/* postgres_plain.c - PostgreSQL without records: whole tables in and out, for migrating, copying and verifying. */
#include "postgres.h"
#include "base/buffer.h"
#include <stdlib.h>
#include <string.h>

struct postgres_plain {
	struct plain plain;
	PGconn *pg;
	struct arena *row;                         /* bytes of the row at hand */
	struct arena *arena;                       /* the foreign keys to put back */
	list keys;                                 /* of str: alter table … add constraint … */
	struct buffer line;                        /* of a copy */
};

static const struct plain_engine postgres_plain;

static enum status failed(struct postgres_plain *p, const PGresult *r)
{
	bool again;
	const char *said = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	return because(p->plain.why, postgres_status(r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL, &again), "%s", said ? said : PQerrorMessage(p->pg));
}

enum status postgres_plain_open(struct store *s, struct plain **out, char why[WHY])
{
	PGconn *pg = postgres_connect(s);
	if (PQstatus(pg) != CONNECTION_OK) {
		because(why, BUSY, "PostgreSQL cannot be reached: %s", PQerrorMessage(pg));
		PQfinish(pg);
		return BUSY;
	}
	struct postgres_plain *p = calloc(1, sizeof *p);
	if (!p)
		abort();
	*p = (struct postgres_plain){ .plain = { &postgres_plain, why }, .pg = pg, .row = arena_new(), .arena = arena_new() };
	*out = &p->plain;
	return OK;
}

static void plain_close(struct plain *plain)
{
	struct postgres_plain *p = (struct postgres_plain *)plain;
	PQfinish(p->pg);
	arena_free(p->row);
	arena_free(p->arena);
	buffer_done(&p->line);
	free(p);
}

/* ---- Statements ---- */

static enum status script(struct plain *plain, const char *text)
{
	struct postgres_plain *p = (struct postgres_plain *)plain;
	PGresult *r = PQexec(p->pg, text);
	ExecStatusType is = PQresultStatus(r);
	enum status status = is == PGRES_COMMAND_OK || is == PGRES_TUPLES_OK || is == PGRES_EMPTY_QUERY ? OK : failed(p, r);
	PQclear(r);
	return status;
}

/* The lock lasts as long as the transaction; one that only reads needs none. */
static enum status begin(struct plain *p, enum transaction mode)
{
	return script(p, mode == READING ? "begin isolation level repeatable read read only"
		: "begin; select pg_advisory_xact_lock(hashtextextended('wijzer ' || current_schema(), 0))");
}

static enum status end(struct plain *p, bool keep)
{
	return script(p, keep ? "commit" : "rollback");
}

static enum status rows_taken(struct postgres_plain *p, const PGresult *r, plain_row row, void *of)
{
	struct value columns[COLUMNS_MAX];
	int wide = PQnfields(r);
	for (int i = 0; row && i < PQntuples(r); i++) {
		arena_reset(p->row);
		for (int j = 0; j < wide && j < COLUMNS_MAX; j++)
			columns[j] = postgres_value(r, i, j, p->row);
		TRY(row(of, columns, wide));
	}
	return OK;
}

/* Row by row, so that a table of any size passes through little memory. */
static enum status run(struct plain *plain, const char *text, const struct value *values, int count, plain_row row, void *of)
{
	struct postgres_plain *p = (struct postgres_plain *)plain;
	struct params in = { 0 };
	for (int i = 0; i < count; i++)
		params_put(&in, i, values[i]);
	if (!PQsendQueryParams(p->pg, text, count, in.type, in.at, in.length, in.format, 0))
		return failed(p, NULL);
	PQsetSingleRowMode(p->pg);
	enum status status = OK;
	for (PGresult *r; (r = PQgetResult(p->pg)); PQclear(r)) {
		if (status != OK)
			continue;
		if (PQresultStatus(r) == PGRES_SINGLE_TUPLE)
			status = rows_taken(p, r, row, of);
		else if (PQresultStatus(r) != PGRES_TUPLES_OK && PQresultStatus(r) != PGRES_COMMAND_OK)
			status = failed(p, r);
	}
	return status;
}

/* ---- Whole tables ---- */

struct found { struct arena *arena; list *into; };

static enum status column_found(void *of, const struct value *columns, int count)
{
	(void)count;
	struct found *f = of;
	struct table *last = f->into->count ? list_item(*f->into, struct table, f->into->count - 1) : NULL;
	if (!last || !str_eq(last->name, columns[0].s)) {
		last = list_add(f->arena, f->into, struct table);
		last->name = text_copy(f->arena, columns[0].s);
	}
	*list_add(f->arena, &last->columns, str) = text_copy(f->arena, columns[1].s);
	return OK;
}

static enum status text_found(void *of, const struct value *columns, int count)
{
	(void)count;
	struct found *f = of;
	*list_add(f->arena, f->into, str) = text_copy(f->arena, columns[0].s);
	return OK;
}

static enum status tables(struct plain *p, struct arena *a, list *out)
{
	struct found f = { a, out };
	*out = (list){ 0 };
	return run(p, "select c.table_name::text, c.column_name::text from information_schema.columns c"
		" join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name"
		" where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' and c.table_name <> 'schema_step'"
		" order by c.table_name::text collate \"C\", c.column_name::text collate \"C\"", NULL, 0, column_found, &f);
}

/* Runs the statements that a query of the catalogue makes. */
static enum status each_made(struct plain *p, const char *texts)
{
	struct arena *a = arena_new();
	list made = { 0 };
	struct found f = { a, &made };
	enum status status = run(p, texts, NULL, 0, text_found, &f);
	for (each(str, text, made))
		if (status == OK)
			status = script(p, text->at);
	arena_free(a);
	return status;
}

static enum status drop_all(struct plain *p)
{
	return each_made(p, "select format('drop %s if exists %I cascade', case table_type when 'VIEW' then 'view' else 'table' end, table_name)"
		" from information_schema.tables where table_schema = current_schema() and table_type in ('VIEW', 'BASE TABLE') order by table_type desc");
}

/* Taken off and put back: rows of two tables may point at each other, and putting a key back checks all of them at once. */
static enum status loosen(struct plain *plain)
{
	struct postgres_plain *p = (struct postgres_plain *)plain;
	struct found f = { p->arena, &p->keys };
	p->keys = (list){ 0 };
	TRY(run(plain, "select format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))"
		" from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace", NULL, 0, text_found, &f));
	return each_made(plain, "select format('alter table %s drop constraint %I', conrelid::regclass, conname)"
		" from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace");
}

static enum status tighten(struct plain *plain)
{
	struct postgres_plain *p = (struct postgres_plain *)plain;
	for (each(str, key, p->keys))
		TRY(script(plain, key->at));
	return each_made(plain, "select format('select setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false) from %I', quote_ident(table_name), column_name, column_name, table_name)"
		" from information_schema.columns where table_schema = current_schema() and is_identity = 'YES'");
}

static enum status fill_begin(struct plain *plain, struct arena *a, const struct table *t)
{
	struct postgres_plain *p = (struct postgres_plain *)plain;
	str names = { 0 };
	for (each(str, column, t->columns))
		names = text_format(a, S_FMT "%s\"" S_FMT "\"", S_ARG(names), names.len ? ", " : "", S_ARG(*column));
	PGresult *r = PQexec(p->pg, text_format(a, "copy \"" S_FMT "\" (" S_FMT ") from stdin", S_ARG(t->name), S_ARG(names)).at);
	enum status status = PQresultStatus(r) == PGRES_COPY_IN ? OK : failed(p, r);
	PQclear(r);
	return status;
}

static void line_text(struct buffer *b, str s)
{
	for (size_t i = 0; i < s.len; i++) {
		switch (s.at[i]) {
		case '\\': buffer_add(b, S("\\\\")); break;
		case '\n': buffer_add(b, S("\\n")); break;
		case '\r': buffer_add(b, S("\\r")); break;
		case '\t': buffer_add(b, S("\\t")); break;
		default:   buffer_add_char(b, s.at[i]);
		}
	}
}

static void line_value(struct buffer *b, const struct value *v)
{
	switch (v->kind) {
	case VALUE_NULL: buffer_add(b, S("\\N")); break;
	case VALUE_INT:  buffer_add_int(b, v->i); break;
	case VALUE_REAL: buffer_add_format(b, "%.17g", v->x); break;
	case VALUE_TEXT: line_text(b, v->s); break;
	case VALUE_BLOB:
		buffer_add(b, S("\\\\x"));
		for (size_t i = 0; i < v->s.len; i++)
			buffer_add_format(b, "%02x", (unsigned char)v->s.at[i]);
		break;
	}
}

static enum status fill_row(struct plain *plain, const struct value *values, int count)
{
	struct postgres_plain *p = (struct postgres_plain *)plain;
	buffer_clear(&p->line);
	for (int i = 0; i < count; i++) {
		if (i)
			buffer_add_char(&p->line, '\t');
		line_value(&p->line, &values[i]);
	}
	buffer_add_char(&p->line, '\n');
	return PQputCopyData(p->pg, p->line.at, (int)p->line.len) == 1 ? OK : failed(p, NULL);
}

static enum status fill_end(struct plain *plain)
{
	struct postgres_plain *p = (struct postgres_plain *)plain;
	enum status status = PQputCopyEnd(p->pg, NULL) == 1 ? OK : failed(p, NULL);
	for (PGresult *r; (r = PQgetResult(p->pg)); PQclear(r))
		if (status == OK && PQresultStatus(r) != PGRES_COMMAND_OK)
			status = failed(p, r);
	return status;
}

static const struct plain_engine postgres_plain = {
	.close = plain_close, .begin = begin, .end = end, .script = script, .run = run, .tables = tables, .drop_all = drop_all,
	.loosen = loosen, .fill_begin = fill_begin, .fill_row = fill_row, .fill_end = fill_end, .tighten = tighten,
	.bookkeeping = "create table if not exists schema_step (feature text not null, number bigint not null, title text not null,"
		" checksum text not null, taken bigint not null, primary key (feature, number))",
};
