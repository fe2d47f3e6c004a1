/* store_put.c - a batch into the database: all of it or nothing, each statement once. */
#include "store.h"
#include "base/token.h"
#include "store/store.h"
#include "record.h"
#include "xapi.words.h"
#include "xapi.sql.h"
#include <math.h>

struct putting {
	const struct statements_put *in;
	struct known known;
	int64_t last;                              /* the newest number given out */
	list found, actors, activities;            /* rows that go in together at the end */
	list came;                                 /* of struct came: how many new ones with which verb */
};

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

/* By what it is found: who, what, with what. */
static enum status found_collect(struct ctx *c, struct putting *p, const struct statement *s, int64_t stored)
{
	struct found_row *f = list_add(c->arena, &p->found, struct found_row);
	*f = (struct found_row){ .stored = stored, .said = stored, .registration = s->registration };
	TRY(known_verb(c, &p->known, s, &f->verb));
	for (each(const struct mention, m, s->mentions)) {
		int64_t actor;
		TRY(known_actor(c, &p->known, m, &actor));
		if (m->where == ACTING && !f->actor)
			f->actor = actor;
		else
			*list_add(c->arena, &p->actors, struct found_actor_row) = (struct found_actor_row){ actor, m->where == WIDE, stored, stored };
	}
	if (p->in->vouched.kind) {
		int64_t actor;
		TRY(known_actor(c, &p->known, &p->in->vouched, &actor));
		*list_add(c->arena, &p->actors, struct found_actor_row) = (struct found_actor_row){ actor, 1, stored, stored };
	}
	for (each(const struct activity_mention, m, s->activities)) {
		int64_t activity;
		TRY(known_activity(c, &p->known, s, m, &activity));
		if (m->object && !f->activity)
			f->activity = activity;
		else
			*list_add(c->arena, &p->activities, struct found_activity_row) = (struct found_activity_row){ activity, stored, stored };
	}
	return OK;
}

static enum status rows_put(struct ctx *c, struct putting *p)
{
	if (p->found.count)
		TRY(store_run_each(c, found_put, &p->found));
	if (p->actors.count)
		TRY(store_run_each(c, found_actor_put, &p->actors));
	if (p->activities.count)
		TRY(store_run_each(c, found_activity_put, &p->activities));
	p->found = p->actors = p->activities = (list){ 0 };
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

static enum status statement_keep(struct ctx *c, struct putting *p, const struct statement *s, str *id)
{
	list before = { 0 };
	*id = s->id;
	if (s->id.len)
		TRY(store_all(c, statement_known, (&(const struct statement_key){ s->id }), &before));
	for (each(const struct statement_before, b, before))
		if (!b->pointing)
			return same_again(c, s, b);
	if (!s->id.len)
		*id = uuid_new(c->arena);
	int64_t now = c->now.ms * 1000, stored = now > p->last ? now : p->last + 1;
	p->last = stored;
	struct statement_row row = { .stored = stored, .id = *id, .digest = s->digest, .client = p->in->client, .seconds = s->seconds,
		.made = { s->has_time ? s->time_us / 1000 : stored / 1000 }, .version = s->version.len ? s->version : s->by == RULES_2_0_0 ? S("2.0.0") : S("1.0.0") };
	if (!row.made.ms)
		row.made.ms = 1;                           /* zero is no moment */
	if (s->attachments.count)
		TRY(files_put(c, p, s, stored, &row.attachments));
	struct buffer b = { 0 };
	statement_write(c->arena, &b, s, &(const struct statement_given){ *id, stored, p->in->authority });
	row.text = buffer_text(&b);
	enum status kept = store_run(c, statement_put, &row, NULL);
	buffer_done(&b);
	TRY(kept);
	came_note(c, p, s->verb);
	TRY(found_collect(c, p, s, stored));
	if (!s->target.len && !before.count)
		return OK;
	TRY(rows_put(c, p));                               /* those that point copy rows that have to be there */
	return pointing_keep(c, s, stored, &before);
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
	struct putting p = { .in = in };
	*ids = (list){ 0 };
	TRY(statements_gate(c));
	TRY(statement_newest(c, &p.last));
	for (each(const struct statement, s, in->statements)) {
		str id;
		TRY(statement_keep(c, &p, s, &id));
		*list_add(c->arena, ids, str) = id;
	}
	TRY(record_came(c, in->client, &p.came));
	return rows_put(c, &p);
}
