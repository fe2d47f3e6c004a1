/* cholesky.h - positive definite matrices of a few thousand rows: factor, solve, invert, on one core.
 *
 * A matrix is `order` rows, `stride` numbers apart, row after row. Order is a multiple of CHOLESKY_TILE and stride at least order: pad
 * with rows of the identity, which change neither determinant nor solution. Only the lower triangle is read. All three loops
 * are made of one kernel, four rows against four rows, so that every number loaded is used four times; where the processor has
 * AVX2 and FMA they are used. Source: Golub & Van Loan, Matrix Computations, 4.2.
 *
 * Why not OpenBLAS: docs/decisions/own-cholesky.md.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { CHOLESKY_TILE = 4 };

/* The order after padding. */
static inline size_t cholesky_padded(size_t n)
{
	return (n + CHOLESKY_TILE - 1) / CHOLESKY_TILE * CHOLESKY_TILE;
}

/* a = L L': the lower triangle becomes L. False when a is not positive definite to working precision: a pivot falls below 1e-12 of
 * the diagonal it came from; a is then spoilt. */
bool cholesky_factor(double *a, size_t stride, size_t order);

/* The logarithm of the determinant of rows first to last - 1: twice the sum of the logarithms of L's diagonal. */
double cholesky_log_det(const double *l, size_t stride, size_t first, size_t last);

/* x becomes L^-1 x, or L'^-1 x; both after one another solve a x = b. */
void cholesky_forward(const double *l, size_t stride, size_t order, double *x);
void cholesky_backward(const double *l, size_t stride, size_t order, double *x);

/* L becomes the inverse of a: its lower triangle, diagonal included. scratch: order rows of `stride` numbers. */
void cholesky_invert(double *l, size_t stride, size_t order, double *scratch);
