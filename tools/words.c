/* words.c - makes C of a words.txt: every text a person sees, in every language, or no build.
 *
 *     words words.txt people.words.h people.words.c
 *
 *     # a remark
 *     skills-none
 *       nl Je hebt nog geen {1|vaardigheid|vaardigheden} gekozen.
 *       en You have not chosen any {1|skill|skills} yet,
 *         and this line goes on.
 */
#include "tool.h"
#include "base/list.h"
#include "base/map.h"
#include "base/word.h"
#include <stdio.h>
#include <string.h>

static const char *const languages[LANGUAGES] = { [NL] = "nl", [EN] = "en" };

struct entry { str key; int line; str text[LANGUAGES]; int text_line[LANGUAGES]; };

struct words { struct arena *arena; const char *path; list entries; struct map keys; };

static str c_name(struct arena *a, str key)
{
	char *name = arena_copy(a, key.at, key.len);
	for (size_t i = 0; i < key.len; i++)
		name[i] = name[i] == '-' ? '_' : name[i];
	return (str){ name, key.len };
}

static void key_add(struct words *w, str key, int line)
{
	for (size_t i = 0; i < key.len; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", key.at[i]))
			tool_refuse(w->path, line, "a key is made of a-z, 0-9 and '-': \"" S_FMT "\"", S_ARG(key));
	if (key.at[0] == '-' || key.at[key.len - 1] == '-')
		tool_refuse(w->path, line, "a key neither begins nor ends with '-': \"" S_FMT "\"", S_ARG(key));
	int64_t before;
	if (!map_put(w->arena, &w->keys, key, line, &before))
		tool_refuse(w->path, line, "the key " S_FMT " stands in line %d already", S_ARG(key), (int)before);
	*list_add(w->arena, &w->entries, struct entry) = (struct entry){ .key = key, .line = line };
}

/* Bits of the places {1} to {6} that a text names. */
static unsigned places(const struct words *w, str text, int line)
{
	unsigned found = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '}')
			tool_refuse(w->path, line, "'}' without '{'");
		if (text.at[i] != '{')
			continue;
		str inside, rest;
		if (!str_cut(str_from(text, i + 1), '}', &inside, &rest))
			tool_refuse(w->path, line, "'{' without '}'");
		int place = inside.len ? inside.at[0] - '0' : 0, bars = 0;
		for (size_t j = 1; j < inside.len; j++)
			bars += inside.at[j] == '|';
		bool plain = inside.len == 1, plural = inside.len > 3 && inside.at[1] == '|' && bars == 2;
		if (place < 1 || place > SAID_VALUES || !(plain || plural))
			tool_refuse(w->path, line, "{" S_FMT "} is neither a place {1} to {%d} nor a choice {1|one|many}", S_ARG(inside), SAID_VALUES);
		found |= 1u << place;
		i += inside.len + 1;
	}
	return found;
}

static void entry_check(const struct words *w, const struct entry *e)
{
	for (int l = 0; l < LANGUAGES; l++)
		if (!e->text_line[l])
			tool_refuse(w->path, e->line, S_FMT " has no text in %s", S_ARG(e->key), languages[l]);
	unsigned first = places(w, e->text[0], e->text_line[0]);
	for (int l = 1; l < LANGUAGES; l++)
		if (places(w, e->text[l], e->text_line[l]) != first)
			tool_refuse(w->path, e->text_line[l], "the %s text of " S_FMT " has other places for values than the %s one",
				languages[l], S_ARG(e->key), languages[0]);
}

static void text_add(struct words *w, struct entry *e, str line, int number)
{
	str code, text;
	str_cut(line, ' ', &code, &text);
	int l = 0;
	while (l < LANGUAGES && !str_eq(code, str_of(languages[l])))
		l++;
	if (l == LANGUAGES)
		tool_refuse(w->path, number, "expected a language (nl or en), found \"" S_FMT "\"", S_ARG(code));
	if (e->text_line[l])
		tool_refuse(w->path, number, S_FMT " has a %s text already", S_ARG(e->key), languages[l]);
	if (!text.len)
		tool_refuse(w->path, number, "the %s text of " S_FMT " is empty", languages[l], S_ARG(e->key));
	e->text[l] = text;
	e->text_line[l] = number;
}

static size_t indent_of(str line)
{
	size_t n = 0;
	while (n < line.len && line.at[n] == ' ')
		n++;
	return n;
}

static void words_read(struct words *w, str file)
{
	struct entry *e = NULL;
	str *text = NULL;                              /* what a line indented deeper goes on with */
	size_t depth = 0;
	int number = 0;
	for (str line, rest = file; rest.len; ) {
		str_cut(rest, '\n', &line, &rest);
		number++;
		if (memchr(line.at, '\t', line.len))
			tool_refuse(w->path, number, "a tab; indent with spaces");
		size_t indent = indent_of(line);
		str content = str_from(line, indent);
		if (!content.len || (!indent && content.at[0] == '#')) {
			text = NULL;
			continue;
		}
		if (str_has(content, S("  ")) || str_ends(content, S(" ")))
			tool_refuse(w->path, number, "a double space, or one at the end of the line");
		if (!indent) {
			key_add(w, content, number);
			e = list_item(w->entries, struct entry, w->entries.count - 1);
			text = NULL;
		} else if (!e) {
			tool_refuse(w->path, number, "a text without a key above it");
		} else if (text && indent > depth) {
			*text = text_join(w->arena, text_join(w->arena, *text, S(" ")), content);
		} else {
			text_add(w, e, content, number);
			for (int l = 0; l < LANGUAGES; l++)
				if (e->text_line[l] == number)
					text = &e->text[l];
			depth = indent;
		}
	}
	for (each(struct entry, one, w->entries))
		entry_check(w, one);
}

int main(int count, char **values)
{
	if (count != 4) {
		fprintf(stderr, "usage: words words.txt NAME.words.h NAME.words.c\n");
		return 2;
	}
	struct words w = { .arena = arena_new(), .path = values[1] };
	words_read(&w, tool_read(w.arena, values[1]));
	struct buffer head = { 0 }, body = { 0 };
	buffer_add(&head, S("/* Made by tools/words.c of words.txt. */\n#pragma once\n#include \"base/word.h\"\n\n"));
	buffer_add(&body, S("/* Made by tools/words.c of words.txt. */\n#include \"base/word.h\"\n\n"));
	for (each(struct entry, e, w.entries)) {
		str name = c_name(w.arena, e->key);
		buffer_add_format(&head, "extern const struct word word_" S_FMT ";\n", S_ARG(name));
		buffer_add_format(&body, "extern const struct word word_" S_FMT ";\nconst struct word word_" S_FMT " = { \"" S_FMT "\", {", S_ARG(name), S_ARG(name), S_ARG(e->key));
		for (int l = 0; l < LANGUAGES; l++) {
			buffer_add_format(&body, "\n\t{ ");
			tool_c_text(&body, e->text[l]);
			buffer_add_format(&body, ", %zu },", e->text[l].len);
		}
		buffer_add_format(&body, " } };\n");
	}
	tool_write(values[2], &head);
	tool_write(values[3], &body);
	buffer_done(&head);
	buffer_done(&body);
	arena_free(w.arena);
	return 0;
}
