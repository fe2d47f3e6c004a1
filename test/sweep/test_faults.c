/* test_faults.c - the n-th query of every writing operation fails, for n = 1, 2, 3 …: all is written, or nothing.
 * On PostgreSQL for n = 1, 2, 4, 8 …, unless WIJZER_LONG asks for all: what counts queries and ends a transaction is the same on both. */
#include "sample.h"
#include "web/operation.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 2000 };

/* Answers how many queries it has, or -1 having said what went wrong. */
static int sweep(struct app *app, const struct operation *op, const struct sample *s, bool every)
{
	list given = sample_given(app, s);
	const char *as = email_of_who(app, s->who);
	str before = app_sums(app);
	for (int n = 1; n < LONGEST; n = every ? n + 1 : 2 * n) {
		store_fail_at(app->store, n);
		struct answer a = call_with(app, as, op->name, &given);
		store_fail_at(app->store, 0);
		bool failed = a.queries >= n;
		if (!failed) {
			if (a.status == OK)
				return a.queries;
			print_error("%s: without a failing query it answered %d " S_FMT " " S_FMT ": mend its sample\n", op->name, (int)a.status, S_ARG(a.code), S_ARG(a.said));
			for (each(struct problem, p, a.problems))
				print_error("  " S_FMT "\n", S_ARG(p->field));
			return -1;
		}
		if (a.status == OK) {
			print_error("%s: query %d failed, and the answer was OK\n", op->name, n);
			return -1;
		}
		if (!str_eq(before, app_sums(app))) {
			print_error("%s: query %d failed (%s), and something stayed\n", op->name, n, app_broken());
			return -1;
		}
	}
	print_error("%s: still failing after %d queries\n", op->name, LONGEST);
	return -1;
}

static void all_is_written_or_nothing(void **state)
{
	struct app *app = NULL;
	const char *engine = *state ? "postgres" : "sqlite", *only = getenv("WIJZER_ONLY");
	size_t wrong = 0, swept = 0;
	for (size_t i = 0; i < operations_count(); i++) {
		const struct operation *op = operations_at(i);
		if (op->effect != WRITES || (only && strcmp(only, op->name)))
			continue;
		const struct sample *s = sample_find(str_of(op->name));
		if (!s) {
			print_error("%s: add a sample to test/sweep/sample.c\n", op->name);
			wrong++;
			continue;
		}
		if (s->why_not)
			continue;
		app = app_new(engine, true);
		int queries = sweep(app, op, s, !*state || getenv("WIJZER_LONG"));
		app_free(app);
		if (queries == 0)
			print_error("%s: writes, and asked the store nothing\n", op->name);
		wrong += queries <= 0;
		swept++;
	}
	assert_true(swept > 0);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	static int on_postgres = 1;
	const struct CMUnitTest sqlite[] = { cmocka_unit_test(all_is_written_or_nothing) };
	const struct CMUnitTest postgres[] = { cmocka_unit_test_prestate(all_is_written_or_nothing, &on_postgres) };
	int failed = cmocka_run_group_tests_name("faults on SQLite", sqlite, NULL, NULL);
	if (getenv("WIJZER_TEST_POSTGRES"))
		failed += cmocka_run_group_tests_name("faults on PostgreSQL", postgres, NULL, NULL);
	else
		puts("skipped: faults on PostgreSQL: WIJZER_TEST_POSTGRES names no server");
	return failed;
}
