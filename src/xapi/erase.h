/* erase.h - somebody erased from the learning record. */
#pragma once
#include "trust/trust.h"

/* In the erasure's own transaction: the identifiers lead to nobody any more, what tools kept of them is gone, and the first statements say the
 * pseudonym; a job does the rest, some hundreds at a time. */
enum status record_erase(struct ctx *c, const struct keep_person *who) must_use;
/* Documents that tools keep under one of their identifiers. */
enum status documents_erase(struct ctx *c, const struct keep_person *who) must_use;

/* By what somebody is known in the record: of struct actor_row, with the number of their row there, 0 when nothing came by it. */
enum status identities_of_person(struct ctx *c, const struct keep_person *who, list *out) must_use;
