/* keeping.c - who owns a skill: kept as long as the skill is, without a name after erasure. */
#include "inside.h"
#include "skills.sql.h"
#include "skills.words.h"
#include "trust/trust.h"

struct kept_ownership { str skill; date review_day; };
RECORD(kept_ownership, FIELD(kept_ownership, skill, .label = W(skills_out_skill)), FIELD(kept_ownership, review_day, .label = W(skills_out_review)));

KEEPS(skill_owners,
	.what = W(skills_keeps), .why = W(skills_keeps_why), .seen = W(skills_keeps_seen), .erasing = W(skills_keeps_erasing), .until = W(skills_keeps_until),
	.ground = GROUND_INTEREST, .page = "/skills", .tables = "skill", .needed_for_work = true,
	.count = &query_skills_owned_count, .rows = KEEP_ROWS({ "skills", &query_skills_owned }),
	.erase = KEEP_QUERIES(&query_skills_owner_erase))
