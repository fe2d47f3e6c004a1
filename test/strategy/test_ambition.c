/* test_ambition.c - ambitions written, changed, taken in and taken over: versions stay, the same again changes nothing. */
#include "world.h"
#include "strategy/strategy.h"

static void a_change_is_a_next_version(void **state)
{
	struct app *a = *state;
	world_make(a, 7);
	assert_answer(call(a, LEAD_ADDRESS, "ambition_add", "name=A", "horizon=2030-01-01", "skill_1=1", NULL), FORBIDDEN);
	struct answer past = call(a, BOARD_ADDRESS, "ambition_add", "name=A", "horizon=2020-01-01", "skill_1=1", "skill_2=1", "owner=Nobody", NULL);
	assert_answer(past, INVALID);
	problem_of(past, "horizon");
	problem_of(past, "skill_2");
	problem_of(past, "owner");
	assert_answer(call(a, BOARD_ADDRESS, "ambition_add", "name=A", "horizon=2030-01-01", "owner=P3", "skill_1=1", "level_1=3", "weight_1=5", "people_1=20", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_change", "id=1", "name=A", "horizon=2030-01-01", "owner=P3", "skill_1=1", "level_1=3", "weight_1=5", "people_1=20", NULL), OK);
	struct answer one = call(a, BOARD_ADDRESS, "ambition_history", "id=1", NULL);
	assert_true(str_has(one.json, S("\"number\":1")) && !str_has(one.json, S("\"number\":2")));
	assert_answer(call(a, BOARD_ADDRESS, "ambition_change", "id=1", "name=A", "horizon=2030-01-01", "owner=P3", "skill_1=1", "level_1=4", "weight_1=5", "people_1=20",
		"reason=Harder than we thought", NULL), OK);
	struct answer two = call(a, LEAD_ADDRESS, "ambition_history", "id=1", NULL);
	assert_answer(two, OK);
	assert_true(str_has(two.json, S("\"number\":2")) && str_has(two.json, S("Harder than we thought")) && str_has(two.json, S("\"what\":\"S1\"")));
	assert_answer(call(a, BOARD_ADDRESS, "ambition_edit_form", "id=1", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_new", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_show", "id=1", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "gap_by_unit", "ambition=A", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "gap_by_unit", "ambition=B", NULL), NOT_FOUND);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_close", "id=1", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_show", "id=1", NULL), NOT_FOUND);
}

static void the_list_says_how_far_each_is(void **state)
{
	struct app *a = *state;
	world_make(a, 7);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_add", "name=Near", "horizon=2030-01-01", "skill_1=1", "level_1=1", "people_1=1", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_add", "name=Far", "horizon=2030-01-01", "skill_1=2", "level_1=5", "people_1=80", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_add", "name=Dark", "horizon=2030-01-01", "skill_1=5", "level_1=3", "people_1=10", NULL), OK);
	struct answer all = call(a, LEAD_ADDRESS, "strategy_show", NULL);
	assert_answer(all, OK);
	assert_true(str_has(all.json, S("\"course\":\"on-course\"")) && str_has(all.json, S("\"course\":\"behind\"")) && str_has(all.json, S("\"course\":\"not-known\"")));
}

static void a_starter_brings_its_skills(void **state)
{
	struct app *a = *state;
	world_make(a, 7);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_adopt", "key=nothing", NULL), INVALID);
	struct answer adopted = call(a, BOARD_ADDRESS, "ambition_adopt", "key=innovation", NULL);
	assert_answer(adopted, OK);
	struct answer shown = call(a, BOARD_ADDRESS, "ambition_show", "id=1", NULL);
	assert_true(str_has(shown.json, S("Good ideas come to life")) && str_has(shown.json, S("Learning from mistakes")));
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(a_change_is_a_next_version), app_test(the_list_says_how_far_each_is), app_test(a_starter_brings_its_skills) };
	return run_on_engines("ambition", tests);
}
