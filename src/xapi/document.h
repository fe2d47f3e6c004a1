/* document.h - documents that tools keep beside statements: how far somebody is, what they prefer, what an activity needs. */
#pragma once
#include "protocol.h"

enum { DOCUMENT_BYTES_MAX = 4 << 20, DOCUMENT_IDS_MAX = 10000 };

/* What three resources ask alike. A request that lacks one of these has no text there. */
struct document_wanted { str version, body, type, if_match, if_none_match, activityId, agent, registration, id, since; };
enum document_kind { STATE_DOCUMENT, AGENT_DOCUMENT, ACTIVITY_DOCUMENT };

enum status document_get(struct ctx *c, enum document_kind kind, const struct document_wanted *w, struct raw_reply *out) must_use;    /* one, or the ids of all */
enum status document_put(struct ctx *c, enum document_kind kind, const struct document_wanted *w, bool merge, struct raw_reply *out) must_use;
enum status document_delete(struct ctx *c, enum document_kind kind, const struct document_wanted *w, struct raw_reply *out) must_use;
