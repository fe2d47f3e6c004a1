/* agreement.h - may the answers of a team be called the team's? Do its people agree, and do teams differ?
 *
 *     rwg(j)   J (1 - s2/e2) / (J (1 - s2/e2) + s2/e2), s2 the mean variance of J items within the team, e2 = (A^2 - 1)/12 what
 *              answers without any pattern on A points would give; 0 when s2 is more than that     James, Demaree & Wolf 1984
 *     ICC(1)   how much of one person's answer is the team's   (B - W) / (B + (n0 - 1) W)
 *     ICC(2)   how reliable a team's mean is                   (B - W) / B        Bliese 2000; n0 for unequal teams: Searle 1971
 *
 * Call it the team's only where rwg is at least AGREEMENT_RWG and ICC(2) at least AGREEMENT_ICC2, and show both.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define AGREEMENT_RWG 0.70
#define AGREEMENT_ICC2 0.60

/* answer[person * items + item] of one team, whole rows only (a row with a NAN is passed over), on `points` points. NAN when fewer than two people count. */
double agreement_rwg(const double *answer, size_t people, size_t items, double points);

struct agreement_teams {
	size_t teams;                                  /* of two people or more, and of one: all that have somebody */
	double icc1, icc2;                             /* icc2 is that of a team of mean size n0 */
	double between, within;                        /* variance between teams (0 if the estimate is below) and within */
	double mean;
};
/* value[i] belongs to team[i], 0 … teams - 1; a NAN is passed over. False when there are not two teams or nobody shares one, or without memory. */
bool agreement_between(const double *value, const size_t *team, size_t count, size_t teams, struct agreement_teams *out);

/* What a team's mean of n answers is worth: drawn towards the mean of all as far as it is unsure (empirical Bayes). */
double agreement_shrunk(const struct agreement_teams *of, double mean, size_t n);
