/* test_needs.c - four sides of a skill: each only from five people, nobody's word changes a figure today, a contradiction is a finding, and nobody sees what is not theirs. */
#include "world.h"

static str leads_in(struct app *a, const char *skill)
{
	struct answer x = call(a, HR, "need_skill_show", skill, NULL);
	assert_answer(x, OK);
	const char *from = memmem(x.json.at, x.json.len, "\"side\":\"leads\"", 14);
	assert_non_null(from);
	return (str){ from, x.json.len - (size_t)(from - x.json.at) };
}

static void a_note_counts_from_next_month_and_with_four_others(void **state)
{
	struct app *a = *state;
	house(a);
	assert_answer(call(a, lead_of(a, 1), "note_add", "skill=1", "direction=short", "urgency=now", NULL), CONFLICT);
	needs_basis(a);
	for (int t = 1; t <= 4; t++)
		assert_answer(call(a, lead_of(a, t), "note_add", "skill=1", "direction=short", "urgency=now", NULL), OK);
	assert_answer(call(a, "p1.1@x.example", "note_add", "skill=1", "direction=short", NULL), FORBIDDEN);
	assert_answer(call(a, HR, "note_add", "skill=1", "direction=short", NULL), FORBIDDEN);
	struct answer wrong = call(a, lead_of(a, 5), "note_add", "skill=99", "direction=sideways", "urgency=soon", NULL);
	assert_answer(wrong, INVALID);
	problem_of(wrong, "skill");
	problem_of(wrong, "direction");
	problem_of(wrong, "urgency");
	at(a, "2026-12-03T09:00:00Z");
	assert_true(str_starts(str_from(leads_in(a, "id=1"), 14), S(",\"state\":\"few\"")));
	assert_answer(call(a, lead_of(a, 5), "note_add", "skill=1", "direction=enough", NULL), OK);
	assert_true(str_starts(str_from(leads_in(a, "id=1"), 14), S(",\"state\":\"few\"")));          /* written today, counted next month */
	at(a, "2027-01-04T09:00:00Z");
	str leads = leads_in(a, "id=1");
	assert_true(str_starts(str_from(leads, 14), S(",\"state\":\"shown\"")));
	assert_true(str_has(leads, S("\"band\":\"5–9\"")) && str_has(leads, S("\"share\":0.8,")));
	assert_false(str_has(leads, S("Lead 1")));
	/* Another note about the same replaces one's own; withdrawing works next month, and only for one's own. */
	assert_answer(call(a, lead_of(a, 1), "note_add", "skill=1", "direction=enough", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from need_note where withdrawn is null"), 5);
	const char *second = with(a, "id=%lld", (long long)sql_number(a, "select n.id from need_note n join person p on p.id = n.lead where p.name = 'Lead 2' and n.withdrawn is null"));
	assert_answer(call(a, lead_of(a, 1), "note_withdraw", second, NULL), NOT_FOUND);
	assert_answer(call(a, lead_of(a, 2), "note_withdraw", second, NULL), OK);
	assert_answer(call(a, lead_of(a, 2), "note_withdraw", second, NULL), NOT_FOUND);
	assert_true(str_has(leads_in(a, "id=1"), S("\"share\":0.8,")));
	at(a, "2027-02-01T09:00:00Z");
	assert_true(str_starts(str_from(leads_in(a, "id=1"), 14), S(",\"state\":\"few\"")));
	/* The audit says that somebody noted something, not what. */
	assert_int_equal(sql_number(a, "select count(*) from audit where operation = 'note_add' and (about like '%short%' or about like '%skill=1%' or about like '%enough%')"), 0);
	assert_true(sql_number(a, "select count(*) from audit where operation = 'note_add'") >= 6);
	/* One's own are one's own to read. */
	assert_true(str_has(call(a, lead_of(a, 1), "notes_show", NULL).json, S("Listening")));
	assert_true(str_has(call(a, lead_of(a, 6), "notes_show", NULL).json, S("\"mine\":[]")));
}

/* Older than a year no longer counts. */
static void a_note_grows_old(void **state)
{
	struct app *a = *state;
	house(a);
	needs_basis(a);
	for (int t = 1; t <= 5; t++)
		assert_answer(call(a, lead_of(a, t), "note_add", "skill=2", "direction=short", NULL), OK);
	at(a, "2027-11-02T09:00:00Z");
	assert_true(str_has(leads_in(a, "id=2"), S("\"state\":\"shown\"")));
	at(a, "2027-12-02T09:00:00Z");
	assert_true(str_starts(str_from(leads_in(a, "id=2"), 14), S(",\"state\":\"few\"")));
}

static void leave(struct app *a, const char *quarter, const char *reason, const char *skill, const char *unit)
{
	assert_answer(call(a, HR, "leaver_add", with(a, "quarter=%s", quarter), with(a, "reason=%s", reason), with(a, "skill=%s", skill), with(a, "unit=%lld", (long long)unit_id(a, unit)), NULL), OK);
}

static void people_who_left_are_put_together_until_there_are_five(void **state)
{
	struct app *a = *state;
	house(a);
	assert_answer(call(a, HR, "leaver_add", "quarter=2026-04-01", "reason=growth", NULL), CONFLICT);
	needs_basis(a);
	leave(a, "2026-04-01", "growth", "1", "House/T1");
	leave(a, "2026-04-01", "pension", "", "House/T1");
	leave(a, "2026-07-01", "skill", "1", "House/T2");
	leave(a, "2026-07-01", "load", "", "House/T2");
	/* Four in whole quarters that are past; those of this quarter wait. */
	leave(a, "2026-10-01", "growth", "1", "House/T2");
	struct answer all = call(a, HR, "needs_show", NULL);
	assert_answer(all, OK);
	assert_true(str_has(all.json, S("\"reasons\":[]")));
	leave(a, "2026-07-01", "skill", "1", "House/T3");
	all = call(a, HR, "needs_show", NULL);
	assert_true(str_has(all.json, S("\"from\":\"2026-04-01\",\"until\":\"2026-09-30\"")));
	assert_true(str_has(all.json, S("{\"reason\":\"skill\",\"percent\":40}")));
	/* One of these units alone is too small: the whole organisation's, and that is said. */
	struct answer one = call(a, HR, "need_skill_show", "id=1", with(a, "unit=%lld", (long long)unit_id(a, "House/T2")), NULL);
	assert_answer(one, OK);
	assert_true(str_has(one.json, S("\"side\":\"leavers\",\"state\":\"shown\"")) && str_has(one.json, S("\"unit_name\":\"House\"")) && str_has(one.json, S("\"share\":0.6,")));
	/* What is no quarter of the list, and what is no reason. */
	struct answer wrong = call(a, HR, "leaver_add", "quarter=2019-04-01", "reason=bored", "skill=77", "unit=77", NULL);
	assert_answer(wrong, INVALID);
	problem_of(wrong, "quarter");
	problem_of(wrong, "reason");
	problem_of(wrong, "skill");
	problem_of(wrong, "unit");
	/* Mistakes are taken out by whoever made them. */
	someone(a, "other.hr@x.example", "Other", "learning", NULL, NULL, NULL);
	assert_answer(call(a, "other.hr@x.example", "leaver_remove", "id=1", NULL), NOT_FOUND);
	assert_true(str_has(call(a, HR, "leavers_show", NULL).json, S("House/T3")));
	assert_true(str_has(call(a, "other.hr@x.example", "leavers_show", NULL).json, S("\"mine\":[]")));
	assert_answer(call(a, HR, "leaver_remove", "id=1", NULL), OK);
	assert_true(str_has(call(a, HR, "needs_show", NULL).json, S("\"reasons\":[]")));
	assert_int_equal(sql_number(a, "select count(*) from audit where operation = 'leaver_add' and about like '%growth%'"), 0);
	assert_answer(call(a, lead_of(a, 1), "leavers_show", NULL), FORBIDDEN);
	assert_answer(call(a, BOARD, "leaver_add", "quarter=2026-04-01", "reason=growth", NULL), FORBIDDEN);
}

/* Stretches do not overlap: five more in the next quarter are a stretch of their own. */
static void the_next_stretch_stands_by_itself(void **state)
{
	struct app *a = *state;
	house(a);
	needs_basis(a);
	for (int i = 0; i < 6; i++)
		leave(a, "2026-04-01", "growth", "1", "House/T1");
	for (int i = 0; i < 5; i++)
		leave(a, "2026-07-01", "load", "", "House/T1");
	struct answer all = call(a, HR, "needs_show", NULL);
	assert_true(str_has(all.json, S("\"from\":\"2026-07-01\",\"until\":\"2026-09-30\"")) && str_has(all.json, S("{\"reason\":\"load\",\"percent\":100}")));
}

/* What a closed round said of a skill, as closing it would have left it. */
static void survey_said(struct app *a, int64_t unit, int n, double share)
{
	sql(a, "insert into survey (id, name, promise, months, rotating, made) values (1, 'S', 'P', 0, 0, 1) on conflict (id) do nothing");
	sql(a, "insert into survey_round (id, survey, number, state, opens, closes, by_role, least, seal_bytes, asked, answers, lost) values (1, 1, 1, 'closed', '2026-10-01', '2026-10-10', 0, 5, 0, 100, 90, 0)"
		" on conflict (id) do nothing");
	sql(a, "insert into survey_question (round, place, item, kind, points, outcome, reversed, sensitive, skill, text_nl, text_en) values (1, 1, 'NODIG1', 'agree', 5, 0, 0, 0, 1, 'V', 'Q') on conflict (round, place) do nothing");
	sql(a, with(a, "insert into survey_figure (round, unit, place, shown, n, people, counts, mean, sd, share) values (1, %lld, 1, 'shown', %d, 200, '', 3, 1, %.3f)", (long long)unit, n, share));
}

static void a_contradiction_is_the_finding(void **state)
{
	struct app *a = *state;
	house(a);
	needs_basis(a);
	survey_said(a, 0, 90, .2);
	for (int t = 1; t <= 6; t++)
		assert_answer(call(a, lead_of(a, t), "note_add", "skill=1", "direction=short", "urgency=now", NULL), OK);
	at(a, "2026-12-03T09:00:00Z");
	struct answer all = call(a, BOARD, "needs_show", NULL), one = call(a, BOARD, "need_skill_show", "id=1", NULL);
	assert_answer(all, OK);
	assert_answer(one, OK);
	assert_true(str_has(all.json, S("\"finding\":\"Team leads see a need in Listening, their teams do not\"")));
	assert_true(str_has(one.json, S("\"verdict\":\"contradict\"")));
	/* Weighed otherwise: leads from 95 % on only, and nothing contradicts any more; what held before stays readable. */
	assert_answer(call(a, lead_of(a, 1), "need_weights_set", "survey_weight=1", "survey_from=50", "figures_weight=1", "figures_from=30", "leavers_weight=1", "leavers_from=15", "leads_weight=1",
		"leads_from=95", "reason=No.", NULL), FORBIDDEN);
	struct answer none = call(a, HR, "need_weights_set", "survey_weight=0", "survey_from=50", "figures_weight=0", "figures_from=30", "leavers_weight=0", "leavers_from=15", "leads_weight=0", "leads_from=95",
		"reason=No.", NULL);
	assert_answer(none, INVALID);
	problem_of(none, "survey_weight");
	assert_answer(call(a, HR, "need_weights_set", "survey_weight=11", "survey_from=2", "figures_weight=1", "figures_from=30", "leavers_weight=1", "leavers_from=15", "leads_weight=1", "leads_from=95",
		"reason=No.", NULL), INVALID);
	assert_answer(call(a, HR, "need_weights_set", "survey_weight=1", "survey_from=50", "figures_weight=1", "figures_from=30", "leavers_weight=1", "leavers_from=15", "leads_weight=1", "leads_from=95",
		"reason=Leads say short soon.", NULL), OK);
	assert_true(str_has(call(a, BOARD, "need_skill_show", "id=1", NULL).json, S("\"verdict\":\"alone-none\"")));
	struct answer weights = call(a, COUNCIL, "need_weights_show", NULL);
	assert_answer(weights, OK);
	assert_true(str_has(weights.json, S("Leads say short soon.")) && str_has(weights.json, S("\"leads_from\":95")));
}

/* Who may ask, and about which unit. */
static void nobody_sees_what_is_not_theirs(void **state)
{
	struct app *a = *state;
	house(a);
	needs_basis(a);
	survey_said(a, 0, 90, .4);
	survey_said(a, unit_id(a, "House/T1"), 12, .75);
	survey_said(a, unit_id(a, "House/T2"), 12, .25);
	static const char *const strangers[] = { "p1.1@x.example", COUNCIL, "privacy@x.example", "admin@x.example", NULL };
	for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
		assert_answer(call(a, strangers[i], "needs_show", NULL), FORBIDDEN);
		assert_answer(call(a, strangers[i], "need_skill_show", "id=1", NULL), FORBIDDEN);
		assert_answer(call(a, strangers[i], "notes_show", NULL), FORBIDDEN);
		assert_answer(call(a, strangers[i], "leavers_show", NULL), FORBIDDEN);
	}
	const char *first = with(a, "unit=%lld", (long long)unit_id(a, "House/T1")), *second = with(a, "unit=%lld", (long long)unit_id(a, "House/T2")), *top = with(a, "unit=%lld", (long long)unit_id(a, "House"));
	struct answer own = call(a, lead_of(a, 1), "need_skill_show", "id=1", first, NULL);
	assert_answer(own, OK);
	assert_true(str_has(own.json, S("\"share\":0.75")));
	assert_answer(call(a, lead_of(a, 1), "need_skill_show", "id=1", second, NULL), FORBIDDEN);
	assert_answer(call(a, lead_of(a, 1), "needs_show", second, NULL), FORBIDDEN);
	assert_answer(call(a, lead_of(a, 1), "needs_show", "unit=999", NULL), FORBIDDEN);
	assert_answer(call(a, lead_of(a, 1), "needs_show", top, NULL), OK);
	assert_answer(call(a, BOARD, "needs_show", top, NULL), OK);
	assert_answer(call(a, BOARD, "needs_show", first, NULL), FORBIDDEN);
	assert_answer(call(a, HR, "needs_show", second, NULL), OK);
	assert_answer(call(a, HR, "needs_show", "unit=999", NULL), NOT_FOUND);
	assert_answer(call(a, HR, "need_skill_show", "id=999", NULL), NOT_FOUND);
}

/* What a lead noted is theirs to take along, and goes with them. */
static void a_lead_who_is_erased_takes_their_notes_along(void **state)
{
	struct app *a = *state;
	house(a);
	needs_basis(a);
	assert_answer(call(a, lead_of(a, 1), "note_add", "skill=1", "direction=short", "urgency=now", NULL), OK);
	assert_true(str_has(call(a, lead_of(a, 1), "about_me", NULL).json, S("need_notes")));
	assert_answer(call(a, "admin@x.example", "erasure_ask_for", "who=Lead 1", "why=Asked by letter.", NULL), OK);
	assert_answer(call(a, "privacy@x.example", "erasure_settle", with(a, "id=%lld", (long long)sql_number(a, "select max(id) from erasure")), "decision=agreed", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from need_note"), 0);
}

static void the_demonstration_tells_its_story(void **state)
{
	struct app *a = *state;
	const char *noor = text_c(a->arena, sql_text(a, "select email from account where name = 'Noor Yıldız'"));
	struct answer promises = call(a, noor, "need_skill_show", with(a, "id=%lld", (long long)sql_number(a, "select id from skill where key = 'keeping-promises'")), NULL);
	assert_answer(promises, OK);
	assert_true(str_has(promises.json, S("Team leads see a need in Keeping promises, their teams do not")));
	struct answer energy = call(a, noor, "need_skill_show", with(a, "id=%lld", (long long)sql_number(a, "select id from skill where key = 'energy-renovation'")), NULL);
	assert_true(str_has(energy.json, S("All four sides point to a need in")));
	struct answer damp = call(a, noor, "need_skill_show", with(a, "id=%lld", (long long)sql_number(a, "select id from skill where key = 'damp-and-mould'")), NULL);
	assert_true(str_has(damp.json, S("\"side\":\"leads\",\"state\":\"few\"")));
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(a_note_counts_from_next_month_and_with_four_others), app_test(a_note_grows_old), app_test(people_who_left_are_put_together_until_there_are_five),
		app_test(the_next_stretch_stands_by_itself), app_test(a_contradiction_is_the_finding), app_test(nobody_sees_what_is_not_theirs), app_test(a_lead_who_is_erased_takes_their_notes_along),
		app_test_demo(the_demonstration_tells_its_story) };
	return run_on_engines("needs", tests);
}
