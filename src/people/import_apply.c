/* import_apply.c - carrying out what import.c planned: units, roles, people, employments, and what to remember of them. */
#include "import_plan.h"
#include "web/event.h"

RECORD(unit_kept, FIELD(unit_kept, id), FIELD(unit_kept, parent, .optional = true), FIELD(unit_kept, name), FIELD(unit_kept, path), FIELD(unit_kept, fold));
RECORD(role_kept, FIELD(role_kept, id), FIELD(role_kept, name), FIELD(role_kept, name_en), FIELD(role_kept, fold), FIELD(role_kept, uri));
RECORD(person_kept, FIELD(person_kept, id), FIELD(person_kept, person_id), FIELD(person_kept, name), FIELD(person_kept, email), FIELD(person_kept, fold),
	FIELD(person_kept, language));
RECORD(employment_kept, FIELD(employment_kept, id), FIELD(employment_kept, person), FIELD(employment_kept, unit), FIELD(employment_kept, role),
	FIELD(employment_kept, lead, .optional = true), FIELD(employment_kept, hours), FIELD(employment_kept, start_day), FIELD(employment_kept, end_day));

enum { UNIT, ROLE, PERSON, EMPLOYMENT };

static enum status note(struct ctx *c, struct import *im, int table, int64_t id, const void *before, const void *after)
{
	const struct import_table *t = &im->kind->tables[table];
	return before ? import_changed(c, im, t, id, before, after) : import_added(c, im, t, id, after);
}

/* Few, and each needs its parent's id: one by one. */
static enum status units_add(struct ctx *c, struct import *im, struct people_plan *p)
{
	for (each(struct planned_unit, u, p->units)) {
		if (u->kept.id)
			continue;
		struct by_id made;
		u->kept.parent = u->parent < 0 ? 0 : list_item(p->units, struct planned_unit, u->parent)->kept.id;
		TRY(store_one(c, unit_add, &u->kept, &made));
		u->kept.id = made.id;
		TRY(note(c, im, UNIT, made.id, NULL, &u->kept));
	}
	for (each(struct planned_role, r, p->roles)) {
		if (r->kept.id)
			continue;
		struct by_id made;
		TRY(store_one(c, role_add, &r->kept, &made));
		r->kept.id = made.id;
		TRY(note(c, im, ROLE, made.id, NULL, &r->kept));
	}
	return OK;
}

/* Many: added in one go; who has an id above the highest of before is new. */
static enum status persons_write(struct ctx *c, struct import *im, struct people_plan *p)
{
	list new = { 0 }, changed = { 0 }, made;
	struct by_id highest;
	for (each(struct planned_person, one, p->persons)) {
		if (!one->after.id)
			*list_add(c->arena, &new, struct person_kept) = one->after;
		else if (one->changed)
			*list_add(c->arena, &changed, struct person_kept) = one->after;
	}
	TRY(store_one(c, person_highest, NOTHING, &highest));
	TRY(store_run_each(c, person_email_free, &changed));   /* two people may swap addresses */
	TRY(store_run_each(c, person_add, &new));
	TRY(store_run_each(c, person_change, &changed));
	TRY(store_all(c, persons_above, &highest, &made));
	for (each(struct person_kept, k, made)) {
		int64_t at;
		if (map_find(&p->person_at, k->person_id, &at))
			list_item(p->persons, struct planned_person, at)->after.id = k->id;
		TRY(note(c, im, PERSON, k->id, NULL, k));
		TRY(event_raise(c, S("person_added"), &(struct person_event){ k->id }));
	}
	for (each(struct planned_person, one, p->persons))
		if (one->changed)
			TRY(note(c, im, PERSON, one->after.id, &one->before, &one->after));
	return OK;
}

static enum status employment_tell(struct ctx *c, struct import *im, const struct employment_kept *before, const struct employment_kept *e)
{
	TRY(note(c, im, EMPLOYMENT, e->id, before, e));
	return event_raise(c, S("employment_changed"), &(struct employment_event){ e->id, e->person, e->unit, e->role });
}

static enum status employments_write(struct ctx *c, struct import *im, struct people_plan *p)
{
	list new = { 0 }, changed = { 0 }, made;
	struct by_id highest;
	for (each(struct planned_employment, e, p->employments)) {
		if (e->after.id && !e->changed)
			continue;
		e->after.person = list_item(p->persons, struct planned_person, e->person)->after.id;
		e->after.unit = list_item(p->units, struct planned_unit, e->unit)->kept.id;
		e->after.role = list_item(p->roles, struct planned_role, e->role)->kept.id;
		e->after.lead = e->lead < 0 ? 0 : list_item(p->persons, struct planned_person, e->lead)->after.id;
		*list_add(c->arena, e->after.id ? &changed : &new, struct employment_kept) = e->after;
	}
	TRY(store_one(c, employment_highest, NOTHING, &highest));
	TRY(store_run_each(c, employment_add, &new));
	TRY(store_run_each(c, employment_change, &changed));
	TRY(store_all(c, employments_above, &highest, &made));
	for (each(struct employment_kept, k, made))
		TRY(employment_tell(c, im, NULL, k));
	for (each(struct planned_employment, e, p->employments))
		if (e->before.id && e->changed)
			TRY(employment_tell(c, im, &e->before, &e->after));
	return OK;
}

enum status people_apply(struct ctx *c, struct import *im)
{
	struct people_plan *p = im->own;
	TRY(units_add(c, im, p));
	TRY(persons_write(c, im, p));
	return employments_write(c, im, p);
}
