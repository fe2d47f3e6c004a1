/* harness.c - a program and a database for each test. */
#include "harness.h"
#include "base/token.h"
#include "wijzer.h"
#include <jansson.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *engine_now = "sqlite";

static void broken_print(const struct ctx *c, const char *what)
{
	(void)c;
	print_message("broken: %s\n", what);
}

static void postgres_run(const char *base, const char *text)
{
	PGconn *c = PQconnectdb(base);
	PGresult *r = PQexec(c, text);
	ExecStatusType s = PQresultStatus(r);
	if (s != PGRES_COMMAND_OK && s != PGRES_TUPLES_OK)
		print_message("postgres: %s\n", PQerrorMessage(c));
	assert_true(s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK);
	PQclear(r);
	PQfinish(c);
}

static str postgres_new(struct arena *a)
{
	static int count;
	const char *base = getenv("WIJZER_TEST_POSTGRES");
	str name = text_format(a, "wijzer_test_%d_%d", (int)getpid(), count++);
	postgres_run(base, text_c(a, text_format(a, "create database " S_FMT " template template0", S_ARG(name))));
	/* postgresql:///postgres?host=… : another database on the same server. */
	str url = str_of(base), before, rest;
	bool has = str_cut(url, '?', &before, &rest);
	while (before.len && before.at[before.len - 1] != '/')
		before.len--;
	return text_format(a, S_FMT S_FMT "%s" S_FMT, S_ARG(before), S_ARG(name), has ? "?" : "", S_ARG(rest));
}

static void open_all(struct app *a, int loops, bool demo)
{
	char why[400] = "";
	bool sqlite = str_starts(a->url, S("sqlite:"));
	struct store_settings s = { .url = a->url, .readers = web_readers(sqlite, loops, loops ? 1 : 0), .writers = 2, .may_create = true };
	enum status status = store_open(&s, &a->store, why);
	if (status == OK)
		status = store_migrate(a->store, wijzer_app.schemas, why);
	struct web_settings w = { .app = &wijzer_app, .store = a->store, .loops = loops, .hashers = loops ? 1 : 0, .language = EN, .demo = demo };
	if (status == OK)
		status = web_new(&w, &a->web, why);
	if (status != OK)
		print_message("%s\n", why);
	assert_int_equal(status, OK);
}

struct app *app_new(const char *engine)
{
	assert_true(token_start());
	broken_hook = broken_print;
	struct app *a = calloc(1, sizeof *a);
	a->arena = arena_new();
	strcpy(a->folder, "/tmp/wijzer-test-XXXXXX");
	assert_non_null(mkdtemp(a->folder));
	a->url = strcmp(engine, "sqlite") ? postgres_new(a->arena) : text_format(a->arena, "sqlite:%s/test.db", a->folder);
	open_all(a, 0, false);
	return a;
}

void app_free(struct app *a)
{
	if (a->server) {
		http_stop(a->server);
		pthread_join((pthread_t)a->thread, NULL);
		http_close(a->server);
	}
	web_free(a->web);
	store_close(a->store);
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", a->folder);
	if (system(command))
		print_message("%s stays\n", a->folder);
	if (str_starts(a->url, S("postgres"))) {
		str before, rest, name = { 0 };
		str_cut(str_from(a->url, 13), '?', &before, &rest);
		name = before;
		while (str_has(name, S("/")))
			str_cut(name, '/', &before, &name);
		postgres_run(getenv("WIJZER_TEST_POSTGRES"), text_c(a->arena, text_format(a->arena, "drop database if exists " S_FMT " with (force)", S_ARG(name))));
	}
	arena_free(a->arena);
	free(a);
}

/* Every field of the record is in the JSON, and nothing else. */
static void json_check(const struct record *r, json_t *o, const char *where)
{
	assert_true(json_is_object(o));
	const char *key;
	json_t *value;
	json_object_foreach(o, key, value) {
		const struct field *f = field_find(r, str_of(key));
		if (!f)
			print_message("%s: JSON has %s, which the record has not\n", where, key);
		assert_non_null(f);
		if (f->type == FIELD_LIST && f->of) {
			size_t i;
			json_t *item;
			assert_true(json_is_array(value));
			json_array_foreach(value, i, item)
				json_check(f->of, item, key);
		}
		if (f->type == FIELD_RECORD)
			json_check(f->of, value, key);
	}
	for (size_t i = 0; i < r->count; i++)
		if (!r->fields[i].secret)
			assert_non_null(json_object_get(o, r->fields[i].name));
}

struct answer call_with(struct app *a, const char *as, const char *operation, const list *given)
{
	const struct operation *op = operation_find(str_of(operation));
	if (!op)
		print_message("no operation is called %s\n", operation);
	assert_non_null(op);
	struct ctx *c = arena_new_of(a->arena, struct ctx);
	*c = (struct ctx){ .arena = a->arena, .now = a->now.ms ? a->now : clock_now(), .language = EN, .request_id = S("test") };
	c->today = instant_date(c->now);
	struct web_credentials by = { 0 };
	if (as && !strcmp(as, "unprotected"))
		c->me.unprotected = true;
	else if (as)
		by.as = str_of(as);
	void *out = NULL;
	enum status status = web_call(a->web, c, op, &by, given, &out);
	struct answer answer = { .status = status, .code = c->code, .said = said_text(a->arena, EN, &c->said), .problems = c->problems, .queries = c->queries };
	if (status == OK) {
		answer.out = out;
		if (op->reply != RAW) {
			struct buffer b = { 0 };
			json_error_t error;
			record_write_json(&b, op->output, out);
			answer.json = text_copy(a->arena, buffer_text(&b));
			json_t *o = json_loadb(b.at, b.len, JSON_REJECT_DUPLICATES, &error);
			if (!o)
				print_message("%s: %s\n" S_FMT "\n", operation, error.text, S_ARG(answer.json));
			assert_non_null(o);
			json_check(op->output, o, operation);
			json_decref(o);
			buffer_done(&b);
		}
	}
	return answer;
}

struct answer call(struct app *a, const char *as, const char *operation, ...)
{
	list given = { 0 };
	va_list values;
	va_start(values, operation);
	for (const char *one; (one = va_arg(values, const char *)); ) {
		str key, value;
		str_cut(text_copy(a->arena, str_of(one)), '=', &key, &value);
		*list_add(a->arena, &given, struct given) = (struct given){ key, value };
	}
	va_end(values);
	return call_with(a, as, operation, &given);
}

void assert_answer_at(struct answer a, enum status wanted, const char *file, int line)
{
	if (a.status == wanted)
		return;
	print_message("%s:%d: answered %d (" S_FMT " " S_FMT "), expected %d\n", file, line, (int)a.status, S_ARG(a.code), S_ARG(a.said), (int)wanted);
	struct arena *scratch = arena_new();
	for (each(struct problem, p, a.problems))
		print_message("  " S_FMT ": " S_FMT "\n", S_ARG(p->field), S_ARG(said_text(scratch, EN, &p->said)));
	arena_free(scratch);
	_assert_int_equal((uint64_t)a.status, (uint64_t)wanted, file, line);
}

str problem_of(struct answer a, const char *field)
{
	static char text[600];
	for (each(struct problem, p, a.problems))
		if (str_eq(p->field, str_of(field))) {
			struct arena *scratch = arena_new();
			snprintf(text, sizeof text, S_FMT, S_ARG(said_text(scratch, EN, &p->said)));
			arena_free(scratch);
			return str_of(text);
		}
	fail_msg("nothing was said of %s", field);
	return (str){ 0 };
}

void sql(struct app *a, const char *text)
{
	if (str_starts(a->url, S("postgres"))) {
		postgres_run(text_c(a->arena, a->url), text);
		return;
	}
	sqlite3 *db;
	char *error = NULL;
	assert_int_equal(sqlite3_open(text_c(a->arena, str_from(a->url, 7)), &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	if (sqlite3_exec(db, text, NULL, NULL, &error) != SQLITE_OK)
		print_message("sql: %s\n%s\n", error, text);
	assert_null(error);
	sqlite3_close(db);
}

static int64_t sql_number(struct app *a, const char *text)
{
	int64_t n = 0;
	if (str_starts(a->url, S("postgres"))) {
		PGconn *c = PQconnectdb(text_c(a->arena, a->url));
		PGresult *r = PQexec(c, text);
		if (PQntuples(r))
			n = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
		PQclear(r);
		PQfinish(c);
		return n;
	}
	sqlite3 *db;
	sqlite3_stmt *s;
	assert_int_equal(sqlite3_open(text_c(a->arena, str_from(a->url, 7)), &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	assert_int_equal(sqlite3_prepare_v2(db, text, -1, &s, NULL), SQLITE_OK);
	if (sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(db);
	return n;
}

static int role_bit(const char *role)
{
	static const struct { const char *name; int bit; } bits[] = { { "learning", 4 }, { "board", 8 }, { "council", 16 }, { "privacy", 32 }, { "administrator", 64 } };
	for (size_t i = 0; role && i < sizeof bits / sizeof bits[0]; i++)
		if (!strcmp(role, bits[i].name))
			return bits[i].bit;
	return 0;
}

#define SQL_RUN(a, ...) sql((a), text_c((a)->arena, text_format((a)->arena, __VA_ARGS__)))
#define SQL_NUMBER(a, ...) sql_number((a), text_c((a)->arena, text_format((a)->arena, __VA_ARGS__)))

int64_t someone(struct app *a, const char *email, const char *name, const char *role, const char *unit, const char *job, const char *lead_email)
{
	int64_t person = 0;
	if (unit) {
		/* "Division/Department/Team": every unit above it as well. */
		str path = { 0 }, one, rest = str_of(unit);
		for (bool more = true; more; ) {
			more = str_cut(rest, '/', &one, &rest);
			int64_t above = path.len ? SQL_NUMBER(a, "select id from unit where path = '" S_FMT "'", S_ARG(path)) : 0;
			path = path.len ? text_format(a->arena, S_FMT "/" S_FMT, S_ARG(path), S_ARG(one)) : one;
			str parent = above ? text_format(a->arena, "%lld", (long long)above) : S("null");
			SQL_RUN(a, "insert into unit (parent, name, path, fold) values (" S_FMT ", '" S_FMT "', '" S_FMT "', '" S_FMT "') on conflict (path) do nothing",
				S_ARG(parent), S_ARG(one), S_ARG(path), S_ARG(text_fold(a->arena, path)));
		}
		SQL_RUN(a, "insert into role (name, fold) values ('%s', '" S_FMT "') on conflict (name) do nothing", job, S_ARG(text_fold(a->arena, str_of(job))));
		SQL_RUN(a, "insert into person (person_id, name, email, fold, language, made) values ('%s', '%s', '%s', '" S_FMT "', 'nl', 1)", email, name, email,
			S_ARG(text_fold(a->arena, str_of(name))));
		person = SQL_NUMBER(a, "select id from person where email = '%s'", email);
		str lead = lead_email ? text_format(a->arena, "(select id from person where email = '%s')", lead_email) : S("null");
		SQL_RUN(a, "insert into employment (person, unit, role, lead, hours, start_day) values (%lld, (select id from unit where path = '%s'), "
			"(select id from role where name = '%s'), " S_FMT ", 36, '2020-01-01')", (long long)person, unit, job, S_ARG(lead));
	}
	str who = person ? text_format(a->arena, "%lld", (long long)person) : S("null");
	SQL_RUN(a, "insert into account (email, name, person, roles, demo, made) values ('%s', '%s', " S_FMT ", %d, 0, 1)", email, name, S_ARG(who), role_bit(role));
	return person;
}

void basis(struct app *a)
{
	sql(a, "insert into basis (purpose, kind, day, document, scope, made) values ('ratings', 'agreement', '2026-01-01', 'Test', 'Test', 1)");
}

int app_setup(void **state)
{
	*state = app_new(engine_now);
	return 0;
}

int app_teardown(void **state)
{
	app_free(*state);
	return 0;
}

int run_group_on_engines(const char *name, const struct CMUnitTest *tests, size_t count)
{
	char title[100];
	engine_now = "sqlite";
	snprintf(title, sizeof title, "%s on SQLite", name);
	int failed = _cmocka_run_group_tests(title, tests, count, NULL, NULL);
	if (!getenv("WIJZER_TEST_POSTGRES")) {
		printf("skipped: %s on PostgreSQL: WIJZER_TEST_POSTGRES names no server\n", name);
		return failed;
	}
	engine_now = "postgres";
	snprintf(title, sizeof title, "%s on PostgreSQL", name);
	return failed + _cmocka_run_group_tests(title, tests, count, NULL, NULL);
}
