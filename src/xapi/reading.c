/* reading.c - what every part of a statement is made of: properties, texts, numbers, language maps, extensions. */
#include "reading.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool wrong(struct reading *r, uint32_t n, const char *what)
{
	if (!r->fault->what)
		*r->fault = (struct fault){ json_place(r->a, r->j, n), what };
	return false;
}

str node_text(const struct json *j, uint32_t n) { return j->nodes[n].text; }

str member_text(const struct json *j, uint32_t n, str key)
{
	uint32_t i = json_find(j, n, key);
	return i && j->nodes[i].type == JSON_TEXT ? j->nodes[i].text : (str){ 0 };
}

double node_number(const struct json *j, uint32_t n)
{
	char digits[400];
	str s = j->nodes[n].text;
	if (j->nodes[n].type != JSON_NUMBER || s.len >= sizeof digits)
		return NAN;
	memcpy(digits, s.at, s.len);
	digits[s.len] = 0;
	return strtod(digits, NULL);
}

static bool is_named(const struct json_node *m, const char *name)
{
	return m->key.len && m->key.at[0] == name[0] && !strncmp(m->key.at, name, m->key.len) && !name[m->key.len];
}

bool properties_read(struct reading *r, uint32_t n, const char *what, const struct property *all, size_t count)
{
	const struct json *j = r->j;
	if (j->nodes[n].type != JSON_OBJECT)
		return wrong(r, n, what);
	uint64_t seen = 0;
	for (uint32_t i = json_first(j, n); i; i = json_next(j, n, i)) {
		const struct json_node *m = &j->nodes[i];
		size_t k = 0;
		while (k < count && !is_named(m, all[k].name))
			k++;
		if (k == count)
			return wrong(r, i, "there is no property of this name here (names mind capital letters)");
		if (m->type == JSON_NULL)
			return wrong(r, i, "a property may be left out, but not be null");
		seen |= (uint64_t)1 << k;
		if (all[k].read && !all[k].read(r, i))
			return false;
	}
	for (size_t k = 0; k < count; k++)
		if (all[k].required && !(seen >> k & 1)) {
			if (r->fault->what)
				return false;
			str place = json_place(r->a, j, n);
			*r->fault = (struct fault){ text_format(r->a, S_FMT "%s%s", S_ARG(place), place.len ? "." : "", all[k].name), "this property is required, and is not there" };
			return false;
		}
	return true;
}

bool text_is(struct reading *r, uint32_t n)
{
	return r->j->nodes[n].type == JSON_TEXT || wrong(r, n, "this has to be a text");
}

bool iri_is(struct reading *r, uint32_t n)
{
	return text_is(r, n) && (is_iri(node_text(r->j, n)) || wrong(r, n, "this has to be an absolute IRI, such as https://example.com/verbs/read"));
}

bool uuid_is(struct reading *r, uint32_t n)
{
	return text_is(r, n) && (is_uuid(node_text(r->j, n)) || wrong(r, n, "this has to be a UUID in its usual form, 8-4-4-4-12 hexadecimal digits"));
}

bool bool_is(struct reading *r, uint32_t n)
{
	return r->j->nodes[n].type == JSON_TRUE || r->j->nodes[n].type == JSON_FALSE || wrong(r, n, "this has to be true or false");
}

bool number_is(struct reading *r, uint32_t n)
{
	return (r->j->nodes[n].type == JSON_NUMBER && isfinite(node_number(r->j, n))) || wrong(r, n, "this has to be a number");
}

bool language_map_is(struct reading *r, uint32_t n)
{
	const struct json *j = r->j;
	if (j->nodes[n].type != JSON_OBJECT)
		return wrong(r, n, "this has to be a language map: an object with language tags for keys");
	for (uint32_t i = json_first(j, n); i; i = json_next(j, n, i)) {
		if (!is_language(j->nodes[i].key))
			return wrong(r, i, "the key of a language map has to be a language tag by RFC 5646");
		if (j->nodes[i].type != JSON_TEXT)
			return wrong(r, i, "the value in a language map has to be a text");
	}
	return true;
}

bool extensions_are(struct reading *r, uint32_t n)
{
	const struct json *j = r->j;
	if (j->nodes[n].type != JSON_OBJECT)
		return wrong(r, n, "extensions have to be an object with IRIs for keys");
	for (uint32_t i = json_first(j, n); i; i = json_next(j, n, i))
		if (!is_iri(j->nodes[i].key))
			return wrong(r, i, "the key of an extension has to be an absolute IRI");
	return true;
}
