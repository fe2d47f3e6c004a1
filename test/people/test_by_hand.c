/* test_by_hand.c - what somebody types about one person is checked as a file is, keeps what was, and can be taken back. */
#include "harness.h"

static void house_make(struct app *app)
{
	someone(app, "hr@x.example", "Hanna", "learning", NULL, NULL, NULL);
	someone(app, "anna@x.example", "Anna Celik", NULL, "Wonen/Verhuur", "Teamleider", NULL);
	someone(app, "bert@x.example", "Bert Smit", NULL, "Wonen/Verhuur", "Adviseur", "anna@x.example");
}

static const char *person(struct app *app, const char *key, const char *name)
{
	return text_c(app->arena, text_format(app->arena, "%s=%lld", key, (long long)sql_number(app, text_c(app->arena, text_format(app->arena, "select id from person where name = '%s'", name)))));
}

static const char *employment(struct app *app, const char *name)
{
	return text_c(app->arena, text_format(app->arena, "id=%lld",
		(long long)sql_number(app, text_c(app->arena, text_format(app->arena, "select max(e.id) from employment e join person p on p.id = e.person where p.name = '%s'", name)))));
}

static void one_person_is_added(void **state)
{
	struct app *app = *state;
	house_make(app);
	assert_answer(call(app, "hr@x.example", "person_new_form", NULL), OK);
	assert_answer(call(app, "hr@x.example", "person_add", "name=Cem Kaya", "email=Cem@x.example", "unit= Wonen / Verhuur", "role=Adviseur", "lead_id=anna celik", "hours=32,5", NULL), OK);
	assert_string_equal(text_c(app->arena, sql_text(app, "select person_id || ' ' || email from person where name = 'Cem Kaya'")), "cem@x.example cem@x.example");
	assert_int_equal(sql_number(app, "select count(*) from employment e join person l on l.id = e.lead join person p on p.id = e.person"
		" where p.name = 'Cem Kaya' and l.name = 'Anna Celik' and e.hours = 32.5"), 1);
	assert_int_equal(sql_number(app, "select count(*) from unit"), 2);
	/* The same number, the same address, and what no import takes, each at its field. */
	assert_true(problem_of(call(app, "hr@x.example", "person_add", "name=Another", "email=cem@x.example", "unit=Wonen", "role=Adviseur", NULL), "email").len > 0);
	assert_true(problem_of(call(app, "hr@x.example", "person_add", "name=Another", "email=cem@x.example", "person_id=77", "unit=Wonen", "role=Adviseur", NULL), "email").len > 0);
	assert_true(problem_of(call(app, "hr@x.example", "person_add", "name=Another", "email=no address", "unit=Wonen", "role=Adviseur", NULL), "email").len > 0);
	assert_true(str_has(problem_of(call(app, "hr@x.example", "person_add", "name=Another", "unit=Wonen", "role=Adviseur", "lead_id=Ana Celik", NULL), "lead_id"), S("not known")));
	assert_true(problem_of(call(app, "hr@x.example", "person_add", "name=Another", "unit=Wonen", "role=Adviseur", "start=2026-05-01", "end=2026-04-01", NULL), "end").len > 0);
	assert_true(problem_of(call(app, "hr@x.example", "person_add", "name=Another", "unit=a/b/c/d/e/f/g/h/i", "role=Adviseur", NULL), "unit").len > 0);
	assert_int_equal(sql_number(app, "select count(*) from person where name = 'Another'"), 0);
	assert_answer(call(app, "anna@x.example", "person_add", "name=Another", "unit=Wonen", "role=Adviseur", NULL), FORBIDDEN);
}

static void details_change(void **state)
{
	struct app *app = *state;
	house_make(app);
	assert_answer(call(app, "hr@x.example", "person_change_form", person(app, "id", "Bert Smit"), NULL), OK);
	assert_answer(call(app, "hr@x.example", "person_change", person(app, "id", "Bert Smit"), "name=Bert de Smit", "email=bert@x.example", "language=nl", NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from person where name = 'Bert de Smit' and language = 'nl'"), 1);
	assert_true(problem_of(call(app, "hr@x.example", "person_change", person(app, "id", "Bert de Smit"), "name=Bert", "email=anna@x.example", NULL), "email").len > 0);
	assert_answer(call(app, "hr@x.example", "person_change", "id=9999", "name=Bert", NULL), NOT_FOUND);
}

static void a_change_keeps_what_was(void **state)
{
	struct app *app = *state;
	house_make(app);
	sql(app, "update employment set start_day = '2025-01-01'");
	const char *id = employment(app, "Bert Smit"), *who = person(app, "person", "Bert Smit");
	assert_answer(call(app, "hr@x.example", "employment_change_form", id, NULL), OK);
	assert_answer(call(app, "hr@x.example", "employment_change", id, who, "since=2026-03-01", "unit=Vastgoed", "role=Opzichter", "lead_id=", "hours=24", "start=2025-01-01", NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from employment e join person p on p.id = e.person join unit u on u.id = e.unit where p.name = 'Bert Smit'"
		" and ((u.path = 'Wonen/Verhuur' and e.end_day = '2026-02-28' and e.lead is not null) or (u.path = 'Vastgoed' and e.start_day = '2026-03-01' and e.end_day is null and e.lead is null))"), 2);
	/* A mistake from the start is put right in its place, and an end ends it. */
	id = employment(app, "Bert Smit");
	assert_answer(call(app, "hr@x.example", "employment_change", id, who, "unit=Wonen", "role=Opzichter", "lead_id=Anna Celik", "start=2026-03-02", NULL), OK);
	assert_answer(call(app, "hr@x.example", "employment_change", id, who, "since=2026-06-01", "unit=Wonen", "role=Opzichter", "lead_id=Anna Celik", "start=2026-03-02", "end=2026-12-31", NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from employment e join person p on p.id = e.person join unit u on u.id = e.unit where p.name = 'Bert Smit'"
		" and u.path = 'Wonen' and e.start_day = '2026-03-02' and e.end_day = '2026-12-31'"), 1);
	assert_int_equal(sql_number(app, "select count(*) from employment e join person p on p.id = e.person where p.name = 'Bert Smit'"), 2);
	/* What cannot be. */
	assert_true(problem_of(call(app, "hr@x.example", "employment_change", id, who, "since=2026-03-02", "unit=Elders", "role=Opzichter", "start=2026-03-02", NULL), "since").len > 0);
	assert_true(problem_of(call(app, "hr@x.example", "employment_change", id, who, "since=2027-03-02", "unit=Elders", "role=Opzichter", "start=2026-03-02", NULL), "since").len > 0);
	assert_true(problem_of(call(app, "hr@x.example", "employment_change", id, who, "unit=Wonen", "role=Opzichter", "lead_id=Bert Smit", "start=2026-03-02", NULL), "lead_id").len > 0);
	assert_true(problem_of(call(app, "hr@x.example", "employment_change", id, who, "unit=Wonen/Verhuur", "role=Adviseur", "start=2025-01-01", NULL), "unit").len > 0);
	assert_answer(call(app, "hr@x.example", "employment_change", id, person(app, "person", "Anna Celik"), "unit=Wonen", "role=Opzichter", NULL), NOT_FOUND);
	/* Taken back like an import: the last first. */
	int64_t last = sql_number(app, "select max(id) from import");
	assert_answer(call(app, "hr@x.example", "import_take_back", text_c(app->arena, text_format(app->arena, "id=%lld", (long long)last)), NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from employment where end_day = '2026-12-31'"), 0);
}

static void no_circle_of_leads(void **state)
{
	struct app *app = *state;
	house_make(app);
	struct answer a = call(app, "hr@x.example", "employment_change", employment(app, "Anna Celik"), person(app, "person", "Anna Celik"), "unit=Wonen/Verhuur", "role=Teamleider",
		"lead_id=Bert Smit", "start=2025-01-01", NULL);
	assert_answer(a, INVALID);
	assert_true(problem_of(a, "lead_id").len > 0);
}

static void another_role_beside(void **state)
{
	struct app *app = *state;
	house_make(app);
	someone(app, "bert2@x.example", "Bert Smit", NULL, "Vastgoed", "Opzichter", NULL);
	assert_answer(call(app, "hr@x.example", "employment_new_form", person(app, "id", "Anna Celik"), NULL), OK);
	assert_answer(call(app, "hr@x.example", "employment_add", person(app, "person", "Anna Celik"), "unit=Vastgoed", "role=Opzichter", "start=2026-01-01", NULL), OK);
	struct answer again = call(app, "hr@x.example", "employment_add", person(app, "person", "Anna Celik"), "unit=Vastgoed", "role=opzichter", "start=2026-01-01", NULL);
	assert_true(problem_of(again, "unit").len > 0);
	struct answer several = call(app, "hr@x.example", "employment_add", person(app, "person", "Anna Celik"), "unit=Vastgoed", "role=Adviseur", "lead_id=bert smit", NULL);
	assert_true(problem_of(several, "lead_id").len > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(one_person_is_added), app_test(details_change), app_test(a_change_keeps_what_was), app_test(no_circle_of_leads),
		app_test(another_role_beside) };
	return run_on_engines("by hand", tests);
}
