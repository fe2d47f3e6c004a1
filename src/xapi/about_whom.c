/* about_whom.c - what the record knows of an agent, and of an activity: everything that statements said, as one. */
#include "protocol.h"
#include "store.h"
#include "xapi.sql.h"
#include "xapi.words.h"

struct agents_query { str version, agent; };
struct activities_query { str version, activityId; };
RECORD(agents_query, XAPI_VERSION(agents_query), FIELD(agents_query, agent, .required = true, .max = 10000));
RECORD(activities_query, XAPI_VERSION(activities_query), FIELD(activities_query, activityId, .required = true, .max = IRI_BYTES_MAX));

static void text_list(struct buffer *b, const char *name, const list *texts)
{
	if (!texts->count)
		return;
	buffer_add_format(b, ",\"%s\":[", name);
	for (each(str, t, *texts)) {
		buffer_add(b, t == (str *)texts->at ? S("") : S(","));
		json_write_text(b, *t);
	}
	buffer_add_char(b, ']');
}

static void text_once(struct ctx *c, list *texts, str text)
{
	if (!text.len)
		return;
	for (each(str, t, *texts))
		if (str_eq(*t, text))
			return;
	*list_add(c->arena, texts, str) = text;
}

static void accounts(struct buffer *b, const list *keys)
{
	if (!keys->count)
		return;
	buffer_add(b, S(",\"account\":["));
	for (each(str, k, *keys)) {
		str home, name;
		str_cut(*k, ' ', &home, &name);
		buffer_add(b, k == (str *)keys->at ? S("{\"homePage\":") : S(",{\"homePage\":"));
		json_write_text(b, home);
		buffer_add(b, S(",\"name\":"));
		json_write_text(b, name);
		buffer_add_char(b, '}');
	}
	buffer_add_char(b, ']');
}

OPERATION(xapi_agents_get, agents_query, raw_reply, .route = "GET /xapi/agents", .allow = "xapi:statements/read", .protocol = &xapi_protocol,
	.reply = RAW, .doc = "A Person: every name and identifier by which statements spoke of whoever this agent is.")
{
	struct mention m = { 0 };
	struct fault fault = { 0 };
	if (!agent_read(c->arena, in->agent, XAPI_IS_2(in) ? RULES_2_0_0 : RULES_1_0_3, &m, &fault))
		return object(c, S("agent"), W(xapi_agent_wrong), fault.place, str_of(fault.what));
	list known = { 0 }, names = { 0 }, lists[4] = { 0 };
	static const char *const kinds[4] = { "mbox", "mbox_sha1sum", "openid", "account" };
	struct actor_row one = { .kind = str_of(m.kind), .key = m.key };
	TRY(store_all(c, actors_of_one, &one, &known));
	*list_add(c->arena, &known, struct actor_row) = (struct actor_row){ .kind = one.kind, .key = one.key, .name = m.name };
	for (each(struct actor_row, a, known)) {
		text_once(c, &names, a->name);
		for (int k = 0; k < 4; k++)
			if (str_eq(a->kind, str_of(kinds[k])))
				text_once(c, &lists[k], a->key);
	}
	out->type = S("application/json");
	buffer_add(&out->body, S("{\"objectType\":\"Person\""));
	text_list(&out->body, "name", &names);
	for (int k = 0; k < 3; k++)
		text_list(&out->body, kinds[k], &lists[k]);
	accounts(&out->body, &lists[3]);
	buffer_add_char(&out->body, '}');
	return OK;
}

OPERATION(xapi_activities_get, activities_query, raw_reply, .route = "GET /xapi/activities", .allow = "xapi:statements/read/mine", .protocol = &xapi_protocol,
	.reply = RAW, .doc = "An activity with everything that statements said of it, merged.")
{
	if (!is_iri(in->activityId))
		return object(c, S("activityId"), W(xapi_no_iri));
	struct iri_row key = { in->activityId };
	struct activity_row a = { 0 };
	bool found;
	TRY(store_find(c, activity_find, &key, &a, &found));
	out->type = S("application/json");
	buffer_add(&out->body, S("{\"objectType\":\"Activity\",\"id\":"));
	json_write_text(&out->body, in->activityId);
	if (a.definition.len) {
		buffer_add(&out->body, S(",\"definition\":"));
		buffer_add(&out->body, a.definition);
	}
	buffer_add_char(&out->body, '}');
	return OK;
}
