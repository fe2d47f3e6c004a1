/* test_chart.c - charts: where things are drawn, what is said aloud, and that hostile names stay text. */
#include "view_test.h"
#include "view/chart.h"
#include <math.h>
#include <string.h>

static void ranges(void **state)
{
	struct desk d;
	(void)state;
	desk_open(&d, NL);
	struct chart_range r = { S("Schrijven & <b>"), true, 2.1, 3.4, 3, true, false };
	chart_range(&d.v, &r);
	assert_written(&d, "<svg class=\"range\" height=\"28\" role=\"img\" aria-label=\"Schrijven &amp; &lt;b&gt;: tussen basis en gevorderd, nodig is gevorderd\">"
		"<rect class=\"band below\" x=\"32.0%\" width=\"26.0%\" y=\"9\" height=\"10\" rx=\"5\"/><use class=\"need\" href=\"/style/icons.svg#needed\" x=\"50%\"/></svg>");
	r = (struct chart_range){ S("Schrijven"), true, 4.9, 5.4, 0, false, true };
	chart_range(&d.v, &r);
	assert_written(&d, "<svg class=\"range\" height=\"28\" role=\"img\" aria-label=\"Schrijven: expert\">"
		"<rect class=\"band alone\" x=\"88.0%\" width=\"10.0%\" y=\"9\" height=\"10\" rx=\"5\"/></svg>");
	r = (struct chart_range){ .name = S("Schrijven"), .needed = 4 };
	chart_range(&d.v, &r);
	assert_written(&d, "<svg class=\"range\" height=\"28\" role=\"img\" aria-label=\"Schrijven: nog niet bekend, nodig is ervaren\">"
		"<use class=\"need\" href=\"/style/icons.svg#needed\" x=\"70%\"/></svg>");
	desk_close(&d);
}

static void bars_are_scaled_to_the_largest(void **state)
{
	struct desk d;
	(void)state;
	desk_open(&d, EN);
	struct chart_bar bars[] = { { S("expert"), 10, false, false }, { S("<b>"), 40, true, true }, { S("none"), 0, false, false } };
	chart_bars(&d.v, (list){ bars, 3, 3 });
	const char *html = desk_taken(&d);
	assert_has(html, "<div><dt>expert</dt><dd><svg aria-hidden=\"true\" height=\"16\"><rect class=\"bar-fill\" width=\"25.0%\" height=\"16\" rx=\"3\"/></svg></dd><dd>10</dd></div>");
	assert_has(html, "<div class=\"needed\"><dt>&lt;b&gt;</dt><dd><svg aria-hidden=\"true\" height=\"16\"><rect class=\"bar-fill less\" width=\"100.0%\"");
	assert_has(html, "width=\"0.0%\"");
	chart_bars(&d.v, (list){ 0 });
	assert_written(&d, "<dl class=\"bars\"></dl>");
	desk_close(&d);
}

static void intervals_put_the_need_at_four_fifths(void **state)
{
	struct desk d;
	(void)state;
	desk_open(&d, NL);
	struct chart_interval i = { 60, true, 31.2, 25.3, 37.1 };
	chart_interval(&d.v, &i);
	assert_true(chart_is_behind(&i));
	assert_written(&d, "<svg height=\"64\" role=\"img\" aria-label=\"Nodig 60, verwacht 31, waarschijnlijk 25 tot 37\">"
		"<rect class=\"reach\" x=\"0\" width=\"41.6%\" y=\"22\" height=\"20\"/><rect class=\"gap\" x=\"41.6%\" width=\"38.4%\" y=\"22\" height=\"20\"/>"
		"<rect class=\"between\" x=\"33.7%\" width=\"15.7%\" y=\"29\" height=\"6\" rx=\"3\"/><circle class=\"at\" cx=\"41.6%\" cy=\"32\" r=\"7\"/>"
		"<text class=\"short\" x=\"79%\" y=\"17\" text-anchor=\"end\">29 tekort</text></svg>");
	i = (struct chart_interval){ 12, true, 30, 28, 31 };
	chart_interval(&d.v, &i);
	assert_false(chart_is_behind(&i));
	const char *html = desk_taken(&d);
	assert_has(html, "cx=\"99.0%\"");
	assert_has_not(html, "gap");
	assert_has_not(html, "tekort");
	i = (struct chart_interval){ .needed = 12 };
	chart_interval(&d.v, &i);
	assert_has(desk_taken(&d), "aria-label=\"Nodig 12, verwacht nog niet bekend\"><rect class=\"unknown-box\"");
	i = (struct chart_interval){ .needed = 0, .known = true, .expected = 3, .low = 2, .high = 4 };
	chart_interval(&d.v, &i);
	assert_has_not(desk_taken(&d), "nan");
	desk_close(&d);
}

static void lines_break_where_nothing_is_known(void **state)
{
	struct desk d;
	(void)state;
	desk_open(&d, EN);
	struct chart_point points[] = { { date_of(2024, 1, 1), .4 }, { date_of(2024, 7, 1), NAN }, { date_of(2025, 1, 1), .5 }, { date_of(2025, 7, 1), .6 } };
	struct chart_event events[] = { { date_of(2024, 9, 1), S("Course <1>") } };
	struct chart_line l = { S("Agreement"), { points, 4, 4 }, { events, 1, 1 }, 0, 1, true };
	chart_line(&d.v, &l);
	const char *html = desk_taken(&d);
	assert_has(html, "aria-label=\"Agreement: from 40% on 1 January 2024 to 60% on 1 July 2025\"");
	assert_int_equal(strstr(html, "class=\"trend\"") != NULL, 1);
	assert_null(strstr(strstr(html, "class=\"trend\"") + 1, "class=\"trend\""));
	assert_has(html, "Course &lt;1&gt;</text>");
	assert_has(html, "<tr><th scope=\"row\"><time datetime=\"2024-07-01\">1 July 2024</time></th><td>not yet known</td></tr>"
		"<tr><th scope=\"row\"><time datetime=\"2024-09-01\">1 September 2024</time></th><td>Course &lt;1&gt;</td></tr>"
		"<tr><th scope=\"row\"><time datetime=\"2025-01-01\">1 January 2025</time></th><td>50%</td></tr>");
	assert_has_not(html, "nan");
	l.points.count = 0;
	chart_line(&d.v, &l);
	assert_written(&d, "");
	l.points.count = 1;
	chart_line(&d.v, &l);
	assert_has(desk_taken(&d), "cx=\"50.0%\"");
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges),
		cmocka_unit_test(bars_are_scaled_to_the_largest),
		cmocka_unit_test(intervals_put_the_need_at_four_fifths),
		cmocka_unit_test(lines_break_where_nothing_is_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
