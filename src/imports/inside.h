/* inside.h - one import on its way from a file to the database, as the files of this folder share it. */
#pragma once
#include "imports.h"
#include "imports.sql.h"
#include "imports.words.h"
#include "table/mapping.h"

enum {
	SHOWN = 20,                        /* of the mistakes: more do not help anybody */
	WRONG_MAX = 10000,                 /* then the mapping is wrong, not the rows */
	BATCH = 4000,                      /* rows in one write transaction beside a running server: some 20 ms */
	DEAD_MS = 60 * 1000,               /* an open import that was not heard of for this long has died */
	UNDO_DAYS = 30,                    /* what stood there before is kept this long */
	WEB_ROWS = 50000,                  /* the writer is held for as long as one web request takes; larger files go by the shell */
	UPLOAD_MAX = 64 * 1024 * 1024,
};

/* ---- kind.c: what can be imported, as the linker collected it ---- */
size_t import_kinds_count(void);
const struct import_kind *import_kinds_at(size_t i);                 /* by name */
const struct import_kind *import_kind_find(str name);
const char *import_right(const struct import_kind *k);
/* The members that come from a file, and the same as lib/table wants to know them. */
struct import_fields { const struct field **members; struct table_field *columns; size_t count; };
struct import_fields import_fields_of(struct arena *a, const struct import_kind *k);

/* ---- What is asked ---- */
struct import_wish {
	const struct import_kind *kind;
	str file;                          /* as messages call it */
	str bytes;                         /* what it holds; no text: */
	const char *path;                  /* where it stands */
	const struct mapping *mapping;     /* NULL: columns are found by name */
	bool complete, confirmed;          /* what is missing ends; somebody said how many */
	int64_t confirm;
	bool without_wrong;                /* the good rows, though others are wrong */
	bool typed;                        /* lines without a header of their own */
	bool form;                         /* no file at all: what is wrong is said at the field of a form */
	int64_t rows_max;                  /* 0: as many as a table may have */
	struct store *store;               /* of the shell, which may write while it reads; NULL inside a transaction */
	void (*heard)(struct ctx *c, struct import *im);     /* after every batch; may be NULL */
};

struct wrong { int64_t line; struct said said; };
struct change { int64_t import, number; str tab; int64_t row; str before, after; };

struct import_inside {
	struct import_wish wish;
	struct arena *main, *batch;        /* batch: what a staged row needs until it is written; else NULL */
	struct table *table;
	struct mapped *mapped;
	struct import_fields fields;
	str *columns;                      /* per field, as the file calls it */
	bool *has;
	list wrong;                        /* of struct wrong, by the order in which they were found */
	struct map wrong_lines;
	int64_t wrong_count;
	list changes;                      /* of struct change */
	str digest, left;                  /* left: columns that nothing was read from */
	int64_t compared_at;               /* the revision at which rows were compared last; 0: not, or not for sure */
	int64_t staged;
};

/* ---- read.c ---- */
/* import_open: the file, its columns and the mapping. No transaction. Close it also when it fails. */
enum status import_open(struct ctx *c, const struct import_wish *w, struct import **out) must_use;
enum status import_begin(struct ctx *c, struct import *im) must_use;         /* in a reading transaction */
/* import_read: every row; with .stage and a store in batches to the staging table, else into im->rows. No transaction needed. */
enum status import_read(struct ctx *c, struct import *im) must_use;
/* import_reject: the rows that were wrong, as they came, with their reasons: a file to mend and read again. */
enum status import_reject(struct ctx *c, const struct import *im, struct buffer *out) must_use;
void import_close(struct import *im);                                         /* what has been read stays */
/* What is wrong, at most SHOWN of it, as c->problems; INVALID unless nothing is. `kept`: nothing was written. */
enum status import_verdict(struct ctx *c, struct import *im, const struct word *head) must_use;

/* ---- write.c ---- */
enum status import_check(struct ctx *c, struct import *im) must_use;         /* reading or writing */
enum status import_agreed(struct ctx *c, const struct import *im) must_use;  /* --complete: CONFLICT with the number, until it is confirmed */
/* import_write: writing: check, apply and what to remember; again while im->more, then not `first`. */
enum status import_write(struct ctx *c, struct import *im, bool first) must_use;
enum status import_clear(struct ctx *c, struct import *im) must_use;         /* writing: what an import left that did not come to its end; again while im->more */
enum status import_stage(struct ctx *c, struct import *im) must_use;         /* writing: im->rows to the kind's own table, and empty */
enum status import_row_open(struct ctx *c, struct import *im) must_use;      /* writing: makes im->id */

/* ---- outcome.c ---- */
bool import_is_change(const struct import_count *n);
struct said import_outcome(struct arena *a, const struct import_count *n, bool dry);
enum status import_audit(struct ctx *c, const struct import *im) must_use;   /* the audit line of the shell's imports */

/* ---- undo.c ---- */
enum status import_undo(struct ctx *c, struct import *im) must_use;          /* writing; im->id */

struct import_row { int64_t id; str kind, file, digest; int64_t rows, added, changed, same, ended, rejected, account; instant at; str state; instant seen, undone; };
struct import_seen { int64_t id; instant seen; str kind; };
