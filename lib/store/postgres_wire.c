/* postgres_wire.c - one connection to PostgreSQL: values, errors, and what is sent together and answered together. */
#include "postgres.h"
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Values ---- */

void params_put(struct params *p, int i, struct value v)
{
	p->at[i] = NULL;
	p->length[i] = 0;
	p->format[i] = 1;
	uint64_t bits;
	switch (v.kind) {
	case VALUE_NULL:
		return;
	case VALUE_INT: case VALUE_REAL:
		memcpy(&bits, v.kind == VALUE_INT ? (const void *)&v.i : (const void *)&v.x, sizeof bits);
		bits = htobe64(bits);
		memcpy(p->number[i], &bits, sizeof bits);
		p->at[i] = p->number[i];
		p->length[i] = sizeof bits;
		p->type[i] = v.kind == VALUE_INT ? T_INT8 : T_FLOAT8;
		return;
	case VALUE_TEXT: case VALUE_BLOB:
		p->at[i] = v.s.len ? v.s.at : "";
		p->length[i] = (int)v.s.len;
		p->type[i] = v.kind == VALUE_TEXT ? T_TEXT : T_BYTEA;
		return;
	}
}

static int hex_digit(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

static str bytes_of(struct arena *a, str hex)
{
	size_t len = hex.len / 2 - 1;                      /* behind \x */
	char *at = arena_take(a, len + 1);
	for (size_t i = 0; i < len; i++)
		at[i] = (char)(hex_digit(hex.at[2 * i + 2]) << 4 | hex_digit(hex.at[2 * i + 3]));
	return (str){ at, len };
}

/* sum() and avg() of integers are numeric: whole ones are taken for integers. */
static struct value number_of(str text)
{
	struct value v = { VALUE_INT };
	return str_to_int(text, &v.i) ? v : (struct value){ VALUE_REAL, .x = strtod(text.at, NULL) };
}

struct value postgres_value(const PGresult *r, int row, int column, struct arena *a)
{
	if (PQgetisnull(r, row, column))
		return (struct value){ 0 };
	str text = { PQgetvalue(r, row, column), (size_t)PQgetlength(r, row, column) };
	switch (PQftype(r, column)) {
	case T_BOOL:
		return (struct value){ VALUE_INT, .i = text.at[0] == 't' };
	case T_INT2: case T_INT4: case T_INT8: case T_NUMERIC:
		return number_of(text);
	case T_FLOAT4: case T_FLOAT8:
		return (struct value){ VALUE_REAL, .x = strtod(text.at, NULL) };
	case T_BYTEA:
		return (struct value){ VALUE_BLOB, .s = bytes_of(a, text) };
	}
	return (struct value){ VALUE_TEXT, .s = text };
}

/* ---- Errors ---- */

enum status postgres_status(const char *sqlstate, bool *again)
{
	static const struct { const char *starts; enum status status; bool again; } meanings[] = {
		{ "23505", CONFLICT }, { "23503", CONFLICT }, { "23514", CONFLICT },
		{ "40001", BUSY, true }, { "40P01", BUSY, true },
		{ "55P03", BUSY }, { "57P", BUSY }, { "08", BUSY }, { "53300", BUSY }, { "53100", FULL },
	};
	*again = false;
	if (!sqlstate)
		return BUSY;
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (!strncmp(sqlstate, meanings[i].starts, strlen(meanings[i].starts))) {
			*again = meanings[i].again;
			return meanings[i].status;
		}
	}
	return BROKEN;
}

/* "table.column, table.column", as SQLite says it: the detail begins "Key (column, column)=(" in every language. */
static str constraint_of(struct ctx *c, const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE), *name = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
	if (state && !strcmp(state, "23503"))
		return S("foreign key");
	str before, columns, rest, column, said = { 0 }, table = str_of(PQresultErrorField(r, PG_DIAG_TABLE_NAME));
	if (!state || strcmp(state, "23505") || !str_cut(str_of(PQresultErrorField(r, PG_DIAG_MESSAGE_DETAIL)), '(', &before, &columns))
		return text_copy(c->arena, str_of(name));
	str_cut(columns, ')', &columns, &rest);
	if (memchr(columns.at, '(', columns.len))
		return text_format(c->arena, "index '%s'", name);
	while (columns.len) {
		str_cut(columns, ',', &column, &columns);
		column = str_trim(column);
		said = text_format(c->arena, S_FMT "%s" S_FMT "." S_FMT, S_ARG(said), said.len ? ", " : "", S_ARG(table), S_ARG(column));
	}
	return said;
}

/* What a failed answer means; NULL is no answer at all. */
static enum status answer_failed(struct wire *w, struct ctx *c, const char *name, const PGresult *r)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	bool again;
	enum status status = PQstatus(w->pg) == CONNECTION_BAD ? BUSY : postgres_status(state, &again);
	if (PQstatus(w->pg) == CONNECTION_BAD)
		again = w->fresh;                              /* the server had gone before anything was asked of it */
	if (!c->db)
		return status;
	c->db->again |= again;
	if (status == CONFLICT)
		c->db->conflict = constraint_of(c, r);
	else if (status == BROKEN || status == FULL) {
		enum status logged = broken(c, "%s: %s (%s)", name, r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : PQerrorMessage(w->pg), state ? state : "no state");
		status = status == FULL ? FULL : logged;
	}
	return session_failed(c, status);
}

/* ---- Sending and answering ---- */

/* The last answer before our own sync, or the first that failed; NULL when the connection is gone. */
PGresult *pq_answer(struct wire *w)
{
	PGresult *kept = NULL;
	bool none = false;
	if (!PQpipelineSync(w->pg))
		return NULL;
	for (;;) {
		PGresult *r = PQgetResult(w->pg);
		if (!r) {
			if (none || PQstatus(w->pg) == CONNECTION_BAD)
				break;
			none = true;                           /* one stands between two answers; two say that nothing comes */
			continue;
		}
		none = false;
		ExecStatusType is = PQresultStatus(r);
		if (is == PGRES_PIPELINE_SYNC) {
			PQclear(r);
			if (!w->unread)
				return kept;
			w->unread--;
		} else if (w->unread || is == PGRES_PIPELINE_ABORTED || (kept && PQresultStatus(kept) == PGRES_FATAL_ERROR)) {
			PQclear(r);
		} else {
			PQclear(kept);
			kept = r;
		}
	}
	PQclear(kept);
	return NULL;
}

bool answer_is_good(const PGresult *r)
{
	return r && (PQresultStatus(r) == PGRES_TUPLES_OK || PQresultStatus(r) == PGRES_COMMAND_OK);
}

bool pq_send(struct wire *w, const char *text)
{
	return PQsendQueryParams(w->pg, text, 0, NULL, NULL, NULL, NULL, 0);
}

/* A transaction begins with its first query, in the same round trip. */
bool pq_begin(struct wire *w)
{
	if (w->begun)
		return true;
	w->begun = true;
	return pq_send(w, w->begin);
}

/* Takes the answer to what was sent; NULL after having said why it failed. */
PGresult *pq_taken(struct wire *w, struct ctx *c, const char *name, bool sent, enum status *status)
{
	PGresult *r = sent ? pq_answer(w) : NULL;
	*status = OK;
	if (answer_is_good(r)) {
		w->fresh = false;
		return r;
	}
	*status = answer_failed(w, c, name, r);
	PQclear(r);
	return NULL;
}

enum status pq_end(struct wire *w, struct ctx *c, bool keep, bool *again)
{
	*again = false;
	if (!w->begun)
		return OK;
	w->begun = false;
	if (!keep) {
		if (PQstatus(w->pg) == CONNECTION_OK && pq_send(w, "rollback") && PQpipelineSync(w->pg))
			w->unread++;                           /* whoever comes next reads past it */
		return OK;
	}
	PGresult *r = pq_send(w, "commit") ? pq_answer(w) : NULL;
	enum status status = OK;
	if (!r)
		status = broken(c, "the connection was lost while committing: whether it was kept is not known");
	else if (!answer_is_good(r))
		status = postgres_status(PQresultErrorField(r, PG_DIAG_SQLSTATE), again);
	else if (strcmp(PQcmdStatus(r), "COMMIT"))
		status = broken(c, "the commit was answered with %s", PQcmdStatus(r));
	if ((status == BROKEN || status == FULL) && r && !answer_is_good(r)) {
		enum status logged = broken(c, "commit: %s", PQresultErrorMessage(r));
		status = status == FULL ? FULL : logged;
	}
	PQclear(r);
	return status;
}

/* ---- Connections ---- */

static void silent(void *of, const char *notice)
{
	(void)of;
	(void)notice;
}

/* Our settings stand behind those of the URL, and do not take their place. */
static void options_of(const char *url, int wait_ms, char *into, size_t room)
{
	PQconninfoOption *all = PQconninfoParse(url, NULL);
	const char *own = NULL;
	for (PQconninfoOption *o = all; o && o->keyword; o++)
		if (!strcmp(o->keyword, "options"))
			own = o->val;
	snprintf(into, room, "%s -c lock_timeout=%d -c bytea_output=hex -c extra_float_digits=1", own ? own : "", wait_ms);
	PQconninfoFree(all);
}

PGconn *postgres_connect(const struct store *s)
{
	char options[1000], wait[20];
	options_of(s->settings.url.at, s->settings.wait_ms, options, sizeof options);
	snprintf(wait, sizeof wait, "%d", s->settings.wait_ms / 1000 + 1);
	const char *const names[] = { "dbname", "client_encoding", "fallback_application_name", "connect_timeout", "options", NULL };
	const char *const values[] = { s->settings.url.at, "UTF8", "wijzer", wait, options, NULL };
	PGconn *pg = PQconnectdbParams(names, values, true);
	if (!pg)
		abort();
	PQsetNoticeProcessor(pg, silent, NULL);
	return pg;
}

bool pq_open(const struct postgres *p, struct wire *w)
{
	w->pg = postgres_connect(&p->store);
	w->begun = false;
	w->unread = 0;
	return PQstatus(w->pg) == CONNECTION_OK && PQenterPipelineMode(w->pg);
}

void pq_close(struct wire *w)
{
	plans_done(&w->plans, free);
	PQfinish(w->pg);
	w->pg = NULL;
}

enum status pq_mend(const struct postgres *p, struct wire *w)
{
	if (w->pg && PQstatus(w->pg) == CONNECTION_OK)
		return OK;
	pq_close(w);
	return pq_open(p, w) ? OK : BUSY;
}
