/* recommend.c - promoters less detractors, with an interval that keeps its width at the ends. */
#include "recommend.h"
#include <math.h>

enum { DETRACTOR_MOST = 6, PROMOTER_LEAST = 9 };

static double held(double x)
{
	return fmax(-100, fmin(100, x));
}

bool recommend_of(const int64_t count[RECOMMEND_ANSWERS], int64_t of, double confidence, struct recommend *out)
{
	struct recommend r = { .score = NAN, .interval = { -100, 100 } };
	for (int i = 0; i < RECOMMEND_ANSWERS; i++) {
		if (count[i] < 0)
			return false;
		r.n += count[i];
		r.detractors += i <= DETRACTOR_MOST ? count[i] : 0;
		r.promoters += i >= PROMOTER_LEAST ? count[i] : 0;
	}
	if (!(confidence > 0 && confidence < 1) || (of != 0 && of < r.n))
		return false;
	if (r.n > 0) {
		double n = (double)r.n + 3, p = ((double)r.promoters + 0.75) / n, d = ((double)r.detractors + 0.75) / n;
		double finite = of == 0 ? 1 : sqrt((double)(of - r.n) / (double)of);
		double half = normal_quantile((1 + confidence) / 2) * finite * sqrt((p + d - (p - d) * (p - d)) / n);
		r.score = 100 * (double)(r.promoters - r.detractors) / (double)r.n;
		r.interval = (struct interval){ held(100 * (p - d - half)), held(100 * (p - d + half)) };
	}
	*out = r;
	return true;
}
