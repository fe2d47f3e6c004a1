/* buffer.c - memory that doubles behind a text being written. */
#include "buffer.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_done(struct buffer *b)
{
	free(b->at);
	*b = (struct buffer){ 0 };
}

void buffer_clear(struct buffer *b)
{
	b->len = 0;
}

void buffer_reserve(struct buffer *b, size_t more)
{
	if (b->room - b->len >= more)
		return;
	size_t room = b->room ? b->room : 1024;
	while (room - b->len < more)
		if (__builtin_mul_overflow(room, 2, &room))
			abort();
	char *at = realloc(b->at, room);
	if (!at) {
		fprintf(stderr, "wijzer: out of memory (%zu bytes)\n", room);
		abort();
	}
	b->at = at;
	b->room = room;
}

void buffer_add_slow(struct buffer *b, const char *at, size_t len)
{
	if (!len)
		return;
	buffer_reserve(b, len);
	memcpy(b->at + b->len, at, len);
	b->len += len;
}

void buffer_add_int(struct buffer *b, int64_t n)
{
	char digits[20], *end = digits + sizeof digits, *p = end;
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	do
		*--p = (char)('0' + left % 10);
	while (left /= 10);
	if (n < 0)
		*--p = '-';
	buffer_add(b, (str){ p, (size_t)(end - p) });
}

void buffer_add_real(struct buffer *b, double x)
{
	char text[32];
	if (!isfinite(x))
		return;
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, x);
		if (strtod(text, NULL) == x)
			break;
	}
	buffer_add(b, str_of(text));
}

void buffer_add_format(struct buffer *b, const char *format, ...)
{
	va_list values, again;
	va_start(values, format);
	va_copy(again, values);
	int len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len > 0) {
		buffer_reserve(b, (size_t)len + 1);
		vsnprintf(b->at + b->len, (size_t)len + 1, format, values);
		b->len += (size_t)len;
	}
	va_end(values);
}

void buffer_remove_front(struct buffer *b, size_t bytes)
{
	if (bytes >= b->len) {
		b->len = 0;
		return;
	}
	memmove(b->at, b->at + bytes, b->len - bytes);
	b->len -= bytes;
}
