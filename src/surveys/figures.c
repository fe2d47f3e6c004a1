/* figures.c - what a closed round says per question and unit: computed and protected together, once, the same for every reader. */
#include "inside.h"
#include "base/map.h"
#include "trust/trust.h"
#include <math.h>



RECORD(survey_figure, FIELD(survey_figure, round), FIELD(survey_figure, unit), FIELD(survey_figure, place), FIELD(survey_figure, shown), FIELD(survey_figure, n), FIELD(survey_figure, people),
	FIELD(survey_figure, counts), FIELD(survey_figure, mean), FIELD(survey_figure, sd), FIELD(survey_figure, share));

enum { VALUES = 11 };
struct tally { int64_t n, counts[VALUES]; };

/* Where a view's answers are counted: itself and everything above. */
static void tally_up(struct tally *of_place, const size_t *above, size_t views, size_t at, str value)
{
	bool counted = false;
	for (str one, rest = value; rest.len; ) {
		int64_t v;
		str_cut(rest, ',', &one, &rest);
		if (!str_to_int(one, &v) || v < 0 || v >= VALUES)
			continue;
		for (size_t i = at, steps = 0; i < views && steps < views; i = above[i], steps++) {
			of_place[i].counts[v]++;
			of_place[i].n += !counted;
		}
		counted = true;
	}
}

static str counts_text(struct ctx *c, const struct tally *t)
{
	str s = { 0 };
	for (int i = 0; i < VALUES; i++)
		s = text_format(c->arena, S_FMT "%s%lld", S_ARG(s), i ? "," : "", (long long)t->counts[i]);
	return s;
}

/* Of agreement: in the direction that is meant, so that more is always more of it. Of 0 to 10: the recommendation, from -100 to 100. */
static void figure_fill(const struct survey_question *q, const struct tally *t, struct survey_figure *f)
{
	double sum = 0, squares = 0;
	f->mean = f->sd = f->share = NAN;
	if (str_eq(q->kind, S("agree"))) {
		int64_t agree = q->reversed ? t->counts[1] + t->counts[2] : t->counts[4] + t->counts[5];
		for (int v = 1; v <= 5; v++) {
			double x = q->reversed ? 6 - v : v;
			sum += x * (double)t->counts[v];
			squares += x * x * (double)t->counts[v];
		}
		f->share = (double)agree / (double)t->n;
	} else if (str_eq(q->kind, S("ten"))) {
		for (int v = 0; v < VALUES; v++) {
			double x = v >= 9 ? 100 : v <= 6 ? -100 : 0;
			sum += x * (double)t->counts[v];
			squares += x * x * (double)t->counts[v];
		}
		f->share = (double)(t->counts[9] + t->counts[10]) / (double)t->n;
	} else {
		return;
	}
	f->mean = sum / (double)t->n;
	f->sd = t->n > 1 ? sqrt(fmax(0, squares - sum * f->mean) / (double)(t->n - 1)) : NAN;
}

static str shown_word(enum gate_state s)
{
	return s == GATE_SHOWN ? S("shown") : s == GATE_FEW ? S("few") : s == GATE_BESIDE ? S("beside") : S("nobody");
}

static enum status question_figures(struct ctx *c, const struct survey_round *r, const struct survey_question *q, const list *views, const size_t *above,
	const struct tally *tallies, list *out)
{
	struct gate_group *groups = arena_array_of(c->arena, struct gate_group, views->count + 1);
	enum gate_state *states = arena_array_of(c->arena, enum gate_state, views->count + 1);
	for (size_t i = 0; i < views->count; i++)
		groups[i] = (struct gate_group){ above[i] == SIZE_MAX ? GATE_TOP : above[i], tallies[i].n, 0 };
	TRY(gate_release(c, r->least, groups, views->count, states));
	for (size_t i = 0; i < views->count; i++) {
		const struct survey_view *v = list_item(*views, struct survey_view, i);
		struct survey_figure f = { .round = r->id, .unit = v->unit, .place = q->place, .shown = shown_word(states[i]), .people = v->people, .counts = S(""),
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

/* "1=4;2=x;3=2,5" */
bool response_value(str given, int64_t place, str *value)
{
	for (str one, rest = given; rest.len; ) {
		str number;
		int64_t n;
		str_cut(rest, ';', &one, &rest);
		if (str_cut(one, '=', &number, value) && str_to_int(number, &n) && n == place)
			return true;
	}
	return false;
}

enum status figures_compute(struct ctx *c, const struct survey_round *r)
{
	struct by_id key = { r->id };
	list questions = { 0 }, views = { 0 }, cells = { 0 }, responses = { 0 }, figures = { 0 };
	struct map at = { 0 }, view_of_cell = { 0 };
	TRY(store_all(c, questions_of, &key, &questions));
	TRY(store_all(c, views_of, &key, &views));
	TRY(store_all(c, cells_of, &key, &cells));
	TRY(store_all(c, responses_of, &key, &responses));
	for (size_t i = 0; i < views.count; i++)
		map_put_number(c->arena, &at, list_item(views, struct survey_view, i)->unit, (int64_t)i, NULL);
	size_t *above = arena_array_of(c->arena, size_t, views.count + 1);
	for (size_t i = 0; i < views.count; i++) {
		int64_t up = 0;
		const struct survey_view *v = list_item(views, struct survey_view, i);
		above[i] = v->unit && map_find_number(&at, v->parent, &up) ? (size_t)up : SIZE_MAX;
	}
	for (each(struct survey_cell, k, cells)) {
		int64_t place = 0;
		map_find_number(&at, k->unit, &place);
		map_put_number(c->arena, &view_of_cell, k->cell, place, NULL);
	}
	for (each(struct survey_question, q, questions)) {
		if (str_eq(q->kind, S("text")))
			continue;
		struct tally *tallies = arena_array_of(c->arena, struct tally, views.count + 1);
		for (each(struct survey_response, x, responses)) {
			str value;
			int64_t place = 0;
			map_find_number(&view_of_cell, x->cell, &place);
			if (response_value(x->given, q->place, &value))
				tally_up(tallies, above, views.count, (size_t)place, value);
		}
		TRY(question_figures(c, r, q, &views, above, tallies, &figures));
	}
	if (figures.count)
		TRY(store_run_each(c, figure_add, &figures));
	return scales_compute(c, r->id, &questions, &responses);
}
