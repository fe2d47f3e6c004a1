/* word.c - putting values into a text. */
#include "word.h"
#include "arena.h"
#include <string.h>

str word_text(struct arena *a, enum language l, const struct word *w, const str *values, size_t count)
{
	str t = w->text[l];
	size_t room = t.len + 1;
	for (size_t i = 0; i < count; i++)
		room += values[i].len * 3;                     /* a text may name a value up to three times */
	char *out = arena_take(a, room);
	size_t n = 0;
	for (size_t i = 0; i < t.len; ) {
		bool place = t.at[i] == '{' && i + 2 < t.len && t.at[i + 2] == '}' && t.at[i + 1] >= '1' && t.at[i + 1] <= '0' + SAID_VALUES;
		if (!place) {
			out[n++] = t.at[i++];
			continue;
		}
		size_t v = (size_t)(t.at[i + 1] - '1');
		if (v < count && values[v].len && n + values[v].len < room) {
			memcpy(out + n, values[v].at, values[v].len);
			n += values[v].len;
		}
		i += 3;
	}
	return (str){ out, n };
}

str said_text(struct arena *a, enum language l, const struct said *s)
{
	return s->word ? word_text(a, l, s->word, s->values, SAID_VALUES) : (str){ 0 };
}
