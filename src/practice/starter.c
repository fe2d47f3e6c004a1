/* starter.c - six decks that come along, in two languages: taken over once, then the organisation's own. */
#include "inside.h"
#include "web/operation.h"
#include "practice_starter.txt.h"

/* Lines of the file that begin with % are ours: %deck KEY, %skill KEY, %nl NAME, %en NAME, %about-nl, %about-en; %card begins a card in
 * Dutch, and a % alone stands between it and the English one. */
struct taking { struct ctx *c; struct deck_put deck; int64_t id, place, added; bool skip; list keys; };

static enum status deck_begin(struct taking *t)
{
	struct by_id id;
	struct ctx *c = t->c;
	if (t->id || t->skip || !t->deck.key.len)
		return OK;
	for (each(struct deck_key, k, t->keys))
		t->skip |= str_eq(k->key, t->deck.key);
	if (t->skip)
		return OK;
	t->deck.review_day = date_add_months(c->today, 12);
	TRY(store_one(c, deck_add, &t->deck, &id));
	t->id = id.id;
	t->added++;
	return OK;
}

static enum status card_take(struct taking *t, str both)
{
	str nl = both, en = { 0 };
	struct card k = { .deck = t->id };
	struct by_id id;
	for (size_t i = 0; i + 2 < both.len; i++)
		if (both.at[i] == '\n' && both.at[i + 1] == '%' && both.at[i + 2] == '\n') {
			nl = str_until(both, i);
			en = str_from(both, i + 3);
			break;
		}
	if (t->skip)
		return OK;
	k.text_nl = str_trim(nl);
	k.text_en = str_trim(en);
	k.place = ++t->place;
	TRY(card_both(t->c, k.text_nl, k.text_en, &k.kind));
	return store_one(t->c, card_add, &k, &id);
}

static enum status head_take(struct taking *t, str word, str value)
{
	struct by_id skill;
	bool found;
	if (str_eq(word, S("%deck"))) {
		t->deck = (struct deck_put){ .key = value, .owner = t->c->me.person };
		t->id = t->place = 0;
		t->skip = false;
	} else if (str_eq(word, S("%skill"))) {
		TRY(store_find(t->c, skill_by_key, (&(struct named){ .name_nl = value }), &skill, &found));
		t->deck.skill = found ? skill.id : 0;
	} else if (str_eq(word, S("%nl"))) {
		t->deck.name_nl = value;
	} else if (str_eq(word, S("%en"))) {
		t->deck.name_en = value;
	} else if (str_eq(word, S("%about-nl"))) {
		t->deck.about_nl = value;
	} else if (str_eq(word, S("%about-en"))) {
		t->deck.about_en = value;
	}
	return OK;
}

enum status practice_starter_take(struct ctx *c, int64_t *added)
{
	struct taking t = { .c = c };
	str rest = { (const char *)starter_txt, sizeof starter_txt }, line;
	TRY(store_all(c, deck_keys, NOTHING, &t.keys));
	while (rest.len) {
		str word, value;
		str_cut(rest, '\n', &line, &rest);
		if (!str_cut(line, ' ', &word, &value))
			word = line;
		if (!str_starts(word, S("%")))
			continue;
		if (!str_eq(word, S("%card"))) {
			TRY(head_take(&t, word, str_trim(value)));
			continue;
		}
		size_t end = 0;
		while (end < rest.len && !(rest.at[end] == '%' && end + 1 < rest.len && rest.at[end + 1] != '\n' && (!end || rest.at[end - 1] == '\n')))
			end++;
		TRY(deck_begin(&t));
		TRY(card_take(&t, str_until(rest, end)));
		rest = str_from(rest, end);
	}
	*added = t.added;
	return OK;
}

struct taken_over { int64_t added; };
RECORD(taken_over, FIELD(taken_over, added));

OPERATION(deck_starter, nothing, taken_over,
	.route = "POST /decks/starter",
	.allow = "decks.manage",
	.effect = WRITES,
	.then = "/decks",
	.said = W(practice_starter_said),
	.doc = "Takes over the six decks that come along; those that are there already stay as they are.")
{
	(void)in;
	return practice_starter_take(c, &out->added);
}
