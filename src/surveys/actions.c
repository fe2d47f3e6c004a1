/* actions.c - from a result to a promise, and back to those who were asked: you said, we did. */
#include "inside.h"
#include "web/operation.h"
#include "web/web.h"

struct survey_action_form { int64_t id, place, owner; str what; date due; };
struct survey_tell_form { int64_t id; str told; };
struct survey_told_row { int64_t id, round; str what, owner_name, told, round_name; date due, told_day; bool late, mine; };
RECORD(survey_action_form, FIELD(survey_action_form, id), FIELD(survey_action_form, place, .optional = true),
	FIELD(survey_action_form, what, .label = W(surveys_a_what), .hint = W(surveys_a_what_hint), .required = true, .max = 300),
	FIELD(survey_action_form, owner, .label = W(surveys_a_owner), .required = true),
	FIELD(survey_action_form, due, .label = W(surveys_a_due), .required = true));
RECORD(survey_tell_form, FIELD(survey_tell_form, id), FIELD(survey_tell_form, told, .label = W(surveys_a_told), .hint = W(surveys_a_told_hint), .required = true, .max = 1000, .lines = true));
RECORD(survey_told_row, FIELD(survey_told_row, id), FIELD(survey_told_row, round), FIELD(survey_told_row, what), FIELD(survey_told_row, owner_name), FIELD(survey_told_row, told, .max = 1000), FIELD(survey_told_row, round_name), FIELD(survey_told_row, due),
	FIELD(survey_told_row, told_day), FIELD(survey_told_row, late), FIELD(survey_told_row, mine));
struct told_page { list open, told; int64_t late; };
RECORD(told_page, FIELD(told_page, open, .of = &survey_told_row_record), FIELD(told_page, told, .of = &survey_told_row_record), FIELD(told_page, late));

struct survey_action_row { int64_t id, round, owner; str what, owner_name, told, name; date due, told_day; };
RECORD(survey_action_row, FIELD(survey_action_row, id), FIELD(survey_action_row, round), FIELD(survey_action_row, owner), FIELD(survey_action_row, what), FIELD(survey_action_row, owner_name), FIELD(survey_action_row, told, .max = 1000),
	FIELD(survey_action_row, name), FIELD(survey_action_row, due), FIELD(survey_action_row, told_day));
#include "surveys_told.html.h"

OPERATION(survey_action_add, survey_action_form, by_id,
	.route = "POST /surveys/{id}/actions",
	.allow = "surveys.act",
	.effect = WRITES,
	.then = "/surveys/{id}/results",
	.back = "/surveys/{id}/results",
	.said = W(surveys_action_made),
	.doc = "Promises something because of a closed round: what, who, before when.")
{
	struct survey_round r = { 0 };
	struct by_id action = { 0 };
	TRY(round_load(c, in->id, &r));
	if (!str_eq(r.state, S("closed")))
		return refuse(c, CONFLICT, "not-closed", W(surveys_not_closed), date_iso(c->arena, r.closes));
	if (date_compare(in->due, c->today) < 0)
		return object(c, S("due"), W(surveys_due_past));
	struct count there = { 0 };
	TRY(store_one(c, person_exists, (&(struct by_id){ in->owner }), &there));
	if (!there.count)
		return object(c, S("owner"), W(surveys_no_owner));
	out->id = r.id;
	return store_one(c, action_add, in, &action);
}

OPERATION(survey_action_tell, survey_tell_form, by_id,
	.route = "POST /survey-actions/{id}/tell",
	.allow = "surveys.read",
	.effect = WRITES,
	.then = "/surveys/{id}/results",
	.back = "/surveys/told",
	.said = W(surveys_told_said),
	.doc = "Tells everybody who was asked what came of a promise: done, or why not. By whoever promised it, or learning and HR.")
{
	struct survey_action_row a = { 0 };
	if (store_one(c, action_by_id, (&(struct by_id){ in->id }), &a) != OK)
		return refuse(c, NOT_FOUND, "no-such-action", W(surveys_no_action));
	if (a.owner != c->me.person && !may(c, S("surveys.manage")))
		return refuse(c, FORBIDDEN, "not-yours", W(surveys_not_your_action), a.owner_name);
	if (a.told.len)
		return refuse(c, CONFLICT, "told-already", W(surveys_told_already));
	out->id = a.round;
	return store_run(c, action_told, in, NULL);
}

OPERATION(survey_told, nothing, told_page,
	.route = "GET /surveys/told",
	.allow = "surveys.read",
	.page = told_html,
	.lenient = true,
	.doc = "You said, we did: every promise made because of a survey, and what came of it.")
{
	(void)in;
	list all = { 0 };
	TRY(store_all(c, actions_all, NOTHING, &all));
	for (each(struct survey_action_row, a, all)) {
		bool late = !a->told.len && date_compare(a->due, c->today) < 0;
		out->late += late;
		*list_add(c->arena, a->told.len ? &out->told : &out->open, struct survey_told_row) = (struct survey_told_row){ a->id, a->round, a->what, a->owner_name, a->told, a->name, a->due, a->told_day, late,
			a->owner == c->me.person || may(c, S("surveys.manage")) };
	}
	return OK;
}

RECORD(survey_owed, FIELD(survey_owed, round), FIELD(survey_owed, untold), FIELD(survey_owed, overdue), FIELD(survey_owed, name));

enum status survey_owed(struct ctx *c, struct survey_owed *out)
{
	return store_one(c, owed, NOTHING, out);
}
