/* keeping.c - who owns an ambition, and who wrote a version of it: without a name after erasure. */
#include "inside.h"
#include "strategy.sql.h"
#include "strategy.words.h"
#include "trust/trust.h"

struct kept_ambition { str name; int64_t number; instant made; };
RECORD(kept_ambition, FIELD(kept_ambition, name, .label = W(strategy_out_name)), FIELD(kept_ambition, number, .label = W(strategy_out_number)), FIELD(kept_ambition, made, .label = W(strategy_out_made)));

KEEPS(ambition_owners,
	.what = W(strategy_keeps), .why = W(strategy_keeps_why), .seen = W(strategy_keeps_seen), .erasing = W(strategy_keeps_erasing), .until = W(strategy_keeps_until),
	.ground = GROUND_INTEREST, .page = "/strategy", .tables = "ambition_version", .needed_for_work = true,
	.count = &query_ambitions_owned_count, .rows = KEEP_ROWS({ "ambitions", &query_ambitions_owned }),
	.erase = KEEP_QUERIES(&query_ambitions_owner_erase))
