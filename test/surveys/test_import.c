/* test_import.c - answers from another tool: what stays at the door, what is refused with its place, and the figures of real data. */
#include "round.h"
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int setup(void **state)
{
	int wrong = app_setup(state);
	struct app *app = *state;
	if (!wrong)
		instant_from_iso(S("2026-11-25T09:00:00Z"), &app->now);
	return wrong;
}
#define test(f) { #f, f, setup, app_teardown, NULL }

static str file_text(struct app *app, str path)
{
	FILE *f = fopen(text_c(app->arena, path), "rb");
	if (!f)
		return (str){ 0 };
	char *at = arena_take(app->arena, 8 * 1024 * 1024);
	size_t len = fread(at, 1, 8 * 1024 * 1024, f);
	fclose(f);
	return (str){ at, len };
}

static struct answer bring(struct app *app, const char *as, str csv, str mapping, str items)
{
	list given = { 0 };
	*list_add(app->arena, &given, struct given) = (struct given){ S("name"), S("Elsewhere") };
	*list_add(app->arena, &given, struct given) = (struct given){ S("day"), S("2026-05-31") };
	*list_add(app->arena, &given, struct given) = (struct given){ S("file"), csv };
	*list_add(app->arena, &given, struct given) = (struct given){ S("file_file"), S("answers.csv") };
	if (mapping.len)
		*list_add(app->arena, &given, struct given) = (struct given){ S("mapping"), mapping };
	if (items.len)
		*list_add(app->arena, &given, struct given) = (struct given){ S("items"), items };
	return call_with(app, as, "survey_import", &given);
}

static void somebody_learns(struct app *app)
{
	someone(app, "learning@x.example", "Learning", "learning", NULL, NULL, NULL);
	sql(app, "insert into basis (purpose, kind, day, document, scope, made) values ('surveys', 'agreement', '2026-01-01', 'Agreement', 'Everybody', 1)");
}

static bool stands_anywhere(struct app *app, const char *what)
{
	char command[300];
	snprintf(command, sizeof command, "grep -rqa '%s' '%s'", what, app->folder);
	return !system(command);
}

/* ---- At the door ---- */

static void what_tells_who_it_was_stays_at_the_door(void **state)
{
	struct app *app = *state;
	struct round_test t;
	struct buffer b = { 0 };
	organisation(app, &t, 2, 12);
	buffer_add(&b, S("id;submitdate;ipaddr;email;Afdeling;\"G01Q01[TIJD1]\";\"G01Q02[STEUN1]\";OPEN1\n"));
	for (int i = 0; i < 24; i++)
		buffer_add_format(&b, "%d;2026-05-%02d 10:11:12;203.0.113.%d;zeldzaam%d@x.example;%s;A%d;%s;\"Meer tijd, graag %d\"\n", i, 1 + i % 28, i, i, i < 12 ? "A" : "House/B", 1 + i % 5,
			i % 2 ? "mee eens" : "n.v.t.", i);
	buffer_add(&b, S("24;;203.0.113.99;begonnen@x.example;A;A5;eens;\n25;2026-05-02 10:11:12;203.0.113.98;leeg@x.example;A;;;\n"));
	struct answer a = bring(app, "learning@x.example", buffer_text(&b), (str){ 0 }, (str){ 0 });
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"answers\":24")));
	assert_true(str_has(a.json, S("\"unfinished\":1")));
	assert_true(str_has(a.json, S("\"empty\":1")));
	assert_int_equal(sql_number(app, "select count(*) from survey_response"), 24);
	assert_int_equal(sql_number(app, "select count(*) from survey_comment"), 24);
	assert_int_equal(sql_number(app, "select count(*) from survey_asked"), 0);
	assert_false(stands_anywhere(app, "203\\.0\\.113"));
	assert_false(stands_anywhere(app, "zeldzaam"));
	assert_false(stands_anywhere(app, "10:11:12"));
	/* The same gate and pages: comments, not chosen to be quoted by whoever wrote them, are for learning and HR. */
	a = call(app, "learning@x.example", "survey_results", "id=1", NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("Meer tijd, graag")));
	a = call(app, "p0@x.example", "survey_results", "id=1", NULL);
	assert_answer(a, OK);
	assert_false(str_has(a.json, S("Meer tijd, graag")));
	char unit[40];
	snprintf(unit, sizeof unit, "unit=%lld", (long long)sql_number(app, "select id from unit where name = 'A'"));
	assert_answer(call(app, "p0@x.example", "survey_results", "id=1", unit, NULL), OK);
	assert_answer(call(app, "p13@x.example", "survey_results", "id=1", unit, NULL), FORBIDDEN);
	assert_answer(call(app, NULL, "survey_import_show", NULL), FORBIDDEN);
	assert_answer(call(app, "p0@x.example", "survey_import_show", NULL), FORBIDDEN);
	assert_answer(call(app, "learning@x.example", "survey_import_show", NULL), OK);
	assert_answer(bring(app, "p0@x.example", buffer_text(&b), (str){ 0 }, (str){ 0 }), FORBIDDEN);
	/* A mapping does not open the door. */
	assert_answer(bring(app, "learning@x.example", buffer_text(&b), S("OPEN1 = column \"E-Mail\"\nTIJD1 = column \"G01Q01[TIJD1]\""), (str){ 0 }), INVALID);
	a = bring(app, "learning@x.example", buffer_text(&b), S("unit = column \"email\"\nTIJD1 = column \"G01Q01[TIJD1]\""), (str){ 0 });
	assert_answer(a, INVALID);
	assert_true(str_has(problem_of(a, "mapping"), S("email")));
	/* Taken back whole; what was held here stays. */
	assert_answer(call(app, "p0@x.example", "survey_import_drop", "id=1", NULL), FORBIDDEN);
	assert_answer(call(app, "learning@x.example", "survey_import_drop", "id=1", NULL), OK);
	assert_int_equal(sql_number(app, "select (select count(*) from survey_response) + (select count(*) from survey_comment) + (select count(*) from survey_figure) + (select count(*) from survey_round)"), 0);
	round_make(&t, 1);
	char id[20];
	snprintf(id, sizeof id, "id=%lld", (long long)t.id);
	assert_answer(call(app, "learning@x.example", "survey_import_drop", id, NULL), CONFLICT);
	buffer_done(&b);
}

static void a_small_unit_goes_up(void **state)
{
	struct app *app = *state;
	struct round_test t;
	struct buffer b = { 0 };
	organisation(app, &t, 3, 4);
	buffer_add(&b, S("unit,TIJD1\n"));
	for (int i = 0; i < 20; i++)
		buffer_add_format(&b, "%s,%d\n", i < 3 ? "A" : i < 11 ? "B" : "C", 1 + i % 5);
	struct answer a = bring(app, "learning@x.example", buffer_text(&b), (str){ 0 }, (str){ 0 });
	assert_answer(a, OK);
	assert_int_equal(sql_number(app, "select count(*) from survey_cell where people between 1 and 4"), 0);
	assert_int_equal(sql_number(app, "select count(*) from survey_figure where n between 1 and 4"), 0);
	assert_int_equal(sql_number(app, "select count(*) from survey_response"), 20);
	buffer_done(&b);
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
	struct app *app = *state;
	somebody_learns(app);
	struct answer a = bring(app, "learning@x.example", S("TIJD1,unit\n3,Nowhere\n4,Nowhere\n2,Nowhere\n2,Nowhere\n1,Nowhere\n"), (str){ 0 }, (str){ 0 });
	assert_answer(a, INVALID);
	assert_true(str_has(problem_of(a, "file"), S("Nowhere")));
	a = bring(app, "learning@x.example", S("TIJD1\n3\n7\n2\n2\n1\n"), (str){ 0 }, (str){ 0 });
	assert_answer(a, INVALID);
	assert_true(str_has(problem_of(a, "file"), S("Line 3")));
	assert_answer(bring(app, "learning@x.example", S("TIJD1\n3\n3.5\n2\n2\n1\n"), (str){ 0 }, (str){ 0 }), INVALID);
	assert_answer(bring(app, "learning@x.example", S("TIJD1\n3\n4\n2\n2\n"), (str){ 0 }, (str){ 0 }), INVALID);           /* four */
	assert_answer(bring(app, "learning@x.example", S("colour\nred\n"), (str){ 0 }, (str){ 0 }), INVALID);
	assert_answer(bring(app, "learning@x.example", S("TIJD1,Q[TIJD1]\n1,2\n"), (str){ 0 }, (str){ 0 }), INVALID);
	assert_answer(bring(app, "learning@x.example", S(""), (str){ 0 }, (str){ 0 }), INVALID);
	assert_answer(bring(app, "learning@x.example", S("a\n1\n"), S("X = column \"a\""), (str){ 0 }), INVALID);
	a = bring(app, "learning@x.example", S("a\n1\n"), S("X = column \"a\""), S("code,nl,points\nX,Vraag,99\n"));
	assert_answer(a, INVALID);
	assert_true(problem_of(a, "items").len > 0);
	assert_answer(bring(app, "learning@x.example", S("a\n1\n"), S("X = column \"a\""), S("code,nl\nTIJD1,Vraag\n")), INVALID);
	assert_int_equal(sql_number(app, "select count(*) from survey_round"), 0);
	sql(app, "delete from basis");
	a = bring(app, "learning@x.example", S("TIJD1\n3\n3\n2\n2\n1\n"), (str){ 0 }, (str){ 0 });
	assert_answer(a, CONFLICT);
	assert_true(str_eq(a.code, S("no-basis")));
}

/* A comment of 1 MB is no table; a long one is cut at what we keep, and counted; emoji and a script are text. */
static void comments_of_all_kinds(void **state)
{
	struct app *app = *state;
	struct buffer b = { 0 };
	somebody_learns(app);
	buffer_add(&b, S("TIJD1,OPEN1\n"));
	for (int i = 0; i < 12; i++) {
		buffer_add_format(&b, "%d,\"", 1 + i % 5);
		for (int j = 0; j < (i ? 1 : 5000); j++)
			buffer_add(&b, i == 1 ? S("<script>alert(1)</script>") : S("😀"));
		buffer_add(&b, S("\"\n"));
	}
	struct answer a = bring(app, "learning@x.example", buffer_text(&b), (str){ 0 }, (str){ 0 });
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"cut\":1")));
	assert_int_equal(sql_number(app, "select max(length(text)) from survey_comment"), 1000);
	assert_int_equal(sql_number(app, "select count(*) from survey_comment where text like '%<script>%'"), 1);
	buffer_add(&b, S("3,\""));
	for (int j = 0; j < 1024 * 1024; j++)
		buffer_add_char(&b, 'x');
	buffer_add(&b, S("\"\n"));
	assert_answer(bring(app, "learning@x.example", buffer_text(&b), (str){ 0 }, (str){ 0 }), INVALID);
	buffer_done(&b);
}

/* ---- Real data ---- */

static str shipped(struct app *app, const char *name)
{
	str text = file_text(app, text_format(app->arena, "%s/share/mappings/surveys/%s", getenv("WIJZER_SOURCE"), name));
	assert_true(text.len > 0);
	return text;
}

static str shared_data(struct app *app, const char *name)
{
	str text = file_text(app, text_format(app->arena, "%s/../shared/%s", getenv("WIJZER_SOURCE"), name));
	if (!text.len)
		text = file_text(app, text_format(app->arena, "%s/../../shared/%s", getenv("WIJZER_SOURCE"), name));
	if (!text.len)
		print_message("skipped: no shared data (%s)\n", name);
	return text;
}

static void companies_make(struct app *app, int count)
{
	sql(app, "insert into unit (name, path, fold) values ('Companies', 'Companies', 'companies')");
	for (int i = 1; i <= count; i++) {
		char text[200];
		snprintf(text, sizeof text, "insert into unit (parent, name, path, fold) values ((select id from unit where path = 'Companies'), '%d', 'Companies/%d', '%d')", i, i, i);
		sql(app, text);
	}
}

static json_t *results_of(struct app *app, str *json)
{
	json_error_t error;
	char id[30];
	snprintf(id, sizeof id, "id=%lld", (long long)sql_number(app, "select max(id) from survey_round"));
	struct answer a = call(app, "learning@x.example", "survey_results", id, NULL);
	assert_answer(a, OK);
	json_t *all = json_loadb(a.json.at, a.json.len, 0, &error);
	assert_non_null(all);
	*json = a.json;
	return all;
}

static const json_t *named(const json_t *rows, const char *name)
{
	for (size_t i = 0; i < json_array_size(rows); i++)
		if (!strcmp(json_string_value(json_object_get(json_array_get(rows, i), "name")), name))
			return json_array_get(rows, i);
	fail_msg("no %s among %s", name, json_dumps(rows, 0));
	return NULL;
}

static void is_near(const json_t *of, const char *member, double wanted, double tolerance)
{
	double is = json_number_value(json_object_get(of, member));
	if (!(fabs(is - wanted) <= tolerance))
		fail_msg("%s is %.15g, not %.15g", member, is, wanted);
}

static json_t *reference(struct app *app, const char *name)
{
	json_error_t error;
	str text = shared_data(app, name);
	return text.len ? json_loadb(text.at, text.len, 0, &error) : NULL;
}

static void bfi_has_its_alphas(void **state)
{
	struct app *app = *state;
	str csv = shared_data(app, "data/surveys/bfi_items.csv"), json;
	json_t *wanted = reference(app, "vectors/survey/reliability.json");
	if (!csv.len || !wanted)
		return;
	somebody_learns(app);
	assert_answer(bring(app, "learning@x.example", csv, shipped(app, "bfi.map"), shipped(app, "bfi-questions.csv")), OK);
	json_t *all = results_of(app, &json);
	const struct { const char *of, *name; } scales[] = { { "agree", "Agreeableness" }, { "extraversion", "Extraversion" } };
	for (size_t i = 0; i < 2; i++) {
		const json_t *is = named(json_object_get(all, "scales"), scales[i].name), *w = json_object_get(wanted, scales[i].of), *feldt = json_object_get(w, "feldt95_listwise");
		is_near(is, "alpha", json_number_value(json_object_get(w, "alpha_cov_listwise")), 1e-10);
		is_near(is, "low", json_number_value(json_array_get(feldt, 0)), 1e-10);
		is_near(is, "high", json_number_value(json_array_get(feldt, 1)), 1e-10);
		is_near(is, "omega", json_number_value(json_object_get(w, "omega_total_1f_minres")), 1e-5);
	}
	/* Every answer that was given, missing ones passed over: R's colSums(!is.na(bfi)) gives 2784 for A1. */
	assert_int_equal(sql_number(app, "select n from survey_figure f join survey_question q on q.round = f.round and q.place = f.place where q.item = 'A1' and f.unit = 0"), 2784);
	json_decref(all);
	json_decref(wanted);
}

static void companies_agree_as_they_do_in_r(void **state)
{
	struct app *app = *state;
	str csv = shared_data(app, "data/surveys/lq2002_leadership_items.csv"), json;
	json_t *wanted = reference(app, "vectors/survey/reliability.json");
	if (!csv.len || !wanted)
		return;
	somebody_learns(app);
	companies_make(app, 60);
	assert_answer(bring(app, "learning@x.example", csv, shipped(app, "lq2002.map"), shipped(app, "lq2002-questions.csv")), OK);
	assert_int_equal(sql_number(app, "select count(distinct unit) from survey_view where teams = 1"), 49);
	json_t *all = results_of(app, &json);
	const json_t *is = named(json_object_get(all, "scales"), "Leadership climate"), *w = json_object_get(wanted, "lq_lead");
	is_near(is, "alpha", json_number_value(json_object_get(w, "alpha")), 1e-10);
	is_near(is, "omega", json_number_value(json_object_get(w, "omega_total_1f")), 1e-5);
	is_near(is, "rwg", json_number_value(json_object_get(w, "rwgj_mean")), 1e-10);
	/* With n0 for unequal teams (Searle 1971), from the mean squares, reckoned apart from the program. */
	is_near(is, "icc1", 0.08867847879621855, 1e-10);
	is_near(is, "icc2", 0.8007543730132594, 1e-10);
	const json_t *first = json_object_get(w, "rwgj_first5");
	for (size_t i = 0; i < json_array_size(first); i++) {
		const json_t *one = json_array_get(first, i);
		char text[300], unit[40];
		snprintf(text, sizeof text, "select id from unit where path = 'Companies/%s'", json_string_value(json_object_get(one, "grpid")));
		snprintf(unit, sizeof unit, "unit=%lld", (long long)sql_number(app, text));
		char id[30];
		snprintf(id, sizeof id, "id=%lld", (long long)sql_number(app, "select max(id) from survey_round"));
		struct answer a = call(app, "learning@x.example", "survey_results", id, unit, NULL);
		assert_answer(a, OK);
		json_error_t error;
		json_t *page = json_loadb(a.json.at, a.json.len, 0, &error);
		/* About one team: two decimals and no more. */
		is_near(named(json_object_get(page, "agreed"), "Leadership climate"), "rwg", round(100 * json_number_value(json_object_get(one, "rwg.j"))) / 100, 1e-10);
		json_decref(page);
	}
	json_decref(all);
	json_decref(wanted);
}

static void well_being_goes_together_as_it_does_in_r(void **state)
{
	struct app *app = *state;
	str csv = shared_data(app, "data/surveys/bh1996_army_cohesion.csv"), json;
	json_t *wanted = reference(app, "vectors/drivers/drivers.json");
	if (!csv.len || !wanted)
		return;
	somebody_learns(app);
	companies_make(app, 99);
	assert_answer(bring(app, "learning@x.example", csv, shipped(app, "bh1996.map"), shipped(app, "bh1996-questions.csv")), OK);
	assert_int_equal(sql_number(app, "select count(distinct unit) from survey_view where teams = 1"), 99);
	json_t *all = results_of(app, &json);
	const json_t *w = json_object_get(wanted, "bh1996_wellbeing"), *lmg = json_object_get(w, "lmg");
	const char *names[] = { "Cohesion of the group", "Leadership", "Hours of work a day" };
	const double icc[][2] = { { 0.04440883328716451, 0.7754596777715471 }, { 0.12740367815519446, 0.9156129693480575 }, { 0.1334980548232494, 0.9196731953790889 } };
	for (size_t i = 0; i < 3; i++) {
		const json_t *d = named(json_object_get(all, "drivers"), names[i]);
		double share = json_number_value(json_array_get(lmg, i));
		is_near(d, "share", share, 1e-9);
		assert_true(json_number_value(json_object_get(d, "low")) < share && json_number_value(json_object_get(d, "high")) > share);
		is_near(named(json_object_get(all, "scales"), names[i]), "icc1", icc[i][0], 1e-10);
		is_near(named(json_object_get(all, "scales"), names[i]), "icc2", icc[i][1], 1e-10);
	}
	assert_true(fabs(json_number_value(json_object_get(all, "drivers_r2")) - json_number_value(json_object_get(w, "r2"))) < 1e-9);
	json_decref(all);
	json_decref(wanted);
}

/* A hundred thousand answers to forty questions: how long it takes to take them in, and to read what they say. */
static void a_hundred_thousand(void **state)
{
	struct app *app = *state;
	struct buffer b = { 0 }, q = { 0 };
	if (!getenv("WIJZER_MEASURE"))
		return;
	somebody_learns(app);
	companies_make(app, 100);
	buffer_add(&q, S("code,nl,scale\n"));
	buffer_add(&b, S("unit"));
	for (int i = 1; i <= 40; i++) {
		buffer_add_format(&q, "Q%d,Vraag %d,S%d\n", i, i, (i - 1) / 5);
		buffer_add_format(&b, ",Q%d", i);
	}
	buffer_add_char(&b, '\n');
	for (int p = 0; p < 100000; p++) {
		buffer_add_format(&b, "%d", 1 + p % 100);
		for (int i = 0; i < 40; i++)
			buffer_add_format(&b, ",%d", 1 + (p * 7 + i * (p % 13) + p / 100) % 5);
		buffer_add_char(&b, '\n');
	}
	struct timespec t0, t1;
	clock_gettime(CLOCK_MONOTONIC, &t0);
	assert_answer(bring(app, "learning@x.example", buffer_text(&b), (str){ 0 }, buffer_text(&q)), OK);
	clock_gettime(CLOCK_MONOTONIC, &t1);
	print_message("taken in and computed: %.0f ms\n", (double)(t1.tv_sec - t0.tv_sec) * 1e3 + (double)(t1.tv_nsec - t0.tv_nsec) / 1e6);
	for (int i = 0; i < 5; i++) {
		clock_gettime(CLOCK_MONOTONIC, &t0);
		assert_answer(call(app, "learning@x.example", "survey_results", "id=1", NULL), OK);
		clock_gettime(CLOCK_MONOTONIC, &t1);
		print_message("results: %.1f ms\n", (double)(t1.tv_sec - t0.tv_sec) * 1e3 + (double)(t1.tv_nsec - t0.tv_nsec) / 1e6);
	}
	buffer_done(&b);
	buffer_done(&q);
}

int main(void)
{
	const struct CMUnitTest tests[] = { test(what_tells_who_it_was_stays_at_the_door), test(a_small_unit_goes_up), test(what_is_wrong_is_said_with_its_place), test(comments_of_all_kinds),
		test(bfi_has_its_alphas), test(companies_agree_as_they_do_in_r), test(well_being_goes_together_as_it_does_in_r), test(a_hundred_thousand) };
	return run_on_engines("survey import", tests);
}
