/* join.c - identifiers of a person: counted first, then joined, so that everybody knows what comes along. */
#include "xapi.h"
#include "xapi.sql.h"
#include "xapi.words.h"
#include "view/view.words.h"
#include "web/operation.h"

static const struct choice kinds[] = { { S("mbox"), W(xapi_kind_mbox) }, { S("mbox_sha1sum"), W(xapi_kind_sha1) }, { S("openid"), W(xapi_kind_openid) },
	{ S("account"), W(xapi_kind_account) }, { 0 } };
struct join_query { str kind, key, who; };
struct join_person { int64_t id; str name; };
struct join_page { str kind, key, who; int64_t person; str name; bool counted; int64_t statements, actors; list unknown, known; };
RECORD(join_query,
	FIELD(join_query, kind, .label = W(xapi_join_kind), .choices = kinds),
	FIELD(join_query, key, .label = W(xapi_join_key), .hint = W(xapi_join_key_hint), .max = 1000),
	FIELD(join_query, who, .label = W(xapi_join_who), .hint = W(xapi_join_who_hint), .max = 200));
RECORD(join_person, FIELD(join_person, id), FIELD(join_person, name));
RECORD(join_page, FIELD(join_page, kind), FIELD(join_page, key, .max = 1000), FIELD(join_page, who), FIELD(join_page, person, .optional = true), FIELD(join_page, name),
	FIELD(join_page, counted), FIELD(join_page, statements), FIELD(join_page, actors), FIELD(join_page, unknown, .of = &unknown_actor_record),
	FIELD(join_page, known, .of = &identifier_record));
#include "xapi_join.html.h"

enum { UNKNOWN_MAX = 100 };

OPERATION(identifier_join_show, join_query, join_page,
	.route = "GET /record/join",
	.allow = "people.manage",
	.page = join_html,
	.lenient = true,
	.doc = "Actors that are nobody's yet; and of an identifier and a person how many statements would be joined.")
{
	struct join_person p = { 0 };
	bool found = false;
	out->kind = in->kind;
	out->key = in->key;
	out->who = in->who;
	TRY(xapi_actors_unknown(c, UNKNOWN_MAX, &out->unknown));
	out->actors = (int64_t)out->unknown.count;
	if (!in->who.len)
		return OK;
	TRY(store_find(c, join_person, in, &p, &found));
	if (!found)
		return object(c, S("who"), W(xapi_join_nobody), in->who);
	out->person = p.id;
	out->name = p.name;
	TRY(xapi_identifiers_of_person(c, p.id, &out->known));
	if (!in->key.len || !in->kind.len)
		return OK;
	out->counted = true;
	return xapi_identifier_count(c, &(struct identifier){ .person = p.id, .kind = in->kind, .key = in->key }, &out->statements);
}

struct join_form { int64_t person; str kind, key; };
RECORD(join_form, FIELD(join_form, person, .required = true), FIELD(join_form, kind, .choices = kinds, .required = true), FIELD(join_form, key, .required = true, .max = 1000));

OPERATION(identifier_join, join_form, nothing,
	.route = "POST /record/join",
	.allow = "people.manage",
	.effect = WRITES,
	.then = "/record/join",
	.said = W(xapi_join_said),
	.doc = "Joins an identifier to a person: what came by it and what will come belongs to them.")
{
	(void)out;
	return xapi_identifier_add(c, &(struct identifier){ .person = in->person, .kind = in->kind, .key = in->key });
}

OPERATION(identifier_part, by_id, nothing,
	.route = "POST /record/identifiers/{id}/part",
	.allow = "people.manage",
	.effect = WRITES,
	.then = "/record/join",
	.said = W(xapi_join_parted),
	.doc = "Takes an identifier from a person again; the statements stay, nobody's.")
{
	(void)out;
	return xapi_identifier_remove(c, in->id);
}
