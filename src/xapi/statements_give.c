/* statements_give.c - statements go out: one by its id, or a page of those that are asked for. */
#include "attachment.h"
#include "mine.h"
#include "protocol.h"
#include "query.h"
#include "xapi.words.h"
#include "web/operation.h"

enum { PAGE_BYTES_MAX = 32 << 20 };

/* What is named has to be known here; if it is not, nothing is found. */
static enum status numbers_find(struct ctx *c, const struct statements_asked *asked, struct statement_filter *f, bool *none)
{
	if (asked->by_agent)
		TRY(actor_number(c, &asked->agent, &f->actor));
	if (asked->verb.len)
		TRY(verb_number(c, asked->verb, &f->verb));
	if (asked->activity.len)
		TRY(activity_number(c, asked->activity, &f->activity));
	*none = (asked->by_agent && !f->actor) || (asked->verb.len && !f->verb) || (asked->activity.len && !f->activity);
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

static enum status page_write(struct ctx *c, const struct statements_query *q, const struct statements_asked *asked, struct formatting *f, struct buffer *b, list *files,
	int64_t *newest)
{
	struct statement_filter filter = asked->filter;
	list rows = { 0 };
	int64_t last = 0, behind;
	bool none = false, more = false;
	filter.mine = xapi_may(c, XAPI_READ) ? 0 : xapi_client_of(c)->id;
	TRY(numbers_find(c, asked, &filter, &none));
	if (!none) {
		TRY(tool_looked(c, filter.mine ? 0 : filter.actor));
		TRY(statements_find(c, &filter, &rows, &last, &more));
	}
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
		if (asked->with_files && t->attachments)
			TRY(files_add(c, t->stored, files));
		bytes = b->len;
		for (each(const struct statement_file, file, *files))
			bytes += file->bytes.len;
		last = t->stored;
		*newest = t->stored > *newest ? t->stored : *newest;
	}
	buffer_add(b, S("],\"more\":"));
	json_write_text(b, more ? statements_more_link(c, q, behind) : S(""));
	buffer_add_char(b, '}');
	return OK;
}

static enum status one_write(struct ctx *c, const struct statements_asked *asked, struct formatting *f, struct buffer *b, list *files, int64_t *newest)
{
	struct statement_text t;
	bool found;
	TRY(statement_find(c, asked->id, asked->voided, xapi_may(c, XAPI_READ) ? 0 : xapi_client_of(c)->id, &t, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "statement", W(xapi_statement_unknown));
	TRY(statement_format(c, f, t.text, b));
	if (asked->with_files && t.attachments)
		TRY(files_add(c, t.stored, files));
	*newest = t.stored;
	return OK;
}

OPERATION(xapi_statements_get, statements_query, raw_reply,
	.route = "GET /xapi/statements",
	.allow = "xapi:statements/read/mine",
	.protocol = &xapi_protocol,
	.reply = RAW,
	.doc = "One statement by its id, or a page of those that fit: by agent, verb, activity, registration, time. Without the scope statements/read only what the asker sent itself.")
{
	struct statements_query q = *in;
	struct statements_asked asked;
	struct formatting f = { 0 };
	struct buffer json = { 0 };
	list files = { 0 };
	int64_t newest = 0;
	TRY(xapi_consistent_see(c));
	TRY(statements_query_read(c, xapi_version_of(q.version) == XAPI_1 ? RULES_1_0_3 : RULES_2_0_0, &q, &asked));
	f.languages = q.languages;
	f.format = asked.format;
	enum status status = asked.id.len ? one_write(c, &asked, &f, &json, &files, &newest) : page_write(c, &q, &asked, &f, &json, &files, &newest);
	if (status == OK)
		answer(c, asked.with_files, &json, &files, out);
	buffer_done(&json);
	TRY(status);
	if (newest)
		xapi_header(c, out, S("Last-Modified"), xapi_http_date(c->arena, (instant){ newest / 1000 }));
	return OK;
}
