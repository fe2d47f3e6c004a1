/* map.c - open addressing with a keyed hash, so that no input can choose its collisions. */
#include "map.h"
#include "arena.h"
#include <string.h>
#include <sys/random.h>

static uint64_t hash_seed(void)
{
	static uint64_t seed;
	uint64_t s = __atomic_load_n(&seed, __ATOMIC_RELAXED);
	if (!s) {
		uint64_t fresh;
		if (getrandom(&fresh, sizeof fresh, 0) != sizeof fresh)
			fresh = (uintptr_t)&fresh;
		fresh |= 1;
		uint64_t none = 0;
		s = __atomic_compare_exchange_n(&seed, &none, fresh, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED) ? fresh : none;
	}
	return s;
}

static uint64_t mix(uint64_t x)                                /* splitmix64's finaliser */
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static uint64_t hash(str key, int64_t number)
{
	uint64_t h = mix(hash_seed() ^ (uint64_t)number ^ (key.len << 1));
	size_t i = 0;
	for (uint64_t word; i + 8 <= key.len; i += 8) {
		memcpy(&word, key.at + i, 8);
		h = mix(h ^ word);
	}
	uint64_t rest = 0;
	if (i < key.len)
		memcpy(&rest, key.at + i, key.len - i);
	return mix(h ^ rest);
}

static struct map_slot *slot_of(const struct map *m, str key, int64_t number)
{
	for (size_t i = hash(key, number) & (m->room - 1);; i = (i + 1) & (m->room - 1)) {
		struct map_slot *s = &m->slots[i];
		if (!s->used || (s->number == number && str_eq(s->key, key)))
			return s;
	}
}

static void grow(struct arena *a, struct map *m)
{
	struct map wider = { .room = m->room ? m->room * 2 : 16, .count = m->count };
	wider.slots = arena_array_of(a, struct map_slot, wider.room);
	for (size_t i = 0; i < m->room; i++)
		if (m->slots[i].used)
			*slot_of(&wider, m->slots[i].key, m->slots[i].number) = m->slots[i];
	*m = wider;
}

static bool put(struct arena *a, struct map *m, str key, int64_t number, int64_t value, int64_t *old)
{
	if ((m->count + 1) * 4 > m->room * 3)
		grow(a, m);
	struct map_slot *s = slot_of(m, key, number);
	if (s->used) {
		if (old)
			*old = s->value;
		return false;
	}
	*s = (struct map_slot){ key, number, value, true };
	m->count++;
	return true;
}

static bool find(const struct map *m, str key, int64_t number, int64_t *value)
{
	const struct map_slot *s = m->room ? slot_of(m, key, number) : NULL;
	if (!s || !s->used)
		return false;
	*value = s->value;
	return true;
}

bool map_put(struct arena *a, struct map *m, str key, int64_t value, int64_t *old)
{
	return put(a, m, key, 0, value, old);
}

bool map_find(const struct map *m, str key, int64_t *value)
{
	return find(m, key, 0, value);
}

bool map_put_number(struct arena *a, struct map *m, int64_t key, int64_t value, int64_t *old)
{
	return put(a, m, (str){ 0 }, key, value, old);
}

bool map_find_number(const struct map *m, int64_t key, int64_t *value)
{
	return find(m, (str){ 0 }, key, value);
}
