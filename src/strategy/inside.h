/* inside.h - who needs which skill and what is believed of them, as the files of this folder share it. */
#pragma once
#include "strategy.h"
#include "ratings/ratings.h"
#include "skills/skills.h"
#include "trust/trust.h"
#include "stats/gap.h"

struct gap_name { int64_t id; str person_id, name; };
struct skill_names_row { int64_t id; str key, uri, name_nl, name_en; };
extern const struct record gap_name_record, skill_names_row_record;
#include "strategy.sql.h"
#include "strategy.words.h"

enum { WITHOUT_ROLE_LEVEL = 3, ON_COURSE_PERCENT = 75, WHOLE = 0 };

/* ---- needs.c: one day of the organisation, the same for every reader ---- */

enum belief { NOT_KNOWN, SELF_RATED, CONFIRMED };

/* One person and one skill that their work asks for. Each person stands in one unit and role per skill: that of the job that asks
 * most of it (then: most hours, earliest start). */
struct need {
	int32_t person;                            /* place in needs.people */
	uint16_t unit, role;                       /* places in needs.units and needs.roles */
	uint8_t required, importance;              /* the strictest of their roles; 0 when no role asks for the skill */
	uint8_t belief;
	int32_t last_seen;                         /* a date's day */
	double mean, variance;                     /* on the day asked */
};

/* units[0] is the whole organisation; a parent comes before its children. */
struct gap_unit { int64_t id, parent; str name, path; int64_t depth; };
struct gap_role { int64_t id; str name, name_en; };
struct gap_skill { int64_t id; size_t first, count; bool asked, wanted; };     /* its needs; by a role; by an ambition */
struct led { int64_t lead, person; size_t role; };             /* in that role, a place in needs.roles */
/* A skill of an ambition's latest version. */
struct wanted { int64_t ambition, skill, weight, target_level, people_needed, unit; };

struct needs {
	date day;
	int64_t least_known_percent;
	struct gap_unit *units;
	struct gap_role *roles;
	int64_t *people;                           /* ids, rising */
	struct gap_skill *skills;                  /* in the tree's order */
	struct need *all;                          /* by skill, then person */
	uint8_t *asks;                             /* asks[skill * role_count + role]: the level, 0 when that role does not ask it */
	struct led *led;                           /* by lead, then person */
	struct wanted *wanted;                     /* by ambition, heaviest first */
	size_t unit_count, role_count, people_count, skill_count, count, led_count, wanted_count;
};

extern const struct record gap_unit_record, gap_role_record, wanted_record;

/* needs_load: of that day. Another day than today is for readers who see everybody: FORBIDDEN. */
enum status needs_load(struct ctx *c, date day, const struct needs **out) must_use;
/* The place of a unit, a skill or a person by id; unit 0 is WHOLE. SIZE_MAX when there is none. */
size_t needs_unit(const struct needs *n, int64_t id);
size_t needs_skill(const struct needs *n, int64_t id);
size_t needs_person(const struct needs *n, int64_t id);
/* What a person needs of a skill; NULL: their work does not ask for it. */
const struct need *needs_find(const struct needs *n, size_t skill, int32_t person);
bool needs_is_under(const struct needs *n, size_t unit, size_t top);

/* ---- seen.c: whom this reader sees one by one ---- */

/* A mark for each place in needs.people; the ids and the lead as a key for caches. */
enum sight { UNSEEN, LED, ONESELF };
struct seen { bool everybody; uint8_t *people; list ids; const struct led *led; size_t led_count; };
enum status seen_load(struct ctx *c, const struct needs *n, struct seen *out) must_use;
/* Of somebody with two roles and two leads each lead sees what their own role asks, and what neither asks: as on that person's page. */
bool need_is_seen(const struct needs *n, const struct seen *s, const struct gap_skill *skill, const struct need *p);

/* ---- figures.c: sums by unit and skill ---- */

enum shown { SHOWN, UNKNOWN, FEW, BESIDE, NOBODY };

struct figure {
	int64_t people, known, self_rated;         /* who need it; of whom somebody else said something; of whom only they themselves */
	int64_t required, low, high;
	double expected, weighted;
	double spread[LEVELS];                     /* expected number of people on each level */
	uint8_t shown;
	bool numbered;                             /* required comes from an ambition's number, not from counting people */
};

/* What is asked: how far, for which ambition (0: none), at which level (0: the ambition's, else each one's own role's). */
struct gap_wish { date day; int64_t ambition, target; };

/* The figures of every unit and skill, before the gate. at[skill * units + unit] */
struct matrix { const struct needs *n; struct gap_wish wish; struct figure *at; };
enum status matrix_load(struct ctx *c, const struct gap_wish *w, const struct matrix **out) must_use;

/* The same without some people (a mark for each place in needs.people); kept nowhere. */
const struct matrix *matrix_without(struct ctx *c, const struct matrix *m, const uint8_t *gone);

/* One need's level and weight under a wish; level 0: this skill is not asked of them there. */
struct asked { uint8_t level; double weight; };
struct asked asked_of(const struct needs *n, const struct gap_wish *w, const struct need *p, int64_t skill);
/* The ambition's line about a skill, or NULL. */
const struct wanted *wanted_find(const struct needs *n, int64_t ambition, int64_t skill);

/* The column of one skill as this reader may see it: a figure per unit, `shown` decided by the gate. */
enum status columns_shown(struct ctx *c, const struct matrix *m, const struct seen *s, const size_t *skills, size_t count, struct figure *out) must_use;

/* Skills and names in the reader's language, by place in needs.skills. */
enum status skill_names(struct ctx *c, const struct needs *n, str **out) must_use;

enum status ambition_wanted(struct ctx *c, str typed, struct ambition *out) must_use;   /* by name or number; NOT_FOUND says which there are */
