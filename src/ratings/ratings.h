/* ratings.h - ratings are events; estimates are what is believed because of them.
 *
 * Two estimates are kept of each person and skill: the owner's own (all sources) and the organisation's (without self-ratings
 * that are not shared). Everybody but the owner sees, and sums, only the second. The table `estimate` holds the Kalman state
 * after the last observation; policy_predict carries it to the day asked.
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
enum status policy_read(struct ctx *c, str text, struct policy *out) must_use;      /* INVALID with line and what to do */
extern const char *const source_names[SOURCES];

/* What is believed of one person's level in one skill on a day. `confirmed`: somebody other than themselves said something. */
struct believed { int64_t person, skill; double mean, variance; date last_seen; int64_t known; bool confirmed; };
extern const struct record believed_record;

/* The state on `on`, from the state after the last observation. */
void policy_predict(const struct policy *p, struct believed *b, date on);

/* The organisation's estimates of everybody in one skill / of some people; in the state after their last observation. */
enum status believed_of_skill(struct ctx *c, int64_t skill, list *out) must_use;
enum status believed_of_person(struct ctx *c, int64_t person, bool own, list *out) must_use;
enum status believed_of_all(struct ctx *c, list *out) must_use;
/* As it was known on another day: from the ratings themselves. */
enum status believed_on(struct ctx *c, date on, list *out) must_use;

/* Events: rating_added, rating_withdrawn (struct rating_event). */
struct rating_event { int64_t rating, person, skill; };
