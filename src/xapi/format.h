/* format.h - a statement as it is asked for: exact, ids, canonical. */
#pragma once
#include "store.h"

enum format { EXACT, IDS, CANONICAL };
/* `languages` is Accept-Language; what was known of verbs and activities is read once for a page. */
struct formatting { enum format format; str languages; struct map definitions, displays; list texts; };
enum status statement_format(struct ctx *c, struct formatting *f, str text, struct buffer *out) must_use;
/* The key of a language map that fits best; of none the first. 0: an empty map. */
uint32_t language_best(const struct json *j, uint32_t map, str languages);
