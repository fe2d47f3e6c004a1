/* inside.h - what the files that make the demonstration share. */
#pragma once
#include "base/context.h"
#include "base/map.h"
#include "store/store.h"
#include "demo.sql.h"
#include "demo.words.h"

/* The same seed makes the same organisation, with dates relative to the day it is made (D). */
struct demo {
	uint64_t random;
	date day;                                  /* D */
	list people;                               /* of struct demo_person */
	struct map by_name;                        /* name to place in people */
	struct map skills, roles, asks;            /* key to id; name to id; "role id * 100000000 + skill id" to level * 10 + importance */
	struct map skill_keys;                     /* id to place in keys */
	list keys;                                 /* of struct demo_skill */
	list notes;                                /* of struct demo_note */
	int64_t ratings;
};

struct demo_basis { date day; str document, scope; int64_t account_id; instant made, ended; };
struct demo_skill { int64_t id; str key; list owners; };
struct demo_place { str unit, role, lead; int64_t hours; date start, end; };
struct demo_person { int64_t id; str person_id, name, email; struct demo_place places[2]; int count; double own; bool is_new; list role_skills; };
struct demo_ask { int64_t skill; str key; int64_t level, importance; };
struct demo_note { str source, skill, tone, nl, en; int64_t used; };

/* random.c */
uint64_t demo_next(struct demo *d);
double demo_share(struct demo *d);                         /* 0 up to 1 */
double demo_normal(struct demo *d, double mean, double sd);
int64_t demo_between(struct demo *d, int64_t low, int64_t high);
bool demo_chance(struct demo *d, double share);

date demo_day(const struct demo *d, int before);           /* D minus so many days */
instant demo_noon(date day);
struct demo_person *demo_person(struct demo *d, str name); /* NULL when there is none */
int64_t demo_skill(const struct demo *d, str key);         /* 0 when there is none */

/* organisation.c, rounds.c, story.c */
enum status demo_organisation(struct ctx *c, struct demo *d) must_use;
enum status demo_rounds(struct ctx *c, struct demo *d) must_use;
/* Who can sign in, on what basis, what waits for a decision, the ambitions; then, after the rounds, what happened to single people last. */
enum status demo_frame(struct ctx *c, struct demo *d) must_use;
enum status demo_story(struct ctx *c, struct demo *d) must_use;
/* story_surveys.c: what people were asked, and what came of it. */
struct demo_survey_basis { date day; instant made; };
enum status demo_surveys(struct ctx *c, struct demo *d) must_use;
/* story_keeping.c, at the end */
enum status demo_keeping(struct ctx *c, struct demo *d) must_use;
/* One rating on a day, seen as given at noon of that day. */
enum status demo_rate(struct ctx *c, struct demo *d, int64_t person, str skill, str source, int64_t rater, int level, int before, str note, int64_t *id) must_use;
enum status demo_share_own(struct ctx *c, struct demo *d, int64_t person, str skill, int before) must_use;
/* story_practice.c: a training that slips away, and a deck that stays. */
enum status demo_practice(struct ctx *c, struct demo *d) must_use;
/* story_record.c: a year of statements of two tools; before anything else is said in the record. */
enum status demo_record(struct ctx *c, struct demo *d) must_use;
/* A year of log, and what a few shared. */
enum status demo_journal(struct ctx *c, struct demo *d) must_use;
/* story_needs.c: what four sides find needed, and signals. What was asked stands between the rounds of story_surveys.c, because nobody is asked twice in four weeks. */
enum status demo_needs_asked(struct ctx *c, struct demo *d) must_use;
enum status demo_needs(struct ctx *c, struct demo *d) must_use;
