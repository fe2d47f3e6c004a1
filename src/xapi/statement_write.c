/* statement_write.c - the bytes that are kept: those that came, with what the store has to set put between them. */
#include "statement.h"
#include "record/record.h"
#include <string.h>

/* What is put in the place of a property that came, or behind the first bracket when none came. */
struct splice { const char *name; str value; bool always; };

static str quoted(struct arena *a, str s)
{
	return text_format(a, "\"" S_FMT "\"", S_ARG(s));
}

void statement_write(struct arena *a, struct buffer *b, const struct statement *s, const struct statement_given *g)
{
	const struct json *j = s->json;
	char stored[27], made[27];
	time_put(stored, g->stored);
	time_put(made, s->has_time ? s->time_us : g->stored);
	str moment = { stored, sizeof stored };
	uint32_t time = json_find(j, s->node, S("timestamp"));
	bool zulu = !time || (j->nodes[time].text.len && j->nodes[time].text.at[j->nodes[time].text.len - 1] == 'Z');
	const struct splice splices[] = {
		{ "id", quoted(a, g->id), !s->id.len },
		{ "timestamp", quoted(a, (str){ made, sizeof made }), !s->has_time || (s->by == RULES_2_0_0 && !zulu) },     /* 2.0.0: another zone becomes UTC */
		{ "stored", quoted(a, moment), true },
		{ "authority", g->authority, true },
		{ "version", s->by == RULES_2_0_0 ? S("\"2.0.0\"") : S("\"1.0.0\""), !s->version.len },
	};
	enum { SPLICES = sizeof splices / sizeof *splices };
	bool done[SPLICES] = { 0 };
	size_t at = j->nodes[s->node].at, end = j->nodes[s->node].end;
	for (uint32_t i = json_first(j, s->node); i; i = json_next(j, s->node, i))
		for (int k = 0; k < SPLICES; k++)
			if (splices[k].always && str_eq(j->nodes[i].key, str_of(splices[k].name))) {
				buffer_add(b, (str){ j->text.at + at, j->nodes[i].at - at });
				buffer_add(b, splices[k].value);
				at = j->nodes[i].end;
				done[k] = true;
			}
	buffer_add(b, (str){ j->text.at + at, end - at });
	b->len--;                                          /* the last bracket */
	while (b->len && strchr(" \t\r\n", b->at[b->len - 1]))
		b->len--;
	for (int k = 0; k < SPLICES; k++)
		if (splices[k].always && !done[k]) {
			buffer_add(b, S(",\""));
			buffer_add(b, str_of(splices[k].name));
			buffer_add(b, S("\":"));
			buffer_add(b, splices[k].value);
		}
	buffer_add_char(b, '}');
}
