/* buffer.h - text that grows while it is written.
 *
 * A buffer owns its memory outside any arena, because pages and files outgrow one.
 * Zeroed, it is an empty buffer: struct buffer b = { 0 }; … buffer_done(&b).
 */
#pragma once
#include "text.h"

struct buffer { char *at; size_t len, room; };

void buffer_done(struct buffer *b);                        /* gives the memory back; empty again */
void buffer_clear(struct buffer *b);                       /* empty, memory kept */
void buffer_grow(struct buffer *b, size_t more);
void buffer_add_slow(struct buffer *b, const char *at, size_t len);
void buffer_add_int(struct buffer *b, int64_t n);
void buffer_add_real(struct buffer *b, double x);          /* the shortest text that reads back as x; nan and inf give nothing */
/* The same two into a place of the caller's; they answer how many bytes they wrote, and add no NUL of their own. */
enum { REAL_ROOM = 32 };
size_t int_put(char at[20], int64_t n);
size_t real_put(char at[REAL_ROOM], double x);
void buffer_add_format(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_remove_front(struct buffer *b, size_t bytes);

static inline str buffer_text(const struct buffer *b)
{
	return (str){ b->at ? b->at : "", b->len };
}

/* buffer_reserve: room for `more` bytes behind len. */
static inline void buffer_reserve(struct buffer *b, size_t more)
{
	if (b->room - b->len < more)
		buffer_grow(b, more);
}

static inline void buffer_add(struct buffer *b, str s)
{
	if (b->room - b->len < s.len || !s.len) {
		buffer_add_slow(b, s.at, s.len);
		return;
	}
	__builtin_memcpy(b->at + b->len, s.at, s.len);
	b->len += s.len;
}

static inline void buffer_add_char(struct buffer *b, char c)
{
	buffer_add(b, (str){ &c, 1 });
}
