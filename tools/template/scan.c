/* scan.c - the characters of a template, and the words and signs between its braces. */
#include "template.h"
#include "tool.h"
#include <string.h>

_Noreturn void fail(struct template *t, int line, const char *format, ...)
{
	buffer_clear(t->why);
	buffer_add_format(t->why, "%s:%d: error: ", t->file, line);
	va_list values;
	va_start(values, format);
	buffer_add(t->why, text_vformat(t->arena, format, values));
	va_end(values);
	longjmp(t->failed, 1);
}

int peek(const struct template *t, size_t ahead)
{
	return t->at + ahead < t->text.len ? (unsigned char)t->text.at[t->at + ahead] : -1;
}

int next(struct template *t)
{
	int c = peek(t, 0);
	if (c >= 0)
		t->at++;
	if (c == '\n')
		t->line++;
	return c;
}

static bool is_space(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_name_start(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name(int c)
{
	return is_name_start(c) || (c >= '0' && c <= '9');
}

void skip_space(struct template *t)
{
	while (is_space(peek(t, 0)))
		next(t);
}

static bool follows(const struct template *t, const char *text)
{
	size_t len = strlen(text);
	return t->text.len - t->at >= len && !memcmp(t->text.at + t->at, text, len);
}

bool take(struct template *t, const char *symbol)
{
	skip_space(t);
	if (!follows(t, symbol))
		return false;
	t->at += strlen(symbol);
	return true;
}

bool take_word(struct template *t, const char *word)
{
	skip_space(t);
	int after = peek(t, strlen(word));
	if (!follows(t, word) || is_name(after) || after == '.' || after == '-' || after == '|')
		return false;
	t->at += strlen(word);
	return true;
}

bool at_end_of_directive(struct template *t)
{
	skip_space(t);
	return peek(t, 0) == '}';
}

void expect(struct template *t, const char *symbol)
{
	if (take(t, symbol))
		return;
	str rest = str_until(str_from(t->text, t->at), 20);
	str_cut(rest, '\n', &rest, &(str){ 0 });
	fail(t, t->line, "expected '%s' before \"" S_FMT "\"", symbol, S_ARG(rest));
}

static str take_run(struct template *t, const char *what, const char *also)
{
	skip_space(t);
	size_t from = t->at;
	if (is_name_start(peek(t, 0)))
		while (is_name(peek(t, 0)) || (peek(t, 0) > 0 && strchr(also, peek(t, 0))))
			t->at++;
	if (t->at == from)
		fail(t, t->line, "expected %s", what);
	return str_until(str_from(t->text, from), t->at - from);
}

str take_name(struct template *t, const char *what)
{
	return take_run(t, what, "");
}

str take_key(struct template *t, const char *what)
{
	return take_run(t, what, "-.");
}

str take_string(struct template *t)
{
	int line = t->line;
	expect(t, "\"");
	struct buffer b = { 0 };
	for (int c; (c = next(t)) != '"'; ) {
		if (c < 0 || c == '\n') {
			buffer_done(&b);
			fail(t, line, "a text without its closing quote");
		}
		if (c == '\\' && (peek(t, 0) == '"' || peek(t, 0) == '\\'))
			c = next(t);
		buffer_add_char(&b, (char)c);
	}
	str s = text_copy(t->arena, buffer_text(&b));
	buffer_done(&b);
	return s;
}

str c_name_of(struct template *t, str key)
{
	char *name = arena_take(t->arena, key.len + 1);
	for (size_t i = 0; i < key.len; i++)
		name[i] = key.at[i] == '-' || key.at[i] == '.' ? '_' : key.at[i];
	return (str){ name, key.len };
}

str c_literal(struct template *t, str s)
{
	struct buffer b = { 0 };
	buffer_add(&b, S("S("));
	tool_c_text(&b, s);
	buffer_add(&b, S(")"));
	str literal = text_copy(t->arena, buffer_text(&b));
	buffer_done(&b);
	return literal;
}
