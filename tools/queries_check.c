/* queries_check.c - what a query or a step may not say, because the two engines would not answer alike. */
#include "queries.h"
#include <stdio.h>
#include <string.h>

bool is_word(str a, const char *b) { return str_eq_ignoring_case(a, str_of(b)); }

static bool token_is(const list *tokens, size_t i, const char *word)
{
	return i < tokens->count && is_word(list_item(*tokens, struct token, i)->text, word);
}

static const struct { const char *word; bool call; const char *instead; } refused[] = {
	{ "now", true, "time is a parameter: :now" },              { "current_timestamp", false, "time is a parameter: :now" },
	{ "current_date", false, "the day is a parameter: :today" },{ "current_time", false, "time is a parameter: :now" },
	{ "localtimestamp", false, "time is a parameter: :now" },  { "clock_timestamp", true, "time is a parameter: :now" },
	{ "datetime", true, "time is a parameter: :now" },         { "strftime", true, "time is a parameter; a month is substr(day, 1, 7)" },
	{ "julianday", true, "time is a parameter: :now" },        { "unixepoch", true, "time is a parameter: :now" },
	{ "random", true, "chance comes from the program" },       { "randomblob", true, "chance comes from the program" },
	{ "ilike", false, "fold the text in C and use like … escape" }, { "ifnull", true, "coalesce is known to both engines" },
	{ "group_concat", true, "join texts in C" },               { "string_agg", true, "join texts in C" },
};

static void words_check(const struct source *s, const struct part *p)
{
	for (size_t i = 0; i < p->tokens.count; i++) {
		const struct token *t = list_item(p->tokens, struct token, i);
		for (size_t r = 0; r < sizeof refused / sizeof *refused; r++)
			if (is_word(t->text, refused[r].word) && (!refused[r].call || token_is(&p->tokens, i + 1, "(")))
				tool_refuse(s->path, t->line, "%s: %s", refused[r].word, refused[r].instead);
	}
}

/* `select *` and `t.*`, but neither count(*) nor a * b. */
static bool is_every_column(const list *tokens, size_t i)
{
	static const char *const before[] = { "select", "distinct", "all", "returning", ",", "." };
	if (!token_is(tokens, i, "*") || !i)
		return false;
	for (size_t b = 0; b < sizeof before / sizeof *before; b++)
		if (token_is(tokens, i - 1, before[b]))
			return true;
	return false;
}

/* Whether `escape` follows before the condition ends. */
static bool is_escaped(const list *tokens, size_t i)
{
	static const char *const ends[] = { "and", "or", "order", "group", "limit", "union", "then", "when", "else", ",", "returning" };
	int depth = list_item(*tokens, struct token, i)->depth;
	for (size_t j = i + 1; j < tokens->count && list_item(*tokens, struct token, j)->depth >= depth; j++) {
		if (list_item(*tokens, struct token, j)->depth > depth)
			continue;
		if (token_is(tokens, j, "escape"))
			return true;
		for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
			if (token_is(tokens, j, ends[e]))
				return false;
	}
	return false;
}

void part_check(const struct source *s, const struct part *p)
{
	words_check(s, p);
	if (s->is_schema)
		return;
	if (!p->tokens.count)
		tool_refuse(s->path, p->line, "the query " S_FMT " has no text", S_ARG(p->name));
	for (size_t i = 0; i < p->tokens.count; i++) {
		const struct token *t = list_item(p->tokens, struct token, i);
		if (is_every_column(&p->tokens, i))
			tool_refuse(s->path, t->line, "name the columns: * takes whatever a later step adds");
		if (token_is(&p->tokens, i, ";") && i + 1 < p->tokens.count)
			tool_refuse(s->path, list_item(p->tokens, struct token, i + 1)->line, "a query is one statement; this one needs a head of its own: -- name (in) -> out");
		if (token_is(&p->tokens, i, "like") && !is_escaped(&p->tokens, i))
			tool_refuse(s->path, t->line, "like without escape: what people type may hold %% or _; add escape '\\'");
		if (token_is(&p->tokens, i, "?") || token_is(&p->tokens, i, "$") || (token_is(&p->tokens, i, "%") && (token_is(&p->tokens, i + 1, "s") || token_is(&p->tokens, i + 1, "d"))))
			tool_refuse(s->path, t->line, "values come as parameters: :name");
	}
}

bool query_writes(const struct part *p)
{
	for (size_t i = 0; i < p->tokens.count; i++)
		if (token_is(&p->tokens, i, "insert") || token_is(&p->tokens, i, "update") || token_is(&p->tokens, i, "delete"))
			return true;
	return false;
}

/* ---- Where nulls go ---- */

static const struct token *token_at(const list *tokens, size_t i)
{
	static const struct token none;
	return i < tokens->count ? list_item(*tokens, struct token, i) : &none;
}

/* From the token behind the opening bracket of a table, sorts its columns into those that may be null and those that may not. */
static void columns_sort(struct arena *a, const list *tokens, size_t i, list *open, list *filled)
{
	while (token_at(tokens, i)->depth) {
		str name = token_at(tokens, i)->text;
		bool full = false;
		for (; token_at(tokens, i)->depth && !(token_is(tokens, i, ",") && token_at(tokens, i)->depth == 1); i++)
			full |= token_is(tokens, i, "key") || token_is(tokens, i, "{id}") || (token_is(tokens, i, "not") && token_is(tokens, i + 1, "null"));
		*list_add(a, full ? filled : open, str) = name;
		i++;
	}
}

static bool is_in(const list *names, str name)
{
	for (each(const str, n, *names))
		if (str_eq_ignoring_case(*n, name))
			return true;
	return false;
}

/* `order by case when y is null …, y` has said it in another way. */
static bool is_asked_for_null(const list *tokens, size_t from, size_t until, str name)
{
	for (size_t i = from; i < until; i++)
		if (str_eq_ignoring_case(token_at(tokens, i)->text, name) && token_is(tokens, i + 1, "is"))
			return true;
	return false;
}

/* Looks at what stands between `order by` and the end of its clause. */
static void order_look(const struct source *s, const struct part *p, size_t i, const list *open, const list *filled)
{
	int depth = token_at(&p->tokens, i)->depth;
	size_t from = i;
	while (token_at(&p->tokens, i)->text.len && token_at(&p->tokens, i)->depth >= depth && !token_is(&p->tokens, i, "limit")) {
		const struct token *column = token_at(&p->tokens, token_is(&p->tokens, i + 1, ".") ? i + 2 : i);
		bool simple = true, said = false;
		for (; token_at(&p->tokens, i)->text.len && token_at(&p->tokens, i)->depth >= depth && !token_is(&p->tokens, i, ",") && !token_is(&p->tokens, i, "limit"); i++) {
			said |= token_is(&p->tokens, i, "nulls");
			simple &= !token_is(&p->tokens, i, "(");
		}
		if (simple && !said && is_in(open, column->text) && !is_in(filled, column->text) && !is_asked_for_null(&p->tokens, from, i, column->text))
			fprintf(stderr, "%s:%d: note: " S_FMT " may be null, and the engines put nulls at different ends: say nulls first or nulls last\n",
				s->path, column->line, S_ARG(column->text));
		if (!token_is(&p->tokens, i, ","))
			break;
		i++;
	}
}

void order_notes(const struct source *queries, const struct source *schema)
{
	list open = { 0 }, filled = { 0 };
	for (each(const struct part, step, schema->parts))
		for (size_t i = 2; i < step->tokens.count; i++)
			if (token_is(&step->tokens, i, "(") && token_is(&step->tokens, i - 2, "table"))
				columns_sort(schema->arena, &step->tokens, i + 1, &open, &filled);
	for (each(const struct part, query, queries->parts))
		for (size_t i = 1; i < query->tokens.count; i++)
			if (token_is(&query->tokens, i - 1, "order") && token_is(&query->tokens, i, "by"))
				order_look(queries, query, i + 1, &open, &filled);
}
