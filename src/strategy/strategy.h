/* strategy.h - ambitions, the skills they need, and how far the organisation is. */
#pragma once
#include "base/context.h"
#include "record/record.h"

/* The latest version of an ambition that has not ended. */
struct ambition { int64_t id, version, number; str name, why; date horizon; int64_t owner; str indicator, owner_name; };
extern const struct record ambition_record;
struct ambition_skill { int64_t skill, weight, target_level, people_needed, unit; };
extern const struct record ambition_skill_record;

enum status ambition_load(struct ctx *c, int64_t id, struct ambition *out) must_use;
enum status ambition_find(struct ctx *c, str name, struct ambition *out, bool *found, str *near) must_use;
enum status ambition_list(struct ctx *c, list *out) must_use;
enum status ambition_skills(struct ctx *c, int64_t version, list *out) must_use;
