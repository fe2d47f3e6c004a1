/* letters.c - a round by mail: a personal link for everybody asked, and reminders that go to everybody.
 *
 * Everybody's link is made from the round's own key, which lies outside the database and is destroyed at closing: so it is the same in the
 * invitation and in a reminder, and the database keeps only its fingerprint. A letter is made when it is sent (lib/web/letter.h).
 */
#include "inside.h"
#include "base/token.h"
#include "seal/seal.h"
#include "trust/trust.h"
#include "view/view.h"
#include "web/letter.h"
#include "web/operation.h"
#include "web/web.h"

SETTING(surveys_remind_everybody, "1", W(surveys_remind_everybody), W(surveys_remind_everybody_why), 0, 1)

enum { REMINDERS_MOST = 2, REMIND_AFTER_DAYS = 2 };

struct survey_letter { int64_t round, person, reminder; };
struct survey_receiver { int64_t person; str name, email, language; };
struct survey_mailed { int64_t id, letters, without; };
RECORD(survey_letter, FIELD(survey_letter, round), FIELD(survey_letter, person), FIELD(survey_letter, reminder));
RECORD(survey_receiver, FIELD(survey_receiver, person), FIELD(survey_receiver, name), FIELD(survey_receiver, email), FIELD(survey_receiver, language));
RECORD(survey_mailed, FIELD(survey_mailed, id), FIELD(survey_mailed, letters), FIELD(survey_mailed, without, .doc = "Asked, and without an address: they find the round on Today, or get a code on paper."));

/* Sixteen letters from 128 bits that only this round's key makes. */
static enum status code_of(struct ctx *c, const struct survey_round *r, int64_t person, str *code)
{
	str name;
	TRY(seal_name(c, r->link_key, text_format(c->arena, "link %lld/%lld", (long long)r->id, (long long)person), &name));
	*code = code_from(c, name);
	return OK;
}

static str paragraphs(struct ctx *c, const str *all, size_t count)
{
	str text = { 0 };
	for (size_t i = 0; i < count; i++)
		if (all[i].len)
			text = text_format(c->arena, S_FMT "%s" S_FMT, S_ARG(text), text.len ? "\n\n" : "", S_ARG(all[i]));
	return text_format(c->arena, S_FMT "\n", S_ARG(text));
}

static void letter_write(struct ctx *c, const struct survey_round *r, const struct survey_receiver *to, int64_t reminder, str code, struct letter *out)
{
	enum language l = out->language;
	str start = web_url(c), url = text_format(c->arena, S_FMT "/answer/" S_FMT, S_ARG(start.len ? start : S("http://127.0.0.1:8080")), S_ARG(code));
	str asked[] = { r->name, text_of_date(c, r->closes) }, name[] = { to->name }, promise[] = { r->promise }, round[] = { r->name };
	str all[] = {
		word_text(c->arena, l, W(surveys_letter_dear), name, 1),
		word_text(c->arena, l, reminder ? W(surveys_letter_again) : W(surveys_letter_asks), asked, 2),
		text_format(c->arena, S_FMT "\n" S_FMT, S_ARG(word_text(c->arena, l, W(surveys_letter_link), NULL, 0)), S_ARG(url)),
		word_text(c->arena, l, W(surveys_first_screen), promise, 1),
		reminder ? word_text(c->arena, l, W(surveys_letter_ignore), NULL, 0) : (str){ 0 },
		word_text(c->arena, l, W(surveys_letter_yours), NULL, 0) };
	out->to = to->email;
	out->subject = word_text(c->arena, l, reminder ? W(surveys_letter_subject_again) : W(surveys_letter_subject), round, 1);
	out->text = paragraphs(c, all, sizeof all / sizeof all[0]);
}

LETTER(survey_letter, survey_letter, W(surveys_letter))
{
	struct survey_round r = { 0 };
	struct survey_asked who = { 0 };
	struct survey_receiver to = { 0 };
	struct survey_round_person key = { in->round, in->person };
	bool found;
	str code;
	TRY(round_load(c, in->round, &r));
	if (!str_eq(r.state, S("open")) || date_compare(r.closes, c->today) < 0 || !r.link_key.len)
		return NOT_FOUND;
	TRY(store_find(c, asked_by_person, &key, &who, &found));
	if (!found)
		return NOT_FOUND;
	TRY(store_find(c, receiver_find, &key, &to, &found));
	if (!found || !mail_address_is_fine(to.email))
		return NOT_FOUND;
	if (in->reminder && who.part) {
		double everybody;
		TRY(setting_number(c, S("surveys_remind_everybody"), &everybody));
		if (everybody < 1)
			return NOT_FOUND;
	}
	TRY(code_of(c, &r, in->person, &code));
	who.link = token_fingerprint(c->arena, code);
	TRY(store_run(c, asked_mailed_put, &who, NULL));
	if (to.language.len)
		out->language = str_eq(to.language, S("en")) ? EN : NL;
	c->language = out->language;
	letter_write(c, &r, &to, in->reminder, code, out);
	return OK;
}

static enum status letters_put(struct ctx *c, const struct survey_round *r, int64_t reminder, struct survey_mailed *out)
{
	list all = { 0 };
	TRY(store_all(c, receivers_of, (&(struct by_id){ r->id }), &all));
	out->id = r->id;
	for (each(struct survey_receiver, to, all)) {
		if (!mail_address_is_fine(to->email)) {
			out->without++;
			continue;
		}
		TRY(letter_add(c, survey_letter, (&(struct survey_letter){ r->id, to->person, reminder }), c->now));
		out->letters++;
	}
	return OK;
}

static enum status round_to_mail(struct ctx *c, int64_t id, struct survey_round *r)
{
	TRY(round_load(c, id, r));
	if (!str_eq(r->state, S("open")) || date_compare(r->closes, c->today) < 0)
		return refuse(c, CONFLICT, "not-open", W(surveys_not_open));
	return OK;
}

OPERATION(survey_mail, by_id, survey_mailed,
	.route = "POST /surveys/{id}/mail",
	.allow = "surveys.manage",
	.effect = WRITES,
	.then = "/surveys/{id}",
	.back = "/surveys/{id}",
	.said = W(surveys_mail_said),
	.doc = "Writes down a letter with a personal link for everybody asked who has an address. Asked again, only those who have none yet get one.")
{
	struct survey_round r = { 0 };
	TRY(round_to_mail(c, in->id, &r));
	if (!r.link_key.len)
		TRY(seal_key_make(c, &r.link_key));
	r.mailed = r.mailed.day ? r.mailed : c->today;
	TRY(store_run(c, round_mail_put, &r, NULL));
	return letters_put(c, &r, 0, out);
}

OPERATION(survey_remind, by_id, survey_mailed,
	.route = "POST /surveys/{id}/remind",
	.allow = "surveys.manage",
	.effect = WRITES,
	.then = "/surveys/{id}",
	.back = "/surveys/{id}",
	.said = W(surveys_remind_said),
	.doc = "Reminds everybody asked, whether they took part or not; at most twice, and not within two days of the last letter.")
{
	struct survey_round r = { 0 };
	TRY(round_to_mail(c, in->id, &r));
	if (!r.mailed.day)
		return refuse(c, CONFLICT, "not-mailed", W(surveys_remind_first));
	if (r.reminders >= REMINDERS_MOST)
		return refuse(c, CONFLICT, "reminded-enough", W(surveys_remind_enough));
	if (date_days_between(r.mailed, c->today) < REMIND_AFTER_DAYS)
		return refuse(c, CONFLICT, "too-soon", W(surveys_remind_soon));
	r.reminders++;
	r.mailed = c->today;
	TRY(store_run(c, round_mail_put, &r, NULL));
	return letters_put(c, &r, r.reminders, out);
}
