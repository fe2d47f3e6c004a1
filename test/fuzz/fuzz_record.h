/* fuzz_record.h - the record that the fuzzers of lib/record fill. */
#pragma once
#include <stdlib.h>
#include "record/record.h"

struct part { date day; int64_t hours; list notes; };
RECORD(part, FIELD(part, day, .required = true), FIELD(part, hours, .max = 24), FIELD(part, notes));

static const struct choice kinds[] = { { { "short", 5 }, NULL }, { { "long", 4 }, NULL }, { { 0 }, NULL } };

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
	FIELD(whole, name, .min = 1, .max = 20), FIELD(whole, story, .lines = true), FIELD(whole, kind, .choices = kinds),
	FIELD(whole, password, .secret = true), FIELD(whole, count), FIELD(whole, maybe, .optional = true), FIELD(whole, share), FIELD(whole, agreed),
	FIELD(whole, start), FIELD(whole, seen), FIELD(whole, budget), FIELD(whole, tags, .max = 5), FIELD(whole, rows, .of = &part_record, .max = 5),
	FIELD(whole, inner, .of = &part_record));

/* Whatever was wrong can be said, in valid text. */
static void fuzz_said(struct ctx *c)
{
	for (each(const struct problem, p, c->problems))
		for (int l = 0; l < LANGUAGES; l++)
			if (!said_text(c->arena, (enum language)l, &p->said).len)
				abort();
	if (c->status == INVALID && !c->problems.count && !said_text(c->arena, NL, &c->said).len)
		abort();
}
