/* test_by_hand.c - a skill is made, changed, moved and retired by hand; what it said stays readable. */
#include "harness.h"

static const char LEARNING[] = "lieve@x.example", EMPLOYEE[] = "anna@x.example";

static void team(struct app *app)
{
	someone(app, LEARNING, "Lieve", "learning", NULL, NULL, NULL);
	someone(app, EMPLOYEE, "Anna", NULL, "Wonen", "Adviseur", NULL);
	assert_answer(call(app, LEARNING, "skill_add_one", "kind=group", "speaks=nl", "skill=Voor de klant", NULL), OK);
	assert_answer(call(app, LEARNING, "skill_add_one", "kind=skill", "speaks=nl", "skill=Luisteren", "parent=voor de klant", "owner=Anna", "review_day=2027-01-01",
		"level_1=Laat uitspreken.", "level_3=Vat samen.", NULL), OK);
}

static const char *skill(struct app *app, const char *name)
{
	return text_c(app->arena, text_format(app->arena, "id=%lld", (long long)sql_number(app,
		text_c(app->arena, text_format(app->arena, "select id from skill where name_nl = '%s'", name)))));
}

static void a_skill_is_made(void **state)
{
	struct app *app = *state;
	team(app);
	assert_answer(call(app, LEARNING, "skill_new_form", NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from skill s join skill g on g.id = s.parent join person p on p.id = s.owner where s.name_nl = 'Luisteren'"
		" and s.name_en is null and g.kind = 'group' and s.kind = 'skill' and p.name = 'Anna'"), 1);
	assert_int_equal(sql_number(app, "select count(*) from skill_level where text_en is null"), 2);
	assert_true(problem_of(call(app, LEARNING, "skill_add_one", "speaks=nl", "skill=luisteren", NULL), "skill").len > 0);
	assert_true(problem_of(call(app, LEARNING, "skill_add_one", "speaks=nl", "skill=Praten", "parent=Nergens", NULL), "parent").len > 0);
	assert_true(problem_of(call(app, LEARNING, "skill_add_one", "speaks=nl", "skill=Praten", "parent=Luisteren", NULL), "parent").len > 0);
	assert_true(problem_of(call(app, LEARNING, "skill_add_one", "speaks=nl", "skill=Praten", "owner=Niemand", NULL), "owner").len > 0);
	someone(app, "anna2@x.example", "Anna", NULL, "Wonen", "Adviseur", NULL);
	assert_true(problem_of(call(app, LEARNING, "skill_add_one", "speaks=nl", "skill=Praten", "owner=anna", NULL), "owner").len > 0);
	assert_int_equal(sql_number(app, "select count(*) from skill"), 2);
	assert_answer(call(app, EMPLOYEE, "skill_add_one", "speaks=nl", "skill=Praten", NULL), FORBIDDEN);
}

static void a_change_keeps_what_it_said(void **state)
{
	struct app *app = *state;
	team(app);
	const char *id = skill(app, "Luisteren");
	assert_answer(call(app, LEARNING, "skill_change_form", id, NULL), OK);
	assert_answer(call(app, LEARNING, "skill_change", id, "speaks=nl", "skill=Echt luisteren", "parent=", "level_1=", "level_3=Vat samen en vraagt door.", NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from skill where name_nl = 'Echt luisteren' and parent is null and owner is null and review_day is null"), 1);
	assert_int_equal(sql_number(app, "select count(*) from skill_level where text_nl is not null"), 1);
	/* The other language beside it; the same again is no change. */
	assert_answer(call(app, LEARNING, "skill_change", id, "speaks=en", "skill=Listening", "level_3=Sums up and asks on.", NULL), OK);
	assert_answer(call(app, LEARNING, "skill_change", id, "speaks=en", "skill=Listening", "level_3=Sums up and asks on.", NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from skill_level where text_nl = 'Vat samen en vraagt door.' and text_en = 'Sums up and asks on.'"), 1);
	assert_int_equal(sql_number(app, "select count(*) from skill_version"), 2);
	struct answer history = call(app, EMPLOYEE, "skill_history", id, NULL);
	assert_answer(history, OK);
	assert_true(str_has(history.json, S("Laat uitspreken.")));
	assert_true(str_has(history.json, S("Voor de klant")));
	assert_true(str_has(history.json, S("Lieve")));
	assert_true(history.queries <= 6);
	/* A file keeps it too. */
	assert_answer(call(app, LEARNING, "skill_review_done", id, "review_day=2029-01-01", NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from skill_version"), 3);
	assert_true(problem_of(call(app, LEARNING, "skill_change", id, "speaks=nl", "skill=Voor de klant", NULL), "skill").len > 0);
	assert_true(problem_of(call(app, LEARNING, "skill_change", id, "speaks=nl", "skill=Echt luisteren", "parent=Echt luisteren", NULL), "parent").len > 0);
	assert_answer(call(app, LEARNING, "skill_change", "id=999", "speaks=nl", "skill=Iets", NULL), NOT_FOUND);
}

static void a_retired_skill_stays_readable(void **state)
{
	struct app *app = *state;
	team(app);
	const char *id = skill(app, "Luisteren"), *group = skill(app, "Voor de klant");
	struct answer held = call(app, LEARNING, "skill_retire_one", group, NULL);
	assert_answer(held, CONFLICT);
	assert_string_equal(text_c(app->arena, held.code), "group-in-use");
	/* Not while an ambition counts on it. */
	assert_answer(call(app, LEARNING, "ambition_add", "name=Beter luisteren", "horizon=2030-01-01",
		text_c(app->arena, text_format(app->arena, "skill_1=%s", id + 3)), "weight_1=2", "level_1=4", NULL), OK);
	struct answer needed = call(app, LEARNING, "skill_retire_one", id, NULL);
	assert_answer(needed, CONFLICT);
	assert_true(str_has(needed.said, S("Beter luisteren")));
	sql(app, "update ambition set ended = 1");
	assert_answer(call(app, LEARNING, "skill_retire_one", id, NULL), OK);
	assert_answer(call(app, LEARNING, "skill_retire_one", id, NULL), OK);
	assert_answer(call(app, EMPLOYEE, "skill_show", id, NULL), OK);
	assert_true(str_has(call(app, EMPLOYEE, "skill_tree", NULL).json, S("\"retired\":[{")));
	assert_answer(call(app, LEARNING, "skill_change", id, "speaks=nl", "skill=Luisteren", NULL), CONFLICT);
	basis(app);
	struct answer rated = call(app, EMPLOYEE, "rating_give", text_c(app->arena, text_format(app->arena, "skill=%s", id + 3)), "level=3", NULL);
	assert_true(rated.status != OK);
	assert_true(problem_of(call(app, LEARNING, "skill_add_one", "speaks=nl", "skill=Luisteren", NULL), "skill").len > 0);
	assert_answer(call(app, LEARNING, "skill_restore_one", id, NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from skill where retired is not null"), 0);
	assert_int_equal(sql_number(app, "select count(*) from skill_version"), 2);
	assert_answer(call(app, EMPLOYEE, "skill_retire_one", id, NULL), FORBIDDEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(a_skill_is_made), app_test(a_change_keeps_what_it_said), app_test(a_retired_skill_stays_readable) };
	return run_on_engines("skills by hand", tests);
}
