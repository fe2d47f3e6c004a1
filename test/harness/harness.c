/* harness.c - the whole program in a test: operations called as somebody, on each engine. */
#include "inside.h"
#include "base/token.h"
#include "seal/seal.h"
#include "wijzer.h"
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool on_postgres;
static char broken_last[400];

/* Not printed: many a test makes queries fail. What a test did not expect is printed with its answer. */
static void broken_keep(const struct ctx *c, const char *what)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	(void)c;
	pthread_mutex_lock(&lock);
	snprintf(broken_last, sizeof broken_last, "%s", what);
	pthread_mutex_unlock(&lock);
}

const char *app_broken(void)
{
	return broken_last;
}

/* Keys of the test's own beside its database, in place of none; the demonstration's come with it. */
static enum status keys_open(struct app *a, char why[400])
{
	str said;
	struct web_keys k = { .keys = text_format(a->arena, "%s/keys/keys.db", a->folder).at, .key = text_format(a->arena, "%s/test.key", a->folder).at, .make = true };
	return web_keys_open(a->web, &k, a->arena, &said, why);
}

void app_open(struct app *a, int loops, bool demo)
{
	char why[400] = "";
	bool sqlite = str_starts(a->url, S("sqlite:"));
	int hashers = loops ? 1 : 0;
	char keys[96];
	snprintf(keys, sizeof keys, "%s/keys", a->folder);
	seal_folder_set(str_of(keys));
	struct store_settings s = { .url = a->url, .readers = web_readers(sqlite, loops, hashers), .writers = 2 };
	enum status status = store_open(&s, &a->store, why);
	if (status == OK)
		status = store_migrate(a->store, wijzer_app.schemas, why);
	struct web_settings w = { .app = &wijzer_app, .store = a->store, .loops = loops, .hashers = hashers, .language = EN, .demo = demo, .trusted_proxy = a->trusted_proxy };
	if (status == OK)
		status = web_new(&w, &a->web, why);
	if (status == OK)
		status = keys_open(a, why);
	if (status != OK)
		print_message("%s\n", why);
	assert_int_equal(status, OK);
}

struct app *app_new(const char *engine, bool demo)
{
	assert_true(token_start());
	broken_hook = broken_keep;
	broken_last[0] = 0;
	struct app *a = calloc(1, sizeof *a);
	a->arena = arena_new();
	strcpy(a->folder, "/tmp/wijzer-test-XXXXXX");
	assert_non_null(mkdtemp(a->folder));
	a->url = database_new(a->arena, !strcmp(engine, "postgres"), demo, a->folder);
	app_open(a, 0, demo);
	return a;
}

void app_free(struct app *a)
{
	app_stop(a);
	web_free(a->web);
	store_close(a->store);
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", a->folder);
	if (system(command))
		print_message("%s stays\n", a->folder);
	database_remove(a->arena, a->url);
	arena_free(a->arena);
	free(a);
}

static void sum_add(void *of, str table, int64_t rows, str checksum)
{
	struct buffer *b = of;
	buffer_add_format(b, S_FMT " %lld " S_FMT "\n", S_ARG(table), (long long)rows, S_ARG(checksum));
}

str app_sums(struct app *a)
{
	char why[400];
	struct buffer b = { 0 };
	assert_int_equal(store_verify(a->store, sum_add, &b, why), OK);
	str sums = text_copy(a->arena, buffer_text(&b));
	buffer_done(&b);
	return sums;
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

static void body_done(void *of)
{
	buffer_done(of);
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
		if (op->reply == RAW) {
			arena_when_done(a->arena, body_done, &((struct raw_reply *)out)->body);
		} else {
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
	if (a.status == BROKEN)
		print_message("  broken: %s\n", broken_last);
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

int app_setup(void **state)
{
	*state = app_new(on_postgres ? "postgres" : "sqlite", false);
	return 0;
}

int app_setup_demo(void **state)
{
	*state = app_new(on_postgres ? "postgres" : "sqlite", true);
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
	on_postgres = false;
	snprintf(title, sizeof title, "%s on SQLite", name);
	int failed = _cmocka_run_group_tests(title, tests, count, NULL, NULL);
	if (!getenv("WIJZER_TEST_POSTGRES")) {
		printf("skipped: %s on PostgreSQL: WIJZER_TEST_POSTGRES names no server\n", name);
		return failed;
	}
	on_postgres = true;
	snprintf(title, sizeof title, "%s on PostgreSQL", name);
	return failed + _cmocka_run_group_tests(title, tests, count, NULL, NULL);
}
