/* shipped.c - the rules that say which kind of learning a statement is: those that come along, or the organisation's own. */
#include "inside.h"
#include "table/table.h"
#include "learning_shipped.csv.h"
#include <string.h>

const struct choice learning_kinds[] = { { S("work"), W(learning_kind_work) }, { S("others"), W(learning_kind_others) }, { S("formal"), W(learning_kind_formal) },
	{ S("none"), W(learning_kind_none) }, { 0 } };

RECORD(learning_rule,
	FIELD(learning_rule, verb, .label = W(learning_verb), .hint = W(learning_verb_hint), .max = 500), FIELD(learning_rule, type, .label = W(learning_type), .hint = W(learning_type_hint), .max = 500),
	FIELD(learning_rule, kind, .label = W(learning_kind), .choices = learning_kinds, .required = true),
	FIELD(learning_rule, hours, .label = W(learning_hours), .hint = W(learning_hours_hint), .min = 0, .max = 100),
	FIELD(learning_rule, name_nl, .label = W(learning_name_nl), .max = 100), FIELD(learning_rule, name_en, .label = W(learning_name_en), .max = 100));

enum learning_kind learning_kind_of(str kind)
{
	for (int i = 0; i < KINDS; i++)
		if (str_eq(kind, learning_kinds[i].value))
			return (enum learning_kind)i;
	return NOT_COUNTED;
}

enum { VERB, TYPE, KIND, HOURS, NAME_NL, NAME_EN, CELLS };

static str place_key(struct ctx *c, str verb, str type)
{
	return text_format(c->arena, S_FMT " " S_FMT, S_ARG(verb), S_ARG(type));
}

static void rule_put(struct ctx *c, struct rules *out, struct learning_rule r)
{
	int64_t there;
	if (!map_put(c->arena, &out->places, place_key(c, r.verb, r.type), (int64_t)out->all.count, &there)) {
		*list_item(out->all, struct learning_rule, there) = r;
		return;
	}
	*list_add(c->arena, &out->all, struct learning_rule) = r;
}

static enum status shipped_load(struct ctx *c, struct rules *out)
{
	struct table *t;
	struct table_row row;
	enum status s;
	TRY(table_open(c, S("shipped.csv"), (str){ (const char *)shipped_csv, sizeof shipped_csv }, (struct table_limits){ 0 }, &t));
	while ((s = table_next(c, t, &row)) == OK) {
		str cells[CELLS];
		struct learning_rule r;
		for (size_t i = 0; i < CELLS; i++)
			cells[i] = text_copy(c->arena, row.cells[i]);
		r = (struct learning_rule){ cells[VERB], cells[TYPE], cells[KIND], 0, cells[NAME_NL], cells[NAME_EN] };
		str_to_real(cells[HOURS], &r.hours);
		rule_put(c, out, r);
	}
	table_close(t);
	return s == NOT_FOUND ? OK : s;                        /* which is what stands behind the last row */
}

enum status rules_load(struct ctx *c, struct rules *out)
{
	list kept = { 0 };
	*out = (struct rules){ 0 };
	TRY(store_all(c, learning_rules_kept, NOTHING, &kept));
	out->shipped = !kept.count;
	if (out->shipped)
		return shipped_load(c, out);
	for (each(struct learning_rule, r, kept))
		rule_put(c, out, *r);
	return OK;
}

/* Asked for every row of a walk over everybody: without memory, unless an address is very long. */
const struct learning_rule *rule_at(struct ctx *c, const struct rules *rules, str verb, str type)
{
	char room[600];
	int64_t place;
	str key = { room, verb.len + 1 + type.len };
	if (key.len > sizeof room) {
		key = place_key(c, verb, type);
	} else {
		memcpy(room, verb.at ? verb.at : "", verb.len);
		room[verb.len] = ' ';
		memcpy(room + verb.len + 1, type.at ? type.at : "", type.len);
	}
	return map_find(&rules->places, key, &place) ? list_item(rules->all, struct learning_rule, place) : NULL;
}

const struct learning_rule *rule_for(struct ctx *c, const struct rules *rules, str verb, str type)
{
	const struct learning_rule *r = type.len ? rule_at(c, rules, verb, type) : NULL;
	if (!r)
		r = rule_at(c, rules, verb, S(""));
	return r || !type.len ? r : rule_at(c, rules, S(""), type);
}

struct rules rules_changed(struct ctx *c, const struct rules *rules, const struct learning_rule *with, bool without)
{
	struct rules out = { 0 };
	for (each(struct learning_rule, r, rules->all))
		if (!without || !str_eq(r->verb, with->verb) || !str_eq(r->type, with->type))
			rule_put(c, &out, *r);
	if (!without)
		rule_put(c, &out, *with);
	return out;
}

str rule_name(const struct ctx *c, const struct learning_rule *rule)
{
	str first = c->language == NL ? rule->name_nl : rule->name_en, other = c->language == NL ? rule->name_en : rule->name_nl;
	return first.len ? first : other.len ? other : rule->type.len ? rule->type : rule->verb;
}
