/* store_tail.c - the newest statements of large batches, which the long indexes get a little later.
 *
 * An index over millions is touched at another page by each statement, and each page touched is written whole. So what a large batch brings is
 * put into a short table first, in the order in which it comes, and carried over some thousand at a time: by the next batch that finds it has
 * waited for half a second, else by a job within a second. What waits is as durable as the statement, in the same commit; after a crash it
 * waits still. Queries look there too (statements_find), so nobody sees a difference.
 */
#include "store.h"
#include "xapi.h"
#include "store/store.h"
#include "web/job.h"
#include "xapi.sql.h"

enum { WAITS_US = 500000 };

enum status tail_carry(struct ctx *c)
{
	struct statement_number oldest;
	TRY(store_one(c, waiting_oldest, NOTHING, &oldest));
	if (!oldest.stored)
		return OK;
	TRY(store_run(c, waiting_carry, NOTHING, NULL));
	return store_run(c, waiting_end, NOTHING, NULL);
}

enum status tail_carry_when_due(struct ctx *c)
{
	struct statement_number oldest;
	TRY(store_one(c, waiting_oldest, NOTHING, &oldest));
	return oldest.stored && oldest.stored + WAITS_US < c->now.ms * 1000 ? tail_carry(c) : OK;
}

struct tail { int64_t waiting; };
RECORD(tail, FIELD(tail, waiting));

JOB(statements_carry, tail)
{
	(void)in;
	TRY(statements_gate(c));
	return tail_carry(c);
}

enum status tail_carry_later(struct ctx *c)
{
	return job_add(c, statements_carry, (&(const struct tail){ 0 }), c->now);
}

enum status xapi_settle(struct ctx *c)
{
	TRY(statements_gate(c));
	return tail_carry(c);
}
