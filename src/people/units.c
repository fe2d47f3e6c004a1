/* units.c - units: their paths, their tree with the people in it, and what other features ask of them. */
#include "inside.h"
#include "base/map.h"
#include "web/web.h"

RECORD(unit, FIELD(unit, id), FIELD(unit, parent, .optional = true), FIELD(unit, name), FIELD(unit, path));
RECORD(unit_query, FIELD(unit_query, unit, .optional = true));
RECORD(text_key, FIELD(text_key, text), FIELD(text_key, fold));

str unit_path_tidy(struct ctx *c, str typed)
{
	str path = { 0 }, step, rest = typed;
	do {
		str_cut(rest, '/', &step, &rest);
		step = str_trim(step);
		if (step.len)
			path = path.len ? text_format(c->arena, S_FMT "/" S_FMT, S_ARG(path), S_ARG(step)) : step;
	} while (rest.at);
	return path.at ? path : S("");
}

str path_view(struct view *v, str path)
{
	struct buffer b = { 0 };
	str step, rest = path;
	do {
		str_cut(rest, '/', &step, &rest);
		buffer_add(&b, step);
		if (rest.at)
			buffer_add(&b, S(" / "));
	} while (rest.at);
	str shown = text_copy(v->c->arena, buffer_text(&b));
	buffer_done(&b);
	return shown;
}

enum status unit_load(struct ctx *c, int64_t id, struct unit *out)
{
	struct by_id key = { id };
	enum status status = store_one(c, unit_by_id, &key, out);
	return status == NOT_FOUND ? refuse(c, NOT_FOUND, "unit-none", W(people_no_unit)) : status;
}

enum status unit_find(struct ctx *c, str path, struct unit *out, bool *found)
{
	struct text_key key = { .fold = text_fold(c->arena, unit_path_tidy(c, path)) };
	return store_find(c, unit_by_fold, &key, out, found);
}

enum status unit_subtree(struct ctx *c, int64_t unit, list *out)
{
	return store_all(c, units_below, &(struct unit_query){ unit }, out);
}

enum status people_in_unit(struct ctx *c, int64_t unit, list *out)
{
	return store_all(c, members_below, &(struct unit_query){ unit }, out);
}

/* ---- The tree ---- */

/* As programs get it, one after the other; the page shows the same units from `roots` down. */
struct unit_node { int64_t id, parent; str path, name; int64_t people; int64_t above, last; bool seated; list children; };
struct unit_tree { int64_t people, teams; list units, roots; };
RECORD(unit_node, FIELD(unit_node, id), FIELD(unit_node, parent, .optional = true), FIELD(unit_node, path),
	FIELD(unit_node, people, .doc = "Who works in it or below it today; each counts once."));
RECORD(unit_tree, FIELD(unit_tree, people), FIELD(unit_tree, teams), FIELD(unit_tree, units, .of = &unit_node_record));
struct unit_seat { int64_t person, unit; };
RECORD(unit_seat, FIELD(unit_seat, person), FIELD(unit_seat, unit));
#include "people_unit_branch.html.h"
#include "people_units.html.h"

struct tree { struct unit_node *nodes; size_t count; struct map at; int64_t people, teams, last; };

/* Seats come by person, so that somebody in two teams of a department counts there once. */
static enum status seat_count(struct ctx *c, void *of, const void *row)
{
	(void)c;
	struct tree *t = of;
	const struct unit_seat *s = row;
	int64_t at = -1;
	t->people += s->person != t->last;
	t->last = s->person;
	map_find_number(&t->at, s->unit, &at);
	t->teams += at >= 0 && !t->nodes[at].seated;
	if (at >= 0)
		t->nodes[at].seated = true;
	for (; at >= 0; at = t->nodes[at].above) {
		t->nodes[at].people += t->nodes[at].last != s->person;
		t->nodes[at].last = s->person;
	}
	return OK;
}

static void list_reverse(list *nodes)
{
	for (size_t a = 0, b = nodes->count; a + 1 < b; a++, b--) {
		struct unit_node first = *list_item(*nodes, struct unit_node, a);
		*list_item(*nodes, struct unit_node, a) = *list_item(*nodes, struct unit_node, b - 1);
		*list_item(*nodes, struct unit_node, b - 1) = first;
	}
}

/* From the last to the first: what is below a unit comes behind it by path, and is complete when it is copied into it. */
static list tree_build(struct ctx *c, const struct tree *t)
{
	list roots = { 0 };
	for (size_t i = t->count; i-- > 0; ) {
		struct unit_node *n = &t->nodes[i];
		list_reverse(&n->children);
		list *into = n->above < 0 ? &roots : &t->nodes[n->above].children;
		*list_add(c->arena, into, struct unit_node) = *n;
	}
	list_reverse(&roots);
	return roots;
}

OPERATION(units_show, nothing, unit_tree,
	.route = "GET /units",
	.allow = "people.read",
	.page = units_html,
	.doc = "The tree of units with how many people work in each today, below it included.")
{
	(void)in;
	list units = { 0 };
	TRY(store_all(c, units_all, NOTHING, &units));
	struct tree t = { .nodes = arena_array_of(c->arena, struct unit_node, units.count + 1), .count = units.count };
	for (size_t i = 0; i < units.count; i++) {
		const struct unit *u = list_item(units, struct unit, i);
		t.nodes[i] = (struct unit_node){ .id = u->id, .parent = u->parent, .path = u->path, .name = u->name, .above = -1 };
		map_find_number(&t.at, u->parent, &t.nodes[i].above);         /* by path, a parent comes first */
		map_put_number(c->arena, &t.at, u->id, (int64_t)i, NULL);
	}
	TRY(store_each(c, seats_today, NOTHING, seat_count, &t));
	out->people = t.people;
	out->teams = t.teams;
	out->units = (list){ t.nodes, t.count, t.count };
	out->roots = tree_build(c, &t);
	return OK;
}

/* ---- One unit ---- */

struct unit_step { int64_t id; str name; };
struct unit_page { struct unit unit; int64_t people; list above, below, members; bool more; };
RECORD(unit_step, FIELD(unit_step, id), FIELD(unit_step, name));
struct unit_below { int64_t id; str name; int64_t people; };
RECORD(unit_below, FIELD(unit_below, id), FIELD(unit_below, name), FIELD(unit_below, people));
RECORD(unit_page, FIELD(unit_page, unit, .of = &unit_record), FIELD(unit_page, people), FIELD(unit_page, above, .of = &unit_step_record),
	FIELD(unit_page, below, .of = &unit_below_record), FIELD(unit_page, members, .of = &member_record), FIELD(unit_page, more));
#include "people_unit.html.h"

OPERATION(unit_show, by_id, unit_page,
	.route = "GET /units/{id}",
	.allow = "people.read",
	.page = unit_html,
	.csv = "members",
	.doc = "A unit: what it is part of, what is below it, and who works there today.")
{
	struct unit_query q = { in->id };
	struct count people;
	TRY(unit_load(c, in->id, &out->unit));
	TRY(store_all(c, units_above, &q, &out->above));
	TRY(store_all(c, units_right_below, &q, &out->below));
	TRY(store_one(c, members_count, &q, &people));
	TRY(store_all(c, members_first, &q, &out->members));
	out->people = people.count;
	out->more = people.count > (int64_t)out->members.count;
	return OK;
}
