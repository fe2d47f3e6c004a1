/* record.c - the record as it comes in: by source, verb and day, and what was refused and why. Nobody's name stands in it. */
#include "record.h"
#include "xapi.sql.h"
#include "xapi.words.h"
#include "view/chart.h"
#include "view/view.words.h"
#include "web/operation.h"

struct came_row { int64_t client; str verb; int64_t times; };
struct refused_row { int64_t client; str reason; };
RECORD(came_row, FIELD(came_row, client), FIELD(came_row, verb, .max = 4000), FIELD(came_row, times));
RECORD(refused_row, FIELD(refused_row, client), FIELD(refused_row, reason));

enum status record_came(struct ctx *c, int64_t client, const list *verbs)
{
	list rows = { 0 };
	for (each(const struct came, v, *verbs))
		*list_add(c->arena, &rows, struct came_row) = (struct came_row){ client, v->verb, v->times };
	return rows.count ? store_run_each(c, came_add, &rows) : OK;
}

/* Another version in between, or a document that is not there, is how tools work, not something to mend. */
bool record_keeps(const struct ctx *c, const struct operation *op)
{
	(void)op;
	return c->status != NOT_FOUND && c->status != BUSY && c->status != FULL && c->status != BROKEN && !str_eq(c->code, S("precondition")) && !str_eq(c->code, S("no-precondition"));
}

/* A code of ours, or the name of the parameter that was wrong. A name that the sender made up is "parameter". */
static str reason_of(const struct ctx *c, const struct operation *op)
{
	if (c->code.len)
		return c->code;
	for (each(const struct problem, p, c->problems))
		if (field_find(op->input, p->field))
			return text_join(c->arena, S("parameter:"), p->field);
	return S("parameter");
}

enum status record_refused(struct ctx *c, const struct operation *op)
{
	struct refused_row row = { c->me.client, reason_of(c, op) };
	return store_run(c, refused_add, &row, NULL);
}

enum { DAYS = 30 };
struct record_query { date from; };
struct record_source { int64_t client; str name; int64_t came, refused; date last; };
struct record_verb { str verb, nl, en, name; int64_t came; };
struct record_day { date day; int64_t came; };
struct record_refusal { int64_t client; str name, reason, said; int64_t times; instant at; };
struct record_page { date from; int64_t came, refused; list sources, verbs, days, refusals, bars; struct chart_line picture; };
RECORD(record_query, FIELD(record_query, from));
RECORD(record_source, FIELD(record_source, client), FIELD(record_source, name), FIELD(record_source, came), FIELD(record_source, refused), FIELD(record_source, last));
RECORD(record_verb, FIELD(record_verb, verb), FIELD(record_verb, nl), FIELD(record_verb, en), FIELD(record_verb, name), FIELD(record_verb, came));
RECORD(record_day, FIELD(record_day, day), FIELD(record_day, came));
RECORD(record_refusal, FIELD(record_refusal, client), FIELD(record_refusal, name), FIELD(record_refusal, reason), FIELD(record_refusal, said), FIELD(record_refusal, times), FIELD(record_refusal, at));
RECORD(record_page, FIELD(record_page, from), FIELD(record_page, came), FIELD(record_page, refused), FIELD(record_page, sources, .of = &record_source_record),
	FIELD(record_page, verbs, .of = &record_verb_record), FIELD(record_page, days, .of = &record_day_record), FIELD(record_page, refusals, .of = &record_refusal_record));
#include "xapi_record.html.h"

static const struct { const char *code; const struct word *said; } reasons[] = {
	{ "statement", W(xapi_reason_statement) }, { "statement-differs", W(xapi_reason_differs) }, { "statement-id", W(xapi_reason_id) }, { "statement-many", W(xapi_reason_many) },
	{ "scope", W(xapi_reason_scope) }, { "document", W(xapi_reason_document) }, { "parameter", W(xapi_reason_parameter) }, { "too-large", W(xapi_reason_large) } };

static str reason_said(struct ctx *c, str reason)
{
	str kind, which;
	bool named = str_cut(reason, ':', &kind, &which);
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (str_eq(kind, str_of(reasons[i].code)))
			return named ? text_format(c->arena, S_FMT " (" S_FMT ")", S_ARG(reasons[i].said->text[c->language]), S_ARG(which)) : reasons[i].said->text[c->language];
	return reason;
}

/* "completed" of http://adlnet.gov/expapi/verbs/completed */
static str last_part(str iri)
{
	size_t at = iri.len;
	while (at && iri.at[at - 1] != '/' && iri.at[at - 1] != '#' && iri.at[at - 1] != ':')
		at--;
	return at < iri.len ? str_from(iri, at) : iri;
}

OPERATION(record_show, nothing, record_page,
	.route = "GET /record",
	.allow = "record.read",
	.page = record_html,
	.lenient = true,
	.doc = "What came into the learning record in the last thirty days, by source, verb and day, and what was refused and why. Without names.")
{
	(void)in;
	struct record_query q = { date_add_days(c->today, 1 - DAYS) };
	list days = { 0 };
	int64_t most = 5;
	out->from = q.from;
	TRY(store_all(c, record_sources, &q, &out->sources));
	TRY(store_all(c, record_verbs, &q, &out->verbs));
	TRY(store_all(c, record_days, &q, &days));
	TRY(store_all(c, record_refusals, &q, &out->refusals));
	for (each(struct record_source, s, out->sources)) {
		if (!s->client)
			s->name = word_text(c->arena, c->language, W(xapi_own_source), NULL, 0);
		out->came += s->came;
		out->refused += s->refused;
	}
	for (each(struct record_verb, v, out->verbs)) {
		str said = c->language == NL ? v->nl : v->en;
		v->name = said.len ? said : last_part(v->verb);
		*list_add(c->arena, &out->bars, struct chart_bar) = (struct chart_bar){ .label = v->name, .count = v->came };
	}
	for (each(struct record_day, d, days))
		most = d->came > most ? d->came : most;
	size_t k = 0;
	for (int i = 0; i < DAYS; i++) {                       /* a day on which nothing came is a day, too */
		date day = date_add_days(q.from, i);
		struct record_day *d = list_add(c->arena, &out->days, struct record_day);
		d->day = day;
		if (k < days.count && list_item(days, struct record_day, k)->day.day == day.day)
			d->came = list_item(days, struct record_day, k++)->came;
		*list_add(c->arena, &out->picture.points, struct chart_point) = (struct chart_point){ day, (double)d->came };
	}
	out->picture.name = word_text(c->arena, c->language, W(xapi_record_came), NULL, 0);
	out->picture.most = (double)most;
	out->picture.counts = true;
	for (each(struct record_refusal, r, out->refusals))
		r->said = reason_said(c, r->reason);
	return OK;
}
