/* document.c - a document kept, merged, given and removed, and when a tool may overwrite what another has written.
 *
 * 1.0.3, Communication 2.2 and 3.1; 2.0.0 (IEEE 9274.1.1), 4.1.4 and 4.1.6.2 to .6. What they ask differently: from 2.0.0 on a state, too,
 * is overwritten by PUT only by who says which version of it they know.
 */
#include "document.h"
#include "statement.h"
#include "xapi.sql.h"
#include "xapi.words.h"
#include "base/sign.h"

struct document_place { str kind, activity, agent_kind, agent, registration, name; instant since; };
struct document_row { str kind, activity, agent_kind, agent, registration, name, type, bytes, etag; instant changed; int64_t client; };
RECORD(document_place, FIELD(document_place, kind), FIELD(document_place, activity, .max = IRI_BYTES_MAX), FIELD(document_place, agent_kind),
	FIELD(document_place, agent, .max = IRI_BYTES_MAX), FIELD(document_place, registration), FIELD(document_place, name, .max = 1000), FIELD(document_place, since));
RECORD(document_row, FIELD(document_row, kind), FIELD(document_row, activity, .max = IRI_BYTES_MAX), FIELD(document_row, agent_kind),
	FIELD(document_row, agent, .max = IRI_BYTES_MAX), FIELD(document_row, registration), FIELD(document_row, name, .max = 1000), FIELD(document_row, type),
	FIELD(document_row, bytes, .file = true, .max = DOCUMENT_BYTES_MAX), FIELD(document_row, etag), FIELD(document_row, changed), FIELD(document_row, client, .optional = true));

static const char *const kinds[] = { [STATE_DOCUMENT] = "state", [AGENT_DOCUMENT] = "agent", [ACTIVITY_DOCUMENT] = "activity" };

static enum status agent_place(struct ctx *c, const struct document_wanted *w, struct document_place *p)
{
	struct mention m = { 0 };
	struct fault fault = { 0 };
	if (!agent_read(c->arena, w->agent, XAPI_IS_2(w) ? RULES_2_0_0 : RULES_1_0_3, &m, &fault))
		return object(c, S("agent"), W(xapi_agent_wrong), fault.place, str_of(fault.what));
	p->agent_kind = str_of(m.kind);
	p->agent = m.key;
	return OK;
}

/* Where a document lies; an empty text where its kind has no such part. */
static enum status place_read(struct ctx *c, enum document_kind kind, const struct document_wanted *w, struct document_place *p)
{
	int64_t us;
	*p = (struct document_place){ str_of(kinds[kind]), S(""), S(""), S(""), S(""), w->id, { 0 } };
	if (kind != AGENT_DOCUMENT && !is_iri(w->activityId))
		return object(c, S("activityId"), W(xapi_no_iri));
	if (kind != AGENT_DOCUMENT)
		p->activity = w->activityId;
	if (kind != ACTIVITY_DOCUMENT)
		TRY(agent_place(c, w, p));
	if (w->registration.len && !is_uuid(w->registration))
		return object(c, S("registration"), W(xapi_no_uuid));
	if (w->registration.len)
		p->registration = lower(c->arena, w->registration);
	if (w->since.len && !time_read(w->since, false, &us))
		return object(c, S("since"), W(xapi_no_time));
	if (w->since.len)
		p->since = (instant){ us / 1000 };
	return OK;
}

static str etag_of(struct ctx *c, str bytes)
{
	return text_format(c->arena, "\"" S_FMT "\"", S_ARG(sha1_hex(c->arena, bytes)));
}

/* "*", or a list of tags; W/ and forgotten quotes are passed over, for some clients send the bare hash. */
static bool tags_hold(str header, bool found, str etag)
{
	str bare = str_until(str_from(etag, 1), etag.len > 2 ? etag.len - 2 : 0);
	for (str one, rest = header; rest.len; ) {
		str_cut(rest, ',', &one, &rest);
		one = str_trim(one);
		if (str_eq(one, S("*")) && found)
			return true;
		if (str_starts(one, S("W/")))
			one = str_from(one, 2);
		if (one.len > 1 && one.at[0] == '"' && one.at[one.len - 1] == '"')
			one = (str){ one.at + 1, one.len - 2 };
		if (found && bare.len && str_eq_ignoring_case(one, bare))
			return true;
	}
	return false;
}

static enum status precondition(struct ctx *c, const struct document_wanted *w, bool found, const struct document_row *d)
{
	if (w->if_match.len && !tags_hold(w->if_match, found, d->etag))
		return refuse(c, CONFLICT, "precondition", found ? W(xapi_changed_meanwhile) : W(xapi_not_there));
	if (w->if_none_match.len && tags_hold(w->if_none_match, found, d->etag))
		return refuse(c, CONFLICT, "precondition", W(xapi_there_already));
	return OK;
}

static bool is_json(str type)
{
	str media, rest;
	str_cut(type, ';', &media, &rest);
	return str_eq_ignoring_case(str_trim(media), S("application/json"));
}

/* The older document's members, each replaced by the newer's where it has one, then the newer's own. One level deep. */
static enum status merge_json(struct ctx *c, str older, str newer, str *out)
{
	struct json o, n;
	struct json_fault fault;
	if (!json_read(c->arena, newer, JSON_LEVELS_MAX, &n, &fault) || n.nodes[0].type != JSON_OBJECT)
		return refuse(c, INVALID, "document", W(xapi_merge_newer));
	if (!json_read(c->arena, older, JSON_LEVELS_MAX, &o, &fault) || o.nodes[0].type != JSON_OBJECT)
		return refuse(c, INVALID, "document", W(xapi_merge_older));
	struct buffer b = { 0 };
	for (uint32_t i = json_first(&o, 0); i; i = json_next(&o, 0, i)) {
		uint32_t other = json_find(&n, 0, o.nodes[i].key);
		buffer_add_char(&b, b.len ? ',' : '{');
		json_write_text(&b, o.nodes[i].key);
		buffer_add_char(&b, ':');
		buffer_add(&b, other ? json_slice(&n, other) : json_slice(&o, i));
	}
	for (uint32_t i = json_first(&n, 0); i; i = json_next(&n, 0, i)) {
		if (json_find(&o, 0, n.nodes[i].key))
			continue;
		buffer_add_char(&b, b.len ? ',' : '{');
		json_write_text(&b, n.nodes[i].key);
		buffer_add_char(&b, ':');
		buffer_add(&b, json_slice(&n, i));
	}
	buffer_add(&b, b.len ? S("}") : S("{}"));
	*out = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return out->len > DOCUMENT_BYTES_MAX ? refuse(c, INVALID, "too-large", W(xapi_document_large), text_format(c->arena, "%d", DOCUMENT_BYTES_MAX)) : OK;
}

enum status document_put(struct ctx *c, enum document_kind kind, const struct document_wanted *w, bool merge, struct raw_reply *out)
{
	struct document_place p;
	struct document_row d = { 0 };
	bool found;
	TRY(place_read(c, kind, w, &p));
	TRY(store_find(c, document_find, &p, &d, &found));
	TRY(precondition(c, w, found, &d));
	bool guarded = kind != STATE_DOCUMENT || XAPI_IS_2(w), says = w->if_match.len || w->if_none_match.len;
	if (!merge && found && guarded && !says)
		return refuse(c, CONFLICT, "no-precondition", W(xapi_which_version));
	if (!merge && kind != STATE_DOCUMENT && !XAPI_IS_2(w) && !says)
		return refuse(c, INVALID, "no-precondition", W(xapi_which_version_new));
	struct document_row n = { p.kind, p.activity, p.agent_kind, p.agent, p.registration, p.name, w->type.len ? w->type : S("application/octet-stream"),
		w->body.at ? w->body : S(""), { 0 }, c->now, c->me.client };
	struct json read;
	struct json_fault fault;
	if (merge && is_json(n.type) && !json_read(c->arena, n.bytes, JSON_LEVELS_MAX, &read, &fault))
		return refuse(c, INVALID, "document", W(xapi_no_json), text_format(c->arena, "%zu", fault.at + 1), str_of(fault.what));
	if (merge && found) {
		if (!is_json(n.type) || !is_json(d.type))
			return refuse(c, INVALID, "document", is_json(n.type) ? W(xapi_merge_older) : W(xapi_merge_newer));
		TRY(merge_json(c, d.bytes, n.bytes, &n.bytes));
	}
	n.etag = etag_of(c, n.bytes);
	xapi_header(c, out, S("ETag"), n.etag);
	TRY(xapi_no_content(out));
	return store_run(c, document_write, &n, NULL);
}

static enum status ids_get(struct ctx *c, const struct document_place *p, struct raw_reply *out)
{
	list ids = { 0 };
	instant newest = { 0 };
	TRY(store_all(c, document_ids, p, &ids));
	buffer_add_char(&out->body, '[');
	for (each(struct document_row, d, ids)) {
		if (out->body.len > 1)
			buffer_add_char(&out->body, ',');
		json_write_text(&out->body, d->name);
		newest = d->changed.ms > newest.ms ? d->changed : newest;
	}
	buffer_add_char(&out->body, ']');
	out->type = S("application/json");
	if (newest.ms)
		xapi_header(c, out, S("Last-Modified"), xapi_http_date(c->arena, newest));
	return OK;
}

enum status document_get(struct ctx *c, enum document_kind kind, const struct document_wanted *w, struct raw_reply *out)
{
	struct document_place p;
	struct document_row d = { 0 };
	bool found;
	TRY(place_read(c, kind, w, &p));
	if (!w->id.len)
		return ids_get(c, &p, out);
	TRY(store_find(c, document_find, &p, &d, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "no-document", W(xapi_no_document));
	xapi_header(c, out, S("ETag"), d.etag);
	xapi_header(c, out, S("Last-Modified"), xapi_http_date(c->arena, d.changed));
	if (w->if_none_match.len && tags_hold(w->if_none_match, true, d.etag)) {
		out->status = 304;
		return OK;
	}
	out->type = d.type;
	buffer_add(&out->body, d.bytes);
	return OK;
}

enum status document_delete(struct ctx *c, enum document_kind kind, const struct document_wanted *w, struct raw_reply *out)
{
	struct document_place p;
	struct document_row d = { 0 };
	bool found = false;
	TRY(place_read(c, kind, w, &p));
	TRY(xapi_no_content(out));
	if (!w->id.len)
		return store_run(c, documents_remove, &p, NULL);
	TRY(store_find(c, document_find, &p, &d, &found));
	TRY(precondition(c, w, found, &d));
	return store_run(c, document_remove, &p, NULL);
}
