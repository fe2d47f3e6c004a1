/* drivers.h - what goes together with an outcome, and how much: R2 divided over the items (LMG). Says nothing about causes.
 *
 * An item's share is the mean, over all orders in which the items can be added, of what it adds to R2 (Lindeman, Merenda & Gold 1980;
 * the Shapley value of R2). Exact, from the R2 of all 2^p subsets, each by adding one row to a Cholesky factor.
 * The interval is a bootstrap that draws whole teams, because people of one team answer alike (Davison & Hinkley 1997, 3.8).
 */
#pragma once
#include "normal.h"
#include <stddef.h>
#include <stdint.h>

enum { DRIVERS_MOST = 20, DRIVERS_BOOTSTRAP_MOST = 12, DRIVERS_PEOPLE_PER_ITEM = 10 };

enum drivers_result {
	DRIVERS_OK,
	DRIVERS_TOO_FEW,                               /* fewer than DRIVERS_PEOPLE_PER_ITEM whole answers an item, or fewer than five teams for intervals */
	DRIVERS_TOO_MANY,                              /* more items than can be divided exactly */
	DRIVERS_NO_VARIATION,                          /* an item or the outcome is the same for everybody, or an item says nothing that others do not */
	DRIVERS_NO_MEMORY,
};

/* correlation: (items + 1)^2 numbers, the outcome first. share[items] sums to *r2. */
enum drivers_result drivers_of_correlation(const double *correlation, size_t items, double *share, double *r2);

/* answer[person * (items + 1)], the outcome first; a row with a NAN is passed over. team: 0 … teams - 1 per person. `draws` bootstrap
 * samples from `seed` (the same seed gives the same interval); 0 leaves `interval` alone. Cost: people * items^2 + draws * (teams * items^2 + 2^items * items). */
enum drivers_result drivers_of(const double *answer, const size_t *team, size_t people, size_t teams, size_t items,
	double confidence, size_t draws, uint64_t seed, double *share, struct interval *interval, double *r2);
