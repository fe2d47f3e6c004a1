/* statement_write.c - the bytes that are kept: those that came, with what the store has to set put between them. */
#include "statement.h"
#include <string.h>

/* Bytes that stand instead of those from `from` up to `to`. */
struct edit { size_t from, to; str text; };

static void edit_add(struct arena *a, list *edits, size_t from, size_t to, str text)
{
	*list_add(a, edits, struct edit) = (struct edit){ from, to, text };
}

static int by_place(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

/* A property of the store's: in the place of one that came, else behind everything. */
static void property_put(struct arena *a, list *edits, list *behind, const struct statement *s, const char *name, str value)
{
	uint32_t is = json_find(s->json, s->node, str_of(name));
	if (is)
		edit_add(a, edits, s->json->nodes[is].at, s->json->nodes[is].end, value);
	else
		*list_add(a, behind, str) = text_format(a, ",\"%s\":" S_FMT, name, S_ARG(value));
}

static str quoted(struct arena *a, str s)
{
	return text_format(a, "\"" S_FMT "\"", S_ARG(s));
}

static bool is_zulu(const struct statement *s)
{
	str time = s->json->nodes[json_find(s->json, s->node, S("timestamp"))].text;
	return time.len && time.at[time.len - 1] == 'Z';
}

void statement_write(struct arena *a, struct buffer *b, const struct statement *s, const struct statement_given *g)
{
	const struct json *j = s->json;
	char stored[27], made[27];
	list edits = { 0 }, behind = { 0 };
	time_put(stored, g->stored);
	time_put(made, s->has_time ? s->time_us : g->stored);
	if (!s->id.len || !json_find(j, s->node, S("id")))
		property_put(a, &edits, &behind, s, "id", quoted(a, g->id));
	if (!s->has_time || (s->by == RULES_2_0_0 && !is_zulu(s)))          /* 2.0.0: another zone becomes UTC */
		property_put(a, &edits, &behind, s, "timestamp", quoted(a, (str){ made, sizeof made }));
	property_put(a, &edits, &behind, s, "stored", quoted(a, (str){ stored, sizeof stored }));
	property_put(a, &edits, &behind, s, "authority", g->authority);
	if (!s->version.len)
		property_put(a, &edits, &behind, s, "version", s->by == RULES_2_0_0 ? S("\"2.0.0\"") : S("\"1.0.0\""));
	for (each(const uint32_t, n, s->alone)) {
		edit_add(a, &edits, j->nodes[*n].at, j->nodes[*n].at, S("["));
		edit_add(a, &edits, j->nodes[*n].end, j->nodes[*n].end, S("]"));
	}
	list_sort(a, &edits, struct edit, by_place);
	size_t at = j->nodes[s->node].at;
	for (each(const struct edit, e, edits)) {
		if (e->from < at)                          /* inside what is replaced already: an authority that came */
			continue;
		buffer_add(b, (str){ j->text.at + at, e->from - at });
		buffer_add(b, e->text);
		at = e->to;
	}
	buffer_add(b, (str){ j->text.at + at, j->nodes[s->node].end - at });
	b->len--;                                          /* the last bracket */
	while (b->len && strchr(" \t\r\n", b->at[b->len - 1]))
		b->len--;
	for (each(const str, text, behind))
		buffer_add(b, *text);
	buffer_add_char(b, '}');
}
