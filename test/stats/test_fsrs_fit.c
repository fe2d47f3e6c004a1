/* test_fsrs_fit.c - fitted weights forecast at least as well as the reference optimiser's, soon enough, and refuse what is no log. */
#include "near.h"
#include "seeded.h"
#include "stats/fsrs_fit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "vectors.h"

struct log { struct fsrs_answer *at; size_t count; };

static struct log log_read(void)
{
	char path[512], line[256];
	snprintf(path, sizeof path, "%s/fsrs/sim_revlog_2000.csv", VECTORS);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof line, f));
	struct log l = { calloc(20000, sizeof *l.at), 0 };
	int card, day, rating, days, before = -1;
	while (fscanf(f, "%d,%d,%d,%d\n", &card, &day, &rating, &days) == 4) {
		l.at[l.count++] = (struct fsrs_answer){ .days = (int16_t)days, .rating = (uint8_t)rating, .first = card != before };
		before = card;
	}
	fclose(f);
	assert_int_equal(l.count, 14760);
	return l;
}

static double processor_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void it_forecasts_as_well_as_the_reference(void **state)
{
	(void)state;
	struct log l = log_read();
	json_t *v = vectors_read("fsrs/fit_2000.json");
	struct fsrs_judged before = fsrs_judge(&fsrs_default, l.at, l.count, false);
	assert_int_equal(before.forecasts, 11034);
	assert_near(before.log_loss, vectors_number(v, "unweighted_logloss_default"), 5e-6);
	struct fsrs_weights w;
	double began = processor_ms();
	assert_int_equal(fsrs_fit(l.at, l.count, &w), FSRS_FITTED);
	double took = processor_ms() - began;
	struct fsrs_judged after = fsrs_judge(&w, l.at, l.count, false);
	print_message("log loss %.5f, with the shipped weights %.5f, the reference's %.5f; %.1f ms\n", after.log_loss, before.log_loss,
		vectors_number(v, "unweighted_logloss_reference"), took);
	assert_true(after.log_loss <= vectors_number(v, "unweighted_logloss_reference") + .0002);
	assert_true(after.rmse < before.rmse);
	assert_true(fsrs_weights_valid(&w, NULL));
	struct fsrs_weights again;
	assert_int_equal(fsrs_fit(l.at, l.count, &again), FSRS_FITTED);
	assert_memory_equal(&w, &again, sizeof w);
	json_decref(v);
	free(l.at);
}

/* What the slopes carried along a card say is what a small change of a weight does to the loss: fitting goes downhill from anywhere. */
static void it_goes_downhill_from_anywhere(void **state)
{
	(void)state;
	struct log l = log_read();
	struct fsrs_weights w;
	assert_int_equal(fsrs_fit(l.at, l.count, &w), FSRS_FITTED);
	double best = fsrs_judge(&w, l.at, l.count, false).log_loss;
	for (int i = 0; i < FSRS_WEIGHTS; i++)
		for (int sign = -1; sign <= 1; sign += 2) {
			struct fsrs_weights other = w;
			other.w[i] *= 1 + sign * .1;
			if (fsrs_weights_valid(&other, NULL))
				assert_true(fsrs_judge(&other, l.at, l.count, false).log_loss > best - 2e-4);
		}
	free(l.at);
}

static void what_was_held_out_teaches_nothing(void **state)
{
	(void)state;
	struct log l = log_read();
	struct fsrs_weights all, part, turned;
	for (size_t i = 0; i < l.count; i++)
		l.at[i].held = i > l.count * 3 / 4;
	assert_int_equal(fsrs_fit(l.at, l.count, &part), FSRS_FITTED);
	for (size_t i = 0; i < l.count; i++)
		if (l.at[i].held)
			l.at[i].rating = (uint8_t)(5 - l.at[i].rating);
	assert_int_equal(fsrs_fit(l.at, l.count, &turned), FSRS_FITTED);
	assert_memory_equal(&part, &turned, sizeof part);
	for (size_t i = 0; i < l.count; i++)
		l.at[i].held = false;
	assert_int_equal(fsrs_fit(l.at, l.count, &all), FSRS_FITTED);
	assert_memory_not_equal(&part, &all, sizeof part);
	free(l.at);
}

static void what_is_no_log_is_refused(void **state)
{
	(void)state;
	struct fsrs_weights w = { { 7 } };
	struct fsrs_answer bad[3] = { { .rating = 3, .first = true }, { .rating = 0, .days = 3 }, { .rating = 3, .days = 3 } };
	assert_int_equal(fsrs_fit(bad, 3, &w), FSRS_BAD_LOG);
	bad[1].rating = 5;
	assert_int_equal(fsrs_fit(bad, 3, &w), FSRS_BAD_LOG);
	bad[1].rating = 3;
	bad[1].days = -1;
	assert_int_equal(fsrs_fit(bad, 3, &w), FSRS_BAD_LOG);
	bad[1].days = 1;
	bad[0].first = false;
	assert_int_equal(fsrs_fit(bad, 3, &w), FSRS_BAD_LOG);
	bad[0].first = true;
	assert_int_equal(fsrs_fit(bad, 3, &w), FSRS_TOO_FEW);
	assert_int_equal(fsrs_fit(bad, 0, &w), FSRS_TOO_FEW);
	assert_near(w.w[0], 7, 0);
	assert_true(isnan(fsrs_judge(&fsrs_default, bad, 0, false).log_loss));
}

/* Whoever always forgets, or never, at once or after ten years. */
static void extreme_logs_give_weights_that_can_be(void **state)
{
	(void)state;
	enum { CARDS = 400, ANSWERS = 5 };
	struct fsrs_answer *log = calloc(CARDS * ANSWERS, sizeof *log);
	for (int kind = 0; kind < 4; kind++) {
		for (int i = 0; i < CARDS * ANSWERS; i++)
			log[i] = (struct fsrs_answer){ .first = i % ANSWERS == 0, .rating = kind & 1 ? 4 : 1, .days = kind & 2 ? 3650 : 1 };
		struct fsrs_weights w;
		assert_int_equal(fsrs_fit(log, CARDS * ANSWERS, &w), FSRS_FITTED);
		assert_true(fsrs_weights_valid(&w, NULL));
		assert_true(fsrs_judge(&w, log, CARDS * ANSWERS, false).log_loss < fsrs_judge(&fsrs_default, log, CARDS * ANSWERS, false).log_loss);
	}
	free(log);
}

/* A log of this many cards, by people who remember as the weights say. */
static struct log log_make(size_t cards, uint64_t seed)
{
	struct log l = { malloc(cards * 8 * sizeof *l.at), 0 };
	for (size_t i = 0; i < cards; i++) {
		struct fsrs_memory m = { 0 };
		int answers = 4 + (int)seeded_below(&seed, 5);
		for (int k = 0; k < answers && k < 8; k++) {
			double days = k ? fmin(fmax(1, round(m.stability * (.5 + seeded_unit(&seed)))), 3000) : 0;
			int rating = k && seeded_unit(&seed) > fsrs_recall(&fsrs_default, days, m.stability) ? 1 : 2 + (int)seeded_below(&seed, 3);
			m = k ? fsrs_next(&fsrs_default, m, (enum fsrs_rating)rating, days) : fsrs_first(&fsrs_default, (enum fsrs_rating)rating);
			l.at[l.count++] = (struct fsrs_answer){ .days = (int16_t)days, .rating = (uint8_t)rating, .first = !k };
		}
	}
	return l;
}

static void its_cost_is_linear(void **state)
{
	(void)state;
	double each[2];
	const size_t cards[2] = { 2000, 20000 };
	for (int i = 0; i < 2; i++) {
		struct log l = log_make(cards[i], 5);
		struct fsrs_weights w;
		double began = processor_ms();
		assert_int_equal(fsrs_fit(l.at, l.count, &w), FSRS_FITTED);
		double took = processor_ms() - began;
		each[i] = took / (double)l.count;
		print_message("%zu cards, %zu answers: %.1f ms\n", cards[i], l.count, took);
		free(l.at);
	}
	assert_true(each[1] < 3 * each[0]);
	assert_true(sizeof(struct fsrs_answer) == 4);
}

static void the_simplest_rival(void **state)
{
	(void)state;
	struct moving_average m = moving_average_start();
	assert_near(moving_average_next(&m, true), 1 / (1 + exp(-1.2)), 1e-15);
	assert_near(m.x, 1.2 + .3 * (1 - 1 / (1 + exp(-1.2))), 1e-15);
	for (int i = 0; i < 1000; i++)
		moving_average_next(&m, i % 10 != 0);
	assert_near(1 / (1 + exp(-m.x)), .9, .05);
	assert_near(forecast_loss(.5, true), log(2), 1e-15);
	assert_true(isfinite(forecast_loss(0, true)) && isfinite(forecast_loss(1, false)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_forecasts_as_well_as_the_reference),
		cmocka_unit_test(it_goes_downhill_from_anywhere),
		cmocka_unit_test(what_was_held_out_teaches_nothing),
		cmocka_unit_test(what_is_no_log_is_refused),
		cmocka_unit_test(extreme_logs_give_weights_that_can_be),
		cmocka_unit_test(its_cost_is_linear),
		cmocka_unit_test(the_simplest_rival),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
