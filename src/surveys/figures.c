/* figures.c - what a closed round says per question and unit: computed and protected together, once, the same for every reader. */
#include "inside.h"
#include "trust/trust.h"
#include <math.h>
#include <stdio.h>

RECORD(survey_figure, FIELD(survey_figure, round), FIELD(survey_figure, unit), FIELD(survey_figure, place), FIELD(survey_figure, shown), FIELD(survey_figure, n), FIELD(survey_figure, people),
	FIELD(survey_figure, counts), FIELD(survey_figure, mean), FIELD(survey_figure, sd), FIELD(survey_figure, share));

struct tally { int64_t n, counts[ANSWER_VALUES]; double sum, squares; };

static void tally_add(struct tally *t, const struct survey_question *q, double v)
{
	t->n++;
	if (str_eq(q->kind, S("several"))) {
		for (int64_t bit = 0, mask = (int64_t)v; bit < ANSWER_VALUES; bit++)
			t->counts[bit] += mask >> bit & 1;
		return;
	}
	if (!str_eq(q->kind, S("score")))
		t->counts[(size_t)v]++;
	double x = str_eq(q->kind, S("agree")) ? answer_turned(q, v) : !str_eq(q->kind, S("ten")) ? v : v >= 9 ? 100 : v <= 6 ? -100 : 0;
	t->sum += x;
	t->squares += x * x;
}

/* Each answer counts in its own view, then every view in the one above. */
static void tally_all(const struct closing *k, size_t question, struct tally *of_view)
{
	const struct survey_question *q = list_item(k->questions, struct survey_question, question);
	for (size_t p = 0; p < k->people; p++) {
		double v = k->value[p * k->questions.count + question];
		if (!isnan(v))
			tally_add(&of_view[k->view[p]], q, v);
	}
	for (size_t i = k->views.count; i-- > 0; ) {
		if (k->above[i] == SIZE_MAX)
			continue;
		struct tally *up = &of_view[k->above[i]];
		up->n += of_view[i].n;
		up->sum += of_view[i].sum;
		up->squares += of_view[i].squares;
		for (size_t v = 0; v < ANSWER_VALUES; v++)
			up->counts[v] += of_view[i].counts[v];
	}
}

static str counts_text(struct ctx *c, const struct tally *t)
{
	char text[ANSWER_VALUES * 21];
	size_t at = 0;
	for (int i = 0; i < ANSWER_VALUES; i++)
		at += (size_t)snprintf(text + at, sizeof text - at, "%s%lld", i ? "," : "", (long long)t->counts[i]);
	return text_copy(c->arena, (str){ text, at });
}

/* Of agreement: in the direction that is meant, so that more is always more of it; who agrees is above the middle. Of 0 to 10: the recommendation, from -100 to 100. */
static void figure_fill(const struct survey_question *q, const struct tally *t, struct survey_figure *f)
{
	f->mean = f->sd = f->share = NAN;
	if (str_eq(q->kind, S("agree"))) {
		int64_t agree = 0;
		for (int64_t v = 1; v <= q->points; v++)
			agree += 2 * (q->reversed ? q->points + 1 - v : v) > q->points + 1 ? t->counts[v] : 0;
		f->share = (double)agree / (double)t->n;
	} else if (str_eq(q->kind, S("ten"))) {
		f->share = (double)(t->counts[9] + t->counts[10]) / (double)t->n;
	} else if (!str_eq(q->kind, S("score"))) {
		return;
	}
	f->mean = t->sum / (double)t->n;
	f->sd = t->n > 1 ? sqrt(fmax(0, t->squares - t->sum * f->mean) / (double)(t->n - 1)) : NAN;
}

static str shown_word(enum gate_state s)
{
	return s == GATE_SHOWN ? S("shown") : s == GATE_FEW ? S("few") : s == GATE_BESIDE ? S("beside") : S("nobody");
}

enum status closing_gate(struct ctx *c, const struct closing *k, const int64_t *people, enum gate_state *states)
{
	struct gate_group *groups = arena_array_of(c->arena, struct gate_group, k->views.count + 1);
	for (size_t i = 0; i < k->views.count; i++)
		groups[i] = (struct gate_group){ k->above[i] == SIZE_MAX ? GATE_TOP : k->above[i], people[i], 0 };
	return gate_release(c, k->round->least, groups, k->views.count, states);
}

static enum status question_figures(struct ctx *c, const struct closing *k, const struct survey_question *q, const struct tally *tallies, list *out)
{
	enum gate_state *states = arena_array_of(c->arena, enum gate_state, k->views.count + 1);
	int64_t *people = arena_array_of(c->arena, int64_t, k->views.count + 1);
	for (size_t i = 0; i < k->views.count; i++)
		people[i] = tallies[i].n;
	TRY(closing_gate(c, k, people, states));
	for (size_t i = 0; i < k->views.count; i++) {
		const struct survey_view *v = list_item(k->views, struct survey_view, i);
		struct survey_figure f = { .round = k->round->id, .unit = v->unit, .place = q->place, .shown = shown_word(states[i]), .people = v->people, .counts = S(""),
			.mean = NAN, .sd = NAN, .share = NAN };
		/* Of what is not shown nothing is kept. */
		if (states[i] == GATE_SHOWN && tallies[i].n && q->sensitive && v->teams > 1 && v->teams < TEAMS_LEAST) {
			f.shown = S("teams");
		} else if (states[i] == GATE_SHOWN && tallies[i].n) {
			f.n = tallies[i].n;
			f.counts = counts_text(c, &tallies[i]);
			figure_fill(q, &tallies[i], &f);
		} else if (!tallies[i].n) {
			f.shown = S("nobody");
		}
		*list_add(c->arena, out, struct survey_figure) = f;
	}
	return OK;
}

enum status figures_compute(struct ctx *c, const struct survey_round *r)
{
	struct closing k;
	list figures = { 0 };
	TRY(answers_load(c, r, &k));
	for (size_t i = 0; i < k.questions.count; i++) {
		const struct survey_question *q = list_item(k.questions, struct survey_question, i);
		if (str_eq(q->kind, S("text")))
			continue;
		struct tally *tallies = arena_array_of(c->arena, struct tally, k.views.count + 1);
		tally_all(&k, i, tallies);
		TRY(question_figures(c, &k, q, tallies, &figures));
	}
	if (figures.count)
		TRY(store_run_each(c, figure_add, &figures));
	TRY(scales_compute(c, &k));
	TRY(drivers_compute(c, &k));
	return compared_compute(c, &k);
}
