/* units.c - the tree of units, and about which of them a reader may ask. */
#include "inside.h"
#include "base/map.h"
#include "web/access.h"

RECORD(need_unit, FIELD(need_unit, id), FIELD(need_unit, parent, .optional = true), FIELD(need_unit, name), FIELD(need_unit, path));

size_t need_unit_place(const struct need_units *u, int64_t id)
{
	for (size_t i = 0; i < u->count; i++)
		if (u->at[i].id == id)
			return i;
	return SIZE_MAX;
}

enum status need_units_load(struct ctx *c, struct need_units *out)
{
	list rows = { 0 }, led = { 0 };
	struct map places = { 0 };
	TRY(store_all(c, needs_units, NOTHING, &rows));
	out->count = rows.count + 1;
	out->at = arena_array_of(c->arena, struct need_unit, out->count);
	out->visible = arena_array_of(c->arena, bool, out->count);
	out->all = c->me.unprotected || may(c, S("needs.manage"));
	out->visible[0] = true;
	map_put_number(c->arena, &places, 0, 0, NULL);
	for (size_t i = 1; i < out->count; i++) {
		struct need_unit row = *list_item(rows, struct need_unit, i - 1);
		int64_t above = 0;
		if (!map_find_number(&places, row.parent, &above))
			return broken(c, "unit %lld comes before the one above it", (long long)row.id);
		map_put_number(c->arena, &places, row.id, (int64_t)i, NULL);
		out->visible[i] = out->all || (may(c, S("needs.board")) && !row.parent);
		row.parent = above;
		out->at[i] = row;
	}
	if (out->all || !c->me.person)
		return OK;
	TRY(store_all(c, needs_units_lead, NOTHING, &led));
	for (each(struct by_id, l, led)) {
		int64_t at;
		if (map_find_number(&places, l->id, &at))
			out->visible[at] = true;
	}
	return OK;
}

enum status need_unit_ask(struct ctx *c, const struct need_units *u, int64_t id, size_t *place)
{
	*place = need_unit_place(u, id);
	if (*place == SIZE_MAX)
		return u->all ? refuse(c, NOT_FOUND, "no-such-unit", W(needs_no_unit)) : refuse(c, FORBIDDEN, "not-your-unit", W(needs_not_your_unit));
	return u->visible[*place] ? OK : refuse(c, FORBIDDEN, "not-your-unit", W(needs_not_your_unit));
}

static size_t depth_of(const struct need_units *u, size_t place)
{
	size_t depth = 0;
	for (; place; place = (size_t)u->at[place].parent)
		depth++;
	return depth;
}

enum status need_unit_led(struct ctx *c, const struct need_units *u, bool *leads, int64_t *unit)
{
	list led = { 0 };
	*unit = 0;
	TRY(store_all(c, needs_units_led, NOTHING, &led));
	*leads = led.count > 0;
	if (!led.count)
		return OK;
	size_t common = need_unit_place(u, list_item(led, struct by_id, 0)->id);
	for (each(struct by_id, l, led)) {
		size_t other = need_unit_place(u, l->id);
		if (other == SIZE_MAX || common == SIZE_MAX)
			return broken(c, "somebody works in a unit that is not there");
		while (common != other) {
			size_t a = depth_of(u, common), b = depth_of(u, other);
			common = a >= b ? (size_t)u->at[common].parent : common;
			other = b >= a ? (size_t)u->at[other].parent : other;
		}
	}
	*unit = u->at[common].id;
	return OK;
}
