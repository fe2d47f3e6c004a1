/* repeat.c - the same answer for the same Idempotency-Key, kept a day, in the transaction of what was done. */
#include "inside.h"
#include "web/web.sql.h"
#include "web/web.words.h"

struct answered { str key, operation, output; instant before; };
RECORD(answered, FIELD(answered, key, .max = 200), FIELD(answered, operation), FIELD(answered, output, .max = 1000000), FIELD(answered, before));

enum { KEY_MAX = 200, KEPT_MS = 86400000 };

static bool is_asked(const struct ctx *c, const struct web_request *r)
{
	return r->api && r->idempotency.len && r->idempotency.len <= KEY_MAX && c->me.account && r->op->effect == WRITES && !r->op->traceless && r->op->reply != RAW;
}

enum status repeat_find(struct ctx *c, struct web_request *r, bool *repeated)
{
	struct answered a = { .key = r->idempotency };
	*repeated = false;
	if (!is_asked(c, r))
		return OK;
	TRY(store_find(c, answered_find, &a, &a, repeated));
	if (!*repeated)
		return OK;
	if (!str_eq(a.operation, str_of(r->op->name)))
		return refuse(c, CONFLICT, "key-used", W(web_key_other));
	if (r->op->shown_once)
		return refuse(c, CONFLICT, "shown-once", W(web_key_once));
	r->repeated = a.output;
	return OK;
}

enum status repeat_keep(struct ctx *c, struct web_request *r)
{
	if (!is_asked(c, r))
		return OK;
	struct answered a = { .key = r->idempotency, .operation = str_of(r->op->name), .before = { c->now.ms - KEPT_MS } };
	struct buffer b = { 0 };
	if (!r->op->shown_once)
		record_write_json(&b, r->op->output, r->out);
	a.output = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	TRY(store_run(c, answered_old_remove, &a, NULL));
	return store_run(c, answered_add, &a, NULL);
}
