/* by_hand.c - one person added, one employment begun, changed from a day on, put right or ended: rows of an import that somebody typed. */
#include "by_hand.h"
#include "import_plan.h"
#include <math.h>

enum status employment_lead(struct ctx *c, str typed, str *out)
{
	struct text_key key = { typed, text_fold(c->arena, typed) };
	list found = { 0 };
	*out = (str){ 0 };
	if (!typed.len)
		return OK;
	TRY(store_all(c, persons_named, &key, &found));
	const struct person *first = found.at;
	if (found.count > 1 && !str_eq(first->person_id, typed))
		return object(c, S("lead_id"), W(people_lead_several), typed, first[0].person_id, first[1].person_id);
	*out = found.count ? first->person_id : typed;         /* what nobody has, the import says with the nearest */
	return OK;
}

static struct person_line *line_add(struct ctx *c, list *rows, const struct person *p)
{
	struct person_line *r = list_add(c->arena, rows, struct person_line);
	record_clear(&person_line_record, r);
	r->line = (int64_t)rows->count;
	r->person_id = p->person_id;
	r->name = p->name;
	r->email = p->email;
	r->language = p->language;
	return r;
}

/* An employment as it is stored, as a row. */
static enum status line_of_employment(struct ctx *c, list *rows, const struct person *p, const struct employment *e, struct person_line **out)
{
	struct person lead = { 0 };
	struct person_line *r = line_add(c, rows, p);
	if (e->lead)
		TRY(person_load(c, e->lead, &lead));
	r->employment = e->id;
	r->unit = e->unit_path;
	r->role = e->role_name;
	r->lead_id = lead.person_id;
	r->hours = e->hours;
	r->start = e->start_day;
	r->end = e->end_day;
	*out = r;
	return OK;
}

/* What the form says. Of an employment whose lead was not touched that lead stays, also when others have the same name. */
static enum status line_say(struct ctx *c, struct person_line *r, const struct employment_form *in, const struct employment *before)
{
	if (!before || !before->lead || !str_eq(in->lead_id, before->lead_name))
		TRY(employment_lead(c, in->lead_id, &r->lead_id));
	r->unit = in->unit;
	r->role = in->role;
	r->hours = in->hours;
	r->start = date_is(in->start) ? in->start : c->today;
	r->end = in->end;
	return OK;
}

static enum status save(struct ctx *c, list rows)
{
	struct import_count n = { 0 };
	return import_typed(c, S("people"), rows, &n);
}

OPERATION(person_add, person_form, by_id,
	.route = "POST /people",
	.allow = "people.manage",
	.effect = WRITES,
	.then = "/people/{id}",
	.back = "/people/new",
	.said = W(people_added),
	.doc = "Adds one person with their first employment. Without a number the address, or else the name, is it.")
{
	struct person p = { .person_id = in->person_id, .name = in->name, .email = in->email, .language = in->language }, other;
	struct employment_form e = { .unit = in->unit, .role = in->role, .lead_id = in->lead_id, .hours = in->hours, .start = in->start, .end = in->end };
	bool found;
	list rows = { 0 };
	if (!p.person_id.len)
		TRY(number_of(c, p.name, p.email, &p.person_id));
	TRY(person_find(c, p.person_id, &other, &found));
	if (found)
		return object(c, in->person_id.len || !in->email.len ? S("person_id") : S("email"), W(people_number_taken), other.name);
	struct person_line *r = line_add(c, &rows, &p);
	TRY(line_say(c, r, &e, NULL));
	TRY(save(c, rows));
	TRY(person_find(c, p.person_id, &p, &found));
	out->id = p.id;
	return OK;
}

OPERATION(person_change, person_details, nothing,
	.route = "POST /people/{id}/change",
	.allow = "people.manage",
	.effect = WRITES,
	.then = "/people/{id}",
	.back = "/people/{id}/change",
	.said = W(people_changed),
	.doc = "Changes name, address and language of a person. Their employments stay.")
{
	(void)out;
	struct person p;
	list all = { 0 }, rows = { 0 };
	struct person_line *r;
	TRY(person_load(c, in->id, &p));
	TRY(person_employments(c, in->id, &all));
	if (!all.count)
		return refuse(c, CONFLICT, "person-nowhere", W(people_nowhere), p.name);
	p.name = in->name;
	p.email = in->email;
	p.language = in->language;
	TRY(line_of_employment(c, &rows, &p, all.at, &r));
	return save(c, rows);
}

OPERATION(employment_add, employment_form, nothing,
	.route = "POST /people/{person}/employments",
	.allow = "people.manage",
	.effect = WRITES,
	.then = "/people/{person}",
	.back = "/people/{person}/employments/new",
	.said = W(people_employment_added),
	.doc = "Gives a person another team or role, beside the ones they have.")
{
	(void)out;
	struct person p;
	list rows = { 0 }, all = { 0 };
	TRY(person_load(c, in->person, &p));
	TRY(person_employments(c, in->person, &all));
	struct person_line *r = line_add(c, &rows, &p);
	TRY(line_say(c, r, in, NULL));
	for (each(struct employment, e, all))
		if (str_eq(text_fold(c->arena, e->unit_path), text_fold(c->arena, unit_path_tidy(c, r->unit))) && str_eq(text_fold(c->arena, e->role_name), text_fold(c->arena, r->role))
			&& !date_compare(e->start_day, r->start))
			return object(c, S("unit"), W(people_there_already), p.name);
	return save(c, rows);
}

/* What is true from a day on ends the employment the day before and begins the next, so that what was stays readable. */
static enum status change_since(struct ctx *c, const struct employment_form *in, const struct person *p, const struct employment *e, list *rows)
{
	struct person_line *old, *next;
	if (date_compare(in->since, e->start_day) <= 0)
		return object(c, S("since"), W(people_since_before), date_iso(c->arena, e->start_day));
	if (date_is(e->end_day) && date_compare(in->since, e->end_day) > 0)
		return object(c, S("since"), W(people_since_after), date_iso(c->arena, e->end_day));
	TRY(line_of_employment(c, rows, p, e, &old));
	str lead = old->lead_id;
	old->end = date_add_days(in->since, -1);
	next = line_add(c, rows, p);
	next->lead_id = lead;
	TRY(line_say(c, next, in, e));
	next->start = in->since;
	return OK;
}

static bool is_only_end(struct ctx *c, const struct employment_form *in, const struct employment *e)
{
	return str_eq(unit_path_tidy(c, in->unit), e->unit_path) && str_eq(in->role, e->role_name) && str_eq(in->lead_id, e->lead_name)
		&& (in->hours == e->hours || (isnan(in->hours) && isnan(e->hours)));
}

OPERATION(employment_change, employment_form, nothing,
	.route = "POST /employments/{id}",
	.allow = "people.manage",
	.effect = WRITES,
	.then = "/people/{person}",
	.back = "/employments/{id}",
	.said = W(people_changed),
	.doc = "Changes an employment: from the day `since` on, as another employment behind it; without `since` it puts right what was wrong. With `end` it ends.")
{
	(void)out;
	struct employment e;
	struct person p;
	list rows = { 0 };
	bool found;
	TRY(store_find(c, employment_by_id, &(struct by_id){ in->id }, &e, &found));
	if (!found || e.person != in->person)
		return refuse(c, NOT_FOUND, "employment-none", W(people_no_employment));
	TRY(person_load(c, e.person, &p));
	if (date_is(in->since) && !is_only_end(c, in, &e)) {
		TRY(change_since(c, in, &p, &e, &rows));
		return save(c, rows);
	}
	struct person_line *r;
	TRY(line_of_employment(c, &rows, &p, &e, &r));
	TRY(line_say(c, r, in, &e));
	return save(c, rows);
}
