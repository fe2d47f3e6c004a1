/* poisson_binomial.h - how many of these people will make it, when each has a probability of their own.
 *
 * Add the people one by one, then ask. Mean, variance and third moment are exact at any size. The distribution is convolved
 * person by person, leaving out cells below 1e-18, while its variance is at most POISSON_BINOMIAL_EXACT (at least 1,024 people,
 * usually more): the error is then below 1e-12. Beyond that it is the normal with a correction for skewness (Volkova 1996):
 *
 *     P(X <= k) = Phi(x) + gamma (1 - x^2) phi(x) / 6,    x = (k + 1/2 - mean) / sd,    gamma = E(X - mean)^3 / sd^3
 *
 * whose largest error measured is 8e-5, at that border (test_poisson_binomial.c keeps it under 1e-4).
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define POISSON_BINOMIAL_EXACT 256.0

enum { POISSON_BINOMIAL_CELLS = 512 };       /* by Bernstein's inequality at most 330 are above 1e-18 at that variance */

/* 4 KB of plain numbers: on the stack, in an array, copied as you like. */
struct poisson_binomial {
	int64_t people;
	double mean, variance, third;            /* third: E(X - mean)^3                       */
	int64_t first;                           /* cell[from] is P(X = first)                 */
	size_t from, cells;                      /* the cells kept; none: too many people      */
	double cell[POISSON_BINOMIAL_CELLS];
};

/* Nobody yet: certainly none. */
void poisson_binomial_start(struct poisson_binomial *d);

/* One more person, who makes it with probability p. False when p is not between 0 and 1; the distribution is then as it was. */
bool poisson_binomial_add(struct poisson_binomial *d, double p);

/* Everybody of `more` too, as if added one by one: a parent from its children. They must be other people. */
void poisson_binomial_add_all(struct poisson_binomial *d, const struct poisson_binomial *more);

/* P(X <= k). */
double poisson_binomial_cdf(const struct poisson_binomial *d, int64_t k);

/* The smallest k with P(X <= k) >= q, for 0 < q < 1. */
int64_t poisson_binomial_quantile(const struct poisson_binomial *d, double q);
