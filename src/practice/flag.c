/* flag.c - "this card is wrong or unclear": from a reader to whoever owns the deck, without a name. */
#include "inside.h"
#include "web/operation.h"

enum { FLAG_MAX = 500, FLAGS_OPEN_MOST = 30 };

struct flag_form { int64_t card; str text; };
RECORD(flag_form, FIELD(flag_form, card, .required = true), FIELD(flag_form, text, .label = W(practice_flag_text), .lines = true, .required = true, .max = FLAG_MAX));

OPERATION(card_flag_add, flag_form, nothing,
	.route = "POST /practice/flag",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* whoever flags a card has been practising it */
	.then = "/practice/now",
	.said = W(practice_flag_said),
	.back = "/practice/now",
	.doc = "Says that a card is wrong or unclear. Its owner sees the text, not who wrote it.")
{
	(void)out;
	struct card k;
	struct count open;
	TRY(practice_may(c));
	TRY(card_load(c, in->card, &k));
	if (!k.deck)
		return refuse(c, NOT_FOUND, "unknown-card", W(practice_unknown_card));
	TRY(store_one(c, flags_open_count, (&(struct by_id){ k.id }), &open));
	if (open.count >= FLAGS_OPEN_MOST)
		return refuse(c, CONFLICT, "flagged-enough", W(practice_flag_enough));
	return store_run(c, flag_add, (&(struct flag){ .card = k.id, .text = in->text }), NULL);
}

struct flag_over { int64_t id, deck; };
RECORD(flag_over, FIELD(flag_over, id), FIELD(flag_over, deck));

OPERATION(card_flag_done, by_id, flag_over,
	.route = "POST /practice/flags/{id}/done",
	.allow = "skills.read",
	.effect = WRITES,
	.then = "/decks/{deck}",
	.said = W(practice_flag_done_said),
	.doc = "A remark about a card has been dealt with; for the deck's owner.")
{
	struct flag g;
	struct card k;
	struct deck d;
	bool found;
	TRY(store_find(c, flag_by_id, in, &g, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "unknown-flag", W(practice_unknown_flag));
	TRY(card_load(c, g.card, &k));
	TRY(deck_load(c, k.deck, &d));
	TRY(deck_may_edit(c, &d));
	*out = (struct flag_over){ in->id, d.id };
	return store_run(c, flag_end, in, NULL);
}
