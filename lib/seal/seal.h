/* seal.h - what may be read for a while by this program, and after that by nobody.
 *
 * A text is sealed under a key that lies in a folder of its own, outside the database and outside its backups. While the key is
 * there, the program can open what it sealed. When the key is destroyed, every copy of the sealed text in whatever backup or log
 * is noise. All that is sealed to one length looks alike.
 *
 *     TRY(seal_key_make(c, &key));                          // a random name and 256 random bits, on the disk when it answers
 *     TRY(seal_put(c, key, S("answer"), plain, 4096, &sealed));
 *     TRY(seal_get(c, key, S("answer"), sealed, &plain));
 *     TRY(seal_key_destroy(c, key));                        // only when what says so is committed: in a job
 *
 * A body may run twice: it may then have made a key that nothing names. It sealed nothing that was kept, and does no harm.
 * XChaCha20-Poly1305 with a random nonce. What the disk itself remembers of an overwritten file is beyond a program: see docs/privacy.md.
 */
#pragma once
#include "base/context.h"

enum { SEAL_MORE = 24 + 16 };                                  /* bytes that a sealed text is longer than what was padded */

/* Where the keys lie: made with mode 0700 when the first one is. Once, before anything runs. */
void seal_folder_set(str folder);

enum status seal_key_make(struct ctx *c, str *name) must_use;  /* 32 hex digits */
/* Overwritten, synced, removed. OK when it is gone already. */
enum status seal_key_destroy(struct ctx *c, str name) must_use;

/* `about` must be the same when opening: what is sealed for one purpose opens for no other. `plain` may be at most `length` bytes. */
enum status seal_put(struct ctx *c, str key, str about, str plain, size_t length, str *sealed) must_use;
/* NOT_FOUND when the key is destroyed; BROKEN when this was not sealed under it. */
enum status seal_get(struct ctx *c, str key, str about, str sealed, str *plain) must_use;
/* A name for `what` that nobody can make or recognise without the key: 32 hex digits. NOT_FOUND when the key is destroyed. */
enum status seal_name(struct ctx *c, str key, str what, str *name) must_use;
