/* given.c - rounds and answers that do not come through a browser: the demonstration's. They take the same way, sealed and mixed. */
#include "inside.h"
#include "base/map.h"


enum status survey_planned(struct ctx *c, const struct survey_plan *plan, int64_t *round)
{
	list all = { 0 }, questions = { 0 };
	struct by_id survey = { 0 }, id = { 0 };
	TRY(instruments_load(c, &all));
	TRY(survey_row_add(c, plan, &survey.id));
	struct survey_round r = { .survey = survey.id, .number = 1, .opens = plan->opens, .closes = plan->closes };
	TRY(store_one(c, round_add, &r, &id));
	for (each(str, code, plan->items))
		for (each(struct instrument, i, all))
			for (each(struct item, q, i->items))
				if (str_eq(q->code, *code))
					TRY(item_take(c, &questions, id.id, q, str_eq(i->key, S("need")) ? plan->skill : 0));
	for (each(int64_t, skill, plan->needed))
		for (each(struct instrument, i, all))
			for (each(struct item, q, i->items))
				if (str_eq(q->code, S("NODIG1")))
					TRY(item_take(c, &questions, id.id, q, *skill));
	*round = id.id;
	return store_run_each(c, question_add, &questions);
}

enum status survey_begun(struct ctx *c, int64_t round)
{
	struct survey_round r = { 0 };
	int64_t left_out;
	TRY(round_load(c, round, &r));
	return round_open(c, &r, &left_out);
}

enum status survey_given(struct ctx *c, int64_t round, int64_t person, const list *answers, bool mixing)
{
	struct survey_round r = { 0 };
	struct survey_asked who = { 0 };
	struct draft d = { .given = true };
	list questions = { 0 };
	bool found;
	TRY(round_load(c, round, &r));
	TRY(store_find(c, asked_by_person, (&(struct survey_round_person){ round, person }), &who, &found));
	if (!found || who.part)
		return OK;
	TRY(round_questions(c, round, &questions));
	for (each(struct survey_answer, a, *answers))
		for (each(struct survey_question, q, questions))
			if (str_eq(q->item, a->item) && (!a->skill || a->skill == q->skill))
				*list_add(c->arena, &d.answers, struct draft_answer) = (struct draft_answer){ q->place, a->value, a->quote };
	TRY(draft_keep(c, &r, &who, &d));
	return mixing ? mix_cell(c, &r, who.cell) : OK;
}

enum status survey_ended(struct ctx *c, int64_t round, int64_t *next)
{
	struct survey_round r = { 0 };
	struct by_id after = { 0 };
	TRY(round_load(c, round, &r));
	TRY(round_close(c, &r));
	TRY(store_one(c, round_next, &r, &after));
	*next = after.id;
	return OK;
}

enum status survey_promised(struct ctx *c, const struct survey_promise *p)
{
	struct by_id id = { 0 };
	TRY(store_one(c, promise_add, p, &id));
	return OK;
}
RECORD(survey_promise, FIELD(survey_promise, round), FIELD(survey_promise, owner), FIELD(survey_promise, what), FIELD(survey_promise, told), FIELD(survey_promise, due), FIELD(survey_promise, told_day),
	FIELD(survey_promise, made));
