/* deck.c - decks: what there is to practise, whose they are, and when they are looked at again. */
#include "inside.h"
#include "people/people.h"
#include "skills/skills.h"
#include "web/access.h"
#include "web/operation.h"

RECORD(deck, FIELD(deck, id), FIELD(deck, key), FIELD(deck, name_nl), FIELD(deck, name_en), FIELD(deck, about_nl, .max = ABOUT_MAX), FIELD(deck, about_en, .max = ABOUT_MAX),
	FIELD(deck, skill, .optional = true), FIELD(deck, training, .optional = true), FIELD(deck, owner, .optional = true), FIELD(deck, review_day), FIELD(deck, made),
	FIELD(deck, withdrawn), FIELD(deck, skill_nl), FIELD(deck, skill_en), FIELD(deck, training_name), FIELD(deck, required), FIELD(deck, owner_name),
	FIELD(deck, cards), FIELD(deck, followed, .doc = "By whoever asks; nobody sees it of another."), FIELD(deck, flags));
RECORD(deck_key, FIELD(deck_key, key));
RECORD(named, FIELD(named, id), FIELD(named, name_nl, .max = 200), FIELD(named, name_en, .max = 200), FIELD(named, name, .max = 200));
RECORD(deck_put, FIELD(deck_put, id, .optional = true), FIELD(deck_put, key), FIELD(deck_put, name_nl), FIELD(deck_put, name_en), FIELD(deck_put, about_nl, .max = ABOUT_MAX),
	FIELD(deck_put, about_en, .max = ABOUT_MAX), FIELD(deck_put, skill, .optional = true), FIELD(deck_put, training, .optional = true), FIELD(deck_put, owner, .optional = true),
	FIELD(deck_put, review_day));

str in_words_of(const struct ctx *c, str nl, str en)
{
	str first = c->language == NL ? nl : en, other = c->language == NL ? en : nl;
	return first.len ? first : other;
}

str deck_name(const struct ctx *c, const struct deck *d) { return in_words_of(c, d->name_nl, d->name_en); }

enum status deck_load(struct ctx *c, int64_t id, struct deck *out)
{
	bool found;
	TRY(store_find(c, deck_by_id, (&(struct by_id){ id }), out, &found));
	return found ? OK : refuse(c, NOT_FOUND, "unknown-deck", W(practice_unknown_deck));
}

bool deck_is_mine(const struct ctx *c, const struct deck *d)
{
	return may(c, S("decks.manage")) || (d->owner && d->owner == c->me.person);
}

enum status deck_may_edit(struct ctx *c, const struct deck *d)
{
	if (!deck_is_mine(c, d))
		return refuse(c, FORBIDDEN, "not-owner", W(practice_not_owner), d->owner_name.len ? d->owner_name : S("–"));
	if (d->withdrawn.ms)
		return refuse(c, CONFLICT, "deck-withdrawn", W(practice_withdrawn_edit), deck_name(c, d));
	return OK;
}

/* ---- All of them ---- */

struct deck_line { int64_t id; str name, about, skill, training; int64_t cards, flags; bool followed, required, mine, overdue; };
struct deck_list { list decks; int64_t followed, starter; bool may_manage; };
RECORD(deck_line, FIELD(deck_line, id), FIELD(deck_line, name), FIELD(deck_line, about, .max = ABOUT_MAX), FIELD(deck_line, skill), FIELD(deck_line, training), FIELD(deck_line, cards),
	FIELD(deck_line, flags), FIELD(deck_line, followed), FIELD(deck_line, required), FIELD(deck_line, mine), FIELD(deck_line, overdue));
RECORD(deck_list, FIELD(deck_list, decks, .of = &deck_line_record), FIELD(deck_list, followed), FIELD(deck_list, starter), FIELD(deck_list, may_manage));
#include "practice_decks.html.h"

OPERATION(deck_list_show, nothing, deck_list,
	.route = "GET /decks",
	.allow = "skills.read",
	.page = decks_html,
	.lenient = true,
	.doc = "The decks there are to practise with.")
{
	(void)in;
	list rows = { 0 }, keys = { 0 };
	TRY(store_all(c, deck_all, NOTHING, &rows));
	TRY(store_all(c, deck_keys, NOTHING, &keys));
	out->starter = keys.count ? 0 : 1;
	out->may_manage = may(c, S("decks.manage"));
	for (each(struct deck, d, rows)) {
		bool mine = deck_is_mine(c, d);
		out->followed += d->followed;
		*list_add(c->arena, &out->decks, struct deck_line) = (struct deck_line){ d->id, deck_name(c, d), in_words_of(c, d->about_nl, d->about_en), in_words_of(c, d->skill_nl, d->skill_en),
			d->training_name, d->cards, mine ? d->flags : 0, d->followed, d->required, mine,
			mine && date_is(d->review_day) && date_compare(d->review_day, c->today) < 0 };
	}
	return OK;
}

/* ---- One ---- */

struct card_line { int64_t id; str title, kind; bool has_nl, has_en, media; list flags; };
struct deck_page { int64_t id; str name, about, skill; int64_t skill_id; str training; int64_t training_id; str owner; date review_day; bool required, followed, mine, overdue, withdrawn, practises; list cards; int64_t flags; };
RECORD(flag, FIELD(flag, id), FIELD(flag, card), FIELD(flag, text), FIELD(flag, day));
RECORD(card_line, FIELD(card_line, id), FIELD(card_line, title, .max = CARD_LINE_MAX), FIELD(card_line, kind), FIELD(card_line, has_nl), FIELD(card_line, has_en),
	FIELD(card_line, media), FIELD(card_line, flags, .of = &flag_record));
RECORD(deck_page, FIELD(deck_page, id), FIELD(deck_page, name), FIELD(deck_page, about, .max = ABOUT_MAX), FIELD(deck_page, skill), FIELD(deck_page, skill_id, .optional = true),
	FIELD(deck_page, training), FIELD(deck_page, training_id, .optional = true), FIELD(deck_page, owner), FIELD(deck_page, review_day), FIELD(deck_page, required),
	FIELD(deck_page, followed), FIELD(deck_page, mine), FIELD(deck_page, overdue), FIELD(deck_page, withdrawn), FIELD(deck_page, practises), FIELD(deck_page, cards, .of = &card_line_record, .max = 2000),
	FIELD(deck_page, flags));

static str kind_view(struct view *v, str kind)
{
	static const struct { const char *kind; const struct word *word; } kinds[] = { { "answer", W(practice_kind_answer) }, { "choice", W(practice_kind_choice) },
		{ "fill", W(practice_kind_fill) }, { "order", W(practice_kind_order) }, { "case", W(practice_kind_case) } };
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_eq(kind, str_of(kinds[i].kind)))
			return kinds[i].word->text[v->language];
	return kind;
}
#include "practice_deck.html.h"

static enum status cards_fill(struct ctx *c, const struct deck *d, struct deck_page *out)
{
	list cards = { 0 }, flags = { 0 };
	TRY(store_all(c, cards_of_deck, (&(struct by_id){ d->id }), &cards));
	if (out->mine)
		TRY(store_all(c, flags_of_deck, (&(struct by_id){ d->id }), &flags));
	for (each(struct card, k, cards)) {
		struct card_form f;
		struct card_line *l = list_add(c->arena, &out->cards, struct card_line);
		*l = (struct card_line){ .id = k->id, .kind = k->kind, .has_nl = k->text_nl.len > 0, .has_en = k->text_en.len > 0, .media = k->media > 0 };
		if (card_open(c, k, &f) == OK)
			l->title = card_title(c, &f);
		for (each(struct flag, g, flags))
			if (g->card == k->id)
				*list_add(c->arena, &l->flags, struct flag) = *g;
	}
	out->flags = (int64_t)flags.count;
	return OK;
}

OPERATION(deck_show, by_id, deck_page,
	.route = "GET /decks/{id}",
	.allow = "skills.read",
	.page = deck_html,
	.lenient = true,
	.doc = "A deck and the questions of its cards; for its owner also what readers said about them.")
{
	struct deck d;
	TRY(deck_load(c, in->id, &d));
	*out = (struct deck_page){ .id = d.id, .name = deck_name(c, &d), .about = in_words_of(c, d.about_nl, d.about_en), .skill = in_words_of(c, d.skill_nl, d.skill_en), .skill_id = d.skill,
		.training = d.training_name, .training_id = d.training, .owner = d.owner_name, .review_day = d.review_day, .required = d.required, .followed = d.followed,
		.mine = deck_is_mine(c, &d), .overdue = date_is(d.review_day) && date_compare(d.review_day, c->today) < 0, .withdrawn = d.withdrawn.ms != 0,
		.practises = c->me.person != 0 };
	return cards_fill(c, &d, out);
}

/* ---- Making and changing ---- */

struct deck_form { int64_t id; str name_nl, name_en, about_nl, about_en; int64_t skill, training; str owner; date review_day; };
RECORD(deck_form,
	FIELD(deck_form, id, .optional = true),
	FIELD(deck_form, name_nl, .label = W(practice_name_nl), .max = NAME_MAX_),
	FIELD(deck_form, name_en, .label = W(practice_name_en), .max = NAME_MAX_),
	FIELD(deck_form, about_nl, .label = W(practice_about_nl), .lines = true, .max = ABOUT_MAX),
	FIELD(deck_form, about_en, .label = W(practice_about_en), .lines = true, .max = ABOUT_MAX),
	FIELD(deck_form, skill, .label = W(practice_skill), .optional = true),
	FIELD(deck_form, training, .label = W(practice_training), .hint = W(practice_training_hint), .optional = true),
	FIELD(deck_form, owner, .label = W(practice_owner), .hint = W(practice_owner_hint), .max = NAME_MAX_),
	FIELD(deck_form, review_day, .label = W(practice_review_day), .hint = W(practice_review_hint)));
struct deck_edit { struct deck_form form; list skills, trainings; };
RECORD(deck_edit, FIELD(deck_edit, form, .of = &deck_form_record), FIELD(deck_edit, skills, .of = &named_record), FIELD(deck_edit, trainings, .of = &named_record));
#include "practice_deck_edit.html.h"

static enum status choices_load(struct ctx *c, struct deck_edit *out)
{
	TRY(store_all(c, skill_choices, NOTHING, &out->skills));
	TRY(store_all(c, training_choices, NOTHING, &out->trainings));
	for (each(struct named, n, out->skills))
		n->name = in_words_of(c, n->name_nl, n->name_en);
	for (each(struct named, n, out->trainings))
		n->name = n->name_nl;
	return OK;
}

OPERATION(deck_new, nothing, deck_edit,
	.route = "GET /decks/new",
	.allow = "decks.manage",
	.page = deck_edit_html,
	.lenient = true,
	.doc = "The form for a new deck.")
{
	(void)in;
	out->form.owner = c->me.name;
	out->form.review_day = date_add_months(c->today, 12);
	return choices_load(c, out);
}

OPERATION(deck_form_show, by_id, deck_edit,
	.route = "GET /decks/{id}/change",
	.allow = "skills.read",
	.page = deck_edit_html,
	.lenient = true,
	.doc = "The same form with what the deck says now; for its owner.")
{
	struct deck d;
	TRY(deck_load(c, in->id, &d));
	TRY(deck_may_edit(c, &d));
	out->form = (struct deck_form){ d.id, d.name_nl, d.name_en, d.about_nl, d.about_en, d.skill, d.training, d.owner_name, d.review_day };
	return choices_load(c, out);
}

static bool among(const list *names, int64_t id)
{
	bool found = !id;
	for (each(struct named, n, *names))
		found |= n->id == id;
	return found;
}

static enum status form_read(struct ctx *c, const struct deck_form *in, struct deck_put *out)
{
	struct deck_edit there = { 0 };
	list people = { 0 };
	enum status status = OK;
	TRY(choices_load(c, &there));
	if (!in->name_nl.len && !in->name_en.len)
		status = object(c, S("name_nl"), W(practice_name_one));
	if (!among(&there.skills, in->skill))
		status = object(c, S("skill"), W(practice_skill_gone));
	if (!among(&there.trainings, in->training))
		status = object(c, S("training"), W(practice_training_gone));
	if (in->owner.len)
		TRY(store_all(c, person_named, (&(struct named){ .name_nl = in->owner }), &people));
	if (in->owner.len && people.count != 1)
		status = object(c, S("owner"), people.count ? W(practice_owner_several) : W(practice_owner_unknown), in->owner);
	*out = (struct deck_put){ in->id, { 0 }, in->name_nl, in->name_en, in->about_nl, in->about_en, in->skill, in->training,
		people.count == 1 ? list_of(people, struct by_id)->id : 0, in->review_day };
	return status;
}

OPERATION(deck_add, deck_form, by_id,
	.route = "POST /decks",
	.allow = "decks.manage",
	.effect = WRITES,
	.then = "/decks/{id}",
	.said = W(practice_deck_added),
	.back = "/decks/new",
	.doc = "Makes a deck, still without cards.")
{
	struct deck_put put;
	TRY(form_read(c, in, &put));
	return store_one(c, deck_add, &put, out);
}

OPERATION(deck_change, deck_form, by_id,
	.route = "POST /decks/{id}/change",
	.allow = "skills.read",
	.effect = WRITES,
	.then = "/decks/{id}",
	.said = W(practice_deck_changed),
	.back = "/decks/{id}/change",
	.doc = "Changes what a deck is called and whose it is; for its owner and for learning.")
{
	struct deck d;
	struct deck_put put;
	TRY(deck_load(c, in->id, &d));
	TRY(deck_may_edit(c, &d));
	TRY(form_read(c, in, &put));
	out->id = in->id;
	return store_run(c, deck_change, &put, NULL);
}

OPERATION(deck_withdraw, by_id, nothing,
	.route = "POST /decks/{id}/withdraw",
	.allow = "skills.read",
	.effect = WRITES,
	.then = "/decks",
	.said = W(practice_deck_withdrawn),
	.doc = "Withdraws a deck: nobody is asked its cards any more. What people remembered stays theirs.")
{
	(void)out;
	struct deck d;
	TRY(deck_load(c, in->id, &d));
	TRY(deck_may_edit(c, &d));
	return store_run(c, deck_end, in, NULL);
}
