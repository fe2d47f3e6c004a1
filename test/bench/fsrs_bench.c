/* fsrs_bench.c - what fitting costs: 10,000 cards with some 54,000 forecasts, and a million answers; processor time, and the most memory there ever was. */
#include "stats/fsrs_fit.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double processor_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double memory_mb(void)
{
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return (double)u.ru_maxrss / 1024;
}

static uint64_t state = 7;
static double unit(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (double)(state >> 11) / 9007199254740992.0;
}

/* People who forget a third faster than the weights that ship say. */
static size_t log_make(struct fsrs_answer *at, size_t cards, int answers)
{
	size_t n = 0;
	for (size_t i = 0; i < cards; i++) {
		struct fsrs_memory m = { 0 };
		for (int k = 0; k < answers; k++) {
			double days = k ? fmin(fmax(1, round(m.stability * (.5 + unit()))), 3000) : 0;
			int rating = k && unit() > fsrs_recall(&fsrs_default, days, m.stability * .66) ? FSRS_AGAIN : unit() < .15 ? FSRS_HARD : unit() < .1 ? FSRS_EASY : FSRS_GOOD;
			m = k ? fsrs_next(&fsrs_default, m, (enum fsrs_rating)rating, days) : fsrs_first(&fsrs_default, (enum fsrs_rating)rating);
			at[n++] = (struct fsrs_answer){ .days = (int16_t)days, .rating = (uint8_t)rating, .first = !k };
		}
	}
	return n;
}

int main(void)
{
	static const struct { size_t cards; int answers; } sizes[] = { { 2000, 6 }, { 10000, 6 }, { 9000, 7 }, { 170000, 6 } };
	struct fsrs_answer *at = malloc(1100000 * sizeof *at);
	if (!at)
		return 1;
	memset(at, 0, 1100000 * sizeof *at);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct fsrs_weights w;
		size_t n = log_make(at, sizes[i].cards, sizes[i].answers);
		double before = memory_mb(), began = processor_ms();
		enum fsrs_fitted fitted = fsrs_fit(at, n, &w);
		double took = processor_ms() - began;
		struct fsrs_judged ours = fsrs_judge(&w, at, n, false), shipped = fsrs_judge(&fsrs_default, at, n, false);
		printf("%7zu cards, %8zu answers, %7lld forecasts: %7.1f ms of the processor, %.1f MB more than the log's %.1f; log loss %.4f, with the weights that ship %.4f%s\n", sizes[i].cards, n,
			(long long)ours.forecasts, took, memory_mb() - before, (double)(n * sizeof *at) / 1048576, ours.log_loss, shipped.log_loss, fitted == FSRS_FITTED ? "" : " (not fitted)");
	}
	free(at);
	return 0;
}
