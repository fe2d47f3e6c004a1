/* queries.h - a feature's queries and steps, taken apart for tools/queries.c and for what it refuses. */
#pragma once
#include "tool.h"
#include "base/list.h"

bool is_word(str a, const char *b);                /* SQL does not mind case */

enum engine { SQLITE = 1, POSTGRES = 2, BOTH = 3 };

struct token { str text; int line, depth; };

/* A query or a step: what stands under one head. */
struct part {
	str name, in, out;                         /* of a query */
	int number;                                /* of a step */
	str title;
	int line;
	struct buffer text[POSTGRES + 1];          /* by engine */
	list tokens;                               /* of struct token: words, numbers, {types} and single marks; texts are left out */
	list parameters;                           /* of str */
	uint64_t bytes;
	char quote;                                /* inside '…' or "…" */
	int depth;
};

struct source { struct arena *arena; const char *path; bool is_schema; list parts; };

/* Ends the program with a message at the first thing that may not be said. */
void part_check(const struct source *s, const struct part *p);
bool query_writes(const struct part *p);
/* Tells on stderr, without ending anything, where a query sorts by a column that may be null and does not say where nulls go: the engines differ. */
void order_notes(const struct source *queries, const struct source *schema);
