/* prompt.c - a question now and then: on two days of a week at most, quiet for the rest of it once answered or put off. */
#include "log.h"
#include "web/operation.h"

struct journal_rest { int64_t person; date after; };
RECORD(journal_rest, FIELD(journal_rest, person), FIELD(journal_rest, after));

enum { ASKS_FROM = 4, ASKS_UNTIL = 5 };                    /* Thursday and Friday: the week is there to look back upon */

static const struct word *question_of(date day)
{
	static const struct word *const questions[] = { W(journal_ask_surprise), W(journal_ask_stuck), W(journal_ask_again), W(journal_ask_helped) };
	return questions[(size_t)(day.day / 7) % (sizeof questions / sizeof questions[0])];
}

enum status journal_prompt(struct ctx *c, bool *asks, const struct word **question)
{
	struct journal_rest rest = { 0 };
	bool found;
	int weekday = date_weekday(c->today);
	*asks = false;
	*question = question_of(c->today);
	if (!c->me.person || !vault_is_open(c) || weekday < ASKS_FROM || weekday > ASKS_UNTIL)
		return OK;
	TRY(store_find(c, journal_prompt_load, NOTHING, &rest, &found));
	*asks = !found || date_compare(c->today, rest.after) >= 0;
	return OK;
}

/* Weeks are kept, not days: when somebody wrote last is told no closer than that. */
enum status prompt_rest(struct ctx *c, int64_t person)
{
	struct journal_rest rest = { person, date_add_days(c->today, 8 - date_weekday(c->today)) };
	return store_run(c, journal_prompt_put, &rest, NULL);
}

OPERATION(journal_later, nothing, nothing,
	.route = "POST /journal/later",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                                     /* as journal_quick */
	.then = "/",
	.said = W(journal_later_said),
	.doc = "Puts the question on Today off until next week.")
{
	(void)in, (void)out;
	TRY(journal_owner(c));
	return prompt_rest(c, c->me.person);
}
