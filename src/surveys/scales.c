/* scales.c - do the questions of one instrument measure one thing, and may a team's answers be called the team's? Reckoned at closing on this round's own answers. */
#include "inside.h"
#include "base/map.h"
#include "stats/agreement.h"
#include "stats/scale.h"
#include <math.h>

RECORD(survey_scale, FIELD(survey_scale, round), FIELD(survey_scale, instrument), FIELD(survey_scale, n), FIELD(survey_scale, alpha), FIELD(survey_scale, low), FIELD(survey_scale, high),
	FIELD(survey_scale, omega));
RECORD(survey_climate, FIELD(survey_climate, round), FIELD(survey_climate, place), FIELD(survey_climate, scale), FIELD(survey_climate, n), FIELD(survey_climate, teams),
	FIELD(survey_climate, icc1), FIELD(survey_climate, icc2), FIELD(survey_climate, rwg));
RECORD(survey_team, FIELD(survey_team, round), FIELD(survey_team, unit), FIELD(survey_team, scale), FIELD(survey_team, n), FIELD(survey_team, mean), FIELD(survey_team, rwg));

enum { ITEMS_LEAST = 3, PEOPLE_LEAST = 30 };

enum status scales_find(struct ctx *c, const struct closing *k, list *out)
{
	list all = { 0 };
	TRY(instruments_load(c, &all));
	for (size_t i = 0; i < k->questions.count; i++) {
		const struct survey_question *q = list_item(k->questions, struct survey_question, i);
		str key = question_scale(&all, q);
		struct scale_items *s = NULL;
		for (each(struct scale_items, one, *out))
			if (str_eq(one->key, key))
				s = one;
		if (!key.len)
			continue;
		if (!s) {
			s = list_add(c->arena, out, struct scale_items);
			s->key = key;
			s->points = q->points;
		}
		s->sensitive |= q->sensitive;
		s->mixed |= s->points != q->points;
		if (s->count < SCALE_ITEMS_MOST)
			s->at[s->count++] = i;
	}
	return OK;
}

static void scale_answers(const struct closing *k, const struct scale_items *s, double *answer)
{
	for (size_t p = 0; p < k->people; p++)
		for (size_t i = 0; i < s->count; i++)
			answer[p * s->count + i] = answer_turned(list_item(k->questions, struct survey_question, s->at[i]), k->value[p * k->questions.count + s->at[i]]);
}

static double scale_mean(const double *answer, size_t items)
{
	double sum = 0;
	for (size_t i = 0; i < items; i++)
		sum += answer[i];                              /* one without an answer makes it NAN */
	return sum / (double)items;
}

static enum status reliability(struct ctx *c, const struct closing *k, const struct scale_items *s, const double *answer)
{
	struct scale x;
	if (scale_of(answer, k->people, s->count, .95, &x) != SCALE_OK || x.n < PEOPLE_LEAST)
		return OK;
	struct survey_scale row = { k->round->id, (int64_t)x.n, s->key, x.alpha, x.interval.low, x.interval.high, x.omega };
	return store_run(c, scale_add, &row, NULL);
}

/* The answers of those whose own unit this is; those whose background was coarsened to the unit above belong to no team. */
static size_t team_answers(const struct closing *k, size_t view, size_t items, const double *answer, double *out)
{
	size_t n = 0;
	for (size_t p = 0; p < k->people; p++) {
		if (k->view[p] != view || isnan(scale_mean(answer + p * items, items)))
			continue;
		for (size_t i = 0; i < items; i++)
			out[n * items + i] = answer[p * items + i];
		n++;
	}
	return n;
}

/* Per team, where as many answered the whole scale as the gate asks: how far its people agree. The mean over the teams that are shown is everybody's. */
static enum status teams_agree(struct ctx *c, const struct closing *k, const struct scale_items *s, const double *answer, double *mean_rwg)
{
	int64_t *people = arena_array_of(c->arena, int64_t, k->views.count + 1);
	enum gate_state *states = arena_array_of(c->arena, enum gate_state, k->views.count + 1);
	double *own = arena_array_of(c->arena, double, k->people * s->count + 1), sum = 0;
	list rows = { 0 };
	for (size_t p = 0; p < k->people; p++)
		if (!isnan(scale_mean(answer + p * s->count, s->count)))
			for (size_t i = k->view[p], steps = 0; i < k->views.count && steps < k->views.count; i = k->above[i], steps++)
				people[i]++;
	TRY(closing_gate(c, k, people, states));
	for (size_t i = 0; i < k->views.count; i++) {
		const struct survey_view *v = list_item(k->views, struct survey_view, i);
		if (states[i] != GATE_SHOWN || !v->unit || v->teams > 1)
			continue;
		size_t n = team_answers(k, i, s->count, answer, own);
		double rwg = agreement_rwg(own, n, s->count, (double)s->points), mean = 0;
		if (!n || isnan(rwg))
			continue;
		for (size_t p = 0; p < n; p++)
			mean += scale_mean(own + p * s->count, s->count) / (double)n;
		*list_add(c->arena, &rows, struct survey_team) = (struct survey_team){ k->round->id, v->unit, (int64_t)n, s->key, mean, rwg };
		sum += rwg;
	}
	*mean_rwg = rows.count ? sum / (double)rows.count : NAN;
	return rows.count ? store_run_each(c, team_add, &rows) : OK;
}

/* Do teams differ from each other? Only over three teams and thirty people or more: then it is a figure about the whole organisation. */
static enum status climate(struct ctx *c, const struct closing *k, int64_t place, str key, const double *value, double rwg)
{
	struct agreement_teams x;
	size_t *team = arena_array_of(c->arena, size_t, k->people + 1);
	double *whole = arena_array_of(c->arena, double, k->people + 1);
	struct map at = { 0 };
	size_t n = 0, teams = 0;
	for (size_t p = 0; p < k->people; p++) {
		int64_t t = (int64_t)teams;
		if (isnan(value[p]) || !list_item(k->views, struct survey_view, k->view[p])->unit)
			continue;
		if (map_put_number(c->arena, &at, (int64_t)k->view[p], t, &t))
			teams++;
		team[n] = (size_t)t;
		whole[n++] = value[p];
	}
	if (teams < TEAMS_LEAST || n < PEOPLE_LEAST || !agreement_between(whole, team, n, teams, &x))
		return OK;
	struct survey_climate row = { k->round->id, place, (int64_t)n, (int64_t)x.teams, key, x.icc1, x.icc2, rwg };
	return store_run(c, climate_add, &row, NULL);
}

enum status scales_compute(struct ctx *c, const struct closing *k)
{
	list scales = { 0 };
	double *value = arena_array_of(c->arena, double, k->people + 1);
	TRY(scales_find(c, k, &scales));
	for (each(struct scale_items, s, scales)) {
		if (s->count < ITEMS_LEAST || s->mixed)
			continue;
		double *answer = arena_array_of(c->arena, double, k->people * s->count + 1), rwg = NAN;
		scale_answers(k, s, answer);
		TRY(reliability(c, k, s, answer));
		TRY(teams_agree(c, k, s, answer, &rwg));
		for (size_t p = 0; p < k->people; p++)
			value[p] = scale_mean(answer + p * s->count, s->count);
		TRY(climate(c, k, 0, s->key, value, rwg));
	}
	for (size_t i = 0; i < k->questions.count; i++) {
		const struct survey_question *q = list_item(k->questions, struct survey_question, i);
		if (!str_eq(q->kind, S("score")))
			continue;
		for (size_t p = 0; p < k->people; p++)
			value[p] = k->value[p * k->questions.count + i];
		TRY(climate(c, k, q->place, S(""), value, NAN));
	}
	return OK;
}
