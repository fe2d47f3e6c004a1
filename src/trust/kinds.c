/* kinds.c - what the machine, imports, people and accounts keep about persons: they stand before trust, so it is said here. */
#include "inside.h"
#include "keeping.h"

SETTING(directory_kept_left_months, "24", W(trust_directory_kept), W(trust_directory_kept_why), 0, 84)
SETTING(audit_kept_months, "12", W(trust_audit_kept), W(trust_audit_kept_why), 6, 36)
SETTING(looks_kept_months, "12", W(trust_looks_kept), W(trust_looks_kept_why), 3, 36)
SETTING(sign_ins_kept_days, "30", W(trust_sign_ins_kept), W(trust_sign_ins_kept_why), 1, 90)
SETTING(import_rows_kept_days, "30", W(trust_import_rows_kept), W(trust_import_rows_kept_why), 1, 90)
SETTING(jobs_kept_days, "30", W(trust_jobs_kept), W(trust_jobs_kept_why), 1, 90)
SETTING(answers_kept_days, "1", W(trust_answers_kept), W(trust_answers_kept_why), 1, 7)
SETTING(requests_kept_months, "24", W(trust_requests_kept), W(trust_requests_kept_why), 12, 60)

struct departed { int64_t person; };
RECORD(departed, FIELD(departed, person));

/* Whoever left so long ago goes altogether, as by erasure: with everything that still hangs on them. */
static enum status departed_erase(struct ctx *c, const struct keep_terms *terms, int64_t *removed, bool *more)
{
	enum { SOME = 20 };
	list people = { 0 };
	TRY(store_all(c, departed_some, terms, &people));
	for (size_t i = 0; i < people.count && i < SOME; i++) {
		struct keep_person who;
		TRY(keep_person_load(c, list_item(people, struct departed, i)->person, &who));
		TRY(store_one(c, erasure_by_term, &who, &who));
		TRY(erase_person(c, who, true));
		++*removed;
	}
	*more |= people.count > SOME;
	return OK;
}

KEEPS(directory,
	.what = W(trust_keeps_directory), .why = W(trust_keeps_directory_why), .seen = W(trust_keeps_directory_seen), .erasing = W(trust_keeps_directory_erasing),
	.ground = GROUND_CONTRACT, .tables = "person employment", .needed_for_work = true,
	.after_leaving = "directory_kept_left_months",
	.count = &query_directory_count,
	.rows = KEEP_ROWS({ "person", &query_directory_person }, { "employments", &query_directory_employments }),
	.past = &query_departed_count, .sweeping = departed_erase,
	.erase = KEEP_QUERIES(&query_leads_erase, &query_employments_erase, &query_person_erase))

KEEPS(account,
	.what = W(trust_keeps_account), .why = W(trust_keeps_account_why), .seen = W(trust_keeps_account_seen), .erasing = W(trust_keeps_account_erasing),
	.until = W(trust_keeps_account_until), .ground = GROUND_CONTRACT, .page = "/account", .tables = "account token", .needed_for_work = true,
	.count = &query_account_count, .rows = KEEP_ROWS({ "account", &query_account_of }),
	.erase = KEEP_QUERIES(&query_tokens_erase, &query_account_erase))

KEEPS(sign_ins,
	.what = W(trust_keeps_sign_ins), .why = W(trust_keeps_sign_ins_why), .seen = W(trust_keeps_sign_ins_seen), .erasing = W(trust_keeps_sign_ins_erasing),
	.ground = GROUND_DUTY, .page = "/account", .tables = "session link attempt", .needed_for_work = true,
	.after_making = "sign_ins_kept_days",
	.count = &query_sign_ins_count, .rows = KEEP_ROWS({ "sessions", &query_sessions_of }),
	.past = &query_sign_ins_past_count,
	.remove = KEEP_QUERIES(&query_sessions_past_remove, &query_links_past_remove, &query_attempts_past_remove),
	.erase = KEEP_QUERIES(&query_sessions_erase, &query_links_erase, &query_attempts_erase))

KEEPS(looks,
	.what = W(trust_keeps_looks), .why = W(trust_keeps_looks_why), .seen = W(trust_keeps_looks_seen), .erasing = W(trust_keeps_looks_erasing),
	.ground = GROUND_DUTY, .page = "/trust/looks", .tables = "look",
	.after_making = "looks_kept_months",
	.count = &query_looks_count, .rows = KEEP_ROWS({ "looks_at_me", &query_looks_of }, { "looks_of_mine", &query_looks_by }),
	.past = &query_looks_past_count, .remove = KEEP_QUERIES(&query_looks_past_remove),
	.erase = KEEP_QUERIES(&query_looks_erase, &query_looks_pseudonym))

KEEPS(audit,
	.what = W(trust_keeps_audit), .why = W(trust_keeps_audit_why), .seen = W(trust_keeps_audit_seen), .erasing = W(trust_keeps_audit_erasing),
	.ground = GROUND_DUTY, .tables = "audit", .needed_for_work = true,
	.after_making = "audit_kept_months",
	.count = &query_audit_count, .rows = KEEP_ROWS({ "audit", &query_audit_of }),
	.past = &query_audit_past_count, .remove = KEEP_QUERIES(&query_audit_past_remove),
	.erase = KEEP_QUERIES(&query_audit_pseudonym))

KEEPS(decisions,
	.what = W(trust_keeps_decisions), .why = W(trust_keeps_decisions_why), .seen = W(trust_keeps_decisions_seen), .erasing = W(trust_keeps_decisions_erasing),
	.until = W(trust_keeps_decisions_until), .ground = GROUND_DUTY, .page = "/trust", .tables = "basis proposal setting policy fit", .needed_for_work = true,
	.count = &query_decisions_count, .rows = KEEP_ROWS({ "proposals", &query_proposals_of }))

KEEPS(requests,
	.what = W(trust_keeps_requests), .why = W(trust_keeps_requests_why), .seen = W(trust_keeps_requests_seen), .erasing = W(trust_keeps_requests_erasing),
	.ground = GROUND_DUTY, .page = "/about-me", .tables = "erasure mistake", .needed_for_work = true,
	.after_making = "requests_kept_months",
	.count = &query_requests_count, .rows = KEEP_ROWS({ "mistakes", &query_mistakes_of }, { "erasures", &query_erasures_of }),
	.past = &query_requests_past_count, .remove = KEEP_QUERIES(&query_mistakes_past_remove, &query_erasures_past_remove),
	.erase = KEEP_QUERIES(&query_mistakes_erase, &query_erasures_silence))

KEEPS(imports,
	.what = W(trust_keeps_imports), .why = W(trust_keeps_imports_why), .seen = W(trust_keeps_imports_seen), .erasing = W(trust_keeps_imports_erasing),
	.ground = GROUND_INTEREST, .tables = "import import_change upload",
	.after_making = "import_rows_kept_days",
	.past = &query_import_rows_past_count, .remove = KEEP_QUERIES(&query_import_rows_past_remove, &query_uploads_past_remove),
	.erase = KEEP_QUERIES(&query_import_rows_erase, &query_uploads_erase))

KEEPS(jobs,
	.what = W(trust_keeps_jobs), .why = W(trust_keeps_jobs_why), .seen = W(trust_keeps_jobs_seen), .erasing = W(trust_keeps_jobs_erasing),
	.ground = GROUND_INTEREST, .tables = "job", .needed_for_work = true, .after_making = "jobs_kept_days",
	.past = &query_jobs_past_count, .remove = KEEP_QUERIES(&query_jobs_past_remove), .erase = KEEP_QUERIES(&query_jobs_erase))

KEEPS(answers,
	.what = W(trust_keeps_answers), .why = W(trust_keeps_answers_why), .seen = W(trust_keeps_jobs_seen), .erasing = W(trust_keeps_answers_erasing),
	.ground = GROUND_INTEREST, .tables = "answered", .needed_for_work = true, .after_making = "answers_kept_days",
	.past = &query_answers_past_count, .remove = KEEP_QUERIES(&query_answers_past_remove), .erase = KEEP_QUERIES(&query_answers_erase))
