/* engines.h - runs one list of tests on both engines, each test with a store of its own. Included once, behind the tests' `schemas`. */
#pragma once
#include "fresh.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static int setup_sqlite(void **state)
{
	*state = fresh_new(ON_SQLITE, schemas);
	return 0;
}

static int setup_postgres(void **state)
{
	*state = fresh_new(ON_POSTGRES, schemas);
	return 0;
}

static int teardown(void **state)
{
	fresh_free(*state);
	return 0;
}

#define SQLITE_TEST(name) cmocka_unit_test_setup_teardown(name, setup_sqlite, teardown),
#define POSTGRES_TEST(name) cmocka_unit_test_setup_teardown(name, setup_postgres, teardown),

/* LIST is an X-macro of test names; ONLY_SQLITE one of those that ask about SQLite alone, and so on. */
#define RUN_ON_BOTH(LIST, ONLY_SQLITE, ONLY_POSTGRES) \
	const struct CMUnitTest on_sqlite[] = { LIST(SQLITE_TEST) ONLY_SQLITE(SQLITE_TEST) }; \
	const struct CMUnitTest on_postgres[] = { LIST(POSTGRES_TEST) ONLY_POSTGRES(POSTGRES_TEST) }; \
	int failed = cmocka_run_group_tests_name("on SQLite", on_sqlite, NULL, NULL); \
	if (fresh_has(ON_POSTGRES)) \
		failed += cmocka_run_group_tests_name("on PostgreSQL", on_postgres, NULL, NULL); \
	return failed
#define NO_TESTS(X)
