/* versions.h - the rows of an ambition's versions, for the files that write and read them. */
#pragma once
#include "strategy.h"

struct version_new { int64_t id, ambition, number; str name, fold, why; date horizon; int64_t owner; str indicator, reason; };
struct version_skill_new { int64_t version, skill, weight, target_level, people_needed, unit; };
extern const struct record version_new_record, version_skill_new_record;

/* Does what is given differ from the latest version? */
bool ambition_same(struct ctx *c, const struct ambition *a, list skills, const struct ambition_given *g);
