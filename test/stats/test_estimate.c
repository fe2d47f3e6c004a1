/* test_estimate.c - the recursion against the reference and against the batch solution of the same Gaussian model. */
#include "near.h"
#include "seeded.h"
#include "stats/estimate.h"
#include "vectors.h"
#include <gsl/gsl_linalg.h>

static const struct estimate_policy reference = {
	.prior_mean = 2.5, .prior_variance = 1, .base = 1, .half_life_days = 540, .variance_per_day = 0.002,
};
static const struct observation four[] = {
	{ .day = 0, .level = 3.0, .bias = 0.35, .variance = 0.64 },
	{ .day = 10, .level = 2.5, .bias = 0, .variance = 0.36 },
	{ .day = 12, .level = 2.8, .bias = 0.15, .variance = 0.49 },
	{ .day = 60, .level = 3.4, .bias = 0, .variance = 0.16 },
};

static void reference_is_met(void **state)
{
	(void)state;
	json_t *v = vectors_read("skills/ou_kalman.json"), *prior = json_object_get(v, "prior"), *given = json_object_get(v, "obs(t,y,bias,var)");
	struct estimate_policy p = {
		.prior_mean = vectors_item(prior, 0), .prior_variance = vectors_item(prior, 1), .base = vectors_number(v, "base"),
		.half_life_days = vectors_number(v, "half_life_days"), .variance_per_day = vectors_number(v, "q_per_day"),
	};
	struct observation o[4];
	assert_int_equal(json_array_size(given), 4);
	for (size_t i = 0; i < 4; i++) {
		json_t *row = json_array_get(given, i);
		o[i] = (struct observation){ vectors_item(row, 0), vectors_item(row, 1), vectors_item(row, 2), vectors_item(row, 3) };
	}
	struct estimate e;
	assert_int_equal(estimate_of(&p, o, 4, vectors_number(v, "now"), &e), ESTIMATE_OK);
	assert_near(e.mean, vectors_number(v, "mean"), 1e-12);
	assert_near(e.variance, vectors_number(v, "var"), 1e-12);
	assert_near(e.day, 180, 0);
	json_decref(v);
}

/* The drifting level as one Gaussian vector over all days: given its covariance, the answer is one regression. */
static struct estimate batch(const struct estimate_policy *p, const struct observation *o, size_t n, double now)
{
	double start = o[0].day, c = isinf(p->half_life_days) ? 0 : M_LN2 / p->half_life_days;
	gsl_matrix *s = gsl_matrix_alloc(n, n);
	gsl_vector *k = gsl_vector_alloc(n), *off = gsl_vector_alloc(n), *solved = gsl_vector_alloc(n);
	for (size_t i = 0; i <= n; i++) {
		double t = (i < n ? o[i].day : now) - start;
		double mean = p->base + exp(-c * t) * (p->prior_mean - p->base);
		if (i < n)
			gsl_vector_set(off, i, o[i].level - o[i].bias - mean);
		for (size_t j = 0; j < n; j++) {
			double u = o[j].day - start, first = fmin(t, u);
			double wandered = c == 0 ? p->variance_per_day * first
				: p->variance_per_day / (2 * c) * (exp(-c * fabs(t - u)) - exp(-c * (t + u)));
			double cov = exp(-c * (t + u)) * p->prior_variance + wandered;
			if (i < n)
				gsl_matrix_set(s, i, j, cov + (i == j ? o[i].variance : 0));
			else
				gsl_vector_set(k, j, cov);
		}
	}
	double t = now - start, own = exp(-2 * c * t) * p->prior_variance
		+ (c == 0 ? p->variance_per_day * t : p->variance_per_day * (1 - exp(-2 * c * t)) / (2 * c));
	struct estimate e = { p->base + exp(-c * t) * (p->prior_mean - p->base), own, now };
	gsl_linalg_cholesky_decomp1(s);
	gsl_linalg_cholesky_solve(s, off, solved);
	for (size_t i = 0; i < n; i++)
		e.mean += gsl_vector_get(k, i) * gsl_vector_get(solved, i);
	gsl_linalg_cholesky_solve(s, k, solved);
	for (size_t i = 0; i < n; i++)
		e.variance -= gsl_vector_get(k, i) * gsl_vector_get(solved, i);
	gsl_matrix_free(s);
	gsl_vector_free(k);
	gsl_vector_free(off);
	gsl_vector_free(solved);
	return e;
}

static void batch_solution_agrees(void **state)
{
	(void)state;
	uint64_t seed = 1;
	for (int trial = 0; trial < 200; trial++) {
		struct observation o[12] = { 0 };
		size_t n = 1 + (size_t)seeded_below(&seed, 12);
		double day = (double)seeded_below(&seed, 20000);
		for (size_t i = 0; i < n; i++) {
			o[i] = (struct observation){ day, 1 + 4 * seeded_unit(&seed), seeded_unit(&seed) - 0.5, 0.05 + seeded_unit(&seed) };
			day += (double)seeded_below(&seed, 4) * 40;      /* one in four on the same day */
		}
		struct estimate_policy p = {
			.prior_mean = 1 + 4 * seeded_unit(&seed), .prior_variance = 0.1 + 2 * seeded_unit(&seed), .base = 1 + seeded_unit(&seed),
			.half_life_days = trial % 2 ? INFINITY : 30 + 2000 * seeded_unit(&seed), .variance_per_day = 0.01 * seeded_unit(&seed),
		};
		struct estimate e, b = batch(&p, o, n, day + 30);
		assert_int_equal(estimate_of(&p, o, n, day + 30, &e), ESTIMATE_OK);
		assert_near(e.mean, b.mean, 1e-11);
		assert_near(e.variance, b.variance, 1e-11);
	}
}

static void endless_half_life_only_widens(void **state)
{
	(void)state;
	struct estimate_policy p = reference;
	p.half_life_days = INFINITY;
	struct estimate e = estimate_predict(&p, (struct estimate){ 3.25, 0.5, 100 }, 1100);
	assert_near(e.mean, 3.25, 0);
	assert_near(e.variance, 0.5 + 2, 1e-15);

	p.half_life_days = 1e13;                 /* a very long one comes to the same, without losing digits */
	struct estimate nearly = estimate_predict(&p, (struct estimate){ 3.25, 0.5, 100 }, 1100);
	assert_near(nearly.mean, e.mean, 1e-9);
	assert_near(nearly.variance, e.variance, 1e-9);

	struct estimate earlier = estimate_predict(&p, e, 5);
	assert_near(earlier.day, 1100, 0);
	assert_near(earlier.variance, e.variance, 0);
}

static void a_level_drops_by_half_in_a_half_life(void **state)
{
	(void)state;
	struct estimate e = estimate_predict(&reference, (struct estimate){ 5, 0.4, 0 }, 540);
	assert_near(e.mean, 3, 1e-14);
	assert_near(e.variance, 0.1 + 0.002 * 0.75 * 540 / (2 * M_LN2), 1e-14);
}

static void order_within_a_day_makes_no_difference(void **state)
{
	(void)state;
	struct observation one[] = { four[0], four[1], four[2] }, other[] = { four[2], four[0], four[1] };
	for (size_t i = 0; i < 3; i++)
		one[i].day = other[i].day = 7;
	struct estimate e, f;
	assert_int_equal(estimate_of(&reference, one, 3, 20, &e), ESTIMATE_OK);
	assert_int_equal(estimate_of(&reference, other, 3, 20, &f), ESTIMATE_OK);
	assert_near(e.mean, f.mean, 1e-14);
	assert_near(e.variance, f.variance, 1e-14);
}

static void an_exact_observation_settles_it(void **state)
{
	(void)state;
	struct observation exact[] = {
		{ .day = 3, .level = 4, .variance = 0 }, { .day = 3, .level = 1, .variance = 0.5 }, { .day = 3, .level = 2, .bias = 0.5, .variance = 0 },
	};
	struct estimate e;
	assert_int_equal(estimate_of(&reference, exact, 2, 3, &e), ESTIMATE_OK);
	assert_near(e.mean, 4, 0);
	assert_near(e.variance, 0, 0);
	assert_int_equal(estimate_of(&reference, exact, 3, 3, &e), ESTIMATE_OK);      /* two that contradict: the last */
	assert_near(e.mean, 1.5, 0);
}

static void what_is_later_was_not_said_yet(void **state)
{
	(void)state;
	struct estimate all, two;
	assert_int_equal(estimate_of(&reference, four, 4, 11, &all), ESTIMATE_OK);
	assert_int_equal(estimate_of(&reference, four, 2, 11, &two), ESTIMATE_OK);
	assert_memory_equal(&all, &two, sizeof all);
	assert_int_equal(estimate_of(&reference, four, 4, -1, &all), ESTIMATE_NOT_KNOWN);
	assert_int_equal(estimate_of(&reference, NULL, 0, 11, &all), ESTIMATE_NOT_KNOWN);
	assert_memory_equal(&all, &two, sizeof all);
}

static void what_is_impossible_is_refused(void **state)
{
	(void)state;
	struct estimate e = { 1, 2, 3 }, before = e;
	struct observation o[4];
	for (int field = 0; field < 6; field++) {
		for (size_t i = 0; i < 4; i++)
			o[i] = four[i];
		double *of[] = { &o[1].day, &o[1].level, &o[1].bias, &o[1].variance, &o[1].variance, &o[1].level };
		double bad[] = { NAN, NAN, INFINITY, NAN, -0.1, -INFINITY };
		*of[field] = bad[field];
		assert_int_equal(estimate_of(&reference, o, 4, 180, &e), ESTIMATE_BAD_OBSERVATION);
	}
	assert_int_equal(estimate_of(&reference, four, 4, NAN, &e), ESTIMATE_BAD_OBSERVATION);

	struct observation unsorted[] = { four[1], four[0] };
	assert_int_equal(estimate_of(&reference, unsorted, 2, 180, &e), ESTIMATE_OUT_OF_ORDER);

	for (int field = 0; field < 5; field++) {
		struct estimate_policy p = reference;
		double *of[] = { &p.prior_mean, &p.prior_variance, &p.half_life_days, &p.half_life_days, &p.variance_per_day };
		double bad[] = { NAN, -1, 0, NAN, -0.001 };
		*of[field] = bad[field];
		assert_int_equal(estimate_of(&p, four, 4, 180, &e), ESTIMATE_BAD_POLICY);
	}
	assert_memory_equal(&e, &before, sizeof e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_is_met),
		cmocka_unit_test(batch_solution_agrees),
		cmocka_unit_test(endless_half_life_only_widens),
		cmocka_unit_test(a_level_drops_by_half_in_a_half_life),
		cmocka_unit_test(order_within_a_day_makes_no_difference),
		cmocka_unit_test(an_exact_observation_settles_it),
		cmocka_unit_test(what_is_later_was_not_said_yet),
		cmocka_unit_test(what_is_impossible_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
