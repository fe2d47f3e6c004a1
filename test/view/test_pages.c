/* test_pages.c - templates from file to page: values by place, conditions, repetition, parts, forms that come back. */
#include "view_test.h"
#include "pages.h"
#include <string.h>

static const struct result groups[] = {
	{ { "Wonen & zo", 10 }, 1214, .734, true },
	{ { "a/b?c#\"d\"", 9 }, 3, .9, false },
	{ { "<script>", 8 }, 40, .25, true },
};

static struct results results_of(size_t count)
{
	return (struct results){
		.survey = { .id = 7, .title = S("Najaar <1>"), .url = S("javascript:alert(1)"), .closes = date_of(2026, 11, 17) },
		.share = .66,
		.groups = { .at = (void *)(uintptr_t)groups, .count = count } };
}

static void page_in_dutch(void **state)
{
	struct desk d;
	(void)state;
	desk_open(&d, NL);
	struct results r = results_of(3);
	results_page(&d.v, &r);
	assert_string_equal(text_c(d.c.arena, buffer_text(&d.v.title)), "Najaar <1>: 66% is het eens");
	assert_string_equal(text_c(d.c.arena, buffer_text(&d.v.crumbs)), "<a href=\"/surveys\">Groepen</a>");
	assert_written(&d,
		"<h2>Groepen</h2><p class=\"soft\">Najaar &lt;1&gt;, tot en met 17 november 2026 <b>66%</b></p>"
		"<table class=\"table\"><thead><tr><th scope=\"col\">Groep</th><th scope=\"col\">Antwoorden</th></tr></thead><tbody>"
		"<tr class=\"on\" aria-current=\"true\"><th scope=\"row\"><a href=\"/groups/Wonen%20%26%20zo?page=1#x\" title=\"Meer over Wonen &amp; zo\">Wonen &amp; zo</a></th>"
		"<td>1.214 { 73%</td></tr>"
		"<tr class=\"off\"><th scope=\"row\"><a href=\"/groups/a%2Fb%3Fc%23%22d%22?page=2#x\" title=\"Meer over a/b?c#&quot;d&quot;\">a/b?c#&quot;d&quot;</a></th>"
		"<td>te klein</td></tr>"
		"<tr class=\"on\"><th scope=\"row\"><a href=\"/groups/%3Cscript%3E?page=3#x\" title=\"Meer over &lt;script&gt;\">&lt;script&gt;</a></th>"
		"<td>&ndash;</td></tr>"
		"</tbody></table>"
		"<p>Najaar &lt;1&gt; <time datetime=\"2026-11-17\">17 november 2026</time>\n<b>besloten</b>\n<i>Najaar &lt;1&gt;!!</i></p>"
		"<a href=\"#\">Meer over Najaar &lt;1&gt;</a>");
	desk_close(&d);
}

static void empty_list_takes_else(void **state)
{
	struct desk d;
	(void)state;
	desk_open(&d, EN);
	struct results r = results_of(0);
	results_page(&d.v, &r);
	assert_has(desk_taken(&d), "<tbody><tr><td>Nobody has answered yet.</td></tr></tbody>");
	desk_close(&d);
}

static const struct person people[] = { { 3, { "Ada", 3 } }, { 4, { "Bo", 2 } } };

static struct survey survey_of(void)
{
	return (struct survey){ .id = 7, .title = S("Najaar"), .kind = S("open"), .closes = date_of(2026, 12, 1), .floor = 5, .weight = 1.5, .leader = 4,
		.people = { .at = (void *)(uintptr_t)people, .count = 2 }, .password = S("geheim") };
}

static void form_shows_what_is_there(void **state)
{
	struct desk d;
	(void)state;
	desk_open(&d, NL);
	struct survey s = survey_of();
	survey_form_page(&d.v, &s);
	const char *html = desk_taken(&d);
	assert_has(html, "<form class=\"form\" method=\"post\" novalidate enctype=\"multipart/form-data\" action=\"/surveys/7\">"
		"<input type=\"hidden\" name=\"csrf\" value=\"token\"><input type=\"hidden\" name=\"step\" value=\"2\">");
	assert_has(html, "<div class=\"field\"><label for=\"title\">Titel</label><input type=\"text\" id=\"title\" name=\"title\" maxlength=\"120\" value=\"Najaar\"></div>");
	assert_has(html, "<label for=\"why\">Waarom <span class=\"soft\">(niet verplicht)</span></label><textarea id=\"why\" name=\"why\" rows=\"4\" maxlength=\"500\">\n</textarea>");
	assert_has(html, "<fieldset class=\"field\"><legend>Soort</legend><div class=\"choices\"><label class=\"choice\"><input type=\"radio\" id=\"kind\" name=\"kind\" value=\"open\" checked>"
		"<span>open</span></label><label class=\"choice\"><input type=\"radio\" id=\"kind-2-of\" name=\"kind\" value=\"closed\"><span>besloten</span></label></div></fieldset>");
	assert_has(html, "<label for=\"closes\">Laatste dag</label><p class=\"hint\" id=\"closes-hint\">Daarna kan niemand meer antwoorden.</p>"
		"<input type=\"date\" id=\"closes\" name=\"closes\" aria-describedby=\"closes-hint\" value=\"2026-12-01\">");
	assert_has(html, "<input type=\"hidden\" value=\"0\" name=\"anonymous\"><label class=\"check\"><input type=\"checkbox\" value=\"1\" id=\"anonymous\" name=\"anonymous\"><span>Anoniem</span></label>");
	assert_has(html, "<input type=\"text\" id=\"floor\" name=\"floor\" class=\"w-4\" inputmode=\"numeric\" value=\"5\">");
	assert_has(html, "inputmode=\"decimal\" value=\"1,5\">");
	assert_has(html, "<select id=\"leader\" name=\"leader\"><option value=\"\">niemand</option><option value=\"3\">Ada</option><option value=\"4\" selected>Bo</option></select>");
	assert_has(html, "<input type=\"checkbox\" id=\"parts\" name=\"parts\" value=\"Ada\">");
	assert_has(html, "<input type=\"file\" id=\"file\" name=\"file\" accept=\".csv\">");
	assert_has(html, "<input type=\"password\" id=\"password\" name=\"password\" autocomplete=\"current-password\" maxlength=\"500\">");
	assert_has_not(html, "geheim");
	assert_has(html, "<button type=\"submit\" class=\"button main\">Titel</button>");
	assert_has(html, "<button type=\"submit\" class=\"button quiet\" name=\"go\" value=\"back\">");
	assert_has(html, "<form class=\"fields\" method=\"get\" data-live=\"found\" action=\"/surveys\"><div class=\"field grow\"><label for=\"find-2\">Zoek</label>"
		"<input type=\"search\" id=\"find-2\" name=\"find\" maxlength=\"500\"></div>");
	assert_has(html, "<form method=\"post\" novalidate enctype=\"multipart/form-data\" action=\"/surveys/8\">");
	assert_has(html, "id=\"title-3\"");
	assert_has_not(html, "error-summary");
	desk_close(&d);
}

static void form_comes_back(void **state)
{
	struct desk d;
	(void)state;
	desk_open(&d, NL);
	struct survey s = survey_of();
	struct given typed[] = { { S("id"), S("7") }, { S("step"), S("2") }, { S("title"), S("\"><script>") }, { S("closes"), S("gisteren") }, { S("parts"), S("Bo") },
		{ S("anonymous"), S("0") }, { S("anonymous"), S("1") }, { S("password"), S("typed-secret") } };
	list given = { .at = typed, .count = sizeof typed / sizeof typed[0] };
	d.v.given = &given;
	d.v.failed = S("survey_change");
	assert_int_equal(object(&d.c, S("closes"), W(survey_wrong_day)), INVALID);
	survey_form_page(&d.v, &s);
	const char *html = desk_taken(&d);
	assert_has(html, "action=\"/surveys/7\"><div class=\"error-summary\" role=\"alert\" tabindex=\"-1\" aria-labelledby=\"mend\"><h2 id=\"mend\">Er klopt nog iets niet</h2>"
		"<ul><li><a href=\"#closes\">Kies een dag na vandaag.</a></li></ul></div>");
	assert_has(html, "value=\"&quot;&gt;&lt;script&gt;\"");
	assert_has(html, "<div class=\"field wrong\"><label for=\"closes\">Laatste dag</label><p class=\"hint\" id=\"closes-hint\">Daarna kan niemand meer antwoorden.</p><p class=\"error\" id=\"closes-error\">");
	assert_has(html, "aria-describedby=\"closes-hint closes-error\" aria-invalid=\"true\" value=\"gisteren\">");
	assert_has(html, "value=\"Bo\" checked>");
	assert_has(html, "id=\"anonymous\" name=\"anonymous\" checked>");
	assert_has_not(html, "typed-secret");
	const char *other = strstr(html, "action=\"/surveys/8\"");
	assert_non_null(other);
	assert_has(other, "id=\"title-3\" name=\"title\" maxlength=\"120\">");
	assert_has_not(other, "script");
	desk_close(&d);
}

static void what_templates_count_on_is_listed(void **state)
{
	bool link = false, field = false, right = false;
	(void)state;
	for (size_t i = 0; i < view_needs_count(); i++) {
		const struct view_need *n = view_needs_at(i);
		link |= n->kind == NEED_PATH && !strcmp(n->text, "/groups/{}");
		field |= n->kind == NEED_FIELD && !strcmp(n->text, "closes") && !strcmp(n->operation, "survey_change");
		right |= n->kind == NEED_RIGHT && !strcmp(n->text, "surveys.manage");
	}
	assert_true(link && field && right);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_in_dutch),
		cmocka_unit_test(empty_list_takes_else),
		cmocka_unit_test(form_shows_what_is_there),
		cmocka_unit_test(form_comes_back),
		cmocka_unit_test(what_templates_count_on_is_listed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
