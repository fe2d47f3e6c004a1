/* inside.h - what the files of this folder share. */
#pragma once
#include "practice.h"
#include "card.h"
#include "practice.sql.h"
#include "practice.words.h"
#include "store/store.h"
#include "view/view.words.h"

enum { NAME_MAX_ = 120, ABOUT_MAX = 1000, MEDIA_MAX = 12 * 1024 * 1024 };

/* ---- deck.c ---- */
struct deck {
	int64_t id;
	str key, name_nl, name_en, about_nl, about_en;
	int64_t skill, training, owner;
	date review_day;
	instant made, withdrawn;
	str skill_nl, skill_en, training_name;
	bool required;
	str owner_name;
	int64_t cards;
	bool followed;
	int64_t flags;
};
struct deck_put { int64_t id; str key, name_nl, name_en, about_nl, about_en; int64_t skill, training, owner; date review_day; };
struct named { int64_t id; str name_nl, name_en, name; };
struct deck_key { str key; };
extern const struct record named_record;
/* NOT_FOUND, said in words. A withdrawn deck is there still, for its owner. */
enum status deck_load(struct ctx *c, int64_t id, struct deck *out) must_use;
/* FORBIDDEN unless the asker owns it or cares for all of them. */
enum status deck_may_edit(struct ctx *c, const struct deck *d) must_use;
bool deck_is_mine(const struct ctx *c, const struct deck *d);
/* In the reader's language, else the other. */
str in_words_of(const struct ctx *c, str nl, str en);
str deck_name(const struct ctx *c, const struct deck *d);

/* ---- edit.c ---- */
struct card { int64_t id, deck, person; str kind; int64_t place; str text_nl, text_en, sealed; int64_t media, replaces; instant made, retired; };
enum status card_load(struct ctx *c, int64_t id, struct card *out) must_use;
/* The card in the reader's language, opened if it is their own. FORBIDDEN for somebody else's private card. */
enum status card_open(struct ctx *c, const struct card *k, struct card_form *out) must_use;
/* Both texts say the same kind with the same right answers; *kind gets it. */
enum status card_both(struct ctx *c, str text_nl, str text_en, str *kind) must_use;

/* ---- own.c ---- */
enum status own_open(struct ctx *c, const struct card *k, struct card_form *out) must_use;

/* ---- session.c ---- */
struct practising { int64_t cap, fresh_cap; date pause_until; int64_t goal, day, answered, fresh; };
struct follow { int64_t deck, day; };
struct next_key { int64_t day, training, most; };
struct card_key { int64_t card; };
struct candidate { int64_t card, first_day, last, due; double stability, difficulty; int64_t answers, asked, recalled, tries; };
struct waiting { int64_t due, fresh, own, own_fresh, decks, next_due; };
enum { CAP_USUAL = 12, FRESH_USUAL = 3, CAP_LEAST = 3, CAP_MOST = 60, FRESH_MOST = 20, GOAL_LEAST = 75, GOAL_MOST = 97 };
/* How the asker practises, with today's counts; what it ships with when they never said. */
enum status practising_load(struct ctx *c, struct practising *out) must_use;
struct glance { int64_t works, cap, fresh_cap; date pause_until; int64_t goal, reminded, answered, fresh_done, flags, offered, taken, due, fresh, own, own_fresh, decks, next_due; };
enum status glance_load(struct ctx *c, struct glance *out) must_use;
void practice_today_of(const struct ctx *c, const struct glance *g, struct practice_today *out);
/* The purpose has its basis, and the asker is a person. */
enum status practice_may(struct ctx *c) must_use;

/* ---- schedule.c ---- */
/* Days since a card was met, or its training taken, in stretches: up to 3, 10, 21, 45, 90, 180, 365 days, and later. */
enum { STRETCHES = 8 };
extern const int stretch_until[STRETCHES];
int stretch_of(int64_t days);
struct fsrs_weights;
enum status weights_now(struct ctx *c, struct fsrs_weights *out, bool *fitted) must_use;
struct fit_result { int64_t answers, held; bool fitted, better, used; double loss, loss_shipped, loss_average; str why; };
/* The weekly fit, once practice has begun. */
enum status fit_later(struct ctx *c) must_use;
bool weights_read(str text, struct fsrs_weights *out);
/* A card with its deck, the asker's memory of it, when they took its training, and how they practise. */
struct ground {
	int64_t card, deck, person;
	str kind, text_nl, text_en, sealed;
	int64_t media;
	instant retired, withdrawn;
	str name_nl, name_en, training_name;
	bool required;
	date taken;
	int64_t first_day, last, due;
	double stability, difficulty;
	int64_t answers, asked, recalled, tries;
	int64_t cap, fresh_cap;
	date pause_until;
	int64_t goal, day, answered, fresh;
};
/* NOT_FOUND, said, for no card and for somebody else's own. */
enum status ground_load(struct ctx *c, int64_t card, struct ground *out) must_use;
enum status ground_open(struct ctx *c, const struct ground *g, struct card_form *out) must_use;
/* One answer: memory, log, sums, today's counts. `turn`: how many answers there were when the question was shown. *again: it had been
 * answered meanwhile, and nothing was written. */
struct answered { int64_t turn, rating, training; };
enum status answer_take(struct ctx *c, const struct ground *g, const struct answered *a, bool *again) must_use;

/* ---- training.c ---- */
struct training_line { int64_t id; str name, skill_nl, skill_en, skill; bool required; int64_t took, decks; date mine; };
enum status training_load(struct ctx *c, int64_t id, struct training_line *out) must_use;
struct booster_due { int64_t training, number, asked; str name; bool required; int64_t cards; };
/* The one that asks something now. */
enum status booster_find(struct ctx *c, int64_t training, struct booster_due *out, bool *found) must_use;
enum status booster_count(struct ctx *c, int64_t training) must_use;

/* ---- media.c ---- */
enum { CAPTIONS_MAX = 200000, WORDS_MAX = 400, LINK_MAX = 500, MEDIA_BODY_MAX = MEDIA_MAX + CAPTIONS_MAX + 65536 };
struct media { int64_t id; str kind, type, bytes, captions, words, link; };
/* What a form brings: a file (told by its content) or a link, with words. Objects at these fields. */
struct media_given { str file, file_file, captions, link, words; };
enum status media_keep(struct ctx *c, const struct media_given *given, int64_t *id) must_use;
struct shown_media { int64_t id; str kind, words, link; bool captions; };
extern const struct record shown_media_record;
enum status media_show(struct ctx *c, int64_t id, list *out) must_use;            /* none or one struct shown_media */

struct flag { int64_t id, card; str text; date day; };
struct answer_row { int64_t card, day, days, rating; };
struct retention_row { int64_t deck, stretch; bool recalled; };
