/* scale.h - do the items of a scale measure one thing? Only people who answered all of them count (listwise).
 *
 *     alpha   k/(k-1) (1 - sum of the items' variances / variance of their sum)          Cronbach 1951
 *             its interval: 1 - (1 - alpha) F, with n-1 and (n-1)(k-1) degrees of freedom   Feldt 1965
 *     omega   (sum of loadings)^2 / ((sum of loadings)^2 + sum of (1 - loading^2)), the loadings of one factor by least
 *             squares of the residual correlations (McDonald 1999; the fit is Harman & Jones' minres, reached by iterated principal axes)
 *
 * Below .70 (SCALE_RELIABLE) report the items, not the scale.
 */
#pragma once
#include "normal.h"
#include <stddef.h>

enum { SCALE_ITEMS_MOST = 40 };
#define SCALE_RELIABLE 0.70

struct scale {
	size_t n;                                      /* people who answered every item */
	double alpha, omega;                           /* omega: NAN where one factor does not fit (a loading of more than 1) */
	struct interval interval;                      /* of alpha */
	double item_rest[SCALE_ITEMS_MOST];            /* correlation of an item with the sum of the others */
	double alpha_without[SCALE_ITEMS_MOST];        /* NAN for two items */
	double loading[SCALE_ITEMS_MOST];
};

enum scale_result {
	SCALE_OK,
	SCALE_TOO_FEW,                                 /* fewer than two items, or than three people who answered all */
	SCALE_TOO_MANY,                                /* more than SCALE_ITEMS_MOST items */
	SCALE_NO_VARIATION,                            /* an item to which everybody gave the same answer */
	SCALE_BAD_NUMBER,                              /* an infinite answer, a confidence outside 0 to 1 */
};

/* answer[person * items + item]; NAN: not answered. Reversed items must have been turned. Unless SCALE_OK, `out` is left alone. */
enum scale_result scale_of(const double *answer, size_t people, size_t items, double confidence, struct scale *out);
