/* test_documents.c - state, agent profiles and activity profiles, as 1.0.3 and 2.0.0 say, by what they say. */
#include "tool.h"
#include <string.h>

#define ACTIVITY "activityId=https%3A%2F%2Fx.example%2Fcourse"
#define ANNA     "agent=%7B%22mbox%22%3A%22mailto%3Aanna%40x.example%22%7D"
#define BERT     "agent=%7B%22account%22%3A%7B%22homePage%22%3A%22https%3A%2F%2Fx.example%22%2C%22name%22%3A%22bert%22%7D%7D"
#define STATE    "/xapi/activities/state?" ACTIVITY "&" ANNA
#define AGENT    "/xapi/agents/profile?" ANNA
#define PROFILE  "/xapi/activities/profile?" ACTIVITY

static const char *both[] = { "1.0.3", "2.0.0" };

/* Communication 2.2.s3, XAPI-00188 to XAPI-00193: what is put comes back as it was, with type, tag and moment; then it goes. */
static void what_is_kept_comes_back_as_it_came(void **state)
{
	struct app *app = *state;
	const char *tool = tool_new(app, "all", ALL_SCOPES);
	app_serve(app, false);
	static const char *const places[] = { STATE "&stateId=one", AGENT "&profileId=one", PROFILE "&profileId=one" };
	for (size_t v = 0; v < 2; v++)
		for (size_t i = 0; i < 3; i++) {
			const char *plain = with(app, tool, both[v], NULL), *new = with(app, tool, both[v], "If-None-Match: *\r\n");
			str bytes = S("any\0bytes\xFF of any type");
			assert_int_equal(ask(app, "GET", places[i], plain, NULL, (str){ 0 }).status, 404);
			assert_int_equal(ask(app, "PUT", places[i], new, "application/x-own", bytes).status, 204);
			struct page p = ask(app, "GET", places[i], plain, NULL, (str){ 0 });
			assert_int_equal(p.status, 200);
			assert_true(str_eq(p.body, bytes));
			assert_true(str_eq(header_of(p, "Content-Type"), S("application/x-own")));
			assert_int_equal(header_of(p, "ETag").len, 42);
			assert_true(str_ends(header_of(p, "Last-Modified"), S(" GMT")));
			struct page head = ask(app, "HEAD", places[i], plain, NULL, (str){ 0 });
			assert_int_equal(head.status, 200);
			assert_int_equal(head.body.len, 0);
			assert_true(str_eq(header_of(head, "ETag"), header_of(p, "ETag")));
			str tag = text_format(app->arena, "If-None-Match: " S_FMT "\r\n", S_ARG(header_of(p, "ETag")));
			assert_int_equal(ask(app, "GET", places[i], with(app, tool, both[v], text_c(app->arena, tag)), NULL, (str){ 0 }).status, 304);
			assert_int_equal(ask(app, "DELETE", places[i], plain, NULL, (str){ 0 }).status, 204);
			assert_int_equal(ask(app, "GET", places[i], plain, NULL, (str){ 0 }).status, 404);
		}
}

/* Communication 3.1, XAPI-00322; 2.0.0, 4.1.4: nobody overwrites what they have not seen. */
static void nobody_overwrites_what_they_have_not_seen(void **state)
{
	struct app *app = *state;
	const char *tool = tool_new(app, "all", ALL_SCOPES);
	app_serve(app, false);
	static const char *const places[] = { STATE "&stateId=two", AGENT "&profileId=two", PROFILE "&profileId=two" };
	for (size_t v = 0; v < 2; v++)
		for (size_t i = 0; i < 3; i++) {
			const char *plain = with(app, tool, both[v], NULL), *new = with(app, tool, both[v], "If-None-Match: *\r\n");
			bool older_state = v == 0 && i == 0;
			ask(app, "DELETE", places[i], plain, NULL, (str){ 0 });
			/* 1.0.3 wants a profile's PUT to say that it is new. */
			if (v == 0 && i > 0)
				assert_int_equal(ask(app, "PUT", places[i], plain, "application/json", S("{\"a\":1}")).status, 400);
			assert_int_equal(ask(app, "PUT", places[i], with(app, tool, both[v], "If-Match: \"1234\"\r\n"), "application/json", S("{\"a\":1}")).status, 412);
			assert_int_equal(ask(app, "PUT", places[i], new, "application/json", S("{\"a\":1}")).status, 204);
			assert_int_equal(ask(app, "PUT", places[i], new, "application/json", S("{\"a\":2}")).status, 412);
			struct page p = ask(app, "PUT", places[i], plain, "application/json", S("{\"a\":3}"));
			assert_int_equal(p.status, older_state ? 204 : 409);
			if (!older_state)
				assert_true(str_has(p.body, S("If-Match")));
			p = ask(app, "GET", places[i], plain, NULL, (str){ 0 });
			assert_true(str_eq(p.body, older_state ? S("{\"a\":3}") : S("{\"a\":1}")));
			const char *mine = with(app, tool, both[v], text_c(app->arena, text_format(app->arena, "If-Match: " S_FMT "\r\n", S_ARG(header_of(p, "ETag")))));
			assert_int_equal(ask(app, "POST", places[i], with(app, tool, both[v], "If-Match: \"1234\"\r\n"), "application/json", S("{\"a\":4}")).status, 412);
			assert_int_equal(ask(app, "DELETE", places[i], with(app, tool, both[v], "If-Match: \"1234\"\r\n"), NULL, (str){ 0 }).status, 412);
			assert_int_equal(ask(app, "PUT", places[i], mine, "application/json", S("{\"a\":5}")).status, 204);
			assert_int_equal(ask(app, "PUT", places[i], mine, "application/json", S("{\"a\":6}")).status, 412);
			assert_true(str_eq(ask(app, "GET", places[i], plain, NULL, (str){ 0 }).body, S("{\"a\":5}")));
			ask(app, "DELETE", places[i], plain, NULL, (str){ 0 });
		}
}

/* Communication 2.2.s7 and s8, XAPI-00183, XAPI-00184, XAPI-00229 to XAPI-00234, XAPI-00314: merged one level deep, or refused and untouched. */
static void a_post_merges_one_level_deep(void **state)
{
	struct app *app = *state;
	const char *tool = with(app, tool_new(app, "all", ALL_SCOPES), "2.0.0", NULL);
	app_serve(app, false);
	static const char *const places[] = { STATE "&stateId=three", AGENT "&profileId=three", PROFILE "&profileId=three" };
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(ask(app, "POST", places[i], tool, "application/json", S("{\"a\":{\"x\":1,\"y\":2},\"b\":1.50,\"big\":12345678901234567890}")).status, 204);
		assert_int_equal(ask(app, "POST", places[i], tool, "application/json; charset=utf-8", S("{ \"a\" : {\"z\":3}, \"c\":null}")).status, 204);
		assert_true(str_eq(ask(app, "GET", places[i], tool, NULL, (str){ 0 }).body, S("{\"a\":{\"z\":3},\"b\":1.50,\"big\":12345678901234567890,\"c\":null}")));
		assert_int_equal(ask(app, "POST", places[i], tool, "text/plain", S("hello")).status, 400);
		assert_int_equal(ask(app, "POST", places[i], tool, "application/json", S("[1]")).status, 400);
		struct page p = ask(app, "POST", places[i], tool, "application/json", S("{\"a\":1}["));
		assert_int_equal(p.status, 400);
		assert_true(str_has(p.body, S("byte")));
		assert_int_equal(ask(app, "POST", places[i], tool, "application/json", S("{\"a\":1,\"a\":2}")).status, 400);
		assert_true(str_has(ask(app, "GET", places[i], tool, NULL, (str){ 0 }).body, S("\"c\":null")));
		ask(app, "DELETE", places[i], tool, NULL, (str){ 0 });
		assert_int_equal(ask(app, "POST", places[i], tool, "text/plain", S("hello")).status, 204);
		assert_int_equal(ask(app, "POST", places[i], tool, "application/json", S("{\"a\":1}")).status, 400);
		assert_true(str_eq(ask(app, "GET", places[i], tool, NULL, (str){ 0 }).body, S("hello")));
	}
}

/* Communication 2.3.s3 to s5, XAPI-00194 to XAPI-00228: ids, since, registration, and all of one context at once. */
static void a_state_belongs_to_agent_activity_and_registration(void **state)
{
	struct app *app = *state;
	const char *tool = with(app, tool_new(app, "all", ALL_SCOPES), "1.0.3", NULL);
	app_serve(app, false);
#define REGISTERED "&registration=6F2B5A50-6a4c-4c4b-9e0a-52b3a1f0c001"
	assert_int_equal(ask(app, "PUT", STATE "&stateId=a", tool, "application/json", S("{}")).status, 204);
	assert_int_equal(ask(app, "PUT", STATE "&stateId=b", tool, "application/json", S("{}")).status, 204);
	assert_int_equal(ask(app, "PUT", STATE "&stateId=a" REGISTERED, tool, "text/plain", S("registered")).status, 204);
	assert_int_equal(ask(app, "PUT", "/xapi/activities/state?" ACTIVITY "&" BERT "&stateId=b", tool, "text/plain", S("bert")).status, 204);
	assert_true(str_eq(ask(app, "GET", STATE, tool, NULL, (str){ 0 }).body, S("[\"a\",\"b\"]")));
	assert_true(str_eq(ask(app, "GET", STATE REGISTERED, tool, NULL, (str){ 0 }).body, S("[\"a\"]")));
	assert_true(str_eq(ask(app, "GET", STATE "&stateId=a", tool, NULL, (str){ 0 }).body, S("{}")));
	assert_true(str_eq(ask(app, "GET", STATE "&stateId=a&registration=6f2b5a50-6a4c-4c4b-9e0a-52b3a1f0c001", tool, NULL, (str){ 0 }).body, S("registered")));
	sql(app, "update xapi_document set changed = 1000 where name = 'a'");
	assert_true(str_eq(ask(app, "GET", STATE "&since=2020-01-01T00%3A00%3A00Z", tool, NULL, (str){ 0 }).body, S("[\"b\"]")));
	assert_true(str_eq(ask(app, "GET", STATE "&since=2999-01-01T00%3A00%3A00Z", tool, NULL, (str){ 0 }).body, S("[]")));
	assert_int_equal(ask(app, "DELETE", STATE REGISTERED, tool, NULL, (str){ 0 }).status, 204);
	assert_int_equal(ask(app, "GET", STATE "&stateId=a", tool, NULL, (str){ 0 }).status, 200);
	assert_int_equal(ask(app, "DELETE", STATE, tool, NULL, (str){ 0 }).status, 204);
	assert_true(str_eq(ask(app, "GET", STATE, tool, NULL, (str){ 0 }).body, S("[]")));
	assert_int_equal(sql_number(app, "select count(*) from xapi_document"), 1);
}

/* XAPI-00196 to XAPI-00215, XAPI-00258 to XAPI-00267, XAPI-00295 to XAPI-00309, XAPI-00324, XAPI-00325. */
static void what_is_wrong_is_said_and_where(void **state)
{
	struct app *app = *state;
	const char *tool = with(app, tool_new(app, "all", ALL_SCOPES), "2.0.0", NULL);
	app_serve(app, false);
	static const struct { const char *method, *path, *place; } wrong[] = {
		{ "PUT", "/xapi/activities/state?" ANNA "&stateId=x", "activityId" }, { "GET", "/xapi/activities/state?activityId=true&" ANNA, "activityId" },
		{ "POST", "/xapi/activities/state?" ACTIVITY "&stateId=x", "agent" }, { "GET", "/xapi/activities/state?" ACTIVITY "&agent=not%20json", "agent" },
		{ "DELETE", "/xapi/activities/state?" ACTIVITY "&agent=%7B%22mbox%22%3A%22anna%22%7D", "agent" }, { "PUT", STATE, "stateId" },
		{ "GET", STATE "&registration=1", "registration" }, { "GET", STATE "&since=yesterday", "since" }, { "DELETE", STATE "&since=2026-01-01T00%3A00%3A00Z", "since" },
		{ "PUT", AGENT, "profileId" }, { "DELETE", PROFILE, "profileId" }, { "GET", "/xapi/agents/profile", "agent" }, { "GET", "/xapi/activities/profile?profileId=x", "activityId" },
		{ "GET", STATE "&StateId=x", "StateId" }, { "GET", STATE "&" ANNA, "agent" }, { "GET", "/xapi/agents", "agent" }, { "GET", "/xapi/agents?agent=%7B%7D", "agent" },
		{ "GET", "/xapi/activities", "activityId" }, { "GET", "/xapi/activities?activityId=true", "activityId" }, { "GET", STATE "&body=x", "body" } };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		bool sends = wrong[i].method[0] == 'P';
		struct page p = ask(app, wrong[i].method, wrong[i].path, tool, sends ? "application/json" : NULL, sends ? S("{}") : (str){ 0 });
		if (p.status != 400 || !str_has(p.body, str_of(wrong[i].place)))
			print_error("%s %s: %d " S_FMT "\n", wrong[i].method, wrong[i].path, p.status, S_ARG(p.body));
		assert_int_equal(p.status, 400);
		assert_true(str_has(p.body, str_of(wrong[i].place)));
	}
	assert_int_equal(sql_number(app, "select count(*) from xapi_document"), 0);
	/* Too large is said before it is read. */
	str large = { arena_take(app->arena, 5 << 20), 5 << 20 };
	assert_int_equal(ask(app, "POST", STATE "&stateId=x", tool, "text/plain", large).status, 413);
}

/* Communication 2.4 and 2.5, XAPI-00236 to XAPI-00254. */
static void agents_and_activities_are_told_whole(void **state)
{
	struct app *app = *state;
	const char *tool = with(app, tool_new(app, "all", ALL_SCOPES), "2.0.0", NULL);
	sql(app, "insert into person (id, person_id, name, fold, made) values (1, 'p1', 'Anna', 'anna', 1)");
	sql(app, "insert into xapi_actor (kind, key, name, person, made) values ('mbox', 'mailto:anna@x.example', 'Anna', 1, 1), ('account', 'https://x.example anna', 'A.', 1, 1), ('mbox', 'mailto:bert@x.example', 'Bert', null, 1)");
	sql(app, "insert into xapi_activity (iri, definition) values ('https://x.example/course', '{\"name\":{\"nl\":\"Cursus\"}}')");
	app_serve(app, false);
	struct page p = ask(app, "GET", "/xapi/agents?" ANNA, tool, NULL, (str){ 0 });
	assert_int_equal(p.status, 200);
	assert_true(str_eq(p.body, S("{\"objectType\":\"Person\",\"name\":[\"Anna\",\"A.\"],\"mbox\":[\"mailto:anna@x.example\"],\"account\":[{\"homePage\":\"https://x.example\",\"name\":\"anna\"}]}")));
	p = ask(app, "GET", "/xapi/agents?agent=%7B%22mbox%22%3A%22mailto%3Anobody%40x.example%22%7D", tool, NULL, (str){ 0 });
	assert_true(str_eq(p.body, S("{\"objectType\":\"Person\",\"mbox\":[\"mailto:nobody@x.example\"]}")));
	p = ask(app, "GET", "/xapi/activities?" ACTIVITY, tool, NULL, (str){ 0 });
	assert_true(str_eq(p.body, S("{\"objectType\":\"Activity\",\"id\":\"https://x.example/course\",\"definition\":{\"name\":{\"nl\":\"Cursus\"}}}")));
	p = ask(app, "GET", "/xapi/activities?activityId=urn%3Ax", tool, NULL, (str){ 0 });
	assert_true(str_eq(p.body, S("{\"objectType\":\"Activity\",\"id\":\"urn:x\"}")));
}

/* Communication 4.0, XAPI-00334, XAPI-00335: wrong all alike, too little 403; a browser is not sent to a window. */
static void credentials_open_what_they_may(void **state)
{
	struct app *app = *state;
	const char *player = tool_new(app, "player", 1 | 2 | 8), *reader = tool_new(app, "reader", 4), *unknown = "Authorization: Basic bm9ib2R5Om5vdGhpbmc=\r\n";
	app_serve(app, false);
	static const char *const bad[] = { "", "Authorization: Basic bm9ib2R5Om5vdGhpbmc=\r\n", "Authorization: Basic !!\r\n", "Authorization: Basic:eA==\r\n", "Authorization: Bearer x\r\n", "Authorization: Basic bm9jb2xvbg==\r\n" };
	str said = { 0 };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct page p = ask(app, "GET", STATE, with(app, bad[i], "1.0.3", NULL), NULL, (str){ 0 });
		assert_int_equal(p.status, 401);
		str detail, rest = p.body;
		str_cut(rest, '}', &detail, &rest);
		assert_true(str_has(p.body, S("open nothing here")));
		assert_true(!said.len || str_eq(str_until(said, 80), str_until(p.body, 80)));
		said = p.body;
		assert_true(str_starts(header_of(p, "WWW-Authenticate"), S("Basic")));
	}
	assert_int_equal(header_of(ask(app, "GET", STATE, with(app, unknown, "1.0.3", "Origin: https://x.example\r\n"), NULL, (str){ 0 }), "WWW-Authenticate").len, 0);
	assert_int_equal(ask(app, "GET", STATE, with(app, player, "1.0.3", NULL), NULL, (str){ 0 }).status, 200);
	struct page p = ask(app, "GET", AGENT, with(app, player, "1.0.3", NULL), NULL, (str){ 0 });
	assert_int_equal(p.status, 403);
	assert_true(str_has(p.body, S("profile")));
	assert_int_equal(ask(app, "GET", "/xapi/agents?" ANNA, with(app, player, "1.0.3", NULL), NULL, (str){ 0 }).status, 403);
	assert_int_equal(ask(app, "GET", "/xapi/agents?" ANNA, with(app, reader, "1.0.3", NULL), NULL, (str){ 0 }).status, 200);
	/* A session of ours opens nothing here. */
	assert_answer(call(app, "unprotected", "account_add_one", "email=tom@x.example", "name=Tom", "role=administrator", NULL), OK);
	str session = app_session(app, "tom@x.example");
	p = fetch_with(app, &(struct call_over_http){ .method = "GET", .path = S(STATE), .session = session, .headers = "X-Experience-API-Version: 1.0.3\r\n" });
	assert_int_equal(p.status, 401);
	sql(app, "update xapi_client set ends = 1 where name = 'player'");
	assert_int_equal(ask(app, "GET", STATE, with(app, player, "1.0.3", NULL), NULL, (str){ 0 }).status, 401);
	sql(app, "update xapi_client set ends = null, revoked = 1 where name = 'player'");
	assert_int_equal(ask(app, "GET", STATE, with(app, player, "1.0.3", NULL), NULL, (str){ 0 }).status, 401);
	sql(app, "update xapi_client set confirmed = null where name = 'reader'");
	assert_int_equal(ask(app, "GET", "/xapi/agents?" ANNA, with(app, reader, "1.0.3", NULL), NULL, (str){ 0 }).status, 401);
}

/* Communication 1.3, XAPI-00336: any request as a posted form, for 1.0.x only. */
static void a_form_stands_for_another_request(void **state)
{
	struct app *app = *state;
	const char *tool = tool_new(app, "all", ALL_SCOPES), *old = with(app, tool, "1.0.3", NULL), *form = "application/x-www-form-urlencoded";
	app_serve(app, false);
	str put = S("stateId=f&" ACTIVITY "&" ANNA "&Content-Type=text%2Fplain&content=hello+there");
	assert_int_equal(ask(app, "POST", "/xapi/activities/state?method=PUT", old, form, put).status, 204);
	struct page p = ask(app, "POST", "/xapi/activities/state?method=GET", old, form, S("stateId=f&" ACTIVITY "&" ANNA));
	assert_int_equal(p.status, 200);
	assert_true(str_eq(p.body, S("hello there")));
	assert_true(str_eq(header_of(p, "Content-Type"), S("text/plain")));
	/* Credentials and version in the form. */
	str authorization = { 0 }, rest;
	str_cut(str_from(str_of(tool), strlen("Authorization: ")), '\r', &authorization, &rest);
	struct buffer b = { 0 };
	buffer_add(&b, S("stateId=f&" ACTIVITY "&" ANNA "&X-Experience-API-Version=1.0.3&Authorization="));
	http_encode(&b, authorization);
	assert_int_equal(ask(app, "POST", "/xapi/activities/state?method=GET", "", form, buffer_text(&b)).status, 200);
	buffer_done(&b);
	assert_int_equal(ask(app, "POST", "/xapi/agents?method=GET", old, form, S(ANNA)).status, 200);
	/* What it may not be. */
	assert_int_equal(ask(app, "POST", "/xapi/activities/state?method=PUT", with(app, tool, "2.0.0", NULL), form, put).status, 400);
	assert_int_equal(ask(app, "POST", "/xapi/activities/state?method=PUT", "", form, S("stateId=f&" ACTIVITY "&" ANNA "&X-Experience-API-Version=2.0.0&content=x")).status, 400);
	assert_int_equal(ask(app, "PUT", "/xapi/activities/state?method=PUT", old, form, put).status, 400);
	assert_int_equal(ask(app, "POST", "/xapi/activities/state?method=PUT&stateId=f", old, form, put).status, 400);
	assert_int_equal(ask(app, "POST", "/xapi/activities/state?method=PUT", old, "application/json", S("{}")).status, 400);
	assert_int_equal(ask(app, "POST", "/xapi/activities/state?method=PUT", old, form, S("stateId=f&" ACTIVITY "&" ANNA)).status, 400);
	assert_int_equal(ask(app, "POST", "/xapi/activities/state?method=PATCH", old, form, put).status, 400);
	assert_int_equal(ask(app, "POST", "/xapi/activities/state?method=PUT", old, form, S("X-Experience-API-Version=0.8&stateId=f&" ACTIVITY "&" ANNA "&content=x")).status, 400);
	assert_int_equal(ask(app, "POST", "/xapi/activities/state?method=DELETE", old, form, S("stateId=f&" ACTIVITY "&" ANNA)).status, 204);
	assert_int_equal(sql_number(app, "select count(*) from xapi_document"), 0);
	/* Only here. */
	assert_int_not_equal(ask(app, "POST", "/health?method=GET", "", form, S("")).status, 200);
}

/* As the shell and the sweeps call them: "xapi_state_put" and the others are operations like any. */
static void they_are_operations_like_any(void **state)
{
	struct app *app = *state;
	static const char *const names[] = { "xapi_state_put", "xapi_state_post", "xapi_state_get", "xapi_state_delete", "xapi_agent_profile_put", "xapi_agent_profile_post",
		"xapi_agent_profile_get", "xapi_agent_profile_delete", "xapi_activity_profile_put", "xapi_activity_profile_post", "xapi_activity_profile_get",
		"xapi_activity_profile_delete", "xapi_agents_get", "xapi_activities_get" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct answer a = call(app, NULL, names[i], NULL);
		assert_answer(a, FORBIDDEN);
		assert_true(str_eq(a.code, S("credentials")));
		assert_answer(call(app, "unprotected", names[i], NULL), INVALID);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(what_is_kept_comes_back_as_it_came), app_test(nobody_overwrites_what_they_have_not_seen),
		app_test(a_post_merges_one_level_deep), app_test(a_state_belongs_to_agent_activity_and_registration), app_test(what_is_wrong_is_said_and_where),
		app_test(agents_and_activities_are_told_whole), app_test(credentials_open_what_they_may), app_test(a_form_stands_for_another_request),
		app_test(they_are_operations_like_any) };
	return run_on_engines("xapi documents", tests);
}
