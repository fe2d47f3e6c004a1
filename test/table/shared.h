/* shared.h - what the tests of lib/table have in common: a context, and what was said in English. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "table/table.h"

static inline struct ctx context_new(void)
{
	return (struct ctx){ .arena = arena_new(), .language = EN };
}

/* The refusal, or else the first thing objected to. */
static inline const char *said(struct ctx *c)
{
	const struct said *s = c->said.word ? &c->said : c->problems.count ? &list_item(c->problems, struct problem, 0)->said : NULL;
	return s ? text_c(c->arena, said_text(c->arena, c->language, s)) : "";
}

static inline void assert_str(str s, const char *expected)
{
	if (s.len != strlen(expected) || (s.len && memcmp(s.at, expected, s.len)))
		fail_msg("\"%.*s\" instead of \"%s\"", S_ARG(s), expected);
}

static inline void assert_said(struct ctx *c, const char *part)
{
	if (!strstr(said(c), part))
		fail_msg("said \"%s\", which lacks \"%s\"", said(c), part);
}
