/* signals.c - what comes towards us: the list, and what waits for whoever follows one. */
#include "inside.h"
#include "view/view.h"
#include "view/view.words.h"
#include "web/access.h"
#include "web/operation.h"

struct signal_shown_skill { int64_t skill; str name, way; };
struct signal_shown { int64_t id; str title, source, follower_name, offer; date since, review_day, ended; bool due, lost; list skills; };
struct signals_page { list running, ended; int64_t due, without_offer; str finding; };
RECORD(signal_row, FIELD(signal_row, id), FIELD(signal_row, title), FIELD(signal_row, what, .max = 2000), FIELD(signal_row, source), FIELD(signal_row, link), FIELD(signal_row, follower, .optional = true),
	FIELD(signal_row, follower_name), FIELD(signal_row, since), FIELD(signal_row, review_day), FIELD(signal_row, offer), FIELD(signal_row, offer_link), FIELD(signal_row, ended), FIELD(signal_row, way));
RECORD(signal_skill_row, FIELD(signal_skill_row, signal), FIELD(signal_skill_row, skill), FIELD(signal_skill_row, name_nl), FIELD(signal_skill_row, name_en), FIELD(signal_skill_row, way));
RECORD(signal_shown_skill, FIELD(signal_shown_skill, skill), FIELD(signal_shown_skill, name), FIELD(signal_shown_skill, way, .doc = "up or down."));
RECORD(signal_shown, FIELD(signal_shown, id), FIELD(signal_shown, title), FIELD(signal_shown, source), FIELD(signal_shown, follower_name), FIELD(signal_shown, offer), FIELD(signal_shown, since),
	FIELD(signal_shown, review_day), FIELD(signal_shown, ended), FIELD(signal_shown, due), FIELD(signal_shown, skills, .of = &signal_shown_skill_record));
RECORD(signals_page, FIELD(signals_page, finding), FIELD(signals_page, due), FIELD(signals_page, running, .of = &signal_shown_record), FIELD(signals_page, ended, .of = &signal_shown_record));
#include "needs_signals.html.h"

enum status signal_load(struct ctx *c, int64_t id, struct signal_row *out)
{
	bool found;
	TRY(store_find(c, signal_by_id, (&(struct by_id){ id }), out, &found));
	return found ? OK : refuse(c, NOT_FOUND, "no-such-signal", W(needs_no_signal));
}

bool signal_is_mine(const struct ctx *c, const struct signal_row *s)
{
	return (c->me.person && s->follower == c->me.person) || may(c, S("signals.manage"));
}

str signal_skill_name(const struct ctx *c, const struct signal_skill_row *k)
{
	return c->language == NL ? k->name_nl.len ? k->name_nl : k->name_en : k->name_en.len ? k->name_en : k->name_nl;
}

OPERATION(signals_show, nothing, signals_page,
	.route = "GET /signals",
	.allow = "signals.read",
	.page = signals_html,
	.csv = "running",
	.lenient = true,
	.doc = "Signals of what comes: who follows them, since when, which skills they ask more or less, what is offered; those to be looked at again first.")
{
	(void)in;
	list rows = { 0 }, skills = { 0 };
	TRY(store_all(c, signals_all, NOTHING, &rows));
	TRY(store_all(c, signal_skills_all, NOTHING, &skills));
	for (each(struct signal_row, r, rows)) {
		struct signal_shown s = { .id = r->id, .title = r->title, .source = r->source, .follower_name = r->follower_name, .offer = r->offer, .since = r->since, .review_day = r->review_day, .ended = r->ended,
			.due = !date_is(r->ended) && date_compare(r->review_day, c->today) <= 0, .lost = !r->follower };
		for (each(struct signal_skill_row, k, skills))
			if (k->signal == r->id)
				*list_add(c->arena, &s.skills, struct signal_shown_skill) = (struct signal_shown_skill){ k->skill, signal_skill_name(c, k), k->way };
		out->due += s.due;
		out->without_offer += !date_is(r->ended) && !r->offer.len;
		*list_add(c->arena, date_is(r->ended) ? &out->ended : &out->running, struct signal_shown) = s;
	}
	const struct word *w = out->due ? W(needs_signals_due) : !out->running.count ? W(needs_signals_none) : out->without_offer ? W(needs_signals_no_offer) : W(needs_signals_fine);
	out->finding = word_text(c->arena, c->language, w, (const str[]){ text_of_int(c, out->due ? out->due : out->without_offer ? out->without_offer : (int64_t)out->running.count) }, 1);
	return OK;
}

/* ---- For Today ---- */

struct signal_since { date since; };
RECORD(signal_since, FIELD(signal_since, since));
RECORD(signal_owed, FIELD(signal_owed, due), FIELD(signal_owed, signal), FIELD(signal_owed, title), FIELD(signal_owed, lost), FIELD(signal_owed, lost_signal));
RECORD(signal_news, FIELD(signal_news, signal), FIELD(signal_news, title), FIELD(signal_news, text));

enum { NEWS_DAYS = 14 };

enum status signal_owed(struct ctx *c, struct signal_owed *out)
{
	return store_one(c, signal_owed_now, NOTHING, out);
}

enum status signal_news(struct ctx *c, struct signal_news *out)
{
	bool found;
	*out = (struct signal_news){ 0 };
	return store_find(c, signal_news_now, (&(struct signal_since){ date_add_days(c->today, -NEWS_DAYS) }), out, &found);
}
