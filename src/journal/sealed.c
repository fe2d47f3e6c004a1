/* sealed.c - an entry between its owner and the database: everything it says is one sealed text. */
#include "inside.h"
#include "base/buffer.h"
#include "skills/skills.h"
#include <math.h>
#include <stdlib.h>

const struct choice journal_kinds[] = { { S("work"), W(journal_kind_work) }, { S("others"), W(journal_kind_others) }, { S("formal"), W(journal_kind_formal) }, { 0 } };

RECORD(journal_row, FIELD(journal_row, id), FIELD(journal_row, person), FIELD(journal_row, version), FIELD(journal_row, sealed, .max = VAULT_PLAIN_MAX + VAULT_OVERHEAD),
	FIELD(journal_row, shared));
RECORD(journal_text,
	FIELD(journal_text, day), FIELD(journal_text, kind, .choices = journal_kinds), FIELD(journal_text, hours, .max = HOURS_MAX),
	FIELD(journal_text, skill, .optional = true), FIELD(journal_text, did, .lines = true, .max = TEXT_LONG), FIELD(journal_text, learnt, .lines = true, .max = TEXT_LONG),
	FIELD(journal_text, next, .lines = true, .max = TEXT_LONG), FIELD(journal_text, link, .max = LINK_MAX), FIELD(journal_text, file, .max = 300));
RECORD(journal_hours, FIELD(journal_hours, kind, .choices = journal_kinds), FIELD(journal_hours, entries), FIELD(journal_hours, timed), FIELD(journal_hours, hours), FIELD(journal_hours, squares));

enum status journal_owner(struct ctx *c)
{
	if (c->me.unprotected)
		return refuse(c, FORBIDDEN, "theirs-alone", W(journal_theirs_alone));
	return c->me.person ? OK : refuse(c, FORBIDDEN, "no-person", W(journal_no_person));
}

enum status entry_seal(struct ctx *c, int64_t person, int64_t id, const struct journal_text *text, str *sealed)
{
	struct buffer b = { 0 };
	record_write_json(&b, &journal_text_record, text);
	enum status status = vault_seal(c, person, "journal-entry", id, buffer_text(&b), sealed);
	buffer_done(&b);
	return status;
}

/* One that does not open does not close the others: it is shown as closed. */
enum status entry_open(struct ctx *c, const struct journal_row *row, struct journal_text *text, bool *closed)
{
	str plain;
	record_clear(&journal_text_record, text);
	enum status status = vault_open(c, row->person, "journal-entry", row->id, row->sealed, &plain);
	*closed = status == NOT_FOUND || status == INVALID || (status == OK && !plain.len);
	if (*closed)
		return OK;
	TRY(status);
	return record_read_json(c, &journal_text_record, plain, text);
}

void entry_of_text(struct journal_entry *e, const struct journal_text *t)
{
	e->day = t->day;
	e->kind = t->kind;
	e->hours = t->hours;
	e->skill = t->skill;
	e->did = t->did;
	e->learnt = t->learnt;
	e->next = t->next;
	e->link = t->link;
	e->file = t->file;
}

struct journal_text text_of_entry(const struct journal_entry *e)
{
	return (struct journal_text){ e->day, e->kind, e->hours, e->skill, e->did, e->learnt, e->next, e->link, e->file };
}

static enum status row_open(struct ctx *c, const struct journal_row *row, struct journal_entry *e)
{
	struct journal_text text;
	*e = (struct journal_entry){ .id = row->id, .version = row->version, .shared = row->shared };
	TRY(entry_open(c, row, &text, &e->closed));
	entry_of_text(e, &text);
	return OK;
}

enum status entry_load(struct ctx *c, int64_t id, struct journal_entry *out)
{
	struct journal_row row = { .id = id, .person = c->me.person };
	bool found;
	TRY(store_find(c, journal_entry_load, &row, &row, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "unknown-entry", W(journal_unknown));
	return row_open(c, &row, out);
}

enum status journal_own_text(struct ctx *c, int64_t entry, struct journal_text *out)
{
	struct journal_entry e;
	TRY(journal_owner(c));
	TRY(vault_ready(c));
	TRY(entry_load(c, entry, &e));
	*out = text_of_entry(&e);
	return e.closed ? refuse(c, CONFLICT, "closed", W(journal_closed)) : OK;
}

static int by_day(const void *a, const void *b)
{
	const struct journal_entry *x = a, *y = b;
	int days = date_compare(y->day, x->day);
	return days ? days : (y->id > x->id) - (y->id < x->id);
}

static enum status names_add(struct ctx *c, list *entries)
{
	list skills = { 0 };
	TRY(skill_list(c, &skills));
	for (each(struct journal_entry, e, *entries))
		for (each(struct skill, s, skills))
			if (e->skill && s->id == e->skill)
				e->skill_name = s->name;
	return OK;
}

enum status entries_load(struct ctx *c, list *out)
{
	struct journal_row key = { .person = c->me.person };
	list rows = { 0 };
	TRY(vault_ready(c));
	TRY(store_all(c, journal_entries, &key, &rows));
	for (each(struct journal_row, row, rows))
		TRY(row_open(c, row, list_add(c->arena, out, struct journal_entry)));
	if (out->count)
		qsort(out->at, out->count, sizeof(struct journal_entry), by_day);
	return names_add(c, out);
}

enum status journal_hours_of(struct ctx *c, const struct journal_wanted *in, list *out)
{
	struct journal_row key = { .person = in->person };
	list rows = { 0 };
	TRY(vault_ready(c));
	TRY(store_all(c, journal_entries, &key, &rows));
	for (const struct choice *k = journal_kinds; k->value.at; k++)
		*list_add(c->arena, out, struct journal_hours) = (struct journal_hours){ .kind = k->value };
	for (each(struct journal_row, row, rows)) {
		struct journal_text text;
		bool closed;
		TRY(entry_open(c, row, &text, &closed));
		if (closed || date_compare(text.day, in->from) < 0 || date_compare(text.day, in->until) > 0)
			continue;
		for (each(struct journal_hours, h, *out))
			if (str_eq(h->kind, text.kind)) {
				h->entries++;
				h->timed += !isnan(text.hours);
				h->hours += isnan(text.hours) ? 0 : text.hours;
				h->squares += isnan(text.hours) ? 0 : text.hours * text.hours;
			}
	}
	return OK;
}
