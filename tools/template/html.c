/* html.c - follows the HTML of a template: which element, tag or attribute the compiler is in. */
#include "template.h"
#include <string.h>

struct element *element_top(struct template *t)
{
	return t->html.depth ? &t->html.open[t->html.depth - 1] : NULL;
}

static bool top_has(struct template *t, unsigned flag)
{
	const struct element *top = element_top(t);
	return top && top->flags & flag;
}

static bool is_white(int c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

void html_space(struct template *t)
{
	if (t->html.space && !t->html.settled) {
		emit_constant(t, (str){ &t->html.space, 1 });
		t->html.settled = true;
	}
	t->html.space = 0;
}

static void emit_next(struct template *t)
{
	char c = (char)next(t);
	emit_constant(t, (str){ &c, 1 });
}

/* ---- text ---- */

static bool is_letter(uint32_t point)
{
	bool ascii = (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
	return ascii || (point >= 0xC0 && point < 0x2000 && point != 0xD7 && point != 0xF7) || (point >= 0x2C00 && point < 0xFE00 && (point < 0x2E00 || point > 0x303F));
}

static bool letters_are_fine(const struct template *t)
{
	for (size_t i = t->html.depth; i; i--) {
		const struct attribute *translate = attribute_find(&t->html.open[i - 1], "translate");
		if (t->html.open[i - 1].flags & CODE || (translate && str_eq(translate->value, S("no"))))
			return true;
	}
	return false;
}

/* &nbsp; and its like; a lone & is a mistake. */
static bool entity_step(struct template *t)
{
	if (peek(t, 0) != '&')
		return false;
	size_t len = 1;
	while (is_name(peek(t, len)) || (peek(t, len) == '#' && len == 1))
		len++;
	if (len < 3 || len > 32 || peek(t, len) != ';')
		fail(t, t->line, "write &amp; for a lone '&'");
	for (size_t i = 0; i <= len; i++)
		emit_next(t);
	return true;
}

static void text_step(struct template *t)
{
	size_t at = t->at;
	uint32_t point = utf8_next(t->text, &at);
	if (is_letter(point) && !letters_are_fine(t))
		fail(t, t->line, "text for people comes from words.txt: write {t key}, not \"" S_FMT "\"", S_ARG(str_until(str_from(t->text, t->at), 12)));
	while (t->at < at)
		emit_next(t);
}

/* ---- tags ---- */

static str tag_name(struct template *t)
{
	size_t from = t->at;
	while (is_name(peek(t, 0)))
		t->at++;
	return str_until(str_from(t->text, from), t->at - from);
}

static void comment_skip(struct template *t)
{
	int line = t->line;
	while (!(peek(t, 0) == '-' && peek(t, 1) == '-' && peek(t, 2) == '>')) {
		if (peek(t, 0) < 0)
			fail(t, line, "a comment without its -->");
		if (peek(t, 0) == '{')
			fail(t, t->line, "no directive in a comment: it says why, and holds no old code");
		next(t);
	}
	t->at += 3;
}

static void tag_space(struct template *t, unsigned flags)
{
	if (flags & INLINE)
		html_space(t);
	t->html.space = 0;
	t->html.settled = !(flags & INLINE);
}

static void tag_end(struct template *t, int line)
{
	str name = tag_name(t);
	struct element *top = element_top(t);
	expect(t, ">");
	if (!top)
		fail(t, line, "</" S_FMT "> closes nothing", S_ARG(name));
	if (t->html.depth <= t->html.floor)
		fail(t, line, "</" S_FMT "> closes what was opened outside this block", S_ARG(name));
	if (!str_eq(top->name, name))
		fail(t, line, "</" S_FMT "> while <" S_FMT "> of line %d is open", S_ARG(name), S_ARG(top->name), top->line);
	element_end_check(t, top);
	if (!(top->flags & EXACT))
		tag_space(t, top->flags & INLINE ? INLINE : 0);
	emit_constant(t, S("</"));
	emit_constant(t, name);
	emit_constant(t, S(">"));
	t->html.depth--;
	t->html.settled = !(top->flags & INLINE);
}

static void tag_begin(struct template *t, int line)
{
	bool known;
	str name = tag_name(t);
	unsigned flags = element_flags(name, &known);
	const struct element *top = element_top(t);
	if (!known)
		fail(t, line, "there is no element <" S_FMT ">", S_ARG(name));
	if (flags & REFUSED)
		fail(t, line, str_eq(name, S("form")) ? "write {form operation} … {end}: it brings the token along" : "no <" S_FMT "> here", S_ARG(name));
	if (t->in_title)
		fail(t, line, "a title is text only");
	if (top && top->flags & WORDS && !str_eq(name, S("tspan")))
		fail(t, line, "<" S_FMT "> in <" S_FMT ">, which holds text only", S_ARG(name), S_ARG(top->name));
	if (t->html.depth == DEPTH_MAX)
		fail(t, line, "more than %d elements in one another", DEPTH_MAX);
	tag_space(t, flags);
	emit_constant(t, S("<"));
	emit_constant(t, name);
	t->html.open[t->html.depth++] = (struct element){ .name = name, .flags = flags, .line = line };
	t->html.place = IN_TAG;
}

static void tag_finish(struct template *t, bool closed)
{
	struct element *e = element_top(t);
	element_check(t, e);
	t->html.place = IN_TEXT;
	emit_constant(t, closed && e->flags & SVG ? S("/>") : S(">"));
	if (closed || e->flags & VOID)
		t->html.depth--;
}

static void less_than_step(struct template *t)
{
	int line = t->line;
	next(t);
	if (peek(t, 0) == '!' && peek(t, 1) == '-' && peek(t, 2) == '-') {
		t->at += 3;
		comment_skip(t);
	} else if (peek(t, 0) == '!') {
		static const char doctype[] = "!doctype html>";
		if (strncmp(t->text.at + t->at, doctype, sizeof doctype - 1) || !t->layout)
			fail(t, line, "only the layout begins with <!doctype html>");
		t->at += sizeof doctype - 1;
		emit_constant(t, S("<!doctype html>"));
		t->html.settled = true;
	} else if (peek(t, 0) == '/') {
		next(t);
		tag_end(t, line);
	} else if (is_name_start(peek(t, 0))) {
		tag_begin(t, line);
	} else {
		fail(t, line, "write &lt; for a lone '<'");
	}
}

/* ---- attributes ---- */

static void path_finish(struct template *t)
{
	str path = buffer_text(&t->html.path);
	if (t->html.path_known && str_starts(path, S("/")))
		emit_need(t, t->line, "NEED_PATH", path, (str){ 0 });
	t->html.path_known = false;
}

static void attribute_begin(struct template *t)
{
	struct element *e = element_top(t);
	size_t from = t->at;
	while (is_name(peek(t, 0)) || peek(t, 0) == '-' || peek(t, 0) == ':')
		t->at++;
	str name = str_until(str_from(t->text, from), t->at - from);
	attribute_check(t, e, name);
	struct attribute *a = list_add(t->arena, &e->attributes, struct attribute);
	*a = (struct attribute){ .name = name };
	emit_constant(t, S(" "));
	emit_constant(t, name);
	if (peek(t, 0) != '=')
		return;
	next(t);
	if (peek(t, 0) != '"')
		fail(t, t->line, "the value of " S_FMT " stands in double quotes", S_ARG(name));
	next(t);
	emit_constant(t, S("=\""));
	t->html.place = IN_VALUE;
	t->html.url = URL_EMPTY;
	t->html.url_is = attribute_is_url(name);
	t->html.people = attribute_is_for_people(name);
	t->html.path_known = str_eq(name, S("href")) && str_eq(e->name, S("a"));
	t->html.value_from = t->at;
	buffer_clear(&t->html.path);
}

static void tag_step(struct template *t)
{
	if (is_white(peek(t, 0)))
		skip_space(t);
	else if (peek(t, 0) == '>') {
		next(t);
		tag_finish(t, false);
	} else if (peek(t, 0) == '/' && peek(t, 1) == '>' && element_top(t)->flags & (VOID | SVG)) {
		t->at += 2;
		tag_finish(t, true);
	} else if (is_name_start(peek(t, 0)))
		attribute_begin(t);
	else
		fail(t, t->line, "expected an attribute or '>' in <" S_FMT ">", S_ARG(element_top(t)->name));
}

static void url_step(struct template *t)
{
	static const char *const starts[] = { "/", "?", "#", "https://", "mailto:", "tel:" };
	int c = peek(t, 0);
	if (t->html.url == URL_WHOLE)
		fail(t, t->line, "a URL is one value, or begins with its fixed part: \"/people/{id}\"");
	if (t->html.url == URL_EMPTY) {
		bool fine = false;
		for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
			fine |= str_starts(str_from(t->text, t->at), str_of(starts[i]));
		if (!fine)
			fail(t, t->line, "a URL begins with /, ?, #, https://, mailto: or tel:");
	}
	t->html.url = URL_BEGUN;
	if (c == '?' || c == '#')
		path_finish(t);
	else
		buffer_add_char(&t->html.path, (char)c);
}

static void value_step(struct template *t)
{
	int c = peek(t, 0);
	if (c == '"') {
		struct element *e = element_top(t);
		struct attribute *a = list_item(e->attributes, struct attribute, e->attributes.count - 1);
		a->value = str_until(str_from(t->text, t->html.value_from), t->at - t->html.value_from);
		path_finish(t);
		t->html.place = IN_TAG;
		emit_next(t);
		return;
	}
	if (c == '<' || c == '>')
		fail(t, t->line, "'%c' in an attribute: is a closing quote missing?", c);
	if (t->html.url_is)
		url_step(t);
	if (is_white(c)) {
		skip_space(t);
		emit_constant(t, S(" "));
	} else if (!entity_step(t)) {
		if (t->html.people)
			text_step(t);
		else
			emit_next(t);
	}
}

void html_step(struct template *t)
{
	int c = peek(t, 0);
	if (t->html.place == IN_TAG) {
		tag_step(t);
	} else if (t->html.place == IN_VALUE) {
		value_step(t);
	} else if (c == '<') {
		less_than_step(t);
	} else if (is_white(c) && !top_has(t, EXACT)) {
		t->html.space = c == '\n' || t->html.space == '\n' ? '\n' : ' ';
		next(t);
	} else {
		if (top_has(t, TABLE) || (element_top(t) && str_eq(element_top(t)->name, S("script"))))
			fail(t, t->line, "no text directly in <" S_FMT ">", S_ARG(element_top(t)->name));
		html_space(t);
		t->html.settled = false;
		if (!entity_step(t))
			text_step(t);
	}
}

void html_brace(struct template *t)
{
	if (t->html.place == IN_TAG || (t->html.place == IN_VALUE && t->html.url_is))
		fail(t, t->line, "a brace cannot stand here");
	html_space(t);
	t->html.settled = false;
	emit_constant(t, S("{"));
}

void html_value(struct template *t, int line, str expression)
{
	struct element *top = element_top(t);
	if (t->html.place == IN_TAG)
		fail(t, line, "a value stands between the quotes of an attribute, not loose in <" S_FMT ">", S_ARG(top->name));
	if (t->html.place == IN_VALUE && t->html.url == URL_WHOLE)
		fail(t, line, "a URL is one value, or begins with its fixed part: \"/people/{id}\"");
	if (t->html.place == IN_TEXT) {
		if (top_has(t, TABLE) || (top && str_eq(top->name, S("script"))))
			fail(t, line, "no value directly in <" S_FMT ">", S_ARG(top->name));
		html_space(t);
		t->html.settled = false;
	}
	emit_value(t, line, expression);
	if (t->html.place != IN_VALUE || !t->html.url_is)
		return;
	if (t->html.url == URL_EMPTY) {
		t->html.url = URL_WHOLE;
		t->html.path_known = false;
	} else if (t->html.path_known) {
		buffer_add(&t->html.path, S("{}"));
	}
}

void text_check(struct template *t, int line)
{
	if (t->html.place != IN_TEXT || t->in_title || top_has(t, WORDS))
		fail(t, line, "this makes HTML and cannot stand here");
	html_space(t);
	t->html.settled = true;
}

void html_end(struct template *t)
{
	const struct element *top = element_top(t);
	if (top)
		fail(t, top->line, "<" S_FMT "> is not closed", S_ARG(top->name));
	labels_check(t);
}

/* ---- branches ---- */

struct branch branch_begin(struct template *t)
{
	struct html *h = &t->html;
	struct branch b = { .place = h->place, .depth = h->depth, .floor = h->floor, .url = h->url, .attributes = h->depth ? element_top(t)->attributes.count : 0 };
	if (h->place == IN_TEXT)
		html_space(t);
	if (h->place == IN_VALUE)
		h->path_known = false;                 /* which path it becomes is known only when it is written */
	h->floor = h->depth;
	h->settled = false;
	return b;
}

void branch_end(struct template *t, struct branch *b, enum url *left, bool first)
{
	struct html *h = &t->html;
	if (h->place != b->place || h->depth != b->depth) {
		const struct element *top = element_top(t);
		fail(t, h->depth > b->depth ? top->line : t->line, h->depth > b->depth ? "<" S_FMT "> is opened in this block and not closed in it"
			: "this block ends inside a tag or attribute of <" S_FMT ">", S_ARG(top ? top->name : S("")));
	}
	if (h->place == IN_TEXT)
		html_space(t);
	if (h->place == IN_VALUE && !first && *left != h->url)
		fail(t, t->line, "the branches leave this URL in different states");
	*left = h->url;
	h->url = b->url;
	h->settled = false;
	if (h->place == IN_TAG)
		for (size_t i = b->attributes; i < element_top(t)->attributes.count; i++)
			list_item(element_top(t)->attributes, struct attribute, i)->elsewhere = true;
}

void branches_end(struct template *t, const struct branch *b, enum url left, bool complete)
{
	struct html *h = &t->html;
	if (h->place == IN_VALUE && h->url_is && !complete && left != b->url)
		fail(t, t->line, "this URL needs an {else}");
	h->url = left;
	h->floor = b->floor;
	if (h->place == IN_TAG)
		for (size_t i = b->attributes; i < element_top(t)->attributes.count; i++)
			list_item(element_top(t)->attributes, struct attribute, i)->elsewhere = false;
}
