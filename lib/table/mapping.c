/* mapping.c - reading the text of a mapping, strictly, with the place of every mistake. */
#include "table/rule.h"
#include <string.h>

enum { MAPPING_BYTES = 64 * 1024, MAPPING_RULES = 200, SHIFT_MOST = 10000 };

enum kind { LINE_END, WORD, TEXT, SIGN, UNCLOSED };        /* SIGN: = + / { } ; -> and anything else, one by one */
struct token { enum kind kind; str text; int64_t line; str before; };   /* `before` it on its line */

struct reader {
	struct ctx *c;
	str name, text;
	size_t at, line_begins;
	int64_t line;
	bool in_table;                     /* line ends mean nothing between braces */
	struct token now;
};

static bool is_word_char(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_' || ch == '.' || (ch & 0x80);
}

static void text_token(struct reader *r)
{
	size_t from = ++r->at;
	bool doubled = false;
	for (; r->at < r->text.len && r->text.at[r->at] != '\n'; r->at++) {
		if (r->text.at[r->at] != '"')
			continue;
		if (r->at + 1 == r->text.len || r->text.at[r->at + 1] != '"')
			break;
		doubled = true;
		r->at++;
	}
	r->now.text = (str){ r->text.at + from, r->at - from };
	r->now.kind = r->at < r->text.len && r->text.at[r->at] == '"' ? TEXT : UNCLOSED;
	r->at += r->now.kind == TEXT;
	if (!doubled)
		return;
	char *once = arena_take(r->c->arena, r->now.text.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < r->now.text.len; i++) {
		once[n++] = r->now.text.at[i];
		i += r->now.text.at[i] == '"';
	}
	r->now.text = (str){ once, n };
}

static void advance(struct reader *r)
{
	const str t = r->text;
	for (; r->at < t.len; r->at++) {
		if (t.at[r->at] == '#') {
			while (r->at + 1 < t.len && t.at[r->at + 1] != '\n')
				r->at++;
		} else if (t.at[r->at] == '\n' && r->in_table) {
			r->line++;
			r->line_begins = r->at + 1;
		} else if (!memchr(" \t\r", t.at[r->at], 3)) {
			break;
		}
	}
	r->now = (struct token){ LINE_END, S(""), r->line, str_from(str_until(t, r->at), r->line_begins) };
	if (r->at == t.len)
		return;
	size_t from = r->at;
	if (t.at[r->at] == '\n') {
		r->at++;
		r->line++;
		r->line_begins = r->at;
		return;
	}
	if (t.at[r->at] == '"') {
		text_token(r);
		return;
	}
	if (is_word_char(t.at[r->at])) {
		while (r->at < t.len && is_word_char(t.at[r->at]))
			r->at++;
		r->now.kind = WORD;
	} else {
		r->at += str_starts(str_from(t, from), S("->")) ? 2 : 1;
		r->now.kind = SIGN;
	}
	r->now.text = (str){ t.at + from, r->at - from };
}

static bool now_is(const struct reader *r, enum kind kind, const char *text)
{
	return r->now.kind == kind && str_eq(r->now.text, str_of(text));
}

static bool took(struct reader *r, enum kind kind, const char *text)
{
	bool is = now_is(r, kind, text);
	if (is)
		advance(r);
	return is;
}

static enum status expected(struct reader *r, const struct word *what)
{
	struct arena *a = r->c->arena;
	if (r->now.kind == UNCLOSED)
		what = W(mapping_unclosed);
	str found = r->now.kind == LINE_END ? word_text(a, r->c->language, W(mapping_line_end), NULL, 0)
		: text_format(a, "\"" S_FMT "\"", S_ARG(value_shown(a, r->now.text)));
	return refuse(r->c, INVALID, "mapping", what, r->name, number_text(a, r->now.line), number_text(a, (int64_t)utf8_count(r->now.before) + 1), found);
}

static enum status take_text(struct reader *r, const struct word *what, str *out)
{
	if (r->now.kind != TEXT)
		return expected(r, what);
	*out = r->now.text;
	advance(r);
	return OK;
}

static enum status read_column(struct reader *r, str *out)
{
	if (!took(r, WORD, "column"))
		return expected(r, W(mapping_expected_column));
	return take_text(r, W(mapping_expected_text), out);
}

static enum status read_part(struct reader *r, struct rule *u, bool begins_step)
{
	struct part p = { .begins_step = begins_step, .is_column = took(r, WORD, "column") };
	TRY(take_text(r, p.is_column ? W(mapping_expected_text) : W(mapping_expected_value), &p.text));
	*list_add(r->c->arena, &u->parts, struct part) = p;
	return OK;
}

static enum status read_case(struct reader *r, struct rule *u)
{
	struct one_case k = { 0 };
	if (took(r, WORD, "empty"))
		k.from = FROM_EMPTY;
	else if (took(r, WORD, "otherwise"))
		k.from = FROM_OTHERWISE;
	else
		TRY(take_text(r, W(mapping_expected_case), &k.is));
	k.is = str_trim(k.is);
	if (!took(r, SIGN, "->"))
		return expected(r, W(mapping_expected_arrow));
	if (took(r, WORD, "same")) {
		k.same = true;
	} else {
		if (r->now.kind != TEXT && r->now.kind != WORD)
			return expected(r, W(mapping_expected_text));
		k.to = r->now.text;
		advance(r);
	}
	*list_add(r->c->arena, &u->cases, struct one_case) = k;
	return OK;
}

static enum status read_table(struct reader *r, struct rule *u)
{
	r->in_table = true;
	advance(r);                                            /* the brace */
	do {
		if (u->cases.count && now_is(r, SIGN, "}"))
			break;
		TRY(read_case(r, u));
	} while (took(r, SIGN, ";"));
	if (!now_is(r, SIGN, "}"))
		return expected(r, W(mapping_expected_close));
	r->in_table = false;                                   /* before advancing: behind the brace a line may end again */
	advance(r);
	u->has_table = true;
	return OK;
}

/* A date's form holds signs that part values elsewhere: it is taken as it stands, up to a space. */
static void join_format(struct reader *r)
{
	while (r->at < r->text.len && (is_word_char(r->text.at[r->at]) || r->text.at[r->at] == '-' || r->text.at[r->at] == '/'))
		r->at++;
	r->now.text.len = (size_t)(r->text.at + r->at - r->now.text.at);
}

static enum status read_form(struct reader *r, struct rule *u)
{
	if (took(r, WORD, "decimal")) {
		if (now_is(r, WORD, "comma") || now_is(r, WORD, "point")) {
			u->mark = now_is(r, WORD, "comma") ? ',' : '.';
			advance(r);
			return OK;
		}
	} else if (r->now.kind == WORD) {
		join_format(r);
		if (date_format_read(r->now.text, &u->format)) {
			advance(r);
			return OK;
		}
	}
	return expected(r, W(mapping_no_format));
}

static enum status read_shift(struct reader *r, struct rule *u, int64_t sign)
{
	u->has_shift = true;
	u->shift_days = sign;
	TRY(read_column(r, &u->shift_column));
	if (took(r, WORD, "times")) {
		int64_t n;
		if (r->now.kind != WORD || !str_to_int(r->now.text, &n) || n < 1 || n > SHIFT_MOST)
			return expected(r, W(mapping_expected_days));
		u->shift_days = sign * n;
		advance(r);
	}
	return took(r, WORD, "days") ? OK : expected(r, W(mapping_expected_days));
}

static enum status read_modifier(struct reader *r, struct rule *u)
{
	struct reader at = *r;
	bool twice = false;
	enum status s;
	if (now_is(r, SIGN, "{")) {
		twice = u->has_table;
		s = twice ? OK : read_table(r, u);
	} else if (took(r, WORD, "as")) {
		twice = u->mark || u->format.order[0];
		s = twice ? OK : read_form(r, u);
	} else if (now_is(r, WORD, "plus") || now_is(r, WORD, "minus")) {
		int64_t sign = now_is(r, WORD, "plus") ? 1 : -1;
		twice = u->has_shift;
		advance(r);
		s = twice ? OK : read_shift(r, u, sign);
	} else if (took(r, WORD, "or")) {
		twice = u->otherwise_empty.at;
		s = twice ? OK : take_text(r, W(mapping_expected_text), &u->otherwise_empty);
	} else {
		return expected(r, W(mapping_expected_end));
	}
	return twice ? expected(&at, W(mapping_twice)) : s;
}

static enum status read_rule(struct reader *r, struct rule *u)
{
	if (r->now.kind != WORD)
		return expected(r, W(mapping_expected_name));
	*u = (struct rule){ .field = r->now.text, .line = r->now.line };
	advance(r);
	if (!took(r, SIGN, "="))
		return expected(r, W(mapping_expected_equals));
	TRY(read_part(r, u, true));
	for (;;) {
		bool step = took(r, SIGN, "/");
		if (!step && !took(r, SIGN, "+"))
			break;
		TRY(read_part(r, u, step));
	}
	while (r->now.kind != LINE_END)
		TRY(read_modifier(r, u));
	return OK;
}

static enum status read_rules(struct reader *r, struct mapping *m)
{
	for (advance(r); ; advance(r)) {
		while (r->now.kind == LINE_END && r->at < r->text.len)
			advance(r);
		if (r->now.kind == LINE_END)
			break;
		struct rule u;
		TRY(read_rule(r, &u));
		for (each(struct rule, earlier, m->rules))
			if (str_eq(earlier->field, u.field))
				return refuse(r->c, INVALID, "mapping", W(mapping_field_twice), m->name, number_text(r->c->arena, u.line), u.field,
					number_text(r->c->arena, earlier->line));
		if (m->rules.count == MAPPING_RULES)
			return refuse(r->c, INVALID, "mapping", W(mapping_too_long), m->name);
		*list_add(r->c->arena, &m->rules, struct rule) = u;
		if (r->at == r->text.len)
			break;
	}
	return m->rules.count ? OK : refuse(r->c, INVALID, "mapping", W(mapping_nothing), m->name);
}

enum status mapping_read(struct ctx *c, str name, str bytes, struct mapping **out)
{
	struct mapping *m = arena_new_of(c->arena, struct mapping);
	struct reader r = { .c = c, .line = 1 };
	struct buffer own = { 0 };
	enum table_encoding encoding;
	r.name = m->name = text_copy(c->arena, name);
	if (bytes.len > MAPPING_BYTES)
		return refuse(c, INVALID, "mapping", W(mapping_too_long), name);
	enum status s = table_decode(c, name, bytes, &own, &r.text, &encoding);
	r.text = text_copy(c->arena, r.text);                  /* rules point into it */
	buffer_done(&own);
	TRY(s);
	TRY(read_rules(&r, m));
	*out = m;
	return OK;
}

enum status mapping_read_file(struct ctx *c, const char *path, struct mapping **out)
{
	struct buffer file = { 0 };
	TRY(file_read(c, path, MAPPING_BYTES, &file));
	enum status s = mapping_read(c, file_name(str_of(path)), buffer_text(&file), out);
	buffer_done(&file);
	return s;
}
