/* postgres.c - the store on PostgreSQL: connections, and running one query. */
#include "postgres.h"
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EACH_ROWS = 500, SEND_ROWS = 256 };

/* Numbers of types in pg_type: they never change. */
enum { T_BOOL = 16, T_BYTEA = 17, T_NAME = 19, T_INT8 = 20, T_INT2 = 21, T_INT4 = 23, T_TEXT = 25, T_FLOAT4 = 700, T_FLOAT8 = 701,
	T_UNKNOWN = 705, T_VARCHAR = 1043, T_NUMERIC = 1700 };

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

/* Every parameter has the type of its member, so that the server never has to guess one. */
static Oid parameter_type(const struct plan *p, int i)
{
	switch (plan_type(p, i)) {
	case FIELD_REAL: return T_FLOAT8;
	case FIELD_TEXT: return p->in[i].bytes ? T_BYTEA : T_TEXT;
	case FIELD_DATE: return T_TEXT;
	default:         return T_INT8;
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
		{ "55P03", BUSY }, { "57P", BUSY }, { "08", BUSY }, { "53300", BUSY },
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
	else if (status == BROKEN)
		status = broken(c, "%s: %s (%s)", name, r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : PQerrorMessage(w->pg), state ? state : "no state");
	return session_failed(c, status);
}

/* ---- Sending and answering ---- */

/* The last answer before our own sync, or the first that failed; NULL when the connection is gone. */
static PGresult *answer(struct wire *w)
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

static bool is_good(const PGresult *r)
{
	return r && (PQresultStatus(r) == PGRES_TUPLES_OK || PQresultStatus(r) == PGRES_COMMAND_OK);
}

static bool send_text(struct wire *w, const char *text)
{
	return PQsendQueryParams(w->pg, text, 0, NULL, NULL, NULL, NULL, 0);
}

/* A transaction begins with its first query, in the same round trip. */
static bool send_begin(struct wire *w)
{
	if (w->begun)
		return true;
	w->begun = true;
	return send_text(w, w->begin);
}

/* Takes the answer to what was sent; NULL after having said why it failed. */
static PGresult *taken(struct wire *w, struct ctx *c, const char *name, bool sent, enum status *status)
{
	PGresult *r = sent ? answer(w) : NULL;
	*status = OK;
	if (is_good(r)) {
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
		if (PQstatus(w->pg) == CONNECTION_OK && send_text(w, "rollback") && PQpipelineSync(w->pg))
			w->unread++;                           /* whoever comes next reads past it */
		return OK;
	}
	PGresult *r = send_text(w, "commit") ? answer(w) : NULL;
	enum status status = OK;
	if (!r)
		status = broken(c, "the connection was lost while committing: whether it was kept is not known");
	else if (!is_good(r))
		status = postgres_status(PQresultErrorField(r, PG_DIAG_SQLSTATE), again);
	else if (strcmp(PQcmdStatus(r), "COMMIT"))
		status = broken(c, "the commit was answered with %s", PQcmdStatus(r));
	if (status == BROKEN && r && !is_good(r))
		status = broken(c, "commit: %s", PQresultErrorMessage(r));
	PQclear(r);
	return status;
}

/* ---- One query ---- */

static enum status plan_of(struct ctx *c, const struct query *q, struct plan **out)
{
	struct wire *w = c->db->link;
	struct plan *p = plans_find(&w->plans, q);
	if (!p) {
		char why[WHY];
		p = calloc(1, sizeof *p);
		if (!p)
			abort();
		if (!plan_parameters(p, q, why)) {
			free(p);
			return session_failed(c, broken(c, "%s", why));
		}
		plans_add(&w->plans, p);
	}
	if (p->busy)
		return session_failed(c, broken(c, "%s:%d: %s was run while its own rows are read", q->file, q->line, q->name));
	*out = p;
	return OK;
}

static bool send_prepare(struct wire *w, const struct plan *p, const char *name)
{
	Oid types[QUERY_PARAMETERS_MAX];
	for (int i = 0; i < p->in_count; i++)
		types[i] = parameter_type(p, i);
	return PQsendPrepare(w->pg, name, p->query->postgres, p->in_count, types);
}

static enum status prepared(struct ctx *c, struct plan *p)
{
	if (p->statement)
		return OK;
	struct wire *w = c->db->link;
	char name[16];
	snprintf(name, sizeof name, "q%d", ++w->names);
	enum status status;
	PQclear(taken(w, c, p->query->name, send_begin(w) && send_prepare(w, p, name), &status));
	if (status == OK)
		p->statement = strdup(name);
	return status;
}

static void params_fill(struct params *to, const struct plan *p, const struct ctx *c, const void *in)
{
	for (int i = 0; i < p->in_count; i++) {
		params_put(to, i, plan_value(p, i, c, in, to->day[i]));
		to->type[i] = parameter_type(p, i);            /* also of a value that is missing */
	}
}

static bool send_query(struct wire *w, const struct plan *p, const struct params *in)
{
	return PQsendQueryPrepared(w->pg, p->statement, p->in_count, in->at, in->length, in->format, 0);
}

static const char *column_name(void *of, int column)
{
	return PQfname(of, column);
}

static enum status rows_taken(struct ctx *c, struct plan *p, PGresult *r, struct sink *to)
{
	char why[WHY];
	const struct query *q = p->query;
	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		return OK;
	if (p->out_count < 0 && !plan_columns(p, PQnfields(r), column_name, r, why))
		return broken(c, "%s", why);
	for (int row = 0; row < PQntuples(r); row++) {
		void *into;
		TRY(sink_place(c, q, to, &into));
		for (int i = 0; into && i < p->out_count; i++)
			if (!plan_put(p, i, postgres_value(r, row, i, to->arena), into, to->arena))
				return broken(c, "%s:%d: %s: the value of %s does not fit its member", q->file, q->line, q->name, p->out[i]->name);
		if (into)
			TRY(sink_filled(c, to));
	}
	return OK;
}

/* Long results come through a cursor, some hundred rows at a time. */
static enum status query_each(struct ctx *c, struct plan *p, const struct params *in, struct sink *to)
{
	struct wire *w = c->db->link;
	enum status status;
	int n = ++w->names;
	str text = text_format(c->arena, "declare each_%d no scroll cursor for %s", n, p->query->postgres);
	PQclear(taken(w, c, p->query->name, send_begin(w) &&
		PQsendQueryParams(w->pg, text.at, p->in_count, in->type, in->at, in->length, in->format, 0), &status));
	char fetch[40], end[40];
	snprintf(fetch, sizeof fetch, "fetch %d from each_%d", EACH_ROWS, n);
	snprintf(end, sizeof end, "close each_%d", n);
	bool more = true;
	while (status == OK && more) {
		PGresult *r = taken(w, c, p->query->name, send_text(w, fetch), &status);
		if (status == OK) {
			more = PQntuples(r) == EACH_ROWS;
			status = rows_taken(c, p, r, to);
		}
		PQclear(r);
	}
	if (status == OK)
		PQclear(taken(w, c, p->query->name, send_text(w, end), &status));
	return status;
}

static enum status query_once(struct ctx *c, struct plan *p, const struct params *in, struct sink *to, int64_t *changed)
{
	struct wire *w = c->db->link;
	enum status status;
	TRY(prepared(c, p));
	PGresult *r = taken(w, c, p->query->name, send_begin(w) && send_query(w, p, in), &status);
	if (status == OK)
		status = rows_taken(c, p, r, to);
	if (status == OK && changed && !(p->query->writes && str_to_int(str_of(PQcmdTuples(r)), changed)))
		*changed = 0;
	PQclear(r);
	return status;
}

static enum status query(struct ctx *c, const struct query *q, const void *in, struct sink *to, int64_t *changed)
{
	struct plan *p;
	struct params params;
	TRY(plan_of(c, q, &p));
	params_fill(&params, p, c, in);
	p->busy = true;
	enum status status = to->kind == SINK_EACH && !q->writes ? query_each(c, p, &params, to) : query_once(c, p, &params, to, changed);
	p->busy = false;
	return status == OK ? OK : session_failed(c, status);
}

static enum status run_each(struct ctx *c, const struct query *q, const list *in)
{
	struct wire *w = c->db->link;
	struct plan *p;
	struct params params;
	TRY(plan_of(c, q, &p));
	TRY(prepared(c, p));
	const char *at = in->at;
	for (size_t i = 0; i < in->count; ) {
		bool sent = send_begin(w);
		for (size_t end = i + SEND_ROWS; sent && i < end && i < in->count; i++, at += q->in->size) {
			params_fill(&params, p, c, at);
			sent = send_query(w, p, &params);
		}
		enum status status;
		PQclear(taken(w, c, q->name, sent, &status));
		TRY(status);
	}
	return OK;
}

/* Two snapshots with the same text see the same rows, and a row written for every commit would make all writers wait for each other. */
static int64_t revision(struct ctx *c)
{
	struct wire *w = c->db->link;
	enum status status;
	PGresult *r = taken(w, c, "revision", send_begin(w) && send_text(w, "select hashtextextended(pg_current_snapshot()::text, 0)"), &status);
	int64_t n = 0;
	if (r)
		str_to_int(str_of(PQgetvalue(r, 0, 0)), &n);
	PQclear(r);
	return n;
}

/* ---- Checking ---- */

static bool type_fits(Oid type, const struct field *f)
{
	bool whole = type == T_INT2 || type == T_INT4 || type == T_INT8 || type == T_NUMERIC;
	bool text = type == T_TEXT || type == T_VARCHAR || type == T_UNKNOWN || type == T_NAME;
	switch (f->type) {
	case FIELD_BOOL: return type == T_BOOL || whole;
	case FIELD_REAL: return type == T_FLOAT4 || type == T_FLOAT8 || whole;
	case FIELD_TEXT: return text || type == T_BYTEA;
	case FIELD_DATE: return text;
	default:         return whole;
	}
}

static enum status described(struct wire *w, const struct query *q, char why[WHY])
{
	struct plan p = { 0 };
	if (!plan_parameters(&p, q, why))
		return INVALID;
	PGresult *r = send_prepare(w, &p, "") && PQsendDescribePrepared(w->pg, "") ? answer(w) : NULL;
	enum status status = OK;
	if (!is_good(r))
		status = because(why, r ? INVALID : BUSY, "%s:%d: %s: %s", q->file, q->line, q->name, r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : "the server is away");
	else if (!plan_columns(&p, PQnfields(r), column_name, r, why))
		status = INVALID;
	for (int i = 0; status == OK && i < p.out_count; i++)
		if (!type_fits(PQftype(r, i), p.out[i]))
			status = because(why, INVALID, "%s:%d: %s: the type of column %s does not fit its member", q->file, q->line, q->name, p.out[i]->name);
	PQclear(r);
	return status;
}

static enum status prepare_check(struct store *store, const struct query *q, char why[WHY])
{
	struct wire *w = &((struct postgres *)store)->readers[0];
	pthread_mutex_lock(&w->lock);
	enum status status = wire_mend((struct postgres *)store, w);
	status = status == OK ? described(w, q, why) : because(why, status, "The PostgreSQL server cannot be reached.");
	pthread_mutex_unlock(&w->lock);
	return status;
}

static int64_t bytes(const struct store *store)
{
	const struct postgres *p = (const struct postgres *)store;
	struct wire *w = &p->readers[0];
	int64_t n = 0;
	pthread_mutex_lock(&w->lock);
	PGresult *r = wire_mend(p, w) == OK && send_text(w, "select pg_database_size(current_database())") ? answer(w) : NULL;
	if (is_good(r))
		str_to_int(str_of(PQgetvalue(r, 0, 0)), &n);
	PQclear(r);
	pthread_mutex_unlock(&w->lock);
	return n;
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

bool wire_open(const struct postgres *p, struct wire *w)
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

enum status wire_mend(const struct postgres *p, struct wire *w)
{
	if (w->pg && PQstatus(w->pg) == CONNECTION_OK)
		return OK;
	pq_close(w);
	return wire_open(p, w) ? OK : BUSY;
}

static enum status read_snapshot(struct store *store, int reader, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of)
{
	struct postgres *p = (struct postgres *)store;
	struct wire *w = &p->readers[reader];
	struct ctx before = *c;
	pthread_mutex_lock(&w->lock);
	struct store_session session;
	enum status status;
	int tries = 0;
	do {
		*c = before;
		session = (struct store_session){ .store = store, .link = w, .mode = READING };
		w->begin = "begin isolation level repeatable read read only";
		w->fresh = true;
		status = wire_mend(p, w);
		if (status == OK) {
			bool again;
			status = session_run(&session, c, body, of);
			(void)!pq_end(w, c, false, &again);
		}
	} while (status != OK && session.again && ++tries < 2);    /* only after the server has been restarted */
	pthread_mutex_unlock(&w->lock);
	if (status == BUSY)
		atomic_fetch_add_explicit(&store->busy, 1, memory_order_relaxed);
	return status;
}

/* ---- Opening and closing ---- */

static void close_store(struct store *store)
{
	struct postgres *p = (struct postgres *)store;
	postgres_writers_stop(p);
	for (int i = 0; i < store->settings.readers; i++)
		pq_close(&p->readers[i]);
	for (int i = 0; i < store->settings.writers; i++)
		pq_close(&p->writers[i]);
	free(p->readers);
	free(p->writers);
	free(p->writing);
	store_end(store);
	free(p);
}

static const struct engine postgres_engine = {
	.close = close_store, .read = read_snapshot, .query = query, .run_each = run_each, .revision = revision,
	.prepare_check = prepare_check, .bytes = bytes,
	.plain_open = postgres_plain_open,
};

static struct wire *wires_new(int count)
{
	struct wire *w = calloc((size_t)count, sizeof *w);
	if (!w)
		abort();
	for (int i = 0; i < count; i++)
		pthread_mutex_init(&w[i].lock, NULL);
	return w;
}

/* The others are made when they are first needed. */
static enum status first_open(struct postgres *p, char why[WHY])
{
	struct wire *w = &p->readers[0];
	if (!wire_open(p, w)) {
		const char *said = PQerrorMessage(w->pg);
		bool missing = strstr(said, "does not exist");
		return because(why, missing ? NOT_FOUND : BUSY, "PostgreSQL cannot be reached: %s", said);
	}
	const char *encoding = PQparameterStatus(w->pg, "server_encoding");
	if (!encoding || strcmp(encoding, "UTF8"))
		return because(why, INVALID, "The database must be made with encoding UTF8; this one has %s.", encoding ? encoding : "none");
	if (PQserverVersion(w->pg) < 130000)
		return because(why, INVALID, "PostgreSQL 13 or newer is needed; this one is %d.", PQserverVersion(w->pg) / 10000);
	return OK;
}

enum status postgres_open(const struct store_settings *settings, struct store **out, char why[WHY])
{
	struct postgres *p = calloc(1, sizeof *p);
	if (!p)
		abort();
	store_begin_with(&p->store, &postgres_engine, settings);
	p->readers = wires_new(p->store.settings.readers);
	p->writers = wires_new(p->store.settings.writers);
	p->writing = calloc((size_t)p->store.settings.writers, sizeof *p->writing);
	enum status status = first_open(p, why);
	if (status == OK && !postgres_writers_start(p))
		status = because(why, BROKEN, "No thread could be started.");
	if (status != OK) {
		close_store(&p->store);
		return status;
	}
	*out = &p->store;
	return OK;
}
