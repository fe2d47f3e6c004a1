/* line.h - one skill as a line of a file or a form says it. */
#pragma once
#include "inside.h"
#include "imports/imports.h"

/* skill_id, speaks: of a form. The skill that was opened, and the language it was opened in; 0 and no text: the name and the reader tell. */
struct skills_line {
	int64_t line;
	str skill, parent, description, owner;
	date review_day;
	str uri, level_1, level_2, level_3, level_4, level_5;
	int64_t place, skill_id;
	str speaks;
	bool is_group;                     /* of a form; of a file, what another line stands below is a group */
};
extern const struct record skills_line_record;

/* version_keep: what the skill said until this change, for its history. `levels`: of struct level_row, of this skill. */
enum status version_keep(struct ctx *c, const struct skill_row *before, const list *levels) must_use;
