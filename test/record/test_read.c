/* test_read.c - what forms and queries may say, and how each wrong thing is answered at its own place. */
#include "record_test.h"

static void every_type_is_read(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	assert_int_equal(given_read(c, false, &w,
		"name=  Ada Lovelace ", "story=one\r\ntwo\rthree", "count=-12", "share=0,25", "agreed=on", "start=23-11-2026", "seen=2026-11-23T20:43:00.500Z",
		"budget=€ 1.250,00", "kind=short", "tags=a", "tags=b", "rows.0.day=2026-02-28", "rows.0.hours=4", "rows.7.day=1/3/2026", "rows.7.hours=2",
		"inner.day=2026-01-01", "inner.hours=1", "password= with space ", NULL), OK);
	assert_text(w.name, "Ada Lovelace");
	assert_text(w.story, "one\ntwo\nthree");
	assert_text(w.kind, "short");
	assert_text(w.password, " with space ");
	assert_int_equal(w.count, -12);
	assert_true(w.share == 0.25 && w.agreed);
	assert_text(date_iso(c->arena, w.start), "2026-11-23");
	assert_text(instant_iso(c->arena, w.seen), "2026-11-23T20:43:00.500Z");
	assert_int_equal(w.budget.cents, 125000);
	assert_int_equal(w.tags.count, 2);
	assert_text(list_of(w.tags, str)[1], "b");
	assert_int_equal(w.rows.count, 2);
	assert_text(date_iso(c->arena, list_of(w.rows, struct part)[1].day), "2026-03-01");
	assert_int_equal(w.inner.hours, 1);
}

static void what_is_not_given_has_no_value(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	memset(&w, 0x5A, sizeof w);
	assert_int_equal(given_read(c, false, &w, "name=Ada", "inner.day=2026-01-01", "story=", "count=", "share= ", "maybe=", "start=", NULL), OK);
	assert_null(w.story.at);
	assert_null(w.kind.at);
	assert_true(isnan(w.share));
	assert_int_equal(w.count, 0);
	assert_false(w.agreed);
	assert_false(date_is(w.start));
	assert_int_equal(w.rows.count, 0);
}

static void amounts_are_read_as_people_type_them(void **state)
{
	static const struct { const char *typed; int64_t cents; } good[] = {
		{ "budget=12", 1200 }, { "budget=12,5", 1250 }, { "budget=12.50", 1250 }, { "budget=1.250", 125000 }, { "budget=1,250", 125000 },
		{ "budget=1.250,00", 125000 }, { "budget=1,250.00", 125000 }, { "budget=1.234.567,89", 123456789 }, { "budget=€12", 1200 },
		{ "budget=-0,05", -5 }, { "budget=0", 0 }, { "budget=10000000000000", INT64_C(1000000000000000) },
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct ctx *c = *state;
		struct whole w;
		if (given_read(c, false, &w, "name=Ada", "inner.day=2026-01-01", good[i].typed, NULL) != OK || w.budget.cents != good[i].cents)
			fail_msg("%s gives %lld", good[i].typed, (long long)w.budget.cents);
	}
	static const char *const bad[] = {
		"budget=1.25.00", "budget=,5", "budget=5,", "budget=1.250.", "budget=12a", "budget=--1", "budget=1.2500,00",
		"budget=1.250,000", "budget=10000000000000,01", "budget=99999999999999999999", "budget=€", "budget=-", "budget=1 250",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct ctx *c = *state;
		struct whole w;
		c->problems = (list){ 0 };
		if (given_read(c, false, &w, "name=Ada", "inner.day=2026-01-01", bad[i], NULL) != INVALID)
			fail_msg("%s is read as %lld", bad[i], (long long)w.budget.cents);
		assert_problem(c, "budget", "Vul bij budget een bedrag in, zoals 12,50.", "budget must be an amount, like 12.50.");
	}
}

/* One wrong thing at a time, on top of what is required. */
static void each_problem_has_its_place_and_words(void **state)
{
	static const struct { const char *typed, *place, *nl, *en; } cases[] = {
		{ "name=A", "name", "Naam is te kort: gebruik minstens 2 tekens.", "Name must be 2 characters or more." },
		{ "name=Ada Lovelace, gravín.", "name", "Naam mag hoogstens 20 tekens lang zijn. Je hebt er nu 21.",
			"Name must be 20 characters or fewer. You have 21 now." },
		{ "name=", "name", "Vul naam in.", "Enter name." },
		{ "name=\xC3(", "name", "In naam staan tekens die we niet kunnen lezen. Typ de tekst opnieuw.", "Name has characters we cannot read. Type the text again." },
		{ "name=Ada\x1B[2J", "name", "In naam staat een onzichtbaar teken. Typ de tekst opnieuw, of plak hem zonder opmaak.",
			"Name has an invisible character. Type the text again, or paste it as plain text." },
		{ "name=Ada\nLovelace", "name", "Zet naam op één regel.", "Put name on one line." },
		{ "kind=medium", "kind", "Kies bij soort een van deze: ‘Kort’, ‘Lang’ of ‘Anders’.", "For kind, choose one of these: ‘Short’, ‘Long’ or ‘Other’." },
		{ "password=abc", "password", "BSN is te kort: gebruik minstens 4 tekens.", "BSN must be 4 characters or more." },
		{ "count=1.5", "count", "Vul bij count een heel getal in, zoals 12.", "count must be a whole number, like 12." },
		{ "count=99999999999999999999", "count", "Vul bij count een heel getal in, zoals 12.", "count must be a whole number, like 12." },
		{ "count=101", "count", "count mag niet lager zijn dan -20 en niet hoger dan 100.", "count must be between -20 and 100." },
		{ "maybe=4", "maybe", "maybe moet 5 of hoger zijn.", "maybe must be 5 or more." },
		{ "share=1.000,5", "share", "Vul bij share een getal in, zoals 12 of 7,5.", "share must be a number, like 12 or 7.5." },
		{ "share=nan", "share", "Vul bij share een getal in, zoals 12 of 7,5.", "share must be a number, like 12 or 7.5." },
		{ "share=1.01", "share", "share mag niet lager zijn dan 0 en niet hoger dan 1.", "share must be between 0 and 1." },
		{ "agreed=perhaps", "agreed", "Kies bij agreed ja of nee.", "Choose yes or no for agreed." },
		{ "start=tomorrow", "start", "Vul bij startdatum een datum in, zoals 23-11-2026.", "Start date must be a date, like 23-11-2026." },
		{ "start=31-02-2026", "start", "De dag 31-02-2026 bestaat niet. Kijk startdatum nog eens na.", "There is no day 31-02-2026. Check start date." },
		{ "start=2026-13-01", "start", "De dag 2026-13-01 bestaat niet. Kijk startdatum nog eens na.", "There is no day 2026-13-01. Check start date." },
		{ "seen=2026-11-23", "seen", "Vul bij seen een datum en een tijd in, zoals 2026-11-23T09:30Z.", "seen must be a date and a time, like 2026-11-23T09:30Z." },
		{ "strat=2026-11-23", "strat", "Het veld ‘strat’ kennen we hier niet. Bedoel je ‘start’?", "There is no field ‘strat’ here. Did you mean ‘start’?" },
		{ "is_admin=1", "is_admin", "Het veld ‘is_admin’ kennen we hier niet. Haal het weg.", "There is no field ‘is_admin’ here. Remove it." },
		{ "start.day=1", "start.day", "Het veld ‘start.day’ kennen we hier niet. Haal het weg.", "There is no field ‘start.day’ here. Remove it." },
		{ "rows=5", "rows", "Het veld ‘rows’ kennen we hier niet. Haal het weg.", "There is no field ‘rows’ here. Remove it." },
		{ "rows.x.day=2026-01-01", "rows.x", "Het veld ‘rows.x’ kennen we hier niet. Haal het weg.", "There is no field ‘rows.x’ here. Remove it." },
		{ "rows.-1.day=2026-01-01", "rows.-1", "Het veld ‘rows.-1’ kennen we hier niet. Haal het weg.", "There is no field ‘rows.-1’ here. Remove it." },
		{ "rows.3.hours=7", "rows.3.day", "Vul day in.", "Enter day." },
		{ "rows.3.hurs=7", "rows.3.day", NULL, NULL },
		{ "inner.hours=25", "inner.hours", "hours mag niet lager zijn dan 1 en niet hoger dan 24.", "hours must be between 1 and 24." },
		{ "tags.1.x=a", "tags.1", "Het veld ‘tags.1’ kennen we hier niet. Haal het weg.", "There is no field ‘tags.1’ here. Remove it." },
		{ ".=1", "", NULL, NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ctx *c = *state;
		struct whole w;
		c->problems = (list){ 0 };
		if (given_read(c, false, &w, "name=Ada", "inner.day=2026-01-01", cases[i].typed, NULL) != INVALID)
			fail_msg("accepted: %s", cases[i].typed);
		if (cases[i].nl)
			assert_problem(c, cases[i].place, cases[i].nl, cases[i].en);
		else
			assert_text(list_of(c->problems, struct problem)[0].field, cases[i].place);
	}
}

static void all_problems_come_at_once_in_the_order_of_the_fields(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	assert_int_equal(given_read(c, false, &w, "colour=red", "rows.2.hours=30", "count=x", "rows.2.day=0", "name=A", NULL), INVALID);
	static const char *const places[] = { "name", "count", "rows.2.day", "rows.2.hours", "inner.day", "colour" };
	assert_int_equal(c->problems.count, sizeof places / sizeof *places);
	for (size_t i = 0; i < c->problems.count; i++)
		assert_text(list_of(c->problems, struct problem)[i].field, places[i]);
	assert_int_equal(c->status, INVALID);
}

static void strangers_are_let_by_when_lenient(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	assert_int_equal(given_read(c, true, &w, "name=Ada", "inner.day=2026-01-01", "utm_source=x", "rows.x.day=1", "name.first=A", "a.b.c=d", NULL), OK);
	assert_int_equal(given_read(c, true, &w, "name=Ada", "inner.day=x", NULL), INVALID);
}

static void rows_without_anything_in_them_are_left_out(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	assert_int_equal(given_read(c, false, &w, "name=Ada", "inner.day=2026-01-01", "rows.0.day=", "rows.0.hours= ", "rows.1.day=2026-01-02",
		"rows.1.hours=", "tags.0=", "tags.1=x", NULL), OK);
	assert_int_equal(w.rows.count, 1);
	assert_text(date_iso(c->arena, list_of(w.rows, struct part)[0].day), "2026-01-02");
	assert_int_equal(w.tags.count, 1);
	assert_int_equal(given_read(c, false, &w, "name=Ada", "inner.day=2026-01-01", "tags=a", "tags=b", "tags=", "tags=c", "tags=d", NULL), INVALID);
	assert_problem(c, "tags", "Geef bij tags hoogstens 3 op. Je hebt er nu 4.", "For tags, give at most 3. You have 4 now.");
}

static void of_a_name_given_twice_the_last_counts(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	assert_int_equal(given_read(c, false, &w, "name=Ada", "inner.day=2026-01-01", "agreed=0", "agreed=1", NULL), OK);
	assert_true(w.agreed);
}

static void a_flood_stops_at_a_hundred(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	list given = { 0 };
	for (int i = 0; i < 20000; i++)
		*list_add(c->arena, &given, struct given) = (struct given){ text_format(c->arena, "x%d", i), S("1") };
	assert_int_equal(record_read(c, &whole_record, &given, false, &w), INVALID);
	assert_int_equal(c->problems.count, PROBLEMS_MAX);
}

/* A name of a hundred thousand dots neither recurses deeply nor takes long. */
static void a_name_of_dots_is_one_stranger(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	char dots[100000];
	memset(dots, '.', sizeof dots);
	memcpy(dots, "rows", 4);
	list given = { 0 };
	*list_add(c->arena, &given, struct given) = (struct given){ { dots, sizeof dots }, S("1") };
	assert_int_equal(record_read(c, &whole_record, &given, false, &w), INVALID);
}

static void check_finds_the_same_as_reading(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	record_clear(&whole_record, &w);
	assert_int_equal(record_check(c, &whole_record, &w), INVALID);
	assert_text(list_of(c->problems, struct problem)[0].field, "name");
	c->problems = (list){ 0 };
	w.name = S("Ada");
	w.inner = (struct part){ date_of(2026, 1, 1), 4 };
	assert_int_equal(record_check(c, &whole_record, &w), OK);
	*list_add(c->arena, &w.rows, struct part) = w.inner;
	*list_add(c->arena, &w.rows, struct part) = (struct part){ date_of(2026, 1, 1), 25 };
	assert_int_equal(record_check(c, &whole_record, &w), INVALID);
	assert_problem(c, "rows.1.hours", "hours mag niet lager zijn dan 1 en niet hoger dan 24.", "hours must be between 1 and 24.");
}

static void hostile_text_is_kept_as_typed_or_refused(void **state)
{
	static const char *const kept[] = { "<script>alert(1)</script>", "'; drop table x; --", "${7*7}", "=cmd|' /C calc'!A0", "\xF0\x9F\x98\x80\xE2\x80\x8D", "\xE2\x80\xA8" };
	struct ctx *c = *state;
	struct whole w;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		str pair = text_format(c->arena, "story=%s", kept[i]);
		assert_int_equal(given_read(c, false, &w, "name=Ada", "inner.day=2026-01-01", pair.at, NULL), OK);
		assert_text(w.story, kept[i]);
	}
	static const struct { const char *at; size_t len; } refused[] = {
		{ "a\0b", 3 }, { "\xC0\xAF", 2 }, { "\xED\xA0\x80", 3 }, { "\xF4\x90\x80\x80", 4 }, { "\xC2\x85", 2 }, { "\x7F", 1 }, { "\xE2\x82", 2 }, { "\b", 1 },
	};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		list given = { 0 };
		c->problems = (list){ 0 };
		*list_add(c->arena, &given, struct given) = (struct given){ S("name"), S("Ada") };
		*list_add(c->arena, &given, struct given) = (struct given){ S("inner.day"), S("2026-01-01") };
		*list_add(c->arena, &given, struct given) = (struct given){ S("story"), { refused[i].at, refused[i].len } };
		assert_int_equal(record_read(c, &whole_record, &given, false, &w), INVALID);
		assert_int_equal(c->problems.count, 1);
		assert_text(list_of(c->problems, struct problem)[0].field, "story");
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
	const struct CMUnitTest tests[] = {
		TEST(every_type_is_read), TEST(what_is_not_given_has_no_value), TEST(amounts_are_read_as_people_type_them),
		TEST(each_problem_has_its_place_and_words), TEST(all_problems_come_at_once_in_the_order_of_the_fields),
		TEST(strangers_are_let_by_when_lenient), TEST(rows_without_anything_in_them_are_left_out), TEST(of_a_name_given_twice_the_last_counts),
		TEST(a_flood_stops_at_a_hundred), TEST(a_name_of_dots_is_one_stranger), TEST(check_finds_the_same_as_reading),
		TEST(hostile_text_is_kept_as_typed_or_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
