/* base_test.h - what every test of lib/base begins with. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "base/arena.h"
#include "base/text.h"

static int start(void **state)
{
	*state = arena_new();
	return 0;
}

static int end(void **state)
{
	arena_free(*state);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

#define assert_text(s, text) do { \
	str s_ = (s); \
	if (!str_eq(s_, str_of(text))) \
		fail_msg("got \"%.*s\", expected \"%s\"", S_ARG(s_), (text)); \
} while (0)

static inline uint64_t next(uint64_t *seed)                     /* xorshift64*, so that every run is the same */
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return *seed * UINT64_C(2685821657736338717);
}
