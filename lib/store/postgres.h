/* postgres.h - what the PostgreSQL half shares among its files. */
#pragma once
#include "plain.h"
#include <libpq-fe.h>

/* Numbers of types in pg_type: they never change. */
enum { T_BOOL = 16, T_BYTEA = 17, T_NAME = 19, T_INT8 = 20, T_INT2 = 21, T_INT4 = 23, T_TEXT = 25, T_FLOAT4 = 700, T_FLOAT8 = 701,
	T_UNKNOWN = 705, T_VARCHAR = 1043, T_NUMERIC = 1700 };

/* One connection, always in pipeline mode: what is sent together costs one round trip. */
struct wire {
	PGconn *pg;
	struct store *store;
	pthread_mutex_t lock;
	struct plans plans;                        /* a plan's statement is NULL until the server has prepared it */
	int names;                                 /* given to statements and cursors so far */
	const char *begin;                         /* to be sent ahead of the first query of a transaction */
	bool begun;
	int unread;                                /* answers to earlier syncs that nobody waited for */
	bool fresh;                                /* nothing of this transaction has been answered yet: it can be begun again elsewhere */
};

struct postgres {
	struct store store;
	struct wire *readers, *writers;
	pthread_t *writing;
	int started;
};

/* Parameters as libpq wants them: binary, so that no text needs an end mark. */
struct params {
	const char *at[QUERY_PARAMETERS_MAX];
	int length[QUERY_PARAMETERS_MAX], format[QUERY_PARAMETERS_MAX];
	Oid type[QUERY_PARAMETERS_MAX];
	char number[QUERY_PARAMETERS_MAX][8], day[QUERY_PARAMETERS_MAX][DAY_TEXT];
};
void params_put(struct params *p, int i, struct value v);

PGconn *postgres_connect(const struct store *s);                       /* may have failed: ask PQstatus */
struct value postgres_value(const PGresult *r, int row, int column, struct arena *a);  /* borrowed from the result, or in the arena */
enum status postgres_status(const char *sqlstate, bool *again);       /* no sqlstate: the connection is gone */

bool pq_open(const struct postgres *p, struct wire *w);
void pq_close(struct wire *w);
/* Makes a lost connection anew. BUSY while the server is away. */
enum status pq_mend(const struct postgres *p, struct wire *w) must_use;
bool pq_send(struct wire *w, const char *text);
/* Sends the transaction's begin, once: it begins with its first query, in the same round trip. */
bool pq_begin(struct wire *w);
/* The last answer to what was sent, or the first that failed; NULL when the connection is gone. */
PGresult *pq_answer(struct wire *w);
bool answer_is_good(const PGresult *r);
/* The same for a query of a body: NULL after having said in *status and in the session why it failed. */
PGresult *pq_taken(struct wire *w, struct ctx *c, const char *name, bool sent, enum status *status);
/* Ends a transaction: waits for the answer of a commit that keeps something, not of any other end. */
enum status pq_end(struct wire *w, struct ctx *c, bool keep, bool *again) must_use;

enum status postgres_query(struct ctx *c, const struct query *q, const void *in, struct sink *to, int64_t *changed) must_use;
enum status postgres_run_each(struct ctx *c, const struct query *q, const list *in) must_use;
int64_t postgres_revision(struct ctx *c);
enum status postgres_prepare_check(struct store *store, const struct query *q, char why[WHY]) must_use;

bool postgres_writers_start(struct postgres *p);
void postgres_writers_stop(struct postgres *p);
