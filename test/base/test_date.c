/* test_date.c - every day there is, both ways, and the hours at which the Dutch clock jumps. */
#include "base_test.h"
#include "base/date.h"

static void every_day_of_every_year(void **state)
{
	(void)state;
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int32_t day = 1;
	for (int year = 1; year <= 9999; year++)
		for (int month = 1; month <= 12; month++) {
			bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
			int length = lengths[month - 1] + (month == 2 && leap);
			for (int d = 1; d <= length; d++, day++) {
				date made = date_of(year, month, d);
				struct civil c = date_civil(made);
				char iso[10];
				date_put(iso, made);
				date read;
				if (made.day != day || c.year != year || c.month != month || c.day != d ||
					!date_from_iso((str){ iso, 10 }, &read) || read.day != day || date_weekday(made) != (day - 1) % 7 + 1)
					fail_msg("day %d should be %04d-%02d-%02d", day, year, month, d);
			}
			assert_false(date_is(date_of(year, month, length + 1)));
			assert_false(date_is(date_of(year, month, 0)));
		}
	assert_int_equal(day - 1, 3652059);
	assert_false(date_is(date_of(0, 12, 31)));
	assert_false(date_is(date_of(10000, 1, 1)));
	assert_false(date_is(date_of(2026, 0, 1)));
	assert_false(date_is(date_of(2026, 13, 1)));
}

static void known_weekdays(void **state)
{
	(void)state;
	assert_int_equal(date_weekday(date_of(1970, 1, 1)), 4);        /* a Thursday */
	assert_int_equal(date_weekday(date_of(2000, 2, 29)), 2);
	assert_int_equal(date_weekday(date_of(2026, 11, 23)), 1);
	assert_int_equal(date_weekday(date_of(1945, 5, 5)), 6);
}

static void iso_and_nothing_else(void **state)
{
	static const char *const bad[] = {
		"", "2026-11-2", "2026-11-233", "2026/11/23", "23-11-2026", "2026-02-29", "2026-00-10", "0000-01-01", "2026-11-2x", " 2026-11-23", "+026-11-23",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		date d = { 7 };
		assert_false(date_from_iso(str_of(bad[i]), &d));
		assert_int_equal(d.day, 7);
	}
	assert_null(date_iso(*state, (date){ 0 }).at);
	assert_text(date_iso(*state, date_of(1, 1, 1)), "0001-01-01");
}

static void months_end_where_they_end(void **state)
{
	static const struct { const char *from; int months; const char *to; } cases[] = {
		{ "2026-01-31", 1, "2026-02-28" }, { "2028-01-31", 1, "2028-02-29" }, { "2026-03-31", -1, "2026-02-28" }, { "2026-11-23", 2, "2027-01-23" },
		{ "2026-11-23", -11, "2025-12-23" }, { "2024-02-29", 12, "2025-02-28" }, { "2024-02-29", 48, "2028-02-29" }, { "2026-05-15", 0, "2026-05-15" },
		{ "9999-12-01", 1, "" }, { "0001-01-31", -1, "" }, { "0001-01-31", -30, "" }, { "2026-01-31", 2000000, "" }, { "2026-01-31", INT32_MAX, "" }, { "2026-01-31", INT32_MIN, "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		date d;
		assert_true(date_from_iso(str_of(cases[i].from), &d));
		assert_text(date_iso(*state, date_add_months(d, cases[i].months)), cases[i].to);
	}
	assert_int_equal(date_days_between(date_of(2026, 2, 1), date_of(2026, 3, 1)), 28);
	assert_text(date_iso(*state, date_add_days(date_of(2026, 12, 31), 1)), "2027-01-01");
	assert_false(date_is(date_add_days(date_of(9999, 12, 31), 1)));
	assert_false(date_is(date_add_days(date_of(1, 1, 1), -1)));
	assert_false(date_is(date_add_days((date){ 0 }, 1)));
}

/* Around each jump of 2024 to 2027, as published for Europe/Amsterdam: the last millisecond before, and the first after. */
static void the_dutch_clock_jumps_when_it_should(void **state)
{
	static const struct { const char *utc; int minutes; const char *day; } cases[] = {
		{ "2024-03-31T00:59:59.999Z", 119, "2024-03-31" }, { "2024-03-31T01:00:00.000Z", 180, "2024-03-31" },
		{ "2024-10-27T00:59:59.999Z", 179, "2024-10-27" }, { "2024-10-27T01:00:00.000Z", 120, "2024-10-27" },
		{ "2025-03-30T00:59:59.999Z", 119, "2025-03-30" }, { "2025-03-30T01:00:00.000Z", 180, "2025-03-30" },
		{ "2025-10-26T00:59:59.999Z", 179, "2025-10-26" }, { "2025-10-26T01:00:00.000Z", 120, "2025-10-26" },
		{ "2026-03-29T00:59:59.999Z", 119, "2026-03-29" }, { "2026-03-29T01:00:00.000Z", 180, "2026-03-29" },
		{ "2026-10-25T00:59:59.999Z", 179, "2026-10-25" }, { "2026-10-25T01:00:00.000Z", 120, "2026-10-25" },
		{ "2027-03-28T00:59:59.999Z", 119, "2027-03-28" }, { "2027-03-28T01:00:00.000Z", 180, "2027-03-28" },
		{ "2027-10-31T00:59:59.999Z", 179, "2027-10-31" }, { "2027-10-31T01:00:00.000Z", 120, "2027-10-31" },
		{ "2026-06-30T22:00:00.000Z", 0, "2026-07-01" }, { "2026-12-31T23:00:00.000Z", 0, "2027-01-01" }, { "2026-12-31T22:59:59.000Z", 1439, "2026-12-31" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		instant at;
		assert_true(instant_from_iso(str_of(cases[i].utc), &at));
		assert_text(instant_iso(*state, at), cases[i].utc);
		assert_int_equal(instant_minutes(at), cases[i].minutes);
		assert_text(date_iso(*state, instant_date(at)), cases[i].day);
	}
}

static void moments_from_text(void **state)
{
	static const struct { const char *text, *utc; } good[] = {
		{ "2026-11-23T20:43", "2026-11-23T19:43:00.000Z" }, { "2026-07-23T20:43", "2026-07-23T18:43:00.000Z" },
		{ "2026-11-23T20:43Z", "2026-11-23T20:43:00.000Z" }, { "2026-11-23T20:43:05Z", "2026-11-23T20:43:05.000Z" },
		{ "2026-11-23T20:43:05.5Z", "2026-11-23T20:43:05.500Z" }, { "2026-11-23T20:43:05.123456789Z", "2026-11-23T20:43:05.123Z" },
		{ "2026-11-23T20:43:05+01:00", "2026-11-23T19:43:05.000Z" }, { "2026-11-23T20:43-05:30", "2026-11-24T02:13:00.000Z" },
		{ "2026-03-29T01:59", "2026-03-29T00:59:00.000Z" }, { "2026-03-29T02:30", "2026-03-29T01:30:00.000Z" },      /* 02:30 does not exist: 03:30 */
		{ "2026-03-29T03:00", "2026-03-29T01:00:00.000Z" }, { "2026-10-25T01:59", "2026-10-24T23:59:00.000Z" },
		{ "2026-10-25T02:30", "2026-10-25T01:30:00.000Z" }, { "2026-10-25T03:00", "2026-10-25T02:00:00.000Z" },      /* 02:30 comes twice: the second */
		{ "0001-01-01T00:00Z", "0001-01-01T00:00:00.000Z" }, { "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z" },
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		instant at;
		if (!instant_from_iso(str_of(good[i].text), &at))
			fail_msg("%s is refused", good[i].text);
		assert_text(instant_iso(*state, at), good[i].utc);
	}
	static const char *const bad[] = {
		"", "2026-11-23", "2026-11-23T", "2026-11-23 20:43", "2026-11-23T24:00", "2026-11-23T20:60Z", "2026-11-23T20:43:60Z", "2026-11-23T20:43:05.Z",
		"2026-11-23T20:43z", "2026-11-23T20:43+1:00", "2026-11-23T20:43+15:00", "2026-11-23T20:43+01:60", "2026-11-23T20:43Zx", "2026-02-30T20:43Z",
		"2026-11-23T20:43:5Z", "2026-11-23T20:43:05.12a", "0001-01-01T00:00", "9999-12-31T23:59-00:01",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		instant at = { 7 };
		if (instant_from_iso(str_of(bad[i]), &at))
			fail_msg("%s is accepted", bad[i]);
		assert_true(at.ms == 7);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_day_of_every_year), TEST(known_weekdays), TEST(iso_and_nothing_else), TEST(months_end_where_they_end),
		TEST(the_dutch_clock_jumps_when_it_should), TEST(moments_from_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
