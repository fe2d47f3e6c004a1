/* store_find.c - statements found again: by the narrowest of what is asked, in the order in which they came. */
#include "store.h"
#include "store/store.h"
#include "xapi.sql.h"

static enum status page(struct ctx *c, const struct statement_filter *f, list *out)
{
#define BY(name) (f->ascending ? store_all(c, statements_by_##name##_asc, f, out) : store_all(c, statements_by_##name##_desc, f, out))
	if (f->registration.len)
		return BY(registration);
	if (f->actor)
		return f->related_actor ? BY(actor_wide) : BY(actor);
	if (f->activity)
		return f->related_activity ? BY(activity_wide) : BY(activity);
	if (f->verb)
		return BY(verb);
	return BY(time);
#undef BY
}

/* Those that wait for the long indexes; the index of time is always whole. */
static enum status waiting(struct ctx *c, const struct statement_filter *f, list *out)
{
	*out = (list){ 0 };
	if (!f->registration.len && !f->actor && !f->activity && !f->verb)
		return OK;
	return f->ascending ? store_all(c, statements_waiting_asc, f, out) : store_all(c, statements_waiting_desc, f, out);
}

/* Two lists that are in order as one. */
static list merged(struct ctx *c, const struct statement_filter *f, list one, list two)
{
	list out = { 0 };
	size_t i = 0, k = 0;
	if (!two.count)
		return one;
	while (i < one.count || k < two.count) {
		const struct statement_text *a = i < one.count ? list_item(one, struct statement_text, i) : NULL, *b = k < two.count ? list_item(two, struct statement_text, k) : NULL;
		bool first = a && (!b || (f->ascending ? a->stored <= b->stored : a->stored >= b->stored));
		*list_add(c->arena, &out, struct statement_text) = first ? *a : *b;
		i += first;
		k += !first;
	}
	return out;
}

enum status statements_find(struct ctx *c, const struct statement_filter *f, list *out, int64_t *last, bool *more)
{
	struct statement_filter ask = *f;
	list rows, tail;
	ask.limit = f->limit + 1;
	TRY(page(c, &ask, &rows));
	TRY(waiting(c, &ask, &tail));
	rows = merged(c, f, rows, tail);
	*more = rows.count > (size_t)f->limit;
	*last = 0;
	*out = (list){ 0 };
	for (size_t i = 0; i < rows.count && i < (size_t)f->limit; i++) {
		const struct statement_text *t = list_item(rows, struct statement_text, i);
		if (t->stored != *last)                    /* found by itself and by what it points at */
			*list_add(c->arena, out, struct statement_text) = *t;
		*last = t->stored;
	}
	/* The one behind the page may be its last once more, and then those behind that one are sought from the wrong place: from `last`, which is excluded. */
	return OK;
}

enum status statement_find(struct ctx *c, str id, bool voided, int64_t mine, struct statement_text *out, bool *found)
{
	const struct statement_one one = { lower(c->arena, id), voided, mine };
	return store_find(c, statement_by_id, &one, out, found);
}

enum status statement_files(struct ctx *c, int64_t stored, list *out)
{
	list rows;
	TRY(store_all(c, attachments_of, (&(const struct statement_number){ stored }), &rows));
	*out = (list){ 0 };
	for (each(const struct attachment_row, r, rows))
		*list_add(c->arena, out, struct statement_file) = (struct statement_file){ r->sha2, r->type, r->bytes };
	return OK;
}
