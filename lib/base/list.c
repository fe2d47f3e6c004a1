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

static void swap(char *a, char *b, size_t size)
{
	char kept[256];
	for (size_t done = 0; done < size; done += sizeof kept) {
		size_t n = size - done < sizeof kept ? size - done : sizeof kept;
		memcpy(kept, a + done, n);
		memcpy(a + done, b + done, n);
		memcpy(b + done, kept, n);
	}
}

static void sink_down(char *at, size_t i, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	for (size_t child; (child = 2 * i + 1) < count; i = child) {
		if (child + 1 < count && compare(at + child * size, at + (child + 1) * size) < 0)
			child++;
		if (compare(at + i * size, at + child * size) >= 0)
			return;
		swap(at + i * size, at + child * size, size);
	}
}

static void heap_sort(char *at, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	for (size_t i = count / 2; i-- > 0;)
		sink_down(at, i, count, size, compare);
	for (size_t end = count; end-- > 1;) {
		swap(at, at + end * size, size);
		sink_down(at, 0, end, size, compare);
	}
}

/* Quicksort around the middle one of three; where that goes badly, by a heap, so that no order of a file makes it slow. */
static void sort_part(char *at, size_t count, size_t size, int (*compare)(const void *, const void *), int depth)
{
	enum { FEW = 12 };
	while (count > FEW) {
		if (!depth--) {
			heap_sort(at, count, size, compare);
			return;
		}
		char *middle = at + count / 2 * size, *last = at + (count - 1) * size;
		if (compare(middle, at) < 0)
			swap(middle, at, size);
		if (compare(last, middle) < 0) {
			swap(last, middle, size);
			if (compare(middle, at) < 0)
				swap(middle, at, size);
		}
		swap(at, middle, size);                        /* the one all are compared with stands in front */
		size_t i = 1, j = count - 1;
		for (;;) {
			while (i <= j && compare(at + i * size, at) < 0)
				i++;
			while (compare(at + j * size, at) > 0)
				j--;
			if (i >= j)
				break;
			swap(at + i++ * size, at + j-- * size, size);
		}
		swap(at, at + j * size, size);
		char *behind = at + (j + 1) * size;
		size_t after = count - j - 1;
		if (j < after) {                               /* the smaller part by a call, the larger by going on */
			sort_part(at, j, size, compare, depth);
			at = behind;
			count = after;
		} else {
			sort_part(behind, after, size, compare, depth);
			count = j;
		}
	}
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j > 0 && compare(at + (j - 1) * size, at + j * size) > 0; j--)
			swap(at + (j - 1) * size, at + j * size, size);
}

void list_sort_in_place_size(list *l, size_t size, int (*compare)(const void *, const void *))
{
	int depth = 2;
	for (size_t n = l->count; n > 1; n /= 2)
		depth += 2;
	if (l->count > 1)
		sort_part(l->at, l->count, size, compare, depth);
}
