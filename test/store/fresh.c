/* fresh.c - an empty store for a test. */
#include "fresh.h"
#include "base/token.h"
#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char broken_said[400];

static void remember(const struct ctx *c, const char *what)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	(void)c;
	pthread_mutex_lock(&lock);
	snprintf(broken_said, sizeof broken_said, "%s", what);
	pthread_mutex_unlock(&lock);
}

bool fresh_has(enum engine_tested engine)
{
	if (engine == ON_SQLITE || getenv("WIJZER_TEST_POSTGRES"))
		return true;
	puts("skipped: nothing on PostgreSQL, because WIJZER_TEST_POSTGRES names none");
	return false;
}

/* Run as the tests' own user, outside any store. */
static void postgres_run(const char *text)
{
	PGconn *pg = PQconnectdb(getenv("WIJZER_TEST_POSTGRES"));
	PGresult *r = PQexec(pg, "set client_min_messages = warning");
	PQclear(r);
	r = PQexec(pg, text);
	if (PQresultStatus(r) != PGRES_COMMAND_OK) {
		fprintf(stderr, "%s: %s", text, PQerrorMessage(pg));
		exit(1);
	}
	PQclear(r);
	PQfinish(pg);
}

struct store *fresh_open(const struct fresh *f)
{
	char why[400];
	struct store *s;
	struct store_settings settings = { .url = f->url, .readers = 4, .writers = 4, .wait_ms = 20000, .may_create = true };
	if (store_open(&settings, &s, why) != OK) {
		fprintf(stderr, "%s\n", why);
		exit(1);
	}
	return s;
}

struct fresh *fresh_new(enum engine_tested engine, const struct schema *const schemas[])
{
	static int count;
	struct fresh *f = calloc(1, sizeof *f);
	broken_hook = remember;
	broken_said[0] = 0;
	f->engine = engine;
	f->c = (struct ctx){ .arena = arena_new(), .now = { 1795465380000 }, .today = date_of(2026, 11, 23), .me = { .account = 5, .person = 7 } };
	strcpy(f->folder, "/tmp/wijzer-store-XXXXXX");
	if (!token_start() || !mkdtemp(f->folder))
		exit(1);
	f->url = text_format(f->c.arena, "sqlite:%s/store.db", f->folder);
	if (engine == ON_POSTGRES) {
		const char *url = getenv("WIJZER_TEST_POSTGRES");
		snprintf(f->schema, sizeof f->schema, "test_%d_%d", (int)getpid(), count++);
		postgres_run(text_format(f->c.arena, "create schema %s", f->schema).at);
		f->url = text_format(f->c.arena, "%s%coptions=-csearch_path%%3D%s&application_name=%s", url, strchr(url, '?') ? '&' : '?', f->schema, f->schema);
	}
	if (schemas) {
		char why[400];
		f->store = fresh_open(f);
		if (store_migrate(f->store, schemas, why) != OK) {
			fprintf(stderr, "%s\n", why);
			exit(1);
		}
	}
	return f;
}

void fresh_free(struct fresh *f)
{
	store_close(f->store);
	if (f->engine == ON_POSTGRES)
		postgres_run(text_format(f->c.arena, "drop schema %s cascade", f->schema).at);
	char command[100];
	snprintf(command, sizeof command, "rm -rf %s", f->folder);
	if (system(command))
		exit(1);
	arena_free(f->c.arena);
	free(f);
}
