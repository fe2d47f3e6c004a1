/* skill.c - one skill from four sides: who sees a need, how many that is, where the figure comes from, and what to do with it. */
#include "inside.h"
#include "skills/skills.h"
#include "strategy/strategy.h"
#include "trust/trust.h"
#include "view/view.h"
#include "view/view.words.h"
#include "web/operation.h"
#include <math.h>

struct need_skill_query { int64_t id, unit; };
struct need_ambition { int64_t id; str name; };
struct need_indicator_shown { str name; date month; };
struct need_signal { int64_t id; str title, way; };
struct need_choice_unit { int64_t id; str path; };
struct need_skill_page {
	int64_t id, unit; str name, unit_name, verdict, finding, next; int64_t at, low, high, width, speaking;
	list sides, ambitions, indicators, signals, units; struct need_skill_query form;
	bool known, contradicts, needed, works, choose, elsewhere;
};
RECORD(need_skill_query, FIELD(need_skill_query, id), FIELD(need_skill_query, unit, .label = W(needs_unit), .optional = true));
RECORD(need_ambition, FIELD(need_ambition, id), FIELD(need_ambition, name));
RECORD(need_indicator_shown, FIELD(need_indicator_shown, name), FIELD(need_indicator_shown, month));
RECORD(need_signal, FIELD(need_signal, id), FIELD(need_signal, title), FIELD(need_signal, way));
RECORD(need_choice_unit, FIELD(need_choice_unit, id), FIELD(need_choice_unit, path));
RECORD(need_skill_page, FIELD(need_skill_page, id), FIELD(need_skill_page, name), FIELD(need_skill_page, unit), FIELD(need_skill_page, unit_name), FIELD(need_skill_page, form, .of = &need_skill_query_record), FIELD(need_skill_page, verdict),
	FIELD(need_skill_page, finding), FIELD(need_skill_page, at, .doc = "Together, by weight: 0 to 100; from 50 on a need."), FIELD(need_skill_page, low), FIELD(need_skill_page, high),
	FIELD(need_skill_page, speaking), FIELD(need_skill_page, sides, .of = &need_side_record), FIELD(need_skill_page, ambitions, .of = &need_ambition_record),
	FIELD(need_skill_page, indicators, .of = &need_indicator_shown_record), FIELD(need_skill_page, signals, .of = &need_signal_record));
#include "needs_skill.html.h"

static const struct word *next_of(const struct need_skill_page *p)
{
	return p->contradicts ? W(needs_next_contradict) : p->needed ? W(needs_next_need) : str_eq(p->verdict, S("none")) ? W(needs_next_none)
		: p->speaking < 2 ? W(needs_next_listen) : W(needs_next_unsure);
}

static enum status signals_fill(struct ctx *c, int64_t skill, list *out)
{
	list rows = { 0 };
	TRY(store_all(c, signals_of_skill, (&(struct by_id){ skill }), &rows));
	for (each(struct signal_row, r, rows))
		*list_add(c->arena, out, struct need_signal) = (struct need_signal){ r->id, r->title, r->way };
	return OK;
}

OPERATION(need_skill_show, need_skill_query, need_skill_page,
	.route = "GET /needs/{id}",
	.allow = "needs.read",
	.page = skill_html,
	.csv = "sides",
	.lenient = true,
	.doc = "One skill from four sides: the survey, performance figures, people who left and leads, each with its number of people and interval on one scale, and whether they contradict each other.")
{
	struct need_units u;
	struct need_policy p;
	struct need_verdict v;
	struct skill s;
	list said = { 0 };
	size_t unit;
	TRY(skill_load_in_use(c, in->id, &s));
	TRY(trust_purpose_works(c, PURPOSE_NEEDS, &out->works));
	TRY(need_units_load(c, &u));
	TRY(need_unit_ask(c, &u, in->unit, &unit));
	TRY(need_policy_load(c, &p));
	TRY(needs_gather(c, &u, unit, in->id, &said));
	if (!said.count)
		return refuse(c, NOT_FOUND, "no-such-skill", W(needs_no_skill));
	TRY(need_judge(c, &p, &u, unit, said.at, &out->sides, &v));
	*out = (struct need_skill_page){ .id = s.id, .unit = in->unit, .name = s.name, .unit_name = need_unit_name(c, &u, unit), .verdict = v.verdict, .finding = v.finding, .at = v.at, .low = v.low,
		.high = v.high, .width = v.width, .speaking = v.speaking, .sides = out->sides, .known = v.known, .contradicts = v.contradicts, .needed = v.needed, .works = out->works,
		.form = { in->id, in->unit } };
	for (each(struct need_side, x, out->sides))
		out->elsewhere |= x->elsewhere;
	out->next = next_of(out)->text[c->language];
	for (size_t i = 1; i < u.count; i++)
		if (u.visible[i])
			*list_add(c->arena, &out->units, struct need_choice_unit) = (struct need_choice_unit){ u.at[i].id, u.at[i].path };
	out->choose = out->units.count > 0;
	TRY(store_all(c, needs_ambitions_of, (&(struct by_id){ s.id }), &out->ambitions));
	TRY(store_all(c, needs_indicators_of, (&(struct by_id){ s.id }), &out->indicators));
	return signals_fill(c, s.id, &out->signals);
}
