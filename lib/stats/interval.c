/* interval.c - how far a share or a mean of a group may be from the truth. */
#include "interval.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>

static const struct interval none = { NAN, NAN };

static bool numbers_hold(int64_t n, int64_t of, double confidence)
{
	return n >= 0 && (of == 0 || of >= n) && confidence > 0 && confidence < 1;
}

static double finite_population(int64_t n, int64_t of)
{
	return of == 0 ? 1 : sqrt((double)(of - n) / (double)of);
}

struct interval interval_share(int64_t hits, int64_t n, int64_t of, double confidence)
{
	if (!numbers_hold(n, of, confidence) || hits < 0 || hits > n)
		return none;
	if (n == 0)
		return (struct interval){ 0, 1 };
	double z = normal_quantile((1 + confidence) / 2) * finite_population(n, of);
	double share = (double)hits / (double)n, zz = z * z / (double)n;
	double middle = (share + zz / 2) / (1 + zz);
	double half = z / (1 + zz) * sqrt(share * (1 - share) / (double)n + zz / (4 * (double)n));
	return (struct interval){ hits == 0 ? 0 : middle - half, hits == n ? 1 : middle + half };
}

struct interval interval_mean(double mean, double sd, int64_t n, int64_t of, double confidence)
{
	if (!numbers_hold(n, of, confidence) || n < 2 || !isfinite(mean) || !(sd >= 0))
		return none;
	double t = gsl_cdf_tdist_Pinv((1 + confidence) / 2, (double)n - 1) * finite_population(n, of);
	double half = t * sd / sqrt((double)n);
	return (struct interval){ mean - half, mean + half };
}
