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
RECORD(taken, FIELD(taken, training), FIELD(taken, day));

/* How much should still be there when a card is asked again. */
SETTING(practice_retention, "90", W(practice_retention), W(practice_retention_why), 75, 97)

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

/* The day after which it is asked again. */
static enum status due_find(struct ctx *c, const struct fsrs_weights *w, const struct answered *a, int64_t today, struct candidate *m)
{
	double percent;
	TRY(setting_number(c, S("practice_retention"), &percent));
	if (a->rating == FSRS_AGAIN && m->tries < TRIES_MOST) {
		m->due = today;
		return OK;
	}
	double days = a->rating == FSRS_AGAIN ? 1 : round(fsrs_interval(w, percent / 100, m->stability));
	m->due = today + (int64_t)fmin(fmax(days, 1), DAYS_MOST);
	return OK;
}

/* Of a deck, how many days after it was met (or its training was taken) this much was recalled: sums, one row a person and stretch. */
static enum status sums_add(struct ctx *c, int64_t deck, const struct candidate *m, int64_t today, int64_t days, bool recalled)
{
	struct taken taken = { 0 };
	bool found;
	TRY(store_find(c, taken_of_deck, (&(struct by_id){ deck }), &taken, &found));
	bool taught = found && taken.day.day < today;
	int64_t since = today - (taught ? taken.day.day : m->first_day);
	/* A first answer recalls nothing, unless the training taught it; a second on one day says nothing about forgetting. */
	if (since < 1 || (days < 1 && !(taught && m->answers == 1)))
		return OK;
	return store_run(c, retention_add, (&(struct retention_row){ deck, stretch_of(since), recalled }), NULL);
}

static enum status counted(struct ctx *c, bool fresh)
{
	struct practising p;
	TRY(practising_load(c, &p));
	p.answered++;
	p.fresh += fresh;
	return store_run(c, practising_put, &p, NULL);
}

enum status answer_take(struct ctx *c, const struct answered *a, bool *again)
{
	struct candidate m = { 0 };
	struct card card;
	struct fsrs_weights w;
	bool known, fitted;
	int64_t today = c->today.day;
	TRY(card_load(c, a->card, &card));
	if (card.person && card.person != c->me.person)
		return refuse(c, NOT_FOUND, "unknown-card", W(practice_unknown_card));
	TRY(store_find(c, memory_of, (&(struct card_key){ a->card }), &m, &known));
	*again = (known ? m.answers : 0) != a->turn;
	if (*again || card.retired.ms)
		return OK;
	TRY(weights_now(c, &w, &fitted));
	/* A clock that jumped back leaves the day where it was. */
	int64_t last = known ? m.last : today, days = today > last ? today - last : 0;
	bool recalled = a->rating > FSRS_AGAIN;
	struct fsrs_memory memory = known ? fsrs_next(&w, (struct fsrs_memory){ m.stability, m.difficulty }, (enum fsrs_rating)a->rating, (double)days)
		: fsrs_first(&w, (enum fsrs_rating)a->rating);
	if (!known)
		m = (struct candidate){ .card = a->card, .first_day = today };
	m.stability = memory.stability;
	m.difficulty = memory.difficulty;
	m.answers++;
	m.asked += days > 0;
	m.recalled += days > 0 && recalled;
	m.tries = days > 0 || !known ? 1 : m.tries + 1;
	m.last = today > last ? today : last;
	TRY(due_find(c, &w, a, m.last, &m));
	TRY(store_run(c, memory_put, &m, NULL));
	TRY(store_run(c, answer_add, (&(struct answer_row){ a->card, m.last, days, a->rating }), NULL));
	if (card.deck)
		TRY(sums_add(c, card.deck, &m, m.last, days, recalled));
	if (a->training)
		TRY(booster_count(c, a->training));
	return counted(c, !known && !a->training);
}

enum status practice_give(struct ctx *c, const struct practice_given *a)
{
	bool again;
	return answer_take(c, &(struct answered){ a->card, a->turn, a->rating, a->training }, &again);
}
