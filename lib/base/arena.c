/* arena.c - blocks that double, handed out from front to back. */
#include "arena.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#endif
#endif
#ifndef ASAN_POISON_MEMORY_REGION
#define ASAN_POISON_MEMORY_REGION(at, size)   ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

enum { FIRST_BLOCK = 8 * 1024, LARGEST_STEP = 1024 * 1024, ALIGN = 16 };

struct block { struct block *next; size_t size, used; _Alignas(ALIGN) char at[]; };
struct later { struct later *next; void (*done)(void *of); void *of; };
struct arena { struct block *first, *last; size_t held; struct later *later; };

static void *memory(size_t size)
{
	void *at = malloc(size);
	if (!at) {
		fprintf(stderr, "wijzer: out of memory (%zu bytes)\n", size);
		abort();
	}
	return at;
}

static struct block *block_new(struct arena *a, size_t size)
{
	struct block *b = memory(sizeof *b + size);
	*b = (struct block){ .size = size };
	ASAN_POISON_MEMORY_REGION(b->at, size);
	a->held += size;
	return b;
}

static void block_free(struct block *b)
{
	ASAN_UNPOISON_MEMORY_REGION(b->at, b->size);
	free(b);
}

struct arena *arena_new(void)
{
	struct arena *a = memory(sizeof *a);
	*a = (struct arena){ 0 };
	a->first = a->last = block_new(a, FIRST_BLOCK);
	return a;
}

static void free_from(struct arena *a, struct block *b)
{
	while (b) {
		struct block *next = b->next;
		a->held -= b->size;
		block_free(b);
		b = next;
	}
}

void arena_when_done(struct arena *a, void (*done)(void *of), void *of)
{
	struct later *l = arena_new_of(a, struct later);
	*l = (struct later){ a->later, done, of };
	a->later = l;
}

/* Before any memory goes: what is called may still read what it was given. */
static void give_back(struct arena *a)
{
	for (struct later *l = a->later; l; l = l->next)
		l->done(l->of);
	a->later = NULL;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	give_back(a);
	free_from(a, a->first);
	free(a);
}

void arena_reset(struct arena *a)
{
	give_back(a);
	free_from(a, a->first->next);
	a->first->next = NULL;
	ASAN_POISON_MEMORY_REGION(a->first->at, a->first->size);
	a->first->used = 0;
	a->last = a->first;
}

void *arena_take(struct arena *a, size_t size)
{
	size_t need = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (need < size)
		abort();
	struct block *b = a->last;
	if (b->size - b->used < need) {
		size_t step = b->size < LARGEST_STEP ? b->size * 2 : LARGEST_STEP;
		b = block_new(a, need > step ? need : step);
		a->last->next = b;
		a->last = b;
	}
	void *at = b->at + b->used;
	b->used += need;
	ASAN_UNPOISON_MEMORY_REGION(at, size);
	return memset(at, 0, size);
}

void *arena_copy(struct arena *a, const void *from, size_t size)
{
	void *at = arena_take(a, size);
	if (size)
		memcpy(at, from, size);
	return at;
}

size_t arena_size(const struct arena *a)
{
	return a->held;
}
