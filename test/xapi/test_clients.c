/* test_clients.c - credentials for tools: made once, wrong all alike, confirmed by a second person, renewed, taken back. */
#include "tool.h"
#include "../../src/xapi/manage.h"
#include <string.h>

static struct xapi_secret made_with(struct app *app, const char *as, const char *scope, const char *purpose)
{
	struct answer a = call(app, as, "xapi_client_make", "name=Moodle", "use=exact", text_c(app->arena, text_format(app->arena, "scope=%s", scope)),
		text_c(app->arena, text_format(app->arena, "purpose=%s", purpose)), NULL);
	assert_answer(a, OK);
	return *(const struct xapi_secret *)a.out;
}

static void administrators(struct app *app)
{
	assert_answer(call(app, "unprotected", "account_add_one", "email=tom@x.example", "name=Tom", "role=administrator", NULL), OK);
	assert_answer(call(app, "unprotected", "account_add_one", "email=petra@x.example", "name=Petra", "role=privacy", NULL), OK);
}

static void a_secret_is_shown_once_and_kept_as_a_fingerprint(void **state)
{
	struct app *app = *state;
	administrators(app);
	struct xapi_secret s = made_with(app, "tom@x.example", "statements/write,state", "");
	assert_int_equal(s.secret.len, 43);
	assert_false(s.waits);
	assert_int_equal(sql_number(app, text_c(app->arena, text_format(app->arena, "select count(*) from xapi_client where fingerprint like '%%" S_FMT "%%'", S_ARG(s.secret)))), 0);
	struct answer a = call(app, "tom@x.example", "xapi_client_list_show", NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, s.key));
	assert_false(str_has(a.json, s.secret));
	/* The same secret beside another key is another fingerprint. */
	assert_false(str_eq(token_fingerprint_keyed(app->arena, S("one"), s.secret), token_fingerprint_keyed(app->arena, S("two"), s.secret)));
	assert_answer(call(app, "tom@x.example", "xapi_client_make", "name=X", "use=exact", "scope=statements/write,everything", NULL), INVALID);
	assert_answer(call(app, "petra@x.example", "xapi_client_make", "name=X", "use=exact", "scope=state", NULL), FORBIDDEN);
	/* People say what a tool is for; what that lets it do is told on the list. */
	a = call(app, "tom@x.example", "xapi_client_make", "name=Player", NULL);
	assert_answer(a, INVALID);
	assert_true(problem_of(a, "use").len > 0);
	assert_answer(call(app, "tom@x.example", "xapi_client_make", "name=Player", "use=course", NULL), OK);
	assert_true(str_has(call(app, "tom@x.example", "xapi_client_list_show", NULL).json, S("statements/write, statements/read/mine, state, profile")));
	assert_answer(call(app, "tom@x.example", "xapi_client_make", "name=Report", "use=reads", NULL), INVALID);        /* the purpose is asked then */
}

static void who_reads_all_needs_a_purpose_a_second_person_and_ends(void **state)
{
	struct app *app = *state;
	administrators(app);
	struct answer a = call(app, "tom@x.example", "xapi_client_make", "name=Report", "use=exact", "scope=statements/read", NULL);
	assert_answer(a, INVALID);
	assert_true(problem_of(a, "purpose").len > 0);
	struct xapi_secret s = made_with(app, "tom@x.example", "all", "Reports for the council.");
	const char *key = text_c(app->arena, text_format(app->arena, "key=" S_FMT, S_ARG(s.key)));
	assert_true(s.waits);
	assert_true(s.ends.ms > clock_now().ms + 89 * 86400000LL && s.ends.ms < clock_now().ms + 91 * 86400000LL);
	assert_answer(call(app, "tom@x.example", "xapi_client_agree", key, NULL), FORBIDDEN);
	assert_answer(call(app, "unprotected", "xapi_client_agree", key, NULL), FORBIDDEN);
	assert_answer(call(app, "petra@x.example", "xapi_client_agree", key, NULL), OK);
	assert_answer(call(app, "petra@x.example", "xapi_client_agree", key, NULL), CONFLICT);
	assert_answer(call(app, "tom@x.example", "xapi_client_end", key, NULL), OK);
	assert_answer(call(app, "tom@x.example", "xapi_client_renew", key, NULL), CONFLICT);
	assert_answer(call(app, "tom@x.example", "xapi_client_renew", "key=nobody", NULL), NOT_FOUND);
}

/* What reads everything stands on Trust, for everybody, with its purpose; and goes from there when it ends. */
static void who_reads_all_stands_on_trust(void **state)
{
	struct app *app = *state;
	administrators(app);
	someone(app, "anna@x.example", "Anna", NULL, "Wonen", "Consulent", NULL);
	struct xapi_secret s = made_with(app, "tom@x.example", "statements/read", "Figures for the council.");
	made_with(app, "tom@x.example", "statements/write", "Not to be seen there.");
	struct answer a = call(app, "anna@x.example", "trust_show", NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("Figures for the council.")) && str_has(a.json, S("\"waits\":true")) && str_has(a.json, S("Tom")));
	assert_false(str_has(a.json, S("Not to be seen there.")));
	app_serve(app, false);
	str petra = app_session(app, "petra@x.example");
	struct page p = fetch(app, "GET", "/trust", petra, NULL);
	assert_true(str_has(p.body, S("/confirm")));
	const char *path = text_c(app->arena, text_format(app->arena, "/tools/" S_FMT "/confirm", S_ARG(s.key)));
	assert_int_equal(fetch(app, "POST", path, petra, "").status, 303);
	assert_true(str_has(fetch(app, "GET", "/trust", petra, NULL).body, S("confirmed by Petra")));
	sql(app, "update xapi_client set ends = 1");
	assert_false(str_has(fetch(app, "GET", "/trust", petra, NULL).body, S("Figures for the council.")));
}

/* Who rotates keeps the tool working as long as they say, and no longer. */
static void an_old_secret_works_as_long_as_was_said(void **state)
{
	struct app *app = *state;
	administrators(app);
	struct xapi_secret first = made_with(app, "tom@x.example", "state", "");
	const char *key = text_c(app->arena, text_format(app->arena, "key=" S_FMT, S_ARG(first.key)));
	struct answer a = call(app, "tom@x.example", "xapi_client_renew", key, "hours=1", NULL);
	assert_answer(a, OK);
	struct xapi_secret second = *(const struct xapi_secret *)a.out;
	assert_false(str_eq(first.secret, second.secret));
	app_serve(app, false);
	const char *path = "/xapi/activities/state?activityId=urn%3Ax&agent=%7B%22mbox%22%3A%22mailto%3Aa%40x.example%22%7D";
	const char *old = tool_of(app, first.key, first.secret), *new = tool_of(app, second.key, second.secret);
	assert_int_equal(ask(app, "GET", path, with(app, old, "2.0.0", NULL), NULL, (str){ 0 }).status, 200);
	assert_int_equal(ask(app, "GET", path, with(app, new, "2.0.0", NULL), NULL, (str){ 0 }).status, 200);
	sql(app, "update xapi_client set previous_ends = 1");
	assert_int_equal(ask(app, "GET", path, with(app, old, "2.0.0", NULL), NULL, (str){ 0 }).status, 401);
	assert_int_equal(ask(app, "GET", path, with(app, new, "2.0.0", NULL), NULL, (str){ 0 }).status, 200);
	assert_answer(call(app, "tom@x.example", "xapi_client_end", key, NULL), OK);
	assert_int_equal(ask(app, "GET", path, with(app, new, "2.0.0", NULL), NULL, (str){ 0 }).status, 401);
}

/* The record shows what comes in and what is refused, and of a refusal nothing but reason and source. */
static void the_record_shows_what_came_and_what_was_refused(void **state)
{
	struct app *app = *state;
	administrators(app);
	assert_answer(call(app, "unprotected", "account_add_one", "email=noor@x.example", "name=Noor", "role=learning", NULL), OK);
	const char *tool = with(app, tool_new(app, "Moodle", ALL_SCOPES), "2.0.0", NULL);
	app_serve(app, false);
	str good = S("{\"actor\":{\"mbox\":\"mailto:anna@x.example\"},\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/completed\"},\"object\":{\"id\":\"https://x.example/course\"}}");
	str wrong = S("{\"actor\":{\"mbox\":\"mailto:zqxsecret@x.example\"},\"verb\":{\"id\":\"zqxverb\"},\"object\":{\"id\":\"https://x.example/course\"}}");
	assert_int_equal(ask(app, "POST", "/xapi/statements", tool, "application/json", good).status, 200);
	assert_int_equal(ask(app, "POST", "/xapi/statements", tool, "application/json", good).status, 200);
	assert_int_equal(ask(app, "POST", "/xapi/statements", tool, "application/json", wrong).status, 400);
	assert_int_equal(ask(app, "GET", "/xapi/activities/state?zqxname=1", tool, NULL, (str){ 0 }).status, 400);
	assert_int_equal(ask(app, "POST", "/xapi/statements", "Authorization: Basic bm9ib2R5Om5vdGhpbmc=\r\nX-Experience-API-Version: 2.0.0\r\n", "application/json", good).status, 401);
	struct answer a = call(app, "noor@x.example", "record_show", NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"came\":2")) && str_has(a.json, S("\"reason\":\"statement\"")) && str_has(a.json, S("Moodle")) && str_has(a.json, S("completed")));
	assert_false(str_has(a.json, S("zqx")) || str_has(a.json, S("anna")));
	assert_int_equal(sql_number(app, "select sum(times) from xapi_refused"), 2);
	assert_int_equal(sql_number(app, "select count(*) from xapi_refused where reason like '%zqx%'"), 0);
	assert_answer(call(app, "petra@x.example", "record_show", NULL), FORBIDDEN);
	assert_true(str_has(fetch(app, "GET", "/record", app_session(app, "noor@x.example"), NULL).body, S("2 learning experiences came in")));
}

/* What came by a number of the tool's own is counted first, then joined, and can be parted again. */
static void an_identifier_is_counted_before_it_is_joined(void **state)
{
	struct app *app = *state;
	administrators(app);
	int64_t anna = someone(app, "anna@x.example", "Anna", NULL, "Wonen", "Consulent", NULL);
	someone(app, "bert@x.example", "Bert", NULL, "Wonen", "Consulent", NULL);
	const char *tool = with(app, tool_new(app, "Moodle", ALL_SCOPES), "1.0.3", NULL);
	app_serve(app, false);
	str said = S("{\"actor\":{\"account\":{\"homePage\":\"https://moodle.example\",\"name\":\"77\"},\"name\":\"A. Jansen\"},\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/completed\"},\"object\":{\"id\":\"https://x.example/course\"}}");
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(app, "POST", "/xapi/statements", tool, "application/json", said).status, 200);
	struct answer a = call(app, "tom@x.example", "identifier_join_show", NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("https://moodle.example 77")) && str_has(a.json, S("A. Jansen")) && str_has(a.json, S("\"statements\":3")));
	a = call(app, "tom@x.example", "identifier_join_show", "kind=account", "key=https://moodle.example 77", "who=anna@x.example", NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"counted\":true")) && str_has(a.json, S("\"name\":\"Anna\"")));
	assert_int_equal(sql_number(app, "select count(*) from xapi_actor where person is not null"), 0);
	const char *person = text_c(app->arena, text_format(app->arena, "person=%lld", (long long)anna));
	assert_answer(call(app, "tom@x.example", "identifier_join", person, "kind=account", "key=https://moodle.example 77", NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from xapi_actor where person is not null"), 1);
	a = call(app, "tom@x.example", "identifier_join_show", "kind=account", "key=https://moodle.example 77", "who=bert@x.example", NULL);
	assert_answer(a, CONFLICT);
	const char *id = text_c(app->arena, text_format(app->arena, "id=%lld", (long long)sql_number(app, "select max(id) from person_identifier")));
	assert_answer(call(app, "tom@x.example", "identifier_part", id, NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from xapi_actor where person is not null"), 0);
	assert_answer(call(app, "anna@x.example", "identifier_join", person, "kind=account", "key=https://moodle.example 77", NULL), FORBIDDEN);
	assert_answer(call(app, "tom@x.example", "identifier_join_show", "who=nobody@x.example", NULL), INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(a_secret_is_shown_once_and_kept_as_a_fingerprint), app_test(who_reads_all_needs_a_purpose_a_second_person_and_ends),
		app_test(who_reads_all_stands_on_trust), app_test(an_old_secret_works_as_long_as_was_said), app_test(the_record_shows_what_came_and_what_was_refused),
		app_test(an_identifier_is_counted_before_it_is_joined) };
	return run_on_engines("xapi clients", tests);
}
