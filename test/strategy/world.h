/* world.h - a random organisation: units in a tree, roles that ask skills, people of whom something is believed. */
#pragma once
#include "harness.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEARNING_ADDRESS "learning@x.example"
#define BOARD_ADDRESS "board@x.example"
#define LEAD_ADDRESS "p1@x.example"

enum { UNITS = 9, ROLES = 4, PEOPLE = 90, SKILLS = 5 };

struct one { int unit, role, lead; double mean[SKILLS + 1]; int belief[SKILLS + 1]; };          /* belief: 0 nothing, 1 self, 2 confirmed */
struct world {
	uint64_t seed;
	int parent[UNITS + 1];                     /* 0: top */
	int level[ROLES + 1][SKILLS + 1];          /* 0: not asked */
	struct one people[PEOPLE + 1];             /* ids from 1 */
};

#define VARIANCE 0.36

static inline uint64_t dice(uint64_t *seed, uint64_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (*seed >> 33) % below;
}

static inline void world_store(struct app *a, const struct world *w)
{
	struct buffer b = { 0 };
	for (int u = 1; u <= UNITS; u++) {
		char path[200] = "";
		for (int x = u; x; x = w->parent[x]) {
			char before[200];
			snprintf(before, sizeof before, "U%d%s%.150s", x, *path ? "/" : "", path);
			strcpy(path, before);
		}
		buffer_add_format(&b, "insert into unit (id, parent, name, path, fold) values (%d, %s, 'U%d', '%s', lower('%s'));\n", u,
			w->parent[u] ? text_c(a->arena, text_format(a->arena, "%d", w->parent[u])) : "null", u, path, path);
	}
	for (int r = 1; r <= ROLES; r++)
		buffer_add_format(&b, "insert into role (id, name, fold) values (%d, 'R%d', 'r%d');\n", r, r, r);
	for (int s = 1; s <= SKILLS; s++)
		buffer_add_format(&b, "insert into skill (id, key, kind, name_nl, name_en, fold, made) values (%d, 's%d', 'skill', 'S%d', 'S%d', 's%d', 1);\n", s, s, s, s, s);
	for (int r = 1; r <= ROLES; r++)
		for (int s = 1; s <= SKILLS; s++)
			if (w->level[r][s])
				buffer_add_format(&b, "insert into role_skill (role, skill, level, importance) values (%d, %d, %d, %d);\n", r, s, w->level[r][s], 1 + (r + s) % 3);
	str today = date_iso(a->arena, instant_date(clock_now()));
	for (int p = 1; p <= PEOPLE; p++)
		buffer_add_format(&b, "insert into person (id, person_id, name, email, fold, made) values (%d, 'P%d', 'Person %d', 'p%d@x.example', 'person %d', 1);\n", p, p, p, p, p);
	for (int p = 1; p <= PEOPLE; p++) {
		const struct one *o = &w->people[p];
		buffer_add_format(&b, "insert into employment (person, unit, role, lead, hours, start_day) values (%d, %d, %d, %s, 36, '2020-01-01');\n", p, o->unit, o->role,
			o->lead && o->lead != p ? text_c(a->arena, text_format(a->arena, "%d", o->lead)) : "null");
		for (int s = 1; s <= SKILLS; s++)
			if (o->belief[s])
				buffer_add_format(&b, "insert into estimate (person, skill, mean, variance, last_seen, known, own_mean, own_variance, own_last_seen, own_known, confirmed)"
					" values (%d, %d, %.3f, %.2f, '" S_FMT "', 1, 3, 1, '" S_FMT "', 1, %d);\n", p, s, o->mean[s], VARIANCE, S_ARG(today), S_ARG(today), o->belief[s] == 2);
	}
	if (str_starts(a->url, S("postgres")))               /* ids given by hand do not move the counters */
		buffer_add_format(&b, "select setval(pg_get_serial_sequence('skill', 'id'), 1000), setval(pg_get_serial_sequence('person', 'id'), 1000);\n");
	buffer_add_char(&b, 0);
	sql(a, b.at);
	buffer_done(&b);
	someone(a, LEARNING_ADDRESS, "Learning", "learning", NULL, NULL, NULL);
	someone(a, BOARD_ADDRESS, "Board", "board", NULL, NULL, NULL);
	assert_answer(call(a, "unprotected", "account_add_one", "email=" LEAD_ADDRESS, "name=Person 1", "role=employee", NULL), OK);
}

static inline struct world world_make(struct app *a, uint64_t seed)
{
	struct world w = { .seed = seed };
	for (int u = 1; u <= UNITS; u++)
		w.parent[u] = u <= 2 ? 0 : 1 + (int)dice(&w.seed, (uint64_t)u - 1);
	for (int r = 1; r <= ROLES; r++)
		for (int s = 1; s <= SKILLS; s++)
			w.level[r][s] = dice(&w.seed, 3) ? 2 + (int)dice(&w.seed, 3) : 0;
	for (int s = 1; s <= SKILLS; s++)
		w.level[1][s] = 3;
	for (int p = 1; p <= PEOPLE; p++) {
		struct one *o = &w.people[p];
		o->unit = 1 + (int)(dice(&w.seed, UNITS) * dice(&w.seed, UNITS) / UNITS);
		o->role = 1 + (int)dice(&w.seed, ROLES);
		o->lead = p >= 20 && p < 26 ? 1 : 0;
		for (int s = 1; s <= SKILLS; s++) {
			o->belief[s] = dice(&w.seed, 10) < (s == SKILLS ? 4u : 9u) ? 2 : (int)dice(&w.seed, 2);
			o->mean[s] = 1.5 + (double)dice(&w.seed, 3000) / 1000;
		}
	}
	world_store(a, &w);
	return w;
}
