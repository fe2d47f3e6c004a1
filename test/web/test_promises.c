/* test_promises.c - what a browser and a page elsewhere could try: another name for this machine, another site to go to, a look that nobody sees. */
#include "harness.h"
#include <string.h>

static int status_for_host(struct app *app, const char *host)
{
	return fetch_with(app, &(struct call_over_http){ .method = "GET", .path = S("/health"), .host = host }).status;
}

static void a_name_that_begins_like_loopback_is_not_ours(void **state)
{
	struct app *app = *state;
	app_serve(app, false);
	assert_int_equal(status_for_host(app, "127.0.0.1"), 200);
	assert_int_equal(status_for_host(app, "localhost:80"), 200);
	assert_int_equal(status_for_host(app, "[::1]:80"), 200);
	assert_int_equal(status_for_host(app, "127.elsewhere.example"), 421);
	assert_int_equal(status_for_host(app, "127.0.0.1.elsewhere.example"), 421);
	assert_int_equal(status_for_host(app, "elsewhere.example"), 421);
}

/* Where somebody is sent after signing in with a password. */
static str gone_to(struct app *app, const char *next)
{
	struct page form = fetch(app, "GET", "/sign-in", S(""), NULL);
	str cookie = header_of(form, "Set-Cookie"), rest;
	str_cut(cookie, ';', &cookie, &rest);
	str body = text_format(app->arena, "csrf=" S_FMT "&email=anna%%40x.example&password=een+lang+wachtwoord&next=%s", S_ARG(csrf_of(form)), next);
	struct page p = fetch_with(app, &(struct call_over_http){ .method = "POST", .path = S("/sign-in"), .session = cookie, .body = body });
	return header_of(p, "Location");
}

static void signing_in_leads_nowhere_else(void **state)
{
	struct app *app = *state;
	someone(app, "anna@x.example", "Anna", "employee", "Wonen", "Consulent", NULL);
	assert_answer(call(app, "anna@x.example", "password_change", "password=een lang wachtwoord", "again=een lang wachtwoord", NULL), OK);
	app_serve(app, false);
	static const char *const elsewhere[] = { "https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%09%2Fevil.example", "%09%2F%2Fevil.example",
		"%2F%09%5Cevil.example" };
	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
		str to = gone_to(app, elsewhere[i]);
		assert_true(to.len && to.at[0] == '/');
		assert_false(to.len > 1 && (to.at[1] == '/' || to.at[1] == '\\' || to.at[1] == '\t'));
	}
	assert_true(str_eq(gone_to(app, "%2Fmy-skills%3Fall%3D1"), S("/my-skills?all=1")));
}

/* A refused form is shown on the page where it stood, which the browser names: that page may be about somebody. */
static void a_refused_form_does_not_hide_a_look(void **state)
{
	struct app *app = *state;
	someone(app, "noor@x.example", "Noor", "learning", "Staf", "HR", NULL);
	int64_t bob = someone(app, "bob@x.example", "Bob", "employee", "Wonen", "Consulent", NULL);
	basis(app);
	app_serve(app, false);
	str noor = app_session(app, "noor@x.example");
	const char *came_from = text_c(app->arena, text_format(app->arena, "Referer: http://127.0.0.1/people/%lld/skills\r\n", (long long)bob));
	str body = text_format(app->arena, "csrf=" S_FMT "&skill=x&level=99", S_ARG(csrf_for(app, noor)));
	struct page p = fetch_with(app, &(struct call_over_http){ .method = "POST", .path = S("/ratings"), .session = noor, .body = body, .headers = came_from });
	assert_int_equal(p.status, 422);
	assert_true(str_has(p.body, S("Bob")));
	assert_int_equal(sql_number(app, "select coalesce(sum(times), 0) from look"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(a_name_that_begins_like_loopback_is_not_ours),
		app_test(signing_in_leads_nowhere_else),
		app_test(a_refused_form_does_not_hide_a_look),
	};
	return run_on_engines("promises", tests);
}
