/* map.c - the heat map: units by skills, the whole on top, each cell a link to what it is made of. */
#include "gap.h"
#include "store/cache.h"
#include "view/view.words.h"
#include "web/operation.h"
#include <stdio.h>

struct heat_cell { str kind, tenths, share, of, link; bool unknown, few; };
struct heat_column { str name, link; };
struct heat_row { str name, link; bool whole, in; list cells; };
struct heat { list columns, rows; };
RECORD(heat, FIELD(heat, columns));

struct crumb { str name, link; };
struct option { str value, name; };
struct gap_map {
	str unit, ambition;                        /* as typed */
	int64_t target;
	date day;
	list rows;                                 /* of struct gap_unit_row: exactly what the map shows */
	/* For the page only. */
	str unit_name, csv, what_if, target_text, finding;
	list above, ambitions, levels, units;
	int64_t people, skills_count, least_known;
	safe_html heat;
};
RECORD(gap_map, FIELD(gap_map, unit), FIELD(gap_map, ambition), FIELD(gap_map, target, .optional = true), FIELD(gap_map, day),
	FIELD(gap_map, rows, .of = &gap_unit_row_record));
#include "strategy_heat.html.h"
#include "strategy_map.html.h"

/* ---- Links ---- */

str gap_link(struct ctx *c, const char *path, const struct gap_query *q, str unit, str skill)
{
	struct buffer b = { 0 };
	struct view v = { .c = c, .out = &b, .language = c->language };
	char mark = '?';
	const struct { const char *name; str value; } parts[] = { { "unit", unit }, { "skill", skill }, { "ambition", q->ambition },
		{ "target", q->target ? text_format(c->arena, "%lld", (long long)q->target) : (str){ 0 } }, { "on", date_is(q->on) ? date_iso(c->arena, q->on) : (str){ 0 } } };
	buffer_add(&b, str_of(path));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (!parts[i].value.len)
			continue;
		buffer_add_format(&b, "%c%s=", mark, parts[i].name);
		view_url(&v, parts[i].value);
		mark = '&';
	}
	str link = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return link;
}

str number_link(struct ctx *c, int64_t n)
{
	return text_format(c->arena, "%lld", (long long)n);
}

/* ---- Which rows ---- */

enum { ROWS_WANTED = 60, LEVELS_DOWN = 2 };

/* The unit asked about and two levels below it; one when that is more than fits a screen or two. */
static int64_t depth_shown(const struct gap_question *q)
{
	size_t count = 0;
	for (size_t u = q->unit; u < q->n->unit_count; u++)
		count += needs_is_under(q->n, u, q->unit) && q->n->units[u].depth <= q->n->units[q->unit].depth + LEVELS_DOWN;
	return q->n->units[q->unit].depth + (count > ROWS_WANTED ? 1 : LEVELS_DOWN);
}

static list units_shown(struct ctx *c, const struct gap_question *q)
{
	list shown = { 0 };
	int64_t deepest = depth_shown(q);
	for (size_t u = q->unit; u < q->n->unit_count; u++)
		if (needs_is_under(q->n, u, q->unit) && q->n->units[u].depth <= deepest)
			*list_add(c->arena, &shown, size_t) = u;
	return shown;
}

/* ---- The map ---- */

static str kind_of(double share)
{
	return share < .5 ? S("h1") : share < .75 ? S("h2") : share < .95 ? S("h3") : share < 1.1 ? S("h4") : S("h5");
}

static struct heat_cell cell_of(struct ctx *c, const struct figure *f, str link)
{
	struct heat_cell x = { .link = link, .unknown = f->shown == UNKNOWN, .few = f->shown == FEW || f->shown == BESIDE };
	if (f->people)
		x.tenths = text_format(c->arena, "k%d", (int)(10 * f->known / f->people));
	if (f->shown != SHOWN)
		return x;
	double share = figure_share(f);
	str values[] = { text_of_int(c, llround(f->expected)), text_of_int(c, figure_of(f)) };
	x.kind = kind_of(share);
	x.share = percent_view(&(struct view){ .c = c, .language = c->language }, share);
	x.of = word_text(c->arena, c->language, W(strategy_of), values, 2);
	return x;
}

/* What stays the same for everybody with the same question and the same sight. */
struct map_kept { list rows, units; str html; int64_t people; size_t worst_skill, worst_unit; bool has_worst, all_known; };

CACHE(maps_kept, 16 << 20)

/* The finding: the skill most people are short in as a whole, and the unit right below where most of them are. */
static void worst_find(const struct gap_question *q, const struct figure *at, const list *units, struct map_kept *k)
{
	const struct needs *n = q->n;
	double most = .5, least = .5;
	for (size_t i = 0; i < q->count; i++) {
		const struct figure *f = &at[i * n->unit_count + q->unit];
		k->all_known |= f->shown == SHOWN;
		if (figure_short(f) > most) {
			most = figure_short(f);
			k->worst_skill = i;
			k->has_worst = true;
		}
	}
	k->worst_unit = q->unit;
	for (each(size_t, u, *units)) {
		const struct figure *f = &at[k->worst_skill * n->unit_count + *u];
		if (k->has_worst && *u != q->unit && (size_t)n->units[*u].parent == q->unit && figure_short(f) > least) {
			least = figure_short(f);
			k->worst_unit = *u;
		}
	}
}

static void heat_make(struct ctx *c, const struct gap_question *q, const struct figure *at, const list *units, struct heat *h)
{
	const struct needs *n = q->n;
	for (size_t i = 0; i < q->count; i++)
		*list_add(c->arena, &h->columns, struct heat_column) = (struct heat_column){ q->names[q->skills[i]],
			gap_link(c, "/gap/skill", &q->typed, q->typed.unit, number_link(c, n->skills[q->skills[i]].id)) };
	for (each(size_t, u, *units)) {
		const struct gap_unit *unit = &n->units[*u];
		struct heat_row *r = list_add(c->arena, &h->rows, struct heat_row);
		*r = (struct heat_row){ .name = unit_title(c, n, *u), .whole = *u == q->unit, .in = unit->depth > n->units[q->unit].depth + 1 };
		if (*u != q->unit)
			r->link = gap_link(c, "/gap", &q->typed, unit->path, (str){ 0 });
		for (size_t i = 0; i < q->count; i++)
			*list_add(c->arena, &r->cells, struct heat_cell) = cell_of(c, &at[i * n->unit_count + *u],
				gap_link(c, "/gap/skill", &q->typed, unit->path, number_link(c, n->skills[q->skills[i]].id)));
	}
}

static enum status map_make(struct ctx *c, struct arena *keep, const void *of, const void **made)
{
	const struct gap_question *q = of;
	struct figure *at;
	struct map_kept *k = arena_new_of(keep, struct map_kept);
	struct heat h = { 0 };
	TRY(gap_answer(c, q, &at));
	list units = units_shown(c, q);
	worst_find(q, at, &units, k);
	for (each(size_t, u, units))
		for (size_t i = 0; i < q->count; i++) {
			const struct figure *f = &at[i * q->n->unit_count + *u];
			if (f->shown == NOBODY)
				continue;
			struct gap_unit_row *r = list_add(keep, &k->rows, struct gap_unit_row);
			r->unit = text_copy(keep, unit_label(c, q->n, *u));
			r->skill = text_copy(keep, q->names[q->skills[i]]);
			FIGURE_FILL(r, f);
		}
	heat_make(c, q, at, &units, &h);
	struct buffer b = { 0 };
	struct view v = { .c = c, .out = &b, .language = c->language, .today = c->today };
	heat_part(&v, &h);
	k->html = text_copy(keep, buffer_text(&b));
	buffer_done(&b);
	*made = k;
	return OK;
}

/* Who sees the same and asks the same gets the same. */
static str map_key(struct ctx *c, const struct gap_question *q)
{
	int64_t head[] = { q->wish.day.day, q->wish.ambition, q->wish.target, (int64_t)q->unit, c->language, q->seen.everybody, q->seen.led_count ? c->me.person : 0,
		(int64_t)q->seen.ids.count };
	size_t ids = q->seen.ids.count * sizeof(int64_t);
	char *key = arena_take(c->arena, sizeof head + ids + 1);
	__builtin_memcpy(key, head, sizeof head);
	if (ids)
		__builtin_memcpy(key + sizeof head, q->seen.ids.at, ids);
	return (str){ key, sizeof head + ids };
}

/* ---- The page ---- */

static void choices_fill(struct ctx *c, const struct gap_question *q, const list *ambitions, struct gap_map *out)
{
	for (each(struct ambition, a, *ambitions))
		*list_add(c->arena, &out->ambitions, struct option) = (struct option){ number_link(c, a->id), a->name };
	for (int l = 1; l <= LEVELS; l++)
		*list_add(c->arena, &out->levels, struct option) = (struct option){ number_link(c, l), level_word(c, l) };
	for (size_t u = 1; u < q->n->unit_count; u++)
		*list_add(c->arena, &out->units, struct option) = (struct option){ q->n->units[u].path, q->n->units[u].path };
	list above = { 0 };
	for (size_t u = q->unit; u != WHOLE && (u = (size_t)q->n->units[u].parent) != WHOLE;)
		*list_add(c->arena, &above, size_t) = u;
	for (size_t i = above.count; i-- > 0;) {
		const struct gap_unit *u = &q->n->units[*list_item(above, size_t, i)];
		*list_add(c->arena, &out->above, struct crumb) = (struct crumb){ u->name, gap_link(c, "/gap", &q->typed, u->path, (str){ 0 }) };
	}
}

static str finding_of(struct ctx *c, const struct gap_question *q, const struct map_kept *k)
{
	if (!k->all_known)
		return W(strategy_gap_unknown)->text[c->language];
	if (!k->has_worst)
		return W(strategy_gap_none)->text[c->language];
	str values[] = { q->names[q->skills[k->worst_skill]], unit_title(c, q->n, k->worst_unit) };
	return word_text(c->arena, c->language, k->worst_unit == q->unit ? W(strategy_gap_worst) : W(strategy_gap_worst_in), values, 2);
}

OPERATION(gap_map, gap_query, gap_map,
	.route = "GET /gap",
	.allow = "gap.read",
	.page = map_html,
	.csv = "rows",
	.lenient = true,
	.doc = "Units by skills: expected at target of those of whom something is known. The rows are exactly the cells of the page.")
{
	struct gap_question q;
	list ambitions = { 0 };
	const void *made;
	struct gap_query typed = *in;
	typed.skill = (str){ 0 };
	TRY(gap_ask(c, &typed, &q));
	TRY(ambition_list(c, &ambitions));
	TRY(cache_take(c, &maps_kept, map_key(c, &q), map_make, &q, &made));
	const struct map_kept *k = made;
	*out = (struct gap_map){ .unit = in->unit, .ambition = q.ambition.id ? number_link(c, q.ambition.id) : (str){ 0 }, .target = in->target, .day = q.wish.day,
		.rows = k->rows, .heat = { k->html }, .people = (int64_t)q.n->people_count, .skills_count = (int64_t)q.count, .least_known = q.n->least_known_percent,
		.unit_name = unit_title(c, q.n, q.unit), .finding = finding_of(c, &q, k), .target_text = in->target ? number_link(c, in->target) : (str){ 0 },
		.csv = gap_link(c, "/gap.csv", &typed, in->unit, (str){ 0 }), .what_if = gap_link(c, "/gap/what-if", &typed, in->unit, (str){ 0 }) };
	choices_fill(c, &q, &ambitions, out);
	return OK;
}
