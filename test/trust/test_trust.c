/* test_trust.c - no basis, no ratings; what is decided and by whom; and who gets a group's figure. */
#include "harness.h"
#include "store/store.h"
#include "trust/gate.h"
#include "trust/trust.h"
#include <string.h>

static void house(struct app *app)
{
	someone(app, "hr@x.example", "Hanna", "learning", NULL, NULL, NULL);
	someone(app, "council@x.example", "Cora", "council", NULL, NULL, NULL);
	someone(app, "privacy@x.example", "Pim", "privacy", NULL, NULL, NULL);
	someone(app, "board@x.example", "Bo", "board", NULL, NULL, NULL);
	someone(app, "lead@x.example", "Lea", NULL, "Wonen", "Teamleider", NULL);
	someone(app, "anna@x.example", "Anna", NULL, "Wonen", "Adviseur", "lead@x.example");
	assert_answer(call(app, "hr@x.example", "starter_adopt", NULL), OK);
}

static const char *skill_value(struct app *app)
{
	return text_c(app->arena, text_format(app->arena, "skill=" S_FMT, S_ARG(sql_text(app, "select min(id) from skill where kind = 'skill'"))));
}

static struct answer record(struct app *app, const char *as, const char *day)
{
	return call(app, as, "basis_record_one", "purpose=ratings", "kind=agreement", text_c(app->arena, text_format(app->arena, "day=%s", day)), "document=Agreement", "scope=All", NULL);
}

static void nothing_is_rated_without_a_basis(void **state)
{
	struct app *app = *state;
	house(app);
	struct answer a = call(app, "anna@x.example", "rating_give", skill_value(app), "level=3", NULL);
	assert_answer(a, CONFLICT);
	assert_true(str_eq(a.code, S("no-basis")));
	assert_int_equal(sql_number(app, "select count(*) from rating"), 0);
	assert_answer(record(app, "anna@x.example", "2026-01-01"), FORBIDDEN);
	assert_answer(record(app, "hr@x.example", "2026-01-01"), FORBIDDEN);
	struct answer future = record(app, "council@x.example", "2999-01-01");
	assert_answer(future, INVALID);
	problem_of(future, "day");
	assert_answer(record(app, "council@x.example", "2026-01-01"), OK);
	assert_answer(call(app, "anna@x.example", "rating_give", skill_value(app), "level=3", NULL), OK);
	/* A second basis ends the first, and both stay to be read. */
	assert_answer(record(app, "privacy@x.example", "2026-02-01"), OK);
	assert_int_equal(sql_number(app, "select count(*) from basis"), 2);
	assert_int_equal(sql_number(app, "select count(*) from basis where ended is null"), 1);
	struct answer page = call(app, "anna@x.example", "trust_show", NULL);
	assert_answer(page, OK);
	assert_true(str_has(page.json, S("2026-01-01")) && str_has(page.json, S("2026-02-01")));
	/* Ended, it works no more. */
	sql(app, "update basis set ended = 2");
	assert_answer(call(app, "anna@x.example", "rating_give", skill_value(app), "level=4", NULL), CONFLICT);
}

static struct answer propose(struct app *app, const char *as, const char *after)
{
	return call(app, as, "setting_propose", "setting=gate_least", text_c(app->arena, text_format(app->arena, "after=%s", after)), "why=Careful", NULL);
}

static struct answer settle(struct app *app, const char *as, int64_t id, const char *decision)
{
	return call(app, as, "proposal_settle", text_c(app->arena, text_format(app->arena, "id=%lld", (long long)id)),
		text_c(app->arena, text_format(app->arena, "decision=%s", decision)), "document=Minutes", NULL);
}

static enum status least_read(struct ctx *c, void *of)
{
	return setting_number(c, S("gate_least"), of);
}

static double least_now(struct app *app)
{
	double value = 0;
	struct ctx c = { .arena = app->arena, .now = clock_now() };
	assert_int_equal(store_read(app->store, 0, &c, least_read, &value), OK);
	return value;
}

static int64_t id_of(struct answer a)
{
	return a.out ? ((const struct by_id *)a.out)->id : 0;
}

static void a_change_works_once_somebody_else_agreed(void **state)
{
	struct app *app = *state;
	house(app);
	assert_true(least_now(app) == 5);
	assert_answer(propose(app, "anna@x.example", "7"), FORBIDDEN);
	assert_answer(propose(app, "council@x.example", "7"), FORBIDDEN);
	struct answer low = propose(app, "hr@x.example", "4");            /* it can be raised, never lowered */
	assert_answer(low, INVALID);
	problem_of(low, "after");
	assert_answer(propose(app, "hr@x.example", "51"), INVALID);
	assert_answer(propose(app, "hr@x.example", "many"), INVALID);
	assert_answer(propose(app, "hr@x.example", "5"), INVALID);
	assert_answer(call(app, "hr@x.example", "setting_propose", "setting=nothing", "after=7", "why=x", NULL), INVALID);
	struct answer p = propose(app, "hr@x.example", "7");
	assert_answer(p, OK);
	assert_true(least_now(app) == 5);
	assert_answer(settle(app, "hr@x.example", id_of(p), "agreed"), FORBIDDEN);
	assert_answer(settle(app, "council@x.example", 999999, "agreed"), NOT_FOUND);
	assert_answer(settle(app, "council@x.example", id_of(p), "agreed"), OK);
	assert_true(least_now(app) == 7);
	struct answer again = settle(app, "council@x.example", id_of(p), "declined");
	assert_answer(again, CONFLICT);
	assert_true(str_eq(again.code, S("decided")));
	struct answer declined = propose(app, "hr@x.example", "9");
	assert_answer(settle(app, "privacy@x.example", id_of(declined), "declined"), OK);
	assert_true(least_now(app) == 7);
	/* Nobody decides about their own, also who may propose and record. */
	struct answer own = propose(app, "privacy@x.example", "9");
	assert_answer(own, OK);
	struct answer refused = settle(app, "privacy@x.example", id_of(own), "agreed");
	assert_answer(refused, FORBIDDEN);
	assert_true(str_eq(refused.code, S("own-proposal")));
	assert_true(least_now(app) == 7);
	assert_int_equal(sql_number(app, "select count(*) from setting"), 1);
	struct answer page = call(app, "council@x.example", "trust_show", NULL);
	assert_true(str_has(page.json, S("Minutes")) && str_has(page.json, S("Careful")));
}

static void looks_are_the_subjects_and_audit_counts_without_names(void **state)
{
	struct app *app = *state;
	house(app);
	assert_answer(record(app, "council@x.example", "2026-01-01"), OK);
	const char *id = text_c(app->arena, text_format(app->arena, "id=" S_FMT, S_ARG(sql_text(app, "select id from person where name = 'Anna'"))));
	assert_answer(call(app, "lead@x.example", "person_skills", id, NULL), OK);
	assert_answer(call(app, "lead@x.example", "person_skills", id, NULL), OK);
	struct answer mine = call(app, "anna@x.example", "looks_show", NULL);
	assert_answer(mine, OK);
	assert_true(str_has(mine.json, S("\"reader_name\":\"Lea\"")) && str_has(mine.json, S("\"times\":2")));
	assert_false(str_has(call(app, "lead@x.example", "looks_show", NULL).json, S("Lea")));
	assert_answer(call(app, "hr@x.example", "audit_show", NULL), FORBIDDEN);
	struct answer audit = call(app, "council@x.example", "audit_show", NULL);
	assert_answer(audit, OK);
	assert_true(str_has(audit.json, S("person_skills")) && str_has(audit.json, S("basis_record_one")));
	assert_false(str_has(audit.json, S("Anna")) || str_has(audit.json, S("Lea")));
}

/* ---- The gate ---- */

struct asked { const struct gate_group *groups; size_t count; enum gate_state state[8]; enum status status; };

static enum status gate_ask(struct ctx *c, void *of)
{
	struct asked *a = of;
	a->status = gate_tree(c, a->groups, a->count, a->state);
	return OK;
}

static void gate(struct app *app, const struct gate_group *groups, size_t count, const enum gate_state *wanted)
{
	struct asked a = { groups, count, { 0 }, OK };
	struct ctx c = { .arena = app->arena, .now = clock_now() };
	assert_int_equal(store_read(app->store, 0, &c, gate_ask, &a), OK);
	assert_int_equal(a.status, OK);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(a.state[i], wanted[i]);
}

static void a_small_group_is_not_shown_nor_worked_out(void **state)
{
	struct app *app = *state;
	/* Nobody seen: of 19 = 9 + 6 + 4 the four are few, and with both others shown they could be worked out. */
	gate(app, (const struct gate_group[]){ { GATE_TOP, 19, 0 }, { 0, 9, 0 }, { 0, 6, 0 }, { 0, 4, 0 } }, 4,
		(const enum gate_state[]){ GATE_SHOWN, GATE_SHOWN, GATE_BESIDE, GATE_FEW });
	/* A lead sees the six one by one: their figure tells the lead nothing new, and they shield nobody. */
	gate(app, (const struct gate_group[]){ { GATE_TOP, 10, 6 }, { 0, 6, 6 }, { 0, 4, 0 } }, 3,
		(const enum gate_state[]){ GATE_FEW, GATE_SHOWN, GATE_FEW });
	/* Who sees everybody gets everything. */
	gate(app, (const struct gate_group[]){ { GATE_TOP, 7, 7 }, { 0, 3, 3 }, { 0, 4, 4 } }, 3,
		(const enum gate_state[]){ GATE_SHOWN, GATE_SHOWN, GATE_SHOWN });
	gate(app, (const struct gate_group[]){ { GATE_TOP, 12, 0 }, { 0, 12, 0 }, { 0, 0, 0 } }, 3,
		(const enum gate_state[]){ GATE_SHOWN, GATE_SHOWN, GATE_NOBODY });
	/* Raised by what was decided. */
	sql(app, "insert into setting (name, value, since) values ('gate_least', '10', 1)");
	gate(app, (const struct gate_group[]){ { GATE_TOP, 19, 0 }, { 0, 10, 0 }, { 0, 9, 0 } }, 3,
		(const enum gate_state[]){ GATE_SHOWN, GATE_BESIDE, GATE_FEW });
	/* Lowered behind the program's back it stays five. */
	sql(app, "update setting set value = '1'");
	gate(app, (const struct gate_group[]){ { GATE_TOP, 4, 0 } }, 1, (const enum gate_state[]){ GATE_FEW });
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(nothing_is_rated_without_a_basis), app_test(a_change_works_once_somebody_else_agreed),
		app_test(looks_are_the_subjects_and_audit_counts_without_names), app_test(a_small_group_is_not_shown_nor_worked_out) };
	return run_on_engines("trust", tests);
}
