/* strategy.h - ambitions, the skills they need, and how far the organisation is. */
#pragma once
#include "base/context.h"
#include "record/record.h"

/* The latest version of an ambition that has not ended. */
struct ambition { int64_t id, version, number; str name, why; date horizon; int64_t owner; str indicator, owner_name; instant made; };
extern const struct record ambition_record;

/* people_needed 0: everybody whose work asks for it. unit 0: the whole organisation. */
struct ambition_skill { int64_t skill, weight, target_level, people_needed, unit; };
extern const struct record ambition_skill_record;

/* NOT_FOUND, said in words, when there is none. */
enum status ambition_load(struct ctx *c, int64_t id, struct ambition *out) must_use;
/* By name as somebody typed it, or by its number. `near` (may be NULL) gets the names there are when it is not found. */
enum status ambition_find(struct ctx *c, str name, struct ambition *out, bool *found, str *near) must_use;
enum status ambition_list(struct ctx *c, list *out) must_use;                               /* of struct ambition, oldest first */
enum status ambition_skills(struct ctx *c, int64_t version, list *out) must_use;            /* of struct ambition_skill, heaviest first */

/* A first version of a new ambition, or a next one when what is given differs from the latest (*id is its ambition); nothing else
 * changes. `reason`: why it was changed, "import". *made says whether there is a version more. */
struct ambition_given { int64_t id; str name, why; date horizon; int64_t owner; str indicator, reason; list skills; };
enum status ambition_put(struct ctx *c, const struct ambition_given *g, int64_t *id, bool *made) must_use;

/* How far an ambition is, for this reader: what Today and the board's page say. Figures pass the gate first. */
enum course { COURSE_UNKNOWN, COURSE_BEHIND, COURSE_ON };
struct progress { int64_t ambition; str name; enum course course; int64_t skills, reached, behind, unknown; int64_t worst; };
enum status ambition_progress(struct ctx *c, list *out) must_use;                           /* of struct progress, as ambition_list */

/* Event: looking_ahead (struct ahead_signals), while the page that looks ahead is made: a hearer adds what it knows to come for these skills. */
struct ahead_signal { int64_t skill; str title, path; bool up; };
struct ahead_signals { const list *skills; list *all; };                                    /* of int64_t; of struct ahead_signal */
