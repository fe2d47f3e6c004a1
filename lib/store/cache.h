/* cache.h - what is dear to work out and the same for many readers, kept until something is written.
 *
 *     CACHE(matrices, 16 << 20)
 *
 *     static enum status matrix_make(struct ctx *c, struct arena *keep, const void *of, const void **made) { … }
 *
 *     const struct matrix *m;
 *     TRY(cache_take(c, &matrices, key, matrix_make, &wish, (const void **)&m));
 *
 * A result belongs to the revision of the snapshot in which it was made (store_revision), so that a reader never gets one that is
 * older or newer than what their own queries say. It never changes; it lives in an arena of its own, and what was taken stays
 * good until the request's arena ends, also when the cache has dropped it since. The least recently taken goes first.
 */
#pragma once
#include "store.h"
#include <pthread.h>

enum { CACHE_ENTRIES = 64 };

struct cache_entry;
struct cache {
	pthread_mutex_t lock;
	size_t bytes_max, bytes;
	int64_t turn;                              /* counts takings, for "least recently" */
	int64_t made, found;                       /* how often it was worked out, and how often it was there */
	struct cache_entry *entries[CACHE_ENTRIES];
};

#define CACHE(name, bytes_max_) static struct cache name = { .lock = PTHREAD_MUTEX_INITIALIZER, .bytes_max = (bytes_max_) };

/* Works out a result: what *made points to stands in `keep`, scratch in c->arena. */
typedef enum status cache_make(struct ctx *c, struct arena *keep, const void *of, const void **made);

/* cache_take: the result for `key` (any bytes) as of this transaction. While writing nothing is kept, because nothing is sure yet.
 * Two threads that miss at once both work it out. */
enum status cache_take(struct ctx *c, struct cache *k, str key, cache_make *make, const void *of, const void **out) must_use;
