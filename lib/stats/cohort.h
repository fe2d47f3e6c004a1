/* cohort.h - how many people will be at each level, period after period: a cohort model (a Markov chain with hires).
 *
 * Expected numbers n' = n P + hires. Each person moves on their own, so the covariance of the next period is P' C P + the sum over
 * states of n_i (diag(P_i) - P_i P_i'); hires are Poisson, which adds them to the diagonal (Bartholomew, Forbes & McClean 1991, ch. 3).
 * The last state is "left": nobody comes back from it.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { COHORT_STATES_MOST = 8 };

struct cohort {
	size_t states;                                         /* the levels and, last, left */
	double move[COHORT_STATES_MOST][COHORT_STATES_MOST];   /* the chance to go from row to column in one period; rows sum to 1 */
	double hires[COHORT_STATES_MOST];                      /* a period, per state */
};
struct cohort_moment {
	double mean[COHORT_STATES_MOST], covariance[COHORT_STATES_MOST][COHORT_STATES_MOST];
};

/* Do the rows sum to 1 (to 1e-9), is nothing negative, does nobody return from the last state? */
bool cohort_holds(const struct cohort *c);
/* One period further. Starts from numbers that are known: a covariance of zeros. */
void cohort_step(const struct cohort *c, struct cohort_moment *m);
/* The sum over states first … last: its mean and variance. */
void cohort_sum(const struct cohort_moment *m, size_t first, size_t last, double *mean, double *variance);
/* Where the numbers settle with these hires for ever. False when somebody never leaves. */
bool cohort_steady(const struct cohort *c, double steady[COHORT_STATES_MOST]);
/* How many periods somebody in each state is expected to stay. False as above. */
bool cohort_stay(const struct cohort *c, double stay[COHORT_STATES_MOST]);

/* The moves of half a period (and again: of a quarter). The root of a matrix of chances may have entries below 0: `*below` is the
 * smallest; with `project` these rows are replaced by the nearest row of chances (Duchi et al. 2008), which must then be said.
 * By Denman & Beavers' iteration (1976). Hires are halved. False when there is no such root. */
bool cohort_half(const struct cohort *c, bool project, struct cohort *half, double *below);

/* A row of chances from what was counted, drawn to a prior row that weighs as much as `weight` people (the mean of a Dirichlet). */
void cohort_row(const double *counted, const double *prior, double weight, size_t states, double *row);
