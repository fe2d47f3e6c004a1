/* keep.c - how long a log is kept, what its owner takes along, and how it goes for good. */
#include "log.h"
#include "trust/trust.h"
#include "web/event.h"
#include "web/keys.h"

SETTING(journal_kept_left_months, "1", W(journal_kept_left), W(journal_kept_left_why), 0, 24)

/* Into an export only when its owner makes it: nobody else's hand opens a log. */
static enum status log_export(struct ctx *c, const struct keep_person *who, struct keep_export *e)
{
	list entries = { 0 };
	if (c->me.unprotected || c->me.person != who->person || !vault_is_open(c))
		return OK;
	TRY(entries_load(c, &entries));
	keep_export_rows(e, "log", &journal_entry_record, &entries);
	for (each(struct journal_entry, entry, entries)) {
		struct journal_row row = { .id = entry->id, .person = who->person };
		bool found;
		str bytes;
		if (!entry->file.len)
			continue;
		TRY(store_find(c, journal_file_load, &row, &row, &found));
		if (found && vault_open(c, who->person, "journal-file", entry->id, row.sealed, &bytes) == OK)
			keep_export_file(e, entry->file, bytes);
	}
	return OK;
}

/* With the commit of the erasure the key goes too: what lies sealed in any backup stays closed. */
static enum status key_end(struct ctx *c, const struct keep_person *who)
{
	store_forget(c);
	return who->everything ? key_forget(c, who->person) : OK;     /* who still works here goes on writing under it */
}

/* An older copy of the database came back, and the keys know that this person was erased: so is their log, again. */
HEARS(person_erased_before, struct erased_before, log_erase_again)
{
	struct keep_person who = { .person = what->person };
	TRY(store_run(c, journal_file_erase, &who, NULL));
	TRY(store_run(c, journal_shared_erase, &who, NULL));
	TRY(store_run(c, journal_erase, &who, NULL));
	TRY(store_run(c, journal_prompt_erase, &who, NULL));
	TRY(store_run(c, counted_erase, &who, NULL));
	store_forget(c);
	return OK;
}

KEEPS(journal,
	.what = W(journal_keeps), .why = W(journal_keeps_why), .seen = W(journal_keeps_seen), .erasing = W(journal_keeps_erasing),
	.ground = GROUND_OWN,
	.page = "/journal",
	.tables = "journal_entry journal_file journal_shared journal_prompt",
	.after_leaving = "journal_kept_left_months",
	.count = &query_journal_of_count,
	.rows = KEEP_ROWS({ "shared", &query_journal_shared_of_person }),
	.past = &query_journal_past_count,
	.remove = KEEP_QUERIES(&query_journal_past_file_remove, &query_journal_past_shared_remove, &query_journal_past_remove, &query_journal_prompt_past_remove),
	.erase = KEEP_QUERIES(&query_journal_file_erase, &query_journal_shared_erase, &query_journal_erase, &query_journal_prompt_erase),
	.exporting = log_export,
	.erasing_first = key_end)
