/* roles.c - what each role asks: the profiles, read and changed. */
#include "inside.h"
#include "web/operation.h"

struct role_count { int64_t id; str name, name_en; int64_t people, skills; };
struct role_entry_shown { int64_t id; str name; int64_t people, skills; };
struct role_list { list roles; int64_t without; };
RECORD(role_count, FIELD(role_count, id), FIELD(role_count, name), FIELD(role_count, name_en), FIELD(role_count, people), FIELD(role_count, skills));
RECORD(role_entry_shown, FIELD(role_entry_shown, id), FIELD(role_entry_shown, name), FIELD(role_entry_shown, people), FIELD(role_entry_shown, skills));
RECORD(role_list, FIELD(role_list, roles, .of = &role_entry_shown_record), FIELD(role_list, without, .doc = "Roles that somebody holds and that have no profile."));
#include "skills_roles.html.h"

OPERATION(role_list_show, nothing, role_list,
	.route = "GET /roles",
	.allow = "skills.read",
	.page = roles_html,
	.lenient = true,
	.csv = "roles",
	.doc = "Every role with the people who hold it and the size of its profile.")
{
	(void)in;
	list rows = { 0 };
	TRY(store_all(c, role_people, NOTHING, &rows));
	for (each(struct role_count, r, rows)) {
		*list_add(c->arena, &out->roles, struct role_entry_shown) = (struct role_entry_shown){ r->id, either(c, r->name, r->name_en), r->people, r->skills };
		out->without += r->people && !r->skills;
	}
	return OK;
}

struct profile_line { int64_t role, skill, level, importance; str name_nl, name_en; };
struct profile_skill { int64_t skill; str name; int64_t level, importance; str level_word; };
struct profile_choice { int64_t id; str name; };
struct profile { int64_t id; str name; list lines, choices; };
RECORD(profile_line, FIELD(profile_line, role), FIELD(profile_line, skill), FIELD(profile_line, level), FIELD(profile_line, importance), FIELD(profile_line, name_nl), FIELD(profile_line, name_en));
RECORD(profile_skill, FIELD(profile_skill, skill), FIELD(profile_skill, name), FIELD(profile_skill, level), FIELD(profile_skill, importance), FIELD(profile_skill, level_word));
RECORD(profile_choice, FIELD(profile_choice, id), FIELD(profile_choice, name));
RECORD(profile, FIELD(profile, id), FIELD(profile, name), FIELD(profile, lines, .of = &profile_skill_record), FIELD(profile, choices, .of = &profile_choice_record));

static const struct choice level_choices[] = { { S("1"), W(skills_level_1) }, { S("2"), W(skills_level_2) }, { S("3"), W(skills_level_3) },
	{ S("4"), W(skills_level_4) }, { S("5"), W(skills_level_5) }, { 0 } };
static const struct choice importance_choices[] = { { S("1"), W(skills_importance_1) }, { S("2"), W(skills_importance_2) }, { S("3"), W(skills_importance_3) }, { 0 } };

struct profile_form { int64_t id, skill; str level, importance; };
RECORD(profile_form,
	FIELD(profile_form, id, .required = true),
	FIELD(profile_form, skill, .label = W(skills_field_skill), .required = true),
	FIELD(profile_form, level, .label = W(skills_field_level), .required = true, .choices = level_choices),
	FIELD(profile_form, importance, .label = W(skills_field_importance), .required = true, .choices = importance_choices));
#include "skills_profile.html.h"

static enum status role_find(struct ctx *c, int64_t id, struct role_named *out)
{
	struct by_id key = { id };
	bool found;
	TRY(store_find(c, profile_role, &key, out, &found));
	return found ? OK : refuse(c, NOT_FOUND, "unknown-role", W(skills_unknown_role));
}

OPERATION(role_show, by_id, profile,
	.route = "GET /roles/{id}",
	.allow = "skills.read",
	.page = profile_html,
	.lenient = true,
	.doc = "A role's profile: the level it asks of each skill.")
{
	struct role_named role = { 0 };
	list lines = { 0 }, skills = { 0 };
	TRY(role_find(c, in->id, &role));
	TRY(store_all(c, role_skill_of_role, in, &lines));
	TRY(skill_list(c, &skills));
	out->id = role.id;
	out->name = either(c, role.name, role.name_en);
	for (each(struct profile_line, l, lines))
		*list_add(c->arena, &out->lines, struct profile_skill) = (struct profile_skill){ l->skill, either(c, l->name_nl, l->name_en), l->level, l->importance, level_word(c, (int)l->level) };
	for (each(struct skill, s, skills))
		if (str_eq(s->kind, S("skill")))
			*list_add(c->arena, &out->choices, struct profile_choice) = (struct profile_choice){ s->id, s->name };
	return OK;
}

OPERATION(role_skill_set, profile_form, nothing,
	.route = "POST /roles/{id}/skills",
	.allow = "skills.manage",
	.effect = WRITES,
	.then = "/roles/{id}",
	.said = W(skills_profile_saved),
	.doc = "Asks a level of a skill in a role, or changes what was asked.")
{
	(void)out;
	struct role_named role = { 0 };
	struct skill skill;
	int64_t level = 0, importance = 0;
	TRY(role_find(c, in->id, &role));
	TRY(skill_load_in_use(c, in->skill, &skill));
	if (!str_to_int(in->level, &level) || !str_to_int(in->importance, &importance))
		return INVALID;
	struct profile_row row = { .role = in->id, .skill = in->skill, .level = level, .importance = importance };
	return store_run(c, role_skill_put, &row, NULL);
}

struct profile_drop { int64_t id, skill; };
RECORD(profile_drop, FIELD(profile_drop, id, .required = true), FIELD(profile_drop, skill, .required = true));

OPERATION(role_skill_drop, profile_drop, nothing,
	.route = "POST /roles/{id}/skills/{skill}/remove",
	.allow = "skills.manage",
	.effect = WRITES,
	.then = "/roles/{id}",
	.said = W(skills_profile_saved),
	.doc = "Asks a skill no longer in a role. Ratings stay.")
{
	(void)out;
	struct role_skill row = { .role = in->id, .skill = in->skill };
	return store_run(c, role_skill_remove_one, &row, NULL);
}
