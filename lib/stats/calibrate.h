/* calibrate.h - from crossed ratings: how high each source rates, how sure it is, and how severe each rater is.
 *
 * Fits by REML   level = mean + source + subject + rater + context + noise   with sources fixed and the others random (mixed.h).
 * A subject is one person in one skill. What is then taken off a rating before it counts (`bias` of an observation in estimate.h):
 *
 *     source_bias[source] + severity[rater] + context_effect[context]
 *
 * - source_bias is how much higher a source rates than the reference source, on the same subjects. The reference's is 0: which
 *   source is "right" is a choice of the organisation, not a finding.
 * - severity is how much higher (+) or lower (-) a rater rates than raters do on average. It is shrunk: towards 0 the more, the
 *   fewer ratings it stands on. It is taken off and forgotten: never shown, never kept as a fact about a rater.
 * - a self-rating has no rater (CALIBRATE_NONE): whether someone is mild about themselves or simply good cannot be told apart
 *   from their own ratings; only the source "self" as a whole is corrected.
 *
 * And its variance there:   source_variance[source] + severity_variance[rater] + context_variance of the context
 * where the last two say how unsure the correction itself is (a rater never seen before: 0 off, with the variance between raters).
 */
#pragma once
#include "mixed.h"
#include <stddef.h>
#include <stdint.h>

#define CALIBRATE_NONE MIXED_NONE

/* What "enough" means: raters who rated two subjects or more, and subjects rated by two raters or more. */
enum { CALIBRATE_LEAST_RATERS = 10, CALIBRATE_LEAST_SUBJECTS = 10, CALIBRATE_SOURCES = MIXED_FIXED };

struct calibrate_data {
	size_t count;                                        /* ratings                                             */
	const double *level;                                 /* [count], as given                                   */
	const uint32_t *subject, *source;                    /* [count]                                             */
	const uint32_t *rater, *context;                     /* [count], CALIBRATE_NONE where there is none         */
	size_t subjects, sources, raters, contexts;          /* contexts may be 0; context is then not read         */
	uint32_t reference;                                  /* the source whose bias is 0; it must occur           */
};

/* Give room for all arrays. A source without ratings keeps what stood there. */
struct calibration {
	double mean, subject_variance;                       /* the prior of a subject: prior_mean, prior_variance  */
	double rater_variance, context_variance, residual;
	double *source_bias, *source_variance;               /* [sources]                                           */
	double *severity, *severity_variance;                /* [raters]                                            */
	double *context_effect, *context_effect_variance;    /* [contexts]                                          */
};

/* As mixed_fit; MIXED_TOO_FEW also when there is not enough by the figures above, MIXED_BAD_NUMBER also for a source, subject,
 * rater or context out of range and a reference that does not occur. Unless MIXED_OK, `out` and its arrays are left alone: the published weights then hold.
 *
 * source_variance is the residual variance times the source's mean squared leftover over that of all ratings, as if
 * 20 further ratings had left the average: an approximation, for the fit itself takes the sources to be equally sure. */
enum mixed_result calibrate(const struct calibrate_data *data, struct calibration *out);
