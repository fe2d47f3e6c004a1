/* poisson_binomial.c - how many of these people will make it, when each has a probability of their own. */
#include "poisson_binomial.h"
#include "normal.h"
#include <math.h>
#include <string.h>

static const double negligible = 1e-18;

void poisson_binomial_start(struct poisson_binomial *d)
{
	d->people = 0;
	d->mean = d->variance = d->third = 0;
	d->first = 0;
	d->from = 0;
	d->cells = 1;
	d->cell[0] = 1;
}

/* The negligible cells at both ends go, so that the work per person grows with the sd only. */
static void trim(struct poisson_binomial *d)
{
	while (d->cells > 1 && d->cell[d->from + d->cells - 1] < negligible)
		d->cells--;
	while (d->cells > 1 && d->cell[d->from] < negligible) {
		d->from++;
		d->first++;
		d->cells--;
	}
}

/* One person more: one cell more at the top. */
static void convolve(struct poisson_binomial *d, double p)
{
	if (d->from + d->cells == POISSON_BINOMIAL_CELLS) {
		memmove(d->cell, d->cell + d->from, d->cells * sizeof *d->cell);
		d->from = 0;
	}
	double *cell = d->cell + d->from;
	cell[d->cells] = cell[d->cells - 1] * p;
	for (size_t i = d->cells - 1; i > 0; i--)
		cell[i] = cell[i] * (1 - p) + cell[i - 1] * p;
	cell[0] *= 1 - p;
	d->cells++;
	trim(d);
}

bool poisson_binomial_add(struct poisson_binomial *d, double p)
{
	if (!(p >= 0 && p <= 1))
		return false;
	d->people++;
	d->mean += p;
	d->variance += p * (1 - p);
	d->third += p * (1 - p) * (1 - 2 * p);
	if (d->variance > POISSON_BINOMIAL_EXACT)
		d->cells = 0;
	if (d->cells > 0)
		convolve(d, p);
	return true;
}

void poisson_binomial_add_all(struct poisson_binomial *d, const struct poisson_binomial *more)
{
	double cell[POISSON_BINOMIAL_CELLS] = { 0 };
	size_t cells = d->cells + more->cells - 1;
	d->people += more->people;
	d->mean += more->mean;
	d->variance += more->variance;
	d->third += more->third;
	d->first += more->first;
	if (d->cells == 0 || more->cells == 0 || d->variance > POISSON_BINOMIAL_EXACT || cells > POISSON_BINOMIAL_CELLS) {
		d->cells = 0;
		return;
	}
	for (size_t i = 0; i < d->cells; i++)
		for (size_t j = 0; j < more->cells; j++)
			cell[i + j] += d->cell[d->from + i] * more->cell[more->from + j];
	memcpy(d->cell, cell, cells * sizeof *cell);
	d->from = 0;
	d->cells = cells;
	trim(d);
}

double poisson_binomial_cdf(const struct poisson_binomial *d, int64_t k)
{
	if (k < 0)
		return 0;
	if (k >= d->people)
		return 1;
	if (d->cells > 0) {
		double sum = 0;
		for (size_t i = 0; i < d->cells && d->first + (int64_t)i <= k; i++)
			sum += d->cell[d->from + i];
		return fmin(sum, 1);
	}
	double sd = sqrt(d->variance), x = ((double)k + 0.5 - d->mean) / sd, skew = d->third / (d->variance * sd);
	double p = normal_cdf(x) + skew * (1 - x * x) * exp(-x * x / 2) / (6 * sqrt(2 * M_PI));
	return fmin(fmax(p, 0), 1);
}

int64_t poisson_binomial_quantile(const struct poisson_binomial *d, double q)
{
	q -= 1e-12;                  /* ten halves make P(X <= 4) = .3769...: a q that is met exactly must not be missed by rounding */
	int64_t low = -1, high = d->people;
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;
		if (poisson_binomial_cdf(d, middle) >= q)
			high = middle;
		else
			low = middle;
	}
	return high;
}
