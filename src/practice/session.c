/* session.c - three minutes: which card comes next, and when it is enough. */
#include "inside.h"
#include "trust/trust.h"
#include "web/operation.h"

RECORD(practising, FIELD(practising, cap), FIELD(practising, fresh_cap), FIELD(practising, pause_until), FIELD(practising, goal, .optional = true), FIELD(practising, day, .optional = true), FIELD(practising, answered),
	FIELD(practising, fresh));
RECORD(next_key, FIELD(next_key, day), FIELD(next_key, training, .optional = true), FIELD(next_key, most));
RECORD(waiting, FIELD(waiting, due), FIELD(waiting, fresh), FIELD(waiting, own), FIELD(waiting, own_fresh), FIELD(waiting, decks), FIELD(waiting, next_due, .optional = true));

/* More than the daily cap, because somebody asked for it on that very page. */
struct session { int64_t training; bool more; };
struct shown_option { int64_t number; str text; };
struct session_page {
	int64_t card, turn, training, number, of;
	bool more, many, enough, paused, fresh, required, ask_used, can_more, none;
	date pause_until, next_day;
	str kind, deck, question, training_name;
	list options, pieces, places, media;
	int64_t deck_id, answered;
};
RECORD(session, FIELD(session, training, .optional = true), FIELD(session, more));
RECORD(shown_option, FIELD(shown_option, number), FIELD(shown_option, text));
RECORD(session_page, FIELD(session_page, card), FIELD(session_page, turn), FIELD(session_page, training, .optional = true), FIELD(session_page, number), FIELD(session_page, of), FIELD(session_page, more),
	FIELD(session_page, many), FIELD(session_page, enough), FIELD(session_page, paused), FIELD(session_page, fresh), FIELD(session_page, required),
	FIELD(session_page, ask_used), FIELD(session_page, can_more), FIELD(session_page, none), FIELD(session_page, pause_until), FIELD(session_page, next_day), FIELD(session_page, kind),
	FIELD(session_page, deck), FIELD(session_page, question, .max = CARD_LINE_MAX), FIELD(session_page, training_name), FIELD(session_page, options, .of = &shown_option_record),
	FIELD(session_page, pieces, .of = &card_piece_record, .doc = "Without what is right."), FIELD(session_page, places), FIELD(session_page, media, .of = &shown_media_record),
	FIELD(session_page, deck_id, .optional = true), FIELD(session_page, answered));
#include "practice_media_part.html.h"
#include "practice_session.html.h"

enum status practice_may(struct ctx *c)
{
	if (!c->me.person)
		return refuse(c, FORBIDDEN, "no-person", W(practice_no_person));
	return trust_purpose(c, PURPOSE_PRACTICE);
}

enum status practising_load(struct ctx *c, struct practising *out)
{
	bool found;
	TRY(store_find(c, practising_now, NOTHING, out, &found));
	if (!found)
		*out = (struct practising){ .cap = CAP_USUAL, .fresh_cap = FRESH_USUAL };
	if (!found || out->day != c->today.day)
		out->answered = out->fresh = 0;
	out->day = c->today.day;
	return OK;
}

/* An order of its own for each card and turn, the same whoever looks and however often: the right one is not always on top. */
static void shuffle(list *options, int64_t card, int64_t turn)
{
	uint64_t seed = (uint64_t)card * 0x9e3779b97f4a7c15 + (uint64_t)turn * 0xbf58476d1ce4e5b9 + 1;
	struct shown_option *at = options->at;
	for (size_t i = options->count; i > 1; i--) {
		seed ^= seed >> 27;
		seed *= 0x94d049bb133111eb;
		seed ^= seed >> 31;
		size_t j = (size_t)(seed % i);
		struct shown_option other = at[i - 1];
		at[i - 1] = at[j];
		at[j] = other;
	}
}

static enum status card_show(struct ctx *c, struct session_page *out)
{
	struct ground k;
	struct card_form f;
	TRY(ground_load(c, out->card, &k));
	TRY(ground_open(c, &k, &f));
	out->deck = in_words_of(c, k.name_nl, k.name_en);
	out->deck_id = k.deck;
	out->required |= k.required;
	out->kind = f.kind;
	out->question = f.question;
	out->many = f.right > 1;
	for (each(struct card_option, o, f.options))
		*list_add(c->arena, &out->options, struct shown_option) = (struct shown_option){ o->number, o->text };
	shuffle(&out->options, k.card, out->turn);
	for (size_t i = 1; str_eq(f.kind, S("order")) && i <= out->options.count; i++)
		*list_add(c->arena, &out->places, str) = text_format(c->arena, "%zu", i);
	for (each(struct card_piece, p, f.pieces))
		*list_add(c->arena, &out->pieces, struct card_piece) = (struct card_piece){ p->text, p->blank, { 0 } };
	return media_show(c, k.media, &out->media);
}

enum { MOST_FRAGILE = 200, ALL_OF_THEM = 10000000 };

/* What comes next of everything the person follows; card 0 when nothing does. */
static enum status next_find(struct ctx *c, const struct practising *p, bool due, bool more, struct session_page *out)
{
	struct next_key key = { c->today.day, 0, MOST_FRAGILE };
	struct candidate m = { 0 };
	struct by_id fresh = { 0 };
	bool found = false;
	if (due)
		TRY(store_find(c, next_due, &key, &m, &found));
	if (due && !found) {
		key.most = ALL_OF_THEM;
		TRY(store_find(c, next_due, &key, &m, &found));
	}
	if (found) {
		out->card = m.card;
		out->turn = m.answers;
		return OK;
	}
	if (p->fresh >= p->fresh_cap && !more)
		return OK;
	TRY(store_find(c, next_fresh, &key, &fresh, &found));
	out->card = found ? fresh.id : 0;
	out->fresh = found;
	return OK;
}

enum { BOOST_CARDS = 3 };

static enum status boost_find(struct ctx *c, int64_t training, struct session_page *out)
{
	struct booster_due due;
	struct candidate m = { 0 };
	bool found;
	TRY(booster_find(c, training, &due, &found));
	if (!found) {
		out->enough = true;
		return OK;
	}
	out->training_name = due.name;
	out->required = due.required;
	out->of = due.cards < BOOST_CARDS ? due.cards : BOOST_CARDS;
	out->number = due.asked + 1;
	found = false;
	if (due.asked < out->of)
		TRY(store_find(c, next_boost, (&(struct next_key){ c->today.day, training, 0 }), &m, &found));
	out->ask_used = !found;
	out->card = found ? m.card : 0;
	out->turn = m.answers;
	return OK;
}

static enum status session_find(struct ctx *c, const struct session *in, struct session_page *out)
{
	struct practising p;
	struct waiting w;
	TRY(practising_load(c, &p));
	out->answered = p.answered;
	out->more = in->more;
	out->training = in->training;
	if (in->training) {
		TRY(boost_find(c, in->training, out));
		return out->card ? card_show(c, out) : OK;
	}
	out->paused = date_is(p.pause_until) && date_compare(p.pause_until, c->today) >= 0;
	out->pause_until = p.pause_until;
	if (out->paused)
		return OK;
	TRY(store_one(c, waiting, (&(struct next_key){ c->today.day, 0, 0 }), &w));
	int64_t cap = in->more ? p.answered + w.due + FRESH_USUAL : p.cap, left = cap > p.answered ? cap - p.answered : 0;
	if (left)
		TRY(next_find(c, &p, w.due > 0, in->more, out));
	out->none = !w.decks && !w.own;
	if (!out->card) {
		out->enough = true;
		out->can_more = w.due > 0 || w.fresh > 0 || w.own_fresh > 0;
		out->next_day = w.next_due > c->today.day ? (date){ (int32_t)w.next_due } : date_add_days(c->today, 1);
		return OK;
	}
	int64_t fresh = p.fresh_cap > p.fresh ? p.fresh_cap - p.fresh : 0, news = w.fresh + w.own_fresh;
	int64_t todo = w.due + (fresh < news ? fresh : news);
	out->number = p.answered + 1;
	out->of = p.answered + (todo < left ? todo : left);
	if (out->of < out->number)
		out->of = out->number;
	return card_show(c, out);
}

OPERATION(practice_next, session, session_page,
	.route = "GET /practice/now",
	.allow = "self.use",
	.page = session_html,
	.lenient = true,
	.doc = "The next card to recall, or that it is enough for today. Only about whoever asks.")
{
	TRY(practice_may(c));
	return session_find(c, in, out);
}

RECORD(glance, FIELD(glance, works), FIELD(glance, cap, .optional = true), FIELD(glance, fresh_cap, .optional = true), FIELD(glance, pause_until), FIELD(glance, goal, .optional = true), FIELD(glance, reminded, .optional = true), FIELD(glance, answered, .optional = true),
	FIELD(glance, fresh_done, .optional = true), FIELD(glance, flags), FIELD(glance, offered), FIELD(glance, taken), FIELD(glance, due), FIELD(glance, fresh), FIELD(glance, own), FIELD(glance, own_fresh),
	FIELD(glance, decks), FIELD(glance, next_due, .optional = true));

enum status glance_load(struct ctx *c, struct glance *out)
{
	TRY(store_one(c, practice_glance, (&(struct next_key){ c->today.day, 0, 0 }), out));
	if (!out->cap) {
		out->cap = CAP_USUAL;
		out->fresh_cap = FRESH_USUAL;
	}
	return OK;
}

void practice_today_of(const struct ctx *c, const struct glance *g, struct practice_today *out)
{
	int64_t fresh = g->fresh_cap > g->fresh_done ? g->fresh_cap - g->fresh_done : 0, news = g->fresh + g->own_fresh;
	int64_t left = g->cap > g->answered ? g->cap - g->answered : 0, todo = g->due + (fresh < news ? fresh : news);
	out->paused = date_is(g->pause_until) && date_compare(g->pause_until, c->today) >= 0;
	out->followed = g->decks || g->own;
	out->decks = g->offered;
	out->flags = g->flags;
	out->waiting = todo < left ? todo : left;
	out->done = g->answered > 0 && !out->waiting;
}

enum status practice_today(struct ctx *c, struct practice_today *out)
{
	struct glance g;
	struct booster_due due;
	*out = (struct practice_today){ 0 };
	if (!c->me.person)
		return OK;
	TRY(glance_load(c, &g));
	if (!g.works)
		return OK;
	practice_today_of(c, &g, out);
	if (g.taken)
		TRY(booster_find(c, 0, &due, &out->boost));
	if (out->boost) {
		out->boost_training = due.training;
		out->boost_name = due.name;
	}
	return OK;
}
