/* test_groups.c - what the organisation learns: sums of five and more, and of nobody whether they practise, whoever asks and however. */
#include "world.h"
#include "stats/fsrs.h"

#define assert_said(a, text) assert_true(str_has((a).json, S(text)))
#define assert_silent(a, text) assert_false(str_has((a).json, S(text)))

static int64_t colleague(struct app *a, int i)
{
	const char *email = text_c(a->arena, text_format(a->arena, "p%d@x.example", i)), *name = text_c(a->arena, text_format(a->arena, "Person %d", i));
	return someone(a, email, name, NULL, "Wonen", "Adviseur", LEAD);
}

static const char *email_of(struct app *a, int i) { return text_c(a->arena, text_format(a->arena, "p%d@x.example", i)); }

static void rate_as(struct app *a, int i, int64_t card, int turn, int rating)
{
	assert_answer(call(a, email_of(a, i), "practice_rate", say(a, "card", card), say(a, "turn", turn), say(a, "rating", rating), NULL), OK);
}

static void a_point_needs_five_people(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t card = card_put(a, w.deck, ASK);
	for (int i = 0; i < 5; i++) {
		colleague(a, i);
		assert_answer(call(a, email_of(a, i), "deck_follow", say(a, "id", w.deck), NULL), OK);
		rate_as(a, i, card, 0, 3);
	}
	on_day(a, 5);
	for (int i = 0; i < 4; i++)
		rate_as(a, i, card, 1, i ? 3 : 1);
	struct answer four = call(a, LEARNER, "retention_show", say(a, "id", w.deck), NULL);
	assert_said(four, "\"any\":false");
	assert_silent(four, "\"people\":4");
	assert_silent(four, "0.75");
	rate_as(a, 4, card, 1, 3);
	assert_said(call(a, LEARNER, "retention_show", say(a, "id", w.deck), NULL), "\"any\":false");      /* not before it is told */
	assert_answer(call(a, LEARNER, "practice_tell_now", NULL), OK);
	struct answer five = call(a, LEARNER, "retention_show", say(a, "id", w.deck), NULL);
	assert_said(five, "\"any\":true");
	assert_said(five, "\"people\":5");
	assert_said(five, "\"share\":0.8");
	assert_true(five.queries <= 10);
	static const char *const may[] = { LEAD, "board@x.example", "council@x.example", "privacy@x.example" };
	for (int i = 0; i < 4; i++)
		assert_answer(call(a, may[i], "retention_show", say(a, "id", w.deck), NULL), OK);
	assert_answer(call(a, ANNA, "retention_show", say(a, "id", w.deck), NULL), FORBIDDEN);
	assert_answer(call(a, "admin@x.example", "retention_show", say(a, "id", w.deck), NULL), FORBIDDEN);
}

/* Every page of practice as everybody else: not one byte differs by whether Anna practises, and the audit has no line. */
static void nobody_else_can_tell_whether_somebody_practises(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t card = card_put(a, w.deck, ASK);
	static const char *const pages[] = { "practice_show", "practice_next", "deck_list_show", "practice_model", "training_list_show", "trust_show", "audit_show", "looks_show", "today_show", "people_list" };
	enum { PAGES = sizeof pages / sizeof pages[0], OTHERS = sizeof everybody_else / sizeof everybody_else[0] };
	static str before[PAGES + 3][OTHERS];
	int64_t audit = 0;
	assert_answer(call(a, LEARNER, "training_add", "name=Listening course", NULL), OK);
	for (int round = 0; round < 2; round++) {
		if (round) {
			audit = sql_number(a, "select count(*) from audit");
			assert_answer(call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL), OK);
			assert_answer(call(a, ANNA, "practice_answer", say(a, "card", card), "turn=0", "typed=Hm", NULL), OK);
			assert_answer(call(a, ANNA, "practice_rate", say(a, "card", card), "turn=0", "rating=1", NULL), OK);
			assert_answer(call(a, ANNA, "practice_pace", "cap=20", "fresh_cap=2", NULL), OK);
			assert_answer(call(a, ANNA, "practice_pause", "until=2026-12-01", NULL), OK);
			assert_answer(call(a, ANNA, "practice_pause", NULL), OK);
			assert_answer(call(a, ANNA, "training_taken_own", "id=1", "day=2026-11-20", NULL), OK);
			assert_answer(call(a, ANNA, "booster_used", "training=1", "used=yes", NULL), OK);
			assert_int_equal(sql_number(a, "select count(*) from audit"), audit);
			assert_int_equal(sql_number(a, "select count(*) from look"), 0);
		}
		for (int who = 0; who < OTHERS; who++) {
			for (int p = 0; p < PAGES + 3; p++) {
				struct answer x = p < PAGES ? call(a, everybody_else[who], pages[p], NULL)
					: p == PAGES ? call(a, everybody_else[who], "deck_show", say(a, "id", w.deck), NULL)
					: p == PAGES + 1 ? call(a, everybody_else[who], "retention_show", say(a, "id", w.deck), NULL)
					: call(a, everybody_else[who], "training_show", "id=1", NULL);
				str said = x.status == OK ? x.json : text_format(a->arena, "%d " S_FMT, x.status, S_ARG(x.code));
				if (!round)
					before[p][who] = said;
				else if (!str_eq(before[p][who], said))
					print_error("%s, page %d:\n" S_FMT "\n" S_FMT "\n", everybody_else[who], p, S_ARG(before[p][who]), S_ARG(said));
				if (round)
					assert_true(str_eq(before[p][who], said));
			}
		}
	}
}

static void after_a_training_it_is_asked_three_times_and_told_of_groups(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	assert_answer(call(a, LEARNER, "training_add", "name=Listening course", "required=1", NULL), OK);
	assert_answer(call(a, LEARNER, "deck_change", say(a, "id", w.deck), "name_en=Listening", "training=1", "owner=Lia", NULL), OK);
	int64_t card = card_put(a, w.deck, ASK);
	for (int i = 0; i < 5; i++)
		colleague(a, i);
	assert_answer(call(a, LEARNER, "training_taken_put", "id=1", "day=2026-11-23", "people=Person 0\nPerson 1\nPerson 2\nPerson 3\nPerson 4", NULL), OK);
	assert_answer(call(a, LEARNER, "training_taken_put", "id=1", "day=2026-11-23", "people=Nobody here", NULL), INVALID);
	assert_answer(call(a, LEARNER, "training_taken_put", "id=1", "day=2027-11-23", "people=Person 0", NULL), INVALID);
	on_day(a, 1);
	assert_silent(call(a, email_of(a, 0), "practice_show", NULL), "\"boost_training\":1");
	on_day(a, 2);
	struct answer start = call(a, email_of(a, 0), "practice_show", NULL);
	assert_said(start, "\"boost_training\":1");
	struct answer next = call(a, email_of(a, 0), "practice_next", "training=1", NULL);
	assert_said(next, "\"required\":true");
	assert_said(next, "\"number\":1");
	for (int i = 0; i < 5; i++) {
		assert_answer(call(a, email_of(a, i), "practice_rate", say(a, "card", card), "turn=0", "rating=3", "training=1", NULL), OK);
		assert_said(call(a, email_of(a, i), "practice_next", "training=1", NULL), "\"ask_used\":true");
		if (i == 4) {
			assert_answer(call(a, LEARNER, "practice_tell_now", NULL), OK);
			assert_said(call(a, LEARNER, "training_show", "id=1", NULL), "\"shown\":false");
		}
		assert_answer(call(a, email_of(a, i), "booster_used", "training=1", i < 2 ? "used=yes" : "used=not-yet", NULL), OK);
		assert_answer(call(a, email_of(a, i), "booster_used", "training=1", "used=yes", NULL), CONFLICT);
	}
	assert_answer(call(a, LEARNER, "practice_tell_now", NULL), OK);
	struct answer seen = call(a, LEARNER, "training_show", "id=1", NULL);
	assert_said(seen, "\"share\":0.4");
	assert_silent(call(a, ANNA, "training_show", "id=1", NULL), "\"share\":0.4");
	/* What the training taught was recalled two days after it: a first answer counts. */
	assert_said(call(a, LEARNER, "retention_show", say(a, "id", w.deck), NULL), "\"people\":5");
	on_day(a, 14);
	assert_said(call(a, email_of(a, 0), "practice_show", NULL), "\"boost_training\":1");
	on_day(a, 200);
	assert_silent(call(a, email_of(a, 0), "practice_show", NULL), "\"boost_training\":1");
}

/* People who forget faster than the world does: enough of them, and the weights become theirs; what cannot be weights is never used. */
static void weights_are_fitted_kept_and_used_only_when_better(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	struct answer few = call(a, LEARNER, "practice_fit_make", NULL);
	assert_said(few, "too few");
	int64_t card = card_put(a, w.deck, ASK), colleagues = 0;
	for (int i = 0; i < 5; i++)
		colleagues = colleague(a, i) - i;
	sql(a, text_c(a->arena, text_format(a->arena, "insert into card (deck, kind, place, text_en, made) with recursive n(i) as (select 1 union all select i + 1 from n where i < 400) select %lld, 'answer', i + 1, '? A\n= B', 1 from n", (long long)w.deck)));
	/* Forgotten every third time, whatever the days: each card four times, at 1, 3 and 9 days. */
	sql(a, text_c(a->arena, text_format(a->arena, "insert into answer (person, card, day, days, rating) with recursive n(i) as (select 0 union all select i + 1 from n where i < 3)"
		" select %lld + k.id %% 5, k.id, 700000 + k.id %% 200 + case n.i when 0 then 0 when 1 then 1 when 2 then 4 else 13 end, case n.i when 0 then 0 when 1 then 1 when 2 then 3 else 9 end,"
		" case when (k.id + n.i) %% 3 = 0 then 1 else 3 end from card k cross join n order by k.id, n.i", (long long)colleagues)));
	(void)card;
	struct answer fit = call(a, LEARNER, "practice_fit_make", NULL);
	assert_answer(fit, OK);
	assert_said(fit, "\"better\":true");
	assert_said(fit, "\"used\":true");
	struct answer page = call(a, ANNA, "practice_model", NULL);
	assert_said(page, "\"fitted\":true");
	assert_silent(page, "Anna");
	assert_said(call(a, LEARNER, "practice_fit_make", NULL), "too few people");                    /* nobody answered since: two fits would differ by nobody, or by few */
	sql(a, "update practice_fit set weights = '1 2 nan 4'");
	assert_said(call(a, ANNA, "practice_model", NULL), "\"fitted\":false");
	sql(a, "update practice_fit set weights = '0 1 2 8 6 0.8 3 0.001 1.8 0.16 0.8 1.5 0.06 0.26 1.6 0.6 1.87 0.5 0.09 0.06 99'");
	assert_said(call(a, ANNA, "practice_model", NULL), "\"fitted\":false");
	sql(a, "update practice_fit set weights = '0.2 1.3 2.3 8.3 6.4 0.8 3 0.001 nan 0.16 0.8 1.5 0.06 0.26 1.6 0.6 1.87 0.5 0.09 0.06 0.15'");
	assert_said(call(a, ANNA, "practice_model", NULL), "\"fitted\":false");
	sql(a, "update practice_fit set weights = '0.2 1.3 2.3 8.3 6.4 0.8 3 0.001 1e400 0.16 0.8 1.5 0.06 0.26 1.6 0.6 1.87 0.5 0.09 0.06 0.15'");
	assert_said(call(a, ANNA, "practice_model", NULL), "\"fitted\":false");
	sql(a, "delete from practice_fit");
	/* Off is off. */
	assert_answer(call(a, LEARNER, "practice_fit_make", NULL), OK);
	assert_said(call(a, ANNA, "practice_model", NULL), "\"fitted\":true");
	sql(a, "insert into setting (name, value, since) values ('practice_fitting', '0', 1)");
	assert_said(call(a, ANNA, "practice_model", NULL), "\"fitted\":false");
	assert_said(call(a, LEARNER, "practice_fit_make", NULL), "switched off");
	assert_answer(call(a, ANNA, "practice_fit_make", NULL), FORBIDDEN);
}

#define SQL(a, ...) sql((a), text_c((a)->arena, text_format((a)->arena, __VA_ARGS__)))

/* What can be read of a group, all of it: every number of both pages. */
static str readings(struct app *a, int64_t deck)
{
	return text_format(a->arena, S_FMT "\n" S_FMT, S_ARG(call(a, LEARNER, "retention_show", say(a, "id", deck), NULL).json), S_ARG(call(a, LEARNER, "training_show", "id=1", NULL).json));
}

/* The attack: read everything, let one colleague answer, read again, subtract. Also after a week, after two, and after somebody removes what they answered. */
static void before_and_after_one_answer_cannot_be_subtracted(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	enum { PEOPLE = 12, LEAST = 5 };
	assert_answer(call(a, LEARNER, "training_add", "name=Listening course", NULL), OK);
	assert_answer(call(a, LEARNER, "deck_change", say(a, "id", w.deck), "name_en=Listening", "training=1", "owner=Lia", NULL), OK);
	int64_t card = card_put(a, w.deck, ASK), turn[PEOPLE] = { 0 };
	for (int i = 0; i < PEOPLE; i++)
		colleague(a, i);
	assert_answer(call(a, LEARNER, "training_taken_put", "id=1", "day=2026-11-22", "people=Person 0\nPerson 1\nPerson 2\nPerson 3\nPerson 4\nPerson 5\nPerson 6\nPerson 7\nPerson 8\nPerson 9\nPerson 10\nPerson 11", NULL), OK);
	on_day(a, 1);
	for (int i = 0; i < 8; i++)
		rate_as(a, i, card, (int)turn[i]++, i % 3 ? 3 : 1);
	for (int i = 0; i < 6; i++)
		assert_answer(call(a, email_of(a, i), "booster_used", "training=1", i % 2 ? "used=yes" : "used=no-chance", NULL), OK);
	assert_answer(call(a, LEARNER, "practice_tell_now", NULL), OK);
	str before = readings(a, w.deck);
	assert_true(str_has(before, S("\"people\":8")) && str_has(before, S("\"people\":6")));
	/* One by one: four people more, on as many days, and every reading is the same to the byte. */
	for (int n = 0; n < LEAST - 1; n++) {
		rate_as(a, 8 + n, card, (int)turn[8 + n]++, 1);
		assert_answer(call(a, email_of(a, 8 + n), "booster_used", "training=1", "used=yes", NULL), OK);
		assert_true(str_eq(readings(a, w.deck), before));
		assert_answer(call(a, LEARNER, "practice_tell_now", NULL), OK);
		assert_true(str_eq(readings(a, w.deck), before));
	}
	/* Nor by what goes: somebody's answers removed, everything of a person erased. */
	assert_answer(call(a, email_of(a, 0), "practice_forget", NULL), OK);
	assert_answer(call(a, LEARNER, "practice_tell_now", NULL), OK);
	assert_true(str_eq(readings(a, w.deck), before));
	/* The fifth, and it is told: what is new is a sum of five. */
	rate_as(a, 0, card, 0, 3);
	assert_answer(call(a, email_of(a, 6), "booster_used", "training=1", "used=yes", NULL), OK);
	assert_true(str_eq(readings(a, w.deck), before));
	assert_answer(call(a, LEARNER, "practice_tell_now", NULL), OK);
	str after = readings(a, w.deck);
	assert_false(str_eq(after, before));
	assert_true(str_has(after, S("\"people\":12")) && str_has(after, S("\"people\":11")));
	/* Whoever would make it be told knows only that: it is learning's, and it tells nothing early. */
	assert_answer(call(a, ANNA, "practice_tell_now", NULL), FORBIDDEN);
}

/* Many weeks of a few answers each: between any two versions of a point that were ever told lie the answers of nobody, or of five people at least. */
static void no_two_versions_differ_by_few(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	enum { PEOPLE = 9, WEEKS = 12 };
	int64_t card = card_put(a, w.deck, ASK), turn[PEOPLE] = { 0 };
	bool since[PEOPLE] = { false };
	int64_t people = 0, asked = 0;
	for (int i = 0; i < PEOPLE; i++) {
		colleague(a, i);
		rate_as(a, i, card, (int)turn[i]++, 3);
	}
	SQL(a, "update memory set first_day = first_day - 400");                          /* so that all that follows falls in one stretch */
	for (int week = 1; week <= WEEKS; week++) {
		on_day(a, 7 * week);
		for (int n = 0; n < 1 + week % 3; n++) {
			int who = (week * 2 + n) % PEOPLE;
			rate_as(a, who, card, (int)turn[who]++, (week + n) % 4 ? 3 : 1);
			since[who] = true;
		}
		assert_answer(call(a, LEARNER, "practice_tell_now", NULL), OK);
		int64_t asked_now = sql_number(a, "select coalesce(max(asked), 0) from curve_told"), count = 0;
		for (int i = 0; i < PEOPLE; i++)
			count += since[i];
		if (asked_now == asked) {
			assert_true(count < 5);
			continue;
		}
		assert_true(count >= 5);
		assert_true(sql_number(a, "select people from curve_told") >= 5 && sql_number(a, "select people from curve_told") >= people);
		people = sql_number(a, "select people from curve_told");
		asked = asked_now;
		memset(since, 0, sizeof since);
	}
	assert_true(asked > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(a_point_needs_five_people),
		app_test(nobody_else_can_tell_whether_somebody_practises),
		app_test(after_a_training_it_is_asked_three_times_and_told_of_groups),
		app_test(weights_are_fitted_kept_and_used_only_when_better),
		app_test(before_and_after_one_answer_cannot_be_subtracted),
		app_test(no_two_versions_differ_by_few),
	};
	return run_on_engines("practice groups", tests);
}
