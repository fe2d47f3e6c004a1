/* test_import.c - ratings from a file: what is refused, what is taken, that the same again changes nothing, and that it can be undone. */
#include "world.h"
#include "imports/imports.h"
#include "store/store.h"

struct run { str csv; struct import_count count; };

static enum status import_body(struct ctx *c, void *of)
{
	struct run *r = of;
	return import_text(c, S("ratings"), S("ratings.csv"), r->csv, &r->count);
}

static enum status take(struct app *a, struct ctx *c, const char *csv, struct import_count *count)
{
	*c = (struct ctx){ .arena = a->arena, .now = clock_now(), .language = EN, .request_id = S("test") };
	c->today = instant_date(c->now);
	c->me.unprotected = true;
	struct run r = { .csv = str_of(csv) };
	enum status status = store_write_now(a->store, c, import_body, &r);
	*count = r.count;
	return status;
}

static const char good[] =
	"person_id,skill,level,source,rater_id,day,note,context\n"
	ANNA ",Luisteren,3,lead," LEAD ",2026-03-01,Rustig,\n"
	ANNA ",Listening,4,peer,s17,2026-04-01,,project\n"
	ANNA ",luisteren,5,zelf,,2026-05-01,,\n"
	BAS ",Schrijven,2,test,,2026-05-02,,\n";

static void the_same_again_changes_nothing(void **state)
{
	struct app *a = *state;
	struct ctx c;
	struct import_count n;
	world(a);
	assert_int_equal(take(a, &c, good, &n), OK);
	assert_int_equal(n.added, 4);
	assert_int_equal(take(a, &c, good, &n), OK);
	assert_int_equal(n.added, 0);
	assert_int_equal(n.same, 4);
	struct answer mine = call(a, ANNA, "my_skill_show", "skill=1", NULL);
	assert_true(says(mine, "Rustig") && says(mine, "s17"));
	/* Taken in and made again from the ratings: the import's own estimates are what a full pass finds. */
	struct answer before = call(a, ANNA, "my_skills", NULL);
	assert_answer(call(a, "unprotected", "estimates_refresh", NULL), OK);
	struct answer after = call(a, ANNA, "my_skills", NULL);
	assert_true(str_eq(before.json, after.json) && says(before, "\"known\":true"));
}

static void a_row_that_stands_there_twice_counts_twice(void **state)
{
	struct app *a = *state;
	struct ctx c;
	struct import_count n;
	world(a);
	const char *once = "person_id,skill,level,source,rater_id,day\n" ANNA ",Luisteren,3,peer,s1,2026-03-01\n";
	const char *twice = "person_id,skill,level,source,rater_id,day\n" ANNA ",Luisteren,3,peer,s1,2026-03-01\n" ANNA ",Luisteren,3,peer,s1,2026-03-01\n";
	assert_int_equal(take(a, &c, once, &n), OK);
	assert_int_equal(take(a, &c, twice, &n), OK);
	assert_int_equal(n.added, 1);
	assert_int_equal(n.same, 1);
}

/* What a withdrawn rating said is not brought back by the file it came from. */
static void withdrawn_stays_withdrawn(void **state)
{
	struct app *a = *state;
	struct ctx c;
	struct import_count n;
	world(a);
	assert_int_equal(take(a, &c, good, &n), OK);
	sql(a, "update rating set withdrawn = 1");
	assert_int_equal(take(a, &c, good, &n), OK);
	assert_int_equal(n.added, 0);
}

static void wrong_rows_are_refused_with_their_line(void **state)
{
	struct app *a = *state;
	struct ctx c;
	struct import_count n;
	world(a);
	static const struct { const char *row, *says; } wrong[] = {
		{ "niemand,Luisteren,3,lead,,2026-03-01", "niemand" },
		{ ANNA ",Luistern,3,lead,,2026-03-01", "Luisteren" },
		{ ANNA ",Luisteren,6,lead,,2026-03-01", "5" },
		{ ANNA ",Luisteren,0,lead,,2026-03-01", "1" },
		{ ANNA ",Luisteren,3,boss,,2026-03-01", "boss" },
		{ ANNA ",Luisteren,3,lead,,2926-03-01", "2926-03-01" },
		{ ANNA ",Luisteren,3,lead,,2026-02-30", "2026-02-30" },
		{ ANNA ",Luisteren,3,self," BAS ",2026-03-01", BAS },
		{ ANNA ",Luisteren,3,peer," ANNA ",2026-03-01", ANNA },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		str csv = text_format(a->arena, "person_id,skill,level,source,rater_id,day\n%s\n", wrong[i].row);
		assert_int_equal(take(a, &c, text_c(a->arena, csv), &n), INVALID);
		assert_true(c.problems.count > 0);
		str said = said_text(a->arena, EN, &list_item(c.problems, struct problem, 0)->said);
		if (!str_has(said, str_of(wrong[i].says)) || !str_has(said, S("2")))
			print_message("%s: " S_FMT "\n", wrong[i].row, S_ARG(said));
		assert_true(str_has(said, str_of(wrong[i].says)) && str_has(said, S("2")));
	}
	struct answer seen = call(a, LEAD, "my_team", NULL);
	assert_false(says(seen, "\"known\":true"));
}

/* What came from a file goes with it, and what is believed is as before; unless its subject said something of it since. */
static void an_import_can_be_taken_back(void **state)
{
	struct app *a = *state;
	struct ctx c;
	struct import_count n;
	struct world w = world(a);
	rate(a, LEAD, w.anna, TO_LISTEN, 2);
	struct answer before = call(a, LEAD, "my_team", NULL);
	assert_int_equal(take(a, &c, good, &n), OK);
	assert_false(str_eq(before.json, call(a, LEAD, "my_team", NULL).json));
	assert_answer(call(a, "admin@x.example", "import_take_back", "id=1", NULL), FORBIDDEN);
	sql(a, "insert into rating_view (rating, text, made) select min(id), 'Ik zie het anders', 1 from rating where import = 1");
	struct answer built = call(a, LEARNER, "import_take_back", "id=1", NULL);
	assert_answer(built, CONFLICT);
	assert_string_equal(text_c(a->arena, built.code), "built-on");
	sql(a, "delete from rating_view");
	assert_answer(call(a, LEARNER, "import_take_back", "id=1", NULL), OK);
	assert_true(str_eq(before.json, call(a, LEAD, "my_team", NULL).json));
	assert_false(says(call(a, ANNA, "my_skill_show", "skill=1", NULL), "s17"));
	assert_answer(call(a, LEARNER, "import_take_back", "id=1", NULL), CONFLICT);
	assert_int_equal(take(a, &c, good, &n), OK);
	assert_int_equal(n.added, 4);
}

static void needs_a_basis(void **state)
{
	struct app *a = *state;
	struct ctx c;
	struct import_count n;
	world(a);
	sql(a, "delete from basis");
	assert_int_equal(take(a, &c, good, &n), CONFLICT);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(the_same_again_changes_nothing), app_test(a_row_that_stands_there_twice_counts_twice),
		app_test(withdrawn_stays_withdrawn), app_test(wrong_rows_are_refused_with_their_line), app_test(an_import_can_be_taken_back), app_test(needs_a_basis) };
	return run_on_engines("ratings: import", tests);
}
