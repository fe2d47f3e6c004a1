/* context.h - who asks, when, in which transaction, and what came of it.
 *
 * Every operation gets one. It lives as long as its request, on one thread at a time.
 */
#pragma once
#include "arena.h"
#include "date.h"
#include "list.h"
#include "status.h"
#include "word.h"

struct record;
struct store_session;                      /* lib/store: a connection inside a transaction */
struct vault;                              /* lib/vault: what opens what people keep for themselves */
struct web_request;                        /* lib/web: what only the web needs to know */

struct asker {
	int64_t account;                   /* 0: nobody signed in */
	int64_t client;                    /* a program with credentials of its own (lib/web/protocol.h), which is no account; 0: none */
	int64_t person;                    /* 0: an account without a person, such as an external administrator */
	unsigned roles;                    /* bits of the program's role table (lib/web/access.h); 0 for nobody */
	bool unprotected;                  /* the operator's own hand in the shell; audited */
	str name;
};

/* What is wrong with one field of the input; `field` is its path: "level", "rows.3.day". */
struct problem { str field; struct said said; };

struct ctx {
	struct arena *arena;
	struct store_session *db;          /* NULL outside a transaction */
	struct vault *vault;               /* NULL when the keys are not here */
	int queries;                       /* run so far: a page has a budget */
	instant now;
	date today;
	struct asker me;
	enum language language;
	str request_id;

	enum status status;                /* set by refuse */
	str code;                          /* "survey-closed": stable, for programs */
	struct said said;                  /* the same for people */
	list problems;                     /* of struct problem */

	list events;                       /* of struct event_raised, see lib/web/event.h */
	list looks;                        /* of struct look: about whom this request read, see lib/web/audit.h */
	struct web_request *web;           /* NULL in the shell and in jobs */
};

/* refuse: why this cannot be done, once; answers `status` so that a body can `return refuse(…)`.
 * The word says what happened and what to do; its values, at most six, are str, words or things said (word.h).
 *     return refuse(c, CONFLICT, "survey-closed", W(survey_closed), date_iso(c->arena, s.closes)); */
#define refuse(c, status, code, word, ...) \
	refuse_with((c), (status), S(code), (word), SAY_ALL(__VA_ARGS__))
enum status refuse_with(struct ctx *c, enum status status, str code, const struct word *w, const struct said values[SAID_VALUES]) must_use;

/* object: adds what is wrong with one field, and answers INVALID. Several may be collected before returning. */
#define object(c, field, word, ...) \
	object_with((c), (field), (word), SAY_ALL(__VA_ARGS__))
enum status object_with(struct ctx *c, str field, const struct word *w, const struct said values[SAID_VALUES]);

/* broken: a fault nobody can mend by typing; `what` goes to the log only, the reader gets the request's id. */
enum status broken(struct ctx *c, const char *what, ...) must_use __attribute__((format(printf, 2, 3)));

/* The log hook of `broken`: set once by main; lib/base itself never prints. */
extern void (*broken_hook)(const struct ctx *c, const char *what);
