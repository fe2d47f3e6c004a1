/* test_ambition.c - ambitions written, changed, taken in and taken over: versions stay, the same again changes nothing. */
#include "world.h"
#include "imports/imports.h"
#include "store/store.h"
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

static void a_number_that_names_nothing_is_said_at_its_field(void **state)
{
	struct app *a = *state;
	world_make(a, 7);
	struct answer wrong = call(a, BOARD_ADDRESS, "ambition_add", "name=A", "horizon=2030-01-01", "skill_1=999", "skill_2=1", "unit_2=777", NULL);
	assert_answer(wrong, INVALID);
	assert_true(str_has(problem_of(wrong, "skill_1"), S("not here")));
	assert_true(str_has(problem_of(wrong, "unit_2"), S("not here")));
	/* A skill that has gone since the form was opened. */
	sql(a, "update skill set retired = 1 where id = 2");
	problem_of(call(a, BOARD_ADDRESS, "ambition_add", "name=A", "horizon=2030-01-01", "skill_1=2", NULL), "skill_1");
	assert_true(str_has(call(a, BOARD_ADDRESS, "strategy_show", NULL).json, S("\"ambitions\":[]")));
}

/* ---- From a file ---- */

struct run { const char *csv; struct import_count count; };

static enum status import_body(struct ctx *c, void *of)
{
	struct run *r = of;
	return import_text(c, S("ambitions"), S("ambitions.csv"), str_of(r->csv), &r->count);
}

static enum status take(struct app *a, const char *csv, struct import_count *count, list *problems)
{
	struct ctx c = { .arena = a->arena, .now = clock_now(), .language = EN, .request_id = S("test"), .me.unprotected = true };
	c.today = instant_date(c.now);
	struct run r = { .csv = csv };
	enum status status = store_write_now(a->store, &c, import_body, &r);
	*count = r.count;
	if (problems)
		*problems = c.problems;
	return status;
}

#define HEAD "ambition,horizon,owner,skill,weight,target_level,people_needed,unit\n"

static void from_a_file_and_back(void **state)
{
	struct app *a = *state;
	struct import_count n;
	world_make(a, 7);
	const char *first = HEAD "Near,2030-01-01,P3,S1,5,3,20,\nNear,2030-01-01,P3,S2,2,4,,U1\nFar,2031-01-01,,S3,4,3,10,\n";
	assert_int_equal(take(a, first, &n, NULL), OK);
	assert_int_equal(n.added, 3);
	str before = call(a, BOARD_ADDRESS, "ambition_history", "id=1", NULL).json;
	assert_int_equal(take(a, first, &n, NULL), OK);
	assert_int_equal(n.same, 3);
	assert_int_equal(n.added + n.changed, 0);
	/* A second file makes the next version of one, and leaves the other. */
	assert_int_equal(take(a, HEAD "Near,2030-01-01,P3,S1,5,4,20,\nFar,2031-01-01,,S3,4,3,10,\n", &n, NULL), OK);
	assert_int_equal(n.changed, 1);
	assert_int_equal(n.same, 1);
	assert_true(str_has(call(a, BOARD_ADDRESS, "ambition_history", "id=1", NULL).json, S("\"number\":2")));
	/* The first has been built on; the second is taken back, and all is as it was; then the first goes too, with its ambitions. */
	struct answer built = call(a, BOARD_ADDRESS, "import_take_back", "id=1", NULL);
	assert_answer(built, FORBIDDEN);
	built = call(a, LEARNING_ADDRESS, "import_take_back", "id=1", NULL);
	assert_answer(built, CONFLICT);
	assert_string_equal(text_c(a->arena, built.code), "built-on");
	assert_answer(call(a, LEARNING_ADDRESS, "import_take_back", "id=3", NULL), OK);
	assert_true(str_eq(call(a, BOARD_ADDRESS, "ambition_history", "id=1", NULL).json, before));
	assert_answer(call(a, LEARNING_ADDRESS, "import_take_back", "id=1", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_show", "id=1", NULL), NOT_FOUND);
	assert_true(str_has(call(a, BOARD_ADDRESS, "strategy_show", NULL).json, S("\"ambitions\":[]")));
}

static void wrong_lines_are_refused_with_their_place(void **state)
{
	struct app *a = *state;
	struct import_count n;
	world_make(a, 7);
	static const struct { const char *row, *says; } wrong[] = {
		{ "A,2020-01-01,,S1,5,3,20,", "2020-01-01" }, { "A,2030-01-01,,S77,5,3,20,", "S77" }, { "A,2030-01-01,,S1,9,3,20,", "5" }, { "A,2030-01-01,,S1,5,6,20,", "5" },
		{ "A,2030-01-01,,S1,5,3,20,Elsewhere", "Elsewhere" }, { "A,2030-01-01,Somebody,S1,5,3,20,", "Somebody" } };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		list problems = { 0 };
		assert_int_equal(take(a, text_c(a->arena, text_format(a->arena, HEAD "%s\n", wrong[i].row)), &n, &problems), INVALID);
		assert_true(problems.count > 0);
		str said = said_text(a->arena, EN, &list_item(problems, struct problem, 0)->said);
		assert_true(str_has(said, S("2")) && str_has(said, str_of(wrong[i].says)));
	}
	assert_true(str_has(call(a, BOARD_ADDRESS, "strategy_show", NULL).json, S("\"ambitions\":[]")));
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(a_change_is_a_next_version), app_test(the_list_says_how_far_each_is), app_test(a_starter_brings_its_skills),
		app_test(a_number_that_names_nothing_is_said_at_its_field), app_test(from_a_file_and_back), app_test(wrong_lines_are_refused_with_their_place) };
	return run_on_engines("ambition", tests);
}
