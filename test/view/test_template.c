/* test_template.c - the template compiler: what it makes of each thing one can write, and what it refuses at which line. */
#include "template/template.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

/* The C of a template, or why there is none. */
static const char *compiled_as(struct arena *a, const char *file, const char *text)
{
	struct buffer out = { 0 }, why = { 0 };
	bool fine = template_compile(a, file, str_of(text), &out, &why);
	const char *result = text_c(a, fine ? buffer_text(&out) : buffer_text(&why));
	buffer_done(&out);
	buffer_done(&why);
	return result;
}

static const char *compiled(struct arena *a, const char *text)
{
	return compiled_as(a, "a/page.html", text);
}

static const char *layout_compiled(struct arena *a, const char *text)
{
	return compiled_as(a, "a/layout.html", text);
}

struct pair { const char *text, *result; };

static void all_hold(const struct pair *pairs, size_t count, const char *(*compile)(struct arena *, const char *))
{
	int wrong = 0;
	for (size_t i = 0; i < count; i++) {
		struct arena *a = arena_new();
		const char *got = compile(a, pairs[i].text);
		if (!strstr(got, pairs[i].result)) {
			print_error("%s\n  should give %s\n  gives %s\n", pairs[i].text, pairs[i].result, got);
			wrong++;
		}
		arena_free(a);
	}
	assert_int_equal(wrong, 0);
}
#define assert_all(pairs, compile) all_hold((pairs), sizeof (pairs) / sizeof (pairs)[0], (compile))

static void values_follow_their_place(void **state)
{
	static const struct pair pairs[] = {
		{ "{page p}\n{a.b}", "#line 2 \"a/page.html\"\n\tview_write(v, it_->a.b);" },
		{ "{page p}<p>{a}</p>", "view_raw(v, S(\"<p>\")); view_write(v, it_->a); view_raw(v, S(\"</p>\"));" },
		{ "{page p}<p id=\"x-{a}\"></p>", "view_raw(v, S(\"<p id=\\\"x-\")); view_attribute(v, it_->a); view_raw(v, S(\"\\\"></p>\"));" },
		{ "{page p}<p aria-label=\"{a}\"></p>", "view_text(v, view_string(v, it_->a));" },
		{ "{page p}<select aria-label=\"{t w}\"><option value=\"{a}\">{a}</option></select>", "view_attribute(v, it_->a); view_raw(v, S(\"\\\">\")); view_text(v, view_string(v, it_->a));" },
		{ "{page p}<a href=\"{a}\">{t w}</a>", "view_link(v, it_->a);" },
		{ "{page p}<a href=\"/x/{a}\">{t w}</a>", "view_segment(v, it_->a);" },
		{ "{page p}<a href=\"/x{if a}/{a}{else}/y{end}/z\">{t w}</a>", "view_segment(v, it_->a);" },
		{ "{page p}{title}{a}{end}", "{ struct buffer *body_ = v->out; v->out = &v->title; view_raw(v, view_string(v, it_->a)); v->out = body_; }" },
		{ "{page p}{lead}{a}{end}", "v->out = &v->lead; view_write(v, it_->a); v->out = body_;" },
		{ "{page p}{it.title}", "view_write(v, it_->title);" },
		{ "{page p}{page.path}", "view_write(v, v->path);" },
		{ "{page p}{a|percent}", "view_write(v, percent_view(v, it_->a));" },
		{ "{page p}{a|decimal 2|loud \"!\" b}", "view_write(v, loud_view(v, decimal_view(v, it_->a, 2), S(\"!\"), it_->b));" },
		{ "{page p}{\"a\\\"b\"}", "view_write(v, S(\"a\\\"b\"));" },
		{ "{page p}{t a-b}", "view_write(v, W(a_b)->text[v->language]);" },
		{ "{page p}{t a-b c \"d\" (e|percent) (t f) 5 (index_of)}", "word_text(v->c->arena, v->language, W(a_b), (const str[]){ view_string(v, it_->c), view_string(v, S(\"d\")), "
			"view_string(v, percent_view(v, it_->e)), view_string(v, W(f)->text[v->language]), view_string(v, 5), view_string(v, it_->index_of), }, 6)" },
		{ "{page p}{{", "view_raw(v, S(\"{\"));" },
		{ "{page p}<code>a{{b}</code>", "S(\"<code>a{b}</code>\")" },
		{ "{part card of person}{name}", "__attribute__((unused)) static void card_part(struct view *v, const struct person *it_)" },
		{ "{page p}{use card a.b}", "card_part(v, &it_->a.b);" },
		{ "{page p}{draw chart it a &b 3}", "chart(v, it_, it_->a, &it_->b, 3);" },
	};
	(void)state;
	assert_all(pairs, compiled);
}

static void conditions(void **state)
{
	static const struct pair pairs[] = {
		{ "{page p}{if a}1{end}", "if (view_is(it_->a)) { view_raw(v, S(\"1\")); }" },
		{ "{page p}{if not a and b or c}1{end}", "if (((!(view_is(it_->a))) && (view_is(it_->b))) || (view_is(it_->c))) {" },
		{ "{page p}{if not (a or b)}1{end}", "if (!((view_is(it_->a)) || (view_is(it_->b)))) {" },
		{ "{page p}{if a = \"x\"}1{else if a != 3}2{else}3{end}", "if (view_compare(it_->a, S(\"x\")) == 0) { view_raw(v, S(\"1\")); } else if (view_compare(it_->a, 3) != 0) { view_raw(v, S(\"2\")); } else {" },
		{ "{page p}{if a <= -3 and b > c.d}1{end}", "(view_compare(it_->a, -3) <= 0) && (view_compare(it_->b, it_->c.d) > 0)" },
		{ "{page p}{if a >= 0.5}1{end}", "view_compare((double)(it_->a), 0.5) >= 0" },
		{ "{page p}{if may people.read}1{end}", "if (v->may(v, S(\"people.read\"))) {" },
		{ "{page p}{if may people.read}1{end}", "NEED_RIGHT, \"people.read\"" },
		{ "{page p}{if may}1{end}", "view_is(it_->may)" },
		{ "{page p}{if known a}1{end}", "view_known(it_->a)" },
		{ "{page p}{if a|hot}1{end}", "view_is(hot_view(v, it_->a))" },
		{ "{page p}{if first}1{end}", "view_is(it_->first)" },
		{ "{page p}{each l as g of r}{if first g}1{end}{if last g and g.x}2{end}{index g}{g.a}{end}",
			"for (size_t g_at = 0; g_at < g_list.count; g_at++, g_++) { if (g_at == 0 && g_list.count) {" },
		{ "{page p}{each l as g of r}{each g.m as s of str}{s}{s|up}{end}{else}0{end}", "const str *s_ = s_list.at;" },
		{ "{page p}{each l as g of r}{each g.m as s of str}{s}{end}{end}", "view_write(v, (*s_));" },
		{ "{page p}{each l as g of r}{else}0{end}", "if (!g_list.count) { view_raw(v, S(\"0\")); }" },
		{ "{page p}{each l as g of r}{use card g}{draw f g}{end}", "card_part(v, g_); f(v, g_);" },
		{ "{page p}<p{if a} class=\"x\"{else} class=\"y\"{end}></p>", "S(\" class=\\\"x\\\"\")" },
	};
	(void)state;
	assert_all(pairs, compiled);
}

static void white_space_that_matters_stays(void **state)
{
	static const struct pair pairs[] = {
		{ "{page p}\n\n<ul>\n\t<li>1</li>\n\t<li>2</li>\n</ul>\n", "S(\"<ul><li>1</li><li>2</li></ul>\")" },
		{ "{page p}<p>1  <b>2</b>\n\t<i>3</i> 4 </p>", "S(\"<p>1 <b>2</b>\\n<i>3</i> 4</p>\")" },
		{ "{page p}<p>{a} {b}\n{c}</p>", "view_write(v, it_->b);\n\tview_raw(v, S(\"\\n\")); view_write(v, it_->c);" },
		{ "{page p}<p>1 {if a}2{end} 3</p>", "S(\"<p>1 \")); if (view_is(it_->a)) { view_raw(v, S(\"2\")); } view_raw(v, S(\" 3</p>\"));" },
		{ "{page p}<ul>\n{each l as g of r}\n<li>{g.a}</li>\n{end}\n</ul>", "S(\"<li>\")); view_write(v, g_->a); view_raw(v, S(\"</li>\"));" },
		{ "{page p}<p>{each l as g of r} <b>{g.a}</b>{end}</p>", "S(\" <b>\")" },
		{ "{page p}<pre>\n  1\n\t2 </pre>", "S(\"<pre>\\n  1\\n\\0112 </pre>\")" },
		{ "{page p}<p\n  class=\"a\n   b\"\n>1</p>", "S(\"<p class=\\\"a b\\\">1</p>\")" },
		{ "{page p}1<!-- why, with <b> & \"quotes\" -->2", "S(\"12\")" },
		{ "{page p}<br>\n1<hr>\n2", "S(\"<br>1<hr>2\")" },
		{ "{page p}<svg aria-hidden=\"true\"><path d=\"M0 0\"/></svg>", "<path d=\\\"M0 0\\\"/></svg>" },
	};
	(void)state;
	assert_all(pairs, compiled);
}

static void forms(void **state)
{
	static const struct pair pairs[] = {
		{ "{page p}{form f}{end}", "view_form_begin(v, &(struct view_opening){ .operation = S(\"f\"), .keys = NULL, .count = 0, .from = { 0 }, .sends_file = false, .style = S(\"\"), .live = S(\"\") });\n#line 1 \"a/page.html\"\n\tview_form_end(v);" },
		{ "{page p}{form f a=b.c d=\"e\" g=(h|iso)}{end}", ".keys = (const struct given[]){ { S(\"a\"), view_plain(v, it_->b.c) }, { S(\"d\"), view_plain(v, S(\"e\")) }, { S(\"g\"), view_plain(v, iso_view(v, it_->h)) }, }, .count = 3" },
		{ "{page p}{form f a=b if c and d else g e=h from i}{input a}{end}", "view_form_begin(v, ((view_is(it_->c)) && (view_is(it_->d))) ? &(struct view_opening){ .operation = S(\"f\"), "
			".keys = (const struct given[]){ { S(\"a\"), view_plain(v, it_->b) }, }, .count = 1, .from = view_source_of(&p_record, it_, S(\"i\")), .sends_file = false, .style = S(\"\"), .live = S(\"\") } "
			": &(struct view_opening){ .operation = S(\"g\"), .keys = (const struct given[]){ { S(\"e\"), view_plain(v, it_->h) }, }, .count = 1, .from =" },
		{ "{page p}{form f if c else g}{input a}{end}", "VIEW_NEED(page_html_need_4, NEED_FIELD, \"a\", \"g\", \"a/page.html\", 1);" },
		{ "{page p}{form f from it}{end}", ".from = { &p_record, it_ }" },
		{ "{page p}{form f from a.b as fields live found}{end}", ".from = view_source_of(&p_record, it_, S(\"a.b\")), .sends_file = false, .style = S(\"fields\"), .live = S(\"found\")" },
		{ "{page p}{each l as g of r}{form f from g}{end}{form f from g.x}{end}{end}", ".from = { &r_record, g_ }" },
		{ "{page p}{each l as g of r}{form f from g.x}{end}{end}", ".from = view_source_of(&r_record, g_, S(\"x\"))" },
		{ "{page p}{form f}{input a}{end}", "view_input(v, &(struct view_input){ .name = S(\"a\") });" },
		{ "{page p}{form f}{input a}{end}", "VIEW_NEED(page_html_need_2, NEED_FIELD, \"a\", \"f\", \"a/page.html\", 1);" },
		{ "{page p}{form f}{input a label=x-y hint=z type=email autocomplete=\"new-password\" width=4 rows=8 value=(b|iso) radios select grow submits}{end}",
			".name = S(\"a\"), .label = W(x_y), .hint = W(z), .type = S(\"email\"), .autocomplete = S(\"new-password\"), .width = (int)(4), .rows = (int)(8), "
			".value = view_plain(v, iso_view(v, it_->b)), .radios = true, .select = true, .grow = true, .submits = true" },
		{ "{page p}{form f}{input a type=file accept=\".csv,.txt\"}{end}", ".sends_file = true" },
		{ "{page p}{form f}{input a from l of r value=id label=x.name none=no-one}{end}", "struct view_option){ view_plain(v, option_->id), view_string(v, option_->x.name) }; } view_input(" },
		{ "{page p}{form f}{submit save}{submit go-on danger next=\"1\"}{submit (a|short) quiet}{end}", "view_submit(v, W(save)->text[v->language], S(\"main\"), S(\"\"), (str){ 0 }); "
			"view_submit(v, W(go_on)->text[v->language], S(\"danger\"), S(\"next\"), view_plain(v, S(\"1\"))); view_submit(v, view_string(v, short_view(v, it_->a)), S(\"quiet\")" },
		{ "{page p}{errors}", "view_errors(v);" },
		{ "{page p}<a href=\"/a/{b}/c?d={e}\">{t w}</a>", "NEED_PATH, \"/a/{}/c\"" },
	};
	(void)state;
	assert_all(pairs, compiled);
}

static void what_is_refused(void **state)
{
	static const struct pair pairs[] = {
		{ "", "a/page.html:1: error: a template begins with {page RECORD}" },
		{ "<p></p>", ":1: error: a template begins with" },
		{ "{a}", ":1: error: a template begins with" },
		{ "{page p}\n{page q}", ":2: error: {page …} or {part …} stands once" },
		{ "{part a}", "write {part a of RECORD}" },
		/* places in which no value can be safe */
		{ "{page p}<p class={a}></p>", "the value of class stands in double quotes" },
		{ "{page p}<p class='{a}'></p>", "stands in double quotes" },
		{ "{page p}<p {a}></p>", "a value stands between the quotes of an attribute" },
		{ "{page p}<{a}></p>", "write &lt; for a lone '<'" },
		{ "{page p}<h{a}>", "there is no element <h>" },
		{ "{page p}<p style=\"color:{a}\"></p>", "no style=" },
		{ "{page p}<p style=\"\"></p>", "no style=" },
		{ "{page p}<p onclick=\"x\"></p>", "no onclick=" },
		{ "{page p}<script src=\"/a.js\">{a}</script>", "no value directly in <script>" },
		{ "{page p}<script>let a</script>", "no script in a page" },
		{ "{page p}<style>p</style>", "no <style> here" },
		{ "{page p}<iframe src=\"/\"></iframe>", "no <iframe> here" },
		{ "{page p}<!-- {a} -->", "no directive in a comment" },
		{ "{page p}<!-- a", "a comment without its -->" },
		{ "{page p}{raw a}", "there is no {raw}" },
		{ "{page p}<form method=\"post\"></form>", "write {form operation}" },
		/* URLs */
		{ "{page p}<a href=\"javascript:x\">{t w}</a>", "a URL begins with" },
		{ "{page p}<a href=\"java{a}\">{t w}</a>", "a URL begins with" },
		{ "{page p}<a href=\"{a}/b\">{t w}</a>", "a URL is one value, or begins with its fixed part" },
		{ "{page p}<a href=\"{a}{b}\">{t w}</a>", "a URL is one value" },
		{ "{page p}<a href=\"{if a}/b{end}{c}\">{t w}</a>", "this URL needs an {else}" },
		{ "{page p}<a href=\"{if a}/b{else}{c}{end}\">{t w}</a>", "the branches leave this URL in different states" },
		/* structure */
		{ "{page p}\n<div>\n<p></div>", ":3: error: </div> while <p> of line 3 is open" },
		{ "{page p}\n<div>\n", ":2: error: <div> is not closed" },
		{ "{page p}</div>", "</div> closes nothing" },
		{ "{page p}<div>{if a}</div>{end}", "</div> closes what was opened outside this block" },
		{ "{page p}{if a}<div>{end}</div>", "<div> is opened in this block and not closed in it" },
		{ "{page p}{if a}<div {end}></div>", "<div> is opened in this block" },
		{ "{page p}<p class=\"{if a}x\"{end}></p>", "this block ends inside" },
		{ "{page p}<p a=\"1\" a=\"2\"></p>", "<p> has a twice" },
		{ "{page p}<p a=\"1\"{if b} a=\"2\"{end}></p>", "<p> has a twice" },
		{ "{page p}<p{if b} a=\"2\"{end} a=\"1\"></p>", "<p> has a twice" },
		{ "{page p}<p a=\"<b>\"></p>", "is a closing quote missing?" },
		{ "{page p}<blink></blink>", "there is no element <blink>" },
		{ "{page p}<p><div></div></p>", "<div> cannot stand in the <p> of line 1" },
		{ "{page p}<table>{a}</table>", "no value directly in <table>" },
		{ "{page p}<tr>1</tr>", "no text directly in <tr>" },
		{ "{page p}<select aria-label=\"{t w}\"><option><b></b></option></select>", "<b> in <option>, which holds text only" },
		{ "{page p}<p>&</p>", "write &amp; for a lone '&'" },
		{ "{page p}<p>1 < 2</p>", "write &lt; for a lone '<'" },
		{ "{page p}<!doctype html>", "only the layout begins with" },
		/* directives */
		{ "{page p}\n{if a}\n", ":2: error: {if} without its {end}" },
		{ "{page p}{end}", "{end} without a block" },
		{ "{page p}{else}", "{else} without an {if} or {each}" },
		{ "{page p}{if a}{else}{else}{end}", "{else} does not belong" },
		{ "{page p}{each l as g}{end}", "write {each LIST as NAME of RECORD}" },
		{ "{page p}{each l as g of r}{each l as g of r}{end}{end}", "'g' is taken already" },
		{ "{page p}{each l as s of str}{s.x}{end}", "'s' is of str and has no members" },
		{ "{page p}{index g}", "there is no {each … as g} around this" },
		{ "{page p}{if a == b}{end}", "compare with a single '='" },
		{ "{page p}{a b}", "expected '}' before \"b}\"" },
		{ "{page p}{t a b|c}", "put a value with a filter in parentheses here" },
		{ "{page p}{\"a}", "a text without its closing quote" },
		{ "{page p}{a|f 010}", "a number does not begin with 0" },
		{ "{page p}{t k 1 2 3 4 5 6 7}", "a word takes at most six values" },
		{ "{page p}{page}", "stands once" },
		{ "{page p}<p>{title}{a}{end}</p>", "{title} stands by itself" },
		{ "{page p}{title}<b>{a}</b>{end}", "a title is text only" },
		{ "{page p}{lead}<b>{end}", "<b> is opened in this block and not closed in it" },
		{ "{page p}<p aria-label=\"{draw f}\"></p>", "this makes HTML and cannot stand here" },
		{ "{page p}{input a}", "{input} outside a {form}" },
		{ "{page p}{submit a}", "{submit} outside a {form}" },
		{ "{page p}{form f if a}{end}", "else" },
		{ "{page p}{form f}{form g}{end}{end}", "a form in a form" },
		{ "{page p}<p>{form f}{end}</p>", "a form cannot stand in a <p>" },
		{ "{page p}<table><tbody>{form f}{end}</tbody></table>", "a form cannot stand directly in <tbody>" },
		{ "{page p}{form f}{input a from l of r}{end}", "options need value=MEMBER and label=MEMBER" },
		{ "{page p}{form f}{input a colour=3}{end}", "an input has no colour=" },
		/* people */
		{ "{page p}\n<p>\nHello</p>", ":3: error: text for people comes from words.txt: write {t key}, not \"Hello" },
		{ "{page p}<p>\xC3\xA9</p>", "text for people comes from words.txt" },
		{ "{page p}<p title=\"Hello\"></p>", "text for people comes from words.txt" },
		{ "{page p}<input type=\"text\">", "<input> has no label" },
		{ "{page p}<input type=\"text\" id=\"a\">", "nothing is a <label for=\"a\">" },
		{ "{page p}<select></select>", "<select> has no label" },
		{ "{page p}<textarea></textarea>", "<textarea> has no label" },
		{ "{page p}<input type=\"submit\">", "write a <button>" },
		{ "{page p}<img src=\"/a\">", "<img> without alt" },
		{ "{page p}<a>{t w}</a>", "<a> without href" },
		{ "{page p}<button>{t w}</button>", "<button> without type" },
		{ "{page p}<a href=\"/\"><button type=\"button\">{t w}</button></a>", "<button> inside a link or button" },
		{ "{page p}<svg></svg>", "<svg> without <title>" },
		{ "{page p}<th>{t w}</th>", "<th> without scope" },
		{ "{page p}<h1>{t w}</h1>", "<h1> belongs to the layout" },
		{ "{page p}<h3>{t w}</h3>", "<h3> skips a level" },
		{ "{page p}<h2>{t w}</h2><h4>{t w}</h4>", "<h4> skips a level" },
		{ "{page p}<a href=\"/\" target=\"_blank\">{t w}</a>", "needs rel=\"noopener\"" },
	};
	(void)state;
	assert_all(pairs, compiled);
}

static void what_is_fine(void **state)
{
	static const struct pair pairs[] = {
		{ "{page p}<p>1 × 2 → 3, 4 % (5) & nbsp; &nbsp;</p>", "write &amp;" },
		{ "{page p}<p>1 × 2 → 3, 4 % (5) &nbsp; &#8211;</p>", "→ 3" },
		{ "{page p}<p><code>person_id</code> <kbd>Ctrl</kbd> <span translate=\"no\">Wijzer</span></p>", "Wijzer" },
		{ "{page p}<label>{t w} <input type=\"text\"></label>", "<input" },
		{ "{page p}<label for=\"a-{b}\">{t w}</label><input type=\"text\" id=\"a-{b}\">", "<input" },
		{ "{page p}<input type=\"hidden\" name=\"a\" value=\"{b}\">", "view_attribute" },
		{ "{page p}<svg><title>{t w}</title><text>{a}</text></svg>", "view_text(v, view_string(v, it_->a))" },
		{ "{page p}<a href=\"https://example.org/{a}\" target=\"_blank\" rel=\"noopener\">{t w}</a>", "view_segment" },
		{ "{page p}<h2>{t w}</h2><h3>{t w}</h3><h2>{t w}</h2><h3>{t w}</h3>", "<h3>" },
		{ "{part a of b}<h4>{t w}</h4><h5>{t w}</h5>", "<h5>" },
		{ "{page nothing}", "const struct nothing *it_ = record_;" },
	};
	(void)state;
	assert_all(pairs, compiled);
}

static void the_layout_may_more(void **state)
{
	static const struct pair pairs[] = {
		{ "{page frame}<!doctype html>\n<html lang=\"{language}\"><head><title>{title}</title></head><body><h1>{title}</h1>{lead}</body></html>",
			"view_raw(v, S(\"</title></head><body><h1>\")); view_write(v, it_->title);" },
		{ "{page frame}<script type=\"module\" src=\"{script}\"></script>", "view_link(v, it_->script); view_raw(v, S(\"\\\"></script>\"));" },
	};
	(void)state;
	assert_all(pairs, layout_compiled);
}

static void depth_has_an_end(void **state)
{
	struct arena *a = arena_new();
	struct buffer deep = { 0 };
	(void)state;
	buffer_add(&deep, S("{page p}{if "));
	for (int i = 0; i < 100000; i++)
		buffer_add(&deep, S("not "));
	buffer_add(&deep, S("a}{end}"));
	assert_non_null(strstr(compiled(a, text_c(a, buffer_text(&deep))), "too much for one directive"));
	buffer_clear(&deep);
	buffer_add(&deep, S("{page p}"));
	for (int i = 0; i < 100000; i++)
		buffer_add(&deep, S("{if a}"));
	assert_non_null(strstr(compiled(a, text_c(a, buffer_text(&deep))), "blocks in one another"));
	buffer_clear(&deep);
	buffer_add(&deep, S("{page p}"));
	for (int i = 0; i < 100000; i++)
		buffer_add(&deep, S("<div>"));
	assert_non_null(strstr(compiled(a, text_c(a, buffer_text(&deep))), "elements in one another"));
	buffer_done(&deep);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_follow_their_place),
		cmocka_unit_test(conditions),
		cmocka_unit_test(white_space_that_matters_stays),
		cmocka_unit_test(forms),
		cmocka_unit_test(what_is_refused),
		cmocka_unit_test(what_is_fine),
		cmocka_unit_test(the_layout_may_more),
		cmocka_unit_test(depth_has_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
