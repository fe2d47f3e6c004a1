/* directive.c - what stands between braces, except forms: values, words, conditions, repetition, parts. */
#include "template.h"
#include <string.h>

static void value_directive(struct template *t, int line)
{
	str value = take_value(t);
	expect(t, "}");
	html_value(t, line, value);
}

/* {page results} or {part person_card of person}: the first thing in a file. */
static void begin_directive(struct template *t, bool part, int line)
{
	if (t->begun)
		fail(t, line, "{page …} or {part …} stands once, at the start");
	str name = take_name(t, part ? "the name of the part" : "the record this page shows"), record = name;
	if (part) {
		if (!take_word(t, "of"))
			fail(t, line, "write {part " S_FMT " of RECORD}", S_ARG(name));
		record = take_name(t, "the record this part shows");
		t->function = text_format(t->arena, S_FMT "_part", S_ARG(name));
	}
	expect(t, "}");
	t->begun = true;
	t->part = part;
	t->layout = !part && str_eq(t->function, S("layout_html"));
	t->record = record;
	t->html.settled = true;
	if (part) {
		buffer_add_format(t->out, "__attribute__((unused)) static void " S_FMT "(struct view *v, const struct " S_FMT " *it_)\n{\n",
			S_ARG(t->function), S_ARG(record));
	} else {
		buffer_add_format(t->out, "static void " S_FMT "(struct view *v, const void *record_)\n{\n", S_ARG(t->function));
		buffer_add_format(t->out, "\tconst struct " S_FMT " *it_ = record_;\n", S_ARG(record));
	}
	buffer_add(t->out, S("\t(void)v;\n\t(void)it_;"));
}

static void expect_end(struct template *t, enum block_end end, int line, const char *what)
{
	if (end == FILE_ENDED)
		fail(t, line, "{%s} without its {end}", what);
	if (end != ENDED)
		fail(t, t->line, "{else} does not belong in the {%s} of line %d", what, line);
}

/* {title} and its like: what the layout puts elsewhere. A title is plain text, which the layout escapes; the others are HTML. */
static const char *const sections[] = { "title", "lead", "crumbs", "actions" };

static void section_directive(struct template *t, const char *name, int line)
{
	if (t->in_section || t->html.depth || t->blocks || t->html.place != IN_TEXT)
		fail(t, line, "{%s} stands by itself, outside elements and blocks", name);
	t->in_section = true;
	t->in_title = !strcmp(name, "title");
	t->html.space = 0;
	t->html.settled = true;
	emit(t, line, "{ struct buffer *body_ = v->out; v->out = &v->%s;", name);
	expect_end(t, block(t), line, name);
	if (t->html.depth)
		fail(t, element_top(t)->line, "<" S_FMT "> is opened in this block and not closed in it", S_ARG(element_top(t)->name));
	emit(t, t->line, "v->out = body_; }");
	t->html.space = 0;
	t->html.settled = true;
	t->in_section = t->in_title = false;
}

/* Not in the layout or a part, where the same names are members. */
static const char *take_section(struct template *t)
{
	for (size_t i = 0; i < sizeof sections / sizeof sections[0] && !t->layout && !t->part; i++) {
		size_t at = t->at;
		if (take_word(t, sections[i]) && peek(t, 0) == '}') {
			t->at++;
			return sections[i];
		}
		t->at = at;
	}
	return NULL;
}

/* One body between braces of C. */
static enum block_end branch_body(struct template *t, struct branch *b, enum url *left, bool first)
{
	if (++t->blocks > BLOCKS_MAX)
		fail(t, t->line, "more than %d blocks in one another", BLOCKS_MAX);
	enum block_end end = block(t);
	branch_end(t, b, left, first);
	emit_constant_done(t);
	t->blocks--;
	return end;
}

static void if_directive(struct template *t, int line)
{
	str condition = take_condition(t);
	expect(t, "}");
	struct branch b = branch_begin(t);
	enum url left = b.url;
	emit(t, line, "if (" S_FMT ") {", S_ARG(condition));
	enum block_end end = branch_body(t, &b, &left, true);
	while (end == ELSE_IF) {
		t->parts = 0;
		condition = take_condition(t);
		expect(t, "}");
		emit(t, t->line, "} else if (" S_FMT ") {", S_ARG(condition));
		end = branch_body(t, &b, &left, false);
	}
	bool complete = end == ELSE;
	if (complete) {
		emit(t, t->line, "} else {");
		end = branch_body(t, &b, &left, false);
	}
	expect_end(t, end, line, "if");
	emit(t, t->line, "}");
	branches_end(t, &b, left, complete);
}

static bool is_plain_type(str type)
{
	static const char *const types[] = { "str", "date", "instant", "money", "int64_t", "double", "bool", "safe_html" };
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (str_eq(type, str_of(types[i])))
			return true;
	return false;
}

/* {each groups as g of result}: `of` says what the list holds, because C cannot know. */
static void each_directive(struct template *t, int line)
{
	str path = take_path(t);
	if (!take_word(t, "as"))
		fail(t, line, "write {each LIST as NAME of RECORD}");
	str name = take_name(t, "a name for one of them");
	if (!take_word(t, "of"))
		fail(t, line, "write {each LIST as NAME of RECORD}");
	str type = take_name(t, "the record that the list holds");
	expect(t, "}");
	if (loop_find(t, name) || str_eq(name, S("it")) || str_eq(name, S("page")) || str_eq(name, S("record")) || str_eq(name, S("body")))
		fail(t, line, "'" S_FMT "' is taken already", S_ARG(name));
	if (t->loop_count == LOOPS_MAX)
		fail(t, line, "more than %d {each} in one another", LOOPS_MAX);
	str from = path_value(t, path);
	bool plain = is_plain_type(type);
	struct branch b = branch_begin(t);
	enum url left = b.url;
	emit(t, line, "{");
	emit(t, line, "const list " S_FMT "_list = " S_FMT ";", S_ARG(name), S_ARG(from));
	emit(t, line, "const %s" S_FMT " *" S_FMT "_ = " S_FMT "_list.at;", plain ? "" : "struct ", S_ARG(type), S_ARG(name), S_ARG(name));
	emit(t, line, "for (size_t " S_FMT "_at = 0; " S_FMT "_at < " S_FMT "_list.count; " S_FMT "_at++, " S_FMT "_++) {",
		S_ARG(name), S_ARG(name), S_ARG(name), S_ARG(name), S_ARG(name));
	t->loops[t->loop_count++] = (struct loop){ name, type, plain };
	enum block_end end = branch_body(t, &b, &left, true);
	t->loop_count--;
	emit(t, t->line, "}");
	if (end == ELSE) {
		emit(t, t->line, "if (!" S_FMT "_list.count) {", S_ARG(name));
		end = branch_body(t, &b, &left, false);
		emit(t, t->line, "}");
	}
	expect_end(t, end, line, "each");
	emit(t, t->line, "}");
	branches_end(t, &b, left, false);
}

/* {use person_card p}: a part, whose header is included before. */
static void use_directive(struct template *t, int line)
{
	str name = take_name(t, "the name of a part");
	str path = take_path(t);
	str of = path_address(t, path);
	expect(t, "}");
	text_check(t, line);
	emit(t, line, S_FMT "_part(v, " S_FMT ");", S_ARG(name), S_ARG(of));
}

/* {draw chart a b}: C that writes HTML by itself. */
static void draw_directive(struct template *t, int line)
{
	str call = take_name(t, "the name of a function");
	call = text_format(t->arena, S_FMT "(v", S_ARG(call));
	while (!at_end_of_directive(t)) {
		str item = take_item(t);
		call = text_format(t->arena, S_FMT ", " S_FMT, S_ARG(call), S_ARG(item));
	}
	expect(t, "}");
	text_check(t, line);
	emit(t, line, S_FMT ");", S_ARG(call));
}

static enum block_end else_or_end(struct template *t, bool is_end)
{
	if (!is_end && take_word(t, "if"))
		return ELSE_IF;
	expect(t, "}");
	return is_end ? ENDED : ELSE;
}

static void directive(struct template *t, int line)
{
	const char *section;
	t->parts = 0;
	if (take_word(t, "page"))
		begin_directive(t, false, line);
	else if (take_word(t, "part"))
		begin_directive(t, true, line);
	else if (!t->begun)
		fail(t, line, "a template begins with {page RECORD} or {part NAME of RECORD}");
	else if ((section = take_section(t)))
		section_directive(t, section, line);
	else if (take_word(t, "if"))
		if_directive(t, line);
	else if (take_word(t, "each"))
		each_directive(t, line);
	else if (take_word(t, "use"))
		use_directive(t, line);
	else if (take_word(t, "draw"))
		draw_directive(t, line);
	else if (take_word(t, "raw"))
		fail(t, line, "there is no {raw}: only a member of type safe_html is written as it is");
	else if (!form_directive(t, line))
		value_directive(t, line);
}

enum block_end block(struct template *t)
{
	for (;;) {
		int line = t->line;
		if (peek(t, 0) < 0)
			return FILE_ENDED;
		if (peek(t, 0) != '{') {
			if (!t->begun && peek(t, 0) > ' ')
				fail(t, line, "a template begins with {page RECORD} or {part NAME of RECORD}");
			if (t->begun)
				html_step(t);
			else
				next(t);
			continue;
		}
		next(t);
		if (peek(t, 0) == '{') {
			next(t);
			html_brace(t);
			continue;
		}
		if (t->begun && take_word(t, "end"))
			return else_or_end(t, true);
		if (t->begun && take_word(t, "else"))
			return else_or_end(t, false);
		directive(t, line);
	}
}
