/* value.c - from paths, filters and conditions to C expressions. */
#include "template.h"
#include "tool.h"
#include <string.h>

const struct loop *loop_find(const struct template *t, str name)
{
	for (size_t i = t->loop_count; i; i--)
		if (str_eq(t->loops[i - 1].name, name))
			return &t->loops[i - 1];
	return NULL;
}

str take_path(struct template *t)
{
	skip_space(t);
	size_t from = t->at;
	take_name(t, "a value");
	for (;;) {
		if (peek(t, 0) == '.' && is_name_start(peek(t, 1)))
			t->at++;
		else if (peek(t, 0) == '-' && peek(t, 1) == '>' && is_name_start(peek(t, 2)))
			t->at += 2;
		else
			break;
		take_name(t, "a member");
	}
	return str_until(str_from(t->text, from), t->at - from);
}

/* The first name of a path, and what follows it including its point. */
static str path_first(str path, str *rest)
{
	size_t n = 0;
	while (n < path.len && is_name((unsigned char)path.at[n]))
		n++;
	*rest = str_from(path, n);
	return str_until(path, n);
}

str path_value(struct template *t, str path)
{
	str rest, first = path_first(path, &rest);
	const struct loop *l = loop_find(t, first);
	bool is_it = str_eq(first, S("it")), is_page = str_eq(first, S("page"));
	if (is_page && !rest.len)
		fail(t, t->line, "'page' has members: page.path, page.today, page.language");
	if (!l && !is_it && !is_page)
		return text_format(t->arena, "it_->" S_FMT, S_ARG(path));
	if (l && l->plain && rest.len)
		fail(t, t->line, "'" S_FMT "' is of " S_FMT " and has no members", S_ARG(first), S_ARG(l->type));
	str base = l ? text_format(t->arena, l->plain ? "(*" S_FMT "_)" : S_FMT "_", S_ARG(first)) : is_page ? S("v") : S("it_");
	if (!rest.len)
		return base;
	if (rest.at[0] == '.')
		rest = str_from(rest, 1);
	else
		fail(t, t->line, "write '.' behind '" S_FMT "'", S_ARG(first));
	return text_format(t->arena, S_FMT "->" S_FMT, S_ARG(base), S_ARG(rest));
}

str path_address(struct template *t, str path)
{
	str rest, first = path_first(path, &rest);
	const struct loop *l = loop_find(t, first);
	str value = path_value(t, path);
	bool is_pointer = !rest.len && (str_eq(first, S("it")) || (l && !l->plain));
	return is_pointer ? value : text_format(t->arena, "&" S_FMT, S_ARG(value));
}

/* A directive has at most so many parts: keeps the compiler's own stack and its lines of C short. */
static void nest(struct template *t)
{
	if (++t->parts > PARTS_MAX)
		fail(t, t->line, "too much for one directive; let C compute it");
}

static bool at_number(struct template *t)
{
	skip_space(t);
	int c = peek(t, 0);
	return (c >= '0' && c <= '9') || (c == '-' && peek(t, 1) >= '0' && peek(t, 1) <= '9');
}

static str take_number(struct template *t)
{
	size_t from = t->at;
	bool point = false;
	t->at++;
	for (;; t->at++) {
		int c = peek(t, 0);
		if (c == '.' && !point && peek(t, 1) >= '0' && peek(t, 1) <= '9')
			point = true;
		else if (c < '0' || c > '9')
			break;
	}
	if (t->at - from > 18)
		fail(t, t->line, "this number is too long");
	str number = str_until(str_from(t->text, from), t->at - from);
	if (!point && number.len > 1 && str_starts(number.at[0] == '-' ? str_from(number, 1) : number, S("0")) && !str_eq(number, S("-0")))
		fail(t, t->line, "a number does not begin with 0");         /* it would be octal in C */
	return number;
}

static bool at_item(struct template *t)
{
	skip_space(t);
	int c = peek(t, 0);
	return c == '"' || c == '(' || c == '&' || is_name_start(c) || at_number(t);
}

static str take_said(struct template *t)
{
	str key = c_name_of(t, take_key(t, "the key of a word")), values = S("");
	size_t count = 0;
	for (; at_item(t); count++) {
		str item = take_item(t);
		values = text_format(t->arena, S_FMT "view_string(v, " S_FMT "), ", S_ARG(values), S_ARG(item));
	}
	if (count > 6)
		fail(t, t->line, "a word takes at most six values");
	if (!count)
		return text_format(t->arena, "W(" S_FMT ")->text[v->language]", S_ARG(key));
	return text_format(t->arena, "word_text(v->c->arena, v->language, W(" S_FMT "), (const str[]){ " S_FMT "}, %zu)", S_ARG(key), S_ARG(values), count);
}

static str take_index(struct template *t)
{
	str name = take_name(t, "the name of an {each}");
	if (!loop_find(t, name))
		fail(t, t->line, "there is no {each … as " S_FMT "} around this", S_ARG(name));
	return text_format(t->arena, "(int64_t)(" S_FMT "_at + 1)", S_ARG(name));
}

static str take_first(struct template *t)
{
	nest(t);
	if (take(t, "(")) {
		str inside = take_value(t);
		expect(t, ")");
		return inside;
	}
	if (peek(t, 0) == '"')
		return c_literal(t, take_string(t));
	if (at_number(t))
		return take_number(t);
	if (take_word(t, "t"))
		return take_said(t);
	if (take_word(t, "index"))
		return take_index(t);
	if (take(t, "&"))
		return path_address(t, take_path(t));
	return path_value(t, take_path(t));
}

str take_item(struct template *t)
{
	skip_space(t);
	bool simple = peek(t, 0) != '(';
	str item = take_first(t);
	if (simple && peek(t, 0) == '|')
		fail(t, t->line, "put a value with a filter in parentheses here");
	return item;
}

str take_value(struct template *t)
{
	str value = take_first(t);
	while (take(t, "|")) {
		str filter = take_name(t, "the name of a filter"), more = S("");
		while (at_item(t)) {
			str item = take_first(t);              /* a further filter is for the whole */
			more = text_format(t->arena, S_FMT ", " S_FMT, S_ARG(more), S_ARG(item));
		}
		value = text_format(t->arena, S_FMT "_view(v, " S_FMT S_FMT ")", S_ARG(filter), S_ARG(value), S_ARG(more));
	}
	return value;
}

/* A value of a condition: filters take no values here, so that the words behind it keep their meaning. */
static str take_compared(struct template *t)
{
	str value = take_first(t);
	while (take(t, "|")) {
		str filter = take_name(t, "the name of a filter");
		value = text_format(t->arena, S_FMT "_view(v, " S_FMT ")", S_ARG(filter), S_ARG(value));
	}
	return value;
}

static str take_comparison(struct template *t)
{
	static const char *const signs[][2] = { { "!=", "!=" }, { "<=", "<=" }, { ">=", ">=" }, { "=", "==" }, { "<", "<" }, { ">", ">" } };
	str left = take_compared(t);
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (take(t, signs[i][0])) {
			if (peek(t, 0) == '=')
				fail(t, t->line, "compare with a single '='");
			skip_space(t);
			bool number = at_number(t);
			str right = take_compared(t);
			bool real = number && memchr(right.at, '.', right.len);
			return text_format(t->arena, real ? "view_compare((double)(" S_FMT "), " S_FMT ") %s 0" : "view_compare(" S_FMT ", " S_FMT ") %s 0",
				S_ARG(left), S_ARG(right), signs[i][1]);
		}
	return text_format(t->arena, "view_is(" S_FMT ")", S_ARG(left));
}

static str take_edge(struct template *t, const char *format)
{
	str name = take_name(t, "the name of an {each}");
	if (!loop_find(t, name))
		fail(t, t->line, "there is no {each … as " S_FMT "} around this", S_ARG(name));
	str stem = text_format(t->arena, S_FMT "_", S_ARG(name));
	return text_format(t->arena, format, S_ARG(stem), S_ARG(stem));
}

static bool before_name(struct template *t, const char *word)
{
	size_t at = t->at;
	int line = t->line;
	if (take_word(t, word)) {
		skip_space(t);
		bool name = is_name_start(peek(t, 0)) && !take_word(t, "and") && !take_word(t, "or");
		if (name)
			return true;
	}
	t->at = at;
	t->line = line;
	return false;
}

static str take_term(struct template *t)
{
	nest(t);
	if (take_word(t, "not")) {
		str term = take_term(t);
		return text_format(t->arena, "!(" S_FMT ")", S_ARG(term));
	}
	if (before_name(t, "may")) {
		int line = t->line;
		str right = take_key(t, "the name of a right");
		emit_need(t, line, "NEED_RIGHT", right, (str){ 0 });
		return text_format(t->arena, "v->may(v, S(\"" S_FMT "\"))", S_ARG(right));
	}
	if (before_name(t, "first"))
		return take_edge(t, S_FMT "at == 0 && " S_FMT "list.count");
	if (before_name(t, "last"))
		return take_edge(t, S_FMT "at + 1 == " S_FMT "list.count");
	if (before_name(t, "known")) {
		str value = take_compared(t);
		return text_format(t->arena, "view_known(" S_FMT ")", S_ARG(value));
	}
	if (take(t, "(")) {
		str inside = take_condition(t);
		expect(t, ")");
		return inside;
	}
	return take_comparison(t);
}

static str take_both(struct template *t)
{
	str all = take_term(t);
	while (take_word(t, "and")) {
		str term = take_term(t);
		all = text_format(t->arena, "(" S_FMT ") && (" S_FMT ")", S_ARG(all), S_ARG(term));
	}
	return all;
}

str take_condition(struct template *t)
{
	str any = take_both(t);
	while (take_word(t, "or")) {
		str both = take_both(t);
		any = text_format(t->arena, "(" S_FMT ") || (" S_FMT ")", S_ARG(any), S_ARG(both));
	}
	return any;
}
