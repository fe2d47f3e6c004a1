/* store_put.c - a batch into the database: all of it or nothing, each statement once. */
#include "store.h"
#include "base/token.h"
#include "store/store.h"
#include "record.h"
#include "xapi.words.h"
#include "xapi.sql.h"
#include <math.h>

enum { LARGE = 20 };                               /* statements of a batch that may wait for the long indexes */

struct putting {
	const struct statements_put *in;
	struct known known;
	int64_t last;                              /* the newest number given out */
	struct found_rows rows;
	list came;                                 /* of struct came: how many new ones with which verb */
	list *ids;
};

/* One that comes in. */
struct coming { const struct statement *s; list before; bool known; int64_t stored; };

static str uuid_new(struct arena *a)
{
	unsigned char r[16];
	random_bytes(r, sizeof r);
	r[6] = (unsigned char)((r[6] & 0x0F) | 0x40);
	r[8] = (unsigned char)((r[8] & 0x3F) | 0x80);
	str h = hex_of(a, r, sizeof r);
	return text_format(a, "%.8s-%.4s-%.4s-%.4s-%.12s", h.at, h.at + 8, h.at + 12, h.at + 16, h.at + 20);
}

/* Of a statement whose id is known: the same again is fine, another is not. */
static enum status same_again(struct ctx *c, const struct statement *s, const struct statement_before *b)
{
	bool same = str_eq(b->digest, s->digest) && (!s->has_time || b->made.ms == s->time_us / 1000);
	return same ? OK : refuse(c, CONFLICT, "statement-differs", W(xapi_statement_differs), s->id);
}

static enum status files_put(struct ctx *c, struct putting *p, const struct statement *s, int64_t stored, int64_t *count)
{
	*count = 0;
	for (each(const struct attachment_mention, m, s->attachments)) {
		const struct statement_file *file = NULL;
		for (each(const struct statement_file, f, p->in->files))
			if (str_eq(f->sha2, m->sha2))
				file = f;
		if (!file)
			continue;
		struct statement_by_id id;
		bool found;
		TRY(store_find(c, attachment_find, (&(const struct attachment_key){ m->sha2 }), &id, &found));
		if (!found)
			TRY(store_one(c, attachment_put, (&(const struct attachment_row){ .sha2 = m->sha2, .bytes = file->bytes }), &id));
		const struct statement_attachment_row row = { stored, (*count)++, id.id, m->type };
		TRY(store_run(c, statement_attachment_put, &row, NULL));
	}
	return OK;
}

static void came_note(struct ctx *c, struct putting *p, str verb)
{
	for (each(struct came, v, p->came))
		if (str_eq(v->verb, verb)) {
			v->times++;
			return;
		}
	*list_add(c->arena, &p->came, struct came) = (struct came){ verb, 1 };
}

/* What is known of their ids, each to its own: the statement itself, and who pointed at it before it came. */
static enum status before_load(struct ctx *c, struct coming *coming, size_t count)
{
	struct buffer b = { 0 };
	struct map places = { 0 };
	list before;
	for (size_t i = 0; i < count; i++) {
		if (!coming[i].s->id.len)
			continue;
		map_put(c->arena, &places, coming[i].s->id, (int64_t)i, NULL);
		buffer_add(&b, b.len ? S(",\"") : S("[\""));
		buffer_add(&b, coming[i].s->id);               /* a UUID: nothing in it to be escaped */
		buffer_add_char(&b, '"');
	}
	if (!b.len)
		return OK;
	buffer_add_char(&b, ']');
	const struct sought sought = { buffer_text(&b) };
	enum status status = store_all(c, statements_known, &sought, &before);
	buffer_done(&b);
	TRY(status);
	for (each(const struct statement_before, row, before)) {
		int64_t place;
		if (map_find(&places, row->id, &place))
			*list_add(c->arena, &coming[place].before, struct statement_before) = *row;
	}
	return OK;
}

static enum status row_of(struct ctx *c, struct putting *p, const struct coming *one, str id, struct statement_row *row)
{
	const struct statement *s = one->s;
	*row = (struct statement_row){ .stored = one->stored, .id = id, .digest = s->digest, .client = p->in->client, .seconds = s->seconds,
		.made = { s->has_time ? s->time_us / 1000 : one->stored / 1000 }, .version = s->version.len ? s->version : s->by == RULES_2_0_0 ? S("2.0.0") : S("1.0.0") };
	if (!row->made.ms)
		row->made.ms = 1;                          /* zero is no moment */
	if (s->attachments.count)
		TRY(files_put(c, p, s, one->stored, &row->attachments));
	struct buffer b = { 0 };
	statement_write(c->arena, &b, s, &(const struct statement_given){ id, one->stored, p->in->authority });
	row->text = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return OK;
}

/* Some that stand side by side. One that points stands alone, because it has to find what the ones before it left. */
static enum status some_keep(struct ctx *c, struct putting *p, const struct statement *first, size_t count)
{
	struct coming *coming = arena_array_of(c->arena, struct coming, count);
	list rows = { 0 };
	bool pointing = first->target.len > 0;
	for (size_t i = 0; i < count; i++)
		coming[i].s = &first[i];
	TRY(before_load(c, coming, count));
	TRY(known_seek(c, &p->known, first, count, &p->in->vouched));
	for (struct coming *one = coming; one < coming + count; one++) {
		const struct statement *s = one->s;
		str *id = list_add(c->arena, p->ids, str);
		*id = s->id;
		for (each(const struct statement_before, b, one->before))
			if (!b->pointing) {
				TRY(same_again(c, s, b));
				one->known = true;
			}
		if (one->known)
			continue;
		if (!s->id.len)
			*id = uuid_new(c->arena);
		int64_t now = c->now.ms * 1000;
		p->last = one->stored = now > p->last ? now : p->last + 1;
		TRY(row_of(c, p, one, *id, list_add(c->arena, &rows, struct statement_row)));
		came_note(c, p, s->verb);
		TRY(found_collect(c, &p->known, &p->in->vouched, s, one->stored, &p->rows));
		pointing |= one->before.count > 0;
	}
	TRY(store_run_each(c, statement_put, &rows));
	if (!pointing)
		return OK;
	TRY(tail_carry(c));
	TRY(found_put_all(c, &p->rows, false));            /* those that point copy rows that have to be there */
	for (struct coming *one = coming; one < coming + count; one++)
		if (!one->known && (one->s->target.len || one->before.count))
			TRY(pointing_keep(c, one->s, one->stored, &one->before));
	return OK;
}

enum status statement_newest(struct ctx *c, int64_t *out)
{
	struct statement_number last;
	TRY(store_one(c, statement_last, NOTHING, &last));
	*out = last.stored;
	return OK;
}

enum status statements_gate(struct ctx *c)
{
	return store_run(c, gate_enter, NOTHING, NULL);
}

enum status statements_put(struct ctx *c, const struct statements_put *in, list *ids)
{
	struct putting p = { .in = in, .ids = ids };
	const struct statement *all = list_of(in->statements, struct statement);
	*ids = (list){ 0 };
	TRY(statements_gate(c));
	TRY(statement_newest(c, &p.last));
	for (size_t i = 0, n; i < in->statements.count; i += n) {
		for (n = 1; !all[i].target.len && i + n < in->statements.count && !all[i + n].target.len; )
			n++;
		TRY(some_keep(c, &p, &all[i], n));
	}
	TRY(record_came(c, in->client, &p.came));
	bool later = p.rows.found.count >= LARGE;
	if (later) {
		TRY(tail_carry_when_due(c));
		TRY(tail_carry_later(c));
	}
	return found_put_all(c, &p.rows, later);
}
