/* suppress.c - which group figures may be shown, so that no small group can be worked out from them. */
#include "suppress.h"
#include <stdlib.h>

/* A plan for a unit and all below it is described by what it leaves to the rest of the next shown unit above: r people, where k
 * stands for k or more. For each r only the cheapest plan matters. */
struct plan {
	const struct suppress_unit *units;
	size_t count, width;                  /* width: k + 1 values of r                                              */
	int64_t k;
	int64_t *below;                       /* [count][width] cheapest cost of all below a unit that leaves it r     */
	int32_t *came_from;                   /* [count][width] the r of the parent before this unit was added to it   */
};

static const int64_t impossible = INT64_MAX;

static int64_t at_most(int64_t value, int64_t most)
{
	return value < most ? value : most;
}

static bool is_tree(const struct suppress_unit *units, size_t count, int64_t *own)
{
	for (size_t i = 0; i < count; i++) {
		if (units[i].people < 0 || (units[i].parent != SUPPRESS_TOP && units[i].parent >= i))
			return false;
		own[i] = units[i].people;
	}
	for (size_t i = 0; i < count; i++) {
		size_t parent = units[i].parent;
		if (parent != SUPPRESS_TOP && (own[parent] -= units[i].people) < 0)
			return false;
	}
	return true;
}

/* People first, units second, in one number. A small unit has no choice, so it has no cost. */
static int64_t hiding_cost(const struct plan *p, size_t unit)
{
	int64_t people = p->units[unit].people;
	return people < p->k ? 0 : people * ((int64_t)p->count + 1) + 1;
}

/* Showing a unit costs nothing and leaves nothing to the rest above, so a unit that may be shown and need not leave anything is shown. */
static bool is_shown(const struct plan *p, size_t unit, int64_t leaves)
{
	return p->units[unit].people >= p->k && (leaves == 0 || p->units[unit].parent == SUPPRESS_TOP);
}

/* The rest a shown unit keeps: nobody or at least k, whichever is cheaper. The second is always possible, by hiding all below. */
static int64_t rest_if_shown(const struct plan *p, size_t unit)
{
	const int64_t *below = p->below + unit * p->width;
	return below[0] <= below[p->k] ? 0 : p->k;
}

static int64_t cheapest(const struct plan *p, size_t unit, int64_t leaves)
{
	const int64_t *below = p->below + unit * p->width;
	if (is_shown(p, unit, leaves))
		return below[rest_if_shown(p, unit)];
	return below[leaves] == impossible ? impossible : below[leaves] + hiding_cost(p, unit);
}

/* Units come after their parents, so from the last to the first everything below a unit has been added to it when its turn comes. */
static void plan_upwards(struct plan *p, const int64_t *own, int64_t *scratch)
{
	for (size_t i = 0; i < p->count * p->width; i++)
		p->below[i] = impossible;
	for (size_t i = 0; i < p->count; i++)
		p->below[i * p->width + (size_t)at_most(own[i], p->k)] = 0;

	for (size_t i = p->count; i-- > 0;) {
		if (p->units[i].parent == SUPPRESS_TOP)
			continue;
		int64_t *parent = p->below + p->units[i].parent * p->width;
		int32_t *from = p->came_from + i * p->width;
		for (int64_t r = 0; r <= p->k; r++)
			scratch[r] = impossible;
		for (int64_t leaves = 0; leaves <= p->k; leaves++) {
			int64_t cost = cheapest(p, i, leaves);
			for (int64_t r = 0; cost != impossible && r <= p->k; r++) {
				int64_t sum = at_most(r + leaves, p->k);
				if (parent[r] != impossible && parent[r] + cost < scratch[sum]) {
					scratch[sum] = parent[r] + cost;
					from[sum] = (int32_t)(r * (p->k + 1) + leaves);
				}
			}
		}
		for (int64_t r = 0; r <= p->k; r++)
			parent[r] = scratch[r];
	}
}

/* From the first to the last: each unit undoes its own addition to its parent, and so learns which plan was chosen for it. */
static void decide_downwards(const struct plan *p, int64_t *rest, enum suppress_state *state)
{
	for (size_t i = 0; i < p->count; i++) {
		size_t parent = p->units[i].parent;
		int64_t leaves = 0;
		if (parent != SUPPRESS_TOP) {
			int32_t from = p->came_from[i * p->width + (size_t)rest[parent]];
			rest[parent] = from / (int32_t)(p->k + 1);
			leaves = from % (int32_t)(p->k + 1);
		}
		if (is_shown(p, i, leaves)) {
			state[i] = SUPPRESS_SHOWN;
			rest[i] = rest_if_shown(p, i);
		} else {
			state[i] = p->units[i].people < p->k ? SUPPRESS_SMALL : SUPPRESS_OTHER;
			rest[i] = parent == SUPPRESS_TOP ? p->units[i].people : leaves;
		}
	}
}

enum suppress_result suppress_tree(const struct suppress_unit *units, size_t count, int64_t k, enum suppress_state *state)
{
	if (k < SUPPRESS_LEAST_K || k > SUPPRESS_MOST_K)
		return SUPPRESS_BAD_K;
	if (count == 0)
		return SUPPRESS_OK;
	struct plan p = { .units = units, .count = count, .width = (size_t)k + 1, .k = k };
	int64_t *own = calloc(count, sizeof *own), *scratch = calloc(p.width, sizeof *scratch);
	p.below = calloc(count * p.width, sizeof *p.below);
	p.came_from = calloc(count * p.width, sizeof *p.came_from);

	enum suppress_result result = SUPPRESS_NO_MEMORY;
	if (own && scratch && p.below && p.came_from) {
		result = is_tree(units, count, own) ? SUPPRESS_OK : SUPPRESS_NOT_A_TREE;
		if (result == SUPPRESS_OK) {
			plan_upwards(&p, own, scratch);
			decide_downwards(&p, own, state);     /* own is done with: it now holds the rests */
		}
	}
	free(own);
	free(scratch);
	free(p.below);
	free(p.came_from);
	return result;
}

bool suppress_difference_ok(int64_t with, int64_t without, int64_t k)
{
	int64_t difference = with > without ? with - without : without - with;
	return with >= 0 && without >= 0 && (with == 0 || with >= k) && (without == 0 || without >= k) && (difference == 0 || difference >= k);
}
