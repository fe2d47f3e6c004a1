/* statement_digest.c - what a statement says, so that the same said again is known as the same.
 *
 * The specification lets two copies differ in what the store sets (id, stored, authority, version, and a timestamp that was not given), in
 * the order of properties and of a group's members, in displays and definitions, in how a number, a moment or a duration beyond hundredths
 * of a second is written, and in one context activity standing alone or in a list. All else is the statement.
 */
#include "reading.h"
#include "base/token.h"
#include <math.h>

struct canon { struct arena *a; const struct json *j; struct buffer *b; bool unsigned_; };

static void value_put(const struct canon *c, uint32_t n, str key, bool free, int level);

static void text_put(struct buffer *b, str s)
{
	buffer_add_int(b, (int64_t)s.len);
	buffer_add_char(b, ':');
	buffer_add(b, s);
}

static bool is_signature(const struct json *j, uint32_t attachment)
{
	return str_eq(member_text(j, attachment, S("usageType")), SIGNATURE_USAGE);
}

static bool left_out(const struct canon *c, uint32_t i, bool free, int level)
{
	static const str always[] = { S("display"), S("definition"), S("description") }, top[] = { S("id"), S("stored"), S("authority"), S("version"), S("timestamp") };
	const struct json_node *m = &c->j->nodes[i];
	if (free)
		return false;
	for (size_t k = 0; k < 3; k++)
		if (str_eq(m->key, always[k]))
			return true;
	for (size_t k = 0; k < 5 && level == 0; k++)
		if (str_eq(m->key, top[k]))
			return true;
	if (c->unsigned_ && level == 0 && str_eq(m->key, S("attachments"))) {
		bool any = false;
		for (uint32_t k = json_first(c->j, i); k; k = json_next(c->j, i, k))
			any |= !is_signature(c->j, k);
		return !any;
	}
	return str_eq(m->key, S("objectType")) && (str_eq(m->text, S("Agent")) || str_eq(m->text, S("Activity")));
}

static void object_put(const struct canon *c, uint32_t n, bool free, int level)
{
	const struct json *j = c->j;
	uint32_t *sorted = arena_array_of(c->a, uint32_t, j->nodes[n].count + 1), count = 0;
	for (uint32_t i = json_first(j, n); i; i = json_next(j, n, i)) {
		if (left_out(c, i, free, level))
			continue;
		uint32_t at = count++;
		if (j->nodes[n].count > 1000) {                /* of so many the order stays: nobody writes two such copies by hand */
			sorted[at] = i;
			continue;
		}
		for (; at && str_compare(j->nodes[sorted[at - 1]].key, j->nodes[i].key) > 0; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = i;
	}
	buffer_add_char(c->b, '{');
	for (uint32_t k = 0; k < count; k++) {
		str key = j->nodes[sorted[k]].key;
		text_put(c->b, key);
		value_put(c, sorted[k], key, free || str_eq(key, S("extensions")), level + 1);
	}
	buffer_add_char(c->b, '}');
}

static int by_text(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

static void list_put(const struct canon *c, uint32_t n, str key, bool free, int level)
{
	bool any_order = !free && str_eq(key, S("member"));
	list texts = { 0 };
	buffer_add_char(c->b, '[');
	for (uint32_t i = json_first(c->j, n); i; i = json_next(c->j, n, i)) {
		size_t from = c->b->len;
		if (c->unsigned_ && level == 1 && is_signature(c->j, i))
			continue;
		value_put(c, i, (str){ 0 }, free, level + 1);
		if (any_order) {
			*list_add(c->a, &texts, str) = text_copy(c->a, str_from(buffer_text(c->b), from));
			c->b->len = from;
		}
	}
	if (any_order)
		list_sort(c->a, &texts, str, by_text);
	for (each(str, text, texts))
		buffer_add(c->b, *text);
	buffer_add_char(c->b, ']');
}

static bool is_group_of_activities(str key)
{
	return str_eq(key, S("parent")) || str_eq(key, S("grouping")) || str_eq(key, S("category")) || str_eq(key, S("other"));
}

static str text_alike(const struct canon *c, str key, str s)
{
	double seconds;
	int64_t us;
	if (str_eq(key, S("registration")) || str_eq(key, S("mbox_sha1sum")) || str_eq(key, S("sha2")) || (str_eq(key, S("id")) && is_uuid(s)))
		return lower(c->a, s);
	if (str_eq(key, S("duration")) && duration_read(s, &seconds))
		return text_format(c->a, "%.0f", trunc(seconds * 100 + 1e-6));
	if (str_eq(key, S("timestamp")) && time_read(s, false, &us))
		return text_format(c->a, "%lld", (long long)us);
	return s;
}

static void value_put(const struct canon *c, uint32_t n, str key, bool free, int level)
{
	const struct json_node *v = &c->j->nodes[n];
	switch (v->type) {
	case JSON_OBJECT:
		if (!free && is_group_of_activities(key)) {
			buffer_add_char(c->b, '[');
			object_put(c, n, free, level);
			buffer_add_char(c->b, ']');
		} else {
			object_put(c, n, free, level);
		}
		break;
	case JSON_LIST:
		list_put(c, n, key, free, level);
		break;
	case JSON_NUMBER:
		buffer_add_char(c->b, '#');
		if (isfinite(node_number(c->j, n)))
			buffer_add_real(c->b, node_number(c->j, n));
		else
			buffer_add(c->b, v->text);
		buffer_add_char(c->b, ' ');
		break;
	case JSON_TEXT:
		buffer_add_char(c->b, '"');
		text_put(c->b, free ? v->text : text_alike(c, key, v->text));
		break;
	case JSON_NULL: case JSON_FALSE: case JSON_TRUE:
		buffer_add_char(c->b, v->type == JSON_NULL ? 'n' : v->type == JSON_TRUE ? 't' : 'f');
		break;
	}
}

str statement_digest(struct arena *a, const struct statement *s, bool without_signature)
{
	struct buffer b = { 0 };
	const struct canon c = { a, s->json, &b, without_signature };
	value_put(&c, s->node, (str){ 0 }, false, 0);
	str digest = str_until(token_fingerprint(a, buffer_text(&b)), 32);
	buffer_done(&b);
	return digest;
}
