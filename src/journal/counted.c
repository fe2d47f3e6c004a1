/* counted.c - counting along: the hours of a log in figures about groups, only of who agreed, and for as long as they do. */
#include "log.h"
#include "trust/trust.h"
#include "web/operation.h"

struct log_counting { int64_t person; date since; };
RECORD(log_counting, FIELD(log_counting, person), FIELD(log_counting, since));

enum status journal_agreed(struct ctx *c, date *since)
{
	const struct keep_person key = { .person = c->me.person };
	struct log_counting row = { 0 };
	bool found;
	TRY(store_find(c, counted_since, &key, &row, &found));
	*since = found ? row.since : (date){ 0 };
	return OK;
}

enum status journal_agree(struct ctx *c, int64_t person, date since)
{
	return store_run(c, counted_put, (&(const struct log_counting){ person, since }), NULL);
}

struct counting_form { bool counts; };
RECORD(counting_form, FIELD(counting_form, counts, .doc = "1: the hours of my log count in figures about groups; 0: they do not, from now on."));

OPERATION(journal_counting_set, counting_form, nothing,
	.route = "POST /journal/counted",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* whether somebody keeps a log is nobody's business; nor is whether they let it count */
	.then = "/learning",
	.back = "/learning",
	.said = W(journal_counting_said),
	.doc = "Agrees, or no longer, that the hours of one's own log count in figures about groups of five and more.")
{
	(void)out;
	TRY(journal_owner(c));
	if (in->counts)
		return journal_agree(c, c->me.person, c->today);
	return store_run(c, counted_erase, (&(const struct keep_person){ .person = c->me.person }), NULL);
}

/* ---- Hours ---- */

struct counting { const struct journal_counting *in; enum status (*row)(struct ctx *c, void *of, const struct journal_hour *hour); void *of; };

static enum status entry_count(struct ctx *c, void *of, const void *found)
{
	const struct counting *k = of;
	const struct journal_row *row = found;
	struct journal_text text;
	bool closed;
	TRY(entry_open(c, row, &text, &closed));
	if (closed || isnan(text.hours) || date_compare(text.day, k->in->from) < 0 || date_compare(text.day, k->in->until) > 0)
		return OK;
	return k->row(c, k->of, &(const struct journal_hour){ row->person, text.kind, text.hours });
}

enum status journal_hours_each(struct ctx *c, const struct journal_counting *in, enum status (*row)(struct ctx *c, void *of, const struct journal_hour *hour), void *of)
{
	struct counting k = { in, row, of };
	TRY(vault_ready(c));
	return store_each(c, journal_entries_counted, (&(const struct log_counting){ .since = in->before }), entry_count, &k);
}

KEEPS(log_counted,
	.what = W(journal_counted_keeps), .why = W(journal_counted_keeps_why), .seen = W(journal_counted_keeps_seen), .erasing = W(journal_counted_keeps_erasing),
	.ground = GROUND_OWN,
	.page = "/learning",
	.tables = "journal_counted",
	.after_leaving = "journal_kept_left_months",
	.count = &query_counted_count,
	.rows = KEEP_ROWS({ "log-counted", &query_counted_since }),
	.past = &query_counted_past_count,
	.remove = KEEP_QUERIES(&query_counted_past_remove),
	.erase = KEEP_QUERIES(&query_counted_erase))
