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
	assert_answer(call(a, ANNA, "practice_reminder", "hour=9", "days=mo", "days=we", NULL), OK);
	assert_answer(call(a, ANNA, "practice_reminder", "hour=3", "days=mo", NULL), INVALID);
	assert_answer(call(a, ANNA, "practice_reminder", "hour=9", "days=someday", NULL), INVALID);
}

/* Keeping more means being asked sooner; without a word of one's own it is the organisation's. */
static void how_much_is_kept_is_ones_own_to_say(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t usual = card_put(a, w.deck, ASK), more = card_put(a, w.deck, ASK), less = card_put(a, w.deck, ASK), theirs = card_put(a, w.deck, ASK);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	rate(a, usual, 0, 4);
	assert_answer(call(a, ANNA, "practice_pace", "cap=20", "fresh_cap=5", "goal=97", NULL), OK);
	rate(a, more, 0, 4);
	assert_answer(call(a, ANNA, "practice_pace", "cap=20", "fresh_cap=5", "goal=80", NULL), OK);
	rate(a, less, 0, 4);
	assert_said(call(a, ANNA, "practice_show", NULL), "\"goal\":80");
	assert_true(due_of(a, more) < due_of(a, usual) && due_of(a, usual) < due_of(a, less));
	assert_answer(call(a, ANNA, "practice_pace", "cap=20", "fresh_cap=5", NULL), OK);
	sql(a, "insert into setting (name, value, since) values ('practice_retention', '97', 1)");
	rate(a, theirs, 0, 4);
	assert_int_equal(due_of(a, theirs), due_of(a, more));
	assert_answer(call(a, ANNA, "practice_pace", "cap=20", "fresh_cap=5", "goal=99", NULL), INVALID);
	assert_answer(call(a, ANNA, "practice_pace", "cap=20", "fresh_cap=5", "goal=nan", NULL), INVALID);
}

/* Card by card in another order than they were offered, each on its own page: every answer counts once, for its own card. */
static void out_of_order_each_counts_for_its_own_card(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t cards[3];
	for (int i = 0; i < 3; i++)
		cards[i] = card_put(a, w.deck, ASK);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	assert_true(str_has(call(a, ANNA, "practice_next", NULL).json, text_format(a->arena, "\"card\":%lld", (long long)cards[0])));
	for (int i = 2; i >= 0; i--)
		assert_said(rate(a, cards[i], 0, 4), "\"already\":false");
	assert_said(rate(a, cards[1], 0, 1), "\"already\":true");
	assert_said(rate(a, cards[1], 9, 1), "\"already\":true");
	assert_int_equal(sql_number(a, "select count(*) from answer"), 3);
	assert_int_equal(sql_number(a, "select count(distinct card) from memory where answers = 1"), 3);
	/* Two tabs of a card that is told right or wrong: the second page says so and writes nothing. */
	int64_t choose = card_put(a, w.deck, CHOOSE);
	assert_said(call(a, ANNA, "practice_answer", say(a, "card", choose), "turn=0", "chosen=1", NULL), "\"already\":false");
	assert_said(call(a, ANNA, "practice_answer", say(a, "card", choose), "turn=0", "chosen=2", NULL), "\"already\":true");
	assert_int_equal(sql_number(a, "select max(rating) from answer where card = (select max(id) from card)"), 3);
	assert_answer(rate(a, 99999, 0, 3), NOT_FOUND);
	assert_answer(call(a, ANNA, "practice_rate", say(a, "card", cards[0]), "turn=1", "rating=9", NULL), INVALID);
}

static str calendar_of(struct app *a, str url, int *status)
{
	size_t at = 8;
	while (at < url.len && url.at[at] != '/')
		at++;
	struct page p = fetch(a, "GET", text_c(a->arena, str_from(url, at)), S(""), NULL);
	*status = p.status;
	return p.body;
}

/* The address is a key: it opens a calendar in which nothing depends on what was done, and stops when its owner says so. */
static void a_calendar_fetches_a_reminder_that_tells_nothing(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int status;
	int64_t card = card_put(a, w.deck, ASK), audit = sql_number(a, "select count(*) from audit");
	assert_said(call(a, ANNA, "practice_show", NULL), "\"reminded\":null");
	struct answer made = call(a, ANNA, "practice_feed_make", "hour=9", "days=mo", "days=th", NULL);
	assert_answer(made, OK);
	assert_int_equal(sql_number(a, "select count(*) from audit"), audit);
	assert_said(call(a, ANNA, "practice_show", NULL), "\"reminded\":9");
	str url = *(const str *)made.out, token = url;
	while (str_has(token, S("/")))
		token = str_from(token, 1);
	assert_int_equal(token.len, 43);
	assert_false(str_has(sql_text(a, "select fingerprint from practice_feed"), token));
	app_serve(a, false);
	str before = calendar_of(a, url, &status);
	assert_int_equal(status, 200);
	assert_true(str_has(before, S("BYDAY=MO,TH")) && str_has(before, S("T090000")) && str_has(before, S("CLASS:PRIVATE")));
	assert_false(str_has(before, S("EXDATE")) || str_has(before, S("Anna")) || str_has(before, S("Listening")));
	/* Practising or not: the same to the byte. */
	assert_answer(call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL), OK);
	assert_answer(rate(a, card, 0, 3), OK);
	assert_true(str_eq(calendar_of(a, url, &status), before));
	assert_answer(call(a, ANNA, "practice_pause", "until=2026-12-01", NULL), OK);
	assert_true(str_has(calendar_of(a, url, &status), S("EXDATE:20261126T090000")));
	assert_answer(call(a, ANNA, "practice_pause", NULL), OK);
	/* A new one ends the old one, and so does its owner, and nobody else. */
	struct answer other = call(a, ANNA, "practice_feed_make", "hour=14", "days=fr", NULL);
	calendar_of(a, url, &status);
	assert_int_equal(status, 404);
	url = *(const str *)other.out;
	calendar_of(a, url, &status);
	assert_int_equal(status, 200);
	assert_answer(call(a, BAS, "practice_feed_end", NULL), OK);
	calendar_of(a, url, &status);
	assert_int_equal(status, 200);
	assert_answer(call(a, ANNA, "practice_feed_end", NULL), OK);
	calendar_of(a, url, &status);
	assert_int_equal(status, 404);
	assert_answer(call(a, ANNA, "practice_feed_make", "hour=9", NULL), INVALID);
	assert_answer(call(a, ANNA, "practice_feed_make", "hour=23", "days=mo", NULL), INVALID);
	assert_answer(call(a, "council@x.example", "practice_feed_make", "hour=9", "days=mo", NULL), FORBIDDEN);
	assert_answer(call(a, NULL, "practice_feed", "token=nothing", NULL), NOT_FOUND);
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
		app_test(how_much_is_kept_is_ones_own_to_say),
		app_test(out_of_order_each_counts_for_its_own_card),
		app_test(a_calendar_fetches_a_reminder_that_tells_nothing),
		app_test(all_can_be_forgotten),
		app_test(without_a_basis_nothing_is_asked),
	};
	return run_on_engines("practice session", tests);
}
