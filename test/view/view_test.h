/* view_test.h - a view without a server: pages written into a buffer, operations from a table. */
#pragma once
#include "view/view.h"
#include "view/view.words.h"
#include "view_test.words.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>

struct person { int64_t id; str name; };
struct result { str name; int64_t answers; double share; bool shown; };
struct survey {
	int64_t id;
	str title, why, kind, url;
	date closes;
	bool anonymous;
	int64_t floor;
	double weight;
	int64_t leader;
	list parts, people;
	str file, password;
};
struct results { struct survey survey; double share; list groups; };
struct find { str find; };

extern const struct record person_record, result_record, survey_record, results_record, find_record;

struct desk { struct ctx c; struct view v; struct buffer out; };

/* desk_open: a Dutch reader on 23 November 2026 who may do everything. */
static bool desk_may(struct view *v, str right)
{
	(void)v;
	return !str_eq(right, S("nothing"));
}

static bool desk_operation(struct view *v, str name, struct view_operation *out)
{
	(void)v;
	static const struct { str name, method, route; const struct record *input; bool writes; } operations[] = {
		{ { "survey_change", 13 }, { "POST", 4 }, { "/surveys/{id}", 13 }, &survey_record, true },
		{ { "survey_find", 11 }, { "GET", 3 }, { "/surveys", 8 }, &find_record, false },
	};
	for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++)
		if (str_eq(name, operations[i].name)) {
			*out = (struct view_operation){ name, operations[i].method, operations[i].route, operations[i].input, operations[i].writes };
			return true;
		}
	return false;
}

static inline void desk_open(struct desk *d, enum language l)
{
	*d = (struct desk){ .c = { .arena = arena_new(), .language = l, .today = date_of(2026, 11, 23) } };
	d->v = (struct view){ .c = &d->c, .out = &d->out, .language = l, .today = d->c.today, .csrf = S("token"), .path = S("/surveys/7"),
		.operation = desk_operation, .may = desk_may };
}

static inline void desk_close(struct desk *d)
{
	arena_free(d->c.arena);
	buffer_done(&d->out);
	view_done(&d->v);
}

/* What was written since the last time. */
static inline const char *desk_taken(struct desk *d)
{
	const char *text = text_c(d->c.arena, buffer_text(&d->out));
	buffer_clear(&d->out);
	return text;
}

#define assert_written(d, text) assert_string_equal(desk_taken(d), text)
#define assert_has(html, part) do { if (!strstr((html), (part))) { print_error("not there: %s\nin: %s\n", (part), (html)); fail(); } } while (0)
#define assert_has_not(html, part) do { if (strstr((html), (part))) { print_error("is there: %s\nin: %s\n", (part), (html)); fail(); } } while (0)
