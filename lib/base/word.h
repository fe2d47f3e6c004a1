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

/* Something said, kept until it is known who will read it: a text that is the same in every language, or a word whose
 * places hold other things said. A label in a message, or a list of choices, is so in the reader's language too. */
enum { SAID_VALUES = 6 };
struct said {
	const struct word *word;                   /* NULL: only `text` */
	str text;
	const struct said *values;                 /* SAID_VALUES of them, or NULL */
};

static inline struct said say_text(str text) { return (struct said){ .text = text }; }
static inline struct said say_word(const struct word *w) { return (struct said){ .word = w }; }
static inline struct said say_said(struct said s) { return s; }

/* SAY: a str, a word or a struct said as something said. SAY_ALL: up to six of them, as an array; a compound literal
 * among them needs parentheses: ((str){ at, len }). */
#define SAY(x) _Generic((x), str: say_text, const struct word *: say_word, struct said: say_said)(x)
#define SAY_1(x) SAY(x)
#define SAY_2(x, ...) SAY(x), SAY_1(__VA_ARGS__)
#define SAY_3(x, ...) SAY(x), SAY_2(__VA_ARGS__)
#define SAY_4(x, ...) SAY(x), SAY_3(__VA_ARGS__)
#define SAY_5(x, ...) SAY(x), SAY_4(__VA_ARGS__)
#define SAY_6(x, ...) SAY(x), SAY_5(__VA_ARGS__)
#define SAY_COUNTED(_1, _2, _3, _4, _5, _6, say, ...) say
#define SAY_ALL(...) ((const struct said[SAID_VALUES]){ \
	__VA_OPT__(SAY_COUNTED(__VA_ARGS__, SAY_6, SAY_5, SAY_4, SAY_3, SAY_2, SAY_1)(__VA_ARGS__)) })

/* said_of: a word with its values, all copied into the arena. said_of(a, W(record_or), W(no), S("maybe")) */
#define said_of(a, word, ...) said_of_all((a), (word), SAY_ALL(__VA_ARGS__))
struct said said_of_all(struct arena *a, const struct word *w, const struct said values[SAID_VALUES]);

str word_text(struct arena *a, enum language l, const struct word *w, const str *values, size_t count);
/* said_text: a word among the values begins small inside a sentence ("Vul startdatum in."), unless it is an abbreviation. */
str said_text(struct arena *a, enum language l, const struct said *s);   /* nothing said gives no text */
