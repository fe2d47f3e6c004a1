/* test_suppress.c - the gate: an attacker with all released sums and linear algebra, and the price compared with every other choice. */
#include "near.h"
#include "seeded.h"
#include "stats/suppress.h"

enum { MOST = 14 };

/* Which persons' cells (those directly in a unit) a unit's sum is about. */
static bool is_under(const struct suppress_unit *u, size_t cell, size_t unit)
{
	while (cell != unit && u[cell].parent != SUPPRESS_TOP)
		cell = u[cell].parent;
	return cell == unit;
}

static int64_t direct(const struct suppress_unit *u, size_t count, size_t unit)
{
	int64_t people = u[unit].people;
	for (size_t i = 0; i < count; i++)
		people -= u[i].parent == unit ? u[i].people : 0;
	return people;
}

/* The rank of the released sums over the cells that are not in `group`, by exact elimination: the sums of a tree are totally
 * unimodular, so every pivot is 1 or -1 and whole numbers suffice. */
static size_t rank_without(const struct suppress_unit *u, size_t count, const enum suppress_state *state, unsigned group)
{
	int64_t a[MOST][MOST];
	size_t rows = 0, rank = 0;
	for (size_t i = 0; i < count; i++) {
		if (state[i] != SUPPRESS_SHOWN)
			continue;
		for (size_t j = 0; j < count; j++)
			a[rows][j] = is_under(u, j, i) && direct(u, count, j) > 0 && !(group >> j & 1);
		rows++;
	}
	for (size_t column = 0; column < count && rank < rows; column++) {
		size_t pivot = rank;
		while (pivot < rows && a[pivot][column] == 0)
			pivot++;
		if (pivot == rows)
			continue;
		for (size_t j = 0; j < count; j++) {
			int64_t swap = a[pivot][j];
			a[pivot][j] = a[rank][j];
			a[rank][j] = swap;
		}
		assert_true(a[rank][column] == 1 || a[rank][column] == -1);
		for (size_t i = rank + 1; i < rows; i++) {
			int64_t factor = a[i][column] * a[rank][column];
			for (size_t j = 0; j < count; j++)
				a[i][j] -= factor * a[rank][j];
		}
		rank++;
	}
	return rank;
}

/* The attacker: is there any combination of released sums, with any factors, that is about 1 to k - 1 people only? There is when
 * leaving those people's cells out makes the released sums dependent. Tries every group of cells with so few people. */
static bool attack_succeeds(const struct suppress_unit *u, size_t count, int64_t k, const enum suppress_state *state)
{
	int64_t people[MOST];
	size_t all = rank_without(u, count, state, 0);
	for (size_t i = 0; i < count; i++)
		people[i] = direct(u, count, i);
	for (unsigned group = 1; group < 1u << count; group++) {
		int64_t sum = 0;
		for (size_t i = 0; i < count && sum < k; i++)
			if (group >> i & 1)
				sum += people[i] > 0 ? people[i] : k;
		if (sum < k && rank_without(u, count, state, group) < all)
			return true;
	}
	return false;
}

/* The rule of suppress.h, counted in the plainest way. */
static bool is_safe(const struct suppress_unit *u, size_t count, int64_t k, const enum suppress_state *state)
{
	int64_t rest[MOST];
	for (size_t i = 0; i < count; i++) {
		if (state[i] == SUPPRESS_SHOWN && u[i].people < k)
			return false;
		rest[i] = u[i].people;
	}
	for (size_t i = 0; i < count; i++) {
		size_t above = u[i].parent;
		while (above != SUPPRESS_TOP && state[above] != SUPPRESS_SHOWN)
			above = u[above].parent;
		if (state[i] == SUPPRESS_SHOWN && above != SUPPRESS_TOP)
			rest[above] -= u[i].people;
	}
	for (size_t i = 0; i < count; i++)
		if (state[i] == SUPPRESS_SHOWN && rest[i] != 0 && rest[i] < k)
			return false;
	return true;
}

static size_t random_tree(uint64_t *seed, struct suppress_unit *u, size_t most)
{
	size_t count = 1 + (size_t)seeded_below(seed, (int64_t)most);
	for (size_t i = 0; i < count; i++) {
		bool top = i == 0 || seeded_unit(seed) < 0.03;
		u[i].parent = top ? SUPPRESS_TOP : (size_t)seeded_below(seed, (int64_t)i);
		u[i].people = seeded_unit(seed) < 0.3 ? 0 : seeded_below(seed, 12);
	}
	for (size_t i = count; i-- > 1;)
		if (u[i].parent != SUPPRESS_TOP)
			u[u[i].parent].people += u[i].people;
	return count;
}

static void no_attacker_gets_through(void **state)
{
	(void)state;
	uint64_t seed = 8;
	size_t naive_leaks = 0, hidden = 0;
	for (int trial = 0; trial < 1000; trial++) {
		struct suppress_unit u[MOST];
		enum suppress_state s[MOST];
		size_t count = random_tree(&seed, u, 12);
		int64_t k = 5 + seeded_below(&seed, 4);
		assert_int_equal(suppress_tree(u, count, k, s), SUPPRESS_OK);
		assert_true(is_safe(u, count, k, s));
		assert_false(attack_succeeds(u, count, k, s));
		for (size_t i = 0; i < count; i++) {
			assert_int_equal(s[i] == SUPPRESS_SMALL, u[i].people < k);
			if (u[i].parent == SUPPRESS_TOP && u[i].people >= k)
				assert_int_equal(s[i], SUPPRESS_SHOWN);
			hidden += s[i] == SUPPRESS_OTHER;
			if (s[i] == SUPPRESS_OTHER)
				s[i] = SUPPRESS_SHOWN;
		}
		bool leaks = attack_succeeds(u, count, k, s);          /* hiding the small ones only: the attack works */
		assert_int_equal(leaks, !is_safe(u, count, k, s));
		naive_leaks += leaks;
	}
	print_message("of 1000 trees %zu leak when only small units are hidden, none do; %zu further units hidden\n", naive_leaks, hidden);
	assert_true(naive_leaks > 100);
}

static int64_t price(const struct suppress_unit *u, size_t count, int64_t k, const enum suppress_state *s)
{
	int64_t sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += s[i] != SUPPRESS_SHOWN && u[i].people >= k ? u[i].people * 1000 + 1 : 0;
	return sum;
}

static void no_other_choice_hides_fewer(void **state)
{
	(void)state;
	uint64_t seed = 9;
	for (int trial = 0; trial < 400; trial++) {
		struct suppress_unit u[MOST];
		enum suppress_state chosen[MOST], other[MOST];
		size_t count = random_tree(&seed, u, 10);
		int64_t k = 5 + seeded_below(&seed, 3);
		assert_int_equal(suppress_tree(u, count, k, chosen), SUPPRESS_OK);
		int64_t best = INT64_MAX;
		for (unsigned pattern = 0; pattern < 1u << count; pattern++) {
			bool allowed = true;
			for (size_t i = 0; i < count; i++) {
				other[i] = pattern >> i & 1 ? SUPPRESS_OTHER : SUPPRESS_SHOWN;
				allowed &= other[i] == SUPPRESS_SHOWN || u[i].parent != SUPPRESS_TOP || u[i].people < k;
			}
			if (allowed && is_safe(u, count, k, other) && price(u, count, k, other) < best)
				best = price(u, count, k, other);
		}
		assert_int_equal(price(u, count, k, chosen), best);
	}
}

/* A tree of units whose minimal repair is to hide A1 beside A2. */
static void the_smallest_sibling_is_hidden(void **state)
{
	(void)state;
	enum { ROOT, A, B, A1, A2, B1, B2, B3, UNITS };
	const struct suppress_unit u[UNITS] = {
		[ROOT] = { SUPPRESS_TOP, 35 }, [A] = { ROOT, 15 }, [B] = { ROOT, 20 },
		[A1] = { A, 12 }, [A2] = { A, 3 }, [B1] = { B, 9 }, [B2] = { B, 6 }, [B3] = { B, 5 },
	};
	enum suppress_state s[UNITS];
	assert_int_equal(suppress_tree(u, UNITS, 5, s), SUPPRESS_OK);
	for (int i = 0; i < UNITS; i++)
		assert_int_equal(s[i], i == A1 ? SUPPRESS_OTHER : i == A2 ? SUPPRESS_SMALL : SUPPRESS_SHOWN);

	const struct suppress_unit flat[] = { { SUPPRESS_TOP, 43 }, { 0, 4 }, { 0, 20 }, { 0, 7 }, { 0, 7 }, { 0, 5 } };
	assert_int_equal(suppress_tree(flat, 6, 5, s), SUPPRESS_OK);
	assert_int_equal(s[1], SUPPRESS_SMALL);
	assert_int_equal(s[5], SUPPRESS_OTHER);
	for (int i = 2; i < 5; i++)
		assert_int_equal(s[i], SUPPRESS_SHOWN);
}

static void two_small_ones_cover_each_other(void **state)
{
	(void)state;
	const struct suppress_unit u[] = { { SUPPRESS_TOP, 25 }, { 0, 3 }, { 0, 2 }, { 0, 20 } };
	enum suppress_state s[4];
	assert_int_equal(suppress_tree(u, 4, 5, s), SUPPRESS_OK);
	assert_int_equal(s[3], SUPPRESS_SHOWN);
	assert_int_equal(suppress_tree(u, 4, 6, s), SUPPRESS_OK);      /* for k = 6 they do not */
	assert_int_equal(s[3], SUPPRESS_OTHER);
}

static void a_head_without_a_team_is_covered(void **state)
{
	(void)state;
	const struct suppress_unit u[] = { { SUPPRESS_TOP, 31 }, { 0, 10 }, { 0, 20 } };      /* one person is in no team */
	enum suppress_state s[3];
	assert_int_equal(suppress_tree(u, 3, 5, s), SUPPRESS_OK);
	assert_int_equal(s[0], SUPPRESS_SHOWN);
	assert_int_equal(s[1], SUPPRESS_OTHER);
	assert_int_equal(s[2], SUPPRESS_SHOWN);
}

static void hiding_a_department_hides_one_of_its_teams(void **state)
{
	(void)state;
	/* A (50 + 60) is the only cover for B (3); with both of its teams shown it would be no cover at all. */
	const struct suppress_unit u[] = { { SUPPRESS_TOP, 113 }, { 0, 110 }, { 0, 3 }, { 1, 50 }, { 1, 60 } };
	enum suppress_state s[5];
	assert_int_equal(suppress_tree(u, 5, 5, s), SUPPRESS_OK);
	assert_int_equal(s[0], SUPPRESS_SHOWN);
	assert_int_equal(s[1], SUPPRESS_OTHER);
	assert_int_equal(s[3], SUPPRESS_OTHER);
	assert_int_equal(s[4], SUPPRESS_SHOWN);
}

static void large_trees_are_quick(void **state)
{
	(void)state;
	enum { UNITS = 3000 };
	static struct suppress_unit u[UNITS];
	static enum suppress_state s[UNITS], again[UNITS];
	uint64_t seed = 10;
	for (size_t i = 0; i < UNITS; i++)
		u[i] = (struct suppress_unit){ i == 0 ? SUPPRESS_TOP : (i - 1) / 6, 0 };
	for (size_t i = UNITS; i-- > 0;) {
		u[i].people += seeded_below(&seed, 40);
		if (i > 0)
			u[u[i].parent].people += u[i].people;
	}
	assert_int_equal(suppress_tree(u, UNITS, 10, s), SUPPRESS_OK);
	assert_int_equal(suppress_tree(u, UNITS, 10, again), SUPPRESS_OK);
	assert_memory_equal(s, again, sizeof s);
}

static void what_is_no_tree_is_refused(void **state)
{
	(void)state;
	enum suppress_state s[3] = { SUPPRESS_OTHER, SUPPRESS_OTHER, SUPPRESS_OTHER };
	const struct suppress_unit twice[] = { { SUPPRESS_TOP, 20 }, { 0, 11 }, { 0, 10 } };
	const struct suppress_unit later[] = { { 1, 20 }, { SUPPRESS_TOP, 21 } };
	const struct suppress_unit self[] = { { 0, 20 } };
	const struct suppress_unit less[] = { { SUPPRESS_TOP, -1 } };
	assert_int_equal(suppress_tree(twice, 3, 5, s), SUPPRESS_NOT_A_TREE);
	assert_int_equal(suppress_tree(later, 2, 5, s), SUPPRESS_NOT_A_TREE);
	assert_int_equal(suppress_tree(self, 1, 5, s), SUPPRESS_NOT_A_TREE);
	assert_int_equal(suppress_tree(less, 1, 5, s), SUPPRESS_NOT_A_TREE);
	assert_int_equal(suppress_tree(twice, 1, 4, s), SUPPRESS_BAD_K);
	assert_int_equal(suppress_tree(twice, 1, 1001, s), SUPPRESS_BAD_K);
	assert_int_equal(suppress_tree(NULL, 0, 5, s), SUPPRESS_OK);
	for (int i = 0; i < 3; i++)
		assert_int_equal(s[i], SUPPRESS_OTHER);
}

static void with_and_without_differ_by_enough(void **state)
{
	(void)state;
	assert_true(suppress_difference_ok(23, 23, 5));
	assert_false(suppress_difference_ok(23, 22, 5));
	assert_false(suppress_difference_ok(22, 23, 5));
	assert_false(suppress_difference_ok(23, 19, 5));
	assert_true(suppress_difference_ok(23, 18, 5));
	assert_false(suppress_difference_ok(9, 4, 5));           /* what remains is too small itself */
	assert_true(suppress_difference_ok(9, 0, 5));
	assert_false(suppress_difference_ok(4, 4, 5));
	assert_false(suppress_difference_ok(-1, 8, 5));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_attacker_gets_through),
		cmocka_unit_test(no_other_choice_hides_fewer),
		cmocka_unit_test(the_smallest_sibling_is_hidden),
		cmocka_unit_test(two_small_ones_cover_each_other),
		cmocka_unit_test(a_head_without_a_team_is_covered),
		cmocka_unit_test(hiding_a_department_hides_one_of_its_teams),
		cmocka_unit_test(large_trees_are_quick),
		cmocka_unit_test(what_is_no_tree_is_refused),
		cmocka_unit_test(with_and_without_differ_by_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
