/* test_learning.c - one's own lens is one's own; a group's comes from five people on, counts private hours only of who agreed, and rules are seen applied before they are kept. */
#include "harness.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANNA "anna@x.example"
#define LEAD "lead@x.example"
#define LEARNER "noor@x.example"
#define COURSE "http://adlnet.gov/expapi/activities/course"
#define MEETING "http://adlnet.gov/expapi/activities/meeting"
#define WORK_ "http://adlnet.gov/expapi/activities/performance"
#define COMPLETED "http://adlnet.gov/expapi/verbs/completed"
#define NOON INT64_C(1795467600000)                /* 23 November 2026, 13.00 in Amsterdam */

static const char *said(struct app *a, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	str text = text_vformat(a->arena, format, values);
	va_end(values);
	return text_c(a->arena, text);
}

static const char *person_of(struct app *a, const char *team, int i) { return said(a, "%s%d@x.example", team, i); }

/* Two teams of five and of three in Wonen, one of two beside it; their lead, and one of every other role. */
static void people(struct app *a)
{
	a->now = (instant){ NOON };
	someone(a, LEAD, "Lena Lead", NULL, "Wonen", "Teamleider", NULL);
	someone(a, ANNA, "Anna", NULL, "Zorg", "Adviseur", NULL);
	for (int i = 0; i < 5; i++)
		someone(a, person_of(a, "north", i), said(a, "North %d", i), NULL, "Wonen/Noord", "Adviseur", LEAD);
	for (int i = 0; i < 3; i++)
		someone(a, person_of(a, "south", i), said(a, "South %d", i), NULL, "Wonen/Zuid", "Adviseur", NULL);
	someone(a, LEARNER, "Noor", "learning", "Staf", "Adviseur", NULL);
	someone(a, "board@x.example", "Bea", "board", NULL, NULL, NULL);
	someone(a, "council@x.example", "Cor", "council", NULL, NULL, NULL);
	someone(a, "privacy@x.example", "Petra", "privacy", NULL, NULL, NULL);
	someone(a, "admin@x.example", "Ad", "administrator", NULL, NULL, NULL);
}

static void agreed(struct app *a)
{
	sql(a, "insert into basis (purpose, kind, day, document, scope, made) values ('learning', 'agreement', '2026-01-01', 'Agreement', 'Groups', 1)");
}

/* duration NULL: the statement does not say. An activity has one type in the store, so each type has one of its own. */
static void did(struct app *a, const char *email, const char *verb, const char *type, const char *duration, const char *day)
{
	const char *result = duration ? said(a, ",\"result\":{\"duration\":\"%s\"}", duration) : "";
	assert_answer(call(a, "unprotected", "xapi_statements_post", "version=1.0.3", "type=application/json", said(a, "body={\"actor\":{\"mbox\":\"mailto:%s\"},\"verb\":{\"id\":\"%s\"},"
		"\"object\":{\"id\":\"%s/one\",\"definition\":{\"type\":\"%s\"}}%s,\"timestamp\":\"%sT09:00:00Z\"}", email, verb, type, type, result, day), NULL), OK);
}

static void wrote(struct app *a, const char *email, const char *kind, const char *hours, const char *day)
{
	assert_answer(call(a, email, "journal_write", said(a, "day=%s", day), said(a, "kind=%s", kind), said(a, "hours=%s", hours), "did=Something of mine", NULL), OK);
}

static bool says(struct answer a, const char *what) { return a.json.len && str_has(a.json, str_of(what)); }
#define assert_says(a, what) do { if (!says((a), (what))) print_error("not in " S_FMT "\n", S_ARG((a).json)); assert_true(says((a), (what))); } while (0)

static void one_s_own_year_is_one_s_own(void **state)
{
	struct app *a = *state;
	people(a);
	did(a, ANNA, COMPLETED, COURSE, "PT2H", "2026-10-05");
	did(a, ANNA, "http://adlnet.gov/expapi/verbs/attended", MEETING, NULL, "2026-10-06");
	did(a, ANNA, "http://adlnet.gov/expapi/verbs/initialized", COURSE, "PT9H", "2026-10-05");
	did(a, ANNA, COMPLETED, "http://x.example/types/odd", "PT5H", "2026-10-05");
	did(a, ANNA, COMPLETED, COURSE, "PT8H", "2024-10-05");
	wrote(a, ANNA, "work", "3", "2026-09-01");
	wrote(a, ANNA, "work", "", "2026-09-02");
	struct answer own = call(a, ANNA, "learning_mine_show", NULL);
	assert_answer(own, OK);
	assert_says(own, "\"hours\":6,\"moments\":3");
	assert_says(own, "\"kind\":\"work\",\"share\":0.");
	assert_says(own, "\"hours\":3,\"moments\":1");                     /* the entry */
	assert_says(own, "\"hours\":2,\"moments\":1");                     /* the course */
	assert_says(own, "\"hours\":1,\"moments\":1");                     /* the meeting, by a rule */
	assert_says(own, "\"untimed\":1");
	assert_says(own, "\"name\":\"completed (odd)\"");                  /* no rule knows it: told, and not counted */
	assert_true(own.queries <= 8);
	assert_says(call(a, ANNA, "learning_mine_show", "year=2024", NULL), "\"hours\":8,\"moments\":1");
	assert_says(call(a, ANNA, "learning_mine_show", "year=2023", NULL), "\"hours\":0,\"moments\":0");
	static const char *const others[] = { LEAD, LEARNER };
	for (size_t i = 0; i < 2; i++)
		assert_says(call(a, others[i], "learning_mine_show", NULL), "\"hours\":0,\"moments\":0");
	static const char *const nobodys[] = { "unprotected", "board@x.example", "council@x.example", "privacy@x.example", "admin@x.example" };
	for (size_t i = 0; i < 5; i++)
		assert_answer(call(a, nobodys[i], "learning_mine_show", NULL), FORBIDDEN);
	assert_answer(call(a, NULL, "learning_mine_show", NULL), FORBIDDEN);
}

static void what_is_shared_counts_once_and_what_is_voided_not(void **state)
{
	struct app *a = *state;
	people(a);
	wrote(a, ANNA, "others", "2", "2026-09-01");
	assert_answer(call(a, ANNA, "journal_share", said(a, "id=%lld", (long long)sql_number(a, "select max(id) from journal_entry")), "with=everybody", NULL), OK);
	assert_says(call(a, ANNA, "learning_mine_show", NULL), "\"hours\":2,\"moments\":1");
	did(a, ANNA, COMPLETED, COURSE, "PT1H", "2026-10-05");
	assert_says(call(a, ANNA, "learning_mine_show", NULL), "\"hours\":3,\"moments\":2");
	str id = sql_text(a, "select s.id from statement s join statement_found f on f.stored = s.stored join xapi_activity t on t.id = f.activity where t.type = '" COURSE "'");
	assert_answer(call(a, "unprotected", "xapi_statements_post", "version=1.0.3", "type=application/json", said(a, "body={\"actor\":{\"mbox\":\"mailto:x@x.example\"},"
		"\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/voided\"},\"object\":{\"objectType\":\"StatementRef\",\"id\":\"" S_FMT "\"}}", S_ARG(id)), NULL), OK);
	assert_says(call(a, ANNA, "learning_mine_show", NULL), "\"hours\":2,\"moments\":1");
	/* A player left open over the weekend: twelve hours at most. */
	did(a, ANNA, COMPLETED, COURSE, "PT60H", "2026-10-05");
	assert_says(call(a, ANNA, "learning_mine_show", NULL), "\"hours\":14,\"moments\":2");
}

/* Of a unit's row in the figures; NaN: withheld. */
static double figure(struct answer a, const char *unit, const char *field)
{
	char row[200], key[60];
	snprintf(row, sizeof row, "{\"unit\":\"%s\",\"state\":", unit);
	snprintf(key, sizeof key, "\"%s\":", field);
	const char *at = memmem(a.json.at, a.json.len, row, strlen(row));
	if (!at)
		print_error("no %s in " S_FMT "\n", unit, S_ARG(a.json));
	assert_non_null(at);
	at = strstr(at, key) + strlen(key);
	return strncmp(at, "null", 4) ? strtod(at, NULL) : NAN;
}

static bool state_is(struct app *a, struct answer x, const char *unit, const char *state)
{
	bool is = says(x, said(a, "{\"unit\":\"%s\",\"state\":\"%s\"", unit, state));
	if (!is)
		print_error("%s is not %s in " S_FMT "\n", unit, state, S_ARG(x.json));
	return is;
}

static void a_group_needs_five_and_so_does_what_can_be_subtracted(void **state)
{
	struct app *a = *state;
	people(a);
	for (int i = 0; i < 4; i++)
		did(a, person_of(a, "north", i), COMPLETED, COURSE, "PT2H", "2026-10-05");
	struct answer off = call(a, LEARNER, "learning_group_show", NULL);
	assert_says(off, "\"works\":false");
	assert_false(says(off, "\"rows\":[{"));
	agreed(a);
	struct answer four = call(a, LEARNER, "learning_group_show", NULL);
	assert_true(state_is(a, four, "Whole organisation", "few") && state_is(a, four, "Wonen/Noord", "few") && state_is(a, four, "Wonen/Zuid", "nobody"));
	assert_true(isnan(figure(four, "Wonen/Noord", "formal")) && isnan(figure(four, "Wonen/Noord", "people")));
	/* Half an hour is no picture of how somebody learns. */
	did(a, person_of(a, "north", 4), COMPLETED, COURSE, "PT30M", "2026-10-05");
	assert_true(state_is(a, call(a, LEARNER, "learning_group_show", NULL), "Wonen/Noord", "few"));
	did(a, person_of(a, "north", 4), COMPLETED, COURSE, "PT30M", "2026-10-06");
	struct answer five = call(a, LEARNER, "learning_group_show", NULL);
	assert_true(state_is(a, five, "Wonen/Noord", "shown") && state_is(a, five, "Whole organisation", "shown"));
	assert_true(figure(five, "Wonen/Noord", "people") == 5 && fabs(figure(five, "Wonen/Noord", "formal") - 5.1 / 6) < .0051);
	assert_true(five.queries <= 8);
	assert_true(figure(five, "Wonen/Noord", "formal") == .85 && !says(five, "0.8499"));      /* told in whole hundredths, in files too */
	/* Three more beside them: the unit above is eight, and eight less five would be three. */
	for (int i = 0; i < 3; i++)
		did(a, person_of(a, "south", i), COMPLETED, WORK_, "PT2H", "2026-10-05");
	struct answer beside = call(a, "board@x.example", "learning_group_show", "unit=Wonen", NULL);
	assert_true(state_is(a, beside, "Wonen", "shown") && state_is(a, beside, "Wonen/Noord", "beside") && state_is(a, beside, "Wonen/Zuid", "few"));
	/* One of the five knows what they did themselves: for them only four are left. */
	did(a, LEAD, COMPLETED, COURSE, "PT2H", "2026-10-05");
	sql(a, "update employment set lead = (select id from person where email = 'north0@x.example') where person = (select id from person where email = 'south0@x.example')");
	struct answer inside = call(a, "north0@x.example", "learning_group_show", "unit=Wonen/Noord", NULL);
	assert_true(state_is(a, inside, "Wonen/Noord", "few"));
	/* What happened this month moves no figure yet. */
	did(a, person_of(a, "north", 0), COMPLETED, WORK_, "PT12H", "2026-11-20");
	assert_true(fabs(figure(call(a, LEARNER, "learning_group_show", NULL), "Whole organisation", "people") - 9) < 1e-9);
	double before = figure(beside, "Wonen", "work"), after = figure(call(a, "board@x.example", "learning_group_show", "unit=Wonen", NULL), "Wonen", "work");
	assert_true(after < before);                       /* only because the lead's course came in, of October */
}

static void a_lead_gets_the_unit_s_figure_and_others_get_theirs(void **state)
{
	struct app *a = *state;
	people(a);
	agreed(a);
	for (int i = 0; i < 5; i++)
		did(a, person_of(a, "north", i), COMPLETED, WORK_, "PT2H", "2026-10-05");
	struct answer team = call(a, LEAD, "learning_team_show", NULL);
	assert_answer(team, OK);
	assert_true(state_is(a, team, "Wonen/Noord", "shown") && !says(team, "Wonen/Zuid"));
	assert_answer(call(a, ANNA, "learning_team_show", NULL), FORBIDDEN);
	assert_answer(call(a, ANNA, "learning_group_show", NULL), FORBIDDEN);
	assert_answer(call(a, "admin@x.example", "learning_group_show", NULL), FORBIDDEN);
	assert_answer(call(a, NULL, "learning_group_show", NULL), FORBIDDEN);
	static const char *const may[] = { LEAD, LEARNER, "board@x.example", "council@x.example", "privacy@x.example" };
	for (size_t i = 0; i < 5; i++) {
		assert_answer(call(a, may[i], "learning_group_show", NULL), OK);
		assert_answer(call(a, may[i], "learning_rules_show", NULL), OK);
		assert_answer(call(a, may[i], "learning_group_show", "unit=Nowhere", NULL), NOT_FOUND);
	}
	assert_false(says(call(a, LEARNER, "learning_group_show", NULL), "North 1"));
}

static void private_hours_count_only_of_who_agreed(void **state)
{
	struct app *a = *state;
	people(a);
	agreed(a);
	for (int i = 0; i < 5; i++) {
		did(a, person_of(a, "north", i), COMPLETED, COURSE, "PT2H", "2026-10-05");
		wrote(a, person_of(a, "north", i), "work", "6", "2026-10-06");
	}
	double alone = figure(call(a, LEARNER, "learning_group_show", NULL), "Wonen/Noord", "work");
	assert_true(fabs(alone - .7 / 6) < .0051);
	int64_t audit = sql_number(a, "select count(*) from audit");
	for (int i = 0; i < 5; i++)
		assert_answer(call(a, person_of(a, "north", i), "journal_counting_set", "counts=1", NULL), OK);
	assert_says(call(a, "north0@x.example", "learning_mine_show", NULL), "\"agreed\":\"2026-11-23\"");
	assert_int_equal(sql_number(a, "select count(*) from audit"), audit);
	/* From the next month on, so that nobody sees who said yes on which day. */
	assert_true(fabs(figure(call(a, LEARNER, "learning_group_show", NULL), "Wonen/Noord", "work") - alone) < 1e-9);
	a->now = (instant){ NOON + INT64_C(10) * 86400000 };
	double together = figure(call(a, LEARNER, "learning_group_show", NULL), "Wonen/Noord", "work");
	assert_true(fabs(together - (5 * .75 + .7) / 6) < .0051);
	/* A no works at once. */
	for (int i = 0; i < 5; i++)
		assert_answer(call(a, person_of(a, "north", i), "journal_counting_set", "counts=0", NULL), OK);
	assert_true(fabs(figure(call(a, LEARNER, "learning_group_show", NULL), "Wonen/Noord", "work") - alone) < 1e-9);
	assert_int_equal(sql_number(a, "select count(*) from journal_counted"), 0);
	assert_answer(call(a, "unprotected", "journal_counting_set", "counts=1", NULL), FORBIDDEN);
	assert_answer(call(a, "admin@x.example", "journal_counting_set", "counts=1", NULL), FORBIDDEN);
}

static void who_is_erased_no_longer_counts_along(void **state)
{
	struct app *a = *state;
	people(a);
	someone(a, "second@x.example", "Second Privacy", "privacy", NULL, NULL, NULL);
	wrote(a, "north0@x.example", "work", "6", "2026-10-06");
	for (int i = 0; i < 2; i++)
		assert_answer(call(a, person_of(a, "north", i), "journal_counting_set", "counts=1", NULL), OK);
	assert_says(call(a, "north0@x.example", "about_me", NULL), "\"name\":\"log_counted\"");
	assert_answer(call(a, "privacy@x.example", "erasure_ask_for", "who=North 0", "why=By letter", NULL), OK);
	assert_answer(call(a, "second@x.example", "erasure_settle", said(a, "id=%lld", (long long)sql_number(a, "select max(id) from erasure")), "decision=agreed", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from journal_counted"), 1);
	assert_int_equal(sql_number(a, "select count(*) from journal_counted where person = (select id from person where email = 'north1@x.example')"), 1);
}

static void a_rule_is_seen_applied_before_it_is_kept(void **state)
{
	struct app *a = *state;
	people(a);
	agreed(a);
	for (int i = 0; i < 5; i++) {
		did(a, person_of(a, "north", i), COMPLETED, COURSE, "PT2H", "2026-10-05");
		did(a, person_of(a, "north", i), COMPLETED, "http://x.example/types/odd", NULL, "2026-10-07");
	}
	did(a, person_of(a, "south", 0), COMPLETED, "http://x.example/types/rare", NULL, "2026-10-07");
	struct answer rules = call(a, LEARNER, "learning_rules_show", NULL);
	assert_says(rules, "\"type\":\"http://x.example/types/odd\",\"kind\":null,\"name\":null,\"hours\":0,\"times\":5,\"few\":false");
	assert_says(rules, "\"type\":\"http://x.example/types/rare\",\"kind\":null,\"name\":null,\"hours\":0,\"times\":null,\"few\":true");
	/* Ten hours of courses now; ten more in the work with the rule, which is not kept by looking. */
	struct answer tried = call(a, LEARNER, "learning_rule_show", "type=http://x.example/types/odd", "kind=work", "hours=2", NULL);
	assert_answer(tried, OK);
	assert_says(tried, "{\"kind\":\"work\",\"hours\":0,\"times\":0,\"hours_with\":10,\"times_with\":5,\"hours_without\":null,\"times_without\":null}");
	assert_says(tried, "{\"kind\":\"formal\",\"hours\":10,\"times\":5,\"hours_with\":10,\"times_with\":5");
	assert_int_equal(sql_number(a, "select count(*) from learning_rule"), 0);
	assert_says(call(a, LEARNER, "learning_rule_show", "type=http://x.example/types/rare", "kind=work", "hours=2", NULL), "\"few\":true,\"nothing\":false,\"kinds\":[{\"kind\":\"work\",\"hours\":0,\"times\":0,\"hours_with\":null");
	assert_says(call(a, LEARNER, "learning_rule_show", "type=odd", "kind=work", "hours=2", NULL), "has to be an address");
	assert_says(call(a, LEARNER, "learning_rule_show", "type=http://x.example/types/odd", "kind=work", "hours=101", NULL), "from 0 to 100");
	assert_says(call(a, LEARNER, "learning_rule_show", "type=" COURSE, NULL), "\"exists\":true,\"tried\":false");
	assert_answer(call(a, LEARNER, "learning_rule_put", "type=http://x.example/types/odd", "kind=work", "hours=2", "name_en=An odd one", NULL), OK);
	assert_true(sql_number(a, "select count(*) from learning_rule") > 30);      /* those that came along are now the organisation's own */
	assert_true(fabs(figure(call(a, LEARNER, "learning_group_show", NULL), "Wonen/Noord", "work") - (2.5 + .7) / 6) < .0051);
	assert_says(call(a, "north0@x.example", "learning_mine_show", NULL), "\"name\":\"An odd one\",\"kind\":\"work\",\"times\":1,\"silent\":1,\"hours\":2");
	/* The act and the type together go before the act, and that before the type. */
	assert_answer(call(a, LEARNER, "learning_rule_put", "verb=" COMPLETED, "kind=others", "hours=0.5", NULL), OK);
	assert_true(fabs(figure(call(a, LEARNER, "learning_group_show", NULL), "Wonen/Noord", "others") - 5.2 / 6) < .0051);
	assert_answer(call(a, LEARNER, "learning_rule_put", "verb=" COMPLETED, "type=" COURSE, "kind=formal", "hours=1", NULL), OK);
	assert_true(fabs(figure(call(a, LEARNER, "learning_group_show", NULL), "Wonen/Noord", "formal") - (5 * .8 + .1) / 6) < .0051);
	assert_answer(call(a, LEARNER, "learning_rule_drop", "verb=" COMPLETED, NULL), OK);
	assert_answer(call(a, LEARNER, "learning_rule_drop", "verb=" COMPLETED, NULL), NOT_FOUND);
	assert_answer(call(a, LEARNER, "learning_rules_restore", NULL), OK);
	assert_true(fabs(figure(call(a, LEARNER, "learning_group_show", NULL), "Wonen/Noord", "formal") - 5.1 / 6) < .0051);
	assert_answer(call(a, LEARNER, "learning_rule_put", "kind=work", "hours=1", NULL), INVALID);
	assert_answer(call(a, LEARNER, "learning_rule_put", "type=two words:x", "kind=work", "hours=1", NULL), INVALID);
	assert_answer(call(a, LEARNER, "learning_rule_put", "type=" COURSE, "kind=play", "hours=1", NULL), INVALID);
	static const char *const others[] = { ANNA, LEAD, "board@x.example", "council@x.example", "privacy@x.example", "admin@x.example" };
	for (size_t i = 0; i < 6; i++) {
		assert_answer(call(a, others[i], "learning_rule_show", NULL), FORBIDDEN);
		assert_answer(call(a, others[i], "learning_rule_put", "type=" COURSE, "kind=work", "hours=1", NULL), FORBIDDEN);
		assert_answer(call(a, others[i], "learning_rule_drop", "type=" COURSE, NULL), FORBIDDEN);
		assert_answer(call(a, others[i], "learning_rules_restore", NULL), FORBIDDEN);
	}
	assert_answer(call(a, ANNA, "learning_rules_show", NULL), FORBIDDEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(one_s_own_year_is_one_s_own),
		app_test(what_is_shared_counts_once_and_what_is_voided_not),
		app_test(a_group_needs_five_and_so_does_what_can_be_subtracted),
		app_test(a_lead_gets_the_unit_s_figure_and_others_get_theirs),
		app_test(private_hours_count_only_of_who_agreed),
		app_test(who_is_erased_no_longer_counts_along),
		app_test(a_rule_is_seen_applied_before_it_is_kept),
	};
	return run_on_engines("learning", tests);
}
