/* statements_give.c - statements go out: one by its id, or a page of those that are asked for. */
#include "attachment.h"
#include "format.h"
#include "protocol.h"
#include "xapi.words.h"
#include "base/token.h"
#include "web/operation.h"

enum { PAGE = 100, PAGE_MAX = 500, PARAMETER_MAX = 8000, PAGE_BYTES_MAX = 32 << 20 };

struct statements_query {
	str version, languages;
	str statementId, voidedStatementId, agent, verb, activity, registration, related_activities, related_agents, since, until, limit, format, attachments, ascending;
	str more;
	int64_t from;                              /* of `more`: the last number of the page before */
};
RECORD(statements_query, XAPI_VERSION(statements_query), FIELD(statements_query, languages, .max = 500),
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

/* What is named has to be known here; if it is not, nothing is found. */
static enum status names_read(struct ctx *c, const struct statements_query *q, enum rules rules, struct statement_filter *f, bool *none)
{
	struct mention m;
	struct fault fault;
	if (q->agent.len && !agent_read(c->arena, q->agent, rules, &m, &fault))
		return parameter_wrong(c, "agent", fault.what);
	if (q->verb.len && !is_iri(q->verb))
		return parameter_wrong(c, "verb", "this has to be an absolute IRI");
	if (q->activity.len && !is_iri(q->activity))
		return parameter_wrong(c, "activity", "this has to be an absolute IRI");
	if (q->registration.len && !is_uuid(q->registration))
		return parameter_wrong(c, "registration", "this has to be a UUID");
	if (q->agent.len)
		TRY(actor_number(c, &m, &f->actor));
	if (q->verb.len)
		TRY(verb_number(c, q->verb, &f->verb));
	if (q->activity.len)
		TRY(activity_number(c, q->activity, &f->activity));
	if (q->registration.len)
		f->registration = lower(c->arena, q->registration);
	*none = (q->agent.len && !f->actor) || (q->verb.len && !f->verb) || (q->activity.len && !f->activity);
	return OK;
}

static enum status filter_read(struct ctx *c, const struct statements_query *q, struct statement_filter *f, bool *none)
{
	*f = (struct statement_filter){ .limit = PAGE, .mine = xapi_may(c, XAPI_READ) ? 0 : xapi_client_of(c)->id };
	TRY(flag_read(c, "ascending", q->ascending, &f->ascending));
	TRY(flag_read(c, "related_agents", q->related_agents, &f->related_actor));
	TRY(flag_read(c, "related_activities", q->related_activities, &f->related_activity));
	if (q->limit.len && (!str_to_int(q->limit, &f->limit) || f->limit < 0))
		return parameter_wrong(c, "limit", "this is a whole number, 0 for as many as one page holds");
	f->limit = !f->limit || f->limit > PAGE_MAX ? PAGE_MAX : f->limit;
	TRY(span_read(c, q, f));
	return names_read(c, q, xapi_version_of(q->version) == XAPI_1 ? RULES_1_0_3 : RULES_2_0_0, f, none);
}

/* ---- Pages ---- */

static str more_write(struct ctx *c, const struct statements_query *q, int64_t from)
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

static enum status files_add(struct ctx *c, int64_t stored, list *files)
{
	list own;
	TRY(statement_files(c, stored, &own));
	for (each(const struct statement_file, f, own)) {
		bool there = false;
		for (each(const struct statement_file, g, *files))
			there |= str_eq(g->sha2, f->sha2);
		if (!there)
			*list_add(c->arena, files, struct statement_file) = *f;
	}
	return OK;
}

static void answer(struct ctx *c, bool with_files, const struct buffer *json, const list *files, struct raw_reply *out)
{
	if (with_files) {
		mixed_write(c->arena, &out->body, buffer_text(json), files, &out->type);
	} else {
		out->type = S("application/json");
		buffer_add(&out->body, buffer_text(json));
	}
}

static enum status page_write(struct ctx *c, const struct statements_query *q, struct formatting *f, bool with_files, struct buffer *b, list *files, int64_t *newest)
{
	struct statement_filter filter;
	list rows = { 0 };
	int64_t last = 0, behind;
	bool none = false, more = false;
	TRY(filter_read(c, q, &filter, &none));
	if (!none)
		TRY(statements_find(c, &filter, &rows, &last, &more));
	behind = last;
	buffer_add(b, S("{\"statements\":["));
	size_t bytes = 0, written = 0;
	for (each(const struct statement_text, t, rows)) {
		if (bytes > PAGE_BYTES_MAX) {              /* the rest stands on a next page */
			more = true;
			behind = last;
			break;
		}
		buffer_add(b, written++ ? S(",") : S(""));
		TRY(statement_format(c, f, t->text, b));
		if (with_files && t->attachments)
			TRY(files_add(c, t->stored, files));
		bytes = b->len;
		for (each(const struct statement_file, file, *files))
			bytes += file->bytes.len;
		last = t->stored;
		*newest = t->stored > *newest ? t->stored : *newest;
	}
	buffer_add(b, S("],\"more\":"));
	json_write_text(b, more ? more_write(c, q, behind) : S(""));
	buffer_add_char(b, '}');
	return OK;
}

static enum status one_write(struct ctx *c, const struct statements_query *q, struct formatting *f, bool with_files, struct buffer *b, list *files, int64_t *newest)
{
	bool voided = q->voidedStatementId.len > 0, found;
	str id = voided ? q->voidedStatementId : q->statementId;
	struct statement_text t;
	if (!is_uuid(id))
		return parameter_wrong(c, voided ? "voidedStatementId" : "statementId", "this has to be a UUID");
	TRY(statement_find(c, id, voided, xapi_may(c, XAPI_READ) ? 0 : xapi_client_of(c)->id, &t, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "statement", W(xapi_statement_unknown));
	TRY(statement_format(c, f, t.text, b));
	if (with_files && t.attachments)
		TRY(files_add(c, t.stored, files));
	*newest = t.stored;
	return OK;
}

static bool is_alone(const struct statements_query *q)
{
	return !q->agent.len && !q->verb.len && !q->activity.len && !q->registration.len && !q->related_activities.len && !q->related_agents.len && !q->since.len
		&& !q->until.len && !q->limit.len && !q->ascending.len && !(q->statementId.len && q->voidedStatementId.len);
}

OPERATION(xapi_statements_get, statements_query, raw_reply,
	.route = "GET /xapi/statements",
	.allow = "xapi:statements/read/mine",
	.protocol = &xapi_protocol,
	.reply = RAW,
	.doc = "One statement by its id, or a page of those that fit: by agent, verb, activity, registration, time. Without the scope statements/read only what the asker sent itself.")
{
	struct statements_query q = *in;
	struct formatting f = { 0 };
	struct buffer json = { 0 };
	list files = { 0 };
	bool with_files;
	int64_t newest = 0;
	TRY(xapi_consistent_see(c));
	if (q.more.len)
		TRY(more_read(c, &q));
	f.languages = q.languages;
	TRY(format_read(c, q.format, &f.format));
	TRY(flag_read(c, "attachments", q.attachments, &with_files));
	bool one = q.statementId.len || q.voidedStatementId.len;
	if (one && !is_alone(&q))
		return parameter_wrong(c, "statementId", "beside it stand only attachments and format");
	enum status status = one ? one_write(c, &q, &f, with_files, &json, &files, &newest) : page_write(c, &q, &f, with_files, &json, &files, &newest);
	if (status == OK)
		answer(c, with_files, &json, &files, out);
	buffer_done(&json);
	TRY(status);
	if (newest)
		xapi_header(c, out, S("Last-Modified"), xapi_http_date(c->arena, (instant){ newest / 1000 }));
	return OK;
}
