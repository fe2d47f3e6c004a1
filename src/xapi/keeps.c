/* keeps.c - what the learning record keeps of people, how long, and how it goes: what tools sent, their documents, who is who, and who let a tool in. */
#include "erase.h"
#include "export.h"
#include "store.h"
#include "xapi.h"
#include "xapi.sql.h"
#include "xapi.words.h"

SETTING(record_kept_unused_months, "24", W(xapi_record_kept), W(xapi_record_kept_why), 6, 120)
SETTING(documents_kept_unused_months, "24", W(xapi_documents_kept), W(xapi_documents_kept_why), 1, 60)
SETTING(clients_kept_unused_months, "24", W(xapi_clients_kept), W(xapi_clients_kept_why), 12, 120)

struct past_statement { int64_t stored; str id; int64_t attachments; };
struct kept_identifier { str kind, key; bool by_email; instant made; };
struct kept_client { str name, purpose; instant made, confirmed, ended; };
struct kept_statements { int64_t statements; str file; };
RECORD(past_statement, FIELD(past_statement, stored), FIELD(past_statement, id), FIELD(past_statement, attachments));
RECORD(kept_identifier, FIELD(kept_identifier, kind, .label = W(xapi_join_kind)), FIELD(kept_identifier, key, .label = W(xapi_join_key), .max = 4500),
	FIELD(kept_identifier, by_email, .label = W(xapi_out_by_email)), FIELD(kept_identifier, made, .label = W(xapi_out_since)));
RECORD(kept_client, FIELD(kept_client, name, .label = W(xapi_out_tool)), FIELD(kept_client, purpose, .label = W(xapi_out_purpose), .max = 1000), FIELD(kept_client, made, .label = W(xapi_out_since)),
	FIELD(kept_client, confirmed, .label = W(xapi_out_confirmed)), FIELD(kept_client, ended, .label = W(xapi_out_ended)));
RECORD(kept_statements, FIELD(kept_statements, statements, .label = W(xapi_out_statements)), FIELD(kept_statements, file, .label = W(xapi_out_file)));

static enum status files_sweep(struct ctx *c, const struct past_statement *s)
{
	list files = { 0 };
	TRY(store_all(c, past_files_of, s, &files));
	for (each(struct attachment_key, f, files)) {
		struct statement_file_gone gone = { s->stored, f->sha2 };
		TRY(store_run(c, statement_attachment_remove, &gone, NULL));
		TRY(store_run(c, attachment_unused_remove, &gone, NULL));
	}
	return OK;
}

/* Some hundreds in one go: each has rows in six tables. Actors of whom nothing is said any more go when the last statement has gone. */
static enum status statements_sweep(struct ctx *c, const struct keep_terms *terms, int64_t *removed, bool *more)
{
	list past = { 0 };
	if (!terms->unused.ms)
		return OK;
	TRY(store_all(c, record_past_some, terms, &past));
	if (!past.count) {
		int64_t actors = 0;
		TRY(store_run(c, actors_unused_remove, terms, &actors));
		*more |= actors >= terms->batch;
		return OK;
	}
	for (each(struct past_statement, s, past))
		if (s->attachments)
			TRY(files_sweep(c, s));
	TRY(store_run_each(c, past_pointed_remove, &past));
	TRY(store_run_each(c, past_pointed_actors_remove, &past));
	TRY(store_run_each(c, past_pointed_activities_remove, &past));
	TRY(store_run_each(c, past_found_remove, &past));
	TRY(store_run_each(c, past_actors_remove, &past));
	TRY(store_run_each(c, past_activities_remove, &past));
	TRY(store_run_each(c, past_targets_remove, &past));
	TRY(store_run_each(c, past_statement_remove, &past));
	*removed += (int64_t)past.count;
	*more = true;
	return OK;
}

static enum status statements_export(struct ctx *c, const struct keep_person *who, struct keep_export *e)
{
	list rows = { 0 };
	struct kept_statements all = { 0 };
	TRY(xapi_statements_count(c, who->person, &all.statements));
	if (!all.statements)
		return OK;
	TRY(export_statements(c, who, e, &all.file));
	*list_add(c->arena, &rows, struct kept_statements) = all;
	keep_export_rows(e, "statements", &kept_statements_record, &rows);
	return OK;
}

KEEPS(tools,
	.what = W(xapi_keeps_clients), .why = W(xapi_keeps_clients_why), .seen = W(xapi_keeps_clients_seen), .erasing = W(xapi_keeps_clients_erasing),
	.ground = GROUND_DUTY, .tables = "xapi_client", .needed_for_work = true,
	.after_use = "clients_kept_unused_months",
	.count = &query_clients_count, .rows = KEEP_ROWS({ "tools", &query_clients_kept }),
	.past = &query_clients_past, .remove = KEEP_QUERIES(&query_clients_past_remove))

KEEPS(identifiers,
	.what = W(xapi_keeps_identifiers), .why = W(xapi_keeps_identifiers_why), .seen = W(xapi_keeps_identifiers_seen), .erasing = W(xapi_keeps_identifiers_erasing),
	.until = W(xapi_keeps_identifiers_until), .ground = GROUND_CONTRACT, .page = "/about-me/record", .tables = "person_identifier", .needed_for_work = true,
	.count = &query_identifiers_count, .rows = KEEP_ROWS({ "identifiers", &query_identifiers_kept }),
	.erase = KEEP_QUERIES(&query_identifiers_erase))

KEEPS(record,
	.what = W(xapi_keeps_record), .why = W(xapi_keeps_record_why), .seen = W(xapi_keeps_record_seen), .erasing = W(xapi_keeps_record_erasing),
	.ground = GROUND_INTEREST, .page = "/about-me/record",
	.tables = "statement statement_found statement_waiting statement_actor statement_activity statement_target statement_attachment attachment xapi_actor xapi_erasing",
	.after_use = "record_kept_unused_months",
	.count = &query_record_count, .exporting = statements_export,
	.past = &query_record_past, .sweeping = statements_sweep,
	.erasing_first = record_erase)

KEEPS(documents,
	.what = W(xapi_keeps_documents), .why = W(xapi_keeps_documents_why), .seen = W(xapi_keeps_documents_seen), .erasing = W(xapi_keeps_documents_erasing),
	.ground = GROUND_INTEREST, .tables = "xapi_document",
	.after_use = "documents_kept_unused_months",
	.count = &query_documents_count, .exporting = export_documents,
	.past = &query_documents_past, .remove = KEEP_QUERIES(&query_documents_past_remove),
	.erasing_first = documents_erase)
