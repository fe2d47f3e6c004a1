/* json.h - a JSON text read strictly into a table of its values, each with the bytes it came from.
 *
 * For documents that are kept as they came: nothing is copied, numbers stay as they were written, and every value knows where in the
 * text it begins and ends. Values stand in the order of the text, a container before what it holds: the first child of `n` is n + 1,
 * the next sibling is nodes[n].next. 0 is the whole, so that it can also mean "none".
 *
 *     for (uint32_t i = json_first(j, n); i; i = json_next(j, n, i)) { … j->nodes[i].key … }
 *
 * Reading takes no stack: a text of a million brackets is refused at its depth.
 */
#pragma once
#include "base/text.h"

enum json_type { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_OBJECT };

struct json_node {
	enum json_type type;
	uint32_t at, end;                  /* bytes of the value; a text with its quotes */
	uint32_t next;                     /* the node after this one and all it holds */
	uint32_t count;                    /* how many it holds */
	str key;                           /* in an object; escapes read */
	str text;                          /* a text, escapes read; a number as it is written */
};

struct json { str text; struct json_node *nodes; uint32_t count; };

/* What is wrong, as a fixed English sentence, and at which byte. */
struct json_fault { size_t at; const char *what; };

/* json_read: the whole of `text` is one value, with white space around it at most. UTF-8 without faults, no key twice in an object, at most
 * `levels` containers inside one another, no text with half a surrogate pair. False with the fault otherwise. */
bool json_read(struct arena *a, str text, int levels, struct json *out, struct json_fault *fault);

static inline uint32_t json_first(const struct json *j, uint32_t n) { return j->nodes[n].count ? n + 1 : 0; }
static inline uint32_t json_next(const struct json *j, uint32_t n, uint32_t i) { return j->nodes[i].next < j->nodes[n].next ? j->nodes[i].next : 0; }
uint32_t json_find(const struct json *j, uint32_t object, str key);        /* the member of that name; 0: none */
static inline str json_slice(const struct json *j, uint32_t n) { return (str){ j->text.at + j->nodes[n].at, j->nodes[n].end - j->nodes[n].at }; }
/* Where a value stands, for people who look for it: "actor.mbox", "2.context.contextActivities.parent.0.id"; "" for the whole. At most 200 bytes. */
str json_place(struct arena *a, const struct json *j, uint32_t n);
