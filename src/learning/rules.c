/* rules.c - the rules as learning and HR see them: what each catches of what is there, and what none of them knows. */
#include "applied.h"
#include "trust/trust.h"
#include "view/view.words.h"
#include "web/access.h"
#include "web/operation.h"
#include <math.h>

struct rule_line { str verb, type, kind, name; double hours, times; bool few; };
struct rules_page { date from, until; bool shipped, may_change; list rules, missing; int64_t idle; };
RECORD(rule_line, FIELD(rule_line, verb, .max = 4000), FIELD(rule_line, type, .max = 4000), FIELD(rule_line, kind), FIELD(rule_line, name), FIELD(rule_line, hours, .doc = "What one counts for when it does not say how long."),
	FIELD(rule_line, times, .doc = "In the last twelve whole months, in steps of five; none when it is about fewer than five people."), FIELD(rule_line, few));
RECORD(rules_page, FIELD(rules_page, from), FIELD(rules_page, until), FIELD(rules_page, shipped), FIELD(rules_page, idle, .doc = "How many rules nothing fitted."), FIELD(rules_page, rules, .of = &rule_line_record),
	FIELD(rules_page, missing, .of = &rule_line_record));

static str rule_kind_view(struct view *v, str kind) { return of_choice_view(v, kind, learning_kinds); }
/* Of an address people read what follows the last stroke, and whose it is: "course (adlnet.gov)". All of it stands in the title. */
static str last_view(struct view *v, str iri)
{
	size_t from = iri.len, host = 0;
	while (from && iri.at[from - 1] != '/' && iri.at[from - 1] != '#' && iri.at[from - 1] != ':')
		from--;
	if (!from || from == iri.len)
		return iri;
	while (host + 2 < iri.len && (iri.at[host] != '/' || iri.at[host + 1] != '/'))
		host++;
	str rest = str_from(iri, host + 2 < iri.len ? host + 2 : iri.len), whose, ignored;
	str_cut(rest, '/', &whose, &ignored);
	return whose.len ? text_format(v->c->arena, S_FMT " (" S_FMT ")", S_ARG(str_from(iri, from)), S_ARG(whose)) : str_from(iri, from);
}
static bool is_idle(const struct rule_line *l) { return !l->few && l->times == 0; }
#include "learning_rules.html.h"

/* ---- What is there ---- */

struct applying { struct applied *to; const struct rules *rules; struct applied_rule *by_rule; };

static size_t rule_place(const struct rules *rules, const struct learning_rule *r)
{
	return r ? (size_t)(r - list_of(rules->all, struct learning_rule)) : rules->all.count;
}

static enum status pair_add(struct ctx *c, void *of, const void *row)
{
	struct applying *a = of;
	const struct learning_done *d = row;
	int64_t place;
	if (str_eq(d->activity_type, LOG_ENTRY))
		return OK;
	str key = text_format(c->arena, S_FMT " " S_FMT " " S_FMT, S_ARG(d->verb), S_ARG(d->activity_type), S_ARG(d->kind));
	if (!map_find(&a->to->places, key, &place)) {
		place = (int64_t)a->to->pairs.count;
		map_put(c->arena, &a->to->places, key, place, NULL);
		struct done_pair *p = list_add(c->arena, &a->to->pairs, struct done_pair);
		p->sum = (struct learning_done){ .verb = text_copy(c->arena, d->verb), .activity_type = d->activity_type.at ? text_copy(c->arena, d->activity_type) : S(""),
			.kind = d->kind.at ? text_copy(c->arena, d->kind) : S("") };
	}
	struct done_pair *p = list_item(a->to->pairs, struct done_pair, place);
	p->sum.count += d->count;
	p->sum.timed += d->timed;
	p->sum.seconds += d->seconds;
	p->people += p->last != d->person;
	p->last = d->person;
	*list_add(c->arena, &a->to->people, int64_t) = d->person;                  /* beside its pair: see moved_people */
	*list_add(c->arena, &a->to->people, int64_t) = place;
	struct applied_rule *r = &a->by_rule[rule_place(a->rules, p->sum.kind.len ? NULL : rule_for(c, a->rules, p->sum.verb, p->sum.activity_type))];
	r->times += d->count;
	r->people += r->last != d->person;
	r->last = d->person;
	return OK;
}

enum status applied_load(struct ctx *c, const struct rules *rules, struct applied *out, struct applied_rule **by_rule)
{
	*out = (struct applied){ 0 };
	learning_months(c, &out->from, &out->until);
	*by_rule = arena_array_of(c->arena, struct applied_rule, rules->all.count + 1);
	struct applying a = { out, rules, *by_rule };
	return xapi_learning_each(c, &(const struct learning_wanted){ 0, out->from, out->until }, pair_add, &a);
}

struct applied_sum applied_sum(struct ctx *c, const struct applied *a, const struct rules *rules)
{
	struct applied_sum out = { 0 };
	for (each(struct done_pair, p, a->pairs)) {
		struct counted_as as = counted_as(c, rules, &p->sum);
		out.hours[as.kind] += as.hours;
		out.times[as.kind] += p->sum.count;
	}
	return out;
}

double in_steps(double x)
{
	return 5 * round(x / 5);
}

/* ---- The page ---- */

static int by_kind(const void *a, const void *b)
{
	const struct rule_line *x = a, *y = b;
	enum learning_kind kx = learning_kind_of(x->kind), ky = learning_kind_of(y->kind);
	if (kx != ky)
		return (kx > ky) - (kx < ky);
	double tx = isnan(x->times) ? 0 : x->times, ty = isnan(y->times) ? 0 : y->times;
	return (tx < ty) - (tx > ty);
}

/* Each line is about people of its own; a figure about fewer than the gate lets by is not told. */
static enum status lines_pass(struct ctx *c, list *lines, const int64_t *people)
{
	struct gate_group *groups = arena_array_of(c->arena, struct gate_group, lines->count + 1);
	enum gate_state *state = arena_array_of(c->arena, enum gate_state, lines->count + 1);
	for (size_t i = 0; i < lines->count; i++)
		groups[i] = (struct gate_group){ GATE_TOP, people[i], 0 };
	TRY(gate_forest(c, groups, 1, lines->count, state));
	for (size_t i = 0; i < lines->count; i++) {
		struct rule_line *l = list_item(*lines, struct rule_line, i);
		l->few = state[i] != GATE_SHOWN && state[i] != GATE_NOBODY;
		l->times = l->few ? NAN : in_steps(l->times);
	}
	return OK;
}

static enum status missing_fill(struct ctx *c, const struct rules *rules, const struct applied *a, struct rules_page *out)
{
	int64_t *people = arena_array_of(c->arena, int64_t, a->pairs.count + 1);
	for (each(struct done_pair, p, a->pairs)) {
		if (p->sum.kind.len || rule_for(c, rules, p->sum.verb, p->sum.activity_type))
			continue;
		people[out->missing.count] = p->people;
		*list_add(c->arena, &out->missing, struct rule_line) = (struct rule_line){ .verb = p->sum.verb, .type = p->sum.activity_type, .times = (double)p->sum.count };
	}
	TRY(lines_pass(c, &out->missing, people));
	list_sort(c->arena, &out->missing, struct rule_line, by_kind);
	return OK;
}

OPERATION(learning_rules_show, nothing, rules_page,
	.route = "GET /lens/rules",
	.allow = "learning.read",
	.page = rules_html,
	.csv = "rules",
	.lenient = true,
	.doc = "Which kind of learning a statement is, by verb and type of activity, how often each rule applied in the last twelve whole months, and what no rule knows.")
{
	struct rules rules;
	struct applied a;
	struct applied_rule *by_rule;
	(void)in;
	TRY(rules_load(c, &rules));
	TRY(applied_load(c, &rules, &a, &by_rule));
	out->from = a.from;
	out->until = a.until;
	out->shipped = rules.shipped;
	out->may_change = may(c, S("learning.manage"));
	int64_t *people = arena_array_of(c->arena, int64_t, rules.all.count + 1);
	for (size_t i = 0; i < rules.all.count; i++) {
		const struct learning_rule *r = list_item(rules.all, struct learning_rule, i);
		people[i] = by_rule[i].people;
		*list_add(c->arena, &out->rules, struct rule_line) = (struct rule_line){ r->verb, r->type, r->kind, rule_name(c, r), r->hours, (double)by_rule[i].times, false };
	}
	TRY(lines_pass(c, &out->rules, people));
	list_sort(c->arena, &out->rules, struct rule_line, by_kind);
	for (each(struct rule_line, l, out->rules))
		out->idle += is_idle(l);
	return missing_fill(c, &rules, &a, out);
}
