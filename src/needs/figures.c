/* figures.c - performance figures out of somebody's file, of units or of single people; those of people become numbers of at least five at the door and are not kept.
 *
 * A row says what was reached of an indicator in a month, and the norm. Of people it is counted how many are under the norm, per unit: where fewer than
 * five come together, they are counted in the unit above instead, and what is left over at the top takes the smallest other unit along. So no number that is kept
 * is about fewer than five people, nor is any difference of two. Nothing else of a row is written anywhere.
 */
#include "inside.h"
#include "base/map.h"
#include "imports/imports.h"
#include "trust/trust.h"

struct figure_line { int64_t line; str indicator, skill, unit, person; date month; double value, norm; str better; int64_t people; int64_t skill_id, place; bool under; };
RECORD(figure_line,
	FIELD(figure_line, line),
	FIELD(figure_line, indicator, .label = W(needs_indicator), .required = true, .max = 120),
	FIELD(figure_line, skill,     .label = W(needs_skill), .required = true, .max = 120),
	FIELD(figure_line, unit,      .label = W(needs_unit), .max = 400),
	FIELD(figure_line, person,    .label = W(needs_person), .max = 120),
	FIELD(figure_line, month,     .label = W(needs_month), .required = true),
	FIELD(figure_line, value,     .label = W(needs_value), .required = true),
	FIELD(figure_line, norm,      .label = W(needs_norm), .required = true),
	FIELD(figure_line, better,    .label = W(needs_better), .max = 20),
	FIELD(figure_line, people,    .label = W(needs_people), .min = 1, .max = 1000000, .optional = true),
	FIELD(figure_line, skill_id), FIELD(figure_line, place), FIELD(figure_line, under));

struct need_indicator { int64_t id, skill; str name, fold; };
struct need_figure { int64_t id, indicator, unit; date month; int64_t people, under; bool by_person; };
struct need_seat { str person_id; int64_t unit; date start_day, end_day; };
struct need_skill_key { int64_t id; str key, name_nl, name_en, uri; };
RECORD(need_indicator, FIELD(need_indicator, id), FIELD(need_indicator, skill), FIELD(need_indicator, name), FIELD(need_indicator, fold));
RECORD(need_figure, FIELD(need_figure, id), FIELD(need_figure, indicator), FIELD(need_figure, unit, .optional = true), FIELD(need_figure, month), FIELD(need_figure, people), FIELD(need_figure, under), FIELD(need_figure, by_person));
RECORD(need_seat, FIELD(need_seat, person_id), FIELD(need_seat, unit), FIELD(need_seat, start_day), FIELD(need_seat, end_day));
RECORD(need_skill_key, FIELD(need_skill_key, id), FIELD(need_skill_key, key), FIELD(need_skill_key, name_nl), FIELD(need_skill_key, name_en), FIELD(need_skill_key, uri));

static const struct import_name names[] = {
	{ "indicator", "kpi, maatstaf, prestatie, measure" },
	{ "skill", "vaardigheid, competentie" },
	{ "unit", "afdeling, team, onderdeel" },
	{ "person", "personeelsnummer, medewerker, person_id, employee" },
	{ "month", "maand, periode, datum, date, period" },
	{ "value", "waarde, score, uitkomst, result" },
	{ "norm", "target, doel, streefwaarde" },
	{ "better", "beter, richting, direction" },
	{ "people", "mensen, aantal, n" },
	{ 0 } };

static const struct import_table tables[] = {
	{ "need_figure", &need_figure_record, &query_needs_figure_load, &query_needs_figure_restore, &query_needs_figure_remove }, { 0 } };

/* A number as it will be kept, with what is there now. `place` is one of the tree of units. */
struct cell { int64_t line; size_t place; int64_t people, under; };
struct batch { int64_t skill, indicator, line; str name, fold; date month; bool by_person; list cells; };    /* one indicator in one month; of struct cell */
struct plan { struct need_units u; list batches; list stored; };
struct known { struct map skills, units, seats; list skill_names, unit_names, seat_rows; int64_t least; };

/* ---- Names to numbers ---- */

static void known_put(struct ctx *c, struct map *m, str name, int64_t id)
{
	if (name.len)
		map_put(c->arena, m, text_fold(c->arena, name), id, NULL);
}

static enum status known_load(struct ctx *c, struct plan *p, struct known *k)
{
	list skills = { 0 };
	TRY(gate_least(c, &k->least));
	TRY(store_all(c, needs_skill_keys, NOTHING, &skills));
	for (each(struct need_skill_key, s, skills)) {
		known_put(c, &k->skills, s->name_nl, s->id);
		known_put(c, &k->skills, s->name_en, s->id);
		known_put(c, &k->skills, s->key, s->id);
		known_put(c, &k->skills, s->uri, s->id);
		*list_add(c->arena, &k->skill_names, str) = s->name_nl.len ? s->name_nl : s->name_en;
	}
	TRY(need_units_load(c, &p->u));
	for (size_t i = 1; i < p->u.count; i++) {
		known_put(c, &k->units, p->u.at[i].path, (int64_t)i);
		*list_add(c->arena, &k->unit_names, str) = p->u.at[i].path;
	}
	TRY(store_all(c, needs_seats, NOTHING, &k->seat_rows));
	for (size_t i = 0; i < k->seat_rows.count; i++)
		map_put(c->arena, &k->seats, list_item(k->seat_rows, struct need_seat, i)->person_id, (int64_t)i, NULL);
	return OK;
}

/* Where somebody worked on the last day of that month: the rows of one person stand beside each other. */
static bool seat_find(const struct known *k, const struct plan *p, str person, date month, int64_t *place)
{
	int64_t first;
	date day = date_add_days(date_add_months(month, 1), -1);
	if (!map_find(&k->seats, person, &first))
		return false;
	for (size_t i = (size_t)first; i < k->seat_rows.count; i++) {
		const struct need_seat *s = list_item(k->seat_rows, struct need_seat, i);
		if (!str_eq(s->person_id, person))
			break;
		if (date_compare(s->start_day, day) <= 0 && (!date_is(s->end_day) || date_compare(s->end_day, month) >= 0)) {
			*place = (int64_t)need_unit_place(&p->u, s->unit);
			return true;
		}
	}
	return false;
}

static bool lower_is_better(str better)
{
	return str_eq_ignoring_case(better, S("lower")) || str_eq_ignoring_case(better, S("lager"));
}

static void line_look_up(struct ctx *c, struct import *im, const struct known *k, const struct plan *p, struct figure_line *l)
{
	struct civil month = date_civil(l->month);
	l->month = date_of(month.year, month.month, 1);
	l->skill_id = l->place = 0;
	if (!map_find(&k->skills, text_fold(c->arena, l->skill), &l->skill_id))
		import_unknown(c, im, l->line, S("skill"), l->skill, &k->skill_names);
	if (date_compare(l->month, c->today) > 0)
		import_object(c, im, l->line, S("month"), W(needs_month_ahead), date_iso(c->arena, l->month));
	if (l->better.len && !lower_is_better(l->better) && !str_eq_ignoring_case(l->better, S("higher")) && !str_eq_ignoring_case(l->better, S("hoger")))
		import_object(c, im, l->line, S("better"), W(needs_better_which), l->better);
	if (l->unit.len) {
		if (!map_find(&k->units, text_fold(c->arena, l->unit), &l->place))
			import_unknown(c, im, l->line, S("unit"), l->unit, &k->unit_names);
	} else if (!l->person.len) {
		import_object(c, im, l->line, S("unit"), W(needs_figure_of_whom), S(""));
	} else if (!seat_find(k, p, l->person, l->month, &l->place)) {
		import_object(c, im, l->line, S("person"), W(needs_person_nowhere), date_iso(c->arena, l->month));
	}
	l->under = lower_is_better(l->better) ? l->value > l->norm : l->value < l->norm;
	if (!l->person.len && l->people < k->least)
		import_object(c, im, l->line, S("people"), W(needs_figure_few), text_format(c->arena, "%lld", (long long)k->least));
}

/* ---- Lines to numbers ---- */

static struct batch *batch_of(struct ctx *c, struct plan *p, struct map *at, const struct figure_line *l)
{
	str fold = text_fold(c->arena, l->indicator);
	str key = text_format(c->arena, "%lld/%d/" S_FMT, (long long)l->skill_id, l->month.day, S_ARG(fold));
	int64_t place = (int64_t)p->batches.count;
	if (!map_put(c->arena, at, key, place, &place))
		return list_item(p->batches, struct batch, place);
	struct batch *b = list_add(c->arena, &p->batches, struct batch);
	*b = (struct batch){ .skill = l->skill_id, .line = l->line, .name = l->indicator, .fold = fold, .month = l->month, .by_person = l->person.len > 0 };
	return b;
}

static struct cell *cell_of(struct ctx *c, struct batch *b, size_t place, int64_t line)
{
	for (each(struct cell, k, b->cells))
		if (k->place == place)
			return k;
	struct cell *made = list_add(c->arena, &b->cells, struct cell);
	*made = (struct cell){ .line = line, .place = place };
	return made;
}

/* Whoever stands twice in one month of one indicator would count twice. */
static void line_count(struct ctx *c, struct import *im, struct plan *p, struct map *batches, struct map *people, const struct figure_line *l)
{
	struct batch *b = batch_of(c, p, batches, l);
	int64_t n = (int64_t)(b - list_of(p->batches, struct batch));
	if (b->by_person != (l->person.len > 0)) {
		import_object(c, im, l->line, S("person"), W(needs_figure_mixed), l->indicator);
		return;
	}
	if (l->person.len && !map_put(c->arena, people, text_format(c->arena, "%lld/" S_FMT, (long long)n, S_ARG(l->person)), l->line, NULL)) {
		import_object(c, im, l->line, S("person"), W(needs_person_twice), l->indicator);
		return;
	}
	struct cell *k = cell_of(c, b, (size_t)l->place, l->line);
	if (!b->by_person && k->people) {
		import_object(c, im, l->line, S("unit"), W(needs_unit_twice), l->unit);
		return;
	}
	k->people += b->by_person ? 1 : l->people;
	k->under += !l->under ? 0 : b->by_person ? 1 : l->people;
}

static bool is_above(const struct plan *p, size_t above, size_t place)
{
	while (place > above)
		place = (size_t)p->u.at[place].parent;
	return place == above;
}

static bool is_in(const struct batch *b, size_t place)
{
	for (each(struct cell, k, b->cells))
		if (k->place == place)
			return true;
	return false;
}

/* A figure of a unit that lies in another with a figure of its own: together they would tell about the rest. */
static void nested_object(struct ctx *c, struct import *im, const struct plan *p, const struct batch *b)
{
	list places = { 0 };
	for (each(struct cell, k, b->cells))
		*list_add(c->arena, &places, size_t) = k->place;
	for (each(struct need_figure, f, p->stored))
		if (b->indicator && f->indicator == b->indicator && !date_compare(f->month, b->month))
			*list_add(c->arena, &places, size_t) = need_unit_place(&p->u, f->unit);
	for (each(struct cell, k, b->cells))
		for (each(size_t, other, places))
			if (*other != k->place && (is_above(p, *other, k->place) || is_above(p, k->place, *other)) && !import_is_wrong(im, k->line))
				import_object(c, im, k->line, S("unit"), W(needs_unit_nested), p->u.at[k->place].path, need_unit_name(c, &p->u, *other));
}

/* Numbers of the same month in other units, from another file: with those of this one some people would count twice. */
static void other_units_object(struct ctx *c, struct import *im, const struct plan *p, const struct batch *b)
{
	for (each(struct need_figure, f, p->stored))
		if (b->indicator && f->indicator == b->indicator && !date_compare(f->month, b->month) && (f->by_person || b->by_person) && !is_in(b, need_unit_place(&p->u, f->unit))
			&& !import_is_wrong(im, b->line))
			import_object(c, im, b->line, S("month"), W(needs_figure_again), b->name, date_iso(c->arena, b->month));
}

/* Moves what is too small to the unit above, the deepest first; true when everything that is left is of enough people. */
static bool cells_coarsen(struct ctx *c, const struct plan *p, struct batch *b, int64_t least)
{
	struct cell *at = arena_array_of(c->arena, struct cell, p->u.count);
	list kept = { 0 };
	for (each(struct cell, k, b->cells))
		at[k->place] = *k;
	for (size_t i = p->u.count; i-- > 1; )
		if (at[i].people && at[i].people < least) {
			struct cell *above = &at[p->u.at[i].parent];
			above->people += at[i].people;
			above->under += at[i].under;
			above->line = above->line ? above->line : at[i].line;
			at[i] = (struct cell){ 0 };
		}
	size_t smallest = 0;
	for (size_t i = 1; i < p->u.count; i++)
		if (at[i].people && (!smallest || at[i].people < at[smallest].people))
			smallest = i;
	if (at[0].people && at[0].people < least && smallest) {
		at[0].people += at[smallest].people;
		at[0].under += at[smallest].under;
		at[smallest] = (struct cell){ 0 };
	}
	for (size_t i = 0; i < p->u.count; i++)
		if (at[i].people >= least) {
			at[i].place = i;
			*list_add(c->arena, &kept, struct cell) = at[i];
		}
	b->cells = kept;
	return kept.count > 0;
}

static const struct need_figure *stored_find(const struct plan *p, const struct batch *b, int64_t unit)
{
	for (each(struct need_figure, f, p->stored))
		if (f->indicator == b->indicator && f->unit == unit && !date_compare(f->month, b->month))
			return f;
	return NULL;
}

static void batch_compare(struct import *im, const struct plan *p, const struct batch *b)
{
	for (each(struct cell, k, b->cells)) {
		const struct need_figure *f = stored_find(p, b, p->u.at[k->place].id);
		*(!f ? &im->count.added : f->people == k->people && f->under == k->under && f->by_person == b->by_person ? &im->count.same : &im->count.changed) += 1;
	}
}

static enum status figures_check(struct ctx *c, struct import *im)
{
	struct plan *p = arena_new_of(c->arena, struct plan);
	struct known k = { 0 };
	struct map batches = { 0 }, people = { 0 };
	list indicators = { 0 };
	im->own = p;
	TRY(trust_purpose(c, PURPOSE_NEEDS));
	TRY(known_load(c, p, &k));
	TRY(store_all(c, needs_indicators, NOTHING, &indicators));
	TRY(store_all(c, needs_figures_kept, NOTHING, &p->stored));
	for (each(struct figure_line, l, im->rows)) {
		line_look_up(c, im, &k, p, l);
		if (!import_is_wrong(im, l->line))
			line_count(c, im, p, &batches, &people, l);
	}
	for (each(struct batch, b, p->batches)) {
		for (each(struct need_indicator, i, indicators))
			if (i->skill == b->skill && str_eq(i->fold, b->fold))
				b->indicator = i->id;
		if (!b->by_person)
			nested_object(c, im, p, b);
		else if (!cells_coarsen(c, p, b, k.least) && !import_is_wrong(im, b->line))
			import_object(c, im, b->line, S("indicator"), W(needs_figure_few_people), b->name, text_format(c->arena, "%lld", (long long)k.least));
		other_units_object(c, im, p, b);
		batch_compare(im, p, b);
	}
	return OK;
}

/* ---- Written ---- */

static enum status cell_write(struct ctx *c, struct import *im, const struct plan *p, const struct batch *b, const struct cell *k)
{
	const struct need_figure *f = stored_find(p, b, p->u.at[k->place].id);
	struct need_figure row = { f ? f->id : 0, b->indicator, p->u.at[k->place].id, b->month, k->people, k->under, b->by_person };
	if (f && f->people == row.people && f->under == row.under && f->by_person == row.by_person)
		return OK;
	if (f) {
		TRY(store_run(c, needs_figure_change, &row, NULL));
		return import_changed(c, im, tables, f->id, f, &row);
	}
	struct by_id made = { 0 };
	TRY(store_one(c, needs_figure_add, &row, &made));
	row.id = made.id;
	return import_added(c, im, tables, made.id, &row);
}

static enum status figures_apply(struct ctx *c, struct import *im)
{
	const struct plan *p = im->own;
	for (each(struct batch, b, p->batches)) {
		if (!b->indicator) {
			/* The same indicator in two months of one file is one. */
			struct by_id made = { 0 };
			for (each(struct batch, before, p->batches))
				if (before < b && before->skill == b->skill && str_eq(before->fold, b->fold))
					made.id = before->indicator;
			if (!made.id)
				TRY(store_one(c, needs_indicator_add, (&(struct need_indicator){ .skill = b->skill, .name = b->name, .fold = b->fold }), &made));
			b->indicator = made.id;
		}
		for (each(struct cell, k, b->cells))
			TRY(cell_write(c, im, p, b, k));
	}
	return OK;
}

IMPORT(figures, figure_line,
	.label = W(needs_import),
	.hint = W(needs_import_hint),
	.allow = "needs.manage",
	.doc = "Performance figures per skill: indicator, skill, month, value, norm, better (higher or lower), and unit with people, or person. Figures of people become numbers of at least five per unit and are not kept.",
	.names = names,
	.tables = tables,
	.check = figures_check,
	.apply = figures_apply)
