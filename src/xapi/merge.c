/* merge.c - what several tools said of one verb or activity, as one. */
#include "store.h"
#include "record/record.h"

/* One object's members, then the other's that it has not; a member that both have is merged once more below, where both are objects. */
static void members_put(struct buffer *b, const struct json *older, uint32_t o, const struct json *newer, uint32_t n, int level)
{
	buffer_add_char(b, '{');
	bool first = true;
	for (uint32_t i = json_first(older, o); i; i = json_next(older, o, i)) {
		uint32_t other = json_find(newer, n, older->nodes[i].key);
		buffer_add(b, first ? S("") : S(","));
		json_write_text(b, older->nodes[i].key);
		buffer_add_char(b, ':');
		if (other && !level && older->nodes[i].type == JSON_OBJECT && newer->nodes[other].type == JSON_OBJECT)
			members_put(b, older, i, newer, other, level + 1);
		else
			buffer_add(b, other ? json_slice(newer, other) : json_slice(older, i));
		first = false;
	}
	for (uint32_t i = json_first(newer, n); i; i = json_next(newer, n, i)) {
		if (json_find(older, o, newer->nodes[i].key))
			continue;
		buffer_add(b, first ? S("") : S(","));
		json_write_text(b, newer->nodes[i].key);
		buffer_add_char(b, ':');
		buffer_add(b, json_slice(newer, i));
		first = false;
	}
	buffer_add_char(b, '}');
}

str json_merge(struct arena *a, str older, str newer)
{
	struct json o, n;
	struct json_fault fault;
	if (!older.len || !json_read(a, older, JSON_LEVELS_MAX, &o, &fault) || o.nodes[0].type != JSON_OBJECT)
		return newer;
	if (!newer.len || !json_read(a, newer, JSON_LEVELS_MAX, &n, &fault) || n.nodes[0].type != JSON_OBJECT)
		return older;
	struct buffer b = { 0 };
	members_put(&b, &o, 0, &n, 0, 0);
	str merged = text_copy(a, buffer_text(&b));
	buffer_done(&b);
	return merged;
}

str language_pick(const struct json *j, uint32_t map, str language)
{
	str first = { 0 }, begins = { 0 };
	for (uint32_t i = json_first(j, map); i; i = json_next(j, map, i)) {
		const struct json_node *m = &j->nodes[i];
		if (str_eq_ignoring_case(m->key, language))
			return m->text;
		if (!begins.at && m->key.len > language.len && m->key.at[language.len] == '-' && str_eq_ignoring_case(str_until(m->key, language.len), language))
			begins = m->text;
		if (!first.at)
			first = m->text;
	}
	return begins.at ? begins : first;
}
