/* list.c - growing and sorting lists. */
#include "list.h"
#include "arena.h"
#include <stdbool.h>
#include <string.h>

void *list_add_size(struct arena *a, list *l, size_t size)
{
	if (l->count == l->room) {
		size_t room = l->room ? l->room * 2 : 8;
		char *at = arena_take(a, room * size);
		if (l->count)
			memcpy(at, l->at, l->count * size);
		l->at = at;
		l->room = room;
	}
	return (char *)l->at + l->count++ * size;
}

/* Merge sort from the bottom up: qsort promises no stability. */
void list_sort_size(struct arena *a, list *l, size_t size, int (*compare)(const void *, const void *))
{
	if (l->count < 2)
		return;
	char *from = l->at, *to = arena_take(a, l->count * size);
	for (size_t width = 1; width < l->count; width *= 2) {
		for (size_t low = 0; low < l->count; low += 2 * width) {
			size_t i = low, middle = low + width < l->count ? low + width : l->count;
			size_t j = middle, high = middle + width < l->count ? middle + width : l->count;
			for (size_t k = low; k < high; k++) {
				bool left = i < middle && (j >= high || compare(from + i * size, from + j * size) <= 0);
				memcpy(to + k * size, from + (left ? i++ : j++) * size, size);
			}
		}
		char *swap = from;
		from = to;
		to = swap;
	}
	if (from != l->at)
		memcpy(l->at, from, l->count * size);
}
