/* story.c - what story.md tells of single people: answers, reviews, looks, bases, proposals, sign-in. */
#include "inside.h"
#include "accounts/accounts.h"
#include "imports/imports.h"
#include "base/buffer.h"
#include "table/table.h"
#include "demo_ambitions.csv.h"

struct demo_proposal { str setting, before, after, why; int64_t account_id; instant made; };
struct demo_view { int64_t rating; str text; };
struct demo_look { int64_t reader, subject; date day; instant at; };
RECORD(demo_basis, FIELD(demo_basis, day), FIELD(demo_basis, document), FIELD(demo_basis, scope), FIELD(demo_basis, account_id), FIELD(demo_basis, made), FIELD(demo_basis, ended));
RECORD(demo_proposal, FIELD(demo_proposal, setting), FIELD(demo_proposal, before), FIELD(demo_proposal, after), FIELD(demo_proposal, why),
	FIELD(demo_proposal, account_id), FIELD(demo_proposal, made));
RECORD(demo_view, FIELD(demo_view, rating), FIELD(demo_view, text));
RECORD(demo_look, FIELD(demo_look, reader), FIELD(demo_look, subject), FIELD(demo_look, day), FIELD(demo_look, at));

/* Bits of accounts/roles.h that are given; employee and lead follow. */
enum { GIVE_LEARNING = 4, GIVE_BOARD = 8, GIVE_COUNCIL = 16, GIVE_ADMINISTRATOR = 64 };

static enum status accounts_make(struct ctx *c, struct demo *d, int64_t *noor)
{
	static const struct { const char *name; int roles; } six[] = { { "Youssef el Hamdi", 0 }, { "Marieke van der Veen", 0 }, { "Noor Yıldız", GIVE_LEARNING },
		{ "Lilian Pinas", GIVE_BOARD }, { "Wim Kuipers", GIVE_COUNCIL }, { "Tomasz Wróbel", GIVE_ADMINISTRATOR } };
	for (size_t i = 0; i < sizeof six / sizeof six[0]; i++) {
		const struct demo_person *p = demo_person(d, str_of(six[i].name));
		int64_t id;
		TRY(account_make(c, p->email, p->name, six[i].roles, true, &id));
		if (six[i].roles == GIVE_LEARNING)
			*noor = id;
	}
	return OK;
}

static enum status bases_make(struct ctx *c, struct demo *d, int64_t noor)
{
	struct demo_basis first = { demo_day(d, 520), S("Instemming OR: leren en vaardigheden, versie 1"),
		S("Inschattingen en groepscijfers voor de drie teams van Wijken. Niet voor beoordeling, beloning of ontslag."), noor, demo_noon(demo_day(d, 520)), demo_noon(demo_day(d, 450)) };
	struct demo_basis now = { demo_day(d, 450), S("Instemming OR: leren en vaardigheden, versie 2"),
		S("Inschattingen en groepscijfers voor de hele organisatie. Niet voor beoordeling, beloning of ontslag."), noor, demo_noon(demo_day(d, 450)), { 0 } };
	TRY(store_run(c, demo_basis, &first, NULL));
	return store_run(c, demo_basis, &now, NULL);
}

static enum status look_make(struct ctx *c, struct demo *d, const char *reader, int before)
{
	struct demo_look l = { demo_person(d, str_of(reader))->id, demo_person(d, S("Youssef el Hamdi"))->id, demo_day(d, before), demo_noon(demo_day(d, before)) };
	return store_run(c, demo_look, &l, NULL);
}

static enum status youssef(struct ctx *c, struct demo *d)
{
	int64_t me = demo_person(d, S("Youssef el Hamdi"))->id, marieke = demo_person(d, S("Marieke van der Veen"))->id, rating;
	instant now = c->now;
	TRY(demo_rate(c, d, me, S("energy-renovation"), S("lead"), marieke, 2, 45,
		S("De naden rond de kozijnen in de Merelstraat moesten over. Een dag meelopen met Verduurzaming zou helpen."), &rating));
	struct demo_view view = { rating, S("Klopt, het was mijn eerste keer met die band. Ik heb sindsdien twee dagen meegelopen en de kozijnen van nummer 18 zelf gedaan; "
		"de meting was goed. Kijk je nog een keer?") };
	c->now = demo_noon(demo_day(d, 9));
	TRY(store_run(c, demo_view_add, &view, NULL));
	TRY(store_run(c, demo_review_add, &view, NULL));
	c->now = now;
	TRY(demo_share_own(c, d, me, S("occupied-maintenance"), 30));
	TRY(demo_share_own(c, d, me, S("energy-renovation"), 9));
	TRY(demo_rate(c, d, me, S("keeping-promises"), S("self"), me, 4, 30, (str){ 0 }, NULL));
	TRY(demo_rate(c, d, me, S("occupied-maintenance"), S("self"), me, 4, 30, (str){ 0 }, NULL));
	TRY(demo_rate(c, d, me, S("occupied-maintenance"), S("lead"), marieke, 4, 20, (str){ 0 }, NULL));
	TRY(demo_rate(c, d, me, S("keeping-promises"), S("lead"), marieke, 2, 22, (str){ 0 }, NULL));
	TRY(demo_rate(c, d, me, S("energy-renovation"), S("self"), me, 3, 9, (str){ 0 }, NULL));
	TRY(look_make(c, d, "Marieke van der Veen", 45));
	TRY(look_make(c, d, "Marieke van der Veen", 8));
	return look_make(c, d, "Noor Yıldız", 12);
}

static enum status kevin_and_gerrit(struct ctx *c, struct demo *d)
{
	int64_t kevin = demo_person(d, S("Kevin Slagter"))->id, youssef_id = demo_person(d, S("Youssef el Hamdi"))->id;
	int64_t marieke = demo_person(d, S("Marieke van der Veen"))->id, gerrit = demo_person(d, S("Gerrit Hoogland"))->id;
	TRY(demo_share_own(c, d, kevin, S("occupied-maintenance"), 30));
	TRY(demo_rate(c, d, kevin, S("occupied-maintenance"), S("self"), kevin, 5, 30, (str){ 0 }, NULL));
	TRY(demo_rate(c, d, kevin, S("occupied-maintenance"), S("peer"), youssef_id, 2, 25,
		S("Snel klaar, maar de bewoner wist niet wat er nog kwam. Dat hoorde ik de dag erna aan de deur."), NULL));
	TRY(demo_rate(c, d, kevin, S("occupied-maintenance"), S("lead"), marieke, 3, 20, S("Gewone klussen gaan goed. Bij een lastige bewoner gaat mijn telefoon nog."), NULL));
	const struct demo_person *leader = NULL, *peers[2] = { 0 };
	int n = 0;
	for (each(struct demo_person, p, d->people)) {
		if (!str_ends(p->places[0].unit, S("/Opzichters")) || p->id == gerrit)
			continue;
		if (str_eq(p->places[0].role, S("Teamleider")))
			leader = p;
		else if (n < 2)
			peers[n++] = p;
	}
	static const char *const skills[] = { "damp-and-mould", "inspecting" };
	for (int i = 0; i < 2 && leader && n == 2; i++) {
		TRY(demo_rate(c, d, gerrit, str_of(skills[i]), S("lead"), leader->id, 5, 190, (str){ 0 }, NULL));
		TRY(demo_rate(c, d, gerrit, str_of(skills[i]), S("peer"), peers[0]->id, 5, 200, (str){ 0 }, NULL));
		TRY(demo_rate(c, d, gerrit, str_of(skills[i]), S("peer"), peers[1]->id, 5, 195, (str){ 0 }, NULL));
	}
	return OK;
}

/* How many people in a unit have a role that asks for the skill: what a share needed is a share of. */
static int64_t people_asked(const struct demo *d, str unit, str key)
{
	int64_t n = 0;
	for (each(const struct demo_person, p, d->people)) {
		bool here = !unit.len && !date_is(p->places[0].end), asked = false;
		for (int i = 0; i < p->count && unit.len; i++)
			here |= !date_is(p->places[i].end) && (str_eq(p->places[i].unit, unit) || (str_starts(p->places[i].unit, unit) && p->places[i].unit.len > unit.len && p->places[i].unit.at[unit.len] == '/'));
		for (each(struct demo_ask, a, p->role_skills))
			asked |= str_eq(a->key, key);
		n += here && asked;
	}
	return n;
}

/* The ambitions as they were first written, and as they are now: the second version asks more of one skill. */
static enum status ambitions_import(struct ctx *c, struct demo *d, bool second)
{
	struct buffer b = { 0 };
	struct table *t;
	struct table_row row;
	enum status s;
	struct import_count count;
	instant now = c->now;
	buffer_add(&b, S("ambition,horizon,owner,indicator,skill,weight,target_level,people_needed,unit\n"));
	TRY(table_open(c, S("ambitions.csv"), (str){ (const char *)ambitions_csv, sizeof ambitions_csv }, (struct table_limits){ 0 }, &t));
	while ((s = table_next(c, t, &row)) == OK) {
		str name = row.cells[0], key = row.cells[6], unit = row.cells[10];
		double share = 0;
		str_to_real(row.cells[9], &share);
		if (str_eq(key, S("energy-renovation")) && !second)
			share = .5;
		const struct demo_person *owner = demo_person(d, S("Lilian Pinas"));
		for (each(struct demo_person, p, d->people))
			if (unit.len && str_eq(p->places[0].role, S("Teamleider")) && str_starts(p->places[0].unit, unit))
				for (each(struct demo_person, l, d->people))
					if (str_eq(l->person_id, p->places[0].lead))
						owner = l;
		date horizon = date_add_months(demo_day(d, 425), 36);
		buffer_add_format(&b, "\"" S_FMT "\"," S_FMT "," S_FMT ",\"" S_FMT "\"," S_FMT "," S_FMT "," S_FMT ",%lld,\"" S_FMT "\"\n", S_ARG(name), S_ARG(date_iso(c->arena, horizon)),
			S_ARG(owner->person_id), S_ARG(row.cells[4]), S_ARG(key), S_ARG(row.cells[7]), S_ARG(row.cells[8]),
			(long long)((double)people_asked(d, unit, key) * share + .5), S_ARG(unit));
	}
	table_close(t);
	str csv = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	if (s != NOT_FOUND)
		return s;
	c->now = demo_noon(demo_day(d, second ? 120 : 425));
	s = import_text(c, S("ambitions"), S("ambities.csv"), csv, &count);
	c->now = now;
	return s;
}

enum status demo_frame(struct ctx *c, struct demo *d)
{
	int64_t noor = 0;
	TRY(accounts_make(c, d, &noor));
	TRY(bases_make(c, d, noor));
	struct demo_proposal keep = { S("ratings_kept_months"), S("60"), S("36"), S("Een ambitie loopt drie jaar. Langer hebben we inschattingen niet nodig."), noor, demo_noon(demo_day(d, 12)) };
	TRY(store_run(c, demo_proposal, &keep, NULL));
	TRY(ambitions_import(c, d, false));
	return ambitions_import(c, d, true);
}

enum status demo_story(struct ctx *c, struct demo *d)
{
	TRY(youssef(c, d));
	return kevin_and_gerrit(c, d);
}
