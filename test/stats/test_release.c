/* test_release.c - what several releases give away together, also where no two of them do. */
#include "near.h"
#include "seeded.h"
#include "stats/release.h"
#include <string.h>

enum { K = 5 };

static void two_that_differ_by_one_person(void **state)
{
	(void)state;
	/* Everybody (23), and all but the one who works part-time (22): the difference is that person's own answer. */
	const bool member[] = { true, true, true, false };
	const int64_t people[] = { 22, 1 };
	size_t few[K];
	assert_int_equal(release_check(member, people, 2, 2, K, few), RELEASE_GIVES_AWAY);
	assert_int_equal(few[0], 1);
	assert_true(few[1] == SIZE_MAX);
	const int64_t enough[] = { 18, 5 };
	assert_int_equal(release_check(member, enough, 2, 2, K, few), RELEASE_SAFE);
}

/* A+B, B+C, C+A: every pair differs by many, the three together give each of them: (A+B) + (C+A) - (B+C) = 2A. */
static void three_of_which_no_two_tell(void **state)
{
	(void)state;
	const bool member[] = { true, false, true, true, true, false, false, true, true };
	const int64_t people[] = { 3, 40, 40 };
	size_t few[K];
	for (size_t left = 0; left < 3; left++) {
		bool two[6];
		for (size_t i = 0; i < 3; i++)
			for (size_t g = 0, to = 0; g < 3; g++)
				if (g != left)
					two[i * 2 + to++] = member[i * 3 + g];
		enum release_result pair = release_check(two, people, 3, 2, K, few);
		assert_int_equal(pair, RELEASE_SAFE);
	}
	assert_int_equal(release_check(member, people, 3, 3, K, few), RELEASE_GIVES_AWAY);
	assert_int_equal(few[0], 0);
}

static void small_groups_together_count(void **state)
{
	(void)state;
	/* Two kinds of 2 and 2, released as one group of 4. */
	const bool member[] = { true, true, false };
	const int64_t people[] = { 2, 2, 30 };
	size_t few[K];
	assert_int_equal(release_check(member, people, 3, 1, K, few), RELEASE_GIVES_AWAY);
	const int64_t more[] = { 3, 2, 30 };
	assert_int_equal(release_check(member, more, 3, 1, K, few), RELEASE_SAFE);
}

/* Against trying every combination with coefficients -2 … 2, which can only find more than pairs do and never what is not there. */
static void whatever_small_combinations_find_is_found(void **state)
{
	(void)state;
	enum { KINDS = 6, GROUPS = 4 };
	uint64_t seed = 3;
	int given = 0;
	for (int round = 0; round < 2000; round++) {
		bool member[KINDS * GROUPS], brute = false;
		int64_t people[KINDS];
		for (size_t i = 0; i < KINDS * GROUPS; i++)
			member[i] = seeded_below(&seed, 2);
		for (size_t i = 0; i < KINDS; i++)
			people[i] = 1 + seeded_below(&seed, 9);
		for (int code = 0; code < 625 && !brute; code++) {
			int64_t sum = 0;
			bool whole = true;
			for (size_t i = 0; i < KINDS; i++) {
				int weight = 0;
				for (size_t g = 0, rest = (size_t)code; g < GROUPS; g++, rest /= 5)
					weight += member[i * GROUPS + g] ? (int)(rest % 5) - 2 : 0;
				whole = whole && (weight == 0 || weight == 1);
				sum += weight == 1 ? people[i] : 0;
			}
			brute = whole && sum > 0 && sum < K;
		}
		enum release_result got = release_check(member, people, KINDS, GROUPS, K, NULL);
		if (brute)
			assert_int_equal(got, RELEASE_GIVES_AWAY);
		given += got == RELEASE_GIVES_AWAY;
	}
	assert_true(given > 100 && given < 1900);
}

static void too_many_are_not_released(void **state)
{
	(void)state;
	assert_int_equal(release_check(NULL, NULL, 1, RELEASE_GROUPS_MOST + 1, K, NULL), RELEASE_TOO_MANY);
	assert_int_equal(release_check(NULL, NULL, RELEASE_KINDS_MOST + 1, 1, K, NULL), RELEASE_TOO_MANY);
	assert_int_equal(release_check(NULL, NULL, 0, 0, K, NULL), RELEASE_SAFE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_that_differ_by_one_person), cmocka_unit_test(three_of_which_no_two_tell), cmocka_unit_test(small_groups_together_count),
		cmocka_unit_test(whatever_small_combinations_find_is_found), cmocka_unit_test(too_many_are_not_released),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
