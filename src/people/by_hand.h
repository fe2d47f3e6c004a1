/* by_hand.h - the forms with which somebody adds a person and changes an employment, shared by what shows them and what saves them. */
#pragma once
#include "inside.h"

/* id: of a new person 0, of a change the person. */
struct person_form { int64_t id; str person_id, name, email, language, unit, role, lead_id; double hours; date start, end; };
struct person_details { int64_t id; str name, email, language; };
/* id: the employment; person: whose, for a new one; since: the day from which the change is true, none to put right what was wrong from the start. */
struct employment_form { int64_t id, person; str unit, role, lead_id; double hours; date since, start, end; };
extern const struct record person_form_record, person_details_record, employment_form_record;

/* employment_lead: the organisation's own number of whom somebody typed, by number or by name; a name that two people have is objected to. */
enum status employment_lead(struct ctx *c, str typed, str *out) must_use;
