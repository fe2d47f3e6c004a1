/* near.h - cmocka, and an assertion that two numbers differ by at most so much. */
#pragma once
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static inline void near_at(double got, double expected, double tolerance, const char *text, const char *file, int line)
{
	if (!(fabs(got - expected) <= tolerance)) {
		print_error("%s is %.17g, not %.17g (difference %.2g, allowed %.2g)\n", text, got, expected, got - expected, tolerance);
		_fail(file, line);
	}
}
#define assert_near(got, expected, tolerance) near_at(got, expected, tolerance, #got, __FILE__, __LINE__)
