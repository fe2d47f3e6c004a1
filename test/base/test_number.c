/* test_number.c - numbers from text and into a buffer. */
#include "base_test.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/buffer.h"

static void integers_whole_or_not(void **state)
{
	(void)state;
	static const struct { const char *text; int64_t n; } good[] = {
		{ "0", 0 }, { "-0", 0 }, { "007", 7 }, { "9223372036854775807", INT64_MAX }, { "-9223372036854775808", INT64_MIN }, { "-1", -1 },
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int64_t n = 5;
		assert_true(str_to_int(str_of(good[i].text), &n));
		assert_true(n == good[i].n);
	}
	static const char *const bad[] = { "", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "9223372036854775808", "-9223372036854775809", "99999999999999999999", "--1" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t n = 5;
		assert_false(str_to_int(str_of(bad[i]), &n));
		assert_int_equal(n, 5);
	}
}

static void reals_whole_or_not(void **state)
{
	(void)state;
	static const struct { const char *text; double x; } good[] = { { "0.1", 0.1 }, { "-2", -2 }, { "1e3", 1000 }, { ".5", 0.5 }, { "5.", 5 }, { "1E-2", 0.01 } };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		double x = 7;
		assert_true(str_to_real(str_of(good[i].text), &x));
		assert_true(x == good[i].x);
	}
	static const char *const bad[] = { "", "nan", "inf", "-inf", "0x1p3", "1,5", "1 ", " 1", "1e", "e1", ".", "1e999", "1.2.3", "1_000",
		"0000000000000000000000000000000000000000000000000000000000000000000000001" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		double x = 7;
		if (str_to_real(str_of(bad[i]), &x))
			fail_msg("%s is read as %g", bad[i], x);
		assert_true(x == 7);
	}
	assert_false(str_to_real((str){ "1\0", 2 }, &(double){ 0 }));
}

static void integers_into_a_buffer(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	uint64_t seed = 3;
	for (int i = 0; i < 100000; i++) {
		int64_t n = (int64_t)(next(&seed) >> next(&seed) % 64), back;
		n = i % 2 ? n : (int64_t)(0 - (uint64_t)n);
		buffer_clear(&b);
		buffer_add_int(&b, n);
		assert_true(str_to_int(buffer_text(&b), &back) && back == n);
		assert_true(b.len == 1 || (b.at[0] != '0' && memcmp(b.at, "-0", 2)));
	}
	buffer_clear(&b);
	buffer_add_int(&b, INT64_MIN);
	assert_text(buffer_text(&b), "-9223372036854775808");
	buffer_done(&b);
}

/* Reads back as itself, and no decimal with fewer digits does. */
static void check_real(struct buffer *b, double x)
{
	char text[40];
	buffer_clear(b);
	buffer_add_real(b, x);
	memcpy(text, b->at, b->len);
	text[b->len] = 0;
	if (strtod(text, NULL) != x)
		fail_msg("%.17g became %s", x, text);
	int digits = 0, zeros = 0;
	bool leading = true;
	for (const char *p = text; *p && *p != 'e'; p++) {
		leading = leading && (*p < '1' || *p > '9');
		digits += !leading && *p >= '0' && *p <= '9';
		zeros = *p == '0' ? zeros + 1 : *p == '.' ? zeros : 0;
	}
	char shorter[40];
	if (digits > 1 && !zeros) {
		snprintf(shorter, sizeof shorter, "%.*e", digits - 2, x);
		if (strtod(shorter, NULL) == x)
			fail_msg("%s is longer than %s", text, shorter);
	}
}

static void reals_read_back_the_same(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	uint64_t seed = 4;
	for (int i = 0; i < 100000; i++) {
		uint64_t bits = next(&seed);
		double x;
		memcpy(&x, &bits, sizeof x);
		if (isfinite(x))
			check_real(&b, x);
		check_real(&b, (double)(int64_t)(bits >> 20) / 1e3);
		check_real(&b, (double)(bits >> 11) / 9007199254740992.0);
		check_real(&b, -(double)(bits % 10000) / 100);
	}
	static const struct { double x; const char *text; } cases[] = {
		{ 0, "0" }, { -0.0, "0" }, { 1, "1" }, { -1.5, "-1.5" }, { 0.1, "0.1" }, { 0.1 + 0.2, "0.30000000000000004" }, { 1e-7, "0.0000001" }, { 100, "100" },
		{ 999999999999999, "999999999999999" }, { 1e22, "1e+22" }, { 1.7976931348623157e308, "1.7976931348623157e+308" }, { 5e-324, "4.94065645841247e-324" },
		{ INFINITY, "" }, { NAN, "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buffer_clear(&b);
		buffer_add_real(&b, cases[i].x);
		assert_text(buffer_text(&b), cases[i].text);
	}
	buffer_done(&b);
}

static void a_buffer_grows_and_shrinks(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	assert_text(buffer_text(&b), "");
	for (int i = 0; i < 5000; i++)
		buffer_add_format(&b, "%04d", i);
	assert_int_equal(b.len, 20000);
	assert_memory_equal(b.at + 19996, "4999", 4);
	buffer_remove_front(&b, 19992);
	assert_text(buffer_text(&b), "49984999");
	buffer_remove_front(&b, 100);
	assert_text(buffer_text(&b), "");
	buffer_add_char(&b, 'x');
	buffer_add(&b, (str){ 0 });
	assert_text(buffer_text(&b), "x");
	buffer_done(&b);
	assert_int_equal(b.room, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(integers_whole_or_not), TEST(reals_whole_or_not), TEST(integers_into_a_buffer), TEST(reals_read_back_the_same), TEST(a_buffer_grows_and_shrinks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
