/* needs.c - one day of the organisation: who works where, which skills their work asks, and what is believed of them. */
#include "inside.h"
#include "store/cache.h"
#include "base/map.h"
#include <math.h>
#include <string.h>

struct day_of { date day; };
struct job_row { int64_t person, unit, role, lead; double hours; date start_day; };
struct gap_asked_row { int64_t skill, role, level, importance; };
RECORD(day_of, FIELD(day_of, day));
RECORD(job_row, FIELD(job_row, person), FIELD(job_row, unit), FIELD(job_row, role), FIELD(job_row, lead, .optional = true), FIELD(job_row, hours), FIELD(job_row, start_day));
RECORD(gap_asked_row, FIELD(gap_asked_row, skill), FIELD(gap_asked_row, role), FIELD(gap_asked_row, level), FIELD(gap_asked_row, importance));
RECORD(gap_unit, FIELD(gap_unit, id), FIELD(gap_unit, parent, .optional = true), FIELD(gap_unit, name), FIELD(gap_unit, path));
RECORD(gap_role, FIELD(gap_role, id), FIELD(gap_role, name), FIELD(gap_role, name_en));
RECORD(wanted, FIELD(wanted, ambition), FIELD(wanted, skill), FIELD(wanted, weight), FIELD(wanted, target_level),
	FIELD(wanted, people_needed, .optional = true), FIELD(wanted, unit, .optional = true));

CACHE(needs_kept, 128 << 20)

/* A person's jobs stand beside each other in `jobs`. */
struct job { int32_t person; uint16_t unit, role; double hours; date start; };
struct making {
	struct arena *keep;
	struct needs *n;
	struct map units, roles, skills;
	struct job *jobs;
	size_t job_count;
	struct policy policy;
};

static size_t place_of(const struct map *m, int64_t id)
{
	int64_t at;
	return map_find_number(m, id, &at) ? (size_t)at : SIZE_MAX;
}

static str kept(struct arena *keep, str s)
{
	return s.at ? text_copy(keep, s) : s;
}

static enum status units_load(struct ctx *c, struct making *m)
{
	list rows = { 0 };
	TRY(store_all(c, gap_units, NOTHING, &rows));
	if (rows.count >= UINT16_MAX)
		return broken(c, "more units than a heat map knows");
	struct needs *n = m->n;
	n->units = arena_array_of(m->keep, struct gap_unit, rows.count + 1);
	n->unit_count = rows.count + 1;
	map_put_number(c->arena, &m->units, 0, WHOLE, NULL);
	for (size_t i = 0; i < rows.count; i++) {
		const struct gap_unit *row = list_item(rows, struct gap_unit, i);
		size_t parent = place_of(&m->units, row->parent);
		if (parent == SIZE_MAX)
			return broken(c, "unit %lld comes before the one above it", (long long)row->id);
		n->units[i + 1] = (struct gap_unit){ row->id, (int64_t)parent, kept(m->keep, row->name), kept(m->keep, row->path), n->units[parent].depth + 1 };
		map_put_number(c->arena, &m->units, row->id, (int64_t)i + 1, NULL);
	}
	return OK;
}

static enum status roles_load(struct ctx *c, struct making *m)
{
	list rows = { 0 };
	TRY(store_all(c, gap_roles, NOTHING, &rows));
	if (rows.count >= UINT16_MAX)
		return broken(c, "more roles than a heat map knows");
	m->n->roles = arena_array_of(m->keep, struct gap_role, rows.count + 1);
	m->n->role_count = rows.count;
	for (size_t i = 0; i < rows.count; i++) {
		const struct gap_role *row = list_item(rows, struct gap_role, i);
		m->n->roles[i] = (struct gap_role){ row->id, kept(m->keep, row->name), kept(m->keep, row->name_en) };
		map_put_number(c->arena, &m->roles, row->id, (int64_t)i, NULL);
	}
	return OK;
}

static int by_lead(const void *a, const void *b)
{
	const struct led *x = a, *y = b;
	return x->lead != y->lead ? (x->lead > y->lead) - (x->lead < y->lead) : (x->person > y->person) - (x->person < y->person);
}

/* One by one: a hundred thousand rows as records are more than what is kept of them. */
struct jobs_reading { struct making *m; list jobs, people, led; };

static enum status job_take(struct ctx *c, void *of, const void *row)
{
	struct jobs_reading *k = of;
	const struct job_row *r = row;
	if (!k->people.count || *list_item(k->people, int64_t, k->people.count - 1) != r->person)
		*list_add(c->arena, &k->people, int64_t) = r->person;
	*list_add(c->arena, &k->jobs, struct job) = (struct job){ (int32_t)k->people.count - 1, (uint16_t)place_of(&k->m->units, r->unit),
		(uint16_t)place_of(&k->m->roles, r->role), isnan(r->hours) ? 0 : r->hours, r->start_day };
	if (r->lead)
		*list_add(c->arena, &k->led, struct led) = (struct led){ r->lead, r->person, place_of(&k->m->roles, r->role) };
	return OK;
}

static enum status jobs_load(struct ctx *c, struct making *m)
{
	struct jobs_reading k = { .m = m };
	struct needs *n = m->n;
	TRY(store_each(c, gap_jobs, &(struct day_of){ n->day }, job_take, &k));
	m->jobs = k.jobs.at;
	m->job_count = k.jobs.count;
	list_sort(c->arena, &k.led, struct led, by_lead);
	n->people = arena_copy(m->keep, k.people.at, k.people.count * sizeof(int64_t));
	n->people_count = k.people.count;
	n->led = arena_copy(m->keep, k.led.at, k.led.count * sizeof(struct led));
	n->led_count = k.led.count;
	return OK;
}

/* Of two jobs of one person: the one that asks more of the skill, then the larger, then the older. */
static bool is_before(const struct job *a, uint8_t level_a, const struct job *b, uint8_t level_b)
{
	if (level_a != level_b)
		return level_a > level_b;
	if (a->hours != b->hours)
		return a->hours > b->hours;
	return date_compare(a->start, b->start) < 0;
}

/* The needs of one skill: of those whose role asks for it; of everybody when no role does. levels[role], 0: not asked. `all` NULL: only counted. */
static void needs_add(struct making *m, struct gap_skill *s, const uint8_t *levels, const uint8_t *importance, struct need *all, size_t *count)
{
	s->first = *count;
	for (size_t i = 0; i < m->job_count;) {
		const struct job *best = NULL;
		uint8_t required = 0, heaviest = 0;
		int32_t person = m->jobs[i].person;
		for (; i < m->job_count && m->jobs[i].person == person; i++) {
			const struct job *j = &m->jobs[i];
			if (s->asked && !levels[j->role])
				continue;
			if (!best || is_before(j, levels[j->role], best, levels[best->role]))
				best = j;
			required = levels[j->role] > required ? levels[j->role] : required;
			heaviest = importance[j->role] > heaviest ? importance[j->role] : heaviest;
		}
		if (best && all)
			all[*count] = (struct need){ .person = person, .unit = best->unit, .role = best->role, .required = required, .importance = heaviest };
		*count += best != NULL;
	}
	s->count = *count - s->first;
}

/* Which skills there are to speak of: those a role or an ambition asks for, else those of which something is known. */
static enum status skills_load(struct ctx *c, struct making *m, list *asked)
{
	struct needs *n = m->n;
	list skills = { 0 }, wanted = { 0 }, rated = { 0 };
	TRY(store_all(c, gap_asked, NOTHING, asked));
	TRY(store_all(c, gap_wanted, NOTHING, &wanted));
	TRY(skill_list(c, &skills));
	TRY(store_all(c, gap_rated, NOTHING, &rated));
	struct map by_role = { 0 }, by_ambition = { 0 }, known = { 0 };
	for (each(struct gap_asked_row, a, *asked))
		map_put_number(c->arena, &by_role, a->skill, 1, NULL);
	for (each(struct wanted, w, wanted))
		map_put_number(c->arena, &by_ambition, w->skill, 1, NULL);
	for (each(struct by_id, r, rated))
		map_put_number(c->arena, &known, r->id, 1, NULL);
	n->skills = arena_array_of(m->keep, struct gap_skill, skills.count + 1);
	for (each(struct skill, s, skills)) {
		int64_t one;
		bool role = map_find_number(&by_role, s->id, &one), ambition = map_find_number(&by_ambition, s->id, &one);
		if (!str_eq(s->kind, S("skill")) || !(role || ambition || map_find_number(&known, s->id, &one)))
			continue;
		map_put_number(c->arena, &m->skills, s->id, (int64_t)n->skill_count, NULL);
		n->skills[n->skill_count++] = (struct gap_skill){ .id = s->id, .asked = role, .wanted = ambition };
	}
	n->wanted = arena_copy(m->keep, wanted.at, wanted.count * sizeof(struct wanted));
	n->wanted_count = wanted.count;
	return OK;
}

static struct need *need_find(const struct needs *n, const struct gap_skill *s, int64_t person)
{
	size_t from = s->first, until = s->first + s->count;
	while (from < until) {
		size_t middle = from + (until - from) / 2;
		int64_t there = n->people[n->all[middle].person];
		if (there == person)
			return &n->all[middle];
		*(there < person ? &from : &until) = there < person ? middle + 1 : middle;
	}
	return NULL;
}

static enum status belief_put(struct ctx *c, void *of, const void *row)
{
	(void)c;
	struct making *m = of;
	struct believed b = *(const struct believed *)row;
	size_t skill = place_of(&m->skills, b.skill);
	struct need *p = skill == SIZE_MAX ? NULL : need_find(m->n, &m->n->skills[skill], b.person);
	if (!p || date_compare(b.last_seen, m->n->day) > 0)
		return OK;
	policy_predict(&m->policy, &b, m->n->day);
	p->belief = b.confirmed ? CONFIRMED : SELF_RATED;
	p->last_seen = b.last_seen.day;
	p->mean = b.mean;
	p->variance = b.variance;
	return OK;
}

static enum status beliefs_load(struct ctx *c, struct making *m)
{
	if (!date_compare(m->n->day, c->today))
		return believed_each(c, 0, belief_put, m);
	list then = { 0 };
	TRY(believed_on(c, m->n->day, &then));
	for (each(struct believed, b, then))
		TRY(belief_put(c, m, b));
	return OK;
}

/* What each role asks of each skill: levels go to n->asks, importance beside them. */
static uint8_t *asks_fill(struct ctx *c, struct making *m, const list *asked)
{
	struct needs *n = m->n;
	uint8_t *importance = arena_take(c->arena, n->skill_count * n->role_count + 1);
	n->asks = arena_take(m->keep, n->skill_count * n->role_count + 1);
	for (each(struct gap_asked_row, a, *asked)) {
		size_t skill = place_of(&m->skills, a->skill), role = place_of(&m->roles, a->role);
		if (skill == SIZE_MAX || role == SIZE_MAX)
			continue;
		n->asks[skill * n->role_count + role] = (uint8_t)a->level;
		importance[skill * n->role_count + role] = (uint8_t)a->importance;
	}
	return importance;
}

static enum status needs_make(struct ctx *c, struct arena *keep, const void *of, const void **made)
{
	struct needs *n = arena_new_of(keep, struct needs);
	struct making m = { .keep = keep, .n = n };
	list asked = { 0 };
	n->day = *(const date *)of;
	TRY(policy_load(c, &m.policy));
	n->least_known_percent = m.policy.least_known_percent;
	TRY(units_load(c, &m));
	TRY(roles_load(c, &m));
	TRY(jobs_load(c, &m));
	TRY(skills_load(c, &m, &asked));
	const uint8_t *importance = asks_fill(c, &m, &asked);
	for (size_t s = 0; s < n->skill_count; s++)            /* first how many: people by skills is far more than what is asked */
		needs_add(&m, &n->skills[s], n->asks + s * n->role_count, importance + s * n->role_count, NULL, &n->count);
	n->all = arena_array_of(keep, struct need, n->count + 1);
	n->count = 0;
	for (size_t s = 0; s < n->skill_count; s++)
		needs_add(&m, &n->skills[s], n->asks + s * n->role_count, importance + s * n->role_count, n->all, &n->count);
	TRY(beliefs_load(c, &m));
	*made = n;
	return OK;
}

enum status needs_load(struct ctx *c, date day, const struct needs **out)
{
	if (!date_is(day))
		day = c->today;
	/* Two days side by side would show what one person who came or left in between could do. */
	if (date_compare(day, c->today) && !gate_sees_everybody(c))
		return refuse(c, FORBIDDEN, "only-today", W(strategy_only_today));
	const void *made;
	TRY(cache_take(c, &needs_kept, (str){ (const char *)&day, sizeof day }, needs_make, &day, &made));
	*out = made;
	return OK;
}

size_t needs_unit(const struct needs *n, int64_t id)
{
	if (!id)
		return WHOLE;
	for (size_t i = 1; i < n->unit_count; i++)
		if (n->units[i].id == id)
			return i;
	return SIZE_MAX;
}

size_t needs_skill(const struct needs *n, int64_t id)
{
	for (size_t i = 0; i < n->skill_count; i++)
		if (n->skills[i].id == id)
			return i;
	return SIZE_MAX;
}

size_t needs_person(const struct needs *n, int64_t id)
{
	size_t from = 0, until = n->people_count;
	while (from < until) {
		size_t middle = from + (until - from) / 2;
		*(n->people[middle] < id ? &from : &until) = n->people[middle] < id ? middle + 1 : middle;
	}
	return from < n->people_count && n->people[from] == id ? from : SIZE_MAX;
}

const struct need *needs_find(const struct needs *n, size_t skill, int32_t person)
{
	return need_find(n, &n->skills[skill], n->people[person]);
}

bool needs_is_under(const struct needs *n, size_t unit, size_t top)
{
	while (unit > top)
		unit = (size_t)n->units[unit].parent;
	return unit == top;
}
