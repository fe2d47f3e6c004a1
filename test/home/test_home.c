/* test_home.c - what each kind of user finds first, the first steps, the tour, the reference, and the pages that say what went wrong. */
#include "harness.h"
#include "home/home.h"
#include "web/operation.h"
#include <stdio.h>

static void an_empty_organisation_shows_five_steps(void **state)
{
	struct app *app = *state;
	someone(app, "hr@x.example", "Hanna Visser", "learning", NULL, NULL, NULL);
	someone(app, "board@x.example", "Bo", "board", NULL, NULL, NULL);
	struct answer a = call(app, "hr@x.example", "today_show", NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"name\":\"Hanna\"")) && str_has(a.json, S("\"first\":true")) && str_has(a.json, S("\"steps_left\":5")));
	assert_answer(call(app, "hr@x.example", "first_step_skip", "name=team", NULL), OK);
	assert_answer(call(app, "hr@x.example", "first_step_skip", "name=team", NULL), OK);
	assert_answer(call(app, "hr@x.example", "first_step_skip", "name=nothing", NULL), INVALID);
	assert_answer(call(app, "board@x.example", "first_step_skip", "name=people", NULL), FORBIDDEN);
	assert_true(str_has(call(app, "hr@x.example", "today_show", NULL).json, S("\"steps_left\":4")));
	assert_answer(call(app, "hr@x.example", "people_paste", "lines=Anna, anna@x.example, Wonen, Adviseur", NULL), OK);
	assert_true(str_has(call(app, "hr@x.example", "today_show", NULL).json, S("\"steps_left\":3")));
	assert_true(str_has(call(app, "board@x.example", "today_show", NULL).json, S("\"first\":false")));
	assert_answer(call(app, NULL, "today_show", NULL), FORBIDDEN);
}

static size_t count_of(str text, const char *part)
{
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++)
		n += str_starts(str_from(text, i), str_of(part));
	return n;
}

static void today_has_at_most_five_things_that_are_ones_own(void **state)
{
	struct app *app = *state;
	static const struct { const char *name, *path; } wanted[] = { { "Youssef el Hamdi", "/my-skills" }, { "Marieke van der Veen", "/my-team" }, { "Noor Yıldız", "/surveys/told" },
		{ "Lilian Pinas", "/strategy" }, { "Wim Kuipers", "/trust" }, { "Tomasz Wróbel", "/accounts" } };
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		const char *email = text_c(app->arena, sql_text(app, text_c(app->arena, text_format(app->arena, "select email from account where name = '%s'", wanted[i].name))));
		struct answer a = call(app, email, "today_show", NULL);
		assert_answer(a, OK);
		size_t things = count_of(a.json, "\"icon\":");
		if (things < 1 || things > 5 || !str_has(a.json, str_of(wanted[i].path)))
			print_error("%s: %zu things\n" S_FMT "\n", wanted[i].name, things, S_ARG(a.json));
		assert_in_range(things, 1, 5);
		assert_true(str_has(a.json, str_of(wanted[i].path)));
	}
}

static void a_tour_goes_on_and_is_put_away(void **state)
{
	struct app *app = *state;
	const char *email = text_c(app->arena, sql_text(app, "select email from account where name = 'Youssef el Hamdi'"));
	assert_true(str_has(call(app, email, "today_show", NULL).json, S("\"tour_step\":1,\"tour_steps\":5")));
	assert_answer(call(app, email, "tour_next", "step=1", NULL), OK);
	assert_true(str_has(call(app, email, "today_show", NULL).json, S("\"tour_step\":2,")));
	assert_answer(call(app, email, "tour_next", "step=99", NULL), INVALID);
	assert_answer(call(app, email, "tour_stop", NULL), OK);
	assert_true(str_has(call(app, email, "today_show", NULL).json, S("\"tour_step\":0,")));
	/* Each has one of their own. */
	assert_true(str_has(call(app, text_c(app->arena, sql_text(app, "select email from account where name = 'Lilian Pinas'")), "today_show", NULL).json, S("\"tour_step\":1,")));
}

static void the_reference_holds_every_operation(void **state)
{
	struct app *app = *state;
	someone(app, "board@x.example", "Bo", "board", NULL, NULL, NULL);
	struct answer a = call(app, "board@x.example", "reference_show", NULL);
	assert_answer(a, OK);
	for (size_t i = 0; i < operations_count(); i++)
		assert_true(str_has(a.json, text_format(app->arena, "\"name\":\"%s\"", operations_at(i)->name)));
	assert_true(str_has(a.json, text_format(app->arena, "\"count\":%zu", operations_count())));
	assert_answer(call(app, NULL, "reference_show", NULL), FORBIDDEN);
	struct answer open = call(app, NULL, "openapi_show", NULL);
	assert_answer(open, OK);
	assert_answer(call(app, NULL, "metrics_show", NULL), OK);
	assert_answer(call(app, NULL, "health_show", NULL), OK);
}

/* ---- What went wrong, for people ---- */

static struct page ask(struct app *app, const char *method, const char *path, str session, const char *body, const char *language)
{
	str all = { 0 };
	if (body)
		all = text_format(app->arena, "csrf=" S_FMT "&%s", S_ARG(csrf_for(app, session)), body);
	return fetch_with(app, &(struct call_over_http){ .method = method, .path = str_of(path), .session = session, .body = all, .language = language });
}

/* All at a glance, one feature with its fields: the page of everything stays within what a page may weigh. */
static void the_reference_tells_a_feature_whole(void **state)
{
	struct app *app = *state;
	someone(app, "anna@x.example", "Anna", NULL, "Wonen", "Adviseur", NULL);
	struct answer one = call(app, "anna@x.example", "reference_show", "feature=ratings", NULL);
	assert_answer(one, OK);
	assert_true(str_has(one.json, S("\"name\":\"level\"")));
	assert_true(str_has(one.json, S("wijzer call rating_give")));
	assert_false(str_has(one.json, S("trust_show")));
	assert_answer(call(app, "anna@x.example", "reference_show", "feature=rating", NULL), NOT_FOUND);
}

static void problem(struct page p, int status, const char *title)
{
	if (p.status != status || !str_has(p.body, str_of(title)))
		print_error("%d instead of %d, or no \"%s\":\n" S_FMT "\n", p.status, status, title, S_ARG(str_until(p.body, p.body.len < 1500 ? p.body.len : 1500)));
	assert_int_equal(p.status, status);
	assert_true(str_has(p.body, str_of(title)));
	assert_true(str_has(p.body, S("<h1>")));
	assert_true(str_eq(header_of(p, "Cache-Control"), S("no-store")));
}

static void what_went_wrong_is_said_in_both_languages(void **state)
{
	struct app *app = *state;
	static const struct { const char *language, *denied, *missing, *input, *busy, *broken; } words[] = {
		{ "en", "You may not open this", "Nothing is here, or not for you", "Something is not right yet", "It is too busy for a moment", "Something went wrong on our side" },
		{ "nl", "Dit mag je niet openen", "Hier is niets, of niet voor jou", "Er klopt nog iets niet", "Het is even te druk", "Er ging bij ons iets mis" },
	};
	someone(app, "hr@x.example", "Hanna", "learning", NULL, NULL, NULL);
	someone(app, "anna@x.example", "Anna", NULL, "Wonen", "Adviseur", NULL);
	app_serve(app, false);
	str anna = app_session(app, "anna@x.example"), hr = app_session(app, "hr@x.example");
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		const char *l = words[i].language;
		sql(app, text_c(app->arena, text_format(app->arena, "update account set language = '%s'", l)));
		problem(ask(app, "GET", "/accounts", anna, NULL, l), 403, words[i].denied);
		problem(ask(app, "GET", "/no/such/page", anna, NULL, l), 404, words[i].missing);
		problem(ask(app, "GET", "/people/999999", hr, NULL, l), 404, words[i].missing);
		problem(ask(app, "POST", "/first/nothing/skip", hr, "x=", l), 422, words[i].input);
		for (int k = 0; k < 30; k++)
			sql(app, text_c(app->arena, text_format(app->arena, "insert into attempt (email, address, at) values ('p%d@x.example', '127.0.0.1', %lld)", k, (long long)clock_now().ms)));
		struct page first = fetch(app, "GET", "/sign-in", S(""), NULL);
		str cookie, rest;
		str_cut(header_of(first, "Set-Cookie"), ';', &cookie, &rest);
		str body = text_format(app->arena, "csrf=" S_FMT "&email=a@x.example&password=wrong-wrong-wrong", S_ARG(csrf_of(first)));
		struct page slow = fetch_with(app, &(struct call_over_http){ .method = "POST", .path = S("/sign-in"), .session = cookie, .body = body, .language = l });
		problem(slow, 429, words[i].busy);
		sql(app, "delete from attempt");
		/* A fault of ours: the reader gets its number, and nothing of what went wrong. */
		store_fail_at(app->store, 2);
		struct page fault = ask(app, "GET", "/skills", hr, NULL, l);
		store_fail_at(app->store, 0);
		problem(fault, 500, words[i].broken);
		assert_true(str_has(fault.body, header_of(fault, "X-Request-Id")));
		assert_false(str_has(fault.body, S("made to fail")));
	}
}

static void an_old_demonstration_says_so(void **state)
{
	struct app *app = *state;
	sql(app, text_c(app->arena, text_format(app->arena, "insert into demo (made, seed) values (%lld, 1)", (long long)clock_now().ms - 61 * 86400000LL)));
	someone(app, "anna@x.example", "Anna", NULL, "Wonen", "Adviseur", NULL);
	app_serve(app, true);
	str anna = app_session(app, "anna@x.example");
	assert_true(str_has(fetch(app, "GET", "/", anna, NULL).body, S("This demonstration is 61 days old")));
	sql(app, text_c(app->arena, text_format(app->arena, "update demo set made = %lld", (long long)clock_now().ms - 59 * 86400000LL)));
	assert_false(str_has(fetch(app, "GET", "/", anna, NULL).body, S("This demonstration is")));
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(an_empty_organisation_shows_five_steps), app_test(the_reference_holds_every_operation), app_test(the_reference_tells_a_feature_whole),
		app_test(what_went_wrong_is_said_in_both_languages), app_test(an_old_demonstration_says_so), app_test_demo(today_has_at_most_five_things_that_are_ones_own), app_test_demo(a_tour_goes_on_and_is_put_away) };
	return run_on_engines("home", tests);
}
