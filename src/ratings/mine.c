/* mine.c - my skills: what my roles ask, where I probably stand, everything that was said about me, and who looked. */
#include "inside.h"
#include "people/people.h"
#include "skills/skills.h"
#include "trust/trust.h"
#include "web/operation.h"

enum { FIRST = 12 };

/* ---- All of them ---- */

struct mine_query { bool all; };
struct my_skills_page { list skills; str roles; int64_t asked, there, growing, unknown, hidden, looked; bool all, works; };
struct role_name { str name; };
RECORD(mine_query, FIELD(mine_query, all, .doc = "Also those that no role of mine asks."));
RECORD(my_skills_page, FIELD(my_skills_page, skills, .of = &stand_record), FIELD(my_skills_page, roles), FIELD(my_skills_page, asked, .doc = "Skills that my roles ask."),
	FIELD(my_skills_page, there, .doc = "Of these, probably at the level needed."), FIELD(my_skills_page, growing, .doc = "Probably under it."),
	FIELD(my_skills_page, unknown, .doc = "Not known, or said by oneself only."), FIELD(my_skills_page, hidden, .doc = "How many more there are with all=1."),
	FIELD(my_skills_page, looked, .doc = "How many people opened my skills in the last three months."), FIELD(my_skills_page, all),
	FIELD(my_skills_page, works, .doc = "The purpose has its basis."));
RECORD(role_name, FIELD(role_name, name));

#include "ratings_skill_row.html.h"
#include "ratings_mine.html.h"

/* "Klantadviseur en Wijkconsulent" */
static enum status roles_of(struct ctx *c, int64_t person, str *out)
{
	list employments = { 0 };
	TRY(person_employments_today(c, person, &employments));
	str *names = arena_array_of(c->arena, str, employments.count + 1);
	size_t count = 0;
	for (each(struct employment, e, employments))
		names[count++] = e->role_name;
	*out = text_of_all(c, names, count, false);
	return OK;
}

OPERATION(my_skills, mine_query, my_skills_page,
	.route = "GET /my-skills",
	.allow = "self.use",
	.page = mine_html,
	.doc = "The skills of my roles, what is needed and where I probably stand; all sources, my own too. The twelve that matter most first.")
{
	struct policy p;
	list rows = { 0 }, pictures = { 0 };
	struct about me = about(c, c->me.person, 0, true);
	struct count looked;
	TRY(policy_load(c, &p));
	TRY(store_all(c, stands_own, &me, &rows));
	TRY(store_all(c, pictured_own, &me, &pictures));
	TRY(store_one(c, looked_count, &me, &looked));
	TRY(roles_of(c, c->me.person, &out->roles));
	TRY(trust_purpose_works(c, PURPOSE_RATINGS, &out->works));
	for (each(struct stand_row, r, rows)) {
		struct stand s = stand_of(c, &p, r);
		out->asked += s.needed > 0;
		out->unknown += s.needed && !s.confirmed;
		out->growing += s.below;
		out->there += s.needed && s.confirmed && !s.below;
		if (in->all || (s.needed && out->skills.count < FIRST))
			*list_add(c->arena, &out->skills, struct stand) = s;
		else
			out->hidden++;
	}
	stands_picture(c, &out->skills, &pictures);
	out->looked = looked.count;
	out->all = in->all;
	return OK;
}

/* ---- One of them ---- */

struct my_skill_query { int64_t skill; };
struct my_skill {
	struct stand stand;
	list said, levels, colleagues, asked, words;
	struct said_row own;
	date from;
	bool rated, shared, differs, works;
	int64_t others;
};
struct range_word { str word; bool on; };
struct askable { int64_t id; str name; };
struct asked_name { str name; instant made; };
RECORD(my_skill_query, FIELD(my_skill_query, skill));
RECORD(askable, FIELD(askable, id), FIELD(askable, name));
RECORD(asked_name, FIELD(asked_name, name), FIELD(asked_name, made));
RECORD(my_skill, FIELD(my_skill, stand, .of = &stand_record), FIELD(my_skill, said, .of = &said_row_record, .doc = "What others said, the newest first."),
	FIELD(my_skill, levels, .of = &skill_level_record), FIELD(my_skill, colleagues, .of = &askable_record, .doc = "Whom I could ask: who works with me."),
	FIELD(my_skill, asked, .of = &asked_name_record, .doc = "Whom I asked and who did not answer yet."),
	FIELD(my_skill, own, .of = &said_row_record), FIELD(my_skill, rated), FIELD(my_skill, shared), FIELD(my_skill, differs, .doc = "I say two levels or more above what others say."),
	FIELD(my_skill, works), FIELD(my_skill, others));
static const struct word *outcome_view(struct view *v, str outcome)
{
	(void)v;
	return str_eq(outcome, S("withdrawn")) ? W(ratings_outcome_withdrawn) : str_eq(outcome, S("renewed")) ? W(ratings_outcome_renewed) : W(ratings_outcome_kept);
}
#include "ratings_my_skill.html.h"

OPERATION(my_skill_show, my_skill_query, my_skill,
	.route = "GET /my-skills/{skill}",
	.allow = "self.use",
	.page = my_skill_html,
	.doc = "Everything that was said about me in one skill, by whom and when; what I said myself and whether I share it.")
{
	struct policy p;
	struct skill skill;
	struct about me = about(c, c->me.person, in->skill, true);
	struct stand_row row = { 0 };
	list all = { 0 }, stands = { 0 }, pictures = { 0 };
	struct count shared;
	bool found;
	TRY(policy_load(c, &p));
	TRY(skill_load(c, in->skill, &skill));
	TRY(store_find(c, stand_own, &me, &row, &found));
	TRY(said_about(c, c->me.person, in->skill, true, &all));
	TRY(skill_levels(c, in->skill, &out->levels));
	TRY(store_all(c, colleagues, NOTHING, &out->colleagues));
	TRY(store_all(c, asked_names, &me, &out->asked));
	TRY(store_one(c, shared_count, &me, &shared));
	TRY(trust_purpose_works(c, PURPOSE_RATINGS, &out->works));
	row.skill = skill.id;
	row.name_nl = row.name_en = skill.name;
	*list_add(c->arena, &stands, struct stand) = stand_of(c, &p, &row);
	date since = date_add_months(c->today, -PICTURE_MONTHS);
	int64_t most_by_others = 0;
	for (size_t i = all.count; i-- > 0; ) {
		struct said_row *s = list_item(all, struct said_row, i);
		if (!s->withdrawn.ms && date_compare(s->day, since) >= 0)
			*list_add(c->arena, &pictures, struct pictured) = (struct pictured){ s->skill, s->level, s->source, s->day };
	}
	for (each(struct said_row, s, all)) {
		bool own = str_eq(s->source, S("self"));
		if (!own) {
			*list_add(c->arena, &out->said, struct said_row) = *s;
			out->others += !s->withdrawn.ms;
			most_by_others = !s->withdrawn.ms && s->level > most_by_others ? s->level : most_by_others;
		} else if (!out->rated && !s->withdrawn.ms) {
			out->own = *s;
			out->rated = true;
		}
	}
	stands_picture(c, &stands, &pictures);
	out->stand = *list_item(stands, struct stand, 0);
	out->stand.sources.height = 150;
	out->from = since;
	for (int level = 1; level <= LEVELS; level++)
		*list_add(c->arena, &out->words, struct range_word) = (struct range_word){ level_word(c, level), level >= out->stand.low && level <= out->stand.high };
	out->shared = shared.count > 0;
	out->differs = out->rated && out->others && out->own.level >= most_by_others + 2;
	return OK;
}

/* ---- Who looked ---- */

struct looked_row { str name; date day; int64_t times; };
struct my_looks_page { list looks; };
RECORD(looked_row, FIELD(looked_row, name), FIELD(looked_row, day), FIELD(looked_row, times));
RECORD(my_looks_page, FIELD(my_looks_page, looks, .of = &looked_row_record));
#include "ratings_looks.html.h"

OPERATION(my_looks, nothing, my_looks_page,
	.route = "GET /my-skills/looks",
	.allow = "self.use",
	.page = looks_html,
	.doc = "Who opened what is known of me, and when: the last two hundred times.")
{
	(void)in;
	return store_all(c, looks_at_my_skills, NOTHING, &out->looks);
}

/* ---- The first three minutes ---- */

enum { WELCOME_SKILLS = 3 };

struct welcome_query { int64_t skip; };
struct welcome { struct stand stand; list levels; int64_t number, of, skip; bool more, works; str basis; date basis_day; };
struct basis_said { str document; date day; };
RECORD(welcome_query, FIELD(welcome_query, skip, .optional = true, .min = 0, .max = WELCOME_SKILLS));
RECORD(basis_said, FIELD(basis_said, document), FIELD(basis_said, day));
RECORD(welcome, FIELD(welcome, stand, .of = &stand_record), FIELD(welcome, levels, .of = &skill_level_record), FIELD(welcome, number), FIELD(welcome, of), FIELD(welcome, skip),
	FIELD(welcome, more, .doc = "There is a skill to look at."), FIELD(welcome, works), FIELD(welcome, basis), FIELD(welcome, basis_day));
#include "ratings_welcome.html.h"

OPERATION(welcome_show, welcome_query, welcome,
	.route = "GET /welcome",
	.allow = "self.use",
	.page = welcome_html,
	.lenient = true,
	.doc = "What this is, who sees what, and the three skills that matter most in my role, one at a time.")
{
	struct policy p;
	list rows = { 0 };
	struct about me = about(c, c->me.person, 0, true);
	struct basis_said basis = { 0 };
	bool found;
	TRY(policy_load(c, &p));
	TRY(store_all(c, stands_own, &me, &rows));
	TRY(store_find(c, basis_now, NOTHING, &basis, &found));
	out->works = found;
	out->basis = basis.document;
	out->basis_day = basis.day;
	int64_t skipped = 0;
	for (each(struct stand_row, r, rows)) {
		if (!r->needed || out->of == WELCOME_SKILLS)
			break;
		out->of++;
		if (out->more || r->by_self || skipped++ < in->skip)
			continue;
		out->stand = stand_of(c, &p, r);
		out->number = out->of;
		out->more = true;
	}
	out->skip = in->skip + 1;
	return out->more ? skill_levels(c, out->stand.skill, &out->levels) : OK;
}
