/* fuzz_statement.c - whatever arrives as a statement, and as the parameters it is asked by: what is taken is kept, read again, and says the same. */
#include <stdlib.h>
#include "base/arena.h"
#include "base/token.h"
#include "xapi/statement.h"

static void again(struct arena *a, const struct statement *s)
{
	struct buffer b = { 0 };
	list out;
	bool many;
	struct fault fault;
	statement_write(a, &b, s, &(const struct statement_given){ s->id.len ? s->id : S("fd41c918-b88b-4b20-a0a5-a4c32391aaa0"), 1764146134123456, S("{\"mbox\":\"mailto:who@x.example\"}") });
	if (!statements_read(a, buffer_text(&b), s->by, &out, &many, &fault) || out.count != 1)
		abort();
	const struct statement *t = list_item(out, struct statement, 0);
	if (!str_eq(t->digest, s->digest) || !t->has_time || (s->has_time && t->time_us != s->time_us) || t->mentions.count != s->mentions.count)
		abort();
	buffer_done(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	struct arena *a = arena_new();
	enum rules rules = data[0] & 1 ? RULES_2_0_0 : RULES_1_0_3;
	str text = { (const char *)data + 1, size - 1 };
	list all;
	bool many;
	struct fault fault;
	struct mention m;
	int64_t us;
	double seconds;
	if (statements_read(a, text, rules, &all, &many, &fault)) {
		for (each(const struct statement, s, all))
			again(a, s);
	} else if (!fault.what) {
		abort();
	}
	if (agent_read(a, text, rules, &m, &fault) && (!m.kind || !m.key.len))
		abort();
	if (time_read(text, true, &us)) {
		char put[27];
		int64_t back;
		time_put(put, us);
		if (us >= 0 && (!time_read((str){ put, sizeof put }, true, &back) || back != us))
			abort();
	}
	if (duration_read(text, &seconds) && !(seconds >= 0))
		abort();
	(void)(is_language(text) || is_iri(text) || is_mailto(text) || is_media_type(text) || is_uuid(text));
	arena_free(a);
	return 0;
}
