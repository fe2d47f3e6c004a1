/* surveys.h - rounds of questions in which nobody can be found back: what later features may ask. README.md has the words and the reasons. */
#pragma once
#include "base/context.h"
#include "record/record.h"

/* What waits for whoever asks: a round to answer (0: none), with its name and last day. */
struct survey_waiting { int64_t round; str name; date closes; };
enum status survey_waiting(struct ctx *c, struct survey_waiting *out) must_use;

/* What waits for whoever looks after a round: results without a "you said, we did", and promises whose day has passed. */
struct survey_owed { int64_t round, untold, overdue; str name; };
enum status survey_owed(struct ctx *c, struct survey_owed *out) must_use;

/* What the last closed round that asked it says about a skill, of everybody (unit 0) and of each unit: the share that agrees with needing to get better.
 * Only what the gate let through at closing, for every reader alike; whose business a unit is, the caller decides. n in steps of five. */
struct survey_need { int64_t skill, round, unit, n; date day; double share, low, high; };
extern const struct record survey_need_record;
enum status survey_needs(struct ctx *c, list *out) must_use;                 /* of struct survey_need */

/* ---- For the demonstration: rounds and answers that do not come through a browser, by the same way. ---- */

/* items: of str, codes of items.csv; needed: of int64_t, skills of which NODIG1 is asked besides; unit: whose people, 0 for everybody's. */
struct survey_plan { str name, promise; int64_t skill, months, rotating, unit; date opens, closes; list items, needed; };
struct survey_answer { str item, value; bool quote; int64_t skill; };           /* skill: which of several questions of one item; 0: all of them */
struct survey_promise { int64_t round, owner; str what, told; date due, told_day; instant made; };
extern const struct record survey_promise_record;
enum status survey_planned(struct ctx *c, const struct survey_plan *plan, int64_t *round) must_use;
enum status survey_begun(struct ctx *c, int64_t round) must_use;
/* One person's, given in; nothing when they were not asked. `mixing`: as while a round runs. */
enum status survey_given(struct ctx *c, int64_t round, int64_t person, const list *answers, bool mixing) must_use;
enum status survey_ended(struct ctx *c, int64_t round, int64_t *next) must_use;                                  /* next: the draft that follows; 0 without */
enum status survey_promised(struct ctx *c, const struct survey_promise *p) must_use;
