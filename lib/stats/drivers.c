/* drivers.c - R2 divided over its items, and how unsure that is. */
#include "drivers.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = DRIVERS_MOST + 1 };

/* The walk over all subsets: items are added in ascending order, each adds a row to the factor of those before it. */
struct walk {
	const double *r;                               /* correlations, the outcome first */
	size_t items;
	double *r2;                                    /* per subset */
	double factor[SIDE][SIDE], explained[SIDE];    /* rows so far; the outcome's part along each */
	size_t member[SIDE];
};

static bool subsets(struct walk *w, size_t depth, size_t next, uint32_t set, double r2)
{
	size_t side = w->items + 1;
	w->r2[set] = r2;
	for (size_t i = next; i < w->items; i++) {
		double *row = w->factor[depth], rest = 1, along = w->r[i + 1];
		for (size_t a = 0; a < depth; a++) {
			double x = w->r[(i + 1) * side + w->member[a] + 1];
			for (size_t b = 0; b < a; b++)
				x -= row[b] * w->factor[a][b];
			row[a] = x / w->factor[a][a];
			rest -= row[a] * row[a];
			along -= row[a] * w->explained[a];
		}
		if (!(rest > 1e-10))
			return false;
		row[depth] = sqrt(rest);
		w->explained[depth] = along / row[depth];
		w->member[depth] = i;
		if (!subsets(w, depth + 1, i + 1, set | 1u << i, r2 + w->explained[depth] * w->explained[depth]))
			return false;
	}
	return true;
}

static enum drivers_result divide(struct walk *w, const double *correlation, size_t items, double *share)
{
	uint32_t all = (uint32_t)((1ull << items) - 1);
	double weight[SIDE];
	w->r = correlation;
	w->items = items;
	if (!subsets(w, 0, 0, 0, 0))
		return DRIVERS_NO_VARIATION;
	/* size! (items - size - 1)! / items! */
	for (size_t size = 0; size < items; size++) {
		weight[size] = 1.0 / (double)items;
		for (size_t i = 1; i <= size; i++)
			weight[size] *= (double)i / (double)(items - i);
	}
	for (size_t j = 0; j < items; j++)
		share[j] = 0;
	for (uint32_t set = 0; set < all; set++) {
		double part = weight[__builtin_popcount(set)];
		for (uint32_t left = all & ~set; left; left &= left - 1) {
			size_t j = (size_t)__builtin_ctz(left);
			share[j] += part * (w->r2[set | 1u << j] - w->r2[set]);
		}
	}
	return DRIVERS_OK;
}

static struct walk *walk_new(size_t items)
{
	struct walk *w = calloc(1, sizeof *w);
	if (w && !(w->r2 = calloc((size_t)1 << items, sizeof *w->r2))) {
		free(w);
		return NULL;
	}
	return w;
}

static void walk_free(struct walk *w)
{
	if (w)
		free(w->r2);
	free(w);
}

enum drivers_result drivers_of_correlation(const double *correlation, size_t items, double *share, double *r2)
{
	if (items == 0 || items > DRIVERS_MOST)
		return items == 0 ? DRIVERS_TOO_FEW : DRIVERS_TOO_MANY;
	struct walk *w = walk_new(items);
	if (!w)
		return DRIVERS_NO_MEMORY;
	double divided[DRIVERS_MOST];
	enum drivers_result result = divide(w, correlation, items, divided);
	if (result == DRIVERS_OK) {
		memcpy(share, divided, items * sizeof *share);
		*r2 = w->r2[(1u << items) - 1];
	}
	walk_free(w);
	return result;
}

/* Sums of one team: how many, of each column, of each product. Answers are taken from near their mean, so that squares keep their digits. */
struct sums { double n, column[SIDE], product[SIDE][SIDE]; };

static void sums_add(struct sums *to, const struct sums *one, size_t side)
{
	to->n += one->n;
	for (size_t i = 0; i < side; i++) {
		to->column[i] += one->column[i];
		for (size_t j = 0; j <= i; j++)
			to->product[i][j] += one->product[i][j];
	}
}

static bool correlate(const struct sums *s, size_t side, double *r)
{
	double sd[SIDE];
	for (size_t i = 0; i < side; i++) {
		double squares = s->product[i][i] - s->column[i] * s->column[i] / s->n;
		if (!(squares > 1e-12 * (1 + s->product[i][i])))
			return false;
		sd[i] = sqrt(squares);
	}
	for (size_t i = 0; i < side; i++)
		for (size_t j = 0; j <= i; j++)
			r[i * side + j] = r[j * side + i] = i == j ? 1 : (s->product[i][j] - s->column[i] * s->column[j] / s->n) / (sd[i] * sd[j]);
	return true;
}

/* splitmix64: Steele, Lea & Flood 2014. */
static uint64_t drawn(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The teams' sums, and all of them together in the last place. */
static struct sums *team_sums(const double *answer, const size_t *team, size_t people, size_t teams, size_t side)
{
	struct sums *s = calloc(teams + 1, sizeof *s);
	double centre[SIDE] = { 0 }, n = 0;
	for (int pass = 0; s && pass < 2; pass++)
		for (size_t p = 0; p < people; p++) {
			const double *row = answer + p * side;
			bool whole = team[p] < teams;
			for (size_t i = 0; i < side && whole; i++)
				whole = isfinite(row[i]);
			if (!whole)
				continue;
			if (pass == 0) {
				n++;
				for (size_t i = 0; i < side; i++)
					centre[i] += (row[i] - centre[i]) / n;
				continue;
			}
			struct sums *to = &s[team[p]];
			to->n++;
			for (size_t i = 0; i < side; i++) {
				to->column[i] += row[i] - centre[i];
				for (size_t j = 0; j <= i; j++)
					to->product[i][j] += (row[i] - centre[i]) * (row[j] - centre[j]);
			}
		}
	for (size_t t = 0; s && t < teams; t++)
		sums_add(&s[teams], &s[t], side);
	return s;
}

/* Draws whole teams; a draw in which something does not vary is drawn again. found[item * draws + draw]. */
static enum drivers_result draw_all(struct walk *w, const struct sums *s, size_t teams, size_t items, size_t draws, uint64_t seed, double *found)
{
	double r[SIDE * SIDE], share[DRIVERS_MOST];
	size_t side = items + 1, failed = 0;
	for (size_t d = 0; d < draws; ) {
		struct sums sample = { 0 };
		for (size_t t = 0; t < teams; t++)
			sums_add(&sample, &s[drawn(&seed) % teams], side);
		if (sample.n < 3 || !correlate(&sample, side, r) || divide(w, r, items, share) != DRIVERS_OK) {
			if (++failed > draws)
				return DRIVERS_NO_VARIATION;
			continue;
		}
		for (size_t i = 0; i < items; i++)
			found[i * draws + d] = share[i];
		d++;
	}
	return DRIVERS_OK;
}

enum drivers_result drivers_of(const double *answer, const size_t *team, size_t people, size_t teams, size_t items,
	double confidence, size_t draws, uint64_t seed, double *share, struct interval *interval, double *r2)
{
	if (items == 0 || teams == 0 || !(confidence > 0 && confidence < 1))
		return DRIVERS_TOO_FEW;
	if (items > (draws ? (size_t)DRIVERS_BOOTSTRAP_MOST : (size_t)DRIVERS_MOST))
		return DRIVERS_TOO_MANY;
	struct walk *w = walk_new(items);
	struct sums *s = team_sums(answer, team, people, teams, items + 1);
	double *found = draws ? calloc(items * draws, sizeof *found) : NULL;
	double r[SIDE * SIDE], divided[DRIVERS_MOST];
	size_t peopled = 0;
	for (size_t t = 0; s && t < teams; t++)
		if (s[t].n > 0)
			s[peopled++] = s[t];
	enum drivers_result result = DRIVERS_OK;
	if (!w || !s || (draws && !found))
		result = DRIVERS_NO_MEMORY;
	else if (s[teams].n < (double)(DRIVERS_PEOPLE_PER_ITEM * items) || (draws && peopled < 5))
		result = DRIVERS_TOO_FEW;
	else if (!correlate(&s[teams], items + 1, r))
		result = DRIVERS_NO_VARIATION;
	else
		result = divide(w, r, items, divided);
	double explained = result == DRIVERS_OK ? w->r2[(1u << items) - 1] : 0;
	if (result == DRIVERS_OK && draws)
		result = draw_all(w, s, peopled, items, draws, seed, found);
	if (result == DRIVERS_OK) {
		for (size_t i = 0; i < items && draws; i++) {
			double *of = found + i * draws, tail = (1 - confidence) / 2 * (double)(draws - 1);
			qsort(of, draws, sizeof *of, by_value);
			interval[i] = (struct interval){ of[(size_t)floor(tail)], of[draws - 1 - (size_t)floor(tail)] };
		}
		memcpy(share, divided, items * sizeof *share);
		*r2 = explained;
	}
	free(found);
	free(s);
	walk_free(w);
	return result;
}
