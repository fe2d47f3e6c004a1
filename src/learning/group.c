/* group.c - the lens of a team, a unit and the organisation: what its people's learning consists of, as far as it is known and may be told. */
#include "inside.h"
#include "trust/trust.h"
#include "people/people.h"
#include "view/view.words.h"
#include "web/operation.h"
#include <math.h>

struct group_query { str unit; };
struct lens_above { str name, path; };
struct lens_unit { str unit, name, state; int64_t people, staff; list parts; };
struct lens_row { str unit, state; double people, staff, work, work_low, work_high, others, others_low, others_high, formal, formal_low, formal_high, distance; };
struct lens_group {
	date from, until;
	bool works, team, log_closed, is_whole;
	struct lens_unit own, whole;
	double distance;
	str most, called;                  /* called: in a title */
	list above, units, rows;
	int64_t withheld;
};
RECORD(group_query, FIELD(group_query, unit, .label = W(learning_unit), .max = 400, .doc = "The path of a unit; none: the whole organisation."));
RECORD(lens_above, FIELD(lens_above, name), FIELD(lens_above, path));
RECORD(lens_unit, FIELD(lens_unit, unit, .max = 400), FIELD(lens_unit, name), FIELD(lens_unit, state, .doc = "shown, few, beside or nobody: why a figure is not told."),
	FIELD(lens_unit, people, .optional = true, .doc = "Whom it rests on."), FIELD(lens_unit, staff, .doc = "Who works there."), FIELD(lens_unit, parts, .of = &lens_part_record));
RECORD(lens_row, FIELD(lens_row, unit, .max = 400), FIELD(lens_row, state), FIELD(lens_row, people), FIELD(lens_row, staff), FIELD(lens_row, work), FIELD(lens_row, work_low), FIELD(lens_row, work_high),
	FIELD(lens_row, others), FIELD(lens_row, others_low), FIELD(lens_row, others_high), FIELD(lens_row, formal), FIELD(lens_row, formal_low), FIELD(lens_row, formal_high),
	FIELD(lens_row, distance, .doc = "Half the sum of differences to 70-20-10: a lens, no target."));
RECORD(lens_group, FIELD(lens_group, from), FIELD(lens_group, until), FIELD(lens_group, works), FIELD(lens_group, log_closed), FIELD(lens_group, own, .of = &lens_unit_record),
	FIELD(lens_group, whole, .of = &lens_unit_record), FIELD(lens_group, distance), FIELD(lens_group, most), FIELD(lens_group, units, .of = &lens_unit_record),
	FIELD(lens_group, rows, .of = &lens_row_record), FIELD(lens_group, withheld));

static str share_of(struct view *v, list parts, int kind)
{
	return (size_t)kind < parts.count ? percent_view(v, list_item(parts, struct lens_part, kind)->share) : S("–");
}
static str work_view(struct view *v, list parts) { return share_of(v, parts, WORK); }
static str others_view(struct view *v, list parts) { return share_of(v, parts, OTHERS); }
static str formal_view(struct view *v, list parts) { return share_of(v, parts, FORMAL); }
static str group_kind_view(struct view *v, str kind) { return learning_kind_view(v, kind); }
static void lens_draw(struct view *v, list parts) { chart_parts(v, lens_picture(v, parts)); }
static void lens_draw_small(struct view *v, list parts) { chart_parts_small(v, lens_picture(v, parts)); }
/* In how many of a hundred hours. */
static str hundredths_view(struct view *v, double x) { return text_of_int(v->c, llround(100 * x)); }
#include "learning_group.html.h"

static const str states[] = { [SHOWN] = S("shown"), [FEW] = S("few"), [BESIDE] = S("beside"), [NOBODY] = S("nobody") };

static struct lens_unit unit_of(struct ctx *c, const struct figures *f, size_t u, struct lens *lens)
{
	struct lens_unit out = { .unit = f->units[u].path, .name = u ? f->units[u].name : W(learning_whole)->text[c->language], .state = states[f->at[u].shown],
		.people = f->at[u].people, .staff = f->at[u].staff };
	*lens = (struct lens){ .distance = NAN };
	if (f->at[u].shown == SHOWN)
		lens_of(c, f->at[u].pieces, lens);
	/* Whole hundredths, on the page and in every file: figures told more exactly can be solved for one person when somebody joins or leaves. */
	for (each(struct lens_part, p, lens->parts)) {
		p->share = round(100 * p->share) / 100;
		p->low = round(100 * p->low) / 100;
		p->high = round(100 * p->high) / 100;
	}
	lens->distance = round(100 * lens->distance) / 100;
	out.parts = lens->parts;
	return out;
}

static void row_add(struct ctx *c, const struct figures *f, size_t u, list *rows)
{
	struct lens lens;
	struct lens_unit unit = unit_of(c, f, u, &lens);
	struct lens_row *r = list_add(c->arena, rows, struct lens_row);
	record_clear(&lens_row_record, r);
	r->unit = u ? unit.unit : unit.name;
	r->state = unit.state;
	r->staff = (double)unit.staff;
	if (!lens.parts.count)
		return;
	const struct lens_part *p = lens.parts.at;
	*r = (struct lens_row){ r->unit, r->state, (double)unit.people, r->staff, p[WORK].share, p[WORK].low, p[WORK].high, p[OTHERS].share, p[OTHERS].low, p[OTHERS].high,
		p[FORMAL].share, p[FORMAL].low, p[FORMAL].high, lens.distance };
}

static bool is_under(const struct figures *f, size_t u, size_t top)
{
	while (u != top && u)
		u = (size_t)f->units[u].parent;
	return u == top;
}

static enum status group_fill(struct ctx *c, const struct figures *f, size_t at, struct lens_group *out)
{
	struct lens lens, ignored;
	list above = { 0 };
	out->from = f->from;
	out->until = f->until;
	out->log_closed = f->log_closed;
	out->is_whole = !at;
	out->own = unit_of(c, f, at, &lens);
	out->distance = lens.distance;
	out->most = lens.most;
	out->called = at ? out->own.name : W(learning_whole_title)->text[c->language];
	out->whole = unit_of(c, f, 0, &ignored);
	for (size_t u = at; u && (u = (size_t)f->units[u].parent);)
		*list_add(c->arena, &above, size_t) = u;
	for (size_t i = above.count; i-- > 0;) {
		const struct learning_unit *u = &f->units[*list_item(above, size_t, i)];
		*list_add(c->arena, &out->above, struct lens_above) = (struct lens_above){ u->name, u->path };
	}
	for (size_t u = 0; u < f->count; u++) {
		if (!is_under(f, u, at))
			continue;
		row_add(c, f, u, &out->rows);
		if (u && (size_t)f->units[u].parent == at) {
			*list_add(c->arena, &out->units, struct lens_unit) = unit_of(c, f, u, &ignored);
			out->withheld += f->at[u].shown == FEW || f->at[u].shown == BESIDE;
		}
	}
	return OK;
}

OPERATION(learning_group_show, group_query, lens_group,
	.route = "GET /lens",
	.allow = "learning.read",
	.page = group_html,
	.csv = "rows",
	.lenient = true,
	.doc = "How a unit learns: shares of learning in the work, with others and in courses, with 80 % intervals, over the last twelve whole months; only of groups large enough. Each person counts once.")
{
	struct figures f;
	size_t at = 0;
	str wanted = str_trim(in->unit);
	TRY(trust_purpose_works(c, PURPOSE_LEARNING, &out->works));
	record_clear(&lens_unit_record, &out->own);
	record_clear(&lens_unit_record, &out->whole);
	out->distance = NAN;
	if (!out->works)
		return OK;
	TRY(figures_load(c, &f));
	for (size_t u = 1; u < f.count && wanted.len; u++)
		if (str_eq(f.units[u].path, wanted))
			at = u;
	if (wanted.len && !at)
		return refuse(c, NOT_FOUND, "unknown-unit", W(learning_unknown_unit), wanted);
	return group_fill(c, &f, at, out);
}

/* The smallest unit in which all those whom the asker leads work. Its figure is the one that everybody gets, so that a lead's own cut of people
 * cannot be laid beside it and subtracted. */
static enum status own_unit(struct ctx *c, const struct figures *f, size_t *at)
{
	list led = { 0 };
	*at = SIZE_MAX;
	TRY(store_all(c, learning_led_units, NOTHING, &led));
	for (each(struct by_id, l, led))
		for (size_t u = 1; u < f->count; u++) {
			if (f->units[u].id != l->id)
				continue;
			if (*at == SIZE_MAX)
				*at = u;
			while (!is_under(f, u, *at))
				*at = (size_t)f->units[*at].parent;
		}
	return OK;
}

OPERATION(learning_team_show, nothing, lens_group,
	.route = "GET /my-team/learning",
	.allow = "team.read",
	.page = group_html,
	.csv = "rows",
	.lenient = true,
	.doc = "The same of the unit in which those work whom the asker leads.")
{
	struct figures f;
	size_t at;
	(void)in;
	out->team = true;
	TRY(trust_purpose_works(c, PURPOSE_LEARNING, &out->works));
	record_clear(&lens_unit_record, &out->own);
	record_clear(&lens_unit_record, &out->whole);
	out->distance = NAN;
	if (!out->works)
		return OK;
	TRY(figures_load(c, &f));
	TRY(own_unit(c, &f, &at));
	if (at == SIZE_MAX)
		return refuse(c, NOT_FOUND, "no-team", W(learning_no_team));
	return group_fill(c, &f, at, out);
}
