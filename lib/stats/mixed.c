/* mixed.c - who is good and who is severe, told apart: ratings with crossed random effects. */
#include "mixed.h"
#include "cholesky.h"
#include "henderson.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ITERATIONS = 60 };

/* In log gamma. At the bottom there are no differences at all; at the top there is nothing but. */
static const double bottom = -23, top = 18;

/* A Newton step, of at most 2 in each direction. Returns the decrease it promises. A factor at the bottom stays there. */
static double newton_step(const struct henderson *s, const double *log_gamma, double *step)
{
	size_t n = s->data->factors;
	double a[MIXED_FACTORS * MIXED_FACTORS], promise = 0;
	for (size_t t = 0; t < MIXED_FACTORS; t++) {
		bool stays = t >= n || log_gamma[t] <= bottom;
		step[t] = stays ? 0 : -s->gradient[t];
		for (size_t u = 0; u < MIXED_FACTORS; u++)
			a[t * MIXED_FACTORS + u] = stays || u >= n || log_gamma[u] <= bottom ? t == u : s->curvature[t][u];
		if (!stays)         /* towards the bottom the curvature vanishes sooner than the gradient */
			a[t * MIXED_FACTORS + t] += 1e-3 * fabs(s->gradient[t]) + 1e-9;
	}
	if (!cholesky_factor(a, MIXED_FACTORS, MIXED_FACTORS))
		return NAN;
	cholesky_forward(a, MIXED_FACTORS, MIXED_FACTORS, step);
	cholesky_backward(a, MIXED_FACTORS, MIXED_FACTORS, step);
	for (size_t t = 0; t < n; t++) {
		step[t] = fmin(fmax(step[t], -2), 2);
		promise -= step[t] * s->gradient[t] / 2;
	}
	return promise;
}

static enum mixed_result at_logarithms(struct henderson *s, const double *log_gamma)
{
	double gamma[MIXED_FACTORS] = { 0 };
	for (size_t t = 0; t < s->data->factors; t++) {
		if (log_gamma[t] >= top)
			return MIXED_NO_VARIATION;
		gamma[t] = log_gamma[t] <= bottom ? 0 : exp(log_gamma[t]);
	}
	return henderson_at(s, gamma);
}

/* Goes part of the way along the step, as far as the deviance does not rise. */
static enum mixed_result descend(struct henderson *s, const double *step, double *log_gamma)
{
	double from[MIXED_FACTORS], allowed = s->deviance + 1e-10 * fabs(s->deviance);
	enum mixed_result result = MIXED_OK;
	memcpy(from, log_gamma, sizeof from);
	for (int halvings = 0; halvings < 14; halvings++) {
		double part = ldexp(1, -halvings);
		for (size_t t = 0; t < s->data->factors; t++)
			log_gamma[t] = fmax(from[t] + part * step[t], bottom);
		result = at_logarithms(s, log_gamma);
		if (result == MIXED_OK && s->deviance <= allowed)
			return MIXED_OK;
	}
	return result == MIXED_OK ? MIXED_NO_CONVERGENCE : result;
}

static enum mixed_result minimise(struct henderson *s, double *log_gamma, int *iterations)
{
	double step[MIXED_FACTORS];
	for (size_t t = 0; t < MIXED_FACTORS; t++)
		log_gamma[t] = log(0.1);
	enum mixed_result result = at_logarithms(s, log_gamma);
	for (*iterations = 1; result == MIXED_OK && *iterations <= MOST_ITERATIONS; ++*iterations) {
		henderson_differentiate(s);
		double promise = newton_step(s, log_gamma, step);
		if (promise < 1e-8)
			return at_logarithms(s, log_gamma);              /* differentiating spent L */
		result = isnan(promise) ? MIXED_NO_CONVERGENCE : descend(s, step, log_gamma);
	}
	return result == MIXED_OK ? MIXED_NO_CONVERGENCE : result;
}

/* Whether factor u's level follows from factor t's. */
static bool follows(const struct mixed_data *d, size_t t, size_t u, uint32_t *known)
{
	enum { UNSEEN = 0 };
	size_t last = d->factor[t].levels;
	memset(known, UNSEEN, (last + 1) * sizeof *known);
	for (size_t i = 0; i < d->count; i++) {
		uint32_t of_t = d->factor[t].level[i], of_u = d->factor[u].level[i];
		uint32_t *seen = &known[of_t == MIXED_NONE ? last : of_t], expected = of_u == MIXED_NONE ? MIXED_NONE : of_u + 1;
		if (*seen != UNSEEN && *seen != expected)
			return false;
		*seen = expected;
	}
	return true;
}

static enum mixed_result check_factor(const struct mixed_data *d, size_t t, uint32_t *known)
{
	size_t applies = 0, used = 0;
	memset(known, 0, d->factor[t].levels * sizeof *known);
	for (size_t i = 0; i < d->count; i++) {
		uint32_t level = d->factor[t].level[i];
		if (level == MIXED_NONE)
			continue;
		if (level >= d->factor[t].levels)
			return MIXED_BAD_NUMBER;
		applies++;
		used += known[level]++ == 0;
	}
	return used < 2 ? MIXED_ONE_LEVEL : used == applies ? MIXED_TOO_FEW : MIXED_OK;
}

static enum mixed_result check(const struct mixed_data *d)
{
	if (d->fixed < 1 || d->fixed > MIXED_FIXED || d->factors < 1 || d->factors > MIXED_FACTORS || d->count >= UINT32_MAX)
		return MIXED_BAD_NUMBER;
	for (size_t i = 0; i < d->count; i++)
		if (!isfinite(d->y[i]))
			return MIXED_BAD_NUMBER;
	for (size_t i = 0; i < d->count * d->fixed; i++)
		if (!isfinite(d->x[i]))
			return MIXED_BAD_NUMBER;
	if (d->count <= d->fixed + 1)
		return MIXED_TOO_FEW;
	size_t sum = 0, most = 0;
	for (size_t t = 0; t < d->factors; t++) {
		if (d->factor[t].levels >= UINT32_MAX - 1)
			return MIXED_BAD_NUMBER;
		sum += d->factor[t].levels;
		most = d->factor[t].levels > most ? d->factor[t].levels : most;
	}
	if (sum - most + d->fixed > MIXED_DENSE)
		return MIXED_TOO_LARGE;

	uint32_t *known = calloc(most + 1, sizeof *known);
	if (!known)
		return MIXED_NO_MEMORY;
	enum mixed_result result = MIXED_OK;
	for (size_t t = 0; t < d->factors && result == MIXED_OK; t++) {
		result = check_factor(d, t, known);
		for (size_t u = 0; u < t && result == MIXED_OK; u++)
			if (follows(d, t, u, known) && follows(d, u, t, known))
				result = MIXED_NOT_CROSSED;
	}
	free(known);
	return result;
}

static void report(struct henderson *s, int iterations, struct mixed_fit *out, const struct mixed_modes *modes)
{
	const struct mixed_data *d = s->data;
	henderson_solve(s);
	*out = (struct mixed_fit){ .residual = s->squares / henderson_degrees_of_freedom(s), .deviance = s->deviance, .iterations = iterations };
	for (size_t k = 0; k < d->fixed; k++)
		out->fixed[k] = s->solution[s->random + k];
	for (size_t t = 0; t < d->factors; t++)
		out->variance[t] = s->gamma[t] * out->residual;
	if (!modes)
		return;
	henderson_invert(s, true);
	for (size_t t = 0; t < d->factors; t++)
		for (size_t l = 0; l < d->factor[t].levels; l++) {
			if (modes->effect[t])
				modes->effect[t][l] = sqrt(s->gamma[t]) * henderson_effect(s, t, l);
			if (modes->variance[t])
				modes->variance[t][l] = out->variance[t] * henderson_inverse(s, t, l, true);
		}
}

enum mixed_result mixed_fit(const struct mixed_data *data, enum mixed_method method, struct mixed_fit *out, const struct mixed_modes *modes)
{
	enum mixed_result result = check(data);
	if (result != MIXED_OK)
		return result;
	struct henderson s;
	double log_gamma[MIXED_FACTORS];
	int iterations = 0;
	result = henderson_init(&s, data, method) ? minimise(&s, log_gamma, &iterations) : MIXED_NO_MEMORY;
	if (result == MIXED_OK)
		report(&s, iterations, out, modes);
	henderson_done(&s);
	return result;
}
