/* test_text.c - comparing, cutting, folding and guessing what was meant. */
#include "base_test.h"

static void comparing(void **state)
{
	(void)state;
	assert_true(str_eq((str){ 0 }, S("")));
	assert_true(str_eq_ignoring_case(S("Content-TYPE"), S("content-type")));
	assert_false(str_eq_ignoring_case(S("\xC3\x89"), S("\xC3\xA9")));      /* ASCII only */
	assert_false(str_eq_ignoring_case(S("[@"), S("{`")));
	assert_true(str_compare(S("a"), S("ab")) < 0 && str_compare(S("b"), S("ab")) > 0 && str_compare(S("ab"), S("ab")) == 0);
	assert_true(str_compare(S("z"), S("\xC3\xA9")) < 0);
	assert_true(str_starts(S("abc"), S("ab")) && str_starts(S("abc"), S("")) && !str_starts(S("a"), S("ab")));
	assert_true(str_ends(S("abc"), S("bc")) && str_ends(S(""), S("")) && !str_ends(S("c"), S("bc")));
	assert_true(str_has(S("abc"), S("b")) && str_has(S(""), S("")) && !str_has(S("abc"), S("ac")));
}

static void cutting(void **state)
{
	(void)state;
	str before, rest;
	assert_true(str_cut(S("a=b=c"), '=', &before, &rest));
	assert_text(before, "a");
	assert_text(rest, "b=c");
	assert_false(str_cut(S("abc"), '=', &before, &rest));
	assert_text(before, "abc");
	assert_null(rest.at);
	assert_true(str_cut(S("="), '=', &before, &rest));
	assert_int_equal(before.len + rest.len, 0);
	assert_non_null(rest.at);
	assert_text(str_from(S("abc"), 9), "");
	assert_text(str_until(S("abc"), 9), "abc");
	assert_text(str_trim(S(" \t\xC2\xA0 a b \xC2\xA0\r\n")), "a b");
	assert_text(str_trim(S(" \xC2\xA0")), "");
	assert_text(str_trim(S("\xC3\xA0")), "\xC3\xA0");                      /* its second byte is that of a no-break space */
	assert_null(str_trim((str){ 0 }).at);
}

static void folding(void **state)
{
	static const struct { const char *typed, *folded; } cases[] = {
		{ "Één  Façade", "een facade" }, { "  Zoë\tvan\xC2\xA0'T Hof ", "zoe van 't hof" }, { "ŁÓDŹ", "lodz" }, { "Straße", "strasse" },
		{ "Æsir œuvre Ĳsselmeer", "aesir oeuvre ijsselmeer" }, { "Þór", "\xC3\x9Eor" }, { "İstanbul", "istanbul" }, { "3 × 4", "3 × 4" }, { "e\xCC\x81", "e" },
		{ "日本", "日本" }, { "", "" }, { "Şişli Ñandú Ůř", "sisli nandu ur" }, { "ŉ Ŋ ĸ", NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		str folded = text_fold(*state, str_of(cases[i].typed));
		assert_true(utf8_is_valid(folded));
		if (cases[i].folded)
			assert_text(folded, cases[i].folded);
		assert_true(str_eq(text_fold(*state, folded), folded));
	}
	/* Whatever the bytes, what comes out fits and folding again changes nothing. */
	uint64_t seed = 5;
	for (int i = 0; i < 20000; i++) {
		char bytes[24];
		for (size_t n = 0; n < sizeof bytes; n++)
			bytes[n] = (char)next(&seed);
		str folded = text_fold(*state, (str){ bytes, next(&seed) % (sizeof bytes + 1) });
		assert_true(str_eq(text_fold(*state, folded), folded));
	}
	char wrong[200];
	memset(wrong, 0xFF, sizeof wrong);
	assert_int_equal(text_fold(*state, (str){ wrong, sizeof wrong }).len, 3 * sizeof wrong);
}

static void distance(void **state)
{
	(void)state;
	static const struct { const char *a, *b; size_t edits; } cases[] = {
		{ "", "", 0 }, { "abc", "abc", 0 }, { "abc", "acb", 1 }, { "abc", "ab", 1 }, { "abc", "abcd", 1 }, { "abc", "xbc", 1 }, { "", "abc", 3 },
		{ "kitten", "sitting", 3 }, { "strat", "start", 1 }, { "ca", "abc", 3 }, { "abcdef", "fedcba", 5 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(text_distance(str_of(cases[i].a), str_of(cases[i].b), 9), cases[i].edits);
		assert_int_equal(text_distance(str_of(cases[i].b), str_of(cases[i].a), 9), cases[i].edits);
		for (size_t limit = 0; limit < 7; limit++)
			assert_int_equal(text_distance(str_of(cases[i].a), str_of(cases[i].b), limit), cases[i].edits > limit ? limit + 1 : cases[i].edits);
	}
	char long_one[200];
	memset(long_one, 'a', sizeof long_one);
	assert_int_equal(text_distance((str){ long_one, 200 }, (str){ long_one, 200 }, 3), 4);
	assert_int_equal(text_distance((str){ long_one, 120 }, (str){ long_one, 118 }, 3), 2);
}

static void copies(void **state)
{
	str copy = text_copy(*state, S("abc"));
	assert_string_equal(copy.at, "abc");
	assert_null(text_copy(*state, (str){ 0 }).at);
	assert_non_null(text_copy(*state, S("")).at);
	assert_string_equal(text_c(*state, (str){ "abcdef", 3 }), "abc");
	assert_text(text_join(*state, (str){ 0 }, S("b")), "b");
	assert_text(text_join(*state, S("a"), S("b")), "ab");
	assert_text(text_format(*state, "%d-" S_FMT, 7, S_ARG(S("x"))), "7-x");
}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(comparing), TEST(cutting), TEST(folding), TEST(distance), TEST(copies) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
