/* store.h - statements in the database: taken, and found again. */
#pragma once
#include "statement.h"
#include "base/context.h"

/* A file that came with statements. */
struct statement_file { str sha2, type, bytes; };

struct statements_put {
	list statements;                   /* of struct statement */
	list files;                        /* of struct statement_file */
	str authority;                     /* JSON */
	struct mention vouched;            /* the same, as who is found by it; kind NULL: nobody */
	int64_t client;                    /* 0: the program itself */
};
/* All or none. `ids` gets a str each, in order. One that is known by its id and says the same is passed over; one that says something else
 * is CONFLICT. In a writing body. */
enum status statements_put(struct ctx *c, const struct statements_put *in, list *ids) must_use;

/* One writes at a time; `.first` of an operation that puts statements. */
enum status statements_gate(struct ctx *c) must_use;

struct statement_filter {
	int64_t actor, verb, activity;     /* numbers; 0: any */
	bool related_actor, related_activity;
	str registration;
	int64_t after, before;             /* both excluded */
	int64_t limit;
	int64_t mine;                      /* only what came by this client; 0: all */
	bool ascending;
};
struct statement_text { int64_t stored; str text; int64_t attachments; };
extern const struct record statement_text_record;
/* A page of what counts. A statement that is found in two ways stands there once, so a page may be shorter than its limit although `more`. */
enum status statements_find(struct ctx *c, const struct statement_filter *f, list *out, int64_t *last, bool *more) must_use;    /* of struct statement_text */
enum status statement_find(struct ctx *c, str id, bool voided, int64_t mine, struct statement_text *out, bool *found) must_use;
/* The numbers of what a filter names; 0 and false: nothing here was ever said of it. */
enum status actor_number(struct ctx *c, const struct mention *m, int64_t *out) must_use;
enum status verb_number(struct ctx *c, str iri, int64_t *out) must_use;
enum status activity_number(struct ctx *c, str iri, int64_t *out) must_use;
/* The newest number there is, which is also how far a reader has seen everything. */
enum status statement_newest(struct ctx *c, int64_t *out) must_use;
enum status statement_files(struct ctx *c, int64_t stored, list *out) must_use;             /* of struct statement_file */

/* ---- inside ---- */

/* Numbers of what some statements speak of, all looked for before the first is asked. */
struct known {
	struct map actors[4], verbs, activities;   /* actors by kind; to places in these: */
	list actor_rows, verb_rows, activity_rows; /* id 0: there is none yet */
	struct map said;                           /* definitions that were put to what is known already */
};
enum status known_seek(struct ctx *c, struct known *k, const struct statement *first, size_t count, const struct mention *vouched) must_use;
enum status known_actor(struct ctx *c, struct known *k, const struct mention *m, int64_t *out) must_use;
enum status known_verb(struct ctx *c, struct known *k, const struct statement *s, int64_t *out) must_use;
enum status known_activity(struct ctx *c, struct known *k, const struct statement *s, const struct activity_mention *m, int64_t *out) must_use;

/* store_index.c: the rows that statements are found by, gathered and put. */
struct found_rows { list found, actors, activities; };
enum status found_collect(struct ctx *c, struct known *k, const struct mention *vouched, const struct statement *s, int64_t stored, struct found_rows *rows) must_use;
/* later: it may wait a second in a short table, where statements_find looks too. */
enum status found_put_all(struct ctx *c, struct found_rows *rows, bool later) must_use;

/* store_tail.c: what waits is carried to where it is found for good: all of it, or when it has waited long enough. */
enum status tail_carry(struct ctx *c) must_use;
enum status tail_carry_when_due(struct ctx *c) must_use;
/* Within a second, by a job. */
enum status tail_carry_later(struct ctx *c) must_use;

/* Two JSON objects as one: what only one has, and of what both have the newer; language maps and extensions key by key. */
str json_merge(struct arena *a, str older, str newer);
/* The value of a language map for a language: its own tag, one that begins with it, else the first. */
str language_pick(const struct json *j, uint32_t map, str language);

/* What a new statement points at, and who pointed at it before it came. `voids` of the ones that pointed already is in `before`. */
struct statement_before { int64_t pointing, stored; str id, digest; instant made; bool voids; };
enum status pointing_keep(struct ctx *c, const struct statement *s, int64_t stored, const list *before) must_use;

struct actor_new { str kind, key, name, email; };
struct actor_row { int64_t id; str kind, key, name; int64_t person; };
struct verb_row { int64_t id; str iri, display, nl, en; };
struct activity_row { int64_t id; str iri, type, definition, nl, en; };
struct iri_row { str iri; };
struct person_number { int64_t person; };
struct statement_number { int64_t stored; };
struct statement_key { str id; };
struct sought { str all; };                 /* a JSON list of texts */
struct statement_row { int64_t stored; str id, digest; instant made; str version; int64_t client; double seconds; int64_t attachments; str text; };
struct found_row { int64_t stored, said, actor, verb, activity; str registration; };
struct found_actor_row { int64_t actor, wide, stored, said; };
struct found_activity_row { int64_t activity, stored, said; };
struct target_row { str target; int64_t stored; bool voids; };
struct voiding { int64_t stored, by; };
struct copying { int64_t stored, target; };
struct attachment_key { str sha2; };
struct attachment_row { str type, sha2, bytes; };
struct statement_by_id { int64_t id; };
struct statement_file_gone { int64_t stored; str sha2; };
struct statement_attachment_row { int64_t stored, number, attachment; str type; };
struct statement_one { str id; int64_t voided, mine; };

/* identifiers.c: kept and joined; one that is there already stays whose it is. */
struct identifier;
enum status identifier_keep(struct ctx *c, const struct identifier *in) must_use;
/* Looks within a minute whether an address that is nobody's has become somebody's. */
enum status addresses_join_later(struct ctx *c) must_use;
