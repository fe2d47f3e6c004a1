/* consistent.c - up to which moment everything stored can be read.
 *
 * `stored` grows in the order in which statements become visible, so whoever sees the newest sees all before it. When nothing came for a while,
 * all that began to be written half a minute ago is there too: nothing waits that long for its turn, it is refused before.
 */
#include "client.h"
#include "store.h"

enum { WRITES_TAKE_MS = 30000 };

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
