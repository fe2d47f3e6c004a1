/* mixed.h - who is good and who is severe, told apart: ratings with crossed random effects.
 *
 *     y = X beta + sum over factors t of b_t[level of t] + e,     b_t ~ N(0, variance_t),     e ~ N(0, residual)
 *
 * With factors such as person, rater and context. Everything is a function of the ratios gamma_t = variance_t / residual, at which
 * the best beta, b and residual follow from one positive definite system (Henderson's mixed model equations). The largest factor is
 * eliminated by hand, as its block is diagonal; the rest is dense (cholesky.h). The profiled deviance (ML, or REML) is minimised
 * over log gamma with its exact gradient and the average information as curvature.
 *
 * Sources: Henderson 1975; Bates, Maechler, Bolker & Walker 2015 (lme4), eq. 34 and 41, for the profiled deviance; Gilmour,
 * Thompson & Cullis 1995 for the average information.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum {
	MIXED_FACTORS = 4,            /* random factors at most                                                              */
	MIXED_FIXED = 16,             /* columns of X at most                                                                */
	MIXED_DENSE = 3000,           /* levels of all factors but the largest, plus columns of X: 2 * 72 MB at the most    */
};

enum mixed_method { MIXED_ML, MIXED_REML };

#define MIXED_NONE UINT32_MAX     /* the level of a rating that a factor does not apply to, such as a self-rating under rater */

struct mixed_factor {
	const uint32_t *level;        /* [count], below levels or MIXED_NONE                                                 */
	size_t levels;                /* one that does not occur keeps effect 0 and the factor's variance                    */
};

struct mixed_data {
	size_t count;
	const double *y;              /* [count]                                                                             */
	const double *x;              /* [count * fixed], row after row, the intercept a column of ones                      */
	size_t fixed, factors;        /* both at least 1                                                                     */
	struct mixed_factor factor[MIXED_FACTORS];
};

/* What is believed of each level of each factor. Give room, or NULL where it is not wanted. */
struct mixed_modes {
	double *effect[MIXED_FACTORS];       /* [levels] the conditional mode of b_t (BLUP), shrunk towards 0                        */
	double *variance[MIXED_FACTORS];     /* [levels] of effect - b_t, with beta estimated too: at most variance_t, or just above */
};

struct mixed_fit {
	double fixed[MIXED_FIXED];
	double variance[MIXED_FACTORS];      /* 0 where the data show no differences at all                                          */
	double residual;
	double deviance;                     /* -2 log likelihood, of ML or REML                                                     */
	int iterations;
};

enum mixed_result {
	MIXED_OK,
	MIXED_BAD_NUMBER,             /* a NaN or infinite y or x, a level out of range, nothing or too much of something    */
	MIXED_TOO_FEW,                /* a factor whose every rating has its own level, or not more ratings than columns of X */
	MIXED_ONE_LEVEL,              /* a factor of which one level occurs, such as one rater: nothing to compare           */
	MIXED_NOT_CROSSED,            /* two factors that group the ratings in the same way: person and rater not separable  */
	MIXED_FIXED_DEPENDENT,        /* a column of X follows from others                                                   */
	MIXED_NO_VARIATION,           /* nothing is left to tell apart: X explains y wholly                                  */
	MIXED_TOO_LARGE,              /* more than MIXED_DENSE                                                               */
	MIXED_NO_CONVERGENCE,
	MIXED_NO_MEMORY,
};

/* Fits. `modes` may be NULL. Unless the result is MIXED_OK, `out` and `modes` are left alone. On one core; 73,421 ratings of 1,128 by
 * 2,972 take about a second. */
enum mixed_result mixed_fit(const struct mixed_data *data, enum mixed_method method, struct mixed_fit *out, const struct mixed_modes *modes);
