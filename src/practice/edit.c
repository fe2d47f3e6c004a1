/* edit.c - one card: looking at it before it is kept, and changing it with or without its history. */
#include "inside.h"
#include "web/operation.h"

RECORD(card, FIELD(card, id, .optional = true), FIELD(card, deck, .optional = true), FIELD(card, person, .optional = true), FIELD(card, kind), FIELD(card, place),
	FIELD(card, text_nl, .max = CARD_BYTES_MAX, .lines = true), FIELD(card, text_en, .max = CARD_BYTES_MAX, .lines = true), FIELD(card, sealed, .max = 20000, .secret = true),
	FIELD(card, media, .optional = true), FIELD(card, replaces, .optional = true), FIELD(card, made), FIELD(card, retired));

enum status card_load(struct ctx *c, int64_t id, struct card *out)
{
	bool found;
	TRY(store_find(c, card_by_id, (&(struct by_id){ id }), out, &found));
	return found ? OK : refuse(c, NOT_FOUND, "unknown-card", W(practice_unknown_card));
}

enum status card_open(struct ctx *c, const struct card *k, struct card_form *out)
{
	str text = in_words_of(c, k->text_nl, k->text_en);
	return k->person ? own_open(c, k, out) : card_read(c, S("card"), text, 1, out);
}

static bool same_right(const struct card_form *a, const struct card_form *b)
{
	bool same = str_eq(a->kind, b->kind) && a->options.count == b->options.count && a->pieces.count == b->pieces.count;
	for (size_t i = 0; same && i < a->options.count; i++)
		same = str_eq(list_item(a->options, struct card_option, i)->mark, list_item(b->options, struct card_option, i)->mark);
	return same;
}

enum status card_both(struct ctx *c, str text_nl, str text_en, str *kind)
{
	struct card_form nl = { 0 }, en = { 0 };
	enum status status = OK;
	if (!text_nl.len && !text_en.len)
		return object(c, S("text_nl"), W(practice_card_none));
	if (text_nl.len)
		status = card_read(c, S("text_nl"), text_nl, 1, &nl);
	if (text_en.len && card_read(c, S("text_en"), text_en, 1, &en) != OK)
		status = INVALID;
	TRY(status);
	*kind = text_nl.len ? nl.kind : en.kind;
	if (!text_nl.len || !text_en.len)
		return OK;
	/* A blank may stand elsewhere in the sentence of another language. */
	if (str_eq(nl.kind, S("fill")) && str_eq(en.kind, S("fill")))
		return OK;
	return same_right(&nl, &en) ? OK : object(c, S("text_en"), W(practice_card_differ));
}

/* ---- The form, with how it will look ---- */

static const struct choice changes[] = { { S("small"), W(practice_change_small) }, { S("new"), W(practice_change_new) }, { 0 } };
struct card_edit_form { int64_t id, deck; str text_nl, text_en, change; int64_t media; bool drop_media; str file, file_file, captions, captions_file, link, words; };
RECORD(card_edit_form,
	FIELD(card_edit_form, id, .optional = true),
	FIELD(card_edit_form, deck, .optional = true),
	FIELD(card_edit_form, text_nl, .label = W(practice_text_nl), .hint = W(practice_text_hint), .lines = true, .max = CARD_BYTES_MAX),
	FIELD(card_edit_form, text_en, .label = W(practice_text_en), .lines = true, .max = CARD_BYTES_MAX),
	FIELD(card_edit_form, media, .optional = true, .doc = "The number of a picture, sound, video or link that is there already; a file or link that comes along takes its place."),
	FIELD(card_edit_form, drop_media, .label = W(practice_media_drop)),
	FIELD(card_edit_form, file, .label = W(practice_media_file), .hint = W(practice_media_file_hint), .file = true, .max = MEDIA_MAX),
	FIELD(card_edit_form, file_file, .max = 300),
	FIELD(card_edit_form, captions, .label = W(practice_media_captions), .hint = W(practice_media_captions_hint), .file = true, .max = CAPTIONS_MAX),
	FIELD(card_edit_form, captions_file, .max = 300),
	FIELD(card_edit_form, link, .label = W(practice_media_link), .hint = W(practice_media_link_hint), .max = LINK_MAX),
	FIELD(card_edit_form, words, .label = W(practice_media_words), .hint = W(practice_media_words_hint), .max = WORDS_MAX),
	FIELD(card_edit_form, change, .label = W(practice_change), .choices = changes));

struct card_seen { bool nl; str kind, question, answer, why, source; list options, pieces, media; };
struct card_edit { struct card_edit_form form; int64_t deck; str deck_name; bool asked; list seen, problems, media; };
RECORD(card_seen, FIELD(card_seen, nl), FIELD(card_seen, kind), FIELD(card_seen, question, .max = CARD_LINE_MAX), FIELD(card_seen, answer, .max = CARD_LINE_MAX),
	FIELD(card_seen, why, .max = CARD_LINE_MAX), FIELD(card_seen, source, .max = CARD_LINE_MAX), FIELD(card_seen, options, .of = &card_option_record),
	FIELD(card_seen, pieces, .of = &card_piece_record), FIELD(card_seen, media, .of = &shown_media_record));
RECORD(card_edit, FIELD(card_edit, form, .of = &card_edit_form_record), FIELD(card_edit, deck), FIELD(card_edit, deck_name), FIELD(card_edit, asked),
	FIELD(card_edit, media, .of = &shown_media_record, .doc = "What is with the card now."), FIELD(card_edit, seen, .of = &card_seen_record), FIELD(card_edit, problems, .doc = "What is wrong with the text, in words."));
#include "practice_media_part.html.h"
#include "practice_card_edit.html.h"

/* What is typed, as a card; what is wrong with it becomes words on the page, for nothing is being saved yet. */
static enum status preview(struct ctx *c, const struct card_edit_form *f, struct card_edit *out)
{
	const str texts[] = { f->text_nl, f->text_en };
	str kind;
	if (card_both(c, f->text_nl, f->text_en, &kind) != OK || c->problems.count)
		for (each(struct problem, p, c->problems))
			*list_add(c->arena, &out->problems, str) = said_text(c->arena, c->language, &p->said);
	c->problems = (list){ 0 };
	for (int i = 0; i < 2; i++) {
		struct card_form form;
		if (!texts[i].len || card_read(c, S("text"), texts[i], 1, &form) != OK)
			continue;
		struct card_seen *s = list_add(c->arena, &out->seen, struct card_seen);
		*s = (struct card_seen){ i == 0, form.kind, form.question, form.answer, form.why, form.source, form.options, form.pieces, { 0 } };
		TRY(media_show(c, f->media, &s->media));
	}
	c->problems = (list){ 0 };
	return media_show(c, f->media, &out->media);
}

static enum status page_fill(struct ctx *c, int64_t deck, struct card_edit *out)
{
	struct deck d;
	TRY(deck_load(c, deck, &d));
	TRY(deck_may_edit(c, &d));
	out->deck = d.id;
	out->deck_name = deck_name(c, &d);
	return OK;
}

struct card_new_key { int64_t id; };
RECORD(card_new_key, FIELD(card_new_key, id));

OPERATION(card_new, card_new_key, card_edit,
	.route = "GET /decks/{id}/cards/new",
	.allow = "skills.read",
	.page = card_edit_html,
	.lenient = true,
	.doc = "The form for a new card; for the deck's owner.")
{
	return page_fill(c, in->id, out);
}

OPERATION(card_form_show, by_id, card_edit,
	.route = "GET /cards/{id}/change",
	.allow = "skills.read",
	.page = card_edit_html,
	.lenient = true,
	.doc = "The form with what a card says now, and how it looks.")
{
	struct card k;
	TRY(card_load(c, in->id, &k));
	if (!k.deck)
		return refuse(c, NOT_FOUND, "unknown-card", W(practice_unknown_card));
	TRY(page_fill(c, k.deck, out));
	out->form = (struct card_edit_form){ k.id, k.deck, k.text_nl, k.text_en, { 0 }, k.media };
	return preview(c, &out->form, out);
}

static enum status media_check(struct ctx *c, int64_t id)
{
	list there = { 0 };
	TRY(media_show(c, id, &there));
	return !id || there.count ? OK : object(c, S("media"), W(practice_media_gone), text_format(c->arena, "%lld", (long long)id));
}

/* What is with the card from now on: what comes along, else what was there. */
static enum status media_choose(struct ctx *c, const struct card_edit_form *in, int64_t *id)
{
	*id = in->drop_media ? 0 : in->media;
	if (in->file.len || in->captions.len || in->link.len || (in->words.len && !in->media))
		return media_keep(c, &(struct media_given){ in->file, in->file_file, in->captions, in->link, in->words }, id);
	return media_check(c, *id);
}

OPERATION(card_preview, card_edit_form, card_edit,
	.route = "POST /cards/preview",
	.allow = "skills.read",
	.effect = WRITES,
	.page = card_edit_html,
	.body_max = MEDIA_BODY_MAX,
	.doc = "How a card will look, and what is wrong with its text. Nothing is kept but a file that comes along, until the night: so that it need not be chosen again.")
{
	int64_t deck = in->deck;
	if (in->id) {
		struct card k;
		TRY(card_load(c, in->id, &k));
		deck = k.deck;
	}
	TRY(page_fill(c, deck, out));
	out->form = *in;
	out->asked = true;
	out->form.file = out->form.captions = out->form.link = out->form.words = (str){ 0 };
	out->form.drop_media = false;
	enum status kept = media_choose(c, in, &out->form.media);
	if (kept != OK && kept != INVALID)
		return kept;
	if (kept == INVALID) {
		out->form.media = in->media;
		out->form.link = in->link;
		out->form.words = in->words;
	}
	return preview(c, &out->form, out);
}

OPERATION(card_add, card_edit_form, by_id,
	.route = "POST /decks/{deck}/cards",
	.allow = "skills.read",
	.effect = WRITES,
	.then = "/decks/{deck}",
	.said = W(practice_card_added),
	.back = "/decks/{deck}/cards/new",
	.body_max = MEDIA_BODY_MAX,
	.doc = "Adds a card to a deck, at its end.")
{
	struct deck d;
	struct count last;
	struct card k = { .deck = in->deck, .text_nl = in->text_nl, .text_en = in->text_en };
	TRY(deck_load(c, in->deck, &d));
	TRY(deck_may_edit(c, &d));
	TRY(card_both(c, in->text_nl, in->text_en, &k.kind));
	TRY(media_choose(c, in, &k.media));
	if (d.cards >= 1000)
		return refuse(c, CONFLICT, "deck-full", W(practice_deck_full), S("1.000"));
	TRY(store_one(c, place_last, (&(struct by_id){ d.id }), &last));
	k.place = last.count + 1;
	return store_one(c, card_add, &k, out);
}

struct changed { int64_t id, deck; };
RECORD(changed, FIELD(changed, id), FIELD(changed, deck));

OPERATION(card_change, card_edit_form, changed,
	.route = "POST /cards/{id}/change",
	.allow = "skills.read",
	.effect = WRITES,
	.then = "/decks/{deck}",
	.said = W(practice_card_changed),
	.back = "/cards/{id}/change",
	.body_max = MEDIA_BODY_MAX,
	.doc = "Changes a card. change=small keeps what people remember of it; change=new retires it and puts a card in its place that everybody begins anew.")
{
	struct card k;
	struct deck d;
	TRY(card_load(c, in->id, &k));
	if (!k.deck)
		return refuse(c, NOT_FOUND, "unknown-card", W(practice_unknown_card));
	TRY(deck_load(c, k.deck, &d));
	TRY(deck_may_edit(c, &d));
	if (k.retired.ms)
		return refuse(c, CONFLICT, "card-retired", W(practice_retired));
	str kind;
	int64_t media;
	TRY(card_both(c, in->text_nl, in->text_en, &kind));
	TRY(media_choose(c, in, &media));
	*out = (struct changed){ k.id, k.deck };
	if (str_eq(in->text_nl, k.text_nl) && str_eq(in->text_en, k.text_en) && media == k.media)
		return OK;
	if (!in->change.len)
		return object(c, S("change"), W(practice_change_which));
	if (!str_eq(kind, k.kind) && str_eq(in->change, S("small")))
		return object(c, S("change"), W(practice_change_kind));
	if (str_eq(in->change, S("small"))) {
		TRY(store_run(c, card_keep_text, (&(struct by_id){ k.id }), NULL));
		struct card word = { .id = k.id, .text_nl = in->text_nl, .text_en = in->text_en, .media = media };
		return store_run(c, card_word, &word, NULL);
	}
	struct card next = { .deck = k.deck, .kind = kind, .place = k.place, .text_nl = in->text_nl, .text_en = in->text_en, .media = media, .replaces = k.id };
	struct by_id id;
	TRY(store_run(c, card_end, (&(struct by_id){ k.id }), NULL));
	TRY(store_one(c, card_add, &next, &id));
	out->id = id.id;
	return OK;
}

OPERATION(card_retire, by_id, changed,
	.route = "POST /cards/{id}/retire",
	.allow = "skills.read",
	.effect = WRITES,
	.then = "/decks/{deck}",
	.said = W(practice_card_retired),
	.doc = "Takes a card out of its deck. What people remembered of it stays theirs.")
{
	struct card k;
	struct deck d;
	TRY(card_load(c, in->id, &k));
	if (!k.deck)
		return refuse(c, NOT_FOUND, "unknown-card", W(practice_unknown_card));
	TRY(deck_load(c, k.deck, &d));
	TRY(deck_may_edit(c, &d));
	*out = (struct changed){ k.id, k.deck };
	return store_run(c, card_end, in, NULL);
}
