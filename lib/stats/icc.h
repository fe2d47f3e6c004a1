/* icc.h - how far raters agree when each of them rated each person: the six intraclass correlations.
 *
 * Source: Shrout & Fleiss 1979, "Intraclass correlations: uses in assessing rater reliability", Psychological Bulletin 86, with the
 * intervals given there. With mean squares between persons B, between raters J, within persons W and residual E, for n persons
 * and k raters:
 *
 *     ICC(1)   (B - W) / (B + (k-1) W)                       raters differ per person, absolute agreement
 *     ICC(2)   (B - E) / (B + (k-1) E + k (J - E) / n)       raters drawn from many, absolute agreement
 *     ICC(3)   (B - E) / (B + (k-1) E)                       these raters only, agreement but for severity
 *     ICC(., k)   the same for the mean of k raters
 */
#pragma once
#include "normal.h"
#include <stddef.h>

enum icc_kind { ICC_1, ICC_2, ICC_3, ICC_1_MEAN, ICC_2_MEAN, ICC_3_MEAN, ICC_KINDS };

struct icc {
	double value, f;              /* f: the F statistic against "no differences between persons" */
	double df1, df2;
	struct interval interval;
};

enum icc_result {
	ICC_OK,
	ICC_TOO_FEW,                  /* fewer than two persons or two raters                    */
	ICC_NO_VARIATION,             /* no differences between ratings that could be agreed on  */
	ICC_BAD_NUMBER,               /* a NaN or infinite rating, a confidence outside 0 to 1   */
};

/* rating[person * raters + rater], nobody missing. Fills out[ICC_KINDS]; left alone unless ICC_OK. */
enum icc_result icc_of(const double *rating, size_t persons, size_t raters, double confidence, struct icc *out);
