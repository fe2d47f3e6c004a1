/* test_cholesky.c - factor, solve and invert against plain multiplication, at every size around a tile and a band. */
#include "near.h"
#include "seeded.h"
#include "stats/cholesky.h"
#include <stdlib.h>
#include <string.h>

/* B B' + I with random B, padded by the identity: well conditioned, nothing zero. */
static double *random_matrix(uint64_t *seed, size_t n, size_t stride)
{
	size_t order = cholesky_padded(n);
	double *b = calloc(n * n, sizeof *b), *a = calloc(order * stride, sizeof *a);
	assert_true(a && b);
	for (size_t i = 0; i < n * n; i++)
		b[i] = seeded_unit(seed) - 0.5;
	for (size_t i = 0; i < order; i++) {
		for (size_t j = 0; j < stride; j++)
			a[i * stride + j] = j > i ? (double)NAN : (double)(i == j);                    /* above the diagonal nothing may be read */
		for (size_t j = 0; j <= i && i < n; j++)
			for (size_t k = 0; k < n; k++)
				a[i * stride + j] += b[i * n + k] * b[j * n + k];
	}
	free(b);
	return a;
}

static double symmetric(const double *a, size_t stride, size_t i, size_t j)
{
	return i >= j ? a[i * stride + j] : a[j * stride + i];
}

static void sizes_around_tiles_and_bands(void **state)
{
	(void)state;
	uint64_t seed = 11;
	const size_t sizes[] = { 1, 3, 4, 5, 31, 32, 33, 36, 64, 97, 150 };
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		size_t n = sizes[s], order = cholesky_padded(n), stride = order + 8 * (s % 2);
		double *a = random_matrix(&seed, n, stride), *l = malloc(order * stride * sizeof *l), *scratch = calloc(order * stride, sizeof *scratch);
		double *x = calloc(order, sizeof *x), *b = calloc(order, sizeof *b);
		assert_true(l && scratch && x && b);
		memcpy(l, a, order * stride * sizeof *l);
		assert_true(cholesky_factor(l, stride, order));
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j <= i; j++) {
				double sum = 0;
				for (size_t k = 0; k <= j; k++)
					sum += l[i * stride + k] * l[j * stride + k];
				assert_near(sum, a[i * stride + j], 1e-12);
			}
		for (size_t i = 0; i < n; i++)
			x[i] = b[i] = seeded_normal(&seed);
		cholesky_forward(l, stride, order, x);
		cholesky_backward(l, stride, order, x);
		for (size_t i = 0; i < n; i++) {
			double sum = 0;
			for (size_t j = 0; j < n; j++)
				sum += symmetric(a, stride, i, j) * x[j];
			assert_near(sum, b[i], 1e-11);
		}
		cholesky_invert(l, stride, order, scratch);
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++) {
				double sum = 0;
				for (size_t k = 0; k < n; k++)
					sum += symmetric(a, stride, i, k) * symmetric(l, stride, k, j);
				assert_near(sum, i == j, 1e-11);
			}
		free(a);
		free(l);
		free(scratch);
		free(x);
		free(b);
	}
}

static void determinant_is_that_of_a_known_matrix(void **state)
{
	(void)state;
	/* Tridiagonal 2, -1: the determinant of order n is n + 1. */
	double a[16 * 16] = { 0 };
	for (size_t i = 0; i < 16; i++) {
		a[i * 16 + i] = 2;
		if (i > 0)
			a[i * 16 + i - 1] = -1;
	}
	assert_true(cholesky_factor(a, 16, 16));
	assert_near(cholesky_log_det(a, 16, 0, 16), log(17), 1e-13);
	assert_near(cholesky_log_det(a, 16, 0, 7) + cholesky_log_det(a, 16, 7, 16), log(17), 1e-13);
	assert_near(cholesky_log_det(a, 16, 0, 7), log(8), 1e-13);           /* the leading block's own */
}

static void what_is_not_positive_definite_is_refused(void **state)
{
	(void)state;
	double dependent[16] = { 1, 0, 0, 0, 2, 4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1 };
	double negative[16] = { 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1 };
	double nan[16] = { 1, 0, 0, 0, 0, NAN, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1 };
	assert_false(cholesky_factor(dependent, 4, 4));
	assert_false(cholesky_factor(negative, 4, 4));
	assert_false(cholesky_factor(nan, 4, 4));

	uint64_t seed = 13;
	for (int trial = 0; trial < 50; trial++) {               /* one row follows from the others, but for rounding */
		double b[16], a[16] = { 0 };
		for (size_t i = 0; i < 16; i++)
			b[i] = i < 12 ? seeded_normal(&seed) : b[i - 12] + b[i - 8] - b[i - 4];
		for (size_t i = 0; i < 16; i++)
			for (size_t k = 0; k < 4; k++)
				a[i] += b[i / 4 * 4 + k] * b[i % 4 * 4 + k];
		assert_false(cholesky_factor(a, 4, 4));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_around_tiles_and_bands),
		cmocka_unit_test(determinant_is_that_of_a_known_matrix),
		cmocka_unit_test(what_is_not_positive_definite_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
