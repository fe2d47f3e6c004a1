/* team.c - my team: people by skills, a whole team on one skill on one screen, and a question for the next meeting. */
#include "inside.h"
#include "people/people.h"
#include "skills/skills.h"
#include "trust/trust.h"
#include "web/audit.h"
#include "web/operation.h"
#include <math.h>

/* ---- People by skills ---- */

/* One person in one skill that the role asks which the reader leads. */
struct team_row { int64_t person, skill; str name, name_nl, name_en; int64_t needed, importance; double mean, variance; date last_seen; int64_t known; bool confirmed; };
RECORD(team_row, FIELD(team_row, person), FIELD(team_row, skill), FIELD(team_row, name), FIELD(team_row, name_nl), FIELD(team_row, name_en), FIELD(team_row, needed),
	FIELD(team_row, importance), FIELD(team_row, mean), FIELD(team_row, variance), FIELD(team_row, last_seen), FIELD(team_row, known), FIELD(team_row, confirmed));

struct team_cell { bool asked, known, confirmed; int64_t low, high, needed, shade; };
struct team_member { int64_t person; str name; list cells; };
struct team_skill { int64_t skill; str name; int64_t under, known, asked, weight; };
struct team { list skills, members, all; str worst; int64_t worst_under, worst_known, people, hidden; bool works; };
RECORD(team_cell, FIELD(team_cell, asked), FIELD(team_cell, known), FIELD(team_cell, confirmed), FIELD(team_cell, low, .optional = true), FIELD(team_cell, high, .optional = true),
	FIELD(team_cell, needed, .optional = true), FIELD(team_cell, shade, .optional = true));
RECORD(team_member, FIELD(team_member, person), FIELD(team_member, name), FIELD(team_member, cells, .of = &team_cell_record, .doc = "In the order of skills."));
RECORD(team_skill, FIELD(team_skill, skill), FIELD(team_skill, name), FIELD(team_skill, under, .doc = "People probably under what their role needs."),
	FIELD(team_skill, known), FIELD(team_skill, asked));
RECORD(team, FIELD(team, skills, .of = &team_skill_record), FIELD(team, members, .of = &team_member_record), FIELD(team, people), FIELD(team, hidden), FIELD(team, works));

#include "ratings_team.html.h"

enum { TEAM_SKILLS = 12 };

static int skill_before(const void *a, const void *b)
{
	const struct team_skill *x = a, *y = b;
	return x->weight != y->weight ? (x->weight < y->weight) - (x->weight > y->weight) : str_compare(x->name, y->name);
}

/* From far under what is needed to above it: h1 … h5 of the style. */
static int64_t shade_of(double from_needed)
{
	return from_needed < -1.25 ? 1 : from_needed < -.5 ? 2 : from_needed < 0 ? 3 : from_needed < 1 ? 4 : 5;
}

static struct team_cell cell_of(struct ctx *c, const struct policy *p, const struct team_row *r)
{
	struct stand s = stand_of(c, p, &(struct stand_row){ .skill = r->skill, .name_nl = r->name_nl, .name_en = r->name_en, .needed = r->needed,
		.mean = r->mean, .variance = r->variance, .last_seen = r->last_seen, .known = r->known, .confirmed = r->confirmed });
	struct believed now = { .mean = r->mean, .variance = r->variance, .last_seen = r->last_seen };
	policy_predict(p, &now, c->today);
	return (struct team_cell){ true, s.known, s.confirmed, s.low, s.high, s.needed, s.known && s.confirmed ? shade_of(now.mean - (double)r->needed) : 0 };
}

/* The skills that weigh most in the profiles of those who are led; on a small team all of them, on a large one the first twelve. */
static void skills_choose(struct ctx *c, const list *rows, struct team *out, struct map *column)
{
	struct map place = { 0 };
	for (each(struct team_row, r, *rows)) {
		int64_t at = (int64_t)out->all.count;
		if (map_put_number(c->arena, &place, r->skill, at, &at)) {
			str name = c->language == NL ? r->name_nl : r->name_en;
			*list_add(c->arena, &out->all, struct team_skill) = (struct team_skill){ .skill = r->skill, .name = name.len ? name : r->name_nl.len ? r->name_nl : r->name_en };
		}
		struct team_skill *s = list_item(out->all, struct team_skill, at);
		s->weight += r->importance;
		s->asked++;
	}
	list_sort(c->arena, &out->all, struct team_skill, skill_before);
	for (size_t i = 0; i < out->all.count && i < TEAM_SKILLS; i++) {
		map_put_number(c->arena, column, list_item(out->all, struct team_skill, i)->skill, (int64_t)i, NULL);
		*list_add(c->arena, &out->skills, struct team_skill) = *list_item(out->all, struct team_skill, i);
	}
	out->hidden = (int64_t)(out->all.count - out->skills.count);
}

OPERATION(my_team, nothing, team,
	.route = "GET /my-team",
	.allow = "team.read",
	.page = team_html,
	.doc = "The people one leads today by the skills their role asks: the organisation's estimate as a range of levels, never a mean or a total.")
{
	(void)in;
	struct policy p;
	list rows = { 0 }, led = { 0 };
	struct map column = { 0 }, member = { 0 };
	TRY(policy_load(c, &p));
	TRY(people_led(c, c->me.person, &led));
	TRY(store_all(c, team_stands, NOTHING, &rows));
	TRY(trust_purpose_works(c, PURPOSE_RATINGS, &out->works));
	skills_choose(c, &rows, out, &column);
	for (each(struct member, m, led)) {
		map_put_number(c->arena, &member, m->person, (int64_t)out->members.count, NULL);
		struct team_member *t = list_add(c->arena, &out->members, struct team_member);
		*t = (struct team_member){ .person = m->person, .name = m->name };
		for (size_t i = 0; i < out->skills.count; i++)
			(void)list_add(c->arena, &t->cells, struct team_cell);
		looked_at(c, m->person);
	}
	out->people = (int64_t)led.count;
	for (each(struct team_row, r, rows)) {
		int64_t at, who;
		if (!map_find_number(&column, r->skill, &at) || !map_find_number(&member, r->person, &who))
			continue;
		struct team_cell *cell = list_item(list_item(out->members, struct team_member, who)->cells, struct team_cell, at);
		struct team_skill *s = list_item(out->skills, struct team_skill, at);
		*cell = cell_of(c, &p, r);
		s->known += cell->known && cell->confirmed;
		s->under += cell->shade == 1 || cell->shade == 2;
	}
	for (each(struct team_skill, s, out->skills))
		if (s->under > out->worst_under) {
			out->worst = s->name;
			out->worst_under = s->under;
			out->worst_known = s->known;
		}
	return OK;
}

/* ---- A team on one skill ---- */

struct rate_query { int64_t skill; };
struct rate_person { int64_t person; str name; int64_t last; date last_day; };
struct rate_level { int64_t level; str word, text; };
struct rate_page { int64_t skill; str name; list people, levels; bool works; };
RECORD(rate_query, FIELD(rate_query, skill));
RECORD(rate_person, FIELD(rate_person, person), FIELD(rate_person, name), FIELD(rate_person, last, .optional = true, .doc = "What one said last."), FIELD(rate_person, last_day));
RECORD(rate_level, FIELD(rate_level, level), FIELD(rate_level, word), FIELD(rate_level, text, .max = 1000));
RECORD(rate_page, FIELD(rate_page, skill), FIELD(rate_page, name), FIELD(rate_page, people, .of = &rate_person_record), FIELD(rate_page, levels, .of = &rate_level_record), FIELD(rate_page, works));
/* A long word may break over the narrow columns of the form, at a place where it is still read. */
static str narrow_view(struct view *v, str word)
{
	size_t at = word.len > 10 ? 6 : 5;
	return word.len < 9 ? word : text_format(v->c->arena, "%.*s\u00AD%.*s", (int)at, word.at, S_ARG(str_from(word, at)));
}
#include "ratings_rate.html.h"

OPERATION(team_rate_form, rate_query, rate_page,
	.route = "GET /my-team/rate/{skill}",
	.allow = "team.read",
	.page = rate_html,
	.doc = "The people one leads whom one may rate on this skill, with what one said of them last.")
{
	struct skill skill;
	list levels = { 0 };
	TRY(skill_load_in_use(c, in->skill, &skill));
	TRY(store_all(c, team_to_rate, in, &out->people));
	TRY(skill_levels(c, skill.id, &levels));
	TRY(trust_purpose_works(c, PURPOSE_RATINGS, &out->works));
	out->skill = skill.id;
	out->name = skill.name;
	for (int level = 1; level <= LEVELS; level++) {
		struct rate_level *l = list_add(c->arena, &out->levels, struct rate_level);
		*l = (struct rate_level){ .level = level, .word = level_word(c, level) };
		for (each(struct skill_level, s, levels))
			if (s->level == level)
				l->text = s->text;
	}
	for (each(struct rate_person, p, out->people))
		looked_at(c, p->person);
	return OK;
}

struct rate_row { int64_t person, level; };
struct rate_form { int64_t skill; list rates; };
struct rated { int64_t skill, given; };
RECORD(rate_row, FIELD(rate_row, person), FIELD(rate_row, level, .label = W(ratings_level), .min = 1, .max = LEVELS, .optional = true, .doc = "None: not seen."));
RECORD(rate_form, FIELD(rate_form, skill), FIELD(rate_form, rates, .of = &rate_row_record, .max = 200));
RECORD(rated, FIELD(rated, skill), FIELD(rated, given));

OPERATION(team_rate, rate_form, rated,
	.route = "POST /my-team/rate/{skill}",
	.allow = "team.read",
	.effect = WRITES,
	.then = "/my-team",
	.back = "/my-team/rate/{skill}",
	.said = W(ratings_team_given),
	.doc = "Rates the people one leads on one skill; who was not seen is left out. Each sees their own at once.")
{
	struct skill skill;
	list people = { 0 };
	struct map may_rate = { 0 };
	TRY(trust_purpose(c, PURPOSE_RATINGS));
	TRY(skill_load_in_use(c, in->skill, &skill));
	TRY(store_all(c, team_to_rate, (&(struct rate_query){ in->skill }), &people));
	for (each(struct rate_person, p, people))
		map_put_number(c->arena, &may_rate, p->person, 1, NULL);
	out->skill = in->skill;
	for (each(struct rate_row, r, in->rates)) {
		int64_t id;
		if (!r->level)
			continue;
		if (!map_find_number(&may_rate, r->person, &id))
			return refuse(c, FORBIDDEN, "not-your-team", W(ratings_not_your_team));
		TRY(rating_add(c, &(struct rating_given){ .person = r->person, .skill = in->skill, .level = r->level, .source = S("lead"),
			.rater = c->me.person, .day = c->today }, &id));
		out->given++;
	}
	return OK;
}

/* ---- The question of the month ---- */

struct question { str unit; date month; };
RECORD(question, FIELD(question, unit), FIELD(question, month));
#include "ratings_question.html.h"

OPERATION(team_question, nothing, question,
	.route = "GET /my-team/question",
	.allow = "team.read",
	.page = question_html,
	.doc = "One sheet for the next meeting: what did we learn this month?")
{
	(void)in;
	list led = { 0 };
	TRY(people_led(c, c->me.person, &led));
	out->month = c->today;
	for (each(struct member, m, led)) {
		str above, name = m->unit_path;
		while (str_cut(name, '/', &above, &name))
			;
		out->unit = above;
	}
	return OK;
}
