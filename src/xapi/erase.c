/* erase.c - somebody erased from the learning record: their identifiers at once, every text in which they stand by a job in short transactions.
 *
 * What has to be found and replaced waits in `xapi_erasing` until nothing of it is left; a job only knows the number of the erasure and how far it is.
 * Being done again from any point does no harm: what was replaced holds nothing to replace. In four parts:
 *   0  rows by which they are found, and the texts those rows speak of: what is done is under the pseudonym's number, so there is no place to remember
 *   1  every statement, in the order of `stored`: an address in somebody else's statement is found by no row
 *   2  activities, whose IRI, name or description may hold an address
 *   3  documents of others that are text
 * then the identifiers themselves go. If somebody was found meanwhile by a row of before, it begins again.
 */
#include "erase.h"
#include "scrub.h"
#include "store.h"
#include "xapi.h"
#include "base/sign.h"
#include "base/token.h"
#include "web/job.h"
#include "xapi.sql.h"

enum { STEPS_AT_FIRST = 8, ROWS_AT_ONCE = 100, STATEMENTS_AT_ONCE = 1000, ACTIVITIES_AT_ONCE = 1000, DOCUMENTS_AT_ONCE = 20 };
enum part { FOUND, STATEMENTS, ACTIVITIES, DOCUMENTS, PARTS };

struct erasing { int64_t number, actor, instead; str kind, key, pseudonym; };
struct erasing_part { int64_t number, after, until, limit; };
struct erasing_row { int64_t stored, said, wide, actor, instead; };
struct erasing_text { int64_t stored; str version, text; int64_t attachments; };
struct erasing_activity { int64_t id; str iri, definition, nl, en; };
struct erasing_document { int64_t id; str type, bytes, etag; };
struct statement_changed { int64_t stored; str text, digest; };
struct erasing_step { int64_t number, part, after, until; };    /* until: the newest statement at the erasure; what comes later by the same address is somebody's new beginning */
RECORD(erasing, FIELD(erasing, number), FIELD(erasing, actor), FIELD(erasing, instead), FIELD(erasing, kind), FIELD(erasing, key, .max = 4500), FIELD(erasing, pseudonym));
RECORD(erasing_part, FIELD(erasing_part, number), FIELD(erasing_part, after), FIELD(erasing_part, until), FIELD(erasing_part, limit));
RECORD(erasing_row, FIELD(erasing_row, stored), FIELD(erasing_row, said), FIELD(erasing_row, wide), FIELD(erasing_row, actor), FIELD(erasing_row, instead));
RECORD(erasing_text, FIELD(erasing_text, stored), FIELD(erasing_text, version), FIELD(erasing_text, text), FIELD(erasing_text, attachments));
RECORD(erasing_activity, FIELD(erasing_activity, id), FIELD(erasing_activity, iri), FIELD(erasing_activity, definition), FIELD(erasing_activity, nl), FIELD(erasing_activity, en));
RECORD(erasing_document, FIELD(erasing_document, id), FIELD(erasing_document, type), FIELD(erasing_document, bytes, .file = true), FIELD(erasing_document, etag));
RECORD(statement_changed, FIELD(statement_changed, stored), FIELD(statement_changed, text), FIELD(statement_changed, digest));
RECORD(statement_file_gone, FIELD(statement_file_gone, stored), FIELD(statement_file_gone, sha2));
RECORD(erasing_step, FIELD(erasing_step, number), FIELD(erasing_step, part, .min = 0), FIELD(erasing_step, after), FIELD(erasing_step, until));

/* ---- Who they are ---- */

static enum status identity_add(struct ctx *c, list *out, str kind, str key)
{
	struct actor_row sought = { .kind = kind, .key = key }, known = { 0 };
	bool found;
	for (each(struct actor_row, a, *out))
		if (str_eq(a->kind, kind) && str_eq(a->key, key))
			return OK;
	TRY(store_find(c, actor_find, &sought, &known, &found));
	*list_add(c->arena, out, struct actor_row) = found ? known : sought;
	return OK;
}

enum status identities_of_person(struct ctx *c, const struct keep_person *who, list *out)
{
	list addresses = { 0 };
	TRY(store_all(c, identities_of, who, out));
	TRY(store_all(c, addresses_of_kept, who, &addresses));
	for (each(struct actor_row, a, addresses)) {
		str mbox = text_format(c->arena, "mailto:" S_FMT, S_ARG(lower(c->arena, a->key)));
		TRY(identity_add(c, out, S("mbox"), mbox));
		TRY(identity_add(c, out, S("mbox_sha1sum"), sha1_hex(c->arena, mbox)));
	}
	return identity_add(c, out, S("account"), text_format(c->arena, "urn:wijzer:person " S_FMT, S_ARG(who->person_id)));
}

enum status documents_erase(struct ctx *c, const struct keep_person *who)
{
	list all = { 0 };
	TRY(identities_of_person(c, who, &all));
	for (each(struct actor_row, a, all))
		TRY(store_run(c, documents_of_actor_remove, a, NULL));
	return OK;
}

static enum status scrub_load(struct ctx *c, int64_t number, struct scrub *s)
{
	list all = { 0 };
	*s = (struct scrub){ 0 };
	TRY(store_all(c, erasing_of, (&(struct erasing_part){ .number = number }), &all));
	for (each(struct erasing, e, all)) {
		s->pseudonym = e->pseudonym;
		if (str_eq(e->kind, S("name")))
			scrub_name_add(c->arena, s, e->key);
		else
			scrub_key_add(c->arena, s, e->kind, e->key);
	}
	return OK;
}

/* ---- A statement ---- */

static str digest_again(struct ctx *c, const struct erasing_text *t, str text)
{
	list read = { 0 };
	bool many;
	struct fault fault;
	bool is = statements_read(c->arena, text, str_starts(t->version, S("2")) ? RULES_2_0_0 : RULES_1_0_3, &read, &many, &fault);
	return is && read.count ? list_item(read, struct statement, 0)->digest : str_until(token_fingerprint(c->arena, text), 32);
}

static bool is_among(const list *texts, str text)
{
	for (each(str, t, *texts))
		if (str_eq(*t, text))
			return true;
	return false;
}

/* A file cannot be rewritten under its hash: what is theirs, names them or is a signature goes; what it was stays mentioned. */
static enum status files_remove(struct ctx *c, const struct scrub *s, int64_t stored, const struct scrubbed *is)
{
	list files = { 0 };
	TRY(store_all(c, attachments_of, (&(const struct statement_number){ stored }), &files));
	for (each(const struct attachment_row, f, files)) {
		struct statement_file_gone gone = { stored, f->sha2 };
		if (!is->acting && !is_among(&is->signatures, f->sha2) && !scrub_is_in(s, f->bytes))
			continue;
		TRY(store_run(c, statement_attachment_remove, &gone, NULL));
		TRY(store_run(c, attachment_unused_remove, &gone, NULL));
	}
	return store_run(c, statement_attachments_count, (&(const struct statement_number){ stored }), NULL);
}

static enum status statement_scrub(struct ctx *c, const struct scrub *s, const struct erasing_text *t, bool known)
{
	struct scrubbed is;
	if (!scrub_json(c->arena, s, t->text, known, &is))
		return OK;
	const struct statement_changed row = { t->stored, is.text, digest_again(c, t, is.text) };
	TRY(store_run(c, statement_change, &row, NULL));
	return t->attachments ? files_remove(c, s, t->stored, &is) : OK;
}

/* ---- The four parts ---- */

static int by_said(const void *a, const void *b)
{
	const struct erasing_row *x = a, *y = b;
	return (x->said > y->said) - (x->said < y->said);
}

static enum status found_scrub(struct ctx *c, const struct scrub *s, const struct erasing_step *at, struct erasing_step *next)
{
	list rows = { 0 };
	int64_t last = 0;
	TRY(store_all(c, erasing_found, (&(struct erasing_part){ at->number, 0, at->until, ROWS_AT_ONCE }), &rows));
	list_sort(c->arena, &rows, struct erasing_row, by_said);
	for (each(struct erasing_row, r, rows)) {
		struct erasing_text t;
		bool found;
		if (r->said == last)
			continue;
		last = r->said;
		TRY(store_find(c, erasing_statement, (&(const struct statement_number){ r->said }), &t, &found));
		if (found)
			TRY(statement_scrub(c, s, &t, true));
	}
	if (rows.count) {
		TRY(store_run_each(c, erasing_found_change, &rows));
		TRY(store_run_each(c, erasing_actor_change, &rows));
		TRY(store_run_each(c, erasing_actor_remove, &rows));
		*next = (struct erasing_step){ at->number, at->part, at->after + 1, at->until };      /* another input: a job of the same that waits is this one itself */
	}
	return OK;
}

struct walk { const struct scrub *s; list hits; int64_t last, count; };

static enum status statement_look(struct ctx *c, void *of, const void *row)
{
	struct walk *w = of;
	const struct erasing_text *t = row;
	w->last = t->stored;
	w->count++;
	if (!scrub_may_be(w->s, t->text))
		return OK;
	*list_add(c->arena, &w->hits, struct erasing_text) = (struct erasing_text){ t->stored, text_copy(c->arena, t->version), text_copy(c->arena, t->text), t->attachments };
	return OK;
}

static enum status statements_scrub(struct ctx *c, const struct scrub *s, const struct erasing_step *at, struct erasing_step *next)
{
	struct walk w = { .s = s };
	TRY(store_each(c, erasing_statements, (&(struct erasing_part){ at->number, at->after, at->until, STATEMENTS_AT_ONCE }), statement_look, &w));
	for (each(struct erasing_text, t, w.hits))
		TRY(statement_scrub(c, s, t, false));
	if (w.count == STATEMENTS_AT_ONCE)
		*next = (struct erasing_step){ at->number, at->part, w.last, at->until };
	return OK;
}

static enum status activities_scrub(struct ctx *c, const struct scrub *s, const struct erasing_step *at, struct erasing_step *next)
{
	list all = { 0 };
	TRY(store_all(c, erasing_activities, (&(struct erasing_part){ at->number, at->after, at->until, ACTIVITIES_AT_ONCE }), &all));
	for (each(struct erasing_activity, a, all)) {
		struct scrubbed is;
		struct activity_row other = { 0 };
		bool taken = false, iri = scrub_text(c->arena, s, a->iri, false, &a->iri), nl = scrub_text(c->arena, s, a->nl, false, &a->nl), en = scrub_text(c->arena, s, a->en, false, &a->en);
		bool definition = scrub_may_be(s, a->definition) && scrub_json(c->arena, s, a->definition, false, &is);
		if (definition)
			a->definition = is.text;
		if (iri)
			TRY(store_find(c, activity_find, (&(const struct iri_row){ a->iri }), &other, &taken));
		if (taken)                                         /* two of their addresses have become one */
			a->iri = text_format(c->arena, S_FMT "-%lld", S_ARG(a->iri), (long long)a->id);
		if (iri || nl || en || definition)
			TRY(store_run(c, erasing_activity_change, a, NULL));
	}
	if (all.count == ACTIVITIES_AT_ONCE)
		*next = (struct erasing_step){ at->number, at->part, list_item(all, struct erasing_activity, all.count - 1)->id, at->until };
	return OK;
}

static bool is_text(str type)
{
	return str_starts(type, S("text/")) || str_has(type, S("json")) || str_has(type, S("xml"));
}

static enum status documents_scrub(struct ctx *c, const struct scrub *s, const struct erasing_step *at, struct erasing_step *next)
{
	list all = { 0 };
	TRY(store_all(c, erasing_documents, (&(struct erasing_part){ at->number, at->after, at->until, DOCUMENTS_AT_ONCE }), &all));
	for (each(struct erasing_document, d, all)) {
		struct scrubbed is;
		if (!is_text(d->type) || !scrub_may_be(s, d->bytes) || !scrub_json(c->arena, s, d->bytes, false, &is))
			continue;
		d->bytes = is.text;
		d->etag = text_format(c->arena, "\"" S_FMT "\"", S_ARG(sha1_hex(c->arena, is.text)));
		TRY(store_run(c, erasing_document_change, d, NULL));
	}
	if (all.count == DOCUMENTS_AT_ONCE)
		*next = (struct erasing_step){ at->number, at->part, list_item(all, struct erasing_document, all.count - 1)->id, at->until };
	return OK;
}

/* ---- One after the other ---- */

/* Nothing leads to the old rows any more; the identifiers are forgotten last. */
static enum status erasing_end(struct ctx *c, const struct erasing_part *part)
{
	TRY(store_run(c, erasing_actors_remove, part, NULL));
	return store_run(c, erasing_remove, part, NULL);
}

/* One go. `next` stays zeroed when all is done. */
static enum status step_take(struct ctx *c, const struct erasing_step *at, struct erasing_step *next)
{
	struct scrub s;
	struct count left = { 0 };
	struct erasing_part part = { .number = at->number };
	*next = (struct erasing_step){ at->number, at->part + 1, 0, at->until };
	TRY(scrub_load(c, at->number, &s));
	if (!s.pseudonym.len)                                  /* it was ended already */
		return *next = (struct erasing_step){ 0 }, OK;
	store_forget(c);
	switch ((enum part)at->part) {
	case FOUND: return found_scrub(c, &s, at, next);
	case STATEMENTS: return statements_scrub(c, &s, at, next);
	case ACTIVITIES: return activities_scrub(c, &s, at, next);
	case DOCUMENTS: return documents_scrub(c, &s, at, next);
	case PARTS: break;
	}
	TRY(store_one(c, erasing_left, &part, &left));
	if (left.count)
		return *next = (struct erasing_step){ .number = at->number, .until = at->until }, OK;
	*next = (struct erasing_step){ 0 };
	return erasing_end(c, &part);
}

JOB(xapi_erase, erasing_step)
{
	struct erasing_step next;
	TRY(step_take(c, in, &next));
	return next.number ? job_add(c, xapi_erase, &next, c->now) : OK;
}

/* The row by which they are found from now on. One erasure has one, however many identifiers they had. */
static enum status pseudonym_keep(struct ctx *c, const struct keep_person *who, int64_t *id)
{
	struct actor_row row = { .kind = S("account"), .key = text_format(c->arena, ERASED_HOME " " S_FMT, S_ARG(who->pseudonym)) };
	TRY(store_run(c, actor_put, (&(const struct actor_new){ .kind = row.kind, .key = row.key }), NULL));
	TRY(store_one(c, actor_find, &row, &row));
	*id = row.id;
	return OK;
}

enum status record_erase(struct ctx *c, const struct keep_person *who)
{
	list all = { 0 };
	int64_t instead;
	TRY(xapi_settle(c));                                   /* what came within the last second is found by its rows, too */
	TRY(identities_of_person(c, who, &all));
	TRY(pseudonym_keep(c, who, &instead));
	struct erasing row = { .number = who->number, .instead = instead, .pseudonym = who->pseudonym };
	for (each(struct actor_row, a, all)) {
		row.actor = a->id;
		row.kind = a->kind;
		row.key = a->key;
		TRY(store_run(c, erasing_put, &row, NULL));
		if (a->id)                                         /* from this commit on nobody is found by it, and what comes by it is somebody else's */
			TRY(store_run(c, erasing_actor_hide, a, NULL));
		row.actor = 0;
		row.kind = S("name");
		row.key = a->name;
		if (a->name.len)
			TRY(store_run(c, erasing_put, &row, NULL));
	}
	row.key = who->name;
	row.kind = S("name");
	TRY(store_run(c, erasing_put, &row, NULL));
	struct erasing_step first = { .number = who->number }, next;
	TRY(statement_newest(c, &first.until));
	for (int i = 0; i < STEPS_AT_FIRST && first.number; i++) {      /* of most people that is all */
		TRY(step_take(c, &first, &next));
		first = next;
	}
	return first.number ? job_add(c, xapi_erase, &first, c->now) : OK;
}
