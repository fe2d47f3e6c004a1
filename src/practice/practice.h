/* practice.h - against forgetting: what other features may ask.
 *
 * What somebody remembers is theirs. No function here, and no operation of this folder, tells anybody else what a person
 * answered, or whether they practise; groups are seen only as sums over decks, through the gate (curve.c).
 *
 * A log entry or a training leads to private cards by a link with its number, /practice/own?entry=12 or ?training=3: what is written there is
 * opened for its owner and fills the form. No word of it stands in an address.
 */
#pragma once
#include "base/context.h"
#include "record/record.h"

/* For Today, and only about whoever asks. */
struct practice_today {
	bool paused, followed;             /* followed: has a deck or a card of their own */
	bool boost;                        /* a training of two days, two weeks or two months ago asks a question */
	int64_t boost_training;
	str boost_name;
	int64_t waiting;                   /* cards worth asking today, within the daily cap; 0 when enough was done */
	int64_t decks;                     /* there are to begin with */
	int64_t flags;                     /* readers' remarks on cards of decks they own */
	bool done;                         /* enough for today */
};
enum status practice_today(struct ctx *c, struct practice_today *out) must_use;

#define PURPOSE_PRACTICE S("practice")

/* The decks that come along. */
enum status practice_starter_take(struct ctx *c, int64_t *added) must_use;
/* One answer of c->me.person on c->today, as something else than a page gives it (the demonstration, a test). turn: how many there were;
 * training: 0, or whose booster it was. */
struct practice_given { int64_t card, turn, rating, training; };
enum status practice_give(struct ctx *c, const struct practice_given *a) must_use;
/* The figures of groups, made anew: each part only when enough people answered since it was last told. */
enum status practice_tell(struct ctx *c) must_use;
/* Weights fitted now, as each week does. */
enum status practice_fit_now(struct ctx *c) must_use;
