/* ahead.c - how many people will be at the level an ambition needs on its last day, if people leave, come, learn and forget as assumed.
 *
 * Everybody of whom something is known stands on a level with some probability; a year moves them as a cohort (lib/stats/cohort.h), in
 * quarters. Whoever comes is assumed to be spread over the levels as those are who are here now. Assumptions are the asker's to
 * change; behind each stands what it rests on. Nothing is kept, and nobody's leaving is guessed at: these are sums over groups.
 */
#include "line.h"
#include "stats/cohort.h"
#include "view/view.words.h"
#include "web/event.h"
#include "web/operation.h"

enum { QUARTERS_MOST = 60, PRIOR_PEOPLE = 50 };
/* The assumptions that ship, in percent a year; leaving is drawn from here to the organisation's own figure as that rests on more people. */
enum { LEAVING = 8, LEARNING_UP = 15, AGEING = 5, PERCENT_MOST = 90 };

struct ahead_form { int64_t id; double leaving, hiring, learning, ageing; };
RECORD(ahead_form,
	FIELD(ahead_form, id),
	FIELD(ahead_form, leaving,  .label = W(strategy_ahead_leaving),  .max = PERCENT_MOST, .doc = "Percent of people who leave in a year."),
	FIELD(ahead_form, hiring,   .label = W(strategy_ahead_hiring),   .max = PERCENT_MOST, .doc = "People who come in a year, in percent of those who are here."),
	FIELD(ahead_form, learning, .label = W(strategy_ahead_learning), .max = PERCENT_MOST, .doc = "Percent who rise one level in a year."),
	FIELD(ahead_form, ageing,   .label = W(strategy_ahead_ageing),   .max = PERCENT_MOST, .doc = "Percent who fall one level in a year."));

struct leavers { int64_t people, left; };
RECORD(leavers, FIELD(leavers, people), FIELD(leavers, left));
struct ahead_span { date from; };
RECORD(ahead_span, FIELD(ahead_span, from));
#include "strategy.sql.h"

struct ahead_row { int64_t skill; str name, level; int64_t needed, known, people; double now, expected, low, high; str state; bool behind, was_behind; struct chart_interval picture; };
struct ahead_sign { str title, path, skill_name; bool up; };
struct ahead { struct ambition ambition; struct ahead_form form; list rows, signals; int64_t hidden, people_left, people_counted; bool own_leaving, past; str finding; };
RECORD(ahead_row, FIELD(ahead_row, skill), FIELD(ahead_row, name), FIELD(ahead_row, level), FIELD(ahead_row, needed), FIELD(ahead_row, people), FIELD(ahead_row, known),
	FIELD(ahead_row, now), FIELD(ahead_row, expected), FIELD(ahead_row, low), FIELD(ahead_row, high), FIELD(ahead_row, state));
RECORD(ahead_sign, FIELD(ahead_sign, title), FIELD(ahead_sign, path), FIELD(ahead_sign, skill_name), FIELD(ahead_sign, up));
RECORD(ahead, FIELD(ahead, ambition, .of = &ambition_record), FIELD(ahead, form, .of = &ahead_form_record), FIELD(ahead, finding), FIELD(ahead, hidden), FIELD(ahead, rows, .of = &ahead_row_record), FIELD(ahead, signals, .of = &ahead_sign_record));

#include "strategy_ahead.html.h"

/* How many of those who worked here a year ago have left since. Told only when it is of enough people, either way. */
static enum status leaving_of(struct ctx *c, struct ahead *out)
{
	struct leavers l;
	int64_t least;
	bool shown;
	TRY(store_one(c, ahead_leavers, (&(struct ahead_span){ date_add_days(c->today, -365) }), &l));
	TRY(gate_least(c, &least));
	TRY(gate_difference(c, (struct gate_group){ GATE_TOP, l.people, 0 }, (struct gate_group){ GATE_TOP, l.people - l.left, 0 }, &shown));
	out->own_leaving = shown && l.left >= least;
	out->people_counted = out->own_leaving ? l.people : 0;
	out->people_left = out->own_leaving ? l.left : 0;
	return OK;
}

static void form_fill(const struct ahead_form *in, struct ahead *out)
{
	struct ahead_form *f = &out->form;
	*f = *in;
	if (isnan(f->leaving))
		f->leaving = round(10.0 * (100 * (double)out->people_left + LEAVING * PRIOR_PEOPLE) / (double)(out->people_counted + PRIOR_PEOPLE)) / 10;
	if (isnan(f->hiring))
		f->hiring = f->leaving;
	if (isnan(f->learning))
		f->learning = LEARNING_UP;
	if (isnan(f->ageing))
		f->ageing = AGEING;
}

/* A year's moves between the levels and away; hires a year per state. */
static struct cohort year_of(const struct ahead_form *f, const double *spread, double known)
{
	struct cohort year = { .states = LEVELS + 1 };
	double leave = f->leaving / 100, up = f->learning / 100, down = fmin(f->ageing / 100, 1 - up);
	for (size_t l = 0; l < LEVELS; l++) {
		double rise = l + 1 < LEVELS ? up : 0, fall = l > 0 ? down : 0;
		year.move[l][LEVELS] = leave;
		if (l + 1 < LEVELS)
			year.move[l][l + 1] = (1 - leave) * rise;
		if (l > 0)
			year.move[l][l - 1] = (1 - leave) * fall;
		year.move[l][l] = (1 - leave) * (1 - rise - fall);
		year.hires[l] = known > 0 ? spread[l] * f->hiring / 100 : 0;
	}
	year.move[LEVELS][LEVELS] = 1;
	return year;
}

/* Today's uncertainty about who stands where goes along: at most that of so many people each drawn from the spread. */
static struct cohort_moment moment_of(const double *spread, double known)
{
	struct cohort_moment m = { 0 };
	for (size_t i = 0; i < LEVELS; i++) {
		m.mean[i] = spread[i];
		for (size_t j = 0; j < LEVELS; j++)
			m.covariance[i][j] = (i == j ? spread[i] : 0) - (known > 0 ? spread[i] * spread[j] / known : 0);
	}
	return m;
}

static enum status row_make(struct ctx *c, const struct line_skill *s, const struct figure *f, const struct ahead_form *form, int quarters, struct ahead_row *out)
{
	double known = 0, mean, variance, below;
	for (size_t l = 0; l < LEVELS; l++)
		known += f->spread[l];
	struct cohort year = year_of(form, f->spread, known), half, quarter;
	if (!cohort_half(&year, true, &half, &below) || !cohort_half(&half, true, &quarter, &below))
		return refuse(c, INVALID, "ahead-moves", W(strategy_ahead_impossible));
	struct cohort_moment m = moment_of(f->spread, known);
	for (int q = 0; q < quarters; q++)
		cohort_step(&quarter, &m);
	cohort_sum(&m, (size_t)s->target_level - 1, LEVELS - 1, &mean, &variance);
	struct interval band = normal_interval(mean, variance, SHOWN_SHARE);
	*out = (struct ahead_row){ .skill = s->skill, .name = s->name, .level = s->level, .needed = s->needed, .known = s->known, .people = s->people, .now = s->expected,
		.expected = mean, .low = floor(fmax(0, band.low)), .high = ceil(band.high), .was_behind = s->behind };
	out->picture = (struct chart_interval){ s->needed > 0 ? s->needed : 1, true, mean, out->low, out->high };
	out->behind = chart_is_behind(&out->picture);
	out->state = out->behind ? S("behind") : S("reached");
	return OK;
}

static str finding_of(struct ctx *c, const struct ahead *a)
{
	int64_t reached = 0;
	for (each(struct ahead_row, r, a->rows))
		reached += !r->behind;
	str values[] = { text_of_int(c, reached), text_of_int(c, (int64_t)a->rows.count) };
	const struct word *w = a->past ? W(strategy_ahead_past) : !a->rows.count ? W(strategy_ahead_unknown) : a->hidden ? W(strategy_ahead_some_known)
		: reached == (int64_t)a->rows.count ? W(strategy_ahead_all) : reached ? W(strategy_ahead_some) : W(strategy_ahead_none);
	return word_text(c->arena, c->language, w, values, 2);
}

/* What is known to come for the skills of this ambition, from whoever follows it: it changes no assumption by itself. */
static enum status signals_fill(struct ctx *c, const struct line *l, struct ahead *out)
{
	list skills = { 0 }, all = { 0 };
	for (each(struct line_skill, s, l->skills))
		*list_add(c->arena, &skills, int64_t) = s->skill;
	TRY(event_raise(c, S("looking_ahead"), &(struct ahead_signals){ &skills, &all }));
	for (each(struct ahead_signal, g, all))
		for (each(struct line_skill, s, l->skills))
			if (s->skill == g->skill)
				*list_add(c->arena, &out->signals, struct ahead_sign) = (struct ahead_sign){ g->title, g->path, s->name, g->up };
	return OK;
}

OPERATION(ambition_ahead, ahead_form, ahead,
	.route = "GET /strategy/{id}/ahead",
	.allow = "gap.read",
	.page = ahead_html,
	.lenient = true,
	.csv = "rows",
	.doc = "How many people will be at the level an ambition needs on its last day, with a band, under assumptions about leaving, hiring, learning and ageing that can be changed. Keeps nothing.")
{
	struct gap_question q;
	struct figure *at;
	struct line l;
	TRY(ambition_load(c, in->id, &out->ambition));
	TRY(leaving_of(c, out));
	form_fill(in, out);
	if (out->form.learning + out->form.ageing > 100)
		return object(c, S("ageing"), W(strategy_ahead_too_much));
	TRY(gap_ask(c, &(struct gap_query){ .ambition = number_link(c, in->id) }, &q));
	TRY(gap_answer(c, &q, &at));
	TRY(line_make(c, &out->ambition, false, &l));
	int days = date_days_between(c->today, out->ambition.horizon), quarters = (days + 45) / 91;
	out->past = days <= 0;
	for (each(struct line_skill, s, l.skills)) {
		const struct wanted *w = wanted_find(q.n, in->id, s->skill);
		size_t place = needs_skill(q.n, s->skill), column = 0, scope = w ? needs_unit(q.n, w->unit) : SIZE_MAX;
		if (out->past || scope == SIZE_MAX || !(s->reached || s->behind)) {
			out->hidden += !out->past;
			continue;
		}
		while (q.skills[column] != place)
			column++;
		TRY(row_make(c, s, &at[column * q.n->unit_count + scope], &out->form, quarters > QUARTERS_MOST ? QUARTERS_MOST : quarters < 1 ? 1 : quarters,
			list_add(c->arena, &out->rows, struct ahead_row)));
	}
	out->finding = finding_of(c, out);
	return signals_fill(c, &l, out);
}
