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

struct app *app_new(const char *engine);   /* "sqlite" or "postgres" */
void app_free(struct app *a);

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
/* Runs SQL on the test's database; for set-up only. */
void sql(struct app *a, const char *text);
/* The purpose "ratings" has its basis. */
void basis(struct app *a);

/* ---- over a socket ---- */
struct page { int status; str head, body; };
void app_serve(struct app *a, bool demo);
/* A session cookie of the account. */
str app_session(struct app *a, const char *email);
/* method, path, cookie ("" for none), body (NULL: none; else form-encoded, csrf added when the cookie has a session). */
struct page fetch(struct app *a, const char *method, const char *path, str session, const char *body);

#define app_test(f) { #f, f, app_setup, app_teardown, NULL }
int app_setup(void **state);
int app_teardown(void **state);
#define run_on_engines(name, tests) run_group_on_engines(name, tests, sizeof tests / sizeof tests[0])
int run_group_on_engines(const char *name, const struct CMUnitTest *tests, size_t count);
