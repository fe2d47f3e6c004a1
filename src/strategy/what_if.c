/* what_if.c - what would be missing if some people left: a sum, kept nowhere, and never a guess at who. */
#include "gap.h"
#include "view/view.words.h"
#include "web/operation.h"
#include <stdio.h>

struct what_if_form { str unit, ambition, people; int64_t number, role; };
RECORD(what_if_form,
	FIELD(what_if_form, unit,     .label = W(strategy_unit), .max = 400),
	FIELD(what_if_form, ambition, .label = W(strategy_name), .max = 120),
	FIELD(what_if_form, people,   .label = W(strategy_what_if_people), .hint = W(strategy_what_if_people_hint), .max = 2000, .lines = true),
	FIELD(what_if_form, number,   .label = W(strategy_what_if_number), .hint = W(strategy_what_if_number_hint), .min = 1, .max = 100000, .optional = true),
	FIELD(what_if_form, role,     .label = W(strategy_role), .optional = true));

struct option { str value, name; };
struct what_if_row { int64_t skill; str name; int64_t of; double now, after; };
struct what_if { struct what_if_form form; int64_t gone; list rows; str finding, problem, map; bool names; list units, ambitions, roles; };
RECORD(what_if_row, FIELD(what_if_row, skill), FIELD(what_if_row, name), FIELD(what_if_row, of), FIELD(what_if_row, now), FIELD(what_if_row, after));
RECORD(what_if, FIELD(what_if, gone), FIELD(what_if, finding), FIELD(what_if, problem), FIELD(what_if, rows, .of = &what_if_row_record));

static void what_if_picture(struct view *v, const struct what_if_row *r)
{
	char at[400];
	double scale = 80 / (double)(r->of > 0 ? r->of : 1), after = fmin(99, scale * r->after), now = fmin(99, scale * r->now);
	str values[] = { text_of_int(v->c, r->of), text_of_int(v->c, llround(r->now)), text_of_int(v->c, llround(r->after)) };
	view_raw(v, S("<svg height=\"64\" role=\"img\" aria-label=\""));
	view_text(v, word_text(v->c->arena, v->language, W(strategy_what_if_words), values, 3));
	snprintf(at, sizeof at, "\"><rect class=\"reach\" x=\"0\" width=\"%.1f%%\" y=\"22\" height=\"20\"/><rect class=\"gap\" x=\"%.1f%%\" width=\"%.1f%%\" y=\"22\" height=\"20\"/>"
		"<circle class=\"was\" cx=\"%.1f%%\" cy=\"32\" r=\"6\"/><circle class=\"at\" cx=\"%.1f%%\" cy=\"32\" r=\"7\"/></svg>", after, after, fmax(0, 80 - after), now, after);
	view_raw(v, str_of(at));
}
#include "strategy_what_if.html.h"

enum { ROWS_SHOWN = 12 };

static int by_loss(const void *a, const void *b)
{
	const struct what_if_row *x = a, *y = b;
	double dx = x->now - x->after, dy = y->now - y->after;
	return (dx < dy) - (dx > dy);
}

/* The people are named: the same figures once more without them. The asker sees each of them, so both figures are about the same
 * people they cannot see: the gate decides alike with and without. */
static enum status named(struct ctx *c, const struct gap_question *q, const struct figure *now, str people, struct what_if *out)
{
	uint8_t *gone;
	struct gap_question left = *q;
	struct figure *after;
	TRY(people_gone(c, q, people, &gone, &out->gone));
	left.m = matrix_without(c, q->m, gone);
	left.n = left.m->n;
	TRY(gap_answer(c, &left, &after));
	for (size_t i = 0; i < q->count; i++) {
		size_t at = i * q->n->unit_count + q->unit;
		if (now[at].shown == SHOWN && after[at].shown == SHOWN)
			*list_add(c->arena, &out->rows, struct what_if_row) = (struct what_if_row){ q->n->skills[q->skills[i]].id, q->names[q->skills[i]], figure_of(&now[at]),
				now[at].expected, after[at].expected };
	}
	return OK;
}

/* So many of a group, whoever they are: each takes the group's share along. Made of shown figures only. */
static enum status numbered(struct ctx *c, const struct gap_question *q, const struct figure *now, const struct what_if_form *in, struct what_if *out)
{
	size_t role = q->n->role_count;
	struct figure *roles = arena_array_of(c->arena, struct figure, q->n->role_count + 1);
	for (size_t r = 0; r < q->n->role_count; r++)
		if (q->n->roles[r].id == in->role)
			role = r;
	out->gone = in->number;
	for (size_t i = 0; i < q->count; i++) {
		const struct figure *f = &now[i * q->n->unit_count + q->unit], *from = f;
		if (in->role) {
			__builtin_memset(roles, 0, q->n->role_count * sizeof *roles);
			TRY(role_column(c, q, q->skills[i], roles));
			from = role < q->n->role_count ? &roles[role] : from;
		}
		if (f->shown != SHOWN || from->shown != SHOWN)
			continue;
		double leave = fmin((double)in->number, (double)from->known);
		*list_add(c->arena, &out->rows, struct what_if_row) = (struct what_if_row){ q->n->skills[q->skills[i]].id, q->names[q->skills[i]], figure_of(f),
			f->expected, fmax(0, f->expected - leave * from->expected / (double)from->known) };
	}
	return OK;
}

static enum status page_fill(struct ctx *c, const struct gap_question *q, struct what_if *out)
{
	list ambitions = { 0 };
	TRY(ambition_list(c, &ambitions));
	for (each(struct ambition, a, ambitions))
		*list_add(c->arena, &out->ambitions, struct option) = (struct option){ number_link(c, a->id), a->name };
	for (size_t u = 1; u < q->n->unit_count; u++)
		*list_add(c->arena, &out->units, struct option) = (struct option){ q->n->units[u].path, q->n->units[u].path };
	for (size_t r = 0; r < q->n->role_count; r++)
		*list_add(c->arena, &out->roles, struct gap_role) = q->n->roles[r];
	out->names = q->seen.everybody || q->seen.ids.count > 1;
	out->map = gap_link(c, "/gap", &q->typed, q->typed.unit, (str){ 0 });
	const struct what_if_row *worst = out->rows.count ? list_item(out->rows, struct what_if_row, 0) : NULL;
	str values[] = { text_of_int(c, out->gone), worst ? worst->name : (str){ 0 }, text_of_int(c, worst ? llround(worst->now) : 0), text_of_int(c, worst ? llround(worst->after) : 0) };
	const struct word *w = !worst ? W(strategy_what_if_title) : llround(worst->now) == llround(worst->after) ? W(strategy_what_if_nothing) : W(strategy_what_if_finding);
	out->finding = word_text(c->arena, c->language, w, values, 4);
	return OK;
}

OPERATION(gap_what_if_form, gap_query, what_if,
	.route = "GET /gap/what-if",
	.allow = "gap.read",
	.page = what_if_html,
	.lenient = true,
	.doc = "The form for what if these leave.")
{
	struct gap_question q;
	struct gap_query typed = { .unit = in->unit, .ambition = in->ambition };
	record_clear(&what_if_form_record, &out->form);
	TRY(gap_ask(c, &typed, &q));
	out->form.unit = in->unit;
	out->form.ambition = q.ambition.id ? number_link(c, q.ambition.id) : (str){ 0 };
	return page_fill(c, &q, out);
}

OPERATION(gap_what_if, what_if_form, what_if,
	.route = "POST /gap/what-if",
	.allow = "gap.read",
	.page = what_if_html,
	.audited = true,
	.doc = "How many would be at target without these people, or without so many of a group. Nothing is kept; names only of people the asker may see each.")
{
	struct gap_question q;
	struct figure *now;
	struct gap_query typed = { .unit = in->unit, .ambition = in->ambition };
	TRY(gap_ask(c, &typed, &q));
	out->form = *in;
	if (in->role && q.unit != WHOLE) {
		out->problem = W(strategy_what_if_role_whole)->text[c->language];
		return page_fill(c, &q, out);
	}
	if (!in->people.len && !in->number) {
		out->problem = W(strategy_what_if_empty)->text[c->language];
		return page_fill(c, &q, out);
	}
	TRY(gap_answer(c, &q, &now));
	TRY(in->people.len ? named(c, &q, now, in->people, out) : numbered(c, &q, now, in, out));
	if (!out->rows.count)
		out->problem = W(strategy_what_if_hidden)->text[c->language];
	list_sort(c->arena, &out->rows, struct what_if_row, by_loss);
	if (out->rows.count > ROWS_SHOWN)
		out->rows.count = ROWS_SHOWN;
	return page_fill(c, &q, out);
}
