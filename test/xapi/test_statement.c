/* test_statement.c - what a statement may say and what not, requirement by requirement of xAPI 1.0.3 (part two) and 2.0.0. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "base/token.h"
#include "xapi/statement.h"

#define ACTOR  "\"actor\":{\"mbox\":\"mailto:anna@x.example\"}"
#define VERB   "\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/experienced\",\"display\":{\"en-US\":\"experienced\"}}"
#define OBJECT "\"object\":{\"id\":\"http://x.example/course/1\"}"
#define ID     "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"
#define WITH(more) "{" ACTOR "," VERB "," OBJECT "," more "}"
#define DEFINED(members) "{" ACTOR "," VERB ",\"object\":{\"id\":\"http://x.example/1\",\"definition\":{" members "}}}"
#define BY(members) "{\"actor\":{" members "}," VERB "," OBJECT "}"

struct rule { const char *number, *text, *place; };        /* place: where it is wrong; NULL: it is right */

static struct arena *arena;

static bool read_as(const char *text, enum rules rules, list *out, struct fault *fault)
{
	bool many;
	return statements_read(arena, str_of(text), rules, out, &many, fault);
}

static void check(const struct rule *r, enum rules rules)
{
	list out;
	struct fault fault;
	bool is = read_as(r->text, rules, &out, &fault);
	if (is != !r->place)
		fail_msg("%s %s: %s (" S_FMT ": %s)", r->number, is ? "was taken" : "was refused", r->text, S_ARG(fault.place), fault.what ? fault.what : "");
	if (r->place && !str_eq(fault.place, str_of(r->place)))
		fail_msg("%s is wrong at " S_FMT " (%s), not at %s: %s", r->number, S_ARG(fault.place), fault.what, r->place, r->text);
}

/* Rules that both versions have. */
static const struct rule both[] = {
	/* JSON itself */
	{ "4.1 json", "{", "byte 2" }, { "4.1 json", "", "byte 1" }, { "4.1 json", "[1,]", "byte 4" }, { "4.1 json", WITH("\"id\":\"" ID "\",\"id\":\"" ID "\""), "byte 229" },
	{ "4.1 json", "{\"a\":01}", "byte 6" }, { "4.1 json", "{\"a\":\"\\ud800\"}", "byte 12" }, { "4.1 json", "{\"a\":\"\xff\"}", "byte 1" }, { "4.1 json", "{} {}", "byte 4" },
	/* 2.2 s4: names, nulls, unknown properties */
	{ "XAPI-00001", WITH("\"result\":null"), "result" }, { "XAPI-00001", WITH("\"result\":{\"response\":null}"), "result.response" },
	{ "XAPI-00001", WITH("\"result\":{\"extensions\":{\"http://x.example/e\":null}}"), NULL },
	{ "XAPI-00002", WITH("\"colour\":\"red\""), "colour" }, { "XAPI-00002", WITH("\"Result\":{}"), "Result" },
	{ "XAPI-00003", "{" VERB "," OBJECT "}", "actor" }, { "XAPI-00004", "{" ACTOR "," OBJECT "}", "verb" }, { "XAPI-00005", "{" ACTOR "," VERB "}", "object" },
	{ "2.2", "[]", NULL }, { "2.2", "7", "" }, { "2.2", "[7]", "0" },
	/* 2.4.1 id */
	{ "XAPI-00027", WITH("\"id\":\"" ID "\""), NULL }, { "XAPI-00027", WITH("\"id\":\"" ID "8\""), "id" }, { "XAPI-00028", WITH("\"id\":7"), "id" },
	{ "XAPI-00027", WITH("\"id\":\"gd41c918-b88b-4b20-a0a5-a4c32391aaa0\""), "id" },
	/* 2.4.2 actor */
	{ "XAPI-00033", BY("\"name\":\"Anna\""), "actor" }, { "XAPI-00034", BY("\"mbox\":\"mailto:a@x.example\",\"openid\":\"http://x.example/a\""), "actor" },
	{ "XAPI-00035", BY("\"mbox\":\"a@x.example\""), "actor.mbox" }, { "XAPI-00035", BY("\"mbox\":\"mailto:x.example\""), "actor.mbox" }, { "XAPI-00035", BY("\"mbox\":7"), "actor.mbox" },
	{ "XAPI-00036", BY("\"mbox_sha1sum\":\"ebd31e95054c018b10727ccffd2ef2ec3a016ee9\""), NULL }, { "XAPI-00036", BY("\"mbox_sha1sum\":\"ebd31e\""), "actor.mbox_sha1sum" },
	{ "XAPI-00037", BY("\"openid\":\"anna\""), "actor.openid" }, { "XAPI-00037", BY("\"openid\":\"http://openid.example/anna\""), NULL },
	{ "XAPI-00038", BY("\"account\":{\"homePage\":\"http://x.example\",\"name\":\"17\"}"), NULL }, { "XAPI-00038", BY("\"account\":{\"homePage\":\"http://x.example\"}"), "actor.account.name" },
	{ "XAPI-00038", BY("\"account\":{\"homePage\":\"x\",\"name\":\"17\"}"), "actor.account.homePage" }, { "XAPI-00038", BY("\"account\":{\"name\":\"17\"}"), "actor.account.homePage" },
	{ "XAPI-00039", BY("\"objectType\":\"agent\",\"mbox\":\"mailto:a@x.example\""), "actor.objectType" }, { "XAPI-00039", BY("\"mbox\":\"mailto:a@x.example\",\"age\":7"), "actor.age" },
	{ "XAPI-00040", BY("\"objectType\":\"Group\",\"member\":[{\"mbox\":\"mailto:a@x.example\"}]"), NULL }, { "XAPI-00040", BY("\"objectType\":\"Group\""), "actor" },
	{ "XAPI-00040", BY("\"objectType\":\"Group\",\"member\":[]"), "actor.member" }, { "XAPI-00041", BY("\"objectType\":\"Group\",\"mbox\":\"mailto:t@x.example\""), NULL },
	{ "XAPI-00042", BY("\"objectType\":\"Group\",\"member\":[{\"objectType\":\"Group\",\"mbox\":\"mailto:t@x.example\"}]"), "actor.member.0" },
	{ "XAPI-00042", BY("\"objectType\":\"Group\",\"member\":[{\"name\":\"A\"}]"), "actor.member.0" },
	/* 2.4.3 verb */
	{ "XAPI-00043", "{" ACTOR ",\"verb\":{\"display\":{\"en\":\"x\"}}," OBJECT "}", "verb.id" }, { "XAPI-00044", "{" ACTOR ",\"verb\":{\"id\":\"read\"}," OBJECT "}", "verb.id" },
	{ "XAPI-00045", "{" ACTOR ",\"verb\":{\"id\":\"http://x.example/v\",\"display\":\"x\"}," OBJECT "}", "verb.display" },
	{ "XAPI-00045", "{" ACTOR ",\"verb\":{\"id\":\"http://x.example/v\",\"display\":{\"en\":7}}," OBJECT "}", "verb.display.en" },
	{ "XAPI-00121", "{" ACTOR ",\"verb\":{\"id\":\"http://x.example/v\",\"display\":{\"a12345678\":\"x\"}}," OBJECT "}", "verb.display.a12345678" },
	/* 2.4.4 object */
	{ "XAPI-00046", "{" ACTOR "," VERB ",\"object\":{\"objectType\":\"activity\",\"id\":\"http://x.example/1\"}}", "object.objectType" },
	{ "XAPI-00047", "{" ACTOR "," VERB ",\"object\":{\"id\":\"one\"}}", "object.id" }, { "XAPI-00047", "{" ACTOR "," VERB ",\"object\":{}}", "object.id" },
	{ "XAPI-00048", "{" ACTOR "," VERB ",\"object\":{\"id\":\"http://x.example/1\",\"definition\":7}}", "object.definition" },
	{ "XAPI-00049", DEFINED("\"interactionType\":\"guess\""), "object.definition.interactionType" }, { "XAPI-00049", DEFINED("\"interactionType\":\"numeric\",\"correctResponsesPattern\":[\"4[:]\"]"), NULL },
	{ "XAPI-00050", DEFINED("\"interactionType\":\"choice\",\"choices\":[{\"id\":\"a\"},{\"id\":\"a\"}]"), "object.definition.choices.1" },
	{ "XAPI-00050", DEFINED("\"interactionType\":\"choice\",\"choices\":[{\"description\":{\"en\":\"x\"}}]"), "object.definition.choices.0.id" },
	{ "XAPI-00051", DEFINED("\"interactionType\":\"numeric\",\"choices\":[{\"id\":\"a\"}]"), "object.definition.choices" },
	{ "XAPI-00060", DEFINED("\"type\":\"course\""), "object.definition.type" }, { "XAPI-00061", DEFINED("\"moreInfo\":\"here\""), "object.definition.moreInfo" },
	{ "XAPI-00063", DEFINED("\"extensions\":{\"colour\":1}"), "object.definition.extensions.colour" },
	{ "XAPI-00070", "{" ACTOR "," VERB ",\"object\":{\"objectType\":\"StatementRef\",\"id\":\"" ID "\"}}", NULL },
	{ "XAPI-00070", "{" ACTOR "," VERB ",\"object\":{\"objectType\":\"StatementRef\",\"id\":\"x\"}}", "object.id" },
	{ "XAPI-00080", "{" ACTOR "," VERB ",\"object\":{\"objectType\":\"SubStatement\"," ACTOR "," VERB "," OBJECT "}}", NULL },
	{ "XAPI-00081", "{" ACTOR "," VERB ",\"object\":{\"objectType\":\"SubStatement\",\"id\":\"" ID "\"," ACTOR "," VERB "," OBJECT "}}", "object.id" },
	{ "XAPI-00082", "{" ACTOR "," VERB ",\"object\":{\"objectType\":\"SubStatement\"," ACTOR "," VERB ",\"object\":{\"objectType\":\"SubStatement\"," ACTOR "," VERB "," OBJECT "}}}", "object.object" },
	/* 2.3.2 voiding */
	{ "XAPI-00017", "{" ACTOR ",\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/voided\"}," OBJECT "}", "object" },
	{ "XAPI-00020", "{" ACTOR ",\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/voided\"},\"object\":{\"objectType\":\"StatementRef\",\"id\":\"" ID "\"}}", NULL },
	/* 2.4.5 result */
	{ "XAPI-00083", WITH("\"result\":{\"score\":{\"scaled\":1.0001}}"), "result.score.scaled" }, { "XAPI-00083", WITH("\"result\":{\"score\":{\"scaled\":-1,\"raw\":3,\"min\":3,\"max\":4}}"), NULL },
	{ "XAPI-00084", WITH("\"result\":{\"score\":{\"raw\":5,\"max\":4}}"), "result.score.raw" }, { "XAPI-00085", WITH("\"result\":{\"score\":{\"min\":5,\"max\":4}}"), "result.score.min" },
	{ "XAPI-00086", WITH("\"result\":{\"success\":\"true\"}"), "result.success" }, { "XAPI-00087", WITH("\"result\":{\"duration\":\"P4W1D\"}"), "result.duration" },
	{ "XAPI-00087", WITH("\"result\":{\"duration\":\"PT16559.14S\"}"), NULL }, { "XAPI-00087", WITH("\"result\":{\"duration\":\"P\"}"), "result.duration" },
	{ "XAPI-00087", WITH("\"result\":{\"duration\":\"PT\"}"), "result.duration" }, { "XAPI-00087", WITH("\"result\":{\"duration\":\"P1DT\"}"), "result.duration" },
	{ "XAPI-00088", WITH("\"result\":{\"score\":{\"raw\":\"5\"}}"), "result.score.raw" },
	/* 2.4.6 context */
	{ "XAPI-00090", WITH("\"context\":{\"registration\":\"7\"}"), "context.registration" }, { "XAPI-00091", WITH("\"context\":{\"team\":{\"mbox\":\"mailto:a@x.example\"}}"), "context.team.objectType" },
	{ "XAPI-00092", WITH("\"context\":{\"contextActivities\":{\"parents\":[]}}"), "context.contextActivities.parents" },
	{ "XAPI-00092", WITH("\"context\":{\"contextActivities\":{\"parent\":{\"id\":\"http://x.example/p\"}}}"), NULL },
	{ "XAPI-00093", WITH("\"context\":{\"language\":\"not a language\"}"), "context.language" }, { "XAPI-00093", WITH("\"context\":{\"language\":\"sl-rozaj-biske-1994\"}"), NULL },
	{ "XAPI-00094", "{" ACTOR "," VERB ",\"object\":{\"objectType\":\"Agent\",\"mbox\":\"mailto:b@x.example\"},\"context\":{\"revision\":\"2\"}}", "context.revision" },
	{ "XAPI-00095", "{" ACTOR "," VERB ",\"object\":{\"objectType\":\"Agent\",\"mbox\":\"mailto:b@x.example\"},\"context\":{\"platform\":\"2\"}}", "context.platform" },
	{ "XAPI-00096", WITH("\"context\":{\"statement\":{\"id\":\"" ID "\"}}"), "context.statement.objectType" },
	/* 2.4.7, 4.5 moments */
	{ "XAPI-00123", WITH("\"timestamp\":\"01/011/2015\""), "timestamp" }, { "XAPI-00123", WITH("\"timestamp\":\"2008-09-15T15:53:00.601-00:00\""), "timestamp" },
	{ "XAPI-00123", WITH("\"timestamp\":\"2008-09-15T15:53:00.601-00\""), "timestamp" }, { "XAPI-00123", WITH("\"timestamp\":\"2016-12-31T23:59:60Z\""), "timestamp" },
	{ "XAPI-00123", WITH("\"timestamp\":\"10000-01-01T00:00:00Z\""), "timestamp" }, { "XAPI-00123", WITH("\"timestamp\":\"2023-02-29T00:00:00Z\""), "timestamp" },
	{ "XAPI-00123", WITH("\"timestamp\":\"2024-02-29T00:00:00.5+05:30\""), NULL }, { "XAPI-00123", WITH("\"timestamp\":\"20240229T101500Z\""), NULL },
	/* 2.4.9 authority, 2.4.11 attachments */
	{ "XAPI-00098", WITH("\"authority\":{\"objectType\":\"Group\",\"member\":[{\"mbox\":\"mailto:a@x.example\"}]}"), "authority" },
	{ "XAPI-00102", WITH("\"attachments\":[{\"usageType\":\"http://x.example/u\",\"display\":{\"en\":\"x\"},\"contentType\":\"text/plain\",\"length\":2.5,\"sha2\":\"495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a\"}]"), "attachments.0.length" },
	{ "XAPI-00103", WITH("\"attachments\":[{\"usageType\":\"http://x.example/u\",\"display\":{\"en\":\"x\"},\"contentType\":\"text/plain\",\"length\":2,\"sha2\":\"4953\"}]"), "attachments.0.sha2" },
	{ "XAPI-00105", WITH("\"attachments\":[{\"usageType\":\"http://x.example/u\",\"display\":{\"en\":\"x\"},\"contentType\":\"text\",\"length\":2,\"sha2\":\"495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a\"}]"), "attachments.0.contentType" },
	{ "XAPI-00025", WITH("\"attachments\":{}"), "attachments" },
	/* a batch names an id once */
	{ "2.1.1", "[" WITH("\"id\":\"" ID "\"") "," WITH("\"id\":\"" ID "\"") "]", "1" },
};

static const struct rule first_only[] = {
	{ "XAPI-00100", WITH("\"version\":\"1.0.9\""), NULL }, { "XAPI-00100", WITH("\"version\":\"2.0.0\""), "version" }, { "XAPI-00100", WITH("\"version\":\"1.1\""), "version" },
	{ "4.5", WITH("\"timestamp\":\"2015-11-18T12:17:00\""), NULL }, { "2.4.6", WITH("\"context\":{\"contextAgents\":[]}"), "context.contextAgents" },
};

#define AGENT(more) WITH("\"context\":{\"contextAgents\":[{\"objectType\":\"contextAgent\",\"agent\":{\"mbox\":\"mailto:c@x.example\"}" more "}]}")
static const struct rule second_only[] = {
	{ "4.2.4.3", WITH("\"version\":\"2.0.1\""), NULL }, { "4.2.4.3", WITH("\"version\":\"3.0\""), "version" },
	{ "4.2.7", WITH("\"timestamp\":\"2015-11-18T12:17:00\""), "timestamp" },
	{ "4.2.2.5", AGENT(""), NULL }, { "4.2.2.5", AGENT(",\"relevantTypes\":[]"), "context.contextAgents.0.relevantTypes" },
	{ "4.2.2.5", AGENT(",\"relevantTypes\":[\"abc\"]"), "context.contextAgents.0.relevantTypes.0" },
	{ "4.2.2.5", WITH("\"context\":{\"contextGroups\":[{\"objectType\":\"contextAgent\",\"group\":{\"objectType\":\"Group\",\"mbox\":\"mailto:t@x.example\"}}]}"), "context.contextGroups.0" },
};

static void every_rule_holds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof both / sizeof *both; i++) {
		check(&both[i], RULES_1_0_3);
		check(&both[i], RULES_2_0_0);
	}
	for (size_t i = 0; i < sizeof first_only / sizeof *first_only; i++)
		check(&first_only[i], RULES_1_0_3);
	for (size_t i = 0; i < sizeof second_only / sizeof *second_only; i++)
		check(&second_only[i], RULES_2_0_0);
}

static const struct statement *read_one(const char *text)
{
	list out;
	struct fault fault;
	if (!read_as(text, RULES_1_0_3, &out, &fault))
		fail_msg(S_FMT ": %s", S_ARG(fault.place), fault.what);
	return list_item(out, struct statement, 0);
}

static bool same(const char *a, const char *b)
{
	return str_eq(read_one(a)->digest, read_one(b)->digest);
}

static void what_may_differ_does_not_count(void **state)
{
	(void)state;
	const char *plain = WITH("\"result\":{\"duration\":\"PT1.005S\",\"score\":{\"raw\":1.0}}");
	assert_true(same(plain, "{\"result\":{\"score\":{\"raw\":1},\"duration\":\"PT1.00S\"}," OBJECT "," VERB "," ACTOR ",\"stored\":\"2020-01-01T00:00:00Z\",\"version\":\"1.0.3\"}"));
	assert_false(same(plain, WITH("\"result\":{\"duration\":\"PT1.02S\",\"score\":{\"raw\":1.0}}")));
	assert_false(same(plain, WITH("\"result\":{\"duration\":\"PT1.005S\",\"score\":{\"raw\":2}}")));
	assert_true(same("{" ACTOR ",\"verb\":{\"id\":\"http://x.example/v\"}," OBJECT "}", "{" ACTOR ",\"verb\":{\"id\":\"http://x.example/v\",\"display\":{\"en\":\"v\"}}," OBJECT "}"));
	assert_true(same(BY("\"objectType\":\"Group\",\"member\":[{\"mbox\":\"mailto:a@x.example\"},{\"mbox\":\"mailto:b@x.example\"}]"),
		BY("\"objectType\":\"Group\",\"member\":[{\"mbox\":\"mailto:b@x.example\"},{\"objectType\":\"Agent\",\"mbox\":\"mailto:a@x.example\"}]")));
	assert_true(same(WITH("\"context\":{\"contextActivities\":{\"parent\":{\"id\":\"http://x.example/p\"}}}"), WITH("\"context\":{\"contextActivities\":{\"parent\":[{\"id\":\"http://x.example/p\"}]}}")));
	assert_false(same(WITH("\"result\":{\"extensions\":{\"http://x.example/e\":{\"display\":1}}}"), WITH("\"result\":{\"extensions\":{\"http://x.example/e\":{\"display\":2}}}")));
}

static str kept(const char *text, enum rules rules)
{
	list out;
	struct fault fault;
	struct buffer b = { 0 };
	assert_true(read_as(text, rules, &out, &fault));
	const struct statement *s = list_item(out, struct statement, 0);
	statement_write(arena, &b, s, &(const struct statement_given){ S(ID), 1764146134123456, S("{\"mbox\":\"mailto:who@x.example\"}") });
	str copy = text_copy(arena, buffer_text(&b));
	buffer_done(&b);
	return copy;
}

static void the_bytes_stay_and_five_are_put_between(void **state)
{
	(void)state;
	assert_string_equal(kept("{ \"object\" : {\"id\":\"http://x.example/1\"},\n" VERB ", " ACTOR ", \"result\":{\"score\":{\"raw\":1.50e2}} }", RULES_1_0_3).at,
		"{ \"object\" : {\"id\":\"http://x.example/1\"},\n" VERB ", " ACTOR ", \"result\":{\"score\":{\"raw\":1.50e2}}"
		",\"id\":\"" ID "\",\"timestamp\":\"2025-11-26T08:35:34.123456Z\",\"stored\":\"2025-11-26T08:35:34.123456Z\",\"authority\":{\"mbox\":\"mailto:who@x.example\"},\"version\":\"1.0.0\"}");
	str again = kept(WITH("\"id\":\"FD41C918-B88B-4B20-A0A5-A4C32391AAA0\",\"stored\":\"2001-01-01T00:00:00Z\",\"authority\":{\"mbox\":\"mailto:liar@x.example\"},\"version\":\"1.0.2\",\"timestamp\":\"2020-01-01T00:00:00+01:00\""), RULES_2_0_0);
	assert_true(str_has(again, S("\"id\":\"FD41C918-B88B-4B20-A0A5-A4C32391AAA0\",\"stored\":\"2025-11-26T08:35:34.123456Z\",\"authority\":{\"mbox\":\"mailto:who@x.example\"},\"version\":\"1.0.2\",\"timestamp\":\"2019-12-31T23:00:00.000000Z\"}")));
	assert_false(str_has(again, S("liar")));
}

static void who_is_in_it_is_found(void **state)
{
	(void)state;
	const struct statement *s = read_one("{" ACTOR "," VERB ",\"object\":{\"objectType\":\"SubStatement\",\"actor\":{\"openid\":\"http://o.example/b\"}," VERB "," OBJECT "},"
		"\"context\":{\"instructor\":{\"mbox_sha1sum\":\"EBD31E95054C018B10727CCFFD2EF2EC3A016EE9\"},\"team\":{\"objectType\":\"Group\",\"member\":[{\"account\":{\"homePage\":\"http://h.example\",\"name\":\"c d\"}}]},"
		"\"registration\":\"" ID "\",\"contextActivities\":{\"grouping\":[{\"id\":\"http://x.example/g\"}]}},\"authority\":{\"mbox\":\"mailto:liar@x.example\"},\"result\":{\"duration\":\"PT1H30M\"}}");
	static const struct mention wanted[] = { { ACTING, "mbox", { "mailto:anna@x.example", 21 }, { 0 } }, { WIDE, "openid", { "http://o.example/b", 18 }, { 0 } },
		{ WIDE, "mbox_sha1sum", { "ebd31e95054c018b10727ccffd2ef2ec3a016ee9", 40 }, { 0 } }, { WIDE, "account", { "http://h.example c d", 20 }, { 0 } } };
	assert_int_equal(s->mentions.count, 4);
	for (size_t i = 0; i < 4; i++) {
		const struct mention *m = list_item(s->mentions, struct mention, i);
		assert_int_equal(m->where, wanted[i].where);
		assert_string_equal(m->kind, wanted[i].kind);
		assert_true(str_eq(m->key, wanted[i].key));
	}
	assert_int_equal(s->activities.count, 2);
	assert_false(list_item(s->activities, struct activity_mention, 0)->object);
	assert_true(s->seconds == 5400);
	assert_true(str_eq(s->registration, S(ID)));
}

static void a_million_levels_cost_nothing(void **state)
{
	(void)state;
	size_t deep = 1000000;
	char *text = arena_take(arena, deep + 1);
	memset(text, '[', deep);
	list out;
	struct fault fault;
	bool many;
	assert_false(statements_read(arena, (str){ text, deep }, RULES_1_0_3, &out, &many, &fault));
	assert_string_equal(fault.what, "this nests too deep");
}

static void moments_and_durations_are_reckoned(void **state)
{
	(void)state;
	int64_t us;
	double seconds;
	char text[28] = { 0 };
	assert_true(time_read(S("1970-01-01T00:00:00Z"), true, &us) && us == 0);
	assert_true(time_read(S("2026-11-26T09:35:34.1234567+01:00"), true, &us));
	time_put(text, us);
	assert_string_equal(text, "2026-11-26T08:35:34.123456Z");
	assert_true(time_read(S("0001-01-01T00:00:00Z"), true, &us));
	time_put(text, us);
	assert_string_equal(text, "0001-01-01T00:00:00.000000Z");
	assert_true(duration_read(S("P1DT2H3M4.5S"), &seconds) && fabs(seconds - 93784.5) < 1e-9);
	assert_true(duration_read(S("P4W"), &seconds) && fabs(seconds - 28 * 86400) < 1e-9);
	assert_false(duration_read(S("PT1.5H3M"), &seconds));
	assert_false(duration_read(S("PT3M1H"), &seconds));
}

static void the_small_languages_are_known(void **state)
{
	(void)state;
	static const char *const tags[] = { "en", "nl-NL", "zh-Hant-TW", "sr-Latn", "es-419", "de-CH-1996", "x-whatever", "en-a-bbb-x-a", "i-klingon", "zh-yue-HK", "a1b2c3d4", "en-", "-en", "e", "en--US", "en-a", "x-", "en-123456789" };
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		assert_int_equal(is_language(str_of(tags[i])), i < 10);
	static const char *const iris[] = { "http://x.example", "urn:uuid:1", "tag:x@y,2020:z", "https://x.example/a%20b?c#d", "http://x.example/\xc3\xa9", "x", "ab=c://x", "http://x.example/a b", "http://x.example/%zz", "http:", ":x", "1a:b", "http://x.example/#a#b" };
	for (size_t i = 0; i < sizeof iris / sizeof *iris; i++)
		assert_int_equal(is_iri(str_of(iris[i])), i < 5);
}

static int start(void **state)
{
	(void)state;
	arena = arena_new();
	return token_start() ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_holds),
		cmocka_unit_test(what_may_differ_does_not_count),
		cmocka_unit_test(the_bytes_stay_and_five_are_put_between),
		cmocka_unit_test(who_is_in_it_is_found),
		cmocka_unit_test(a_million_levels_cost_nothing),
		cmocka_unit_test(moments_and_durations_are_reckoned),
		cmocka_unit_test(the_small_languages_are_known),
	};
	return cmocka_run_group_tests_name("statement", tests, start, end);
}
