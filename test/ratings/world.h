/* world.h - a small organisation to rate in: two teams of one lead each, and one of every role beside them. */
#pragma once
#include "harness.h"
#include <stdio.h>
#include <string.h>

struct world { int64_t anna, bas, carla, dirk, eva, lead, other; };      /* anna, bas: of lead; carla: of other; dirk: both */

#define ANNA "anna@x.example"
#define BAS "bas@x.example"
#define CARLA "carla@x.example"
#define DIRK "dirk@x.example"
#define LEAD "lead@x.example"
#define OTHER "other@x.example"
#define LEARNER "learning@x.example"

enum { TO_LISTEN = 1, TO_WRITE = 2, TO_PLAN = 3 };

/* Listening is asked of an advisor, writing of an editor, planning of nobody. Dirk is an advisor under lead and an editor under other. */
static inline struct world world(struct app *a)
{
	struct world w = { 0 };
	w.lead = someone(a, LEAD, "Lea Lead", NULL, "Wonen/Team A", "Teamleider", NULL);
	w.other = someone(a, OTHER, "Otto Ander", NULL, "Wonen/Team B", "Teamleider", NULL);
	w.anna = someone(a, ANNA, "Anna", NULL, "Wonen/Team A", "Adviseur", LEAD);
	w.bas = someone(a, BAS, "Bas", NULL, "Wonen/Team A", "Adviseur", LEAD);
	w.carla = someone(a, CARLA, "Carla", NULL, "Wonen/Team B", "Redacteur", OTHER);
	w.dirk = someone(a, DIRK, "Dirk", NULL, "Wonen/Team A", "Adviseur", LEAD);
	sql(a, "insert into employment (person, unit, role, lead, hours, start_day) select p.id, u.id, r.id, l.id, 8, '2020-01-01'"
		" from person p, unit u, role r, person l where p.email = '" DIRK "' and u.path = 'Wonen/Team B' and r.name = 'Redacteur' and l.email = '" OTHER "'");
	someone(a, LEARNER, "Lia", "learning", NULL, NULL, NULL);
	someone(a, "board@x.example", "Bo", "board", NULL, NULL, NULL);
	someone(a, "council@x.example", "Co", "council", NULL, NULL, NULL);
	someone(a, "privacy@x.example", "Pim", "privacy", NULL, NULL, NULL);
	someone(a, "admin@x.example", "Ad", "administrator", NULL, NULL, NULL);
	sql(a, "insert into skill (kind, name_nl, name_en, fold, made) values ('skill', 'Luisteren', 'Listening', 'luisteren', 1),"
		" ('skill', 'Schrijven', 'Writing', 'schrijven', 1), ('skill', 'Plannen', 'Planning', 'plannen', 1)");
	sql(a, "insert into role_skill (role, skill, level, importance) select id, 1, 4, 3 from role where name = 'Adviseur'");
	sql(a, "insert into role_skill (role, skill, level, importance) select id, 2, 3, 2 from role where name = 'Redacteur'");
	basis(a);
	return w;
}

static inline const char *pair(struct app *a, const char *key, int64_t value)
{
	return text_c(a->arena, text_format(a->arena, "%s=%lld", key, (long long)value));
}

/* Rates, and answers the rating's number. */
static inline int64_t rate(struct app *a, const char *as, int64_t person, int skill, int level)
{
	struct answer given = call(a, as, "rating_give", pair(a, "person", person), pair(a, "skill", skill), pair(a, "level", level), "note=Zag ik zelf", NULL);
	assert_answer(given, OK);
	long long id = 0;
	assert_int_equal(sscanf(strstr(given.json.at, "\"id\":"), "\"id\":%lld", &id), 1);
	return id;
}

static inline void ask(struct app *a, const char *as, int skill, int64_t colleague)
{
	assert_answer(call(a, as, "request_make", pair(a, "skill", skill), pair(a, "colleague", colleague), NULL), OK);
}

static inline bool says(struct answer a, const char *what)
{
	return a.json.len && strstr(a.json.at, what);
}
