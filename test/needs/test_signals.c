/* test_signals.c - a signal is followed, looked at again, leads to an offer, and is told to whom it concerns. */
#include "world.h"

static const char *id_of(struct app *a, const char *query)
{
	return with(a, "id=%lld", (long long)sql_number(a, query));
}

static struct answer signal_put(struct app *a, const char *as, const char *follower, const char *review)
{
	return call(a, as, "signal_add", "title=Heat pumps", "what=More of them each month.", "source=Two suppliers", with(a, "follower=%s", follower), "since=2026-10-01", with(a, "review_day=%s", review),
		"up_1=1", "down_1=2", "offer=A day along", "offer_link=/skills", NULL);
}

static void from_writing_down_to_closing(void **state)
{
	struct app *a = *state;
	house(a);
	assert_answer(signal_put(a, "p1.1@x.example", "Person 1 1", "2027-01-01"), FORBIDDEN);
	assert_answer(signal_put(a, COUNCIL, "Person 1 1", "2027-01-01"), FORBIDDEN);
	assert_answer(signal_put(a, HR, "Person 1 1", "2026-12-01"), OK);
	assert_true(str_has(call(a, "p2.1@x.example", "signals_show", NULL).json, S("Heat pumps")));
	assert_answer(call(a, COUNCIL, "signal_show", "id=1", NULL), OK);
	assert_answer(call(a, NULL, "signal_show", "id=1", NULL), FORBIDDEN);
	assert_answer(call(a, "p1.1@x.example", "signal_show", "id=9", NULL), NOT_FOUND);
	assert_answer(call(a, "p1.1@x.example", "signal_new", NULL), FORBIDDEN);
	assert_true(str_has(call(a, HR, "signal_edit_form", "id=1", NULL).json, S("\"up_1\":1")));
	/* Not yet in Today; on its day it is, of its follower only. */
	assert_false(str_has(call(a, "p1.1@x.example", "today_show", NULL).json, S("Look again at 1 signal")));
	at(a, "2026-12-01T09:00:00Z");
	assert_true(str_has(call(a, "p1.1@x.example", "today_show", NULL).json, S("Look again at 1 signal")));
	assert_false(str_has(call(a, "p2.1@x.example", "today_show", NULL).json, S("Look again at 1 signal")));
	assert_true(str_has(call(a, BOARD, "signals_show", NULL).json, S("\"due\":1")));
	/* Whoever follows it looks again; somebody else does not. */
	assert_answer(call(a, "p2.1@x.example", "signal_review", "id=1", "text=Hm.", "again=2027-03-01", NULL), FORBIDDEN);
	assert_answer(call(a, "p1.1@x.example", "signal_review", "id=1", "text=Stronger.", "again=2026-12-01", NULL), INVALID);
	assert_answer(call(a, "p1.1@x.example", "signal_review", "id=1", "text=Stronger.", "again=2027-03-01", NULL), OK);
	assert_false(str_has(call(a, "p1.1@x.example", "today_show", NULL).json, S("Look again at 1 signal")));
	assert_true(str_has(call(a, "p2.1@x.example", "signal_show", "id=1", NULL).json, S("Stronger.")));
	/* Told to a team: there it stands in Today, and nowhere else. */
	const char *team = with(a, "unit=%lld", (long long)unit_id(a, "House/T2"));
	assert_answer(call(a, "p2.1@x.example", "signal_tell", "id=1", team, "text=Learn this.", NULL), FORBIDDEN);
	struct answer wrong = call(a, "p1.1@x.example", "signal_tell", "id=1", "unit=99", "role=99", "text=Learn this.", NULL);
	assert_answer(wrong, INVALID);
	problem_of(wrong, "unit");
	problem_of(wrong, "role");
	assert_answer(call(a, "p1.1@x.example", "signal_tell", "id=1", team, "text=Learn this.", NULL), OK);
	assert_true(str_has(call(a, "p2.1@x.example", "today_show", NULL).json, S("This is coming: Heat pumps")));
	assert_false(str_has(call(a, "p3.1@x.example", "today_show", NULL).json, S("This is coming: Heat pumps")));
	at(a, "2026-12-20T09:00:00Z");
	assert_false(str_has(call(a, "p2.1@x.example", "today_show", NULL).json, S("This is coming: Heat pumps")));
	/* Changed by whoever manages signals, closed, and then it stays as it is. */
	assert_answer(call(a, "p1.1@x.example", "signal_end", "id=1", NULL), FORBIDDEN);
	assert_answer(call(a, HR, "signal_change", "id=1", "title=Heat pumps", "what=Everywhere.", "source=Two suppliers", "follower=Lead 1", "since=2026-10-01", "review_day=2027-03-01", "up_1=2", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from signal_skill"), 1);
	assert_answer(call(a, BOARD, "signal_end", "id=1", NULL), OK);
	assert_answer(call(a, BOARD, "signal_end", "id=1", NULL), CONFLICT);
	assert_answer(call(a, HR, "signal_change", "id=1", "title=Heat pumps", "what=Gone.", "source=Two suppliers", "follower=Lead 1", "since=2026-10-01", "review_day=2027-03-01", "up_1=2", NULL), CONFLICT);
	assert_true(str_has(call(a, "p2.1@x.example", "signals_show", NULL).json, S("\"ended\":\"2026-12-20\"")));
}

static void nonsense_is_said_at_its_field(void **state)
{
	struct app *a = *state;
	house(a);
	struct answer x = call(a, HR, "signal_add", "title=T", "what=W", "source=S", "follower=Nobody Here", "since=2027-10-01", "review_day=2026-11-01", "up_1=1", "up_2=1", "down_1=77",
		"link=javascript:alert(1)", "offer_link=//elsewhere.example", NULL);
	assert_answer(x, INVALID);
	static const char *const fields[] = { "follower", "since", "review_day", "up_2", "down_1", "link", "offer_link" };
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		assert_true(problem_of(x, fields[i]).len > 0);
	x = call(a, HR, "signal_add", "title=T", "what=W", "source=S", "follower=Person 1 1", "since=2026-10-01", "review_day=2027-11-01", NULL);
	assert_answer(x, INVALID);
	problem_of(x, "up_1");
	/* Two people of one name: by number. */
	someone(a, "twin@x.example", "Person 1 1", NULL, "House/T1", "Adviser", NULL);
	problem_of(signal_put(a, HR, "Person 1 1", "2027-01-01"), "follower");
	assert_answer(signal_put(a, HR, "twin@x.example", "2027-01-01"), OK);
}

/* Who leaves or is erased follows nothing any more: then somebody who manages signals reads it in Today. */
static void a_signal_without_a_follower_is_due(void **state)
{
	struct app *a = *state;
	house(a);
	assert_answer(signal_put(a, HR, "Person 1 1", "2027-06-01"), OK);
	assert_false(str_has(call(a, BOARD, "today_show", NULL).json, S("Nobody follows")));
	assert_answer(call(a, "admin@x.example", "erasure_ask_for", "who=Person 1 1", "why=Asked by letter.", NULL), OK);
	sql(a, "update employment set end_day = '2026-11-01' where person = (select id from person where name = 'Person 1 1')");
	assert_true(str_has(call(a, BOARD, "today_show", NULL).json, S("Nobody follows 1 signal")));
	assert_answer(call(a, "privacy@x.example", "erasure_settle", id_of(a, "select max(id) from erasure"), "decision=agreed", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from signal where follower is null and review_day = '2026-11-25'"), 1);
	assert_false(str_has(call(a, HR, "signal_show", "id=1", NULL).json, S("Person 1 1")));
}

/* A signal stands on the page that looks ahead for an ambition which asks its skill, and on the skill's own. */
static void it_stands_where_one_looks_ahead(void **state)
{
	struct app *a = *state;
	house(a);
	assert_answer(signal_put(a, HR, "Person 1 1", "2027-06-01"), OK);
	assert_answer(call(a, BOARD, "ambition_add", "name=Warm homes", "horizon=2029-01-01", "skill_1=1", "level_1=3", NULL), OK);
	struct answer ahead = call(a, BOARD, "ambition_ahead", "id=1", NULL);
	assert_answer(ahead, OK);
	assert_true(str_has(ahead.json, S("\"signals\":[{\"title\":\"Heat pumps\",\"path\":\"/signals/1\",\"skill_name\":\"Listening\",\"up\":true}]")));
	assert_true(str_has(call(a, BOARD, "signal_show", "id=1", NULL).json, S("Warm homes")));
	assert_true(str_has(call(a, BOARD, "need_skill_show", "id=1", NULL).json, S("\"way\":\"up\"")));
	assert_true(str_has(call(a, BOARD, "need_skill_show", "id=1", NULL).json, S("Warm homes")));
	assert_answer(call(a, BOARD, "signal_end", "id=1", NULL), OK);
	assert_true(str_has(call(a, BOARD, "ambition_ahead", "id=1", NULL).json, S("\"signals\":[]")));
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(from_writing_down_to_closing), app_test(nonsense_is_said_at_its_field), app_test(a_signal_without_a_follower_is_due), app_test(it_stands_where_one_looks_ahead) };
	return run_on_engines("needs signals", tests);
}
