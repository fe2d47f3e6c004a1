/* query.c - the parameters of GET /xapi/statements: read, refused with their name, and given out again as the link to the next page. */
#include "query.h"
#include "base/token.h"
#include "record/record.h"
#include "xapi.words.h"

enum { PAGE = 100, PAGE_MAX = 500, PARAMETER_MAX = 8000 };

RECORD(statements_query, FIELD(statements_query, version, .max = 40), FIELD(statements_query, languages, .max = 500),
	FIELD(statements_query, statementId, .max = 100), FIELD(statements_query, voidedStatementId, .max = 100), FIELD(statements_query, agent, .max = PARAMETER_MAX),
	FIELD(statements_query, verb, .max = PARAMETER_MAX), FIELD(statements_query, activity, .max = PARAMETER_MAX), FIELD(statements_query, registration, .max = 100),
	FIELD(statements_query, related_activities, .max = 10), FIELD(statements_query, related_agents, .max = 10), FIELD(statements_query, since, .max = 60),
	FIELD(statements_query, until, .max = 60), FIELD(statements_query, limit, .max = 20), FIELD(statements_query, format, .max = 20),
	FIELD(statements_query, attachments, .max = 10), FIELD(statements_query, ascending, .max = 10), FIELD(statements_query, more, .max = PARAMETER_MAX * 4));

/* The query of a page, as its successor asks for it again. */
struct statements_more { str agent, verb, activity, registration, related_activities, related_agents, since, until, limit, format, attachments, ascending; int64_t from; };
RECORD(statements_more, FIELD(statements_more, agent, .max = PARAMETER_MAX), FIELD(statements_more, verb, .max = PARAMETER_MAX),
	FIELD(statements_more, activity, .max = PARAMETER_MAX), FIELD(statements_more, registration), FIELD(statements_more, related_activities),
	FIELD(statements_more, related_agents), FIELD(statements_more, since), FIELD(statements_more, until), FIELD(statements_more, limit), FIELD(statements_more, format),
	FIELD(statements_more, attachments), FIELD(statements_more, ascending), FIELD(statements_more, from));

static enum status parameter_wrong(struct ctx *c, const char *name, const char *what)
{
	return refuse(c, INVALID, "parameter", W(xapi_parameter_wrong), str_of(name), str_of(what));
}

static enum status flag_read(struct ctx *c, const char *name, str s, bool *out)
{
	*out = str_eq(s, S("true"));
	return !s.len || *out || str_eq(s, S("false")) ? OK : parameter_wrong(c, name, "this is true or false");
}

static enum status format_read(struct ctx *c, str s, enum format *out)
{
	*out = str_eq(s, S("ids")) ? IDS : str_eq(s, S("canonical")) ? CANONICAL : EXACT;
	return *out != EXACT || !s.len || str_eq(s, S("exact")) ? OK : parameter_wrong(c, "format", "this is ids, exact or canonical");
}

/* since is before the first, until is the last: stored has finer moments than most who ask, so that a millisecond counts to its end. */
static enum status span_read(struct ctx *c, const struct statements_query *q, struct statement_filter *f)
{
	int64_t us;
	f->before = INT64_MAX;
	if (q->since.len && !time_read(q->since, false, &us))
		return parameter_wrong(c, "since", "this is a moment by ISO 8601, such as 2026-11-26T08:35:34.123Z");
	f->after = q->since.len ? us : -1;
	if (q->until.len && !time_read(q->until, false, &us))
		return parameter_wrong(c, "until", "this is a moment by ISO 8601, such as 2026-11-26T08:35:34.123Z");
	if (q->until.len)
		f->before = us + 1;
	if (q->from && f->ascending)
		f->after = q->from;
	else if (q->from)
		f->before = q->from;
	return OK;
}

static enum status names_read(struct ctx *c, const struct statements_query *q, enum rules rules, struct statements_asked *out)
{
	struct fault fault;
	if (q->agent.len && !agent_read(c->arena, q->agent, rules, &out->agent, &fault))
		return parameter_wrong(c, "agent", fault.what);
	if (q->verb.len && !is_iri(q->verb))
		return parameter_wrong(c, "verb", "this has to be an absolute IRI");
	if (q->activity.len && !is_iri(q->activity))
		return parameter_wrong(c, "activity", "this has to be an absolute IRI");
	if (q->registration.len && !is_uuid(q->registration))
		return parameter_wrong(c, "registration", "this has to be a UUID");
	out->by_agent = q->agent.len;
	out->verb = q->verb;
	out->activity = q->activity;
	if (q->registration.len)
		out->filter.registration = lower(c->arena, q->registration);
	return OK;
}

static enum status filter_read(struct ctx *c, const struct statements_query *q, enum rules rules, struct statements_asked *out)
{
	struct statement_filter *f = &out->filter;
	f->limit = PAGE;
	TRY(flag_read(c, "ascending", q->ascending, &f->ascending));
	TRY(flag_read(c, "related_agents", q->related_agents, &f->related_actor));
	TRY(flag_read(c, "related_activities", q->related_activities, &f->related_activity));
	if (q->limit.len && (!str_to_int(q->limit, &f->limit) || f->limit < 0))
		return parameter_wrong(c, "limit", "this is a whole number, 0 for as many as one page holds");
	f->limit = !f->limit || f->limit > PAGE_MAX ? PAGE_MAX : f->limit;
	TRY(span_read(c, q, f));
	return names_read(c, q, rules, out);
}

str statements_more_link(struct ctx *c, const struct statements_query *q, int64_t from)
{
	struct buffer b = { 0 };
	struct statements_more more = { q->agent, q->verb, q->activity, q->registration, q->related_activities, q->related_agents, q->since, q->until, q->limit, q->format,
		q->attachments, q->ascending, from };
	record_write_json(&b, &statements_more_record, &more);
	str token = base64url_of(c->arena, b.at, b.len);
	buffer_done(&b);
	return text_format(c->arena, "/xapi/statements?more=" S_FMT, S_ARG(token));
}

static enum status more_read(struct ctx *c, struct statements_query *q)
{
	struct statements_more more;
	str json;
	if (!base64url_read(c->arena, q->more, &json) || record_read_json(c, &statements_more_record, json, &more) != OK || more.from <= 0)
		return parameter_wrong(c, "more", "this is no link that was given out here");
	*q = (struct statements_query){ .version = q->version, .languages = q->languages, .agent = more.agent, .verb = more.verb, .activity = more.activity,
		.registration = more.registration, .related_activities = more.related_activities, .related_agents = more.related_agents, .since = more.since,
		.until = more.until, .limit = more.limit, .format = more.format, .attachments = more.attachments, .ascending = more.ascending, .from = more.from };
	return OK;
}

static bool is_alone(const struct statements_query *q)
{
	return !q->agent.len && !q->verb.len && !q->activity.len && !q->registration.len && !q->related_activities.len && !q->related_agents.len && !q->since.len
		&& !q->until.len && !q->limit.len && !q->ascending.len && !(q->statementId.len && q->voidedStatementId.len);
}

enum status statements_query_read(struct ctx *c, enum rules rules, struct statements_query *q, struct statements_asked *out)
{
	*out = (struct statements_asked){ 0 };
	if (q->more.len)
		TRY(more_read(c, q));
	TRY(format_read(c, q->format, &out->format));
	TRY(flag_read(c, "attachments", q->attachments, &out->with_files));
	out->voided = q->voidedStatementId.len;
	out->id = out->voided ? q->voidedStatementId : q->statementId;
	if (!out->id.len)
		return filter_read(c, q, rules, out);
	if (!is_alone(q))
		return parameter_wrong(c, "statementId", "beside it stand only attachments and format");
	return is_uuid(out->id) ? OK : parameter_wrong(c, out->voided ? "voidedStatementId" : "statementId", "this has to be a UUID");
}
