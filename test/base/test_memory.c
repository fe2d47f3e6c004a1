/* test_memory.c - arena, list and map. */
#include "base_test.h"
#include "base/list.h"
#include "base/map.h"

static void arena_gives_zeroed_aligned_memory(void **state)
{
	struct arena *a = *state;
	uint64_t seed = 1;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 2000; i++) {
			size_t size = next(&seed) % (i % 100 ? 200 : 50000);
			unsigned char *at = arena_take(a, size);
			assert_int_equal((uintptr_t)at % 16, 0);
			for (size_t n = 0; n < size; n++)
				if (at[n])
					fail_msg("byte %zu of %zu is not zero", n, size);
			memset(at, 0xAB, size);
		}
		size_t held = arena_size(a);
		arena_reset(a);
		assert_true(arena_size(a) < held);
	}
	assert_memory_equal(arena_copy(a, "abc", 4), "abc", 4);
	assert_non_null(arena_copy(a, NULL, 0));
	arena_free(NULL);
}

struct pair { int key, order; };

static int by_key(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	return (x->key > y->key) - (x->key < y->key);
}

static void sorting_keeps_the_order_of_equals(void **state)
{
	uint64_t seed = 2;
	for (int count = 0; count < 300; count += 1 + count / 10) {
		list l = { 0 };
		for (int i = 0; i < count; i++)
			*list_add(*state, &l, struct pair) = (struct pair){ (int)(next(&seed) % 7), i };
		list_sort(*state, &l, struct pair, by_key);
		assert_int_equal(l.count, count);
		for (int i = 1; i < count; i++) {
			const struct pair *before = list_item(l, struct pair, i - 1), *after = before + 1;
			assert_true(before->key < after->key || (before->key == after->key && before->order < after->order));
		}
	}
}

static void each_walks_every_element(void **state)
{
	list l = { 0 };
	int sum = 0;
	for (each(int, n, l))
		sum += *n;
	assert_int_equal(sum, 0);
	for (int i = 1; i <= 100; i++)
		*list_add(*state, &l, int) = i;
	for (each(int, n, l))
		sum += *n;
	assert_int_equal(sum, 5050);
}

static void a_map_holds_a_hundred_thousand(void **state)
{
	enum { KEYS = 100000 };
	struct map texts = { 0 }, numbers = { 0 };
	int64_t value = 0;
	assert_false(map_find(&texts, S("k1"), &value));
	for (int64_t i = 0; i < KEYS; i++) {
		assert_true(map_put(*state, &texts, text_format(*state, "k%lld", (long long)i), i, NULL));
		assert_true(map_put_number(*state, &numbers, i * 1024 - KEYS, i, &value));
	}
	assert_int_equal(texts.count, KEYS);
	for (int64_t i = 0; i < KEYS; i++) {
		assert_true(map_find(&texts, text_format(*state, "k%lld", (long long)i), &value) && value == i);
		assert_true(map_find_number(&numbers, i * 1024 - KEYS, &value) && value == i);
		value = -1;
		assert_false(map_find(&texts, text_format(*state, "K%lld", (long long)i), &value));
		assert_false(map_find_number(&numbers, i * 1024 - KEYS + 1, &value));
		assert_int_equal(value, -1);
	}
	assert_false(map_put(*state, &texts, S("k7"), 70, &value));
	assert_int_equal(value, 7);
	assert_true(map_find(&texts, S("k7"), &value) && value == 7);
	assert_true(map_put(*state, &texts, S(""), 1, NULL));
	assert_false(map_put(*state, &texts, (str){ 0 }, 2, NULL));    /* no text and an empty one are the same key */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(arena_gives_zeroed_aligned_memory), TEST(sorting_keeps_the_order_of_equals), TEST(each_walks_every_element),
		TEST(a_map_holds_a_hundred_thousand),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
