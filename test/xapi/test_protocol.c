/* test_protocol.c - versions, credentials, headers and the alternate syntax: what every request below /xapi has in common. */
#include "tool.h"
#include <string.h>

/* Communication 3.3 (1.0.3), 4.1.2 (2.0): a version on every request but about, and on every answer. */
static void a_version_is_asked_and_told(void **state)
{
	struct app *app = *state;
	const char *tool = tool_new(app, "all", ALL_SCOPES);
	assert_answer(call(app, NULL, "xapi_about", NULL), OK);
	app_serve(app, false);
	struct page p = ask(app, "GET", "/xapi/about", "", NULL, (str){ 0 });
	assert_int_equal(p.status, 200);
	assert_true(str_has(p.body, S("\"2.0.0\"")) && str_has(p.body, S("\"1.0.3\"")));
	static const struct { const char *sent; int status; const char *told; } versions[] = {
		{ "1.0", 404, "1.0.3" }, { "1.0.0", 404, "1.0.3" }, { "1.0.1", 404, "1.0.3" }, { "1.0.2", 404, "1.0.3" }, { "1.0.3", 404, "1.0.3" }, { "2.0.0", 404, "2.0.0" },
		{ "0.95", 400, "1.0.3" }, { "1.1.0", 400, "1.0.3" }, { "1.0.x", 400, "1.0.3" }, { "1.01", 400, "1.0.3" }, { "BAD", 400, "1.0.3" }, { "2.1.0", 400, "2.0.0" },
		{ "3.0.0", 400, "1.0.3" } };
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		p = ask(app, "GET", "/xapi/nothing", with(app, tool, versions[i].sent, NULL), NULL, (str){ 0 });
		assert_int_equal(p.status, versions[i].status);
		assert_string_equal(text_c(app->arena, header_of(p, "X-Experience-API-Version")), versions[i].told);
	}
	p = ask(app, "GET", "/xapi/nothing", tool, NULL, (str){ 0 });
	assert_int_equal(p.status, 400);
	assert_true(str_eq(header_of(p, "X-Experience-API-Version"), S("0.9")));
	assert_true(str_has(p.body, S("X-Experience-API-Version")));
	/* What the server itself refuses has it too. */
	p = ask(app, "PUT", "/xapi/about", with(app, tool, "1.0.3", "Content-Length: 99999999999\r\n"), NULL, (str){ 0 });
	assert_int_equal(p.status, 413);
	assert_true(str_eq(header_of(p, "X-Experience-API-Version"), S("1.0.3")));
	p = ask(app, "POST", "/xapi/about", with(app, tool, "2.0.0", NULL), "application/json", S("{}"));
	assert_int_equal(p.status, 405);
	assert_true(str_eq(header_of(p, "X-Experience-API-Version"), S("2.0.0")) && str_eq(header_of(p, "Allow"), S("GET")));
	p = ask(app, "HEAD", "/xapi/about", "", NULL, (str){ 0 });
	assert_int_equal(p.status, 200);
	assert_int_equal(p.body.len, 0);
	assert_true(header_of(p, "X-Experience-API-Version").len > 0);
	/* A parameter nobody knows, and one said twice. */
	assert_int_equal(ask(app, "GET", "/xapi/about?zqx=1", "", NULL, (str){ 0 }).status, 400);
	assert_int_equal(ask(app, "GET", "/xapi/about?version=2.0.0", "", NULL, (str){ 0 }).status, 400);
}

/* A page elsewhere may ask, without credentials of ours and without being sent to a window for them. */
static void a_browser_elsewhere_may_read(void **state)
{
	struct app *app = *state;
	app_serve(app, false);
	struct page p = ask(app, "OPTIONS", "/xapi/about", "Origin: https://course.example\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: authorization\r\n", NULL, (str){ 0 });
	assert_int_equal(p.status, 204);
	assert_true(str_eq(header_of(p, "Access-Control-Allow-Origin"), S("*")));
	assert_int_equal(header_of(p, "Access-Control-Allow-Credentials").len, 0);
	assert_true(str_has(header_of(p, "Access-Control-Allow-Headers"), S("Authorization")) && str_has(header_of(p, "Access-Control-Allow-Headers"), S("X-Experience-API-Version")));
	assert_true(str_has(header_of(p, "Access-Control-Allow-Methods"), S("PUT")));
	p = ask(app, "GET", "/xapi/about", "Origin: https://course.example\r\n", NULL, (str){ 0 });
	assert_true(str_eq(header_of(p, "Access-Control-Allow-Origin"), S("*")));
	assert_true(str_has(header_of(p, "Access-Control-Expose-Headers"), S("ETag")));
	assert_true(str_eq(header_of(p, "Cross-Origin-Resource-Policy"), S("cross-origin")));
	assert_true(str_has(header_of(p, "Content-Security-Policy"), S("sandbox")));
	assert_int_equal(header_of(p, "Set-Cookie").len, 0);
	assert_int_equal(ask(app, "OPTIONS", "/xapi/nothing", "", NULL, (str){ 0 }).status, 404);
	/* Our own pages are read by nobody elsewhere. */
	assert_int_equal(header_of(ask(app, "GET", "/health", "Origin: https://course.example\r\n", NULL, (str){ 0 }), "Access-Control-Allow-Origin").len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(a_version_is_asked_and_told), app_test(a_browser_elsewhere_may_read) };
	return run_on_engines("xapi protocol", tests);
}
