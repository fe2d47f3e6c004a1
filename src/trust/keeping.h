/* keeping.h - what the files about keeping share: terms as they are decided, one step of a sweep, an erasure. */
#pragma once
#include "keeps.h"
#include "trust.h"

/* ---- terms.c ---- */

/* Every decided setting, loaded once for all kinds. */
struct terms { list versions; };                           /* of struct setting_version, the newest first */
enum status terms_load(struct ctx *c, struct terms *out) must_use;

/* One clock of a kind: its setting, the value in force or proposed by what ships, and whether it was decided. */
enum clock { AFTER_LEAVING, AFTER_MAKING, AFTER_USE, CLOCKS };
struct term { const struct setting *setting; int64_t value; bool days, decided; };
/* False when the kind has no such clock. */
bool term_of(const struct terms *t, const struct keep *k, enum clock clock, struct term *out);
bool setting_is_term(const struct setting *s);
void keep_terms_fill(const struct ctx *c, const struct terms *t, const struct keep *k, struct keep_terms *out);
/* "tot 6 maanden na vertrek, hooguit 5 jaar"; *decided: every clock of it is. */
str keep_terms_say(struct ctx *c, const struct terms *t, const struct keep *k, bool *decided);

const struct word *ground_word(enum keep_ground g);        /* keeping.c */

/* ---- sweep.c ---- */
enum status keep_past(struct ctx *c, const struct terms *t, const struct keep *k, int64_t *count) must_use;

/* ---- erase.c ---- */
/* Goes through all kinds backwards in the transaction that runs. `everything` false: somebody who works here stays in the directory. */
enum status erase_person(struct ctx *c, struct keep_person who, bool everything) must_use;
/* NOT_FOUND, in words, when there is no such person. */
enum status keep_person_load(struct ctx *c, int64_t person, struct keep_person *out) must_use;
enum status keep_person_count(struct ctx *c, const struct keep *k, const struct keep_person *who, int64_t *count) must_use;
