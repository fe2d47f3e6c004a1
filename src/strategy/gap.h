/* gap.h - a question about the gap, resolved once, and its answers as rows: what the page, CSV, JSON and the shell share. */
#pragma once
#include "inside.h"
#include <math.h>

/* As it is typed: a unit's path, an ambition's and a skill's name or number. */
struct gap_query { str unit, ambition, skill; int64_t target; date on; str without; };
extern const struct record gap_query_record;

/* The same, found: and with it everything there is to answer from. */
struct gap_question {
	struct gap_query typed;
	struct ambition ambition;                  /* id 0: all */
	struct gap_wish wish;
	const struct needs *n;
	const struct matrix *m;
	struct seen seen;
	size_t unit;                               /* place */
	size_t *skills, count;                     /* places of the skills asked about, in the tree's order */
	str *names;                                /* of all skills, by place */
};
/* Whom this reader may see each: everybody for learning and HR, those they lead for a lead. Not oneself: that is My skills. */
bool may_see(const struct ctx *c, const struct gap_question *q, int32_t person);
/* Marks the people with these numbers (commas between); FORBIDDEN unless the reader may see each of them. */
enum status people_gone(struct ctx *c, const struct gap_question *q, str numbers, uint8_t **gone, int64_t *count) must_use;
/* gap_ask: NOT_FOUND with what there is instead. */
enum status gap_ask(struct ctx *c, const struct gap_query *in, struct gap_question *out) must_use;
/* The figures this reader may see: at[i * n->unit_count + unit] of the i-th skill asked about. */
enum status gap_answer(struct ctx *c, const struct gap_question *q, struct figure **at) must_use;

/* Counts are NaN where they are withheld. */
struct gap_unit_row  { str unit, skill; double people, known, required, expected_at_target, low80, high80, weighted_gap; int64_t shown; };
struct gap_role_row  { str role, skill; double people, known, required, expected_at_target, low80, high80, weighted_gap; int64_t shown; };
struct gap_skill_row { str skill; double people, known, required, expected_at_target, low80, high80, weighted_gap; int64_t shown; };
struct gap_person_row { str person_id, skill; int64_t required; double estimate, sd, low80, high80, p_below, weighted_gap; date last_seen; str state; };
extern const struct record gap_unit_row_record, gap_role_row_record, gap_skill_row_record, gap_person_row_record;

/* Fills people … shown of any of the first three. */
#define FIGURE_FILL(row, f) do { \
	bool shown_ = (f)->shown == SHOWN, counted_ = shown_ || (f)->shown == UNKNOWN; \
	(row)->people = counted_ ? (double)(f)->people : NAN; \
	(row)->known = counted_ ? (double)(f)->known : NAN; \
	(row)->required = counted_ ? (double)(f)->required : NAN; \
	(row)->expected_at_target = shown_ ? (f)->expected : NAN; \
	(row)->low80 = shown_ ? (double)(f)->low : NAN; \
	(row)->high80 = shown_ ? (double)(f)->high : NAN; \
	(row)->weighted_gap = shown_ ? (f)->weighted : NAN; \
	(row)->shown = shown_; \
} while (0)

/* What `expected` is out of: the ambition's number, else the people of whom something is known, because not known is not a gap. */
int64_t figure_of(const struct figure *f);
double figure_share(const struct figure *f);
/* People short of it, never below 0. */
double figure_short(const struct figure *f);

/* "Wonen/Verhuur", or the reader's word for the whole organisation. */
str unit_label(const struct ctx *c, const struct needs *n, size_t unit);
str unit_title(const struct ctx *c, const struct needs *n, size_t unit);

/* Roles as groups over everybody, for this reader: figures by role of one skill; at[role]. */
enum status role_column(struct ctx *c, const struct gap_question *q, size_t skill, struct figure *at) must_use;

/* "/gap/skill?unit=Wonen&skill=3&ambition=2": the question again, about another unit or skill. */
str gap_link(struct ctx *c, const char *path, const struct gap_query *q, str unit, str skill);
str number_link(struct ctx *c, int64_t n);
