/* normal.c - the normal distribution, as far as Wijzer needs it. */
#include "normal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

double normal_cdf(double z)
{
	return 0.5 * erfc(-z * M_SQRT1_2);
}

double normal_quantile(double p)
{
	if (!(p >= 0 && p <= 1))
		return NAN;
	return gsl_cdf_ugaussian_Pinv(p);
}

struct interval normal_interval(double mean, double variance, double share)
{
	if (variance == 0)
		return (struct interval){ mean, mean };
	double half = normal_quantile((1 + share) / 2) * sqrt(variance);
	return (struct interval){ mean - half, mean + half };
}
