/* import.c - cards from somebody's file: a row a card, in our plain text or as question and answer, in one language or both. */
#include "inside.h"
#include "base/map.h"
#include "imports/imports.h"

enum { CARDS_A_DECK = 1000 };

struct cards_line { int64_t line; str deck, text_nl, text_en, question_nl, answer_nl, question_en, answer_en; int64_t deck_at, live; str kind; };
struct card_live { int64_t id, deck; str text_nl, text_en; int64_t media; str nl, en; };     /* nl, en: in the one way there is to write it */
struct deck_live { int64_t id; str name_nl, name_en; int64_t cards, last; };
struct card_kept { int64_t id, deck; str text_nl, text_en; };
RECORD(cards_line,
	FIELD(cards_line, line),
	FIELD(cards_line, deck,        .label = W(practice_field_deck), .required = true, .max = NAME_MAX_),
	FIELD(cards_line, text_nl,     .label = W(practice_text_nl), .lines = true, .max = CARD_BYTES_MAX),
	FIELD(cards_line, text_en,     .label = W(practice_text_en), .lines = true, .max = CARD_BYTES_MAX),
	FIELD(cards_line, question_nl, .label = W(practice_field_question_nl), .lines = true, .max = CARD_LINE_MAX),
	FIELD(cards_line, answer_nl,   .label = W(practice_field_answer_nl), .lines = true, .max = CARD_LINE_MAX),
	FIELD(cards_line, question_en, .label = W(practice_field_question_en), .lines = true, .max = CARD_LINE_MAX),
	FIELD(cards_line, answer_en,   .label = W(practice_field_answer_en), .lines = true, .max = CARD_LINE_MAX),
	FIELD(cards_line, deck_at), FIELD(cards_line, live), FIELD(cards_line, kind));
RECORD(card_live, FIELD(card_live, id), FIELD(card_live, deck), FIELD(card_live, text_nl, .max = CARD_BYTES_MAX), FIELD(card_live, text_en, .max = CARD_BYTES_MAX), FIELD(card_live, media, .optional = true));
RECORD(deck_live, FIELD(deck_live, id), FIELD(deck_live, name_nl), FIELD(deck_live, name_en), FIELD(deck_live, cards), FIELD(deck_live, last));
RECORD(card_kept, FIELD(card_kept, id), FIELD(card_kept, deck), FIELD(card_kept, text_nl, .max = CARD_BYTES_MAX, .lines = true), FIELD(card_kept, text_en, .max = CARD_BYTES_MAX, .lines = true));

static const struct import_table card_table[] = { { "card", &card_kept_record, &query_card_kept_load, &query_card_kept_put, &query_card_kept_remove }, { 0 } };

static const struct import_name card_names[] = { { "deck", "stapel, set, kaartenset" }, { "text_nl", "tekst, kaart" }, { "text_en", "text, card" },
	{ "question_nl", "vraag, voorkant" }, { "answer_nl", "antwoord, achterkant" }, { "question_en", "question, front" }, { "answer_en", "answer, back" }, { 0 } };

struct known { list decks, cards, names; struct map deck_by_name, card_by_nl, card_by_en, seen; };

static str key_of(struct ctx *c, int64_t deck, str text) { return text_format(c->arena, "%lld\n" S_FMT, (long long)deck, S_ARG(text)); }

/* The same card may have been typed in another order of lines. */
static str canonical(struct ctx *c, str text)
{
	struct card_form f;
	size_t before = c->problems.count;
	bool reads = text.len && card_read(c, S("card"), text, 1, &f) == OK;
	c->problems.count = before;
	return reads ? str_trim(card_write(c, &f)) : str_trim(text);
}

static enum status known_load(struct ctx *c, struct known *k)
{
	TRY(store_all(c, decks_live, NOTHING, &k->decks));
	TRY(store_all(c, cards_live, NOTHING, &k->cards));
	for (size_t i = 0; i < k->decks.count; i++) {
		const struct deck_live *d = list_item(k->decks, struct deck_live, i);
		const str names[] = { d->name_nl, d->name_en, text_format(c->arena, "%lld", (long long)d->id) };
		for (int n = 0; n < 3; n++)
			if (names[n].len) {
				map_put(c->arena, &k->deck_by_name, text_fold(c->arena, names[n]), (int64_t)i, NULL);
				if (n < 2)
					*list_add(c->arena, &k->names, str) = names[n];
			}
	}
	for (size_t i = 0; i < k->cards.count; i++) {
		struct card_live *l = list_item(k->cards, struct card_live, i);
		l->nl = canonical(c, l->text_nl);
		l->en = canonical(c, l->text_en);
		if (l->nl.len)
			map_put(c->arena, &k->card_by_nl, key_of(c, l->deck, l->nl), (int64_t)i, NULL);
		if (l->en.len)
			map_put(c->arena, &k->card_by_en, key_of(c, l->deck, l->en), (int64_t)i, NULL);
	}
	return OK;
}

/* Question and answer become the plain text that says the same. */
static str text_of(struct ctx *c, struct import *im, const struct cards_line *l, str text, str question, str answer, const char *missing_question, const char *missing_answer)
{
	if (text.len || (!question.len && !answer.len))
		return text;
	if (!question.len)
		import_object(c, im, l->line, str_of(missing_question), W(practice_import_half));
	else if (!answer.len && !str_has(question, S("[[")))
		import_object(c, im, l->line, str_of(missing_answer), W(practice_import_half));
	return answer.len ? text_format(c->arena, "? " S_FMT "\n= " S_FMT, S_ARG(question), S_ARG(answer)) : text_format(c->arena, "? " S_FMT, S_ARG(question));
}

/* As it is kept: in the one way there is to write a card. What is wrong with it becomes this line's. */
static void line_read(struct ctx *c, struct import *im, struct cards_line *l)
{
	size_t before = c->problems.count;
	l->text_nl = text_of(c, im, l, l->text_nl, l->question_nl, l->answer_nl, "question_nl", "answer_nl");
	l->text_en = text_of(c, im, l, l->text_en, l->question_en, l->answer_en, "question_en", "answer_en");
	if (import_is_wrong(im, l->line))
		return;
	if (!l->text_nl.len && !l->text_en.len) {
		import_object(c, im, l->line, S("text_nl"), W(practice_import_nothing));
		return;
	}
	if (card_both(c, l->text_nl, l->text_en, &l->kind) != OK) {
		for (size_t i = before; i < c->problems.count; i++) {
			const struct problem *p = list_item(c->problems, struct problem, i);
			import_object(c, im, l->line, p->field, W(practice_import_card), p->said);
		}
		c->problems.count = before;
		return;
	}
	if (l->text_nl.len)
		l->text_nl = canonical(c, l->text_nl);
	if (l->text_en.len)
		l->text_en = canonical(c, l->text_en);
}

/* Which card that is there it is, by either language; -1: none. */
static int64_t live_of(struct ctx *c, const struct known *k, int64_t deck, const struct cards_line *l)
{
	int64_t at;
	if (l->text_nl.len && map_find(&k->card_by_nl, key_of(c, deck, l->text_nl), &at))
		return at;
	return l->text_en.len && map_find(&k->card_by_en, key_of(c, deck, l->text_en), &at) ? at : -1;
}

static bool adds_to(str there, str comes) { return comes.len && !there.len; }
static bool differs(str there, str comes) { return comes.len && there.len && !str_eq(there, comes); }

static void line_place(struct ctx *c, struct import *im, struct known *k, struct cards_line *l)
{
	struct deck_live *d = list_item(k->decks, struct deck_live, l->deck_at);
	int64_t first;
	if (!map_put(c->arena, &k->seen, key_of(c, d->id, l->text_nl.len ? l->text_nl : l->text_en), l->line, &first)) {
		import_object(c, im, l->line, S("text_nl"), W(practice_import_twice), text_format(c->arena, "%lld", (long long)first));
		return;
	}
	l->live = live_of(c, k, d->id, l);
	if (l->live < 0) {
		if (++d->cards > CARDS_A_DECK)
			import_object(c, im, l->line, S("deck"), W(practice_deck_full), S("1.000"));
		im->count.added++;
		return;
	}
	const struct card_live *there = list_item(k->cards, struct card_live, l->live);
	/* Whether a change is small or makes another question, only a person can say. */
	if (differs(there->nl, l->text_nl) || differs(there->en, l->text_en))
		import_object(c, im, l->line, differs(there->nl, l->text_nl) ? S("text_nl") : S("text_en"), W(practice_import_differs), text_format(c->arena, "/cards/%lld/change", (long long)there->id));
	else if (adds_to(there->text_nl, l->text_nl) || adds_to(there->text_en, l->text_en))
		im->count.changed++;
	else
		im->count.same++;
}

static enum status cards_check(struct ctx *c, struct import *im)
{
	struct known *k = arena_new_of(c->arena, struct known);
	im->own = k;
	TRY(known_load(c, k));
	for (each(struct cards_line, l, im->rows)) {
		if (!map_find(&k->deck_by_name, text_fold(c->arena, l->deck), &l->deck_at)) {
			import_unknown(c, im, l->line, S("deck"), l->deck, &k->names);
			continue;
		}
		line_read(c, im, l);
		if (!import_is_wrong(im, l->line))
			line_place(c, im, k, l);
	}
	return OK;
}

static enum status cards_apply(struct ctx *c, struct import *im)
{
	struct known *k = im->own;
	for (each(struct cards_line, l, im->rows)) {
		struct deck_live *d = list_item(k->decks, struct deck_live, l->deck_at);
		if (l->live < 0) {
			struct card put = { .deck = d->id, .kind = l->kind, .place = ++d->last, .text_nl = l->text_nl, .text_en = l->text_en };
			struct by_id id;
			TRY(store_one(c, card_add, &put, &id));
			TRY(import_added(c, im, card_table, id.id, &(struct card_kept){ id.id, d->id, l->text_nl, l->text_en }));
			continue;
		}
		const struct card_live *there = list_item(k->cards, struct card_live, l->live);
		if (!adds_to(there->text_nl, l->text_nl) && !adds_to(there->text_en, l->text_en))
			continue;
		struct card_kept before = { there->id, there->deck, there->text_nl, there->text_en }, after = before;
		after.text_nl = there->text_nl.len ? there->text_nl : l->text_nl;
		after.text_en = there->text_en.len ? there->text_en : l->text_en;
		TRY(store_run(c, card_keep_text, (&(struct by_id){ there->id }), NULL));
		TRY(store_run(c, card_kept_put, &after, NULL));
		TRY(import_changed(c, im, card_table, there->id, &before, &after));
	}
	return OK;
}

IMPORT(cards, cards_line,
	.label = W(practice_import_label),
	.hint = W(practice_import_hint),
	.allow = "decks.manage",
	.doc = "Cards: deck, and text_nl or text_en in the plain form, or question and answer in either language.",
	.names = card_names,
	.tables = card_table,
	.check = cards_check,
	.apply = cards_apply)
