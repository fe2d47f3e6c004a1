/* text.c - comparing, cutting, reading and folding text. */
#include "text.h"
#include "arena.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

str str_of(const char *text)
{
	return text ? (str){ text, strlen(text) } : (str){ 0 };
}

bool str_eq(str a, str b)
{
	return a.len == b.len && (!a.len || !memcmp(a.at, b.at, a.len));
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_ignoring_case(str a, str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.at[i]) != lower(b.at[i]))
			return false;
	return true;
}

int str_compare(str a, str b)
{
	size_t both = a.len < b.len ? a.len : b.len;
	int order = both ? memcmp(a.at, b.at, both) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(str s, str with)
{
	return s.len >= with.len && str_eq(str_until(s, with.len), with);
}

bool str_ends(str s, str with)
{
	return s.len >= with.len && str_eq(str_from(s, s.len - with.len), with);
}

bool str_has(str s, str part)
{
	return !part.len || (s.len >= part.len && memmem(s.at, s.len, part.at, part.len));
}

static size_t space_at(str s, size_t at)
{
	unsigned char c = (unsigned char)s.at[at];
	if (c == ' ' || (c >= '\t' && c <= '\r'))
		return 1;
	return c == 0xC2 && at + 1 < s.len && (unsigned char)s.at[at + 1] == 0xA0 ? 2 : 0;
}

str str_trim(str s)
{
	for (size_t n; s.len && (n = space_at(s, 0)); )
		s = str_from(s, n);
	while (s.len) {
		if (space_at(s, s.len - 1) == 1)
			s.len--;
		else if (s.len > 1 && space_at(s, s.len - 2) == 2)
			s.len -= 2;
		else
			break;
	}
	return s;
}

str str_from(str s, size_t at)
{
	return at < s.len ? (str){ s.at + at, s.len - at } : (str){ s.at ? s.at + s.len : NULL, 0 };
}

str str_until(str s, size_t at)
{
	return (str){ s.at, at < s.len ? at : s.len };
}

bool str_cut(str s, char by, str *before, str *rest)
{
	const char *found = s.len ? memchr(s.at, by, s.len) : NULL;
	if (!found) {
		*before = s;
		*rest = (str){ 0 };
		return false;
	}
	size_t at = (size_t)(found - s.at);
	*before = str_until(s, at);
	*rest = str_from(s, at + 1);
	return true;
}

bool str_to_int(str s, int64_t *out)
{
	bool negative = s.len && s.at[0] == '-';
	if (negative)
		s = str_from(s, 1);
	if (!s.len)
		return false;
	int64_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		int digit = s.at[i] - '0';
		if (digit < 0 || digit > 9)
			return false;
		if (__builtin_mul_overflow(n, 10, &n) || __builtin_sub_overflow(n, digit, &n))
			return false;                          /* counted downwards, so that INT64_MIN fits */
	}
	if (!negative && n == INT64_MIN)
		return false;
	*out = negative ? n : -n;
	return true;
}

bool str_to_real(str s, double *out)
{
	char copy[64];
	if (!s.len || s.len >= sizeof copy)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!memchr("0123456789.+-eE", s.at[i], 15))
			return false;
	memcpy(copy, s.at, s.len);
	copy[s.len] = 0;
	char *end;
	errno = 0;
	double x = strtod(copy, &end);
	if (end != copy + s.len || errno == ERANGE)
		return false;
	*out = x;
	return true;
}

str text_copy(struct arena *a, str s)
{
	if (!s.at)
		return s;
	char *at = arena_take(a, s.len + 1);
	memcpy(at, s.at, s.len);
	return (str){ at, s.len };
}

const char *text_c(struct arena *a, str s)
{
	return s.at ? text_copy(a, s).at : "";
}

/* Most formatted texts are short: one pass through a place on the stack, a second only for the long ones. */
str text_vformat(struct arena *a, const char *format, va_list values)
{
	char small[256];
	va_list again;
	va_copy(again, values);
	int len = vsnprintf(small, sizeof small, format, again);
	va_end(again);
	if (len < 0)
		return S("");
	char *at = arena_take(a, (size_t)len + 1);
	if ((size_t)len < sizeof small)
		memcpy(at, small, (size_t)len);
	else
		vsnprintf(at, (size_t)len + 1, format, values);
	return (str){ at, (size_t)len };
}

str text_format(struct arena *a, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	str s = text_vformat(a, format, values);
	va_end(values);
	return s;
}

str text_join(struct arena *a, str first, str second)
{
	char *at = arena_take(a, first.len + second.len + 1);
	if (first.len)
		memcpy(at, first.at, first.len);
	if (second.len)
		memcpy(at + first.len, second.at, second.len);
	return (str){ at, first.len + second.len };
}

size_t text_distance(str a, str b, size_t limit)
{
	enum { LONGEST = 120 };
	if (a.len > LONGEST || b.len > LONGEST || (a.len > b.len ? a.len - b.len : b.len - a.len) > limit)
		return limit + 1;
	size_t rows[3][LONGEST + 1], *above = rows[1], *here = rows[2], *two_above = rows[0];
	for (size_t j = 0; j <= b.len; j++)
		above[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		here[0] = i;
		size_t least = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t n = above[j - 1] + (a.at[i - 1] != b.at[j - 1]);
			n = above[j] + 1 < n ? above[j] + 1 : n;
			n = here[j - 1] + 1 < n ? here[j - 1] + 1 : n;
			if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] && two_above[j - 2] + 1 < n)
				n = two_above[j - 2] + 1;
			here[j] = n;
			least = n < least ? n : least;
		}
		if (least > limit)
			return limit + 1;
		size_t *spare = two_above;
		two_above = above;
		above = here;
		here = spare;
	}
	return above[b.len] > limit ? limit + 1 : above[b.len];
}
