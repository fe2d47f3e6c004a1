/* address.c - how many connections each address has, in a table that never grows. */
#include "inside.h"
#include <stdlib.h>
#include <string.h>

struct slot { struct in6_addr from; int count; };

struct addresses {
	pthread_mutex_t lock;
	int limit;
	size_t mask;
	uint64_t seed;
	struct slot slots[];
};

/* Twice as many slots as there can be connections, so that a search always ends. */
struct addresses *addresses_new(int limit, int connections)
{
	size_t size = 64;
	while (size < (size_t)connections * 2)
		size *= 2;
	struct addresses *a = calloc(1, sizeof *a + size * sizeof a->slots[0]);
	if (!a)
		abort();
	pthread_mutex_init(&a->lock, NULL);
	a->limit = limit;
	a->mask = size - 1;
	a->seed = (uint64_t)(uintptr_t)a * 0x9E3779B97F4A7C15u;
	return a;
}

void addresses_free(struct addresses *a)
{
	if (!a)
		return;
	pthread_mutex_destroy(&a->lock);
	free(a);
}

/* One household or office gets an IPv6 /64, so that is what counts as an address. */
static bool key_of(const struct in6_addr *from, struct in6_addr *key)
{
	*key = *from;
	if (IN6_IS_ADDR_V4MAPPED(from))
		return from->s6_addr[12] != 127;
	memset(&key->s6_addr[8], 0, 8);
	return !IN6_IS_ADDR_LOOPBACK(from);
}

static size_t place_of(const struct addresses *a, const struct in6_addr *key)
{
	uint64_t high, low;
	memcpy(&high, key->s6_addr, 8);
	memcpy(&low, key->s6_addr + 8, 8);
	uint64_t h = (high ^ a->seed) * 0x9E3779B97F4A7C15u;
	h = (h ^ h >> 32 ^ low) * 0xD6E8FEB86659FD93u;
	return (size_t)(h ^ h >> 32) & a->mask;
}

static struct slot *slot_of(struct addresses *a, const struct in6_addr *key)
{
	size_t i = place_of(a, key);
	while (a->slots[i].count && memcmp(&a->slots[i].from, key, sizeof *key))
		i = (i + 1) & a->mask;
	return &a->slots[i];
}

/* Closes the gap an emptied slot would leave in the search for those behind it. */
static void slot_empty(struct addresses *a, struct slot *s)
{
	size_t gap = (size_t)(s - a->slots);
	a->slots[gap].count = 0;
	for (size_t i = (gap + 1) & a->mask; a->slots[i].count; i = (i + 1) & a->mask) {
		size_t home = place_of(a, &a->slots[i].from);
		if (((i - home) & a->mask) >= ((i - gap) & a->mask)) {
			a->slots[gap] = a->slots[i];
			a->slots[i].count = 0;
			gap = i;
		}
	}
}

bool address_enter(struct addresses *a, const struct in6_addr *from)
{
	struct in6_addr key;
	if (!key_of(from, &key))
		return true;
	pthread_mutex_lock(&a->lock);
	struct slot *s = slot_of(a, &key);
	bool may = s->count < a->limit;
	if (may) {
		s->from = key;
		s->count++;
	}
	pthread_mutex_unlock(&a->lock);
	return may;
}

void address_leave(struct addresses *a, const struct in6_addr *from)
{
	struct in6_addr key;
	if (!key_of(from, &key))
		return;
	pthread_mutex_lock(&a->lock);
	struct slot *s = slot_of(a, &key);
	if (s->count && --s->count == 0)
		slot_empty(a, s);
	pthread_mutex_unlock(&a->lock);
}
