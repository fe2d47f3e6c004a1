/* test_speed.c - the next card of somebody with 2,000, the curve of a deck with a million answers, and what one answer costs: in processor time, which a busy machine blurs least. */
#include "world.h"
#include <time.h>

static double processor_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

#define SQL(a, ...) sql((a), text_c((a)->arena, text_format((a)->arena, __VA_ARGS__)))

static void large_is_quick(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	card_put(a, w.deck, ASK);
	SQL(a, "insert into card (deck, kind, place, text_en, made) with recursive n(i) as (select 2 union all select i + 1 from n where i < 2000) select %lld, 'answer', i, '? A\n= B', 1 from n", (long long)w.deck);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	int64_t today = sql_number(a, "select since from follow");
	SQL(a, "insert into memory (person, card, first_day, last, due, stability, difficulty, answers, asked, recalled, tries) select %lld, id, %lld, %lld - id %% 40, %lld - id %% 30, 1 + id %% 90, 5, 3, 2, 2, 1 from card",
		(long long)w.anna, (long long)today - 90, (long long)today - 1, (long long)today);
	double began = processor_ms();
	for (int i = 0; i < 20; i++)
		assert_answer(call(a, ANNA, "practice_next", NULL), OK);
	double next = (processor_ms() - began) / 20;

	/* 5,000 people, 25 answers each in each of eight stretches: a million. */
	SQL(a, "insert into person (person_id, name, fold, made) with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) select 's' || i, 'S ' || i, 's ' || i, 1 from n");
	SQL(a, "insert into retention (deck, stretch, person, asked, recalled) with recursive n(i) as (select 0 union all select i + 1 from n where i < 7) select %lld, n.i, p.id, 25, 25 - n.i - p.id %% 5 from person p cross join n where p.person_id like 's%%'",
		(long long)w.deck);
	began = processor_ms();
	assert_answer(call(a, LEARNER, "practice_tell_now", NULL), OK);
	double told = processor_ms() - began;
	began = processor_ms();
	struct answer curve = call(a, LEARNER, "retention_show", say(a, "id", w.deck), NULL);
	double shown = processor_ms() - began;
	assert_true(str_has(curve.json, S("\"people\":5000")));

	enum { ANSWERS = 200 };
	began = processor_ms();
	for (int i = 1; i <= ANSWERS; i++)
		assert_answer(call(a, ANNA, "practice_rate", say(a, "card", i), "turn=3", "rating=3", NULL), OK);
	double each = (processor_ms() - began) / ANSWERS;
	print_message("processor time: next card of 2,000 %.2f ms, telling a million answers %.1f ms, their curve %.1f ms, one answer %.3f ms\n", next, told, shown, each);
	/* With sanitizers, and reading JSON back; the bounds are of the program without. */
	assert_true(next < 30 && told < 2000 && shown < 2000 && each < 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(large_is_quick) };
	return run_on_engines("practice speed", tests);
}
