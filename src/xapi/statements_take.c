/* statements_take.c - statements come in: one under an id of the sender's (PUT), one or many (POST). */
#include "attachment.h"
#include "protocol.h"
#include "xapi.words.h"
#include "web/operation.h"

enum { STATEMENTS_BODY_MAX = 32 << 20 };

struct statements_post { str version, type, body; const struct statements_put *read; };
RECORD(statements_post, XAPI_VERSION(statements_post), XAPI_TYPE(statements_post), FIELD(statements_post, body, .file = true, .required = true, .max = STATEMENTS_BODY_MAX));

struct statement_put_one { str version, type, body, statementId; const struct statements_put *read; };
RECORD(statement_put_one, XAPI_VERSION(statement_put_one), XAPI_TYPE(statement_put_one), FIELD(statement_put_one, body, .file = true, .required = true, .max = STATEMENTS_BODY_MAX),
	FIELD(statement_put_one, statementId, .max = 100, .required = true));

static enum status receive(struct ctx *c, str version, str type, str body, const struct statements_put **out, bool *many)
{
	struct fault fault;
	struct statements_put *put = arena_new_of(c->arena, struct statements_put);
	if (!statements_receive(c->arena, type, body, xapi_version_of(version) == XAPI_1 ? RULES_1_0_3 : RULES_2_0_0, put, many, &fault))
		return refuse(c, INVALID, "statement", W(xapi_statement_wrong), fault.place.len ? fault.place : S("statement"), str_of(fault.what));
	*out = put;
	return OK;
}

static enum status post_prepare(struct ctx *c, void *of)
{
	struct statements_post *in = of;
	bool many;
	return receive(c, in->version, in->type, in->body, &in->read, &many);
}

static enum status put_prepare(struct ctx *c, void *of)
{
	struct statement_put_one *in = of;
	bool many = false;
	if (!is_uuid(in->statementId))
		return refuse(c, INVALID, "statement-id", W(xapi_statement_id));
	TRY(receive(c, in->version, in->type, in->body, &in->read, &many));
	if (many)
		return refuse(c, INVALID, "statement-many", W(xapi_statement_many));
	struct statement *s = list_item(in->read->statements, struct statement, 0);
	str id = lower(c->arena, in->statementId);
	if (s->id.len && !str_eq(s->id, id))
		return refuse(c, INVALID, "statement-id", W(xapi_statement_other_id));
	s->id = id;
	return OK;
}

static enum status take(struct ctx *c, const struct statements_put *read, list *ids)
{
	struct statements_put put = *read;
	struct fault fault;
	put.authority = xapi_authority(c);
	put.client = xapi_client_of(c)->id;
	if (!agent_read(c->arena, put.authority, RULES_1_0_3, &put.vouched, &fault))
		return broken(c, "our own authority: %s", fault.what);
	TRY(statements_put(c, &put, ids));
	return xapi_consistent_see(c);
}

OPERATION(xapi_statements_post, statements_post, raw_reply,
	.route = "POST /xapi/statements",
	.allow = "xapi:statements/write",
	.protocol = &xapi_protocol,
	.effect = WRITES,
	.reply = RAW,
	.body_max = STATEMENTS_BODY_MAX,
	.prepare = post_prepare,
	.first = statements_gate,
	.doc = "Keeps a statement or a list of them, all or none; answers their ids in order.")
{
	list ids;
	TRY(take(c, in->read, &ids));
	out->type = S("application/json");
	bool first = true;
	buffer_add_char(&out->body, '[');
	for (each(const str, id, ids)) {
		buffer_add_format(&out->body, "%s\"" S_FMT "\"", first ? "" : ",", S_ARG(*id));
		first = false;
	}
	buffer_add_char(&out->body, ']');
	return OK;
}

OPERATION(xapi_statement_put, statement_put_one, raw_reply,
	.route = "PUT /xapi/statements",
	.allow = "xapi:statements/write",
	.protocol = &xapi_protocol,
	.effect = WRITES,
	.reply = RAW,
	.body_max = STATEMENTS_BODY_MAX,
	.prepare = put_prepare,
	.first = statements_gate,
	.doc = "Keeps one statement under the id its sender gives it.")
{
	list ids;
	TRY(take(c, in->read, &ids));
	return xapi_no_content(out);
}
