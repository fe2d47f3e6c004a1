/* upload.h - a file that waits for its owner's yes, as the pages of this folder share it. */
#pragma once
#include "inside.h"
#include "view/view.words.h"
#include "web/web.h"

enum { UPLOAD_MS = 24 * 60 * 60 * 1000 };

struct upload { int64_t id, account; str kind, name, bytes, mapping; instant made; };

/* upload_load: only its owner's. NOT_FOUND, said in words, for others and when it has gone. */
enum status upload_load(struct ctx *c, int64_t id, struct upload *out) must_use;
/* upload_prepare: the file read by its mapping and compared with what is stored, in the transaction that runs. Mistakes are in im->in. */
enum status upload_prepare(struct ctx *c, const struct upload *u, struct import_wish wish, struct import **out) must_use;
