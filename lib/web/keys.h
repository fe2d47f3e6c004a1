/* keys.h - ending a person's key with the transaction that erases them, and keeping it ended whichever copy is put back. */
#pragma once
#include "base/context.h"

/* key_forget: from this commit on nothing that was sealed for this person opens again. The key itself is destroyed by a job right after
 * the commit (lib/vault), so that a body which is rolled back or run again destroys nothing. Twice is fine.
 * That somebody was erased is kept in the database and beside the keys. When either is put back from an older copy, the other one
 * knows: every erased person whom the database does not know of as erased raises `person_erased_before`, and every key that
 * is back is destroyed again. */
enum status key_forget(struct ctx *c, int64_t person) must_use;

/* What `person_erased_before` carries. Whoever erases persons hears it, does so again in the same transaction, and need not call key_forget:
 *     HEARS(person_erased_before, struct erased_before, erase_again) { … what->person, what->at … } */
struct erased_before { int64_t person; instant at; };
