/* inside.h - what the files of this folder share. */
#pragma once
#include "ratings.h"
#include "ratings.sql.h"
#include "ratings.words.h"
#include "picture.h"
#include "view/view.words.h"
#include "view/chart.h"
#include "base/map.h"
#include "store/store.h"

/* The i-th of source_names; SOURCES for anything else. */
enum source source_of(str name);

/* ---- policy.c ---- */
struct policy_version { int64_t id; str text; instant since; };
struct policy_view { int64_t id; str text; instant since; bool fitting_allowed, fitted; list versions; };
/* The text in force; id 0 and no moment for the one that ships. */
enum status policy_version_now(struct ctx *c, struct policy_version *out) must_use;

/* ---- severity.c: what is taken off a rating, and how sure one is of it ---- */
struct correction { str kind; int64_t rater, external; str name; double bias, variance; };
struct fit {
	int64_t id, policy, ratings, subjects, raters, contexts;
	double mean, subject_variance, rater_variance, context_variance, residual, deviance;
	instant made;
};
struct fitted { struct fit fit; bool allowed, asked, kept; };
/* The policy and, where it is fitted and that is allowed, its corrections: everything a rating needs to become an observation. */
struct weights { struct policy policy; bool fitted; double rater_variance, context_variance; list corrections; struct map raters, contexts; };
enum status weights_load(struct ctx *c, struct weights *out) must_use;

/* A rating that counts, in the order in which it is looked at: by person, skill, day. */
struct counted { int64_t id, person, skill, level; date day; str source; int64_t rater, external; str context; bool shared; };
void weights_apply(const struct weights *w, const struct counted *r, struct observation *out);

/* ---- believe.c: making estimates again from the ratings, in the transaction that runs ---- */
enum status estimate_refresh(struct ctx *c, int64_t person, int64_t skill) must_use;          /* one person in one skill */
enum status estimates_refresh_import(struct ctx *c, int64_t import) must_use;                 /* those an import rated */
/* Of people by number, where none has to go; raises no event. */
enum status estimates_refresh_people(struct ctx *c, int64_t from, int64_t until) must_use;
/* People whose id is above `after`, some thousands; *next is the last of them, 0 when there are no more. */
struct some { int64_t after, people; };
enum status estimates_refresh_some(struct ctx *c, int64_t after, int64_t *next) must_use;
enum status estimates_refresh_all(struct ctx *c) must_use;
/* Later, by a job, some thousands of people at a time. */
enum status estimates_refresh_later(struct ctx *c) must_use;

/* ---- sight.c: whose skills this reader may see, and why ---- */
enum sight_reason { SIGHT_NONE, SIGHT_OWN, SIGHT_LEADS, SIGHT_ALL };
/* SIGHT_LEADS: leads the person today; of which skills that holds, sight_skill says. Skill 0: of any. */
enum status sight_of(struct ctx *c, int64_t person, enum sight_reason *out) must_use;
/* A lead sees what the role asks that they lead, and what no role of the person asks; not what only another role of theirs asks. */
enum status sight_of_skill(struct ctx *c, int64_t person, int64_t skill, enum sight_reason *out) must_use;
/* FORBIDDEN with who can help, or NOT_FOUND, when there is no reason to see anything; a look is kept when it is somebody else. */
enum status sight_needed(struct ctx *c, int64_t person, int64_t skill, enum sight_reason *out) must_use;

/* ---- give.c ---- */
struct rating_row { int64_t id, person, skill, level; str source; int64_t rater, external; date day; str note; instant made, withdrawn; };
extern const struct record rating_row_record;
enum status rating_load(struct ctx *c, int64_t id, struct rating_row *out) must_use;
enum status rating_take_back(struct ctx *c, const struct rating_row *r) must_use;

/* ---- said.c: one rating as its subject, or somebody who may, reads it ---- */
struct said_row {
	int64_t id, skill, level;
	str source, rater_name, note;
	int64_t rater;
	date day;
	instant withdrawn;
	str own_view;
	int64_t review;                            /* asked and not answered */
	str outcome, answer;                       /* of the last review that was */
};
extern const struct record said_row_record;
struct about { int64_t person, skill; bool own; date two_years, three_months; };
struct about about(const struct ctx *c, int64_t person, int64_t skill, bool own);
/* Every rating about a person in a skill, the newest first; unless `own`, without unshared self-ratings and without what was withdrawn. */
enum status said_about(struct ctx *c, int64_t person, int64_t skill, bool own, list *out) must_use;

/* ---- stand.c: where somebody stands in a skill, in words and as a picture ---- */
struct stand {
	int64_t skill;
	str name, role;
	int64_t needed;                            /* 0: no role of theirs asks it */
	int64_t low, high;                         /* levels the 80 % interval reaches; 0 when nothing is known */
	bool known, confirmed, below;
	date last_seen;
	struct chart_range range;
	struct sources_picture sources;
};
extern const struct record stand_record;
struct stand_row { int64_t skill; str name_nl, name_en, role; int64_t needed, importance; double mean, variance; date last_seen; int64_t known; bool confirmed, by_self; };
struct stand stand_of(struct ctx *c, const struct policy *p, const struct stand_row *row);
/* Adds the ratings of two years to the stands, which must be all of one person: by skill. */
struct pictured { int64_t skill, level; str source; date day; };
void stands_picture(struct ctx *c, list *stands, const list *pictured);
