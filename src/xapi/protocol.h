/* protocol.h - what every request below /xapi has in common: its version, who sent it, and what it may.
 *
 * An operation of the protocol is declared like any other (lib/web/protocol.h):
 *
 *     struct thing_query { str version, body, type; str activityId; };
 *     RECORD(thing_query, XAPI_VERSION(thing_query), FIELD(thing_query, body, .file = true, .max = …), …);
 *     OPERATION(xapi_thing_put, thing_query, raw_reply, .route = "PUT /xapi/thing", .allow = "xapi:state",
 *             .protocol = &xapi_protocol, .effect = WRITES, .reply = RAW, .doc = "…") { … }
 *
 * Members that come from the request around the query, each only for a record that has it:
 *     version  X-Experience-API-Version    type      Content-Type    body      all bytes of the body
 *     if_match If-Match   if_none_match If-None-Match   languages Accept-Language   accept Accept
 * All other members are the query's, named as the specification names them.
 */
#pragma once
#include "web/protocol.h"

extern const struct protocol xapi_protocol;

/* What is spoken: 1.0.0 to 1.0.3 as 1.0.3, and 2.0.0. Called from the shell or a test, without a header, it is 2.0.0. */
enum xapi_version { XAPI_NONE, XAPI_1, XAPI_2 };
enum xapi_version xapi_version_of(str header);
#define XAPI_IS_2(in) (xapi_version_of((in)->version) != XAPI_1)
/* The members a record has from the headers; the struct has `str version;` and so on. */
#define XAPI_VERSION(owner) FIELD(owner, version, .max = 40)
#define XAPI_TYPE(owner) FIELD(owner, type, .max = 300)

/* What credentials may. A scope includes what stands below it: all, then statements/read, then statements/read/mine. */
enum xapi_scope { XAPI_WRITE = 1, XAPI_READ_MINE = 2, XAPI_READ = 4, XAPI_STATE = 8, XAPI_PROFILE = 16, XAPI_ALL = 32 };
/* "statements/write,state" to bits; 0 when a word is none of them. */
int64_t xapi_scopes_read(str words);
str xapi_scopes_text(struct arena *a, int64_t scopes);

/* Who sent this request. In the shell and in tests, as the operator, it is the installation itself: id 0, everything allowed. */
struct xapi_client { int64_t id; str key, name; int64_t scopes; instant seen; };       /* seen: the newest statement that was there for this request */
const struct xapi_client *xapi_client_of(const struct ctx *c);
/* May it do this too? Asked in a body where the operation's own scope is the lesser one, such as reading what others sent. */
bool xapi_may(const struct ctx *c, enum xapi_scope scope);
/* The authority of what this client sends: an Agent with an account, as JSON. */
str xapi_authority(struct ctx *c);

/* Everything stored at or before this moment can be read. It stands on every answer about statements. */
instant xapi_consistent_through(const struct ctx *c);
/* Looks which is the newest statement, inside the transaction that reads or writes them. */
enum status xapi_consistent_see(struct ctx *c) must_use;

/* An ETag from the bytes it stands for: "…" with its quotes. */
str xapi_etag(struct arena *a, str bytes);
/* A moment as HTTP writes it, for Last-Modified. */
str xapi_http_date(struct arena *a, instant at);
void xapi_header(struct ctx *c, struct raw_reply *out, str name, str value);
/* 204 without a body. */
enum status xapi_no_content(struct raw_reply *out) must_use;
