/* sides.c - what several sides say about one thing, brought onto one scale. */
#include "sides.h"
#include "normal.h"
#include <math.h>

static const double middle = 50, confidence = .95;

static double scaled(double p, double threshold)
{
	return p < threshold ? middle * p / threshold : middle + middle * (p - threshold) / (1 - threshold);
}

static bool is_possible(const struct side *s)
{
	return s->speaks && s->low >= 0 && s->low <= s->share && s->share <= s->high && s->high <= 1 && s->threshold > 0 && s->threshold < 1 && s->weight >= 0
		&& isfinite(s->weight);
}

struct side_place side_place(const struct side *s)
{
	if (!is_possible(s))
		return (struct side_place){ NAN, NAN, NAN, SIDE_SILENT };
	struct side_place p = { scaled(s->share, s->threshold), scaled(s->low, s->threshold), scaled(s->high, s->threshold), SIDE_UNSURE };
	if (p.low > middle)
		p.sees = SIDE_NEED;
	else if (p.high < middle && !s->names_only)
		p.sees = SIDE_NONE;
	return p;
}

static enum sides_verdict verdict_of(const struct sides *s)
{
	if (!s->speaking)
		return SIDES_SILENT;
	if (s->need && s->none)
		return SIDES_CONTRADICT;
	if (s->need)
		return s->need > 1 ? SIDES_NEED : SIDES_ALONE_NEED;
	if (s->none)
		return s->none > 1 ? SIDES_NONE : SIDES_ALONE_NONE;
	return SIDES_UNSURE;
}

struct sides sides_together(const struct side *all, size_t count, struct side_place *places)
{
	struct sides out = { .at = NAN, .low = NAN, .high = NAN };
	double weight = 0, sum = 0, variance = 0, z = normal_quantile((1 + confidence) / 2);
	for (size_t i = 0; i < count && i < SIDES_MOST; i++) {
		struct side_place p = side_place(&all[i]);
		if (places)
			places[i] = p;
		if (p.sees == SIDE_SILENT)
			continue;
		double error = (p.high - p.low) / (2 * z);
		out.speaking++;
		out.need += p.sees == SIDE_NEED;
		out.none += p.sees == SIDE_NONE;
		weight += all[i].weight;
		sum += all[i].weight * p.at;
		variance += all[i].weight * all[i].weight * error * error;
	}
	out.verdict = verdict_of(&out);
	if (weight > 0) {
		double half = z * sqrt(variance) / weight;
		out.at = sum / weight;
		out.low = fmax(0, out.at - half);
		out.high = fmin(2 * middle, out.at + half);
	}
	return out;
}
