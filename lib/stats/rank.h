/* rank.h - whether two lists put the same things in the same order. For diagnostics; people are never ranked. */
#pragma once
#include <stddef.h>

/* Spearman's rank correlation of x and y (n values each, ties get their mean rank): the product-moment correlation of the ranks.
 * NAN when n < 2, a value is NaN, one list has all the same values, or memory ran out. */
double rank_correlation(const double *x, const double *y, size_t n);
