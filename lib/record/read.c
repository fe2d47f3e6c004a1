/* read.c - a struct from named texts, as forms, queries, paths and the shell give them. */
#include "inside.h"
#include "base/map.h"
#include <math.h>
#include <string.h>

/* The names cut at their dots make a tree, in the order in which they came. */
struct node { str path, key, value; bool given; int64_t first, last, next; };
struct tree { struct reading *r; const list *given; list nodes; struct map paths; };

static struct node *node_of(const struct tree *t, int64_t n)
{
	return list_item(t->nodes, struct node, n);
}

static int64_t child_of(struct tree *t, int64_t parent, str path, str key)
{
	struct arena *a = t->r->c->arena;
	int64_t n = (int64_t)t->nodes.count;
	if (!map_put(a, &t->paths, path, n, &n))
		return n;
	*list_add(a, &t->nodes, struct node) = (struct node){ .path = path, .key = key };
	struct node *up = node_of(t, parent);
	if (up->last)
		node_of(t, up->last)->next = n;
	else
		up->first = n;
	up->last = n;
	return n;
}

static void tree_add(struct tree *t, const struct given *g)
{
	int64_t n = 0;
	int levels = 0;
	for (size_t from = 0, at = 0; at <= g->name.len; at++) {
		/* What lies deeper than any record reaches stays one piece, and so is a name that nobody knows. */
		if (at < g->name.len && (g->name.at[at] != '.' || levels == LEVELS_MAX))
			continue;
		n = child_of(t, n, str_until(g->name, at), str_until(str_from(g->name, from), at - from));
		from = at + 1;
		levels++;
	}
	node_of(t, n)->given = true;
	node_of(t, n)->value = g->value;
}

static int64_t child_find(const struct tree *t, int64_t parent, const char *name)
{
	int64_t n = node_of(t, parent)->first;
	while (n && !str_eq(node_of(t, n)->key, str_of(name)))
		n = node_of(t, n)->next;
	return n;
}

static bool is_blank(const struct tree *t, int64_t n)
{
	if (node_of(t, n)->given && str_trim(node_of(t, n)->value).len)
		return false;
	for (int64_t child = node_of(t, n)->first; child; child = node_of(t, child)->next)
		if (!is_blank(t, child))
			return false;
	return true;
}

/* A name that fits nothing: below a plain value, a bare value for a list, a row that has no number. */
static void stray(struct tree *t, int64_t n, const struct spot *s)
{
	if (!t->r->lenient)
		objection(t->r, s, W(record_unknown), node_of(t, n)->path);
}

/* "1.250,00" and "1.250": a mark before each three digits groups thousands where a value has at most two decimals. */
static bool money_from_text(str s, money *out)
{
	if (str_starts(s, S("€")))
		s = str_trim(str_from(s, sizeof "€" - 1));
	bool negative = s.len && s.at[0] == '-';
	s = str_from(s, negative);
	int64_t cents = 0;
	int behind = -1;                               /* digits behind the last mark; -1 before any */
	char decimal = 0, group = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		if (c == '.' || c == ',') {
			if (decimal || i == 0 || (behind >= 0 && behind != 3))
				return false;
			size_t left = s.len - i - 1;
			const char *next = memchr(s.at + i + 1, '.', left), *other = memchr(s.at + i + 1, ',', left);
			bool last = !next && !other;
			if (last && left != 3)
				decimal = c;
			else if (group && group != c)
				return false;
			else
				group = c;
			if (decimal == group)
				return false;
			behind = 0;
			continue;
		}
		if (c < '0' || c > '9' || (decimal && behind == 2) || cents > MONEY_MAX)
			return false;
		cents = cents * 10 + (c - '0');
		behind += behind >= 0;
	}
	if (!s.len || (decimal && !behind) || (group && !decimal && behind != 3))
		return false;
	for (int i = decimal ? behind : 0; i < 2; i++)
		cents *= 10;
	if (cents > MONEY_MAX)
		return false;
	out->cents = negative ? -cents : cents;
	return true;
}

static bool real_from_text(str s, double *out)
{
	char copy[64];
	if (s.len >= sizeof copy || memchr(s.at, 'e', s.len) || memchr(s.at, 'E', s.len) || memchr(s.at, '+', s.len))
		return false;
	for (size_t i = 0; i < s.len; i++)
		copy[i] = s.at[i] == ',' ? '.' : s.at[i];
	return str_to_real((str){ copy, s.len }, out);
}

static bool bool_from_text(str s, bool *out)
{
	*out = str_eq(s, S("1")) || str_eq(s, S("true")) || str_eq(s, S("on"));
	return *out || !s.len || str_eq(s, S("0")) || str_eq(s, S("false"));
}

/* One value at its place; false when it could not be read and has been objected to. */
static bool value_read(struct reading *r, const struct field *f, str typed, const struct spot *s, void *at)
{
	str v;
	if (!text_accept(r, f, typed, s, &v))
		return false;
	if (f->type == FIELD_BOOL) {
		if (bool_from_text(v, at))
			return true;
		objection(r, s, W(record_boolean), field_said(f));
		return false;
	}
	if (!v.len)
		return true;                           /* cleared before: no value */
	switch (f->type) {
	case FIELD_TEXT:
		*(str *)at = v;
		return true;
	case FIELD_INT:
		if (str_to_int(v, at))
			return true;
		objection(r, s, W(record_integer), field_said(f));
		return false;
	case FIELD_REAL:
		if (real_from_text(v, at))
			return true;
		objection(r, s, W(record_number), field_said(f));
		return false;
	case FIELD_MONEY:
		if (money_from_text(v, at))
			return true;
		objection(r, s, W(record_money), field_said(f));
		return false;
	case FIELD_DATE:    return date_accept(r, f, v, false, s, at);
	case FIELD_INSTANT: return instant_accept(r, f, v, s, at);
	default:            return false;
	}
}

static void record_from(struct tree *t, const struct record *record, int64_t n, const struct spot *up, void *into);

static void row_from(struct tree *t, const struct field *f, int64_t n, const struct spot *s, list *l)
{
	struct arena *a = t->r->c->arena;
	if (!f->of) {
		str text;
		if (!text_accept(t->r, f, node_of(t, n)->value, s, &text))
			return;
		*list_add(a, l, str) = text;
		text_limits(t->r, f, text, s);
		return;
	}
	void *row = list_add_size(a, l, f->of->size);
	record_from(t, f->of, n, s, row);
}

/* name=a&name=b: the texts of a list without numbers, as checkboxes of one name send them. */
static void texts_from(struct tree *t, const struct field *f, int64_t n, const struct spot *s, list *l)
{
	int64_t i = 0;
	for (each(const struct given, g, *t->given)) {
		if (!str_eq(g->name, node_of(t, n)->path) || !str_trim(g->value).len)
			continue;
		const struct spot element = { s, NULL, i++ };
		str text;
		if (!text_accept(t->r, f, g->value, &element, &text))
			continue;
		*list_add(t->r->c->arena, l, str) = text;
		text_limits(t->r, f, text, &element);
	}
}

static void list_from(struct tree *t, const struct field *f, int64_t n, const struct spot *s, list *l)
{
	size_t rows = 0;
	for (int64_t child = node_of(t, n)->first; child; child = node_of(t, child)->next)
		rows += !is_blank(t, child);
	if (!count_limits(t->r, f, rows, s))
		return;
	if (!f->of && node_of(t, n)->given)
		texts_from(t, f, n, s, l);
	for (int64_t child = node_of(t, n)->first; child; child = node_of(t, child)->next) {
		struct spot row = { s, NULL, -1 };
		const char *key = text_c(t->r->c->arena, node_of(t, child)->key);
		if (!str_to_int(node_of(t, child)->key, &row.index) || row.index < 0 || (!f->of && node_of(t, child)->first))
			stray(t, child, &(struct spot){ s, key, 0 });
		else if (!is_blank(t, child))
			row_from(t, f, child, &row, l);
	}
}

/* Names below a field that has no inside, or a value where only its inside can be named. */
static void shape_check(struct tree *t, const struct field *f, int64_t n, const struct spot *s)
{
	const struct node *node = node_of(t, n);
	bool bare = f->type == FIELD_RECORD || (f->type == FIELD_LIST && f->of);
	if (bare && node->given && str_trim(node->value).len)
		stray(t, n, s);
	if (f->type == FIELD_LIST || f->type == FIELD_RECORD)
		return;
	for (int64_t child = node->first; child; child = node_of(t, child)->next)
		stray(t, child, &(struct spot){ s, text_c(t->r->c->arena, node_of(t, child)->key), 0 });
}

static void field_from(struct tree *t, const struct field *f, int64_t n, const struct spot *s, void *into)
{
	void *at = field_at(f, into);
	size_t before = t->r->c->problems.count;
	if (n)
		shape_check(t, f, n, s);
	if (f->type == FIELD_RECORD) {
		record_from(t, f->of, n, s, at);
		return;
	}
	const struct node *node = n ? node_of(t, n) : NULL;
	bool given = node && node->given && (f->type == FIELD_BOOL || str_trim(node->value).len);
	if (f->type == FIELD_LIST) {
		if (node)
			list_from(t, f, n, s, at);
		given = ((const list *)at)->count;
	} else if (given) {
		given = value_read(t->r, f, node->value, s, at);
	}
	if (t->r->c->problems.count > before)
		return;
	if (f->required && (!given || field_is_empty(f, into)))
		field_missing(t->r, f, s);
	else if (given)
		field_limits(t->r, f, into, s);
}

/* n: the node that names the record, 0 when nothing named it; the root names the whole. */
static void record_from(struct tree *t, const struct record *record, int64_t n, const struct spot *up, void *into)
{
	bool named = n || !up->up;
	record_clear(record, into);
	for (size_t i = 0; i < record->count && !reading_is_full(t->r); i++) {
		const struct field *f = &record->fields[i];
		const struct spot s = { up, f->name, 0 };
		field_from(t, f, named ? child_find(t, n, f->name) : 0, &s, into);
	}
	for (int64_t child = named ? node_of(t, n)->first : 0; child && !t->r->lenient && !reading_is_full(t->r); child = node_of(t, child)->next) {
		str key = node_of(t, child)->key;
		if (!field_find(record, key))
			field_unknown(t->r, record, key, &(struct spot){ up, text_c(t->r->c->arena, key), 0 });
	}
}

enum status record_read(struct ctx *c, const struct record *r, const list *given, bool lenient, void *into)
{
	struct reading reading = { c, c->problems.count, lenient };
	struct tree t = { .r = &reading, .given = given };
	list_add(c->arena, &t.nodes, struct node);             /* the root, which is nobody's child: 0 means none */
	for (each(const struct given, g, *given))
		tree_add(&t, g);
	record_from(&t, r, 0, &(struct spot){ 0 }, into);
	return reading_end(&reading);
}
