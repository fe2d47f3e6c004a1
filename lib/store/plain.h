/* plain.h - SQL text and values without records: what migrating, copying and verifying stand on. Internal to lib/store. */
#pragma once
#include "engine.h"

struct plain_engine;
struct plain { const struct plain_engine *engine; char *why; };        /* the first member of the engine's own; `why` has room for WHY */
typedef enum status (*plain_row)(void *of, const struct value *columns, int count);
struct table { str name; list columns; };                              /* columns: of str */

struct plain_engine {
	bool is_sqlite;
	const char *bookkeeping;                                           /* makes the store's own tables, if they are not there */
	void (*close)(struct plain *p);
	enum status (*begin)(struct plain *p, enum transaction mode);      /* a writing one excludes every other plain one that writes */
	enum status (*end)(struct plain *p, bool keep);
	enum status (*script)(struct plain *p, const char *text);          /* several statements, no values */
	enum status (*run)(struct plain *p, const char *text, const struct value *values, int count, plain_row row, void *of);
	/* Every table with its stored columns, both by name; generated columns, virtual tables and the store's own bookkeeping are left out. */
	enum status (*tables)(struct plain *p, struct arena *a, list *tables);
	enum status (*drop_all)(struct plain *p);                          /* every table and view, inside the transaction */
	/* Filling whole tables in any order: foreign keys wait from loosen until tighten or the end; identities go on behind the highest. */
	enum status (*loosen)(struct plain *p);
	enum status (*fill_begin)(struct plain *p, struct arena *a, const struct table *t);
	enum status (*fill_row)(struct plain *p, const struct value *values, int count);
	enum status (*fill_end)(struct plain *p);
	enum status (*tighten)(struct plain *p);
};

/* Each opens a connection of its own; `why` must live as long as it does. */
enum status sqlite_plain_open(struct store *s, struct plain **out, char why[WHY]) must_use;
enum status sqlite_plain_create(const char *path, struct plain **out, char why[WHY]) must_use;     /* a new file without WAL: a backup being written */
enum status sqlite_plain_read(const char *path, struct plain **out, char why[WHY]) must_use;       /* a file that is only read: a backup */
enum status postgres_plain_open(struct store *s, struct plain **out, char why[WHY]) must_use;

/* ---- migrate.c, for backup.c ---- */

struct taken { str feature; int64_t number; str checksum; };
enum status steps_taken(struct plain *p, struct arena *a, list *taken) must_use;       /* as the database says */
enum status steps_check(const struct schema *const schemas[], const list *taken, char why[WHY]) must_use;   /* CONFLICT: newer, or changed */
enum status step_take(struct plain *p, const struct schema_step *step) must_use;       /* inside a transaction */
