/* cell.c - one cell of the map: what it is made of, by level, by unit below it, by role. */
#include "gap.h"
#include "view/chart.h"
#include "view/view.words.h"
#include "web/operation.h"

struct part_row { str name, link; int64_t people, known, of, low, high; double expected; bool shown, few; };
struct gap_skill_page {
	int64_t id; str skill_name, unit_name, state; date day; int64_t people, known, self_rated, required, low, high; double expected, weighted_gap; list units, roles;
	/* For the page only. */
	str unit, finding, map, unit_link, csv;
	list levels;
	int64_t of, least_known;
	bool shown, few;
};
RECORD(part_row, FIELD(part_row, name), FIELD(part_row, people), FIELD(part_row, known), FIELD(part_row, expected), FIELD(part_row, low), FIELD(part_row, high), FIELD(part_row, shown));
RECORD(gap_skill_page, FIELD(gap_skill_page, id), FIELD(gap_skill_page, skill_name), FIELD(gap_skill_page, unit_name), FIELD(gap_skill_page, day),
	FIELD(gap_skill_page, state, .doc = "shown, not-known, or few."), FIELD(gap_skill_page, people), FIELD(gap_skill_page, known), FIELD(gap_skill_page, self_rated),
	FIELD(gap_skill_page, required), FIELD(gap_skill_page, expected), FIELD(gap_skill_page, low), FIELD(gap_skill_page, high), FIELD(gap_skill_page, weighted_gap),
	FIELD(gap_skill_page, units, .of = &part_row_record), FIELD(gap_skill_page, roles, .of = &part_row_record));
#include "strategy_skill.html.h"

static struct part_row part_of(const struct figure *f, str name, str link)
{
	return (struct part_row){ name, link, f->people, f->known, figure_of(f), f->low, f->high, f->shown == SHOWN ? f->expected : NAN, f->shown == SHOWN,
		f->shown == FEW || f->shown == BESIDE };
}

static list levels_of(struct ctx *c, const struct figure *f, const struct gap_question *q, int64_t skill)
{
	const struct wanted *w = q->ambition.id ? wanted_find(q->n, q->ambition.id, skill) : NULL;
	int64_t needed = q->wish.target ? q->wish.target : w ? w->target_level : 0;
	list bars = { 0 };
	for (int l = LEVELS; l >= 1; l--)
		*list_add(c->arena, &bars, struct chart_bar) = (struct chart_bar){ level_word(c, l), llround(f->spread[l - 1]), l == needed, needed && l < needed };
	return bars;
}

static str finding_of(struct ctx *c, const struct gap_skill_page *p)
{
	str values[] = { text_of_int(c, llround(p->expected)), text_of_int(c, p->of), p->unit_name, p->skill_name };
	const struct word *w = p->shown ? W(strategy_cell_finding) : p->few ? W(strategy_cell_finding_few) : W(strategy_cell_finding_unknown);
	return word_text(c->arena, c->language, w, p->shown ? values : values + 2, p->shown ? 4 : 2);
}

static enum status roles_list(struct ctx *c, const struct gap_question *q, list *out)
{
	if (q->unit != WHOLE && !q->seen.everybody)
		return OK;
	struct figure *at = arena_array_of(c->arena, struct figure, q->n->role_count + 1);
	TRY(role_column(c, q, q->skills[0], at));
	for (size_t r = 0; r < q->n->role_count; r++)
		if (at[r].shown != NOBODY) {
			const struct gap_role *role = &q->n->roles[r];
			*list_add(c->arena, out, struct part_row) = part_of(&at[r], c->language == EN && role->name_en.len ? role->name_en : role->name, (str){ 0 });
		}
	return OK;
}

OPERATION(gap_skill_show, gap_query, gap_skill_page,
	.route = "GET /gap/skill",
	.allow = "gap.read",
	.page = skill_html,
	.csv = "units",
	.lenient = true,
	.doc = "One skill in one unit: how many are expected at target, on which levels people are, and what the figure is made of.")
{
	struct gap_question q;
	struct figure *at;
	if (!in->skill.len)
		return object(c, S("skill"), W(strategy_skill_none));
	TRY(gap_ask(c, in, &q));
	TRY(gap_answer(c, &q, &at));
	const struct figure *f = &at[q.unit];
	const struct needs *n = q.n;
	int64_t skill = n->skills[q.skills[0]].id;
	*out = (struct gap_skill_page){ .id = skill, .skill_name = q.names[q.skills[0]], .unit_name = unit_title(c, n, q.unit), .day = q.wish.day, .people = f->people,
		.known = f->known, .self_rated = f->self_rated, .required = f->required, .low = f->low, .high = f->high, .of = figure_of(f), .unit = in->unit,
		.shown = f->shown == SHOWN, .few = f->shown == FEW || f->shown == BESIDE, .least_known = n->least_known_percent,
		.expected = f->shown == SHOWN ? f->expected : NAN, .weighted_gap = f->shown == SHOWN ? f->weighted : NAN };
	out->state = out->shown ? S("shown") : out->few ? S("few") : S("not-known");
	out->levels = levels_of(c, f, &q, skill);
	out->finding = finding_of(c, out);
	out->map = gap_link(c, "/gap", in, (str){ 0 }, (str){ 0 });
	out->unit_link = gap_link(c, "/gap", in, in->unit, (str){ 0 });
	out->csv = gap_link(c, "/gap/by/unit.csv", in, in->unit, number_link(c, skill));
	for (size_t u = 1; u < n->unit_count; u++)
		if ((size_t)n->units[u].parent == q.unit && at[u].shown != NOBODY)
			*list_add(c->arena, &out->units, struct part_row) = part_of(&at[u], n->units[u].name, gap_link(c, "/gap/skill", in, n->units[u].path, number_link(c, skill)));
	return roles_list(c, &q, &out->roles);
}
