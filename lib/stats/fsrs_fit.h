/* fsrs_fit.h - weights from what an organisation's own people remembered, and how good a forecast was.
 *
 * The log is one flat array, cards one behind the other, each in the order of its answers. A forecast is made at every answer but
 * the first of a card, unless it came on the same day; whatever was better than "again" counts as recalled.
 *
 * Fitting: Adam (Kingma & Ba 2015) on log loss with a pull to the start, cards shuffled with a fixed seed so that the same log gives
 * the same weights; derivatives are carried forward along a card in one pass, so its cost is linear in the answers. The first four
 * weights begin at the stability that explains the second answers best.
 *
 * Memory: 4 bytes an answer for the log, and 4 bytes a card while fitting.
 */
#pragma once
#include "fsrs.h"
#include <stddef.h>
#include <stdint.h>

enum { FSRS_DAYS_MOST = 32767, FSRS_BINS = 20, FSRS_FORECASTS_LEAST = 100 };

/* One answer. `first` begins a card, whose days do not count. `held`: kept out of fitting, for judging; what follows in its card is held too. */
struct fsrs_answer { int16_t days; uint8_t rating; bool first : 1, held : 1; };

enum fsrs_fitted {
	FSRS_FITTED,
	FSRS_TOO_FEW,               /* fewer than FSRS_FORECASTS_LEAST forecasts to learn from */
	FSRS_BAD_LOG,               /* a rating outside 1 to 4, negative days, no first answer to begin with */
	FSRS_NO_MEMORY,
};

/* Unless the result is FSRS_FITTED, `out` is left alone. The weights are valid (fsrs_weights_valid). */
enum fsrs_fitted fsrs_fit(const struct fsrs_answer *log, size_t count, struct fsrs_weights *out);

/* Forecast and outcome of those between two twentieths: n of them, the sum of what was forecast, how many were recalled. */
struct fsrs_bin { int64_t n, recalled; double forecast; };
struct fsrs_judged {
	int64_t forecasts, recalled;
	double log_loss;            /* a forecast's, in nats; NAN without any */
	double rmse;                /* root of the mean square between forecast and outcome over the bins, weighted by their n */
	struct fsrs_bin bins[FSRS_BINS];
};
/* How good these weights are at the answers that were held out, or at all. */
struct fsrs_judged fsrs_judge(const struct fsrs_weights *w, const struct fsrs_answer *log, size_t count, bool only_held);

/* The simplest rival: the next answer will be as the last ones were. No weights: x = 1.2, p = 1 / (1 + e^-x), x += .3 (y - p). One for
 * each person, in the order in which they answered. Start it with moving_average_start; gives the forecast and then learns. */
struct moving_average { double x; };
struct moving_average moving_average_start(void);
double moving_average_next(struct moving_average *m, bool recalled);
/* What one forecast costs: -ln of the share given to what happened. */
double forecast_loss(double forecast, bool recalled);
