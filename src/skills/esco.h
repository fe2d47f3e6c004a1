/* esco.h - the European classification of occupations and skills, inside this folder: what its reader, its writer and its pages share.
 *
 * A concept is an occupation or a skill with one address (URI) in all languages and releases. The framework of the
 * organisation keeps that address and nothing else of it, so a new release never touches a skill that was adopted.
 */
#pragma once
#include "inside.h"

/* A concept as it is stored. fold_… is the folded name in a language, then " | " and for occupations its folded other names; fold is both,
 * at most FOLD_MAX bytes, because it stands in an index. */
enum { FOLD_MAX = 2000 };
struct esco_concept {
	int64_t release;
	str kind;                          /* "occupation" or "skill" */
	int64_t id;
	str uri, code, reuse;
	bool knowledge;
	str name_nl, name_en, fold, fold_nl, fold_en, description_nl, description_en;
	bool changed;                      /* by the files that were just read; not stored */
};
struct esco_relation { int64_t release, occupation, skill; bool essential; };
extern const struct record esco_concept_record, esco_relation_record;

/* Everything the files say, upon what was stored: what will be stored. */
struct esco {
	list concepts;                     /* of struct esco_concept */
	list relations;                    /* of struct esco_relation, in the order of their keys; those of the files where they have any */
	struct map places;                 /* URI -> place in concepts */
	int64_t highest;                   /* id given out */
	size_t stored;                     /* how many of the concepts were there before */
	int64_t files, passed;             /* read, and passed over inside a folder or a zip: not ours to know */
	bool related;                      /* a file with relations was among them */
	str language;                      /* of files whose name tells none */
};

/* esco_read: merges a CSV file, a zip or a folder into `e`, relations last: call esco_read_end behind the last path.
 * INVALID with all that is wrong in c->problems; NOT_FOUND for a path that is not there. */
struct esco_reader;
enum status esco_read(struct ctx *c, struct esco *e, str path, struct esco_reader **reader) must_use;
enum status esco_read_end(struct ctx *c, struct esco *e, struct esco_reader *reader) must_use;
void esco_read_close(struct esco_reader *reader);          /* after either outcome; NULL is fine */

/* A concept in the reader's language. */
str esco_name(const struct ctx *c, const struct esco_concept *e);
bool esco_only_other(const struct ctx *c, const struct esco_concept *e);

/* Skills by their numbers, as ",12,40,", and what the framework and one occupation (0: none) have to do with them. */
struct esco_pick { str ids; int64_t occupation; };
struct esco_picked { int64_t id; str uri, name_nl, name_en, description_nl, description_en; int64_t skill; bool retired; int64_t related; bool essential; };
extern const struct record esco_pick_record, esco_picked_record;
