/* cohort.c - expected numbers and their covariance, period after period. */
#include "cohort.h"
#include <math.h>
#include <string.h>

enum { N = COHORT_STATES_MOST };
typedef double matrix[N][N];

bool cohort_holds(const struct cohort *c)
{
	if (c->states < 2 || c->states > N)
		return false;
	for (size_t i = 0; i < c->states; i++) {
		double sum = 0;
		for (size_t j = 0; j < c->states; j++) {
			if (!(c->move[i][j] >= 0))
				return false;
			sum += c->move[i][j];
		}
		if (fabs(sum - 1) > 1e-9 || !(c->hires[i] >= 0) || !isfinite(c->hires[i]))
			return false;
	}
	return c->move[c->states - 1][c->states - 1] > 1 - 1e-9;
}

void cohort_step(const struct cohort *c, struct cohort_moment *m)
{
	struct cohort_moment next = { 0 };
	size_t n = c->states;
	matrix half = { 0 };
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			for (size_t k = 0; k < n; k++)
				half[i][j] += m->covariance[i][k] * c->move[k][j];
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			for (size_t k = 0; k < n; k++)
				next.covariance[i][j] += c->move[k][i] * half[k][j] + m->mean[k] * c->move[k][i] * ((i == j ? 1 : 0) - c->move[k][j]);
	for (size_t j = 0; j < n; j++) {
		next.mean[j] = c->hires[j];
		next.covariance[j][j] += c->hires[j];
		for (size_t k = 0; k < n; k++)
			next.mean[j] += m->mean[k] * c->move[k][j];
	}
	*m = next;
}

void cohort_sum(const struct cohort_moment *m, size_t first, size_t last, double *mean, double *variance)
{
	*mean = *variance = 0;
	for (size_t i = first; i <= last && i < N; i++) {
		*mean += m->mean[i];
		for (size_t j = first; j <= last && j < N; j++)
			*variance += m->covariance[i][j];
	}
}

/* The inverse by Gauss and Jordan, with the largest pivot of a column. */
static bool inverted(matrix a, size_t n, matrix out)
{
	matrix work;
	memcpy(work, a, sizeof work);
	memset(out, 0, sizeof(matrix));
	for (size_t i = 0; i < n; i++)
		out[i][i] = 1;
	for (size_t c = 0; c < n; c++) {
		size_t best = c;
		for (size_t r = c + 1; r < n; r++)
			if (fabs(work[r][c]) > fabs(work[best][c]))
				best = r;
		if (!(fabs(work[best][c]) > 1e-12))
			return false;
		for (size_t j = 0; j < n && best != c; j++) {
			double x = work[c][j], y = out[c][j];
			work[c][j] = work[best][j], work[best][j] = x;
			out[c][j] = out[best][j], out[best][j] = y;
		}
		double pivot = work[c][c];
		for (size_t j = 0; j < n; j++) {
			work[c][j] /= pivot;
			out[c][j] /= pivot;
		}
		for (size_t r = 0; r < n; r++) {
			double f = work[r][c];
			if (r == c || f == 0)
				continue;
			for (size_t j = 0; j < n; j++) {
				work[r][j] -= f * work[c][j];
				out[r][j] -= f * out[c][j];
			}
		}
	}
	return true;
}

/* (I - Q)^-1 over the states before the last: how often each is visited. */
static bool visits(const struct cohort *c, matrix out)
{
	matrix a = { 0 };
	size_t n = c->states - 1;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			a[i][j] = (i == j ? 1 : 0) - c->move[i][j];
	return inverted(a, n, out);
}

bool cohort_steady(const struct cohort *c, double steady[COHORT_STATES_MOST])
{
	matrix v;
	if (!visits(c, v))
		return false;
	for (size_t j = 0; j + 1 < c->states; j++) {
		steady[j] = 0;
		for (size_t i = 0; i + 1 < c->states; i++)
			steady[j] += c->hires[i] * v[i][j];
	}
	return true;
}

bool cohort_stay(const struct cohort *c, double stay[COHORT_STATES_MOST])
{
	matrix v;
	if (!visits(c, v))
		return false;
	for (size_t i = 0; i + 1 < c->states; i++) {
		stay[i] = 0;
		for (size_t j = 0; j + 1 < c->states; j++)
			stay[i] += v[i][j];
	}
	return true;
}

/* The nearest row of chances: less the same amount everywhere, nothing below 0. */
static void project_row(double *row, size_t n)
{
	double sorted[N], sum = 0, off = 0;
	memcpy(sorted, row, n * sizeof *row);
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			if (sorted[j] > sorted[i]) {
				double x = sorted[i];
				sorted[i] = sorted[j];
				sorted[j] = x;
			}
	for (size_t i = 0; i < n; i++) {
		sum += sorted[i];
		if (sorted[i] > (sum - 1) / (double)(i + 1))
			off = (sum - 1) / (double)(i + 1);
	}
	for (size_t i = 0; i < n; i++)
		row[i] = fmax(0, row[i] - off);
}

bool cohort_half(const struct cohort *c, bool project, struct cohort *half, double *below)
{
	enum { ROUNDS = 60 };
	matrix y, z = { 0 }, y_inverse, z_inverse;
	size_t n = c->states;
	memcpy(y, c->move, sizeof y);
	for (size_t i = 0; i < n; i++)
		z[i][i] = 1;
	double moved = 1;
	for (int round = 0; round < ROUNDS && moved > 1e-15; round++) {
		if (!inverted(y, n, y_inverse) || !inverted(z, n, z_inverse))
			return false;
		moved = 0;
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++) {
				double next = (y[i][j] + z_inverse[i][j]) / 2;
				moved = fmax(moved, fabs(next - y[i][j]));
				y[i][j] = next;
				z[i][j] = (z[i][j] + y_inverse[i][j]) / 2;
			}
	}
	if (!(moved < 1e-9))
		return false;
	struct cohort out = { .states = n };
	double least = 0;
	for (size_t i = 0; i < n; i++) {
		bool is_below = false;
		out.hires[i] = c->hires[i] / 2;
		for (size_t j = 0; j < n; j++) {
			out.move[i][j] = y[i][j];
			least = fmin(least, y[i][j]);
			is_below = is_below || y[i][j] < 0;
		}
		if (project && is_below)
			project_row(out.move[i], n);
	}
	*half = out;
	*below = least;
	return true;
}

void cohort_row(const double *counted, const double *prior, double weight, size_t states, double *row)
{
	double all = weight;
	for (size_t i = 0; i < states; i++)
		all += counted[i];
	for (size_t i = 0; i < states; i++)
		row[i] = all > 0 ? (counted[i] + weight * prior[i]) / all : prior[i];
}
