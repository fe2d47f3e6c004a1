/* test_policy.c - the text that says how sources are weighed: what is refused and where, and what changes when it changes. */
#include "world.h"
#include <unistd.h>
#include "ratings/inside.h"

static str shipped(struct app *a)
{
	struct answer p = call(a, "council@x.example", "policy_show", NULL);
	assert_answer(p, OK);
	return ((const struct policy_view *)p.out)->text;
}

static str with(struct app *a, str text, const char *line, const char *instead)
{
	struct buffer b = { 0 };
	str one;
	for (bool more = true; more; ) {
		more = str_cut(text, '\n', &one, &text);
		buffer_add(&b, str_starts(one, str_of(line)) ? str_of(instead) : one);
		if (more)
			buffer_add_char(&b, '\n');
	}
	str all = text_copy(a->arena, buffer_text(&b));
	buffer_done(&b);
	return all;
}

static struct answer set(struct app *a, const char *as, str text)
{
	list given = { 0 };
	*list_add(a->arena, &given, struct given) = (struct given){ S("text"), text };
	return call_with(a, as, "policy_set", &given);
}

static void every_wrong_line_is_named(void **state)
{
	struct app *a = *state;
	world(a);
	static const struct { const char *line, *instead, *says; } wrong[] = {
		{ "prior_mean", "prior_mean = nine", "prior_mean" },
		{ "prior_mean", "prior_mean = 6", "from 1 to 5" },
		{ "prior_mean", "", "prior_mean is missing" },
		{ "prior_mean", "prior_mean 3", "key = value" },
		{ "prior_mean", "prior_mean = 3\nprior_mean = 3", "there already" },
		{ "prior_mean", "prior_mean = 3\nmood = 4", "mood is no known key" },
		{ "half_life_days", "half_life_days = 0", "none" },
		{ "half_life_days", "half_life_days = inf", "none" },
		{ "self.variance", "self.variance = 0", "self.variance" },
		{ "severity", "severity = harsh", "published or fitted" },
		{ "known_percent", "known_percent = 101", "from 0 to 100" } };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct answer said = set(a, LEARNER, with(a, shipped(a), wrong[i].line, wrong[i].instead));
		assert_answer(said, INVALID);
		if (!str_has(problem_of(said, "text"), str_of(wrong[i].says)))
			print_message("%s: " S_FMT "\n", wrong[i].instead, S_ARG(problem_of(said, "text")));
		assert_true(str_has(problem_of(said, "text"), str_of(wrong[i].says)));
	}
	assert_true(says(call(a, "council@x.example", "policy_show", NULL), "\"versions\":[]"));
}

static void versions_are_kept_and_only_learning_sets_them(void **state)
{
	struct app *a = *state;
	world(a);
	str text = with(a, shipped(a), "self.bias", "self.bias = 0.7");
	assert_answer(set(a, ANNA, text), FORBIDDEN);
	assert_answer(set(a, "admin@x.example", text), FORBIDDEN);
	assert_answer(set(a, LEARNER, text), OK);
	assert_answer(set(a, LEARNER, with(a, text, "self.bias", "self.bias = 0.9")), OK);
	struct answer p = call(a, ANNA, "policy_show", NULL);
	assert_true(says(p, "\"id\":2") && says(p, "self.bias = 0.7") && says(p, "self.bias = 0.9"));
}

/* What somebody says of themselves counts for less than what their lead says, and runs high. */
static void sources_weigh_what_the_policy_says(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	rate(a, BAS, w.bas, TO_LISTEN, 1);
	assert_answer(set(a, LEARNER, with(a, shipped(a), "self.variance", "self.variance = 0.01")), OK);
	assert_answer(call(a, "unprotected", "estimates_refresh", NULL), OK);
	assert_true(says(call(a, BAS, "my_skill_show", "skill=1", NULL), "\"low\":1,\"high\":1"));
	assert_answer(set(a, LEARNER, with(a, shipped(a), "self.variance", "self.variance = 25")), OK);
	assert_answer(call(a, "unprotected", "estimates_refresh", NULL), OK);
	assert_true(says(call(a, BAS, "my_skill_show", "skill=1", NULL), "\"high\":5") || says(call(a, BAS, "my_skill_show", "skill=1", NULL), "\"high\":4"));
}

static void a_fit_needs_crossed_ratings(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	assert_answer(call(a, LEARNER, "policy_fit", NULL), CONFLICT);
	rate(a, LEAD, w.anna, TO_LISTEN, 3);
	assert_answer(call(a, LEARNER, "policy_fit", NULL), CONFLICT);
	assert_answer(call(a, LEAD, "policy_fit", NULL), FORBIDDEN);
}

/* Turning the fit off takes it out of what is believed already, by a job, and not only at the next rating. */
static void turning_the_fit_off_counts_for_what_is_believed(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	rate(a, BAS, w.bas, TO_LISTEN, 1);
	struct answer before = call(a, BAS, "my_skill_show", "skill=1", NULL);
	sql(a, "insert into setting (name, value, since) values ('estimates_fitting', '1', 1)");
	sql(a, "update estimate set own_mean = 5, own_variance = 0.001");
	assert_false(str_eq(call(a, BAS, "my_skill_show", "skill=1", NULL).json, before.json));
	assert_answer(call(a, LEARNER, "setting_propose", "setting=estimates_fitting", "after=0", "why=Liever vast", NULL), OK);
	assert_answer(call(a, "council@x.example", "proposal_settle", "id=1", "decision=agreed", "document=Verslag", NULL), OK);
	sql(a, "update job set due = 1");
	web_jobs_start(a->web);
	for (int i = 0; i < 100 && !str_eq(call(a, BAS, "my_skill_show", "skill=1", NULL).json, before.json); i++)
		usleep(50000);
	web_jobs_stop(a->web);
	assert_true(str_eq(call(a, BAS, "my_skill_show", "skill=1", NULL).json, before.json));
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(every_wrong_line_is_named), app_test(versions_are_kept_and_only_learning_sets_them),
		app_test(sources_weigh_what_the_policy_says), app_test(a_fit_needs_crossed_ratings),
		app_test(turning_the_fit_off_counts_for_what_is_believed) };
	return run_on_engines("ratings: policy", tests);
}
