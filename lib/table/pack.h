/* pack.h - a few files in one download. */
#pragma once
#include "base/buffer.h"
#include "base/context.h"

struct zip_entry { str name, bytes; const struct zip_stream *stream; };   /* names are ours: plain, without folders */

/* A member that is made while it is packed, so that only its packed bytes are ever in memory: `more` appends the next piece; appending nothing is its end.
 * Called once through, in order; what it answers but OK is what zip_write answers. What it takes from c->arena is
 * given back with each piece. */
struct zip_stream { enum status (*more)(struct ctx *c, void *of, struct buffer *piece); void *of; };

/* zip_write: appends a zip with these members, dated now, to `out`. */
enum status zip_write(struct ctx *c, const list *entries, struct buffer *out) must_use;
