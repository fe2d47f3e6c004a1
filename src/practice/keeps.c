/* keeps.c - what practice keeps about people: for the person alone, and gone when they say so. */
#include "inside.h"
#include "trust/trust.h"

SETTING(practice_kept_left_months, "1", W(practice_kept_left), W(practice_kept_left_why), 0, 12)

struct kept_memory { int64_t card; str text; int64_t first_day, last, due, answers, asked, recalled; double stability, difficulty; };
struct kept_answer { int64_t card, day, days, rating; };
struct kept_deck { int64_t deck; str name; int64_t since; };
struct kept_feed { int64_t hour, days; date since; };
struct kept_training { str training; date day; bool own; int64_t booster; str used; };
RECORD(kept_memory, FIELD(kept_memory, card), FIELD(kept_memory, text, .max = CARD_BYTES_MAX), FIELD(kept_memory, first_day), FIELD(kept_memory, last), FIELD(kept_memory, due), FIELD(kept_memory, answers),
	FIELD(kept_memory, asked), FIELD(kept_memory, recalled), FIELD(kept_memory, stability), FIELD(kept_memory, difficulty));
RECORD(kept_answer, FIELD(kept_answer, card), FIELD(kept_answer, day), FIELD(kept_answer, days), FIELD(kept_answer, rating));
RECORD(kept_deck, FIELD(kept_deck, deck), FIELD(kept_deck, name), FIELD(kept_deck, since));
RECORD(kept_feed, FIELD(kept_feed, hour), FIELD(kept_feed, days), FIELD(kept_feed, since));
RECORD(kept_training, FIELD(kept_training, training), FIELD(kept_training, day), FIELD(kept_training, own), FIELD(kept_training, booster, .optional = true), FIELD(kept_training, used));

KEEPS(practice_results,
	.what = W(practice_keeps), .why = W(practice_keeps_why), .seen = W(practice_keeps_seen), .erasing = W(practice_keeps_erasing),
	.ground = GROUND_OWN,
	.page = "/practice",
	.tables = "practising follow memory answer retention booster card practice_feed",
	.after_leaving = "practice_kept_left_months",
	.count = &query_practice_kept_count,
	.rows = KEEP_ROWS({ "practice-memory", &query_practice_kept_memory }, { "practice-answers", &query_practice_kept_answers }, { "practice-decks", &query_practice_kept_decks }, { "practice-calendar", &query_practice_kept_feed }),
	.past = &query_practice_past_count,
	.remove = KEEP_QUERIES(&query_practice_past_answers, &query_practice_past_memory, &query_practice_past_retention, &query_practice_past_booster, &query_practice_past_follow, &query_practice_past_own,
		&query_practice_past_pace, &query_practice_past_feed),
	.erase = KEEP_QUERIES(&query_practice_erase_answers, &query_practice_erase_memory, &query_practice_erase_retention, &query_practice_erase_booster, &query_practice_erase_follow,
		&query_practice_erase_own, &query_practice_erase_pace, &query_practice_erase_feed))

KEEPS(trainings_taken,
	.what = W(practice_keeps_taken), .why = W(practice_keeps_taken_why), .seen = W(practice_keeps_taken_seen), .erasing = W(practice_keeps_taken_erasing),
	.ground = GROUND_INTEREST,
	.page = "/trainings",
	.tables = "training_taken",
	.after_leaving = "practice_kept_left_months",
	.count = &query_taken_kept_count,
	.rows = KEEP_ROWS({ "trainings", &query_taken_kept }),
	.past = &query_taken_past_count,
	.remove = KEEP_QUERIES(&query_taken_past_remove),
	.erase = KEEP_QUERIES(&query_taken_erase))

KEEPS(decks_owned,
	.what = W(practice_keeps_owned), .why = W(practice_keeps_owned_why), .seen = W(practice_keeps_owned_seen), .erasing = W(practice_keeps_owned_erasing),
	.until = W(practice_keeps_owned_until),
	.ground = GROUND_INTEREST,
	.page = "/decks",
	.tables = "deck training card_text media",
	.count = &query_owned_kept_count,
	.rows = KEEP_ROWS({ "decks-owned", &query_owned_kept }),
	.erase = KEEP_QUERIES(&query_owned_erase_decks, &query_owned_erase_trainings, &query_owned_erase_texts, &query_owned_erase_media))
