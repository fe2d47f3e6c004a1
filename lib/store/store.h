/* store.h - what is kept, reached by named queries over records. Says nothing of an engine.
 *
 * A query stands in a feature's NAME.sql, where its head names the record that gives its parameters and
 * the record that takes its columns; tools/queries.c makes `query_NAME` of it with both types, so that a
 * call with another struct does not compile. SQL parameter, SQL column and member have one name.
 *
 *     -- results_by_group (results_query) -> result
 *     select … where survey_id = :id
 *
 *     TRY(store_all(c, results_by_group, in, &out->groups));
 *
 * :now, :today, :me (the asker's person) and :account come from the context and need no member.
 */
#pragma once
#include "base/context.h"
#include "record/record.h"

enum { QUERY_PARAMETERS_MAX = 40 };

struct query {
	const char *name;
	const char *file;                          /* "src/people/people.sql", for messages */
	int line;
	bool writes;                               /* insert, update, delete: refused in a reading transaction */
	const char *sqlite, *postgres;             /* the text for each engine: parameters are ?1 … and $1 … in the order of `parameters` */
	const char *parameters[QUERY_PARAMETERS_MAX + 1];
	uint64_t bytes;                            /* bit i: parameter i was written :name{blob} and goes into a {blob} column */
	const struct record *in, *out;             /* nothing_record where there is none */
};

/* One row: NOT_FOUND if there is none (no refusal is set: the caller knows what was sought). A second row is BROKEN: say `limit 1` where the first is meant. */
#define store_one(c, q, in, out)  store_one_query((c), &query_##q, (const query_##q##_in *){ in }, (query_##q##_out *){ out })
/* One row or none: *found says which; OK either way. */
#define store_find(c, q, in, out, found) store_find_query((c), &query_##q, (const query_##q##_in *){ in }, (query_##q##_out *){ out }, (found))
/* All rows into a list of the out record. More than ROWS_MAX rows is BROKEN: page them. */
#define store_all(c, q, in, out)  store_all_query((c), &query_##q, (const query_##q##_in *){ in }, (out))
/* For long results: calls `row` with each. The row and its texts last until the next one; c->arena stays the request's, so that what is kept is copied there. */
#define store_each(c, q, in, row, of) store_each_query((c), &query_##q, (const query_##q##_in *){ in }, (row), (of))
/* No result wanted. `changed` (may be NULL) gets the number of rows written. */
#define store_run(c, q, in, changed) store_run_query((c), &query_##q, (const query_##q##_in *){ in }, (changed))
/* The same query once per element of a list of its in record, in as few round trips as the engine allows. */
#define store_run_each(c, q, in_list) store_run_each_query((c), &query_##q, (in_list))

/* For queries without parameters of their own. */
extern const struct nothing nothing;
#define NOTHING (&nothing)

enum { ROWS_MAX = 200000 };

enum status store_one_query(struct ctx *c, const struct query *q, const void *in, void *out) must_use;
enum status store_find_query(struct ctx *c, const struct query *q, const void *in, void *out, bool *found) must_use;
enum status store_all_query(struct ctx *c, const struct query *q, const void *in, list *out) must_use;
enum status store_each_query(struct ctx *c, const struct query *q, const void *in,
	enum status (*row)(struct ctx *c, void *of, const void *out), void *of) must_use;
enum status store_run_query(struct ctx *c, const struct query *q, const void *in, int64_t *changed) must_use;
enum status store_run_each_query(struct ctx *c, const struct query *q, const list *in) must_use;

/* store_forget: what this body overwrites or removes is to be gone from the disk soon after its commit, not only from the tables. SQLite: freed
 * space is overwritten in any case, and the log is emptied; PostgreSQL: its own vacuum and archive decide, which docs/privacy.md says. */
void store_forget(struct ctx *c);

/* What went wrong when a unique or foreign key refused: CONFLICT, with the constraint's columns here. A body may look and say it in its own words. */
str store_conflict(const struct ctx *c);

/* ---- The house's side: main, lib/web and tests. Features need nothing below. ---- */

struct store;

/* "sqlite:PATH", "sqlite::memory:" is refused (readers would see nothing), "postgresql://…" or "postgres://…". */
struct store_settings {
	str url;
	int readers;                               /* SQLite: one connection per loop thread and one spare; PostgreSQL: size of the reading pool */
	int writers;                               /* PostgreSQL: size of the writing pool; SQLite has always one */
	int queue;                                 /* how many writes may wait before BUSY; 0: 4,096 */
	int wait_ms;                               /* how long to wait for a lock before BUSY; 0: 10,000 */
	bool may_create;
	bool beside;                               /* SQLite: another process may serve from it: leaves the lock for a moment after each write, and has memory for long ones */
};
/* INVALID, NOT_FOUND, BUSY or BROKEN with a reason in `why`. */
enum status store_open(const struct store_settings *s, struct store **store, char why[400]) must_use;
void store_close(struct store *s);
bool store_is_sqlite(const struct store *s);

/* A step of a feature's schema.sql: "-- 3 ratings: what it adds", statements up to the next such line. Types {id} {ref} {int} {real} {text} {day} {instant} {bool} {money} {blob} differ per engine. */
struct schema_step { const char *feature; int number; const char *title, *sqlite, *postgres; };
struct schema { const struct schema_step *steps; size_t count; };
/* store_migrate: every step not yet taken, each in a transaction of its own with its checksum. CONFLICT when a step taken has changed or the database is newer. */
enum status store_migrate(struct store *s, const struct schema *const schemas[], char why[400]) must_use;

/* A session: one connection, inside one transaction. Bodies run between begin and end. */
enum transaction { READING, WRITING };

/* store_read: runs `body` in one snapshot on connection `reader` (0 … readers-1), the caller's own thread. */
enum status store_read(struct store *s, int reader, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of) must_use;
/* store_write: queues `body` for the writer (SQLite: one thread, a savepoint each, group commit; PostgreSQL: a pool, SERIALIZABLE,
 * again on 40001 and 40P01 at most five times) and calls `done` on that thread when its outcome is durable. `body` may run more than once.
 * BUSY at once when more than `queue` writes wait. */
struct store_write_job {
	struct ctx *c;
	enum status (*body)(struct ctx *c, void *of);
	void (*done)(struct ctx *c, void *of, enum status status);
	void *of;
	bool part;
};
enum status store_write(struct store *s, struct store_write_job job) must_use;
/* The same, waiting for the outcome: for the shell, jobs and tests. */
enum status store_write_now(struct store *s, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of) must_use;
/* The same for one of very many parts of a long write that needs no judgement of what others do meanwhile (`part` of the job): on PostgreSQL
 * repeatable read instead of serializable, where a part that reads much would lose to whoever writes a little, again and again. */
enum status store_write_part(struct store *s, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of) must_use;

/* The revision: every committed write, of whichever process, changes it; the same number is the same data. Caches are keyed by it.
 * It is to be compared for equality only, and is read inside a transaction (0 outside). SQLite: a microsecond; PostgreSQL: with the transaction's first round trip, or one more. */
int64_t store_revision(struct ctx *c);

int store_queries(const struct ctx *c);            /* how many queries this context has run: the query budget of a page */
/* Makes the n-th query from now fail with BROKEN (0: none): the fault sweep. */
void store_fail_at(struct store *s, int n);

/* After much was written at once: the engine counts what there is now, so that it plans by it. PostgreSQL does so by itself, but a minute later, and until then
 * reads tables of a quarter of a million rows as if they were empty; SQLite's plans do not depend on it. What fails here has no consequence. */
void store_settle(struct store *s);

enum status store_prepare_check(struct store *s, const struct query *q, char why[400]) must_use;  /* prepares it and compares parameters and columns with its records */

/* For these two the store must have been migrated: its steps make the tables.
 * Copies every table into one new SQLite file, from one snapshot, beside a running server. CONFLICT when there is a file of that name. */
enum status store_backup(struct store *s, str path, char why[400]) must_use;
/* Takes such a file into an empty store (or, with replace, instead of what is there), all or nothing. CONFLICT when the store holds rows, or the file was made by a newer program; an older one is brought up to date. */
enum status store_restore(struct store *s, str path, bool replace, char why[400]) must_use;
/* Per table: count and checksum of its rows, independent of engine and order; `report` gets one line per table. */
enum status store_verify(struct store *s, void (*report)(void *of, str table, int64_t rows, str checksum), void *of, char why[400]) must_use;
/* The same of a backup, which is only read. */
enum status store_verify_file(str path, void (*report)(void *of, str table, int64_t rows, str checksum), void *of, char why[400]) must_use;

struct store_figures { int64_t reads, writes, groups, retries, busy, queue, bytes; };
void store_figures(const struct store *s, struct store_figures *out);
