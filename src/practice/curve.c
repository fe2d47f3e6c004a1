/* curve.c - how much of a deck is still there after so many days, for groups only: sums over people, through the gate, as they were last told (tell.c). */
#include "inside.h"
#include "stats/interval.h"
#include "trust/trust.h"
#include "view/chart.h"
#include "web/operation.h"
#include <math.h>

struct stretch_sum { int64_t stretch; date day; int64_t people, asked, recalled; double xx, xn, nn; };
struct card_sum { int64_t card, people, asked, recalled; };
RECORD(stretch_sum, FIELD(stretch_sum, stretch), FIELD(stretch_sum, day), FIELD(stretch_sum, people), FIELD(stretch_sum, asked), FIELD(stretch_sum, recalled), FIELD(stretch_sum, xx), FIELD(stretch_sum, xn),
	FIELD(stretch_sum, nn));
RECORD(card_sum, FIELD(card_sum, card), FIELD(card_sum, people), FIELD(card_sum, asked), FIELD(card_sum, recalled));

struct curve_point { int64_t from, until, people, asked; double share, low, high; bool shown; };
struct curve_card { int64_t id; str title; int64_t people; double share, high; };
struct curve { int64_t id; str name, training; bool required, falls, holds, any; double first, last; int64_t last_days, goal; date told; list points, forgotten, broken; int64_t hidden; };
RECORD(curve_point, FIELD(curve_point, from, .doc = "Days since the card was met, or its training taken."), FIELD(curve_point, until, .optional = true, .doc = "The last of these days; none: and later."),
	FIELD(curve_point, people, .optional = true), FIELD(curve_point, asked, .optional = true), FIELD(curve_point, share, .doc = "Recalled of what was asked."), FIELD(curve_point, low), FIELD(curve_point, high),
	FIELD(curve_point, shown, .doc = "Enough people; else nothing is said."));
RECORD(curve_card, FIELD(curve_card, id), FIELD(curve_card, title, .max = CARD_LINE_MAX), FIELD(curve_card, people), FIELD(curve_card, share, .doc = "To the nearest five percent."));
RECORD(curve, FIELD(curve, id), FIELD(curve, name), FIELD(curve, training), FIELD(curve, required), FIELD(curve, falls), FIELD(curve, holds), FIELD(curve, any), FIELD(curve, first),
	FIELD(curve, last), FIELD(curve, last_days), FIELD(curve, goal), FIELD(curve, told, .doc = "When these figures were made; they change on Mondays, when enough people answered since."), FIELD(curve, points, .of = &curve_point_record), FIELD(curve, forgotten, .of = &curve_card_record),
	FIELD(curve, broken, .of = &curve_card_record), FIELD(curve, hidden));

#define CONFIDENCE .8
enum { FORGOTTEN = 5 };

/* Answers of one person are alike, so that twenty answers of five people say less than twenty answers of twenty: the interval is Wilson's
 * for as many independent answers as the spread between people says there are, at least one a person (the design effect; Kish 1965). */
static struct interval share_interval(const struct stretch_sum *s)
{
	double p = (double)s->recalled / (double)s->asked, n = (double)s->asked, m = (double)s->people;
	double between = s->xx - 2 * p * s->xn + p * p * s->nn, variance = m > 1 ? between / (n * n) * m / (m - 1) : 0;
	double independent = variance > 0 ? fmin(n, fmax(m, p * (1 - p) / variance)) : p > 0 && p < 1 ? n : m;
	int64_t whole = (int64_t)llround(independent);
	return interval_share((int64_t)llround(p * (double)whole), whole, 0, CONFIDENCE);
}

static void curve_chart(struct view *v, const struct curve *k)
{
	enum { HEIGHT = 220, TOP = 14, BOTTOM = 34 };
	size_t count = k->points.count;
	double step = 92.0 / (double)(count ? count : 1), tall = HEIGHT - TOP - BOTTOM;
	str name = W(practice_curve_picture)->text[v->language];
	view_raw(v, S("<svg class=\"retention\" height=\"220\" role=\"img\" aria-label=\""));
	view_text(v, name);
	for (each(struct curve_point, p, k->points))
		if (p->shown) {
			view_raw(v, S("; "));
			view_text(v, word_text(v->c->arena, v->language, W(practice_curve_said), (const str[]){ text_of_int(v->c, p->from), text_format(v->c->arena, "%.0f%%", p->share * 100), text_of_int(v->c, p->people) }, 3));
		}
	view_raw(v, S("\">"));
	for (int percent = 0; percent <= 100; percent += 25) {
		struct buffer *b = v->out;
		double y = TOP + tall * (1 - percent / 100.0);
		buffer_add_format(b, "<line class=\"grid\" x1=\"6%%\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"5%%\" y=\"%.1f\" text-anchor=\"end\">%d%%</text>", y, y, y + 4, percent);
	}
	double goal = TOP + tall * (1 - (double)k->goal / 100);
	buffer_add_format(v->out, "<line class=\"exact\" x1=\"6%%\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/>", goal, goal);
	const struct curve_point *before = NULL;
	double before_x = 0;
	size_t i = 0;
	for (each(struct curve_point, p, k->points)) {
		double x = 6 + step * ((double)i++ + .5), y = TOP + tall * (1 - p->share);
		if (p->shown) {
			buffer_add_format(v->out, "<line class=\"spread\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.1f\" y2=\"%.1f\"/>", x, x, TOP + tall * (1 - p->high), TOP + tall * (1 - p->low));
			if (before)
				buffer_add_format(v->out, "<line class=\"kept\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.1f\" y2=\"%.1f\"/>", before_x, x, TOP + tall * (1 - before->share), y);
			buffer_add_format(v->out, "<circle class=\"at\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"5\"/><text class=\"value\" x=\"%.2f%%\" y=\"%.1f\" text-anchor=\"middle\">%.0f%%</text>", x, y, x, TOP + tall * (1 - p->high) - 5 < 12 ? y + 22 : TOP + tall * (1 - p->high) - 5, p->share * 100);
			before = p;
			before_x = x;
		}
		buffer_add_format(v->out, "<text x=\"%.2f%%\" y=\"%d\" text-anchor=\"middle\">%lld%s</text>", x, HEIGHT - 14, (long long)p->from, p->until ? "" : "+");
	}
	view_raw(v, S("</svg>"));
}
#include "practice_curve.html.h"

/* One call for all stretches: each is a group of its own people, no part of another. Whoever reads has no person before them. */
static enum status points_fill(struct ctx *c, const list *sums, struct curve *out)
{
	struct gate_group groups[STRETCHES] = { 0 };
	enum gate_state state[STRETCHES];
	struct stretch_sum of[STRETCHES] = { 0 };
	for (each(struct stretch_sum, s, *sums))
		if (s->stretch >= 0 && s->stretch < STRETCHES)
			of[s->stretch] = *s;
	for (int i = 0; i < STRETCHES; i++)
		groups[i] = (struct gate_group){ GATE_TOP, of[i].people, 0 };
	TRY(gate_forest(c, groups, 1, STRETCHES, state));
	for (int i = 0; i < STRETCHES; i++) {
		struct curve_point p = { .from = i ? stretch_until[i - 1] + 1 : 1, .until = i < STRETCHES - 1 ? stretch_until[i] : 0 };
		p.shown = state[i] == GATE_SHOWN && of[i].asked;
		out->hidden += !p.shown && of[i].asked;
		if (p.shown) {
			out->told = date_compare(of[i].day, out->told) > 0 ? of[i].day : out->told;
			struct interval share = share_interval(&of[i]);
			p.people = of[i].people;
			p.asked = of[i].asked;
			p.share = (double)of[i].recalled / (double)of[i].asked;
			p.low = share.low;
			p.high = share.high;
			if (!out->any)
				out->first = p.share;
			out->any = true;
			out->last = p.share;
			out->last_days = p.from;
		}
		*list_add(c->arena, &out->points, struct curve_point) = p;
	}
	return OK;
}

static int weakest_first(const void *a, const void *b)
{
	const struct curve_card *x = a, *y = b;
	return (x->high > y->high) - (x->high < y->high);
}

/* Cards and stretches are sums over the same answers: with exact figures of both, those of a card that is too small to show would be the rest. */
static double roughly(double share) { return round(share * 20) / 20; }

/* What is forgotten first, and the cards that do not work: hardly anybody recalls them, however often they are asked. */
static enum status cards_fill(struct ctx *c, int64_t deck, struct curve *out)
{
	list sums = { 0 }, cards = { 0 }, shown = { 0 };
	TRY(store_all(c, card_sums, (&(struct by_id){ deck }), &sums));
	if (!sums.count)
		return OK;
	TRY(store_all(c, cards_of_deck, (&(struct by_id){ deck }), &cards));
	struct gate_group *groups = arena_take(c->arena, sums.count * sizeof *groups);
	enum gate_state *state = arena_take(c->arena, sums.count * sizeof *state);
	for (size_t i = 0; i < sums.count; i++)
		groups[i] = (struct gate_group){ GATE_TOP, list_item(sums, struct card_sum, i)->people, 0 };
	TRY(gate_forest(c, groups, 1, sums.count, state));
	for (size_t n = 0; n < sums.count; n++) {
		const struct card_sum *s = list_item(sums, struct card_sum, n);
		struct card_form f;
		if (state[n] != GATE_SHOWN || !s->asked)
			continue;
		struct interval i = interval_share(s->recalled, s->asked, 0, CONFIDENCE);
		struct curve_card k = { s->card, { 0 }, s->people, roughly((double)s->recalled / (double)s->asked), i.high };
		for (each(struct card, card, cards))
			if (card->id == s->card && card_open(c, card, &f) == OK)
				k.title = card_title(c, &f);
		if (k.title.len)
			*list_add(c->arena, &shown, struct curve_card) = k;
	}
	list_sort(c->arena, &shown, struct curve_card, weakest_first);
	for (each(struct curve_card, k, shown)) {
		if (k->high < .5)
			*list_add(c->arena, &out->broken, struct curve_card) = *k;
		else if (out->forgotten.count < FORGOTTEN)
			*list_add(c->arena, &out->forgotten, struct curve_card) = *k;
	}
	return OK;
}

OPERATION(retention_show, by_id, curve,
	.route = "GET /decks/{id}/retention",
	.allow = "retention.read",
	.page = curve_html,
	.csv = "points",
	.lenient = true,
	.doc = "How much of a deck is recalled after so many days, with an 80 % interval; only of groups large enough, never of a person.")
{
	struct deck d;
	list sums = { 0 };
	double goal;
	TRY(deck_load(c, in->id, &d));
	TRY(setting_number(c, S("practice_retention"), &goal));
	*out = (struct curve){ .id = d.id, .name = deck_name(c, &d), .training = d.training_name, .required = d.required, .goal = (int64_t)goal };
	TRY(store_all(c, stretch_sums, in, &sums));
	TRY(points_fill(c, &sums, out));
	out->falls = out->any && out->first - out->last > .15;
	out->holds = out->any && out->last >= .8 && out->last_days > 21;
	return cards_fill(c, d.id, out);
}
