/* import_plan.h - what an import of people is going to do: made by import.c, carried out by import_apply.c.
 *
 * Everything stands in lists and is meant by its place there, so that what is new needs no id yet.
 */
#pragma once
#include "inside.h"
#include "imports/imports.h"

struct person_line {
	int64_t line;
	str person_id, name, email, unit, role, lead_id;
	double hours;
	date start, end;
	str language;
	bool given_start;
	int64_t employment;                /* a form means this one, whatever its key; 0: the key tells */
};

extern const struct record person_line_record;

struct planned_unit { struct unit_kept kept; int64_t parent; };        /* parent: its place, -1 for none */
struct planned_role { struct role_kept kept; };
struct planned_person { struct person_kept before, after; int64_t line; bool changed; };          /* after.id 0: new; line 0: not in the file */
struct planned_employment { struct employment_kept before, after; int64_t person, unit, role, lead, line; bool changed; };   /* lead -1: nobody */

struct people_plan {
	list units, roles, persons, employments;
	struct map unit_at, role_at, person_at, email_at, employment_at, current_at;    /* folded path, folded name, person_id, email, keys of employments */
};

enum status people_apply(struct ctx *c, struct import *im) must_use;
