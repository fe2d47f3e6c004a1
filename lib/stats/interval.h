/* interval.h - how far a share or a mean of a group may be from the truth.
 *
 * `of` is the size N of the whole group that the n were drawn from, so that knowing everybody leaves no doubt: z or t is multiplied
 * by sqrt(1 - n/N) (finite population). Give 0 when there is no such group. `confidence` is between 0 and 1, such as .95.
 */
#pragma once
#include "normal.h"
#include <stdint.h>

/* The share of `hits` among `n`: Wilson 1927. Within 0 and 1, and sensible at both ends; n = 0 gives 0 to 1. Impossible numbers give NAN. */
struct interval interval_share(int64_t hits, int64_t n, int64_t of, double confidence);

/* A mean of n >= 2 values with standard deviation sd (divisor n - 1), by Student's t. Impossible numbers give NAN. */
struct interval interval_mean(double mean, double sd, int64_t n, int64_t of, double confidence);
