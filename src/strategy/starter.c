/* starter.c - three ambitions that come along, with the skills they need: adopted with one button, then made one's own. */
#include "inside.h"
#include "starter.h"
#include "base/map.h"
#include "table/table.h"
#include "web/operation.h"
#include "strategy_starter.csv.h"

enum { KEY, NAME_NL, NAME_EN, WHY_NL, WHY_EN, INDICATOR_NL, INDICATOR_EN, SKILL, WEIGHT, TARGET, CELLS };
enum { HORIZON_YEARS = 3 };

struct line_of { str cells[CELLS]; };

/* The whole file: a few dozen lines. */
static enum status lines_load(struct ctx *c, list *out)
{
	struct table *t;
	struct table_row row;
	enum status s;
	TRY(table_open(c, S("starter.csv"), (str){ (const char *)starter_csv, sizeof starter_csv }, (struct table_limits){ 0 }, &t));
	while ((s = table_next(c, t, &row)) == OK) {
		struct line_of *l = list_add(c->arena, out, struct line_of);
		for (size_t i = 0; i < CELLS && i < row.count; i++)
			l->cells[i] = text_copy(c->arena, row.cells[i]);
	}
	table_close(t);
	return s == NOT_FOUND ? OK : s;                        /* which is what stands behind the last row */
}

static str said_in(const struct ctx *c, const struct line_of *l, int dutch)
{
	return l->cells[c->language == NL ? dutch : dutch + 1];
}

static bool is_among(struct ctx *c, const list *ambitions, const struct line_of *l)
{
	for (each(struct ambition, a, *ambitions))
		if (str_eq(text_fold(c->arena, a->name), text_fold(c->arena, l->cells[NAME_NL])) || str_eq(text_fold(c->arena, a->name), text_fold(c->arena, l->cells[NAME_EN])))
			return true;
	return false;
}

enum status starters_left(struct ctx *c, const list *ambitions, list *out)
{
	list lines = { 0 }, names = { 0 };
	struct map at = { 0 };
	TRY(lines_load(c, &lines));
	TRY(framework_names(c, &names));
	for (each(struct starter_name, n, names))
		map_put(c->arena, &at, n->key, n - list_of(names, struct starter_name), NULL);
	str key = { 0 };
	struct starter *s = NULL;
	for (each(struct line_of, l, lines)) {
		if (!str_eq(l->cells[KEY], key)) {
			key = l->cells[KEY];
			s = is_among(c, ambitions, l) ? NULL : list_add(c->arena, out, struct starter);
			if (s)
				*s = (struct starter){ key, said_in(c, l, NAME_NL), said_in(c, l, WHY_NL), { 0 } };
		}
		int64_t place;
		if (s && map_find(&at, l->cells[SKILL], &place))
			list_add(c->arena, &s->skills, struct starter_skill)->name = list_item(names, struct starter_name, place)->name;
	}
	return OK;
}

struct ambition_key { str key; };
RECORD(ambition_key, FIELD(ambition_key, key, .required = true, .max = 60));

OPERATION(ambition_adopt, ambition_key, by_id,
	.route = "POST /strategy/adopt",
	.allow = "strategy.manage",
	.effect = WRITES,
	.then = "/strategy/{id}/change",
	.said = W(strategy_adopted),
	.back = "/strategy",
	.doc = "Takes over a starter ambition, and from the starter framework the skills it needs.")
{
	list lines = { 0 }, keys = { 0 };
	struct ambition_given g = { .horizon = date_add_months(c->today, 12 * HORIZON_YEARS), .reason = S("starter") };
	bool made;
	TRY(lines_load(c, &lines));
	for (each(struct line_of, l, lines))
		if (str_eq(l->cells[KEY], in->key))
			*list_add(c->arena, &keys, str) = l->cells[SKILL];
	if (!keys.count)
		return object(c, S("key"), W(strategy_unknown));
	struct map ids = { 0 };
	TRY(framework_adopt_some(c, &keys, &ids));
	for (each(struct line_of, l, lines)) {
		struct ambition_skill s = { 0 };
		if (!str_eq(l->cells[KEY], in->key) || !map_find(&ids, l->cells[SKILL], &s.skill))
			continue;
		g.name = said_in(c, l, NAME_NL);
		g.why = said_in(c, l, WHY_NL);
		g.indicator = said_in(c, l, INDICATOR_NL);
		str_to_int(l->cells[WEIGHT], &s.weight);
		str_to_int(l->cells[TARGET], &s.target_level);
		*list_add(c->arena, &g.skills, struct ambition_skill) = s;
	}
	return ambition_put(c, &g, &out->id, &made);
}
