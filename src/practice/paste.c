/* paste.c - many cards at once: pasted from a document, from a file Anki exported as text, and out again as CSV. */
#include "inside.h"
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

/* ---- Anki's text export: front, tab, back; HTML in it; comments that begin with # ---- */

/* The text of a field: tags gone, line breaks kept, the commonest entities read. */
static str plain_of(struct ctx *c, str html)
{
	struct buffer b = { 0 };
	static const struct { const char *name; const char *text; } entities[] = { { "&nbsp;", " " }, { "&lt;", "<" }, { "&gt;", ">" }, { "&amp;", "&" }, { "&quot;", "\"" }, { "&#39;", "'" } };
	for (size_t i = 0; i < html.len; ) {
		str rest = str_from(html, i);
		if (rest.at[0] == '<') {
			str tag, after;
			if (!str_cut(rest, '>', &tag, &after))
				break;
			if (str_starts(tag, S("<br")) || str_starts(tag, S("</div")) || str_starts(tag, S("</p")) || str_starts(tag, S("</li")))
				buffer_add_char(&b, ' ');
			i += tag.len + 1;
			continue;
		}
		size_t e = 0;
		while (e < sizeof entities / sizeof entities[0] && !str_starts(rest, str_of(entities[e].name)))
			e++;
		if (e < sizeof entities / sizeof entities[0]) {
			buffer_add(&b, str_of(entities[e].text));
			i += str_of(entities[e].name).len;
		} else {
			buffer_add_char(&b, rest.at[0]);
			i++;
		}
	}
	str text = str_trim(text_copy(c->arena, buffer_text(&b)));
	buffer_done(&b);
	return text;
}

static bool is_anki(str text)
{
	return str_starts(text, S("#separator:")) || str_starts(text, S("#html:"));
}

/* As cards in plain text. A field that begins with a mark of ours is kept from being one by standing behind its own. */
static enum status anki_read(struct ctx *c, str text, str *out)
{
	struct buffer b = { 0 };
	enum status status = OK;
	int64_t line = 0;
	for (str one, rest = text; rest.len; ) {
		str front, back, more;
		str_cut(rest, '\n', &one, &rest);
		line++;
		if (!str_trim(one).len || one.at[0] == '#')
			continue;
		if (!str_cut(one, '\t', &front, &back)) {
			status = object(c, S("nl"), W(practice_anki_half), text_format(c->arena, "%lld", (long long)line));
			continue;
		}
		str_cut(back, '\t', &back, &more);
		front = plain_of(c, front);
		back = plain_of(c, back);
		if (!front.len || !back.len)
			status = object(c, S("nl"), W(practice_anki_half), text_format(c->arena, "%lld", (long long)line));
		else
			buffer_add_format(&b, "? " S_FMT "\n= " S_FMT "\n", S_ARG(front), S_ARG(back));
	}
	*out = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return status;
}

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
	if (is_anki(text))
		TRY(anki_read(c, text, &text));
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
