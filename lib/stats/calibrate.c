/* calibrate.c - from crossed ratings: how high each source rates, how sure it is, and how severe each rater is. */
#include "calibrate.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* One source needs as many ratings as this to count as much as the average of all in its own variance. */
static const double average_counts_as = 20;

struct crossing { uint32_t first; bool several; };

/* How many levels of a meet at least two of b. False when memory runs out. */
static bool crossed(const uint32_t *a, size_t levels, const uint32_t *b, size_t count, size_t *out)
{
	struct crossing *of = calloc(levels ? levels : 1, sizeof *of);
	if (!of)
		return false;
	for (size_t l = 0; l < levels; l++)
		of[l].first = CALIBRATE_NONE;
	*out = 0;
	for (size_t i = 0; i < count; i++) {
		if (a[i] == CALIBRATE_NONE || b[i] == CALIBRATE_NONE)
			continue;
		struct crossing *c = &of[a[i]];
		if (c->first == CALIBRATE_NONE)
			c->first = b[i];
		else if (c->first != b[i] && !c->several) {
			c->several = true;
			++*out;
		}
	}
	free(of);
	return true;
}

static enum mixed_result check(const struct calibrate_data *d)
{
	size_t raters, subjects, references = 0;
	if (d->sources < 1 || d->sources > CALIBRATE_SOURCES)
		return MIXED_BAD_NUMBER;
	for (size_t i = 0; i < d->count; i++) {
		if (d->source[i] >= d->sources || d->subject[i] >= d->subjects || (d->rater[i] != CALIBRATE_NONE && d->rater[i] >= d->raters))
			return MIXED_BAD_NUMBER;
		if (d->contexts > 0 && d->context[i] != CALIBRATE_NONE && d->context[i] >= d->contexts)
			return MIXED_BAD_NUMBER;
		references += d->source[i] == d->reference;
	}
	if (references == 0)
		return MIXED_BAD_NUMBER;
	if (!crossed(d->rater, d->raters, d->subject, d->count, &raters) || !crossed(d->subject, d->subjects, d->rater, d->count, &subjects))
		return MIXED_NO_MEMORY;
	return raters < CALIBRATE_LEAST_RATERS || subjects < CALIBRATE_LEAST_SUBJECTS ? MIXED_TOO_FEW : MIXED_OK;
}

/* A column of X per source that occurs, the reference's being the intercept. CALIBRATE_NONE: no column. Returns how many. */
static size_t columns_of(const struct calibrate_data *d, uint32_t *column)
{
	size_t used = 1;
	for (size_t s = 0; s < d->sources; s++)
		column[s] = CALIBRATE_NONE;
	for (size_t i = 0; i < d->count; i++)
		if (d->source[i] != d->reference && column[d->source[i]] == CALIBRATE_NONE)
			column[d->source[i]] = 0;
	for (size_t s = 0; s < d->sources; s++)
		if (column[s] == 0)
			column[s] = (uint32_t)used++;
	column[d->reference] = 0;
	return used;
}

/* What each source's ratings leave unexplained, as its share of the residual variance. */
static void share_residual(const struct calibrate_data *d, const struct mixed_fit *fit, const uint32_t *column, const double *subject,
	struct calibration *out)
{
	double squares[CALIBRATE_SOURCES] = { 0 }, ratings[CALIBRATE_SOURCES] = { 0 }, all = 0;
	for (size_t i = 0; i < d->count; i++) {
		uint32_t source = d->source[i];
		double left = d->level[i] - out->mean - out->source_bias[source] - subject[d->subject[i]];
		if (d->rater[i] != CALIBRATE_NONE)
			left -= out->severity[d->rater[i]];
		if (d->contexts > 0 && d->context[i] != CALIBRATE_NONE)
			left -= out->context_effect[d->context[i]];
		squares[source] += left * left;
		ratings[source] += 1;
		all += left * left / (double)d->count;
	}
	for (size_t s = 0; s < d->sources; s++)
		if (column[s] != CALIBRATE_NONE)
			out->source_variance[s] = fit->residual * (squares[s] / all + average_counts_as) / (ratings[s] + average_counts_as);
}

/* Whether the factor can be fitted at all: at least two contexts occur. */
static bool contexts_differ(const struct calibrate_data *d)
{
	uint32_t first = CALIBRATE_NONE;
	for (size_t i = 0; d->contexts > 1 && i < d->count; i++) {
		if (d->context[i] == CALIBRATE_NONE)
			continue;
		if (first != CALIBRATE_NONE && d->context[i] != first)
			return true;
		first = d->context[i];
	}
	return false;
}

static enum mixed_result fit(const struct calibrate_data *d, double *x, double *subject, struct calibration *out)
{
	uint32_t column[CALIBRATE_SOURCES];
	size_t columns = columns_of(d, column);
	for (size_t i = 0; i < d->count; i++)
		for (size_t k = 0; k < columns; k++)
			x[i * columns + k] = k == 0 || column[d->source[i]] == k;

	bool with_context = contexts_differ(d);
	struct mixed_data mixed = {
		.count = d->count, .y = d->level, .x = x, .fixed = columns, .factors = with_context ? 3 : 2,
		.factor = { { d->subject, d->subjects }, { d->rater, d->raters }, { d->context, d->contexts } },
	};
	struct mixed_modes modes = {
		.effect = { subject, out->severity, out->context_effect },
		.variance = { NULL, out->severity_variance, out->context_effect_variance },
	};
	struct mixed_fit fitted;
	enum mixed_result result = mixed_fit(&mixed, MIXED_REML, &fitted, &modes);
	if (result != MIXED_OK)
		return result;
	out->mean = fitted.fixed[0];
	out->subject_variance = fitted.variance[0];
	out->rater_variance = fitted.variance[1];
	out->context_variance = with_context ? fitted.variance[2] : 0;
	out->residual = fitted.residual;
	for (size_t c = 0; !with_context && c < d->contexts; c++)
		out->context_effect[c] = out->context_effect_variance[c] = 0;
	for (size_t s = 0; s < d->sources; s++)
		if (column[s] != CALIBRATE_NONE)
			out->source_bias[s] = column[s] == 0 ? 0 : fitted.fixed[column[s]];
	share_residual(d, &fitted, column, subject, out);
	return MIXED_OK;
}

enum mixed_result calibrate(const struct calibrate_data *data, struct calibration *out)
{
	enum mixed_result result = check(data);
	if (result != MIXED_OK)
		return result;
	double *x = calloc(data->count * data->sources, sizeof *x), *subject = calloc(data->subjects, sizeof *subject);
	result = x && subject ? fit(data, x, subject, out) : MIXED_NO_MEMORY;
	free(x);
	free(subject);
	return result;
}
