/* shares.c - the Dirichlet posterior of shares, with an interval for each. */
#include "shares.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

/* By halving: the distribution rises, so this always ends, where a library's own inverse gives up for shares near nothing. */
static double beta_quantile(double p, double a, double b)
{
	enum { HALVINGS = 36 };
	double low = 0, high = 1;
	for (int i = 0; i < HALVINGS; i++) {
		double middle = (low + high) / 2;
		*(gsl_cdf_beta_P(middle, a, b) < p ? &low : &high) = middle;
	}
	return (low + high) / 2;
}

bool shares_of(const double *pieces, const double *prior, size_t count, double confidence, struct shares_part *out)
{
	double all = 0;
	if (count < 2 || count > SHARES_KINDS_MAX || !(confidence > 0 && confidence < 1))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!(pieces[i] >= 0) || !(prior[i] > 0) || !isfinite(pieces[i]) || !isfinite(prior[i]))
			return false;
		all += pieces[i] + prior[i];
	}
	for (size_t i = 0; i < count; i++) {
		double a = pieces[i] + prior[i], b = all - a;
		out[i].share = a / all;
		out[i].interval = (struct interval){ beta_quantile((1 - confidence) / 2, a, b), beta_quantile((1 + confidence) / 2, a, b) };
	}
	return true;
}

double shares_pieces(double sum, double squares)
{
	return squares > 0 ? sum * sum / squares : 0;
}

double shares_distance(const double *a, const double *b, size_t count)
{
	double distance = 0;
	for (size_t i = 0; i < count; i++)
		distance += fabs(a[i] - b[i]) / 2;
	return distance;
}
