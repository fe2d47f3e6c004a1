/* world.h - a house of six teams, each with a lead and some people, for the tests of needs. */
#pragma once
#include "harness.h"
#include <stdio.h>
#include <string.h>

#define HR "hr@x.example"
#define BOARD "board@x.example"
#define COUNCIL "council@x.example"

enum { TEAMS = 6, TEAM_SIZE = 6 };

static inline const char *with(struct app *a, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	str text = text_vformat(a->arena, format, values);
	va_end(values);
	return text_c(a->arena, text);
}

static inline void at(struct app *a, const char *moment)
{
	assert_true(instant_from_iso(str_of(moment), &a->now));
}

static inline const char *lead_of(struct app *a, int team)
{
	return with(a, "lead%d@x.example", team);
}

static inline int64_t unit_id(struct app *a, const char *path)
{
	return sql_number(a, with(a, "select id from unit where path = '%s'", path));
}

/* Skills 1 Listening, 2 Planning. */
static inline void house(struct app *a)
{
	at(a, "2026-11-25T09:00:00Z");
	someone(a, HR, "Hanna Roos", "learning", NULL, NULL, NULL);
	someone(a, BOARD, "Bo Ard", "board", NULL, NULL, NULL);
	someone(a, COUNCIL, "Cora Raad", "council", NULL, NULL, NULL);
	someone(a, "privacy@x.example", "Pim Privacy", "privacy", NULL, NULL, NULL);
	someone(a, "admin@x.example", "Ad Min", "administrator", NULL, NULL, NULL);
	for (int t = 1; t <= TEAMS; t++) {
		someone(a, lead_of(a, t), with(a, "Lead %d", t), NULL, "House", "Team lead", NULL);
		for (int i = 1; i <= TEAM_SIZE; i++)
			someone(a, with(a, "p%d.%d@x.example", t, i), with(a, "Person %d %d", t, i), NULL, with(a, "House/T%d", t), "Adviser", lead_of(a, t));
	}
	sql(a, "insert into skill (kind, name_nl, name_en, fold, made) values ('skill', 'Luisteren', 'Listening', 'luisteren', 1), ('skill', 'Plannen', 'Planning', 'plannen', 1)");
}

static inline void needs_basis(struct app *a)
{
	sql(a, "insert into basis (purpose, kind, day, document, scope, made) values ('needs', 'agreement', '2026-01-01', 'Test', 'Test', 1)");
}
