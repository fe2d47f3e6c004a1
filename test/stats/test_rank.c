/* test_rank.c - Spearman's correlation, with and without ties. */
#include "near.h"
#include "stats/rank.h"

static void order_is_all_that_counts(void **state)
{
	(void)state;
	const double x[] = { 3, 1, 2, 10 }, same[] = { 9, -4, 0, 9e9 }, other[] = { -3, -1, -2, -10 };
	assert_near(rank_correlation(x, same, 4), 1, 1e-15);
	assert_near(rank_correlation(x, other, 4), -1, 1e-15);
}

static void ties_share_their_rank(void **state)
{
	(void)state;
	/* Ranks 1, 2.5, 2.5, 4, 5 and 2, 1, 3, 4.5, 4.5: the deviations have squares of 9.5 and 9.5 and a product of 7.5. */
	const double x[] = { 1, 2, 2, 3, 4 }, y[] = { 5, 4, 6, 7, 7 };
	assert_near(rank_correlation(x, y, 5), 7.5 / 9.5, 1e-15);
}

static void no_order_no_correlation(void **state)
{
	(void)state;
	const double x[] = { 1, 2, 3 }, flat[] = { 2, 2, 2 }, bad[] = { 1, NAN, 3 };
	assert_true(isnan(rank_correlation(x, flat, 3)));
	assert_true(isnan(rank_correlation(x, bad, 3)));
	assert_true(isnan(rank_correlation(x, x, 1)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_is_all_that_counts),
		cmocka_unit_test(ties_share_their_rank),
		cmocka_unit_test(no_order_no_correlation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
