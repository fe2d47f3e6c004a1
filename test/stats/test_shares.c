/* test_shares.c - shares and their intervals against mpmath, and how they behave where little is known. */
#include "near.h"
#include "stats/shares.h"
#include "vectors.h"

static void numbers(const json_t *of, const char *key, double *out)
{
	const json_t *all = json_object_get(of, key);
	for (size_t i = 0; i < json_array_size(all); i++)
		out[i] = vectors_item(all, i);
}

static void reference_is_met(void **state)
{
	(void)state;
	json_t *v = vectors_read("shares/dirichlet.json"), *one;
	double tolerance = vectors_number(v, "tolerance");
	size_t i, seen = 0;
	json_array_foreach(json_object_get(v, "cases"), i, one) {
		double pieces[SHARES_KINDS_MAX], prior[SHARES_KINDS_MAX], share[SHARES_KINDS_MAX], low[SHARES_KINDS_MAX], high[SHARES_KINDS_MAX], sum = 0;
		struct shares_part got[SHARES_KINDS_MAX];
		size_t count = json_array_size(json_object_get(one, "pieces"));
		numbers(one, "pieces", pieces);
		numbers(one, "prior", prior);
		numbers(one, "share", share);
		numbers(one, "low", low);
		numbers(one, "high", high);
		assert_true(shares_of(pieces, prior, count, vectors_number(one, "confidence"), got));
		for (size_t k = 0; k < count; k++) {
			assert_near(got[k].share, share[k], 1e-14);
			assert_near(got[k].interval.low, low[k], tolerance);
			assert_near(got[k].interval.high, high[k], tolerance);
			sum += got[k].share;
		}
		assert_near(sum, 1, 1e-14);
		seen++;
	}
	assert_int_equal(seen, 8);
	json_decref(v);
}

static const double prior[3] = { .7, .2, .1 };

/* Ten times as much of the same says the same, more surely; nothing at all says the prior, hardly. */
static void more_of_the_same_is_surer(void **state)
{
	(void)state;
	const double few[3] = { 3, 5, 2 }, many[3] = { 30, 50, 20 }, none[3] = { 0 };
	struct shares_part a[3], b[3], c[3];
	assert_true(shares_of(few, prior, 3, .8, a) && shares_of(many, prior, 3, .8, b) && shares_of(none, prior, 3, .8, c));
	for (int i = 0; i < 3; i++) {
		assert_true(b[i].interval.high - b[i].interval.low < (a[i].interval.high - a[i].interval.low) * .45);
		assert_true(a[i].interval.low < a[i].share && a[i].share < a[i].interval.high);
		assert_near(c[i].share, prior[i], 1e-15);
	}
	assert_true(c[0].interval.low < .2 && c[0].interval.high > .99);
	/* One moment of a kind outweighs what was believed before. */
	const double course[3] = { 0, 0, 2 };
	assert_true(shares_of(course, prior, 3, .8, a));
	assert_true(a[2].share > .65);
}

static void pieces_and_distance(void **state)
{
	(void)state;
	assert_near(shares_pieces(10, 10), 10, 0);                        /* ten of one hour */
	assert_near(shares_pieces(8 + 5, 64 + 20 * .0625), 13 * 13 / 65.25, 1e-14);      /* a day and twenty quarters: 2.6, not 21 */
	assert_near(shares_pieces(0, 0), 0, 0);
	const double a[3] = { .2, .3, .5 }, b[3] = { .7, .2, .1 };
	assert_near(shares_distance(a, b, 3), .5, 1e-15);
	assert_near(shares_distance(a, a, 3), 0, 0);
}

static void impossible_numbers_are_refused(void **state)
{
	(void)state;
	struct shares_part out[3] = { { 9, { 9, 9 } } };
	const double ok[3] = { 1, 1, 1 }, less[3] = { 1, -1, 1 }, nan[3] = { 1, NAN, 1 }, zero[3] = { 1, 0, 1 };
	assert_false(shares_of(less, prior, 3, .8, out));
	assert_false(shares_of(nan, prior, 3, .8, out));
	assert_false(shares_of(ok, zero, 3, .8, out));
	assert_false(shares_of(ok, prior, 1, .8, out));
	assert_false(shares_of(ok, prior, SHARES_KINDS_MAX + 1, .8, out));
	assert_false(shares_of(ok, prior, 3, 1, out));
	assert_false(shares_of(ok, prior, 3, NAN, out));
	assert_near(out[0].share, 9, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(reference_is_met), cmocka_unit_test(more_of_the_same_is_surer), cmocka_unit_test(pieces_and_distance),
		cmocka_unit_test(impossible_numbers_are_refused) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
