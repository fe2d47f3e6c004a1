/* ratings.h - ratings are events; estimates are what is believed because of them.
 *
 * Two estimates are kept of each person and skill: the owner's own (all sources) and the organisation's (without self-ratings
 * that are not shared). Everybody but the owner sees, and sums, only the second. The table `estimate` holds both, in one row: the
 * Kalman state after the last observation; policy_predict carries it to the day asked. Its columns mean, variance, last_seen and
 * known are the organisation's (null when only unshared self-ratings exist), own_mean and its like the owner's.
 */
#pragma once
#include "base/context.h"
#include "record/record.h"
#include "stats/estimate.h"

/* How sources are weighted, aged and corrected: a versioned text that the organisation can read and change. */
enum source { SELF, LEAD_SOURCE, PEER, TEST, EVIDENCE, CERTIFICATE, SOURCES };
struct policy {
	struct estimate_policy over_time;
	double variance[SOURCES], bias[SOURCES];
	bool fit_severity;                     /* rater severity estimated from crossed ratings and taken off */
	int64_t id;                            /* 0: the one that ships */
	int64_t least_known_percent;           /* under this share of people with evidence a cell says "not yet known": 60 */
};
enum status policy_load(struct ctx *c, struct policy *out) must_use;
enum status policy_read(struct ctx *c, str text, struct policy *out) must_use;      /* INVALID with each wrong line and what to do */
extern const char *const source_names[SOURCES];

/* What is believed of one person's level in one skill. `known`: how many ratings it rests on. `confirmed`: somebody other than
 * themselves said something. */
struct believed { int64_t person, skill; double mean, variance; date last_seen; int64_t known; bool confirmed; };
extern const struct record believed_record;

/* The state on `on`, from the state after the last observation. last_seen stays the day of that. */
void policy_predict(const struct policy *p, struct believed *b, date on);

/* The organisation's estimates, in the state after their last observation: of everybody in one skill, by person; of everybody in
 * everything, in no order. A person of whom nothing is known is not among them. */
enum status believed_of_skill(struct ctx *c, int64_t skill, list *out) must_use;           /* of struct believed */
enum status believed_of_all(struct ctx *c, list *out) must_use;
/* The same, one by one and without a list, for sums over a large organisation: skill 0 for all. `row` gets a struct believed. */
enum status believed_each(struct ctx *c, int64_t skill, enum status (*row)(struct ctx *c, void *of, const void *believed), void *of) must_use;
/* Of one person, by skill. `own`: the owner's estimates; only for that person's own eyes. */
enum status believed_of_person(struct ctx *c, int64_t person, bool own, list *out) must_use;
/* The organisation's as they were on another day, by person and skill: from the ratings up to that day, under today's policy and sharing. */
enum status believed_on(struct ctx *c, date on, list *out) must_use;

/* One rating, as somebody or something else than a form gives it (the demonstration). Needs the purpose's basis as every rating does;
 * raises rating_added and makes the estimate again. `rater` 0 for self; external 0 unless the rater is no person of the organisation. */
struct rating_given { int64_t person, skill, level; str source; int64_t rater, external; date day; str note, context; };
enum status rating_add(struct ctx *c, const struct rating_given *r, int64_t *id) must_use;

/* Events: rating_added, rating_withdrawn (struct rating_event). Rows of an import raise none; `estimates_made` (struct estimates_event)
 * is raised once when many estimates were made again. */
struct rating_event { int64_t rating, person, skill; };
struct estimates_event { int64_t people; };
