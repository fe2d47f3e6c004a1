/* henderson.c - the mixed model equations at given variance ratios: solution, deviance, derivatives. */
#include "henderson.h"
#include "cholesky.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROW = MIXED_FACTORS + MIXED_FIXED };

double henderson_degrees_of_freedom(const struct henderson *s)
{
	return (double)(s->data->count - (s->reml ? s->data->fixed : 0));
}

/* The dense columns that rating i touches, ascending, and the values there. Returns how many. */
static size_t row_of(const struct henderson *s, size_t i, size_t *column, double *value)
{
	const struct mixed_data *d = s->data;
	size_t used = 0;
	for (size_t t = 0; t < d->factors; t++)
		if (t != s->big && d->factor[t].level[i] != MIXED_NONE) {
			column[used] = s->at[t] + d->factor[t].level[i];
			value[used++] = 1;
		}
	for (size_t k = 0; k < d->fixed; k++) {
		column[used] = s->random + k;
		value[used++] = d->x[i * d->fixed + k];
	}
	return used;
}

/* Per level of the big factor, which dense columns its ratings touch: through a dense row that is wiped after use. */
static void meet(struct henderson *s, const uint32_t *order, const size_t *first, double *row, bool fill)
{
	const struct mixed_data *d = s->data;
	size_t used = 0, column[ROW];
	double value[ROW];
	for (size_t level = 0; level < s->levels; level++) {
		s->start[level] = used;
		s->ratings[level] = (double)(first[level + 1] - first[level]);
		for (size_t n = first[level]; n < first[level + 1]; n++) {
			size_t touched = row_of(s, order[n], column, value);
			for (size_t a = 0; a < touched; a++)
				row[column[a]] += value[a];
		}
		for (size_t c = 0; c < s->random + d->fixed; c++) {
			if (row[c] == 0)
				continue;
			if (fill) {
				s->column[used] = (uint32_t)c;
				s->weight[used] = row[c];
			}
			row[c] = 0;
			used++;
		}
	}
	s->start[s->levels] = used;
}

static bool index_big(struct henderson *s)
{
	const struct mixed_data *d = s->data;
	const uint32_t *level = d->factor[s->big].level;
	size_t *first = calloc(s->levels + 2, sizeof *first);
	uint32_t *order = calloc(d->count, sizeof *order);
	double *row = calloc(s->order, sizeof *row);
	bool done = first && order && row;
	if (done) {
		for (size_t i = 0; i < d->count; i++)
			if (level[i] != MIXED_NONE)
				first[level[i] + 2]++;
		for (size_t l = 2; l < s->levels + 2; l++)
			first[l] += first[l - 1];
		for (size_t i = 0; i < d->count; i++)
			if (level[i] != MIXED_NONE)
				order[first[level[i] + 1]++] = (uint32_t)i;
		meet(s, order, first, row, false);
		s->column = calloc(s->start[s->levels] + 1, sizeof *s->column);
		s->weight = calloc(s->start[s->levels] + 1, sizeof *s->weight);
		done = s->column && s->weight;
		if (done)
			meet(s, order, first, row, true);
	}
	free(first);
	free(order);
	free(row);
	return done;
}

bool henderson_init(struct henderson *s, const struct mixed_data *d, enum mixed_method method)
{
	*s = (struct henderson){ .data = d, .reml = method == MIXED_REML };
	for (size_t t = 1; t < d->factors; t++)
		if (d->factor[t].levels > d->factor[s->big].levels)
			s->big = t;
	s->levels = d->factor[s->big].levels;
	for (size_t t = 0; t < d->factors; t++)
		if (t != s->big) {
			s->at[t] = s->random;
			s->random += d->factor[t].levels;
		}
	s->random = cholesky_padded(s->random);
	s->order = cholesky_padded(s->random + d->fixed);
	s->start = calloc(s->levels + 1, sizeof *s->start);
	s->ratings = calloc(s->levels, sizeof *s->ratings);
	s->matrix = calloc(s->order * s->order, sizeof *s->matrix);
	s->scratch = calloc(s->order * s->order, sizeof *s->scratch);
	s->scale = calloc(s->order, sizeof *s->scale);
	s->solution = calloc(s->order, sizeof *s->solution);
	s->mode = calloc(s->levels, sizeof *s->mode);
	bool done = s->start && s->ratings && s->matrix && s->scratch && s->scale && s->solution && s->mode;
	for (size_t r = 0; r < 1 + d->factors; r++) {
		s->response[r] = calloc(d->count, sizeof **s->response);
		s->of_big[r] = calloc(s->levels, sizeof **s->of_big);
		s->rest[r] = calloc(s->order, sizeof **s->rest);
		done = done && s->response[r] && s->of_big[r] && s->rest[r];
	}
	if (!done || !index_big(s))
		return false;
	memcpy(s->response[0], d->y, d->count * sizeof *d->y);
	return true;
}

void henderson_done(struct henderson *s)
{
	for (size_t r = 0; r < HENDERSON_RESPONSES; r++) {
		free(s->response[r]);
		free(s->of_big[r]);
		free(s->rest[r]);
	}
	free(s->start);
	free(s->column);
	free(s->weight);
	free(s->ratings);
	free(s->matrix);
	free(s->scratch);
	free(s->scale);
	free(s->solution);
	free(s->mode);
}

static double big_diagonal(const struct henderson *s, size_t level)
{
	return s->gamma[s->big] * s->ratings[level] + 1;
}

/* The lower triangle of Z'Z + I and X'X, less what eliminating the big factor takes off: a a' gamma / D per level of it. */
static void assemble(struct henderson *s)
{
	const struct mixed_data *d = s->data;
	for (size_t i = 0; i < s->order; i++) {
		bool is_x = i >= s->random && i < s->random + d->fixed;
		memset(s->matrix + i * s->order, 0, (i + 1) * sizeof *s->matrix);
		s->matrix[i * s->order + i] = is_x ? 0 : 1;
	}
	for (size_t i = 0; i < d->count; i++) {
		size_t column[ROW], used;
		double value[ROW];
		used = row_of(s, i, column, value);
		for (size_t a = 0; a < used; a++) {
			value[a] *= s->scale[column[a]];
			for (size_t b = 0; b <= a; b++)
				s->matrix[column[a] * s->order + column[b]] += value[a] * value[b];
		}
	}
	for (size_t level = 0; level < s->levels; level++) {
		double factor = s->gamma[s->big] / big_diagonal(s, level);
		for (size_t a = s->start[level]; a < s->start[level + 1]; a++) {
			double *row = s->matrix + s->column[a] * s->order, times = factor * s->weight[a] * s->scale[s->column[a]];
			for (size_t b = s->start[level]; b <= a; b++)
				row[s->column[b]] -= times * s->weight[b] * s->scale[s->column[b]];
		}
	}
}

/* The right-hand side of a response, with the big factor eliminated and L^-1 applied. */
static void reduce(struct henderson *s, size_t r)
{
	const struct mixed_data *d = s->data;
	double *of_big = s->of_big[r], *rest = s->rest[r], root = sqrt(s->gamma[s->big]);
	memset(of_big, 0, s->levels * sizeof *of_big);
	memset(rest, 0, s->order * sizeof *rest);
	for (size_t i = 0; i < d->count; i++) {
		double v = s->response[r][i], value[ROW];
		size_t column[ROW], used = row_of(s, i, column, value);
		for (size_t a = 0; a < used; a++)
			rest[column[a]] += value[a] * v;
		if (d->factor[s->big].level[i] != MIXED_NONE)
			of_big[d->factor[s->big].level[i]] += root * v;
	}
	for (size_t level = 0; level < s->levels; level++)
		for (size_t a = s->start[level]; a < s->start[level + 1]; a++)
			rest[s->column[a]] -= root * of_big[level] / big_diagonal(s, level) * s->weight[a];
	for (size_t c = 0; c < s->order; c++)
		rest[c] *= s->scale[c];
	cholesky_forward(s->matrix, s->order, s->order, rest);
}

/* The inner product of what the model leaves of two responses: v'P w. */
static double left_over(const struct henderson *s, size_t v, size_t w)
{
	double sum = 0;
	for (size_t i = 0; i < s->data->count; i++)
		sum += s->response[v][i] * s->response[w][i];
	for (size_t level = 0; level < s->levels; level++)
		sum -= s->of_big[v][level] * s->of_big[w][level] / big_diagonal(s, level);
	for (size_t c = 0; c < s->order; c++)
		sum -= s->rest[v][c] * s->rest[w][c];
	return sum;
}

enum mixed_result henderson_at(struct henderson *s, const double *gamma)
{
	const struct mixed_data *d = s->data;
	memcpy(s->gamma, gamma, d->factors * sizeof *gamma);
	for (size_t c = 0; c < s->order; c++)
		s->scale[c] = 1;
	for (size_t t = 0; t < d->factors; t++)
		for (size_t l = 0; t != s->big && l < d->factor[t].levels; l++)
			s->scale[s->at[t] + l] = sqrt(gamma[t]);
	assemble(s);
	if (!cholesky_factor(s->matrix, s->order, s->order))
		return MIXED_FIXED_DEPENDENT;
	reduce(s, 0);
	s->squares = left_over(s, 0, 0);
	double all = 0, n = henderson_degrees_of_freedom(s), log_det = cholesky_log_det(s->matrix, s->order, 0, s->reml ? s->order : s->random);
	for (size_t i = 0; i < d->count; i++)
		all += d->y[i] * d->y[i];
	if (!(s->squares > 1e-12 * all))
		return MIXED_NO_VARIATION;
	for (size_t level = 0; level < s->levels; level++)
		log_det += log(big_diagonal(s, level));
	s->deviance = log_det + n * (1 + log(2 * M_PI * s->squares / n));
	return MIXED_OK;
}

void henderson_solve(struct henderson *s)
{
	memcpy(s->solution, s->rest[0], s->order * sizeof *s->solution);
	cholesky_backward(s->matrix, s->order, s->order, s->solution);
	double root = sqrt(s->gamma[s->big]);
	for (size_t level = 0; level < s->levels; level++) {
		double sum = s->of_big[0][level];
		for (size_t a = s->start[level]; a < s->start[level + 1]; a++)
			sum -= root * s->weight[a] * s->scale[s->column[a]] * s->solution[s->column[a]];
		s->mode[level] = sum / big_diagonal(s, level);
	}
}

double henderson_effect(const struct henderson *s, size_t t, size_t level)
{
	return t == s->big ? s->mode[level] : s->solution[s->at[t] + level];
}

void henderson_invert(struct henderson *s, bool with_x)
{
	cholesky_invert(s->matrix, s->order, with_x ? s->order : s->random, s->scratch);
}

/* For big, with a the scaled weights of the level and D its diagonal: (1 + gamma a' inverse a / D) / D. */
double henderson_inverse(const struct henderson *s, size_t t, size_t level, bool with_x)
{
	if (t != s->big) {
		size_t c = s->at[t] + level;
		return s->matrix[c * s->order + c];
	}
	double sum = 0, diagonal = big_diagonal(s, level);
	size_t first = s->start[level], last = s->start[level + 1];
	while (!with_x && last > first && s->column[last - 1] >= s->random)
		last--;
	for (size_t a = first; a < last; a++) {
		const double *row = s->matrix + s->column[a] * s->order;
		double inner = row[s->column[a]] * s->weight[a] * s->scale[s->column[a]];
		for (size_t b = first; b < a; b++)
			inner += 2 * row[s->column[b]] * s->weight[b] * s->scale[s->column[b]];
		sum += inner * s->weight[a] * s->scale[s->column[a]];
	}
	return (1 + s->gamma[s->big] * sum / diagonal) / diagonal;
}

/* With u_t the effects, r2 the squares, n the degrees of freedom and w_t the part of y that factor t explains:
 *     d_t  = levels_t - trace(inverse_tt) - n u_t'u_t / r2
 *     d_tu = n (w_t'P w_u) / r2 - n (u_t'u_t) (u_u'u_u) / r2^2 */
void henderson_differentiate(struct henderson *s)
{
	const struct mixed_data *d = s->data;
	double norm[MIXED_FACTORS] = { 0 }, n = henderson_degrees_of_freedom(s), r2 = s->squares;
	henderson_solve(s);
	for (size_t t = 0; t < d->factors; t++) {
		double root = sqrt(s->gamma[t]);
		for (size_t l = 0; l < d->factor[t].levels; l++)
			norm[t] += henderson_effect(s, t, l) * henderson_effect(s, t, l);
		for (size_t i = 0; i < d->count; i++) {
			uint32_t level = d->factor[t].level[i];
			s->response[1 + t][i] = level == MIXED_NONE ? 0 : root * henderson_effect(s, t, level);
		}
		reduce(s, 1 + t);
	}
	for (size_t t = 0; t < d->factors; t++)
		for (size_t u = 0; u < d->factors; u++)
			s->curvature[t][u] = n / r2 * (left_over(s, 1 + t, 1 + u) - norm[t] * norm[u] / r2);
	henderson_invert(s, s->reml);
	for (size_t t = 0; t < d->factors; t++) {
		s->gradient[t] = (double)d->factor[t].levels - n * norm[t] / r2;
		for (size_t l = 0; l < d->factor[t].levels; l++)
			s->gradient[t] -= henderson_inverse(s, t, l, s->reml);
	}
}

