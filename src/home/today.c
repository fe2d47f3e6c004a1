/* today.c - at most five things that are really yours, each one tap away. */
#include "home.h"
#include "home.sql.h"
#include "home.words.h"
#include "accounts/accounts.h"
#include "first.h"
#include "surveys/surveys.h"
#include "needs/needs.h"
#include "practice/practice.h"
#include "journal/journal.h"
#include "tour.h"
#include "view/view.words.h"
#include "web/operation.h"
#include "web/web.h"

struct mine { instant since; int64_t reviews; str review_person; int64_t review_of, requests; str request_person; int64_t request_id, news, news_skill, needed, unrated; };
struct leading { int64_t team, unknown_pairs; };
struct demo_age { instant made; };
struct staffing { instant links_since; int64_t overdue, overdue_skill, reviews, review_of, review_skill, proposals, ambitions, people, bases, links, erasures, mistakes; };
RECORD(mine, FIELD(mine, reviews), FIELD(mine, review_person), FIELD(mine, review_of), FIELD(mine, requests), FIELD(mine, request_person),
	FIELD(mine, request_id), FIELD(mine, news), FIELD(mine, news_skill), FIELD(mine, needed), FIELD(mine, unrated), FIELD(mine, since));
RECORD(leading, FIELD(leading, team), FIELD(leading, unknown_pairs));
RECORD(demo_age, FIELD(demo_age, made));
RECORD(staffing, FIELD(staffing, overdue), FIELD(staffing, overdue_skill), FIELD(staffing, reviews), FIELD(staffing, review_of), FIELD(staffing, review_skill), FIELD(staffing, proposals), FIELD(staffing, ambitions),
	FIELD(staffing, people), FIELD(staffing, bases), FIELD(staffing, links), FIELD(staffing, links_since), FIELD(staffing, erasures), FIELD(staffing, mistakes));

struct thing { str icon, path, title, text; };
struct today_page { str name, question; list things, steps; bool first; int64_t steps_left, demo_days, tour_step, tour_steps; str tour_text, tour_path; };
RECORD(thing, FIELD(thing, icon), FIELD(thing, path), FIELD(thing, title), FIELD(thing, text));
RECORD(today_page, FIELD(today_page, name), FIELD(today_page, things, .of = &thing_record), FIELD(today_page, steps, .of = &first_step_record),
	FIELD(today_page, first), FIELD(today_page, steps_left), FIELD(today_page, tour_step), FIELD(today_page, tour_steps), FIELD(today_page, tour_text),
	FIELD(today_page, tour_path), FIELD(today_page, question, .doc = "For one's own log, now and then."), FIELD(today_page, demo_days, .optional = true, .doc = "The demonstration has grown old: so many days."));
#include "home_today.html.h"

enum { THINGS_MAX = 5, NEWS_DAYS = 30, QUESTION_DAYS = 7, DEMO_OLD_DAYS = 60, LINK_NEWS_DAYS = 14 };

/* One thing more, unless there are five: what matters most is asked first. */
static void add(struct ctx *c, struct today_page *page, const char *icon, str path, const struct word *title, const struct word *text, const str *values, size_t count)
{
	if (page->things.count >= THINGS_MAX)
		return;
	struct thing *t = list_add(c->arena, &page->things, struct thing);
	t->icon = str_of(icon);
	t->path = path;
	t->title = word_text(c->arena, c->language, title, values, count);
	t->text = text ? word_text(c->arena, c->language, text, values, count) : (str){ 0 };
}

#define ADD(icon, path, title, text, ...) add(c, page, icon, path, W(title), W(text), (const str[]){ S(""), ##__VA_ARGS__ } + 1, \
	sizeof (const str[]){ S(""), ##__VA_ARGS__ } / sizeof(str) - 1)

static enum status mine_add(struct ctx *c, struct today_page *page, bool late)
{
	struct mine m = { .since = { c->now.ms - (int64_t)NEWS_DAYS * 86400000 } };
	if (!c->me.person)
		return OK;
	if (c->me.roles & FORMER) {
		if (!late)
			ADD("download", S("/about-me"), home_former, home_former_text);
		return OK;
	}
	TRY(store_one(c, today_mine, &m, &m));
	if (late) {
		if (m.unrated && m.needed)
			ADD("sprout", S("/my-skills"), home_unrated, home_unrated_text, text_of_int(c, m.unrated), text_of_int(c, m.needed));
		return OK;
	}
	if (m.reviews)
		ADD("message-square", text_format(c->arena, "/people/%lld/skills", (long long)m.review_of), home_review, home_review_text, m.review_person, text_of_int(c, m.reviews));
	if (m.requests)
		ADD("user-plus", text_format(c->arena, "/requests/%lld", (long long)m.request_id), home_request, home_request_text, m.request_person, text_of_int(c, m.requests));
	if (m.news)
		ADD("star", text_format(c->arena, "/my-skills/%lld", (long long)m.news_skill), home_news, home_news_text, text_of_int(c, m.news));
	return OK;
}

static enum status surveys_add(struct ctx *c, struct today_page *page)
{
	struct survey_waiting w = { 0 };
	struct survey_owed o = { 0 };
	TRY(survey_waiting(c, &w));
	if (w.round)
		ADD("message-square", text_format(c->arena, "/asked/%lld", (long long)w.round), home_asked, home_asked_text, w.name, text_of_date(c, w.closes));
	if (!may(c, S("surveys.manage")))
		return OK;
	TRY(survey_owed(c, &o));
	if (o.overdue)
		ADD("clock", S("/surveys/told"), home_late, home_late_text, text_of_int(c, o.overdue));
	else if (o.untold)
		ADD("users", text_format(c->arena, "/surveys/%lld/results", (long long)o.round), home_untold, home_untold_text, o.name);
	return OK;
}

/* Signals to look at again, for whoever follows one: their day has come, so they stand before what can wait. */
static enum status signals_due_add(struct ctx *c, struct today_page *page)
{
	struct signal_owed o = { 0 };
	if (!may(c, S("signals.read")))
		return OK;
	TRY(signal_owed(c, &o));
	if (o.due)
		ADD("trending-up", o.due == 1 ? text_format(c->arena, "/signals/%lld", (long long)o.signal) : S("/signals"), home_signal_due, home_signal_due_text, text_of_int(c, o.due), o.title);
	if (o.lost && may(c, S("signals.manage")))
		ADD("trending-up", o.lost == 1 ? text_format(c->arena, "/signals/%lld", (long long)o.lost_signal) : S("/signals"), home_signal_lost, home_signal_lost_text, text_of_int(c, o.lost));
	return OK;
}

/* What one was told of lately. */
static enum status signal_news_add(struct ctx *c, struct today_page *page)
{
	struct signal_news n = { 0 };
	if (!may(c, S("signals.read")))
		return OK;
	TRY(signal_news(c, &n));
	if (n.signal)
		ADD("trending-up", text_format(c->arena, "/signals/%lld", (long long)n.signal), home_signal_news, home_signal_news_text, n.title, n.text);
	return OK;
}

/* Practice, before what can wait: it takes three minutes, and only today. */
static enum status practice_add(struct ctx *c, struct today_page *page)
{
	struct practice_today t;
	TRY(practice_today(c, &t));
	if (t.boost)
		ADD("history", text_format(c->arena, "/practice/now?training=%lld", (long long)t.boost_training), home_practice_boost, home_practice_boost_text, t.boost_name);
	else if (t.waiting && !t.paused)
		ADD("history", S("/practice/now"), home_practice_waiting, home_practice_waiting_text, text_of_int(c, t.waiting));
	else if (!t.followed && t.decks && !t.paused)
		ADD("history", S("/practice"), home_practice_begin, home_practice_begin_text);
	if (t.flags)
		ADD("message-square", S("/decks"), home_practice_flags, home_practice_flags_text, text_of_int(c, t.flags));
	return OK;
}

static enum status lead_add(struct ctx *c, struct today_page *page)
{
	struct leading l = { 0 };
	if (!(c->me.roles & LEAD))
		return OK;
	TRY(store_one(c, today_lead, NOTHING, &l));
	if (l.unknown_pairs)
		ADD("users", S("/my-team"), home_unknown, home_unknown_text, text_of_int(c, l.unknown_pairs), text_of_int(c, l.team));
	if (date_civil(c->today).day <= QUESTION_DAYS)
		ADD("circle-help", S("/my-team/question"), home_question, home_question_text);
	return OK;
}

static enum status staff_add(struct ctx *c, struct today_page *page)
{
	struct staffing s = { .links_since = { c->now.ms - (int64_t)LINK_NEWS_DAYS * 86400000 } };
	TRY(store_one(c, today_staff, &s, &s));
	if (s.links)
		ADD("lock-open", S("/account"), home_links, home_links_text, text_of_int(c, s.links));
	if (may(c, S("erasure.decide")) && s.erasures)
		ADD("user", S("/trust/erasures"), home_erasure_thing, home_erasure_thing_text, text_of_int(c, s.erasures));
	if (may(c, S("erasure.decide")) && s.mistakes)
		ADD("message-square", S("/trust/mistakes"), home_mistake_thing, home_mistake_thing_text, text_of_int(c, s.mistakes));
	if (may(c, S("trust.record")) && s.proposals)
		ADD("shield-check", S("/trust"), home_proposal, home_proposal_text, text_of_int(c, s.proposals));
	if (may(c, S("trust.record")) && !s.bases && s.people)
		ADD("shield-check", S("/trust"), home_basis, home_basis_text);
	if (may(c, S("skills.manage")) && s.overdue)
		ADD("clock", text_format(c->arena, "/skills/%lld", (long long)s.overdue_skill), home_overdue, home_overdue_text, text_of_int(c, s.overdue));
	if (may(c, S("ratings.manage")) && s.reviews)
		ADD("message-square", text_format(c->arena, "/people/%lld/skills/%lld", (long long)s.review_of, (long long)s.review_skill), home_reviews, home_reviews_text, text_of_int(c, s.reviews));
	if ((c->me.roles & (BOARD | LEARNING)) && s.ambitions)
		ADD("target", S("/strategy"), home_ambitions, home_ambitions_text, text_of_int(c, s.ambitions));
	if (may(c, S("audit.read")))
		ADD("eye", S("/trust/audit"), home_audit, home_audit_text);
	if (may(c, S("accounts.manage")) && s.people)
		ADD("user-plus", S("/accounts"), home_accounts_thing, home_accounts_text);
	return OK;
}

/* Its days were relative to its making. */
static enum status demo_look(struct ctx *c, int64_t *days)
{
	struct demo_age age = { 0 };
	bool found;
	if (!web_is_demo(c))
		return OK;
	TRY(store_find(c, today_demo, NOTHING, &age, &found));
	int64_t old = age.made.ms ? (c->now.ms - age.made.ms) / 86400000 : 0;
	*days = old > DEMO_OLD_DAYS ? old : 0;
	return OK;
}

/* One of the five: it makes room for what waits. */
static enum status question_add(struct ctx *c, struct today_page *page)
{
	bool asks;
	const struct word *question;
	TRY(journal_prompt(c, &asks, &question));
	if (asks && page->things.count < THINGS_MAX)
		page->question = question->text[c->language];
	return OK;
}

OPERATION(today_show, nothing, today_page,
	.route = "GET /",
	.allow = "signed-in",
	.page = today_html,
	.lenient = true,
	.doc = "Today: at most five things that wait for whoever asks.")
{
	(void)in;
	str rest;
	str_cut(c->me.name, ' ', &out->name, &rest);
	struct tour tour;
	TRY(tour_load(c, &tour));
	out->tour_step = tour.step;
	out->tour_steps = tour.steps;
	out->tour_text = tour.text;
	out->tour_path = tour.path;
	TRY(demo_look(c, &out->demo_days));
	if (may(c, S("people.manage"))) {
		TRY(first_steps(c, &out->steps, &out->steps_left));
		out->first = out->steps_left > 0;
	}
	TRY(surveys_add(c, out));
	TRY(signals_due_add(c, out));
	TRY(mine_add(c, out, false));
	TRY(practice_add(c, out));
	TRY(signal_news_add(c, out));
	TRY(lead_add(c, out));
	TRY(staff_add(c, out));
	TRY(mine_add(c, out, true));
	return question_add(c, out);
}
