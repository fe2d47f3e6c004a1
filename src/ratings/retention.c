/* retention.c - ratings by others are kept for so many months and then removed; what is believed is made again from the rest. */
#include "inside.h"
#include "trust/trust.h"
#include "web/job.h"
#include "web/operation.h"

SETTING(ratings_kept_months, "24", W(ratings_kept_months), W(ratings_kept_months_why), 6, 120)

struct expiry { date before; int64_t ratings, months; };
RECORD(expiry, FIELD(expiry, before, .doc = "Ratings by others of before this day go."), FIELD(expiry, ratings), FIELD(expiry, months, .doc = "The setting ratings_kept_months."));

struct expired { int64_t person, skill; };
RECORD(expired, FIELD(expired, person), FIELD(expired, skill));

static enum status expiry_of(struct ctx *c, struct expiry *out)
{
	double months;
	TRY(setting_number(c, S("ratings_kept_months"), &months));
	out->months = (int64_t)months;
	out->before = date_add_months(c->today, -(int)months);
	struct count n;
	TRY(store_one(c, ratings_expired_count, out, &n));
	out->ratings = n.count;
	return OK;
}

static enum status expire(struct ctx *c, struct expiry *out)
{
	list pairs = { 0 };
	TRY(expiry_of(c, out));
	if (!out->ratings)
		return OK;
	TRY(store_all(c, ratings_expired_pairs, out, &pairs));
	TRY(store_run(c, views_expired_remove, out, NULL));
	TRY(store_run(c, reviews_expired_remove, out, NULL));
	TRY(store_run(c, ratings_expired_remove, out, NULL));
	if (pairs.count > 2000)
		return estimates_refresh_later(c);
	for (each(struct expired, p, pairs))
		TRY(estimate_refresh(c, p->person, p->skill));
	return OK;
}

OPERATION(ratings_expiry, nothing, expiry,
	.route = "GET /ratings/expiry",
	.allow = "trust.read",
	.doc = "How many ratings by others are older than they are kept, and go the next night.")
{
	(void)in;
	return expiry_of(c, out);
}

/* The day is part of it: a job that runs still waits, and a second of the same input would be dropped. */
struct expiry_day { date day; };
RECORD(expiry_day, FIELD(expiry_day, day));

JOB(ratings_expire, expiry_day)
{
	struct expiry e = { 0 };
	(void)in;
	TRY(expire(c, &e));
	return ratings_expire_later(c);
}

enum status ratings_expire_later(struct ctx *c)
{
	return job_add(c, ratings_expire, (&(struct expiry_day){ date_add_days(c->today, 1) }), ((instant){ c->now.ms + 24 * 3600 * (int64_t)1000 }));
}
