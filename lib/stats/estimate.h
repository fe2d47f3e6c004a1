/* estimate.h - what we believe of one person's level in one skill, from everybody who said something about it.
 *
 * The level is a hidden value on the scale's own unit (1 to 5). Between observations it drifts back to a base with a half-life
 * and wanders a little (an Ornstein-Uhlenbeck process); an observation is that level plus the source's bias plus noise. The
 * estimate is the Kalman filter of that model, which equals the batch Gaussian solution. With half-life h, a = 2^(-dt/h), c = ln 2 / h:
 *
 *     predict  mean = base + a (mean - base)          variance = a^2 variance + q (1 - a^2) / 2c
 *     update   K = variance / (variance + v)          mean += K (level - bias - mean)     variance *= 1 - K
 *
 * Source: Uhlenbeck & Ornstein 1930; Kalman 1960. Days are numbers of days since any fixed day.
 */
#pragma once
#include <stddef.h>

/* How an organisation lets time pass; versioned and shown on Trust. */
struct estimate_policy {
	double prior_mean, prior_variance;   /* of somebody about whom nothing was said yet; variance >= 0                  */
	double base;                         /* the level that is drifted back to                                           */
	double half_life_days;               /* > 0; INFINITY: a level never drops by itself, time only widens the interval */
	double variance_per_day;             /* q >= 0                                                                      */
};

struct observation {
	double day, level;
	double bias;                         /* of the source and, where fitted, of the rater: taken off the level */
	double variance;                     /* >= 0; 0 is "exactly so": the last of several such wins             */
};

struct estimate { double mean, variance, day; };

enum estimate_result {
	ESTIMATE_OK,
	ESTIMATE_NOT_KNOWN,         /* nobody said anything by that day: neither at base nor a gap, but not yet known    */
	ESTIMATE_BAD_POLICY,        /* a NaN, a negative variance, a half-life that is not above 0                      */
	ESTIMATE_BAD_OBSERVATION,   /* a NaN or infinite number, a negative variance                                     */
	ESTIMATE_OUT_OF_ORDER,      /* observations must be sorted by day; on one day their order makes no difference    */
};

/* The prior, on that day. */
struct estimate estimate_start(const struct estimate_policy *policy, double day);

/* The same belief on a later day; an earlier day gives it back as it is. */
struct estimate estimate_predict(const struct estimate_policy *policy, struct estimate e, double day);

/* The belief after an observation on the day of the estimate (predict first). */
struct estimate estimate_update(struct estimate e, const struct observation *o);

/* The belief on day `now` after `count` observations sorted by day. It starts from the prior on the day of the first one.
 * Observations after `now` count as not made yet. Unless the result is ESTIMATE_OK, `out` is left alone. */
enum estimate_result estimate_of(const struct estimate_policy *policy, const struct observation *o, size_t count, double now, struct estimate *out);
