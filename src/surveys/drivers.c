/* drivers.c - what goes together with the outcome that was chosen before opening; over the whole organisation, and it says nothing of causes.
 *
 * Question by question up to twelve; where there are more, the questions of one scale count as their mean. An interval draws whole teams, so
 * that it needs five of them. Fewer than ten people a question: nothing is said.
 */
#include "inside.h"
#include "stats/drivers.h"
#include <math.h>

RECORD(survey_driver, FIELD(survey_driver, round), FIELD(survey_driver, number), FIELD(survey_driver, place), FIELD(survey_driver, scale), FIELD(survey_driver, share), FIELD(survey_driver, low),
	FIELD(survey_driver, high), FIELD(survey_driver, r2), FIELD(survey_driver, n));

enum { DRAWS = 400, TEAMS_FOR_INTERVAL = 5, SEED = 20261126 };

/* One column beside the outcome: a question, or the mean of a scale. */
struct column { size_t question; const struct scale_items *scale; };

static bool is_number(const struct survey_question *q)
{
	return (str_eq(q->kind, S("agree")) || str_eq(q->kind, S("score"))) && !q->outcome;
}

static void columns_choose(struct ctx *c, const struct closing *k, const list *scales, list *out)
{
	size_t single = 0;
	for (each(struct survey_question, q, k->questions))
		single += is_number(q);
	bool together = single > DRIVERS_BOOTSTRAP_MOST;
	for (each(struct scale_items, s, *scales)) {
		bool holds = false;
		for (size_t i = 0; i < s->count; i++)
			holds |= list_item(k->questions, struct survey_question, s->at[i])->outcome;
		if (together && s->count > 1 && !s->mixed && !holds)
			*list_add(c->arena, out, struct column) = (struct column){ 0, s };
	}
	for (size_t i = 0; i < k->questions.count; i++) {
		bool inside = false;
		for (each(struct column, one, *out))
			for (size_t j = 0; one->scale && j < one->scale->count; j++)
				inside |= one->scale->at[j] == i;
		if (!inside && is_number(list_item(k->questions, struct survey_question, i)))
			*list_add(c->arena, out, struct column) = (struct column){ i, NULL };
	}
}

static double column_value(const struct closing *k, const struct column *one, size_t p)
{
	const double *row = k->value + p * k->questions.count;
	if (!one->scale)
		return str_eq(list_item(k->questions, struct survey_question, one->question)->kind, S("agree"))
			? answer_turned(list_item(k->questions, struct survey_question, one->question), row[one->question]) : row[one->question];
	double sum = 0;
	for (size_t i = 0; i < one->scale->count; i++)
		sum += answer_turned(list_item(k->questions, struct survey_question, one->scale->at[i]), row[one->scale->at[i]]);
	return sum / (double)one->scale->count;
}

/* Whole rows only, the outcome first; teams numbered as they come. */
static size_t rows_fill(struct ctx *c, const struct closing *k, size_t outcome, const list *columns, double *answer, size_t *team, size_t *teams)
{
	const struct survey_question *q = list_item(k->questions, struct survey_question, outcome);
	size_t wide = columns->count + 1, n = 0;
	size_t *number = arena_array_of(c->arena, size_t, k->views.count + 1);
	for (size_t p = 0; p < k->people; p++) {
		double v = k->value[p * k->questions.count + outcome], *row = answer + n * wide;
		bool whole = !isnan(v);
		row[0] = str_eq(q->kind, S("agree")) ? answer_turned(q, v) : v;
		for (size_t i = 0; whole && i < columns->count; i++) {
			row[i + 1] = column_value(k, list_item(*columns, struct column, i), p);
			whole = !isnan(row[i + 1]);
		}
		if (!whole)
			continue;
		if (!number[k->view[p]])
			number[k->view[p]] = ++*teams;
		team[n++] = number[k->view[p]] - 1;
	}
	return n;
}

enum status drivers_compute(struct ctx *c, const struct closing *k)
{
	list scales = { 0 }, columns = { 0 }, rows = { 0 };
	size_t outcome = SIZE_MAX, teams = 0;
	double r2;
	for (size_t i = 0; i < k->questions.count; i++)
		if (list_item(k->questions, struct survey_question, i)->outcome && outcome == SIZE_MAX)
			outcome = i;
	if (outcome == SIZE_MAX)
		return OK;
	TRY(scales_find(c, k, &scales));
	columns_choose(c, k, &scales, &columns);
	if (columns.count < 2 || columns.count > DRIVERS_MOST)
		return OK;
	double *answer = arena_array_of(c->arena, double, (k->people + 1) * (columns.count + 1));
	double *share = arena_array_of(c->arena, double, columns.count);
	struct interval *between = arena_array_of(c->arena, struct interval, columns.count);
	size_t *team = arena_array_of(c->arena, size_t, k->people + 1);
	size_t n = rows_fill(c, k, outcome, &columns, answer, team, &teams);
	size_t draws = teams >= TEAMS_FOR_INTERVAL && columns.count <= DRIVERS_BOOTSTRAP_MOST ? DRAWS : 0;
	if (drivers_of(answer, team, n, teams, columns.count, .95, draws, SEED, share, between, &r2) != DRIVERS_OK)
		return OK;
	for (size_t i = 0; i < columns.count; i++) {
		const struct column *one = list_item(columns, struct column, i);
		*list_add(c->arena, &rows, struct survey_driver) = (struct survey_driver){ .round = k->round->id, .number = (int64_t)i + 1,
			.place = one->scale ? 0 : list_item(k->questions, struct survey_question, one->question)->place, .scale = one->scale ? one->scale->key : S(""), .share = share[i],
			.low = draws ? between[i].low : NAN, .high = draws ? between[i].high : NAN, .r2 = r2, .n = (int64_t)n };
	}
	return store_run_each(c, driver_add, &rows);
}
