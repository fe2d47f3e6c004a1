/* overview.c - every skill with its four sides beside each other: first where they contradict each other, then where they see most. */
#include "inside.h"
#include "trust/trust.h"
#include "view/view.h"
#include "view/view.words.h"
#include "web/operation.h"
#include <math.h>

struct need_query { int64_t unit; };
struct need_row { int64_t skill; str name, verdict, finding; int64_t at, low, high, width, speaking; list sides; bool known, contradicts, needed; };
struct need_unit_choice { int64_t id; str path; };
struct need_reason { str reason, label; int64_t percent; };
struct need_overview { int64_t unit, contradictions, needed; str unit_name, finding; list rows, silent, units, reasons; date from, until; str band; struct need_query form; bool works, left_few, choose; };
RECORD(need_query, FIELD(need_query, unit, .label = W(needs_unit), .optional = true));
RECORD(need_row, FIELD(need_row, skill), FIELD(need_row, name), FIELD(need_row, verdict, .doc = "contradict, need, none, alone-need, alone-none, unsure or silent."), FIELD(need_row, finding),
	FIELD(need_row, at, .doc = "Together, by weight: 0 to 100; from 50 on a need."), FIELD(need_row, low), FIELD(need_row, high), FIELD(need_row, speaking), FIELD(need_row, sides, .of = &need_side_record));
RECORD(need_unit_choice, FIELD(need_unit_choice, id), FIELD(need_unit_choice, path));
RECORD(need_reason, FIELD(need_reason, reason), FIELD(need_reason, percent));
RECORD(need_overview, FIELD(need_overview, unit), FIELD(need_overview, unit_name), FIELD(need_overview, form, .of = &need_query_record), FIELD(need_overview, finding), FIELD(need_overview, rows, .of = &need_row_record),
	FIELD(need_overview, silent, .of = &need_skill_record, .doc = "Skills of which no side says anything."), FIELD(need_overview, reasons, .of = &need_reason_record), FIELD(need_overview, from), FIELD(need_overview, until), FIELD(need_overview, units, .of = &need_unit_choice_record));
#include "needs_overview.html.h"

static int by_urgency(const void *a, const void *b)
{
	const struct need_row *x = a, *y = b;
	if (x->contradicts != y->contradicts)
		return x->contradicts ? -1 : 1;
	if (x->known != y->known)
		return x->known ? -1 : 1;
	return (x->at < y->at) - (x->at > y->at);
}

/* Why people left, over everybody: percents of those in the last stretch. */
static enum status reasons_fill(struct ctx *c, struct need_overview *out)
{
	list rows = { 0 };
	TRY(leavers_stretch(c, &rows, &out->from, &out->until));
	out->left_few = !rows.count;
	for (const struct choice *k = leaver_reasons; k->value.at && rows.count; k++) {
		int64_t n = 0;
		for (each(struct leaver_row, l, rows))
			n += str_eq(l->reason, k->value);
		if (n)
			*list_add(c->arena, &out->reasons, struct need_reason) = (struct need_reason){ k->value, k->label->text[c->language], (100 * n + (int64_t)rows.count / 2) / (int64_t)rows.count };
	}
	int64_t from = (int64_t)rows.count / 5 * 5;
	out->band = text_format(c->arena, "%lld–%lld", (long long)from, (long long)from + 4);
	return OK;
}

static str title_of(struct ctx *c, const struct need_overview *o)
{
	const struct need_row *first = o->rows.count ? list_of(o->rows, struct need_row) : NULL;
	if (o->contradictions == 1)
		return first->finding;
	if (o->contradictions)
		return word_text(c->arena, c->language, W(needs_title_contradict), (const str[]){ text_of_int(c, o->contradictions) }, 1);
	if (o->needed == 1)
		for (each(struct need_row, r, o->rows))
			if (r->needed)
				return r->finding;
	return word_text(c->arena, c->language, o->needed ? W(needs_title_needed) : o->rows.count ? W(needs_title_unsure) : W(needs_title_silent), (const str[]){ text_of_int(c, o->needed) }, 1);
}

OPERATION(needs_show, need_query, need_overview,
	.route = "GET /needs",
	.allow = "needs.read",
	.page = overview_html,
	.csv = "rows",
	.lenient = true,
	.doc = "Per skill what the last survey, performance figures, people who left and leads say, on one scale; contradictions first. Of the whole organisation or a unit of the reader's.")
{
	struct need_units u;
	struct need_policy p;
	list said = { 0 };
	size_t unit;
	TRY(trust_purpose_works(c, PURPOSE_NEEDS, &out->works));
	TRY(need_units_load(c, &u));
	TRY(need_unit_ask(c, &u, in->unit, &unit));
	TRY(need_policy_load(c, &p));
	TRY(needs_gather(c, &u, unit, 0, &said));
	for (each(struct skill_said, s, said)) {
		struct need_verdict v;
		list sides = { 0 };
		TRY(need_judge(c, &p, &u, unit, s, &sides, &v));
		out->contradictions += v.contradicts;
		out->needed += v.needed;
		if (!v.speaking) {
			*list_add(c->arena, &out->silent, struct need_skill) = (struct need_skill){ s->skill, s->name };
			continue;
		}
		*list_add(c->arena, &out->rows, struct need_row) = (struct need_row){ s->skill, s->name, v.verdict, v.finding, v.at, v.low, v.high, v.width, v.speaking, sides, v.known, v.contradicts, v.needed };
	}
	list_sort(c->arena, &out->rows, struct need_row, by_urgency);
	for (size_t i = 1; i < u.count; i++)
		if (u.visible[i])
			*list_add(c->arena, &out->units, struct need_unit_choice) = (struct need_unit_choice){ u.at[i].id, u.at[i].path };
	out->choose = out->units.count > 0;
	out->unit = out->form.unit = in->unit;
	out->unit_name = need_unit_name(c, &u, unit);
	out->finding = title_of(c, out);
	return reasons_fill(c, out);
}
