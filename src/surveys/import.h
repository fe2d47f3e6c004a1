/* import.h - answers from a file of another tool, as the files that read them share it. */
#pragma once
#include "inside.h"
#include "table/table.h"

enum { ANSWERS_BYTES = 64 * 1024 * 1024, ANSWERS_MOST = 100000 };

struct answer_row { int64_t unit; str given; };                  /* unit: a place in `units`, -1 for none */
struct answer_remark { size_t row; int64_t place; str text; };
struct answers_read {
	list questions;                    /* of struct survey_question, without a round */
	list units;                        /* of str, as the file names them, each once */
	list rows, remarks;                /* of struct answer_row, struct answer_remark */
	int64_t unfinished, empty, cut, left;
};

/* import_read.c: the whole of a file, touching nothing that is stored. INVALID with what is wrong by line and column, at `file`, `mapping` or `items`. */
enum status answers_read(struct ctx *c, str name, str bytes, str mapping, str items, struct answers_read **out) must_use;
/* import_columns.c: a mapping made from the names of columns: codes, LimeSurvey's brackets, whole questions as Forms writes them. */
enum status columns_guess(struct ctx *c, const struct table *t, const list *known, str *mapping) must_use;
/* Refuses a column that is called after a person or a moment. */
enum status columns_check(struct ctx *c, str mapping) must_use;
/* import_value.c: one cell as the answer to a question; `to` stays empty for none. False when it is no answer. */
bool answer_value(struct ctx *c, const struct survey_question *q, str cell, str *to);
