/* test_write.c - every value in every place: hostile text, numbers and days in both languages. */
#include "view_test.h"
#include <math.h>
#include <string.h>

static void text_is_escaped(void **state)
{
	static const struct { str from; const char *to; } rows[] = {
		{ { 0 }, "" },
		{ { "", 0 }, "" },
		{ { "plain", 5 }, "plain" },
		{ { "<script>alert('x')</script>", 27 }, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" },
		{ { "\" onload=\"x", 11 }, "&quot; onload=&quot;x" },
		{ { "a&amp;b", 7 }, "a&amp;amp;b" },
		{ { "&<>\"'", 5 }, "&amp;&lt;&gt;&quot;&#39;" },
		{ { "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9 }, "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80" },
		{ { "{t key}", 7 }, "{t key}" },
	};
	struct desk d;
	(void)state;
	desk_open(&d, NL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		view_text(&d.v, rows[i].from);
		assert_written(&d, rows[i].to);
		view_write(&d.v, rows[i].from);
		assert_written(&d, rows[i].to);
		view_attribute(&d.v, rows[i].from);
		assert_written(&d, rows[i].to);
	}
	desk_close(&d);
}

/* Every byte alone and in the middle: what comes out never holds a character that HTML gives a meaning. */
static void no_byte_escapes(void **state)
{
	struct desk d;
	(void)state;
	desk_open(&d, NL);
	for (int c = 1; c < 256; c++) {
		char text[] = { 'a', (char)c, 'b' };
		view_text(&d.v, (str){ text, 3 });
		const char *html = desk_taken(&d);
		assert_null(strpbrk(html, "<>\"'"));
		assert_true(c != '&' || !strcmp(html, "a&amp;b"));
		view_url(&d.v, (str){ text, 3 });
		html = desk_taken(&d);
		assert_int_equal(strspn(html, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%"), strlen(html));
		assert_true(strlen(html) == 3 || strlen(html) == 5);
	}
	desk_close(&d);
}

static void segments_stay_segments(void **state)
{
	static const char *const rows[][2] = {
		{ "a/b", "a%2Fb" }, { "?x=1&y#z", "%3Fx%3D1%26y%23z" }, { "../etc", "..%2Fetc" }, { "..", "-" }, { ".", "-" }, { "a.b", "a.b" },
		{ "\xC3\xA9", "%C3%A9" }, { "%2F", "%252F" }, { "a b+c", "a%20b%2Bc" }, { "", "" }, { "\"><script>", "%22%3E%3Cscript%3E" },
	};
	struct desk d;
	(void)state;
	desk_open(&d, NL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		view_segment(&d.v, str_of(rows[i][0]));
		assert_written(&d, rows[i][1]);
	}
	view_segment(&d.v, (int64_t)1234567);
	assert_written(&d, "1234567");
	view_segment(&d.v, date_of(2026, 11, 23));
	assert_written(&d, "2026-11-23");
	desk_close(&d);
}

static void links_lead_where_they_may(void **state)
{
	static const char *const rows[][2] = {
		{ "/people/7?a=1&b=2", "/people/7?a=1&amp;b=2" }, { "/", "/" }, { "https://example.org/\"x", "https://example.org/&quot;x" }, { "HTTP://a", "HTTP://a" },
		{ "mailto:a@b.nl", "mailto:a@b.nl" }, { "?page=2", "?page=2" }, { "#main", "#main" },
		{ "javascript:alert(1)", "#" }, { "JaVaScRiPt:alert(1)", "#" }, { "java\tscript:alert(1)", "#" }, { " javascript:alert(1)", "#" }, { "data:text/html,x", "#" },
		{ "vbscript:x", "#" }, { "//evil.example", "#" }, { "/\\evil.example", "#" }, { "/\t/evil.example", "#" }, { "\\\\evil", "#" }, { "https:evil", "#" },
		{ "people/7", "#" }, { "", "#" }, { "/a\nb", "#" }, { "\x01javascript:x", "#" },
	};
	struct desk d;
	(void)state;
	desk_open(&d, NL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		view_link(&d.v, str_of(rows[i][0]));
		assert_written(&d, rows[i][1]);
	}
	desk_close(&d);
}

static void numbers(void **state)
{
	static const struct { double x; int decimals; const char *nl, *en; } reals[] = {
		{ 0, 1, "0,0", "0.0" }, { 3.64, 1, "3,6", "3.6" }, { -.04, 1, "0,0", "0.0" }, { -1234.5, 2, "\u22121.234,50", "\u22121,234.50" }, { 1e6, 0, "1.000.000", "1,000,000" },
		{ .5, 0, "1", "1" }, { NAN, 1, "–", "–" }, { INFINITY, 1, "–", "–" }, { 1e300, 1, "–", "–" }, { 999.95, 1, "1.000,0", "1,000.0" },
	};
	static const struct { int64_t n; const char *nl, *en; } ints[] = {
		{ 0, "0", "0" }, { 7, "7", "7" }, { 999, "999", "999" }, { 1000, "1.000", "1,000" }, { -1, "\u22121", "\u22121" }, { 1234567, "1.234.567", "1,234,567" },
		{ INT64_MIN, "\u22129.223.372.036.854.775.808", "\u22129,223,372,036,854,775,808" }, { INT64_MAX, "9.223.372.036.854.775.807", "9,223,372,036,854,775,807" },
	};
	(void)state;
	for (int l = 0; l < LANGUAGES; l++) {
		struct desk d;
		desk_open(&d, l);
		for (size_t i = 0; i < sizeof reals / sizeof reals[0]; i++)
			assert_string_equal(text_c(d.c.arena, decimal_view(&d.v, reals[i].x, reals[i].decimals)), l == NL ? reals[i].nl : reals[i].en);
		for (size_t i = 0; i < sizeof ints / sizeof ints[0]; i++) {
			view_int(&d.v, ints[i].n);
			assert_written(&d, l == NL ? ints[i].nl : ints[i].en);
			assert_string_equal(text_c(d.c.arena, text_of_int(&d.c, ints[i].n)), l == NL ? ints[i].nl : ints[i].en);
		}
		assert_string_equal(text_c(d.c.arena, percent_view(&d.v, .734)), "73%");
		assert_string_equal(text_c(d.c.arena, percent_view(&d.v, NAN)), "–");
		assert_string_equal(text_c(d.c.arena, signed_view(&d.v, 3)), "+3");
		assert_string_equal(text_c(d.c.arena, signed_view(&d.v, -2)), "\u22122");
		assert_string_equal(text_c(d.c.arena, signed_view(&d.v, 0)), "0");
		assert_string_equal(text_c(d.c.arena, signed_view(&d.v, .01)), l == NL ? "0,0" : "0.0");
		assert_string_equal(text_c(d.c.arena, plain_view(&d.v, 2026)), "2026");
		assert_string_equal(text_c(d.c.arena, text_of_money(&d.c, (money){ -123450 })), l == NL ? "€\u00A0\u22121.234,50" : "€\u22121,234.50");
		assert_string_equal(text_c(d.c.arena, plain_of_money(&d.c, (money){ -123405 })), "-1234.05");
		view_plain_real(&d.v, 3.6);
		view_plain_real(&d.v, NAN);
		assert_written(&d, "3.6");
		desk_close(&d);
	}
}

static void days_and_moments(void **state)
{
	(void)state;
	instant i;
	assert_true(instant_from_iso(S("2026-07-01T12:05:00Z"), &i));
	for (int l = 0; l < LANGUAGES; l++) {
		struct desk d;
		desk_open(&d, l);
		bool nl = l == NL;
		view_date(&d.v, date_of(2026, 3, 1));
		assert_written(&d, nl ? "<time datetime=\"2026-03-01\">1 maart 2026</time>" : "<time datetime=\"2026-03-01\">1 March 2026</time>");
		view_date(&d.v, (date){ 0 });
		assert_written(&d, "");
		view_instant(&d.v, i);
		assert_written(&d, nl ? "<time datetime=\"2026-07-01T12:05:00.000Z\">1 juli 2026 om 14.05 uur</time>" : "<time datetime=\"2026-07-01T12:05:00.000Z\">1 July 2026 at 14:05</time>");
		assert_string_equal(text_c(d.c.arena, short_view(&d.v, date_of(2026, 3, 31))), nl ? "31 mrt 2026" : "31 Mar 2026");
		assert_string_equal(text_c(d.c.arena, month_view(&d.v, date_of(2026, 12, 31))), nl ? "december 2026" : "December 2026");
		assert_string_equal(text_c(d.c.arena, weekday_view(&d.v, date_of(2026, 11, 23))), nl ? "maandag" : "Monday");
		assert_string_equal(text_c(d.c.arena, weekday_view(&d.v, date_of(2026, 11, 29))), nl ? "zondag" : "Sunday");
		assert_string_equal(text_c(d.c.arena, clock_view(&d.v, i)), nl ? "14.05 uur" : "14:05");
		assert_string_equal(text_c(d.c.arena, day_view(&d.v, i)), nl ? "1 juli 2026" : "1 July 2026");
		view_attribute(&d.v, date_of(2026, 3, 1));
		assert_written(&d, "2026-03-01");
		view_attribute(&d.v, (date){ 0 });
		assert_written(&d, "");
		str items[] = { S("a"), S("b"), S("c") };
		assert_string_equal(text_c(d.c.arena, text_of_all(&d.c, items, 3, false)), nl ? "a, b en c" : "a, b and c");
		assert_string_equal(text_c(d.c.arena, text_of_all(&d.c, items, 2, true)), nl ? "a of b" : "a or b");
		assert_string_equal(text_c(d.c.arena, text_of_all(&d.c, items, 1, true)), "a");
		view_write(&d.v, (bool)true);
		assert_written(&d, nl ? "ja" : "yes");
		desk_close(&d);
	}
}

static void markdown_is_tame(void **state)
{
	static const char *const rows[][2] = {
		{ "", "" },
		{ "Hello *you*", "<p>Hello <em>you</em></p>\n" },
		{ "# Big\n###### Small", "<h3>Big</h3>\n<h6>Small</h6>\n" },
		{ "<script>x</script>", "" },
		{ "a <b onclick=\"x\">b</b>", "<p>a b</p>\n" },
		{ "![alt](https://track.example/p.gif)", "<p></p>\n" },
		{ "[x](https://a.example)", "<p><a rel=\"nofollow noopener\" href=\"https://a.example\">x</a></p>\n" },
		{ "[x](javascript:alert(1))", "<p><a rel=\"nofollow noopener\" href=\"\">x</a></p>\n" },
		{ "[x](data:text/html,y)", "<p><a rel=\"nofollow noopener\" href=\"\">x</a></p>\n" },
		{ "[x](/a\"onload=\"y)", "<p><a rel=\"nofollow noopener\" href=\"/a%22onload=%22y\">x</a></p>\n" },
		{ "1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>\n" },
		{ "`<a href=\"`", "<p><code>&lt;a href=&quot;</code></p>\n" },
	};
	struct desk d;
	(void)state;
	desk_open(&d, NL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		view_write(&d.v, markdown_view(&d.v, str_of(rows[i][0])));
		assert_written(&d, rows[i][1]);
	}
	desk_close(&d);
}

static void truth_follows_the_type(void **state)
{
	(void)state;
	assert_true(view_is(S("x")) && view_is(true) && view_is((int64_t)-1) && view_is(.1) && view_is(date_of(2026, 1, 1)) && view_is((list){ .count = 1 }) && view_is(W(view_yes)));
	assert_false(view_is(S("")) || view_is((str){ 0 }) || view_is(false) || view_is((int64_t)0) || view_is(0.0) || view_is((double)NAN) || view_is((date){ 0 }) || view_is((list){ 0 }));
	assert_false(view_is((const struct word *)NULL) || view_is((instant){ 0 }) || view_is((struct said){ 0 }));
	assert_true(view_known(0.0) && view_known((int64_t)0) && view_known(S("")));
	assert_false(view_known((double)NAN) || view_known((str){ 0 }) || view_known((date){ 0 }));
	assert_true(view_compare((int64_t)3, 4) < 0 && view_compare(.5, .5) == 0 && view_compare(S("b"), S("a")) > 0 && view_compare(date_of(2026, 1, 1), date_of(2025, 1, 1)) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_escaped),
		cmocka_unit_test(no_byte_escapes),
		cmocka_unit_test(segments_stay_segments),
		cmocka_unit_test(links_lead_where_they_may),
		cmocka_unit_test(numbers),
		cmocka_unit_test(days_and_moments),
		cmocka_unit_test(markdown_is_tame),
		cmocka_unit_test(truth_follows_the_type),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
