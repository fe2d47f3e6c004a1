/* gap.c - how far people are from what their work asks, for one person and for a unit. */
#include "gap.h"
#include <math.h>

double gap_of(double mean, double required)
{
	return fmax(0, required - mean);
}

double gap_below(double mean, double variance, double required)
{
	if (variance == 0)
		return mean < required ? 1 : 0;
	return normal_cdf((required - mean) / sqrt(variance));
}

double gap_at_least(double mean, double variance, double target)
{
	if (variance == 0)
		return mean >= target ? 1 : 0;
	return normal_cdf((mean - target) / sqrt(variance));
}

void gap_start(struct gap_sum *s)
{
	poisson_binomial_start(&s->at_target);
	s->weighted = 0;
}

bool gap_add(struct gap_sum *s, double mean, double variance, double target, double required, double weight)
{
	if (!isfinite(mean) || !isfinite(variance) || variance < 0 || !isfinite(target) || !isfinite(required) || !isfinite(weight) || weight < 0)
		return false;
	s->weighted += weight * gap_of(mean, required);
	return poisson_binomial_add(&s->at_target, gap_at_least(mean, variance, target));
}

void gap_add_all(struct gap_sum *s, const struct gap_sum *more)
{
	poisson_binomial_add_all(&s->at_target, &more->at_target);
	s->weighted += more->weighted;
}

struct gap_figures gap_figures(const struct gap_sum *s)
{
	return (struct gap_figures){
		.known = s->at_target.people,
		.expected_at_target = s->at_target.mean,
		.low80 = poisson_binomial_quantile(&s->at_target, (1 - SHOWN_SHARE) / 2),
		.high80 = poisson_binomial_quantile(&s->at_target, (1 + SHOWN_SHARE) / 2),
		.weighted_gap = s->weighted,
	};
}

void gap_spread(double mean, double variance, double *expected, size_t levels)
{
	double above = 1;
	for (size_t i = 0; i < levels; i++) {
		double next = i + 1 < levels ? gap_at_least(mean, variance, (double)i + 2) : 0;
		expected[i] += above - next;
		above = next;
	}
}
