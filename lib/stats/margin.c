/* margin.c - the smallest group that two sets of sums give away, as a minimum cut. */
#include "margin.h"
#include <stdlib.h>

/* Rows are nodes 0 … rows - 1, columns follow; the cut has some of them above it. A unit of flow from a row to a column is one person
 * of that cell in the difference; back from a column to its rows nothing limits it, because no row may lie below a column of its own.
 * Columns that are not shown are all on one side: below the cut for rows less columns, above it for columns less rows. */
enum side { BELOW, ABOVE };

struct net {
	const int64_t *count;
	int64_t *flow;                             /* from row to column, net */
	size_t rows, columns;
	const enum suppress_state *state;
	size_t *from, *queue;                      /* the walk: whence each node was reached, SIZE_MAX: not */
};

static bool reach(struct net *n, size_t node, size_t from, size_t *tail)
{
	if (n->from[node] != SIZE_MAX)
		return false;
	n->from[node] = from;
	n->queue[(*tail)++] = node;
	return true;
}

/* A way from above the cut to below it. SIZE_MAX: there is none left. */
static size_t walk(struct net *n, size_t row, size_t column, enum side hidden)
{
	size_t tail = 0;
	for (size_t i = 0; i < n->rows + n->columns; i++)
		n->from[i] = SIZE_MAX;
	reach(n, row, row, &tail);
	for (size_t c = 0; c < n->columns && hidden == ABOVE; c++)
		if (n->state[c] != SUPPRESS_SHOWN)
			reach(n, n->rows + c, n->rows + c, &tail);
	for (size_t head = 0; head < tail; head++) {
		size_t at = n->queue[head];
		if (at >= n->rows) {
			for (size_t r = 0; r < n->rows; r++)
				if (n->count[r * n->columns + at - n->rows])
					reach(n, r, at, &tail);
			continue;
		}
		for (size_t c = 0; c < n->columns; c++) {
			size_t cell = at * n->columns + c;
			bool is_below = c == column || (hidden == BELOW && n->state[c] != SUPPRESS_SHOWN);
			if (n->flow[cell] < n->count[cell] && reach(n, n->rows + c, at, &tail) && is_below)
				return n->rows + c;
		}
	}
	return SIZE_MAX;
}

/* Sends one person along the way found. A step from a column back to a row counts below zero: that way nothing is limited. */
static void send(struct net *n, size_t end)
{
	for (size_t at = end; n->from[at] != at; at = n->from[at]) {
		size_t before = n->from[at];
		if (before < n->rows)
			n->flow[before * n->columns + at - n->rows]++;
		else
			n->flow[at * n->columns + before - n->rows]--;
	}
}

/* Is the smallest difference with this cell under k? Then what the walk reached is above the cut. */
static bool is_given_away(struct net *n, size_t row, size_t column, int64_t k, enum side hidden)
{
	for (size_t i = 0; i < n->rows * n->columns; i++)
		n->flow[i] = 0;
	for (int64_t sent = 0; sent < k; sent++) {
		size_t end = walk(n, row, column, hidden);
		if (end == SIZE_MAX)
			return true;
		send(n, end);
	}
	return false;
}

static int64_t column_sum(const struct net *n, size_t column)
{
	int64_t sum = 0;
	for (size_t r = 0; r < n->rows; r++)
		sum += n->count[r * n->columns + column];
	return sum;
}

/* The smallest shown column on that side of the cut; SIZE_MAX: none. */
static size_t least_on(const struct net *n, enum side side)
{
	size_t least = SIZE_MAX;
	for (size_t c = 0; c < n->columns; c++)
		if (n->state[c] == SUPPRESS_SHOWN && (n->from[n->rows + c] != SIZE_MAX) == (side == ABOVE) && column_sum(n, c)
			&& (least == SIZE_MAX || column_sum(n, c) < column_sum(n, least)))
			least = c;
	return least;
}

/* Hides one column that takes part in giving something away; false when nothing is. */
static bool hide_one(struct net *n, int64_t k, enum suppress_state *state)
{
	for (size_t r = 0; r < n->rows; r++)
		for (size_t c = 0; c < n->columns; c++) {
			int64_t here = n->count[r * n->columns + c];
			if (!here || here >= k)
				continue;
			size_t least = SIZE_MAX;
			if (is_given_away(n, r, c, k, BELOW))
				least = least_on(n, ABOVE);
			if (least == SIZE_MAX && state[c] == SUPPRESS_SHOWN && is_given_away(n, r, c, k, ABOVE))
				least = least_on(n, BELOW);
			if (least == SIZE_MAX)
				continue;
			state[least] = SUPPRESS_OTHER;
			return true;
		}
	return false;
}

enum suppress_result suppress_margin(const int64_t *count, size_t rows, size_t columns, int64_t k, enum suppress_state *state)
{
	if (k < SUPPRESS_LEAST_K || k > SUPPRESS_MOST_K)
		return SUPPRESS_BAD_K;
	struct net n = { .count = count, .rows = rows, .columns = columns, .state = state };
	n.flow = calloc(rows * columns + 1, sizeof *n.flow);
	n.from = calloc(2 * (rows + columns) + 1, sizeof *n.from);
	n.queue = n.from ? n.from + rows + columns : NULL;
	if (!n.flow || !n.from) {
		free(n.flow);
		free(n.from);
		return SUPPRESS_NO_MEMORY;
	}
	for (size_t c = 0; c < columns; c++)
		state[c] = column_sum(&n, c) && column_sum(&n, c) < k ? SUPPRESS_SMALL : SUPPRESS_SHOWN;
	while (hide_one(&n, k, state))
		;
	free(n.flow);
	free(n.from);
	return SUPPRESS_OK;
}
