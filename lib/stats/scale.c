/* scale.c - alpha and omega of a scale, from the covariances of those who answered all of it. */
#include "scale.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

typedef double square[SCALE_ITEMS_MOST][SCALE_ITEMS_MOST];

static bool answered_all(const double *row, size_t items)
{
	for (size_t i = 0; i < items; i++)
		if (isnan(row[i]))
			return false;
	return true;
}

/* Covariances in one pass, by Welford's update, so that a large mean costs no digits. Answers how many people count. */
static size_t covariances(const double *answer, size_t people, size_t items, square cov)
{
	double mean[SCALE_ITEMS_MOST] = { 0 }, off[SCALE_ITEMS_MOST];
	size_t n = 0;
	memset(cov, 0, sizeof(square));
	for (size_t p = 0; p < people; p++) {
		const double *row = answer + p * items;
		if (!answered_all(row, items))
			continue;
		n++;
		for (size_t i = 0; i < items; i++) {
			off[i] = row[i] - mean[i];
			mean[i] += off[i] / (double)n;
		}
		for (size_t i = 0; i < items; i++)
			for (size_t j = 0; j <= i; j++)
				cov[i][j] += off[i] * (row[j] - mean[j]);
	}
	for (size_t i = 0; i < items; i++)
		for (size_t j = 0; j <= i; j++)
			cov[j][i] = cov[i][j] /= n > 1 ? (double)n - 1 : 1;
	return n;
}

static double alpha_of(double items, double variances, double whole)
{
	return items / (items - 1) * (1 - variances / whole);
}

/* Loadings of one factor: the correlations with communalities in the diagonal, their first axis, new communalities, until nothing moves. */
static bool one_factor(square r, size_t items, double *loading)
{
	enum { ROUNDS = 20000 };
	double common[SCALE_ITEMS_MOST], next[SCALE_ITEMS_MOST], axis[SCALE_ITEMS_MOST];
	for (size_t i = 0; i < items; i++) {
		common[i] = 0;
		axis[i] = 1;
		for (size_t j = 0; j < items; j++)
			if (j != i)
				common[i] = fmax(common[i], fabs(r[i][j]));
	}
	for (int round = 0; round < ROUNDS; round++) {
		double length = 0, moved = 0;
		for (int inner = 0; inner < 30; inner++) {
			length = 0;
			for (size_t i = 0; i < items; i++) {
				next[i] = common[i] * axis[i];
				for (size_t j = 0; j < items; j++)
					next[i] += j == i ? 0 : r[i][j] * axis[j];
				length += next[i] * next[i];
			}
			length = sqrt(length);
			if (!(length > 0))
				return false;
			for (size_t i = 0; i < items; i++)
				axis[i] = next[i] / length;
		}
		for (size_t i = 0; i < items; i++) {
			double now = length * axis[i] * axis[i];
			moved = fmax(moved, fabs(now - common[i]));
			common[i] = now;
			loading[i] = axis[i] * sqrt(length);
			if (now > 1)
				return false;
		}
		if (moved < 1e-12)
			return true;
	}
	return false;
}

static double omega_of(square cov, size_t items, double *loading)
{
	square r;
	double sum = 0, unique = 0;
	for (size_t i = 0; i < items; i++)
		for (size_t j = 0; j < items; j++)
			r[i][j] = cov[i][j] / sqrt(cov[i][i] * cov[j][j]);
	if (items < 3 || !one_factor(r, items, loading)) {
		for (size_t i = 0; i < items; i++)
			loading[i] = NAN;
		return NAN;
	}
	for (size_t i = 0; i < items; i++) {
		sum += loading[i];
		unique += 1 - loading[i] * loading[i];
	}
	return sum * sum / (sum * sum + unique);
}

enum scale_result scale_of(const double *answer, size_t people, size_t items, double confidence, struct scale *out)
{
	square cov;
	if (items < 2)
		return SCALE_TOO_FEW;
	if (items > SCALE_ITEMS_MOST)
		return SCALE_TOO_MANY;
	for (size_t i = 0; i < people * items; i++)
		if (isinf(answer[i]))
			return SCALE_BAD_NUMBER;
	if (!(confidence > 0 && confidence < 1))
		return SCALE_BAD_NUMBER;
	struct scale s = { .n = covariances(answer, people, items, cov) };
	if (s.n < 3)
		return SCALE_TOO_FEW;
	double k = (double)items, variances = 0, whole = 0, with[SCALE_ITEMS_MOST] = { 0 };
	for (size_t i = 0; i < items; i++) {
		if (!(cov[i][i] > 0))
			return SCALE_NO_VARIATION;
		variances += cov[i][i];
		for (size_t j = 0; j < items; j++)
			with[i] += cov[i][j];
		whole += with[i];
	}
	if (!(whole > 0))
		return SCALE_NO_VARIATION;
	s.alpha = alpha_of(k, variances, whole);
	double df1 = (double)s.n - 1, df2 = df1 * (k - 1), upper = (1 + confidence) / 2;
	s.interval.low = 1 - (1 - s.alpha) * gsl_cdf_fdist_Pinv(upper, df1, df2);
	s.interval.high = 1 - (1 - s.alpha) * gsl_cdf_fdist_Pinv(1 - upper, df1, df2);
	for (size_t i = 0; i < items; i++) {
		double rest = whole - 2 * with[i] + cov[i][i];
		s.item_rest[i] = (with[i] - cov[i][i]) / sqrt(cov[i][i] * rest);
		s.alpha_without[i] = items == 2 ? NAN : alpha_of(k - 1, variances - cov[i][i], rest);
	}
	s.omega = omega_of(cov, items, s.loading);
	*out = s;
	return SCALE_OK;
}
