/* inside.h - what the files of needs know of each other. */
#pragma once
#include "needs.h"
#include "stats/sides.h"
#include "store/store.h"
struct need_window { instant since, until; };
extern const struct record need_window_record;
#include "needs.sql.h"
#include "needs.words.h"

enum { SURVEY_SIDE, FIGURES_SIDE, LEAVERS_SIDE, LEADS_SIDE, SIDES };

/* A unit as it stands in a tree: place 0 is the whole organisation, a parent comes before its children. */
struct need_unit { int64_t id, parent; str name, path; };
extern const struct record need_unit_record;
struct need_units { struct need_unit *at; size_t count; bool *visible; bool all; };
/* units.c: with which of them the reader may ask about: learning and HR all, the board those at the top, a lead those where somebody works whom they lead and those above. */
enum status need_units_load(struct ctx *c, struct need_units *out) must_use;
/* The place of a unit this reader may ask about; FORBIDDEN or NOT_FOUND in words. */
enum status need_unit_ask(struct ctx *c, const struct need_units *u, int64_t id, size_t *place) must_use;
size_t need_unit_place(const struct need_units *u, int64_t id);        /* SIZE_MAX when there is none */
/* Where a lead's people work: the lowest unit that holds them all, 0 for the whole organisation. */
enum status need_unit_led(struct ctx *c, const struct need_units *u, bool *leads, int64_t *unit) must_use;

/* weights.c: how much each side counts, and from which share on it calls something a need; percent. */
struct need_policy { int64_t id; int64_t survey_weight, survey_from, figures_weight, figures_from, leavers_weight, leavers_from, leads_weight, leads_from; str reason, account_name; instant made; };
extern const struct record need_policy_record;
enum status need_policy_load(struct ctx *c, struct need_policy *out) must_use;
int64_t policy_weight(const struct need_policy *p, int side);
int64_t policy_from(const struct need_policy *p, int side);

/* gather.c: what each side says of a skill in a unit. `unit` is where it comes from: the one asked, or the one above in which there are enough. */
struct side_said { bool shown; int64_t people, n; size_t unit; double share, low, high; date from, until; bool by_unit; };
struct skill_said { int64_t skill; str name; struct side_said sides[SIDES]; };
/* For every skill an ambition asks or of which a side says something, by name. `skill` 0: all of them. */
enum status needs_gather(struct ctx *c, const struct need_units *u, size_t unit, int64_t skill, list *out) must_use;

/* leavers.c: the last stretch of whole quarters in which at least as many left as may be told of; *n 0 when there is none yet. */
struct leaver_row { int64_t id, unit, skill; date quarter; str reason; };
extern const struct record leaver_row_record;
enum status leavers_stretch(struct ctx *c, list *rows, date *from, date *until) must_use;     /* rows: of struct leaver_row, those of the stretch */
extern const struct choice leaver_reasons[];                                                     /* the short list */
date quarter_of(date d);                                                                       /* its first day */

/* judge.c: what a page shows of one side. Numbers of people in bands of five, shares in whole percents, places on the common scale from 0 to 100. */
struct need_side { str side, name, state, sees, tag, basis, unit_name, band; double share, low, high; int64_t at, at_low, at_high, width, weight, threshold; bool shown, placed, need, none, elsewhere; };
extern const struct record need_side_record;
/* What the sides say together; `finding` is a sentence. */
struct need_verdict { str verdict, finding; int64_t at, low, high, width, speaking; bool known, contradicts, needed; };
enum status need_judge(struct ctx *c, const struct need_policy *p, const struct need_units *u, size_t unit, const struct skill_said *s, list *sides, struct need_verdict *out) must_use;
str need_unit_name(const struct ctx *c, const struct need_units *u, size_t place);

struct need_skill { int64_t id; str name; };
extern const struct record need_skill_record;
enum status need_skills(struct ctx *c, list *out) must_use;            /* of struct need_skill: what can be chosen, by name */

/* signals.c */
struct signal_row { int64_t id; str title, what, source, link; int64_t follower; str follower_name; date since, review_day; str offer, offer_link; date ended; str way; };
struct signal_skill_row { int64_t signal, skill; str name_nl, name_en, way; };
extern const struct record signal_row_record, signal_skill_row_record;
enum status signal_load(struct ctx *c, int64_t id, struct signal_row *out) must_use;       /* NOT_FOUND, in words */
/* Whoever follows it, and who manages signals. */
bool signal_is_mine(const struct ctx *c, const struct signal_row *s);
str signal_skill_name(const struct ctx *c, const struct signal_skill_row *k);
