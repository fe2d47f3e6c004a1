/* mine.c - my practice: who sees it (nobody), what I follow, how much a day, a pause, and forgetting it all. */
#include "inside.h"
#include "trust/trust.h"
#include "web/operation.h"

struct followed_deck { int64_t id; str name; int64_t cards; bool required; };
struct own_line { int64_t id; str title; };
struct practice_page {
	bool works, person, followed, paused, done, fitted;
	date pause_until;
	int64_t waiting, cap, fresh_cap, goal, reminded, own, offered, boost_training, retention, first_cards;
	str offered_name, boost_name;
	list decks, others;
};
RECORD(followed_deck, FIELD(followed_deck, id), FIELD(followed_deck, name), FIELD(followed_deck, cards), FIELD(followed_deck, required));
RECORD(practice_page, FIELD(practice_page, works), FIELD(practice_page, person), FIELD(practice_page, followed), FIELD(practice_page, paused), FIELD(practice_page, done),
	FIELD(practice_page, fitted), FIELD(practice_page, pause_until), FIELD(practice_page, waiting), FIELD(practice_page, cap), FIELD(practice_page, fresh_cap), FIELD(practice_page, goal, .optional = true), FIELD(practice_page, reminded, .optional = true, .doc = "The hour of the reminder in one's own calendar."),
	FIELD(practice_page, own), FIELD(practice_page, offered, .optional = true), FIELD(practice_page, boost_training, .optional = true), FIELD(practice_page, retention), FIELD(practice_page, first_cards), FIELD(practice_page, offered_name),
	FIELD(practice_page, boost_name), FIELD(practice_page, decks, .of = &followed_deck_record), FIELD(practice_page, others, .of = &followed_deck_record));

struct pause_form { date until; };
RECORD(pause_form, FIELD(pause_form, until, .label = W(practice_pause_until)));
struct pace_form { int64_t cap, fresh_cap, goal; };
RECORD(pace_form, FIELD(pace_form, cap, .label = W(practice_cap), .hint = W(practice_cap_hint), .required = true, .min = CAP_LEAST, .max = CAP_MOST),
	FIELD(pace_form, fresh_cap, .label = W(practice_fresh_cap), .hint = W(practice_fresh_cap_hint), .required = true, .min = 0, .max = FRESH_MOST),
	FIELD(pace_form, goal, .label = W(practice_goal), .hint = W(practice_goal_hint), .min = GOAL_LEAST, .max = GOAL_MOST, .optional = true));
#include "practice_mine.html.h"

static enum status decks_fill(struct ctx *c, struct practice_page *out)
{
	list rows = { 0 };
	struct by_id offered = { 0 };
	bool found;
	TRY(store_all(c, deck_all, NOTHING, &rows));
	TRY(store_find(c, deck_for_role, NOTHING, &offered, &found));
	for (each(struct deck, d, rows)) {
		struct followed_deck line = { d->id, deck_name(c, d), d->cards, d->required };
		if (!d->cards)
			continue;
		*list_add(c->arena, d->followed ? &out->decks : &out->others, struct followed_deck) = line;
		if (found && d->id == offered.id && !d->followed) {
			out->offered = d->id;
			out->offered_name = line.name;
			out->first_cards = d->cards < FRESH_USUAL ? d->cards : FRESH_USUAL;
		}
	}
	return OK;
}

OPERATION(practice_show, nothing, practice_page,
	.route = "GET /practice",
	.allow = "signed-in",
	.page = mine_html,
	.lenient = true,
	.doc = "One's own practice: what is followed, how much a day, and who sees it: nobody.")
{
	(void)in;
	struct practice_today t = { 0 };
	struct glance g;
	struct booster_due due;
	double percent;
	TRY(glance_load(c, &g));
	TRY(setting_number(c, S("practice_retention"), &percent));
	out->works = g.works > 0;
	out->person = c->me.person != 0;
	out->retention = (int64_t)percent;
	if (!out->person)
		return OK;
	practice_today_of(c, &g, &t);
	if (g.taken)
		TRY(booster_find(c, 0, &due, &t.boost));
	out->cap = g.cap;
	out->fresh_cap = g.fresh_cap;
	out->goal = g.goal;
	out->reminded = g.reminded;
	out->pause_until = g.pause_until;
	out->paused = t.paused;
	out->followed = t.followed;
	out->own = g.own;
	out->waiting = t.waiting;
	out->done = t.done;
	out->boost_training = t.boost ? due.training : 0;
	out->boost_name = t.boost ? due.name : (str){ 0 };
	return decks_fill(c, out);
}

struct follow_form { int64_t id; };
RECORD(follow_form, FIELD(follow_form, id, .required = true));
RECORD(follow, FIELD(follow, deck), FIELD(follow, day));

OPERATION(deck_follow, follow_form, nothing,
	.route = "POST /decks/{id}/follow",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* whether somebody practises is theirs to tell */
	.then = "/practice/now",
	.doc = "Begins to practise with a deck: a few new cards a day.")
{
	(void)out;
	struct deck d;
	TRY(practice_may(c));
	TRY(deck_load(c, in->id, &d));
	if (d.withdrawn.ms)
		return refuse(c, CONFLICT, "deck-withdrawn", W(practice_withdrawn), deck_name(c, &d));
	TRY(fit_later(c));
	return store_run(c, follow_add, (&(struct follow){ in->id, c->today.day }), NULL);
}

OPERATION(deck_leave, follow_form, nothing,
	.route = "POST /decks/{id}/leave",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* as deck_follow */
	.then = "/practice",
	.said = W(practice_left),
	.doc = "Stops practising with a deck. What is remembered of it is kept, for whoever begins again.")
{
	(void)out;
	TRY(practice_may(c));
	return store_run(c, follow_end, (&(struct follow){ in->id, 0 }), NULL);
}

enum { PAUSE_DAYS_MOST = 400 };

OPERATION(practice_pause, pause_form, nothing,
	.route = "POST /practice/pause",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* as deck_follow */
	.then = "/practice",
	.said = W(practice_pause_said),
	.back = "/practice",
	.doc = "Pauses practice until a day, such as during a holiday; without a day the pause ends.")
{
	(void)out;
	struct practising p;
	TRY(practice_may(c));
	if (date_is(in->until) && (date_compare(in->until, c->today) < 0 || date_days_between(c->today, in->until) > PAUSE_DAYS_MOST))
		return object(c, S("until"), W(practice_pause_when));
	TRY(practising_load(c, &p));
	p.pause_until = in->until;
	return store_run(c, practising_put, &p, NULL);
}

OPERATION(practice_pace, pace_form, nothing,
	.route = "POST /practice/pace",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* as deck_follow */
	.then = "/practice",
	.said = W(practice_pace_said),
	.back = "/practice",
	.doc = "How many cards a day at most, how many of them new, and how much of them is to stay; without the last as the organisation set it.")
{
	(void)out;
	struct practising p;
	TRY(practice_may(c));
	TRY(practising_load(c, &p));
	p.cap = in->cap;
	p.fresh_cap = in->fresh_cap;
	p.goal = in->goal;
	return store_run(c, practising_put, &p, NULL);
}

OPERATION(practice_forget, nothing, nothing,
	.route = "POST /practice/forget",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* as deck_follow */
	.then = "/practice",
	.said = W(practice_forget_said),
	.doc = "Removes all one's own answers and what is remembered; decks and own cards stay.")
{
	(void)in;
	(void)out;
	if (!c->me.person)
		return refuse(c, FORBIDDEN, "no-person", W(practice_no_person));
	TRY(store_run(c, forget_answers, NOTHING, NULL));
	TRY(store_run(c, forget_retention, NOTHING, NULL));
	TRY(store_run(c, forget_memory, NOTHING, NULL));
	return store_run(c, forget_follow, NOTHING, NULL);
}
