/* answers.c - what was answered in a closed round, as one table of numbers: read once, for everything that is computed at closing. */
#include "inside.h"
#include "base/map.h"
#include <math.h>

RECORD(survey_response_text, FIELD(survey_response_text, cell), FIELD(survey_response_text, given, .max = 8000));

/* "1=4;2=x;3=2,5;4=3.25": of a question with several answers a bit each. "x", and what is no answer, is NAN. */
static double value_read(const struct survey_question *q, str value)
{
	double x;
	int64_t v, mask = 0;
	if (str_eq(q->kind, S("score")))
		return str_to_real(value, &x) ? x : NAN;
	for (str one, rest = value; rest.len; ) {
		str_cut(rest, ',', &one, &rest);
		if (!str_to_int(one, &v) || v < 0 || v >= ANSWER_VALUES)
			return NAN;
		if (!str_eq(q->kind, S("several")))
			return (double)v;
		mask |= (int64_t)1 << v;
	}
	return mask ? (double)mask : NAN;
}

struct answer_reader { struct closing *to; size_t room, at[ANSWER_PLACES]; };

static enum status answer_read(struct ctx *c, void *of, const void *out)
{
	(void)c;
	struct answer_reader *r = of;
	const struct survey_response_text *x = out;
	struct closing *k = r->to;
	if (k->people == r->room)                              /* one more than were counted in the same transaction */
		return OK;
	double *row = k->value + k->people * k->questions.count;
	for (size_t i = 0; i < k->questions.count; i++)
		row[i] = NAN;
	for (str one, rest = x->given; rest.len; ) {
		str number, value;
		int64_t place;
		str_cut(rest, ';', &one, &rest);
		if (str_cut(one, '=', &number, &value) && str_to_int(number, &place) && place > 0 && place < ANSWER_PLACES && r->at[place] < k->questions.count)
			row[r->at[place]] = value_read(list_item(k->questions, struct survey_question, r->at[place]), value);
	}
	k->cell[k->people++] = x->cell;
	return OK;
}

static void views_find(struct ctx *c, struct closing *k, const list *cells)
{
	struct map at = { 0 }, view_of_cell = { 0 };
	for (size_t i = 0; i < k->views.count; i++)
		map_put_number(c->arena, &at, list_item(k->views, struct survey_view, i)->unit, (int64_t)i, NULL);
	k->above = arena_array_of(c->arena, size_t, k->views.count + 1);
	for (size_t i = 0; i < k->views.count; i++) {
		int64_t up = 0;
		const struct survey_view *v = list_item(k->views, struct survey_view, i);
		k->above[i] = v->unit && map_find_number(&at, v->parent, &up) ? (size_t)up : SIZE_MAX;
	}
	for (each(struct survey_cell, one, *cells)) {
		int64_t place = 0;
		map_find_number(&at, one->unit, &place);
		map_put_number(c->arena, &view_of_cell, one->cell, place, NULL);
	}
	k->view = arena_array_of(c->arena, size_t, k->people + 1);
	for (size_t p = 0; p < k->people; p++) {
		int64_t place = 0;
		map_find_number(&view_of_cell, k->cell[p], &place);
		k->view[p] = (size_t)place;
	}
}

enum status answers_load(struct ctx *c, const struct survey_round *r, struct closing *out)
{
	struct by_id key = { r->id };
	struct count n = { 0 };
	list cells = { 0 };
	struct answer_reader reader = { .to = out };
	*out = (struct closing){ .round = r };
	TRY(store_all(c, questions_of, &key, &out->questions));
	TRY(store_all(c, views_of, &key, &out->views));
	TRY(store_all(c, cells_of, &key, &cells));
	TRY(store_one(c, round_answers_count, &key, &n));
	for (size_t i = 0; i < ANSWER_PLACES; i++)
		reader.at[i] = SIZE_MAX;
	for (size_t i = 0; i < out->questions.count; i++) {
		int64_t place = list_item(out->questions, struct survey_question, i)->place;
		if (place > 0 && place < ANSWER_PLACES)
			reader.at[place] = i;
	}
	reader.room = (size_t)n.count;
	out->value = arena_array_of(c->arena, double, reader.room * out->questions.count + 1);
	out->cell = arena_array_of(c->arena, int64_t, reader.room + 1);
	TRY(store_each(c, responses_given, &key, answer_read, &reader));
	views_find(c, out, &cells);
	return OK;
}

double answer_turned(const struct survey_question *q, double v)
{
	return q->reversed ? (double)(q->points + 1) - v : v;
}

str question_scale(const list *instruments, const struct survey_question *q)
{
	if (q->skill || !str_eq(q->kind, S("agree")))
		return S("");
	if (q->scale.len)
		return q->scale;
	for (each(struct instrument, i, *instruments))
		for (each(struct item, x, i->items))
			if (str_eq(x->code, q->item))
				return i->key;
	return S("");
}
