/* scales.c - do the questions of one instrument measure one thing? Reckoned at closing on this round's own answers, over the whole organisation. */
#include "inside.h"
#include "stats/scale.h"
#include <math.h>

RECORD(survey_scale, FIELD(survey_scale, round), FIELD(survey_scale, instrument), FIELD(survey_scale, n), FIELD(survey_scale, alpha), FIELD(survey_scale, low), FIELD(survey_scale, high),
	FIELD(survey_scale, omega));

enum { ITEMS_LEAST = 3, PEOPLE_LEAST = 30 };

static const struct survey_question *question_of(const list *questions, const struct item *item)
{
	for (each(struct survey_question, q, *questions))
		if (str_eq(q->item, item->code) && str_eq(q->kind, S("agree")) && !q->skill)
			return q;
	return NULL;
}

static enum status instrument_scale(struct ctx *c, int64_t round, const struct instrument *i, const list *questions, const list *responses)
{
	const struct survey_question *asked[SCALE_ITEMS_MOST];
	size_t items = 0;
	struct scale s;
	for (each(struct item, x, i->items)) {
		const struct survey_question *q = items < SCALE_ITEMS_MOST ? question_of(questions, x) : NULL;
		if (q)
			asked[items++] = q;
	}
	if (items < ITEMS_LEAST)
		return OK;
	double *answer = arena_array_of(c->arena, double, responses->count * items + 1);
	for (size_t p = 0; p < responses->count; p++)
		for (size_t k = 0; k < items; k++) {
			str value;
			int64_t v;
			bool given = response_value(list_item(*responses, struct survey_response, p)->given, asked[k]->place, &value) && str_to_int(value, &v);
			answer[p * items + k] = !given ? NAN : asked[k]->reversed ? 6 - (double)v : (double)v;
		}
	if (scale_of(answer, responses->count, items, .95, &s) != SCALE_OK || s.n < PEOPLE_LEAST)
		return OK;
	struct survey_scale row = { round, (int64_t)s.n, i->key, s.alpha, s.interval.low, s.interval.high, s.omega };
	return store_run(c, scale_add, &row, NULL);
}

enum status scales_compute(struct ctx *c, int64_t round, const list *questions, const list *responses)
{
	list all = { 0 };
	TRY(instruments_load(c, &all));
	for (each(struct instrument, i, all))
		TRY(instrument_scale(c, round, i, questions, responses));
	return OK;
}
