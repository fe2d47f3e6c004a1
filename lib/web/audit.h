/* audit.h - who did what, and who looked at whom. Written in the operation's own transaction. */
#pragma once
#include "base/context.h"

struct operation;

/* looked_at: this request reads about that person. Kept per reader, subject and day before the answer leaves,
 * unless the asker is that person. Of a tool (c->me.client) the reader is 0, and the operation is its name, a colon and the tool's number. */
void looked_at(struct ctx *c, int64_t person);
struct look { int64_t person; };

/* The audit line of a writing operation: name, asker, request, and of the input only numbers, dates, booleans and choices: no text a person wrote. */
enum status audit_write(struct ctx *c, const struct operation *op, const void *in) must_use;
enum status looks_write(struct ctx *c, const struct operation *op) must_use;
