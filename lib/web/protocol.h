/* protocol.h - operations that speak somebody else's protocol.
 *
 * Most operations are pages, forms and JSON of our own. A protocol that others wrote (xAPI) has credentials, versions, headers,
 * methods and errors of its own, and must be kept word for word. It is declared once; its operations then stand among the others:
 *
 *     PROTOCOL(xapi, .root = "/xapi", .begin = xapi_begin, …)
 *
 *     OPERATION(xapi_state_put, state_put, raw_reply,
 *             .route = "PUT /xapi/activities/state", .allow = "xapi:state", .protocol = &xapi_protocol,
 *             .effect = WRITES, .reply = RAW, .body_max = 1 << 20, …)
 *
 * What differs from other operations:
 *   who asks    by `identify` from Authorization: Basic. Cookies and bearer tokens are not looked at, so there is nothing to forge
 *               and no CSRF token. A scope is held by credentials, never by a role: the matrix of rights says which.
 *   input       the query's names, strictly: one that is unknown or given twice is refused. What comes as a header or as the body is
 *               a member of the same record (`members`), so that tests and the shell call it like any other operation.
 *   the body    any bytes of any type up to .body_max, never read as a form.
 *   answer      a raw_reply, with the protocol's headers on it, and on every refusal below its root, the server's own too.
 *   statuses    by `status`: most protocols say 400 where a form says 422.
 */
#pragma once
#include "operation.h"
#include "web.h"

/* A member of the input that comes from a header; without one, from the body. */
struct protocol_member { const char *member, *header; };

struct protocol {
	const char *name;                              /* "xapi": what scopes begin with */
	const char *root;                              /* "/xapi": every path below it is the protocol's, also those that are nothing */
	const char *scheme;                            /* "basic", for OpenAPI */
	const char *const *scopes;                     /* what .allow may say after the name and a colon; ended by NULL */
	const struct protocol_member *members;         /* ended by one without member */
	/* On the loop's thread, before a route is sought: checks what every request must carry, and may rewrite the request (another
	 * method, other headers, another body). Refuses with INVALID. */
	enum status (*begin)(struct ctx *c, struct http_request *r);
	/* Inside the transaction: sets c->me.client and c->me.name, or refuses with FORBIDDEN and the code "credentials". */
	enum status (*identify)(struct ctx *c, const struct web_credentials *by);
	/* May this client? Refuses with FORBIDDEN. Not asked of an operation that is public, nor of the operator's own hand. */
	enum status (*allows)(struct ctx *c, str scope);
	int (*status)(enum status s, str code);
	/* Headers of every answer; `c` is NULL when the server itself refuses, `status` 204 of OPTIONS too. */
	void (*headers)(const struct ctx *c, struct arena *a, const struct http_request *r, int status, struct http_reply *reply);
	/* A request by a known client was refused (c->code says why): what is to be remembered of it, in a writing transaction of its own
	 * before the answer leaves. May be NULL; false of `keeps`: nothing. */
	bool (*keeps)(const struct ctx *c, const struct operation *op);
	enum status (*refused)(struct ctx *c, const struct operation *op);
};

#define PROTOCOL(name_, ...) \
	const struct protocol name_##_protocol = { .name = #name_, __VA_ARGS__ }; \
	static const struct protocol *const name_##_protocol_listed __attribute__((used, section("wijzer_protocols"))) = &name_##_protocol;

size_t protocols_count(void);
const struct protocol *protocols_at(size_t i);
/* The protocol whose root stands before this path; NULL: none. */
const struct protocol *protocol_find(str path);
/* Is this a scope of a protocol ("xapi:state")? Then `scope`, if given, gets what follows the colon. */
bool protocol_scope(const struct protocol *p, str allow, str *scope);

/* Whatever identify found out about the client, for its operations: lives as long as the request. NULL: nobody, or the shell. */
void web_caller_set(struct ctx *c, const void *caller);
const void *web_caller(const struct ctx *c);
