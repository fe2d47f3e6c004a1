/* own.c - what the program itself says of its people, as statements like any other. */
#include "store.h"
#include "xapi.h"
#include "people/people.h"
#include "record/record.h"
#include "xapi.words.h"
#include <math.h>

#define AUTHORITY "{\"objectType\":\"Agent\",\"name\":\"Wijzer\",\"account\":{\"homePage\":\"urn:wijzer\",\"name\":\"wijzer\"}}"
#define VOIDING   "http://adlnet.gov/expapi/verbs/voided"

static void names_put(struct buffer *b, const char *key, str nl, str en)
{
	if (!nl.len && !en.len)
		return;
	buffer_add_format(b, ",\"%s\":{", key);
	if (nl.len) {
		buffer_add(b, S("\"nl\":"));
		json_write_text(b, nl);
	}
	if (en.len) {
		buffer_add(b, nl.len ? S(",\"en\":") : S("\"en\":"));
		json_write_text(b, en);
	}
	buffer_add_char(b, '}');
}

static void actor_put(struct buffer *b, str person_id, str name)
{
	buffer_add(b, S("{\"actor\":{\"objectType\":\"Agent\""));
	if (name.len) {
		buffer_add(b, S(",\"name\":"));
		json_write_text(b, name);
	}
	buffer_add(b, S(",\"account\":{\"homePage\":\"urn:wijzer:person\",\"name\":"));
	json_write_text(b, person_id);
	buffer_add(b, S("}}"));
}

static void activity_put(struct buffer *b, const struct own_statement *s)
{
	buffer_add(b, S(",\"object\":{\"id\":"));
	json_write_text(b, s->activity);
	if (s->activity_type.len || s->activity_nl.len || s->activity_en.len) {
		struct buffer inside = { 0 };
		names_put(&inside, "name", s->activity_nl, s->activity_en);
		if (s->activity_type.len) {
			buffer_add(&inside, S(",\"type\":"));
			json_write_text(&inside, s->activity_type);
		}
		buffer_add(b, S(",\"definition\":{"));
		buffer_add(b, str_from(buffer_text(&inside), 1));
		buffer_add_char(b, '}');
		buffer_done(&inside);
	}
	buffer_add_char(b, '}');
}

static void context_put(struct buffer *b, const struct own_statement *s)
{
	if (!s->kind.len && !s->skill.len)
		return;
	buffer_add(b, S(",\"context\":{\"contextActivities\":{"));
	if (s->kind.len) {
		buffer_add(b, S("\"category\":[{\"id\":"));
		struct buffer iri = { 0 };
		buffer_add_format(&iri, "urn:wijzer:kind:" S_FMT, S_ARG(s->kind));
		json_write_text(b, buffer_text(&iri));
		buffer_done(&iri);
		buffer_add(b, S("}]"));
	}
	if (s->skill.len) {
		buffer_add(b, s->kind.len ? S(",\"other\":[{\"id\":") : S("\"other\":[{\"id\":"));
		json_write_text(b, s->skill);
		buffer_add(b, S("}]"));
	}
	buffer_add(b, S("}}"));
}

static void json_put(struct ctx *c, struct buffer *b, const struct person *p, const struct own_statement *s)
{
	actor_put(b, p->person_id, (str){ 0 });
	buffer_add(b, S(",\"verb\":{\"id\":"));
	json_write_text(b, s->verb);
	names_put(b, "display", s->verb_nl, s->verb_en);
	buffer_add_char(b, '}');
	activity_put(b, s);
	if (!isnan(s->hours))
		buffer_add_format(b, ",\"result\":{\"duration\":\"PT%lldS\"}", (long long)llround(s->hours * 3600));
	context_put(b, s);
	if (s->made.ms)
		buffer_add_format(b, ",\"timestamp\":\"" S_FMT "\"", S_ARG(instant_iso(c->arena, s->made)));
	buffer_add(b, S(",\"version\":\"2.0.0\"}"));
}

static enum status put(struct ctx *c, struct buffer *b, str *id)
{
	struct statements_put in = { .authority = S(AUTHORITY) };
	struct fault fault;
	list ids;
	bool many;
	str json = text_copy(c->arena, buffer_text(b));
	buffer_done(b);
	if (!statements_read(c->arena, json, RULES_2_0_0, &in.statements, &many, &fault))
		return broken(c, "our own statement: " S_FMT ": %s", S_ARG(fault.place), fault.what);
	if (!agent_read(c->arena, in.authority, RULES_2_0_0, &in.vouched, &fault))
		return broken(c, "our own authority: %s", fault.what);
	TRY(statements_put(c, &in, &ids));
	*id = *list_item(ids, str, 0);
	return OK;
}

/* The account by which the program speaks of a person is theirs. */
static enum status own_identifier(struct ctx *c, const struct person *p)
{
	const struct identifier own = { .person = p->id, .kind = S("account"), .key = text_format(c->arena, "urn:wijzer:person " S_FMT, S_ARG(p->person_id)) };
	return identifier_keep(c, &own);
}

enum status xapi_statement_add(struct ctx *c, const struct own_statement *s, str *id)
{
	struct person p;
	struct buffer b = { 0 };
	TRY(person_load(c, s->person, &p));
	TRY(own_identifier(c, &p));
	json_put(c, &b, &p, s);
	return put(c, &b, id);
}

enum status xapi_statement_void(struct ctx *c, str id)
{
	struct buffer b = { 0 };
	struct statement_text is;
	bool found;
	str ignored;
	if (!is_uuid(id))
		return refuse(c, INVALID, "statement-id", W(xapi_statement_id));
	TRY(statement_find(c, id, true, 0, &is, &found));
	if (found)
		return OK;
	buffer_add_format(&b, "{\"actor\":{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:wijzer\",\"name\":\"wijzer\"}},"
		"\"verb\":{\"id\":\"" VOIDING "\",\"display\":{\"en\":\"voided\",\"nl\":\"trok in\"}},"
		"\"object\":{\"objectType\":\"StatementRef\",\"id\":\"" S_FMT "\"},\"version\":\"2.0.0\"}", S_ARG(id));
	return put(c, &b, &ignored);
}
