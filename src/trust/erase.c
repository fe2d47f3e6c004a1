/* erase.c - somebody's data goes: asked, looked at with counts, decided by somebody else, done in one transaction. */
#include "inside.h"
#include "keeping.h"
#include "accounts/accounts.h"
#include "base/token.h"
#include "view/view.words.h"
#include "web/audit.h"
#include "web/event.h"
#include "web/keys.h"
#include "web/operation.h"

struct erasure { int64_t id, person, their_account; bool everything, by_self; instant asked, decided; int64_t asker_account; str name, asker, decider_name, why, decision, answer, pseudonym; };
RECORD(erasure, FIELD(erasure, id), FIELD(erasure, person), FIELD(erasure, their_account, .optional = true), FIELD(erasure, everything), FIELD(erasure, by_self),
	FIELD(erasure, asked), FIELD(erasure, decided), FIELD(erasure, asker_account, .optional = true), FIELD(erasure, name), FIELD(erasure, asker),
	FIELD(erasure, decider_name), FIELD(erasure, why, .max = 1000), FIELD(erasure, decision), FIELD(erasure, answer, .max = 1000), FIELD(erasure, pseudonym));

enum status keep_person_load(struct ctx *c, int64_t person, struct keep_person *out)
{
	struct by_id id = { person };
	bool found;
	TRY(store_find(c, keep_person_by_id, &id, out, &found));
	out->pseudonym = text_format(c->arena, "erased-" S_FMT, S_ARG(str_until(token_fingerprint(c->arena, token_new(c->arena)), 12)));
	return found ? OK : refuse(c, NOT_FOUND, "unknown-person", W(trust_no_person));
}

enum status keep_person_count(struct ctx *c, const struct keep *k, const struct keep_person *who, int64_t *count)
{
	struct count n = { 0 };
	if (k->count)
		TRY(store_one_query(c, k->count, who, &n));
	*count = n.count;
	return k->counting ? k->counting(c, who, count) : OK;
}

enum status erase_person(struct ctx *c, struct keep_person who, bool everything)
{
	who.everything = everything;
	for (size_t i = keeps_count(); i > 0; i--) {
		const struct keep *k = keeps_at(i - 1);
		if (k->needed_for_work && !everything)
			continue;
		if (k->erasing_first)
			TRY(k->erasing_first(c, &who));
		for (const struct query *const *q = k->erase; q && *q; q++)
			TRY(store_run_query(c, *q, &who, NULL));
	}
	struct person_erased event = { who.person, everything };
	return event_raise(c, S("person_erased"), &event);
}

/* Somebody who works here keeps their place in the directory, their account and what security asks. */
static enum status works_here(struct ctx *c, int64_t person, bool *out)
{
	struct by_id id = { person };
	struct count n = { 0 };
	TRY(store_one(c, works_here_count, &id, &n));
	*out = n.count > 0;
	return OK;
}

static enum status ask(struct ctx *c, int64_t person, bool by_self, str why, int64_t *id)
{
	struct keep_person who;
	struct erasure e = { .person = person, .by_self = by_self, .why = why };
	struct by_id made = { 0 };
	bool works, waits;
	TRY(keep_person_load(c, person, &who));
	TRY(works_here(c, person, &works));
	e.their_account = who.their_account;
	e.everything = !works;
	TRY(store_find(c, erasure_open_of, &e, &made, &waits));
	if (waits)
		return refuse(c, CONFLICT, "erasure-waits", W(trust_erasure_waits));
	TRY(store_one(c, erasure_add, &e, &made));
	*id = made.id;
	return OK;
}

struct erasure_wish { str why; };
RECORD(erasure_wish, FIELD(erasure_wish, why, .label = W(trust_erasure_why), .hint = W(trust_erasure_why_hint), .max = 1000, .lines = true));

OPERATION(erasure_ask, erasure_wish, by_id,
	.route = "POST /about-me/erasure",
	.allow = "self.keep",
	.effect = WRITES,
	.then = "/about-me",
	.back = "/about-me",
	.said = W(trust_erasure_asked),
	.doc = "Asks that what is kept about me is erased. A privacy officer decides.")
{
	if (!c->me.person)
		return refuse(c, CONFLICT, "no-person", W(trust_no_person_self));
	return ask(c, c->me.person, true, in->why, &out->id);
}

OPERATION(erasure_withdraw, nothing, nothing,
	.route = "POST /about-me/erasure/withdraw",
	.allow = "self.keep",
	.effect = WRITES,
	.then = "/about-me",
	.back = "/about-me",
	.said = W(trust_erasure_withdrawn),
	.doc = "Takes my request to be erased back, as long as nobody decided.")
{
	(void)out;
	int64_t changed;
	TRY(store_run(c, erasure_take_back, in, &changed));
	return changed ? OK : refuse(c, CONFLICT, "erasure-none", W(trust_erasure_none_open));
}

struct erasure_for { str who, why; };
RECORD(erasure_for, FIELD(erasure_for, who, .label = W(trust_erasure_who), .hint = W(trust_erasure_who_hint), .required = true, .max = 200),
	FIELD(erasure_for, why, .label = W(trust_erasure_why), .required = true, .max = 1000, .lines = true));

OPERATION(erasure_ask_for, erasure_for, by_id,
	.route = "POST /trust/erasures",
	.allow = "erasure.ask",
	.effect = WRITES,
	.then = "/trust/erasures/{id}",
	.back = "/trust/erasures",
	.said = W(trust_erasure_asked_for),
	.doc = "Asks for the erasure of somebody who asked outside Wijzer. Somebody else decides.")
{
	struct by_id person = { 0 };
	bool found;
	TRY(store_find(c, keep_person_find, in, &person, &found));
	if (!found)
		return object(c, S("who"), W(trust_erasure_nobody), in->who);
	return ask(c, person.id, false, in->why, &out->id);
}

struct erasure_list { list open, settled; };
RECORD(erasure_list, FIELD(erasure_list, open, .of = &erasure_record), FIELD(erasure_list, settled, .of = &erasure_record));
static str erasure_word_view(struct view *v, str decision);
static str erasure_word_view(struct view *v, str decision)
{
	return text_of_word(v->c, str_eq(decision, S("agreed")) ? W(trust_erasure_agreed) : str_eq(decision, S("declined")) ? W(trust_erasure_declined)
		: str_eq(decision, S("term")) ? W(trust_erasure_by_term) : W(trust_erasure_taken_back));
}
#include "trust_erasures.html.h"

OPERATION(erasure_list_show, nothing, erasure_list,
	.route = "GET /trust/erasures",
	.allow = "erasure.ask",
	.page = erasures_html,
	.lenient = true,
	.doc = "Who asked to be erased, and what became of it.")
{
	(void)in;
	list all = { 0 };
	TRY(store_all(c, erasures_all, NOTHING, &all));
	for (each(struct erasure, e, all))
		*list_add(c->arena, e->decided.ms ? &out->settled : &out->open, struct erasure) = *e;
	return OK;
}

struct erasure_part { str what, happens; int64_t count; };
struct erasure_page { struct erasure erasure; list goes, stays; int64_t total; bool own, decided; };
RECORD(erasure_part, FIELD(erasure_part, what), FIELD(erasure_part, happens), FIELD(erasure_part, count));
RECORD(erasure_page, FIELD(erasure_page, erasure, .of = &erasure_record), FIELD(erasure_page, goes, .of = &erasure_part_record),
	FIELD(erasure_page, stays, .of = &erasure_part_record), FIELD(erasure_page, total), FIELD(erasure_page, own), FIELD(erasure_page, decided));
#include "trust_erasure.html.h"

static enum status erasure_load(struct ctx *c, int64_t id, struct erasure *out)
{
	struct by_id key = { id };
	bool found;
	TRY(store_find(c, erasure_by_id, &key, out, &found));
	return found ? OK : refuse(c, NOT_FOUND, "unknown-erasure", W(trust_no_erasure));
}

/* Nobody decides about what they asked for somebody else, nor about themselves. */
static bool is_own(const struct ctx *c, const struct erasure *e)
{
	return (e->asker_account && e->asker_account == c->me.account) || (e->their_account && e->their_account == c->me.account);
}

OPERATION(erasure_show, by_id, erasure_page,
	.route = "GET /trust/erasures/{id}",
	.allow = "erasure.ask",
	.page = erasure_html,
	.lenient = true,
	.doc = "The dry run of an erasure: of each kind how much there is, and what becomes of it.")
{
	struct keep_person who;
	TRY(erasure_load(c, in->id, &out->erasure));
	out->own = is_own(c, &out->erasure);
	out->decided = out->erasure.decided.ms != 0;
	if (out->decided)
		return OK;
	looked_at(c, out->erasure.person);
	TRY(keep_person_load(c, out->erasure.person, &who));
	for (size_t i = 0; i < keeps_count(); i++) {
		const struct keep *k = keeps_at(i);
		struct erasure_part part = { k->what->text[c->language], k->erasing->text[c->language], 0 };
		if (!k->count && !k->counting)
			continue;
		TRY(keep_person_count(c, k, &who, &part.count));
		if (!part.count)
			continue;
		bool stays = k->needed_for_work && !out->erasure.everything;
		out->total += stays ? 0 : part.count;
		*list_add(c->arena, stays ? &out->stays : &out->goes, struct erasure_part) = part;
	}
	return OK;
}

struct erasure_decision { int64_t id; str decision, answer; };
static const struct choice erasure_choices[] = { { S("agreed"), W(trust_erasure_agree) }, { S("declined"), W(trust_erasure_decline) }, { 0 } };
RECORD(erasure_decision, FIELD(erasure_decision, id, .required = true),
	FIELD(erasure_decision, decision, .label = W(trust_field_decision), .choices = erasure_choices, .required = true),
	FIELD(erasure_decision, answer, .label = W(trust_erasure_answer), .hint = W(trust_erasure_answer_hint), .max = 1000, .lines = true));

OPERATION(erasure_settle, erasure_decision, nothing,
	.route = "POST /trust/erasures/{id}/decide",
	.allow = "erasure.decide",
	.effect = WRITES,
	.then = "/trust/erasures",
	.back = "/trust/erasures/{id}",
	.said = W(trust_erasure_settled),
	.doc = "Decides about an erasure. Agreed, it is done at once and cannot be undone. Nobody decides about what they asked for, nor about themselves.")
{
	(void)out;
	struct erasure e;
	struct keep_person who;
	struct count administrators = { 0 };
	TRY(erasure_load(c, in->id, &e));
	if (e.decided.ms)
		return refuse(c, CONFLICT, "decided", W(trust_erasure_decided));
	if (is_own(c, &e))
		return refuse(c, FORBIDDEN, "own-erasure", W(trust_erasure_own));
	bool agreed = str_eq(in->decision, S("agreed"));
	if (!agreed && !in->answer.len)
		return object(c, S("answer"), W(trust_erasure_answer_needed));
	if (!agreed)
		return store_run(c, erasure_decide, in, NULL);
	TRY(keep_person_load(c, e.person, &who));
	TRY(works_here(c, e.person, &e.everything));
	e.everything = !e.everything;                         /* as it is now, not as it was when it was asked */
	TRY(store_one(c, administrators_beside, &who, &administrators));
	if (e.everything && !administrators.count)
		return refuse(c, CONFLICT, "last-administrator", W(trust_erasure_last_administrator));
	who.number = e.id;
	e.pseudonym = who.pseudonym;
	TRY(store_run(c, erasure_decide, in, NULL));
	TRY(store_run(c, erasure_done, &e, NULL));
	return erase_person(c, who, e.everything);
}

/* A backup of before was put back, and the keys beside it know that this person was erased. Whoever is not there any more is passed over. */
HEARS(person_erased_before, struct erased_before, erase_again)
{
	struct by_id id = { what->person };
	struct keep_person who = { 0 };
	bool found;
	TRY(store_find(c, keep_person_by_id, &id, &who, &found));
	if (!found)
		return OK;
	TRY(keep_person_load(c, what->person, &who));
	TRY(store_one(c, erasure_by_term, &who, &who));
	return erase_person(c, who, true);                    /* only who had left loses their key; that the copy still knows them at work is of before */
}

/* The same by hand, for erasures that the keys do not know of. `people` are numbers. */
struct erased_again { list people; bool partly; };
RECORD(erased_again, FIELD(erased_again, people, .of = &by_id_record, .max = 100000), FIELD(erased_again, partly));

OPERATION(erasures_again, erased_again, count,
	.allow = "signed-in",
	.shell_only = true,
	.effect = WRITES,
	.doc = "Erases again, after a restore, the people whose numbers are given. `partly`: what is needed for their work stays.")
{
	if (!c->me.unprotected)
		return refuse(c, FORBIDDEN, "operator", W(trust_sweep_forbidden));
	for (each(struct by_id, id, in->people)) {
		struct keep_person who = { 0 };
		bool found;
		TRY(store_find(c, keep_person_by_id, id, &who, &found));
		if (!found)
			continue;
		TRY(keep_person_load(c, id->id, &who));
		TRY(store_one(c, erasure_by_term, &who, &who));
		TRY(erase_person(c, who, !in->partly));
		out->count++;
	}
	return OK;
}
