/* test_dialogue.c - asking, answering, taking back, a view beside it, a review: what each may do and what then counts. */
#include "world.h"
#include <unistd.h>

static void a_colleague_rates_only_when_asked(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	const char *anna = pair(a, "person", w.anna);
	assert_answer(call(a, BAS, "rating_give", anna, "skill=1", "level=3", NULL), FORBIDDEN);
	ask(a, ANNA, TO_LISTEN, w.bas);
	ask(a, ANNA, TO_LISTEN, w.bas);                     /* twice is once */
	struct answer waiting = call(a, BAS, "ratings_given_show", NULL);
	assert_answer(waiting, OK);
	assert_true(says(waiting, "\"requests\":[{") && says(waiting, "Anna"));
	assert_answer(call(a, BAS, "rating_form", anna, "skill=1", NULL), OK);
	rate(a, BAS, w.anna, TO_LISTEN, 3);
	assert_true(says(call(a, BAS, "ratings_given_show", NULL), "\"requests\":[]"));
	assert_answer(call(a, BAS, "rating_give", anna, "skill=1", "level=3", NULL), FORBIDDEN);
	struct answer mine = call(a, ANNA, "my_skill_show", "skill=1", NULL);
	assert_true(says(mine, "\"source\":\"peer\"") && says(mine, "Bas") && says(mine, "Zag ik zelf") && says(mine, "\"confirmed\":true"));
}

static void not_knowing_is_an_answer(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	ask(a, ANNA, TO_LISTEN, w.bas);
	assert_answer(call(a, CARLA, "request_decline", "id=1", NULL), NOT_FOUND);
	assert_answer(call(a, BAS, "request_decline", "id=1", NULL), OK);
	assert_answer(call(a, BAS, "request_decline", "id=1", NULL), NOT_FOUND);
	assert_answer(call(a, BAS, "rating_give", pair(a, "person", w.anna), "skill=1", "level=3", NULL), FORBIDDEN);
	assert_answer(call(a, ANNA, "request_make", "skill=1", pair(a, "colleague", w.anna), NULL), INVALID);
}

static void only_its_rater_takes_a_rating_back(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	const char *id = pair(a, "id", rate(a, LEAD, w.anna, TO_LISTEN, 2));
	assert_answer(call(a, ANNA, "rating_undo", id, NULL), FORBIDDEN);
	assert_answer(call(a, BAS, "rating_undo", id, NULL), NOT_FOUND);
	assert_answer(call(a, OTHER, "rating_undo", id, NULL), NOT_FOUND);
	assert_answer(call(a, LEAD, "rating_undo", id, NULL), OK);
	assert_answer(call(a, LEAD, "rating_undo", id, NULL), CONFLICT);
	struct answer mine = call(a, ANNA, "my_skill_show", "skill=1", NULL);
	assert_true(says(mine, "\"known\":false") && says(mine, "Zag ik zelf"));             /* she still sees that it was there */
	struct answer lead = call(a, LEAD, "person_skill", pair(a, "id", w.anna), "skill=1", NULL);
	assert_false(says(lead, "Zag ik zelf"));
	const char *own = pair(a, "id", rate(a, ANNA, w.anna, TO_LISTEN, 4));
	assert_answer(call(a, LEAD, "rating_undo", own, NULL), NOT_FOUND);
	assert_answer(call(a, ANNA, "rating_undo", own, NULL), OK);
}

static void a_view_stands_beside_it_for_who_sees_the_rating(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	const char *id = pair(a, "id", rate(a, LEAD, w.anna, TO_LISTEN, 2));
	assert_answer(call(a, BAS, "rating_view_put", id, "text=Onzin", NULL), NOT_FOUND);
	assert_answer(call(a, ANNA, "rating_view_put", id, "text=Sinds mei doe ik het zelf", NULL), OK);
	assert_true(says(call(a, LEAD, "person_skill", pair(a, "id", w.anna), "skill=1", NULL), "Sinds mei"));
	assert_answer(call(a, ANNA, "rating_view_put", id, NULL), OK);
	assert_false(says(call(a, LEAD, "person_skill", pair(a, "id", w.anna), "skill=1", NULL), "Sinds mei"));
}

static void a_review_ends_in_one_of_three_ways(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	const char *anna = pair(a, "id", w.anna);
	const char *first = pair(a, "id", rate(a, LEAD, w.anna, TO_LISTEN, 2));
	assert_answer(call(a, BAS, "review_ask", first, NULL), NOT_FOUND);
	assert_answer(call(a, ANNA, "review_ask", first, NULL), OK);
	assert_answer(call(a, BAS, "review_answer", "id=1", "outcome=kept", NULL), NOT_FOUND);
	assert_answer(call(a, LEAD, "review_answer", "id=1", "outcome=kept", "answer=Ik blijf erbij om die reden", NULL), OK);
	assert_answer(call(a, LEAD, "review_answer", "id=1", "outcome=kept", NULL), CONFLICT);
	assert_true(says(call(a, ANNA, "my_skill_show", "skill=1", NULL), "om die reden"));
	/* Rated anew: the old one no longer counts. */
	assert_answer(call(a, ANNA, "review_ask", first, NULL), OK);
	rate(a, LEAD, w.anna, TO_LISTEN, 4);
	struct answer seen = call(a, LEAD, "person_skill", anna, "skill=1", NULL);
	assert_true(says(seen, "\"level\":4") && !says(seen, "\"level\":2"));
	assert_true(says(call(a, ANNA, "my_skill_show", "skill=1", NULL), "\"outcome\":\"renewed\""));
	/* Learning settles what stays unanswered. */
	const char *third = pair(a, "id", rate(a, LEAD, w.anna, TO_LISTEN, 1));
	assert_answer(call(a, ANNA, "review_ask", third, NULL), OK);
	assert_answer(call(a, LEAD, "review_settle", "id=3", "outcome=withdrawn", NULL), FORBIDDEN);
	assert_answer(call(a, LEARNER, "review_settle", "id=3", "outcome=withdrawn", NULL), OK);
	assert_false(says(call(a, LEAD, "person_skill", anna, "skill=1", NULL), "\"level\":1"));
}

static void old_ratings_by_others_go(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	rate(a, LEAD, w.anna, TO_LISTEN, 2);
	rate(a, ANNA, w.anna, TO_LISTEN, 4);
	sql(a, "update rating set day = '2020-01-01'");
	/* The night comes, and nobody has decided the terms: nothing goes. */
	web_jobs_start(a->web);
	for (int i = 0; i < 100 && !sql_number(a, "select count(*) from job where name = 'keeping_begin'"); i++)
		usleep(50000);
	sql(a, "update job set due = 1");
	for (int i = 0; i < 100 && !sql_number(a, "select count(*) from job where name = 'keeping_sweep' and done is not null and input like '%\"kind\":12%'"); i++)
		usleep(50000);
	assert_int_equal(sql_number(a, "select count(*) from rating"), 2);
	/* Decided, what the lead said goes; what she said herself stays hers. */
	sql(a, "insert into setting (name, value, since) values ('ratings_kept_months', '60', 1)");
	sql(a, "update job set due = 1 where done is null");
	for (int i = 0; i < 100 && sql_number(a, "select count(*) from rating") > 1; i++)
		usleep(50000);
	web_jobs_stop(a->web);
	assert_int_equal(sql_number(a, "select removed from sweep where kind = 'ratings_by_others' and removed > 0"), 1);
	struct answer mine = call(a, ANNA, "my_skill_show", "skill=1", NULL);
	assert_true(says(mine, "\"said\":[]") && says(mine, "\"confirmed\":false") && says(mine, "\"rated\":true"));
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(a_colleague_rates_only_when_asked), app_test(not_knowing_is_an_answer), app_test(only_its_rater_takes_a_rating_back),
		app_test(a_view_stands_beside_it_for_who_sees_the_rating), app_test(a_review_ends_in_one_of_three_ways), app_test(old_ratings_by_others_go) };
	return run_on_engines("ratings: beside a rating", tests);
}
