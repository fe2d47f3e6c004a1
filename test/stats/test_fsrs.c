/* test_fsrs.c - recall, intervals and memories against the reference figures, and weights that cannot be. */
#include "near.h"
#include "stats/fsrs.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *vectors_open(const char *name)
{
	char path[512], line[512];
	snprintf(path, sizeof path, "%s/fsrs/%s", VECTORS, name);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof line, f));        /* the head */
	return f;
}

static struct fsrs_weights with_decay(double w20)
{
	struct fsrs_weights w = fsrs_default;
	w.w[20] = w20;
	return w;
}

/* 1e-12 of the value itself where that is above 1. */
#define assert_close(got, expected) assert_near((got) / fmax(1, fabs(expected)), (expected) / fmax(1, fabs(expected)), 1e-12)

static void recall_is_the_reference(void **state)
{
	(void)state;
	FILE *f = vectors_open("fsrs6_curve.csv");
	double decay, s, t, rounded, r;
	int seen = 0;
	while (fscanf(f, "%lf,%lf,%lf,%lf,%lf\n", &decay, &s, &t, &rounded, &r) == 5) {
		struct fsrs_weights w = with_decay(decay);
		assert_close(fsrs_recall(&w, t, s), r);
		assert_near(fsrs_recall(&w, t, s), rounded, 1.1e-8);
		seen++;
	}
	fclose(f);
	assert_int_equal(seen, 224);
}

static void intervals_are_the_reference(void **state)
{
	(void)state;
	FILE *f = vectors_open("fsrs6_interval.csv");
	double retention, s, rounded, interval, modifier;
	int seen = 0;
	while (fscanf(f, "%lf,%lf,%lf,%lf,%lf\n", &retention, &s, &rounded, &interval, &modifier) == 5) {
		assert_close(fsrs_interval(&fsrs_default, retention, s), interval);
		seen++;
	}
	fclose(f);
	assert_int_equal(seen, 49);
}

static void memories_are_the_reference(void **state)
{
	(void)state;
	FILE *f = vectors_open("fsrs6_sequences.csv");
	int seq, step, rating, seen = 0;
	double days, s, d, s8, d8, s32, d32, i32;
	struct fsrs_memory m = { 0 };
	while (fscanf(f, "%d,%d,%d,%lf,%lf,%lf,%lf,%lf,%lf,%lf,%lf\n", &seq, &step, &rating, &days, &s, &d, &s8, &d8, &s32, &d32, &i32) == 11) {
		m = step ? fsrs_next(&fsrs_default, m, (enum fsrs_rating)rating, days) : fsrs_first(&fsrs_default, (enum fsrs_rating)rating);
		assert_close(m.stability, s);
		assert_close(m.difficulty, d);
		assert_near(m.stability / s8, 1, 1e-4);
		assert_near(m.stability / s32, 1, 1e-5);
		seen++;
	}
	fclose(f);
	assert_int_equal(seen, 758);
}

static void the_worked_example_holds(void **state)
{
	(void)state;
	struct fsrs_memory m = fsrs_first(&fsrs_default, 1);
	const double days[] = { 0, 1, 3, 8, 21 };
	for (int i = 0; i < 5; i++)
		m = fsrs_next(&fsrs_default, m, FSRS_GOOD, days[i]);
	assert_near(m.stability, 53.626903, 1e-6);
	assert_near(m.difficulty, 6.3574871, 1e-7);
}

static void at_its_stability_nine_of_ten_are_recalled(void **state)
{
	(void)state;
	for (double w20 = .1; w20 < .81; w20 += .1) {
		struct fsrs_weights w = with_decay(w20);
		assert_near(fsrs_recall(&w, 17, 17), .9, 1e-14);
		assert_near(fsrs_interval(&w, .9, 17), 17, 1e-12);
	}
	assert_near(fsrs_recall(&fsrs_default, -3, 1), 1, 0);
	assert_true(fsrs_recall(&fsrs_default, 1e9, .001) >= 0);
}

static void it_stays_within_its_bounds(void **state)
{
	(void)state;
	struct fsrs_memory m = fsrs_first(&fsrs_default, FSRS_EASY);
	for (int i = 0; i < 100; i++)
		m = fsrs_next(&fsrs_default, m, FSRS_EASY, m.stability * 3);
	assert_near(m.stability, 36500, 0);
	assert_near(m.difficulty, 1, 0);
	for (int i = 0; i < 100; i++)
		m = fsrs_next(&fsrs_default, m, FSRS_AGAIN, 400);
	assert_true(m.stability >= .001 && m.difficulty <= 10 && m.difficulty > 9);
}

static void weights_that_cannot_be_are_named(void **state)
{
	(void)state;
	int wrong = -1;
	assert_true(fsrs_weights_valid(&fsrs_default, &wrong));
	assert_true(fsrs_weights_valid(&fsrs_least, NULL) && fsrs_weights_valid(&fsrs_most, NULL));
	for (int i = 0; i < FSRS_WEIGHTS; i++) {
		const double bad[] = { NAN, INFINITY, -INFINITY, -1, 1e6 };
		for (int b = 0; b < 5; b++) {
			struct fsrs_weights w = fsrs_default;
			w.w[i] = bad[b];
			assert_false(fsrs_weights_valid(&w, &wrong));
			assert_int_equal(wrong, i);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recall_is_the_reference),
		cmocka_unit_test(intervals_are_the_reference),
		cmocka_unit_test(memories_are_the_reference),
		cmocka_unit_test(the_worked_example_holds),
		cmocka_unit_test(at_its_stability_nine_of_ten_are_recalled),
		cmocka_unit_test(it_stays_within_its_bounds),
		cmocka_unit_test(weights_that_cannot_be_are_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
