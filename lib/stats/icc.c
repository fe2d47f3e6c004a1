/* icc.c - how far raters agree when each of them rated each person: the six intraclass correlations. */
#include "icc.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>

struct mean_squares { double n, k, between, within, raters, residual; };

static bool mean_squares_of(const double *rating, size_t persons, size_t raters, struct mean_squares *out)
{
	double n = (double)persons, k = (double)raters, grand = 0, between = 0, judges = 0, total = 0;
	for (size_t i = 0; i < persons * raters; i++) {
		if (!isfinite(rating[i]))
			return false;
		grand += rating[i] / (n * k);
	}
	for (size_t i = 0; i < persons; i++) {
		double sum = 0;
		for (size_t j = 0; j < raters; j++) {
			double off = rating[i * raters + j] - grand;
			sum += off;
			total += off * off;
		}
		between += sum * sum / k;
	}
	for (size_t j = 0; j < raters; j++) {
		double sum = 0;
		for (size_t i = 0; i < persons; i++)
			sum += rating[i * raters + j] - grand;
		judges += sum * sum / n;
	}
	*out = (struct mean_squares){
		.n = n, .k = k,
		.between = between / (n - 1),
		.within = (total - between) / (n * (k - 1)),
		.raters = judges / (k - 1),
		.residual = (total - between - judges) / ((n - 1) * (k - 1)),
	};
	return true;
}

/* Spearman-Brown: the reliability of the mean of k raters, each as reliable as r. */
static double of_mean(double r, double k)
{
	return r * k / (1 + r * (k - 1));
}

static struct interval one_way_interval(double f, double df1, double df2, double k, double upper)
{
	double low = f / gsl_cdf_fdist_Pinv(upper, df1, df2), high = f * gsl_cdf_fdist_Pinv(upper, df2, df1);
	return (struct interval){ (low - 1) / (low + k - 1), (high - 1) / (high + k - 1) };
}

/* The degrees of freedom are Satterthwaite's: the denominator mixes raters and residual. */
static struct interval two_way_random_interval(const struct mean_squares *m, double icc2, double upper)
{
	double n = m->n, k = m->k, fj = m->raters / m->residual;
	double a = k * icc2 * fj, b = n * (1 + (k - 1) * icc2) - k * icc2;
	double df = (k - 1) * (n - 1) * (a + b) * (a + b) / ((n - 1) * a * a + b * b);
	double f_low = gsl_cdf_fdist_Pinv(upper, n - 1, df), f_high = gsl_cdf_fdist_Pinv(upper, df, n - 1);
	double mixed = k * m->raters + (k * n - k - n) * m->residual;
	return (struct interval){
		n * (m->between - f_low * m->residual) / (f_low * mixed + n * m->between),
		n * (f_high * m->between - m->residual) / (mixed + n * f_high * m->between),
	};
}

static struct icc averaged(struct icc one, double k)
{
	one.value = of_mean(one.value, k);
	one.interval = (struct interval){ of_mean(one.interval.low, k), of_mean(one.interval.high, k) };
	return one;
}

enum icc_result icc_of(const double *rating, size_t persons, size_t raters, double confidence, struct icc *out)
{
	struct mean_squares m;
	if (persons < 2 || raters < 2)
		return ICC_TOO_FEW;
	if (!(confidence > 0 && confidence < 1) || !mean_squares_of(rating, persons, raters, &m))
		return ICC_BAD_NUMBER;
	double noise = 1e-13 * (m.between + m.within);            /* rounding is all that is left of an exact agreement */
	if (!(m.between > 0) || !(m.residual > noise) || !(m.within > noise))
		return ICC_NO_VARIATION;

	double n = m.n, k = m.k, upper = (1 + confidence) / 2, b = m.between, w = m.within, e = m.residual;
	double one_way = (b - w) / (b + (k - 1) * w);
	double random = (b - e) / (b + (k - 1) * e + k * (m.raters - e) / n);
	double fixed = (b - e) / (b + (k - 1) * e);
	out[ICC_1] = (struct icc){ one_way, b / w, n - 1, n * (k - 1), one_way_interval(b / w, n - 1, n * (k - 1), k, upper) };
	out[ICC_2] = (struct icc){ random, b / e, n - 1, (n - 1) * (k - 1), two_way_random_interval(&m, random, upper) };
	out[ICC_3] = (struct icc){ fixed, b / e, n - 1, (n - 1) * (k - 1), one_way_interval(b / e, n - 1, (n - 1) * (k - 1), k, upper) };
	out[ICC_1_MEAN] = averaged(out[ICC_1], k);
	out[ICC_2_MEAN] = averaged(out[ICC_2], k);
	out[ICC_3_MEAN] = averaged(out[ICC_3], k);
	return ICC_OK;
}
