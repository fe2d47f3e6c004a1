/* story_practice.c - a training that slips away because nobody practises it, a deck that stays because people do, and cards that wait. */
#include "inside.h"
#include "practice/practice.h"
#include "stats/fsrs.h"
#include "accounts/accounts.h"
#include <math.h>

struct demo_training { int64_t training, person; str name, name_en, about, about_en, key; bool required; date day; };
struct demo_card { int64_t id, deck, place; str text_nl, text_en; };
struct demo_taken { int64_t training, person, number, at; date day; str used; };
struct demo_key { str key; };
RECORD(demo_training, FIELD(demo_training, training, .optional = true), FIELD(demo_training, person), FIELD(demo_training, name), FIELD(demo_training, name_en), FIELD(demo_training, about), FIELD(demo_training, about_en),
	FIELD(demo_training, key), FIELD(demo_training, required), FIELD(demo_training, day));
RECORD(demo_card, FIELD(demo_card, id), FIELD(demo_card, deck), FIELD(demo_card, place), FIELD(demo_card, text_nl, .max = 6000), FIELD(demo_card, text_en, .max = 6000));
RECORD(demo_taken, FIELD(demo_taken, training), FIELD(demo_taken, person), FIELD(demo_taken, number), FIELD(demo_taken, at), FIELD(demo_taken, day), FIELD(demo_taken, used));
RECORD(demo_key, FIELD(demo_key, key));

enum { TRAINED = 46, PRACTISING = 26, TAKEN_DAYS = 130, FOLLOWED_DAYS = 200, FRESH_A_DAY = 2 };

static const struct { const char *nl, *en; } fire[] = {
	{ "? Wat doe je het eerst als je brand ontdekt?\n= Alarm slaan: 112 of de handmelder. Daarna mensen waarschuwen.", "? What do you do first when you find a fire?\n= Raise the alarm: 112 or the call point. Then warn people." },
	{ "? Wanneer blus je zelf?\n= Alleen een klein begin, met je rug naar een vrije vluchtweg, en hoogstens één blusser lang.", "? When do you put out a fire yourself?\n= Only a small beginning, with your back to a free way out, and for one extinguisher at most." },
	{ "? Waarom doe je een deur dicht als je een brandende ruimte verlaat?\n= Rook en vuur verspreiden zich dan veel langzamer.", "? Why do you close the door when you leave a room on fire?\n= Smoke and fire then spread far more slowly." },
	{ "? Waar meld je je na een ontruiming?\n= Op de verzamelplaats, bij wie de lijst heeft. Ga niet naar huis.", "? Where do you report after an evacuation?\n= At the assembly point, with whoever has the list. Do not go home." },
	{ "? Wat doe je als een gang vol rook staat?\n= Niet erin. Terug, deur dicht, aan het raam gaan staan en bellen waar je bent.", "? What do you do when a corridor is full of smoke?\n= Stay out. Go back, close the door, stand at the window and call to say where you are." },
	{ "? Wie brengt iemand die slecht ter been is naar buiten?\n= De buddy die vooraf is afgesproken; de bhv’er weet wie dat is.", "? Who takes somebody who walks with difficulty outside?\n= The buddy agreed on beforehand; the emergency officer knows who." },
};

/* As that person, on that day. */
static void stand_in(struct ctx *c, int64_t person, date day)
{
	c->me.person = person;
	c->today = day;
	c->now = demo_noon(day);
}

static enum status fire_make(struct ctx *c, struct demo *d, int64_t owner, struct demo_card cards[], int64_t *training)
{
	struct demo_training t = { .person = owner, .name = S("Brandveiligheid en ontruiming"), .key = S("working-safely"), .required = true }, deck = t;
	struct by_id id;
	TRY(store_one(c, demo_training, &t, &id));
	*training = deck.training = id.id;
	deck.name = S("Brandveiligheid");
	deck.name_en = S("Fire safety");
	deck.about = S("Wat je moet weten als het misgaat, en waar niemand dan tijd voor heeft om op te zoeken.");
	deck.about_en = S("What you have to know when it goes wrong, and nobody has time to look up.");
	deck.day = date_add_days(d->day, -9);
	TRY(store_one(c, demo_deck, &deck, &id));
	for (size_t i = 0; i < sizeof fire / sizeof fire[0]; i++) {
		struct by_id made;
		cards[i] = (struct demo_card){ 0, id.id, (int64_t)i + 1, str_of(fire[i].nl), str_of(fire[i].en) };
		TRY(store_one(c, demo_card, &cards[i], &made));
		cards[i].id = made.id;
	}
	return OK;
}

/* They took it, and then only answered what was asked two days, two weeks and two months later. */
static enum status slips_away(struct ctx *c, struct demo *d, int64_t training, const struct demo_card cards[])
{
	static const int after[] = { 2, 14, 60, 121 };
	static const double kept[] = { .9, .71, .5, .41 };
	enum { CARDS = sizeof fire / sizeof fire[0] };
	size_t n = 0;
	for (each(struct demo_person, p, d->people)) {
		if (p->is_new || n >= TRAINED || demo_chance(d, .4))
			continue;
		int64_t turns[CARDS] = { 0 };
		date day = date_add_days(d->day, -(int)(TAKEN_DAYS + demo_between(d, 0, 12)));
		struct demo_taken taken = { training, p->id, 0, 0, day, { 0 } };
		double own = .08 * demo_normal(d, 0, 1);
		TRY(store_run(c, demo_taken, &taken, NULL));
		n++;
		for (int b = 0; b < 4; b++) {
			if (!demo_chance(d, b < 3 ? .85 : .6))
				continue;
			stand_in(c, p->id, date_add_days(day, after[b] + (int)demo_between(d, 0, 1)));
			for (int k = 0; k < 3; k++) {
				int which = (b * 3 + k) % CARDS;
				struct practice_given a = { cards[which].id, turns[which]++, demo_chance(d, kept[b] + own) ? FSRS_GOOD : FSRS_AGAIN, 0 };
				TRY(practice_give(c, &a));
			}
			taken.number = b + 1;
			taken.at = c->today.day;
			taken.used = demo_chance(d, .3) ? S("yes") : demo_chance(d, .5) ? S("no-chance") : S("not-yet");
			if (b < 3)
				TRY(store_run(c, demo_booster, &taken, NULL));
		}
	}
	return OK;
}

struct learner { int64_t turns, due, last; struct fsrs_memory m; };

/* They practise three minutes a day: each card is asked when one in ten would have forgotten it. */
static enum status stays(struct ctx *c, struct demo *d, const list *cards)
{
	size_t n = 0;
	for (each(struct demo_person, p, d->people)) {
		if (p->is_new || n >= PRACTISING || demo_chance(d, .6) || !cards->count)
			continue;
		int begin = d->day.day - (int)(FOLLOWED_DAYS - demo_between(d, 0, 40));
		struct learner *own = arena_take(c->arena, cards->count * sizeof *own);
		struct demo_taken follow = { list_of(*cards, struct demo_card)->deck, p->id, 0, begin, { 0 }, { 0 } };
		TRY(store_run(c, demo_follow, &follow, NULL));
		n++;
		for (int day = begin; day < d->day.day - 1; day++) {
			int fresh = 0;
			if (date_weekday((date){ day }) > 5 || demo_chance(d, .15))
				continue;
			for (size_t k = 0; k < cards->count; k++) {
				struct learner *l = &own[k];
				if (l->turns ? l->due > day : fresh++ >= FRESH_A_DAY)
					continue;
				double r = l->turns ? fsrs_recall(&fsrs_default, (double)(day - l->last), l->m.stability) : .8;
				int rating = !demo_chance(d, r) ? FSRS_AGAIN : demo_chance(d, .15) ? FSRS_HARD : demo_chance(d, .12) ? FSRS_EASY : FSRS_GOOD;
				stand_in(c, p->id, (date){ day });
				TRY(practice_give(c, &(struct practice_given){ list_item(*cards, struct demo_card, k)->id, l->turns, rating, 0 }));
				l->m = l->turns ? fsrs_next(&fsrs_default, l->m, (enum fsrs_rating)rating, (double)(day - l->last)) : fsrs_first(&fsrs_default, (enum fsrs_rating)rating);
				l->last = day;
				l->turns++;
				l->due = day + (int64_t)fmax(1, round(fsrs_interval(&fsrs_default, .9, l->m.stability)));
			}
		}
	}
	return OK;
}

/* Youssef has cards that wait today, and took the training two weeks ago. */
static enum status youssef_practises(struct ctx *c, struct demo *d, int64_t training)
{
	int64_t me = demo_person(d, S("Youssef el Hamdi"))->id;
	list cards = { 0 };
	TRY(store_all(c, demo_deck_cards, (&(struct demo_key){ S("learning-to-learn") }), &cards));
	if (!cards.count)
		return OK;
	struct demo_taken follow = { list_of(cards, struct demo_card)->deck, me, 0, d->day.day - 20, { 0 }, { 0 } };
	TRY(store_run(c, demo_follow, &follow, NULL));
	for (size_t i = 0; i < cards.count && i < 7; i++) {
		stand_in(c, me, date_add_days(d->day, -20 + (int)i / 2));
		TRY(practice_give(c, &(struct practice_given){ list_item(cards, struct demo_card, i)->id, 0, i % 3 ? FSRS_GOOD : FSRS_HARD, 0 }));
	}
	struct demo_taken taken = { training, demo_person(d, S("Kevin Slagter"))->id, 0, 0, demo_day(d, 15), { 0 } };
	return store_run(c, demo_taken, &taken, NULL);
}

enum status demo_practice(struct ctx *c, struct demo *d)
{
	struct asker before = c->me;
	date today = c->today;
	instant now = c->now;
	struct demo_card cards[sizeof fire / sizeof fire[0]];
	list kept = { 0 };
	int64_t added, training, owner = demo_person(d, S("Noor Yıldız"))->id;
	struct demo_basis basis = { demo_day(d, 300), S("Instemming OR: oefenen"), S("Oefenen voor iedereen; de organisatie ziet alleen wat groepen onthouden."), 0, demo_noon(demo_day(d, 300)), { 0 } };
	TRY(account_make(c, demo_person(d, S("Noor Yıldız"))->email, S("Noor Yıldız"), 0, true, &basis.account_id));
	TRY(store_run(c, demo_practice_basis, &basis, NULL));
	TRY(practice_starter_take(c, &added));
	TRY(store_run(c, demo_deck_owner, (&(struct demo_taken){ .person = owner }), NULL));
	TRY(fire_make(c, d, owner, cards, &training));
	enum status status = slips_away(c, d, training, cards);
	if (status == OK)
		status = store_all(c, demo_deck_cards, (&(struct demo_key){ S("giving-feedback") }), &kept);
	if (status == OK)
		status = stays(c, d, &kept);
	if (status == OK)
		status = youssef_practises(c, d, training);
	c->me = before;
	/* What groups kept was told last Monday. */
	c->today = date_add_days(today, 1 - date_weekday(today));
	c->now = demo_noon(c->today);
	if (status == OK)
		status = practice_tell(c);
	if (status == OK)
		status = practice_fit_now(c);
	c->today = today;
	c->now = now;
	TRY(status);
	cards[4].text_nl = S("Moet je hier niet eerst de bhv bellen, en dan pas 112?");
	return store_run(c, demo_flag, &cards[4], NULL);
}
