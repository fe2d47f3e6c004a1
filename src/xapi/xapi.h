/* xapi.h - the learning record, for features that add to it or read from it.
 *
 * A statement is kept as its bytes, in `statement.text`; its number `stored` is the moment at which it was kept, in microseconds UTC
 * since 1970, and grows strictly: who has seen up to one number has seen everything before it. What a statement is found by stands
 * beside it:
 *
 *     statement            stored, id (UUID), made (when it happened), seconds (result.duration, null: not said), voided (the number of the
 *                          statement that voids it; null: it counts), client (the credential it came by; 0: the program itself)
 *     statement_found      stored, said, actor, verb, activity (0: none), registration. A statement that points at another
 *                          (StatementRef) is also found by what that one says: then `said` is the other's number. Of itself: said = stored
 *     statement_actor      everybody else in it. wide 0: the object, or a member of the actor or object; wide 1: instructor, team, authority,
 *                          inside a SubStatement, context agents and groups
 *     statement_activity   every other activity in it
 *     xapi_actor           one who acts, by one of the four identifiers; `person` when known. Several may be one person
 *     xapi_verb, xapi_activity   IRI, what tools call it in nl and en, and of an activity its type
 *
 * What counts is asked as `… from statement_found f join statement s on s.stored = f.stored where f.said = f.stored and s.voided is null`.
 */
#pragma once
#include "base/context.h"
#include "record/record.h"

/* What the program itself says of one of its people: an entry that was shared, a session attended. Kept as any other statement, seen on
 * *about me*, counted in the lens. Never holds what somebody wrote for themselves. */
struct own_statement {
	int64_t person;                    /* who did it */
	str verb, verb_nl, verb_en;        /* an IRI, "http://adlnet.gov/expapi/verbs/experienced", and what people call it */
	str activity;                      /* the IRI of what it was done with: of this program, "urn:wijzer:entry:17" */
	str activity_type;                 /* an IRI; may be no text */
	str activity_nl, activity_en;      /* may be no text: what may not be said is not said */
	str kind;                          /* "work", "others", "formal": becomes the category urn:wijzer:kind:work; may be no text */
	str skill;                         /* an IRI of the skill: becomes another activity of the context; may be no text */
	double hours;                      /* NaN: not said */
	instant made;                      /* when it happened; none: now */
};
/* *id gets the UUID, which the feature keeps so that it can take the statement back. In a writing body; NOT_FOUND when there is no such person. */
enum status xapi_statement_add(struct ctx *c, const struct own_statement *s, str *id) must_use;
/* Takes one of the program's own statements back: it is voided, as the specification says, by another. OK too when it was already. */
enum status xapi_statement_void(struct ctx *c, str id) must_use;

/* What large batches brought within the last second stands in statement_waiting and not yet in statement_found (GET /xapi/statements looks in both). Whoever must
 * miss nothing, such as an erasure that looks for everything of a person, calls this first; then all of it is there. In a writing body, best the first thing in it. */
enum status xapi_settle(struct ctx *c) must_use;

/* A statement as a page shows it. */
struct statement_line {
	int64_t stored;
	str id;
	instant made;
	str verb, verb_name;               /* IRI; its name in the reader's language, or the last part of the IRI */
	str activity, activity_name, activity_type;
	double seconds;                    /* NaN: not said */
	int64_t client;
	bool voided;
	bool acting;                       /* the person is the actor; else object, member, instructor, team, authority or inside a SubStatement */
	str text;                          /* the whole of it */
};
extern const struct record statement_line_record;
/* Every statement in which a person occurs by whatever identifier, wherever in it, voided ones too, the newest first. */
struct statements_wanted {
	int64_t person;
	int64_t before;                    /* the last `stored` of the page before; 0: from the newest */
	int64_t limit;                     /* at most 1,000 */
};
enum status xapi_statements_of_person(struct ctx *c, const struct statements_wanted *in, list *out) must_use;      /* of struct statement_line */
enum status xapi_statements_count(struct ctx *c, int64_t person, int64_t *out) must_use;

/* What a person did, for the 70-20-10 lens: how often and how long per verb and type of activity, of what happened on the days
 * from `from` up to and including `until`; only where the person is the actor, voided ones left out. */
struct learning_wanted { int64_t person; date from, until; };
struct learning_done {
	str verb, activity_type, kind;     /* kind: of the program's own statements, and of what carries one of its categories */
	int64_t count, timed;              /* how many; of these, how many said how long */
	double seconds, squares;           /* sums of those; of one never more than LEARNING_LONGEST: a player left open over the weekend is no weekend of learning */
	int64_t person;                    /* only of everybody */
};
enum { LEARNING_LONGEST = 12 * 3600 };
extern const struct record learning_done_record;
enum status xapi_learning_of_person(struct ctx *c, const struct learning_wanted *in, list *out) must_use;          /* of struct learning_done */
/* The same of everybody who is known, in one query, one by one, a person's beside each other; `in->person` is not looked at. `row` gets a
 * struct learning_done. One of a group reaches a reader only as part of a figure, through the gate. */
enum status xapi_learning_each(struct ctx *c, const struct learning_wanted *in, enum status (*row)(struct ctx *c, void *of, const void *done), void *of) must_use;

/* Identifiers of people. `kind` is mbox, mbox_sha1sum, openid or account; `key` what it says: "mailto:anna@x.example", forty hexadecimal
 * digits, a URI, or home page and name with a space between. E-mail addresses of persons and of their accounts count by themselves. */
struct identifier { int64_t id, person; str kind, key; bool by_email; instant made; };
extern const struct record identifier_record;
enum status xapi_identifiers_of_person(struct ctx *c, int64_t person, list *out) must_use;                         /* of struct identifier */
/* How many statements would be joined to a person by this identifier: what is said before it is done. CONFLICT when it is another person's. */
enum status xapi_identifier_count(struct ctx *c, const struct identifier *in, int64_t *statements) must_use;
enum status xapi_identifier_add(struct ctx *c, const struct identifier *in) must_use;
enum status xapi_identifier_remove(struct ctx *c, int64_t id) must_use;
/* E-mail addresses that came or changed are joined: by themselves when a person is added; of all, set by set, when this is called. In a writing body. */
enum status xapi_addresses_join(struct ctx *c) must_use;
/* Actors that are nobody's yet, with how many statements they have, the most first. */
struct unknown_actor { int64_t id; str kind, key, name; int64_t statements; };
extern const struct record unknown_actor_record;
enum status xapi_actors_unknown(struct ctx *c, int64_t limit, list *out) must_use;

/* One line of JSON about an actor makes kind and key of it, as the tables hold them; false when it is not identified. */
struct actor_key { str kind, key, name; };
bool xapi_actor_key(struct arena *a, str json, struct actor_key *out);

/* For the demonstration: as if a tool had sent these statements (a JSON array) at c->now, and had been refused for a reason of record.c so many times. */
enum status xapi_tool_put(struct ctx *c, str key, str name, int64_t *client) must_use;
enum status xapi_tool_sends(struct ctx *c, int64_t client, str statements) must_use;
enum status xapi_tool_is_refused(struct ctx *c, int64_t client, str reason, int64_t times) must_use;
