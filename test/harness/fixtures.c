/* fixtures.c - people, accounts and a basis, for tests that need some. */
#include "harness.h"
#include <string.h>

#define SQL_RUN(a, ...) sql((a), text_c((a)->arena, text_format((a)->arena, __VA_ARGS__)))
#define SQL_NUMBER(a, ...) sql_number((a), text_c((a)->arena, text_format((a)->arena, __VA_ARGS__)))

static int role_bit(const char *role)
{
	static const struct { const char *name; int bit; } bits[] = { { "learning", 4 }, { "board", 8 }, { "council", 16 }, { "privacy", 32 }, { "administrator", 64 } };
	for (size_t i = 0; role && i < sizeof bits / sizeof bits[0]; i++)
		if (!strcmp(role, bits[i].name))
			return bits[i].bit;
	return 0;
}

int64_t someone(struct app *a, const char *email, const char *name, const char *role, const char *unit, const char *job, const char *lead_email)
{
	int64_t person = 0;
	if (unit) {
		/* "Division/Department/Team": every unit above it as well. */
		str path = { 0 }, one, rest = str_of(unit);
		for (bool more = true; more; ) {
			more = str_cut(rest, '/', &one, &rest);
			int64_t above = path.len ? SQL_NUMBER(a, "select id from unit where path = '" S_FMT "'", S_ARG(path)) : 0;
			path = path.len ? text_format(a->arena, S_FMT "/" S_FMT, S_ARG(path), S_ARG(one)) : one;
			str parent = above ? text_format(a->arena, "%lld", (long long)above) : S("null");
			SQL_RUN(a, "insert into unit (parent, name, path, fold) values (" S_FMT ", '" S_FMT "', '" S_FMT "', '" S_FMT "') on conflict (path) do nothing",
				S_ARG(parent), S_ARG(one), S_ARG(path), S_ARG(text_fold(a->arena, path)));
		}
		SQL_RUN(a, "insert into role (name, fold) values ('%s', '" S_FMT "') on conflict (name) do nothing", job, S_ARG(text_fold(a->arena, str_of(job))));
		SQL_RUN(a, "insert into person (person_id, name, email, fold, language, made) values ('%s', '%s', '%s', '" S_FMT "', 'nl', 1)", email, name, email,
			S_ARG(text_fold(a->arena, str_of(name))));
		person = SQL_NUMBER(a, "select id from person where email = '%s'", email);
		str lead = lead_email ? text_format(a->arena, "(select id from person where email = '%s')", lead_email) : S("null");
		SQL_RUN(a, "insert into employment (person, unit, role, lead, hours, start_day) values (%lld, (select id from unit where path = '%s'), "
			"(select id from role where name = '%s'), " S_FMT ", 36, '2020-01-01')", (long long)person, unit, job, S_ARG(lead));
	}
	str who = person ? text_format(a->arena, "%lld", (long long)person) : S("null");
	SQL_RUN(a, "insert into account (email, name, person, roles, demo, made) values ('%s', '%s', " S_FMT ", %d, 0, 1)", email, name, S_ARG(who), role_bit(role));
	return person;
}

void basis(struct app *a)
{
	sql(a, "insert into basis (purpose, kind, day, document, scope, made) values ('ratings', 'agreement', '2026-01-01', 'Test', 'Test', 1)");
}
