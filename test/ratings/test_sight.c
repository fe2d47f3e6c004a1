/* test_sight.c - who sees what of somebody's skills, as a table: every reader, every page, before and after sharing. */
#include "world.h"

/* Readers of Anna's listening: what each page answers them. */
static const struct { const char *who, *as; enum status skills, skill, give; } readers[] = {
	{ "herself",       ANNA,                FORBIDDEN, FORBIDDEN, OK },
	{ "a colleague",   BAS,                 FORBIDDEN, FORBIDDEN, FORBIDDEN },
	{ "her lead",      LEAD,                OK,        OK,        OK },
	{ "another lead",  OTHER,               FORBIDDEN, FORBIDDEN, FORBIDDEN },
	{ "learning",      LEARNER,             OK,        OK,        FORBIDDEN },
	{ "the board",     "board@x.example",   FORBIDDEN, FORBIDDEN, FORBIDDEN },
	{ "the council",   "council@x.example", FORBIDDEN, FORBIDDEN, FORBIDDEN },
	{ "privacy",       "privacy@x.example", FORBIDDEN, FORBIDDEN, FORBIDDEN },
	{ "administrator", "admin@x.example",   FORBIDDEN, FORBIDDEN, FORBIDDEN },
	{ "nobody",        NULL,                FORBIDDEN, FORBIDDEN, FORBIDDEN },
	{ "the operator",  "unprotected",       OK,        OK,        FORBIDDEN } };

static void table_holds(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	rate(a, LEAD, w.anna, TO_LISTEN, 3);
	for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
		struct answer skills = call(a, readers[i].as, "person_skills", pair(a, "id", w.anna), NULL);
		struct answer skill = call(a, readers[i].as, "person_skill", pair(a, "id", w.anna), "skill=1", NULL);
		struct answer give = call(a, readers[i].as, "rating_form", pair(a, "person", w.anna), "skill=1", NULL);
		if (skills.status != readers[i].skills || skill.status != readers[i].skill || give.status != readers[i].give)
			print_message("%s: %d %d %d\n", readers[i].who, (int)skills.status, (int)skill.status, (int)give.status);
		assert_int_equal(skills.status, readers[i].skills);
		assert_int_equal(skill.status, readers[i].skill);
		assert_int_equal(give.status, readers[i].give);
		assert_true(skills.queries <= 8 && skill.queries <= 9);
	}
}

/* Dirk has two part-time roles: each lead sees what their own role asks, and what none asks. */
static void a_lead_sees_the_role_they_lead(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	rate(a, LEAD, w.dirk, TO_LISTEN, 3);
	rate(a, OTHER, w.dirk, TO_WRITE, 2);
	rate(a, LEAD, w.dirk, TO_PLAN, 4);
	const char *dirk = pair(a, "id", w.dirk);
	assert_answer(call(a, LEAD, "person_skill", dirk, "skill=1", NULL), OK);
	assert_answer(call(a, LEAD, "person_skill", dirk, "skill=2", NULL), FORBIDDEN);
	assert_answer(call(a, OTHER, "person_skill", dirk, "skill=1", NULL), FORBIDDEN);
	assert_answer(call(a, OTHER, "person_skill", dirk, "skill=2", NULL), OK);
	assert_answer(call(a, OTHER, "person_skill", dirk, "skill=3", NULL), OK);
	struct answer seen = call(a, LEAD, "person_skills", dirk, NULL);
	assert_answer(seen, OK);
	assert_true(says(seen, "Listening") && says(seen, "Planning") && !says(seen, "Writing"));
	assert_answer(call(a, LEAD, "rating_give", pair(a, "person", w.dirk), "skill=2", "level=3", NULL), FORBIDDEN);
}

static void a_former_lead_sees_nothing_more(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	rate(a, LEAD, w.anna, TO_LISTEN, 3);
	assert_answer(call(a, LEAD, "person_skill", pair(a, "id", w.anna), "skill=1", NULL), OK);
	sql(a, "update employment set end_day = '2024-01-01' where person = (select id from person where email = '" ANNA "')");
	assert_answer(call(a, LEAD, "person_skill", pair(a, "id", w.anna), "skill=1", NULL), FORBIDDEN);
	assert_answer(call(a, LEAD, "person_skills", pair(a, "id", w.anna), NULL), FORBIDDEN);
	assert_answer(call(a, LEAD, "rating_give", pair(a, "person", w.anna), "skill=1", "level=3", NULL), FORBIDDEN);
	struct answer team = call(a, LEAD, "my_team", NULL);
	assert_answer(team, OK);
	assert_false(says(team, "Anna"));
}

/* What she says of herself is in nothing that anybody else gets, and in no estimate but her own, until she shares it; and again after. */
static void a_self_rating_is_private_until_shared(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	rate(a, ANNA, w.anna, TO_LISTEN, 5);
	static const char *const others[] = { LEAD, LEARNER, "unprotected" };
	for (int round = 0; round < 3; round++) {
		bool shared = round == 1;
		for (size_t i = 0; i < 3; i++) {
			struct answer all = call(a, others[i], "person_skills", pair(a, "id", w.anna), NULL);
			struct answer one = call(a, others[i], "person_skill", pair(a, "id", w.anna), "skill=1", NULL);
			assert_answer(all, OK);
			assert_answer(one, OK);
			assert_int_equal(says(one, "\"source\":\"self\""), shared);
			assert_int_equal(says(one, "Zag ik zelf"), shared);
			assert_int_equal(says(all, "\"known\":true"), shared);
			assert_int_equal(says(one, "\"known\":true"), shared);
		}
		struct answer team = call(a, LEAD, "my_team", NULL);
		assert_answer(team, OK);
		assert_int_equal(says(team, "\"known\":true"), shared);
		struct answer mine = call(a, ANNA, "my_skill_show", "skill=1", NULL);
		assert_true(says(mine, "\"known\":true"));
		assert_answer(call(a, ANNA, shared ? "share_end" : "share_begin", "skill=1", NULL), OK);
	}
}

static void looking_is_kept_and_shown(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	rate(a, LEAD, w.anna, TO_LISTEN, 3);
	assert_answer(call(a, LEAD, "person_skill", pair(a, "id", w.anna), "skill=1", NULL), OK);
	struct answer looks = call(a, ANNA, "my_looks", NULL);
	assert_answer(looks, OK);
	assert_true(says(looks, "Lea Lead"));
	assert_false(says(call(a, BAS, "my_looks", NULL), "Lea Lead"));
}

static void nobody_rates_without_a_basis(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	sql(a, "delete from basis");
	assert_answer(call(a, ANNA, "rating_give", "skill=1", "level=3", NULL), CONFLICT);
	assert_answer(call(a, LEAD, "rating_give", pair(a, "person", w.anna), "skill=1", "level=3", NULL), CONFLICT);
	assert_answer(call(a, LEAD, "team_rate", "skill=1", pair(a, "rates.0.person", w.anna), "rates.0.level=3", NULL), CONFLICT);
	assert_answer(call(a, ANNA, "request_make", "skill=1", pair(a, "colleague", w.bas), NULL), CONFLICT);
	assert_answer(call(a, ANNA, "my_skills", NULL), OK);
	assert_answer(call(a, ANNA, "welcome_show", NULL), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(table_holds), app_test(a_lead_sees_the_role_they_lead), app_test(a_former_lead_sees_nothing_more),
		app_test(a_self_rating_is_private_until_shared), app_test(looking_is_kept_and_shown), app_test(nobody_rates_without_a_basis) };
	return run_on_engines("ratings: who sees what", tests);
}
