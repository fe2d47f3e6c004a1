/* form.c - {form}, {input}, {submit} and {errors}. */
#include "template.h"

/* key=value pairs of an operation up to another word of {form}; as what C gives to the opening. */
static str take_keys(struct template *t, int line, str form)
{
	str keys = S("");
	size_t count = 0;
	for (; !at_end_of_directive(t); count++) {
		size_t at = t->at;
		if (take_word(t, "from") || take_word(t, "as") || take_word(t, "live") || take_word(t, "if")) {
			t->at = at;
			break;
		}
		str name = take_name(t, "key=value");
		expect(t, "=");
		str value = take_item(t);
		emit_need(t, line, "NEED_FIELD", name, form);
		keys = text_format(t->arena, S_FMT "{ S(\"" S_FMT "\"), view_plain(v, " S_FMT ") }, ", S_ARG(keys), S_ARG(name), S_ARG(value));
	}
	return !count ? S(".keys = NULL, .count = 0")
		: text_format(t->arena, ".keys = (const struct given[]){ " S_FMT "}, .count = %zu", S_ARG(keys), count);
}

/* The operation and its keys: {form ambition_change id=form.id if form.id else ambition_add …} is one form for both. */
static str take_operation(struct template *t, int line, str *form)
{
	*form = take_name(t, "the name of an operation");
	emit_need(t, line, "NEED_OPERATION", *form, (str){ 0 });
	str keys = take_keys(t, line, *form);
	return text_format(t->arena, ".operation = S(\"" S_FMT "\"), " S_FMT, S_ARG(*form), S_ARG(keys));
}

/* Where the form finds what stands in its fields: a member, one of an {each}, or `it`, the record itself. */
static str take_source(struct template *t)
{
	if (!take_word(t, "from"))
		return S("{ 0 }");
	str path = take_path(t), first, rest;
	str_cut(path, '.', &first, &rest);
	const struct loop *l = loop_find(t, first);
	if (l && l->plain)
		fail(t, t->line, "'" S_FMT "' has no members for the fields", S_ARG(first));
	bool is_it = str_eq(first, S("it"));
	str record = l ? l->type : t->record;
	str base = l ? text_format(t->arena, S_FMT "_", S_ARG(first)) : S("it_");
	if (!l && !is_it)
		rest = path;
	if (!rest.len)
		return text_format(t->arena, "{ &" S_FMT "_record, " S_FMT " }", S_ARG(record), S_ARG(base));
	return text_format(t->arena, "view_source_of(&" S_FMT "_record, " S_FMT ", S(\"" S_FMT "\"))", S_ARG(record), S_ARG(base), S_ARG(rest));
}

/* {form rating_add person=person.id from last}; behind it `as CLASS` and `live ID`. */
static void form_block(struct template *t, int line)
{
	if (t->form.len)
		fail(t, line, "a form in a form");
	const struct element *top = element_top(t);
	if (top && top->flags & TABLE)
		fail(t, line, "a form cannot stand directly in <" S_FMT ">", S_ARG(top->name));
	for (size_t i = 0; i < t->html.depth; i++)
		if (str_eq(t->html.open[i].name, S("p")))
			fail(t, line, "a form cannot stand in a <p>: browsers end it there");
	text_check(t, line);
	t->form_sends_file = false;
	str opening = take_operation(t, line, &t->form), condition = { 0 }, otherwise = { 0 };
	t->form_else = (str){ 0 };
	if (take_word(t, "if")) {
		condition = take_condition(t);
		expect(t, "else");
		otherwise = take_operation(t, line, &t->form_else);
	}
	str source = take_source(t), style = { 0 }, live = { 0 };
	if (take_word(t, "as"))
		style = take_key(t, "a class of lib/style, or plain");
	if (take_word(t, "live"))
		live = take_key(t, "the id of what is replaced");
	expect(t, "}");
	emit_constant_done(t);

	struct buffer *outer = t->out;
	int outer_line = t->c_line;
	struct branch b = branch_begin(t);
	enum url left;
	t->out = &t->form_buffer;
	t->c_line = NO_LINE;
	t->html.settled = true;
	enum block_end end = block(t);
	if (end != ENDED)
		fail(t, line, "{form} without its {end}");
	branch_end(t, &b, &left, true);
	branches_end(t, &b, left, true);
	emit_constant_done(t);
	int inner_line = t->c_line;
	t->out = outer;
	t->c_line = outer_line;
	str rest = text_format(t->arena, ", .from = " S_FMT ", .sends_file = %s, .style = S(\"" S_FMT "\"), .live = S(\"" S_FMT "\")",
		S_ARG(source), t->form_sends_file ? "true" : "false", S_ARG(style), S_ARG(live));
	opening = text_format(t->arena, "&(struct view_opening){ " S_FMT S_FMT " }", S_ARG(opening), S_ARG(rest));
	if (t->form_else.len)
		opening = text_format(t->arena, "(" S_FMT ") ? " S_FMT " : &(struct view_opening){ " S_FMT S_FMT " }", S_ARG(condition), S_ARG(opening), S_ARG(otherwise), S_ARG(rest));
	emit(t, line, "view_form_begin(v, " S_FMT ");", S_ARG(opening));
	buffer_add(t->out, buffer_text(&t->form_buffer));
	buffer_done(&t->form_buffer);
	t->c_line = inner_line;
	emit(t, t->line, "view_form_end(v);");
	t->html.settled = true;
	t->form = t->form_else = (str){ 0 };
}

/* {… from skills of skill value=id label=name}: the records become options; `none=key` adds a first one without value. */
static str take_options(struct template *t, int line)
{
	str path = take_path(t), from = path_value(t, path);
	if (!take_word(t, "of"))
		fail(t, line, "write {input FIELD from LIST of RECORD value=MEMBER label=MEMBER}");
	str type = take_name(t, "the record that the list holds"), value = { 0 }, label = { 0 }, none = { 0 };
	for (;;) {
		if (take(t, "value="))
			value = take_path(t);
		else if (take(t, "label="))
			label = take_path(t);
		else if (take(t, "none="))
			none = c_name_of(t, take_key(t, "the key of a word"));
		else
			break;
	}
	if (!value.len || !label.len)
		fail(t, line, "options need value=MEMBER and label=MEMBER");
	emit(t, line, "list options_ = { 0 };");
	if (none.len)
		emit(t, line, "*list_add(v->c->arena, &options_, struct view_option) = (struct view_option){ S(\"\"), W(" S_FMT ")->text[v->language] };", S_ARG(none));
	emit(t, line, "for (each(const struct " S_FMT ", option_, " S_FMT ")) {", S_ARG(type), S_ARG(from));
	emit(t, line, "*list_add(v->c->arena, &options_, struct view_option) = (struct view_option){ view_plain(v, option_->" S_FMT "), view_string(v, option_->" S_FMT ") }; }",
		S_ARG(value), S_ARG(label));
	return S(", .options = &options_");
}

static str take_input_option(struct template *t, str name)
{
	static const char *const texts[] = { "type", "autocomplete", "inputmode", "accept" };
	static const char *const words[] = { "label", "hint" };
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_eq(name, str_of(words[i]))) {
			str key = c_name_of(t, take_key(t, "the key of a word"));
			return text_format(t->arena, ", .%s = W(" S_FMT ")", words[i], S_ARG(key));
		}
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (str_eq(name, str_of(texts[i]))) {
			skip_space(t);
			str text = peek(t, 0) == '"' ? take_string(t) : take_key(t, "a name or a text in quotes"), literal = c_literal(t, text);
			if (i == 0 && str_eq(text, S("file")))
				t->form_sends_file = true;
			return text_format(t->arena, ", .%s = " S_FMT, texts[i], S_ARG(literal));
		}
	str item = take_item(t);
	if (str_eq(name, S("value")))
		return text_format(t->arena, ", .value = view_plain(v, " S_FMT ")", S_ARG(item));
	if (str_eq(name, S("rows")))
		return text_format(t->arena, ", .rows = (int)(" S_FMT ")", S_ARG(item));
	if (str_eq(name, S("width")))
		return text_format(t->arena, ", .width = (int)(" S_FMT ")", S_ARG(item));
	fail(t, t->line, "an input has no " S_FMT "=; it has label, hint, value, type, autocomplete, inputmode, accept, rows, width", S_ARG(name));
}

static str take_input_flag(struct template *t)
{
	static const char *const flags[] = { "radios", "select", "suggest", "grow", "submits" };
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if (take_word(t, flags[i]))
			return text_format(t->arena, ", .%s = true", flags[i]);
	return (str){ 0 };
}

/* {input level}, {input leader_id from people of person value=id label=name}. */
static void input_directive(struct template *t, int line)
{
	str name = take_name(t, "a field of the operation's input"), options = S("");
	if (!t->form.len)
		fail(t, line, "{input} outside a {form}");
	text_check(t, line);
	emit_need(t, line, "NEED_FIELD", name, t->form);
	if (t->form_else.len)
		emit_need(t, line, "NEED_FIELD", name, t->form_else);
	emit(t, line, "{");
	while (!at_end_of_directive(t)) {
		str more = take_word(t, "from") ? take_options(t, line) : take_input_flag(t);
		if (!more.len) {
			str option = take_name(t, "an option of the input");
			expect(t, "=");
			more = take_input_option(t, option);
		}
		options = text_format(t->arena, S_FMT S_FMT, S_ARG(options), S_ARG(more));
	}
	expect(t, "}");
	emit(t, line, "view_input(v, &(struct view_input){ .name = S(\"" S_FMT "\")" S_FMT " });", S_ARG(name), S_ARG(options));
	emit(t, line, "}");
}

/* {submit save}, {submit remove danger}, {submit choose second}, {submit (person.name) quiet}, {submit next quiet go="forward"}. */
static void submit_directive(struct template *t, int line)
{
	str text, style = S("main"), name = { 0 }, value = S("(str){ 0 }");
	if (take(t, "(")) {
		str inside = take_value(t);
		expect(t, ")");
		text = text_format(t->arena, "view_string(v, " S_FMT ")", S_ARG(inside));
	} else {
		str key = c_name_of(t, take_key(t, "the key of a word, or a value in parentheses"));
		text = text_format(t->arena, "W(" S_FMT ")->text[v->language]", S_ARG(key));
	}
	if (!t->form.len)
		fail(t, line, "{submit} outside a {form}");
	text_check(t, line);
	if (take_word(t, "quiet"))
		style = S("quiet");
	else if (take_word(t, "danger"))
		style = S("danger");
	else if (take_word(t, "second"))
		style = S("second");
	if (!at_end_of_directive(t)) {
		name = take_name(t, "quiet, danger, second or FIELD=value");
		expect(t, "=");
		str item = take_item(t);
		value = text_format(t->arena, "view_plain(v, " S_FMT ")", S_ARG(item));
		emit_need(t, line, "NEED_FIELD", name, t->form);
	}
	expect(t, "}");
	emit(t, line, "view_submit(v, " S_FMT ", S(\"" S_FMT "\"), S(\"" S_FMT "\"), " S_FMT ");", S_ARG(text), S_ARG(style), S_ARG(name), S_ARG(value));
}

bool form_directive(struct template *t, int line)
{
	if (take_word(t, "form"))
		form_block(t, line);
	else if (take_word(t, "input"))
		input_directive(t, line);
	else if (take_word(t, "submit"))
		submit_directive(t, line);
	else if (take_word(t, "errors")) {
		expect(t, "}");
		text_check(t, line);
		emit(t, line, "view_errors(v);");
	} else
		return false;
	return true;
}
