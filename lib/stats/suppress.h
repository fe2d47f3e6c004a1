/* suppress.h - which group figures may be shown, so that no small group can be worked out from them (the pure part of the gate).
 *
 * A tree of units gives sums: what is released of a unit is about everybody in it. Whoever reads them may add and subtract. For
 * shown units, call what is left of a unit after taking away the shown units directly below it (skipping hidden ones) its rest.
 * The rests are disjoint and every released sum is a sum of rests, so whatever can be worked out is about a union of rests. Hence,
 * exactly:
 *
 *     a tree is safe when every shown unit has a rest of nobody or of at least k people.
 *
 * Not covered: a sum that itself says something about everybody (all 12 are below target); comparison over time (use
 * suppress_difference_ok on who joined or left); two-way tables.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SUPPRESS_LEAST_K = 5, SUPPRESS_MOST_K = 1000 };

#define SUPPRESS_TOP SIZE_MAX                 /* the parent of a unit that has none */

struct suppress_unit {
	size_t parent;                        /* an earlier place in the array, or SUPPRESS_TOP */
	int64_t people;                       /* everybody the figure is about: those below and those directly in it, each once */
};

enum suppress_state {
	SUPPRESS_SHOWN,
	SUPPRESS_SMALL,                       /* fewer than k people */
	SUPPRESS_OTHER,                       /* large enough, but with it a small group could be worked out */
};

enum suppress_result {
	SUPPRESS_OK,
	SUPPRESS_BAD_K,                       /* not between SUPPRESS_LEAST_K and SUPPRESS_MOST_K */
	SUPPRESS_NOT_A_TREE,                  /* a parent that does not come earlier, a negative number, or more people below than in a unit: somebody counted twice */
	SUPPRESS_NO_MEMORY,
};

/* Decides for each of `count` units. A top unit of k or more is always shown. Under that, the choice hides the fewest people (the
 * people of each hidden unit of k or more, summed), then the fewest units; what is still equal goes by place in the array, so
 * give the units in a stable order. In a flat list this is: hide the small ones, and if together they are fewer than k, the
 * smallest other one. Exact, by dynamic programming over the tree; about count * k^2 steps. Unless the result is SUPPRESS_OK,
 * `state` is left alone. */
enum suppress_result suppress_tree(const struct suppress_unit *units, size_t count, int64_t k, enum suppress_state *state);

/* Whether figures of a group with and without some people (or before and after) may be shown side by side: both are of nobody or
 * at least k people, and they differ by nobody or at least k. For "what if these leave" and a filter against all. */
bool suppress_difference_ok(int64_t with, int64_t without, int64_t k);
