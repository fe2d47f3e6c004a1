/* said.c - what was said about somebody, by whom and when, with what they put beside it. */
#include "inside.h"

RECORD(said_row, FIELD(said_row, id), FIELD(said_row, skill), FIELD(said_row, level), FIELD(said_row, source), FIELD(said_row, rater_name), FIELD(said_row, note, .max = 1000),
	FIELD(said_row, rater, .optional = true), FIELD(said_row, day), FIELD(said_row, withdrawn), FIELD(said_row, own_view, .max = 1000, .doc = "The subject's own view beside it."),
	FIELD(said_row, review, .optional = true, .doc = "A review that was asked and not answered yet."), FIELD(said_row, outcome), FIELD(said_row, answer, .max = 1000));
RECORD(about, FIELD(about, person), FIELD(about, skill), FIELD(about, own), FIELD(about, two_years), FIELD(about, three_months));

struct about about(const struct ctx *c, int64_t person, int64_t skill, bool own)
{
	return (struct about){ person, skill, own, date_add_months(c->today, -PICTURE_MONTHS), date_add_months(c->today, -3) };
}

enum status said_about(struct ctx *c, int64_t person, int64_t skill, bool own, list *out)
{
	struct about key = about(c, person, skill, own);
	return store_all(c, said_about, &key, out);
}
