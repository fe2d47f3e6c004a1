/* test_cohort.c - the cohort model against R's figures, and against ten thousand played years. */
#include "near.h"
#include "seeded.h"
#include "stats/cohort.h"
#include "vectors.h"

static struct cohort read_cohort(const json_t *v)
{
	struct cohort c = { .states = json_array_size(json_object_get(v, "P")) };
	for (size_t i = 0; i < c.states; i++) {
		c.hires[i] = vectors_item(json_object_get(v, "hires_per_period"), i);
		for (size_t j = 0; j < c.states; j++)
			c.move[i][j] = vectors_item(json_array_get(json_object_get(v, "P"), i), j);
	}
	return c;
}

static void reference_is_met(void **state)
{
	(void)state;
	json_t *v = vectors_read("forecast/markov.json"), *moments = json_object_get(v, "moments"), *path = json_object_get(v, "trajectory");
	struct cohort c = read_cohort(v);
	assert_true(cohort_holds(&c));
	struct cohort_moment m = { 0 };
	for (size_t i = 0; i < c.states; i++)
		m.mean[i] = vectors_item(json_object_get(v, "n0"), i);
	assert_int_equal(json_array_size(moments), 12);
	for (size_t t = 0; t < 12; t++) {
		const json_t *expected = json_array_get(moments, t);
		double mean, variance;
		cohort_step(&c, &m);
		for (size_t i = 0; i < 3; i++) {
			assert_near(m.mean[i], vectors_item(json_object_get(expected, "mean"), i), 1e-10);
			assert_near(sqrt(m.covariance[i][i]), vectors_item(json_object_get(expected, "sd"), i), 1e-10);
		}
		assert_near(m.mean[3], vectors_item(json_array_get(path, t + 1), 3), 1e-10);
		cohort_sum(&m, 0, 2, &mean, &variance);
		assert_near(variance, vectors_number(expected, "var_total"), 1e-10);
	}
	double steady[COHORT_STATES_MOST], stay[COHORT_STATES_MOST];
	assert_true(cohort_steady(&c, steady) && cohort_stay(&c, stay));
	for (size_t i = 0; i < 3; i++) {
		assert_near(steady[i], vectors_item(json_object_get(v, "steady_state"), i), 1e-10);
		assert_near(stay[i], vectors_item(json_object_get(v, "expected_periods_until_exit"), i), 1e-10);
	}
	json_decref(v);
}

static void a_quarter_is_half_of_a_half(void **state)
{
	(void)state;
	json_t *v = vectors_read("forecast/markov.json"), *expected = json_object_get(v, "quarterly_from_annual");
	struct cohort year = read_cohort(v), half, quarter;
	double below;
	assert_true(cohort_half(&year, false, &half, &below) && cohort_half(&half, false, &quarter, &below));
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < 4; j++)
			assert_near(quarter.move[i][j], vectors_item(json_array_get(expected, i), j), 1e-10);
	assert_near(quarter.hires[0], year.hires[0] / 4, 0);
	assert_true(below < -1e-3);
	assert_false(cohort_holds(&quarter));
	/* Made into chances again, nothing is below 0 and rows still sum to 1. */
	assert_true(cohort_half(&half, true, &quarter, &below));
	assert_true(below < 0 && cohort_holds(&quarter));
	json_decref(v);
}

static int64_t poisson(uint64_t *seed, double mean)
{
	int64_t n = 0;
	for (double left = exp(-mean), p = seeded_unit(seed); p > left; p *= seeded_unit(seed))
		n++;
	return n;
}

/* A second way to the covariances: play three periods, person by person. */
static void played_years_scatter_as_it_says(void **state)
{
	(void)state;
	json_t *v = vectors_read("forecast/markov.json");
	struct cohort c = read_cohort(v);
	struct cohort_moment m = { .mean = { 40, 60, 30, 0 } };
	enum { PLAYED = 10000 };
	double sum[3] = { 0 }, product[3][3] = { 0 };
	uint64_t seed = 8;
	for (int game = 0; game < PLAYED; game++) {
		int64_t n[4] = { 40, 60, 30, 0 };
		for (int t = 0; t < 3; t++) {
			int64_t next[4] = { 0 };
			for (size_t i = 0; i < 4; i++) {
				next[i] += poisson(&seed, c.hires[i]);
				for (int64_t p = 0; p < n[i]; p++) {
					double at = seeded_unit(&seed);
					size_t to = 0;
					while (to < 3 && at >= c.move[i][to])
						at -= c.move[i][to++];
					next[to]++;
				}
			}
			for (size_t i = 0; i < 4; i++)
				n[i] = next[i];
		}
		for (size_t i = 0; i < 3; i++) {
			sum[i] += (double)n[i];
			for (size_t j = 0; j < 3; j++)
				product[i][j] += (double)n[i] * (double)n[j];
		}
	}
	for (int t = 0; t < 3; t++)
		cohort_step(&c, &m);
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < 3; j++) {
			double played = product[i][j] / PLAYED - sum[i] / PLAYED * sum[j] / PLAYED;
			assert_near(sum[i] / PLAYED, m.mean[i], 0.3);
			assert_near(played, m.covariance[i][j], 1.2);
		}
	json_decref(v);
}

static void what_is_no_model_is_told(void **state)
{
	(void)state;
	struct cohort c = { .states = 2, .move = { { 0.9, 0.1 }, { 0, 1 } } }, back = { .states = 2, .move = { { 0.9, 0.1 }, { 0.1, 0.9 } } };
	struct cohort stays = { .states = 2, .move = { { 1, 0 }, { 0, 1 } } };
	double out[COHORT_STATES_MOST], row[2];
	assert_true(cohort_holds(&c));
	assert_false(cohort_holds(&back));
	c.move[0][1] = 0.2;
	assert_false(cohort_holds(&c));
	assert_false(cohort_stay(&stays, out));
	cohort_row((const double[]){ 8, 2 }, (const double[]){ 0.5, 0.5 }, 10, 2, row);
	assert_near(row[0], 0.65, 1e-15);
	cohort_row((const double[]){ 0, 0 }, (const double[]){ 0.3, 0.7 }, 0, 2, row);
	assert_near(row[1], 0.7, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_is_met), cmocka_unit_test(a_quarter_is_half_of_a_half), cmocka_unit_test(played_years_scatter_as_it_says),
		cmocka_unit_test(what_is_no_model_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
