/* fuzz_query.c - the parameters by which statements are asked for: refused with a reason, or read; and what the link to the next page asks is the same. */
#include <stdlib.h>
#include "base/arena.h"
#include "http/http.h"
#include "record/record.h"
#include "xapi/query.h"

enum { BEHIND = 17 };

static bool is_same(const struct statements_asked *a, const struct statements_asked *b)
{
	const struct statement_filter *f = &a->filter, *g = &b->filter;
	return a->format == b->format && a->with_files == b->with_files && a->by_agent == b->by_agent && str_eq(a->agent.key, b->agent.key) && str_eq(a->verb, b->verb)
		&& str_eq(a->activity, b->activity) && f->related_actor == g->related_actor && f->related_activity == g->related_activity && str_eq(f->registration, g->registration)
		&& f->limit == g->limit && f->ascending == g->ascending && g->after == (f->ascending ? BEHIND : f->after) && g->before == (f->ascending ? f->before : BEHIND);
}

static void next_page(struct ctx *c, enum rules rules, const struct statements_query *q, const struct statements_asked *asked)
{
	struct statements_query next = { 0 };
	struct statements_asked again;
	str link = statements_more_link(c, q, BEHIND), path;
	str_cut(link, '=', &path, &next.more);
	if (!str_eq(path, S("/xapi/statements?more")) || statements_query_read(c, rules, &next, &again) != OK || !is_same(asked, &again))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	struct ctx c = { .arena = arena_new() };
	enum rules rules = data[0] & 1 ? RULES_2_0_0 : RULES_1_0_3;
	struct statements_query q;
	struct statements_asked asked;
	list parts = { 0 }, given = { 0 };
	size_t where;
	if (http_form_read(c.arena, (str){ (const char *)data + 1, size - 1 }, &parts, &where) == OK) {
		for (each(const struct http_part, p, parts))
			*list_add(c.arena, &given, struct given) = (struct given){ p->name, p->value };
		if (record_read(&c, &statements_query_record, &given, false, &q) == OK) {
			enum status status = statements_query_read(&c, rules, &q, &asked);
			if (status != OK && (status != INVALID || !c.code.len || !said_text(c.arena, EN, &c.said).len))
				abort();
			if (status == OK && asked.id.len && !is_uuid(asked.id))
				abort();
			if (status == OK && !asked.id.len && (asked.filter.limit < 1 || asked.filter.limit > 500))
				abort();
			if (status == OK && !asked.id.len && !q.from)
				next_page(&c, rules, &q, &asked);
		}
	}
	arena_free(c.arena);
	return 0;
}
