/* access.h - which roles may do what: one table, printed as the rights matrix. */
#pragma once
#include "base/context.h"

struct role_entry { unsigned bit; const char *name; const struct word *label; };   /* ended by bit 0 */
struct right { const char *name; unsigned roles; const struct word *label; };       /* ended by no name */

/* May this asker? "public": everybody; "signed-in": whoever has an account; else by the table. */
bool access_may(const struct right *rights, const struct asker *me, str right);
/* In a body, where a right decides about a part only. */
bool may(const struct ctx *c, str right);
