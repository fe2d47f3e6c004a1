/* test_utf8.c - every code point there is, and every sequence that is none. */
#include "base_test.h"

static void every_code_point_goes_round(void **state)
{
	(void)state;
	int count = 0;
	for (uint32_t point = 0; point <= 0x10FFFF; point++) {
		if (point >= 0xD800 && point <= 0xDFFF)
			continue;
		char at[5] = "\x7F\x7F\x7F\x7F\x7F";
		size_t len = utf8_put(at, point), end = 0;
		str s = { at, len };
		if (utf8_next(s, &end) != point || end != len || utf8_count(s) != 1 || at[len] != 0x7F || utf8_is_valid(s) != (point != 0))
			fail_msg("U+%04X", (unsigned)point);
		for (size_t cut = 1; cut < len; cut++)
			assert_false(utf8_is_valid((str){ at, cut }));
		count++;
	}
	assert_int_equal(count, 1112064);
}

static void what_is_no_utf8(void **state)
{
	(void)state;
	static const struct { const char *at; size_t len; } bad[] = {
		{ "\0", 1 }, { "a\0b", 3 }, { "\x80", 1 }, { "\xBF", 1 }, { "\xC0\x80", 2 }, { "\xC1\xBF", 2 }, { "\xC2", 1 }, { "\xC2\x20", 2 }, { "\xC3\xC3", 2 },
		{ "\xE0\x80\x80", 3 }, { "\xE0\x9F\xBF", 3 }, { "\xE2\x82", 2 }, { "\xE2\x28\xA1", 3 }, { "\xE2\x82\x28", 3 }, { "\xED\xA0\x80", 3 },
		{ "\xED\xBF\xBF", 3 }, { "\xF0\x80\x80\x80", 4 }, { "\xF0\x8F\xBF\xBF", 4 }, { "\xF0\x9F\x98", 3 }, { "\xF0\x9F\x98\x28", 4 },
		{ "\xF4\x90\x80\x80", 4 }, { "\xF5\x80\x80\x80", 4 }, { "\xF8\x88\x80\x80\x80", 5 }, { "\xFE", 1 }, { "\xFF", 1 }, { "abc\xFF", 4 },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (utf8_is_valid((str){ bad[i].at, bad[i].len }))
			fail_msg("sequence %zu is taken for UTF-8", i);
	assert_true(utf8_is_valid((str){ 0 }));
	assert_true(utf8_is_valid(S("\xEF\xBF\xBD")));                 /* U+FFFD itself is a character like another */
	size_t at = 0;
	assert_int_equal(utf8_next(S("\xE2\x82z"), &at), 0xFFFD);
	assert_int_equal(at, 1);
}

/* Every sequence of up to three bytes, against the table of the Unicode standard (3-7, well-formed UTF-8). */
static size_t well_formed(const unsigned char *p, size_t len)
{
	if (p[0] >= 1 && p[0] < 0x80)
		return 1;
	if (len > 1 && p[0] >= 0xC2 && p[0] <= 0xDF && p[1] >= 0x80 && p[1] <= 0xBF)
		return 2;
	unsigned low = p[0] == 0xE0 ? 0xA0 : 0x80, high = p[0] == 0xED ? 0x9F : 0xBF;
	if (len > 2 && (p[0] & 0xF0) == 0xE0 && p[1] >= low && p[1] <= high && p[2] >= 0x80 && p[2] <= 0xBF)
		return 3;
	return 0;
}

static void every_three_bytes_as_the_standard_says(void **state)
{
	(void)state;
	for (unsigned n = 0; n < 1u << 24; n++) {
		const unsigned char p[3] = { (unsigned char)(n >> 16), (unsigned char)(n >> 8), (unsigned char)n };
		size_t at = 0, step = 1;
		while (at < 3 && step)
			at += step = well_formed(p + at, 3 - at);
		if (utf8_is_valid((str){ (const char *)p, 3 }) != (step > 0))
			fail_msg("%02x %02x %02x", p[0], p[1], p[2]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(every_code_point_goes_round), TEST(what_is_no_utf8), TEST(every_three_bytes_as_the_standard_says) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
