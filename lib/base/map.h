/* map.h - from a text or a number to a number, in an arena. */
#pragma once
#include "text.h"

/* Zeroed, it is an empty map. Keys are borrowed: they must live as long as the map. */
struct map { struct map_slot *slots; size_t count, room; };
struct map_slot { str key; int64_t number, value; bool used; };

/* map_put: true if the key is new; else the old value stays and *value (if given) is set to it. */
bool map_put(struct arena *a, struct map *m, str key, int64_t value, int64_t *old);
bool map_find(const struct map *m, str key, int64_t *value);
bool map_put_number(struct arena *a, struct map *m, int64_t key, int64_t value, int64_t *old);
bool map_find_number(const struct map *m, int64_t key, int64_t *value);
