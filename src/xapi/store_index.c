/* store_index.c - by what a statement is found: its rows gathered, put, and made anew when its bytes are replaced. */
#include "store.h"
#include "xapi.h"
#include "store/store.h"
#include "xapi.sql.h"

/* Who, what, with what. */
enum status found_collect(struct ctx *c, struct known *k, const struct mention *vouched, const struct statement *s, int64_t stored, struct found_rows *rows)
{
	struct found_row f = { .stored = stored, .said = stored, .registration = s->registration };
	TRY(known_verb(c, k, s, &f.verb));
	for (each(const struct mention, m, s->mentions)) {
		int64_t actor;
		TRY(known_actor(c, k, m, &actor));
		if (m->where == ACTING && !f.actor)
			f.actor = actor;
		else
			*list_add(c->arena, &rows->actors, struct found_actor_row) = (struct found_actor_row){ actor, m->where == WIDE, stored, stored };
	}
	if (vouched->kind) {
		int64_t actor;
		TRY(known_actor(c, k, vouched, &actor));
		*list_add(c->arena, &rows->actors, struct found_actor_row) = (struct found_actor_row){ actor, 1, stored, stored };
	}
	for (each(const struct activity_mention, m, s->activities)) {
		int64_t activity;
		TRY(known_activity(c, k, s, m, &activity));
		if (m->object && !f.activity)
			f.activity = activity;
		else
			*list_add(c->arena, &rows->activities, struct found_activity_row) = (struct found_activity_row){ activity, stored, stored };
	}
	*list_add(c->arena, &rows->found, struct found_row) = f;
	return OK;
}

enum status found_put_all(struct ctx *c, struct found_rows *rows, bool later)
{
	if (later)
		TRY(store_run_each(c, found_put_later, &rows->found));
	else
		TRY(store_run_each(c, found_put, &rows->found));
	TRY(store_run_each(c, found_actor_put, &rows->actors));
	TRY(store_run_each(c, found_activity_put, &rows->activities));
	*rows = (struct found_rows){ 0 };
	return OK;
}

/* ---- Other bytes ---- */

/* What is kept was read by one of the two sets of rules, and is good by that one. */
static bool kept_read(struct ctx *c, str text, list *one, struct fault *fault)
{
	bool many = false;
	return (statements_read(c->arena, text, RULES_2_0_0, one, &many, fault) && !many) || (statements_read(c->arena, text, RULES_1_0_3, one, &many, fault) && !many);
}

/* Who vouches stands in the text itself. */
static struct mention vouched_by(struct ctx *c, const struct statement *s)
{
	struct mention m = { 0 };
	struct fault fault;
	uint32_t authority = json_find(s->json, s->node, S("authority"));
	if (authority && !agent_read(c->arena, json_slice(s->json, authority), s->by, &m, &fault))
		m.kind = NULL;
	return m;
}

static enum status rows_remove(struct ctx *c, int64_t stored, int64_t said)
{
	const struct copying rows = { stored, said };
	TRY(store_run(c, found_remove, &rows, NULL));
	TRY(store_run(c, found_actor_remove, &rows, NULL));
	return store_run(c, found_activity_remove, &rows, NULL);
}

static enum status rows_copy(struct ctx *c, int64_t stored, int64_t said)
{
	const struct copying rows = { stored, said };
	TRY(store_run(c, found_copy_own, &rows, NULL));
	TRY(store_run(c, found_actor_copy_own, &rows, NULL));
	return store_run(c, found_activity_copy_own, &rows, NULL);
}

/* Those that point at it, and those that point at them, are found by what it says. */
static enum status pointing_again(struct ctx *c, int64_t said, str id)
{
	list waiting = { 0 };                              /* of str: ids that may be pointed at */
	struct map seen = { 0 };
	map_put_number(c->arena, &seen, said, 1, NULL);
	*list_add(c->arena, &waiting, str) = id;
	for (size_t i = 0; i < waiting.count; i++) {
		list pointing;
		TRY(store_all(c, statement_pointing, (&(const struct statement_key){ *list_item(waiting, str, i) }), &pointing));
		for (each(const struct statement_number, p, pointing)) {
			struct statement_key key;
			int64_t changed;
			if (!map_put_number(c->arena, &seen, p->stored, 1, NULL))
				continue;
			TRY(store_run(c, found_remove, (&(const struct copying){ p->stored, said }), &changed));
			if (!changed)                              /* the chain was too long to be followed so far */
				continue;
			TRY(rows_remove(c, p->stored, said));
			TRY(rows_copy(c, p->stored, said));
			TRY(store_one(c, statement_id, p, &key));
			*list_add(c->arena, &waiting, str) = key.id;
		}
	}
	return OK;
}

enum status xapi_statement_replace(struct ctx *c, int64_t stored, str text)
{
	struct statement_row row;
	struct fault fault;
	struct known known = { .again = true };
	struct found_rows rows = { 0 };
	list one;
	TRY(statements_gate(c));
	TRY(tail_carry(c));
	TRY(store_one(c, statement_load, (&(const struct statement_number){ stored }), &row));
	if (!kept_read(c, text, &one, &fault))
		return broken(c, "what should replace a statement is none: " S_FMT ": %s", S_ARG(fault.place), fault.what);
	const struct statement *s = list_item(one, struct statement, 0);
	if (!str_eq(s->id, row.id))
		return broken(c, "what should replace a statement has another id");
	const struct mention vouched = vouched_by(c, s);
	row.text = text;
	row.digest = s->digest;
	TRY(store_run(c, statement_text_put, &row, NULL));
	TRY(known_seek(c, &known, s, 1, &vouched));
	TRY(found_collect(c, &known, &vouched, s, stored, &rows));
	TRY(rows_remove(c, stored, stored));
	TRY(found_put_all(c, &rows, false));
	TRY(pointing_again(c, stored, row.id));
	store_forget(c);
	return OK;
}
