/* by_hand_forms.c - the pages on which somebody is added, and on which a name or an employment is changed. */
#include "by_hand.h"

static const struct choice languages[] = { { S("nl"), W(people_language_nl) }, { S("en"), W(people_language_en) }, { 0 } };

RECORD(person_form,
	FIELD(person_form, id,        .optional = true),
	FIELD(person_form, name,      .label = W(people_name), .required = true, .max = NAME_MAX_LENGTH),
	FIELD(person_form, email,     .label = W(people_email), .hint = W(people_email_hint), .max = 200),
	FIELD(person_form, person_id, .label = W(people_person_id), .hint = W(people_person_id_hint), .max = 60),
	FIELD(person_form, language,  .label = W(people_language), .choices = languages),
	FIELD(person_form, unit,      .label = W(people_unit), .hint = W(people_unit_hint), .required = true, .max = 400),
	FIELD(person_form, role,      .label = W(people_role), .required = true, .max = NAME_MAX_LENGTH),
	FIELD(person_form, lead_id,   .label = W(people_lead_id), .hint = W(people_lead_hint), .max = NAME_MAX_LENGTH),
	FIELD(person_form, hours,     .label = W(people_hours), .min = 0, .max = HOURS_MAX),
	FIELD(person_form, start,     .label = W(people_start), .hint = W(people_start_hint)),
	FIELD(person_form, end,       .label = W(people_end)));
RECORD(person_details,
	FIELD(person_details, id,       .required = true),
	FIELD(person_details, name,     .label = W(people_name), .required = true, .max = NAME_MAX_LENGTH),
	FIELD(person_details, email,    .label = W(people_email), .hint = W(people_email_hint), .max = 200),
	FIELD(person_details, language, .label = W(people_language), .choices = languages));
RECORD(employment_form,
	FIELD(employment_form, id,      .optional = true),
	FIELD(employment_form, person,  .optional = true),
	FIELD(employment_form, since,   .label = W(people_since_day), .hint = W(people_since_hint)),
	FIELD(employment_form, unit,    .label = W(people_unit), .hint = W(people_unit_hint), .required = true, .max = 400),
	FIELD(employment_form, role,    .label = W(people_role), .required = true, .max = NAME_MAX_LENGTH),
	FIELD(employment_form, lead_id, .label = W(people_lead_id), .hint = W(people_lead_hint), .max = NAME_MAX_LENGTH),
	FIELD(employment_form, hours,   .label = W(people_hours), .min = 0, .max = HOURS_MAX),
	FIELD(employment_form, start,   .label = W(people_start), .hint = W(people_start_hint)),
	FIELD(employment_form, end,     .label = W(people_end), .hint = W(people_end_hint)));

struct person_edit { struct person_form form; str name; list units, roles; };
struct employment_edit { struct employment_form form; str name, unit_name, role_name, lead_name; list units, roles; };
RECORD(person_edit, FIELD(person_edit, form, .of = &person_form_record), FIELD(person_edit, name), FIELD(person_edit, units, .of = &unit_record),
	FIELD(person_edit, roles, .of = &work_role_record));
RECORD(employment_edit, FIELD(employment_edit, form, .of = &employment_form_record), FIELD(employment_edit, name), FIELD(employment_edit, unit_name),
	FIELD(employment_edit, role_name), FIELD(employment_edit, lead_name), FIELD(employment_edit, units, .of = &unit_record),
	FIELD(employment_edit, roles, .of = &work_role_record));
#include "people_by_hand.html.h"
#include "people_employment.html.h"

OPERATION(person_new_form, nothing, person_edit,
	.route = "GET /people/new",
	.allow = "people.manage",
	.page = by_hand_html,
	.doc = "The form with which one person is added.")
{
	(void)in;
	record_clear(&person_form_record, &out->form);
	TRY(store_all(c, units_all, NOTHING, &out->units));
	return store_all(c, role_names, NOTHING, &out->roles);
}

OPERATION(person_change_form, by_id, person_edit,
	.route = "GET /people/{id}/change",
	.allow = "people.manage",
	.page = by_hand_html,
	.doc = "The form with which the name, address and language of a person are changed.")
{
	struct person p;
	TRY(person_load(c, in->id, &p));
	record_clear(&person_form_record, &out->form);
	out->form.id = p.id;
	out->form.name = out->name = p.name;
	out->form.email = p.email;
	out->form.language = p.language;
	out->form.person_id = p.person_id;
	return OK;
}

OPERATION(employment_new_form, by_id, employment_edit,
	.route = "GET /people/{id}/employments/new",
	.allow = "people.manage",
	.page = employment_html,
	.doc = "The form with which a person gets another team or role beside the ones they have.")
{
	struct person p;
	TRY(person_load(c, in->id, &p));
	record_clear(&employment_form_record, &out->form);
	out->form.person = p.id;
	out->form.start = c->today;
	out->name = p.name;
	TRY(store_all(c, units_all, NOTHING, &out->units));
	return store_all(c, role_names, NOTHING, &out->roles);
}

OPERATION(employment_change_form, by_id, employment_edit,
	.route = "GET /employments/{id}",
	.allow = "people.manage",
	.page = employment_html,
	.doc = "The form with which an employment is changed from a day on, put right, or ended.")
{
	struct employment e;
	struct person p;
	bool found;
	TRY(store_find(c, employment_by_id, in, &e, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "employment-none", W(people_no_employment));
	TRY(person_load(c, e.person, &p));
	str lead = e.lead_name;
	out->form = (struct employment_form){ .id = e.id, .person = e.person, .unit = e.unit_path, .role = e.role_name, .lead_id = lead, .hours = e.hours,
		.since = c->today, .start = e.start_day, .end = e.end_day };
	if (date_compare(e.start_day, c->today) >= 0 || (date_is(e.end_day) && date_compare(e.end_day, c->today) < 0))
		out->form.since = (date){ 0 };                 /* still to come, or past: only to be put right */
	out->name = p.name;
	out->unit_name = e.unit_name;
	out->role_name = e.role_name;
	TRY(store_all(c, units_all, NOTHING, &out->units));
	return store_all(c, role_names, NOTHING, &out->roles);
}
