/* fsrs.h - how well something is still remembered, and when it is worth asking again: FSRS-6.
 *
 * Of each card a memory is kept: its stability S, the days after which nine of ten such cards are still recalled, and its
 * difficulty D from 1 to 10. Both follow from the answers alone. With weights w[0] … w[20] and f = .9^(-1/w20) - 1:
 *
 *     recall     R(t, S) = (1 + f t/S)^-w20                        so that R(S, S) = .9
 *     interval   I(r, S) = S/f (r^(-1/w20) - 1)
 *     first      S = w[g-1]; D = w4 - e^(w5 (g-1)) + 1
 *     success    S (1 + e^w8 (11-D) S^-w9 (e^(w10 (1-R)) - 1) [w15 if hard][w16 if easy])
 *     again      min(w11 D^-w12 ((S+1)^w13 - 1) e^(w14 (1-R)), S e^(-w17 w18))
 *     same day   S s, s = e^(w17 (g-3+w18)) S^-w19, for hard and better at least 1
 *     difficulty D' = D - w6 (g-3) (10-D)/9, then w7 D0(easy) + (1-w7) D', D0(easy) not held within 1 to 10
 *
 * S is held within .001 and 36,500 days, D within 1 and 10; D enters the stability before it changes itself.
 * Source: the published FSRS-6 (J. Ye and others, open-spaced-repetition). Days are whole days since the last answer; 0 is the same day.
 */
#pragma once
#include <stdbool.h>

enum { FSRS_WEIGHTS = 21 };
enum fsrs_rating { FSRS_AGAIN = 1, FSRS_HARD, FSRS_GOOD, FSRS_EASY };

struct fsrs_weights { double w[FSRS_WEIGHTS]; };
struct fsrs_memory { double stability, difficulty; };

/* What fits people in general; an organisation's own come from fsrs_fit.h. */
extern const struct fsrs_weights fsrs_default;
/* Outside these a weight means nothing: recall would rise with time, or an interval never end. */
extern const struct fsrs_weights fsrs_least, fsrs_most;

/* Can these be weights? If not, *wrong (may be NULL) is the number of the first that cannot: a NaN, or out of bounds. */
bool fsrs_weights_valid(const struct fsrs_weights *w, int *wrong);

/* The share recalled after so many days: within 0 and 1. Days below 0 (a clock that jumped) count as 0. */
double fsrs_recall(const struct fsrs_weights *w, double days, double stability);

/* Days until the share recalled has fallen to `retention` (within 0 and 1, ends excluded); not rounded. */
double fsrs_interval(const struct fsrs_weights *w, double retention, double stability);

/* The memory after a first answer, and after one more answer, `days` after the one before. */
struct fsrs_memory fsrs_first(const struct fsrs_weights *w, enum fsrs_rating rating);
struct fsrs_memory fsrs_next(const struct fsrs_weights *w, struct fsrs_memory m, enum fsrs_rating rating, double days);
