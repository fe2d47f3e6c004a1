/* shares.h - how a whole divides over a few kinds, and how far each share may be from the truth.
 *
 * The whole is made of pieces (a moment of learning, a person), each of one kind or of a mixture of kinds. Before any is seen the shares
 * are believed to be about `prior`, as surely as its sum in pieces; after them they are Dirichlet(prior + pieces), so that each share
 * by itself is Beta(a, A - a), with A the sum of all a.
 */
#pragma once
#include "normal.h"
#include <stdbool.h>
#include <stddef.h>

enum { SHARES_KINDS_MAX = 16 };

struct shares_part { double share; struct interval interval; };

/* pieces[i] >= 0 and prior[i] > 0 of `count` kinds (2 to 16). share is the posterior mean, the shares add up to 1; interval is the central
 * one of each share by itself, to 1e-9. False for impossible numbers; then `out` is left alone. */
bool shares_of(const double *pieces, const double *prior, size_t count, double confidence, struct shares_part *out);

/* Pieces of unequal size say as much as so many equal ones: sum² / sum of squares (Kish 1965). A day and twenty quarters of an hour
 * are not twenty-one pieces. 0 when there is nothing. */
double shares_pieces(double sum, double squares);

/* Which part of one whole would have to be of another kind to be divided as the other: half the sum of |a - b| (total variation), 0 to 1. */
double shares_distance(const double *a, const double *b, size_t count);
