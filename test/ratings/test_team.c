/* test_team.c - a lead's own screens: people by skills, a team on one skill at once, the question; and an employee's first minutes. */
#include "world.h"

static void a_team_is_rated_on_one_screen(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	struct answer form = call(a, LEAD, "team_rate_form", "skill=1", NULL);
	assert_answer(form, OK);
	assert_true(says(form, "Anna") && says(form, "Bas") && says(form, "Dirk") && !says(form, "Carla"));
	struct answer given = call(a, LEAD, "team_rate", "skill=1", pair(a, "rates.0.person", w.anna), "rates.0.level=3",
		pair(a, "rates.1.person", w.bas), "rates.1.level=", pair(a, "rates.2.person", w.dirk), "rates.2.level=5", NULL);
	assert_answer(given, OK);
	assert_true(says(given, "\"given\":2"));
	assert_true(says(call(a, ANNA, "my_skill_show", "skill=1", NULL), "Lea Lead"));
	assert_true(says(call(a, BAS, "my_skill_show", "skill=1", NULL), "\"known\":false"));       /* not seen is no rating */
	assert_true(says(call(a, LEAD, "team_rate_form", "skill=1", NULL), "\"last\":5"));
	struct answer team = call(a, LEAD, "my_team", NULL);
	assert_answer(team, OK);
	assert_true(says(team, "\"known\":true") && team.queries <= 8);
}

static void nobody_of_another_team_is_rated_by_it(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	assert_answer(call(a, LEAD, "team_rate", "skill=1", pair(a, "rates.0.person", w.anna), "rates.0.level=3", pair(a, "rates.1.person", w.carla), "rates.1.level=3", NULL), FORBIDDEN);
	assert_true(says(call(a, ANNA, "my_skill_show", "skill=1", NULL), "\"known\":false"));      /* all or nothing */
	assert_answer(call(a, ANNA, "team_rate", "skill=1", pair(a, "rates.0.person", w.bas), "rates.0.level=3", NULL), FORBIDDEN);
	assert_answer(call(a, ANNA, "my_team", NULL), FORBIDDEN);
	assert_answer(call(a, LEARNER, "team_question", NULL), FORBIDDEN);
	assert_answer(call(a, LEAD, "team_question", NULL), OK);
	/* Writing is what Dirk's other role asks: his lead there rates it, this one does not. */
	assert_false(says(call(a, LEAD, "team_rate_form", "skill=2", NULL), "Dirk"));
	assert_true(says(call(a, OTHER, "team_rate_form", "skill=2", NULL), "Dirk"));
}

static void the_first_minutes_end(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	rate(a, LEAD, w.anna, TO_LISTEN, 2);
	struct answer first = call(a, ANNA, "welcome_show", NULL);
	assert_answer(first, OK);
	assert_true(says(first, "\"more\":true") && says(first, "Listening"));                       /* what others said does not answer for her */
	assert_true(says(call(a, ANNA, "welcome_show", "skip=1", NULL), "\"more\":false"));
	assert_answer(call(a, ANNA, "rating_give", "skill=1", "level=3", "from=welcome", NULL), OK);
	assert_true(says(call(a, ANNA, "welcome_show", NULL), "\"more\":false"));
}

static void my_skills_say_words_and_no_decimals(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	rate(a, LEAD, w.anna, TO_LISTEN, 2);
	struct answer mine = call(a, ANNA, "my_skills", NULL);
	assert_answer(mine, OK);
	assert_true(mine.queries <= 8);
	assert_true(says(mine, "\"below\":true") && says(mine, "\"growing\":1"));
	for (size_t i = 1; i + 1 < mine.json.len; i++)
		assert_false(mine.json.at[i] == '.' && mine.json.at[i - 1] >= '0' && mine.json.at[i - 1] <= '9' && mine.json.at[i + 1] >= '0' && mine.json.at[i + 1] <= '9');
	assert_answer(call(a, "admin@x.example", "my_skills", NULL), FORBIDDEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(a_team_is_rated_on_one_screen), app_test(nobody_of_another_team_is_rated_by_it), app_test(the_first_minutes_end),
		app_test(my_skills_say_words_and_no_decimals) };
	return run_on_engines("ratings: team", tests);
}
