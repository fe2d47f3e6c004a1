/* engine.h - what the parts of lib/store share: values, plans, sessions, and what an engine must be able to do.
 *
 * Nothing outside lib/store includes this. Only sqlite*.c and postgres*.c know an engine's library.
 */
#pragma once
#include "store.h"
#include <pthread.h>
#include <stdatomic.h>

enum { WHY = 400, COLUMNS_MAX = 100, WAIT_MS = 10000, QUEUE = 4096 };

struct plain;                              /* plain.h */

/* ---- One value on its way between a member and an engine ---- */

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BLOB };
struct value { enum value_kind kind; union { int64_t i; double x; str s; }; };

/* Whence a parameter comes: a member, or the context. */
enum source { FROM_MEMBER, FROM_NOW, FROM_TODAY, FROM_ME, FROM_ACCOUNT };

/* A query made ready on one connection. Names are looked up once, here; running it only follows offsets. */
struct plan {
	const struct query *query;
	struct { enum source source; const struct field *field; bool bytes; } in[QUERY_PARAMETERS_MAX];
	int in_count;
	const struct field *out[COLUMNS_MAX];
	int out_count;                             /* -1 until the engine has told the columns */
	bool busy;                                 /* its rows are being read */
	void *statement;                           /* the engine's own */
};

/* Resolve the parameters, and later the columns; false with a reason in `why`. */
bool plan_parameters(struct plan *p, const struct query *q, char why[WHY]);
bool plan_columns(struct plan *p, int count, const char *(*name)(void *of, int column), void *of, char why[WHY]);

enum { DAY_TEXT = 10 };
/* The i-th parameter's value; `day` is room for a date's text. */
struct value plan_value(const struct plan *p, int i, const struct ctx *c, const void *in, char day[DAY_TEXT]);
enum field_type plan_type(const struct plan *p, int i);
/* Puts a column's value into its member; texts are copied to `a`. False when the value does not fit the member's type. */
bool plan_put(const struct plan *p, int column, struct value v, void *out, struct arena *a);

/* A connection's plans, found by the query's address. */
struct plans { struct plan **slots; size_t count, room; };
struct plan *plans_find(const struct plans *all, const struct query *q);
void plans_add(struct plans *all, struct plan *p);
void plans_done(struct plans *all, void (*statement_done)(void *statement));

/* ---- Where rows go ---- */

struct sink {
	enum { SINK_NONE, SINK_ONE, SINK_ALL, SINK_EACH } kind;
	void *out;
	list *rows;
	enum status (*row)(struct ctx *c, void *of, const void *out);
	void *of;
	struct arena *arena;                       /* where texts are copied */
	int64_t count;
};
enum status sink_place(struct ctx *c, const struct query *q, struct sink *s, void **into) must_use;
enum status sink_filled(struct ctx *c, struct sink *s) must_use;

/* ---- A transaction ---- */

struct store_session {
	struct store *store;
	void *link;                                /* the engine's connection */
	enum transaction mode;
	enum status failed;                        /* what the first failed query answered: nothing may follow it, on either engine */
	bool again;                                /* PostgreSQL: lost to another transaction, to be run again */
	str conflict;
	int64_t revision;                          /* PostgreSQL: of this snapshot, once asked; 0: not yet */
};

/* Runs a body inside a session that the engine has begun; a body that goes on after a failed query does not get OK. */
enum status session_run(struct store_session *s, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of) must_use;
/* Remembers and answers why a query failed. */
enum status session_failed(struct ctx *c, enum status status);

/* ---- Writes that wait ---- */

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	struct store_write_job *jobs;              /* a ring */
	size_t room, first, count;
	size_t wanted;                             /* whoever waits is woken when so many are there */
	bool closed;
};
void queue_init(struct queue *q, size_t room);
void queue_done(struct queue *q);
bool queue_put(struct queue *q, struct store_write_job job);           /* false: full or closed */
/* Takes the first; when there is none, waits until `wanted` are there, at most wait_us (negative: as long as it takes). False: none came, or closed and empty. */
bool queue_take(struct queue *q, struct store_write_job *job, size_t wanted, int64_t wait_us);
void queue_close(struct queue *q);                                     /* what waits is still taken */
int64_t clock_us(void);                                                /* monotonic */

/* ---- What an engine does ---- */

struct engine {
	bool is_sqlite;
	void (*close)(struct store *s);
	enum status (*read)(struct store *s, int reader, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of);
	enum status (*query)(struct ctx *c, const struct query *q, const void *in, struct sink *to, int64_t *changed);
	enum status (*run_each)(struct ctx *c, const struct query *q, const list *in);
	int64_t (*revision)(struct ctx *c);
	enum status (*prepare_check)(struct store *s, const struct query *q, char why[WHY]);
	int64_t (*bytes)(const struct store *s);
	void (*forget)(struct store *s);               /* may be NULL: nothing to be done */

	enum status (*plain_open)(struct store *s, struct plain **out, char why[WHY]);
};

struct store {
	const struct engine *engine;
	struct store_settings settings;            /* url is the store's own copy */
	const struct schema *const *schemas;       /* as migrated */
	struct queue queue;
	int64_t number;                            /* of this opening: no two in a process have the same */
	atomic_int fail_at;
	atomic_llong reads, writes, groups, retries, busy;
};

enum status sqlite_open(const struct store_settings *s, struct store **out, char why[WHY]) must_use;
enum status postgres_open(const struct store_settings *s, struct store **out, char why[WHY]) must_use;
void store_begin_with(struct store *s, const struct engine *e, const struct store_settings *settings);
void store_end(struct store *s);

__attribute__((format(printf, 3, 4)))
enum status because(char why[WHY], enum status status, const char *format, ...);
