/* test_figures.c - performance figures out of a file: of people only numbers of at least five are kept, nothing about anybody, and nothing that tells about the rest. */
#include "world.h"
#include "imports/imports.h"

struct run { const char *csv; struct import_count count; };

static enum status import_body(struct ctx *c, void *of)
{
	struct run *r = of;
	return import_text(c, S("figures"), S("figures.csv"), str_of(r->csv), &r->count);
}

static enum status take(struct app *a, const char *csv, struct import_count *count, str *said)
{
	struct ctx c = { .arena = a->arena, .now = a->now, .language = EN, .request_id = S("test"), .me.unprotected = true };
	c.today = instant_date(c.now);
	struct run r = { .csv = csv };
	enum status status = store_write_now(a->store, &c, import_body, &r);
	*count = r.count;
	if (said) {
		*said = S("");
		for (each(struct problem, p, c.problems))
			*said = text_join(a->arena, *said, said_text(a->arena, EN, &p->said));
	}
	return status;
}

#define HEAD "indicator,skill,unit,person,month,value,norm,better,people\n"

/* Teams of six, of which so many have a figure, under the norm or not. */
static const char *rows_of(struct app *a, const char *month, const int *people, int under)
{
	str csv = S(HEAD);
	for (int t = 1; t <= TEAMS; t++)
		for (int i = 1; i <= people[t - 1]; i++)
			csv = text_format(a->arena, S_FMT "Letters,Listening,,p%d.%d@x.example,%s,%s,80,,\n", S_ARG(csv), t, i, month, i <= under ? "61.25" : "93.75");
	return text_c(a->arena, csv);
}

static void of_people_only_numbers_are_kept(void **state)
{
	struct app *a = *state;
	struct import_count n;
	house(a);
	const int all[TEAMS] = { 6, 6, 6, 6, 4, 3 };
	assert_int_equal(take(a, rows_of(a, "2026-10-31", all, 3), &n, NULL), CONFLICT);
	needs_basis(a);
	assert_int_equal(take(a, rows_of(a, "2026-10-31", all, 3), &n, NULL), OK);
	/* Four teams, and the seven of the two small ones together, in the house. */
	assert_int_equal(n.added, 5);
	assert_int_equal(sql_number(a, "select count(*) from need_figure where people < 5"), 0);
	assert_int_equal(sql_number(a, "select people from need_figure f join unit u on u.id = f.unit where u.path = 'House'"), 7);
	assert_int_equal(sql_number(a, "select under from need_figure f join unit u on u.id = f.unit where u.path = 'House'"), 6);
	assert_int_equal(sql_number(a, "select count(*) from need_figure where unit in (select id from unit where path in ('House/T5', 'House/T6'))"), 0);
	/* Nothing of the rows is anywhere: neither a value nor whose it was; a figure has no text at all. */
	assert_int_equal(sql_number(a, "select count(*) from import_change where coalesce(before, '') || coalesce(after, '') like '%x.example%' or coalesce(before, '') || coalesce(after, '') like '%61.25%'"), 0);
	assert_true(sql_number(a, "select count(*) from import_change") > 0);
	assert_int_equal(sql_number(a, "select count(*) from upload"), 0);
	/* The same again changes nothing; another number changes it; taken back, it is as before. */
	assert_int_equal(take(a, rows_of(a, "2026-10-31", all, 3), &n, NULL), OK);
	assert_int_equal(n.same, 5);
	assert_int_equal(n.added + n.changed, 0);
	assert_int_equal(take(a, rows_of(a, "2026-10-31", all, 2), &n, NULL), OK);
	assert_int_equal(n.changed, 5);
	struct answer shown = call(a, HR, "need_skill_show", "id=1", NULL);
	assert_true(str_has(shown.json, S("\"side\":\"figures\",\"state\":\"shown\"")) && str_has(shown.json, S("\"band\":\"30–34\"")) && str_has(shown.json, S("\"share\":0.39")));
	assert_answer(call(a, HR, "import_take_back", with(a, "id=%lld", (long long)sql_number(a, "select max(id) from import")), NULL), OK);
	assert_true(str_has(call(a, HR, "need_skill_show", "id=1", NULL).json, S("\"share\":0.58")));
	/* A lead's own team; a team that was too small gets what is above it. */
	assert_true(str_has(call(a, lead_of(a, 1), "need_skill_show", "id=1", with(a, "unit=%lld", (long long)unit_id(a, "House/T1")), NULL).json, S("\"share\":0.5")));
	assert_true(str_has(call(a, lead_of(a, 6), "need_skill_show", "id=1", with(a, "unit=%lld", (long long)unit_id(a, "House/T6")), NULL).json, S("\"share\":0.58")));
}

/* The same month with other people would leave numbers of units that no longer are, and count some people twice. */
static void a_month_is_read_in_one_go(void **state)
{
	struct app *a = *state;
	struct import_count n;
	str said;
	house(a);
	needs_basis(a);
	const int all[TEAMS] = { 6, 6, 6, 6, 6, 6 }, fewer[TEAMS] = { 6, 6, 6, 6, 6, 3 }, few[TEAMS] = { 2, 2 };
	assert_int_equal(take(a, rows_of(a, "2026-10-31", few, 3), &n, &said), INVALID);
	assert_true(str_has(said, S("fewer than 5 people")));
	assert_int_equal(take(a, rows_of(a, "2026-10-31", all, 3), &n, NULL), OK);
	assert_int_equal(take(a, rows_of(a, "2026-10-31", fewer, 3), &n, &said), INVALID);
	assert_true(str_has(said, S("Take that import back first")));
	assert_int_equal(take(a, rows_of(a, "2026-11-01", fewer, 3), &n, NULL), OK);
}

static void of_units_nothing_that_tells_about_the_rest(void **state)
{
	struct app *a = *state;
	struct import_count n;
	str said;
	house(a);
	needs_basis(a);
	assert_int_equal(take(a, HEAD "Letters,Listening,House,,2026-10-31,70,80,,40\nLetters,Listening,House/T1,,2026-10-31,90,80,,6\n", &n, &said), INVALID);
	assert_true(str_has(said, S("lie within each other")));
	assert_int_equal(take(a, HEAD "Letters,Listening,House/T1,,2026-10-31,70,80,,4\n", &n, &said), INVALID);
	assert_true(str_has(said, S("at least 5 people")));
	assert_int_equal(take(a, HEAD "Calls,Listening,House/T1,,2026-10-31,7,5,lower,6\nCalls,Listening,House/T2,,2026-10-31,4,5,lower,6\n", &n, NULL), OK);
	assert_int_equal(sql_number(a, "select sum(under) from need_figure"), 6);
	assert_int_equal(take(a, HEAD "Calls,Listening,House,,2026-10-31,7,5,lower,40\n", &n, &said), INVALID);
	assert_true(str_has(said, S("lie within each other")));
}

static void what_is_wrong_is_said_by_line(void **state)
{
	struct app *a = *state;
	struct import_count n;
	str said;
	house(a);
	needs_basis(a);
	assert_int_equal(take(a, HEAD
		"Letters,Juggling,House,,2026-10-31,70,80,,40\n"
		"Letters,Listening,Nowhere,,2026-10-31,70,80,,40\n"
		"Letters,Listening,,,2026-10-31,70,80,,40\n"
		"Letters,Listening,,nobody@x.example,2026-10-31,70,80,,\n"
		"Letters,Listening,House,,2027-10-31,70,80,,40\n"
		"Letters,Listening,House,,2026-10-31,70,80,sideways,40\n", &n, &said), INVALID);
	static const char *const parts[] = { "Juggling", "Nowhere", "neither a unit nor an employee", "no place of work", "has not begun", "sideways" };
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		assert_true(str_has(said, str_of(parts[i])));
	assert_int_equal(take(a, HEAD "Letters,Listening,,p1.1@x.example,2026-10-31,70,80,,\nLetters,Listening,,p1.1@x.example,2026-10-30,70,80,,\n", &n, &said), INVALID);
	assert_true(str_has(said, S("stands with Letters in this month already")));
	assert_int_equal(sql_number(a, "select count(*) from need_figure"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(of_people_only_numbers_are_kept), app_test(a_month_is_read_in_one_go), app_test(of_units_nothing_that_tells_about_the_rest),
		app_test(what_is_wrong_is_said_by_line) };
	return run_on_engines("needs figures", tests);
}
