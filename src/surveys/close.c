/* close.c - the end of a round: the last answers mixed, figures computed once, the next round laid ready. */
#include "inside.h"
#include "base/map.h"
#include "base/token.h"
#include "web/job.h"
#include "web/operation.h"

/* An instrument's questions that were not asked last time come first; what is not rotating stays. */
static enum status questions_rotate(struct ctx *c, const struct survey_round *r, list *questions)
{
	list all = { 0 }, instruments = { 0 };
	struct map asked = { 0 };
	int64_t left = r->rotating;
	TRY(instruments_load(c, &instruments));
	for (each(struct survey_question, q, *questions))
		map_put(c->arena, &asked, q->item, 1, NULL);
	(void)all;
	for (each(struct survey_question, q, *questions)) {
		if (!left || !q->item.len || q->skill)
			continue;
		for (each(struct instrument, i, instruments)) {
			bool of_it = false;
			for (each(struct item, x, i->items))
				of_it |= str_eq(x->code, q->item);
			for (each(struct item, x, i->items)) {
				int64_t there;
				if (!of_it || map_find(&asked, x->code, &there))
					continue;
				map_put(c->arena, &asked, x->code, 1, NULL);
				q->item = x->code;
				q->reversed = x->reversed;
				q->text_nl = x->text_nl;
				q->text_en = x->text_en;
				left--;
				of_it = false;
			}
		}
	}
	return OK;
}

/* The next round, as a draft: whoever looks after it opens it, once something has been told back about this one. */
static enum status next_make(struct ctx *c, const struct survey_round *r)
{
	list questions = { 0 };
	struct by_id id = { 0 };
	struct survey_round next = *r;
	int days = date_days_between(r->opens, r->closes);
	if (!r->months)
		return OK;
	next.number = r->number + 1;
	next.opens = date_add_months(r->opens, (int)r->months);
	next.closes = date_add_days(next.opens, days);
	TRY(store_one(c, round_add, &next, &id));
	TRY(store_all(c, questions_of, (&(struct by_id){ r->id }), &questions));
	TRY(questions_rotate(c, r, &questions));
	for (each(struct survey_question, q, questions))
		q->round = id.id;
	return store_run_each(c, question_add, &questions);
}

enum status round_close(struct ctx *c, struct survey_round *r)
{
	struct count n = { 0 };
	TRY(mix_rest(c, r));
	TRY(store_one(c, round_answers_count, (&(struct by_id){ r->id }), &n));
	r->answers = n.count;
	r->state = S("closed");
	TRY(store_run(c, round_state_put, r, NULL));
	TRY(figures_compute(c, r));
	return next_make(c, r);
}

/* Due on the day after the last: a round that was closed by hand is left alone. */
JOB(survey_round_end, by_id)
{
	struct survey_round r = { 0 };
	enum status s = round_load(c, in->id, &r);
	if (s != OK || !str_eq(r.state, S("open")))
		return s == NOT_FOUND ? OK : s;
	return round_close(c, &r);
}

/* On the first day of a planned round. When it may not open yet it goes back to being a draft, and its page says why. */
JOB(survey_round_begin, by_id)
{
	struct survey_round r = { 0 };
	int64_t left_out;
	TRY(round_load(c, in->id, &r));
	if (!str_eq(r.state, S("planned")))
		return OK;
	enum status s = round_open(c, &r, &left_out);
	if (s == CONFLICT) {                                   /* refused before anything was written */
		r.state = S("draft");
		r.least = 0;
		return store_run(c, round_state_put, &r, NULL);
	}
	TRY(s);
	return job_add(c, survey_round_end, in, (instant){ (int64_t)(date_add_days(r.closes, 1).day - date_of(1970, 1, 1).day) * 86400000 });
}

struct opened_round { int64_t id, asked, left_out; };
RECORD(opened_round, FIELD(opened_round, id), FIELD(opened_round, asked), FIELD(opened_round, left_out));

OPERATION(survey_open, by_id, opened_round,
	.route = "POST /surveys/{id}/open",
	.allow = "surveys.manage",
	.effect = WRITES,
	.then = "/surveys/{id}",
	.said = W(surveys_opened),
	.back = "/surveys/{id}",
	.doc = "Opens a round now, or plans it for its first day. From then on nothing about it can change. Refused while the last round has no 'you said, we did'.")
{
	struct survey_round r = { 0 };
	struct by_id id = { in->id };
	TRY(round_load(c, in->id, &r));
	TRY(round_must_be_draft(c, &r));
	if (date_compare(r.closes, c->today) < 0)
		return refuse(c, CONFLICT, "closes-past", W(surveys_closes_past));
	out->id = r.id;
	if (date_compare(r.opens, c->today) > 0) {
		r.state = S("planned");
		TRY(store_run(c, round_state_put, &r, NULL));
		return job_add(c, survey_round_begin, &id, (instant){ (int64_t)(r.opens.day - date_of(1970, 1, 1).day) * 86400000 + 5 * 3600000 });
	}
	TRY(round_open(c, &r, &out->left_out));
	out->asked = r.asked;
	return job_add(c, survey_round_end, &id, (instant){ (int64_t)(date_add_days(r.closes, 1).day - date_of(1970, 1, 1).day) * 86400000 });
}

OPERATION(survey_close, by_id, by_id,
	.route = "POST /surveys/{id}/close",
	.allow = "surveys.manage",
	.effect = WRITES,
	.then = "/surveys/{id}/results",
	.said = W(surveys_closed_said),
	.back = "/surveys/{id}",
	.doc = "Closes a round before its last day: the answers are mixed, and its results computed once, for everybody alike.")
{
	struct survey_round r = { 0 };
	TRY(round_load(c, in->id, &r));
	if (!str_eq(r.state, S("open")))
		return refuse(c, CONFLICT, "not-open", W(surveys_not_open));
	out->id = r.id;
	return round_close(c, &r);
}
