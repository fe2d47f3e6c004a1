/* import.c - people from a file: what each row says, against all others and against what is stored. */
#include "import_plan.h"
#include <math.h>

RECORD(person_line,
	FIELD(person_line, line),
	FIELD(person_line, person_id, .label = W(people_person_id), .required = true, .max = 60),
	FIELD(person_line, name,      .label = W(people_name),      .required = true, .max = NAME_MAX_LENGTH),
	FIELD(person_line, email,     .label = W(people_email),     .max = 200),
	FIELD(person_line, unit,      .label = W(people_unit),      .required = true, .max = 400),
	FIELD(person_line, role,      .label = W(people_role),      .required = true, .max = NAME_MAX_LENGTH),
	FIELD(person_line, lead_id,   .label = W(people_lead_id),   .max = 60),
	FIELD(person_line, hours,     .label = W(people_hours),     .min = 0, .max = HOURS_MAX),
	FIELD(person_line, start,     .label = W(people_start)),
	FIELD(person_line, end,       .label = W(people_end)),
	FIELD(person_line, language,  .label = W(people_language),  .max = 20),
	FIELD(person_line, given_start),
	FIELD(person_line, employment, .optional = true));

static const struct import_name columns[] = {
	{ "person_id", "personeelsnummer, medewerkernummer, medewerker, nummer, employee id, employee number" },
	{ "name", "naam, volledige naam, full name" },
	{ "email", "e-mail, e-mailadres, mail, email address" },
	{ "unit", "team, afdeling, organisatieonderdeel, department" },
	{ "role", "functie, rol, job title, position" },
	{ "lead_id", "leidinggevende, manager, manager id, lead" },
	{ "hours", "uren, contracturen, uren per week, hours per week" },
	{ "start", "begin, begindatum, startdatum, datum in dienst, start date" },
	{ "end", "einde, einddatum, datum uit dienst, end date" },
	{ "language", "taal" },
	{ 0 } };

/* ---- One row ---- */

static str lower(struct ctx *c, str s)
{
	char *at = arena_copy(c->arena, s.len ? s.at : "", s.len + 1);
	for (size_t i = 0; i < s.len; i++)
		at[i] = at[i] >= 'A' && at[i] <= 'Z' ? (char)(at[i] + 32) : at[i];
	return s.len ? (str){ at, s.len } : (str){ 0 };
}

static bool is_email(str s)
{
	str name, host;
	return str_cut(s, '@', &name, &host) && name.len && host.len && !str_has(host, S("@")) && !str_has(s, S(" "));
}

static enum status row(struct ctx *c, struct import *im, void *of)
{
	struct person_line *r = of;
	r->email = lower(c, r->email);
	r->language = lower(c, r->language);
	r->unit = unit_path_tidy(c, r->unit);
	r->given_start = date_is(r->start);
	size_t steps = 1;
	for (size_t i = 0; i < r->unit.len; i++)
		steps += r->unit.at[i] == '/';
	if (!r->unit.len || steps > UNIT_DEPTH_MAX)
		import_object(c, im, r->line, S("unit"), W(people_unit_wrong));
	if (r->email.len && !is_email(r->email))
		import_object(c, im, r->line, S("email"), W(people_email_wrong), r->email);
	if (r->language.len && !str_eq(r->language, S("nl")) && !str_eq(r->language, S("en")))
		import_object(c, im, r->line, S("language"), W(people_language_wrong), r->language);
	if (date_is(r->end) && date_is(r->start) && date_compare(r->end, r->start) < 0)
		import_object(c, im, r->line, S("end"), W(people_end_before_start), date_iso(c->arena, r->end), date_iso(c->arena, r->start));
	if (r->lead_id.len && str_eq(r->lead_id, r->person_id))
		import_object(c, im, r->line, S("lead_id"), W(people_leads_self), r->name);
	return OK;
}

/* ---- What is stored ---- */

static enum status employment_take(struct ctx *c, void *of, const void *row_of)
{
	struct people_plan *p = of;
	*list_add(c->arena, &p->employments, struct planned_employment) = (struct planned_employment){ .before = *(const struct employment_kept *)row_of, .lead = -1 };
	return OK;
}

static str key_of(struct ctx *c, const struct planned_employment *e, bool with_start)
{
	int64_t key[] = { e->person, e->unit, e->role, with_start ? e->after.start_day.day : 0 };
	return (str){ arena_copy(c->arena, key, sizeof key), sizeof key };
}

static bool is_current(const struct ctx *c, const struct employment_kept *e)
{
	return !date_is(e->end_day) || date_compare(e->end_day, c->today) >= 0;
}

static void employment_index(struct ctx *c, struct people_plan *p, int64_t place)
{
	const struct planned_employment *e = list_item(p->employments, struct planned_employment, place);
	map_put(c->arena, &p->employment_at, key_of(c, e, true), place, NULL);
	if (is_current(c, &e->after))
		map_put(c->arena, &p->current_at, key_of(c, e, false), place, NULL);
}

static enum status stored_load(struct ctx *c, struct people_plan *p)
{
	struct map units = { 0 }, roles = { 0 }, persons = { 0 };
	list rows;
	TRY(store_all(c, units_kept, NOTHING, &rows));
	for (each(struct unit_kept, u, rows)) {
		map_put_number(c->arena, &units, u->id, (int64_t)p->units.count, NULL);
		map_put(c->arena, &p->unit_at, u->fold, (int64_t)p->units.count, NULL);
		*list_add(c->arena, &p->units, struct planned_unit) = (struct planned_unit){ *u, -1 };
	}
	TRY(store_all(c, roles_kept, NOTHING, &rows));
	for (each(struct role_kept, r, rows)) {
		map_put_number(c->arena, &roles, r->id, (int64_t)p->roles.count, NULL);
		map_put(c->arena, &p->role_at, r->fold, (int64_t)p->roles.count, NULL);
		*list_add(c->arena, &p->roles, struct planned_role) = (struct planned_role){ *r };
	}
	TRY(store_all(c, persons_kept, NOTHING, &rows));
	for (each(struct person_kept, k, rows)) {
		map_put_number(c->arena, &persons, k->id, (int64_t)p->persons.count, NULL);
		map_put(c->arena, &p->person_at, k->person_id, (int64_t)p->persons.count, NULL);
		*list_add(c->arena, &p->persons, struct planned_person) = (struct planned_person){ .before = *k, .after = *k };
	}
	TRY(store_each(c, employments_kept, NOTHING, employment_take, p));
	for (size_t i = 0; i < p->employments.count; i++) {
		struct planned_employment *e = list_item(p->employments, struct planned_employment, i);
		e->after = e->before;
		map_find_number(&persons, e->before.person, &e->person);
		map_find_number(&units, e->before.unit, &e->unit);
		map_find_number(&roles, e->before.role, &e->role);
		map_find_number(&persons, e->before.lead, &e->lead);
		employment_index(c, p, (int64_t)i);
	}
	return OK;
}

/* ---- Rows against each other ---- */

static int64_t unit_place(struct ctx *c, struct people_plan *p, str path)
{
	str fold = text_fold(c->arena, path);
	int64_t at;
	if (map_find(&p->unit_at, fold, &at))
		return at;
	size_t slash = path.len;
	while (slash && path.at[slash - 1] != '/')
		slash--;
	int64_t parent = slash ? unit_place(c, p, str_until(path, slash - 1)) : -1;
	/* A parent that is written otherwise here ("wonen" for "Wonen") keeps its own spelling. */
	str name = str_from(path, slash), above = parent < 0 ? (str){ 0 } : list_item(p->units, struct planned_unit, parent)->kept.path;
	at = (int64_t)p->units.count;
	map_put(c->arena, &p->unit_at, fold, at, NULL);
	*list_add(c->arena, &p->units, struct planned_unit) = (struct planned_unit){
		{ .name = name, .path = above.len ? text_format(c->arena, S_FMT "/" S_FMT, S_ARG(above), S_ARG(name)) : name, .fold = fold }, parent };
	return at;
}

static int64_t role_place(struct ctx *c, struct people_plan *p, str name)
{
	str fold = text_fold(c->arena, name);
	int64_t at = (int64_t)p->roles.count, old;
	if (!map_put(c->arena, &p->role_at, fold, at, &old))
		return old;
	*list_add(c->arena, &p->roles, struct planned_role) = (struct planned_role){ { .name = name, .fold = fold } };
	return at;
}

static void differs(struct ctx *c, struct import *im, const struct person_line *r, str field, str here, str there, int64_t line)
{
	if (!str_eq(here, there))
		import_object(c, im, r->line, field, W(people_differs), r->person_id, here, there, text_format(c->arena, "%lld", (long long)line));
}

/* The person of this row: one id is one person, whatever the number of rows. */
static int64_t person_place(struct ctx *c, struct import *im, struct people_plan *p, const struct person_line *r)
{
	int64_t at = (int64_t)p->persons.count, old;
	if (map_put(c->arena, &p->person_at, r->person_id, at, &old))
		*list_add(c->arena, &p->persons, struct planned_person) = (struct planned_person){ .after = { .person_id = r->person_id } };
	else
		at = old;
	struct planned_person *one = list_item(p->persons, struct planned_person, at);
	if (one->line) {
		differs(c, im, r, S("name"), r->name, one->after.name, one->line);
		if (import_has(im, S("email")))
			differs(c, im, r, S("email"), r->email, one->after.email, one->line);
		if (import_has(im, S("language")))
			differs(c, im, r, S("language"), r->language, one->after.language, one->line);
		return at;
	}
	one->line = r->line;
	one->after.name = r->name;
	one->after.fold = text_fold(c->arena, r->name);
	if (import_has(im, S("email")))
		one->after.email = r->email;
	if (import_has(im, S("language")))
		one->after.language = r->language;
	one->changed = one->after.id && (!str_eq(one->after.name, one->before.name) || !str_eq(one->after.email, one->before.email)
		|| !str_eq(one->after.language, one->before.language));
	return at;
}

static bool same_employment(const struct planned_employment *a, const struct planned_employment *b)
{
	bool hours = a->after.hours == b->after.hours || (isnan(a->after.hours) && isnan(b->after.hours));
	return a->lead == b->lead && hours && !date_compare(a->after.end_day, b->after.end_day);
}

/* What a row says of an employment, over what was known of it: a column that is not there says nothing. */
static void employment_say(const struct import *im, const struct person_line *r, int64_t lead, struct planned_employment *e)
{
	if (import_has(im, S("lead_id")))
		e->lead = lead;
	if (import_has(im, S("hours")))
		e->after.hours = r->hours;
	if (import_has(im, S("end")))
		e->after.end_day = r->end;
}

/* Also against a first day that was known, or that is today because nothing is said. */
static bool ends_too_early(struct ctx *c, struct import *im, int64_t line, const struct planned_employment *e)
{
	if (!date_is(e->after.end_day) || date_compare(e->after.end_day, e->after.start_day) >= 0)
		return false;
	import_object(c, im, line, S("end"), W(people_end_before_start), date_iso(c->arena, e->after.end_day), date_iso(c->arena, e->after.start_day));
	return true;
}

/* The employment that a row is about: its key tells, or a form that was opened from it. */
static bool employment_find(struct ctx *c, const struct people_plan *p, const struct person_line *r, const struct planned_employment *as, int64_t *at)
{
	if (!r->employment)
		return map_find(r->given_start ? &p->employment_at : &p->current_at, key_of(c, as, r->given_start), at);
	for (*at = 0; *at < (int64_t)p->employments.count; ++*at)
		if (list_item(p->employments, struct planned_employment, *at)->before.id == r->employment)
			return true;
	return false;
}

/* A form that was opened from an employment may put right its team, role and first day too, unless another stands there. */
static void employment_move(struct ctx *c, struct import *im, struct people_plan *p, const struct person_line *r, const struct planned_employment *to, int64_t at)
{
	struct planned_employment *e = list_item(p->employments, struct planned_employment, at);
	int64_t other;
	if (e->unit == to->unit && e->role == to->role && !date_compare(e->after.start_day, to->after.start_day))
		return;
	if (map_find(&p->employment_at, key_of(c, to, true), &other) && other != at)
		import_object(c, im, r->line, S("unit"), W(people_there_already), r->name);
	e->unit = to->unit;
	e->role = to->role;
	e->after.start_day = to->after.start_day;
	e->changed = true;
}

static void employment_place(struct ctx *c, struct import *im, struct people_plan *p, const struct person_line *r, int64_t person, int64_t lead)
{
	struct planned_employment new = { .after = { .hours = NAN, .start_day = r->given_start ? r->start : c->today },
		.person = person, .unit = unit_place(c, p, r->unit), .role = role_place(c, p, r->role), .lead = -1, .line = r->line };
	int64_t at;
	if (!employment_find(c, p, r, &new, &at)) {
		employment_say(im, r, lead, &new);
		if (ends_too_early(c, im, r->line, &new))
			return;
		at = (int64_t)p->employments.count;
		*list_add(c->arena, &p->employments, struct planned_employment) = new;
		employment_index(c, p, at);
		im->count.added++;
		return;
	}
	if (r->employment)
		employment_move(c, im, p, r, &new, at);
	struct planned_employment *e = list_item(p->employments, struct planned_employment, at), said = *e;
	employment_say(im, r, lead, &said);
	bool same = same_employment(e, &said) && !e->changed;
	if (e->line) {
		if (!same)
			import_object(c, im, r->line, S("start"), W(people_twice), r->person_id, text_format(c->arena, "%lld", (long long)e->line));
		return;
	}
	if (ends_too_early(c, im, r->line, &said))
		return;
	said.line = r->line;
	said.changed = !same;
	*e = said;
	const struct planned_person *one = list_item(p->persons, struct planned_person, person);
	bool changed = !same || (one->changed && one->line == r->line);
	im->count.changed += changed;
	im->count.same += !changed;
}

/* ---- All rows together ---- */

static void emails_check(struct ctx *c, struct import *im, struct people_plan *p)
{
	for (int in_file = 0; in_file < 2; in_file++)          /* who is stored has an address first */
		for (size_t i = 0; i < p->persons.count; i++) {
			const struct planned_person *one = list_item(p->persons, struct planned_person, i);
			int64_t other;
			if ((one->line != 0) != in_file || !one->after.email.len || map_put(c->arena, &p->email_at, one->after.email, (int64_t)i, &other))
				continue;
			if (one->line)
				import_object(c, im, one->line, S("email"), W(people_email_twice), one->after.email,
					list_item(p->persons, struct planned_person, other)->after.person_id);
		}
}

/* Who leads whom, as edges from each person to their leads; a walk that comes back on itself is a circle. */
struct walk { enum { UNSEEN, WALKING, DONE } state; int64_t next_edge; };
struct edge { int64_t lead, line, next; };
enum { CIRCLE_SHOWN = 4 };
struct step { int64_t person, line; };                 /* line: of the row that says that the one before is led by this one */

/* Names "Anna, Bert, Anna" and points at a row of the file that is part of it. */
static void circle_say(struct ctx *c, struct import *im, const struct people_plan *p, const list *steps, const struct edge *last)
{
	str names = { 0 };
	int64_t line = last->line;
	size_t from = steps->count - 1;
	while (list_item(*steps, struct step, from)->person != last->lead)
		from--;
	for (size_t i = from; i < steps->count; i++) {
		const struct step *s = list_item(*steps, struct step, i);
		str name = i - from < CIRCLE_SHOWN ? list_item(p->persons, struct planned_person, s->person)->after.name : S("…");
		if (i - from <= CIRCLE_SHOWN)
			names = text_format(c->arena, S_FMT S_FMT ", ", S_ARG(names), S_ARG(name));
		if (i > from && !line)
			line = s->line;
	}
	names = text_join(c->arena, names, list_item(p->persons, struct planned_person, last->lead)->after.name);
	import_object(c, im, line, S("lead_id"), W(people_circle), names);
}

static void circle_find(struct ctx *c, struct import *im, const struct people_plan *p, struct walk *walks, const list *edges, int64_t start)
{
	list steps = { 0 };
	*list_add(c->arena, &steps, struct step) = (struct step){ start, 0 };
	while (steps.count) {
		struct walk *w = &walks[list_item(steps, struct step, steps.count - 1)->person];
		w->state = WALKING;
		if (w->next_edge < 0) {
			w->state = DONE;
			steps.count--;
			continue;
		}
		const struct edge *e = list_item(*edges, struct edge, w->next_edge);
		w->next_edge = e->next;
		if (walks[e->lead].state == WALKING) {
			circle_say(c, im, p, &steps, e);
			break;                                 /* one at a time: the same people may lead each other in several teams */
		}
		if (walks[e->lead].state == UNSEEN)
			*list_add(c->arena, &steps, struct step) = (struct step){ e->lead, e->line };
	}
	for (each(struct step, s, steps))
		walks[s->person].state = DONE;
}

static void circles_check(struct ctx *c, struct import *im, struct people_plan *p)
{
	struct walk *walks = arena_array_of(c->arena, struct walk, p->persons.count + 1);
	list edges = { 0 };
	for (size_t i = 0; i < p->persons.count; i++)
		walks[i].next_edge = -1;
	for (each(struct planned_employment, e, p->employments)) {
		if (e->lead < 0 || !is_current(c, &e->after))
			continue;
		*list_add(c->arena, &edges, struct edge) = (struct edge){ e->lead, e->line, walks[e->person].next_edge };
		walks[e->person].next_edge = (int64_t)edges.count - 1;
	}
	for (size_t i = 0; i < p->persons.count; i++)
		if (walks[i].state == UNSEEN)
			circle_find(c, im, p, walks, &edges, (int64_t)i);
}

static void complete_plan(struct ctx *c, struct import *im, struct people_plan *p)
{
	date yesterday = date_add_days(c->today, -1);
	for (each(struct planned_employment, e, p->employments)) {
		if (e->line || !is_current(c, &e->after))
			continue;
		e->after.end_day = date_compare(e->after.start_day, yesterday) > 0 ? e->after.start_day : yesterday;
		e->changed = date_compare(e->after.end_day, e->before.end_day) != 0;
		im->count.ended += e->changed;
	}
}

static enum status check(struct ctx *c, struct import *im)
{
	struct people_plan *p = arena_new_of(c->arena, struct people_plan);
	list places = { 0 }, ids = { 0 };
	TRY(stored_load(c, p));
	for (each(struct person_line, r, im->rows))
		*list_add(c->arena, &places, int64_t) = person_place(c, im, p, r);
	for (size_t i = 0; i < im->rows.count; i++) {
		const struct person_line *r = list_item(im->rows, struct person_line, i);
		int64_t lead = -1;
		if (r->lead_id.len && !map_find(&p->person_at, r->lead_id, &lead)) {
			if (!ids.count)
				for (each(struct planned_person, one, p->persons))
					*list_add(c->arena, &ids, str) = one->after.person_id;
			import_unknown(c, im, r->line, S("lead_id"), r->lead_id, &ids);
		}
		if (!import_is_wrong(im, r->line))
			employment_place(c, im, p, r, *list_item(places, int64_t, i), lead);
	}
	emails_check(c, im, p);
	circles_check(c, im, p);
	if (im->complete)
		complete_plan(c, im, p);
	im->own = p;
	return OK;
}

/* What undo puts back; the order of import_apply.c counts on it. */
static const struct import_table tables[] = {
	{ "unit", &unit_kept_record, &query_unit_load_kept, &query_unit_restore, &query_unit_remove },
	{ "role", &role_kept_record, &query_role_load_kept, &query_role_restore, &query_role_remove },
	{ "person", &person_kept_record, &query_person_load_kept, &query_person_change, &query_person_remove },
	{ "employment", &employment_kept_record, &query_employment_load_kept, &query_employment_change, &query_employment_remove },
	{ 0 } };

IMPORT(people, person_line,
	.label = W(people_import),
	.hint = W(people_import_hint),
	.doc = "person_id, name, email, unit (\"Division/Department/Team\"), role, lead_id, hours, start, end, language",
	.names = columns,
	.tables = tables,
	.ends = W(people_employments),
	.row = row,
	.check = check,
	.apply = people_apply)
