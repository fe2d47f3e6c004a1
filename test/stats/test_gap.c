/* test_gap.c - the gap of one person and the figures of a unit. */
#include "near.h"
#include "seeded.h"
#include "stats/gap.h"

static void a_person_is_below_by_so_much(void **state)
{
	(void)state;
	assert_near(gap_of(2.75, 4), 1.25, 0);
	assert_near(gap_of(4.5, 4), 0, 0);
	assert_near(gap_below(4, 0.3, 4), 0.5, 1e-15);
	assert_near(gap_below(3, 0.25, 4), 0.97724986805182079, 1e-15);        /* Phi(2) */
	assert_near(gap_at_least(3, 0.25, 4), 0.022750131948179209, 1e-16);
	assert_near(gap_below(2, 0.7, 3.1) + gap_at_least(2, 0.7, 3.1), 1, 1e-15);
	assert_near(gap_below(4, 0, 4), 0, 0);
	assert_near(gap_at_least(4, 0, 4), 1, 0);
	assert_near(gap_below(3.999, 0, 4), 1, 0);
}

static void a_unit_is_the_sum_of_its_people(void **state)
{
	(void)state;
	struct gap_sum s;
	gap_start(&s);
	/* chances of 1/2, 1/2 and Phi(2) */
	assert_true(gap_add(&s, 4, 1, 4, 4, 2));
	assert_true(gap_add(&s, 4, 0.5, 4, 5, 2));
	assert_true(gap_add(&s, 5, 0.25, 4, 3, 7));
	struct gap_figures f = gap_figures(&s);
	assert_int_equal(f.known, 3);
	assert_near(f.expected_at_target, 1.97724986805182079, 1e-14);
	assert_near(f.weighted_gap, 2, 0);
	assert_int_equal(f.low80, 1);              /* P(0) = .006, P(0 or 1) = .256 */
	assert_int_equal(f.high80, 3);             /* P(at most 2) = .756           */
}

static void a_parent_is_the_sum_of_its_units(void **state)
{
	(void)state;
	struct gap_sum one, other, all;
	gap_start(&one);
	gap_start(&other);
	gap_start(&all);
	for (int i = 0; i < 9; i++) {
		assert_true(gap_add(i % 2 ? &one : &other, 2 + i / 4.0, 0.4, 3, 4, 1 + i));
		assert_true(gap_add(&all, 2 + i / 4.0, 0.4, 3, 4, 1 + i));
	}
	gap_add_all(&one, &other);
	struct gap_figures f = gap_figures(&one), g = gap_figures(&all);
	assert_int_equal(f.known, g.known);
	assert_int_equal(f.low80, g.low80);
	assert_int_equal(f.high80, g.high80);
	assert_near(f.expected_at_target, g.expected_at_target, 1e-13);
	assert_near(f.weighted_gap, g.weighted_gap, 1e-12);
}

static void nobody_known_is_zero_of_zero(void **state)
{
	(void)state;
	struct gap_sum s;
	gap_start(&s);
	struct gap_figures f = gap_figures(&s);
	assert_int_equal(f.known, 0);
	assert_int_equal(f.high80, 0);
	assert_near(f.expected_at_target, 0, 0);
}

/* What the interval promises: draw the people's levels and see how often the number at target is inside. */
static void the_interval_holds_four_in_five(void **state)
{
	(void)state;
	uint64_t seed = 6;
	int inside = 0, below = 0, above = 0, draws = 0;
	for (int unit = 0; unit < 40; unit++) {
		double mean[30], variance[30];
		struct gap_sum s;
		gap_start(&s);
		for (int i = 0; i < 30; i++) {
			mean[i] = 1 + 4 * seeded_unit(&seed);
			variance[i] = 0.05 + seeded_unit(&seed);
			gap_add(&s, mean[i], variance[i], 3, 3, 1);
		}
		struct gap_figures f = gap_figures(&s);
		for (int draw = 0; draw < 500; draw++, draws++) {
			int64_t at = 0;
			for (int i = 0; i < 30; i++)
				at += mean[i] + sqrt(variance[i]) * seeded_normal(&seed) >= 3;
			below += at < f.low80;
			above += at > f.high80;
			inside += at >= f.low80 && at <= f.high80;
		}
	}
	assert_true(inside >= draws * 80 / 100);
	assert_true(below <= draws * 11 / 100 && above <= draws * 11 / 100);
	assert_true(below >= draws * 2 / 100 && above >= draws * 2 / 100);       /* and it is no wider than it must be */
}

static void the_spread_agrees_with_the_target(void **state)
{
	(void)state;
	uint64_t seed = 7;
	double level[5] = { 0 }, at_least[5] = { 0 };
	for (int i = 0; i < 100; i++) {
		double mean = 6 * seeded_unit(&seed), variance = i % 10 ? seeded_unit(&seed) : 0;
		gap_spread(mean, variance, level, 5);
		for (int l = 0; l < 5; l++)
			at_least[l] += l == 0 ? 1 : gap_at_least(mean, variance, l + 1);
	}
	double sum = 0;
	for (int l = 5; l-- > 0;) {
		assert_true(level[l] >= 0);
		sum += level[l];
		assert_near(sum, at_least[l], 1e-12);
	}
	double one[1] = { 0 };
	gap_spread(3, 0.5, one, 1);
	assert_near(one[0], 1, 0);
}

static void impossible_people_are_refused(void **state)
{
	(void)state;
	struct gap_sum s;
	gap_start(&s);
	assert_true(gap_add(&s, 3, 0.4, 4, 4, 1));
	struct gap_figures before = gap_figures(&s);
	assert_false(gap_add(&s, NAN, 0.4, 4, 4, 1));
	assert_false(gap_add(&s, 3, -0.4, 4, 4, 1));
	assert_false(gap_add(&s, 3, INFINITY, 4, 4, 1));
	assert_false(gap_add(&s, 3, 0.4, NAN, 4, 1));
	assert_false(gap_add(&s, 3, 0.4, 4, INFINITY, 1));
	assert_false(gap_add(&s, 3, 0.4, 4, 4, -1));
	struct gap_figures after = gap_figures(&s);
	assert_int_equal(after.known, before.known);
	assert_near(after.weighted_gap, before.weighted_gap, 0);
	assert_near(after.expected_at_target, before.expected_at_target, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_is_below_by_so_much),
		cmocka_unit_test(a_unit_is_the_sum_of_its_people),
		cmocka_unit_test(a_parent_is_the_sum_of_its_units),
		cmocka_unit_test(nobody_known_is_zero_of_zero),
		cmocka_unit_test(the_interval_holds_four_in_five),
		cmocka_unit_test(the_spread_agrees_with_the_target),
		cmocka_unit_test(impossible_people_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
