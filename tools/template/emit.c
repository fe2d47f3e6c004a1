/* emit.c - C, each statement at the template's own line. */
#include "template.h"
#include "tool.h"

/* One line of C for each line of the template, so that the compiler's messages and the debugger point at the template. */
static void statement(struct template *t, int line, str c)
{
	if (t->c_line != line) {
		buffer_add_char(t->out, '\n');
		if (line != t->c_line + 1) {
			buffer_add_format(t->out, "#line %d ", line);
			tool_c_text(t->out, str_of(t->file));
			buffer_add_char(t->out, '\n');
		}
		for (size_t i = 0; i <= t->blocks; i++)
			buffer_add_char(t->out, '\t');
	} else {
		buffer_add_char(t->out, ' ');
	}
	buffer_add(t->out, c);
	t->c_line = line;
}

void emit(struct template *t, int line, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	str c = text_vformat(t->arena, format, values);
	va_end(values);
	emit_constant_done(t);
	statement(t, line, c);
}

void emit_constant(struct template *t, str html)
{
	if (!t->constant.len)
		t->constant_line = t->line;
	buffer_add(&t->constant, html);
}

void emit_constant_done(struct template *t)
{
	if (!t->constant.len)
		return;
	str html = text_copy(t->arena, buffer_text(&t->constant));
	buffer_clear(&t->constant);
	str literal = c_literal(t, html);
	emit(t, t->constant_line, "view_raw(v, " S_FMT ");", S_ARG(literal));
}

/* The one place where it is decided how a value is escaped. */
void emit_value(struct template *t, int line, str expression)
{
	const struct element *top = element_top(t);
	const char *writer = "view_write(v, " S_FMT ");";
	if (t->in_title)
		writer = "view_raw(v, view_string(v, " S_FMT "));";              /* plain: the layout escapes the title */
	else if (t->html.place == IN_VALUE && t->html.url_is)
		writer = t->html.url == URL_EMPTY ? "view_link(v, " S_FMT ");" : "view_segment(v, " S_FMT ");";
	else if ((t->html.place == IN_VALUE && t->html.people) || (t->html.place == IN_TEXT && top && top->flags & WORDS))
		writer = "view_text(v, view_string(v, " S_FMT "));";             /* text for people where no <time> can stand */
	else if (t->html.place == IN_VALUE)
		writer = "view_attribute(v, " S_FMT ");";
	emit_constant_done(t);
	statement(t, line, text_format(t->arena, writer, S_ARG(expression)));
}

void emit_need(struct template *t, int line, const char *kind, str text, str operation)
{
	buffer_add_format(&t->after, "VIEW_NEED(" S_FMT "_need_%d, %s, ", S_ARG(t->function), ++t->needs, kind);
	tool_c_text(&t->after, text);
	buffer_add(&t->after, S(", "));
	if (operation.len)
		tool_c_text(&t->after, operation);
	else
		buffer_add(&t->after, S("NULL"));
	buffer_add(&t->after, S(", "));
	tool_c_text(&t->after, str_of(t->file));
	buffer_add_format(&t->after, ", %d);\n", line);
}
