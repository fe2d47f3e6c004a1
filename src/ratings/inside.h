/* inside.h - what the files of this folder share. */
#pragma once
#include "ratings.h"
#include "ratings.sql.h"
#include "ratings.words.h"
#include "base/map.h"
#include "store/store.h"

/* The i-th of source_names; SOURCES for anything else. */
enum source source_of(str name);

/* ---- policy.c ---- */
struct policy_version { int64_t id; str text; instant since; };
/* The text in force; id 0 and no moment for the one that ships. */
enum status policy_version_now(struct ctx *c, struct policy_version *out) must_use;

/* ---- severity.c: what is taken off a rating, and how sure one is of it ---- */
struct correction { str kind; int64_t rater, external; str name; double bias, variance; };
struct fit {
	int64_t id, policy, ratings, subjects, raters, contexts;
	double mean, subject_variance, rater_variance, context_variance, residual, deviance;
	instant made;
};
/* The policy and, where it is fitted and that is allowed, its corrections: everything a rating needs to become an observation. */
struct weights { struct policy policy; bool fitted; double rater_variance, context_variance; list corrections; struct map raters, contexts; };
enum status weights_load(struct ctx *c, struct weights *out) must_use;

/* A rating that counts, in the order in which it is looked at: by person, skill, day. */
struct counted { int64_t id, person, skill, level; date day; str source; int64_t rater, external; str context; bool shared; };
void weights_apply(const struct weights *w, const struct counted *r, struct observation *out);

/* ---- believe.c: making estimates again from the ratings, in the transaction that runs ---- */
enum status estimate_refresh(struct ctx *c, int64_t person, int64_t skill) must_use;          /* one person in one skill */
enum status estimates_refresh_import(struct ctx *c, int64_t import) must_use;                 /* those an import rated */
/* People whose id is above `after`, some thousands; *next is the last of them, 0 when there are no more. */
enum status estimates_refresh_some(struct ctx *c, int64_t after, int64_t *next) must_use;
enum status estimates_refresh_all(struct ctx *c) must_use;
/* Later, by a job, some thousands of people at a time. */
enum status estimates_refresh_later(struct ctx *c) must_use;
