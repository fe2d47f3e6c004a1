/* fsrs.c - recall, intervals, and the memory after an answer. */
#include "fsrs.h"
#include <math.h>

#define STABILITY_LEAST .001
#define STABILITY_MOST 36500.0

const struct fsrs_weights fsrs_default = { { 0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
	1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542 } };
const struct fsrs_weights fsrs_least = { { .001, .001, .001, .001, 1, .001, .001, .001, 0, 0, .001, .001, .001, .001, 0, 0, 1, 0, 0, 0, .1 } };
const struct fsrs_weights fsrs_most = { { 100, 100, 100, 100, 10, 4, 4, .75, 4.5, .8, 3.5, 5, .25, .9, 4, 1, 6, 2, 2, .8, .8 } };

static double held(double x, double least, double most) { return x < least ? least : x > most ? most : x; }

bool fsrs_weights_valid(const struct fsrs_weights *w, int *wrong)
{
	for (int i = 0; i < FSRS_WEIGHTS; i++)
		if (!(w->w[i] >= fsrs_least.w[i] && w->w[i] <= fsrs_most.w[i])) {
			if (wrong)
				*wrong = i;
			return false;
		}
	return true;
}

static double factor(const struct fsrs_weights *w) { return pow(.9, -1 / w->w[20]) - 1; }

double fsrs_recall(const struct fsrs_weights *w, double days, double stability)
{
	return days > 0 ? pow(1 + factor(w) * days / stability, -w->w[20]) : 1;
}

double fsrs_interval(const struct fsrs_weights *w, double retention, double stability)
{
	return stability / factor(w) * (pow(retention, -1 / w->w[20]) - 1);
}

/* Not held within its bounds: so it is what difficulty is drawn back to. */
static double first_difficulty(const struct fsrs_weights *w, int rating)
{
	return w->w[4] - exp(w->w[5] * (rating - 1)) + 1;
}

struct fsrs_memory fsrs_first(const struct fsrs_weights *w, enum fsrs_rating rating)
{
	return (struct fsrs_memory){ held(w->w[rating - 1], STABILITY_LEAST, STABILITY_MOST), held(first_difficulty(w, rating), 1, 10) };
}

struct fsrs_memory fsrs_next(const struct fsrs_weights *weights, struct fsrs_memory m, enum fsrs_rating given, double days)
{
	const double *w = weights->w;
	const int rating = (int)given;             /* an enum may be unsigned, and again is below good */
	double s = m.stability, d = m.difficulty, next, r = fsrs_recall(weights, days, s);
	if (!(days > 0)) {
		double change = exp(w[17] * (rating - 3 + w[18])) * pow(s, -w[19]);
		next = s * (rating >= FSRS_HARD && change < 1 ? 1 : change);
	} else if (rating == FSRS_AGAIN) {
		double fallen = w[11] * pow(d, -w[12]) * (pow(s + 1, w[13]) - 1) * exp(w[14] * (1 - r)), most = s / exp(w[17] * w[18]);
		next = fallen < most ? fallen : most;
	} else {
		double more = exp(w[8]) * (11 - d) * pow(s, -w[9]) * (exp(w[10] * (1 - r)) - 1);
		next = s * (1 + more * (rating == FSRS_HARD ? w[15] : rating == FSRS_EASY ? w[16] : 1));
	}
	double difficulty = d - w[6] * (rating - 3) * (10 - d) / 9;
	difficulty = w[7] * (first_difficulty(weights, FSRS_EASY) - difficulty) + difficulty;
	return (struct fsrs_memory){ held(next, STABILITY_LEAST, STABILITY_MOST), held(difficulty, 1, 10) };
}
