/* needs.c - what closed rounds say of the need for a skill, for the pages that lay it beside what others say. */
#include "inside.h"
#include "stats/interval.h"
#include <math.h>

struct survey_need_row { int64_t skill, round, unit, n, people; double share; date day; };
RECORD(survey_need_row, FIELD(survey_need_row, skill), FIELD(survey_need_row, round), FIELD(survey_need_row, unit), FIELD(survey_need_row, n), FIELD(survey_need_row, people), FIELD(survey_need_row, share), FIELD(survey_need_row, day));
RECORD(survey_need, FIELD(survey_need, skill), FIELD(survey_need, round), FIELD(survey_need, unit), FIELD(survey_need, n), FIELD(survey_need, day), FIELD(survey_need, share), FIELD(survey_need, low), FIELD(survey_need, high));

/* As every figure of a round is told. */
#define CONFIDENCE .95

enum status survey_needs(struct ctx *c, list *out)
{
	list rows = { 0 };
	TRY(store_all(c, needs_said, NOTHING, &rows));
	for (each(struct survey_need_row, x, rows)) {
		struct interval i = interval_share(llround(x->share * (double)x->n), x->n, x->people >= x->n ? x->people : 0, CONFIDENCE);
		*list_add(c->arena, out, struct survey_need) = (struct survey_need){ x->skill, x->round, x->unit, x->n / 5 * 5, x->day, round(100 * x->share) / 100, i.low, i.high };
	}
	return OK;
}
