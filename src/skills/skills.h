/* skills.h - what people can be good at, in levels one can see, and what each role asks of it. */
#pragma once
#include "base/context.h"
#include "record/record.h"

enum { LEVELS = 5, IMPORTANCE_MOST = 3 };

/* A skill in the reader's language: name falls back to the other language, and `only_other` says so. */
struct skill { int64_t id; str key, kind, name, description; int64_t parent, owner; date review_day; str uri; bool only_other, retired; };
extern const struct record skill_record;

struct skill_level { int64_t level; str text; };
extern const struct record skill_level_record;

/* What a role asks: one line of its profile. */
struct role_skill { int64_t role, skill, level, importance; };
extern const struct record role_skill_record;

/* NOT_FOUND, said in words, when there is none. */
enum status skill_load(struct ctx *c, int64_t id, struct skill *out) must_use;
/* The same of a skill that somebody can be asked about: a retired one is CONFLICT, and a group is none. */
enum status skill_load_in_use(struct ctx *c, int64_t id, struct skill *out) must_use;
/* By key, by a name in either language as somebody typed it, or by URI. *found false when there is none; `near` (may be NULL)
 * then gets up to three names that look like it, for "did you mean". */
enum status skill_find(struct ctx *c, str text, struct skill *out, bool *found, str *near) must_use;
/* All skills that are not retired, groups too, in tree order. */
enum status skill_list(struct ctx *c, list *out) must_use;
enum status skill_levels(struct ctx *c, int64_t skill, list *out) must_use;
/* Every line of every role profile. */
enum status role_skills(struct ctx *c, list *out) must_use;

/* framework_adopt: takes over skills from CSV with both languages (the columns of starter.csv); those whose key is there stay as they are. */
enum status framework_adopt(struct ctx *c, str csv, int64_t *added) must_use;

/* starter_take: the framework that comes along. */
enum status starter_take(struct ctx *c, int64_t *added) must_use;
/* framework_adopt_some: of the framework that comes along only these keys (of str), with the groups above them; *ids maps key to skill. */
struct map;
enum status framework_adopt_some(struct ctx *c, const list *keys, struct map *ids) must_use;
/* What it holds, in the reader's language. */
struct starter_name { str key, name; };
enum status framework_names(struct ctx *c, list *out) must_use;             /* of struct starter_name */

/* "gevorderd" for 3; "tussen basis en gevorderd" for an interval; no decimal is ever shown. */
str level_word(const struct ctx *c, int level);
/* The words for where somebody probably stands: the levels that the 80 % interval reaches, at least one. */
str level_range(const struct ctx *c, double low80, double high80);

/* Event: skill_retired (struct skill_event), before it is: a hearer that cannot do without the skill refuses. */
struct skill_event { int64_t skill; };
