/* rows.c - the rows of statements and of what they are found by, field by field. */
#include "store.h"
#include "record/record.h"

RECORD(actor_row, FIELD(actor_row, id), FIELD(actor_row, kind), FIELD(actor_row, key), FIELD(actor_row, name), FIELD(actor_row, person));
RECORD(actor_new, FIELD(actor_new, kind), FIELD(actor_new, key), FIELD(actor_new, name), FIELD(actor_new, email));
RECORD(verb_row, FIELD(verb_row, id), FIELD(verb_row, iri), FIELD(verb_row, display), FIELD(verb_row, nl), FIELD(verb_row, en));
RECORD(activity_row, FIELD(activity_row, id), FIELD(activity_row, iri), FIELD(activity_row, type), FIELD(activity_row, definition),
	FIELD(activity_row, nl), FIELD(activity_row, en));
RECORD(iri_row, FIELD(iri_row, iri));
RECORD(person_number, FIELD(person_number, person));
RECORD(statement_number, FIELD(statement_number, stored));
RECORD(statement_key, FIELD(statement_key, id));
RECORD(sought, FIELD(sought, all));
RECORD(statement_before, FIELD(statement_before, id), FIELD(statement_before, pointing), FIELD(statement_before, stored), FIELD(statement_before, digest), FIELD(statement_before, made),
	FIELD(statement_before, voids));
RECORD(statement_row, FIELD(statement_row, stored), FIELD(statement_row, id), FIELD(statement_row, digest), FIELD(statement_row, made), FIELD(statement_row, version),
	FIELD(statement_row, client), FIELD(statement_row, seconds), FIELD(statement_row, attachments), FIELD(statement_row, text));
RECORD(found_row, FIELD(found_row, stored), FIELD(found_row, said), FIELD(found_row, actor), FIELD(found_row, verb), FIELD(found_row, activity),
	FIELD(found_row, registration));
RECORD(found_actor_row, FIELD(found_actor_row, actor), FIELD(found_actor_row, wide), FIELD(found_actor_row, stored), FIELD(found_actor_row, said));
RECORD(found_activity_row, FIELD(found_activity_row, activity), FIELD(found_activity_row, stored), FIELD(found_activity_row, said));
RECORD(target_row, FIELD(target_row, target), FIELD(target_row, stored), FIELD(target_row, voids));
RECORD(voiding, FIELD(voiding, stored), FIELD(voiding, by));
RECORD(copying, FIELD(copying, stored), FIELD(copying, target));
RECORD(attachment_key, FIELD(attachment_key, sha2));
RECORD(attachment_row, FIELD(attachment_row, type), FIELD(attachment_row, sha2), FIELD(attachment_row, bytes));
RECORD(statement_by_id, FIELD(statement_by_id, id));
RECORD(statement_attachment_row, FIELD(statement_attachment_row, stored), FIELD(statement_attachment_row, number), FIELD(statement_attachment_row, attachment),
	FIELD(statement_attachment_row, type));
RECORD(statement_one, FIELD(statement_one, id), FIELD(statement_one, voided), FIELD(statement_one, mine));
RECORD(statement_text, FIELD(statement_text, stored), FIELD(statement_text, text), FIELD(statement_text, attachments));
RECORD(statement_filter, FIELD(statement_filter, actor), FIELD(statement_filter, verb), FIELD(statement_filter, activity), FIELD(statement_filter, related_actor),
	FIELD(statement_filter, related_activity), FIELD(statement_filter, registration), FIELD(statement_filter, after), FIELD(statement_filter, before),
	FIELD(statement_filter, limit), FIELD(statement_filter, mine));
