/* list.h - many of one struct, side by side, in an arena. */
#pragma once
#include <stddef.h>

struct arena;

/* Zeroed, it is an empty list. Adding may move its elements: keep places by number, not by pointer. */
typedef struct { void *at; size_t count, room; } list;

/* list_add: a new zeroed element of `size` bytes at the end. */
void *list_add_size(struct arena *a, list *l, size_t size);
#define list_add(a, l, type)  ((type *)list_add_size((a), (l), sizeof(type)))
#define list_of(l, type)      ((type *)(l).at)
#define list_item(l, type, i) (&((type *)(l).at)[i])
/* for (each(struct rating, r, ratings)) … */
#define each(type, name, l)   type *name = (l).at, *name##_end = (l).count ? name + (l).count : name; name < name##_end; name++

/* list_sort: stable; compare as qsort does. Takes scratch from the arena. */
void list_sort_size(struct arena *a, list *l, size_t size, int (*compare)(const void *, const void *));
#define list_sort(a, l, type, compare) list_sort_size((a), (l), sizeof(type), (compare))
/* list_sort_in_place: not stable, and without memory of its own: for many, with a comparison that knows no equals. */
void list_sort_in_place_size(list *l, size_t size, int (*compare)(const void *, const void *));
#define list_sort_in_place(l, type, compare) list_sort_in_place_size((l), sizeof(type), (compare))
