/* table.c - hiding cells of a two-way table along circuits of least cost, and what an attacker can derive. */
#include "table.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Node r is row r, node H + c is column c. A step from a row to a column makes its cell larger for a plain cell, smaller for a margin. */
#define ENDLESS (INT64_MAX / 4)

struct net {
	const int64_t *count;
	const bool *open;                              /* arcs that may change: hidden cells; NULL: all */
	size_t high, wide;                             /* with margins */
	int64_t *flow;                                 /* how much larger a cell is than it is, signed */
	int64_t *cost, *length;
	size_t *from;
	bool *done;
};

static bool is_margin(const struct net *n, size_t row, size_t column)
{
	return (row + 1 == n->high) != (column + 1 == n->wide);
}

/* How much a cell may still grow, or shrink to 0. */
static int64_t room(const struct net *n, size_t cell, bool grow)
{
	return grow ? ENDLESS : n->count[cell] + n->flow[cell];
}

static bool net_new(struct net *n, const int64_t *count, const bool *open, size_t rows, size_t columns)
{
	size_t high = rows + 1, wide = columns + 1;
	*n = (struct net){ .count = count, .open = open, .high = high, .wide = wide };
	n->flow = calloc(high * wide, sizeof *n->flow);
	n->cost = calloc(high * wide, sizeof *n->cost);
	n->length = calloc(high + wide, sizeof *n->length);
	n->from = calloc(high + wide, sizeof *n->from);
	n->done = calloc(high + wide, sizeof *n->done);
	return n->flow && n->cost && n->length && n->from && n->done;
}

static void net_free(struct net *n)
{
	free(n->flow);
	free(n->cost);
	free(n->length);
	free(n->from);
	free(n->done);
}

static bool steps_to_row(const struct net *n, size_t from)
{
	return from >= n->high;
}

static size_t cell_between(const struct net *n, size_t a, size_t b)
{
	return a < b ? a * n->wide + b - n->high : b * n->wide + a - n->high;
}

/* The cheapest way from node `start` to node `end` on arcs with at least `width` room, without the cell between them. ENDLESS: none. */
static int64_t way(struct net *n, size_t start, size_t end, int64_t width)
{
	size_t nodes = n->high + n->wide;
	for (size_t i = 0; i < nodes; i++) {
		n->length[i] = ENDLESS;
		n->done[i] = false;
	}
	n->length[start] = 0;
	for (;;) {
		size_t at = nodes;
		for (size_t i = 0; i < nodes; i++)
			if (!n->done[i] && n->length[i] < ENDLESS && (at == nodes || n->length[i] < n->length[at]))
				at = i;
		if (at == nodes || at == end)
			break;
		n->done[at] = true;
		size_t first = steps_to_row(n, at) ? 0 : n->high, last = steps_to_row(n, at) ? n->high : nodes;
		for (size_t to = first; to < last; to++) {
			size_t row = at < to ? at : to, column = (at < to ? to : at) - n->high, cell = cell_between(n, at, to);
			if (n->done[to] || (n->open && !n->open[cell]) || (at == start && to == end))
				continue;
			bool grow = (at < n->high) != is_margin(n, row, column);
			if (room(n, cell, grow) >= width && n->length[at] + n->cost[cell] < n->length[to]) {
				n->length[to] = n->length[at] + n->cost[cell];
				n->from[to] = at;
			}
		}
	}
	return n->length[end];
}

/* Sends up to `most` along the way found, as much as its narrowest step takes. */
static int64_t send(struct net *n, size_t start, size_t end, int64_t most)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t at = end; at != start; at = n->from[at]) {
			size_t before = n->from[at], cell = cell_between(n, before, at);
			size_t row = before < at ? before : at, column = (before < at ? at : before) - n->high;
			bool grow = (before < n->high) != is_margin(n, row, column);
			if (pass == 0)
				most = room(n, cell, grow) < most ? room(n, cell, grow) : most;
			else
				n->flow[cell] += grow ? most : -most;
		}
	return most;
}

/* The circuit through a cell that makes it larger, or smaller, leaves its far node and comes back to its near one. */
static void ends(const struct net *n, size_t cell, bool up, size_t *start, size_t *end)
{
	size_t row = cell / n->wide, column = cell % n->wide;
	bool from_row = up != is_margin(n, row, column);
	*start = from_row ? n->high + column : row;
	*end = from_row ? row : n->high + column;
}

/* How far the hidden cells let this one go up or down, at most `most`. */
static int64_t reach(struct net *n, size_t cell, bool up, int64_t most)
{
	size_t start, end;
	int64_t sent = 0;
	memset(n->flow, 0, n->high * n->wide * sizeof *n->flow);
	ends(n, cell, up, &start, &end);
	while (sent < most && way(n, start, end, 1) < ENDLESS)
		sent += send(n, start, end, most - sent);
	return sent;
}

bool table_range(const int64_t *count, const bool *hidden, size_t rows, size_t columns, size_t cell, int64_t *least, int64_t *greatest)
{
	struct net n;
	bool made = net_new(&n, count, hidden, rows, columns);
	if (made) {
		int64_t up = reach(&n, cell, true, ENDLESS / 2);
		*greatest = up >= ENDLESS / 2 ? INT64_MAX : count[cell] + up;
		*least = count[cell] - reach(&n, cell, false, count[cell]);
	}
	net_free(&n);
	return made;
}

static bool is_small(int64_t people, int64_t k)
{
	return people > 0 && people < k;
}

static bool cell_safe(struct net *n, size_t cell, int64_t k)
{
	int64_t people = n->count[cell], up = reach(n, cell, true, k);
	return people + up >= k && (up >= k || up + reach(n, cell, false, people) >= k);
}

static bool net_safe(struct net *n, int64_t k)
{
	for (size_t i = 0; i < n->high * n->wide; i++)
		if (is_small(n->count[i], k) && (!n->open[i] || !cell_safe(n, i, k)))
			return false;
	return true;
}

bool table_safe(const int64_t *count, const bool *hidden, size_t rows, size_t columns, int64_t k)
{
	struct net n;
	bool safe = net_new(&n, count, hidden, rows, columns) && net_safe(&n, k);
	net_free(&n);
	return safe;
}

/* Hides the cells along circuits through `cell` until it can go `wanted` in that direction. `broad`: one circuit wide enough rather than
 * several narrow ones. Cells hidden already cost nothing. False when the table has no such circuits. */
static bool protect(struct net *n, bool *hidden, size_t cell, bool up, int64_t wanted, bool broad)
{
	size_t start, end, cells = n->high * n->wide;
	const bool *open = n->open;
	memset(n->flow, 0, cells * sizeof *n->flow);
	ends(n, cell, up, &start, &end);
	n->open = NULL;
	int64_t sent = 0;
	while (sent < wanted) {
		for (size_t i = 0; i < cells; i++)
			n->cost[i] = hidden[i] ? 0 : n->count[i] * (int64_t)(cells + 1) + 1;
		if (way(n, start, end, broad ? wanted - sent : 1) >= ENDLESS && way(n, start, end, 1) >= ENDLESS)
			break;
		for (size_t at = end; at != start; at = n->from[at])
			hidden[cell_between(n, n->from[at], at)] = true;
		sent += send(n, start, end, wanted - sent);
	}
	n->open = open;
	return sent >= wanted;
}

struct order { size_t cell; int64_t key; };

static int by_key(const void *a, const void *b)
{
	const struct order *x = a, *y = b;
	return x->key != y->key ? (x->key > y->key ? 1 : -1) : (x->cell > y->cell) - (x->cell < y->cell);
}

/* Shows again what can be: the largest first. */
static void show_again(struct net *n, bool *hidden, int64_t k, struct order *order)
{
	size_t cells = n->high * n->wide, extra = 0;
	for (size_t i = 0; i < cells; i++)
		if (hidden[i] && !is_small(n->count[i], k))
			order[extra++] = (struct order){ i, -n->count[i] };
	qsort(order, extra, sizeof *order, by_key);
	for (size_t i = 0; i < extra; i++) {
		hidden[order[i].cell] = false;
		if (!net_safe(n, k))
			hidden[order[i].cell] = true;
	}
}

/* One attempt: small cells in some order, each given its room upwards, or upwards to k and the rest downwards. */
static bool attempt(struct net *n, bool *hidden, int64_t k, int variant, struct order *order)
{
	size_t cells = n->high * n->wide, small = 0;
	for (size_t i = 0; i < cells; i++) {
		hidden[i] = is_small(n->count[i], k);
		if (hidden[i])
			order[small++] = (struct order){ i, variant / 4 == 0 ? n->count[i] : variant / 4 == 1 ? -n->count[i] : (int64_t)((i * 2654435761u) ^ (size_t)variant * 40503u) % 65521 };
	}
	qsort(order, small, sizeof *order, by_key);
	for (size_t i = 0; i < small; i++) {
		size_t cell = order[i].cell;
		int64_t people = n->count[cell];
		memset(n->cost, 0, cells * sizeof *n->cost);
		if (cell_safe(n, cell, k))
			continue;
		bool split = variant & 1, broad = !(variant & 2);
		if (split && protect(n, hidden, cell, true, k - people, broad) && protect(n, hidden, cell, false, people, broad))
			continue;
		if (!protect(n, hidden, cell, true, k, broad))
			return false;
	}
	memset(n->cost, 0, cells * sizeof *n->cost);
	if (!net_safe(n, k))
		return false;
	show_again(n, hidden, k, order);
	return true;
}

static bool adds_up(const int64_t *count, size_t rows, size_t columns)
{
	size_t wide = columns + 1;
	for (size_t r = 0; r <= rows; r++) {
		int64_t sum = 0;
		for (size_t c = 0; c < columns; c++) {
			if (count[r * wide + c] < 0 || count[r * wide + c] > INT32_MAX)
				return false;
			sum += count[r * wide + c];
		}
		if (sum != count[r * wide + columns])
			return false;
	}
	for (size_t c = 0; c <= columns; c++) {
		int64_t sum = 0;
		for (size_t r = 0; r < rows; r++)
			sum += count[r * wide + c];
		if (sum != count[rows * wide + c])
			return false;
	}
	return true;
}

enum suppress_result suppress_table(const int64_t *count, size_t rows, size_t columns, int64_t k, enum suppress_state *state)
{
	enum { VARIANTS = 24 };
	if (k < SUPPRESS_LEAST_K || k > SUPPRESS_MOST_K)
		return SUPPRESS_BAD_K;
	if (rows == 0 || columns == 0 || rows > TABLE_SIDE_MOST || columns > TABLE_SIDE_MOST || !adds_up(count, rows, columns))
		return SUPPRESS_NOT_A_TREE;
	size_t cells = (rows + 1) * (columns + 1), small = 0;
	bool *hidden = calloc(2 * cells, sizeof *hidden), *best = hidden ? hidden + cells : NULL;
	struct order *order = calloc(cells, sizeof *order);
	struct net n = { 0 };
	enum suppress_result result = SUPPRESS_NO_MEMORY;
	if (hidden && order && net_new(&n, count, hidden, rows, columns)) {
		int64_t least = INT64_MAX;
		for (size_t i = 0; i < cells; i++) {
			small += is_small(count[i], k);
			best[i] = true;
		}
		int variants = small == 0 ? 1 : cells > 400 ? 2 : VARIANTS;
		for (int v = 0; v < variants; v++) {
			int64_t cost = 0;
			if (!attempt(&n, hidden, k, v, order))
				continue;
			for (size_t i = 0; i < cells; i++)
				cost += hidden[i] ? count[i] * (int64_t)(cells + 1) + 1 : 0;
			if (cost < least) {
				least = cost;
				memcpy(best, hidden, cells * sizeof *best);
			}
		}
		for (size_t i = 0; i < cells; i++)
			state[i] = !best[i] ? SUPPRESS_SHOWN : is_small(count[i], k) ? SUPPRESS_SMALL : SUPPRESS_OTHER;
		result = SUPPRESS_OK;
	}
	net_free(&n);
	free(order);
	free(hidden);
	return result;
}
