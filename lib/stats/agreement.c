/* agreement.c - within a team and between teams. */
#include "agreement.h"
#include <math.h>
#include <stdlib.h>

double agreement_rwg(const double *answer, size_t people, size_t items, double points)
{
	if (items == 0 || !(points > 1))
		return NAN;
	double mean_variance = 0;
	size_t counted = 0;
	for (size_t i = 0; i < items; i++) {
		double mean = 0, squares = 0;
		size_t n = 0;
		for (size_t p = 0; p < people; p++) {
			bool whole = true;
			for (size_t j = 0; j < items; j++)
				whole = whole && isfinite(answer[p * items + j]);
			if (!whole)
				continue;
			double off = answer[p * items + i] - mean;
			mean += off / (double)++n;
			squares += off * (answer[p * items + i] - mean);
		}
		counted = n;
		mean_variance += n > 1 ? squares / ((double)n - 1) / (double)items : 0;
	}
	if (counted < 2)
		return NAN;
	double none = (points * points - 1) / 12, share = mean_variance / none, j = (double)items;
	return share > 1 ? 0 : j * (1 - share) / (j * (1 - share) + share);
}

bool agreement_between(const double *value, const size_t *team, size_t count, size_t teams, struct agreement_teams *out)
{
	double *sum = calloc(2 * (teams ? teams : 1), sizeof *sum), *size = sum ? sum + teams : NULL;
	if (!sum)
		return false;
	double n = 0, grand = 0, between = 0, within = 0, squares = 0;
	size_t found = 0;
	for (size_t i = 0; i < count; i++)
		if (isfinite(value[i]) && team[i] < teams) {
			sum[team[i]] += value[i];
			size[team[i]]++;
			grand += value[i];
			n++;
		}
	grand /= n;
	for (size_t t = 0; t < teams; t++)
		if (size[t] > 0) {
			double off = sum[t] / size[t] - grand;
			found++;
			between += size[t] * off * off;
			squares += size[t] * size[t];
		}
	for (size_t i = 0; i < count; i++)
		if (isfinite(value[i]) && team[i] < teams) {
			double off = value[i] - sum[team[i]] / size[team[i]];
			within += off * off;
		}
	free(sum);
	double g = (double)found;
	if (found < 2 || !(n > g))
		return false;
	double b = between / (g - 1), w = within / (n - g), n0 = (n - squares / n) / (g - 1);
	if (!(b + w > 0))
		return false;
	*out = (struct agreement_teams){
		.teams = found, .mean = grand, .within = w, .between = fmax(0, (b - w) / n0),
		.icc1 = (b - w) / (b + (n0 - 1) * w),
		.icc2 = b > 0 ? (b - w) / b : 0,
	};
	return true;
}

double agreement_shrunk(const struct agreement_teams *of, double mean, size_t n)
{
	double known = (double)n * of->between;
	return n == 0 || !(known + of->within > 0) ? of->mean : of->mean + known / (known + of->within) * (mean - of->mean);
}
