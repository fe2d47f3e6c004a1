/* client.h - the programs that may send and read: their credentials, and how they are known again. */
#pragma once
#include "protocol.h"

enum status xapi_identify(struct ctx *c, const struct web_credentials *by) must_use;
enum status xapi_allows(struct ctx *c, str scope) must_use;

struct xapi_client_row {
	int64_t id;
	str key, name;
	int64_t scopes;
	str fingerprint, previous;                     /* of the secret, and of the one before it while that still works */
	instant previous_ends, made, ends, confirmed, revoked;
	str purpose, maker, confirmer;                 /* maker and confirmer: names */
	int64_t made_by;                               /* an account; 0: the operator's own hand */
};
extern const struct record xapi_client_row_record;

/* Does this client read what others sent? Then it needs a purpose, a second person, and an end. */
static inline bool xapi_reads_all(int64_t scopes) { return (scopes & (XAPI_READ | XAPI_ALL)) != 0; }
