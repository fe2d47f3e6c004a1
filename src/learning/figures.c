/* figures.c - how groups learn: of each person the shares of their hours, each person counting once, summed over units and let through by the gate. */
#include "inside.h"
#include "store/cache.h"
#include "trust/trust.h"
#include "vault/vault.h"
#include <string.h>

RECORD(learning_unit, FIELD(learning_unit, id), FIELD(learning_unit, parent, .optional = true), FIELD(learning_unit, name), FIELD(learning_unit, path));
RECORD(learning_place, FIELD(learning_place, person), FIELD(learning_place, unit));

/* Of whom less is known, nothing is known: half an hour of video is no picture of how somebody learns. */
static const double LEAST_HOURS = 1;

CACHE(figures_kept, 8 << 20)

/* What is the same for every reader: sums before the gate, and who is in them. Hours of single persons are not in it. */
struct kept { struct figures f; int64_t *people; size_t *place; size_t people_count; };

/* One who works here, while their hours are added up. */
struct learner { int64_t person; size_t unit; double hours[KINDS]; bool logged; };
struct making { struct kept *k; struct rules rules; struct map units, people; list learners; };

void learning_months(const struct ctx *c, date *from, date *until)
{
	struct civil today = date_civil(c->today);
	date first = date_of(today.year, today.month, 1);
	*from = date_add_months(first, -12);
	*until = date_add_days(first, -1);
}

static enum status units_load(struct ctx *c, struct arena *keep, struct making *m)
{
	list rows = { 0 };
	struct figures *f = &m->k->f;
	TRY(store_all(c, learning_units, NOTHING, &rows));
	f->units = arena_array_of(keep, struct learning_unit, rows.count + 1);
	f->at = arena_array_of(keep, struct unit_figure, rows.count + 1);
	f->count = 1;
	map_put_number(c->arena, &m->units, 0, 0, NULL);
	for (each(struct learning_unit, u, rows)) {
		int64_t parent;
		if (!map_find_number(&m->units, u->parent, &parent))
			return broken(c, "unit %lld comes before the one above it", (long long)u->id);
		map_put_number(c->arena, &m->units, u->id, (int64_t)f->count, NULL);
		f->units[f->count++] = (struct learning_unit){ u->id, parent, text_copy(keep, u->name), text_copy(keep, u->path) };
	}
	return OK;
}

static enum status people_load(struct ctx *c, struct making *m)
{
	list rows = { 0 };
	TRY(store_all(c, learning_places, NOTHING, &rows));
	for (each(struct learning_place, p, rows)) {
		int64_t unit;
		if (!map_put_number(c->arena, &m->people, p->person, (int64_t)m->learners.count, NULL) || !map_find_number(&m->units, p->unit, &unit))
			continue;                                      /* a second job */
		*list_add(c->arena, &m->learners, struct learner) = (struct learner){ .person = p->person, .unit = (size_t)unit };
		m->k->f.at[unit].staff++;
	}
	return OK;
}

static struct learner *learner_of(struct making *m, int64_t person)
{
	int64_t place;
	return map_find_number(&m->people, person, &place) ? list_item(m->learners, struct learner, place) : NULL;
}

static enum status hour_add(struct ctx *c, void *of, const struct journal_hour *h)
{
	struct learner *l = learner_of(of, h->person);
	enum learning_kind kind = learning_kind_of(h->kind);
	(void)c;
	if (l && kind != NOT_COUNTED) {
		l->hours[kind] += h->hours;
		l->logged = true;
	}
	return OK;
}

static enum status done_add(struct ctx *c, void *of, const void *row)
{
	struct making *m = of;
	const struct learning_done *d = row;
	struct learner *l = learner_of(m, d->person);
	if (!l || (l->logged && str_eq(d->activity_type, LOG_ENTRY)))
		return OK;
	struct counted_as as = counted_as(c, &m->rules, d);
	if (as.kind != NOT_COUNTED)
		l->hours[as.kind] += as.hours;
	return OK;
}

static void people_keep(struct arena *keep, struct making *m)
{
	struct kept *k = m->k;
	k->people = arena_array_of(keep, int64_t, m->learners.count + 1);
	k->place = arena_array_of(keep, size_t, m->learners.count + 1);
	for (each(struct learner, l, m->learners)) {
		double all = 0;
		for (int i = 0; i < KINDS; i++)
			all += l->hours[i];
		if (all < LEAST_HOURS)
			continue;
		k->people[k->people_count] = l->person;
		k->place[k->people_count++] = l->unit;
		k->f.at[l->unit].people++;
		for (int i = 0; i < KINDS; i++)
			k->f.at[l->unit].pieces[i] += l->hours[i] / all;
	}
	for (size_t u = k->f.count; u-- > 1;) {
		struct unit_figure *up = &k->f.at[k->f.units[u].parent], *at = &k->f.at[u];
		up->people += at->people;
		up->staff += at->staff;
		for (int i = 0; i < KINDS; i++)
			up->pieces[i] += at->pieces[i];
	}
}

static enum status figures_make(struct ctx *c, struct arena *keep, const void *of, const void **made)
{
	struct kept *k = arena_new_of(keep, struct kept);
	struct making m = { .k = k };
	date before = date_add_days(*(const date *)of, 1);
	k->f.until = *(const date *)of;
	k->f.from = date_add_months(before, -12);
	k->f.log_closed = !vault_is_open(c);
	TRY(units_load(c, keep, &m));
	TRY(people_load(c, &m));
	TRY(rules_load(c, &m.rules));
	if (!k->f.log_closed)
		TRY(journal_hours_each(c, &(const struct journal_counting){ before, k->f.from, k->f.until }, hour_add, &m));
	TRY(xapi_learning_each(c, &(const struct learning_wanted){ 0, k->f.from, k->f.until }, done_add, &m));
	people_keep(keep, &m);
	*made = k;
	return OK;
}

/* Nobody sees how a colleague learns, learning and HR neither: a reader only knows themselves. So all are unseen but one. */
static enum status gate_pass(struct ctx *c, const struct kept *k, struct figures *f)
{
	struct gate_group *groups = arena_array_of(c->arena, struct gate_group, f->count);
	enum gate_state *state = arena_array_of(c->arena, enum gate_state, f->count);
	static const enum shown shown[] = { [GATE_SHOWN] = SHOWN, [GATE_NOBODY] = NOBODY, [GATE_FEW] = FEW, [GATE_BESIDE] = BESIDE };
	for (size_t u = 0; u < f->count; u++)
		groups[u] = (struct gate_group){ u ? (size_t)f->units[u].parent : GATE_TOP, f->at[u].people, 0 };
	for (size_t i = 0; i < k->people_count; i++)
		if (c->me.person && k->people[i] == c->me.person)
			for (size_t u = k->place[i];; u = (size_t)f->units[u].parent) {
				groups[u].seen++;
				if (!u)
					break;
			}
	TRY(gate_tree(c, groups, f->count, state));
	for (size_t u = 0; u < f->count; u++) {
		f->at[u].shown = shown[state[u]];
		if (f->at[u].shown != SHOWN)
			f->at[u] = (struct unit_figure){ .staff = f->at[u].staff, .shown = f->at[u].shown };
	}
	return OK;
}

enum status figures_load(struct ctx *c, struct figures *out)
{
	date from, until;
	const void *made;
	learning_months(c, &from, &until);
	const int64_t key[] = { until.day, c->today.day, vault_is_open(c) };
	TRY(cache_take(c, &figures_kept, (str){ (const char *)key, sizeof key }, figures_make, &until, &made));
	const struct kept *k = made;
	*out = k->f;
	out->at = arena_copy(c->arena, k->f.at, k->f.count * sizeof *out->at);
	return gate_pass(c, k, out);
}
