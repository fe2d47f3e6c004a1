/* text.h - text as a place and a length.
 *
 * A str borrows: it never owns, never ends with a promised NUL, and may point into
 * a request, an arena or the program itself. A str without place (at == NULL) is
 * "no text", which SQL and JSON call null; an empty one has a place and length 0.
 */
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

typedef struct { const char *at; size_t len; } str;

#define S(literal)    ((str){ "" literal, sizeof literal - 1 })
#define S_FMT         "%.*s"
#define S_ARG(s)      (int)(s).len, (s).len ? (s).at : ""

str str_of(const char *text);                            /* NULL gives no text */
bool str_eq(str a, str b);
bool str_eq_ignoring_case(str a, str b);                 /* ASCII letters only */
int str_compare(str a, str b);                           /* by bytes, as C.UTF-8 sorts */
bool str_starts(str s, str with);
bool str_ends(str s, str with);
bool str_has(str s, str part);
str str_trim(str s);                                     /* white space at both ends, ASCII and U+00A0 */
str str_from(str s, size_t at);                          /* the rest from byte `at` */
str str_until(str s, size_t at);                         /* the first `at` bytes */

/* str_cut: what stands before the first `by`; *rest gets what follows it. True if there was one; else all of s and no rest. */
bool str_cut(str s, char by, str *before, str *rest);

/* Whole text or nothing: "12 " and "1e3" are no integers. Numbers outside int64_t refuse too. */
bool str_to_int(str s, int64_t *out);
bool str_to_real(str s, double *out);                    /* point as decimal mark; no inf, no nan, no hex */

str text_copy(struct arena *a, str s);                   /* NUL-terminated behind its end */
const char *text_c(struct arena *a, str s);              /* for libraries that want a NUL */
str text_format(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
str text_vformat(struct arena *a, const char *format, va_list values);
str text_join(struct arena *a, str first, str second);

bool utf8_is_valid(str s);                               /* no overlong forms, no surrogates, no NUL */
size_t utf8_count(str s);                                /* code points of valid UTF-8 */
/* utf8_next: the code point at *at and moves *at past it; U+FFFD for one bad byte. */
uint32_t utf8_next(str s, size_t *at);
size_t utf8_put(char into[4], uint32_t point);

/* What a person types to find something: lower case, accents of Latin letters away, spaces folded. "Één  Façade" gives "een facade". */
str text_fold(struct arena *a, str s);

/* How many single edits (insert, delete, replace, swap) make a into b, on folded text, for "did you mean"; limit + 1 when they are more,
 * or when a text has more than 120 bytes. */
size_t text_distance(str a, str b, size_t limit);
