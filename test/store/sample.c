/* sample.c - the records of the sample feature, as a feature would describe its own. */
#include "sample.h"

RECORD(box,
	FIELD(box, id), FIELD(box, code, .required = true), FIELD(box, name), FIELD(box, size), FIELD(box, open), FIELD(box, made), FIELD(box, day),
	FIELD(box, price), FIELD(box, weight), FIELD(box, content), FIELD(box, inside, .optional = true), FIELD(box, labels));
RECORD(box_code, FIELD(box_code, code));
RECORD(box_search, FIELD(box_search, text), FIELD(box_search, after_name), FIELD(box_search, after_id), FIELD(box_search, rows));
RECORD(box_weight, FIELD(box_weight, id), FIELD(box_weight, weight));
RECORD(label, FIELD(label, box), FIELD(label, word));
RECORD(asked, FIELD(asked, now), FIELD(asked, today), FIELD(asked, me), FIELD(asked, account));
RECORD(sums, FIELD(sums, whole), FIELD(sums, mean), FIELD(sums, most));
RECORD(month, FIELD(month, month), FIELD(month, late), FIELD(month, days));
RECORD(numbers_until, FIELD(numbers_until, until));
