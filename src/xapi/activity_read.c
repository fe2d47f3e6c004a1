/* activity_read.c - what something was done with: an Activity, its definition, its questions and answers. */
#include "reading.h"

static bool texts_are(struct reading *r, uint32_t n)
{
	if (r->j->nodes[n].type != JSON_LIST)
		return wrong(r, n, "this has to be a list of texts");
	for (uint32_t i = json_first(r->j, n); i; i = json_next(r->j, n, i))
		if (!text_is(r, i))
			return false;
	return true;
}

static bool interaction_type_is(struct reading *r, uint32_t n)
{
	static const char *const types[] = { "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other" };
	if (!text_is(r, n))
		return false;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_eq(node_text(r->j, n), str_of(types[i])))
			return true;
	return wrong(r, n, "this has to be true-false, choice, fill-in, long-fill-in, matching, performance, sequencing, likert, numeric or other");
}

static bool component_is(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "id", true, text_is }, { "description", false, language_map_is } };
	return PROPERTIES(r, n, "an interaction component has to be an object", properties);
}

static bool components_are(struct reading *r, uint32_t n)
{
	const struct json *j = r->j;
	if (j->nodes[n].type != JSON_LIST)
		return wrong(r, n, "this has to be a list of interaction components");
	for (uint32_t i = json_first(j, n); i; i = json_next(j, n, i)) {
		if (!component_is(r, i))
			return false;
		for (uint32_t k = json_first(j, n); k != i; k = json_next(j, n, k))
			if (j->nodes[n].count <= 500 && str_eq(member_text(j, k, S("id")), member_text(j, i, S("id"))))
				return wrong(r, i, "an id stands once in a list of interaction components");
	}
	return true;
}

static bool definition_is(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "name", false, language_map_is }, { "description", false, language_map_is }, { "type", false, iri_is },
		{ "moreInfo", false, iri_is }, { "interactionType", false, interaction_type_is }, { "correctResponsesPattern", false, texts_are },
		{ "choices", false, components_are }, { "scale", false, components_are }, { "source", false, components_are }, { "target", false, components_are },
		{ "steps", false, components_are }, { "extensions", false, extensions_are } };
	static const struct { const char *list, *types; } fit[] = { { "choices", "choice sequencing" }, { "scale", "likert" }, { "source", "matching" },
		{ "target", "matching" }, { "steps", "performance" } };
	const struct json *j = r->j;
	if (!PROPERTIES(r, n, "a definition has to be an object", properties))
		return false;
	str type = member_text(j, n, S("interactionType"));
	if (!type.len && json_find(j, n, S("correctResponsesPattern")))
		return wrong(r, n, "a pattern of correct responses needs an interactionType");
	for (size_t i = 0; i < sizeof fit / sizeof *fit; i++) {
		uint32_t found = json_find(j, n, str_of(fit[i].list));
		if (found && !(type.len && str_has(str_of(fit[i].types), type)))
			return wrong(r, found, "this list does not belong to the interactionType that is said");
	}
	return true;
}

bool activity_is(struct reading *r, uint32_t n, bool object)
{
	static const struct property properties[] = { { "objectType", false, text_is }, { "id", true, iri_is }, { "definition", false, definition_is } };
	const struct json *j = r->j;
	if (!PROPERTIES(r, n, "an Activity has to be an object", properties))
		return false;
	uint32_t type = json_find(j, n, S("objectType"));
	if (type && !str_eq(node_text(j, type), S("Activity")))
		return wrong(r, type, "the objectType has to be Activity here");
	str iri = member_text(j, n, S("id"));
	uint32_t definition = json_find(j, n, S("definition"));
	for (each(struct activity_mention, m, r->s->activities))
		if (str_eq(m->iri, iri)) {
			m->definition = m->definition ? m->definition : definition;
			m->object |= object;
			return true;
		}
	*list_add(r->a, &r->s->activities, struct activity_mention) = (struct activity_mention){ iri, definition, object };
	return true;
}
