/* bound.h - a mapping settled on the columns of one table: between mapped.c and its reader of rows. */
#pragma once
#include "table/rule.h"

struct bound {
	bool is;                           /* the field has a column or a constant */
	bool plain;                        /* one column, nothing to join */
	int first;                         /* the column that messages name; -1 for constants */
	int shift;
	int *columns;                      /* one per part of the rule; -1 for texts */
	const struct rule *rule;           /* none when found by name */
};

struct mapped {
	struct table *table;
	const struct table_field *fields;
	size_t count;
	struct bound *bound;
	str *keys, *values;
	struct buffer made;                /* what was joined or rewritten in this row; reserved before, so that values stay where they are */
};
