/* schedule.c - what one answer changes: the memory of that card, when it is asked again, and the sums without a name. */
#include "inside.h"
#include "stats/fsrs.h"
#include "trust/trust.h"
#include <math.h>

RECORD(candidate, FIELD(candidate, card), FIELD(candidate, first_day, .optional = true), FIELD(candidate, last, .optional = true), FIELD(candidate, due, .optional = true),
	FIELD(candidate, stability), FIELD(candidate, difficulty), FIELD(candidate, answers), FIELD(candidate, asked), FIELD(candidate, recalled), FIELD(candidate, tries));
RECORD(answer_row, FIELD(answer_row, card), FIELD(answer_row, day), FIELD(answer_row, days), FIELD(answer_row, rating));
RECORD(retention_row, FIELD(retention_row, deck), FIELD(retention_row, stretch), FIELD(retention_row, recalled));
RECORD(card_key, FIELD(card_key, card));
RECORD(ground, FIELD(ground, card), FIELD(ground, deck, .optional = true), FIELD(ground, person, .optional = true), FIELD(ground, kind), FIELD(ground, text_nl, .max = CARD_BYTES_MAX, .lines = true),
	FIELD(ground, text_en, .max = CARD_BYTES_MAX, .lines = true), FIELD(ground, sealed, .max = 20000, .secret = true), FIELD(ground, media, .optional = true), FIELD(ground, retired), FIELD(ground, withdrawn),
	FIELD(ground, name_nl), FIELD(ground, name_en), FIELD(ground, training_name), FIELD(ground, required), FIELD(ground, taken), FIELD(ground, first_day, .optional = true),
	FIELD(ground, last, .optional = true), FIELD(ground, due, .optional = true), FIELD(ground, stability), FIELD(ground, difficulty), FIELD(ground, answers, .optional = true),
	FIELD(ground, asked, .optional = true), FIELD(ground, recalled, .optional = true), FIELD(ground, tries, .optional = true), FIELD(ground, cap, .optional = true),
	FIELD(ground, fresh_cap, .optional = true), FIELD(ground, pause_until), FIELD(ground, goal, .optional = true), FIELD(ground, day, .optional = true),
	FIELD(ground, answered, .optional = true), FIELD(ground, fresh, .optional = true));

/* How much should still be there when a card is asked again. */
SETTING(practice_retention, "90", W(practice_retention), W(practice_retention_why), GOAL_LEAST, GOAL_MOST)

/* Shown once more the same day at most so often; after that it is for tomorrow. */
enum { TRIES_MOST = 3, DAYS_MOST = 3650 };

const int stretch_until[STRETCHES] = { 3, 10, 21, 45, 90, 180, 365, 100000 };

int stretch_of(int64_t days)
{
	int i = 0;
	while (i < STRETCHES - 1 && days > stretch_until[i])
		i++;
	return i;
}

/* The day after which it is asked again, so that as much is still there as its owner wants, else the organisation. */
static enum status due_find(struct ctx *c, const struct fsrs_weights *w, int64_t goal, int64_t rating, int64_t today, struct candidate *m)
{
	double percent = (double)goal;
	if (rating == FSRS_AGAIN) {
		m->due = m->tries < TRIES_MOST ? today : today + 1;
		return OK;
	}
	if (!goal)
		TRY(setting_number(c, S("practice_retention"), &percent));
	double days = round(fsrs_interval(w, percent / 100, m->stability));
	m->due = today + (int64_t)fmin(fmax(days, 1), DAYS_MOST);
	return OK;
}

/* Of a deck, how many days after it was met (or its training was taken) this much was recalled: sums, one row a person and stretch. */
static enum status sums_add(struct ctx *c, const struct ground *g, const struct candidate *m, int64_t today, int64_t days, bool recalled)
{
	bool taught = date_is(g->taken) && g->taken.day < today;
	int64_t since = today - (taught ? g->taken.day : m->first_day);
	/* A first answer recalls nothing, unless the training taught it; a second on one day says nothing about forgetting. */
	if (since < 1 || (days < 1 && !(taught && m->answers == 1)))
		return OK;
	return store_run(c, retention_add, (&(struct retention_row){ g->deck, stretch_of(since), recalled }), NULL);
}

static enum status counted(struct ctx *c, const struct ground *g, bool fresh)
{
	bool began = g->cap > 0, today = began && g->day == c->today.day;
	struct practising p = { began ? g->cap : CAP_USUAL, began ? g->fresh_cap : FRESH_USUAL, g->pause_until, g->goal, c->today.day, (today ? g->answered : 0) + 1, (today ? g->fresh : 0) + fresh };
	return store_run(c, practising_put, &p, NULL);
}

enum status ground_load(struct ctx *c, int64_t card, struct ground *out)
{
	bool found;
	TRY(store_find(c, ground_of, (&(struct card_key){ card }), out, &found));
	return found && (!out->person || out->person == c->me.person) ? OK : refuse(c, NOT_FOUND, "unknown-card", W(practice_unknown_card));
}

enum status ground_open(struct ctx *c, const struct ground *g, struct card_form *out)
{
	struct card k = { .id = g->card, .deck = g->deck, .person = g->person, .kind = g->kind, .text_nl = g->text_nl, .text_en = g->text_en, .sealed = g->sealed };
	return card_open(c, &k, out);
}

enum status answer_take(struct ctx *c, const struct ground *g, const struct answered *a, bool *again)
{
	struct fsrs_weights w;
	bool known = g->answers > 0, fitted, recalled = a->rating > FSRS_AGAIN;
	int64_t today = c->today.day;
	*again = g->answers != a->turn;
	if (*again || g->retired.ms)
		return OK;
	TRY(weights_now(c, &w, &fitted));
	/* A clock that jumped back leaves the day where it was. */
	int64_t last = known ? g->last : today, days = today > last ? today - last : 0;
	struct fsrs_memory memory = known ? fsrs_next(&w, (struct fsrs_memory){ g->stability, g->difficulty }, (enum fsrs_rating)a->rating, (double)days)
		: fsrs_first(&w, (enum fsrs_rating)a->rating);
	struct candidate m = { .card = g->card, .first_day = known ? g->first_day : today, .stability = memory.stability, .difficulty = memory.difficulty, .answers = g->answers + 1,
		.asked = g->asked + (days > 0), .recalled = g->recalled + (days > 0 && recalled), .tries = days > 0 || !known ? 1 : g->tries + 1, .last = today > last ? today : last };
	TRY(due_find(c, &w, g->goal, a->rating, m.last, &m));
	TRY(store_run(c, memory_put, &m, NULL));
	TRY(store_run(c, answer_add, (&(struct answer_row){ g->card, m.last, days, a->rating }), NULL));
	if (g->deck)
		TRY(sums_add(c, g, &m, m.last, days, recalled));
	if (a->training)
		TRY(booster_count(c, a->training));
	return counted(c, g, !known && !a->training);
}

enum status practice_give(struct ctx *c, const struct practice_given *a)
{
	struct ground g;
	bool again;
	TRY(ground_load(c, a->card, &g));
	return answer_take(c, &g, &(struct answered){ a->turn, a->rating, a->training }, &again);
}
