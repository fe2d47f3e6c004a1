/* recommend.h - "how likely are you to recommend us", 0 to 10: the share of 9 and 10 less the share of 0 to 6, times 100.
 *
 * The usual (Wald) interval has no width when everybody says the same. This one adds three answers, .75 of them promoters and .75
 * detractors, before it is taken (adjusted Wald: Rocks 2016, after Agresti & Caffo 2000; the reference figures of test/vectors are made
 * by the same formula elsewhere), and ends at -100 and 100.
 */
#pragma once
#include "normal.h"
#include <stdbool.h>
#include <stdint.h>

enum { RECOMMEND_ANSWERS = 11 };

struct recommend {
	int64_t n, promoters, detractors;
	double score;                                  /* -100 to 100; NAN without answers */
	struct interval interval;                      /* of the score; -100 to 100 without answers */
};

/* count[i] answers of i. `of` and confidence as in interval.h. False for impossible numbers; then `out` is left alone. */
bool recommend_of(const int64_t count[RECOMMEND_ANSWERS], int64_t of, double confidence, struct recommend *out);
