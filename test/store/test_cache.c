/* test_cache.c - what is kept is right for its snapshot, bounded, and good as long as its reader needs it. */
#include "fresh.h"
#include "sample.h"
#include "sample.sql.h"
#include "store/cache.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct schema *const schemas[] = { &sample_schema, NULL };
#include "engines.h"

enum { MOST = 100 * 1024, LARGE = 30 * 1024 };

static enum status boxes_make(struct ctx *c, struct arena *keep, const void *of, const void **made)
{
	struct count *n = arena_take(keep, of ? LARGE : sizeof *n);
	*made = n;
	return store_one(c, box_count, NOTHING, n);
}

struct taking { struct cache *cache; str key; bool large; const struct count *got; };

static enum status take(struct ctx *c, void *of)
{
	struct taking *t = of;
	return cache_take(c, t->cache, t->key, boxes_make, t->large ? t : NULL, (const void **)&t->got);
}

static enum status add(struct ctx *c, void *of)
{
	struct box b = { .code = *(const str *)of, .size = NAN, .price = { 100 }, .weight = 1 };
	struct by_id id;
	return store_one(c, box_add, &b, &id);
}

static void box_is_added(struct fresh *f, const char *code)
{
	str s = str_of(code);
	assert_int_equal(store_write_now(f->store, &f->c, add, &s), OK);
}

static int64_t counted(struct fresh *f, struct cache *k, const char *key)
{
	struct taking t = { k, str_of(key), false, NULL };
	assert_int_equal(store_read(f->store, 0, &f->c, take, &t), OK);
	return t.got->count;
}

static enum status take_twice(struct ctx *c, void *of)
{
	struct taking *t = of;
	TRY(take(c, t));
	const void *first = t->got;
	TRY(take(c, t));
	assert_ptr_equal(t->got, first);
	return OK;
}

static void one_snapshot_has_one_result(void **state)
{
	struct fresh *f = *state;
	CACHE(k, MOST)
	k.made = k.found = 0;
	box_is_added(f, "a");
	struct taking t = { &k, S("one"), false, NULL };
	assert_int_equal(store_read(f->store, 0, &f->c, take_twice, &t), OK);
	assert_int_equal(k.made, 1);
	assert_int_equal(k.found, 1);
	box_is_added(f, "b");
	assert_int_equal(counted(f, &k, "one"), 2);
}

/* Counted on SQLite alone: on PostgreSQL whatever else goes on in the server may end a revision. */
static void it_is_made_once_per_revision_and_key(void **state)
{
	struct fresh *f = *state;
	CACHE(k, MOST)
	k.made = k.found = 0;
	box_is_added(f, "a");
	assert_int_equal(counted(f, &k, "one"), 1);
	assert_int_equal(counted(f, &k, "one"), 1);
	assert_int_equal(k.made, 1);
	assert_int_equal(k.found, 1);
	assert_int_equal(counted(f, &k, "two"), 1);
	assert_int_equal(k.made, 2);
	box_is_added(f, "b");
	assert_int_equal(counted(f, &k, "one"), 2);
	assert_int_equal(k.made, 3);
}

static void what_was_taken_stays_good(void **state)
{
	struct fresh *f = *state;
	CACHE(k, MOST)
	box_is_added(f, "a");
	struct taking t = { &k, S("one"), false, NULL };
	assert_int_equal(store_read(f->store, 0, &f->c, take, &t), OK);
	box_is_added(f, "b");
	assert_int_equal(counted(f, &k, "one"), 2);                /* the older one is gone from the cache */
	assert_int_equal(t.got->count, 1);                         /* and still here */
	arena_reset(f->c.arena);
}

static void it_is_bounded(void **state)
{
	struct fresh *f = *state;
	CACHE(k, MOST)
	char keys[20][12];
	for (int i = 0; i < 20; i++) {
		snprintf(keys[i], sizeof keys[i], "%d", i);
		struct taking t = { &k, str_of(keys[i]), true, NULL };
		assert_int_equal(store_read(f->store, 0, &f->c, take, &t), OK);
		assert_true(k.bytes <= MOST);
	}
	k.made = 0;
	counted(f, &k, "19");
	assert_int_equal(k.made, 0);
	counted(f, &k, "0");
	assert_int_equal(k.made, 1);
}

static void writing_keeps_nothing(void **state)
{
	struct fresh *f = *state;
	CACHE(k, MOST)
	k.made = 0;
	struct taking t = { &k, S("one"), false, NULL };
	assert_int_equal(store_write_now(f->store, &f->c, take, &t), OK);
	assert_int_equal(t.got->count, 0);
	assert_int_equal(k.made, 0);
}

#define ON_BOTH(X) \
	X(one_snapshot_has_one_result) X(what_was_taken_stays_good) X(writing_keeps_nothing)
#define ON_SQLITE_ONLY(X) X(it_is_made_once_per_revision_and_key) X(it_is_bounded)

int main(void)
{
	RUN_ON_BOTH(ON_BOTH, ON_SQLITE_ONLY, NO_TESTS);
}
