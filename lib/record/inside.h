/* inside.h - what the readers and the checks of records share; nobody else includes it. */
#pragma once
#include "record/record.h"
#include "record/record.words.h"

/* One reading or checking of a whole record: who asked, and how many problems there were before. */
struct reading { struct ctx *c; size_t before; bool lenient; };

/* Where one stands: a chain on the stack, written out only when there is something to say. */
struct spot {
	const struct spot *up;                     /* NULL: this is the record itself and has no name */
	const char *name;                          /* NULL: an element of a list */
	int64_t index;
};
str spot_path(struct arena *a, const struct spot *s);

/* objection: adds a problem at a spot, while there are not too many. */
#define objection(r, spot, word, ...) objection_with((r), (spot), (word), SAY_ALL(__VA_ARGS__))
void objection_with(struct reading *r, const struct spot *s, const struct word *w, const struct said values[SAID_VALUES]);
bool reading_is_full(const struct reading *r);
enum status reading_end(const struct reading *r);

struct said field_said(const struct field *f);                            /* its label, or its name */
void field_missing(struct reading *r, const struct field *f, const struct spot *s);
void field_unknown(struct reading *r, const struct record *of, str name, const struct spot *s);

/* field_limits: lengths, ranges, choices and counts of one field; not what lies inside its elements. */
void field_limits(struct reading *r, const struct field *f, const void *of, const struct spot *s);
bool count_limits(struct reading *r, const struct field *f, size_t count, const struct spot *s);     /* false: too few or too many */
void text_limits(struct reading *r, const struct field *f, str text, const struct spot *s);

/* text_accept: trimmed, UTF-8, no control characters, LF; false after an objection. */
bool text_accept(struct reading *r, const struct field *f, str typed, const struct spot *s, str *out);
bool date_accept(struct reading *r, const struct field *f, str typed, bool iso_only, const struct spot *s, date *out);
bool instant_accept(struct reading *r, const struct field *f, str typed, const struct spot *s, instant *out);

#define MONEY_MAX INT64_C(1000000000000000)                               /* cents: what a double holds to the cent with room to spare */
