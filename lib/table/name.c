/* name.c - comparing and showing the names and values that people type. */
#include "table/inside.h"
#include <string.h>

enum { NAMES_SHOWN = 12, NAMES_NEAR = 3, DISTANCE_MOST = 8, VALUE_SHOWN = 40 };

str number_text(struct arena *a, int64_t n)
{
	return text_format(a, "%lld", (long long)n);
}

str name_key(struct arena *a, str name)
{
	str folded = text_fold(a, name);
	char *key = arena_take(a, folded.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < folded.len; i++)
		if (!memchr(" _-.", folded.at[i], 4))
			key[n++] = folded.at[i];
	return (str){ key, n };
}

static void name_add(struct buffer *b, str name)
{
	buffer_add(b, b->len ? S(", \"") : S("\""));
	buffer_add(b, name);
	buffer_add_char(b, '"');
}

str names_joined(struct arena *a, const str *names, size_t count)
{
	struct buffer b = { 0 };
	for (size_t i = 0; i < count && i < NAMES_SHOWN; i++)
		name_add(&b, value_shown(a, names[i]));
	if (count > NAMES_SHOWN)
		buffer_add(&b, S(", …"));
	str joined = text_copy(a, buffer_text(&b));
	buffer_done(&b);
	return joined;
}

str names_near(struct arena *a, str wanted, const str *names, size_t count)
{
	str key = name_key(a, wanted);
	size_t limit = key.len / 3 + 1 < DISTANCE_MOST ? key.len / 3 + 1 : DISTANCE_MOST, found = 0;
	size_t *distances = arena_array_of(a, size_t, count);
	for (size_t i = 0; i < count; i++) {
		str other = name_key(a, names[i]);
		distances[i] = other.len ? text_distance(key, other, limit) : limit + 1;
	}
	struct buffer b = { 0 };
	for (size_t distance = 0; distance <= limit; distance++)
		for (size_t i = 0; i < count && found < NAMES_NEAR; i++)
			if (distances[i] == distance) {
				name_add(&b, value_shown(a, names[i]));
				found++;
			}
	str near = text_copy(a, buffer_text(&b));
	buffer_done(&b);
	return found ? near : names_joined(a, names, count);
}

str value_shown(struct arena *a, str value)
{
	size_t at = 0, shown = 0;
	while (at < value.len && shown++ < VALUE_SHOWN)
		utf8_next(value, &at);
	str cut = at < value.len ? text_join(a, str_until(value, at), S("…")) : text_copy(a, value);
	char *out = arena_take(a, cut.len + 1);
	for (size_t i = 0; i < cut.len; i++)
		out[i] = (unsigned char)cut.at[i] < ' ' ? ' ' : cut.at[i];
	return (str){ out, cut.len };
}
