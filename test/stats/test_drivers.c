/* test_drivers.c - R2 divided over items: R's relaimpo on two data sets, by its correlations; the bootstrap on made answers. */
#include "near.h"
#include "seeded.h"
#include "stats/drivers.h"
#include "vectors.h"
#include <string.h>

static void reference_is_met(void **state)
{
	(void)state;
	json_t *v = vectors_read("drivers/drivers.json"), *one;
	const char *name;
	int sets = 0;
	json_object_foreach(v, name, one) {
		json_t *rows = json_object_get(one, "cor");
		size_t side = json_array_size(rows), items = side - 1;
		if (side == 0)
			continue;
		double r[36], share[5], r2;
		for (size_t i = 0; i < side * side; i++)
			r[i] = vectors_item(json_array_get(rows, i / side), i % side);
		assert_int_equal(drivers_of_correlation(r, items, share, &r2), DRIVERS_OK);
		assert_near(r2, vectors_number(one, "r2"), 1e-9);
		for (size_t i = 0; i < items; i++)
			assert_near(share[i], vectors_item(json_object_get(one, "lmg"), i), 1e-9);
		sets++;
	}
	assert_int_equal(sets, 2);
	json_decref(v);
}

enum { TEAMS = 30, SIZE = 20, ITEMS = 4, PEOPLE = TEAMS * SIZE };

static void make(double *answer, size_t *team)
{
	uint64_t seed = 11;
	for (size_t p = 0; p < PEOPLE; p++) {
		double *row = answer + p * (ITEMS + 1);
		team[p] = p / SIZE;
		for (size_t i = 1; i <= ITEMS; i++)
			row[i] = 1000 + seeded_normal(&seed);
		row[0] = 2 * row[1] + row[2] + 2 * seeded_normal(&seed);
	}
}

static void strong_items_stand_out_and_the_interval_holds_them(void **state)
{
	(void)state;
	static double answer[PEOPLE * (ITEMS + 1)];
	static size_t team[PEOPLE];
	double share[ITEMS], again[ITEMS], r2, sum = 0;
	struct interval interval[ITEMS], same[ITEMS];
	make(answer, team);
	assert_int_equal(drivers_of(answer, team, PEOPLE, TEAMS, ITEMS, 0.95, 400, 1, share, interval, &r2), DRIVERS_OK);
	assert_int_equal(drivers_of(answer, team, PEOPLE, TEAMS, ITEMS, 0.95, 400, 1, again, same, &r2), DRIVERS_OK);
	assert_memory_equal(interval, same, sizeof interval);
	for (size_t i = 0; i < ITEMS; i++) {
		assert_true(interval[i].low <= share[i] && share[i] <= interval[i].high);
		sum += share[i];
	}
	assert_near(sum, r2, 1e-12);
	/* In truth 4/9 and 1/9 of the variance. */
	assert_near(share[0], 4.0 / 9, 0.08);
	assert_near(share[1], 1.0 / 9, 0.04);
	assert_true(interval[0].low > interval[1].high && interval[1].low > share[2] && interval[1].low > share[3]);
}

static void what_cannot_be_divided_is_refused(void **state)
{
	(void)state;
	static double answer[PEOPLE * (ITEMS + 1)];
	static size_t team[PEOPLE];
	double share[DRIVERS_MOST] = { 7 }, r2;
	struct interval interval[DRIVERS_MOST];
	make(answer, team);
	assert_int_equal(drivers_of(answer, team, 39, TEAMS, ITEMS, 0.95, 0, 1, share, NULL, &r2), DRIVERS_TOO_FEW);
	assert_int_equal(drivers_of(answer, team, 80, TEAMS, ITEMS, 0.95, 10, 1, share, interval, &r2), DRIVERS_TOO_FEW);
	assert_int_equal(drivers_of(answer, team, PEOPLE, TEAMS, DRIVERS_BOOTSTRAP_MOST + 1, 0.95, 10, 1, share, interval, &r2), DRIVERS_TOO_MANY);
	for (size_t p = 0; p < PEOPLE; p++)
		answer[p * (ITEMS + 1) + 3] = answer[p * (ITEMS + 1) + 2];
	assert_int_equal(drivers_of(answer, team, PEOPLE, TEAMS, ITEMS, 0.95, 0, 1, share, NULL, &r2), DRIVERS_NO_VARIATION);
	assert_near(share[0], 7, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_is_met), cmocka_unit_test(strong_items_stand_out_and_the_interval_holds_them), cmocka_unit_test(what_cannot_be_divided_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
