/* word.h - a text for people, in every language the program speaks.
 *
 * Words stand in a feature's words.txt and are compiled by tools/words.c; W(key)
 * names one, so that a missing key fails the build. {1} to {6} in a text are places
 * for values, counted in the order in which the caller gives them; {1|skill|skills}
 * is "skill" when the first value is "1" and "skills" otherwise.
 */
#pragma once
#include "text.h"

enum language { NL, EN, LANGUAGES };

struct word { const char *key; str text[LANGUAGES]; };

#define W(key) (&word_##key)

/* A word with its values, kept until it is known who will read it. */
enum { SAID_VALUES = 6 };
struct said { const struct word *word; str values[SAID_VALUES]; };

str word_text(struct arena *a, enum language l, const struct word *w, const str *values, size_t count);
str said_text(struct arena *a, enum language l, const struct said *s);   /* no word gives no text */
