/* table.h - which cells of a table with margins must be hidden, so that no small one can be worked out.
 *
 * A table of R rows and C columns is (R+1) by (C+1) cells, row after row: the last column holds the sums of rows, the last row the sums
 * of columns, the last cell all. A cell of 1 … k-1 people is small. Whoever knows the other cells and that nobody is below 0 can say
 * of each hidden cell: from `least` to `greatest`. A small cell is safe when
 *
 *     least < k <= greatest  and  greatest - least >= k
 *
 * A table's equations are those of a network (rows and columns are nodes, cells are arcs, margins run backwards), so both bounds are
 * largest flows and whole numbers (Fischetti & Salazar 2001; Cox 1995 for hiding along circuits).
 */
#pragma once
#include "suppress.h"

enum { TABLE_SIDE_MOST = 128 };

/* What an attacker can derive about the hidden cell `cell`. *greatest is INT64_MAX where nothing bounds it. False when memory ran out. */
bool table_range(const int64_t *count, const bool *hidden, size_t rows, size_t columns, size_t cell, int64_t *least, int64_t *greatest);

/* Is every small cell hidden and safe? */
bool table_safe(const int64_t *count, const bool *hidden, size_t rows, size_t columns, int64_t k);

/* Decides for each of the (R+1)(C+1) cells: SUPPRESS_SMALL, SUPPRESS_OTHER (hidden with it) or SUPPRESS_SHOWN. Few people are hidden, then few
 * cells: circuits of least cost around each small cell, in several orders, afterwards everything is shown again that can be; not always the
 * least possible (test_table holds it against an exact solver). Where nothing else is safe the whole table is hidden.
 * SUPPRESS_NOT_A_TREE when sums do not add up or a number is negative. Unless SUPPRESS_OK `state` is left alone. */
enum suppress_result suppress_table(const int64_t *count, size_t rows, size_t columns, int64_t k, enum suppress_state *state);
