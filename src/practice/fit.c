/* fit.c - weights fitted to how these people remember, kept beside what they must be better than, and used only then. */
#include "inside.h"
#include "base/buffer.h"
#include "stats/fsrs_fit.h"
#include "stats/interval.h"
#include "trust/trust.h"
#include "web/job.h"
#include "web/operation.h"
#include <math.h>

SETTING(practice_fitting, "1", W(practice_fitting), W(practice_fitting_why), 0, 1)

enum { ANSWERS_LEAST = 1000, ANSWERS_MOST = 4000000 };
#define HELD_SHARE .2

struct practice_fit { int64_t id; instant made; str weights; int64_t answers, forecasts, held; double loss, loss_shipped, loss_average, rmse, rmse_shipped; str bins; bool used; };
struct logged { int64_t person, card, day, days, rating; };
struct held_key { int64_t day, skip; };
struct fit_since { int64_t day; };
RECORD(practice_fit, FIELD(practice_fit, id), FIELD(practice_fit, made), FIELD(practice_fit, weights, .max = 1000), FIELD(practice_fit, answers), FIELD(practice_fit, forecasts),
	FIELD(practice_fit, held), FIELD(practice_fit, loss), FIELD(practice_fit, loss_shipped), FIELD(practice_fit, loss_average), FIELD(practice_fit, rmse), FIELD(practice_fit, rmse_shipped),
	FIELD(practice_fit, bins, .max = 4000), FIELD(practice_fit, used));
RECORD(logged, FIELD(logged, person), FIELD(logged, card), FIELD(logged, day), FIELD(logged, days), FIELD(logged, rating));
RECORD(held_key, FIELD(held_key, day), FIELD(held_key, skip));
RECORD(fit_since, FIELD(fit_since, day));

/* ---- Which weights count ---- */

bool weights_read(str text, struct fsrs_weights *out)
{
	int n = 0;
	for (str one, rest = text; rest.len && n <= FSRS_WEIGHTS; n++) {
		str_cut(rest, ' ', &one, &rest);
		if (n == FSRS_WEIGHTS || !str_to_real(one, &out->w[n]))
			return false;
	}
	return n == FSRS_WEIGHTS && fsrs_weights_valid(out, NULL);
}

static str weights_text(struct ctx *c, const struct fsrs_weights *w)
{
	struct buffer b = { 0 };
	for (int i = 0; i < FSRS_WEIGHTS; i++)
		buffer_add_format(&b, "%s%.10g", i ? " " : "", w->w[i]);
	str text = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return text;
}

enum status weights_now(struct ctx *c, struct fsrs_weights *out, bool *fitted)
{
	struct practice_fit fit = { 0 };
	double allowed;
	*out = fsrs_default;
	struct fsrs_weights w;
	TRY(store_find(c, practice_fit_now, NOTHING, &fit, fitted));
	if (!*fitted)
		return OK;
	TRY(setting_number(c, S("practice_fitting"), &allowed));
	*fitted = allowed > 0;
	/* What cannot be weights, however it came to stand there, is not used. */
	if (*fitted && weights_read(fit.weights, &w))
		*out = w;
	else
		*fitted = false;
	return OK;
}

/* ---- Fitting ---- */

struct log_made { struct fsrs_answer *at; size_t count, room; int64_t person, card, since; double loss; int64_t forecasts; struct moving_average average; };

static enum status answer_keep(struct ctx *c, void *of, const void *row)
{
	(void)c;
	struct log_made *l = of;
	const struct logged *a = row;
	if (l->count == l->room)
		return OK;
	bool first = a->person != l->person || a->card != l->card;
	l->at[l->count++] = (struct fsrs_answer){ .days = (int16_t)(a->days > FSRS_DAYS_MOST ? FSRS_DAYS_MOST : a->days), .rating = (uint8_t)a->rating, .first = first, .held = a->day >= l->since };
	l->person = a->person;
	l->card = a->card;
	return OK;
}

static enum status average_learn(struct ctx *c, void *of, const void *row)
{
	(void)c;
	struct log_made *l = of;
	const struct logged *a = row;
	if (a->person != l->person)
		l->average = moving_average_start();
	l->person = a->person;
	if (a->days < 1)
		return OK;
	double p = moving_average_next(&l->average, a->rating > FSRS_AGAIN);
	if (a->day >= l->since) {
		l->loss += forecast_loss(p, a->rating > FSRS_AGAIN);
		l->forecasts++;
	}
	return OK;
}

static str bins_text(struct ctx *c, const struct fsrs_judged *j)
{
	struct buffer b = { 0 };
	for (int i = 0; i < FSRS_BINS; i++)
		buffer_add_format(&b, "%s%lld:%.6g:%lld", i ? " " : "", (long long)j->bins[i].n, j->bins[i].forecast, (long long)j->bins[i].recalled);
	str text = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return text;
}

RECORD(fit_result, FIELD(fit_result, answers), FIELD(fit_result, held), FIELD(fit_result, fitted), FIELD(fit_result, better), FIELD(fit_result, used), FIELD(fit_result, loss),
	FIELD(fit_result, loss_shipped), FIELD(fit_result, loss_average), FIELD(fit_result, why));

/* What a fit is of can be read beside what the one before was of: both are of enough people, and so is what came in between. */
static enum status enough_people(struct ctx *c, bool *enough)
{
	struct practice_fit last = { 0 };
	struct count people;
	enum gate_state state;
	bool found;
	TRY(store_find(c, practice_fit_last, NOTHING, &last, &found));
	TRY(store_one(c, answers_people, (&(struct fit_since){ found ? instant_date(last.made).day : 0 }), &people));
	TRY(gate_release(c, 0, &(struct gate_group){ GATE_TOP, people.count, 0 }, 1, &state));
	*enough = state == GATE_SHOWN;
	return OK;
}

/* The most recent fifth is held out: weights fitted to what came before must forecast it better than those that ship. */
static enum status fit_make(struct ctx *c, struct fit_result *out)
{
	struct count n;
	struct held_key held = { 0 };
	double allowed;
	bool found, enough;
	TRY(setting_number(c, S("practice_fitting"), &allowed));
	TRY(store_one(c, answers_count, NOTHING, &n));
	out->answers = n.count;
	out->loss = out->loss_shipped = out->loss_average = NAN;
	if (!(allowed > 0) || n.count < ANSWERS_LEAST) {
		out->why = allowed > 0 ? S("too few answers") : S("switched off");
		return OK;
	}
	TRY(enough_people(c, &enough));
	if (!enough) {
		out->why = S("too few people answered since the last fit");
		return OK;
	}
	held.skip = (int64_t)((1 - HELD_SHARE) * (double)n.count);
	TRY(store_find(c, day_held, &held, &held, &found));
	size_t room = (size_t)(n.count < ANSWERS_MOST ? n.count : ANSWERS_MOST);
	struct log_made log = { .at = arena_take(c->arena, room * sizeof(struct fsrs_answer)), .room = room, .since = held.day };
	struct log_made average = { .since = held.day };
	TRY(store_each(c, answers_by_card, NOTHING, answer_keep, &log));
	TRY(store_each(c, answers_by_day, NOTHING, average_learn, &average));
	struct fsrs_weights w;
	if (fsrs_fit(log.at, log.count, &w) != FSRS_FITTED) {
		out->why = S("too few forecasts");
		return OK;
	}
	struct fsrs_judged ours = fsrs_judge(&w, log.at, log.count, true), shipped = fsrs_judge(&fsrs_default, log.at, log.count, true);
	out->fitted = true;
	out->held = ours.forecasts;
	out->better = ours.forecasts > 0 && ours.log_loss < shipped.log_loss;
	out->used = out->better;
	out->loss = ours.log_loss;
	out->loss_shipped = shipped.log_loss;
	out->loss_average = average.forecasts ? average.loss / (double)average.forecasts : NAN;
	if (!ours.forecasts) {
		out->why = S("nothing held out to judge by");
		return OK;
	}
	struct practice_fit fit = { .weights = weights_text(c, &w), .answers = n.count, .forecasts = (int64_t)log.count, .held = ours.forecasts, .loss = ours.log_loss, .loss_shipped = shipped.log_loss,
		.loss_average = average.forecasts ? out->loss_average : 0, .rmse = ours.rmse, .rmse_shipped = shipped.rmse, .bins = bins_text(c, out->better ? &ours : &shipped), .used = out->better };
	struct by_id id;
	/* Whatever was fitted before is of before: worse than what ships on the newest days, it no longer counts. */
	TRY(store_run(c, practice_fit_unused, NOTHING, NULL));
	return store_one(c, practice_fit_add, &fit, &id);
}

enum status practice_fit_now(struct ctx *c)
{
	struct fit_result result = { 0 };
	return fit_make(c, &result);
}

OPERATION(practice_fit_make, nothing, fit_result,
	.allow = "decks.manage",
	.effect = WRITES,
	.shell_only = true,
	.doc = "Fits the weights to everybody's answers and judges them on the most recent fifth, beside those that ship and a moving average.")
{
	(void)in;
	return fit_make(c, out);
}

#define WEEK_MS INT64_C(604800000)

/* Numbered by its week, so that whoever asks for it again asks for the same one. */
struct fit_week { int64_t week; };
RECORD(fit_week, FIELD(fit_week, week));

JOB(practice_fit_weekly, fit_week)
{
	(void)in;
	struct fit_result result = { 0 };
	TRY(fit_make(c, &result));
	return fit_later(c);
}

enum status fit_later(struct ctx *c)
{
	struct fit_week next = { c->now.ms / WEEK_MS + 1 };
	return job_add(c, practice_fit_weekly, &next, ((instant){ next.week * WEEK_MS }));
}

/* ---- The page for whoever wants to know ---- */

struct model_bin { int64_t n; double forecast, recalled, low, high; };
struct model_weight { int64_t number; double shipped, used; };
struct model_fit { instant made; int64_t answers, held; double loss, loss_shipped, loss_average; bool used; };
struct model_page { bool allowed, fitted; int64_t retention; list weights, bins, fits; };
RECORD(model_bin, FIELD(model_bin, n), FIELD(model_bin, forecast), FIELD(model_bin, recalled), FIELD(model_bin, low), FIELD(model_bin, high));
RECORD(model_weight, FIELD(model_weight, number), FIELD(model_weight, shipped), FIELD(model_weight, used));
RECORD(model_fit, FIELD(model_fit, made), FIELD(model_fit, answers), FIELD(model_fit, held), FIELD(model_fit, loss), FIELD(model_fit, loss_shipped), FIELD(model_fit, loss_average), FIELD(model_fit, used));
RECORD(model_page, FIELD(model_page, allowed), FIELD(model_page, fitted), FIELD(model_page, retention), FIELD(model_page, weights, .of = &model_weight_record),
	FIELD(model_page, bins, .of = &model_bin_record), FIELD(model_page, fits, .of = &model_fit_record));

static void calibration_chart(struct view *v, const struct model_page *m)
{
	view_raw(v, S("<svg class=\"retention\" height=\"240\" role=\"img\" aria-label=\""));
	view_text(v, W(practice_calibration)->text[v->language]);
	view_raw(v, S("\">"));
	for (int percent = 0; percent <= 100; percent += 25)
		buffer_add_format(v->out, "<line class=\"grid\" x1=\"8%%\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"7%%\" y=\"%.1f\" text-anchor=\"end\">%d%%</text><text x=\"%.1f%%\" y=\"236\" text-anchor=\"middle\">%d%%</text>",
			214 - percent * 2.0, 214 - percent * 2.0, 218 - percent * 2.0, percent, 8 + percent * .88, percent);
	view_raw(v, S("<line class=\"exact\" x1=\"8%\" x2=\"96%\" y1=\"214\" y2=\"14\"/>"));
	for (each(struct model_bin, b, m->bins)) {
		double x = 8 + b->forecast * 88;
		buffer_add_format(v->out, "<line class=\"spread\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.1f\" y2=\"%.1f\"/><circle class=\"at\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"4\"/>", x, x, 214 - b->high * 200, 214 - b->low * 200, x,
			214 - b->recalled * 200);
	}
	view_raw(v, S("</svg>"));
}
#include "practice_model.html.h"

/* Fewer say nothing of a forecast, and might be one person's. */
enum { BIN_LEAST = 20 };

static void bins_read(struct ctx *c, str text, list *out)
{
	for (str one, rest = text; rest.len; ) {
		str n, forecast, recalled, more;
		int64_t count, hits;
		double sum;
		str_cut(rest, ' ', &one, &rest);
		if (!str_cut(one, ':', &n, &more) || !str_cut(more, ':', &forecast, &recalled) || !str_to_int(n, &count) || !str_to_real(forecast, &sum) || !str_to_int(recalled, &hits) || count < BIN_LEAST)
			continue;
		struct interval i = interval_share(hits, count, 0, .8);
		*list_add(c->arena, out, struct model_bin) = (struct model_bin){ count, sum / (double)count, (double)hits / (double)count, i.low, i.high };
	}
}

OPERATION(practice_model, nothing, model_page,
	.route = "GET /practice/model",
	.allow = "skills.read",
	.page = model_html,
	.lenient = true,
	.doc = "How it is decided when a card is asked again: weights, how well they forecast, and what they were compared with.")
{
	(void)in;
	struct fsrs_weights w;
	list fits = { 0 };
	double percent, allowed;
	TRY(setting_number(c, S("practice_retention"), &percent));
	TRY(setting_number(c, S("practice_fitting"), &allowed));
	TRY(weights_now(c, &w, &out->fitted));
	out->allowed = allowed > 0;
	out->retention = (int64_t)percent;
	for (int i = 0; i < FSRS_WEIGHTS; i++)
		*list_add(c->arena, &out->weights, struct model_weight) = (struct model_weight){ i, fsrs_default.w[i], w.w[i] };
	TRY(store_all(c, practice_fits_all, NOTHING, &fits));
	for (each(struct practice_fit, f, fits))
		*list_add(c->arena, &out->fits, struct model_fit) = (struct model_fit){ f->made, f->answers, f->held, f->loss, f->loss_shipped, f->loss_average > 0 ? f->loss_average : NAN, f->used };
	/* Behind each fit are a thousand answers at least, and enough people since the one before. */
	if (fits.count)
		bins_read(c, list_of(fits, struct practice_fit)->bins, &out->bins);
	return OK;
}
