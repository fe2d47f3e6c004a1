/* test_sides.c - one scale for several sides: the middle is each one's own threshold, and a contradiction is more than chance. */
#include "near.h"
#include "seeded.h"
#include "stats/interval.h"
#include "stats/sides.h"

static struct side said(double share, double low, double high, double threshold, double weight)
{
	return (struct side){ true, share, low, high, threshold, weight, false };
}

static void a_threshold_is_the_middle(void **state)
{
	(void)state;
	struct side s = said(.2, .1, .6, .2, 1);
	struct side_place p = side_place(&s);
	assert_near(p.at, 50, 1e-12);
	assert_near(p.low, 25, 1e-12);
	assert_near(p.high, 75, 1e-12);
	assert_int_equal(p.sees, SIDE_UNSURE);
	s = said(0, 0, .1, .3, 1);
	p = side_place(&s);
	assert_near(p.at, 0, 0);
	assert_int_equal(p.sees, SIDE_NONE);
	s = said(1, .9, 1, .3, 1);
	p = side_place(&s);
	assert_near(p.at, 100, 0);
	assert_int_equal(p.sees, SIDE_NEED);
	/* An interval that ends right at the middle says nothing clearly. */
	s = said(.4, .3, .5, .3, 1);
	assert_int_equal(side_place(&s).sees, SIDE_UNSURE);
}

static void the_sum_is_by_weight(void **state)
{
	(void)state;
	/* Places 80 (70 to 90) and 30 (20 to 40), weights 3 and 1: 67.5; error (3 x 10)^2 + 10^2 over 4^2. */
	struct side two[] = { said(.8, .7, .9, .5, 3), said(.3, .2, .4, .5, 1), { 0 } };
	struct side_place places[3];
	struct sides s = sides_together(two, 3, places);
	assert_int_equal(s.speaking, 2);
	assert_near(s.at, 67.5, 1e-12);
	assert_near(s.high - s.at, sqrt(900 + 100) / 4, 1e-12);
	assert_near(s.at - s.low, sqrt(900 + 100) / 4, 1e-12);
	assert_int_equal(s.verdict, SIDES_CONTRADICT);
	assert_int_equal(places[2].sees, SIDE_SILENT);
	/* Without weight a side is compared, and does not count in the sum. */
	two[1].weight = 0;
	s = sides_together(two, 3, NULL);
	assert_near(s.at, 80, 1e-12);
	assert_int_equal(s.verdict, SIDES_CONTRADICT);
	two[0].weight = 0;
	assert_true(isnan(sides_together(two, 3, NULL).at));
}

static void every_verdict(void **state)
{
	(void)state;
	struct side need = said(.8, .7, .9, .5, 1), none = said(.2, .1, .3, .5, 1), unsure = said(.5, .3, .7, .5, 1), silent = { 0 };
	struct { struct side all[3]; enum sides_verdict verdict; } cases[] = {
		{ { silent, silent, silent }, SIDES_SILENT }, { { unsure, silent, unsure }, SIDES_UNSURE }, { { need, silent, unsure }, SIDES_ALONE_NEED },
		{ { none, silent, unsure }, SIDES_ALONE_NONE }, { { need, unsure, need }, SIDES_NEED }, { { none, none, none }, SIDES_NONE },
		{ { need, need, none }, SIDES_CONTRADICT } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(sides_together(cases[i].all, 3, NULL).verdict, cases[i].verdict);
}

/* Of a hundred who left nobody named it: they were not asked, so that contradicts nobody. */
static void not_naming_is_not_denying(void **state)
{
	(void)state;
	struct side all[] = { said(.8, .7, .9, .5, 1), said(.01, 0, .05, .15, 1) };
	assert_int_equal(sides_together(all, 2, NULL).verdict, SIDES_CONTRADICT);
	all[1].names_only = true;
	assert_int_equal(sides_together(all, 2, NULL).verdict, SIDES_ALONE_NEED);
	all[1] = said(.5, .3, .7, .15, 1);
	all[1].names_only = true;
	assert_int_equal(sides_together(all, 2, NULL).verdict, SIDES_NEED);
}

static void impossible_numbers_are_silent(void **state)
{
	(void)state;
	struct side wrong[] = { said(.5, .6, .7, .5, 1), said(.5, .4, .45, .5, 1), said(.5, .4, .6, 0, 1), said(.5, .4, .6, 1, 1), said(.5, -.1, .6, .5, 1), said(.5, .4, 1.1, .5, 1),
		said(NAN, .4, .6, .5, 1), said(.5, NAN, .6, .5, 1), said(.5, .4, .6, .5, -1), said(.5, .4, .6, .5, INFINITY) };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_int_equal(side_place(&wrong[i]).sees, SIDE_SILENT);
	struct sides s = sides_together(wrong, sizeof wrong / sizeof wrong[0], NULL);
	assert_int_equal(s.verdict, SIDES_SILENT);
	assert_true(isnan(s.at) && isnan(s.low) && isnan(s.high));
}

static struct side drawn(uint64_t *seed, int n, double chance, double threshold)
{
	int hits = 0;
	for (int i = 0; i < n; i++)
		hits += seeded_unit(seed) < chance;
	struct interval i = interval_share(hits, n, 0, .95);
	return said((double)hits / n, i.low, i.high, threshold, 1);
}

/* Four sides that all stand right at their thresholds: a contradiction is then chance, and rare; where two really differ it is found. */
static void a_contradiction_is_rarely_chance(void **state)
{
	(void)state;
	uint64_t seed = 11;
	int false_ones = 0, found = 0;
	enum { DRAWS = 4000 };
	for (int d = 0; d < DRAWS; d++) {
		struct side same[] = { drawn(&seed, 170, .5, .5), drawn(&seed, 60, .3, .3), drawn(&seed, 12, .15, .15), drawn(&seed, 25, .4, .4) };
		false_ones += sides_together(same, 4, NULL).verdict == SIDES_CONTRADICT;
		struct side differ[] = { drawn(&seed, 170, .32, .5), drawn(&seed, 25, .8, .4) };
		found += sides_together(differ, 2, NULL).verdict == SIDES_CONTRADICT;
	}
	assert_true(false_ones <= DRAWS * 2 / 100);
	assert_true(found >= DRAWS * 90 / 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_threshold_is_the_middle),
		cmocka_unit_test(the_sum_is_by_weight),
		cmocka_unit_test(every_verdict),
		cmocka_unit_test(not_naming_is_not_denying),
		cmocka_unit_test(impossible_numbers_are_silent),
		cmocka_unit_test(a_contradiction_is_rarely_chance),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
