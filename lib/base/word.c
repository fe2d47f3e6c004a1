/* word.c - putting values into a text. */
#include "word.h"
#include "arena.h"
#include <string.h>

/* What stands for one place: the value of {1}, or of {1|skill|skills} the form that goes with it. */
static str place_text(str inside, const str *values, size_t count)
{
	size_t v = (size_t)(inside.at[0] - '1');
	str value = v < count ? values[v] : (str){ 0 };
	if (inside.len == 1)
		return value;
	str one, many;
	str_cut(str_from(inside, 2), '|', &one, &many);
	return str_eq(value, S("1")) ? one : many;
}

/* The place that begins at the start of s, if one does. */
static bool place_find(str s, str *inside)
{
	str rest;
	return s.len > 2 && s.at[0] == '{' && s.at[1] >= '1' && s.at[1] <= '0' + SAID_VALUES && (s.at[2] == '}' || s.at[2] == '|')
		&& str_cut(str_from(s, 1), '}', inside, &rest);
}

static size_t put(char *out, str text, const str *values, size_t count)
{
	size_t n = 0;
	for (size_t i = 0; i < text.len; ) {
		str part = { text.at + i, 1 };
		if (place_find(str_from(text, i), &part)) {
			i += part.len + 2;
			part = place_text(part, values, count);
		} else {
			const char *next = memchr(text.at + i + 1, '{', text.len - i - 1);
			part.len = next ? (size_t)(next - part.at) : text.len - i;
			i += part.len;
		}
		if (out && part.len)
			memcpy(out + n, part.at, part.len);
		n += part.len;
	}
	return n;
}

str word_text(struct arena *a, enum language l, const struct word *w, const str *values, size_t count)
{
	str t = w->text[l];
	if (!memchr(t.at, '{', t.len))
		return t;
	char *out = arena_take(a, put(NULL, t, values, count) + 1);
	return (str){ out, put(out, t, values, count) };
}

str said_text(struct arena *a, enum language l, const struct said *s)
{
	return s->word ? word_text(a, l, s->word, s->values, SAID_VALUES) : (str){ 0 };
}
