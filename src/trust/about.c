/* about.c - what is recorded about me: every kind, how much, who sees it, until when, and what I can do about it. */
#include "inside.h"
#include "keeping.h"
#include "accounts/accounts.h"
#include "view/view.words.h"
#include "web/audit.h"
#include "web/operation.h"

struct about_row { str name, what, why, ground, seen, erasing, term, page; int64_t count; bool decided; };
struct about_look { str name; date day; };
struct about_request { instant asked; str why; };
struct mistake { int64_t id, person; str kind, what, text, outcome, answer, name; instant made, ended; };
struct about_page { str name; list kinds, none, looks, mistakes; int64_t total; bool left, asked; date until; instant asked_at; };
RECORD(about_row, FIELD(about_row, name), FIELD(about_row, what), FIELD(about_row, why), FIELD(about_row, ground), FIELD(about_row, seen), FIELD(about_row, erasing), FIELD(about_row, term),
	FIELD(about_row, page), FIELD(about_row, count), FIELD(about_row, decided));
RECORD(about_look, FIELD(about_look, name), FIELD(about_look, day));
RECORD(about_request, FIELD(about_request, asked), FIELD(about_request, why, .max = 1000));
RECORD(mistake, FIELD(mistake, id), FIELD(mistake, person), FIELD(mistake, kind), FIELD(mistake, what), FIELD(mistake, text, .max = 2000), FIELD(mistake, outcome), FIELD(mistake, answer, .max = 2000),
	FIELD(mistake, name), FIELD(mistake, made), FIELD(mistake, ended));
RECORD(about_page, FIELD(about_page, name), FIELD(about_page, kinds, .of = &about_row_record), FIELD(about_page, none, .of = &about_row_record),
	FIELD(about_page, looks, .of = &about_look_record), FIELD(about_page, mistakes, .of = &mistake_record), FIELD(about_page, total), FIELD(about_page, left),
	FIELD(about_page, asked), FIELD(about_page, until), FIELD(about_page, asked_at));
static str outcome_view(struct view *v, str outcome)
{
	return text_of_word(v->c, str_eq(outcome, S("mended")) ? W(trust_mistake_mended) : str_eq(outcome, S("kept")) ? W(trust_mistake_kept) : W(trust_mistake_waits));
}
#include "trust_about.html.h"

static const struct keep *keep_find(str name)
{
	for (size_t i = 0; i < keeps_count(); i++)
		if (str_eq(name, str_of(keeps_at(i)->name)))
			return keeps_at(i);
	return NULL;
}

static str kind_said(const struct ctx *c, str name)
{
	const struct keep *k = keep_find(name);
	return k ? k->what->text[c->language] : name;
}

OPERATION(about_me, nothing, about_page,
	.route = "GET /about-me",
	.allow = "self.keep",
	.page = about_html,
	.csv = "kinds",
	.lenient = true,
	.doc = "What is recorded about me: every kind, how much of it, why, who sees it and how long.")
{
	(void)in;
	struct terms t = { 0 };
	struct keep_person who;
	list open = { 0 };
	if (!c->me.person)
		return refuse(c, CONFLICT, "no-person", W(trust_no_person_self));
	TRY(keep_person_load(c, c->me.person, &who));
	TRY(terms_load(c, &t));
	out->name = who.name;
	for (size_t i = 0; i < keeps_count(); i++) {
		const struct keep *k = keeps_at(i);
		if (!k->count && !k->counting)
			continue;
		struct about_row row = { .name = str_of(k->name), .what = k->what->text[c->language], .why = k->why->text[c->language], .ground = ground_word(k->ground)->text[c->language],
			.seen = k->seen->text[c->language], .erasing = k->erasing->text[c->language], .page = str_of(k->page) };
		row.term = keep_terms_say(c, &t, k, &row.decided);
		TRY(keep_person_count(c, k, &who, &row.count));
		out->total += row.count;
		*list_add(c->arena, row.count ? &out->kinds : &out->none, struct about_row) = row;
	}
	TRY(store_all(c, about_looks, NOTHING, &out->looks));
	TRY(store_all(c, mistakes_mine, NOTHING, &out->mistakes));
	for (each(struct mistake, m, out->mistakes))
		m->what = kind_said(c, m->kind);
	TRY(store_all(c, about_erasure_open, NOTHING, &open));
	out->asked = open.count > 0;
	out->asked_at = open.count ? list_item(open, struct about_request, 0)->asked : (instant){ 0 };
	return account_leaver_until(c, &out->left, &out->until);
}

/* ---- Correction ---- */

struct mistake_form { str kind, text; };
RECORD(mistake_form, FIELD(mistake_form, kind, .required = true, .max = 60),
	FIELD(mistake_form, text, .label = W(trust_mistake_text), .hint = W(trust_mistake_hint), .required = true, .max = 2000, .lines = true));

OPERATION(mistake_say, mistake_form, nothing,
	.route = "POST /about-me/mistakes",
	.allow = "self.keep",
	.effect = WRITES,
	.then = "/about-me",
	.back = "/about-me",
	.said = W(trust_mistake_said),
	.doc = "Says that something recorded about me is wrong. It goes to whoever can mend it.")
{
	(void)out;
	struct count open = { 0 };
	if (!c->me.person)
		return refuse(c, CONFLICT, "no-person", W(trust_no_person_self));
	if (!keep_find(in->kind))
		return object(c, S("kind"), W(trust_mistake_no_kind), in->kind);
	TRY(store_one(c, mistakes_open_mine, NOTHING, &open));
	if (open.count >= 20)
		return refuse(c, CONFLICT, "too-many", W(trust_mistake_too_many));
	return store_run(c, mistake_add, in, NULL);
}

struct mistake_list { list open, settled; };
RECORD(mistake_list, FIELD(mistake_list, open, .of = &mistake_record), FIELD(mistake_list, settled, .of = &mistake_record));
#include "trust_mistakes.html.h"

/* The directory is mended by whoever manages people; everything else by the privacy officer, who sees that it reaches whom it should. */
static bool mends(const struct ctx *c, str kind)
{
	return may(c, S("erasure.decide")) || str_eq(kind, S("directory")) || str_eq(kind, S("account"));
}

OPERATION(mistake_list_show, nothing, mistake_list,
	.route = "GET /trust/mistakes",
	.allow = "mistakes.answer",
	.page = mistakes_html,
	.lenient = true,
	.doc = "What people say is recorded wrong about them, for whoever can mend it.")
{
	(void)in;
	list all = { 0 };
	TRY(store_all(c, mistakes_all, NOTHING, &all));
	for (each(struct mistake, m, all)) {
		if (!mends(c, m->kind))
			continue;
		m->what = kind_said(c, m->kind);
		looked_at(c, m->person);
		*list_add(c->arena, m->ended.ms ? &out->settled : &out->open, struct mistake) = *m;
	}
	return OK;
}

struct mistake_reply { int64_t id; str outcome, answer; };
static const struct choice mistake_outcomes[] = { { S("mended"), W(trust_mistake_mended) }, { S("kept"), W(trust_mistake_kept) }, { 0 } };
RECORD(mistake_reply, FIELD(mistake_reply, id, .required = true), FIELD(mistake_reply, outcome, .label = W(trust_mistake_outcome), .choices = mistake_outcomes, .required = true),
	FIELD(mistake_reply, answer, .label = W(trust_mistake_answer), .hint = W(trust_mistake_answer_hint), .required = true, .max = 2000, .lines = true));

OPERATION(mistake_settle, mistake_reply, nothing,
	.route = "POST /trust/mistakes/{id}",
	.allow = "mistakes.answer",
	.effect = WRITES,
	.then = "/trust/mistakes",
	.back = "/trust/mistakes",
	.said = W(trust_mistake_settled),
	.doc = "Answers what somebody said is wrong: mended, or kept with a reason.")
{
	(void)out;
	struct by_id id = { in->id };
	struct mistake m = { 0 };
	bool found;
	TRY(store_find(c, mistake_by_id, &id, &m, &found));
	if (!found || !mends(c, m.kind))
		return refuse(c, NOT_FOUND, "unknown-mistake", W(trust_no_mistake));
	if (m.ended.ms)
		return refuse(c, CONFLICT, "answered", W(trust_mistake_answered));
	return store_run(c, mistake_end, in, NULL);
}
