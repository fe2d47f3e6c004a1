/* card.h - a card in plain text, as it can be typed, pasted from a document and mailed.
 *
 *     ? What is the first thing to do with feedback you disagree with?
 *     = Ask for an example, before you explain yourself.
 *     * Whoever explains first hears less.
 *     @ Own experience of the team
 *
 * A card begins with ? (a question) or ! (a case: what would you do). What follows says of which kind it is:
 *
 *     = answer                       question and answer
 *     + right   - wrong              choice; several may be right
 *     [[word|other word]]            in the question: fill in
 *     1. first   2. second           put in order, written in the right order
 *     + good ~ defensible - unwise   after !: what would you do
 *     > feedback                     on the line above it: a choice or a case's answer
 *     * why                          shown after the answer
 *     @ source                       where it comes from
 *
 * A line without a mark goes on with the one before it; blank lines mean nothing.
 */
#pragma once
#include "base/context.h"
#include "record/record.h"

enum { CARD_BYTES_MAX = 6000, CARD_OPTIONS_MAX = 8, CARD_BLANKS_MAX = 5, CARD_LINE_MAX = 1500, CARDS_MAX = 500 };

struct card_option { int64_t number; str text, mark, feedback; };
extern const struct record card_option_record;
/* A question to fill in, cut at its blanks. `words` are what is right, the first one shown. */
struct card_piece { str text; int64_t blank; str words; };
extern const struct record card_piece_record;

/* kind: answer, choice, fill, order, case. */
struct card_form { str kind, question, answer, why, source; list options, pieces; int64_t right; };
extern const struct record card_form_record;

/* card_read: INVALID with what is wrong and in which line, at `field`. Texts point into `text` or the arena. `line`: the number of its first line. */
enum status card_read(struct ctx *c, str field, str text, int64_t line, struct card_form *out) must_use;
/* The same card as plain text again, in the one way there is. */
str card_write(struct ctx *c, const struct card_form *f);
/* What it asks, on one line without blanks' words: for lists. */
str card_title(struct ctx *c, const struct card_form *f);

/* cards_split: one text into the texts of cards. At most CARDS_MAX. */
struct card_text_part { str text; int64_t line; };
enum status cards_split(struct ctx *c, str field, str text, list *out) must_use;
