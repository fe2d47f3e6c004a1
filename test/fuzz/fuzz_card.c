/* fuzz_card.c - a card in plain text, and many in one: what was read is written and read again as the same card. */
#include <stdlib.h>
#include "base/arena.h"
#include "practice/card.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .arena = arena_new() };
	str text = { (const char *)data, size };
	list parts = { 0 };
	if (!utf8_is_valid(text) || cards_split(&c, S("text"), text, &parts) != OK)
		parts.count = 0;
	for (each(struct card_text_part, p, parts)) {
		struct card_form first, second;
		if (p->text.at < text.at || p->text.at + p->text.len > text.at + text.len)
			abort();
		if (card_read(&c, S("text"), p->text, p->line, &first) != OK)
			continue;
		str again = card_write(&c, &first);
		if (again.len > CARD_BYTES_MAX)
			continue;
		if (card_read(&c, S("text"), again, 1, &second) != OK || !str_eq(first.kind, second.kind) || first.options.count != second.options.count || first.pieces.count != second.pieces.count
			|| first.right != second.right || !str_eq(first.question, second.question) || !str_eq(card_write(&c, &second), again))
			abort();
		card_title(&c, &first);
	}
	arena_free(c.arena);
	return 0;
}
