/* postgres_query.c - running one named query on PostgreSQL, and checking one. */
#include "postgres.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EACH_ROWS = 500, SEND_ROWS = 256 };

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
	PQclear(pq_taken(w, c, p->query->name, pq_begin(w) && send_prepare(w, p, name), &status));
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
	PQclear(pq_taken(w, c, p->query->name, pq_begin(w) &&
		PQsendQueryParams(w->pg, text.at, p->in_count, in->type, in->at, in->length, in->format, 0), &status));
	char fetch[40], end[40];
	snprintf(fetch, sizeof fetch, "fetch %d from each_%d", EACH_ROWS, n);
	snprintf(end, sizeof end, "close each_%d", n);
	bool more = true;
	while (status == OK && more) {
		PGresult *r = pq_taken(w, c, p->query->name, pq_send(w, fetch), &status);
		if (status == OK) {
			more = PQntuples(r) == EACH_ROWS;
			status = rows_taken(c, p, r, to);
		}
		PQclear(r);
	}
	if (status == OK)
		PQclear(pq_taken(w, c, p->query->name, pq_send(w, end), &status));
	return status;
}

static enum status query_once(struct ctx *c, struct plan *p, const struct params *in, struct sink *to, int64_t *changed)
{
	struct wire *w = c->db->link;
	enum status status;
	TRY(prepared(c, p));
	PGresult *r = pq_taken(w, c, p->query->name, pq_begin(w) && send_query(w, p, in), &status);
	if (status == OK)
		status = rows_taken(c, p, r, to);
	if (status == OK && changed && !(p->query->writes && str_to_int(str_of(PQcmdTuples(r)), changed)))
		*changed = 0;
	PQclear(r);
	return status;
}

enum status postgres_query(struct ctx *c, const struct query *q, const void *in, struct sink *to, int64_t *changed)
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

enum status postgres_run_each(struct ctx *c, const struct query *q, const list *in)
{
	struct wire *w = c->db->link;
	struct plan *p;
	struct params params;
	TRY(plan_of(c, q, &p));
	TRY(prepared(c, p));
	const char *at = in->at;
	for (size_t i = 0; i < in->count; ) {
		bool sent = pq_begin(w);
		for (size_t end = i + SEND_ROWS; sent && i < end && i < in->count; i++, at += q->in->size) {
			params_fill(&params, p, c, at);
			sent = send_query(w, p, &params);
		}
		enum status status;
		PQclear(pq_taken(w, c, q->name, sent, &status));
		TRY(status);
	}
	return OK;
}

/* Two snapshots with the same text see the same rows, and a row written for every commit would make all writers wait for each other. */
int64_t postgres_revision(struct ctx *c)
{
	struct wire *w = c->db->link;
	enum status status;
	if (c->db->revision)                               /* a snapshot does not change: one round trip, however many caches ask */
		return c->db->revision;
	PGresult *r = pq_taken(w, c, "revision", pq_begin(w) && pq_send(w, "select hashtextextended(pg_current_snapshot()::text, 0)"), &status);
	int64_t n = 0;
	if (r)
		str_to_int(str_of(PQgetvalue(r, 0, 0)), &n);
	PQclear(r);
	if (c->db->mode == READING)
		c->db->revision = n;
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
	PGresult *r = send_prepare(w, &p, "") && PQsendDescribePrepared(w->pg, "") ? pq_answer(w) : NULL;
	enum status status = OK;
	if (!answer_is_good(r))
		status = because(why, r ? INVALID : BUSY, "%s:%d: %s: %s", q->file, q->line, q->name, r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : "the server is away");
	else if (!plan_columns(&p, PQnfields(r), column_name, r, why))
		status = INVALID;
	for (int i = 0; status == OK && i < p.out_count; i++)
		if (!type_fits(PQftype(r, i), p.out[i]))
			status = because(why, INVALID, "%s:%d: %s: the type of column %s does not fit its member", q->file, q->line, q->name, p.out[i]->name);
	PQclear(r);
	return status;
}

enum status postgres_prepare_check(struct store *store, const struct query *q, char why[WHY])
{
	struct wire *w = &((struct postgres *)store)->readers[0];
	pthread_mutex_lock(&w->lock);
	enum status status = pq_mend((struct postgres *)store, w);
	status = status == OK ? described(w, q, why) : because(why, status, "The PostgreSQL server cannot be reached.");
	pthread_mutex_unlock(&w->lock);
	return status;
}
