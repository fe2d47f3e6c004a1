/* test_session.c - three minutes: what is asked, when it is enough, and what becomes of answers that come twice, early, late or after a deck has gone. */
#include "world.h"

static int64_t due_of(struct app *a, int64_t card) { return sql_number(a, text_c(a->arena, text_format(a->arena, "select due from memory where card = %lld", (long long)card))); }

static struct answer rate(struct app *a, int64_t card, int turn, int rating)
{
	return call(a, ANNA, "practice_rate", say(a, "card", card), say(a, "turn", turn), say(a, "rating", rating), NULL);
}

#define assert_said(a, text) assert_true(str_has((a).json, S(text)))

static void it_begins_with_three_cards_and_then_it_is_enough(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	for (int i = 0; i < 5; i++)
		card_put(a, w.deck, ASK);
	struct answer start = call(a, ANNA, "practice_show", NULL);
	assert_said(start, "\"offered_name\":\"Listening\"");
	assert_said(start, "\"first_cards\":3");
	assert_answer(call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL), OK);
	for (int i = 1; i <= 3; i++) {
		struct answer next = call(a, ANNA, "practice_next", NULL);
		assert_answer(next, OK);
		assert_said(next, "\"enough\":false");
		assert_said(next, "\"fresh\":true");
		assert_true(next.queries <= 12);
		assert_answer(rate(a, i, 0, 3), OK);
	}
	struct answer enough = call(a, ANNA, "practice_next", NULL);
	assert_said(enough, "\"enough\":true");
	assert_said(enough, "\"can_more\":true");
	assert_said(call(a, ANNA, "practice_next", "more=1", NULL), "\"card\":4");
	/* Good on the first day comes back after the shipped weights' two days and a bit. */
	assert_int_equal(due_of(a, 1) - sql_number(a, "select last from memory where card = 1"), 2);
}

static void what_was_forgotten_comes_back_the_same_day_and_only_so_often(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t card = card_put(a, w.deck, ASK);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	for (int turn = 0; turn < 2; turn++) {
		assert_answer(rate(a, card, turn, 1), OK);
		assert_said(call(a, ANNA, "practice_next", NULL), "\"enough\":false");
	}
	assert_answer(rate(a, card, 2, 1), OK);
	assert_said(call(a, ANNA, "practice_next", NULL), "\"enough\":true");
	assert_int_equal(sql_number(a, "select answers from memory"), 3);
	assert_int_equal(sql_number(a, "select asked from memory"), 0);
}

static void right_and_wrong_are_told_where_they_can_be(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t choose = card_put(a, w.deck, CHOOSE), fill = card_put(a, w.deck, FILL), order = card_put(a, w.deck, ORDER), what = card_put(a, w.deck, CASE), ask = card_put(a, w.deck, ASK);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	struct answer x = call(a, ANNA, "practice_answer", say(a, "card", choose), "turn=0", "chosen=1", NULL);
	assert_said(x, "\"told\":true");
	assert_said(x, "\"right\":true");
	assert_int_equal(sql_number(a, "select max(rating) from answer"), 3);
	x = call(a, ANNA, "practice_answer", say(a, "card", fill), "turn=0", "blanks.0.number=1", "blanks.0.text=HÉAR", NULL);
	assert_said(x, "\"right\":true");
	x = call(a, ANNA, "practice_answer", say(a, "card", order), "turn=0", "order=1:1", "order=2:3", "order=3:2", NULL);
	assert_said(x, "\"told\":true");
	assert_said(x, "\"right\":false");
	assert_int_equal(sql_number(a, "select rating from answer order by id desc limit 1"), 1);
	x = call(a, ANNA, "practice_answer", say(a, "card", what), "turn=0", "chosen=2", NULL);
	assert_said(x, "\"between\":true");
	assert_int_equal(sql_number(a, "select rating from answer order by id desc limit 1"), 2);
	x = call(a, ANNA, "practice_answer", say(a, "card", ask), "turn=0", "typed=I would listen", NULL);
	assert_said(x, "\"told\":false");
	assert_said(x, "Listen.");
	assert_int_equal(sql_number(a, "select count(*) from answer"), 4);
}

static void nearly_the_word_is_judged_by_whoever_typed_it(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t fill = card_put(a, w.deck, FILL);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	struct answer x = call(a, ANNA, "practice_answer", say(a, "card", fill), "turn=0", "blanks.0.number=1", "blanks.0.text=lisen", NULL);
	assert_said(x, "\"told\":false");
	assert_int_equal(sql_number(a, "select count(*) from answer"), 0);
	x = call(a, ANNA, "practice_answer", say(a, "card", fill), "turn=0", "blanks.0.number=1", "blanks.0.text=speak", NULL);
	assert_said(x, "\"told\":true");
	assert_said(x, "\"right\":false");
}

static void twice_is_once(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t card = card_put(a, w.deck, ASK);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	assert_said(rate(a, card, 0, 3), "\"already\":false");
	assert_said(rate(a, card, 0, 1), "\"already\":true");            /* the other tab */
	assert_said(rate(a, card, 5, 1), "\"already\":true");            /* from a page that never was */
	assert_int_equal(sql_number(a, "select count(*) from answer"), 1);
	assert_int_equal(sql_number(a, "select answers from memory"), 1);
	assert_int_equal(sql_number(a, "select answered from practising"), 1);
}

static void a_day_early_counts_and_a_clock_that_jumped_harms_nothing(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t card = card_put(a, w.deck, ASK);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	rate(a, card, 0, 3);
	on_day(a, 1);
	assert_answer(rate(a, card, 1, 3), OK);
	assert_int_equal(sql_number(a, "select days from answer order by id desc limit 1"), 1);
	int64_t last = sql_number(a, "select last from memory"), due = due_of(a, card);
	on_day(a, -40);                                                  /* the clock goes back forty days */
	assert_answer(rate(a, card, 2, 3), OK);
	assert_int_equal(sql_number(a, "select last from memory"), last);
	assert_int_equal(sql_number(a, "select days from answer order by id desc limit 1"), 0);
	assert_true(due_of(a, card) >= due - 1);
	on_day(a, 20000);                                                /* and fifty-five years ahead */
	assert_answer(rate(a, card, 3, 3), OK);
	assert_true(due_of(a, card) - sql_number(a, "select last from memory") <= 3650);
}

static void after_an_absence_the_most_fragile_comes_first_and_a_day_has_its_cap(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	for (int i = 0; i < 30; i++)
		card_put(a, w.deck, ASK);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	assert_answer(call(a, ANNA, "practice_pace", "cap=10", "fresh_cap=20", NULL), OK);
	int64_t today = sql_number(a, "select since from follow");
	for (int i = 1; i <= 30; i++)
		sql(a, text_c(a->arena, text_format(a->arena, "insert into memory (person, card, first_day, last, due, stability, difficulty, answers, asked, recalled, tries) values (%lld, %d, %lld, %lld, %lld, %d, 5, 3, 2, 2, 1)",
			(long long)w.anna, i, (long long)today - 90, (long long)today - 60, (long long)today - 40, i == 17 ? 2 : 20 + i)));
	assert_said(call(a, ANNA, "practice_next", NULL), "\"card\":17");
	assert_said(call(a, ANNA, "practice_show", NULL), "\"waiting\":10");
	int answered = 0;
	for (int i = 0; i < 40; i++) {
		struct answer next = call(a, ANNA, "practice_next", NULL);
		if (str_has(next.json, S("\"enough\":true")))
			break;
		int64_t card = sql_number(a, text_c(a->arena, text_format(a->arena, "select card from memory where due <= %lld order by (%lld - last) / stability desc, card limit 1", (long long)today, (long long)today)));
		assert_answer(rate(a, card, 3, 3), OK);
		answered++;
	}
	assert_int_equal(answered, 10);
	on_day(a, 1);
	assert_said(call(a, ANNA, "practice_show", NULL), "\"waiting\":10");
}

static void a_deck_withdrawn_meanwhile_says_so_and_keeps_what_was(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t card = card_put(a, w.deck, ASK), other = card_put(a, w.deck, CHOOSE);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	rate(a, card, 0, 3);
	assert_answer(call(a, LEARNER, "card_retire", say(a, "id", other), NULL), OK);
	struct answer gone = call(a, ANNA, "practice_answer", say(a, "card", other), "turn=0", "chosen=1", NULL);
	assert_answer(gone, CONFLICT);
	assert_true(str_has(gone.said, S("taken out")));
	assert_answer(call(a, LEARNER, "deck_withdraw", say(a, "id", w.deck), NULL), OK);
	on_day(a, 3);
	gone = rate(a, card, 1, 3);
	assert_answer(gone, CONFLICT);
	assert_true(str_has(gone.said, S("withdrawn")));
	assert_said(call(a, ANNA, "practice_next", NULL), "\"enough\":true");
	assert_int_equal(sql_number(a, "select count(*) from answer"), 1);
	assert_answer(call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL), CONFLICT);
}

static void a_pause_and_a_pace(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	card_put(a, w.deck, ASK);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	assert_answer(call(a, ANNA, "practice_pause", "until=2026-12-01", NULL), OK);
	assert_said(call(a, ANNA, "practice_next", NULL), "\"paused\":true");
	assert_answer(call(a, ANNA, "practice_pause", "until=2026-11-01", NULL), INVALID);
	assert_answer(call(a, ANNA, "practice_pause", "until=2036-11-01", NULL), INVALID);
	assert_answer(call(a, ANNA, "practice_pause", NULL), OK);
	assert_said(call(a, ANNA, "practice_next", NULL), "\"paused\":false");
	assert_answer(call(a, ANNA, "practice_pace", "cap=1000", "fresh_cap=1", NULL), INVALID);
	assert_answer(call(a, ANNA, "deck_leave", say(a, "id", w.deck), NULL), OK);
	assert_said(call(a, ANNA, "practice_next", NULL), "\"none\":true");
	struct answer ics = call(a, ANNA, "practice_reminder", "hour=9", "days=thrice", NULL);
	assert_answer(ics, OK);
	assert_answer(call(a, ANNA, "practice_reminder", "hour=3", "days=daily", NULL), INVALID);
}

static void all_can_be_forgotten(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t card = card_put(a, w.deck, ASK);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	rate(a, card, 0, 3);
	on_day(a, 3);
	rate(a, card, 1, 3);
	assert_int_equal(sql_number(a, "select count(*) from retention"), 1);
	assert_answer(call(a, ANNA, "practice_forget", NULL), OK);
	assert_int_equal(sql_number(a, "select (select count(*) from answer) + (select count(*) from memory) + (select count(*) from retention) + (select count(*) from follow)"), 0);
}

static void without_a_basis_nothing_is_asked(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	sql(a, "update basis set ended = 1");
	assert_answer(call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL), CONFLICT);
	assert_said(call(a, ANNA, "practice_show", NULL), "\"works\":false");
	assert_answer(call(a, "council@x.example", "practice_next", NULL), FORBIDDEN);
	assert_answer(call(a, NULL, "practice_show", NULL), FORBIDDEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(it_begins_with_three_cards_and_then_it_is_enough),
		app_test(what_was_forgotten_comes_back_the_same_day_and_only_so_often),
		app_test(right_and_wrong_are_told_where_they_can_be),
		app_test(nearly_the_word_is_judged_by_whoever_typed_it),
		app_test(twice_is_once),
		app_test(a_day_early_counts_and_a_clock_that_jumped_harms_nothing),
		app_test(after_an_absence_the_most_fragile_comes_first_and_a_day_has_its_cap),
		app_test(a_deck_withdrawn_meanwhile_says_so_and_keeps_what_was),
		app_test(a_pause_and_a_pace),
		app_test(all_can_be_forgotten),
		app_test(without_a_basis_nothing_is_asked),
	};
	return run_on_engines("practice session", tests);
}
