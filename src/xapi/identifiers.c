/* identifiers.c - by what a person is known in statements: joined when somebody says so, and by e-mail addresses by themselves. */
#include "store.h"
#include "xapi.h"
#include "base/sign.h"
#include "people/people.h"
#include "store/store.h"
#include "web/event.h"
#include "web/job.h"
#include "xapi.sql.h"
#include "xapi.words.h"

RECORD(identifier, FIELD(identifier, id), FIELD(identifier, person), FIELD(identifier, kind), FIELD(identifier, key, .max = 4500), FIELD(identifier, by_email),
	FIELD(identifier, made));
RECORD(unknown_actor, FIELD(unknown_actor, id), FIELD(unknown_actor, kind), FIELD(unknown_actor, key, .max = 4500), FIELD(unknown_actor, name), FIELD(unknown_actor, statements));
struct address_row { int64_t person; str email; };
RECORD(address_row, FIELD(address_row, person), FIELD(address_row, email));

bool xapi_actor_key(struct arena *a, str json, struct actor_key *out)
{
	struct mention m;
	struct fault fault;
	if (!agent_read(a, json, RULES_2_0_0, &m, &fault))
		return false;
	*out = (struct actor_key){ str_of(m.kind), m.key, m.name };
	return true;
}

static enum status of_somebody_else(struct ctx *c, const struct identifier *in, bool *is)
{
	struct identifier there;
	bool found;
	TRY(store_find(c, identifier_by_key, in, &there, &found));
	*is = found && there.person != in->person;
	return OK;
}

enum status xapi_identifiers_of_person(struct ctx *c, int64_t person, list *out)
{
	return store_all(c, identifiers_of_person, (&(const struct person_number){ person }), out);
}

enum status xapi_identifier_count(struct ctx *c, const struct identifier *in, int64_t *statements)
{
	struct count count;
	bool other;
	TRY(of_somebody_else(c, in, &other));
	if (other)
		return refuse(c, CONFLICT, "identifier-taken", W(xapi_identifier_taken));
	TRY(store_one(c, identifier_statements, in, &count));
	*statements = count.count;
	return OK;
}

/* Joined whether or not anything came by it yet. */
enum status identifier_keep(struct ctx *c, const struct identifier *in)
{
	TRY(store_run(c, identifier_put, in, NULL));
	return store_run(c, actor_join, in, NULL);
}

enum status xapi_identifier_add(struct ctx *c, const struct identifier *in)
{
	bool other;
	TRY(of_somebody_else(c, in, &other));
	if (other)
		return refuse(c, CONFLICT, "identifier-taken", W(xapi_identifier_taken));
	return identifier_keep(c, in);
}

enum status xapi_identifier_remove(struct ctx *c, int64_t id)
{
	struct identifier one;
	bool found;
	TRY(store_find(c, identifier_load, (&(const struct by_id){ id }), &one, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "identifier", W(xapi_identifier_unknown));
	TRY(store_run(c, identifier_end, (&(const struct by_id){ id }), NULL));
	return store_run(c, actor_part, &one, NULL);
}

enum status xapi_actors_unknown(struct ctx *c, int64_t limit, list *out)
{
	return store_all(c, actors_unknown, (&(const struct count){ limit }), out);
}

/* ---- By e-mail ---- */

/* An address and the hash of it, which some tools send instead. */
static enum status address_keep(struct ctx *c, const struct address_row *a)
{
	str mbox = text_format(c->arena, "mailto:" S_FMT, S_ARG(lower(c->arena, a->email)));
	const struct identifier plain = { .person = a->person, .kind = S("mbox"), .key = mbox, .by_email = true };
	const struct identifier hashed = { .person = a->person, .kind = S("mbox_sha1sum"), .key = sha1_hex(c->arena, mbox), .by_email = true };
	TRY(identifier_keep(c, &plain));
	return identifier_keep(c, &hashed);
}

/* Addresses that came or changed since the last time. */
enum status xapi_addresses_join(struct ctx *c)
{
	list addresses;
	TRY(store_run(c, addresses_forget, NOTHING, NULL));
	TRY(store_all(c, addresses_new, NOTHING, &addresses));
	for (each(const struct address_row, a, addresses))
		TRY(address_keep(c, a));
	return OK;
}

HEARS(person_added, struct person_event, person_addresses)
{
	list addresses;
	TRY(store_all(c, addresses_of_person, (&(const struct person_number){ what->person }), &addresses));
	for (each(const struct address_row, a, addresses))
		TRY(address_keep(c, a));
	return OK;
}

/* Somebody unknown by an address: perhaps one that came or changed without anybody saying so. Once a minute at most. */
struct address_day { date day; };
RECORD(address_day, FIELD(address_day, day));

JOB(xapi_addresses_later, address_day)
{
	(void)in;
	return xapi_addresses_join(c);
}

enum status addresses_join_later(struct ctx *c)
{
	return job_add(c, xapi_addresses_later, (&(const struct address_day){ c->today }), ((instant){ c->now.ms + 60000 }));
}
