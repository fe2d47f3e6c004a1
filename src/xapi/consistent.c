/* consistent.c - up to which moment everything stored can be read.
 *
 * `stored` grows in the order in which statements become visible, so whoever sees the newest sees all before it. When nothing came for a while,
 * what was given its number two seconds ago is there too: it gets it behind the gate, when nothing is left to wait for but its own rows and the commit.
 */
#include "client.h"
#include "store.h"

enum { WRITES_TAKE_MS = 2000 };

enum status xapi_consistent_see(struct ctx *c)
{
	int64_t newest;
	struct xapi_client *client = arena_copy(c->arena, xapi_client_of(c), sizeof *client);
	TRY(statement_newest(c, &newest));
	client->seen = (instant){ newest / 1000 };
	web_caller_set(c, client);
	return OK;
}

instant xapi_consistent_through(const struct ctx *c)
{
	instant seen = xapi_client_of(c)->seen, settled = { c->now.ms - WRITES_TAKE_MS };
	return seen.ms > settled.ms ? seen : settled;
}
