/* line.c - the line: from each critical skill to how many people it needs, how many are expected there, and where they are missing.
 *
 * The rule: a skill is reached when as many people are expected at target as are needed. An ambition is on course when the skills
 * that are reached carry three quarters of the weight of those we know enough of, and not yet known when those carry less than the
 * policy's share of all weight.
 */
#include "line.h"

RECORD(short_unit, FIELD(short_unit, name), FIELD(short_unit, link), FIELD(short_unit, people));
RECORD(line_skill, FIELD(line_skill, skill), FIELD(line_skill, name), FIELD(line_skill, weight), FIELD(line_skill, target_level), FIELD(line_skill, needed),
	FIELD(line_skill, people), FIELD(line_skill, known), FIELD(line_skill, expected), FIELD(line_skill, low), FIELD(line_skill, high), FIELD(line_skill, state),
	FIELD(line_skill, where, .of = &short_unit_record));

enum { WHERE_MAX = 3 };

static struct line_skill skill_line(struct ctx *c, const struct gap_question *q, const struct wanted *w, const struct figure *f, str name)
{
	struct line_skill s = { .skill = w->skill, .name = name, .weight = w->weight, .target_level = w->target_level, .people = f->people, .known = f->known,
		.expected = f->shown == SHOWN ? f->expected : NAN, .low = f->low, .high = f->high, .level = level_word(c, (int)w->target_level) };
	s.needed = w->people_needed ? w->people_needed : f->shown == SHOWN ? f->known : f->people;
	s.everybody = !w->people_needed;
	size_t scope = needs_unit(q->n, w->unit);
	str path = scope == SIZE_MAX || scope == WHOLE ? (str){ 0 } : q->n->units[scope].path;
	s.scope = scope == SIZE_MAX || scope == WHOLE ? (str){ 0 } : q->n->units[scope].name;
	s.link = gap_link(c, "/gap/skill", &(struct gap_query){ .ambition = number_link(c, q->ambition.id) }, path, number_link(c, w->skill));
	s.picture = (struct chart_interval){ s.needed > 0 ? s.needed : 1, f->shown == SHOWN, f->expected, (double)f->low, (double)f->high };
	s.behind = chart_is_behind(&s.picture);
	s.is_unknown = f->shown == UNKNOWN || f->shown == NOBODY;
	s.few = f->shown == FEW || f->shown == BESIDE;
	s.reached = f->shown == SHOWN && !s.behind;
	s.state = s.reached ? S("reached") : s.behind ? S("behind") : s.few ? S("few") : S("unknown");
	return s;
}

static int by_people(const void *a, const void *b)
{
	const struct short_unit *x = a, *y = b;
	return (x->people < y->people) - (x->people > y->people);
}

/* Where people are short: the units right below the skill's scope that this reader may see, the shortest first. */
static void where_find(struct ctx *c, const struct gap_question *q, const struct wanted *w, const struct figure *at, struct line_skill *s)
{
	size_t scope = needs_unit(q->n, w->unit);
	list all = { 0 };
	for (size_t u = 1; u < q->n->unit_count; u++) {
		int64_t people = llround(figure_short(&at[u]));
		if ((size_t)q->n->units[u].parent == scope && people > 0)
			*list_add(c->arena, &all, struct short_unit) = (struct short_unit){ q->n->units[u].name,
				gap_link(c, "/gap/skill", &(struct gap_query){ .ambition = number_link(c, q->ambition.id) }, q->n->units[u].path, number_link(c, w->skill)), people };
	}
	list_sort(c->arena, &all, struct short_unit, by_people);
	if (all.count > WHERE_MAX)
		all.count = WHERE_MAX;
	s->where = all;
}

static void course_decide(const struct gap_question *q, struct line *l)
{
	int64_t all = 0, known = 0, reached = 0;
	double worst = 0;
	struct progress *p = &l->progress;
	for (each(struct line_skill, s, l->skills)) {
		double missing = s->behind ? ((double)s->needed - s->expected) * (double)s->weight : 0;
		all += s->weight;
		known += s->reached || s->behind ? s->weight : 0;
		reached += s->reached ? s->weight : 0;
		p->skills++;
		p->reached += s->reached;
		p->behind += s->behind;
		p->unknown += !s->reached && !s->behind;
		if (missing > worst) {
			worst = missing;
			p->worst = s->skill;
		}
	}
	p->course = !known || known * 100 < q->n->least_known_percent * all ? COURSE_UNKNOWN : reached * 100 >= ON_COURSE_PERCENT * known ? COURSE_ON : COURSE_BEHIND;
}

enum status line_make(struct ctx *c, const struct ambition *a, bool where, struct line *out)
{
	struct gap_question q;
	struct figure *at;
	TRY(gap_ask(c, &(struct gap_query){ .ambition = number_link(c, a->id) }, &q));
	TRY(gap_answer(c, &q, &at));
	*out = (struct line){ .progress = { .ambition = a->id, .name = a->name } };
	for (size_t i = 0; i < q.n->wanted_count; i++) {
		const struct wanted *w = &q.n->wanted[i];
		size_t place = w->ambition == a->id ? needs_skill(q.n, w->skill) : SIZE_MAX, column = 0, scope = needs_unit(q.n, w->unit);
		if (place == SIZE_MAX)
			continue;
		while (q.skills[column] != place)
			column++;
		const struct figure *units = at + column * q.n->unit_count;
		struct line_skill *s = list_add(c->arena, &out->skills, struct line_skill);
		*s = skill_line(c, &q, w, scope == SIZE_MAX ? &(struct figure){ .shown = NOBODY } : &units[scope], q.names[place]);
		if (where && s->behind)
			where_find(c, &q, w, units, s);
	}
	course_decide(&q, out);
	return OK;
}

str line_finding(struct ctx *c, const struct line *l)
{
	const struct progress *p = &l->progress;
	str worst = { 0 };
	for (each(struct line_skill, s, l->skills))
		if (s->skill == p->worst)
			worst = s->name;
	str values[] = { text_of_int(c, p->reached), text_of_int(c, p->skills), worst, text_of_int(c, p->unknown) };
	const struct word *w = !p->skills ? W(strategy_finding_none) : p->course == COURSE_UNKNOWN ? W(strategy_finding_unknown)
		: !p->behind && !p->unknown ? W(strategy_finding_all) : !p->behind ? W(strategy_finding_rest_unknown) : W(strategy_finding_worst);
	return word_text(c->arena, c->language, w, values, 4);
}

enum status ambition_progress(struct ctx *c, list *out)
{
	list all = { 0 };
	TRY(ambition_list(c, &all));
	for (each(struct ambition, a, all)) {
		struct line l;
		TRY(line_make(c, a, false, &l));
		*list_add(c->arena, out, struct progress) = l.progress;
	}
	return OK;
}
