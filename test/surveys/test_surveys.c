/* test_surveys.c - a round from making to "you said, we did", and what must not be possible on the way. */
#include "round.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID(t) id_text(t)
static char id_buffer[40];
static char *id_text(const struct round_test *t)
{
	snprintf(id_buffer, sizeof id_buffer, "id=%lld", (long long)t->id);
	return id_buffer;
}

static char *code_text(const struct round_test *t, int who)
{
	static char text[60];
	snprintf(text, sizeof text, "code=" S_FMT, S_ARG(t->code[who]));
	return text;
}

static int setup(void **state)
{
	int wrong = app_setup(state);
	struct app *app = *state;
	if (!wrong)
		instant_from_iso(S("2026-11-25T09:00:00Z"), &app->now);
	return wrong;
}
#define test(f) { #f, f, setup, app_teardown, NULL }

static void a_whole_round(void **state)
{
	struct app *app = *state;
	struct round_test t;
	organisation(app, &t, 2, 20);
	round_make(&t, 2);
	struct answer a = call(app, "learning@x.example", "survey_round_show", ID(&t), NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"own\":3")));              /* both teams, and the house they are in */
	assert_answer(call(app, "learning@x.example", "survey_preview", ID(&t), NULL), OK);
	assert_answer(call(app, "learning@x.example", "survey_preview_question", ID(&t), "place=1", NULL), OK);
	/* Nothing is seen before it is closed, by nobody. */
	assert_answer(call(app, "learning@x.example", "survey_results", ID(&t), NULL), CONFLICT);
	round_begin(&t);
	assert_answer(call(app, "p0@x.example", "survey_results", ID(&t), NULL), CONFLICT);
	int low[2] = { 2, 1 }, high[2] = { 5, 4 };
	for (int who = 0; who < 17; who++)
		answer_all(&t, who, low);
	for (int who = 20; who < 37; who++)
		answer_all(&t, who, high);
	a = call(app, "learning@x.example", "survey_round_show", ID(&t), NULL);
	assert_true(str_has(a.json, S("\"steps\":30")));           /* 34, in steps of five */
	assert_answer(call(app, "learning@x.example", "survey_close", ID(&t), NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from survey_asked where part = 1"), 34);
	a = call(app, "p0@x.example", "survey_results", ID(&t), NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"share\":0.5")));
	assert_true(str_has(a.json, S("\"band\":\"30–34\"")));
	/* One's own team, but not the one beside it; learning sees both. */
	char own[40], other[40];
	snprintf(own, sizeof own, "unit=%lld", (long long)sql_number(app, "select id from unit where name = 'A'"));
	snprintf(other, sizeof other, "unit=%lld", (long long)sql_number(app, "select id from unit where name = 'B'"));
	a = call(app, "p0@x.example", "survey_results", ID(&t), own, NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"share\":0,")));
	assert_answer(call(app, "p0@x.example", "survey_results", ID(&t), other, NULL), FORBIDDEN);
	a = call(app, "learning@x.example", "survey_results", ID(&t), other, NULL);
	assert_true(str_has(a.json, S("\"share\":1,")));
	/* You said, we did. */
	char owner[40];
	snprintf(owner, sizeof owner, "owner=%lld", (long long)t.person[0]);
	assert_answer(call(app, "p1@x.example", "survey_action_add", ID(&t), "what=An hour.", owner, "due=2026-12-01", NULL), FORBIDDEN);
	assert_answer(call(app, "learning@x.example", "survey_action_add", ID(&t), "what=An hour.", owner, "due=2026-11-01", NULL), INVALID);
	assert_answer(call(app, "learning@x.example", "survey_action_add", ID(&t), "what=An hour.", owner, "due=2026-12-01", NULL), OK);
	assert_answer(call(app, "p1@x.example", "survey_action_tell", "id=1", "told=Done.", NULL), FORBIDDEN);
	assert_answer(call(app, "p0@x.example", "survey_action_tell", "id=1", "told=It stands in every rota.", NULL), OK);
	assert_answer(call(app, "p0@x.example", "survey_action_tell", "id=1", "told=Again.", NULL), CONFLICT);
	a = call(app, "p30@x.example", "survey_told", NULL);
	assert_true(str_has(a.json, S("It stands in every rota.")));
}

static void a_link_works_once(void **state)
{
	struct app *app = *state;
	struct round_test t;
	organisation(app, &t, 1, 15);
	round_make(&t, 1);
	round_begin(&t);
	/* Looking answers nothing, however often. */
	for (int i = 0; i < 3; i++) {
		assert_answer(call(app, NULL, "answer_show", code_text(&t, 0), NULL), OK);
		assert_answer(call(app, NULL, "answer_question", code_text(&t, 0), "place=1", NULL), OK);
		assert_answer(call(app, NULL, "answer_ready", code_text(&t, 0), NULL), OK);
		assert_answer(call(app, NULL, "answer_thanks", code_text(&t, 0), NULL), OK);
	}
	assert_int_equal(sql_number(app, "select count(*) from survey_sealed"), 0);
	/* Two tabs: what was typed last counts; what was typed is found again. */
	assert_answer(put(&t, 0, 0, "2"), OK);
	assert_answer(put(&t, 0, 0, "4"), OK);
	char place[20];
	snprintf(place, sizeof place, "place=%lld", (long long)t.place[0]);
	struct answer a = call(app, NULL, "answer_question", code_text(&t, 0), place, NULL);
	assert_true(str_has(a.json, S("\"value\":\"4\"")));
	assert_int_equal(sql_number(app, "select count(*) from survey_sealed"), 1);
	assert_answer(put(&t, 0, 0, "9"), INVALID);
	assert_answer(call(app, NULL, "answer_put", code_text(&t, 0), "place=77", "value=1", NULL), INVALID);
	assert_answer(give(&t, 0), OK);
	assert_answer(give(&t, 0), CONFLICT);
	assert_answer(put(&t, 0, 0, "1"), CONFLICT);
	/* With one character other, in capitals with spaces, and one that was never there. */
	char wrong[60];
	snprintf(wrong, sizeof wrong, "%s", code_text(&t, 1));
	wrong[5] = wrong[5] == 'a' ? 'b' : 'a';
	a = call(app, NULL, "answer_show", wrong, NULL);
	assert_answer(a, NOT_FOUND);
	assert_true(str_eq(a.code, S("no-such-code")));
	snprintf(wrong, sizeof wrong, "%s", code_text(&t, 1));
	for (char *p = wrong + 5; *p; p++)
		*p = *p == '-' ? ' ' : *p >= 'a' && *p <= 'z' ? (char)(*p - 32) : *p;
	assert_answer(call(app, NULL, "code_enter", wrong, NULL), OK);
	assert_answer(call(app, NULL, "code_enter", "code=nonsense", NULL), INVALID);
	assert_answer(call(app, NULL, "code_show", NULL), OK);
	/* New links end old ones; what was begun stays. */
	assert_answer(put(&t, 2, 0, "5"), OK);
	str old = t.code[2];
	assert_answer(call(app, "learning@x.example", "survey_links_make", ID(&t), NULL), OK);
	snprintf(wrong, sizeof wrong, "code=" S_FMT, S_ARG(old));
	assert_answer(call(app, NULL, "answer_show", wrong, NULL), NOT_FOUND);
	/* From Today: only who is asked, and it goes on where it was left. */
	a = call(app, "p2@x.example", "asked_show", ID(&t), NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"begun\":1")));
	assert_answer(call(app, "p2@x.example", "asked_begin", ID(&t), NULL), OK);
	assert_answer(call(app, "p0@x.example", "asked_begin", ID(&t), NULL), CONFLICT);
	assert_answer(call(app, "learning@x.example", "asked_begin", ID(&t), NULL), FORBIDDEN);
	/* After the last day. */
	instant_from_iso(S("2026-12-02T09:00:00Z"), &app->now);
	a = call(app, "p3@x.example", "asked_begin", ID(&t), NULL);
	assert_answer(a, CONFLICT);
	assert_true(str_eq(a.code, S("round-over")));
}

static void nothing_changes_once_open(void **state)
{
	struct app *app = *state;
	struct round_test t;
	organisation(app, &t, 1, 12);
	round_make(&t, 1);
	assert_answer(call(app, "learning@x.example", "survey_days_change", ID(&t), "opens=2026-11-25", "closes=2026-11-20", NULL), INVALID);
	assert_answer(call(app, "learning@x.example", "survey_days_change", ID(&t), "opens=2026-11-25", "closes=2026-11-28", NULL), OK);
	assert_answer(call(app, "learning@x.example", "survey_question_drop", ID(&t), "place=2", NULL), OK);
	assert_answer(call(app, "learning@x.example", "survey_question_drop", ID(&t), "place=2", NULL), NOT_FOUND);
	assert_answer(call(app, "learning@x.example", "survey_outcome_choose", ID(&t), "place=1", NULL), OK);
	assert_answer(call(app, "learning@x.example", "survey_outcome_choose", ID(&t), "place=2", NULL), NOT_FOUND);
	assert_answer(call(app, "p0@x.example", "survey_outcome_choose", ID(&t), "place=1", NULL), FORBIDDEN);
	t.questions = 0;
	round_begin(&t);
	assert_answer(call(app, "learning@x.example", "survey_question_add", ID(&t), "kind=agree", "text_nl=x", "text_en=x", NULL), CONFLICT);
	assert_answer(call(app, "learning@x.example", "survey_question_drop", ID(&t), "place=1", NULL), CONFLICT);
	assert_answer(call(app, "learning@x.example", "survey_days_change", ID(&t), "opens=2026-11-25", "closes=2026-11-29", NULL), CONFLICT);
	assert_answer(call(app, "learning@x.example", "survey_open", ID(&t), NULL), CONFLICT);
	assert_answer(call(app, "p0@x.example", "survey_round_show", ID(&t), NULL), FORBIDDEN);
	assert_answer(call(app, NULL, "survey_list_show", NULL), FORBIDDEN);
	assert_answer(call(app, "p0@x.example", "survey_list_show", NULL), OK);
	assert_answer(call(app, "p0@x.example", "instruments_show", NULL), OK);
	assert_answer(call(app, "learning@x.example", "survey_new", NULL), OK);
}

static void nobody_is_asked_twice_in_four_weeks(void **state)
{
	struct app *app = *state;
	struct round_test t, u;
	organisation(app, &t, 1, 12);
	round_make(&t, 1);
	round_begin(&t);
	u = t;
	round_make(&u, 1);
	struct answer a = call(app, "learning@x.example", "survey_open", ID(&u), NULL);
	assert_answer(a, CONFLICT);
	assert_true(str_eq(a.code, S("too-few-asked")));
	assert_answer(call(app, "learning@x.example", "survey_days_change", ID(&u), "opens=2026-12-20", "closes=2026-12-28", NULL), OK);
	instant_from_iso(S("2026-12-20T09:00:00Z"), &app->now);
	assert_answer(call(app, "learning@x.example", "survey_open", ID(&u), NULL), OK);
}

static void a_repeat_waits_until_something_is_told(void **state)
{
	struct app *app = *state;
	struct round_test t;
	organisation(app, &t, 1, 12);
	struct answer a = call(app, "learning@x.example", "survey_add_one", "name=Pulse", "promise=Soon.", "opens=2026-11-20", "closes=2026-11-30", "every=3", "instruments=time", "instruments=safety",
		"rotating=2", NULL);
	assert_answer(a, OK);
	t.id = ((const struct by_id *)a.out)->id;
	assert_answer(call(app, "learning@x.example", "survey_open", ID(&t), NULL), OK);
	assert_answer(call(app, "learning@x.example", "survey_close", ID(&t), NULL), OK);
	int64_t first = t.id;
	t.id = sql_number(app, "select id from survey_round where number = 2");
	assert_true(t.id > first);
	/* Two of safety's five have made way for others of safety. */
	assert_int_equal(sql_number(app, "select count(*) from survey_question where round = 2"), 7);
	assert_int_equal(sql_number(app, "select count(*) from survey_question a join survey_question b on a.item = b.item where a.round = 1 and b.round = 2"), 5);
	instant_from_iso(S("2027-02-21T09:00:00Z"), &app->now);
	a = call(app, "learning@x.example", "survey_open", ID(&t), NULL);
	assert_answer(a, CONFLICT);
	assert_true(str_eq(a.code, S("nothing-told")));
	char owner[40], round[40];
	snprintf(owner, sizeof owner, "owner=%lld", (long long)t.person[0]);
	snprintf(round, sizeof round, "id=%lld", (long long)first);
	assert_answer(call(app, "learning@x.example", "survey_action_add", round, "what=An hour.", owner, "due=2027-03-01", NULL), OK);
	assert_answer(call(app, "learning@x.example", "survey_action_tell", "id=1", "told=Not yet, for we are moving house.", NULL), OK);
	assert_answer(call(app, "learning@x.example", "survey_open", ID(&t), NULL), OK);
}

/* A round of one question over the whole house, everybody answering `value`; closed, and something told, so that the next may open. */
static void round_play(struct app *app, struct round_test *t, const char *value)
{
	char text[100];
	assert_answer(call(app, "learning@x.example", "survey_open", ID(t), NULL), OK);
	struct answer a = call(app, "learning@x.example", "survey_links_make", ID(t), NULL);
	assert_answer(a, OK);
	snprintf(text, sizeof text, "select place from survey_question where round = %lld and kind = 'agree'", (long long)t->id);
	int64_t place = sql_number(app, text);
	for (str one, rest = a.json; str_cut(rest, '{', &one, &rest); ) {
		str code = rest, end, value_text;
		char code_given[60], place_given[30], given[20];
		if (!str_has(str_until(rest, rest.len < 400 ? rest.len : 400), S("\"code\":\"")))
			continue;
		while (code.len && !str_starts(code, S("\"code\":\"")))
			code = str_from(code, 1);
		str_cut(str_from(code, 8), '"', &value_text, &end);
		snprintf(code_given, sizeof code_given, "code=" S_FMT, S_ARG(value_text));
		snprintf(place_given, sizeof place_given, "place=%lld", (long long)place);
		snprintf(given, sizeof given, "value=%s", value);
		if (call(app, NULL, "answer_put", code_given, place_given, given, NULL).status == OK)
			assert_answer(call(app, NULL, "answer_give", code_given, NULL), OK);
	}
	assert_answer(call(app, "learning@x.example", "survey_close", ID(t), NULL), OK);
	snprintf(text, sizeof text, "owner=%lld", (long long)t->person[0]);
	assert_answer(call(app, "learning@x.example", "survey_action_add", ID(t), "what=An hour.", text, "due=2027-12-01", NULL), OK);
	snprintf(text, sizeof text, "id=%lld", (long long)sql_number(app, "select max(id) from survey_action"));
	assert_answer(call(app, "learning@x.example", "survey_action_tell", text, "told=Done.", NULL), OK);
}

static bool is_compared(struct app *app, const struct round_test *t, const char *unit)
{
	char text[100], given[40];
	snprintf(text, sizeof text, "select coalesce(max(id), 0) from unit where name = '%s'", unit);      /* none: the whole organisation */
	snprintf(given, sizeof given, "unit=%lld", (long long)sql_number(app, text));
	struct answer a = call(app, "learning@x.example", "survey_results", ID(t), given, NULL);
	assert_answer(a, OK);
	bool compared = str_has(a.json, S("\"compared\":true")), moved = str_has(a.json, S("\"moved\":true"));
	assert_true(compared != moved || str_has(a.json, S("\"instead\":\"")));
	/* What may not stand side by side is not in the output either. */
	assert_true(compared || !str_has(a.json, S("\"before\":0.")));
	return compared;
}

/* One to four who came or went, in a unit or in what is left of the one above it: the two rounds do not stand side by side. */
static void rounds_are_compared_only_when_few_did_not_move(void **state)
{
	struct app *app = *state;
	struct round_test t;
	organisation(app, &t, 4, 12);
	struct answer a = call(app, "learning@x.example", "survey_add_one", "name=Pulse", "promise=Soon.", "opens=2026-11-20", "closes=2026-11-30", "every=3", NULL);
	assert_answer(a, OK);
	t.id = ((const struct by_id *)a.out)->id;
	assert_answer(call(app, "learning@x.example", "survey_question_add", ID(&t), "kind=agree", "text_nl=V1", "text_en=Q1", NULL), OK);
	round_play(app, &t, "2");
	/* A: one goes. B: splits, six to a new unit E. C: four of it move to D, which therefore shrinks nothing but gains four. */
	instant_from_iso(S("2027-03-01T09:00:00Z"), &app->now);
	sql(app, "update employment set end_day = '2027-01-01' where person = (select id from person where email = 'p0@x.example')");
	sql(app, "insert into unit (parent, name, path, fold) select id, 'E', 'House/E', 'e' from unit where path = 'House'");
	for (int i = 12; i < 18; i++) {
		char text[200];
		snprintf(text, sizeof text, "update employment set unit = (select id from unit where name = 'E') where person = %lld", (long long)t.person[i]);
		sql(app, text);
	}
	for (int i = 24; i < 28; i++) {
		char text[200];
		snprintf(text, sizeof text, "update employment set unit = (select id from unit where name = 'D') where person = %lld", (long long)t.person[i]);
		sql(app, text);
	}
	t.id = sql_number(app, "select id from survey_round where number = 2");
	assert_answer(call(app, "learning@x.example", "survey_days_change", ID(&t), "opens=2027-03-01", "closes=2027-03-10", NULL), OK);
	round_play(app, &t, "5");
	assert_false(is_compared(app, &t, "A"));                   /* one went */
	assert_true(is_compared(app, &t, "B"));                    /* six went: nobody can be told apart */
	assert_false(is_compared(app, &t, "C"));                   /* four went */
	assert_false(is_compared(app, &t, "D"));                   /* four came */
	assert_false(is_compared(app, &t, "E"));                   /* is new */
	assert_false(is_compared(app, &t, "House"));               /* one went */
	/* The third round: nobody moves. Then a unit that shrinks below five is told of with the one above it, and nothing about it by itself. */
	instant_from_iso(S("2027-06-10T09:00:00Z"), &app->now);
	t.id = sql_number(app, "select id from survey_round where number = 3");
	assert_answer(call(app, "learning@x.example", "survey_days_change", ID(&t), "opens=2027-06-10", "closes=2027-06-20", NULL), OK);
	round_play(app, &t, "4");
	assert_true(is_compared(app, &t, "A"));
	assert_true(is_compared(app, &t, "House"));
	for (int i = 12; i < 15; i++) {
		char text[200];
		snprintf(text, sizeof text, "update employment set end_day = '2027-07-01' where person = %lld", (long long)t.person[i]);
		sql(app, text);
	}
	instant_from_iso(S("2027-09-20T09:00:00Z"), &app->now);
	t.id = sql_number(app, "select id from survey_round where number = 4");
	assert_answer(call(app, "learning@x.example", "survey_days_change", ID(&t), "opens=2027-09-20", "closes=2027-09-30", NULL), OK);
	round_play(app, &t, "3");
	char text[160];
	snprintf(text, sizeof text, "select count(*) from survey_figure where round = %lld and unit = (select id from unit where name = 'E') and shown = 'shown'", (long long)t.id);
	assert_int_equal(sql_number(app, text), 0);
	assert_int_equal(sql_number(app, "select count(*) from survey_figure where n between 1 and 4"), 0);
	/* Three went from the whole. Of the house's people the twelve of B and E now count with the whole only: so many may be told apart. */
	assert_false(is_compared(app, &t, ""));
	assert_true(is_compared(app, &t, "A"));
}

static void without_a_basis_nothing_opens(void **state)
{
	struct app *app = *state;
	struct round_test t;
	organisation(app, &t, 1, 12);
	sql(app, "delete from basis");
	round_make(&t, 1);
	struct answer a = call(app, "learning@x.example", "survey_open", ID(&t), NULL);
	assert_answer(a, CONFLICT);
	assert_true(str_eq(a.code, S("no-basis")));
}

static void too_few_are_dropped_and_it_is_said(void **state)
{
	struct app *app = *state;
	struct round_test t;
	int values[1] = { 3 };
	organisation(app, &t, 1, 12);
	round_make(&t, 1);
	round_begin(&t);
	for (int who = 0; who < 4; who++)
		answer_all(&t, who, values);
	assert_answer(call(app, "learning@x.example", "survey_close", ID(&t), NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from survey_response"), 0);
	assert_int_equal(sql_number(app, "select count(*) from survey_asked where part = 1"), 0);
	struct answer a = call(app, "p5@x.example", "survey_results", ID(&t), NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"lost\":4")));
	assert_true(str_has(a.json, S("\"few\":true")));
}

/* Teams of three and four among larger ones: no answer carries a background of one to four people, and no figure is about so few. */
static void small_teams_are_coarsened(void **state)
{
	struct app *app = *state;
	struct round_test t;
	int values[2] = { 4, 2 };
	organisation(app, &t, 2, 12);
	for (int i = 0; i < 7; i++) {
		char email[40];
		snprintf(email, sizeof email, "p%d@x.example", t.people);
		t.person[t.people++] = someone(app, email, email, NULL, i < 3 ? "House/Small" : "Shed/Alone", "Adviser", NULL);
	}
	round_make(&t, 2);
	round_begin(&t);
	assert_int_equal(sql_number(app, "select count(*) from survey_cell where people between 1 and 4"), 0);
	for (int who = 0; who < t.people; who++)
		answer_all(&t, who, values);
	assert_answer(call(app, "learning@x.example", "survey_close", ID(&t), NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from survey_response"), t.people);
	assert_int_equal(sql_number(app, "select count(*) from survey_figure where n between 1 and 4"), 0);
	assert_int_equal(sql_number(app, "select count(*) from survey_figure where shown <> 'shown' and (n <> 0 or counts <> '')"), 0);
	/* The small team reads what is said of the unit above it. */
	char unit[40];
	snprintf(unit, sizeof unit, "unit=%lld", (long long)sql_number(app, "select id from unit where name = 'Small'"));
	assert_answer(call(app, "p24@x.example", "survey_results", ID(&t), unit, NULL), OK);
}

/* Five questions that people answer alike hold together; that is said behind the figures, on this round's own answers. */
static void a_scale_is_reckoned_on_the_rounds_own_answers(void **state)
{
	struct app *app = *state;
	struct round_test t;
	organisation(app, &t, 1, 40);
	struct answer a = call(app, "learning@x.example", "survey_add_one", "name=Pulse", "promise=Soon.", "opens=2026-11-20", "closes=2026-11-30", "instruments=safety", NULL);
	assert_answer(a, OK);
	t.id = ((const struct by_id *)a.out)->id;
	t.questions = -1;
	round_begin(&t);
	t.questions = 5;
	for (int who = 0; who < t.people; who++) {
		for (int q = 0; q < 5; q++) {
			char text[100], value[8];
			t.place[q] = q + 1;
			snprintf(text, sizeof text, "select reversed from survey_question where round = %lld and place = %d", (long long)t.id, q + 1);
			int level = 1 + (who + (who * q) % 2) % 5;
			snprintf(value, sizeof value, "%d", sql_number(app, text) ? 6 - level : level);
			assert_answer(put(&t, who, q, value), OK);
		}
		assert_answer(give(&t, who), OK);
	}
	assert_answer(call(app, "learning@x.example", "survey_close", ID(&t), NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from survey_scale where instrument = 'safety' and n = 40 and alpha > 0.7 and alpha < 1"), 1);
	a = call(app, "p0@x.example", "survey_results", ID(&t), NULL);
	assert_true(str_has(a.json, S("\"reliable\":true")));
}

static void remarks_stay_unread_below_ten(void **state)
{
	struct app *app = *state;
	struct round_test t;
	int values[1] = { 3 };
	organisation(app, &t, 1, 30);
	round_make(&t, 1);
	round_begin(&t);
	for (int who = 0; who < 9; who++) {
		assert_answer(put(&t, who, 1, "😀😀😀 <script>alert(1)</script>"), OK);
		answer_all(&t, who, values);
	}
	char big[1102];
	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = 0;
	assert_answer(put(&t, 9, 1, big), INVALID);
	assert_answer(call(app, "learning@x.example", "survey_close", ID(&t), NULL), OK);
	struct answer a = call(app, "learning@x.example", "survey_results", ID(&t), NULL);
	assert_answer(a, OK);
	assert_false(str_has(a.json, S("script")));
}

/* A database put back without its keys: what waited is lost, nothing breaks, and one may answer again. */
static void keys_that_are_gone_lose_what_waited_only(void **state)
{
	struct app *app = *state;
	struct round_test t;
	int values[1] = { 3 };
	char command[200];
	organisation(app, &t, 1, 12);
	round_make(&t, 1);
	round_begin(&t);
	for (int who = 0; who < 6; who++)
		answer_all(&t, who, values);
	snprintf(command, sizeof command, "rm -rf '%s/keys'", app->folder);
	assert_int_equal(system(command), 0);
	for (int who = 0; who < 6; who++)
		answer_all(&t, who, values);
	assert_answer(call(app, "learning@x.example", "survey_close", ID(&t), NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from survey_response"), 6);
}

/* Ten thousand wrong codes: each the same answer, in either language; nothing of them stays, and a right one works at once. */
static void ten_thousand_wrong_codes(void **state)
{
	struct app *app = *state;
	struct round_test t;
	organisation(app, &t, 1, 12);
	round_make(&t, 1);
	round_begin(&t);
	app_serve(app, false);
	int64_t before = sql_number(app, "select (select count(*) from audit) + (select count(*) from survey_sealed) + (select count(*) from answered) + (select count(*) from attempt)");
	str first = { 0 }, first_nl = { 0 };
	for (int i = 0; i < 10000; i++) {
		char path[80];
		/* Half of them begin as a right one does: what is looked up is a fingerprint, and says nothing of a beginning. */
		if (i % 2)
			snprintf(path, sizeof path, "/answer/%.15s%c", "abcdefghjkmnpqr", "abcdefgh"[i % 8]);
		else
			snprintf(path, sizeof path, "/answer/%.4s%.4s%.4s%c%c%c%c", t.code[0].at, t.code[0].at + 5, t.code[0].at + 10, 'a' + i % 8, 'a' + i / 8 % 8, 'a' + i / 64 % 8, 'a' + i / 512 % 8);
		bool dutch = i % 100 == 7, html = i % 50 == 7;
		if (!html) {
			char code[100];
			snprintf(code, sizeof code, "code=%s", path + 8);
			struct answer a = call(app, NULL, "answer_show", code, NULL);
			assert_answer(a, NOT_FOUND);
			assert_true(str_eq(a.code, S("no-such-code")));
			continue;
		}
		struct page p = fetch_with(app, &(struct call_over_http){ .method = "GET", .path = str_of(path), .language = dutch ? "nl" : "en" });
		assert_int_equal(p.status, 404);
		str *one = dutch ? &first_nl : &first, heading, end;
		for (heading = p.body; heading.len && !str_starts(heading, S("<h1")); heading = str_from(heading, 1))
			;
		str_cut(str_from(heading, 3), '<', &heading, &end);
		if (!one->len)
			*one = heading;
		assert_true(heading.len && str_eq(*one, heading));
	}
	assert_true(first.len && first_nl.len && !str_eq(first, first_nl));
	assert_int_equal(sql_number(app, "select (select count(*) from audit) + (select count(*) from survey_sealed) + (select count(*) from answered) + (select count(*) from attempt)"), before);
	assert_answer(put(&t, 0, 0, "4"), OK);
	assert_answer(give(&t, 0), OK);
	app_stop(app);
}

int main(void)
{
	const struct CMUnitTest tests[] = { test(a_whole_round), test(a_link_works_once), test(nothing_changes_once_open), test(nobody_is_asked_twice_in_four_weeks),
		test(a_repeat_waits_until_something_is_told), test(rounds_are_compared_only_when_few_did_not_move), test(without_a_basis_nothing_opens), test(too_few_are_dropped_and_it_is_said), test(small_teams_are_coarsened),
		test(a_scale_is_reckoned_on_the_rounds_own_answers), test(remarks_stay_unread_below_ten), test(ten_thousand_wrong_codes), test(keys_that_are_gone_lose_what_waited_only) };
	return run_on_engines("surveys", tests);
}
