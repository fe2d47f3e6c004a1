/* gather.c - what each of the four sides says of a skill in a unit; where there are too few for that unit, what they say in the one above it.
 *
 * Every side is a share of so many, with the interval of a share (science.md, section 4). Each goes through the gate by itself, over the whole tree of
 * units and the same for every reader: whoever knows some of the people is told no more.
 */
#include "inside.h"
#include "base/map.h"
#include "stats/interval.h"
#include "surveys/surveys.h"
#include "trust/trust.h"
#include <math.h>

struct need_skill_row { int64_t id; str name_nl, name_en, fold; };
struct need_note_count { int64_t skill, unit, people, hits, urgent; };
struct need_figure_now { int64_t skill, indicator, unit, people, under; date month; bool by_person; };
RECORD(need_skill_row, FIELD(need_skill_row, id), FIELD(need_skill_row, name_nl), FIELD(need_skill_row, name_en), FIELD(need_skill_row, fold));
RECORD(need_window, FIELD(need_window, since), FIELD(need_window, until));
RECORD(need_note_count, FIELD(need_note_count, skill), FIELD(need_note_count, unit, .optional = true), FIELD(need_note_count, people), FIELD(need_note_count, hits), FIELD(need_note_count, urgent));
RECORD(need_figure_now, FIELD(need_figure_now, skill), FIELD(need_figure_now, indicator), FIELD(need_figure_now, unit), FIELD(need_figure_now, people), FIELD(need_figure_now, under),
	FIELD(need_figure_now, month), FIELD(need_figure_now, by_person));
RECORD(need_skill, FIELD(need_skill, id), FIELD(need_skill, name));

enum { NOTES_MONTHS = 12, BAND = 5 };
static const double confidence = .95;

/* People and hits per place of the tree, summed upwards; `units`: how many figures of whole units it is made of. */
struct cell { int64_t people, hits, units; };

static void cells_sum(const struct need_units *u, struct cell *cells)
{
	for (size_t i = u->count; i-- > 1; ) {
		struct cell *above = &cells[u->at[i].parent];
		above->people += cells[i].people;
		above->hits += cells[i].hits;
		above->units += cells[i].units;
	}
}

/* Of each tree of cells the unit asked about, or the lowest one above it that may be told of; SIZE_MAX when not even the whole organisation may. All at once,
 * because the gate asks the store how few are too few. */
static enum status places_shown(struct ctx *c, const struct need_units *u, struct cell *const *trees, size_t count, size_t unit, size_t *places)
{
	struct gate_group *groups = arena_array_of(c->arena, struct gate_group, count * u->count + 1);
	enum gate_state *states = arena_array_of(c->arena, enum gate_state, count * u->count + 1);
	for (size_t t = 0; t < count; t++)
		for (size_t i = 0; i < u->count; i++)
			groups[t * u->count + i] = (struct gate_group){ i ? t * u->count + (size_t)u->at[i].parent : GATE_TOP, trees[t][i].people, 0 };
	TRY(gate_release(c, 0, groups, count * u->count, states));
	for (size_t t = 0; t < count; t++) {
		size_t at = unit;
		while (at && states[t * u->count + at] != GATE_SHOWN)
			at = (size_t)u->at[at].parent;
		places[t] = states[t * u->count + at] == GATE_SHOWN ? at : SIZE_MAX;
	}
	return OK;
}

/* n is the number the interval rests on, people the number it is about. */
static struct side_said share_said(size_t unit, int64_t people, double share, int64_t n)
{
	struct interval i = interval_share(llround(share * (double)n), n, 0, confidence);
	struct side_said s = { .shown = true, .people = people, .n = n, .unit = unit, .share = round(100 * share) / 100 };
	s.low = fmin(i.low, s.share);
	s.high = fmax(i.high, s.share);
	return s;
}

static struct cell *cells_new(struct ctx *c, const struct need_units *u)
{
	return arena_array_of(c->arena, struct cell, u->count);
}

struct gathering { const struct need_units *u; size_t unit; list *all; struct map at; };

static struct skill_said *said_of_skill(const struct gathering *g, int64_t skill)
{
	int64_t at;
	return map_find_number(&g->at, skill, &at) ? list_item(*g->all, struct skill_said, at) : NULL;
}

/* ---- The survey: figures that closing a round decided once (surveys) ---- */

static enum status survey_gather(struct ctx *c, struct gathering *g)
{
	list rows = { 0 };
	TRY(survey_needs(c, &rows));
	for (each(struct skill_said, s, *g->all))
		for (size_t place = g->unit; ; place = (size_t)g->u->at[place].parent) {
			struct side_said *to = &s->sides[SURVEY_SIDE];
			for (each(struct survey_need, r, rows))
				if (r->skill == s->skill && r->unit == g->u->at[place].id)
					*to = (struct side_said){ true, r->n, r->n, place, r->share, fmin(r->low, r->share), fmax(r->high, r->share), r->day, r->day, false };
			if (to->shown || !place)
				break;
		}
	return OK;
}

/* ---- Performance figures: of each indicator its newest month ---- */

static void figure_join(struct side_said *to, const struct side_said *one)
{
	if (!to->shown) {
		*to = *one;
		return;
	}
	/* Several indicators are about much the same people: their shares are averaged, and the interval rests on the largest number, not on the sum. */
	double share = (to->share * (double)to->n + one->share * (double)one->n) / (double)(to->n + one->n);
	bool more = one->n > to->n;
	struct side_said both = share_said(one->unit < to->unit ? one->unit : to->unit, more ? one->people : to->people, share, more ? one->n : to->n);
	both.from = date_compare(one->from, to->from) < 0 ? one->from : to->from;
	both.until = date_compare(one->until, to->until) > 0 ? one->until : to->until;
	both.by_unit = to->by_unit || one->by_unit;
	*to = both;
}

static struct cell *indicator_cells(struct ctx *c, const struct need_units *u, const struct need_figure_now *first, size_t count)
{
	struct cell *cells = cells_new(c, u);
	for (size_t i = 0; i < count; i++) {
		size_t at = need_unit_place(u, first[i].unit);
		cells[at].people += first[i].people;
		cells[at].hits += first[i].under;
		cells[at].units++;
	}
	cells_sum(u, cells);
	return cells;
}

static enum status figures_gather(struct ctx *c, struct gathering *g)
{
	list rows = { 0 };
	TRY(store_all(c, needs_figures_now, NOTHING, &rows));
	const struct need_figure_now *all = rows.at;
	struct cell **trees = arena_array_of(c->arena, struct cell *, rows.count + 1);
	size_t *first = arena_array_of(c->arena, size_t, rows.count + 1), *places = arena_array_of(c->arena, size_t, rows.count + 1), count = 0;
	for (size_t i = 0, n; i < rows.count; i += n) {
		for (n = 1; i + n < rows.count && all[i + n].indicator == all[i].indicator; n++)
			;
		if (!said_of_skill(g, all[i].skill))
			continue;
		first[count] = i;
		trees[count++] = indicator_cells(c, g->u, &all[i], n);
	}
	TRY(places_shown(c, g->u, trees, count, g->unit, places));
	for (size_t t = 0; t < count; t++) {
		if (places[t] == SIZE_MAX)
			continue;
		const struct need_figure_now *f = &all[first[t]];
		const struct cell *k = &trees[t][places[t]];
		struct side_said one = share_said(places[t], k->people, (double)k->hits / (double)k->people, f->by_person ? k->people : k->units);
		one.from = one.until = f->month;
		one.by_unit = !f->by_person;
		figure_join(&said_of_skill(g, f->skill)->sides[FIGURES_SIDE], &one);
	}
	return OK;
}

/* ---- People who left ---- */

static enum status leavers_gather(struct ctx *c, struct gathering *g)
{
	list rows = { 0 };
	date from, until;
	size_t place;
	TRY(leavers_stretch(c, &rows, &from, &until));
	if (!rows.count)
		return OK;
	struct cell *all = cells_new(c, g->u);
	for (each(struct leaver_row, l, rows))
		all[need_unit_place(g->u, l->unit)].people++;
	cells_sum(g->u, all);
	TRY(places_shown(c, g->u, &all, 1, g->unit, &place));
	if (place == SIZE_MAX)
		return OK;
	for (each(struct skill_said, s, *g->all)) {
		int64_t hits = 0;
		for (each(struct leaver_row, l, rows))
			for (size_t at = need_unit_place(g->u, l->unit); l->skill == s->skill; at = (size_t)g->u->at[at].parent) {
				hits += at == place;
				if (at == place || !at)
					break;
			}
		s->sides[LEAVERS_SIDE] = share_said(place, all[place].people, (double)hits / (double)all[place].people, all[place].people);
		s->sides[LEAVERS_SIDE].from = from;
		s->sides[LEAVERS_SIDE].until = until;
	}
	return OK;
}

/* ---- Leads: as their notes stood when this month began ---- */

static enum status leads_gather(struct ctx *c, struct gathering *g)
{
	list rows = { 0 };
	struct civil today = date_civil(c->today);
	date month = date_of(today.year, today.month, 1), since = date_add_months(month, -NOTES_MONTHS);
	struct need_window w = { 0 };
	instant_from_iso(text_join(c->arena, date_iso(c->arena, month), S("T00:00")), &w.until);
	instant_from_iso(text_join(c->arena, date_iso(c->arena, since), S("T00:00")), &w.since);
	TRY(store_all(c, needs_notes_counted, &w, &rows));
	size_t count = g->all->count, *places = arena_array_of(c->arena, size_t, count + 1);
	struct cell **trees = arena_array_of(c->arena, struct cell *, count + 1);
	for (size_t i = 0; i < count; i++) {
		trees[i] = cells_new(c, g->u);
		for (each(struct need_note_count, r, rows))
			if (r->skill == list_item(*g->all, struct skill_said, i)->skill) {
				struct cell *at = &trees[i][need_unit_place(g->u, r->unit)];
				at->people += r->people;
				at->hits += r->hits;
			}
		cells_sum(g->u, trees[i]);
	}
	TRY(places_shown(c, g->u, trees, count, g->unit, places));
	for (size_t i = 0; i < count; i++) {
		if (places[i] == SIZE_MAX)
			continue;
		const struct cell *k = &trees[i][places[i]];
		struct side_said *said = &list_item(*g->all, struct skill_said, i)->sides[LEADS_SIDE];
		*said = share_said(places[i], k->people, (double)k->hits / (double)k->people, k->people);
		said->from = since;
		said->until = date_add_days(month, -1);
	}
	return OK;
}

/* ---- All of it ---- */

static str skill_name(const struct ctx *c, const struct need_skill_row *s)
{
	str mine = c->language == NL ? s->name_nl : s->name_en;
	return mine.len ? mine : c->language == NL ? s->name_en : s->name_nl;
}

static bool is_heard(const struct skill_said *s)
{
	for (int i = 0; i < SIDES; i++)
		if (i != LEAVERS_SIDE ? s->sides[i].shown : s->sides[i].shown && s->sides[i].share > 0)
			return true;
	return false;
}

enum status needs_gather(struct ctx *c, const struct need_units *u, size_t unit, int64_t skill, list *out)
{
	list skills = { 0 }, critical = { 0 }, all = { 0 };
	struct map asked = { 0 };
	struct gathering g = { .u = u, .unit = unit, .all = &all };
	int64_t one;
	TRY(store_all(c, needs_skills, NOTHING, &skills));
	TRY(store_all(c, needs_critical, NOTHING, &critical));
	for (each(struct by_id, k, critical))
		map_put_number(c->arena, &asked, k->id, 1, NULL);
	for (each(struct need_skill_row, s, skills)) {
		if (skill && s->id != skill)
			continue;
		map_put_number(c->arena, &g.at, s->id, (int64_t)all.count, NULL);
		*list_add(c->arena, &all, struct skill_said) = (struct skill_said){ .skill = s->id, .name = skill_name(c, s) };
	}
	TRY(survey_gather(c, &g));
	TRY(figures_gather(c, &g));
	TRY(leavers_gather(c, &g));
	TRY(leads_gather(c, &g));
	for (each(struct skill_said, s, all))
		if (skill || is_heard(s) || map_find_number(&asked, s->skill, &one))
			*list_add(c->arena, out, struct skill_said) = *s;
	return OK;
}

enum status need_skills(struct ctx *c, list *out)
{
	list rows = { 0 };
	TRY(store_all(c, needs_skills, NOTHING, &rows));
	for (each(struct need_skill_row, s, rows))
		*list_add(c->arena, out, struct need_skill) = (struct need_skill){ s->id, skill_name(c, s) };
	return OK;
}
