/* fuzz_anki.c - Anki's text export becomes cards in plain text, valid UTF-8 each; and what is written for Anki is read again, a note a card. */
#include <stdlib.h>
#include "base/arena.h"
#include "practice/anki.h"

static size_t notes_of(str text)
{
	size_t n = 0;
	for (str one, rest = text; rest.len; ) {
		str_cut(rest, '\n', &one, &rest);
		n += one.len && one.at[0] != '#';
	}
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .arena = arena_new() };
	str text = { (const char *)data, size }, plain;
	list parts = { 0 };
	if (utf8_is_valid(text) && anki_read(&c, S("text"), text, &plain) == OK) {
		if (!utf8_is_valid(plain))
			abort();
		if (plain.len && cards_split(&c, S("text"), plain, &parts) != OK)
			parts.count = 0;
	}
	struct buffer out = { 0 };
	size_t cards = 0;
	anki_write_head(&out);
	for (each(struct card_text_part, p, parts)) {
		struct card_form f;
		if (card_read(&c, S("text"), p->text, p->line, &f) != OK)
			continue;
		anki_write(&c, &out, &f);
		cards++;
	}
	if (notes_of(buffer_text(&out)) > cards || !utf8_is_valid(buffer_text(&out)))
		abort();
	if (anki_read(&c, S("text"), text_copy(c.arena, buffer_text(&out)), &plain) != OK && cards == 0)
		abort();
	buffer_done(&out);
	arena_free(c.arena);
	return 0;
}
