/* test_budget.c - a page asks the store at most eight things, and as many of a large organisation as of a small one. */
#include "sample.h"
#include "web/operation.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUDGET = 8 };

/* Pages that need more, with the reason. */
static const struct { const char *operation; int queries; const char *why; } exceptions[] = {
	{ "my_skill_show", 10, "one skill with everything beside it: levels, both estimates, what was said, sharing, whom to ask, the basis" },
	{ "strategy_show", 11, "sums of every ambition over people, each a set-based query of its own" },
	{ "practice_next", 12, "the card with its deck, training and picture, what is due and new, how much was done; each by its key" },
	{ "ambition_show", 14, "worked out once after each change, then kept by revision: the next reader asks five" },
	{ "survey_results", 15, "what was computed at closing, now and of the round before, with units, remarks, scales, what goes together and promises: a set-based query each" },
	{ "today_show", 15, "what waits, from each feature one question, and of practice and signals two" },
	{ "needs_show", 18, "four sides, each a set-based query of its own, with skills, units, weights and why people left" },
	{ "need_skill_show", 19, "the same for one skill, with its ambitions, figures and signals" },
	{ "keeping_show", 60, "each kind of data is asked once for what is past its term, whatever its size" },
	{ "about_me", 60, "each kind of data is asked once for how much of it is about me, by an index" },
	{ "about_me_export", 120, "everything about one person, a query for each kind of record" },
	{ "erasure_show", 60, "each kind of data is asked once for how much of it is about one person" },
	{ "ambition_ahead", 19, "the first of all that asks for a day and its figures: it fills the caches that the map and the line then share, and a lead's sight comes to that" },
	{ "gap_what_if", 14, "as the map, without its caches: figures without somebody are kept nowhere" },
	{ "gap_what_if_form", 12, "as the map, with what can be chosen beside it" },
	{ NULL, 0, NULL } };

static int budget_of(const char *operation)
{
	for (size_t i = 0; exceptions[i].operation; i++)
		if (!strcmp(exceptions[i].operation, operation))
			return exceptions[i].queries;
	return BUDGET;
}

static const enum who readers[] = { EMPLOYEE_, LEAD_, LEARNING_, BOARD_, COUNCIL_, ADMINISTRATOR_ };
enum { READERS = sizeof readers / sizeof readers[0], OPERATIONS_MAX = 400 };

static int asked(struct app *app, const struct operation *op, const list *given, enum who as)
{
	struct answer a = call_with(app, email_of_who(app, as), op->name, given);
	return a.status == OK ? a.queries : -1;
}

/* Everybody and everything twice: the same teams with twice the people, twice the skills, ten times the accounts. */
static void grow(struct app *app)
{
	sql(app, "insert into person (person_id, name, email, fold, language, made) select 'x' || person_id, 'X ' || name, 'x' || email, fold, language, made from person");
	sql(app, "insert into employment (person, unit, role, lead, hours, start_day, end_day) select n.id, e.unit, e.role, e.lead, e.hours, e.start_day, e.end_day "
		"from employment e join person p on p.id = e.person join person n on n.person_id = 'x' || p.person_id");
	sql(app, "insert into rating (person, skill, level, source, rater, day, note, made) select n.id, r.skill, r.level, r.source, r.rater, r.day, r.note, r.made "
		"from rating r join person p on p.id = r.person join person n on n.person_id = 'x' || p.person_id");
	sql(app, "insert into rating (person, skill, level, source, rater, day, note, made) select r.person, r.skill, r.level, r.source, r.rater, r.day, r.note, r.made "
		"from rating r join person p on p.id = r.person where p.name = 'Youssef el Hamdi'");
	sql(app, "insert into skill (key, parent, kind, name_nl, name_en, fold, made) select 'x-' || key, parent, kind, 'X ' || name_nl, 'X ' || name_en, 'x ' || fold, made "
		"from skill where kind = 'skill'");
	sql(app, "insert into account (email, name, roles, demo, made) select 'y' || email, 'Y ' || name, 0, 0, 1 from person where email is not null");
	sql(app, "insert into session (fingerprint, account, started, ends) select 'f' || id, (select id from account where name = 'Youssef el Hamdi'), 1, 9999999999999 from person");
	sql(app, "insert into audit (at, operation, about, request_id) select 1795465380000, 'some_' || id, '', '' from person");
	sql(app, "insert into look (reader, subject, day, operation, at, times) select id, (select id from person where name = 'Youssef el Hamdi'), '2026-11-01', 'person_skills', 1795465380000, 1 "
		"from person where name not in ('Youssef el Hamdi') limit 60 offset 100");
	sql(app, "insert into role_skill (role, skill, level, importance) select r.role, n.id, r.level, r.importance from role_skill r join skill s on s.id = r.skill "
		"join skill n on n.key = 'x-' || s.key where r.importance < 3");
}

static void pages_ask_few_things_whatever_their_size(void **state)
{
	struct app *app = *state;
	static int before[OPERATIONS_MAX][READERS];
	list inputs[OPERATIONS_MAX] = { 0 };
	size_t wrong = 0, pages = 0;
	assert_true(operations_count() < OPERATIONS_MAX);
	samples_prepare(app);
	app->now = (instant){ 0 };
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < operations_count(); i++) {
			const struct operation *op = operations_at(i);
			const struct sample *s = sample_find(str_of(op->name));
			if (op->effect != READS || !op->page || (s && s->why_not))
				continue;
			if (!round && s)
				inputs[i] = sample_given(app, s);
			bool opened = false;
			for (size_t k = 0; k < READERS; k++) {
				int n = asked(app, op, &inputs[i], readers[k]);
				opened |= n >= 0;
				if (n > budget_of(op->name) && !round) {
					print_error("%s as %s asks the store %d things\n", op->name, somebodies[readers[k]].role, n);
					wrong++;
				}
				if (round && n != before[i][k]) {
					print_error("%s as %s asks %d things of twice the organisation, %d before\n", op->name, somebodies[readers[k]].role, n, before[i][k]);
					wrong++;
				}
				before[i][k] = n;
			}
			if (!opened) {
				print_error("%s: nobody can open it: add a sample to test/sweep/sample.c\n", op->name);
				wrong++;
			}
			pages++;
		}
		if (!round)
			grow(app);
	}
	assert_true(pages > 20);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	/* PostgreSQL's revision changes with every transaction on its server, so what a page finds in the caches is not the same twice. */
	if (getenv("WIJZER_TEST_POSTGRES"))
		puts("skipped: budgets on PostgreSQL: caches there depend on what else its server does");
	unsetenv("WIJZER_TEST_POSTGRES");
	if (!getenv("WIJZER_DEMO")) {
		puts("skipped: WIJZER_DEMO names no demonstration");
		return 77;
	}
	const struct CMUnitTest tests[] = { app_test_demo(pages_ask_few_things_whatever_their_size) };
	return run_on_engines("budget", tests);
}
