/* fsrs_fit.c - Adam on log loss, with derivatives carried forward along a card. */
#include "fsrs_fit.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the 21 weights one card meets 18: only one of the first four. Slot 0 is that one, slot i is w[i + 3]. Difficulty meets w4 to w7, slots 1 to 4. */
enum { SLOTS = 18, SLOT_OF = 3, BATCH = 512, EPOCHS = 5, FIRST_DAYS = 400 };
#define LEARNING_RATE .04
#define PULL 1.0
#define PRIOR_ANSWERS 4.0
#define SURE 1e-7

/* How far a weight may be expected to lie from the start: what the pull is measured in. */
static const double spread[FSRS_WEIGHTS] = { 6, 10, 18, 28, .6, .3, .6, .12, .4, .2, .35, .3, .09, .16, .6, .25, 1, .3, .3, .14, .27 };

/* What of the weights is the same for every answer in a batch. */
struct plan { const double *w; double f, f_slope, grow, keep, first[5], first_slope[5]; };

struct state { double s, d, ds[SLOTS], dd[4]; };

struct gradient { double of[SLOTS + 3]; };

static struct plan plan_make(const struct fsrs_weights *weights)
{
	const double *w = weights->w, base = exp(-log(.9) / w[20]);
	struct plan p = { .w = w, .f = base - 1, .f_slope = base * log(.9) / (w[20] * w[20]), .grow = exp(w[8]), .keep = exp(-w[17] * w[18]) };
	for (int g = 1; g <= 4; g++) {
		double e = exp(w[5] * (g - 1));
		p.first[g] = w[4] - e + 1;
		p.first_slope[g] = -(g - 1) * e;
	}
	return p;
}

static void state_first(const struct plan *p, int rating, struct state *x)
{
	memset(x, 0, sizeof *x);
	x->s = p->w[rating - 1];
	x->ds[0] = 1;
	x->d = p->first[rating];
	if (x->d < 1 || x->d > 10) {
		x->d = x->d < 1 ? 1 : 10;
	} else {
		x->dd[0] = 1;
		x->dd[1] = p->first_slope[rating];
	}
}

static void difficulty_next(const struct plan *p, int rating, struct state *x)
{
	const double *w = p->w, step = (rating - 3) / 9.0, moved = x->d - w[6] * step * (10 - x->d), stay = 1 - w[7];
	double next = w[7] * (p->first[4] - moved) + moved, along = stay * (1 + w[6] * step);
	if (next < 1 || next > 10) {
		x->d = next < 1 ? 1 : 10;
		memset(x->dd, 0, sizeof x->dd);
		return;
	}
	for (int i = 0; i < 4; i++)
		x->dd[i] *= along;
	x->dd[0] += w[7];
	x->dd[1] += w[7] * p->first_slope[4];
	x->dd[2] -= stay * step * (10 - x->d);
	x->dd[3] += p->first[4] - moved;
	x->d = next;
}

/* next = …; its slopes: along S, along D, and along weights directly. */
struct moved { double s, along_s, along_d; double direct[SLOTS]; };

static void same_day(const struct plan *p, int rating, const struct state *x, struct moved *m)
{
	const double *w = p->w, log_s = log(x->s), change = exp(w[17] * (rating - 3 + w[18]) - w[19] * log_s);
	m->s = x->s;
	m->along_s = 1;
	if (rating >= FSRS_HARD && change < 1)
		return;
	m->s = x->s * change;
	m->along_s = (1 - w[19]) * change;
	m->direct[17 - SLOT_OF] = m->s * (rating - 3 + w[18]);
	m->direct[18 - SLOT_OF] = m->s * w[17];
	m->direct[19 - SLOT_OF] = -log_s * m->s;
}

static void forgotten(const struct plan *p, const struct state *x, double r, double r_s, double r_w20, struct moved *m)
{
	const double *w = p->w, log_d = log(x->d), log_s1 = log(x->s + 1), power = exp(w[13] * log_s1);
	double scale = exp(-w[12] * log_d + w[14] * (1 - r)), rest = w[11] * scale, fallen = rest * (power - 1), most = x->s * p->keep;
	if (fallen >= most) {
		m->s = most;
		m->along_s = p->keep;
		m->direct[17 - SLOT_OF] = -w[18] * most;
		m->direct[18 - SLOT_OF] = -w[17] * most;
		return;
	}
	m->s = fallen;
	m->along_s = rest * w[13] * power / (x->s + 1) - w[14] * fallen * r_s;
	m->along_d = -w[12] * fallen / x->d;
	m->direct[11 - SLOT_OF] = scale * (power - 1);
	m->direct[12 - SLOT_OF] = -log_d * fallen;
	m->direct[13 - SLOT_OF] = rest * power * log_s1;
	m->direct[14 - SLOT_OF] = (1 - r) * fallen;
	m->direct[20 - SLOT_OF] = -w[14] * fallen * r_w20;
}

static void recalled(const struct plan *p, int rating, const struct state *x, double r, double r_s, double r_w20, struct moved *m)
{
	const double *w = p->w, log_s = log(x->s), bonus = rating == FSRS_HARD ? w[15] : rating == FSRS_EASY ? w[16] : 1;
	double base = p->grow * (11 - x->d) * exp(-w[9] * log_s), e = exp(w[10] * (1 - r)), a = base * bonus, more = a * (e - 1);
	m->s = x->s * (1 + more);
	m->along_s = 1 + more - w[9] * more - x->s * a * e * w[10] * r_s;
	m->along_d = -x->s * more / (11 - x->d);
	m->direct[8 - SLOT_OF] = x->s * more;
	m->direct[9 - SLOT_OF] = -x->s * log_s * more;
	m->direct[10 - SLOT_OF] = x->s * a * e * (1 - r);
	if (rating == FSRS_HARD)
		m->direct[15 - SLOT_OF] = x->s * base * (e - 1);
	if (rating == FSRS_EASY)
		m->direct[16 - SLOT_OF] = x->s * base * (e - 1);
	m->direct[20 - SLOT_OF] = -x->s * a * e * w[10] * r_w20;
}

/* One answer after the first: adds what it teaches to the gradient, and moves the state unless it is the card's last. True when it was a forecast. */
static bool answer_learn(const struct plan *p, const struct fsrs_answer *a, bool last, struct state *x, double gradient[SLOTS])
{
	double r = 1, r_s = 0, r_w20 = 0;
	bool forecast = a->days > 0;
	if (forecast) {
		double ratio = a->days / x->s, u = p->f * ratio, logarithm = log(1 + u), w20 = p->w[20];
		r = exp(-w20 * logarithm);
		r_s = r * w20 * u / ((1 + u) * x->s);
		r_w20 = -r * (logarithm + w20 * ratio * p->f_slope / (1 + u));
		double at = r < SURE ? SURE : r > 1 - SURE ? 1 - SURE : r, slope = a->rating > FSRS_AGAIN ? -1 / at : 1 / (1 - at), along = slope * r_s;
		for (int i = 0; i < SLOTS; i++)
			gradient[i] += along * x->ds[i];
		gradient[20 - SLOT_OF] += slope * r_w20;
	}
	if (last)
		return forecast;
	struct moved m = { 0 };
	if (!forecast)
		same_day(p, a->rating, x, &m);
	else if (a->rating == FSRS_AGAIN)
		forgotten(p, x, r, r_s, r_w20, &m);
	else
		recalled(p, a->rating, x, r, r_s, r_w20, &m);
	if (m.s < fsrs_least.w[0] || m.s > 36500) {
		x->s = m.s < fsrs_least.w[0] ? fsrs_least.w[0] : 36500;
		memset(x->ds, 0, sizeof x->ds);
	} else {
		for (int i = 0; i < SLOTS; i++)
			x->ds[i] = m.along_s * x->ds[i] + m.direct[i];
		for (int i = 0; i < 4; i++)
			x->ds[i + 1] += m.along_d * x->dd[i];
		x->s = m.s;
	}
	difficulty_next(p, a->rating, x);
	return forecast;
}

static size_t card_learn(const struct plan *p, const struct fsrs_answer *at, const struct fsrs_answer *end, struct gradient *g)
{
	struct state x;
	double own[SLOTS] = { 0 };
	size_t forecasts = 0;
	int first = at->rating;
	state_first(p, first, &x);
	for (at++; at < end && !at->first && !at->held; at++)
		forecasts += answer_learn(p, at, at + 1 >= end || at[1].first || at[1].held, &x, own);
	g->of[first - 1] += own[0];
	for (int i = 1; i < SLOTS; i++)
		g->of[i + SLOT_OF] += own[i];
	return forecasts;
}

struct adam { double mean[FSRS_WEIGHTS], square[FSRS_WEIGHTS]; int steps; };

static void adam_step(struct adam *a, struct fsrs_weights *w, const struct fsrs_weights *start, const struct gradient *g, size_t forecasts, size_t all, double rate)
{
	a->steps++;
	double mean_left = 1 - pow(.9, a->steps), square_left = 1 - pow(.999, a->steps), share = PULL / (double)all;
	for (int i = 0; i < FSRS_WEIGHTS; i++) {
		double slope = g->of[i] / (double)forecasts + 2 * share * (w->w[i] - start->w[i]) / (spread[i] * spread[i]);
		a->mean[i] = .9 * a->mean[i] + .1 * slope;
		a->square[i] = .999 * a->square[i] + .001 * slope * slope;
		double next = w->w[i] - rate * (a->mean[i] / mean_left) / (sqrt(a->square[i] / square_left) + 1e-8);
		w->w[i] = next < fsrs_least.w[i] ? fsrs_least.w[i] : next > fsrs_most.w[i] ? fsrs_most.w[i] : next;
	}
}

/* splitmix64 (Steele, Lea & Flood 2014), with a fixed seed: the same log gives the same weights. */
static uint64_t random_next(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static void shuffle(uint32_t *order, size_t count, uint64_t *seed)
{
	for (size_t i = count; i > 1; i--) {
		size_t j = (size_t)(random_next(seed) % i);
		uint32_t other = order[i - 1];
		order[i - 1] = order[j];
		order[j] = other;
	}
}

/* What the second answers say about a first stability: how likely they are, held to the start as if a few answers had said so. */
static double first_loss(const int (*seen)[2], double w20, double log_s, double start)
{
	double s = exp(log_s), f = exp(-log(.9) / w20) - 1, away = log_s - log(start), loss = .5 * PRIOR_ANSWERS * away * away;
	for (int t = 1; t < FIRST_DAYS; t++)
		if (seen[t][0] + seen[t][1]) {
			double r = exp(-w20 * log(1 + f * t / s));
			loss -= seen[t][1] * log(fmax(r, SURE)) + seen[t][0] * log(fmax(1 - r, SURE));
		}
	return loss;
}

static double first_best(const int (*seen)[2], double w20, double start)
{
	double low = log(fsrs_least.w[0]), high = log(fsrs_most.w[0]), golden = (sqrt(5) - 1) / 2;
	double a = high - golden * (high - low), b = low + golden * (high - low);
	double at_a = first_loss(seen, w20, a, start), at_b = first_loss(seen, w20, b, start);
	while (high - low > 1e-3) {
		if (at_a < at_b) {
			high = b, b = a, at_b = at_a;
			a = high - golden * (high - low);
			at_a = first_loss(seen, w20, a, start);
		} else {
			low = a, a = b, at_a = at_b;
			b = low + golden * (high - low);
			at_b = first_loss(seen, w20, b, start);
		}
	}
	return exp((low + high) / 2);
}

/* The first four weights: each by its own second answers, and none above the one for a better first answer. */
static void first_weights(const struct fsrs_answer *answers, size_t count, struct fsrs_weights *w)
{
	int seen[4][FIRST_DAYS][2], n[4] = { 0 };
	memset(seen, 0, sizeof seen);
	for (size_t i = 0; i + 1 < count; i++) {
		const struct fsrs_answer *second = &answers[i + 1];
		if (!answers[i].first || second->first || second->held || second->days < 1 || second->days >= FIRST_DAYS)
			continue;
		seen[answers[i].rating - 1][second->days][second->rating > FSRS_AGAIN]++;
		n[answers[i].rating - 1]++;
	}
	for (int g = 0; g < 4; g++)
		w->w[g] = first_best((const int (*)[2])seen[g], w->w[20], w->w[g]);
	for (int round = 0; round < 3; round++)
		for (int g = 0; g < 3; g++)
			if (w->w[g] > w->w[g + 1]) {
				double both = exp(((n[g] + 1) * log(w->w[g]) + (n[g + 1] + 1) * log(w->w[g + 1])) / (n[g] + n[g + 1] + 2));
				w->w[g] = w->w[g + 1] = both;
			}
}

static bool log_check(const struct fsrs_answer *log, size_t count, size_t *cards, size_t *forecasts)
{
	bool held = false;
	*cards = *forecasts = 0;
	for (size_t i = 0; i < count; i++) {
		const struct fsrs_answer *a = &log[i];
		if (a->rating < 1 || a->rating > 4 || (!a->first && (a->days < 0 || !i)))
			return false;
		held = a->first ? a->held : held || a->held;
		*cards += a->first;
		*forecasts += !a->first && !held && a->days > 0;
	}
	return true;
}

enum fsrs_fitted fsrs_fit(const struct fsrs_answer *log, size_t count, struct fsrs_weights *out)
{
	size_t cards, forecasts, learnt = 0;
	if (count > UINT32_MAX || !log_check(log, count, &cards, &forecasts))
		return FSRS_BAD_LOG;
	if (forecasts < FSRS_FORECASTS_LEAST)
		return FSRS_TOO_FEW;
	uint32_t *order = malloc(cards * sizeof *order);
	if (!order)
		return FSRS_NO_MEMORY;
	for (size_t i = 0, n = 0; i < count; i++)
		if (log[i].first)
			order[n++] = (uint32_t)i;
	struct fsrs_weights w = fsrs_default;
	first_weights(log, count, &w);
	const struct fsrs_weights start = w;
	struct adam adam = { 0 };
	struct gradient g = { 0 };
	uint64_t seed = 2026;
	size_t in_batch = 0;
	double all = (double)forecasts * EPOCHS;
	for (int epoch = 0; epoch < EPOCHS; epoch++) {
		shuffle(order, cards, &seed);
		struct plan p = plan_make(&w);
		for (size_t i = 0; i < cards; i++) {
			if (!log[order[i]].held)
				in_batch += card_learn(&p, &log[order[i]], log + count, &g);
			if (in_batch < BATCH && (i + 1 < cards || !in_batch))
				continue;
			learnt += in_batch;
			adam_step(&adam, &w, &start, &g, in_batch, forecasts, LEARNING_RATE * .5 * (1 + cos(M_PI * (double)learnt / all)));
			memset(&g, 0, sizeof g);
			in_batch = 0;
			p = plan_make(&w);
		}
	}
	free(order);
	*out = w;
	return FSRS_FITTED;
}

double forecast_loss(double forecast, bool recalled_)
{
	double p = recalled_ ? forecast : 1 - forecast;
	return -log(p > SURE ? p : SURE);
}

struct fsrs_judged fsrs_judge(const struct fsrs_weights *w, const struct fsrs_answer *log, size_t count, bool only_held)
{
	struct fsrs_judged j = { 0 };
	struct fsrs_memory m = { 0 };
	double loss = 0, square = 0;
	bool held = false;
	for (size_t i = 0; i < count; i++) {
		const struct fsrs_answer *a = &log[i];
		held = a->first ? a->held : held || a->held;
		if (a->first) {
			m = fsrs_first(w, a->rating);
			continue;
		}
		if (a->days > 0 && (held || !only_held)) {
			double p = fsrs_recall(w, a->days, m.stability);
			bool yes = a->rating > FSRS_AGAIN;
			int bin = (int)(p * FSRS_BINS);
			struct fsrs_bin *b = &j.bins[bin < 0 ? 0 : bin >= FSRS_BINS ? FSRS_BINS - 1 : bin];
			b->n++;
			b->recalled += yes;
			b->forecast += p;
			loss += forecast_loss(p, yes);
			j.forecasts++;
			j.recalled += yes;
		}
		m = fsrs_next(w, m, a->rating, a->days);
	}
	for (int i = 0; i < FSRS_BINS; i++)
		if (j.bins[i].n) {
			double away = (j.bins[i].forecast - (double)j.bins[i].recalled) / (double)j.bins[i].n;
			square += away * away * (double)j.bins[i].n;
		}
	j.log_loss = j.forecasts ? loss / (double)j.forecasts : NAN;
	j.rmse = j.forecasts ? sqrt(square / (double)j.forecasts) : NAN;
	return j;
}

struct moving_average moving_average_start(void) { return (struct moving_average){ 1.2 }; }

double moving_average_next(struct moving_average *m, bool recalled_)
{
	double p = 1 / (1 + exp(-m->x));
	m->x += .3 * ((recalled_ ? 1 : 0) - p);
	return p;
}
