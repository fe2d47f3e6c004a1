/* pointing.c - statements that point at others: found by what those say, voiding them, in whichever order they came.
 *
 * One that points (StatementRef) is found by whatever the other is found by, and by what that one points at in turn, up to 32 of a chain.
 */
#include "store.h"
#include "store/store.h"
#include "xapi.words.h"
#include "xapi.sql.h"

enum { REACHED_MAX = 1000 };

static enum status copy(struct ctx *c, int64_t stored, int64_t target)
{
	const struct copying rows = { stored, target };
	TRY(store_run(c, found_copy, &rows, NULL));
	TRY(store_run(c, found_actor_copy, &rows, NULL));
	return store_run(c, found_activity_copy, &rows, NULL);
}

static enum status is_voiding(struct ctx *c, int64_t stored, bool *is)
{
	struct statement_number found;
	return store_find(c, statement_voids, (&(const struct statement_number){ stored }), &found, is);
}

/* Whoever pointed at this one before it came, and whoever points at them. */
static enum status reach(struct ctx *c, int64_t stored, const list *before)
{
	list waiting = { 0 };                              /* of struct copying: who points, at what */
	struct map seen = { 0 };
	for (each(const struct statement_before, b, *before))
		if (b->pointing)
			*list_add(c->arena, &waiting, struct copying) = (struct copying){ b->stored, stored };
	for (size_t i = 0; i < waiting.count && i < REACHED_MAX; i++) {
		const struct copying one = *list_item(waiting, struct copying, i);
		if (one.stored == stored || !map_put_number(c->arena, &seen, one.stored, 1, NULL))
			continue;
		TRY(copy(c, one.stored, one.target));
		struct statement_key key;
		TRY(store_one(c, statement_id, (&(const struct statement_number){ one.stored }), &key));
		list further;
		TRY(store_all(c, statement_known, &key, &further));
		for (each(const struct statement_before, b, further))
			if (b->pointing)
				*list_add(c->arena, &waiting, struct copying) = (struct copying){ b->stored, one.stored };
	}
	return OK;
}

enum status pointing_keep(struct ctx *c, const struct statement *s, int64_t stored, const list *before)
{
	if (s->target.len) {
		const struct target_row row = { s->target, stored, s->voids };
		list target;
		TRY(store_all(c, statement_known, (&(const struct statement_key){ s->target }), &target));
		for (each(const struct statement_before, t, target)) {
			bool voiding = false;
			if (t->pointing)
				continue;
			if (s->voids)
				TRY(is_voiding(c, t->stored, &voiding));
			if (voiding)
				return refuse(c, INVALID, "voids-voiding", W(xapi_voids_voiding));
			TRY(copy(c, stored, t->stored));
			if (s->voids)
				TRY(store_run(c, statement_void, (&(const struct voiding){ t->stored, stored }), NULL));
		}
		TRY(store_run(c, target_put, &row, NULL));
	}
	for (each(const struct statement_before, b, *before))
		if (b->pointing && b->voids && !s->voids)
			TRY(store_run(c, statement_void, (&(const struct voiding){ stored, b->stored }), NULL));
	return before->count ? reach(c, stored, before) : OK;
}
