/* retention.c - how long ratings are kept, and what becomes of them when somebody is erased. */
#include "inside.h"
#include "trust/trust.h"

SETTING(ratings_kept_left_months, "6", W(ratings_kept_left), W(ratings_kept_left_why), 0, 60)
SETTING(ratings_kept_months, "60", W(ratings_kept_months), W(ratings_kept_months_why), 6, 120)

struct kept_rating { str skill; int64_t level; str source, rater; date day; str note, own_view, review, answer; instant withdrawn; };
struct kept_given { str skill, person; int64_t level; str source; date day; str note; instant withdrawn; };
struct kept_estimate { str skill; double mean; int64_t known; date last_seen; };
struct kept_share { str skill; instant since, until; };
struct kept_request { str skill, colleague; instant made, ended; bool declined; };
struct past_rating { int64_t id, person, skill; };
RECORD(kept_rating, FIELD(kept_rating, skill, .label = W(ratings_out_skill)), FIELD(kept_rating, level, .label = W(ratings_out_level)), FIELD(kept_rating, source, .label = W(ratings_out_source)),
	FIELD(kept_rating, rater, .label = W(ratings_out_rater)), FIELD(kept_rating, day, .label = W(ratings_out_day)), FIELD(kept_rating, note, .label = W(ratings_out_note), .max = 2000),
	FIELD(kept_rating, own_view, .label = W(ratings_out_view), .max = 2000), FIELD(kept_rating, review, .label = W(ratings_out_review)),
	FIELD(kept_rating, answer, .label = W(ratings_out_answer), .max = 2000), FIELD(kept_rating, withdrawn, .label = W(ratings_out_withdrawn)));
RECORD(kept_given, FIELD(kept_given, skill, .label = W(ratings_out_skill)), FIELD(kept_given, person, .label = W(ratings_out_person)), FIELD(kept_given, level, .label = W(ratings_out_level)),
	FIELD(kept_given, source, .label = W(ratings_out_source)), FIELD(kept_given, day, .label = W(ratings_out_day)), FIELD(kept_given, note, .label = W(ratings_out_note), .max = 2000),
	FIELD(kept_given, withdrawn, .label = W(ratings_out_withdrawn)));
RECORD(kept_estimate, FIELD(kept_estimate, skill, .label = W(ratings_out_skill)), FIELD(kept_estimate, mean, .label = W(ratings_out_level)), FIELD(kept_estimate, known, .label = W(ratings_out_known)),
	FIELD(kept_estimate, last_seen, .label = W(ratings_out_day)));
RECORD(kept_share, FIELD(kept_share, skill, .label = W(ratings_out_skill)), FIELD(kept_share, since, .label = W(ratings_out_since)), FIELD(kept_share, until, .label = W(ratings_out_until)));
RECORD(kept_request, FIELD(kept_request, skill, .label = W(ratings_out_skill)), FIELD(kept_request, colleague, .label = W(ratings_out_person)), FIELD(kept_request, made, .label = W(ratings_out_since)),
	FIELD(kept_request, ended, .label = W(ratings_out_until)), FIELD(kept_request, declined, .label = W(ratings_out_declined)));
RECORD(past_rating, FIELD(past_rating, id), FIELD(past_rating, person), FIELD(past_rating, skill));

/* What hangs on a rating goes with it; what is believed is made again from the rest. */
static enum status ratings_sweep(struct ctx *c, const struct keep_terms *terms, int64_t *removed, bool *more)
{
	list past = { 0 };
	TRY(store_all(c, ratings_past_pairs, terms, &past));
	if (!past.count)
		return OK;
	TRY(store_run_each(c, ratings_keep_views_remove, &past));
	TRY(store_run_each(c, ratings_keep_reviews_remove, &past));
	TRY(store_run_each(c, ratings_keep_remove, &past));
	*removed += (int64_t)past.count;
	*more |= (int64_t)past.count >= terms->batch;
	if (past.count > 500)
		return estimates_refresh_later(c);
	for (each(struct past_rating, p, past))
		TRY(estimate_refresh(c, p->person, p->skill));
	return OK;
}

/* What others said ends by its age, too; what somebody said themselves stays theirs until they have left. The first of these kinds removes both. */
KEEPS(ratings_by_others,
	.what = W(ratings_keeps_others), .why = W(ratings_keeps_others_why), .seen = W(ratings_keeps_others_seen), .erasing = W(ratings_keeps_others_erasing),
	.ground = GROUND_INTEREST, .page = "/my-skills", .tables = "rating_row rating_view review estimate",
	.after_leaving = "ratings_kept_left_months", .after_making = "ratings_kept_months",
	.count = &query_ratings_about_count, .rows = KEEP_ROWS({ "ratings", &query_ratings_about }, { "estimates", &query_estimates_about }),
	.past = &query_ratings_past_count, .sweeping = ratings_sweep,
	.erase = KEEP_QUERIES(&query_views_about_erase, &query_reviews_about_erase, &query_ratings_about_erase, &query_estimates_erase))

KEEPS(ratings_of_oneself,
	.what = W(ratings_keeps_self), .why = W(ratings_keeps_self_why), .seen = W(ratings_keeps_self_seen), .erasing = W(ratings_keeps_self_erasing),
	.ground = GROUND_OWN, .page = "/my-skills", .tables = "share request",
	.after_leaving = "ratings_kept_left_months",
	.count = &query_ratings_self_count, .rows = KEEP_ROWS({ "ratings", &query_ratings_self }, { "shared", &query_shares_of }, { "asked", &query_requests_of }),
	.remove = KEEP_QUERIES(&query_ratings_keep_shares_remove, &query_ratings_keep_requests_remove),
	.erase = KEEP_QUERIES(&query_shares_erase, &query_requests_erase))

KEEPS(ratings_given,
	.what = W(ratings_keeps_given), .why = W(ratings_keeps_given_why), .seen = W(ratings_keeps_given_seen), .erasing = W(ratings_keeps_given_erasing),
	.until = W(ratings_keeps_given_until), .ground = GROUND_INTEREST, .page = "/my-skills", .tables = "rating_row rater correction",
	.count = &query_ratings_given_count, .rows = KEEP_ROWS({ "ratings", &query_ratings_given_by }),
	.erase = KEEP_QUERIES(&query_rater_pseudonym_add, &query_ratings_given_pseudonym, &query_ratings_given_account, &query_corrections_pseudonym))
