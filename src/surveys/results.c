/* results.c - what a closed round says, to everybody who was asked and at the same moment: the finding first, then the figures.
 *
 * Nothing is counted here: figures.c decided once what may be known. This page only chooses which units are whose business. Everybody
 * sees the whole organisation, their own unit and the units above it; a lead sees the units of those they lead; learning and HR see all.
 * What is sensitive (psychological safety) is shown of a single team to that team and its lead only.
 */
#include "results.h"
#include "base/map.h"
#include "people/people.h"
#include "stats/agreement.h"
#include "stats/interval.h"
#include "stats/scale.h"
#include "view/view.h"
#include "view/view.words.h"
#include "web/operation.h"
#include "web/web.h"
#include <math.h>

struct survey_result_query { int64_t id, unit; };
struct survey_result_row { int64_t place, n, unit; str text, kind, state, band, change; double share, low, high, mean, before; bool shown, reversed, differs, ten, score; };
struct unit_choice { int64_t unit; str path, label; bool here, few; };
struct survey_heat_cell { double share; bool shown; str why; };
struct survey_heat_row { int64_t unit; str path; bool whole, here; list cells; };
RECORD(survey_driver_row, FIELD(survey_driver_row, name), FIELD(survey_driver_row, share, .doc = "Of the differences in the outcome, the part that goes together with differences in this."), FIELD(survey_driver_row, low), FIELD(survey_driver_row, high));
RECORD(survey_agreed, FIELD(survey_agreed, name), FIELD(survey_agreed, rwg), FIELD(survey_agreed, n));
struct survey_action { int64_t id, round, place, owner; str what, owner_name, told, round_name; date due, told_day; bool late, mine; };
RECORD(survey_result_query, FIELD(survey_result_query, id), FIELD(survey_result_query, unit, .label = W(surveys_unit), .optional = true));
RECORD(survey_result_row, FIELD(survey_result_row, place), FIELD(survey_result_row, unit), FIELD(survey_result_row, text), FIELD(survey_result_row, kind), FIELD(survey_result_row, state), FIELD(survey_result_row, band), FIELD(survey_result_row, change),
	FIELD(survey_result_row, share, .doc = "Of those who answered, who agree; of a reversed question who disagree."), FIELD(survey_result_row, low), FIELD(survey_result_row, high), FIELD(survey_result_row, mean), FIELD(survey_result_row, before),
	FIELD(survey_result_row, shown), FIELD(survey_result_row, reversed), FIELD(survey_result_row, differs, .doc = "Those who answered do not agree with each other."));
RECORD(unit_choice, FIELD(unit_choice, unit), FIELD(unit_choice, path), FIELD(unit_choice, label), FIELD(unit_choice, here), FIELD(unit_choice, few));
RECORD(survey_heat_cell, FIELD(survey_heat_cell, share), FIELD(survey_heat_cell, shown), FIELD(survey_heat_cell, why));
RECORD(survey_heat_row, FIELD(survey_heat_row, unit), FIELD(survey_heat_row, path), FIELD(survey_heat_row, whole), FIELD(survey_heat_row, here), FIELD(survey_heat_row, cells, .of = &survey_heat_cell_record));
RECORD(survey_remark, FIELD(survey_remark, text));
RECORD(survey_remarks, FIELD(survey_remarks, text), FIELD(survey_remarks, count), FIELD(survey_remarks, left), FIELD(survey_remarks, more), FIELD(survey_remarks, quotes, .of = &survey_remark_record));
RECORD(survey_option_row, FIELD(survey_option_row, text), FIELD(survey_option_row, percent));
RECORD(survey_options, FIELD(survey_options, text), FIELD(survey_options, band), FIELD(survey_options, rows, .of = &survey_option_row_record));
RECORD(survey_action, FIELD(survey_action, id), FIELD(survey_action, round), FIELD(survey_action, place, .optional = true), FIELD(survey_action, what), FIELD(survey_action, owner),
	FIELD(survey_action, owner_name), FIELD(survey_action, due), FIELD(survey_action, told, .max = 1000), FIELD(survey_action, told_day), FIELD(survey_action, late), FIELD(survey_action, mine));
struct survey_person { int64_t id; str name, fold; };
RECORD(survey_person, FIELD(survey_person, id), FIELD(survey_person, name), FIELD(survey_person, fold));
RECORD(scale_row, FIELD(scale_row, name), FIELD(scale_row, n), FIELD(scale_row, teams), FIELD(scale_row, alpha), FIELD(scale_row, low), FIELD(scale_row, high), FIELD(scale_row, omega), FIELD(scale_row, reliable),
	FIELD(scale_row, icc1, .doc = "How much of one person's answer is the team's."), FIELD(scale_row, icc2, .doc = "How reliable a team's mean is."), FIELD(scale_row, rwg, .doc = "How far people within a team agree, on average."));
RECORD(results_page, FIELD(results_page, round, .of = &survey_round_record), FIELD(results_page, unit), FIELD(results_page, unit_name), FIELD(results_page, instead), FIELD(results_page, percent),
	FIELD(results_page, rows, .of = &survey_result_row_record), FIELD(results_page, units, .of = &unit_choice_record), FIELD(results_page, heat, .of = &survey_heat_row_record),
	FIELD(results_page, remarks, .of = &survey_remarks_record), FIELD(results_page, options, .of = &survey_options_record), FIELD(results_page, actions, .of = &survey_action_record), FIELD(results_page, scales, .of = &scale_row_record), FIELD(results_page, drivers, .of = &survey_driver_row_record), FIELD(results_page, drivers_r2), FIELD(results_page, drivers_n), FIELD(results_page, agreed, .of = &survey_agreed_record),
	FIELD(results_page, few), FIELD(results_page, compared), FIELD(results_page, moved, .doc = "There was a round before, but one to four people came or went: the two are not set side by side."));

static int64_t whole_view(struct view *v, double share)
{
	(void)v;
	return isfinite(share) ? llround(100 * share) : 0;
}

static str recommendation_view(struct view *v, double mean)
{
	return text_format(v->c->arena, mean > 0 ? "+%d" : "%d", (int)lround(mean));
}

static const char *heat_class_view(struct view *v, double share)
{
	(void)v;
	return share < .4 ? "h1 k10" : share < .55 ? "h2 k10" : share < .7 ? "h3 k10" : share < .85 ? "h4 k10" : "h5 k10";
}
#include "surveys_results.html.h"

static const double confidence = .95;

/* ---- Whose business ---- */

static enum status reader_load(struct ctx *c, const list *views, struct reader *r)
{
	list mine = { 0 }, above = { 0 };
	r->views = views;
	r->all = c->me.unprotected || may(c, S("surveys.manage"));
	for (size_t i = 0; i < views->count; i++)
		map_put_number(c->arena, &r->at, list_item(*views, struct survey_view, i)->unit, (int64_t)i, NULL);
	map_put_number(c->arena, &r->visible, 0, 1, NULL);
	if (c->me.person) {
		TRY(store_all(c, units_of_mine, NOTHING, &mine));
		TRY(store_all(c, units_above_mine, NOTHING, &above));
	}
	for (each(struct by_id, u, mine))
		map_put_number(c->arena, &r->own, u->id, 1, NULL);
	for (each(struct by_id, u, above))
		map_put_number(c->arena, &r->visible, u->id, 1, NULL);
	for (each(struct survey_view, v, *views))
		if (may(c, S("surveys.board")) && !v->parent)
			map_put_number(c->arena, &r->visible, v->unit, 1, NULL);
	return OK;
}

static bool has(const struct map *m, int64_t unit)
{
	int64_t there;
	return map_find_number(m, unit, &there);
}

static bool may_see(const struct reader *r, int64_t unit)
{
	return r->all || has(&r->visible, unit);
}

static const struct survey_view *view_of(const struct reader *r, int64_t unit)
{
	int64_t at;
	return map_find_number(&r->at, unit, &at) ? list_item(*r->views, struct survey_view, at) : NULL;
}

/* What is sensitive, of one team: only its own. */
bool result_is_hidden(const struct reader *r, const struct survey_question *q, int64_t unit)
{
	const struct survey_view *v = view_of(r, unit);
	return q->sensitive && unit && v && v->teams < TEAMS_LEAST && !has(&r->own, unit);
}

/* ---- Figures ---- */

static int64_t figure_key(int64_t unit, int64_t place)
{
	return unit * ANSWER_PLACES + place;
}

static enum status figures_load(struct ctx *c, int64_t round, struct figure_set *out)
{
	TRY(store_all(c, figures_of, (&(struct by_id){ round }), &out->rows));
	for (size_t i = 0; i < out->rows.count; i++) {
		const struct survey_figure *f = list_item(out->rows, struct survey_figure, i);
		map_put_number(c->arena, &out->at, figure_key(f->unit, f->place), (int64_t)i, NULL);
	}
	return OK;
}

static const struct survey_figure *figure_any(const struct figure_set *figures, int64_t unit, int64_t place)
{
	int64_t at;
	return map_find_number(&figures->at, figure_key(unit, place), &at) ? list_item(figures->rows, struct survey_figure, at) : NULL;
}

const struct survey_figure *figure_find(const struct figure_set *figures, int64_t unit, int64_t place)
{
	const struct survey_figure *f = figure_any(figures, unit, place);
	return f && str_eq(f->shown, S("shown")) ? f : NULL;
}

static str state_of(const struct figure_set *figures, int64_t unit, int64_t place)
{
	const struct survey_figure *f = figure_any(figures, unit, place);
	return f ? f->shown : S("nobody");
}

static const struct survey_figure *figure_before(const struct figures *f, int64_t unit, const struct survey_question *q)
{
	for (each(struct survey_question, p, f->questions_before))
		if (q->item.len ? str_eq(p->item, q->item) && p->skill == q->skill : !p->item.len && str_eq(p->text_nl, q->text_nl))
			return figure_find(&f->before, unit, p->place);
	return NULL;
}

/* Numbers of people in bands of five: n = 23 beside n = 22 would tell one answer. */
str result_band(struct ctx *c, int64_t n)
{
	return text_format(c->arena, "%lld–%lld", (long long)(n / 5 * 5), (long long)(n / 5 * 5 + 4));
}

/* Chance that two means differ so much when nothing changed. Without the finite population's factor: even when everybody answers, people answer a little differently
 * on another day, and that alone is no change. */
static double chance_of(const struct survey_figure *a, const struct survey_figure *b)
{
	double va = a->sd * a->sd / (double)a->n, vb = b->sd * b->sd / (double)b->n;
	double se = sqrt(va + vb);
	if (!(se > 0))
		return a->mean == b->mean ? 1 : 0;
	return erfc(fabs(a->mean - b->mean) / se / M_SQRT2);
}

struct tested { double chance; size_t row; };
static int by_chance(const void *a, const void *b)
{
	double x = ((const struct tested *)a)->chance, y = ((const struct tested *)b)->chance;
	return (x > y) - (x < y);
}

/* Of many questions some change by chance alone. Holm 1979: the smallest chance against 5 % over all, the next against all but one, until one fails. */
static enum status changes_mark(struct ctx *c, struct results_page *out, const struct figures *f)
{
	list tested = { 0 };
	struct count allowed = { 0 };
	TRY(store_one(c, compared_find, (&(struct survey_unit_key){ out->round.id, out->unit }), &allowed));
	out->moved = !allowed.count && f->questions_before.count > 0;
	if (!allowed.count)
		return OK;
	for (size_t i = 0; i < out->rows.count; i++) {
		struct survey_result_row *row = list_item(out->rows, struct survey_result_row, i);
		const struct survey_question *q = list_item(f->questions, struct survey_question, i);
		const struct survey_figure *now = row->shown ? figure_find(&f->all, out->unit, q->place) : NULL, *then = now ? figure_before(f, out->unit, q) : NULL;
		if (!then || !isfinite(now->mean) || !isfinite(then->mean))
			continue;
		row->before = then->share;
		row->change = S("same");
		*list_add(c->arena, &tested, struct tested) = (struct tested){ chance_of(now, then), i };
	}
	out->compared = tested.count > 0;
	list_sort(c->arena, &tested, struct tested, by_chance);
	for (size_t i = 0; i < tested.count; i++) {
		const struct tested *t = list_item(tested, struct tested, i);
		struct survey_result_row *row = list_item(out->rows, struct survey_result_row, t->row);
		const struct survey_question *q = list_item(f->questions, struct survey_question, t->row);
		if (t->chance > (1 - confidence) / (double)(tested.count - i))
			break;
		row->change = figure_find(&f->all, out->unit, q->place)->mean > figure_before(f, out->unit, q)->mean ? S("better") : S("worse");
		*list_add(c->arena, &out->changes, struct survey_result_row) = *row;
		out->changed++;
	}
	return OK;
}

static void row_add(struct ctx *c, struct results_page *out, const struct reader *r, const struct figures *f, const struct survey_question *q)
{
	struct survey_result_row *row = list_add(c->arena, &out->rows, struct survey_result_row);
	const struct survey_figure *x = figure_find(&f->all, out->unit, q->place);
	*row = (struct survey_result_row){ .place = q->place, .unit = out->unit, .text = q->text, .kind = q->kind, .reversed = q->reversed, .state = state_of(&f->all, out->unit, q->place),
		.share = NAN, .low = NAN, .high = NAN, .mean = NAN, .before = NAN, .band = S(""), .change = S(""), .ten = str_eq(q->kind, S("ten")), .score = str_eq(q->kind, S("score")) };
	if (result_is_hidden(r, q, out->unit)) {
		row->state = S("teams");
		out->sensitive_hidden = true;
		return;
	}
	if (x && row->score && isfinite(x->mean)) {
		struct interval of_mean = interval_mean(x->mean, x->sd, x->n, x->people >= x->n ? x->people : 0, confidence);
		row->shown = true;
		row->mean = round(10 * x->mean) / 10;
		row->low = floor(10 * of_mean.low) / 10;
		row->high = ceil(10 * of_mean.high) / 10;
		row->n = x->n / 5 * 5;
		row->band = result_band(c, x->n);
	}
	if (!x || !isfinite(x->share))
		return;
	struct interval i = interval_share(llround(x->share * (double)x->n), x->n, x->people >= x->n ? x->people : 0, confidence);
	row->shown = true;
	row->share = round(100 * x->share) / 100;
	row->low = floor(100 * i.low) / 100;
	row->high = ceil(100 * i.high) / 100;
	row->mean = round(10 * x->mean) / 10;
	row->n = x->n / 5 * 5;
	row->band = result_band(c, x->n);
	row->differs = !row->ten && x->n >= 10 && 1 - x->sd * x->sd / ((double)(q->points * q->points - 1) / 12) < .5;
}

static int by_share(const void *a, const void *b)
{
	const struct survey_result_row *x = a, *y = b;
	return (x->share < y->share) - (x->share > y->share);
}

static void extremes_pick(struct ctx *c, struct results_page *out)
{
	list shown = { 0 };
	for (each(struct survey_result_row, r, out->rows))
		if (r->shown && !r->ten && !r->score)
			*list_add(c->arena, &shown, struct survey_result_row) = *r;
	list_sort(c->arena, &shown, struct survey_result_row, by_share);
	size_t most = shown.count >= 6 ? 3 : shown.count / 2;
	for (size_t i = 0; i < most; i++)
		*list_add(c->arena, &out->highest, struct survey_result_row) = *list_item(shown, struct survey_result_row, i);
	for (size_t i = 0; i < most; i++)
		*list_add(c->arena, &out->lowest, struct survey_result_row) = *list_item(shown, struct survey_result_row, shown.count - 1 - i);
}

static str percent_text(struct ctx *c, double share)
{
	return text_format(c->arena, "%d%%", (int)lround(100 * share));
}

static void finding_write(struct ctx *c, struct results_page *out)
{
	const struct survey_result_row *one = out->changes.count ? list_of(out->changes, struct survey_result_row) : out->lowest.count ? list_of(out->lowest, struct survey_result_row) : NULL;
	if (!one) {
		bool scores = false;
		for (each(struct survey_result_row, r, out->rows))
			scores |= r->shown && r->score;
		const struct survey_driver_row *d = list_of(out->drivers, struct survey_driver_row);
		str values[] = { out->drivers.count && !out->drivers_weak ? d->name : out->round.name, out->outcome };
		out->finding = scores ? word_text(c->arena, c->language, out->drivers.count && !out->drivers_weak ? W(surveys_finding_drivers) : W(surveys_finding_scores), values, 2)
			: W(surveys_finding_few)->text[c->language];
		return;
	}
	str values[] = { percent_text(c, one->share), one->text, isfinite(one->before) ? percent_text(c, one->before) : S("") };
	const struct word *w = !out->changes.count ? one->reversed ? W(surveys_finding_lowest_reversed) : W(surveys_finding_lowest)
		: str_eq(one->change, S("better")) ? W(surveys_finding_better) : W(surveys_finding_worse);
	out->finding = word_text(c->arena, c->language, w, values, 3);
}

/* ---- Units, heat, remarks ---- */

/* The unit asked for; without one, one's own. Where too little may be shown, what is shown of the unit above, and said. */
static enum status unit_choose(struct ctx *c, struct results_page *out, const struct reader *r, const struct figures *f, int64_t wanted)
{
	int64_t unit = wanted;
	const struct survey_view *asked = view_of(r, wanted);
	struct unit small = { 0 };
	/* A unit so small that it is no view of this round at all. */
	while (unit && !view_of(r, unit)) {
		struct unit u = { 0 };
		TRY(unit_load(c, unit, &u));
		if (!small.id)
			small = u;
		unit = u.parent;
	}
	for (int steps = 0; unit && steps < 64; steps++) {
		size_t shown = 0;
		for (each(struct survey_question, q, f->questions))
			shown += figure_find(&f->all, unit, q->place) != NULL;
		if (shown)
			break;
		const struct survey_view *v = view_of(r, unit);
		unit = v ? v->parent : 0;
	}
	out->unit = unit;
	if (unit != wanted)
		out->instead = asked ? asked->path : small.path;
	const struct survey_view *v = view_of(r, unit);
	out->unit_name = v ? v->path : S("");
	return OK;
}

static str unit_label(struct ctx *c, const struct survey_view *v, size_t shown)
{
	str name = v->unit ? v->path : W(surveys_whole)->text[c->language];
	return shown ? name : text_format(c->arena, S_FMT " (" S_FMT ")", S_ARG(name), S_ARG(W(surveys_too_small)->text[c->language]));
}

static void units_fill(struct ctx *c, struct results_page *out, const struct reader *r, const struct figures *f)
{
	for (each(struct survey_view, v, *r->views)) {
		if (!may_see(r, v->unit))
			continue;
		size_t shown = 0;
		for (each(struct survey_question, q, f->questions))
			shown += figure_find(&f->all, v->unit, q->place) != NULL && !result_is_hidden(r, q, v->unit);
		*list_add(c->arena, &out->units, struct unit_choice) = (struct unit_choice){ v->unit, v->path, unit_label(c, v, shown), v->unit == out->unit, !shown };
		if (!shown) {
			out->units_hidden++;
			continue;
		}
		struct survey_heat_row row = { .unit = v->unit, .path = v->path, .whole = !v->unit, .here = v->unit == out->unit };
		for (each(struct survey_question, q, f->questions)) {
			const struct survey_figure *x = result_is_hidden(r, q, v->unit) ? NULL : figure_find(&f->all, v->unit, q->place);
			if (str_eq(q->kind, S("agree")))
				*list_add(c->arena, &row.cells, struct survey_heat_cell) = (struct survey_heat_cell){ x ? round(100 * x->share) / 100 : NAN, x != NULL,
					result_is_hidden(r, q, v->unit) ? W(surveys_team_only)->text[c->language] : W(surveys_too_small)->text[c->language] };
		}
		if (row.cells.count)
			*list_add(c->arena, &out->heat, struct survey_heat_row) = row;
	}
	out->heat_shown = out->heat.count > 1;
	out->choose = out->units.count > 1;
}

OPERATION(survey_results, survey_result_query, results_page,
	.route = "GET /surveys/{id}/results",
	.allow = "surveys.read",
	.page = results_html,
	.csv = "rows",
	.lenient = true,
	.doc = "What a closed round says of the whole organisation or of one unit: computed once at closing, the same for every reader. Nothing while it is open.")
{
	struct by_id key = { in->id }, before = { 0 };
	list views = { 0 }, instruments = { 0 };
	struct figures f = { 0 };
	struct reader r = { 0 };
	TRY(round_load(c, in->id, &out->round));
	if (!str_eq(out->round.state, S("closed")))
		return refuse(c, CONFLICT, "not-closed", W(surveys_not_closed), text_of_date(c, out->round.closes));
	TRY(round_questions(c, in->id, &f.questions));
	TRY(figures_load(c, in->id, &f.all));
	TRY(instruments_load(c, &instruments));
	TRY(store_all(c, views_of, &key, &views));
	TRY(reader_load(c, &views, &r));
	if (!may_see(&r, in->unit))
		return refuse(c, FORBIDDEN, "not-your-unit", W(surveys_not_your_unit));
	TRY(store_one(c, round_before, &out->round, &before));
	if (before.id) {
		TRY(round_questions(c, before.id, &f.questions_before));
		TRY(figures_load(c, before.id, &f.before));
	}
	out->today = c->today;
	out->percent = out->round.asked ? (100 * out->round.answers + out->round.asked / 2) / out->round.asked : 0;
	out->answered = out->round.answers / 5 * 5;
	out->few = out->round.answers < out->round.least;
	TRY(unit_choose(c, out, &r, &f, in->unit));
	for (each(struct survey_question, q, f.questions))
		row_add(c, out, &r, &f, q);
	TRY(changes_mark(c, out, &f));
	extremes_pick(c, out);
	TRY(results_drivers(c, out, &f, &instruments));
	finding_write(c, out);
	units_fill(c, out, &r, &f);
	results_options(c, out, &f);
	TRY(results_remarks(c, out, &f));
	TRY(results_scales(c, out, &f, &instruments));
	TRY(results_agreed(c, out, &r, &f, &instruments));
	TRY(store_all(c, actions_of, &key, &out->actions));
	for (each(struct survey_action, a, out->actions)) {
		a->late = !a->told.len && date_compare(a->due, c->today) < 0;
		a->mine = a->owner == c->me.person || may(c, S("surveys.manage"));
	}
	out->may_act = may(c, S("surveys.act"));
	out->may_drop = out->round.imported && !out->actions.count && may(c, S("surveys.manage"));
	return out->may_act ? store_all(c, people_to_own, NOTHING, &out->people) : OK;
}
