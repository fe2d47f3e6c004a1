/* cholesky.c - positive definite matrices of a few thousand rows: factor, solve, invert, on one core. */
#include "cholesky.h"
#include <math.h>
#include <string.h>

enum { TILE = CHOLESKY_TILE, BAND = 32 };     /* BAND rows are worked on together, so that the rest is read from memory once for them */

typedef double four __attribute__((vector_size(32), aligned(8), may_alias));

/* A macro: passing a vector by value has another ABI with AVX than without. */
#define ACROSS(v) (((v)[0] + (v)[1]) + ((v)[2] + (v)[3]))

/* out[r][c] = the inner product of row r of a and row c of b over columns from to to - 1, a whole number of tiles. Two rows of b at a
 * time: eight sums is what the registers hold. */
static inline __attribute__((always_inline)) void dots_any(const double *a, const double *b, size_t stride, size_t from, size_t to, double out[TILE][TILE])
{
	for (size_t c = 0; c < TILE; c += 2) {
		four s00 = { 0 }, s10 = { 0 }, s20 = { 0 }, s30 = { 0 }, s01 = { 0 }, s11 = { 0 }, s21 = { 0 }, s31 = { 0 };
		const double *b0 = b + c * stride, *b1 = b0 + stride;
		for (size_t k = from; k < to; k += 4) {
			four v0 = *(const four *)(b0 + k), v1 = *(const four *)(b1 + k);
			four u = *(const four *)(a + k);
			s00 += u * v0;
			s01 += u * v1;
			u = *(const four *)(a + stride + k);
			s10 += u * v0;
			s11 += u * v1;
			u = *(const four *)(a + 2 * stride + k);
			s20 += u * v0;
			s21 += u * v1;
			u = *(const four *)(a + 3 * stride + k);
			s30 += u * v0;
			s31 += u * v1;
		}
		out[0][c] = ACROSS(s00);
		out[1][c] = ACROSS(s10);
		out[2][c] = ACROSS(s20);
		out[3][c] = ACROSS(s30);
		out[0][c + 1] = ACROSS(s01);
		out[1][c + 1] = ACROSS(s11);
		out[2][c + 1] = ACROSS(s21);
		out[3][c + 1] = ACROSS(s31);
	}
}

typedef void dots_function(const double *a, const double *b, size_t stride, size_t from, size_t to, double out[TILE][TILE]);

static void dots_plain(const double *a, const double *b, size_t stride, size_t from, size_t to, double out[TILE][TILE])
{
	dots_any(a, b, stride, from, to, out);
}

#if defined __x86_64__
__attribute__((target("avx2,fma")))
static void dots_fused(const double *a, const double *b, size_t stride, size_t from, size_t to, double out[TILE][TILE])
{
	dots_any(a, b, stride, from, to, out);
}

static dots_function *dots_here(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? dots_fused : dots_plain;
}
#else
static dots_function *dots_here(void)
{
	return dots_plain;
}
#endif

/* t becomes t L'^-1 for the triangular tile that begins at l. */
static void solve_tile(double t[TILE][TILE], const double *l, size_t stride)
{
	for (size_t r = 0; r < TILE; r++)
		for (size_t c = 0; c < TILE; c++) {
			for (size_t k = 0; k < c; k++)
				t[r][c] -= t[r][k] * l[c * stride + k];
			t[r][c] /= l[c * stride + c];
		}
}

static bool factor_tile(double t[TILE][TILE], const double *diagonal, size_t stride)
{
	for (size_t c = 0; c < TILE; c++) {
		for (size_t r = c; r < TILE; r++)
			for (size_t k = 0; k < c; k++)
				t[r][c] -= t[r][k] * t[c][k];
		if (!(t[c][c] > 1e-12 * diagonal[c * stride + c]))
			return false;
		t[c][c] = sqrt(t[c][c]);
		for (size_t r = c + 1; r < TILE; r++)
			t[r][c] /= t[c][c];
		for (size_t r = 0; r < c; r++)
			t[r][c] = 0;
	}
	return true;
}

bool cholesky_factor(double *a, size_t stride, size_t order)
{
	dots_function *dots = dots_here();
	double t[TILE][TILE];
	for (size_t band = 0; band < order; band += BAND) {
		size_t end = band + BAND < order ? band + BAND : order;
		for (size_t j = 0; j < end; j += TILE)
			for (size_t i = j > band ? j : band; i < end; i += TILE) {
				dots(a + i * stride, a + j * stride, stride, 0, j, t);
				for (size_t r = 0; r < TILE; r++)
					for (size_t c = 0; c < TILE; c++)
						t[r][c] = a[(i + r) * stride + j + c] - t[r][c];
				if (i > j)
					solve_tile(t, a + j * stride + j, stride);
				else if (!factor_tile(t, a + j * stride + j, stride))
					return false;
				for (size_t r = 0; r < TILE; r++)
					memcpy(a + (i + r) * stride + j, t[r], sizeof t[r]);
			}
	}
	return true;
}

double cholesky_log_det(const double *l, size_t stride, size_t first, size_t last)
{
	double sum = 0;
	for (size_t i = first; i < last; i++)
		sum += log(l[i * stride + i]);
	return 2 * sum;
}

void cholesky_forward(const double *l, size_t stride, size_t order, double *x)
{
	for (size_t i = 0; i < order; i++) {
		double sum = x[i];
		for (size_t k = 0; k < i; k++)
			sum -= l[i * stride + k] * x[k];
		x[i] = sum / l[i * stride + i];
	}
}

void cholesky_backward(const double *l, size_t stride, size_t order, double *x)
{
	for (size_t i = order; i-- > 0;) {
		x[i] /= l[i * stride + i];
		for (size_t k = 0; k < i; k++)
			x[k] -= l[i * stride + k] * x[i];
	}
}

/* Row i of u is column i of L^-1, so that it and the inverse are made of inner products of rows again. */
static void invert_triangle(const double *l, size_t stride, size_t order, double *u, dots_function *dots)
{
	double t[TILE][TILE];
	for (size_t band = 0; band < order; band += BAND) {
		size_t end = band + BAND < order ? band + BAND : order;
		for (size_t k = band; k < order; k += TILE)
			for (size_t i = band; i < end && i <= k; i += TILE) {
				dots(u + i * stride, l + k * stride, stride, i, k, t);
				for (size_t r = 0; r < TILE; r++)
					for (size_t c = 0; c < TILE; c++)
						t[r][c] = (i + r == k + c ? 1 : 0) - t[r][c];
				solve_tile(t, l + k * stride + k, stride);
				for (size_t r = 0; r < TILE; r++)
					memcpy(u + (i + r) * stride + k, t[r], sizeof t[r]);
			}
	}
}

void cholesky_invert(double *l, size_t stride, size_t order, double *scratch)
{
	dots_function *dots = dots_here();
	double t[TILE][TILE];
	invert_triangle(l, stride, order, scratch, dots);
	for (size_t band = 0; band < order; band += BAND) {
		size_t end = band + BAND < order ? band + BAND : order;
		for (size_t i = band; i < order; i += TILE)
			for (size_t j = band; j < end && j <= i; j += TILE) {
				dots(scratch + i * stride, scratch + j * stride, stride, i, order, t);
				for (size_t r = 0; r < TILE; r++)
					memcpy(l + (i + r) * stride + j, t[r], sizeof t[r]);
			}
	}
}
