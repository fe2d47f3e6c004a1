/* store_index.c - by what a statement is found: its rows gathered, and put. */
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
