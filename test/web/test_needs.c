/* test_needs.c - every form calls an operation that exists with fields that it has, every link leads to a page.
 * The features are its arguments: while one of them has no pages at all, others may link to what is still to come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include "wijzer.h"

static void pages_meet_the_program(void **state)
{
	struct buffer lines = { 0 };
	(void)state;
	assert_true(view_needs_count() > 0);
	size_t wrong = needs_check(&wijzer_app, &lines);
	if (wrong)
		print_error(S_FMT, S_ARG(buffer_text(&lines)));
	buffer_done(&lines);
	assert_int_equal(wrong, 0);
}

static bool has_pages(str feature)
{
	for (size_t i = 0; i < operations_count(); i++)
		if (operations_at(i)->page && str_eq(operation_feature(operations_at(i)), feature))
			return true;
	return false;
}

int main(int count, char **values)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(pages_meet_the_program) };
	for (int i = 1; i < count; i++)
		if (!has_pages(str_of(values[i]))) {
			printf("skipped: %s has no pages yet\n", values[i]);
			return 77;
		}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
