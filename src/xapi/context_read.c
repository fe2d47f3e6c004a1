/* context_read.c - what came of it, in which context, with which files: result, context, attachments. */
#include "reading.h"
#include <math.h>

/* ---- Result ---- */

static bool score_is(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "scaled", false, number_is }, { "raw", false, number_is }, { "min", false, number_is }, { "max", false, number_is } };
	const struct json *j = r->j;
	if (!PROPERTIES(r, n, "a score has to be an object", properties))
		return false;
	uint32_t scaled = json_find(j, n, S("scaled")), raw = json_find(j, n, S("raw")), min = json_find(j, n, S("min")), max = json_find(j, n, S("max"));
	if (scaled && fabs(node_number(j, scaled)) > 1)
		return wrong(r, scaled, "a scaled score lies between -1 and 1");
	if (min && max && node_number(j, min) >= node_number(j, max))
		return wrong(r, min, "the least score has to be below the most");
	if (raw && min && node_number(j, raw) < node_number(j, min))
		return wrong(r, raw, "the raw score lies below the least");
	if (raw && max && node_number(j, raw) > node_number(j, max))
		return wrong(r, raw, "the raw score lies above the most");
	return true;
}

static bool duration_is(struct reading *r, uint32_t n)
{
	double seconds;
	if (!text_is(r, n))
		return false;
	if (!duration_read(node_text(r->j, n), &seconds))
		return wrong(r, n, "this has to be a duration by ISO 8601, such as PT1H30M or P4W");
	if (!r->inside)
		r->s->seconds = seconds;
	return true;
}

bool result_is(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "score", false, score_is }, { "success", false, bool_is }, { "completion", false, bool_is },
		{ "response", false, text_is }, { "duration", false, duration_is }, { "extensions", false, extensions_are } };
	return PROPERTIES(r, n, "a result has to be an object", properties);
}

/* ---- Context ---- */

static bool registration_is(struct reading *r, uint32_t n)
{
	if (!uuid_is(r, n))
		return false;
	if (!r->inside)
		r->s->registration = lower(r->a, node_text(r->j, n));
	return true;
}

static bool instructor_is(struct reading *r, uint32_t n) { return actor_is(r, n, WIDE); }

static bool team_is(struct reading *r, uint32_t n)
{
	return group_is(r, n, WIDE);
}

static bool activities_are(struct reading *r, uint32_t n)
{
	const struct json *j = r->j;
	if (j->nodes[n].type != JSON_LIST) {
		*list_add(r->a, &r->s->alone, uint32_t) = n;
		return activity_is(r, n, false);
	}
	for (uint32_t i = json_first(j, n); i; i = json_next(j, n, i))
		if (!activity_is(r, i, false))
			return false;
	return true;
}

static bool context_activities_are(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "parent", false, activities_are }, { "grouping", false, activities_are }, { "category", false, activities_are },
		{ "other", false, activities_are } };
	return PROPERTIES(r, n, "contextActivities have to be an object", properties);
}

static bool language_is(struct reading *r, uint32_t n)
{
	return text_is(r, n) && (is_language(node_text(r->j, n)) || wrong(r, n, "this has to be a language tag by RFC 5646"));
}

static bool reference_is(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "objectType", true, text_is }, { "id", true, uuid_is } };
	if (!PROPERTIES(r, n, "a StatementRef has to be an object", properties))
		return false;
	return str_eq(member_text(r->j, n, S("objectType")), S("StatementRef")) || wrong(r, n, "the objectType has to be StatementRef here");
}

static bool types_are(struct reading *r, uint32_t n)
{
	const struct json *j = r->j;
	if (j->nodes[n].type != JSON_LIST || !j->nodes[n].count)
		return wrong(r, n, "relevantTypes have to be a list of at least one IRI");
	for (uint32_t i = json_first(j, n); i; i = json_next(j, n, i))
		if (!iri_is(r, i))
			return false;
	return true;
}

static bool context_agent(struct reading *r, uint32_t n) { return agent_is(r, n, WIDE); }

static bool context_agents_are(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "objectType", true, text_is }, { "agent", true, context_agent }, { "relevantTypes", false, types_are } };
	const struct json *j = r->j;
	if (j->nodes[n].type != JSON_LIST)
		return wrong(r, n, "contextAgents have to be a list");
	for (uint32_t i = json_first(j, n); i; i = json_next(j, n, i)) {
		if (!PROPERTIES(r, i, "a context agent has to be an object", properties))
			return false;
		if (!str_eq(member_text(j, i, S("objectType")), S("contextAgent")))
			return wrong(r, i, "the objectType has to be contextAgent here");
	}
	return true;
}

static bool context_groups_are(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "objectType", true, text_is }, { "group", true, team_is }, { "relevantTypes", false, types_are } };
	const struct json *j = r->j;
	if (j->nodes[n].type != JSON_LIST)
		return wrong(r, n, "contextGroups have to be a list");
	for (uint32_t i = json_first(j, n); i; i = json_next(j, n, i)) {
		if (!PROPERTIES(r, i, "a context group has to be an object", properties))
			return false;
		if (!str_eq(member_text(j, i, S("objectType")), S("contextGroup")))
			return wrong(r, i, "the objectType has to be contextGroup here");
	}
	return true;
}

bool context_is(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "registration", false, registration_is }, { "instructor", false, instructor_is }, { "team", false, team_is },
		{ "contextActivities", false, context_activities_are }, { "revision", false, text_is }, { "platform", false, text_is }, { "language", false, language_is },
		{ "statement", false, reference_is }, { "extensions", false, extensions_are },
		{ "contextAgents", false, context_agents_are }, { "contextGroups", false, context_groups_are } };
	return properties_read(r, n, "a context has to be an object", properties, r->v == RULES_2_0_0 ? 11 : 9);
}

/* ---- Attachments ---- */

static bool media_type_is(struct reading *r, uint32_t n)
{
	return text_is(r, n) && (is_media_type(node_text(r->j, n)) || wrong(r, n, "this has to be a media type, such as text/plain"));
}

static bool length_is(struct reading *r, uint32_t n)
{
	int64_t length;
	return (r->j->nodes[n].type == JSON_NUMBER && str_to_int(node_text(r->j, n), &length) && length >= 0) || wrong(r, n, "the length has to be a whole number of bytes");
}

static bool sha2_is(struct reading *r, uint32_t n)
{
	return text_is(r, n) && (is_sha2(node_text(r->j, n)) || wrong(r, n, "this has to be a SHA-2 hash in hexadecimal digits"));
}

bool attachments_are(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "usageType", true, iri_is }, { "display", true, language_map_is }, { "description", false, language_map_is },
		{ "contentType", true, media_type_is }, { "length", true, length_is }, { "sha2", true, sha2_is }, { "fileUrl", false, iri_is } };
	const struct json *j = r->j;
	if (j->nodes[n].type != JSON_LIST)
		return wrong(r, n, "attachments have to be a list");
	if (j->nodes[n].count > 100)
		return wrong(r, n, "a statement has at most 100 attachments here");
	for (uint32_t i = json_first(j, n); i; i = json_next(j, n, i)) {
		if (!PROPERTIES(r, i, "an attachment has to be an object", properties))
			return false;
		struct attachment_mention *m = list_add(r->a, &r->s->attachments, struct attachment_mention);
		*m = (struct attachment_mention){ .sha2 = lower(r->a, member_text(j, i, S("sha2"))), .type = member_text(j, i, S("contentType")),
			.usage = member_text(j, i, S("usageType")), .elsewhere = json_find(j, i, S("fileUrl")) != 0, .node = i };
		m->signature = !r->inside && str_eq(m->usage, SIGNATURE_USAGE);
		if (m->signature && !str_eq_ignoring_case(m->type, S("application/octet-stream")))
			return wrong(r, i, "a signature has the contentType application/octet-stream");
	}
	return true;
}
