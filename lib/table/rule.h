/* rule.h - a mapping as it was read: between its parser and the reader of rows. */
#pragma once
#include "table/inside.h"
#include "table/mapping.h"

struct part { str text; bool is_column, begins_step; };    /* a step is what stands between slashes */
enum from { FROM_TEXT, FROM_EMPTY, FROM_OTHERWISE };
struct one_case { enum from from; str is, to; bool same; };

struct rule {
	str field;
	int64_t line;
	list parts;                        /* of struct part */
	list cases;                        /* of struct one_case */
	bool has_table, has_shift;
	char mark;                         /* decimal mark told, or 0 */
	struct date_format format;         /* all zero: recognise */
	str shift_column;
	int64_t shift_days;                /* for each unit of that column; negative is back */
	str otherwise_empty;               /* `or`; no text when there is none */
};

struct mapping { str name; list rules; };
