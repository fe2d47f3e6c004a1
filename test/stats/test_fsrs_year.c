/* test_fsrs_year.c - 200 people practise for a year with a memory that is known: the schedule reaches the retention asked for, and weights fitted on the way forecast better than those that ship. */
#include "near.h"
#include "seeded.h"
#include "stats/fsrs_fit.h"
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 200, CARDS = 40, DAYS = 365, CAP = 12, FRESH = 3, FIT_FROM = 60, FIT_EVERY = 30, ANSWERS = 60, TRIES = 3 };
#define ASKED .9

/* How these people really remember: they keep a first answer longer, forget along a steeper curve, and gain less by each time. Nobody but the test knows. */
static struct fsrs_weights truth(void)
{
	struct fsrs_weights w = fsrs_default;
	w.w[0] = .9;
	w.w[1] = 2;
	w.w[2] = 4.5;
	w.w[3] = 14;
	w.w[8] = 1.35;
	w.w[11] = 1.9;
	w.w[20] = .3;
	return w;
}

struct one { struct fsrs_memory real, believed; int first, last, due, count; struct { int16_t day, days; uint8_t rating; } said[ANSWERS]; };
struct house { struct one at[PEOPLE][CARDS]; };

static int interval_of(const struct fsrs_weights *w, double stability)
{
	double days = round(fsrs_interval(w, ASKED, stability));
	return days < 1 ? 1 : days > 3650 ? 3650 : (int)days;
}

static void keep(struct one *o, int day, int days, int rating)
{
	if (o->count < ANSWERS) {
		o->said[o->count].day = (int16_t)day;
		o->said[o->count].days = (int16_t)days;
		o->said[o->count++].rating = (uint8_t)rating;
	}
}

/* One card on one day, and again the same day until it is recalled, as the program asks it. True when the first of these was recalled. */
static bool ask(struct one *o, const struct fsrs_weights *real, const struct fsrs_weights *w, int day, uint64_t *seed)
{
	bool first = !o->count, recalled = true;
	for (int n = 0; n < TRIES; n++) {
		int days = o->count ? day - o->last : 0;
		double r = o->count ? days ? fsrs_recall(real, days, o->real.stability) : .9 : .75;
		bool yes = seeded_unit(seed) < r;
		int rating = !yes ? 1 : seeded_unit(seed) < .1 ? 2 : seeded_unit(seed) < .12 ? 4 : 3;
		o->real = o->count ? fsrs_next(real, o->real, (enum fsrs_rating)rating, days) : fsrs_first(real, (enum fsrs_rating)rating);
		o->believed = o->count ? fsrs_next(w, o->believed, (enum fsrs_rating)rating, days) : fsrs_first(w, (enum fsrs_rating)rating);
		keep(o, day, days, rating);
		o->last = day;
		if (!n)
			recalled = yes;
		if (yes)
			break;
	}
	if (first)
		o->first = day;
	o->due = day + interval_of(w, o->believed.stability);
	return recalled;
}

static struct fsrs_answer *log_of(const struct house *h, int held_from, size_t *count)
{
	struct fsrs_answer *log = malloc((size_t)PEOPLE * CARDS * ANSWERS * sizeof *log);
	*count = 0;
	for (int p = 0; p < PEOPLE; p++)
		for (int k = 0; k < CARDS; k++)
			for (int i = 0; i < h->at[p][k].count; i++)
				log[(*count)++] = (struct fsrs_answer){ .days = h->at[p][k].said[i].days, .rating = h->at[p][k].said[i].rating, .first = !i, .held = h->at[p][k].said[i].day >= held_from };
	return log;
}

/* New weights are put to everything that was said so far, as a memory is made of its answers. */
static void believe_again(struct house *h, const struct fsrs_weights *w)
{
	for (int p = 0; p < PEOPLE; p++)
		for (int k = 0; k < CARDS; k++) {
			struct one *o = &h->at[p][k];
			for (int i = 0; i < o->count; i++)
				o->believed = i ? fsrs_next(w, o->believed, (enum fsrs_rating)o->said[i].rating, o->said[i].days) : fsrs_first(w, (enum fsrs_rating)o->said[i].rating);
			if (o->count)
				o->due = o->last + interval_of(w, o->believed.stability);
		}
}

static void a_year_of_practice(void **state)
{
	(void)state;
	struct fsrs_weights real = truth(), w = fsrs_default;
	struct house *h = calloc(1, sizeof *h);
	uint64_t seed = 7;
	int asked = 0, recalled = 0, before = 0, before_recalled = 0;
	size_t count;
	for (int day = 0; day < DAYS; day++) {
		if (day >= FIT_FROM && day % FIT_EVERY == 0) {
			struct fsrs_answer *log = log_of(h, day, &count);
			assert_int_equal(fsrs_fit(log, count, &w), FSRS_FITTED);
			believe_again(h, &w);
			free(log);
		}
		for (int p = 0; p < PEOPLE; p++) {
			int done = 0, fresh = 0;
			if (day % 7 >= 5)
				continue;                                    /* nobody practises at the weekend */
			for (int pass = 0; pass < 2; pass++)
				for (int k = 0; k < CARDS && done < CAP; k++) {
					struct one *o = &h->at[p][k];
					if (pass ? o->count || fresh >= FRESH : !o->count || o->due > day || o->last == day)
						continue;
					int due = o->due;
					bool yes = ask(o, &real, &w, day, &seed);
					done++;
					fresh += pass;
					/* Counted is what was asked on its own day or the one after; a weekend late is not the schedule's doing. */
					if (!pass && day - due > 1)
						continue;
					if (!pass && day >= DAYS / 2) {
						asked++;
						recalled += yes;
					} else if (!pass && day < FIT_FROM) {
						before++;
						before_recalled += yes;
					}
				}
		}
	}
	double reached = (double)recalled / asked;
	struct fsrs_answer *log = log_of(h, DAYS * 4 / 5, &count);
	struct fsrs_weights fitted;
	assert_int_equal(fsrs_fit(log, count, &fitted), FSRS_FITTED);
	struct fsrs_judged ours = fsrs_judge(&fitted, log, count, true), shipped = fsrs_judge(&fsrs_default, log, count, true), known = fsrs_judge(&real, log, count, true);
	print_message("%zu answers; recalled %.3f of %d in the second half, %.3f before the first fit; log loss on the last fifth: fitted %.4f, shipped %.4f, the truth %.4f\n", count, reached, asked,
		(double)before_recalled / before, ours.log_loss, shipped.log_loss, known.log_loss);
	assert_true(asked > 10000);
	assert_near(reached, ASKED, .02);
	assert_true(ours.log_loss < shipped.log_loss);
	assert_true(ours.log_loss < known.log_loss + .002);
	free(log);
	free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_year_of_practice) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
