/* severity.c - working out from who rated whom how high each source rates and how severe each rater is, and taking that off.
 *
 * A rater's severity exists to correct what they said and for nothing else: it is shown nowhere, and forgotten at the next fit.
 */
#include "inside.h"
#include "stats/calibrate.h"
#include "trust/trust.h"
#include "web/event.h"
#include "web/operation.h"
#include <math.h>
#include <stdio.h>

SETTING(estimates_fitting, "0", W(ratings_fitting), W(ratings_fitting_why), 0, 1)

/* Another value holds for what is believed already, too. */
HEARS(setting_changed, struct setting_event, fitting_changed)
{
	return str_eq(what->name, S("estimates_fitting")) ? estimates_refresh_later(c) : OK;
}

RECORD(correction, FIELD(correction, kind), FIELD(correction, rater, .optional = true), FIELD(correction, external, .optional = true),
	FIELD(correction, name), FIELD(correction, bias), FIELD(correction, variance));
RECORD(fit, FIELD(fit, id), FIELD(fit, policy), FIELD(fit, ratings), FIELD(fit, subjects), FIELD(fit, raters), FIELD(fit, contexts), FIELD(fit, mean),
	FIELD(fit, subject_variance), FIELD(fit, rater_variance), FIELD(fit, context_variance), FIELD(fit, residual), FIELD(fit, deviance), FIELD(fit, made));

/* ---- Used ---- */

/* One number for a rater of either kind; 0 for none. */
static int64_t rater_key(int64_t rater, int64_t external)
{
	return rater ? 2 * rater : external ? 2 * external + 1 : 0;
}

static void corrections_take(struct ctx *c, struct weights *w)
{
	for (size_t i = 0; i < w->corrections.count; i++) {
		const struct correction *k = list_item(w->corrections, struct correction, i);
		enum source s = source_of(k->name);
		if (str_eq(k->kind, S("context")))
			map_put(c->arena, &w->contexts, k->name, (int64_t)i, NULL);
		else if (str_eq(k->kind, S("source")) && s < SOURCES) {
			w->policy.bias[s] = k->bias;
			w->policy.variance[s] = k->variance;
		} else
			map_put_number(c->arena, &w->raters, rater_key(k->rater, k->external), (int64_t)i, NULL);
	}
}

enum status weights_load(struct ctx *c, struct weights *out)
{
	double allowed = 0;
	struct fit fit;
	*out = (struct weights){ 0 };
	TRY(policy_load(c, &out->policy));
	if (out->policy.fit_severity)
		TRY(setting_number(c, S("estimates_fitting"), &allowed));
	if (allowed == 0)
		return OK;
	TRY(store_find(c, fit_now, NOTHING, &fit, &out->fitted));
	if (!out->fitted)
		return OK;
	out->policy.over_time.prior_mean = fit.mean;
	out->policy.over_time.prior_variance = fit.subject_variance;
	out->rater_variance = fit.rater_variance;
	out->context_variance = fit.context_variance;
	TRY(store_all(c, corrections_all, NOTHING, &out->corrections));
	corrections_take(c, out);
	return OK;
}

void weights_apply(const struct weights *w, const struct counted *r, struct observation *out)
{
	enum source s = source_of(r->source);
	*out = (struct observation){ r->day.day, (double)r->level, w->policy.bias[s], w->policy.variance[s] };
	if (!w->fitted)
		return;
	int64_t i, rater = rater_key(r->rater, r->external);
	if (rater && s != SELF) {
		bool known = map_find_number(&w->raters, rater, &i);
		out->bias += known ? list_item(w->corrections, struct correction, i)->bias : 0;
		out->variance += known ? list_item(w->corrections, struct correction, i)->variance : w->rater_variance;
	}
	if (r->context.len) {
		bool known = map_find(&w->contexts, r->context, &i);
		out->bias += known ? list_item(w->corrections, struct correction, i)->bias : 0;
		out->variance += known ? list_item(w->corrections, struct correction, i)->variance : w->context_variance;
	}
}

/* ---- Worked out ---- */

struct crossed { int64_t person, skill, level; str source; int64_t rater, external; str context; int64_t unit; };
RECORD(crossed, FIELD(crossed, person), FIELD(crossed, skill), FIELD(crossed, level), FIELD(crossed, source), FIELD(crossed, rater, .optional = true),
	FIELD(crossed, external, .optional = true), FIELD(crossed, context), FIELD(crossed, unit, .optional = true));

enum { FIT_RATINGS_MAX = 1000000, CONTEXTS_FIXED_MAX = 6 };

/* A rating as the models want it: everything a number from 0, MIXED_NONE for none. */
struct numbered { double level; uint32_t subject, source, rater, context, place; };

struct gathering {
	list ratings;                              /* of struct numbered */
	int64_t person, skill;                     /* of the last one: they come by person and skill */
	uint32_t subjects;
	struct map raters, contexts, places;       /* a place is a context in a unit: what is asked of lecturers differs by department */
	list rater_keys, context_names;            /* of int64_t, of str; by number */
};

static uint32_t number_of(struct ctx *c, struct map *m, str key)
{
	int64_t n = (int64_t)m->count;
	map_put(c->arena, m, key, n, &n);
	return (uint32_t)n;
}

static enum status gather(struct ctx *c, void *of, const void *row)
{
	struct gathering *g = of;
	const struct crossed *r = row;
	if (g->ratings.count == FIT_RATINGS_MAX)
		return refuse(c, CONFLICT, "fit-too-large", W(ratings_fit_too_large));
	g->subjects += r->person != g->person || r->skill != g->skill;
	g->person = r->person;
	g->skill = r->skill;
	struct numbered *n = list_add(c->arena, &g->ratings, struct numbered);
	*n = (struct numbered){ (double)r->level, g->subjects - 1, source_of(r->source), MIXED_NONE, MIXED_NONE, MIXED_NONE };
	int64_t key = n->source == SELF ? 0 : rater_key(r->rater, r->external), at;
	if (key) {
		at = (int64_t)g->raters.count;
		if (map_put_number(c->arena, &g->raters, key, at, &at))
			*list_add(c->arena, &g->rater_keys, int64_t) = key;
		n->rater = (uint32_t)at;
	}
	if (r->context.len) {
		if (!map_find(&g->contexts, r->context, &at)) {
			str name = text_copy(c->arena, r->context);
			*list_add(c->arena, &g->context_names, str) = name;
			at = number_of(c, &g->contexts, name);
		}
		n->context = (uint32_t)at;
		char place[60];
		str text = { place, (size_t)snprintf(place, sizeof place, "%lld/%lld", (long long)r->unit, (long long)at) };
		if (!map_find(&g->places, text, &at))
			at = number_of(c, &g->places, text_copy(c->arena, text));
		n->place = (uint32_t)at;
	}
	return OK;
}

/* The sources that occur, in a row: 0, 1, 2 …; the most frequent of those who are not the person themselves is the reference. */
struct sources { uint32_t number[SOURCES]; enum source source[SOURCES]; size_t count; uint32_t reference; };

static struct sources sources_of(const struct gathering *g, const struct policy *p)
{
	struct sources s = { 0 };
	size_t times[SOURCES] = { 0 };
	for (each(struct numbered, n, g->ratings))
		times[n->source]++;
	size_t most = 0;
	for (enum source i = 0; i < SOURCES; i++) {
		if (!times[i])
			continue;
		if (i != SELF && p->bias[i] == 0 && times[i] > most) {
			most = times[i];
			s.reference = (uint32_t)s.count;
		}
		s.source[s.count] = i;
		s.number[i] = (uint32_t)s.count++;
	}
	return s;
}

static enum status result_said(struct ctx *c, enum mixed_result r)
{
	switch (r) {
	case MIXED_OK:
		return OK;
	case MIXED_TOO_LARGE:
		return refuse(c, CONFLICT, "fit-too-large", W(ratings_fit_too_large));
	case MIXED_BAD_NUMBER:
	case MIXED_NO_MEMORY:
	case MIXED_NO_CONVERGENCE:
		return broken(c, "the fit of severity ended with %d", (int)r);
	default:
		return refuse(c, CONFLICT, "fit-too-few", W(ratings_fit_too_few));
	}
}

/* The figures that are shown: maximum likelihood, with sources and (a few) contexts fixed; person in skill, rater, and context in a unit random. */
static enum status figures(struct ctx *c, const struct gathering *g, const struct sources *s, struct fit *out)
{
	size_t count = g->ratings.count, contexts = g->contexts.count > 1 && g->contexts.count <= CONTEXTS_FIXED_MAX ? g->contexts.count - 1 : 0;
	size_t fixed = s->count + contexts, factors = 2 + (g->places.count > 1);
	double *y = arena_array_of(c->arena, double, count), *x = arena_array_of(c->arena, double, count * fixed);
	uint32_t *subject = arena_array_of(c->arena, uint32_t, count), *rater = arena_array_of(c->arena, uint32_t, count), *place = arena_array_of(c->arena, uint32_t, count);
	for (size_t i = 0; i < count; i++) {
		const struct numbered *n = list_item(g->ratings, struct numbered, i);
		double *row = &x[i * fixed];
		uint32_t source = s->number[n->source];
		y[i] = n->level;
		row[0] = 1;
		if (source != s->reference)
			row[source < s->reference ? source + 1 : source] = 1;
		if (contexts && n->context != MIXED_NONE && n->context > 0)
			row[s->count + n->context - 1] = 1;
		subject[i] = n->subject;
		rater[i] = n->rater;
		place[i] = n->place;
	}
	struct mixed_data d = { .count = count, .y = y, .x = x, .fixed = fixed, .factors = factors,
		.factor = { { subject, g->subjects }, { rater, g->raters.count }, { place, g->places.count } } };
	struct mixed_fit f;
	TRY(result_said(c, mixed_fit(&d, MIXED_ML, &f, NULL)));
	out->subject_variance = f.variance[0];
	out->rater_variance = f.variance[1];
	out->context_variance = factors > 2 ? f.variance[2] : 0;
	out->residual = f.residual;
	out->deviance = f.deviance;
	return OK;
}

/* What is taken off: by REML, with sources fixed and contexts random wherever they are. */
static enum status corrections(struct ctx *c, const struct gathering *g, const struct sources *s, struct calibration *out)
{
	size_t count = g->ratings.count, contexts = g->contexts.count > 1 ? g->contexts.count : 0;
	double *level = arena_array_of(c->arena, double, count);
	uint32_t *at[4];
	for (size_t k = 0; k < 4; k++)
		at[k] = arena_array_of(c->arena, uint32_t, count);
	for (size_t i = 0; i < count; i++) {
		const struct numbered *n = list_item(g->ratings, struct numbered, i);
		level[i] = n->level;
		at[0][i] = n->subject;
		at[1][i] = s->number[n->source];
		at[2][i] = n->rater;
		at[3][i] = n->context;
	}
	struct calibrate_data d = { count, level, at[0], at[1], at[2], at[3], g->subjects, s->count, g->raters.count, contexts, s->reference };
	*out = (struct calibration){
		.source_bias = arena_array_of(c->arena, double, SOURCES), .source_variance = arena_array_of(c->arena, double, SOURCES),
		.severity = arena_array_of(c->arena, double, g->raters.count + 1), .severity_variance = arena_array_of(c->arena, double, g->raters.count + 1),
		.context_effect = arena_array_of(c->arena, double, contexts + 1), .context_effect_variance = arena_array_of(c->arena, double, contexts + 1) };
	return result_said(c, calibrate(&d, out));
}

static enum status corrections_keep(struct ctx *c, const struct gathering *g, const struct sources *s, const struct calibration *k, const struct fit *shown)
{
	list rows = { 0 };
	for (size_t i = 0; i < s->count; i++)
		*list_add(c->arena, &rows, struct correction) = (struct correction){ .kind = S("source"), .name = str_of(source_names[s->source[i]]),
			.bias = k->source_bias[i], .variance = k->source_variance[i] };
	for (size_t i = 0; i < g->rater_keys.count; i++) {
		int64_t key = *list_item(g->rater_keys, int64_t, i);
		*list_add(c->arena, &rows, struct correction) = (struct correction){ .kind = key % 2 ? S("external") : S("rater"),
			.rater = key % 2 ? 0 : key / 2, .external = key % 2 ? key / 2 : 0, .bias = k->severity[i], .variance = k->severity_variance[i] };
	}
	for (size_t i = 0; g->contexts.count > 1 && i < g->context_names.count; i++)
		*list_add(c->arena, &rows, struct correction) = (struct correction){ .kind = S("context"), .name = *list_item(g->context_names, str, i),
			.bias = k->context_effect[i], .variance = k->context_effect_variance[i] };
	/* What is believed before the first rating, and of raters and contexts not met yet, is the calibration's own. */
	struct fit kept = *shown;
	kept.mean = k->mean;
	kept.subject_variance = k->subject_variance;
	kept.rater_variance = k->rater_variance;
	kept.context_variance = k->context_variance;
	kept.residual = k->residual;
	TRY(store_run(c, corrections_forget, NOTHING, NULL));
	TRY(store_run(c, fits_end, NOTHING, NULL));
	TRY(store_run(c, fit_add, &kept, NULL));
	return store_run_each(c, correction_add, &rows);
}

RECORD(fitted,
	FIELD(fitted, fit, .of = &fit_record, .doc = "Variance components by maximum likelihood, and minus twice the log likelihood."),
	FIELD(fitted, allowed, .doc = "The setting estimates_fitting."),
	FIELD(fitted, asked, .doc = "The policy in force says severity = fitted."),
	FIELD(fitted, kept, .doc = "Both: the corrections are used from now on."));

OPERATION(policy_fit, nothing, fitted,
	.route = "POST /ratings/policy/fit",
	.allow = "ratings.manage",
	.effect = WRITES,
	.doc = "Works out variances and severity from crossed ratings. Used only where the policy asks for it and the setting allows it; shown otherwise. Never per rater.")
{
	(void)in;
	struct policy p;
	struct gathering g = { 0 };
	double allowed;
	TRY(policy_load(c, &p));
	TRY(setting_number(c, S("estimates_fitting"), &allowed));
	TRY(store_each(c, ratings_crossed, NOTHING, gather, &g));
	struct sources s = sources_of(&g, &p);
	if (!g.ratings.count)
		return refuse(c, CONFLICT, "fit-too-few", W(ratings_fit_too_few));
	out->fit = (struct fit){ .policy = p.id, .ratings = (int64_t)g.ratings.count, .subjects = g.subjects, .raters = (int64_t)g.raters.count,
		.contexts = (int64_t)g.contexts.count, .made = c->now };
	struct calibration k;
	TRY(corrections(c, &g, &s, &k));
	TRY(figures(c, &g, &s, &out->fit));
	out->fit.mean = k.mean;
	out->allowed = allowed != 0;
	out->asked = p.fit_severity;
	out->kept = out->allowed && out->asked;
	if (!out->kept)
		return OK;
	TRY(corrections_keep(c, &g, &s, &k, &out->fit));
	return estimates_refresh_later(c);
}
