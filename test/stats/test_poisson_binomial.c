/* test_poisson_binomial.c - against every outcome counted, against the binomial, against the full convolution. */
#include "near.h"
#include "seeded.h"
#include "stats/poisson_binomial.h"
#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <stdlib.h>

static void of_people(struct poisson_binomial *d, const double *p, size_t n)
{
	poisson_binomial_start(d);
	for (size_t i = 0; i < n; i++)
		assert_true(poisson_binomial_add(d, p[i]));
}

static void every_outcome_agrees(void **state)
{
	(void)state;
	uint64_t seed = 2;
	for (int trial = 0; trial < 50; trial++) {
		double p[12], of[13] = { 0 };
		size_t n = (size_t)seeded_below(&seed, 13);
		for (size_t i = 0; i < n; i++)
			p[i] = trial % 5 == 0 ? (double)seeded_below(&seed, 3) / 2 : seeded_unit(&seed);
		for (unsigned outcome = 0; outcome < 1u << n; outcome++) {
			double chance = 1;
			for (size_t i = 0; i < n; i++)
				chance *= outcome >> i & 1 ? p[i] : 1 - p[i];
			of[__builtin_popcount(outcome)] += chance;
		}
		struct poisson_binomial d;
		of_people(&d, p, n);
		double sum = 0, mean = 0;
		for (size_t k = 0; k <= n; k++) {
			sum += of[k];
			mean += of[k] * (double)k;
			assert_near(poisson_binomial_cdf(&d, (int64_t)k), sum, 1e-14);
		}
		assert_near(d.mean, mean, 1e-13);
		assert_near(poisson_binomial_cdf(&d, -1), 0, 0);
	}
}

static void equal_chances_are_binomial(void **state)
{
	(void)state;
	double p[700];
	for (size_t i = 0; i < 700; i++)
		p[i] = 0.3;
	struct poisson_binomial d;
	of_people(&d, p, 700);
	assert_true(d.cells > 0);
	for (unsigned k = 0; k < 700; k += 7)
		assert_near(poisson_binomial_cdf(&d, k), gsl_cdf_binomial_P(k, 0.3, 700), 1e-12);
}

/* The whole distribution by plain convolution, for any number of people. */
static double *convolution(const double *p, size_t n)
{
	double *of = calloc(n + 1, sizeof *of);
	assert_non_null(of);
	of[0] = 1;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = i + 1; k > 0; k--)
			of[k] = of[k] * (1 - p[i]) + of[k - 1] * p[i];
		of[0] *= 1 - p[i];
	}
	return of;
}

static double largest_error(const struct poisson_binomial *d, const double *p, size_t n)
{
	double *of = convolution(p, n), sum = 0, worst = 0;
	for (size_t k = 0; k <= n; k++) {
		sum += of[k];
		worst = fmax(worst, fabs(poisson_binomial_cdf(d, (int64_t)k) - sum));
	}
	free(of);
	return worst;
}

/* Chances of three shapes: anything, mostly small, mostly at the ends. */
static double chance(uint64_t *seed, int shape)
{
	double u = seeded_unit(seed);
	return shape == 0 ? u : shape == 1 ? pow(u, 6) : u < 0.5 ? u * u : 1 - (1 - u) * (1 - u);
}

static void narrow_distributions_are_exact(void **state)
{
	(void)state;
	uint64_t seed = 3;
	static double p[1000];
	for (int shape = 0; shape < 3; shape++)
		for (size_t n = 1; n <= 1000; n = n * 3 + 1) {
			struct poisson_binomial d;
			for (size_t i = 0; i < n; i++)
				p[i] = chance(&seed, shape);
			of_people(&d, p, n);
			assert_true(d.cells > 0);
			assert_true(largest_error(&d, p, n) < 1e-14);
		}
}

static void wide_distributions_are_close(void **state)
{
	(void)state;
	uint64_t seed = 4;
	static double p[14000];
	double worst = 0;
	for (int shape = 0; shape < 4; shape++)
		for (int trial = 0; trial < (shape < 3 ? 4 : 1); trial++) {
			struct poisson_binomial d;
			size_t n = 0;
			poisson_binomial_start(&d);
			while (d.variance <= POISSON_BINOMIAL_EXACT) {       /* the first one beyond the border is the worst */
				p[n] = shape == 3 ? 0.02 : chance(&seed, shape);
				poisson_binomial_add(&d, p[n++]);
			}
			worst = fmax(worst, largest_error(&d, p, n));
		}
	print_message("largest error of the corrected normal at its border: %.1e\n", worst);
	assert_true(worst > 1e-14 && worst < 1e-4);
}

static void quantiles_are_the_smallest_that_suffice(void **state)
{
	(void)state;
	uint64_t seed = 5;
	for (int trial = 0; trial < 100; trial++) {
		struct poisson_binomial d;
		poisson_binomial_start(&d);
		for (int64_t n = seeded_below(&seed, 60); n > 0; n--)
			poisson_binomial_add(&d, seeded_unit(&seed));
		for (int percent = 5; percent < 100; percent += 5) {
			double q = percent / 100.0;
			int64_t k = poisson_binomial_quantile(&d, q);
			assert_true(poisson_binomial_cdf(&d, k) >= q - 1e-12);
			assert_true(poisson_binomial_cdf(&d, k - 1) < q);
		}
	}
	struct poisson_binomial coin;
	of_people(&coin, (const double[]){ 0.5 }, 1);
	assert_int_equal(poisson_binomial_quantile(&coin, 0.5), 0);
	assert_int_equal(poisson_binomial_quantile(&coin, 0.500001), 1);

	struct poisson_binomial likely;                          /* 1 - .9 is a little less than .1, but it is meant to be .1 */
	of_people(&likely, (const double[]){ 0.9 }, 1);
	assert_int_equal(poisson_binomial_quantile(&likely, 0.1), 0);

	struct poisson_binomial many;
	poisson_binomial_start(&many);
	for (int i = 0; i < 100000; i++)
		poisson_binomial_add(&many, 0.5);
	assert_int_equal(poisson_binomial_quantile(&many, 0.1), 49797);      /* the exact sums pass .1 and .9 here */
	assert_int_equal(poisson_binomial_quantile(&many, 0.9), 50203);
}

static void a_parent_is_made_of_its_children(void **state)
{
	(void)state;
	uint64_t seed = 12;
	const size_t sizes[][2] = { { 0, 0 }, { 0, 7 }, { 1, 1 }, { 20, 300 }, { 765, 765 }, { 767, 775 }, { 1500, 3 }, { 3000, 5 } };
	for (size_t trial = 0; trial < sizeof sizes / sizeof *sizes; trial++)
		for (int shape = 0; shape < 3; shape++) {
			struct poisson_binomial all, child[2];
			poisson_binomial_start(&all);
			for (size_t c = 0; c < 2; c++) {
				poisson_binomial_start(&child[c]);
				for (size_t i = 0; i < sizes[trial][c]; i++) {
					double p = chance(&seed, shape);
					poisson_binomial_add(&child[c], p);
					poisson_binomial_add(&all, p);
				}
			}
			poisson_binomial_add_all(&child[0], &child[1]);
			assert_int_equal(child[0].people, all.people);
			assert_near(child[0].mean, all.mean, 1e-9);
			assert_int_equal(child[0].cells > 0, all.cells > 0);
			for (int64_t k = -1; k <= all.people; k++)
				assert_near(poisson_binomial_cdf(&child[0], k), poisson_binomial_cdf(&all, k), 1e-12);
			assert_true(poisson_binomial_add(&child[0], 0.5) && poisson_binomial_add(&all, 0.5));      /* and one can go on */
			assert_near(poisson_binomial_cdf(&child[0], (int64_t)all.mean), poisson_binomial_cdf(&all, (int64_t)all.mean), 1e-12);
		}
	for (int percent = 1; percent < 100; percent += 7) {           /* two halves of the widest that is exact: the cells must suffice */
		double p = percent / 100.0;
		struct poisson_binomial half, other;
		poisson_binomial_start(&half);
		while (half.variance + p * (1 - p) <= POISSON_BINOMIAL_EXACT / 2)
			poisson_binomial_add(&half, p);
		other = half;
		poisson_binomial_add_all(&half, &other);
		assert_true(half.cells > 0);
	}
}

static void certainty_is_certain(void **state)
{
	(void)state;
	struct poisson_binomial d;
	poisson_binomial_start(&d);
	assert_int_equal(poisson_binomial_quantile(&d, 0.9), 0);
	for (int i = 0; i < 5000; i++)
		poisson_binomial_add(&d, i < 3000);
	assert_int_equal(d.cells, 1);
	assert_int_equal(poisson_binomial_quantile(&d, 0.1), 3000);
	assert_int_equal(poisson_binomial_quantile(&d, 0.9), 3000);
	assert_near(poisson_binomial_cdf(&d, 2999), 0, 0);
}

static void impossible_chances_are_refused(void **state)
{
	(void)state;
	struct poisson_binomial d;
	of_people(&d, (const double[]){ 0.2, 0.7 }, 2);
	struct poisson_binomial before = d;
	const double bad[] = { -1e-9, 1.0000001, NAN, INFINITY };
	for (size_t i = 0; i < 4; i++)
		assert_false(poisson_binomial_add(&d, bad[i]));
	assert_memory_equal(&d, &before, offsetof(struct poisson_binomial, cell));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_outcome_agrees),
		cmocka_unit_test(equal_chances_are_binomial),
		cmocka_unit_test(narrow_distributions_are_exact),
		cmocka_unit_test(wide_distributions_are_close),
		cmocka_unit_test(quantiles_are_the_smallest_that_suffice),
		cmocka_unit_test(a_parent_is_made_of_its_children),
		cmocka_unit_test(certainty_is_certain),
		cmocka_unit_test(impossible_chances_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
