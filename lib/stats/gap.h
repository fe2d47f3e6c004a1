/* gap.h - how far people are from what their work asks, for one person and for a unit.
 *
 * Levels are on the scale's own unit. The estimate's mean and variance (estimate.h) are those of a normal. A person of whom
 * nothing is known takes no part in these figures: not known is not a gap.
 */
#pragma once
#include "normal.h"
#include "poisson_binomial.h"
#include <stddef.h>
#include <stdint.h>

/* max(0, required - mean), in levels. */
double gap_of(double mean, double required);

/* P(level < required) and P(level >= target). A variance of 0 gives 0 or 1. */
double gap_below(double mean, double variance, double required);
double gap_at_least(double mean, double variance, double target);

/* The figures of one unit and one skill, gathered person by person: gap_start, gap_add for everyone who is known, gap_figures. */
struct gap_sum {
	struct poisson_binomial at_target;
	double weighted;
};

struct gap_figures {
	int64_t known;                 /* people added                                                                    */
	double expected_at_target;     /* the sum of P(level >= target)                                                   */
	int64_t low80, high80;         /* smallest k with P(X <= k) >= .10 and smallest with >= .90: at least 80 % between */
	double weighted_gap;           /* the sum over people of weight * gap_of, in weighted levels                      */
};

void gap_start(struct gap_sum *s);

/* target is the level counted as "there", required the one the person's own work asks, weight (>= 0) the ambition's weight times
 * the skill's importance in it. False for a NaN, an infinite number, a negative variance or weight; the sum is then as it was. */
bool gap_add(struct gap_sum *s, double mean, double variance, double target, double required, double weight);

/* Everybody of another unit too: a parent from its children, without going through the people again. They must be other people. */
void gap_add_all(struct gap_sum *s, const struct gap_sum *more);

struct gap_figures gap_figures(const struct gap_sum *s);

/* Adds one person to the expected number of people at each of `levels` levels. Who stands at or above l and below l + 1 is at l;
 * below 1 counts as 1 and above the last as the last, so that the sum from l upwards agrees with gap_at_least(l). */
void gap_spread(double mean, double variance, double *expected, size_t levels);
