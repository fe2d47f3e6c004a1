/* word.c - putting values into a text. */
#include "word.h"
#include "arena.h"
#include <string.h>

/* The values of a text, and which of them were words: those follow the sentence's capitals. */
struct values { const str *at; const bool *words; size_t count; };

static bool is_capital(str s, size_t at)
{
	return at < s.len && s.at[at] >= 'A' && s.at[at] <= 'Z';
}

/* Behind a space that ends no sentence "Startdatum" is written small; "BSN" and "‘Startdatum’" stay as they are. */
static bool begins_small(str before, str word)
{
	if (before.len < 2 || before.at[before.len - 1] != ' ' || !is_capital(word, 0) || is_capital(word, 1))
		return false;
	char end = before.at[before.len - 2];
	return end != '.' && end != '?' && end != '!';
}

/* What stands for one place: the value of {1}, or of {1|skill|skills} the form that goes with it. */
static str place_text(str inside, const struct values *values)
{
	size_t v = (size_t)(inside.at[0] - '1');
	str value = v < values->count ? values->at[v] : (str){ 0 };
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

static size_t put(char *out, str text, const struct values *values)
{
	size_t n = 0;
	for (size_t i = 0; i < text.len; ) {
		str part = { text.at + i, 1 }, before = str_until(text, i);
		bool small = false;
		if (place_find(str_from(text, i), &part)) {
			size_t v = (size_t)(part.at[0] - '1');
			small = part.len == 1 && v < values->count && values->words && values->words[v] && begins_small(before, values->at[v]);
			i += part.len + 2;
			part = place_text(part, values);
		} else {
			const char *next = memchr(text.at + i + 1, '{', text.len - i - 1);
			part.len = next ? (size_t)(next - part.at) : text.len - i;
			i += part.len;
		}
		if (out && part.len)
			memcpy(out + n, part.at, part.len);
		if (out && small)
			out[n] += 'a' - 'A';
		n += part.len;
	}
	return n;
}

static str fill(struct arena *a, str text, const struct values *values)
{
	if (!text.len || !memchr(text.at, '{', text.len))
		return text;
	char *out = arena_take(a, put(NULL, text, values) + 1);
	return (str){ out, put(out, text, values) };
}

str word_text(struct arena *a, enum language l, const struct word *w, const str *values, size_t count)
{
	return fill(a, w->text[l], &(struct values){ values, NULL, count });
}

str said_text(struct arena *a, enum language l, const struct said *s)
{
	if (!s->word)
		return s->text;
	str values[SAID_VALUES] = { 0 };
	bool words[SAID_VALUES] = { 0 };
	for (size_t i = 0; i < SAID_VALUES && s->values; i++) {
		values[i] = said_text(a, l, &s->values[i]);
		words[i] = s->values[i].word;
	}
	return fill(a, s->word->text[l], &(struct values){ values, words, SAID_VALUES });
}

static struct said copy(struct arena *a, struct said s)
{
	return s.word && s.values ? said_of_all(a, s.word, s.values) : (struct said){ .word = s.word, .text = text_copy(a, s.text) };
}

struct said said_of_all(struct arena *a, const struct word *w, const struct said values[SAID_VALUES])
{
	struct said *kept = arena_array_of(a, struct said, SAID_VALUES);
	for (size_t i = 0; i < SAID_VALUES; i++)
		kept[i] = copy(a, values[i]);
	return (struct said){ .word = w, .values = kept };
}
