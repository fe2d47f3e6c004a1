/* own.c - cards of one's own, from something one learnt: sealed with the person's own key, so that the database and its copies hold nothing to read. */
#include "inside.h"
#include "journal/journal.h"
#include "vault/vault.h"
#include "web/operation.h"

enum { OWN_MOST = 500 };
#define OWN_KIND "practice-card"
#define BETWEEN '\x1f'                       /* a form lets no control character through, so none of it is the person's */

struct own_form { str question, answer; };
struct own_card { int64_t id; str question, answer; bool gone; };
struct own_page { struct own_form form; list cards; bool ready, asked; date entry_day; str training; };
RECORD(own_form, FIELD(own_form, question, .label = W(practice_own_question), .hint = W(practice_own_question_hint), .lines = true, .required = true, .max = CARD_LINE_MAX),
	FIELD(own_form, answer, .label = W(practice_own_answer), .lines = true, .required = true, .max = CARD_LINE_MAX));
RECORD(own_card, FIELD(own_card, id), FIELD(own_card, question, .max = CARD_LINE_MAX), FIELD(own_card, answer, .max = CARD_LINE_MAX), FIELD(own_card, gone));
RECORD(own_page, FIELD(own_page, form, .of = &own_form_record), FIELD(own_page, cards, .of = &own_card_record), FIELD(own_page, ready), FIELD(own_page, asked), FIELD(own_page, entry_day), FIELD(own_page, training));
#include "practice_own.html.h"

enum status own_open(struct ctx *c, const struct card *k, struct card_form *out)
{
	str plain, question, answer;
	*out = (struct card_form){ .kind = S("answer") };
	if (k->person != c->me.person)
		return refuse(c, NOT_FOUND, "unknown-card", W(practice_unknown_card));
	enum status opened = vault_open(c, c->me.person, OWN_KIND, k->id, k->sealed, &plain);
	if (opened == NOT_FOUND || opened == INVALID)
		return refuse(c, NOT_FOUND, "card-sealed", W(practice_own_gone));
	TRY(opened);
	str_cut(plain, BETWEEN, &question, &answer);
	out->question = question;
	out->answer = answer;
	return OK;
}

/* Numbers only: an address ends up in histories and in the logs of proxies. */
struct own_asked { int64_t entry, training; };
RECORD(own_asked, FIELD(own_asked, entry, .optional = true, .doc = "Of one's own log, whose text becomes the answer."), FIELD(own_asked, training, .optional = true));

static str up_to(str text, size_t most)
{
	if (text.len <= most)
		return text;
	while (most && ((unsigned char)text.at[most] & 0xc0) == 0x80)
		most--;
	return str_trim(str_until(text, most));
}

static enum status form_fill(struct ctx *c, const struct own_asked *in, struct own_page *out)
{
	out->asked = in->entry || in->training;
	if (in->training) {
		struct training_line t;
		TRY(training_load(c, in->training, &t));
		out->training = t.name;
	}
	if (in->entry && out->ready) {
		struct journal_text t;
		TRY(journal_own_text(c, in->entry, &t));
		out->entry_day = t.day;
		out->form.answer = up_to(t.learnt.len ? t.learnt : t.next.len ? t.next : t.did, CARD_LINE_MAX);
	}
	return OK;
}

OPERATION(own_show, own_asked, own_page,
	.route = "GET /practice/own",
	.allow = "self.use",
	.page = own_html,
	.lenient = true,
	.doc = "One's own cards, and the form for another; from an entry of one's own log its text comes along, opened with one's own key.")
{
	list rows = { 0 };
	TRY(practice_may(c));
	out->ready = vault_is_open(c);
	TRY(form_fill(c, in, out));
	TRY(store_all(c, own_cards, NOTHING, &rows));
	for (each(struct card, k, rows)) {
		struct card_form f = { 0 };
		bool open = out->ready && vault_open(c, c->me.person, OWN_KIND, k->id, k->sealed, &f.question) == OK;
		struct own_card *o = list_add(c->arena, &out->cards, struct own_card);
		*o = (struct own_card){ .id = k->id, .gone = !open };
		if (open)
			str_cut(f.question, BETWEEN, &o->question, &o->answer);
	}
	return OK;
}

OPERATION(own_add, own_form, by_id,
	.route = "POST /practice/own",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* what somebody wants to remember, and when, is theirs */
	.then = "/practice/own",
	.said = W(practice_own_added),
	.back = "/practice/own",
	.doc = "Makes a card of one's own, sealed with one's own key. It is asked like any other.")
{
	struct count n;
	struct card k = { .person = c->me.person, .kind = S("answer") };
	TRY(practice_may(c));
	TRY(vault_ready(c));
	TRY(store_one(c, own_count, NOTHING, &n));
	if (n.count >= OWN_MOST)
		return refuse(c, CONFLICT, "own-full", W(practice_own_full), S("500"));
	TRY(store_one(c, card_add, &k, out));
	k.id = out->id;
	str plain = text_format(c->arena, S_FMT "%c" S_FMT, S_ARG(in->question), BETWEEN, S_ARG(in->answer));
	TRY(vault_seal(c, c->me.person, OWN_KIND, k.id, plain, &k.sealed));
	TRY(store_run(c, card_seal, &k, NULL));
	return fit_later(c);
}

OPERATION(own_drop, by_id, nothing,
	.route = "POST /practice/own/{id}/remove",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* as own_add */
	.then = "/practice/own",
	.said = W(practice_own_removed),
	.doc = "Removes a card of one's own, with its answers.")
{
	(void)out;
	struct card k;
	TRY(card_load(c, in->id, &k));
	if (!k.person || k.person != c->me.person)
		return refuse(c, NOT_FOUND, "unknown-card", W(practice_unknown_card));
	TRY(store_run(c, own_remove_answers, in, NULL));
	TRY(store_run(c, own_remove_memory, in, NULL));
	return store_run(c, own_remove, in, NULL);
}
