/* sent.c - what a tool sent and was refused on some day: for the demonstration, whose tools are made up. */
#include "client.h"
#include "store.h"
#include "xapi.h"
#include "record/record.h"
#include "store/store.h"
#include "base/token.h"
#include "xapi.sql.h"

struct tool_row { str key, name; int64_t scopes; str fingerprint; };
struct tool_refusal { int64_t client; str reason; int64_t times; };
RECORD(tool_row, FIELD(tool_row, key), FIELD(tool_row, name), FIELD(tool_row, scopes), FIELD(tool_row, fingerprint, .secret = true));
RECORD(tool_refusal, FIELD(tool_refusal, client), FIELD(tool_refusal, reason), FIELD(tool_refusal, times));

/* Its secret is nobody's: whoever wants to send as this tool gives it another. */
enum status xapi_tool_put(struct ctx *c, str key, str name, int64_t *client)
{
	struct by_id made;
	const struct tool_row row = { key, name, XAPI_WRITE | XAPI_STATE, token_fingerprint_keyed(c->arena, key, token_new(c->arena)) };
	TRY(store_one(c, tool_put, &row, &made));
	*client = made.id;
	return OK;
}

enum status xapi_tool_sends(struct ctx *c, int64_t client, str text)
{
	struct statements_put in = { .client = client };
	struct tool_row tool;
	struct fault fault;
	list ids;
	bool many;
	TRY(store_one(c, tool_by_id, (&(struct by_id){ client }), &tool));
	in.authority = text_format(c->arena, "{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:wijzer\",\"name\":\"" S_FMT "\"}}", S_ARG(tool.key));
	if (!statements_read(c->arena, text, RULES_1_0_3, &in.statements, &many, &fault))
		return broken(c, "a made-up statement: " S_FMT ": %s", S_ARG(fault.place), fault.what);
	if (!agent_read(c->arena, in.authority, RULES_1_0_3, &in.vouched, &fault))
		return broken(c, "a made-up tool: %s", fault.what);
	return statements_put(c, &in, &ids);
}

enum status xapi_tool_is_refused(struct ctx *c, int64_t client, str reason, int64_t times)
{
	return store_run(c, tool_refused, (&(const struct tool_refusal){ client, reason, times }), NULL);
}
