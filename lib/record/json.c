/* json.c - a JSON text as a table of values that know their bytes. */
#include "json.h"
#include "base/arena.h"
#include "base/map.h"
#include <string.h>

enum { FEW = 12 };                                 /* keys that are compared one with another; more go through a map */

struct reader {
	struct arena *a;
	str text;
	size_t at;
	struct json_node *nodes;
	uint32_t count, room;
	struct json_fault *fault;
};

static bool wrong(struct reader *r, size_t at, const char *what)
{
	*r->fault = (struct json_fault){ at, what };
	return false;
}

static void space_skip(struct reader *r)
{
	while (r->at < r->text.len) {
		char c = r->text.at[r->at];
		if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
			break;
		r->at++;
	}
}

static uint32_t node_add(struct reader *r, enum json_type type)
{
	if (r->count == r->room) {
		uint32_t room = r->room ? r->room * 2 : 64;
		struct json_node *nodes = arena_array_of(r->a, struct json_node, room);
		if (r->count)
			memcpy(nodes, r->nodes, r->count * sizeof *nodes);
		r->nodes = nodes;
		r->room = room;
	}
	r->nodes[r->count] = (struct json_node){ .type = type, .at = (uint32_t)r->at };
	return r->count++;
}

static bool hex_read(str s, size_t at, uint32_t *out)
{
	*out = 0;
	if (s.len - at < 4)
		return false;
	for (size_t i = at; i < at + 4; i++) {
		char c = s.at[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
		if (digit < 0)
			return false;
		*out = *out << 4 | (uint32_t)digit;
	}
	return true;
}

/* The escapes of a text whose end is known; the result is never longer. */
static bool escapes_read(struct reader *r, str raw, size_t from, str *out)
{
	char *to = arena_take(r->a, raw.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < raw.len; i++) {
		if (raw.at[i] != '\\') {
			to[len++] = raw.at[i];
			continue;
		}
		char c = raw.at[++i];
		static const char plain[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
		const char *found = c ? strchr(plain, c) : NULL;
		if (found) {
			to[len++] = means[found - plain];
			continue;
		}
		uint32_t point, low;
		if (c != 'u' || !hex_read(raw, i + 1, &point))
			return wrong(r, from + i, "this escape is none of JSON's");
		i += 4;
		if (point >= 0xDC00 && point < 0xE000)
			return wrong(r, from + i, "half a surrogate pair is no character");
		if (point >= 0xD800 && point < 0xDC00) {
			if (raw.len - i < 7 || raw.at[i + 1] != '\\' || raw.at[i + 2] != 'u' || !hex_read(raw, i + 3, &low) || low < 0xDC00 || low >= 0xE000)
				return wrong(r, from + i, "half a surrogate pair is no character");
			point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
			i += 6;
		}
		if (!point)
			return wrong(r, from + i, "the character U+0000 has no place in a text");
		len += utf8_put(to + len, point);
	}
	*out = (str){ to, len };
	return true;
}

/* At the quote; leaves r->at behind the closing one. */
static bool text_read(struct reader *r, str *out)
{
	size_t from = ++r->at;
	bool escaped = false;
	const char *s = r->text.at;
	for (; r->at < r->text.len; r->at++) {
		unsigned char c = (unsigned char)s[r->at];
		if (c == '"')
			break;
		if (c < 0x20)
			return wrong(r, r->at, "a control character inside a text has to be escaped");
		if (c == '\\') {
			escaped = true;
			r->at++;
		}
	}
	if (r->at >= r->text.len)
		return wrong(r, r->text.len, "the text ends inside a quoted one");
	str raw = { s + from, r->at - from };
	r->at++;
	if (!escaped) {
		*out = raw;
		return true;
	}
	return escapes_read(r, raw, from, out);
}

static size_t digits_skip(struct reader *r)
{
	size_t from = r->at;
	while (r->at < r->text.len && r->text.at[r->at] >= '0' && r->text.at[r->at] <= '9')
		r->at++;
	return r->at - from;
}

static bool number_read(struct reader *r, str *out)
{
	size_t from = r->at;
	const char *s = r->text.at;
	if (s[r->at] == '-')
		r->at++;
	bool zero = r->at < r->text.len && s[r->at] == '0';
	size_t whole = digits_skip(r);
	if (!whole || (zero && whole > 1))
		return wrong(r, from, "this is no number as JSON writes them");
	if (r->at < r->text.len && s[r->at] == '.') {
		r->at++;
		if (!digits_skip(r))
			return wrong(r, from, "this is no number as JSON writes them");
	}
	if (r->at < r->text.len && (s[r->at] == 'e' || s[r->at] == 'E')) {
		r->at++;
		if (r->at < r->text.len && (s[r->at] == '+' || s[r->at] == '-'))
			r->at++;
		if (!digits_skip(r))
			return wrong(r, from, "this is no number as JSON writes them");
	}
	*out = (str){ s + from, r->at - from };
	return true;
}

static bool word_read(struct reader *r, str word)
{
	if (!str_starts(str_from(r->text, r->at), word))
		return wrong(r, r->at, "this is no JSON value");
	r->at += word.len;
	return true;
}

/* A value that holds no others. */
static bool plain_read(struct reader *r, struct json_node *n)
{
	switch (r->text.at[r->at]) {
	case '"': n->type = JSON_TEXT; return text_read(r, &n->text);
	case 't': n->type = JSON_TRUE; return word_read(r, S("true"));
	case 'f': n->type = JSON_FALSE; return word_read(r, S("false"));
	case 'n': n->type = JSON_NULL; return word_read(r, S("null"));
	default:  n->type = JSON_NUMBER; return number_read(r, &n->text);
	}
}

static bool keys_differ(struct reader *r, uint32_t object)
{
	const struct json_node *o = &r->nodes[object];
	struct map seen = { 0 };
	for (uint32_t i = object + 1; i < o->next; i = r->nodes[i].next) {
		if (o->count > FEW) {
			if (!map_put(r->a, &seen, r->nodes[i].key, i, NULL))
				return wrong(r, r->nodes[i].at, "this key stands twice in its object");
			continue;
		}
		for (uint32_t k = object + 1; k < i; k = r->nodes[k].next)
			if (str_eq(r->nodes[k].key, r->nodes[i].key))
				return wrong(r, r->nodes[i].at, "this key stands twice in its object");
	}
	return true;
}

static bool closes(struct reader *r, uint32_t open)
{
	struct json_node *n = &r->nodes[open];
	r->at++;
	n->end = (uint32_t)r->at;
	n->next = r->count;
	return n->type == JSON_LIST || keys_differ(r, open);
}

static bool key_read(struct reader *r, str *key)
{
	space_skip(r);
	if (r->at >= r->text.len || r->text.at[r->at] != '"')
		return wrong(r, r->at, "a key in quotes is expected here");
	if (!text_read(r, key))
		return false;
	space_skip(r);
	if (r->at >= r->text.len || r->text.at[r->at] != ':')
		return wrong(r, r->at, "a colon is expected here");
	r->at++;
	return true;
}

static bool values_read(struct reader *r, int levels)
{
	uint32_t *open = arena_array_of(r->a, uint32_t, (size_t)levels + 1);
	int depth = 0;
	str key = { 0 };
	for (;;) {
		space_skip(r);
		if (r->at >= r->text.len)
			return wrong(r, r->at, depth ? "the text ends before its last bracket" : "there is no JSON here");
		char c = r->text.at[r->at];
		bool container = c == '{' || c == '[';
		uint32_t n = node_add(r, c == '{' ? JSON_OBJECT : JSON_LIST);
		r->nodes[n].key = key;
		if (depth)
			r->nodes[open[depth - 1]].count++;
		bool empty = false;
		if (container) {
			if (depth == levels)
				return wrong(r, r->at, "this nests too deep");
			open[depth++] = n;
			r->at++;
			space_skip(r);
			empty = r->at < r->text.len && r->text.at[r->at] == (c == '{' ? '}' : ']');
		} else {
			struct json_node plain = r->nodes[n];
			if (!plain_read(r, &plain))
				return false;
			plain.end = (uint32_t)r->at;
			plain.next = r->count;
			r->nodes[n] = plain;
		}
		/* Behind a value, or in an empty container: what closes, until something goes on. */
		while (depth && (!container || empty)) {
			enum json_type in = r->nodes[open[depth - 1]].type;
			space_skip(r);
			c = r->at < r->text.len ? r->text.at[r->at] : 0;
			if (c == (in == JSON_OBJECT ? '}' : ']')) {
				if (!closes(r, open[--depth]))
					return false;
				container = empty = false;
			} else if (c == ',') {
				r->at++;
				break;
			} else {
				return wrong(r, r->at, r->at < r->text.len ? "a comma or a closing bracket is expected here" : "the text ends before its last bracket");
			}
		}
		if (!depth)
			return true;
		key = (str){ 0 };
		if (r->nodes[open[depth - 1]].type == JSON_OBJECT && !key_read(r, &key))
			return false;
	}
}

bool json_read(struct arena *a, str text, int levels, struct json *out, struct json_fault *fault)
{
	struct reader r = { .a = a, .text = text, .fault = fault };
	if (text.len > UINT32_MAX / 2)
		return wrong(&r, 0, "this is too long");
	if (!utf8_is_valid(text))
		return wrong(&r, 0, "this is no UTF-8");
	if (!values_read(&r, levels))
		return false;
	space_skip(&r);
	if (r.at < text.len)
		return wrong(&r, r.at, "something follows behind the end");
	*out = (struct json){ text, r.nodes, r.count };
	return true;
}

uint32_t json_find(const struct json *j, uint32_t object, str key)
{
	if (j->nodes[object].type != JSON_OBJECT)
		return 0;
	for (uint32_t i = json_first(j, object); i; i = json_next(j, object, i))
		if (str_eq(j->nodes[i].key, key))
			return i;
	return 0;
}

str json_place(struct arena *a, const struct json *j, uint32_t n)
{
	str place = S("");
	for (uint32_t up = 0; up != n; ) {
		uint32_t number = 0, i = json_first(j, up);
		for (; i && j->nodes[i].next <= n; i = json_next(j, up, i))
			number++;
		if (!i)
			break;
		const char *dot = place.len ? "." : "";
		if (place.len > 200)
			return text_format(a, S_FMT "…", S_ARG(place));
		place = j->nodes[up].type == JSON_OBJECT ? text_format(a, S_FMT "%s" S_FMT, S_ARG(place), dot, S_ARG(str_until(j->nodes[i].key, 100)))
			: text_format(a, S_FMT "%s%u", S_ARG(place), dot, number);
		up = i;
	}
	return place;
}
