/* import_lines.h - a line of a file with ratings, and what it is looked up in: for files that fit in memory as they are, and for large ones. */
#pragma once
#include "inside.h"
#include "imports/imports.h"

struct rating_line {
	int64_t line;
	str person_id, skill;
	int64_t level;
	str source, rater_id;
	date day;
	str note, context;
	/* Looked up, not read. */
	int64_t person, skill_number, rater, external, import;
	bool same;
};

/* A rating that stands, as far as it tells whether a line of a file is the same. */
struct rating_kept { int64_t person, skill, level; str source; int64_t rater, external; date day; str context; };

/* What a row is looked up in. */
struct id_text { int64_t id; str text; };
struct known { struct map persons, skills, externals; list person_ids, skill_names; };
enum status known_load(struct ctx *c, struct known *k) must_use;

/* Fills what is looked up; objects to what is not found, or cannot be. */
void line_resolve(struct ctx *c, struct import *im, const struct known *k, struct rating_line *r);
/* Is this line's rater a name that nobody here has yet? */
bool line_has_new_rater(const struct rating_line *r);

/* ---- import_many.c: files of more rows than fit in memory as they stand ---- */
enum { MANY_BYTES = 256 * 1024 };
enum status many_begin(struct ctx *c, struct import *im) must_use;
enum status many_row(struct ctx *c, struct import *im, struct rating_line *r) must_use;
enum status many_check(struct ctx *c, struct import *im) must_use;
enum status many_apply(struct ctx *c, struct import *im) must_use;
enum status many_after(struct ctx *c, struct import *im) must_use;
enum status many_clear(struct ctx *c, struct import *im) must_use;
