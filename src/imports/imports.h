/* imports.h - taking in rows from somebody's file, whatever feature they are for.
 *
 * A feature says what a row is with a record and what to do with the rows with a few functions. Reading the file,
 * finding its columns, the mapping, limits, messages with line and column, dry runs, rejects, the counts, undo, the
 * shell command and the pages come from here.
 *
 *     struct badge_row { int64_t line; str badge; int64_t level; date day; int64_t id; };
 *     RECORD(badge_row,
 *             FIELD(badge_row, line),
 *             FIELD(badge_row, badge, .label = W(badges_name),  .required = true, .max = 80),
 *             FIELD(badge_row, level, .label = W(badges_level), .min = 1, .max = 5),
 *             FIELD(badge_row, day,   .label = W(badges_day)),
 *             FIELD(badge_row, id));
 *
 *     static const struct import_table badges[] = { { "badge", &badge_record, &query_badge_load, &query_badge_restore, &query_badge_remove }, { 0 } };
 *
 *     static enum status badges_check(struct ctx *c, struct import *im)        // reads, compares, counts; never writes
 *     {
 *             list stored;
 *             TRY(store_all(c, badges_all, NOTHING, &stored));                 // one query, then maps: never a query per row
 *             struct map known = { 0 };
 *             …
 *             for (each(struct badge_row, r, im->rows)) {
 *                     if (r->day.day > c->today.day)
 *                             import_object(c, im, r->line, S("day"), W(badges_in_future), date_iso(c->arena, r->day));
 *                     …
 *                     im->count.added += !r->id;
 *             }
 *             return OK;
 *     }
 *
 *     static enum status badges_apply(struct ctx *c, struct import *im)        // right behind a check, in its transaction
 *     {
 *             for (each(struct badge_row, r, im->rows)) {
 *                     struct badge after = { .name = r->badge, .level = r->level };
 *                     TRY(store_one(c, badge_add, &after, &after));            // … returning id
 *                     TRY(import_added(c, im, &badges[0], after.id, &after));
 *             }
 *             return OK;
 *     }
 *
 *     IMPORT(badges, badge_row,
 *             .label  = W(badges_import),
 *             .names  = (const struct import_name[]){ { "badge", "insigne, certificaat" }, { 0 } },
 *             .tables = badges,
 *             .check  = badges_check,
 *             .apply  = badges_apply)
 *
 * gives `wijzer import badges FILE` and a place on the page Import.
 *
 * Which members come from the file: those with a label. A column is found by the member's name and the synonyms in `names`.
 * The others are the kind's own; `line` is filled in for it. Texts, whole numbers, numbers and days are possible.
 * What a cell left empty is "no value" as record.h says it (mark numbers .optional); import_has tells whether there was a column at all.
 *
 * In which order, and in which transaction:
 *     begin   reading     once before the first row: loads what `row` wants to look up
 *     row     none        each row that could be read: what one row can tell; fills the kind's own members
 *     check   reading, and again in the writing one: what only all rows together, or the database, can tell; counts
 *     apply   writing     all or nothing; a dry run ends before it
 * Rows that were objected to are gone from im->rows in the next check (with --rejects; without it nothing is applied at all).
 *
 * Millions of rows do not fit in memory. A kind with .stage has no im->rows: what `row` accepts goes into the kind's own staging
 * table through that query (its input is the row's record; a member `import` is filled in beside `line`), in write transactions of
 * some 20 ms that leave a running server its turns. Everything that can be wrong with one row must then be found in
 * `row`. What `row` keeps must outlive its c->arena, which is emptied with every batch: give it im->own. `apply` works by insert … select. When that takes longer than some 50 ms it sets im->more and is called again, in a
 * transaction of its own: what it wrote must stay invisible until the last call (rows of an import whose state is not 'done' are
 * not there yet), and .clear must remove it, from the staging table too. An import that died is cleared when the next one starts.
 *
 * Where a row is a few numbers, staging costs more than it saves: every row is then written and read once more. A kind with .large
 * keeps the rows of a file of that many bytes itself, as small as it can (`row` puts them into im->own), and has no im->rows either.
 * The rest is as with .stage, but `check` is asked once, in a reading transaction, and `apply` compares each part again before it
 * writes it. Smaller files, and rows that come from a page, go the usual way; im->large tells.
 * `after` is called when it is done, in transactions of its own until it leaves im->more alone: for what follows from the rows and may
 * come some seconds later. It must also come when the program ends in between: by a job.
 */
#pragma once
#include "base/map.h"
#include "store/store.h"

/* What a column may be called beside the member's name, in whatever case: "personeelsnummer, medewerker". Ended by no field. */
struct import_name { const char *field, *also; };

/* A table whose rows can be put back: `load` (by_id) -> record, `restore` (record), `remove` (by_id). Ended by no name. */
struct import_table { const char *name; const struct record *record; const struct query *load, *restore, *remove; };

struct import_count { int64_t rows, added, changed, same, ended, rejected; };

struct import {
	const struct import_kind *kind;
	int64_t id;                        /* 0 until it is applied; a kind with .stage has it from the start */
	str file;                          /* as messages call it */
	bool complete;                     /* what is not in the file ends: check counts it as ended, apply ends it */
	bool large;                        /* the kind keeps the rows itself */
	size_t lines;                      /* with `large`: at least as many as there will be rows */
	list rows;                         /* of the kind's record; empty with .stage and when it is large */
	struct import_count count;         /* added, changed, same, ended: the kind's, zero before each check; `rows` and `rejected` are not */
	void *own;                         /* what the kind wants to keep from begin to apply, in c->arena */
	bool more;                         /* apply: call me again */
	int64_t part;                      /* how many transactions of apply, then of after, have been committed: a body may run twice */
	struct import_inside *in;          /* of imports itself: the file, the mapping, what is wrong */
};

struct import_kind {
	const char *name;                  /* the shell's word and the web's */
	const struct record *record;       /* what a row is */
	const struct word *label;          /* "Mensen" */
	const struct word *hint;           /* one sentence: what a row is */
	const char *allow;                 /* a right; none: "import.run" */
	const char *doc;                   /* English, for the shell's help */
	const struct import_name *names;
	const struct import_table *tables; /* those that import_added and import_changed name: undo puts them back */
	const struct query *stage;
	size_t large;                      /* bytes of a file from which on it is */
	const struct word *ends;           /* what `complete` ends: "{1|employment|employments}"; none: it is refused */

	enum status (*begin)(struct ctx *c, struct import *im);
	enum status (*row)(struct ctx *c, struct import *im, void *row);
	enum status (*check)(struct ctx *c, struct import *im);
	enum status (*apply)(struct ctx *c, struct import *im);
	enum status (*after)(struct ctx *c, struct import *im);
	/* Both know im->id only, and set im->more to be called again in a transaction of their own.
	 * clear: everything of an import that did not come to its end. undo: instead of putting rows back one by one, for a kind
	 * that kept no changes; refuses when something else was built on it. */
	enum status (*clear)(struct ctx *c, struct import *im);
	enum status (*undo)(struct ctx *c, struct import *im);
};

/* Declaring is listing, as with OPERATION. */
#define IMPORT(kind_, row_t, ...) \
	static const struct import_kind kind_##_import = { .name = #kind_, .record = &row_t##_record, __VA_ARGS__ }; \
	static const struct import_kind *const kind_##_import_listed __attribute__((used, section("wijzer_imports"))) = &kind_##_import;

/* Whether the file has this field: without the column nothing is known, with an empty cell it is known to be empty. */
bool import_has(const struct import *im, str field);

/* import_object: what is wrong in that line; the column is named as the file calls it, and the place comes before the word:
 * "mensen.csv, regel 12, kolom "Einde": …". The first twenty are shown, all lines go to --rejects. Values as with refuse, at most six. */
#define import_object(c, im, line, field, word, ...) \
	import_object_with((c), (im), (line), (field), (word), SAY_ALL(__VA_ARGS__))
void import_object_with(struct ctx *c, struct import *im, int64_t line, str field, const struct word *w, const struct said values[SAID_VALUES]);

/* import_unknown: `value` names nothing among `names` (of str); says which three are nearest. */
void import_unknown(struct ctx *c, struct import *im, int64_t line, str field, str value, const list *names);

/* Whether that line has been objected to already, so that one mistake gives one message. */
bool import_is_wrong(const struct import *im, int64_t line);

/* For undo, in apply: a row that is new; a row that was something else. Both are written at the end, many at once. */
enum status import_added(struct ctx *c, struct import *im, const struct import_table *t, int64_t id, const void *after) must_use;
enum status import_changed(struct ctx *c, struct import *im, const struct import_table *t, int64_t id, const void *before, const void *after) must_use;

/* Rows that come from elsewhere than a file a person chose (pasted lines, the demonstration): the whole of an import inside the
 * transaction that runs. INVALID with every problem in c->problems. Not for kinds with .stage. */
enum status import_text(struct ctx *c, str kind, str name, str csv, struct import_count *out) must_use;
/* The same for lines that a person typed, to which the caller put a header: their first is line 1. */
enum status import_lines(struct ctx *c, str kind, str name, str csv, struct import_count *out) must_use;
/* Rows that a person typed into the fields of a form. `rows` are the kind's own record with their own `line`, each field as it should
 * become; what is wrong stands at the form's field of the same name. Checked, remembered and taken back like a file. Not for kinds with .stage. */
enum status import_typed(struct ctx *c, str kind, list rows, struct import_count *out) must_use;
