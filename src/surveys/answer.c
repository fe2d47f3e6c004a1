/* answer.c - answering: one question a screen, found again when left, given once.
 *
 * None of these operations leaves a trace of who answered when: no audit line, no log line, no look. What is typed goes into the sealed
 * queue (answer_draft.c) and nowhere else. A GET never answers, so that a mail scanner that follows links does no harm.
 */
#include "inside.h"
#include "base/token.h"
#include "view/view.h"
#include "web/operation.h"
#include "web/web.h"

struct survey_link_key { str fingerprint; };
RECORD(survey_link_key, FIELD(survey_link_key, fingerprint));
RECORD(survey_round_person, FIELD(survey_round_person, round), FIELD(survey_round_person, person));

struct answer_code { str code; };
struct answer_place { str code; int64_t place; };
struct answer_form { str code; int64_t place; str value; list values; bool quote, back; };
struct answer_intro { str code, name, promise; date closes; int64_t questions, begun, resume, least; bool done, over; int64_t round; };
struct answer_screen { str code; int64_t place, round; struct survey_screen screen; };
struct asked_page { int64_t id; str name, promise; date closes; int64_t questions, least, begun; bool done, over; };
RECORD(answer_code, FIELD(answer_code, code, .label = W(surveys_code), .hint = W(surveys_code_hint), .required = true, .max = 64, .secret = true));
RECORD(answer_place, FIELD(answer_place, code, .required = true, .max = 64, .secret = true), FIELD(answer_place, place, .min = 1, .max = QUESTIONS_MOST));
RECORD(answer_form, FIELD(answer_form, code, .required = true, .max = 64, .secret = true), FIELD(answer_form, place, .min = 1, .max = QUESTIONS_MOST),
	FIELD(answer_form, value, .label = W(surveys_your_answer), .lines = true, .max = COMMENT_MOST, .secret = true), FIELD(answer_form, values, .max = 10), FIELD(answer_form, quote), FIELD(answer_form, back));
RECORD(answer_intro, FIELD(answer_intro, code, .secret = true), FIELD(answer_intro, name), FIELD(answer_intro, promise), FIELD(answer_intro, closes), FIELD(answer_intro, questions),
	FIELD(answer_intro, begun), FIELD(answer_intro, resume), FIELD(answer_intro, least), FIELD(answer_intro, done), FIELD(answer_intro, over), FIELD(answer_intro, round));
RECORD(answer_screen, FIELD(answer_screen, code, .secret = true), FIELD(answer_screen, place), FIELD(answer_screen, screen, .of = &survey_screen_record), FIELD(answer_screen, round));
RECORD(asked_page, FIELD(asked_page, id), FIELD(asked_page, name), FIELD(asked_page, promise), FIELD(asked_page, closes), FIELD(asked_page, questions), FIELD(asked_page, least),
	FIELD(asked_page, begun), FIELD(asked_page, done), FIELD(asked_page, over));

#include "surveys_intro.html.h"
#include "surveys_screen_form.html.h"
#include "surveys_screen.html.h"
#include "surveys_ready.html.h"
#include "surveys_thanks.html.h"
#include "surveys_asked.html.h"
#include "surveys_code.html.h"

/* As typed from paper: capitals, spaces and hyphens do not matter. */
static str code_tidy(struct ctx *c, str typed)
{
	char *at = arena_take(c->arena, typed.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < typed.len; i++) {
		char x = typed.at[i];
		if (x >= 'A' && x <= 'Z')
			x = (char)(x - 'A' + 'a');
		if ((x >= 'a' && x <= 'z') || (x >= '0' && x <= '9'))
			at[n++] = x;
	}
	return (str){ at, n };
}

/* Who this is, and in which state: a wrong code, one that is over and one that was never there are told apart only where that helps. */
static enum status code_load(struct ctx *c, str code, struct survey_round *r, struct survey_asked *who, struct draft *d)
{
	struct survey_link_key key = { token_fingerprint(c->arena, code_tidy(c, code)) };
	bool found;
	TRY(store_find(c, asked_by_link, &key, who, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "no-such-code", W(surveys_no_such_code));
	TRY(round_load(c, who->round, r));
	if (who->part) {
		d->given = true;
		return OK;
	}
	TRY(draft_load(c, r, who, d));
	/* Whoever handed out the links has them too: what somebody has begun is shown only where it was typed, or to the person signed in. */
	str here = token_fingerprint(c->arena, web_browser(c));
	if (!d->given && who->person != c->me.person && !str_eq(here, d->browser))
		*d = (struct draft){ 0 };
	d->browser = here;
	return OK;
}

static bool is_over(const struct ctx *c, const struct survey_round *r)
{
	return !str_eq(r->state, S("open")) || date_compare(r->closes, c->today) < 0;
}

static enum status code_must_be_open(struct ctx *c, const struct survey_round *r, const struct draft *d)
{
	if (d->given)
		return refuse(c, CONFLICT, "took-part", W(surveys_took_part_already));
	if (is_over(c, r))
		return refuse(c, CONFLICT, "round-over", W(surveys_round_over), text_of_date(c, r->closes));
	return OK;
}

/* The first question without an answer; the first of all when every one has one. */
static int64_t resume_at(const list *questions, struct draft *d)
{
	for (each(struct survey_question, q, *questions))
		if (!draft_answer(d, q->place))
			return q->place;
	return question_after(questions, 0);
}

OPERATION(answer_show, answer_code, answer_intro,
	.route = "GET /answer/{code}",
	.allow = "public",
	.page = intro_html,
	.lenient = true,
	.traceless = true,
	.doc = "What one is asked to take part in, and what becomes of it. Answers nothing.")
{
	struct survey_round r = { 0 };
	struct survey_asked who = { 0 };
	struct draft d = { 0 };
	list questions = { 0 };
	TRY(code_load(c, in->code, &r, &who, &d));
	TRY(round_questions(c, r.id, &questions));
	*out = (struct answer_intro){ .code = in->code, .name = r.name, .promise = r.promise, .closes = r.closes, .questions = (int64_t)questions.count,
		.begun = (int64_t)d.answers.count, .resume = resume_at(&questions, &d), .least = r.least, .done = d.given, .over = is_over(c, &r), .round = r.id };
	return OK;
}

OPERATION(answer_question, answer_place, answer_screen,
	.route = "GET /answer/{code}/{place}",
	.allow = "public",
	.page = screen_html,
	.lenient = true,
	.traceless = true,
	.doc = "One question, with what was filled in before. Answers nothing.")
{
	struct survey_round r = { 0 };
	struct survey_asked who = { 0 };
	struct draft d = { 0 };
	list questions = { 0 };
	TRY(code_load(c, in->code, &r, &who, &d));
	TRY(code_must_be_open(c, &r, &d));
	TRY(round_questions(c, r.id, &questions));
	out->code = in->code;
	out->place = in->place;
	screen_fill(c, &questions, in->place, draft_answer(&d, in->place), &out->screen);
	return out->screen.place ? OK : refuse(c, NOT_FOUND, "no-such-question", W(surveys_no_such_question));
}

static enum status value_check(struct ctx *c, const struct survey_question *q, const struct answer_form *in, str *value)
{
	struct survey_screen s = { 0 };
	list one = { 0 };
	bool fits = false;
	*value = str_eq(q->kind, S("text")) ? in->value : str_trim(in->value);
	if (str_eq(q->kind, S("several"))) {
		*value = (str){ 0 };
		for (each(str, v, in->values))
			*value = text_format(c->arena, S_FMT "%s" S_FMT, S_ARG(*value), value->len ? "," : "", S_ARG(*v));
	}
	if (!value->len || str_eq(q->kind, S("text")))         /* a question may be passed over */
		return OK;
	*list_add(c->arena, &one, struct survey_question) = *q;
	screen_fill(c, &one, q->place, NULL, &s);
	for (str v, rest = *value; rest.len; ) {
		str_cut(rest, ',', &v, &rest);
		fits = false;
		for (each(struct survey_choice, k, s.choices))
			fits |= str_eq(k->value, v);
		if (!fits)
			return object(c, S("value"), W(surveys_not_a_choice));
	}
	return OK;
}

OPERATION(answer_put, answer_form, nothing,
	.route = "POST /answer/{code}/{place}",
	.allow = "public",
	.effect = WRITES,
	.traceless = true,
	.back = "/answer/{code}/{place}",
	.then = "/answer/{code}",
	.doc = "Keeps the answer to one question, sealed, until all are given. An empty one passes the question over.")
{
	(void)out;
	struct survey_round r = { 0 };
	struct survey_asked who = { 0 };
	struct draft d = { 0 };
	list questions = { 0 };
	str value = { 0 };
	TRY(code_load(c, in->code, &r, &who, &d));
	TRY(code_must_be_open(c, &r, &d));
	TRY(round_questions(c, r.id, &questions));
	struct survey_question *q = NULL;
	for (each(struct survey_question, one, questions))
		if (one->place == in->place)
			q = one;
	if (!q)
		return refuse(c, NOT_FOUND, "no-such-question", W(surveys_no_such_question));
	TRY(value_check(c, q, in, &value));
	struct draft_answer *a = draft_answer(&d, in->place);
	if (!a)
		a = list_add(c->arena, &d.answers, struct draft_answer);
	*a = (struct draft_answer){ in->place, value, in->quote };
	TRY(draft_keep(c, &r, &who, &d));
	int64_t next = question_after(&questions, in->place);
	web_go(c, next ? text_format(c->arena, "/answer/" S_FMT "/%lld", S_ARG(in->code), (long long)next)
		: text_format(c->arena, "/answer/" S_FMT "/ready", S_ARG(in->code)));
	return OK;
}

OPERATION(answer_ready, answer_code, answer_intro,
	.route = "GET /answer/{code}/ready",
	.allow = "public",
	.page = ready_html,
	.lenient = true,
	.traceless = true,
	.doc = "All questions seen: one button gives the answers in. Answers nothing.")
{
	struct survey_round r = { 0 };
	struct survey_asked who = { 0 };
	struct draft d = { 0 };
	list questions = { 0 };
	TRY(code_load(c, in->code, &r, &who, &d));
	TRY(code_must_be_open(c, &r, &d));
	TRY(round_questions(c, r.id, &questions));
	*out = (struct answer_intro){ .code = in->code, .name = r.name, .promise = r.promise, .closes = r.closes, .questions = (int64_t)questions.count, .least = r.least, .round = r.id };
	for (each(struct draft_answer, a, d.answers))
		out->begun += a->value.len > 0;
	out->resume = question_after(&questions, 0);
	for (each(struct survey_question, q, questions))
		out->resume = q->place;                        /* the way back leads to the last */
	return OK;
}

OPERATION(answer_give, answer_code, nothing,
	.route = "POST /answer/{code}/give",
	.allow = "public",
	.effect = WRITES,
	.traceless = true,
	.then = "/answer/{code}/thanks",
	.back = "/answer/{code}/ready",
	.doc = "Gives the answers in, once. They wait sealed until enough of them can be mixed.")
{
	(void)out;
	struct survey_round r = { 0 };
	struct survey_asked who = { 0 };
	struct draft d = { 0 };
	TRY(code_load(c, in->code, &r, &who, &d));
	TRY(code_must_be_open(c, &r, &d));
	d.given = true;
	TRY(draft_keep(c, &r, &who, &d));
	return mix_cell(c, &r, who.cell);
}

OPERATION(answer_thanks, answer_code, answer_intro,
	.route = "GET /answer/{code}/thanks",
	.allow = "public",
	.page = thanks_html,
	.lenient = true,
	.traceless = true,
	.doc = "What happens now.")
{
	struct survey_round r = { 0 };
	struct survey_asked who = { 0 };
	struct draft d = { 0 };
	TRY(code_load(c, in->code, &r, &who, &d));
	*out = (struct answer_intro){ .name = r.name, .promise = r.promise, .closes = r.closes, .done = d.given, .over = is_over(c, &r), .round = r.id, .least = r.least };
	return OK;
}

/* ---- From Today, and from paper ---- */

OPERATION(asked_show, by_id, asked_page,
	.route = "GET /asked/{id}",
	.allow = "self.use",
	.page = asked_html,
	.lenient = true,
	.traceless = true,
	.doc = "The same first screen for whoever is signed in and asked.")
{
	struct survey_round r = { 0 };
	struct survey_asked who = { 0 };
	struct draft d = { 0 };
	list questions = { 0 };
	bool found;
	TRY(round_load(c, in->id, &r));
	TRY(store_find(c, asked_by_person, (&(struct survey_round_person){ in->id, c->me.person }), &who, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "not-asked", W(surveys_not_asked));
	if (who.part)
		d.given = true;
	else
		TRY(draft_load(c, &r, &who, &d));
	TRY(round_questions(c, r.id, &questions));
	*out = (struct asked_page){ .id = r.id, .name = r.name, .promise = r.promise, .closes = r.closes, .questions = (int64_t)questions.count, .least = r.least,
		.begun = (int64_t)d.answers.count, .done = d.given, .over = is_over(c, &r) };
	return OK;
}

OPERATION(asked_begin, by_id, nothing,
	.route = "POST /asked/{id}",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,
	.back = "/asked/{id}",
	.then = "/asked/{id}",
	.doc = "Begins, or goes on, for whoever is signed in and asked: makes a code of one's own and leads to the first question without an answer.")
{
	(void)out;
	struct survey_round r = { 0 };
	struct survey_asked who = { 0 };
	struct draft d = { 0 };
	list questions = { 0 };
	bool found;
	TRY(round_load(c, in->id, &r));
	TRY(store_find(c, asked_by_person, (&(struct survey_round_person){ in->id, c->me.person }), &who, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "not-asked", W(surveys_not_asked));
	if (who.part)
		d.given = true;
	else
		TRY(draft_load(c, &r, &who, &d));
	TRY(code_must_be_open(c, &r, &d));
	str code = code_new(c);
	who.entry = token_fingerprint(c->arena, code);
	TRY(store_run(c, asked_entry_put, &who, NULL));
	TRY(round_questions(c, r.id, &questions));
	web_go(c, text_format(c->arena, "/answer/" S_FMT "/%lld", S_ARG(code), (long long)resume_at(&questions, &d)));
	return OK;
}

OPERATION(code_show, nothing, nothing,
	.route = "GET /code",
	.allow = "public",
	.page = code_html,
	.lenient = true,
	.doc = "Where a code from paper is typed.")
{
	(void)c;
	(void)in;
	(void)out;
	return OK;
}

OPERATION(code_enter, answer_code, nothing,
	.route = "POST /code",
	.allow = "public",
	.effect = WRITES,
	.traceless = true,
	.back = "/code",
	.then = "/code",
	.doc = "From a typed code to its first screen. Answers nothing.")
{
	(void)out;
	struct survey_asked who = { 0 };
	struct survey_link_key key = { token_fingerprint(c->arena, code_tidy(c, in->code)) };
	bool found;
	TRY(store_find(c, asked_by_link, &key, &who, &found));
	if (!found)
		return object(c, S("code"), W(surveys_no_such_code));
	web_go(c, text_join(c->arena, S("/answer/"), code_tidy(c, in->code)));
	return OK;
}

/* ---- For Today ---- */

struct survey_open_for { int64_t round, person; str name, sealing_key; date closes; };
RECORD(survey_open_for, FIELD(survey_open_for, round), FIELD(survey_open_for, person), FIELD(survey_open_for, name), FIELD(survey_open_for, sealing_key), FIELD(survey_open_for, closes));

enum status survey_waiting(struct ctx *c, struct survey_waiting *out)
{
	list waiting = { 0 };
	if (!c->me.person)
		return OK;
	TRY(store_all(c, waiting_for_me, NOTHING, &waiting));
	for (each(struct survey_open_for, w, waiting)) {
		struct draft d = { 0 };
		TRY(draft_find(c, w->sealing_key, w->round, w->person, &d));
		if (d.given)
			continue;
		*out = (struct survey_waiting){ w->round, w->name, w->closes };
		return OK;
	}
	return OK;
}
