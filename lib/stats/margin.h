/* margin.h - which sums of a second grouping may be shown beside those of a first, so that no small group can be worked out.
 *
 * Everybody is in one row (what is left of a shown unit after its shown parts, suppress.h) and one column (a role). The sums of all
 * rows are known; column by column it is decided whether its sum may be known too. Whatever can be worked out from them is a sum
 * over people with weights f(row) + g(column). Where that is 0 or 1 for everybody, it is a union of differences of the form
 *
 *     the people of some rows, less those of some shown columns that lie wholly within these rows
 *     the people of some shown columns, less those of some rows that lie wholly within these columns
 *
 * (cut the weights at each whole number; a column that is not shown weighs nothing). So the sums are safe when every such difference
 * is of nobody or of at least k people; the smallest one through a given cell is a minimum cut. Hides columns one by one until that
 * is so: the smallest that takes part.
 */
#pragma once
#include "suppress.h"

/* count[row * columns + column] people, each row of nobody or at least k. Decides `state` per column. */
enum suppress_result suppress_margin(const int64_t *count, size_t rows, size_t columns, int64_t k, enum suppress_state *state);
