/* keeping.c - how far somebody was in the tour. */
#include "home.sql.h"
#include "home.words.h"
#include "trust/trust.h"

struct kept_tour { int64_t step; instant ended; };
RECORD(kept_tour, FIELD(kept_tour, step, .label = W(home_out_step)), FIELD(kept_tour, ended, .label = W(home_out_ended)));

KEEPS(tours,
	.what = W(home_keeps), .why = W(home_keeps_why), .seen = W(home_keeps_seen), .erasing = W(home_keeps_erasing), .until = W(home_keeps_until),
	.ground = GROUND_INTEREST, .tables = "tour first_step",
	.count = &query_tours_count, .rows = KEEP_ROWS({ "tour", &query_tours_of }),
	.erase = KEEP_QUERIES(&query_tours_erase, &query_first_steps_erase))
