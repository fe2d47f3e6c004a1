/* organisation.c - the housing association: its units, roles and people, and the skills they need. */
#include "inside.h"
#include "base/buffer.h"
#include "imports/imports.h"
#include "skills/skills.h"
#include "table/table.h"
#include "demo_names.csv.h"
#include "demo_own_skills.csv.h"
#include "demo_roles.csv.h"
#include "demo_team_roles.csv.h"

struct demo_named { int64_t id; str key; };
struct demo_role { str name, name_en; };
struct demo_person_row { int64_t id; str person_id; };
struct demo_owner { int64_t skill, owner; date review_day; };
RECORD(demo_named, FIELD(demo_named, id), FIELD(demo_named, key));
RECORD(demo_role, FIELD(demo_role, name), FIELD(demo_role, name_en));
RECORD(demo_person_row, FIELD(demo_person_row, id), FIELD(demo_person_row, person_id));
RECORD(demo_owner, FIELD(demo_owner, skill), FIELD(demo_owner, owner, .optional = true), FIELD(demo_owner, review_day));

#define FILE_OF(bytes) ((str){ (const char *)(bytes), sizeof (bytes) })

/* Who leads what, by name; everybody else's name is drawn. Ended by no name. */
static const struct { const char *name, *unit, *role; } known[] = {
	{ "Youssef el Hamdi", "Vakploeg Noord", "Vakmens onderhoud" }, { "Marieke van der Veen", "Vakploeg Noord", "Teamleider" },
	{ "Kevin Slagter", "Vakploeg Noord", "Vakmens onderhoud" }, { "Noor Yıldız", "HR en leren", "Leeradviseur" },
	{ "Lilian Pinas", "Directie", "Directeur" }, { "Wim Kuipers", "Huismeesters Zuid", "Huismeester" },
	{ "Tomasz Wróbel", "Werkplek en systemen", "ICT-beheerder" }, { "Priya Ramdin", "Wijkteam Oosterhagen", "Wijkconsulent" },
	{ "Sjoerd Elzinga", "Wijkteam Oosterhagen", "Teamleider" }, { "Samira Bouzidi", "Leefbaarheid en woonfraude", "Teamleider" },
	{ "Anouk Postma", "Wijkteam Merelveld", "Teamleider" }, { "Ruben Sewnarain", "Verhuur Noord", "Teamleider" },
	{ "Jelle Terpstra", "Data en digitalisering", "Teamleider" }, { "Radjesh Kanhai", "Storingsdienst", "Teamleider" }, { 0 } };

static bool is_known(str name)
{
	for (size_t i = 0; known[i].name; i++)
		if (str_eq(name, str_of(known[i].name)))
			return true;
	return str_eq(name, S("Gerrit Hoogland"));
}

/* The known person for a place that is not taken yet. */
static str known_for(struct demo *d, str team, str role)
{
	int64_t at;
	for (size_t i = 0; known[i].name; i++)
		if (str_eq(team, str_of(known[i].unit)) && str_eq(role, str_of(known[i].role)) && !map_find(&d->by_name, str_of(known[i].name), &at))
			return str_of(known[i].name);
	return (str){ 0 };
}

struct names { list first, last; };

static enum status names_load(struct ctx *c, struct names *n)
{
	struct table *t;
	struct table_row row;
	enum status s;
	TRY(table_open(c, S("names.csv"), FILE_OF(names_csv), (struct table_limits){ 0 }, &t));
	while ((s = table_next(c, t, &row)) == OK)
		*list_add(c->arena, str_eq(row.cells[0], S("first")) ? &n->first : &n->last, str) = text_copy(c->arena, row.cells[1]);
	table_close(t);
	return s == NOT_FOUND ? OK : s;
}

static str name_draw(struct ctx *c, struct demo *d, const struct names *n)
{
	for (;;) {
		str first = *list_item(n->first, str, (size_t)demo_between(d, 0, (int64_t)n->first.count - 1));
		str last = *list_item(n->last, str, (size_t)demo_between(d, 0, (int64_t)n->last.count - 1));
		str name = text_format(c->arena, S_FMT " " S_FMT, S_ARG(first), S_ARG(last));
		int64_t at;
		if (!is_known(name) && !map_find(&d->by_name, name, &at))
			return name;
	}
}

/* "Tomasz Wróbel" becomes tomasz.wrobel@zilverwilg.example. */
static str email_of_name(struct ctx *c, str name)
{
	str fold = text_fold(c->arena, name);
	char *at = arena_take(c->arena, fold.len + 1);
	size_t n = 0;
	bool dotted = false;
	for (size_t i = 0; i < fold.len; i++) {
		if (fold.at[i] >= 'a' && fold.at[i] <= 'z')
			at[n++] = fold.at[i];
		else if (fold.at[i] == ' ' && !dotted) {
			at[n++] = '.';
			dotted = true;
		}
	}
	return text_format(c->arena, "%.*s@zilverwilg.example", (int)n, at);
}

static struct demo_person *person_add(struct ctx *c, struct demo *d, str name)
{
	struct demo_person *p = list_add(c->arena, &d->people, struct demo_person);
	*p = (struct demo_person){ .name = name, .email = email_of_name(c, name), .person_id = text_format(c->arena, "%zu", 1000 + d->people.count) };
	p->own = demo_normal(d, 0, .4);
	map_put(c->arena, &d->by_name, name, (int64_t)d->people.count - 1, NULL);
	return p;
}

static void place_add(struct demo_person *p, str unit, str role, int64_t hours, date start)
{
	p->places[p->count++] = (struct demo_place){ .unit = unit, .role = role, .hours = hours, .start = start };
}

static int64_t hours_draw(struct demo *d)
{
	return demo_chance(d, .33) ? 4 * demo_between(d, 4, 8) : demo_chance(d, .7) ? 36 : 40;
}

static str team_of(str path)
{
	str before, rest = path;
	while (str_cut(rest, '/', &before, &rest))
		;
	return before;
}

/* Priya's second place is one of the team's; it gets no person of its own. */
static bool is_second_place(str team, str role, int64_t number)
{
	return str_eq(team, S("Leefbaarheid en woonfraude")) && str_eq(role, S("Adviseur leefbaarheid")) && number == 0;
}

static enum status places_fill(struct ctx *c, struct demo *d)
{
	struct names names = { 0 };
	struct table *t;
	struct table_row row;
	enum status s;
	TRY(names_load(c, &names));
	TRY(table_open(c, S("team_roles.csv"), FILE_OF(team_roles_csv), (struct table_limits){ 0 }, &t));
	while ((s = table_next(c, t, &row)) == OK) {
		int64_t share = 0;
		str unit = text_copy(c->arena, row.cells[0]), role = text_copy(c->arena, row.cells[1]), team = team_of(unit);
		str_to_int(row.cells[2], &share);
		for (int64_t i = 0; i < share; i++) {
			if (is_second_place(team, role, i))
				continue;
			str name = known_for(d, team, role);
			struct demo_person *p = person_add(c, d, name.len ? name : name_draw(c, d, &names));
			bool joined = !name.len && demo_chance(d, .02);
			p->is_new = joined;
			place_add(p, unit, role, name.len ? 36 : hours_draw(d), demo_day(d, joined ? (int)demo_between(d, 20, 90) : (int)demo_between(d, 430, 9000)));
		}
	}
	table_close(t);
	return s == NOT_FOUND ? OK : s;
}

/* Who is led by whom: the team by its team lead, team leads by a director of their division, the rest of Directie by its chair. */
static void leads_set(struct demo *d)
{
	struct demo_person *chair = demo_person(d, S("Lilian Pinas"));
	struct demo_person *directors[3] = { 0 };
	int count = 0;
	for (each(struct demo_person, p, d->people))
		if (str_eq(p->places[0].role, S("Directeur")) && p != chair && count < 3)
			directors[count++] = p;
	static const char *const divisions[3] = { "Wonen/", "Vastgoed/", "Bedrijfsvoering/" };
	for (each(struct demo_person, p, d->people))
		for (int i = 0; i < p->count; i++) {
			struct demo_place *place = &p->places[i];
			if (place->lead.len)                           /* the story said so */
				continue;
			if (str_ends(place->unit, S("/Directie"))) {
				place->lead = p == chair ? (str){ 0 } : chair->person_id;
			} else if (str_eq(place->role, S("Teamleider"))) {
				place->lead = chair->person_id;
				for (int k = 0; k < count; k++)
					if (str_starts(place->unit, str_of(divisions[k])))
						place->lead = directors[k]->person_id;
			} else {
				for (each(struct demo_person, l, d->people))
					if (str_eq(l->places[0].role, S("Teamleider")) && str_eq(l->places[0].unit, place->unit) && !date_is(l->places[0].end))
						place->lead = l->person_id;
			}
		}
}

/* People whose places the story tells. */
static void places_told(struct ctx *c, struct demo *d)
{
	struct demo_person *p = demo_person(d, S("Priya Ramdin"));
	p->places[0].hours = 20;
	place_add(p, S("Wonen/Wijken/Leefbaarheid en woonfraude"), S("Adviseur leefbaarheid"), 12, demo_day(d, 300));
	demo_person(d, S("Noor Yıldız"))->places[0].hours = 28;
	demo_person(d, S("Wim Kuipers"))->places[0].hours = 32;
	/* Anouk led Verhuur Noord until D-150; Ruben was one of its consultants. */
	p = demo_person(d, S("Anouk Postma"));
	p->places[1] = (struct demo_place){ S("Wonen/Verhuur/Verhuur Noord"), S("Teamleider"), { 0 }, 36, demo_day(d, 1800), demo_day(d, 151) };
	p->places[0].start = demo_day(d, 150);
	p->count = 2;
	p = demo_person(d, S("Ruben Sewnarain"));
	p->places[1] = (struct demo_place){ S("Wonen/Verhuur/Verhuur Noord"), S("Verhuurconsulent"), demo_person(d, S("Anouk Postma"))->person_id, 36, demo_day(d, 1500), demo_day(d, 151) };
	p->places[0].start = demo_day(d, 150);
	p->count = 2;
	p = person_add(c, d, S("Gerrit Hoogland"));
	place_add(p, S("Vastgoed/Planmatig onderhoud/Opzichters"), S("Opzichter"), 36, demo_day(d, 8200));
	p->places[0].end = demo_day(d, 60);
}

static void cell(struct buffer *b, str s, bool last)
{
	buffer_add_char(b, '"');
	buffer_add(b, s);
	buffer_add(b, last ? S("\"\n") : S("\","));
}

static enum status people_import(struct ctx *c, struct demo *d)
{
	struct buffer b = { 0 };
	struct import_count count;
	buffer_add(&b, S("person_id,name,email,unit,role,lead_id,hours,start,end,language\n"));
	for (each(struct demo_person, p, d->people))
		for (int i = 0; i < p->count; i++) {
			const struct demo_place *at = &p->places[i];
			cell(&b, p->person_id, false);
			cell(&b, p->name, false);
			cell(&b, p->email, false);
			cell(&b, at->unit, false);
			cell(&b, at->role, false);
			cell(&b, at->lead, false);
			cell(&b, text_format(c->arena, "%lld", (long long)at->hours), false);
			cell(&b, date_iso(c->arena, at->start), false);
			cell(&b, date_iso(c->arena, at->end), false);
			cell(&b, S("nl"), true);
		}
	str csv = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return import_text(c, S("people"), S("zilverwilg.csv"), csv, &count);
}

static enum status roles_import(struct ctx *c, struct demo *d)
{
	struct buffer b = { 0 };
	struct import_count count;
	struct table *t;
	struct table_row row;
	enum status s;
	buffer_add(&b, S("role,skill,level,importance\n"));
	TRY(table_open(c, S("roles.csv"), FILE_OF(roles_csv), (struct table_limits){ 0 }, &t));
	while ((s = table_next(c, t, &row)) == OK) {
		struct demo_role role = { row.cells[0], row.cells[1] };
		if (map_put(c->arena, &d->roles, text_copy(c->arena, role.name), 0, NULL) && store_run(c, demo_role_english, &role, NULL) != OK)
			break;
		cell(&b, row.cells[0], false);
		cell(&b, row.cells[2], false);
		cell(&b, row.cells[3], false);
		cell(&b, row.cells[4], true);
	}
	table_close(t);
	str csv = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	if (s != NOT_FOUND)
		return s == OK ? BROKEN : s;
	return import_text(c, S("roles"), S("rolprofielen.csv"), csv, &count);
}

/* What each person's roles ask, and the ids that the database gave. */
static enum status asks_load(struct ctx *c, struct demo *d)
{
	list named = { 0 }, persons = { 0 }, lines = { 0 };
	struct map ids = { 0 }, role_ids = { 0 };
	TRY(store_all(c, demo_skills, NOTHING, &named));
	for (each(struct demo_named, n, named)) {
		map_put(c->arena, &d->skills, n->key, n->id, NULL);
		map_put_number(c->arena, &d->skill_keys, n->id, (int64_t)d->keys.count, NULL);
		*list_add(c->arena, &d->keys, struct demo_skill) = (struct demo_skill){ .id = n->id, .key = n->key };
	}
	TRY(store_all(c, demo_persons, NOTHING, &persons));
	for (each(struct demo_person_row, r, persons))
		map_put(c->arena, &ids, r->person_id, r->id, NULL);
	list role_rows = { 0 };
	TRY(store_all(c, demo_roles, NOTHING, &role_rows));
	for (each(struct demo_named, r, role_rows))
		map_put(c->arena, &role_ids, r->key, r->id, NULL);
	TRY(role_skills(c, &lines));
	for (each(struct demo_person, p, d->people)) {
		map_find(&ids, p->person_id, &p->id);
		for (int i = 0; i < p->count; i++) {
			int64_t role = 0, key;
			map_find(&role_ids, p->places[i].role, &role);
			for (each(struct role_skill, l, lines)) {
				if (l->role != role || !map_find_number(&d->skill_keys, l->skill, &key))
					continue;
				bool there = false;
				for (each(struct demo_ask, a, p->role_skills))
					there |= a->skill == l->skill;
				if (!there)
					*list_add(c->arena, &p->role_skills, struct demo_ask) = (struct demo_ask){ l->skill, list_item(d->keys, struct demo_skill, key)->key, l->level, l->importance };
			}
		}
	}
	return OK;
}

/* Each skill is owned by the lead of a team that uses it; one is overdue, as the story tells. */
static enum status owners_set(struct ctx *c, struct demo *d)
{
	for (each(struct demo_skill, s, d->keys)) {
		struct demo_owner row = { .skill = s->id, .review_day = date_add_days(d->day, (int)demo_between(d, 30, 330)) };
		for (each(struct demo_person, p, d->people))
			if (!row.owner && str_eq(p->places[0].role, S("Teamleider")) && !date_is(p->places[0].end))
				for (each(struct demo_person, member, d->people))
					for (each(struct demo_ask, a, member->role_skills))
						if (a->skill == s->id && str_eq(member->places[0].unit, p->places[0].unit) && !row.owner)
							row.owner = p->id;
		if (str_eq(s->key, S("working-with-ai"))) {
			row.owner = demo_person(d, S("Jelle Terpstra"))->id;
			row.review_day = demo_day(d, 40);
		}
		TRY(store_run(c, demo_skill_owner, &row, NULL));
	}
	return OK;
}

enum status demo_organisation(struct ctx *c, struct demo *d)
{
	int64_t added;
	TRY(starter_take(c, &added));
	TRY(framework_adopt(c, FILE_OF(own_skills_csv), &added));
	TRY(places_fill(c, d));
	places_told(c, d);
	leads_set(d);
	TRY(people_import(c, d));
	TRY(roles_import(c, d));
	TRY(asks_load(c, d));
	return owners_set(c, d);
}
