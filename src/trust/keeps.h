/* keeps.h - what is kept about people, why, until when, and how it goes: said beside what keeps it.
 *
 * Every kind of data about persons is declared once, in the feature that owns it. From this one entry come the row on *What is recorded
 * about me*, the part of a person's export, what the nightly sweep removes and its dry run, what erasure does, and the table in docs/privacy.md.
 * A table with persons in it of which no entry speaks fails a test (test/trust/test_keeps.c).
 *
 *     SETTING(tips_kept_left_months, "6",  W(tips_kept_left), W(tips_kept_left_why), 0, 24)
 *     SETTING(tips_kept_months,      "60", W(tips_kept),      W(tips_kept_why),      12, 120)
 *
 *     KEEPS(tips,
 *             .what    = W(tips_keeps),                    // "Leestips die je gaf"
 *             .why     = W(tips_keeps_why),                // "Zodat collega's ..." one or two sentences
 *             .seen    = W(tips_keeps_seen),               // who can see it: "Iedereen hier"
 *             .erasing = W(tips_keeps_erasing),            // what erasure does: "De tip blijft, zonder je naam."
 *             .ground  = GROUND_INTEREST,
 *             .page    = "/tips",                          // where the person sees it, and corrects or removes it
 *             .tables  = "tip tip_vote",                   // those that are accounted for here
 *             .after_leaving = "tips_kept_left_months",    // clocks: any of the three; none: it goes with whatever it hangs on, and .until says so
 *             .after_making  = "tips_kept_months",
 *             .count   = &query_tips_of_count,             // (keep_person) -> count: how many of this person
 *             .rows    = KEEP_ROWS({ "tips", &query_tips_of }),           // (keep_person) -> any record
 *             .past    = &query_tips_past_count,           // (keep_terms) -> count: what the next sweep would remove
 *             .remove  = KEEP_QUERIES(&query_tips_past_remove),           // (keep_terms), in this order
 *             .erase   = KEEP_QUERIES(&query_tips_votes_erase, &query_tips_pseudonym))     // (keep_person), in this order
 *
 *     -- tips_of_count (keep_person) -> count
 *     select count(*) as count from tip where person = :person
 *
 *     -- tips_past_remove (keep_terms)
 *     delete from tip where id in (select t.id from tip t where t.day < :older_day
 *             or t.person in (select person from departure where last_day < :left_before) limit :batch)
 *
 * The terms that ship are proposals. Until the organisation has decided a setting (agreed to it on Trust, or to another value) its clock
 * stands still: the parameter is null, a comparison with it is not true, and nothing goes. So a `remove` needs no condition of its own.
 *
 * Order. The sweep and *about me* go by the order of features. Erasing goes backwards: what a later feature built on a person goes
 * first, the person's own row at the very end, and a reference that was forgotten makes the database refuse the whole erasure.
 *
 * A setting that ends in _days counts days, any other months.
 *
 * A feature includes "trust/trust.h", which has this. A table that hangs on one that is removed in batches goes by the same selection, before it.
 *
 * Features that stand before trust (imports, people, accounts) and lib/web cannot include this; their kinds are declared in src/trust/kinds.c.
 */
#pragma once
#include "base/buffer.h"
#include "base/context.h"
#include "record/record.h"
#include "store/store.h"

/* Whose data: parameters of count, rows and erase. */
struct keep_person {
	int64_t person;                    /* :person */
	int64_t their_account;             /* :their_account; 0, null, when they never had one (:account is always the asker's) */
	str person_id, name, email;        /* as the directory has them; no text when it has none */
	/* Only for erase: who they are from now on. The same in every table, so that figures that count people stay true; made of nothing they had. */
	str pseudonym;                     /* "erased-7f3a91c2d4e5" */
	int64_t number;                    /* of the erasure; unique, and never a person's id */
	bool everything;                   /* false: they still work here, and go on using what is left */
};
extern const struct record keep_person_record;

/* What is past its term: parameters of past and remove. No value where the clock was not declared, or its term not yet decided. */
struct keep_terms {
	date left_before;                  /* .after_leaving: whose last employment ended before this day (the view `departure`: person, last_day) */
	date older_day;    instant older;     /* .after_making: what was made before */
	date unused_day;   instant unused;    /* .after_use: what was last used before */
	int64_t batch;                     /* rows at most in one go: `limit :batch`. A remove that wrote so many is run again, in a transaction of its own */
};
extern const struct record keep_terms_record;

/* On what it rests in law (AVG art. 6). */
enum keep_ground {
	GROUND_CONTRACT = 1,               /* needed for the employment */
	GROUND_INTEREST,                   /* the organisation's legitimate interest, weighed */
	GROUND_OWN,                        /* the person's own choice: theirs, kept for them, gone when they say so */
	GROUND_DUTY,                       /* the law asks for it: security, being able to show what was done */
};

/* What a feature puts into a person's export beyond its .rows, or instead of them: a list of rows; a file, by a name without folders.
 * A file's name is made unique and harmless. */
struct keep_export;
void keep_export_rows(struct keep_export *e, const char *name, const struct record *r, const list *rows);
void keep_export_file(struct keep_export *e, str name, str bytes);
/* A file of any length, made piece by piece while it is packed: `more` appends the next piece, and nothing at its end; what it takes from c->arena
 * is given back with each. Answers the name it got. */
str keep_export_stream(struct keep_export *e, str name, enum status (*more)(struct ctx *c, void *of, struct buffer *piece), void *of);

struct keep_rows { const char *name; const struct query *query; };

struct keep {
	const char *name, *file;           /* noun in the plural, "tips"; unique. file and line: filled in by KEEPS */
	int line;
	const struct word *what, *why, *seen, *erasing;
	const struct word *until;          /* in words, when there is no clock: "zolang de inschatting er is" */
	enum keep_ground ground;
	const char *page;                  /* none: it cannot be seen by the person on a page of its own */
	const char *tables;
	const char *after_leaving, *after_making, *after_use;      /* names of settings */
	bool needed_for_work;              /* not erased while the person works here: the directory, the account, security */

	const struct query *count;         /* none: nothing about one person */
	const struct keep_rows *rows;      /* ended by no name */
	const struct query *past;
	const struct query *const *remove, *const *erase;         /* ended by NULL */

	/* When SQL alone cannot say it. Each runs besides the queries above, and after them. */
	enum status (*counting)(struct ctx *c, const struct keep_person *who, int64_t *count);
	enum status (*exporting)(struct ctx *c, const struct keep_person *who, struct keep_export *e);
	/* Removes what is past its term: adds to *removed; sets *more to be called again in a transaction of its own. */
	enum status (*sweeping)(struct ctx *c, const struct keep_terms *terms, int64_t *removed, bool *more);
	/* Before the erase queries: while everything is still there. */
	enum status (*erasing_first)(struct ctx *c, const struct keep_person *who);
};

#define KEEP_ROWS(...) ((const struct keep_rows[]){ __VA_ARGS__, { 0 } })
#define KEEP_QUERIES(...) ((const struct query *const[]){ __VA_ARGS__, NULL })
#define KEEPS(name_, ...) \
	static const struct keep name_##_keep = { .name = #name_, .file = __FILE__, .line = __LINE__, __VA_ARGS__ }; \
	static const struct keep *const name_##_keep_listed __attribute__((used, section("wijzer_keeps"))) = &name_##_keep;

size_t keeps_count(void);
const struct keep *keeps_at(size_t i);                     /* in the order of features; of one file, as they stand there */

/* Event: person_erased (struct person_erased), in the transaction in which everything else has gone. `everything` false: they still
 * work here, and only what that does not need went. */
struct person_erased { int64_t person; bool everything; };
