/* normal.h - the normal distribution, as far as Wijzer needs it. */
#pragma once

/* What is shown as "between low and high" everywhere: the central 80 %, from the 10th to the 90th percentile. */
#define SHOWN_SHARE 0.8

struct interval { double low, high; };

/* The probability that a standard normal value is at most z. By erfc, so it keeps its digits in the lower tail. */
double normal_cdf(double z);

/* The z with normal_cdf(z) = p, for 0 < p < 1; -INFINITY and INFINITY at 0 and 1, NAN outside. */
double normal_quantile(double p);

/* The central interval that holds `share` (0 to 1) of a normal with this mean and variance; the point itself when the variance is 0. */
struct interval normal_interval(double mean, double variance, double share);
