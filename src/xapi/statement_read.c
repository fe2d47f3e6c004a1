/* statement_read.c - from bytes to statements: one, or a list of them, all of them right or none taken. */
#include "reading.h"
#include <math.h>
#include <string.h>

#define VOIDED S("http://adlnet.gov/expapi/verbs/voided")

static bool acting(struct reading *r, uint32_t n) { return actor_is(r, n, ACTING); }

static bool verb_is(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "id", true, iri_is }, { "display", false, language_map_is } };
	if (!PROPERTIES(r, n, "a verb has to be an object", properties))
		return false;
	if (!r->inside) {
		r->s->verb = member_text(r->j, n, S("id"));
		r->s->display = json_find(r->j, n, S("display"));
	}
	return true;
}

static bool id_is(struct reading *r, uint32_t n)
{
	if (!uuid_is(r, n))
		return false;
	r->s->id = lower(r->a, node_text(r->j, n));
	return true;
}

static bool moment_read(struct reading *r, uint32_t n, int64_t *us)
{
	return text_is(r, n) && (time_read(node_text(r->j, n), r->v == RULES_2_0_0, us)
		|| wrong(r, n, "this has to be a moment by ISO 8601 (RFC 3339), such as 2026-11-26T08:35:34.123Z; not with the zone -00:00, and no sixtieth second"));
}

static bool timestamp_is(struct reading *r, uint32_t n)
{
	int64_t us;
	if (!moment_read(r, n, &us))
		return false;
	if (!r->inside) {
		r->s->has_time = true;
		r->s->time_us = us;
	}
	return true;
}

static bool stored_is(struct reading *r, uint32_t n)
{
	int64_t us;
	return moment_read(r, n, &us);
}

/* 1.0.3 keeps 1.0 and whatever begins with 1.0.; 2.0.0 also its own. */
static bool version_is(struct reading *r, uint32_t n)
{
	if (!text_is(r, n))
		return false;
	str version = node_text(r->j, n);
	bool one = str_eq(version, S("1.0")) || str_starts(version, S("1.0."));
	bool two = r->v == RULES_2_0_0 && (str_eq(version, S("2.0")) || str_starts(version, S("2.0.")));
	bool plain = version.len <= 20;
	for (size_t i = 0; i < version.len && plain; i++)
		plain = (version.at[i] >= '0' && version.at[i] <= '9') || version.at[i] == '.';
	r->s->version = version;
	return ((one || two) && plain) || wrong(r, n, r->v == RULES_2_0_0 ? "the version has to begin with 2.0. or 1.0." : "the version has to begin with 1.0.");
}

static bool object_is(struct reading *r, uint32_t n);

static bool reference_is(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "objectType", true, text_is }, { "id", true, uuid_is } };
	if (!PROPERTIES(r, n, "a StatementRef has to be an object", properties))
		return false;
	if (!r->inside)
		r->s->target = lower(r->a, member_text(r->j, n, S("id")));
	return true;
}

/* What two parts of a statement have to do with each other. */
static bool whole_is(struct reading *r, uint32_t n)
{
	const struct json *j = r->j;
	uint32_t object = json_find(j, n, S("object")), context = json_find(j, n, S("context"));
	str type = member_text(j, object, S("objectType"));
	if (!context || !type.len || str_eq(type, S("Activity")))
		return true;
	uint32_t revision = json_find(j, context, S("revision")), platform = json_find(j, context, S("platform"));
	if (revision)
		return wrong(r, revision, "a revision is only said of an Activity");
	if (platform)
		return wrong(r, platform, "a platform is only said of an Activity");
	return true;
}

static bool sub_object_is(struct reading *r, uint32_t n)
{
	if (str_eq(member_text(r->j, n, S("objectType")), S("SubStatement")))
		return wrong(r, n, "a SubStatement holds no other one");
	return object_is(r, n);
}

static bool sub_statement_is(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "objectType", true, text_is }, { "actor", true, acting }, { "verb", true, verb_is }, { "object", true, sub_object_is },
		{ "result", false, result_is }, { "context", false, context_is }, { "timestamp", false, timestamp_is }, { "attachments", false, attachments_are } };
	r->inside = true;
	bool is = PROPERTIES(r, n, "a SubStatement has to be an object", properties) && whole_is(r, n);
	r->inside = false;
	return is;
}

static bool object_is(struct reading *r, uint32_t n)
{
	if (r->j->nodes[n].type != JSON_OBJECT)
		return wrong(r, n, "the object of a statement has to be an object");
	uint32_t at = json_find(r->j, n, S("objectType"));
	if (at && !text_is(r, at))
		return false;
	str type = at ? node_text(r->j, at) : S("Activity");
	if (str_eq(type, S("Activity")))
		return activity_is(r, n, !r->inside);
	if (str_eq(type, S("Agent")))
		return agent_is(r, n, NARROW);
	if (str_eq(type, S("Group")))
		return group_is(r, n, NARROW);
	if (str_eq(type, S("StatementRef")))
		return reference_is(r, n);
	if (str_eq(type, S("SubStatement")))
		return sub_statement_is(r, n);
	return wrong(r, at, "the objectType has to be Activity, Agent, Group, StatementRef or SubStatement");
}

static bool statement_is(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "actor", true, acting }, { "verb", true, verb_is }, { "object", true, object_is }, { "id", false, id_is },
		{ "result", false, result_is }, { "context", false, context_is }, { "timestamp", false, timestamp_is }, { "stored", false, stored_is },
		{ "authority", false, authority_is }, { "version", false, version_is }, { "attachments", false, attachments_are } };
	const struct json *j = r->j;
	struct statement *s = r->s;
	if (!PROPERTIES(r, n, "a statement has to be an object", properties) || !whole_is(r, n))
		return false;
	if (j->nodes[n].end - j->nodes[n].at > STATEMENT_BYTES_MAX)
		return wrong(r, n, "a statement has at most 1 MB here");
	s->voids = str_eq(s->verb, VOIDED);
	if (s->voids && !s->target.len)
		return wrong(r, json_find(j, n, S("object")), "voiding is said of a StatementRef");
	s->digest = statement_digest(r->a, s, false);
	return true;
}

/* The authority that a client wrote is not kept, so nobody is found by it. */
static void authority_forget(struct reading *r, uint32_t n)
{
	uint32_t authority = json_find(r->j, n, S("authority"));
	if (!authority)
		return;
	struct statement *s = r->s, again = { 0 };
	struct reading of = { .a = r->a, .j = r->j, .v = r->v, .s = &again, .fault = r->fault };
	static const char *const others[] = { "actor", "object", "context" };
	for (size_t i = 0; i < 3; i++) {
		uint32_t part = json_find(r->j, n, str_of(others[i]));
		if (part)
			(void)(i == 0 ? acting(&of, part) : i == 1 ? object_is(&of, part) : context_is(&of, part));
	}
	s->mentions = again.mentions;
}

bool statements_read(struct arena *a, str body, enum rules v, list *out, bool *many, struct fault *fault)
{
	struct json *j = arena_new_of(a, struct json);
	struct json_fault bad;
	*fault = (struct fault){ 0 };
	*out = (list){ 0 };
	if (!json_read(a, body, JSON_LEVELS_MAX, j, &bad)) {
		*fault = (struct fault){ text_format(a, "byte %zu", bad.at + 1), bad.what };
		return false;
	}
	struct reading r = { .a = a, .j = j, .v = v, .fault = fault };
	*many = j->nodes[0].type == JSON_LIST;
	uint32_t count = *many ? j->nodes[0].count : 1;
	if (count > STATEMENTS_MAX)
		return wrong(&r, 0, "a batch has at most 1,000 statements here; send the rest in another");
	struct map seen = { 0 };
	for (uint32_t n = *many ? json_first(j, 0) : 0, i = 0; i < count; i++, n = *many ? json_next(j, 0, n) : 0) {
		struct statement *s = list_add(a, out, struct statement);
		*s = (struct statement){ .json = j, .node = n, .seconds = NAN, .by = v };
		r.s = s;
		if (!statement_is(&r, n))
			return false;
		authority_forget(&r, n);
		if (s->id.len && !map_put(a, &seen, s->id, 1, NULL))
			return wrong(&r, n, "an id stands once in a batch");
	}
	return true;
}
