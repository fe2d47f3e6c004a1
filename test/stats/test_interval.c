/* test_interval.c - shares and means against R, the finite population, and the normal they stand on. */
#include "near.h"
#include "stats/interval.h"
#include "vectors.h"

static void assert_interval(struct interval got, const json_t *expected)
{
	assert_near(got.low, vectors_item(expected, 0), 1e-10);
	assert_near(got.high, vectors_item(expected, 1), 1e-10);
}

static void reference_is_met(void **state)
{
	(void)state;
	json_t *v = vectors_read("survey/means_enps.json"), *one;
	const char *name;
	size_t seen = 0;
	json_object_foreach(v, name, one) {
		int64_t n = json_integer_value(json_object_get(one, "n")), hits = json_integer_value(json_object_get(one, "favourable_ge8"));
		assert_interval(interval_share(hits, n, 0, 0.95), json_object_get(one, "wilson95_favourable"));
		assert_interval(interval_mean(vectors_number(one, "mean"), vectors_number(one, "sd"), n, 0, 0.95), json_object_get(one, "t95"));
		seen++;
	}
	assert_int_equal(seen, 3);
	json_decref(v);
}

static void knowing_everybody_leaves_no_doubt(void **state)
{
	(void)state;
	struct interval all = interval_share(7, 10, 10, 0.8);
	assert_near(all.low, 0.7, 1e-15);
	assert_near(all.high, 0.7, 1e-15);
	struct interval mean = interval_mean(3.5, 1, 10, 10, 0.8);
	assert_near(mean.high - mean.low, 0, 0);

	struct interval unknown = interval_mean(3.5, 1, 36, 0, 0.95), most = interval_mean(3.5, 1, 36, 100, 0.95);
	assert_near((most.high - most.low) / (unknown.high - unknown.low), 0.8, 1e-14);      /* sqrt(1 - .36) */
	struct interval share = interval_share(20, 36, 100, 0.95), wide = interval_share(20, 36, 0, 0.95);
	assert_true(share.low > wide.low && share.high < wide.high);
}

static void the_ends_are_sensible(void **state)
{
	(void)state;
	struct interval nobody = interval_share(0, 0, 40, 0.95), zero = interval_share(0, 8, 0, 0.95), full = interval_share(8, 8, 0, 0.95);
	assert_near(nobody.low, 0, 0);
	assert_near(nobody.high, 1, 0);
	assert_near(zero.low, 0, 0);
	assert_near(zero.high, 1 - full.low, 1e-15);
	assert_near(full.high, 1, 0);
}

static void impossible_numbers_have_no_interval(void **state)
{
	(void)state;
	assert_true(isnan(interval_share(9, 8, 0, 0.95).low));
	assert_true(isnan(interval_share(-1, 8, 0, 0.95).low));
	assert_true(isnan(interval_share(1, 8, 7, 0.95).low));
	assert_true(isnan(interval_share(1, 8, 0, 1).low));
	assert_true(isnan(interval_share(1, 8, 0, NAN).high));
	assert_true(isnan(interval_mean(1, 1, 1, 0, 0.95).low));
	assert_true(isnan(interval_mean(NAN, 1, 5, 0, 0.95).low));
	assert_true(isnan(interval_mean(1, -1, 5, 0, 0.95).low));
}

static void the_normal_is_the_normal(void **state)
{
	(void)state;
	assert_near(normal_cdf(0), 0.5, 0);
	assert_near(normal_cdf(-10) / 7.6198530241605261e-24, 1, 1e-12);
	assert_near(normal_quantile(0.9), 1.2815515655446004, 1e-14);
	assert_true(isinf(normal_quantile(1)) && isnan(normal_quantile(1.1)) && isnan(normal_quantile(NAN)));
	for (int i = 1; i < 1000; i += 13)
		assert_near(normal_cdf(normal_quantile(i / 1000.0)), i / 1000.0, 1e-14);
	struct interval one = normal_interval(3, 0.25, SHOWN_SHARE), point = normal_interval(3, 0, SHOWN_SHARE);
	assert_near(one.high - 3, 0.6407757827723002, 1e-14);
	assert_near(one.low + one.high, 6, 1e-14);
	assert_near(point.low, 3, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_is_met),
		cmocka_unit_test(knowing_everybody_leaves_no_doubt),
		cmocka_unit_test(the_ends_are_sensible),
		cmocka_unit_test(impossible_numbers_have_no_interval),
		cmocka_unit_test(the_normal_is_the_normal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
