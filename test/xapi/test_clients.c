/* test_clients.c - credentials for tools: made once, wrong all alike, confirmed by a second person, renewed, taken back. */
#include "tool.h"
#include "../../src/xapi/manage.h"
#include <string.h>

static struct xapi_secret made_with(struct app *app, const char *as, const char *scope, const char *purpose)
{
	struct answer a = call(app, as, "xapi_client_make", "name=Moodle", text_c(app->arena, text_format(app->arena, "scope=%s", scope)),
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
	assert_answer(call(app, "tom@x.example", "xapi_client_make", "name=X", "scope=statements/write,everything", NULL), INVALID);
	assert_answer(call(app, "petra@x.example", "xapi_client_make", "name=X", "scope=state", NULL), FORBIDDEN);
}

static void who_reads_all_needs_a_purpose_a_second_person_and_ends(void **state)
{
	struct app *app = *state;
	administrators(app);
	struct answer a = call(app, "tom@x.example", "xapi_client_make", "name=Report", "scope=statements/read", NULL);
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

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(a_secret_is_shown_once_and_kept_as_a_fingerprint), app_test(who_reads_all_needs_a_purpose_a_second_person_and_ends) };
	return run_on_engines("xapi clients", tests);
}
