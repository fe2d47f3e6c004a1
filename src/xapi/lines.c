/* lines.c - the record as people see it: the statements of a person, and what they did for how long. */
#include "store.h"
#include "xapi.h"
#include "store/store.h"
#include "xapi.sql.h"
#include <math.h>

RECORD(statement_line, FIELD(statement_line, stored), FIELD(statement_line, id), FIELD(statement_line, made), FIELD(statement_line, verb), FIELD(statement_line, verb_name),
	FIELD(statement_line, activity), FIELD(statement_line, activity_name), FIELD(statement_line, activity_type), FIELD(statement_line, seconds),
	FIELD(statement_line, client), FIELD(statement_line, voided), FIELD(statement_line, acting), FIELD(statement_line, text, .max = 2000000));
RECORD(learning_done, FIELD(learning_done, verb), FIELD(learning_done, activity_type), FIELD(learning_done, kind), FIELD(learning_done, count), FIELD(learning_done, timed),
	FIELD(learning_done, seconds), FIELD(learning_done, squares), FIELD(learning_done, person));
struct person_lines { int64_t person, before, limit; bool english; };
struct learning_span { int64_t person, stored; instant from, until; };
RECORD(person_lines, FIELD(person_lines, person), FIELD(person_lines, before), FIELD(person_lines, limit), FIELD(person_lines, english));
RECORD(learning_span, FIELD(learning_span, person), FIELD(learning_span, stored), FIELD(learning_span, from), FIELD(learning_span, until));


static str last_part(str iri)
{
	for (size_t i = iri.len; i; i--)
		if (iri.at[i - 1] == '/' || iri.at[i - 1] == '#' || iri.at[i - 1] == ':')
			return i < iri.len ? str_from(iri, i) : iri;
	return iri;
}

enum status xapi_statements_of_person(struct ctx *c, const struct statements_wanted *in, list *out)
{
	const struct person_lines page = { in->person, in->before ? in->before : INT64_MAX, in->limit < 1 ? 1 : in->limit > 1000 ? 1000 : in->limit, c->language == EN };
	TRY(store_all(c, statements_of_person, &page, out));
	for (each(struct statement_line, l, *out))
		if (!l->verb_name.len)
			l->verb_name = last_part(l->verb);
	return OK;
}

enum status xapi_statements_count(struct ctx *c, int64_t person, int64_t *out)
{
	struct count count;
	TRY(store_one(c, statements_of_person_count, (&(const struct person_number){ person }), &count));
	*out = count.count;
	return OK;
}

/* The first moment of a day in the Netherlands. */
static instant day_start(struct arena *a, date d)
{
	instant at = { 0 };
	str iso = text_format(a, S_FMT "T00:00", S_ARG(date_iso(a, d)));
	return instant_from_iso(iso, &at) ? at : (instant){ 1 };
}

/* Nothing is kept before it happened, but for clocks that are wrong by some days: so a year is a stretch of `stored`, too. */
static struct learning_span span_of(struct ctx *c, const struct learning_wanted *in)
{
	return (struct learning_span){ in->person, day_start(c->arena, date_add_days(in->from, -7)).ms * 1000, day_start(c->arena, in->from), day_start(c->arena, date_add_days(in->until, 1)) };
}

enum status xapi_learning_of_person(struct ctx *c, const struct learning_wanted *in, list *out)
{
	const struct learning_span span = span_of(c, in);
	return store_all(c, learning_of_person, &span, out);
}

enum status xapi_learning_each(struct ctx *c, const struct learning_wanted *in, enum status (*row)(struct ctx *c, void *of, const void *done), void *of)
{
	const struct learning_span span = span_of(c, in);
	return store_each(c, learning_of_all, &span, row, of);
}
