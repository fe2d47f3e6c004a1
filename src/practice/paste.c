/* paste.c - many cards at once: pasted from a document, from a file Anki exported as text, and out again as CSV or for Anki. */
#include "inside.h"
#include "anki.h"
#include "base/buffer.h"
#include "table/write.h"
#include "web/operation.h"

enum { PASTE_MAX = 400000 };

struct paste_form { int64_t deck; str nl, en; };
struct paste_page { int64_t deck; str name; };
RECORD(paste_form, FIELD(paste_form, deck, .required = true), FIELD(paste_form, nl, .label = W(practice_paste_nl), .hint = W(practice_paste_hint), .lines = true, .max = PASTE_MAX),
	FIELD(paste_form, en, .label = W(practice_paste_en), .hint = W(practice_paste_en_hint), .lines = true, .max = PASTE_MAX));
RECORD(paste_page, FIELD(paste_page, deck), FIELD(paste_page, name));
#include "practice_paste.html.h"

/* ---- In ---- */

OPERATION(cards_paste_show, by_id, paste_page,
	.route = "GET /decks/{id}/paste",
	.allow = "skills.read",
	.page = paste_html,
	.lenient = true,
	.doc = "The form to paste many cards; for the deck's owner.")
{
	struct deck d;
	TRY(deck_load(c, in->id, &d));
	TRY(deck_may_edit(c, &d));
	*out = (struct paste_page){ d.id, deck_name(c, &d) };
	return OK;
}

static enum status card_texts(struct ctx *c, str field, str text, list *out)
{
	if (!text.len)
		return OK;
	if (anki_is(text))
		TRY(anki_read(c, field, text, &text));
	TRY(cards_split(c, field, text, out));
	enum status status = OK;
	for (each(struct card_text_part, p, *out)) {
		struct card_form f;
		if (card_read(c, field, p->text, p->line, &f) != OK)
			status = INVALID;
		else
			p->text = card_write(c, &f);
	}
	return status;
}

struct cards_pasted { int64_t deck, cards; };
RECORD(cards_pasted, FIELD(cards_pasted, deck), FIELD(cards_pasted, cards));

OPERATION(cards_paste, paste_form, cards_pasted,
	.route = "POST /decks/{deck}/paste",
	.allow = "skills.read",
	.effect = WRITES,
	.then = "/decks/{deck}",
	.said = W(practice_pasted),
	.back = "/decks/{deck}/paste",
	.body_max = 2 * PASTE_MAX * 3 + 65536,
	.doc = "Adds all cards of a pasted text, in the plain form or as Anki exports it, all or none. With both languages the n-th of one belongs to the n-th of the other.")
{
	struct deck d;
	struct count last;
	list nl = { 0 }, en = { 0 };
	TRY(deck_load(c, in->deck, &d));
	TRY(deck_may_edit(c, &d));
	enum status status = card_texts(c, S("nl"), in->nl, &nl), other = card_texts(c, S("en"), in->en, &en);
	TRY(status);
	TRY(other);
	if (!nl.count && !en.count)
		return object(c, S("nl"), W(practice_cards_none));
	if (nl.count && en.count && nl.count != en.count)
		return object(c, S("en"), W(practice_paste_count), text_format(c->arena, "%zu", nl.count), text_format(c->arena, "%zu", en.count));
	size_t count = nl.count ? nl.count : en.count;
	if (d.cards + (int64_t)count > 1000)
		return refuse(c, CONFLICT, "deck-full", W(practice_deck_full), S("1.000"));
	TRY(store_one(c, place_last, (&(struct by_id){ d.id }), &last));
	for (size_t i = 0; i < count; i++) {
		struct card k = { .deck = d.id, .place = last.count + 1 + (int64_t)i };
		struct by_id id;
		k.text_nl = nl.count ? list_item(nl, struct card_text_part, i)->text : (str){ 0 };
		k.text_en = en.count ? list_item(en, struct card_text_part, i)->text : (str){ 0 };
		TRY(card_both(c, k.text_nl, k.text_en, &k.kind));
		TRY(store_one(c, card_add, &k, &id));
	}
	*out = (struct cards_pasted){ d.id, (int64_t)count };
	return OK;
}

/* ---- Out ---- */

OPERATION(deck_export, by_id, raw_reply,
	.route = "GET /decks/{id}/export",
	.allow = "skills.read",
	.reply = RAW,
	.lenient = true,
	.doc = "A deck's cards as CSV: deck, text_nl, text_en, each text as it can be pasted; for its owner.")
{
	struct deck d;
	list cards = { 0 };
	TRY(deck_load(c, in->id, &d));
	TRY(deck_may_edit(c, &d));
	TRY(store_all(c, cards_of_deck, in, &cards));
	struct table_writer w = { .out = &out->body, .as_it_is = true };
	const str head[] = { S("deck"), S("text_nl"), S("text_en") };
	for (int i = 0; i < 3; i++)
		table_write(&w, head[i]);
	table_write_end(&w);
	for (each(struct card, k, cards)) {
		table_write(&w, deck_name(c, &d));
		table_write(&w, k->text_nl);
		table_write(&w, k->text_en);
		table_write_end(&w);
	}
	out->type = S("text/csv; charset=utf-8");
	out->file = S("cards.csv");
	return OK;
}

static const struct choice languages[] = { { S("nl"), W(practice_dutch) }, { S("en"), W(practice_english) }, { 0 } };
struct anki_asked { int64_t id; str language; };
RECORD(anki_asked, FIELD(anki_asked, id, .required = true), FIELD(anki_asked, language, .choices = languages, .doc = "Of cards that are in both; the reader's own when not given."));

OPERATION(deck_export_anki, anki_asked, raw_reply,
	.route = "GET /decks/{id}/anki",
	.allow = "skills.read",
	.reply = RAW,
	.lenient = true,
	.doc = "A deck's cards as the text that Anki imports: front and back; for its owner.")
{
	struct deck d;
	list cards = { 0 };
	bool dutch = in->language.len ? str_eq(in->language, S("nl")) : c->language == NL;
	TRY(deck_load(c, in->id, &d));
	TRY(deck_may_edit(c, &d));
	TRY(store_all(c, cards_of_deck, (&(struct by_id){ in->id }), &cards));
	anki_write_head(&out->body);
	for (each(struct card, k, cards)) {
		struct card_form f;
		str first = dutch ? k->text_nl : k->text_en;
		TRY(card_read(c, S("card"), first.len ? first : dutch ? k->text_en : k->text_nl, 1, &f));
		anki_write(c, &out->body, &f);
	}
	out->type = S("text/plain; charset=utf-8");
	out->file = S("cards-anki.txt");
	return OK;
}
