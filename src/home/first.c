/* first.c - the five steps from an empty database to a first result, each under ten minutes, each can be skipped. */
#include "first.h"
#include "home.sql.h"
#include "home.words.h"
#include "web/operation.h"

struct first_state { int64_t people, ambitions, skills, profiles, invited, bases, ratings; };
struct skipped { str name; };
RECORD(first_state, FIELD(first_state, people), FIELD(first_state, ambitions), FIELD(first_state, skills), FIELD(first_state, profiles),
	FIELD(first_state, invited), FIELD(first_state, bases), FIELD(first_state, ratings));
RECORD(first_step, FIELD(first_step, name), FIELD(first_step, title), FIELD(first_step, text), FIELD(first_step, path), FIELD(first_step, action),
	FIELD(first_step, done), FIELD(first_step, now), FIELD(first_step, skipped));

static const struct { const char *name, *path; const struct word *title, *text, *action; } steps[] = {
	{ "people", "/import", W(home_step_people), W(home_step_people_text), W(home_step_people_do) },
	{ "ambition", "/strategy", W(home_step_ambition), W(home_step_ambition_text), W(home_step_ambition_do) },
	{ "skills", "/strategy", W(home_step_skills), W(home_step_skills_text), W(home_step_skills_do) },
	{ "profile", "/roles", W(home_step_profile), W(home_step_profile_text), W(home_step_profile_do) },
	{ "team", "/people", W(home_step_team), W(home_step_team_text), W(home_step_team_do) },
};
enum { STEPS = sizeof steps / sizeof steps[0] };

static const struct choice step_names[] = { { S("people"), W(home_step_people) }, { S("ambition"), W(home_step_ambition) }, { S("skills"), W(home_step_skills) },
	{ S("profile"), W(home_step_profile) }, { S("team"), W(home_step_team) }, { 0 } };
RECORD(skipped, FIELD(skipped, name, .choices = step_names, .required = true));

enum status first_steps(struct ctx *c, list *out, int64_t *left)
{
	struct first_state s = { 0 };
	list put_away = { 0 };
	TRY(store_one(c, first_state, NOTHING, &s));
	TRY(store_all(c, first_skipped, NOTHING, &put_away));
	const bool done[STEPS] = { s.people > 0, s.ambitions > 0, s.skills > 0, s.profiles > 0, s.invited > 1 || s.ratings > 0 };
	bool now = true;
	*left = 0;
	for (size_t i = 0; i < STEPS; i++) {
		struct first_step *step = list_add(c->arena, out, struct first_step);
		enum language l = c->language;
		*step = (struct first_step){ str_of(steps[i].name), steps[i].title->text[l], steps[i].text->text[l], str_of(steps[i].path), steps[i].action->text[l], .done = done[i] };
		for (each(struct skipped, p, put_away))
			step->skipped |= str_eq(p->name, step->name) && !step->done;
		if (step->done || step->skipped)
			continue;
		step->now = now;
		now = false;
		*left += 1;
	}
	return OK;
}

OPERATION(first_step_skip, skipped, nothing,
	.route = "POST /first/{name}/skip",
	.allow = "people.manage",
	.effect = WRITES,
	.then = "/",
	.doc = "Puts one of the five first steps away. It can still be done at any time.")
{
	(void)out;
	return store_run(c, first_skip, in, NULL);
}
