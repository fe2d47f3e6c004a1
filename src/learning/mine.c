/* mine.c - how one learns oneself: a year in three kinds, what it is made of, and whether one's log counts in groups. For nobody else's eyes. */
#include "inside.h"
#include "vault/vault.h"
#include "view/view.words.h"
#include "web/operation.h"
#include <math.h>

enum { FEW_MOMENTS = 3 };

struct lens_query { int64_t year; };
struct lens_source { str name, kind; int64_t times, silent; double hours; };
struct lens_mine {
	date from, until, agreed;
	int64_t year, this_year;
	list parts, sources, passed;
	double hours, distance;
	int64_t moments, untimed;
	str most;
	bool few, log_closed;
};
RECORD(lens_query, FIELD(lens_query, year, .optional = true, .min = 1950, .max = 9998, .doc = "None: the last twelve months."));
RECORD(lens_source, FIELD(lens_source, name), FIELD(lens_source, kind), FIELD(lens_source, times), FIELD(lens_source, silent, .optional = true, .doc = "Of these, how many did not say how long, and count as a rule says."),
	FIELD(lens_source, hours));
RECORD(lens_mine, FIELD(lens_mine, from), FIELD(lens_mine, until), FIELD(lens_mine, year, .optional = true), FIELD(lens_mine, parts, .of = &lens_part_record), FIELD(lens_mine, hours), FIELD(lens_mine, moments),
	FIELD(lens_mine, most), FIELD(lens_mine, few), FIELD(lens_mine, distance, .doc = "Half the sum of differences to 70-20-10: a lens, no target."),
	FIELD(lens_mine, sources, .of = &lens_source_record), FIELD(lens_mine, passed, .of = &lens_source_record), FIELD(lens_mine, untimed, .doc = "Entries of the log without hours."),
	FIELD(lens_mine, log_closed), FIELD(lens_mine, agreed, .doc = "Since when the hours of the log may count in groups; none: not."));

static void lens_draw(struct view *v, list parts) { chart_parts(v, lens_picture(v, parts)); }
static str hundredths_view(struct view *v, double x) { return text_of_int(v->c, llround(100 * x)); }
static str typed_view(struct view *v, int64_t year) { return year ? plain_of_int(v->c, year) : (str){ 0 }; }
/* Under ten hours to a half: "3,5"; else whole. */
static str hours_view(struct view *v, double hours) { return decimal_view(v, hours, hours < 9.95 && fabs(hours - round(hours)) > .05 ? 1 : 0); }
#include "learning_mine.html.h"

static str last_part(str iri)
{
	for (size_t i = iri.len; i; i--)
		if (iri.at[i - 1] == '/' || iri.at[i - 1] == '#' || iri.at[i - 1] == ':')
			return i < iri.len ? str_from(iri, i) : iri;
	return iri;
}

static void source_add(struct ctx *c, list *to, str name, str kind, int64_t times, int64_t silent, double hours)
{
	for (each(struct lens_source, s, *to))
		if (str_eq(s->name, name) && str_eq(s->kind, kind)) {
			s->times += times;
			s->silent += silent;
			s->hours += hours;
			return;
		}
	*list_add(c->arena, to, struct lens_source) = (struct lens_source){ name, kind, times, silent, hours };
}

static str done_name(struct ctx *c, const struct learning_done *d, const struct counted_as *as)
{
	if (str_eq(d->activity_type, LOG_ENTRY))
		return W(learning_log)->text[c->language];
	if (as->rule && as->rule->type.len)
		return rule_name(c, as->rule);
	str verb = as->rule ? rule_name(c, as->rule) : last_part(d->verb);
	return d->activity_type.len ? text_format(c->arena, S_FMT " (" S_FMT ")", S_ARG(verb), S_ARG(last_part(d->activity_type))) : verb;
}

static enum status log_add(struct ctx *c, struct lens_mine *out, struct tally *t)
{
	list hours = { 0 };
	TRY(journal_hours_of(c, &(const struct journal_wanted){ c->me.person, out->from, out->until }, &hours));
	for (each(struct journal_hours, h, hours)) {
		enum learning_kind kind = learning_kind_of(h->kind);
		out->untimed += h->entries - h->timed;
		if (kind == NOT_COUNTED || !h->timed)
			continue;
		t->hours[kind] += h->hours;
		t->squares[kind] += h->squares;
		t->moments[kind] += h->timed;
		source_add(c, &out->sources, W(learning_log)->text[c->language], h->kind, h->timed, 0, h->hours);
	}
	return OK;
}

static enum status statements_add(struct ctx *c, struct lens_mine *out, struct tally *t)
{
	list done = { 0 };
	struct rules rules;
	TRY(rules_load(c, &rules));
	TRY(xapi_learning_of_person(c, &(const struct learning_wanted){ c->me.person, out->from, out->until }, &done));
	for (each(struct learning_done, d, done)) {
		if (!out->log_closed && str_eq(d->activity_type, LOG_ENTRY))
			continue;
		struct counted_as as = counted_as(c, &rules, d);
		str name = done_name(c, d, &as);
		if (as.kind == NOT_COUNTED) {
			source_add(c, &out->passed, name, as.rule ? as.rule->kind : (str){ 0 }, d->count, 0, 0);
			continue;
		}
		t->hours[as.kind] += as.hours;
		t->squares[as.kind] += as.squares;
		t->moments[as.kind] += as.moments;
		source_add(c, &out->sources, name, learning_kinds[as.kind].value, d->count, d->count - d->timed, as.hours);
	}
	return OK;
}

static int by_hours(const void *a, const void *b)
{
	const struct lens_source *x = a, *y = b;
	return x->hours != y->hours ? (x->hours < y->hours) - (x->hours > y->hours) : (x->times < y->times) - (x->times > y->times);
}

/* A day and twenty quarters of an hour are not twenty-one pieces of equal weight: so many as say as much. */
static void lens_fill(struct ctx *c, const struct tally *t, struct lens_mine *out)
{
	double squares = 0, pieces[KINDS];
	struct lens lens;
	for (int i = 0; i < KINDS; i++) {
		out->hours += t->hours[i];
		out->moments += t->moments[i];
		squares += t->squares[i];
	}
	if (!(out->hours > 0))
		return;
	double equal = shares_pieces(out->hours, squares);
	for (int i = 0; i < KINDS; i++)
		pieces[i] = equal * t->hours[i] / out->hours;
	lens_of(c, pieces, &lens);
	out->parts = lens.parts;
	out->most = lens.most;
	out->distance = lens.distance;
	out->few = lens.pieces < FEW_MOMENTS;
	for (int i = 0; i < KINDS; i++) {
		struct lens_part *p = list_item(out->parts, struct lens_part, i);
		p->hours = t->hours[i];
		p->moments = t->moments[i];
	}
}

OPERATION(learning_mine_show, lens_query, lens_mine,
	.route = "GET /learning",
	.allow = "self.use",
	.page = mine_html,
	.csv = "parts",
	.lenient = true,
	.doc = "How whoever asks learns: their hours in the work, with others and in courses, with shares and 80 % intervals, from their log and from statements. Nobody else gets it.")
{
	struct tally t = { 0 };
	if (c->me.unprotected || !c->me.person)
		return refuse(c, FORBIDDEN, "theirs-alone", W(learning_theirs_alone));
	out->year = in->year;
	out->this_year = date_civil(c->today).year;
	out->until = in->year && in->year != out->this_year ? date_of((int)in->year, 12, 31) : c->today;
	out->from = in->year ? date_of((int)in->year, 1, 1) : date_add_days(date_add_months(c->today, -12), 1);
	out->distance = NAN;
	out->log_closed = !vault_is_open(c);
	TRY(journal_agreed(c, &out->agreed));
	if (!out->log_closed)
		TRY(log_add(c, out, &t));
	TRY(statements_add(c, out, &t));
	lens_fill(c, &t, out);
	list_sort(c->arena, &out->sources, struct lens_source, by_hours);
	list_sort(c->arena, &out->passed, struct lens_source, by_hours);
	return OK;
}
