/* anki.h - cards as Anki's text export has them: what is read becomes cards in plain text, what is written is a note each. */
#pragma once
#include "card.h"
#include "base/buffer.h"

/* Whether a text begins as that export does: #separator: or #html:. */
bool anki_is(str text);
/* anki_read: the notes as cards in plain text (card.h): front and back, or a blank for each {{c1::word}}. INVALID with the line of each half a note, at `field`. */
enum status anki_read(struct ctx *c, str field, str text, str *out) must_use;
void anki_write_head(struct buffer *b);
void anki_write(struct ctx *c, struct buffer *b, const struct card_form *f);
