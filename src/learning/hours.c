/* hours.c - from what somebody did to hours in one of three kinds, and from hours to shares with an interval. */
#include "inside.h"
#include <math.h>

RECORD(lens_part, FIELD(lens_part, kind, .choices = learning_kinds), FIELD(lens_part, share, .doc = "Of 1; after a prior of one moment divided 70-20-10."),
	FIELD(lens_part, low, .doc = "Of the 80 % interval."), FIELD(lens_part, high), FIELD(lens_part, hours, .doc = "Only of a person, for themselves."), FIELD(lens_part, moments, .optional = true));

/* Before anything is known: as if one moment had been divided 70-20-10. It keeps a share off 0 and 100 % where little is known, and is outweighed by the second moment:
 * the evidence for the ratio is too weak to let it speak louder than what people did. */
static const double before[KINDS] = { .7, .2, .1 };

#define CONFIDENCE .8

struct counted_as counted_as(struct ctx *c, const struct rules *rules, const struct learning_done *d)
{
	struct counted_as out = { .rule = rule_for(c, rules, d->verb, d->activity_type) };
	out.kind = d->kind.len ? learning_kind_of(d->kind) : NOT_COUNTED;      /* said by the program, or by a tool that knows its categories */
	if (out.kind == NOT_COUNTED && out.rule)
		out.kind = learning_kind_of(out.rule->kind);
	if (out.kind == NOT_COUNTED)
		return out;
	double silent = (double)(d->count - d->timed), each_one = out.rule ? out.rule->hours : 0;
	out.hours = d->seconds / 3600 + silent * each_one;
	out.squares = d->squares / (3600. * 3600.) + silent * each_one * each_one;
	out.moments = each_one > 0 ? d->count : d->timed;
	return out;
}

void lens_of(struct ctx *c, const double pieces[KINDS], struct lens *out)
{
	struct shares_part parts[KINDS];
	double share[KINDS];
	int most = 0;
	*out = (struct lens){ 0 };
	for (int i = 0; i < KINDS; i++)
		out->pieces += pieces[i];
	if (!shares_of(pieces, before, KINDS, CONFIDENCE, parts))
		return;
	bool clear = true;
	for (int i = 0; i < KINDS; i++) {
		share[i] = parts[i].share;
		most = share[i] > share[most] ? i : most;
		*list_add(c->arena, &out->parts, struct lens_part) = (struct lens_part){ learning_kinds[i].value, parts[i].share, parts[i].interval.low, parts[i].interval.high, NAN, 0 };
	}
	for (int i = 0; i < KINDS; i++)
		clear &= i == most || parts[i].interval.high < parts[most].interval.low;
	out->most = clear ? learning_kinds[most].value : (str){ 0 };
	out->distance = shares_distance(share, before, KINDS);
}

str learning_kind_view(struct view *v, str kind)
{
	return of_choice_view(v, kind, learning_kinds);
}

list lens_picture(struct view *v, list parts)
{
	list out = { 0 };
	for (each(struct lens_part, p, parts))
		*list_add(v->c->arena, &out, struct chart_part) = (struct chart_part){ learning_kind_view(v, p->kind), p->share, p->low, p->high };
	return out;
}
