/* sample.h - the records of the sample feature. */
#pragma once
#include "record/record.h"

struct box {
	int64_t id; str code, name; double size; bool open; instant made; date day; money price; int64_t weight; str content; int64_t inside;
	list labels;                               /* not a column */
};
struct box_code { str code; };
struct box_search { str text, after_name; int64_t after_id, rows; };
struct box_weight { int64_t id, weight; };
struct label { int64_t box; str word; };
struct asked { instant now; date today; int64_t me, account; };
struct sums { int64_t whole; double mean; money most; };
struct month { str month; int64_t late, days; };
struct numbers_until { int64_t until; };
