/* rank.c - whether two lists put the same things in the same order. */
#include "rank.h"
#include <math.h>
#include <stdlib.h>

struct placed { double value; size_t at; };

static int by_value(const void *a, const void *b)
{
	double x = ((const struct placed *)a)->value, y = ((const struct placed *)b)->value;
	return (x > y) - (x < y);
}

static void ranks_of(const double *x, size_t n, struct placed *sorted, double *rank)
{
	for (size_t i = 0; i < n; i++)
		sorted[i] = (struct placed){ x[i], i };
	qsort(sorted, n, sizeof *sorted, by_value);
	for (size_t i = 0; i < n;) {
		size_t end = i + 1;
		while (end < n && sorted[end].value == sorted[i].value)
			end++;
		for (size_t j = i; j < end; j++)
			rank[sorted[j].at] = (double)(i + end - 1) / 2;
		i = end;
	}
}

double rank_correlation(const double *x, const double *y, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isnan(x[i]) || isnan(y[i]))
			return NAN;
	if (n < 2)
		return NAN;
	struct placed *sorted = malloc(n * sizeof *sorted);
	double *of_x = malloc(n * sizeof *of_x), *of_y = malloc(n * sizeof *of_y), result = NAN;
	if (sorted && of_x && of_y) {
		ranks_of(x, n, sorted, of_x);
		ranks_of(y, n, sorted, of_y);
		double middle = (double)(n - 1) / 2, xx = 0, yy = 0, xy = 0;
		for (size_t i = 0; i < n; i++) {
			double dx = of_x[i] - middle, dy = of_y[i] - middle;
			xx += dx * dx;
			yy += dy * dy;
			xy += dx * dy;
		}
		if (xx > 0 && yy > 0)
			result = xy / sqrt(xx * yy);
	}
	free(sorted);
	free(of_x);
	free(of_y);
	return result;
}
