/* rule.c - one rule: changed, applied to what is there before anything is kept, and then kept or dropped. */
#include "applied.h"
#include "trust/trust.h"
#include "view/view.words.h"
#include "web/operation.h"
#include <math.h>

struct rule_query { str verb, type, kind; double hours; str name_nl, name_en; };
struct kind_change { str kind; double hours, times, hours_with, times_with, hours_without, times_without; };
struct rule_page {
	str verb, type, kind, name_nl, name_en, problem;
	double hours;
	date from, until;
	bool exists, tried, changes, few, nothing;
	list kinds;
};
RECORD(rule_query, FIELD(rule_query, verb, .label = W(learning_verb), .hint = W(learning_verb_hint), .max = 500), FIELD(rule_query, type, .label = W(learning_type), .hint = W(learning_type_hint), .max = 500),
	FIELD(rule_query, kind, .label = W(learning_kind), .choices = learning_kinds, .doc = "None: only what there is."),
	FIELD(rule_query, hours, .label = W(learning_hours), .hint = W(learning_hours_hint)), FIELD(rule_query, name_nl, .label = W(learning_name_nl), .max = 100), FIELD(rule_query, name_en, .label = W(learning_name_en), .max = 100));
RECORD(kind_change, FIELD(kind_change, kind), FIELD(kind_change, hours), FIELD(kind_change, times), FIELD(kind_change, hours_with), FIELD(kind_change, times_with), FIELD(kind_change, hours_without),
	FIELD(kind_change, times_without));
RECORD(rule_page, FIELD(rule_page, verb), FIELD(rule_page, type), FIELD(rule_page, kind), FIELD(rule_page, hours), FIELD(rule_page, name_nl), FIELD(rule_page, name_en), FIELD(rule_page, problem),
	FIELD(rule_page, from), FIELD(rule_page, until), FIELD(rule_page, exists), FIELD(rule_page, tried), FIELD(rule_page, changes), FIELD(rule_page, few, .doc = "What changes is about fewer people than may be told."),
	FIELD(rule_page, nothing), FIELD(rule_page, kinds, .of = &kind_change_record, .doc = "Hours and times now, with the change, and without the rule; in steps of five."));

static str rule_kind_view(struct view *v, str kind) { return of_choice_view(v, kind, learning_kinds); }
static str about_view(struct view *v, double x) { return isnan(x) ? S("–") : text_of_int(v->c, llround(x)); }
#include "learning_rule.html.h"

/* A scheme, a colon, something: as verbs and types of activity are named. */
static bool is_address(str s)
{
	str scheme, rest;
	if (!str_cut(s, ':', &scheme, &rest) || !scheme.len || !rest.len)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] <= ' ')
			return false;
	return true;
}

/* No word: nothing is wrong. */
static const struct word *wrong_with(const struct learning_rule *r, const char **field)
{
	*field = "verb";
	if (!r->verb.len && !r->type.len)
		return W(learning_rule_of_nothing);
	if (r->verb.len && !is_address(r->verb))
		return W(learning_no_address);
	*field = "type";
	if (r->type.len && !is_address(r->type))
		return W(learning_no_address);
	*field = "hours";
	return r->hours < 0 || r->hours > 100 ? W(learning_hours_wrong) : NULL;
}

static str given(str s) { return s.at ? s : S(""); }

static struct learning_rule rule_of(str verb, str type, str kind, double hours, str name_nl, str name_en)
{
	return (struct learning_rule){ given(verb), given(type), kind, isnan(hours) ? 0 : hours, given(name_nl), given(name_en) };
}

static bool counts_alike(const struct counted_as *a, const struct counted_as *b)
{
	return a->kind == b->kind && fabs(a->hours - b->hours) < 1e-9;
}

/* How many people did something that counts otherwise under the other rules. `people` of applied: person, place of the pair, in the order of persons. */
static int64_t moved_people(struct ctx *c, const struct applied *a, const struct rules *now, const struct rules *then)
{
	bool *moves = arena_array_of(c->arena, bool, a->pairs.count + 1);
	int64_t people = 0, last = 0;
	for (size_t i = 0; i < a->pairs.count; i++) {
		const struct learning_done *d = &list_item(a->pairs, struct done_pair, i)->sum;
		struct counted_as x = counted_as(c, now, d), y = counted_as(c, then, d);
		moves[i] = !counts_alike(&x, &y);
	}
	for (size_t i = 0; i + 1 < a->people.count; i += 2) {
		int64_t person = *list_item(a->people, int64_t, i), pair = *list_item(a->people, int64_t, i + 1);
		if (!moves[pair])
			continue;
		people += person != last;
		last = person;
	}
	return people;
}

/* A difference between two columns is a figure about those whose statements move. */
static enum status told(struct ctx *c, int64_t people, bool *few)
{
	struct gate_group group = { GATE_TOP, people, 0 };
	enum gate_state state;
	TRY(gate_tree(c, &group, 1, &state));
	*few = state != GATE_SHOWN && state != GATE_NOBODY;
	return OK;
}

static void kinds_fill(struct ctx *c, const struct applied_sum *now, const struct applied_sum *with, const struct applied_sum *without, struct rule_page *out)
{
	for (int i = 0; i <= KINDS; i++) {
		struct kind_change *k = list_add(c->arena, &out->kinds, struct kind_change);
		*k = (struct kind_change){ learning_kinds[i].value, in_steps(now->hours[i]), in_steps((double)now->times[i]), NAN, NAN, NAN, NAN };
		if (with) {
			k->hours_with = in_steps(with->hours[i]);
			k->times_with = in_steps((double)with->times[i]);
		}
		if (without) {
			k->hours_without = in_steps(without->hours[i]);
			k->times_without = in_steps((double)without->times[i]);
		}
	}
}

static enum status apply(struct ctx *c, const struct rules *rules, const struct learning_rule *r, struct rule_page *out)
{
	struct applied a;
	struct applied_rule *by_rule;
	struct rules with = rules_changed(c, rules, r, false), without = rules_changed(c, rules, r, true);
	bool few_with, few_without, few_now;
	TRY(applied_load(c, rules, &a, &by_rule));
	int64_t moved = moved_people(c, &a, rules, &with), everybody = 0, last = 0;
	for (size_t i = 0; i + 1 < a.people.count; i += 2) {
		everybody += *list_item(a.people, int64_t, i) != last;
		last = *list_item(a.people, int64_t, i);
	}
	TRY(told(c, everybody, &few_now));
	TRY(told(c, moved, &few_with));
	TRY(told(c, moved_people(c, &a, rules, &without), &few_without));
	out->from = a.from;
	out->until = a.until;
	out->nothing = !everybody;
	out->changes = moved > 0;
	out->few = few_with || few_now;
	if (few_now || out->nothing)
		return OK;
	struct applied_sum now = applied_sum(c, &a, rules), changed = applied_sum(c, &a, &with), gone = applied_sum(c, &a, &without);
	kinds_fill(c, &now, few_with || !out->tried ? NULL : &changed, few_without || !out->exists ? NULL : &gone, out);
	return OK;
}

OPERATION(learning_rule_show, rule_query, rule_page,
	.route = "GET /lens/rule",
	.allow = "learning.manage",
	.page = rule_html,
	.lenient = true,
	.doc = "One rule, or one to be, applied to the statements of the last twelve whole months: hours and times by kind now, with the change, and without the rule. Nothing is kept.")
{
	struct rules rules;
	const char *field;
	struct learning_rule r = rule_of(in->verb, in->type, in->kind, in->hours, in->name_nl, in->name_en);
	TRY(rules_load(c, &rules));
	const struct learning_rule *there = rule_at(c, &rules, r.verb, r.type);
	out->exists = there;
	out->tried = in->kind.len;
	if (!out->tried && there)
		r = *there;
	out->verb = r.verb;
	out->type = r.type;
	out->kind = r.kind;
	out->hours = out->tried || there ? r.hours : .5;
	out->name_nl = r.name_nl;
	out->name_en = r.name_en;
	const struct word *wrong = out->tried ? wrong_with(&r, &field) : NULL;
	if (wrong) {
		out->problem = wrong->text[c->language];
		out->tried = false;
		return OK;
	}
	return out->tried || there ? apply(c, &rules, &r, out) : OK;
}

/* The first change makes those that came along the organisation's own, so that a later version of the program changes none of them. */
static enum status own_rules(struct ctx *c, struct rules *rules)
{
	TRY(rules_load(c, rules));
	return rules->shipped ? store_run_each(c, learning_rule_write, &rules->all) : OK;
}

OPERATION(learning_rule_put, learning_rule, nothing,
	.route = "POST /lens/rules",
	.allow = "learning.manage",
	.effect = WRITES,
	.then = "/lens/rules",
	.back = "/lens/rules",
	.said = W(learning_rule_kept),
	.doc = "Keeps a rule: which kind of learning a verb, a type of activity or the two together are, and what one counts for when it does not say how long.")
{
	struct rules rules;
	const char *field;
	(void)out;
	struct learning_rule r = rule_of(in->verb, in->type, in->kind, in->hours, in->name_nl, in->name_en);
	const struct word *wrong = wrong_with(&r, &field);
	if (wrong)
		return object(c, str_of(field), wrong);
	TRY(own_rules(c, &rules));
	return store_run(c, learning_rule_write, &r, NULL);
}

struct rule_key { str verb, type; };
RECORD(rule_key, FIELD(rule_key, verb, .max = 500), FIELD(rule_key, type, .max = 500));

OPERATION(learning_rule_drop, rule_key, nothing,
	.route = "POST /lens/rules/drop",
	.allow = "learning.manage",
	.effect = WRITES,
	.then = "/lens/rules",
	.back = "/lens/rules",
	.said = W(learning_rule_dropped),
	.doc = "Drops a rule. What only it knew no longer counts.")
{
	struct rules rules;
	(void)out;
	struct learning_rule r = rule_of(in->verb, in->type, (str){ 0 }, 0, (str){ 0 }, (str){ 0 });
	TRY(own_rules(c, &rules));
	if (!rule_at(c, &rules, r.verb, r.type))
		return refuse(c, NOT_FOUND, "unknown-rule", W(learning_unknown_rule));
	if (rules.all.count == 1)
		return refuse(c, CONFLICT, "last-rule", W(learning_last_rule));
	return store_run(c, learning_rule_remove, &r, NULL);
}

OPERATION(learning_rules_restore, nothing, nothing,
	.route = "POST /lens/rules/shipped",
	.allow = "learning.manage",
	.effect = WRITES,
	.then = "/lens/rules",
	.back = "/lens/rules",
	.said = W(learning_rules_restored),
	.doc = "Goes back to the rules that come along.")
{
	(void)in;
	(void)out;
	return store_run(c, learning_rules_clear, NOTHING, NULL);
}
