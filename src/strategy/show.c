/* show.c - ambitions side by side, and one with its line. */
#include "line.h"
#include "starter.h"
#include "view/view.words.h"
#include "web/operation.h"
#include <stdio.h>

RECORD(starter_skill, FIELD(starter_skill, name));
RECORD(starter, FIELD(starter, key), FIELD(starter, name), FIELD(starter, why));

struct listed { int64_t id; str name, finding, course, owner_name; date horizon; list skills; bool on, behind; };
struct strategy_list { list ambitions; date day; str finding; list starters; };
RECORD(listed, FIELD(listed, id), FIELD(listed, name), FIELD(listed, course), FIELD(listed, finding), FIELD(listed, horizon), FIELD(listed, owner_name),
	FIELD(listed, skills, .of = &line_skill_record));
RECORD(strategy_list, FIELD(strategy_list, ambitions, .of = &listed_record), FIELD(strategy_list, day));

/* One thin bar a skill; the upright line is what is needed. */
static void line_small(struct view *v, const list *skills)
{
	char at[200];
	int y = 0, reached = 0, unknown = 0;
	for (each(struct line_skill, s, *skills)) {
		reached += s->reached;
		unknown += !s->reached && !s->behind;
	}
	str values[] = { text_of_int(v->c, reached), text_of_int(v->c, (int64_t)skills->count), text_of_int(v->c, unknown) };
	snprintf(at, sizeof at, "<svg class=\"line-small\" height=\"%zu\" role=\"img\" aria-label=\"", 10 * skills->count);
	view_raw(v, str_of(at));
	view_text(v, word_text(v->c->arena, v->language, W(strategy_picture), values, 3));
	view_raw(v, S("\">"));
	for (each(struct line_skill, s, *skills)) {
		if (s->reached || s->behind)
			snprintf(at, sizeof at, "<rect class=\"track\" x=\"0\" y=\"%d\" width=\"80%%\" height=\"6\"/><rect class=\"reach%s\" x=\"0\" y=\"%d\" width=\"%.1f%%\" height=\"6\"/>",
				y + 2, s->behind ? " behind" : "", y + 2, fmin(99, 80 * s->expected / (double)(s->needed ? s->needed : 1)));
		else
			snprintf(at, sizeof at, "<line class=\"unknown-line\" x1=\"0\" x2=\"80%%\" y1=\"%d\" y2=\"%d\"/>", y + 5, y + 5);
		view_raw(v, str_of(at));
		y += 10;
	}
	snprintf(at, sizeof at, "<line class=\"target\" x1=\"80%%\" x2=\"80%%\" y1=\"0\" y2=\"%d\"/></svg>", y);
	view_raw(v, str_of(at));
}
#include "strategy_list.html.h"

static const char *const courses[] = { [COURSE_UNKNOWN] = "not-known", [COURSE_BEHIND] = "behind", [COURSE_ON] = "on-course" };

/* "Eén van onze drie ambities ligt op koers, één loopt achter." */
static str list_finding(struct ctx *c, const list *ambitions)
{
	int64_t on = 0, behind = 0, unknown = 0;
	for (each(struct listed, a, *ambitions)) {
		on += a->on;
		behind += a->behind;
		unknown += !a->on && !a->behind;
	}
	str values[] = { text_of_int(c, on), text_of_int(c, (int64_t)ambitions->count), text_of_int(c, behind), text_of_int(c, unknown) };
	const struct word *w = !ambitions->count ? W(strategy_list_none) : on == (int64_t)ambitions->count ? W(strategy_list_all_on)
		: unknown == (int64_t)ambitions->count ? W(strategy_list_all_unknown) : !on ? W(strategy_list_none_on) : unknown ? W(strategy_list_mixed_unknown) : W(strategy_list_mixed);
	return word_text(c->arena, c->language, w, values, 4);
}

OPERATION(strategy_show, nothing, strategy_list,
	.route = "GET /strategy",
	.allow = "strategy.read",
	.page = list_html,
	.lenient = true,
	.doc = "Every ambition with how far it is: on course, behind, or not yet known.")
{
	(void)in;
	list all = { 0 };
	TRY(ambition_list(c, &all));
	for (each(struct ambition, a, all)) {
		struct line l;
		TRY(line_make(c, a, false, &l));
		*list_add(c->arena, &out->ambitions, struct listed) = (struct listed){ a->id, a->name, line_finding(c, &l), str_of(courses[l.progress.course]), a->owner_name, a->horizon,
			l.skills, l.progress.course == COURSE_ON, l.progress.course == COURSE_BEHIND };
	}
	out->day = c->today;
	out->finding = list_finding(c, &out->ambitions);
	return starters_left(c, &all, &out->starters);
}

struct ambition_page { struct ambition ambition; date day; list skills; str course, finding, next_text; int64_t people, months; date made; };
RECORD(ambition_page, FIELD(ambition_page, ambition, .of = &ambition_record), FIELD(ambition_page, day), FIELD(ambition_page, course), FIELD(ambition_page, finding),
	FIELD(ambition_page, skills, .of = &line_skill_record));
#include "strategy_show.html.h"

/* What would help most now: where the heaviest shortage sits, or what must be known first. */
static str next_text(struct ctx *c, const struct line *l)
{
	for (each(struct line_skill, s, l->skills)) {
		if (s->skill != l->progress.worst || !s->where.count)
			continue;
		const struct short_unit *u = list_item(s->where, struct short_unit, 0);
		str values[] = { u->name, text_of_int(c, u->people), s->name };
		return word_text(c->arena, c->language, W(strategy_next_where), values, 3);
	}
	return l->progress.unknown ? W(strategy_next_know)->text[c->language] : (str){ 0 };
}

OPERATION(ambition_show, by_id, ambition_page,
	.route = "GET /strategy/{id}",
	.allow = "strategy.read",
	.page = show_html,
	.csv = "skills",
	.lenient = true,
	.doc = "One ambition with its line: per critical skill how many people are needed and expected at target, and where they are missing.")
{
	struct line l;
	TRY(ambition_load(c, in->id, &out->ambition));
	TRY(line_make(c, &out->ambition, true, &l));
	const struct needs *n;
	TRY(needs_load(c, c->today, &n));
	out->day = c->today;
	out->skills = l.skills;
	out->course = str_of(courses[l.progress.course]);
	out->finding = line_finding(c, &l);
	out->next_text = next_text(c, &l);
	out->people = (int64_t)n->people_count;
	out->made = instant_date(out->ambition.made);
	int days = date_days_between(c->today, out->ambition.horizon);
	out->months = days > 0 ? (int64_t)(days / 30.44 + .5) : 0;
	return OK;
}
