/* harness.h - the whole program in a test: a database of its own, operations called as somebody, pages over a socket.
 *
 *     static void rating_is_private(void **state)
 *     {
 *             struct app *app = *state;
 *             struct answer a = call(app, "anna@x.example", "rating_give", "person=3", "level=4", NULL);
 *             assert_answer(a, OK);
 *             …
 *     }
 *     int main(void) { const struct CMUnitTest tests[] = { app_test(rating_is_private) }; return run_on_engines("ratings", tests); }
 *
 * run_on_engines runs the group on SQLite and, where WIJZER_TEST_POSTGRES names a server, on PostgreSQL. Each test gets a fresh database.
 * Every answer's JSON is checked against its record, so the tests prove the documentation.
 */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "web/web.h"

struct app {
	struct arena *arena;
	struct store *store;
	struct web *web;
	char folder[64];
	str url;
	instant now;                       /* what operations see as now, when set */
	str trusted_proxy;                 /* to be set before app_serve */
	/* Over a socket, once app_serve was called. */
	struct http_server *server;
	int port;
	unsigned long thread;
};

struct answer {
	enum status status;
	str code;                          /* "survey-closed" */
	str said;                          /* in English */
	list problems;                     /* of struct problem */
	const void *out;                   /* the output record; NULL when refused */
	str json;
	int queries;
};

/* On "sqlite" or "postgres"; empty, or with the demonstration as `wijzer demo` made it (WIJZER_DEMO names that file). */
struct app *app_new(const char *engine, bool demo);
void app_free(struct app *a);
/* Count and checksum of every table, a line each. */
str app_sums(struct app *a);
/* What the log was told last about a fault of ours. */
const char *app_broken(void);

/* Calls an operation as the account with this address (NULL: nobody; "unprotected": the operator) with "key=value" texts, ended by NULL. */
struct answer call(struct app *a, const char *as, const char *operation, ...) __attribute__((sentinel));
/* The same with a list of struct given. */
struct answer call_with(struct app *a, const char *as, const char *operation, const list *given);
#define assert_answer(a, wanted) assert_answer_at((a), (wanted), __FILE__, __LINE__)
void assert_answer_at(struct answer a, enum status wanted, const char *file, int line);
/* The problem said of a field, in English; fails the test when there is none. */
str problem_of(struct answer a, const char *field);

/* Makes an account, and a person with an employment when unit is given. Answers the person's id, or 0. */
int64_t someone(struct app *a, const char *email, const char *name, const char *role, const char *unit, const char *job, const char *lead_email);
/* Runs SQL on the test's database, beside the program; for set-up and for looking afterwards. */
void sql(struct app *a, const char *text);
str sql_text(struct app *a, const char *text);             /* the first column of the first row; no text when there is none */
int64_t sql_number(struct app *a, const char *text);
/* The purpose "ratings" has its basis. */
void basis(struct app *a);

/* ---- over a socket ---- */
struct page { int status; str head, body; };
void app_serve(struct app *a, bool demo);
/* A session cookie of the account. */
str app_session(struct app *a, const char *email);
/* method, path, cookie ("" for none), body (NULL: none; else form-encoded, csrf added when the cookie has a session). */
struct page fetch(struct app *a, const char *method, const char *path, str session, const char *body);

/* The same, said in full: texts may hold any byte. */
struct call_over_http {
	const char *method;
	str path;                          /* with its query, encoded */
	str session;                       /* Cookie; none when empty */
	const char *headers;               /* further lines, each ended by \r\n */
	const char *type;                  /* of the body; none: form-encoded */
	str body;                          /* at NULL: no body */
	const char *host;                  /* none: the server's own */
	const char *accept;                /* none: text/html */
	const char *language;              /* none: en */
};
struct page fetch_with(struct app *a, const struct call_over_http *r);
str header_of(struct page p, const char *name);            /* no text when there is none */
str csrf_of(struct page p);                                /* of the first form on the page; no text when there is none */
str csrf_for(struct app *a, str session);                  /* what a page of this session would have in its forms */
void app_stop(struct app *a);                              /* the server, not the rest */
/* Opens store and web for so many loop threads. */
void app_open(struct app *a, int loops, bool demo);

#define app_test(f) { #f, f, app_setup, app_teardown, NULL }
#define app_test_demo(f) { #f, f, app_setup_demo, app_teardown, NULL }
int app_setup(void **state);
int app_setup_demo(void **state);
int app_teardown(void **state);
#define run_on_engines(name, tests) run_group_on_engines(name, tests, sizeof tests / sizeof tests[0])
int run_group_on_engines(const char *name, const struct CMUnitTest *tests, size_t count);
