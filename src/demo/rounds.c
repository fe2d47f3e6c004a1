/* rounds.c - three rounds of ratings over a year, with strays between them: what people can do, as others and they themselves see it. */
#include "inside.h"
#include "ratings/ratings.h"
#include "table/table.h"
#include "demo_notes.csv.h"
#include <math.h>

#define FILE_OF(bytes) ((str){ (const char *)(bytes), sizeof (bytes) })

static enum status notes_load(struct ctx *c, struct demo *d)
{
	struct table *t;
	struct table_row row;
	enum status s;
	TRY(table_open(c, S("notes.csv"), FILE_OF(notes_csv), (struct table_limits){ 0 }, &t));
	while ((s = table_next(c, t, &row)) == OK)
		*list_add(c->arena, &d->notes, struct demo_note) = (struct demo_note){ text_copy(c->arena, row.cells[0]), text_copy(c->arena, row.cells[1]),
			text_copy(c->arena, row.cells[2]), text_copy(c->arena, row.cells[3]), text_copy(c->arena, row.cells[4]), 0 };
	table_close(t);
	return s == NOT_FOUND ? OK : s;
}

/* One rating in four has a note that fits its source, skill and tone; none is used more than three times. */
static str note_for(struct demo *d, str source, str key, int64_t asked, int level)
{
	if (!demo_chance(d, .25))
		return (str){ 0 };
	str tone = level >= asked ? S("plus") : level == asked - 1 ? S("neutral") : S("minus");
	for (each(struct demo_note, n, d->notes))
		if (str_eq(n->source, source) && str_eq(n->skill, key) && str_eq(n->tone, tone) && n->used < 3) {
			n->used++;
			return n->nl;
		}
	return (str){ 0 };
}

enum status demo_rate(struct ctx *c, struct demo *d, int64_t person, str skill, str source, int64_t rater, int level, int before, str note, int64_t *id)
{
	instant now = c->now;
	int64_t made = 0;
	struct rating_given r = { .person = person, .skill = demo_skill(d, skill), .level = level < 1 ? 1 : level > 5 ? 5 : level, .source = source,
		.rater = rater, .day = demo_day(d, before), .note = note };
	c->now = demo_noon(r.day);
	enum status s = r.skill ? rating_add(c, &r, &made) : OK;
	c->now = now;
	if (id)
		*id = made;
	d->ratings++;
	return s;
}

struct demo_share_row { int64_t person, skill; };
RECORD(demo_share_row, FIELD(demo_share_row, person), FIELD(demo_share_row, skill));

enum status demo_share_own(struct ctx *c, struct demo *d, int64_t person, str skill, int before)
{
	struct demo_share_row row = { person, demo_skill(d, skill) };
	instant now = c->now;
	c->now = demo_noon(demo_day(d, before));
	enum status s = row.skill ? store_run(c, demo_share_add, &row, NULL) : OK;
	c->now = now;
	return s;
}

static bool in_team(const struct demo_person *p, const char *team)
{
	return str_ends(p->places[0].unit, str_of(team));
}

/* Where the story says otherwise than role and chance: the middle of what people in a unit can do. NAN: nothing said. */
static double told(const struct demo_person *p, str key)
{
	bool crew = in_team(p, "/Vakploeg Noord") || in_team(p, "/Vakploeg Zuid") || in_team(p, "/Mutatieonderhoud");
	bool strong = in_team(p, "/Verduurzaming") || in_team(p, "/Installaties en energie");
	static const struct { const char *key; double crew, site, strong; } warm[] = {
		{ "energy-renovation", 2.2, 2.5, 3.9 }, { "damp-and-mould", 2.3, 3.2, 3.7 }, { "keeping-promises", 2.4, 2.9, 3.7 },
		{ "occupied-maintenance", 3.6, 3.7, 3.7 }, { "involving-tenants", 3.6, 3.7, 3.8 }, { "sustainable-working", 3.1, 3.3, 3.8 } };
	if (str_starts(p->places[0].unit, S("Vastgoed/")))
		for (size_t i = 0; i < sizeof warm / sizeof warm[0]; i++)
			if (str_eq(key, str_of(warm[i].key)))
				return crew ? warm[i].crew : strong ? warm[i].strong : in_team(p, "/Opzichters") ? warm[i].site : NAN;
	if (in_team(p, "/Storingsdienst") && str_eq(key, S("finding-faults")))
		return 4.3;
	static const char *const well[] = { "listening-to-customers", "helping-customers", "difficult-conversations", "clear-writing", "resolving-complaints", "liveability", NULL };
	if (str_starts(p->places[0].unit, S("Wonen/")))
		for (size_t i = 0; well[i]; i++)
			if (str_eq(key, str_of(well[i])))
				return in_team(p, "/Telefoon en balie") ? 4.1 : in_team(p, "/Verhuur Zuid") && str_eq(key, S("clear-writing")) ? 3.2 : 3.85;
	return NAN;
}

/* Skills of the ambition that nobody knows much about yet: how large a share is rated at all. */
static double known_share(const struct demo_person *p, str key)
{
	static const struct { const char *key; double share; } few[] = { { "working-with-ai", .08 }, { "judging-ai", .08 }, { "recording-data", .45 },
		{ "reading-figures", .35 }, { "handling-personal-data", .4 }, { "automating-work", .25 } };
	/* What Wonen lives by, and a handful elsewhere: so few known would hide Wonen itself from the board, because whole less Wonen would show them. */
	if (!str_starts(p->places[0].unit, S("Wonen/"))) {
		if (str_eq(key, S("helping-customers")) || str_eq(key, S("difficult-conversations")))
			return 0;
		if (str_eq(key, S("clear-writing")))
			return 1;
	}
	if (in_team(p, "/Data en digitalisering") || in_team(p, "/Werkplek en systemen") || in_team(p, "/Inkoop"))
		return .95;
	for (size_t i = 0; i < sizeof few / sizeof few[0]; i++)
		if (str_eq(key, str_of(few[i].key)))
			return few[i].share;
	return str_starts(p->places[0].unit, S("Wonen/")) ? .9 : str_starts(p->places[0].unit, S("Vastgoed/")) ? .82 : .7;
}

static int level_of(double x)
{
	double l = floor(x + .5);
	return l < 1 ? 1 : l > 5 ? 5 : (int)l;
}

/* Leads see a gap that their teams do not. */
static bool is_disputed(const struct demo_person *p, str key)
{
	return str_eq(key, S("keeping-promises")) && (in_team(p, "/Vakploeg Noord") || in_team(p, "/Vakploeg Zuid") || in_team(p, "/Werkplanning"));
}

static struct demo_person *lead_of(struct demo *d, const struct demo_person *p)
{
	for (each(struct demo_person, l, d->people))
		if (p->places[0].lead.len && str_eq(l->person_id, p->places[0].lead))
			return l;
	return NULL;
}

/* Somebody of the same team who leads nobody; none in a team that has no other. */
static const struct demo_person *peer_of(struct demo *d, const struct demo_person *p)
{
	const struct demo_person *found = NULL;
	int64_t n = 0;
	for (each(const struct demo_person, other, d->people))
		if (other->id != p->id && str_eq(other->places[0].unit, p->places[0].unit) && !str_eq(other->places[0].role, S("Teamleider")) && !demo_between(d, 0, n++))
			found = other;
	return found;
}

static enum status by_others(struct ctx *c, struct demo *d, struct demo_person *p, const struct demo_ask *a, double hidden, int from, int to)
{
	const struct demo_person *lead = lead_of(d, p);
	bool disputed = is_disputed(p, a->key);
	if (lead && (a->importance >= 2 || disputed)) {
		int level = disputed ? demo_chance(d, .75) ? 2 : 3 : level_of(demo_normal(d, hidden, .3));
		int before = (int)demo_between(d, to, from);
		TRY(demo_rate(c, d, p->id, a->key, S("lead"), lead->id, level, before, note_for(d, S("lead"), a->key, a->level, level), NULL));
	}
	if (demo_chance(d, .12)) {
		const struct demo_person *peer = peer_of(d, p);
		int level = level_of(demo_normal(d, hidden, .4));
		if (peer)
			TRY(demo_rate(c, d, p->id, a->key, S("peer"), peer->id, level, (int)demo_between(d, to, from), note_for(d, S("peer"), a->key, a->level, level), NULL));
	}
	static const char *const others[] = { "test", "evidence", "certificate" };
	for (int i = 0; i < 3; i++)
		for (each(struct demo_note, n, d->notes))
			if (str_eq(n->source, str_of(others[i])) && str_eq(n->skill, a->key) && demo_chance(d, .03)) {
				TRY(demo_rate(c, d, p->id, a->key, n->source, 0, level_of(demo_normal(d, hidden, .25)), (int)demo_between(d, to, from), n->nl, NULL));
				break;
			}
	return OK;
}

static enum status by_self(struct ctx *c, struct demo *d, struct demo_person *p, const struct demo_ask *a, double hidden, int from, int to)
{
	bool disputed = is_disputed(p, a->key);
	int level = disputed ? demo_chance(d, .8) ? 4 : 5 : level_of(demo_normal(d, hidden + .4, .3)), before = (int)demo_between(d, to, from);
	if (demo_chance(d, disputed ? .8 : .66))
		TRY(demo_share_own(c, d, p->id, a->key, before));
	return demo_rate(c, d, p->id, a->key, S("self"), p->id, level, before, note_for(d, S("self"), a->key, a->level, level), NULL);
}

enum status demo_rounds(struct ctx *c, struct demo *d)
{
	static const struct { int from, to; double behind, lead_share; } rounds[] = { { 400, 370, .5, .45 }, { 210, 180, .25, .5 }, { 60, 6, 0, .62 } };
	TRY(notes_load(c, d));
	for (each(struct demo_person, p, d->people)) {
		bool told_by_name = str_eq(p->name, S("Youssef el Hamdi")) || str_eq(p->name, S("Kevin Slagter")) || str_eq(p->name, S("Gerrit Hoogland"));
		bool rates_self = demo_chance(d, .5);
		int first_skills = 0;
		for (each(struct demo_ask, a, p->role_skills)) {
			double middle = told(p, a->key), hidden = isnan(middle) ? (double)a->level + .15 + p->own + demo_normal(d, 0, .5) : demo_normal(d, middle, .45);
			bool known = demo_chance(d, known_share(p, a->key)) && !p->is_new;
			bool quietly = (str_eq(a->key, S("working-with-ai")) || str_eq(a->key, S("judging-ai"))) && !known && demo_chance(d, .15);
			first_skills++;
			if (quietly && !told_by_name)                  /* a self-rating that is not shared */
				TRY(demo_rate(c, d, p->id, a->key, S("self"), p->id, level_of(hidden + .4), (int)demo_between(d, 10, 200), (str){ 0 }, NULL));
			if (!known)
				continue;
			for (size_t i = 0; i < sizeof rounds / sizeof rounds[0]; i++) {
				bool last = i == 2;
				if (date_days_between(p->places[0].start, demo_day(d, rounds[i].from)) < 0 || (date_is(p->places[0].end) && last))
					continue;
				if (told_by_name && last)
					continue;
				if (last || demo_chance(d, rounds[i].lead_share))
					TRY(by_others(c, d, p, a, hidden - rounds[i].behind, rounds[i].from, rounds[i].to));
				if (last && rates_self && (first_skills <= 3 || is_disputed(p, a->key)))
					TRY(by_self(c, d, p, a, hidden, rounds[i].from, rounds[i].to));
			}
		}
	}
	return OK;
}
