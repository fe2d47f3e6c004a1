/* record_test.h - a record with a field of every type, a context, and short ways to fill and to look. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>
#include "base/buffer.h"
#include "record/record.h"

#define WORD(key, nl, en) static const struct word word_##key = { #key, { { nl, sizeof nl - 1 }, { en, sizeof en - 1 } } }
WORD(name, "Naam", "Name");
WORD(bsn, "BSN", "BSN");
WORD(start, "Startdatum", "Start date");
WORD(kind, "Soort", "Kind");
WORD(kind_short, "Kort", "Short");
WORD(kind_long, "Lang", "Long");
WORD(kind_other, "Anders", "Other");

static const struct choice kinds[] = {
	{ { "short", 5 }, W(kind_short) }, { { "long", 4 }, W(kind_long) }, { { "other", 5 }, W(kind_other) }, { { 0 }, NULL },
};

struct part { date day; int64_t hours; };
RECORD(part,
	FIELD(part, day, .required = true),
	FIELD(part, hours, .min = 1, .max = 24));

struct whole {
	str name, story, kind, password;
	int64_t count, maybe;
	double share;
	bool agreed;
	date start;
	instant seen;
	money budget;
	list tags, rows;
	struct part inner;
};
RECORD(whole,
	FIELD(whole, name,     .label = W(name), .min = 2, .max = 20, .required = true),
	FIELD(whole, story,    .lines = true, .max = 2000),
	FIELD(whole, kind,     .label = W(kind), .choices = kinds),
	FIELD(whole, password, .secret = true, .label = W(bsn), .min = 4),
	FIELD(whole, count,    .min = -20, .max = 100),
	FIELD(whole, maybe,    .optional = true, .min = 5),
	FIELD(whole, share,    .max = 1),
	FIELD(whole, agreed),
	FIELD(whole, start,    .label = W(start)),
	FIELD(whole, seen),
	FIELD(whole, budget),
	FIELD(whole, tags,     .max = 3),
	FIELD(whole, rows,     .of = &part_record, .max = 40),
	FIELD(whole, inner,    .of = &part_record));

static int start(void **state)
{
	static struct ctx c;
	c = (struct ctx){ .arena = arena_new(), .today = date_of(2026, 11, 23), .language = NL };
	*state = &c;
	return 0;
}

static int end(void **state)
{
	arena_free(((struct ctx *)*state)->arena);
	return 0;
}

/* given_read(c, lenient, &whole, "name=Ada", "count=3", NULL) */
__attribute__((sentinel, unused))
static enum status given_read(struct ctx *c, bool lenient, struct whole *into, ...)
{
	list given = { 0 };
	va_list pairs;
	va_start(pairs, into);
	for (const char *pair; (pair = va_arg(pairs, const char *)); ) {
		struct given *g = list_add(c->arena, &given, struct given);
		str_cut(str_of(pair), '=', &g->name, &g->value);
	}
	va_end(pairs);
	return record_read(c, &whole_record, &given, lenient, into);
}

#define assert_text(s, text) do { \
	str s_ = (s); \
	if (!str_eq(s_, str_of(text))) \
		fail_msg("got \"%.*s\", expected \"%s\"", S_ARG(s_), (text)); \
} while (0)

/* The only problem, at this place, in these words. */
#define assert_problem(c, place, nl, en) do { \
	assert_int_equal((c)->problems.count, 1); \
	const struct problem *p_ = (c)->problems.at; \
	assert_text(p_->field, place); \
	assert_text(said_text((c)->arena, NL, &p_->said), nl); \
	assert_text(said_text((c)->arena, EN, &p_->said), en); \
} while (0)
