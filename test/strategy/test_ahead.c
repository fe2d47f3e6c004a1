/* test_ahead.c - looking ahead: assumptions move the sum the way they should, small groups stay hidden, nonsense is refused. */
#include "world.h"
#include <stdlib.h>
#include <string.h>

static double number_of(struct answer a, const char *key)
{
	const char *at = memmem(a.json.at, a.json.len, key, strlen(key));
	assert_non_null(at);
	return strtod(at + strlen(key), NULL);
}

static double expected_of(struct answer a)
{
	return number_of(a, "\"expected\":");
}

static void assumptions_move_the_sum(void **state)
{
	struct app *a = *state;
	world_make(a, 7);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_add", "name=A", "horizon=2030-01-01", "skill_1=1", "level_1=4", "weight_1=5", "people_1=20", NULL), OK);
	struct answer still = call(a, BOARD_ADDRESS, "ambition_ahead", "id=1", "leaving=0", "hiring=0", "learning=0", "ageing=0", NULL);
	struct answer learnt = call(a, BOARD_ADDRESS, "ambition_ahead", "id=1", "leaving=0", "hiring=0", "learning=30", "ageing=0", NULL);
	struct answer gone = call(a, BOARD_ADDRESS, "ambition_ahead", "id=1", "leaving=40", "hiring=0", "learning=0", "ageing=0", NULL);
	struct answer aged = call(a, BOARD_ADDRESS, "ambition_ahead", "id=1", "leaving=0", "hiring=0", "learning=0", "ageing=30", NULL);
	assert_answer(still, OK);
	assert_answer(learnt, OK);
	assert_answer(gone, OK);
	assert_answer(aged, OK);
	/* Nobody moves: what is expected then is what is expected now. */
	double now = number_of(still, "\"now\":");
	assert_true(expected_of(still) > now - 1e-6 && expected_of(still) < now + 1e-6);
	assert_true(expected_of(learnt) > now && expected_of(aged) < now && expected_of(gone) < 0.6 * now);
}

static void nonsense_and_strangers_are_refused(void **state)
{
	struct app *a = *state;
	world_make(a, 7);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_add", "name=A", "horizon=2030-01-01", "skill_1=1", "level_1=4", "people_1=20", NULL), OK);
	struct answer both = call(a, BOARD_ADDRESS, "ambition_ahead", "id=1", "learning=60", "ageing=50", NULL);
	assert_answer(both, INVALID);
	problem_of(both, "ageing");
	assert_answer(call(a, BOARD_ADDRESS, "ambition_ahead", "id=1", "leaving=-1", NULL), INVALID);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_ahead", "id=1", "leaving=91", NULL), INVALID);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_ahead", "id=9", NULL), NOT_FOUND);
	assert_answer(call(a, NULL, "ambition_ahead", "id=1", NULL), FORBIDDEN);
}

/* In a world where each unit is small, the board is told of no skill, nor how many left. */
static void small_groups_stay_hidden(void **state)
{
	struct app *a = *state;
	world_make(a, 7);
	assert_answer(call(a, BOARD_ADDRESS, "ambition_add", "name=A", "horizon=2030-01-01", "skill_1=1", "level_1=4", "people_1=20", NULL), OK);
	sql(a, "delete from estimate where person > 3");
	struct answer few = call(a, BOARD_ADDRESS, "ambition_ahead", "id=1", NULL);
	assert_answer(few, OK);
	assert_true(str_has(few.json, S("\"rows\":[]")) && str_has(few.json, S("\"hidden\":1")));
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(assumptions_move_the_sum), app_test(nonsense_and_strangers_are_refused), app_test(small_groups_stay_hidden) };
	return run_on_engines("strategy ahead", tests);
}
