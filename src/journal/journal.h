/* journal.h - the personal log, for features that come later: a prompt for Today, and hours for whoever may have them.
 *
 * What somebody writes is sealed with their own key (lib/vault) and opens for nobody else. Even its day, kind, hours and skill are inside.
 * A later feature gets hours only of the person who asks (journal_hours_of), or of people who agreed to be counted in a group (journal_hours_each).
 */
#pragma once
#include "base/context.h"
#include "record/record.h"

/* How it was learnt; in the work, with others, formal. The same three as in the record of statements. */
extern const struct choice journal_kinds[];

struct journal_text { date day; str kind; double hours; int64_t skill; str did, learnt, next, link, file; };
extern const struct record journal_text_record;

/* What kind took how long, on the days from `from` up to and including `until`, shared or not. `timed`: how many entries said how long. CONFLICT without keys. */
struct journal_wanted { int64_t person; date from, until; };
struct journal_hours { str kind; int64_t entries, timed; double hours, squares; };      /* squares: the sum of the squares of hours */
extern const struct record journal_hours_record;
enum status journal_hours_of(struct ctx *c, const struct journal_wanted *in, list *out) must_use;          /* of struct journal_hours */

/* For groups: only of people who agreed that the hours of their log count in figures about groups, each entry that says how long, a person's beside
 * each other. Who agreed this month counts from the next on (`before`: the first day of this month), so that nobody sees a figure move on the day
 * on which somebody said yes; a no works at once. CONFLICT without keys. `row` gets a struct journal_hour. */
struct journal_counting { date before, from, until; };
struct journal_hour { int64_t person; str kind; double hours; };
enum status journal_hours_each(struct ctx *c, const struct journal_counting *in, enum status (*row)(struct ctx *c, void *of, const struct journal_hour *hour), void *of) must_use;
/* Whether the asker agreed; no day: not. For the demonstration: that somebody did. */
enum status journal_agreed(struct ctx *c, date *since) must_use;
enum status journal_agree(struct ctx *c, int64_t person, date since) must_use;

/* One of the asker's own entries, opened with their own key, for another page of theirs: a card to remember it by. NOT_FOUND, said, for anybody
 * else's; CONFLICT, said, when it does not open. */
enum status journal_own_text(struct ctx *c, int64_t entry, struct journal_text *out) must_use;

/* A question for Today: at most on two days of a week, and not in a week in which something was written or it was put off. */
enum status journal_prompt(struct ctx *c, bool *asks, const struct word **question) must_use;

/* For the demonstration: an entry of somebody, as they would have written it; shared with a unit and below it, with everybody (0), or with nobody (-1). */
enum status journal_put(struct ctx *c, int64_t person, const struct journal_text *text, int64_t shared_with, int64_t *id) must_use;

/* Events: journal_shared, journal_unshared (struct journal_event), in the transaction in which it happened. */
struct journal_event { int64_t entry, person; };
