/* inside.h - the rows that the files of this folder share. */
#pragma once
#include "skills.h"
#include "base/map.h"
#include "skills.sql.h"
#include "skills.words.h"
#include "view/view.words.h"

/* A skill as it is stored: both languages side by side. */
struct skill_row {
	int64_t id;
	str key, kind, name_nl, name_en, fold, description_nl, description_en;
	int64_t parent, owner;
	date review_day;
	str uri;
	bool retired;
};
struct skill_ask { int64_t id; };
struct level_row { int64_t skill, level; str text_nl, text_en; };
struct role_named { int64_t id; str name, name_en, fold; };
struct person_key { int64_t id; str person_id, name, fold; };
/* A profile line as an import keeps it; its id is role and skill in one number, for undo. */
struct profile_row { int64_t id, role, skill, level, importance; };
extern const struct record skill_row_record, level_row_record, role_named_record, person_key_record, profile_row_record;

/* A skill in a list: the tree, a group. */
struct leaf { int64_t id; str name; bool only_other, overdue; int64_t people; };
extern const struct record leaf_record;

/* What stands around a skill: its group, its owner, and the same in ESCO. */
struct skill_around { int64_t parent; str name_nl, name_en, owner; int64_t esco; };
extern const struct record skill_around_record;

enum { PROFILE_ID = 100000000 };

struct skill skill_of_row(const struct ctx *c, const struct skill_row *row);
/* The text in the reader's language, else in the other. */
str either(const struct ctx *c, str nl, str en);
/* Both names, folded: what is searched. */
str skill_fold(struct ctx *c, const struct skill_row *row);

/* Finding skills and roles among those loaded once: by key, name in either language, or URI. */
struct skill_index { list rows; struct map keys; list names; };
enum status skill_index_load(struct ctx *c, struct skill_index *index) must_use;
/* The place in index->rows, or -1. */
int64_t skill_index_find(struct ctx *c, const struct skill_index *index, str text);

/* history_put: keeps what a skill says now, before it is changed. */
enum status history_put(struct ctx *c, int64_t skill) must_use;
