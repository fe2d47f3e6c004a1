/* round.c - making a survey and its next round: what is asked, of whom, from when to when; and what its owner sees of it. */
#include "inside.h"
#include "people/people.h"
#include "trust/trust.h"
#include "view/view.words.h"
#include "web/letter.h"
#include "web/operation.h"
#include "web/web.h"

RECORD(survey_round, FIELD(survey_round, id), FIELD(survey_round, survey), FIELD(survey_round, number), FIELD(survey_round, name), FIELD(survey_round, promise), FIELD(survey_round, state),
	FIELD(survey_round, unit_path), FIELD(survey_round, role_name), FIELD(survey_round, owner_name), FIELD(survey_round, owner, .optional = true), FIELD(survey_round, unit, .optional = true),
	FIELD(survey_round, role, .optional = true), FIELD(survey_round, months), FIELD(survey_round, rotating), FIELD(survey_round, opens), FIELD(survey_round, closes), FIELD(survey_round, by_role), FIELD(survey_round, imported), FIELD(survey_round, mailed),
	FIELD(survey_round, reminders), FIELD(survey_round, link_key, .secret = true),
	FIELD(survey_round, least), FIELD(survey_round, seal_bytes), FIELD(survey_round, asked), FIELD(survey_round, answers), FIELD(survey_round, lost));
RECORD(survey_question, FIELD(survey_question, round), FIELD(survey_question, place), FIELD(survey_question, item), FIELD(survey_question, kind), FIELD(survey_question, points), FIELD(survey_question, scale),
	FIELD(survey_question, outcome), FIELD(survey_question, reversed),
	FIELD(survey_question, sensitive), FIELD(survey_question, skill, .optional = true), FIELD(survey_question, text_nl), FIELD(survey_question, text_en), FIELD(survey_question, choices_nl, .max = 2000),
	FIELD(survey_question, choices_en, .max = 2000), FIELD(survey_question, licence));

enum status round_load(struct ctx *c, int64_t id, struct survey_round *out)
{
	enum status s = store_one(c, round_by_id, (&(struct by_id){ id }), out);
	return s == NOT_FOUND ? refuse(c, NOT_FOUND, "no-such-round", W(surveys_no_such_round)) : s;
}

enum status round_questions(struct ctx *c, int64_t round, list *out)
{
	TRY(store_all(c, questions_of, (&(struct by_id){ round }), out));
	for (each(struct survey_question, q, *out))
		q->text = c->language == NL || !q->text_en.len ? q->text_nl : q->text_en;
	return OK;
}

enum status round_must_be_draft(struct ctx *c, const struct survey_round *r)
{
	return str_eq(r->state, S("draft")) ? OK : refuse(c, CONFLICT, "round-fixed", W(surveys_round_fixed));
}

/* ---- All rounds ---- */

struct round_row { int64_t id, number; str name, state, word; date opens, closes; int64_t asked, answers, percent; bool few, imported; };
struct survey_list { list running, closed, drafts; str finding; bool basis; };
RECORD(round_row, FIELD(round_row, id), FIELD(round_row, number), FIELD(round_row, name), FIELD(round_row, state), FIELD(round_row, word), FIELD(round_row, opens), FIELD(round_row, closes),
	FIELD(round_row, asked), FIELD(round_row, answers), FIELD(round_row, percent), FIELD(round_row, few), FIELD(round_row, imported));
RECORD(survey_list, FIELD(survey_list, running, .of = &round_row_record), FIELD(survey_list, closed, .of = &round_row_record), FIELD(survey_list, drafts, .of = &round_row_record),
	FIELD(survey_list, basis));
#include "surveys_list.html.h"

OPERATION(survey_list_show, nothing, survey_list,
	.route = "GET /surveys",
	.allow = "surveys.read",
	.page = list_html,
	.lenient = true,
	.doc = "All rounds: running, closed, and for whoever makes them the drafts.")
{
	(void)in;
	list all = { 0 };
	TRY(trust_purpose_works(c, PURPOSE_SURVEYS, &out->basis));
	TRY(store_all(c, rounds_all, NOTHING, &all));
	for (each(struct survey_round, r, all)) {
		struct round_row row = { .id = r->id, .number = r->number, .name = r->name, .state = r->state, .opens = r->opens, .closes = r->closes, .asked = r->asked };
		if (str_eq(r->state, S("closed"))) {
			row.percent = r->asked ? (100 * r->answers + r->asked / 2) / r->asked : 0;
			row.few = r->answers < r->least;
			row.imported = r->imported;
			row.answers = r->answers / 5 * 5;
			*list_add(c->arena, &out->closed, struct round_row) = row;
		} else if (str_eq(r->state, S("open"))) {
			*list_add(c->arena, &out->running, struct round_row) = row;
		} else if (may(c, S("surveys.manage"))) {
			row.word = str_eq(r->state, S("planned")) ? W(surveys_state_planned)->text[c->language] : W(surveys_state_draft)->text[c->language];
			*list_add(c->arena, &out->drafts, struct round_row) = row;
		}
	}
	return OK;
}

/* ---- Making ---- */

static const struct choice instruments[] = {
	{ S("safety"), W(surveys_i_safety) }, { S("culture"), W(surveys_i_culture) }, { S("growth"), W(surveys_i_growth) }, { S("mastery"), W(surveys_i_mastery) },
	{ S("autonomy"), W(surveys_i_autonomy) }, { S("connection"), W(surveys_i_connection) }, { S("time"), W(surveys_i_time) }, { S("support"), W(surveys_i_support) },
	{ S("energy"), W(surveys_i_energy) }, { S("transfer"), W(surveys_i_transfer) }, { S("recommend"), W(surveys_i_recommend) }, { S("open"), W(surveys_i_open) }, { 0 } };
static const struct choice rhythm[] = { { S("0"), W(surveys_once) }, { S("1"), W(surveys_monthly) }, { S("3"), W(surveys_quarterly) }, { S("6"), W(surveys_half_yearly) }, { S("12"), W(surveys_yearly) }, { 0 } };

struct survey_form { str name, promise, people, every; int64_t unit, role, skill, months, rotating; list instruments; date opens, closes; bool by_role; };
RECORD(survey_form,
	FIELD(survey_form, name, .label = W(surveys_f_name), .hint = W(surveys_f_name_hint), .required = true, .max = 120),
	FIELD(survey_form, promise, .label = W(surveys_f_promise), .hint = W(surveys_f_promise_hint), .required = true, .max = 300, .lines = true),
	FIELD(survey_form, instruments, .label = W(surveys_f_instruments), .hint = W(surveys_f_instruments_hint), .choices = instruments, .max = 12),
	FIELD(survey_form, skill, .label = W(surveys_f_skill), .hint = W(surveys_f_skill_hint), .optional = true),
	FIELD(survey_form, unit, .label = W(surveys_f_unit), .optional = true),
	FIELD(survey_form, role, .label = W(surveys_f_role), .optional = true),
	FIELD(survey_form, people, .label = W(surveys_f_people), .hint = W(surveys_f_people_hint), .max = 20000, .lines = true),
	FIELD(survey_form, opens, .label = W(surveys_f_opens), .required = true),
	FIELD(survey_form, closes, .label = W(surveys_f_closes), .required = true),
	FIELD(survey_form, every, .label = W(surveys_f_every), .choices = rhythm),
	FIELD(survey_form, months, .max = 12),
	FIELD(survey_form, rotating, .label = W(surveys_f_rotating), .hint = W(surveys_f_rotating_hint), .max = QUESTIONS_MOST),
	FIELD(survey_form, by_role, .label = W(surveys_f_by_role)));

struct survey_named { int64_t id; str name; };
struct survey_listed { int64_t survey, person; str text; };
struct survey_skill_to_ask { int64_t id; str name; };
struct survey_skill_words { str name_nl, name_en; };
struct survey_new_page { struct survey_form form; list units, roles, skills; bool basis; };
RECORD(survey_named, FIELD(survey_named, id), FIELD(survey_named, name));
RECORD(survey_listed, FIELD(survey_listed, survey), FIELD(survey_listed, person), FIELD(survey_listed, text));
RECORD(survey_skill_to_ask, FIELD(survey_skill_to_ask, id), FIELD(survey_skill_to_ask, name));
RECORD(survey_skill_words, FIELD(survey_skill_words, name_nl), FIELD(survey_skill_words, name_en));
RECORD(survey_new_page, FIELD(survey_new_page, form, .of = &survey_form_record), FIELD(survey_new_page, units, .of = &survey_named_record), FIELD(survey_new_page, roles, .of = &survey_named_record),
	FIELD(survey_new_page, skills, .of = &survey_skill_to_ask_record), FIELD(survey_new_page, basis));
#include "surveys_new.html.h"

OPERATION(survey_new, nothing, survey_new_page,
	.route = "GET /surveys/new",
	.allow = "surveys.manage",
	.page = new_html,
	.lenient = true,
	.doc = "The form for a survey.")
{
	(void)in;
	record_clear(&survey_form_record, &out->form);
	out->form.opens = c->today;
	out->form.closes = date_add_days(c->today, 10);
	out->form.every = S("3");
	out->form.rotating = 2;
	TRY(trust_purpose_works(c, PURPOSE_SURVEYS, &out->basis));
	TRY(store_all(c, units_named, NOTHING, &out->units));
	TRY(store_all(c, roles_named, NOTHING, &out->roles));
	return store_all(c, skills_to_ask, NOTHING, &out->skills);
}

static str put_in(struct ctx *c, str text, const char *place, str word)
{
	str before, after = text;
	while (str_cut(after, '{', &before, &after))
		if (str_starts(after, str_of(place)))
			return text_format(c->arena, S_FMT S_FMT S_FMT, S_ARG(before), S_ARG(word), S_ARG(str_from(after, str_of(place).len + 1)));
	return text;
}

enum status item_take(struct ctx *c, list *to, int64_t round, const struct item *q, int64_t skill)
{
	struct survey_skill_words words = { 0 };
	if (to->count >= QUESTIONS_MOST)
		return OK;
	struct survey_question added = { .round = round, .place = (int64_t)to->count + 1, .item = q->code, .kind = q->kind, .points = 5, .outcome = str_eq(q->kind, S("ten")),
		.reversed = q->reversed, .skill = skill,
		.sensitive = str_eq(q->instrument, S("safety")), .text_nl = q->text_nl, .text_en = q->text_en };
	if (skill) {
		if (store_one(c, skill_words, (&(struct by_id){ skill }), &words) != OK)
			return object(c, S("skill"), W(surveys_no_skill));
		added.text_nl = put_in(c, q->text_nl, "vaardigheid", words.name_nl.len ? words.name_nl : words.name_en);
		added.text_en = put_in(c, q->text_en, "skill", words.name_en.len ? words.name_en : words.name_nl);
	}
	*list_add(c->arena, to, struct survey_question) = added;
	return OK;
}

enum status survey_row_add(struct ctx *c, const struct survey_plan *plan, int64_t *id)
{
	struct survey_form f = { .name = plan->name, .promise = plan->promise, .months = plan->months, .rotating = plan->rotating, .unit = plan->unit };
	struct by_id added = { 0 };
	TRY(store_one(c, survey_add, &f, &added));
	*id = added.id;
	return OK;
}

/* Of psychological safety five, of each other instrument all; about one skill two questions. */
static enum status questions_take(struct ctx *c, int64_t round, const struct survey_form *in, list *out)
{
	list all = { 0 };
	TRY(instruments_load(c, &all));
	for (each(struct instrument, i, all)) {
		bool need = str_eq(i->key, S("need")), wanted = need && in->skill;
		for (each(str, key, in->instruments))
			wanted |= str_eq(*key, i->key);
		size_t most = str_eq(i->key, S("safety")) ? 5 : SIZE_MAX;
		for (each(struct item, q, i->items))
			if (wanted && most && most--)
				TRY(item_take(c, out, round, q, need ? in->skill : 0));
	}
	return OK;
}

static enum status people_take(struct ctx *c, int64_t survey, str people)
{
	for (str line, rest = people; rest.len; ) {
		str_cut(rest, '\n', &line, &rest);
		struct survey_listed l = { .survey = survey, .text = str_trim(line) };
		struct by_id person = { 0 };
		bool found;
		if (!l.text.len)
			continue;
		TRY(store_find(c, survey_person_find, &l, &person, &found));
		if (!found)
			return object(c, S("people"), W(surveys_no_person), l.text);
		l.person = person.id;
		TRY(store_run(c, survey_listed_add, &l, NULL));
	}
	return OK;
}

OPERATION(survey_add_one, survey_form, by_id,
	.route = "POST /surveys",
	.allow = "surveys.manage",
	.effect = WRITES,
	.then = "/surveys/{id}",
	.back = "/surveys/new",
	.said = W(surveys_made),
	.doc = "Makes a survey and its first round, as a draft.")
{
	struct survey_form f = *in;
	struct by_id survey = { 0 };
	list questions = { 0 };
	if (date_compare(in->closes, in->opens) < 0)
		return object(c, S("closes"), W(surveys_closes_before));
	if (date_compare(in->closes, c->today) < 0)
		return object(c, S("closes"), W(surveys_closes_past));
	if (in->every.len)
		str_to_int(in->every, &f.months);
	TRY(store_one(c, survey_add, &f, &survey));
	struct survey_round r = { .survey = survey.id, .number = 1, .opens = in->opens, .closes = in->closes, .by_role = in->by_role };
	TRY(store_one(c, round_add, &r, out));
	TRY(people_take(c, survey.id, in->people));
	TRY(questions_take(c, out->id, in, &questions));
	return questions.count ? store_run_each(c, question_add, &questions) : OK;
}

/* ---- One round, for who looks after it ---- */

struct forecast_unit { str path; int64_t people, expected; bool own; };
struct round_page { struct survey_round round; list questions, forecast; int64_t own, merged, left_out, steps, minutes, people; bool draft, open, planned, closed, basis, untold, mail; str unit, role; };
RECORD(forecast_unit, FIELD(forecast_unit, path), FIELD(forecast_unit, people), FIELD(forecast_unit, expected), FIELD(forecast_unit, own));
RECORD(round_page, FIELD(round_page, round, .of = &survey_round_record), FIELD(round_page, questions, .of = &survey_question_record), FIELD(round_page, forecast, .of = &forecast_unit_record),
	FIELD(round_page, own), FIELD(round_page, merged), FIELD(round_page, left_out), FIELD(round_page, steps), FIELD(round_page, people), FIELD(round_page, basis), FIELD(round_page, untold));

static const struct choice kinds[] = { { S("agree"), W(surveys_k_agree) }, { S("ten"), W(surveys_k_ten) }, { S("choice"), W(surveys_k_choice) }, { S("several"), W(surveys_k_several) },
	{ S("text"), W(surveys_k_text) }, { 0 } };
struct survey_question_form { int64_t id; str kind, text_nl, text_en, choices_nl, choices_en, licence; bool reversed; };
struct survey_question_key { int64_t id, place; };
RECORD(survey_question_form, FIELD(survey_question_form, id), FIELD(survey_question_form, kind, .label = W(surveys_q_kind), .choices = kinds, .required = true),
	FIELD(survey_question_form, text_nl, .label = W(surveys_q_text_nl), .required = true, .max = 200),
	FIELD(survey_question_form, text_en, .label = W(surveys_q_text_en), .required = true, .max = 200),
	FIELD(survey_question_form, reversed, .label = W(surveys_q_reversed)),
	FIELD(survey_question_form, choices_nl, .label = W(surveys_q_choices_nl), .hint = W(surveys_q_choices_hint), .lines = true, .max = 800),
	FIELD(survey_question_form, choices_en, .label = W(surveys_q_choices_en), .lines = true, .max = 800),
	FIELD(survey_question_form, licence, .label = W(surveys_q_licence), .hint = W(surveys_q_licence_hint), .max = 200));
RECORD(survey_question_key, FIELD(survey_question_key, id), FIELD(survey_question_key, place));

static str kind_word_view(struct view *v, str kind)
{
	for (const struct choice *k = kinds; k->value.at; k++)
		if (str_eq(k->value, kind))
			return k->label->text[v->language];
	return kind;
}
#include "surveys_round.html.h"

/* At the usual response: which units would be told their own result, and which go together with the unit above. */
static enum status forecast_fill(struct ctx *c, const struct survey_round *r, struct round_page *out)
{
	struct declared d = { 0 };
	int64_t k;
	TRY(round_declare(c, r, &d));
	TRY(gate_least(c, &k));
	out->left_out = d.left_out;
	out->people = (int64_t)d.asked.count;
	struct gate_group *groups = arena_array_of(c->arena, struct gate_group, d.views.count + 1);
	enum gate_state *states = arena_array_of(c->arena, enum gate_state, d.views.count + 1);
	for (size_t i = 0; i < d.views.count; i++) {
		const struct survey_view *v = list_item(d.views, struct survey_view, i);
		size_t above = GATE_TOP;
		for (size_t j = 0; j < i && v->unit; j++)
			if (list_item(d.views, struct survey_view, j)->unit == v->parent)
				above = j;
		groups[i] = (struct gate_group){ above, 0, 0 };
	}
	/* The expected answers of those directly in a unit, summed upwards: rounding each by itself could make a whole smaller than its parts. */
	for (size_t i = d.views.count; i-- > 0; ) {
		int64_t below = 0, people_below = 0;
		for (size_t j = i + 1; j < d.views.count; j++)
			if (groups[j].parent == i) {
				below += groups[j].people;
				people_below += list_item(d.views, struct survey_view, j)->people;
			}
		groups[i].people = below + (list_item(d.views, struct survey_view, i)->people - people_below) * USUAL_PERCENT / 100;
	}
	TRY(gate_release(c, k, groups, d.views.count, states));
	for (size_t i = 0; i < d.views.count; i++) {
		const struct survey_view *v = list_item(d.views, struct survey_view, i);
		if (!v->unit)
			continue;
		bool own = states[i] == GATE_SHOWN;
		out->own += own;
		out->merged += !own;
		*list_add(c->arena, &out->forecast, struct forecast_unit) = (struct forecast_unit){ v->path, v->people, groups[i].people, own };
	}
	return OK;
}

/* While open, in steps of five: nobody's own answer moves the count where they can see it. */
static enum status steps_count(struct ctx *c, const struct survey_round *r, int64_t *out)
{
	struct count n = { 0 };
	TRY(store_one(c, round_answers_count, (&(struct by_id){ r->id }), &n));
	int64_t waiting;
	TRY(mix_waiting(c, r->id, &waiting));
	*out = (n.count + waiting) / 5 * 5;
	return OK;
}

OPERATION(survey_round_show, by_id, round_page,
	.route = "GET /surveys/{id}",
	.allow = "surveys.manage",
	.page = round_html,
	.lenient = true,
	.doc = "A round for who looks after it: questions and what to expect before opening; while open only how many took part, in steps of five.")
{
	struct by_id before = { 0 };
	TRY(round_load(c, in->id, &out->round));
	TRY(round_questions(c, in->id, &out->questions));
	TRY(trust_purpose_works(c, PURPOSE_SURVEYS, &out->basis));
	str state = out->round.state;
	out->draft = str_eq(state, S("draft"));
	out->planned = str_eq(state, S("planned"));
	out->open = str_eq(state, S("open"));
	out->closed = str_eq(state, S("closed"));
	str host;
	out->mail = letter_server(c, &host);
	out->minutes = ((int64_t)out->questions.count * 10 + 59) / 60;
	if (out->open)
		return steps_count(c, &out->round, &out->steps);
	if (!out->draft && !out->planned)
		return OK;
	TRY(store_one(c, round_before, &out->round, &before));
	if (before.id) {
		struct count told = { 0 };
		TRY(store_one(c, told_count, &before, &told));
		out->untold = !told.count;
	}
	return forecast_fill(c, &out->round, out);
}

static int lines_count(str s)
{
	int n = 0;
	for (str one, rest = s; rest.len; ) {
		str_cut(rest, '\n', &one, &rest);
		n += str_trim(one).len > 0;
	}
	return n;
}

OPERATION(survey_question_add, survey_question_form, by_id,
	.route = "POST /surveys/{id}/questions",
	.allow = "surveys.manage",
	.effect = WRITES,
	.then = "/surveys/{id}",
	.back = "/surveys/{id}",
	.said = W(surveys_question_added),
	.doc = "Adds a question of one's own to a draft.")
{
	struct survey_round r = { 0 };
	list questions = { 0 };
	int64_t place = 1, texts = 0;
	bool choices = str_eq(in->kind, S("choice")) || str_eq(in->kind, S("several"));
	TRY(round_load(c, in->id, &r));
	TRY(round_must_be_draft(c, &r));
	TRY(round_questions(c, in->id, &questions));
	for (each(struct survey_question, q, questions)) {
		place = q->place + 1;
		texts += str_eq(q->kind, S("text"));
	}
	if (questions.count >= QUESTIONS_MOST || (str_eq(in->kind, S("text")) && texts >= TEXTS_MOST))
		return object(c, S("kind"), W(surveys_too_many), text_format(c->arena, "%d", QUESTIONS_MOST), text_format(c->arena, "%d", TEXTS_MOST));
	int nl = lines_count(in->choices_nl), en = lines_count(in->choices_en);
	if (choices && (nl < 2 || nl > 8 || nl != en))
		return object(c, S("choices_nl"), W(surveys_choices_wrong));
	struct survey_question q = { .round = r.id, .place = place, .item = S(""), .kind = in->kind, .points = 5, .reversed = in->reversed && str_eq(in->kind, S("agree")), .text_nl = in->text_nl, .text_en = in->text_en,
		.choices_nl = choices ? in->choices_nl : (str){ 0 }, .choices_en = choices ? in->choices_en : (str){ 0 }, .licence = in->licence };
	out->id = r.id;
	return store_run(c, question_add, &q, NULL);
}

OPERATION(survey_question_drop, survey_question_key, by_id,
	.route = "POST /surveys/{id}/questions/{place}/drop",
	.allow = "surveys.manage",
	.effect = WRITES,
	.then = "/surveys/{id}",
	.back = "/surveys/{id}",
	.doc = "Takes a question out of a draft.")
{
	struct survey_round r = { 0 };
	int64_t gone;
	TRY(round_load(c, in->id, &r));
	TRY(round_must_be_draft(c, &r));
	out->id = r.id;
	TRY(store_run(c, question_drop, in, &gone));
	return gone ? OK : refuse(c, NOT_FOUND, "no-such-question", W(surveys_no_such_question));
}

OPERATION(survey_outcome_choose, survey_question_key, by_id,
	.route = "POST /surveys/{id}/questions/{place}/outcome",
	.allow = "surveys.manage",
	.effect = WRITES,
	.then = "/surveys/{id}",
	.back = "/surveys/{id}",
	.said = W(surveys_outcome_chosen),
	.doc = "Chooses, before opening, the question that the results hold the others against: what goes together with it.")
{
	struct survey_round r = { 0 };
	list questions = { 0 };
	TRY(round_load(c, in->id, &r));
	TRY(round_must_be_draft(c, &r));
	TRY(round_questions(c, in->id, &questions));
	out->id = r.id;
	for (each(struct survey_question, q, questions))
		if (q->place == in->place && (str_eq(q->kind, S("agree")) || str_eq(q->kind, S("ten"))))
			return store_run(c, question_outcome_put, in, NULL);
	return refuse(c, NOT_FOUND, "no-such-question", W(surveys_no_outcome));
}

struct survey_days_form { int64_t id; date opens, closes; };
RECORD(survey_days_form, FIELD(survey_days_form, id), FIELD(survey_days_form, opens, .label = W(surveys_f_opens), .required = true), FIELD(survey_days_form, closes, .label = W(surveys_f_closes), .required = true));

OPERATION(survey_days_change, survey_days_form, by_id,
	.route = "POST /surveys/{id}/days",
	.allow = "surveys.manage",
	.effect = WRITES,
	.then = "/surveys/{id}",
	.back = "/surveys/{id}",
	.said = W(surveys_days_changed),
	.doc = "Changes the first and last day of a draft.")
{
	struct survey_round r = { 0 };
	TRY(round_load(c, in->id, &r));
	TRY(round_must_be_draft(c, &r));
	if (date_compare(in->closes, in->opens) < 0)
		return object(c, S("closes"), W(surveys_closes_before));
	if (date_compare(in->closes, c->today) < 0)
		return object(c, S("closes"), W(surveys_closes_past));
	r.opens = in->opens;
	r.closes = in->closes;
	out->id = r.id;
	return store_run(c, round_days_put, &r, NULL);
}

/* ---- Exactly what people get ---- */

struct preview_place { int64_t id, place; };
RECORD(preview_place, FIELD(preview_place, id), FIELD(preview_place, place, .min = 1));
struct preview_screen { int64_t round, place, after; struct survey_screen screen; };
RECORD(preview_screen, FIELD(preview_screen, round), FIELD(preview_screen, place), FIELD(preview_screen, after), FIELD(preview_screen, screen, .of = &survey_screen_record));
#include "surveys_screen_form.html.h"
#include "surveys_preview.html.h"
#include "surveys_preview_first.html.h"

OPERATION(survey_preview, by_id, round_page,
	.route = "GET /surveys/{id}/preview",
	.allow = "surveys.manage",
	.page = preview_first_html,
	.lenient = true,
	.doc = "The first screen as people get it.")
{
	TRY(round_load(c, in->id, &out->round));
	TRY(round_questions(c, in->id, &out->questions));
	out->steps = question_after(&out->questions, 0);
	if (!out->round.least)
		TRY(gate_least(c, &out->round.least));
	return OK;
}

OPERATION(survey_preview_question, preview_place, preview_screen,
	.route = "GET /surveys/{id}/preview/{place}",
	.allow = "surveys.manage",
	.page = preview_html,
	.lenient = true,
	.doc = "One question as people get it; nothing is kept.")
{
	list questions = { 0 };
	struct survey_round r = { 0 };
	TRY(round_load(c, in->id, &r));
	TRY(round_questions(c, in->id, &questions));
	out->round = in->id;
	out->place = in->place;
	out->after = question_after(&questions, in->place);
	screen_fill(c, &questions, in->place, NULL, &out->screen);
	return out->screen.place ? OK : refuse(c, NOT_FOUND, "no-such-question", W(surveys_no_such_question));
}
