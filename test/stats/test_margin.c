/* test_margin.c - two groupings side by side: an attacker who tries every difference, and every combination of sums. */
#include "near.h"
#include "seeded.h"
#include "stats/margin.h"
#include <string.h>

enum { ROWS = 5, COLUMNS = 5 };

/* The plainest attacker: any rows less any shown columns, or the other way round, wherever that leaves nobody negative. */
static bool attack_succeeds(const int64_t *count, size_t rows, size_t columns, int64_t k, const enum suppress_state *state)
{
	for (unsigned u = 0; u < 1u << rows; u++)
		for (unsigned taken = 0; taken < 1u << columns; taken++)
			for (int sign = -1; sign <= 1; sign += 2) {
				int64_t left = 0;
				bool possible = true;
				for (size_t c = 0; c < columns; c++)
					possible &= !(taken >> c & 1) || state[c] == SUPPRESS_SHOWN;
				for (size_t i = 0; i < rows * columns && possible; i++) {
					int weight = sign * ((int)(u >> i / columns & 1) - (int)(taken >> i % columns & 1));
					possible &= weight >= 0 || !count[i];
					left += weight > 0 ? count[i] : 0;
				}
				if (possible && left > 0 && left < k)
					return true;
			}
	return false;
}

/* Small whole weights on rows and shown columns: where every sum is 0 or 1, a group of people stands alone. */
static bool weights_succeed(const int64_t *count, size_t rows, size_t columns, int64_t k, const enum suppress_state *state, uint64_t *seed)
{
	for (int trial = 0; trial < 2000; trial++) {
		int64_t f[ROWS], g[COLUMNS], left = 0;
		bool possible = true;
		for (size_t r = 0; r < rows; r++)
			f[r] = seeded_below(seed, 5) - 2;
		for (size_t c = 0; c < columns; c++)
			g[c] = state[c] == SUPPRESS_SHOWN ? seeded_below(seed, 5) - 2 : 0;
		for (size_t i = 0; i < rows * columns; i++) {
			int64_t w = f[i / columns] + g[i % columns];
			possible &= !count[i] || w == 0 || w == 1;
			left += w == 1 ? count[i] : 0;
		}
		if (possible && left > 0 && left < k)
			return true;
	}
	return false;
}

static void no_difference_gives_a_small_group(void **state)
{
	(void)state;
	uint64_t seed = 11;
	size_t leaks = 0, shown = 0, hidden = 0;
	for (int trial = 0; trial < 600; trial++) {
		size_t rows = 1 + (size_t)seeded_below(&seed, ROWS), columns = 1 + (size_t)seeded_below(&seed, COLUMNS);
		int64_t count[ROWS * COLUMNS], k = 5 + seeded_below(&seed, 3);
		for (size_t r = 0; r < rows; r++) {
			int64_t sum = 0;
			for (size_t c = 0; c < columns; c++)
				sum += count[r * columns + c] = seeded_unit(&seed) < .55 ? 0 : seeded_below(&seed, 9);
			if (sum && sum < k)
				count[r * columns] += k - sum;
		}
		enum suppress_state s[COLUMNS], naive[COLUMNS];
		assert_int_equal(suppress_margin(count, rows, columns, k, s), SUPPRESS_OK);
		assert_false(attack_succeeds(count, rows, columns, k, s));
		assert_false(weights_succeed(count, rows, columns, k, s, &seed));
		memcpy(naive, s, sizeof s);
		for (size_t c = 0; c < columns; c++) {
			shown += s[c] == SUPPRESS_SHOWN;
			hidden += s[c] == SUPPRESS_OTHER;
			if (s[c] == SUPPRESS_OTHER)
				naive[c] = SUPPRESS_SHOWN;
		}
		leaks += attack_succeeds(count, rows, columns, k, naive);
	}
	print_message("of 600 tables %zu leak when only small columns are hidden, none do; %zu columns shown, %zu hidden beside\n", leaks, shown, hidden);
	assert_true(leaks > 50 && shown > 100);
}

static void a_column_within_a_row_goes(void **state)
{
	(void)state;
	/* Ten in the first row, of whom eight have the first column's role and nobody else has: showing it shows the other two. */
	const int64_t count[] = { 8, 2, 0, 20 };
	enum suppress_state s[2];
	assert_int_equal(suppress_margin(count, 2, 2, 5, s), SUPPRESS_OK);
	assert_int_equal(s[0], SUPPRESS_OTHER);
	assert_int_equal(suppress_margin(count, 2, 2, 4, s), SUPPRESS_BAD_K);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(no_difference_gives_a_small_group), cmocka_unit_test(a_column_within_a_row_goes) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
