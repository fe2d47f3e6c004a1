/* known.c - actors, verbs and activities under their numbers: found, made, and made richer by what is said of them. */
#include "store.h"
#include "store/store.h"
#include "xapi.sql.h"

enum { NAME_MAX_BYTES = 300 };

static str cut(str s)
{
	size_t len = s.len < NAME_MAX_BYTES ? s.len : NAME_MAX_BYTES;
	while (len && len < s.len && ((unsigned char)s.at[len] & 0xC0) == 0x80)
		len--;
	return str_until(s, len);
}

/* Whose it is. The e-mail address goes in as the name, because a query's parameters have one record. */
static enum status person_of(struct ctx *c, const struct actor_row *a, int64_t *person)
{
	struct actor_row sought = *a;
	struct person_number found = { 0 };
	bool is = false;
	bool mbox = str_eq(a->kind, S("mbox"));
	sought.name = mbox ? lower(c->arena, str_from(a->key, 7)) : S("");
	TRY(store_find(c, actor_person, &sought, &found, &is));
	*person = is ? found.person : 0;
	return OK;
}

enum status known_actor(struct ctx *c, struct known *k, const struct mention *m, int64_t *out)
{
	str slot = text_format(c->arena, "%s " S_FMT, m->kind, S_ARG(m->key));
	if (map_find(&k->actors, slot, out))
		return OK;
	struct actor_row row = { .kind = str_of(m->kind), .key = m->key, .name = cut(m->name) }, known;
	bool found;
	TRY(store_find(c, actor_find, &row, &known, &found));
	if (!found) {
		TRY(person_of(c, &row, &row.person));
		TRY(store_one(c, actor_put, &row, &known));
		if (!row.person && str_starts(row.kind, S("mbox")))
			TRY(addresses_join_later(c));
	} else if (row.name.len && !known.name.len) {
		row.id = known.id;
		TRY(store_run(c, actor_name, &row, NULL));
	}
	*out = known.id;
	map_put(c->arena, &k->actors, slot, known.id, NULL);
	return OK;
}

static void names_of(struct ctx *c, str map_text, str inside, str *nl, str *en)
{
	struct json j;
	struct json_fault fault;
	*nl = *en = (str){ 0 };
	if (!map_text.len || !json_read(c->arena, map_text, JSON_LEVELS_MAX, &j, &fault))
		return;
	uint32_t map = inside.len ? json_find(&j, 0, inside) : 0;
	if (inside.len && !map)
		return;
	*nl = cut(language_pick(&j, map, S("nl")));
	*en = cut(language_pick(&j, map, S("en")));
}

enum status known_verb(struct ctx *c, struct known *k, const struct statement *s, int64_t *out)
{
	if (map_find(&k->verbs, s->verb, out))
		return OK;
	const struct iri_row key = { s->verb };
	str display = s->display ? json_slice(s->json, s->display) : (str){ 0 };
	struct verb_row known;
	bool found;
	TRY(store_find(c, verb_find, &key, &known, &found));
	str merged = found ? str_eq(known.display, display) || !display.len ? known.display : json_merge(c->arena, known.display, display) : display;
	if (!found || !str_eq(merged, known.display)) {
		struct verb_row row = { .id = found ? known.id : 0, .iri = s->verb, .display = merged };
		names_of(c, merged, S(""), &row.nl, &row.en);
		if (found)
			TRY(store_run(c, verb_change, &row, NULL));
		else
			TRY(store_one(c, verb_put, &row, &known));
	}
	*out = known.id;
	map_put(c->arena, &k->verbs, s->verb, known.id, NULL);
	return OK;
}

enum status known_activity(struct ctx *c, struct known *k, const struct statement *s, const struct activity_mention *m, int64_t *out)
{
	str definition = m->definition ? json_slice(s->json, m->definition) : (str){ 0 };
	str slot = text_format(c->arena, S_FMT " " S_FMT, S_ARG(m->iri), S_ARG(definition));
	if (map_find(&k->activities, slot, out))
		return OK;
	const struct iri_row key = { m->iri };
	struct activity_row known;
	bool found;
	TRY(store_find(c, activity_find, &key, &known, &found));
	str merged = found ? str_eq(known.definition, definition) || !definition.len ? known.definition : json_merge(c->arena, known.definition, definition) : definition;
	if (!found || !str_eq(merged, known.definition)) {
		struct activity_row row = { .id = found ? known.id : 0, .iri = m->iri, .definition = merged };
		struct json j;
		struct json_fault fault;
		if (merged.len && json_read(c->arena, merged, JSON_LEVELS_MAX, &j, &fault)) {
			uint32_t type = json_find(&j, 0, S("type"));
			row.type = type ? j.nodes[type].text : (str){ 0 };
		}
		names_of(c, merged, S("name"), &row.nl, &row.en);
		if (found)
			TRY(store_run(c, activity_change, &row, NULL));
		else
			TRY(store_one(c, activity_put, &row, &known));
	}
	*out = known.id;
	map_put(c->arena, &k->activities, slot, known.id, NULL);
	return OK;
}

enum status actor_number(struct ctx *c, const struct mention *m, int64_t *out)
{
	const struct actor_row row = { .kind = str_of(m->kind), .key = m->key };
	struct actor_row known = { 0 };
	bool found;
	TRY(store_find(c, actor_find, &row, &known, &found));
	*out = found ? known.id : 0;
	return OK;
}

enum status verb_number(struct ctx *c, str iri, int64_t *out)
{
	struct verb_row known = { 0 };
	bool found;
	TRY(store_find(c, verb_find, (&(const struct iri_row){ iri }), &known, &found));
	*out = found ? known.id : 0;
	return OK;
}

enum status activity_number(struct ctx *c, str iri, int64_t *out)
{
	struct activity_row known = { 0 };
	bool found;
	TRY(store_find(c, activity_find, (&(const struct iri_row){ iri }), &known, &found));
	*out = found ? known.id : 0;
	return OK;
}
