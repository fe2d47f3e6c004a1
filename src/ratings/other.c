/* other.c - another person's skills: for who leads them in that role today, and for learning. Never their unshared view of themselves. */
#include "inside.h"
#include "people/people.h"
#include "skills/skills.h"
#include "web/access.h"
#include "web/operation.h"

struct other_query { int64_t id; };
struct other { int64_t id; str name, roles; list skills; bool leads; };
RECORD(other_query, FIELD(other_query, id));
RECORD(other, FIELD(other, id), FIELD(other, name), FIELD(other, skills, .of = &stand_record), FIELD(other, leads));

#include "ratings_skill_row.html.h"
#include "ratings_other.html.h"

/* :own tells the query whether only what the reader leads is asked for. */
OPERATION(person_skills, other_query, other,
	.route = "GET /people/{id}/skills",
	.allow = "people.read",
	.page = other_html,
	.doc = "Where a person stands by the organisation's estimate: for who leads them, in the skills of that role; for learning, in all. Looking is kept for the person to see.")
{
	struct policy p;
	struct person person;
	enum sight_reason reason;
	list rows = { 0 }, pictures = { 0 };
	TRY(sight_needed(c, in->id, 0, &reason));
	TRY(person_load(c, in->id, &person));
	TRY(policy_load(c, &p));
	struct about key = about(c, in->id, 0, reason == SIGHT_LEADS);
	TRY(store_all(c, stands_of_person, &key, &rows));
	TRY(store_all(c, pictured_of_person, &key, &pictures));
	for (each(struct stand_row, r, rows))
		*list_add(c->arena, &out->skills, struct stand) = stand_of(c, &p, r);
	stands_picture(c, &out->skills, &pictures);
	out->id = person.id;
	out->name = person.name;
	out->leads = reason == SIGHT_LEADS;
	return OK;
}

struct other_skill_query { int64_t id, skill; };
struct other_skill { int64_t id; str name; struct stand stand; list said; bool settles; };
RECORD(other_skill_query, FIELD(other_skill_query, id), FIELD(other_skill_query, skill));
RECORD(other_skill, FIELD(other_skill, id), FIELD(other_skill, name), FIELD(other_skill, stand, .of = &stand_record),
	FIELD(other_skill, said, .of = &said_row_record), FIELD(other_skill, settles, .doc = "This reader may settle a review."));
#include "ratings_other_skill.html.h"

OPERATION(person_skill, other_skill_query, other_skill,
	.route = "GET /people/{id}/skills/{skill}",
	.allow = "people.read",
	.page = other_skill_html,
	.doc = "What others said about a person in one skill, and what that person shares; for who leads them in a role that asks it, and for learning.")
{
	struct policy p;
	struct person person;
	struct skill skill;
	enum sight_reason reason;
	struct stand_row row = { 0 };
	list stands = { 0 }, pictures = { 0 };
	bool found;
	struct about key = about(c, in->id, in->skill, false);
	TRY(skill_load(c, in->skill, &skill));
	TRY(sight_needed(c, in->id, in->skill, &reason));
	TRY(person_load(c, in->id, &person));
	TRY(policy_load(c, &p));
	TRY(store_find(c, stand_of_person, &key, &row, &found));
	TRY(said_about(c, in->id, in->skill, false, &out->said));
	row.skill = skill.id;
	row.name_nl = row.name_en = skill.name;
	*list_add(c->arena, &stands, struct stand) = stand_of(c, &p, &row);
	date since = date_add_months(c->today, -PICTURE_MONTHS);
	for (size_t i = out->said.count; i-- > 0; ) {
		struct said_row *s = list_item(out->said, struct said_row, i);
		if (date_compare(s->day, since) >= 0)
			*list_add(c->arena, &pictures, struct pictured) = (struct pictured){ s->skill, s->level, s->source, s->day };
	}
	stands_picture(c, &stands, &pictures);
	out->stand = *list_item(stands, struct stand, 0);
	out->stand.sources.height = 150;
	out->id = person.id;
	out->name = person.name;
	out->settles = c->me.unprotected || may(c, S("ratings.manage"));
	return OK;
}
