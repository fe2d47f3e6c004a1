/* test_needs.c - every form calls an operation that exists with fields that it has, every link leads to a page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
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

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(pages_meet_the_program) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
