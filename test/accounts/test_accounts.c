/* test_accounts.c - who enters, how, and how it ends: over a socket, as browsers and guessers do it. */
#include "harness.h"
#include "accounts/accounts.h"
#include "base/token.h"
#include <string.h>

#define PASSWORD "correct horse battery"

static void house(struct app *app)
{
	someone(app, "admin@x.example", "Ada Admin", "administrator", NULL, NULL, NULL);
	someone(app, "lead@x.example", "Lea Lead", NULL, "Wonen/Verhuur", "Teamleider", NULL);
	someone(app, "anna@x.example", "Anna Bakker", NULL, "Wonen/Verhuur", "Adviseur", "lead@x.example");
	app_serve(app, false);
}

static void password_give(struct app *app, const char *email)
{
	str hash;
	assert_true(password_hash(app->arena, S(PASSWORD), &hash));
	sql(app, text_c(app->arena, text_format(app->arena, "update account set password = '" S_FMT "' where email = '%s'", S_ARG(hash), email)));
}

/* A browser that never was here: its first page gives it a cookie and a form. */
struct visit { str cookie, csrf; };

static struct visit visit_of(struct app *app, const char *path)
{
	struct page p = fetch(app, "GET", path, S(""), NULL);
	assert_int_equal(p.status, 200);
	str cookie, rest;
	str_cut(header_of(p, "Set-Cookie"), ';', &cookie, &rest);
	assert_true(str_starts(cookie, S("wijzer-form=")));
	return (struct visit){ cookie, csrf_of(p) };
}

static struct page post(struct app *app, const char *path, struct visit v, const char *fields)
{
	return fetch(app, "POST", path, v.cookie, text_c(app->arena, text_format(app->arena, "csrf=" S_FMT "%s%s", S_ARG(v.csrf), *fields ? "&" : "", fields)));
}

static struct page enter(struct app *app, const char *email, const char *password)
{
	return post(app, "/sign-in", visit_of(app, "/sign-in"), text_c(app->arena, text_format(app->arena, "email=%s&password=%s", email, password)));
}

static bool signed_in(struct app *app, str session)
{
	return fetch(app, "GET", "/account", session, NULL).status == 200;
}

static str session_of(struct app *app, struct page p)
{
	str cookie, rest;
	str_cut(header_of(p, "Set-Cookie"), ';', &cookie, &rest);
	assert_true(str_starts(cookie, S("wijzer=")));
	assert_true(str_has(rest, S("HttpOnly")) && str_has(rest, S("SameSite=Lax")));
	return text_copy(app->arena, cookie);
}

/* "sign_in_show", "sign_in" */
static void a_password_opens_and_a_wrong_one_does_not(void **state)
{
	struct app *app = *state;
	house(app);
	password_give(app, "anna@x.example");
	struct page in = enter(app, "anna@x.example", "correct+horse+battery");
	assert_int_equal(in.status, 303);
	assert_true(str_eq(header_of(in, "Location"), S("/")));
	assert_true(signed_in(app, session_of(app, in)));
	struct page wrong = enter(app, "anna@x.example", "incorrect+horse"), unknown = enter(app, "nobody@x.example", "incorrect+horse");
	assert_int_equal(wrong.status, 200);
	assert_int_equal(unknown.status, 200);                          /* the same to whoever guesses addresses */
	assert_false(str_has(wrong.head, S("wijzer=")));
	assert_int_equal(enter(app, "anna@x.example", "").status, 422);
	/* An account without a password is entered by no password at all. */
	assert_int_equal(enter(app, "lead@x.example", "null").status, 200);
	assert_int_equal(sql_number(app, "select count(*) from session"), 1);
	/* A stolen database opens no door. */
	str kept = sql_text(app, "select fingerprint from session");
	assert_false(str_has(session_of(app, in), kept));
}

static void next_leads_only_to_pages_of_ours(void **state)
{
	struct app *app = *state;
	house(app);
	password_give(app, "anna@x.example");
	static const char *const asked[][2] = { { "/skills", "/skills" }, { "//elsewhere.example/", "/" }, { "https://elsewhere.example/", "/" }, { "/\\elsewhere.example", "/" } };
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
		struct page p = post(app, "/sign-in", visit_of(app, "/sign-in"),
			text_c(app->arena, text_format(app->arena, "email=anna@x.example&password=correct+horse+battery&next=%s", asked[i][0])));
		assert_int_equal(p.status, 303);
		assert_true(str_eq(header_of(p, "Location"), str_of(asked[i][1])));
	}
	struct page to = fetch(app, "GET", "/skills", S(""), NULL);
	assert_int_equal(to.status, 303);
	assert_true(str_starts(header_of(to, "Location"), S("/sign-in?next=")));
}

static void guessing_slows_the_guesser_and_nobody_else(void **state)
{
	struct app *app = *state;
	house(app);
	password_give(app, "anna@x.example");
	for (int i = 0; i < 5; i++)
		assert_int_equal(enter(app, "anna@x.example", "wrong+wrong+wrong").status, 200);
	struct page slow = enter(app, "anna@x.example", "correct+horse+battery");
	assert_int_equal(slow.status, 429);
	assert_true(header_of(slow, "Retry-After").len > 0);
	/* Those were somebody else's guesses, from elsewhere: the owner gets in. */
	sql(app, "update attempt set address = '203.0.113.9'");
	assert_int_equal(enter(app, "anna@x.example", "correct+horse+battery").status, 303);
	/* A quarter of an hour later the guesser may try again. */
	sql(app, "delete from attempt");
	for (int i = 0; i < 5; i++)
		enter(app, "anna@x.example", "wrong+wrong+wrong");
	sql(app, "update attempt set at = at - 960000");
	assert_int_equal(enter(app, "anna@x.example", "correct+horse+battery").status, 303);
	/* Thirty guesses at whatever accounts from one address. */
	sql(app, "delete from attempt");
	for (int i = 0; i < 30; i++)
		sql(app, text_c(app->arena, text_format(app->arena, "insert into attempt (email, address, at) values ('p%d@x.example', '127.0.0.1', %lld)", i, (long long)clock_now().ms)));
	assert_int_equal(enter(app, "anna@x.example", "correct+horse+battery").status, 429);
}

static const char *link_new(struct app *app, const char *email)
{
	struct answer a = call(app, "unprotected", "account_link", text_c(app->arena, text_format(app->arena, "email=%s", email)), NULL);
	assert_answer(a, OK);
	str url = ((const struct { int64_t id; str email, url; } *)a.out)->url;
	return text_c(app->arena, text_format(app->arena, "/link/" S_FMT, S_ARG(str_from(url, url.len - 43))));
}

/* "link_show", "link_enter" */
static void a_link_opens_once_and_only_by_its_button(void **state)
{
	struct app *app = *state;
	house(app);
	const char *path = link_new(app, "anna@x.example");
	struct visit v = visit_of(app, path);
	for (int i = 0; i < 3; i++) {                                    /* mail scanners follow links */
		struct page p = fetch(app, "GET", path, S(""), NULL);
		assert_int_equal(p.status, 200);
		assert_true(str_has(p.body, S("Anna Bakker")));
		assert_false(str_has(p.head, S("wijzer=")));
	}
	assert_int_equal(sql_number(app, "select count(*) from link where used is not null"), 0);
	struct page in = post(app, path, v, "");
	assert_int_equal(in.status, 303);
	assert_true(signed_in(app, session_of(app, in)));
	assert_int_equal(post(app, path, v, "").status, 404);
	assert_int_equal(fetch(app, "GET", path, S(""), NULL).status, 404);
	const char *old = link_new(app, "anna@x.example");
	sql(app, "update link set ends = 1 where used is null");
	assert_int_equal(fetch(app, "GET", old, S(""), NULL).status, 404);
	assert_int_equal(post(app, old, v, "").status, 404);
	assert_int_equal(fetch(app, "GET", "/link/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", S(""), NULL).status, 404);
	const char *closed = link_new(app, "anna@x.example");
	sql(app, "update account set closed = 1 where email = 'anna@x.example'");
	assert_int_equal(fetch(app, "GET", closed, S(""), NULL).status, 404);
	assert_int_equal(post(app, closed, v, "").status, 404);
}

/* "sign_out", "password_change", "sessions_end_all" */
static void sessions_end(void **state)
{
	struct app *app = *state;
	house(app);
	str one = app_session(app, "anna@x.example"), two = app_session(app, "anna@x.example"), three = app_session(app, "anna@x.example");
	assert_true(signed_in(app, one) && signed_in(app, two) && signed_in(app, three));
	assert_int_equal(fetch(app, "POST", "/sign-out", one, "").status, 303);
	assert_false(signed_in(app, one));
	assert_true(signed_in(app, two) && signed_in(app, three));
	assert_int_equal(fetch(app, "POST", "/account/password", two, "password=correct+horse+battery&again=correct+horse+battery").status, 303);
	assert_true(signed_in(app, two));
	assert_false(signed_in(app, three));
	assert_int_equal(enter(app, "anna@x.example", "correct+horse+battery").status, 303);
	assert_int_equal(sql_number(app, "select count(*) from session"), 2);
	assert_int_equal(fetch(app, "POST", "/account/sign-out-everywhere", two, "").status, 303);
	assert_int_equal(sql_number(app, "select count(*) from session"), 0);
	str late = app_session(app, "anna@x.example");
	sql(app, "update session set ends = 1");
	assert_false(signed_in(app, late));
	assert_false(signed_in(app, S("wijzer=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
}

static void a_weak_password_is_refused(void **state)
{
	struct app *app = *state;
	house(app);
	struct answer a = call(app, "anna@x.example", "password_change", "password=short", "again=short", NULL);
	assert_answer(a, INVALID);
	problem_of(a, "password");
	a = call(app, "anna@x.example", "password_change", "password=" PASSWORD, "again=something else", NULL);
	assert_answer(a, INVALID);
	problem_of(a, "again");
	assert_answer(call(app, NULL, "password_change", "password=" PASSWORD, "again=" PASSWORD, NULL), FORBIDDEN);
	assert_int_equal(sql_number(app, "select count(*) from account where password is not null"), 0);
	assert_answer(call(app, "anna@x.example", "password_change", "password=" PASSWORD, "again=" PASSWORD, NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from account where password like '$argon2id$%'"), 1);
}

static struct page with_bearer(struct app *app, const char *method, const char *path, str token, const char *json)
{
	return fetch_with(app, &(struct call_over_http){ .method = method, .path = str_of(path), .body = str_of(json), .type = "application/json",
		.headers = text_c(app->arena, text_format(app->arena, "Authorization: Bearer " S_FMT "\r\n", S_ARG(token))) });
}

/* "token_make", "language_choose" */
static void a_token_acts_as_its_owner_until_it_ends(void **state)
{
	struct app *app = *state;
	house(app);
	struct answer a = call(app, "anna@x.example", "token_make", "days=10", NULL);
	assert_answer(a, OK);
	str token = ((const struct { str token; date ends; } *)a.out)->token;
	assert_true(str_has(with_bearer(app, "GET", "/account", token, NULL).body, S("\"email\":\"anna@x.example\"")));
	assert_int_equal(with_bearer(app, "GET", "/accounts", token, NULL).status, 403);
	assert_int_equal(with_bearer(app, "GET", "/account", S("wrong"), NULL).status, 401);
	assert_int_equal(with_bearer(app, "POST", "/account/language", token, "{\"language\":\"xx\"}").status, 422);
	assert_int_equal(with_bearer(app, "POST", "/account/language", token, "{\"language\":\"nl\"}").status, 200);
	assert_true(str_eq(sql_text(app, "select language from account where email = 'anna@x.example'"), S("nl")));
	sql(app, "update token set ends = 1");
	assert_int_equal(with_bearer(app, "GET", "/account", token, NULL).status, 401);
	assert_answer(call(app, "anna@x.example", "token_make", "days=400", NULL), INVALID);
	assert_answer(call(app, NULL, "token_make", NULL), FORBIDDEN);
}

static const char *account_id(struct app *app, const char *email)
{
	return text_c(app->arena, text_format(app->arena, "id=" S_FMT, S_ARG(sql_text(app, text_c(app->arena, text_format(app->arena, "select id from account where email = '%s'", email))))));
}

/* "account_list_show", "account_add_one", "account_end", "account_show" */
static void accounts_are_made_and_closed(void **state)
{
	struct app *app = *state;
	house(app);
	str anna = app_session(app, "anna@x.example");
	assert_answer(call(app, "anna@x.example", "account_add_one", "email=new@x.example", "name=New", "role=learning", NULL), FORBIDDEN);
	assert_answer(call(app, "admin@x.example", "account_add_one", "email=new@x.example", "name=New", "role=lead", NULL), INVALID);
	assert_answer(call(app, "admin@x.example", "account_add_one", "email=no address", "name=New", "role=learning", NULL), INVALID);
	assert_answer(call(app, "admin@x.example", "account_add_one", "email=New@X.example", "name=New", "role=learning", NULL), OK);
	assert_int_equal(sql_number(app, "select roles from account where email = 'new@x.example'"), 4);
	assert_answer(call(app, "admin@x.example", "account_add_one", "email=new@x.example", "name=New", "role=board", NULL), OK);
	assert_int_equal(sql_number(app, "select roles from account where email = 'new@x.example'"), 12);
	assert_true(str_has(call(app, "admin@x.example", "account_list_show", "find=new@", NULL).json, S("\"email\":\"new@x.example\"")));
	assert_answer(call(app, "admin@x.example", "account_link", "email=stranger@x.example", NULL), NOT_FOUND);
	assert_answer(call(app, "admin@x.example", "account_end", account_id(app, "anna@x.example"), NULL), OK);
	assert_false(signed_in(app, anna));
	assert_answer(call(app, "anna@x.example", "account_show", NULL), FORBIDDEN);
	/* Somebody must be able to let others in. */
	struct answer last = call(app, "admin@x.example", "account_end", account_id(app, "admin@x.example"), NULL);
	assert_answer(last, CONFLICT);
	assert_true(str_eq(last.code, S("last-administrator")));
	assert_answer(call(app, "admin@x.example", "account_end", "id=999999", NULL), NOT_FOUND);
}

static void a_team_is_invited(void **state)
{
	struct app *app = *state;
	house(app);
	someone(app, "hr@x.example", "Hanna", "learning", NULL, NULL, NULL);
	sql(app, "insert into person (person_id, name, email, fold, language, made) values ('77', 'Bert Nieuw', 'bert@x.example', 'bert nieuw', 'nl', 1)");
	sql(app, "insert into employment (person, unit, role, hours, start_day) select p.id, e.unit, e.role, 36, '2020-01-01' from person p, employment e "
		"where p.name = 'Bert Nieuw' and e.lead is not null");
	const char *id = text_c(app->arena, text_format(app->arena, "id=" S_FMT, S_ARG(sql_text(app, "select id from unit where path = 'Wonen'"))));
	assert_answer(call(app, "anna@x.example", "team_invite", id, NULL), FORBIDDEN);
	struct answer a = call(app, "hr@x.example", "team_invite", id, NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("bert@x.example")));
	assert_int_equal(sql_number(app, "select count(*) from account where email = 'bert@x.example'"), 1);
	assert_answer(call(app, "hr@x.example", "team_invite", "id=999999", NULL), CONFLICT);
}

/* A link is a key: whoever hands out invitations gets none to an account that is in use, or that may do more than its person. */
static void an_invitation_opens_no_account_in_use(void **state)
{
	struct app *app = *state;
	house(app);
	someone(app, "hr@x.example", "Hanna", "learning", NULL, NULL, NULL);
	sql(app, "update account set password = 'x' where email = 'lead@x.example'");
	const char *id = text_c(app->arena, text_format(app->arena, "id=" S_FMT, S_ARG(sql_text(app, "select id from unit where path = 'Wonen'"))));
	struct answer a = call(app, "hr@x.example", "team_invite", id, NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("anna@x.example")));
	assert_false(str_has(a.json, S("lead@x.example")));
	sql(app, "update account set roles = 64 where email = 'anna@x.example'");
	assert_answer(call(app, "hr@x.example", "team_invite", id, NULL), CONFLICT);
}

/* "demo_enter" */
static void a_demonstration_lets_in_its_own_people_only(void **state)
{
	struct app *app = *state;
	house(app);
	sql(app, "update account set demo = 1 where email = 'anna@x.example'");
	assert_int_equal(post(app, "/sign-in/demo", visit_of(app, "/sign-in"), "email=anna@x.example").status, 403);      /* served without --demo */
	app_stop(app);
	app_serve(app, true);
	assert_true(str_has(fetch(app, "GET", "/sign-in", S(""), NULL).body, S("anna@x.example")));
	assert_int_equal(post(app, "/sign-in/demo", visit_of(app, "/sign-in"), "email=lead@x.example").status, 403);
	struct page p = post(app, "/sign-in/demo", visit_of(app, "/sign-in"), "email=anna@x.example");
	assert_int_equal(p.status, 303);
	assert_true(signed_in(app, session_of(app, p)));
}

/* A proxy on this machine tells that the client is elsewhere. */
static void a_demonstration_lets_nobody_in_from_elsewhere(void **state)
{
	struct app *app = *state;
	house(app);
	sql(app, "update account set demo = 1 where email = 'anna@x.example'");
	app_stop(app);
	app->trusted_proxy = S("127.0.0.1");
	app_serve(app, true);
	struct visit v = visit_of(app, "/sign-in");
	str body = text_format(app->arena, "csrf=" S_FMT "&email=anna@x.example", S_ARG(v.csrf));
	struct call_over_http from = { .method = "POST", .path = S("/sign-in/demo"), .session = v.cookie, .body = body, .headers = "X-Forwarded-For: 203.0.113.9\r\n" };
	assert_int_equal(fetch_with(app, &from).status, 403);
	assert_false(str_has(fetch_with(app, &(struct call_over_http){ .method = "GET", .path = S("/sign-in"), .headers = from.headers }).body, S("anna@x.example")));
	from.headers = "X-Forwarded-For: 203.0.113.9, 127.0.0.1\r\n";
	assert_int_equal(fetch_with(app, &from).status, 303);             /* the last address is the one that the proxy itself saw */
}

/* ---- Forms of ours, and of others ---- */

static int form_status(struct app *app, str session, const char *csrf, const char *headers)
{
	const char *body = csrf ? text_c(app->arena, text_format(app->arena, "language=nl&csrf=%s", csrf)) : "language=nl";
	return fetch_with(app, &(struct call_over_http){ .method = "POST", .path = S("/account/language"), .session = session, .body = str_of(body), .headers = headers }).status;
}

static void only_forms_of_ours_count(void **state)
{
	struct app *app = *state;
	house(app);
	str anna = app_session(app, "anna@x.example"), lead = app_session(app, "lead@x.example");
	const char *own = text_c(app->arena, csrf_for(app, anna)), *foreign = text_c(app->arena, csrf_for(app, lead));
	assert_int_equal(form_status(app, anna, NULL, NULL), 403);
	assert_int_equal(form_status(app, anna, "", NULL), 403);
	assert_int_equal(form_status(app, anna, "AAAA", NULL), 403);
	assert_int_equal(form_status(app, anna, foreign, NULL), 403);
	assert_int_equal(form_status(app, anna, own, "Sec-Fetch-Site: cross-site\r\n"), 403);
	assert_int_equal(form_status(app, anna, own, "Sec-Fetch-Site: same-site\r\n"), 403);
	assert_int_equal(form_status(app, anna, own, "Origin: https://elsewhere.example\r\n"), 403);
	assert_int_equal(form_status(app, anna, own, "Origin: null\r\n"), 403);
	/* JSON in a form's clothes is no way round. */
	struct page p = fetch_with(app, &(struct call_over_http){ .method = "POST", .path = S("/account/language"), .session = anna, .body = S("{\"language\":\"nl\"}"), .type = "text/plain" });
	assert_int_equal(p.status, 403);
	assert_int_equal(sql_number(app, "select count(*) from account where language is not null"), 0);
	assert_int_equal(form_status(app, anna, own, "Sec-Fetch-Site: same-origin\r\n"), 303);
	/* A session that ended takes its forms with it. */
	sql(app, "delete from session");
	assert_int_equal(form_status(app, anna, own, NULL), 403);
	assert_int_equal(form_status(app, S(""), own, NULL), 403);
}

static void another_host_is_not_answered(void **state)
{
	struct app *app = *state;
	static const struct { const char *host; int status; } hosts[] = { { "wijzer.elsewhere.example", 421 }, { "localhost.elsewhere.example", 421 }, { "localhost", 200 },
		{ "LOCALHOST:1234", 200 }, { "127.0.0.1", 200 }, { "[::1]:80", 200 }, { "127.0.0.1.elsewhere.example", 421 } };
	house(app);
	for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
		struct page p = fetch_with(app, &(struct call_over_http){ .method = "GET", .path = S("/sign-in"), .host = hosts[i].host });
		if (p.status != hosts[i].status)
			print_error("Host %s: %d\n", hosts[i].host, p.status);
		assert_int_equal(p.status, hosts[i].status);
	}
}

/* "token_list_own", "token_list_every", "token_withdraw", "token_withdraw_any" */
static void a_token_is_withdrawn_alone(void **state)
{
	struct app *app = *state;
	someone(app, "anna@x.example", "Anna", NULL, "Wonen", "Adviseur", NULL);
	someone(app, "bert@x.example", "Bert", NULL, "Wonen", "Adviseur", NULL);
	someone(app, "tom@x.example", "Tom", "administrator", NULL, NULL, NULL);
	app_serve(app, false);
	struct answer one = call(app, "anna@x.example", "token_make", "label=Export", NULL), two = call(app, "anna@x.example", "token_make", "label=Import", NULL);
	assert_answer(one, OK);
	assert_answer(two, OK);
	str first = ((const struct { str token; date ends; } *)one.out)->token, second = ((const struct { str token; date ends; } *)two.out)->token;
	const char *name = text_c(app->arena, text_format(app->arena, "name=" S_FMT, S_ARG(sql_text(app, "select substr(fingerprint, 1, 12) from token where label = 'Export'"))));
	assert_true(str_has(call(app, "anna@x.example", "token_list_own", NULL).json, S("Export")));
	assert_false(str_has(call(app, "bert@x.example", "token_list_own", NULL).json, S("Export")));
	assert_answer(call(app, "bert@x.example", "token_withdraw", name, NULL), NOT_FOUND);
	assert_answer(call(app, "bert@x.example", "token_withdraw_any", name, NULL), FORBIDDEN);
	assert_answer(call(app, "anna@x.example", "token_withdraw", name, NULL), OK);
	assert_int_equal(with_bearer(app, "GET", "/account", first, NULL).status, 401);
	assert_int_equal(with_bearer(app, "GET", "/account", second, NULL).status, 200);
	assert_true(str_has(call(app, "tom@x.example", "token_list_every", NULL).json, S("\"owner\":\"Anna\"")));
	name = text_c(app->arena, text_format(app->arena, "name=" S_FMT, S_ARG(sql_text(app, "select substr(fingerprint, 1, 12) from token"))));
	assert_answer(call(app, "tom@x.example", "token_withdraw_any", name, NULL), OK);
	assert_answer(call(app, "tom@x.example", "token_withdraw_any", name, NULL), NOT_FOUND);
	assert_int_equal(with_bearer(app, "GET", "/account", second, NULL).status, 401);
}

/* Whoever manages accounts can enter one by a link: its owner is told. */
static void a_link_into_ones_account_is_news(void **state)
{
	struct app *app = *state;
	someone(app, "anna@x.example", "Anna", NULL, "Wonen", "Adviseur", NULL);
	someone(app, "tom@x.example", "Tom", "administrator", NULL, NULL, NULL);
	assert_answer(call(app, "tom@x.example", "account_link", "email=anna@x.example", NULL), OK);
	assert_false(str_has(call(app, "anna@x.example", "account_show", NULL).json, S("Tom")));
	assert_answer(call(app, "anna@x.example", "password_change", "password=een lang wachtwoord", "again=een lang wachtwoord", NULL), OK);
	assert_false(str_has(call(app, "anna@x.example", "today_show", NULL).json, S("lock-open")));
	assert_answer(call(app, "tom@x.example", "account_link", "email=anna@x.example", NULL), OK);
	assert_answer(call(app, "unprotected", "account_link", "email=anna@x.example", NULL), OK);
	assert_true(str_has(call(app, "anna@x.example", "today_show", NULL).json, S("Somebody else made 2 sign-in links")));
	struct answer own = call(app, "anna@x.example", "account_show", NULL);
	assert_true(str_has(own.json, S("\"by_name\":\"Tom\"")));
	assert_true(str_has(own.json, S("\"by_name\":null")));
}

/* A large body is read from whoever may send it, and from nobody else. */
static void a_large_body_waits_for_rights(void **state)
{
	struct app *app = *state;
	someone(app, "anna@x.example", "Anna", NULL, "Wonen", "Adviseur", NULL);
	someone(app, "hr@x.example", "Hanna", "learning", NULL, NULL, NULL);
	app_serve(app, false);
	char *many = arena_take(app->arena, 300 * 1024);
	memset(many, 'x', 300 * 1024);
	struct call_over_http r = { .method = "POST", .path = S("/import"), .body = { many, 300 * 1024 } };
	assert_int_equal(fetch_with(app, &r).status, 403);
	r.session = S("wijzer=made-up");
	int made_up = fetch_with(app, &r).status;
	r.session = app_session(app, "anna@x.example");
	int employee = fetch_with(app, &r).status;
	assert_int_equal(made_up, 403);
	assert_int_equal(employee, 403);
	r.session = app_session(app, "hr@x.example");
	assert_int_not_equal(fetch_with(app, &r).status, 413);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(a_password_opens_and_a_wrong_one_does_not), app_test(next_leads_only_to_pages_of_ours), app_test(guessing_slows_the_guesser_and_nobody_else),
		app_test(a_link_opens_once_and_only_by_its_button), app_test(sessions_end), app_test(a_weak_password_is_refused),
		app_test(a_token_acts_as_its_owner_until_it_ends), app_test(accounts_are_made_and_closed), app_test(a_team_is_invited),
		app_test(an_invitation_opens_no_account_in_use), app_test(a_demonstration_lets_in_its_own_people_only),
		app_test(a_demonstration_lets_nobody_in_from_elsewhere), app_test(a_token_is_withdrawn_alone), app_test(a_link_into_ones_account_is_news), app_test(a_large_body_waits_for_rights), app_test(only_forms_of_ours_count), app_test(another_host_is_not_answered) };
	return run_on_engines("accounts", tests);
}
