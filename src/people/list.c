/* list.c - everybody who works here, found by name, number or team; and one of them. */
#include "inside.h"
#include "web/web.h"

struct people_query { str find; int64_t unit; bool left; int64_t skip; str like; };
struct people_entry { int64_t id; str name, unit_path, role_name; int64_t unit; date end_day; };
struct people_total { int64_t people, teams; };
struct people_list {
	str find;
	int64_t unit;
	bool left;
	int64_t skip;
	str unit_name;
	int64_t people, teams, first, last, next, previous;
	list entries, units;
	bool none;
};
RECORD(people_query,
	FIELD(people_query, find, .label = W(people_find), .max = 100),
	FIELD(people_query, unit, .label = W(people_unit), .optional = true),
	FIELD(people_query, left, .label = W(people_left)),
	FIELD(people_query, skip, .max = 1000000),
	FIELD(people_query, like));
RECORD(people_entry, FIELD(people_entry, id), FIELD(people_entry, name), FIELD(people_entry, unit_path), FIELD(people_entry, role_name), FIELD(people_entry, unit),
	FIELD(people_entry, end_day));
RECORD(people_total, FIELD(people_total, people), FIELD(people_total, teams));
RECORD(people_list,
	FIELD(people_list, find), FIELD(people_list, unit, .optional = true), FIELD(people_list, left), FIELD(people_list, skip), FIELD(people_list, unit_name),
	FIELD(people_list, people), FIELD(people_list, teams), FIELD(people_list, first), FIELD(people_list, last), FIELD(people_list, next, .optional = true),
	FIELD(people_list, previous), FIELD(people_list, entries, .of = &people_entry_record), FIELD(people_list, units, .of = &unit_record),
	FIELD(people_list, none, .doc = "Nobody is known at all."));
#include "people_list.html.h"

OPERATION(people_list, people_query, people_list,
	.route = "GET /people",
	.allow = "people.read",
	.page = list_html,
	.csv = "entries",
	.lenient = true,
	.doc = "Who works here today, by name, fifty at a time; with `left` also who left or is still to come.")
{
	struct people_query q = *in;
	struct people_total found = { 0 };
	q.like = like_of(c, in->find);
	TRY(store_one(c, people_count, &q, &found));
	TRY(store_all(c, people_page, &q, &out->entries));
	TRY(store_all(c, units_all, NOTHING, &out->units));
	out->find = in->find;
	out->unit = in->unit;
	out->left = in->left;
	out->skip = in->skip;
	out->people = found.people;
	out->teams = found.teams;
	for (each(struct unit, u, out->units))
		if (u->id == in->unit)
			out->unit_name = u->name;
	out->first = out->entries.count ? in->skip + 1 : 0;
	out->last = in->skip + (int64_t)out->entries.count;
	out->next = out->last < found.people ? out->last : 0;
	out->previous = in->skip > PAGE ? in->skip - PAGE : 0;
	out->none = !found.people && !out->units.count;
	return OK;
}

struct person_page { struct person person; bool manages, may_skills; list employments, led; str unit_name, role_name; bool now; };
RECORD(person_page, FIELD(person_page, person, .of = &person_record), FIELD(person_page, manages), FIELD(person_page, may_skills),
	FIELD(person_page, employments, .of = &employment_record), FIELD(person_page, led, .of = &member_record), FIELD(person_page, unit_name),
	FIELD(person_page, role_name), FIELD(person_page, now, .doc = "Works here today."));

/* 36 and 32,5: half hours are said, whole ones are not. */
static str hours_view(struct view *v, double hours)
{
	return decimal_view(v, hours, hours == __builtin_floor(hours) ? 0 : 1);
}

#include "people_person.html.h"

static bool is_today(const struct ctx *c, const struct employment *e)
{
	return date_compare(e->start_day, c->today) <= 0 && (!date_is(e->end_day) || date_compare(e->end_day, c->today) >= 0);
}

OPERATION(person_show, by_id, person_page,
	.route = "GET /people/{id}",
	.allow = "people.read",
	.page = person_html,
	.doc = "A person: where they work and worked, in which role, led by whom. Number, address and hours only for whoever manages people, and for their lead.")
{
	bool leads;
	TRY(person_load(c, in->id, &out->person));
	TRY(person_employments(c, in->id, &out->employments));
	TRY(people_led(c, in->id, &out->led));
	TRY(person_leads(c, c->me.person, in->id, &leads));
	out->manages = leads || may(c, S("people.manage")) || c->me.person == in->id;
	out->may_skills = leads || may(c, S("ratings.read")) || c->me.person == in->id;
	for (each(struct employment, e, out->employments)) {
		if (!out->manages)
			e->hours = __builtin_nan("");
		if (!out->now && is_today(c, e)) {
			out->now = true;
			out->unit_name = e->unit_name;
			out->role_name = e->role_name;
		}
	}
	if (!out->manages)
		out->person.person_id = out->person.email = (str){ 0 };
	return OK;
}
