/* test_queries.c - every query is prepared on both engines against the migrated tables, and its parameters and columns meet its records. */
#include "harness.h"
#include "wijzer.h"
#include <stdio.h>

static void every_query_meets_its_tables_and_records(void **state)
{
	struct app *app = *state;
	size_t seen = 0, wrong = 0;
	char why[400];
	for (const struct query *const *const *feature = wijzer_app.queries; *feature; feature++) {
		for (const struct query *const *q = *feature; *q; q++, seen++) {
			if (store_prepare_check(app->store, *q, why) == OK)
				continue;
			print_error("%s:%d: %s: %s\n", (*q)->file, (*q)->line, (*q)->name, why);
			wrong++;
		}
	}
	assert_true(seen > 100);
	assert_int_equal(wrong, 0);
}

/* A proof that cannot fail proves nothing: the same query against tables that are not there, and with a parameter nobody gives. */
static void a_query_that_does_not_fit_is_found(void **state)
{
	struct app *app = *state;
	char why[400];
	const struct query no_table = { .name = "no_table", .file = "here", .sqlite = "select id from nowhere", .postgres = "select id from nowhere",
		.in = &nothing_record, .out = &by_id_record };
	const struct query no_member = { .name = "no_member", .file = "here", .sqlite = "select email from account", .postgres = "select email from account",
		.in = &nothing_record, .out = &by_id_record };
	const struct query no_parameter = { .name = "no_parameter", .file = "here", .sqlite = "select id from account where id = ?1",
		.postgres = "select id from account where id = $1", .parameters = { "who" }, .in = &by_id_record, .out = &by_id_record };
	assert_int_not_equal(store_prepare_check(app->store, &no_table, why), OK);
	assert_int_not_equal(store_prepare_check(app->store, &no_member, why), OK);
	assert_int_not_equal(store_prepare_check(app->store, &no_parameter, why), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(every_query_meets_its_tables_and_records), app_test(a_query_that_does_not_fit_is_found) };
	return run_on_engines("queries", tests);
}
