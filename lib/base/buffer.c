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

void buffer_grow(struct buffer *b, size_t more)
{
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

/* Digits in pairs halve the divisions. */
static const char pairs[] =
	"00010203040506070809" "10111213141516171819" "20212223242526272829" "30313233343536373839" "40414243444546474849"
	"50515253545556575859" "60616263646566676869" "70717273747576777879" "80818283848586878889" "90919293949596979899";

size_t int_put(char at[20], int64_t n)
{
	char digits[20], *end = digits + sizeof digits, *p = end;
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	for (; left >= 100; left /= 100)
		memcpy(p -= 2, pairs + left % 100 * 2, 2);
	if (left >= 10)
		memcpy(p -= 2, pairs + left * 2, 2);
	else
		*--p = (char)('0' + left);
	if (n < 0)
		*--p = '-';
	memcpy(at, p, (size_t)(end - p));
	return (size_t)(end - p);
}

void buffer_add_int(struct buffer *b, int64_t n)
{
	buffer_reserve(b, 20);
	b->len += int_put(b->at + b->len, n);
}

/* Most numbers people keep are decimals of at most fifteen digits. x is m / 10^k of such a decimal when dividing, which
 * rounds as reading does since both sides are exact below 2^53, gives x back; the least k gives the shortest text. */
static bool decimal_of(double x, int64_t *m, int *k)
{
	static const double tens[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	for (*k = 0; *k < 16 && fabs(x * tens[*k]) < 1e15; ++*k) {
		double scaled = x * tens[*k];
		*m = (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
		if ((double)*m / tens[*k] == x)
			return true;
	}
	return false;
}

static size_t decimal_put(char *at, int64_t m, int k)
{
	char digits[24], *end = digits + sizeof digits, *p = end;
	uint64_t left = m < 0 ? (uint64_t)-m : (uint64_t)m;
	for (int i = 0; left || i <= k; i++) {
		if (i && i == k)
			*--p = '.';
		*--p = (char)('0' + left % 10);
		left /= 10;
	}
	if (m < 0)
		*--p = '-';
	memcpy(at, p, (size_t)(end - p));
	return (size_t)(end - p);
}

size_t real_put(char at[REAL_ROOM], double x)
{
	int64_t m;
	int k;
	if (!isfinite(x))
		return 0;
	if (decimal_of(x, &m, &k))
		return decimal_put(at, m, k);
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(at, REAL_ROOM, "%.*g", digits, x);
		if (strtod(at, NULL) == x)
			break;
	}
	return strlen(at);
}

void buffer_add_real(struct buffer *b, double x)
{
	buffer_reserve(b, REAL_ROOM);
	b->len += real_put(b->at + b->len, x);
}

void buffer_add_format(struct buffer *b, const char *format, ...)
{
	enum { GUESS = 128 };
	va_list values, again;
	va_start(values, format);
	va_copy(again, values);
	buffer_reserve(b, GUESS);
	int len = vsnprintf(b->at + b->len, b->room - b->len, format, again);
	va_end(again);
	if (len > 0 && (size_t)len >= b->room - b->len) {
		buffer_reserve(b, (size_t)len + 1);
		vsnprintf(b->at + b->len, (size_t)len + 1, format, values);
	}
	b->len += len > 0 ? (size_t)len : 0;
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
