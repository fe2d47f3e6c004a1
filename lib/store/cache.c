/* cache.c - entries in a small table, each pinned by the requests that read it. */
#include "cache.h"
#include "engine.h"
#include <stdlib.h>
#include <string.h>

/* One pin is the cache's own. */
struct cache_entry {
	struct arena *arena;                       /* holds the result, the key and this entry */
	str key;
	int64_t store, revision, turn;
	const void *made;
	atomic_int pins;
};

static void unpin(void *of)
{
	struct cache_entry *e = of;
	if (atomic_fetch_sub(&e->pins, 1) == 1)
		arena_free(e->arena);
}

static void entry_drop(struct cache *k, size_t i)
{
	k->bytes -= arena_size(k->entries[i]->arena);
	unpin(k->entries[i]);
	k->entries[i] = NULL;
}

static bool is_it(const struct cache_entry *e, int64_t store, int64_t revision, str key)
{
	return e && e->store == store && e->revision == revision && str_eq(e->key, key);
}

static struct cache_entry *pinned_find(struct cache *k, int64_t store, int64_t revision, str key)
{
	struct cache_entry *found = NULL;
	pthread_mutex_lock(&k->lock);
	for (size_t i = 0; i < CACHE_ENTRIES && !found; i++)
		if (is_it(k->entries[i], store, revision, key)) {
			found = k->entries[i];
			found->turn = ++k->turn;
			atomic_fetch_add(&found->pins, 1);
			k->found++;
		}
	pthread_mutex_unlock(&k->lock);
	return found;
}

/* A place for one more: nobody will ask again for what belongs to another revision of the same store, then the least recent goes. */
static size_t room_make(struct cache *k, const struct cache_entry *e)
{
	size_t need = arena_size(e->arena), place = CACHE_ENTRIES;
	for (size_t i = 0; i < CACHE_ENTRIES; i++) {
		struct cache_entry *old = k->entries[i];
		if (old && old->store == e->store && (old->revision != e->revision || str_eq(old->key, e->key)))
			entry_drop(k, i);
	}
	for (;;) {
		size_t oldest = CACHE_ENTRIES;
		place = CACHE_ENTRIES;
		for (size_t i = 0; i < CACHE_ENTRIES; i++) {
			if (!k->entries[i])
				place = i;
			else if (oldest == CACHE_ENTRIES || k->entries[i]->turn < k->entries[oldest]->turn)
				oldest = i;
		}
		if (place < CACHE_ENTRIES && k->bytes + need <= k->bytes_max)
			return place;
		if (oldest == CACHE_ENTRIES)
			return CACHE_ENTRIES;          /* larger than all of it: not kept */
		entry_drop(k, oldest);
	}
}

static void entry_keep(struct cache *k, struct cache_entry *e)
{
	pthread_mutex_lock(&k->lock);
	size_t place = room_make(k, e);
	if (place < CACHE_ENTRIES) {
		atomic_fetch_add(&e->pins, 1);
		e->turn = ++k->turn;
		k->entries[place] = e;
		k->bytes += arena_size(e->arena);
	}
	k->made++;
	pthread_mutex_unlock(&k->lock);
}

enum status cache_take(struct ctx *c, struct cache *k, str key, cache_make *make, const void *of, const void **out)
{
	if (c->db->mode == WRITING)
		return make(c, c->arena, of, out);
	int64_t store = c->db->store->number, revision = store_revision(c);
	struct cache_entry *e = pinned_find(k, store, revision, key);
	if (!e) {
		struct arena *keep = arena_new();
		e = arena_new_of(keep, struct cache_entry);
		*e = (struct cache_entry){ .arena = keep, .key = text_copy(keep, key), .store = store, .revision = revision, .pins = 1 };
		enum status status = make(c, keep, of, &e->made);
		if (status != OK) {
			arena_free(keep);
			return status;
		}
		entry_keep(k, e);
	}
	arena_when_done(c->arena, unpin, e);
	*out = e->made;
	return OK;
}
