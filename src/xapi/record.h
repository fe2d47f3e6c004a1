/* record.h - counting what comes in and what is refused, for the page that shows the record. */
#pragma once
#include "protocol.h"

/* So many statements with this verb were kept just now. In a writing body. */
struct came { str verb; int64_t times; };
enum status record_came(struct ctx *c, int64_t client, const list *verbs) must_use;       /* of struct came */

/* Of a refusal only its reason and its source are kept: not who it was about, not what it said. */
bool record_keeps(const struct ctx *c, const struct operation *op);
enum status record_refused(struct ctx *c, const struct operation *op) must_use;
