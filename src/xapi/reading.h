/* reading.h - what the files that read a statement know of each other. */
#pragma once
#include "statement.h"

struct reading {
	struct arena *a;
	const struct json *j;
	enum rules v;
	struct statement *s;
	struct fault *fault;
	bool inside;                       /* of a SubStatement: everybody in it is mentioned widely */
};

/* wrong: the first fault, at node n. Answers false. */
bool wrong(struct reading *r, uint32_t n, const char *what);

/* A property by its name, its type and what reads it. */
struct property { const char *name; bool required; bool (*read)(struct reading *r, uint32_t n); };
/* An object that has these properties and no others, none of them null. */
bool properties_read(struct reading *r, uint32_t n, const char *what, const struct property *all, size_t count);
#define PROPERTIES(r, n, what, table) properties_read((r), (n), (what), (table), sizeof(table) / sizeof *(table))

bool text_is(struct reading *r, uint32_t n);
bool iri_is(struct reading *r, uint32_t n);
bool uuid_is(struct reading *r, uint32_t n);
bool bool_is(struct reading *r, uint32_t n);
bool number_is(struct reading *r, uint32_t n);
bool language_map_is(struct reading *r, uint32_t n);
bool extensions_are(struct reading *r, uint32_t n);
double node_number(const struct json *j, uint32_t n);
str node_text(const struct json *j, uint32_t n);
str member_text(const struct json *j, uint32_t n, str key);        /* no text where there is none, or no text */

/* An Agent or Group; mentioned as `where`, its members as members of one. */
bool actor_is(struct reading *r, uint32_t n, enum where where);
bool agent_is(struct reading *r, uint32_t n, enum where where);
bool group_is(struct reading *r, uint32_t n, enum where where);
bool authority_is(struct reading *r, uint32_t n);
bool is_group(const struct json *j, uint32_t n);

bool activity_is(struct reading *r, uint32_t n, bool object);
bool result_is(struct reading *r, uint32_t n);
bool context_is(struct reading *r, uint32_t n);
bool attachments_are(struct reading *r, uint32_t n);
