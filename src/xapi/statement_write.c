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

/* A property of the store's. */
struct own { str name, value; };
struct writing { struct arena *a; const struct statement *s; list edits; struct own behind[5]; size_t count; };

/* In the place of one that came, else behind everything. */
static void property_put(struct writing *w, str name, str value)
{
	uint32_t is = json_find(w->s->json, w->s->node, name);
	if (is)
		edit_add(w->a, &w->edits, w->s->json->nodes[is].at, w->s->json->nodes[is].end, value);
	else
		w->behind[w->count++] = (struct own){ name, value };
}

static str quoted(struct arena *a, str s)
{
	char *to = arena_take(a, s.len + 2);
	to[0] = to[s.len + 1] = '"';
	memcpy(to + 1, s.at, s.len);
	return (str){ to, s.len + 2 };
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
	struct writing w = { .a = a, .s = s };
	time_put(stored, g->stored);
	time_put(made, s->has_time ? s->time_us : g->stored);
	if (!s->id.len || !json_find(j, s->node, S("id")))
		property_put(&w, S("id"), quoted(a, g->id));
	if (!s->has_time || (s->by == RULES_2_0_0 && !is_zulu(s)))          /* 2.0.0: another zone becomes UTC */
		property_put(&w, S("timestamp"), quoted(a, (str){ made, sizeof made }));
	property_put(&w, S("stored"), quoted(a, (str){ stored, sizeof stored }));
	property_put(&w, S("authority"), g->authority);
	if (!s->version.len)
		property_put(&w, S("version"), s->by == RULES_2_0_0 ? S("\"2.0.0\"") : S("\"1.0.0\""));
	for (each(const uint32_t, n, s->alone)) {
		edit_add(a, &w.edits, j->nodes[*n].at, j->nodes[*n].at, S("["));
		edit_add(a, &w.edits, j->nodes[*n].end, j->nodes[*n].end, S("]"));
	}
	list_sort(a, &w.edits, struct edit, by_place);
	size_t at = j->nodes[s->node].at;
	for (each(const struct edit, e, w.edits)) {
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
	for (const struct own *o = w.behind; o < w.behind + w.count; o++) {
		buffer_add(b, S(",\""));
		buffer_add(b, o->name);
		buffer_add(b, S("\":"));
		buffer_add(b, o->value);
	}
	buffer_add_char(b, '}');
}
