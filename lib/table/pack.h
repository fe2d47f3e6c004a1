/* pack.h - a few files in one download. */
#pragma once
#include "base/buffer.h"
#include "base/context.h"

struct zip_entry { str name, bytes; };                     /* names are ours: plain, without folders */

/* zip_write: appends a zip with these members, dated now, to `out`. */
enum status zip_write(struct ctx *c, const list *entries, struct buffer *out) must_use;
