/* arena.h - memory that lives until its request ends.
 *
 * One arena belongs to one thread at a time. What is taken from it is never given
 * back piece by piece: arena_free (or arena_reset) ends everything at once.
 * Memory comes zeroed. Running out of memory ends the program: every input has a
 * limit, so that this is a fault of the machine and not of a request.
 */
#pragma once
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);                      /* NULL is fine */
void arena_reset(struct arena *a);                     /* empty again, the first block kept */
void *arena_take(struct arena *a, size_t size);        /* zeroed, aligned to 16 */
void *arena_copy(struct arena *a, const void *from, size_t size);
size_t arena_size(const struct arena *a);              /* bytes held from the system */

/* Calls done(of) when the arena is freed or emptied, the last said first: for what was borrowed and must be given back. */
void arena_when_done(struct arena *a, void (*done)(void *of), void *of);

#define arena_new_of(a, type)         ((type *)arena_take((a), sizeof(type)))
#define arena_array_of(a, type, n)    ((type *)arena_take((a), sizeof(type) * (n)))
