/* keeps.c - what this folder keeps of people, how long, and how it goes. Of why somebody left nothing is kept that says who. */
#include "inside.h"
#include "trust/trust.h"
#include "web/event.h"

struct need_note_kept { str skill, unit, direction, urgency; instant made, withdrawn; };
struct signal_kept { str title; date since, review_day, ended; };
struct signal_review_kept { str title; date day; str text; };
RECORD(need_note_kept, FIELD(need_note_kept, skill, .label = W(needs_skill)), FIELD(need_note_kept, unit, .label = W(needs_unit)), FIELD(need_note_kept, direction, .label = W(needs_note_direction)),
	FIELD(need_note_kept, urgency, .label = W(needs_note_urgency)), FIELD(need_note_kept, made, .label = W(needs_out_made)), FIELD(need_note_kept, withdrawn, .label = W(needs_out_withdrawn)));
RECORD(signal_kept, FIELD(signal_kept, title, .label = W(needs_signal_title)), FIELD(signal_kept, since, .label = W(needs_signal_since)), FIELD(signal_kept, review_day, .label = W(needs_signal_review)),
	FIELD(signal_kept, ended, .label = W(needs_out_ended)));
RECORD(signal_review_kept, FIELD(signal_review_kept, title, .label = W(needs_signal_title)), FIELD(signal_review_kept, day, .label = W(needs_out_made)), FIELD(signal_review_kept, text, .label = W(needs_review_text), .max = 1000));

SETTING(needs_notes_kept_months, "24", W(needs_notes_kept), W(needs_notes_kept_why), 12, 60)
SETTING(needs_leavers_kept_months, "60", W(needs_leavers_kept), W(needs_leavers_kept_why), 12, 120)

KEEPS(need_notes,
	.what = W(needs_keeps_notes), .why = W(needs_keeps_notes_why), .seen = W(needs_keeps_notes_seen), .erasing = W(needs_keeps_notes_erasing),
	.ground = GROUND_INTEREST, .page = "/needs/say", .tables = "need_note", .after_making = "needs_notes_kept_months",
	.count = &query_needs_notes_count, .rows = KEEP_ROWS({ "needs-notes", &query_needs_notes_of }), .past = &query_needs_notes_past,
	.remove = KEEP_QUERIES(&query_needs_notes_remove), .erase = KEEP_QUERIES(&query_needs_notes_erase))

KEEPS(need_leavers,
	.what = W(needs_keeps_leavers), .why = W(needs_keeps_leavers_why), .seen = W(needs_keeps_leavers_seen), .erasing = W(needs_keeps_leavers_erasing),
	.ground = GROUND_INTEREST, .tables = "need_leaver need_indicator need_figure need_policy", .after_making = "needs_leavers_kept_months",
	.past = &query_needs_leavers_past, .remove = KEEP_QUERIES(&query_needs_leavers_remove))

KEEPS(signals,
	.what = W(needs_keeps_signals), .why = W(needs_keeps_signals_why), .seen = W(needs_keeps_signals_seen), .erasing = W(needs_keeps_signals_erasing), .until = W(needs_keeps_signals_until),
	.ground = GROUND_INTEREST, .page = "/signals", .tables = "signal signal_skill signal_review signal_told", .needed_for_work = true,
	.count = &query_signals_of_count, .rows = KEEP_ROWS({ "signals", &query_signals_followed_of }, { "signal-reviews", &query_signal_reviews_by }),
	.erase = KEEP_QUERIES(&query_signals_erase, &query_signal_reviews_erase))

/* A signal that lost its follower is due at once, for whoever manages signals. */
HEARS(person_erased, struct person_erased, follower_gone)
{
	(void)what;
	return store_run(c, signals_without_follower, NOTHING, NULL);
}
