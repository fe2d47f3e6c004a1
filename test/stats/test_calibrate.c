/* test_calibrate.c - made ratings whose severity is known, and real ones: what is taken off, and what the estimates are then worth. */
#include "insteval.h"
#include "near.h"
#include "seeded.h"
#include "stats/calibrate.h"
#include "stats/estimate.h"
#include "stats/rank.h"

enum { SELF, PEER, LEAD, SOURCES };
enum { SUBJECTS = 300, RATERS = 60, CONTEXTS = 4, RATINGS = 3000 };

static const double bias[SOURCES] = { 0.7, 0, -0.2 }, spread[SOURCES] = { 0.9, 0.6, 0.4 };

struct made {
	double level[RATINGS], truth[SUBJECTS], severity[RATERS];
	uint32_t subject[RATINGS], source[RATINGS], rater[RATINGS], context[RATINGS];
};

static struct calibrate_data make(struct made *m, uint64_t seed)
{
	double context[CONTEXTS];
	for (size_t i = 0; i < SUBJECTS; i++)
		m->truth[i] = 3 + 0.8 * seeded_normal(&seed);
	for (size_t i = 0; i < RATERS; i++)
		m->severity[i] = 0.5 * seeded_normal(&seed);
	for (size_t i = 0; i < CONTEXTS; i++)
		context[i] = 0.3 * seeded_normal(&seed);
	for (size_t i = 0; i < RATINGS; i++) {
		m->subject[i] = (uint32_t)(i < SUBJECTS ? i : (size_t)seeded_below(&seed, SUBJECTS));
		m->source[i] = i < SUBJECTS ? SELF : seeded_unit(&seed) < 0.7 ? PEER : LEAD;
		m->rater[i] = m->source[i] == SELF ? CALIBRATE_NONE : (uint32_t)((int64_t)(m->subject[i] / 50 * 10) + seeded_below(&seed, 12)) % RATERS;
		m->context[i] = (uint32_t)seeded_below(&seed, CONTEXTS);
		m->level[i] = m->truth[m->subject[i]] + bias[m->source[i]] + context[m->context[i]] + spread[m->source[i]] * seeded_normal(&seed)
			+ (m->rater[i] == CALIBRATE_NONE ? 0 : m->severity[m->rater[i]]);
	}
	return (struct calibrate_data){ .count = RATINGS, .level = m->level, .subject = m->subject, .source = m->source, .rater = m->rater,
		.context = m->context, .subjects = SUBJECTS, .sources = SOURCES, .raters = RATERS, .contexts = CONTEXTS, .reference = PEER };
}

struct room {
	double source_bias[8], source_variance[8], context[64], context_variance[64], severity[5000], severity_variance[5000];
};

static struct calibration in(struct room *r)
{
	return (struct calibration){ .source_bias = r->source_bias, .source_variance = r->source_variance, .severity = r->severity,
		.severity_variance = r->severity_variance, .context_effect = r->context, .context_effect_variance = r->context_variance };
}

/* As the header says a rating counts. */
static struct observation counts_as(const struct calibrate_data *d, const struct calibration *c, size_t i)
{
	struct observation o = { .level = d->level[i], .bias = c->source_bias[d->source[i]], .variance = c->source_variance[d->source[i]] };
	if (d->rater[i] != CALIBRATE_NONE) {
		o.bias += c->severity[d->rater[i]];
		o.variance += c->severity_variance[d->rater[i]];
	}
	if (d->contexts > 0) {
		o.bias += c->context_effect[d->context[i]];
		o.variance += c->context_effect_variance[d->context[i]];
	}
	return o;
}

/* The estimate of every subject without ageing, and the plain mean of its ratings. */
static void estimate_all(const struct calibrate_data *d, const struct calibration *c, double *estimate, double *variance, double *mean)
{
	const struct estimate_policy p = { .prior_mean = c->mean, .prior_variance = c->subject_variance, .base = 1, .half_life_days = INFINITY };
	double *ratings = calloc(d->subjects, sizeof *ratings);
	struct estimate *e = calloc(d->subjects, sizeof *e);
	assert_true(ratings && e);
	for (size_t s = 0; s < d->subjects; s++) {
		e[s] = estimate_start(&p, 0);
		mean[s] = 0;
	}
	for (size_t i = 0; i < d->count; i++) {
		struct observation o = counts_as(d, c, i);
		size_t s = d->subject[i];
		e[s] = estimate_update(e[s], &o);
		mean[s] += (d->level[i] - mean[s]) / ++ratings[s];
	}
	for (size_t s = 0; s < d->subjects; s++) {
		estimate[s] = e[s].mean;
		variance[s] = e[s].variance;
	}
	free(ratings);
	free(e);
}

static void what_was_put_in_is_found(void **state)
{
	(void)state;
	static struct made m;
	static struct room r;
	struct calibrate_data d = make(&m, 60);
	struct calibration c = in(&r);
	assert_int_equal(calibrate(&d, &c), MIXED_OK);
	for (size_t s = 0; s < SOURCES; s++) {
		assert_near(c.source_bias[s], bias[s], 0.12);
		assert_near(c.source_variance[s], spread[s] * spread[s], 0.15 * spread[s] * spread[s] + 0.02);
	}
	assert_near(c.source_bias[PEER], 0, 0);
	assert_near(c.rater_variance, 0.25, 0.1);
	assert_near(c.subject_variance, 0.64, 0.12);
	assert_true(rank_correlation(r.severity, m.severity, RATERS) > 0.95);

	static double estimate[SUBJECTS], variance[SUBJECTS], mean[SUBJECTS];
	estimate_all(&d, &c, estimate, variance, mean);
	double corrected = 0, plain = 0, inside = 0;
	for (size_t s = 0; s < SUBJECTS; s++) {
		corrected += pow(estimate[s] - m.truth[s], 2) / SUBJECTS;
		plain += pow(mean[s] - m.truth[s], 2) / SUBJECTS;
		inside += fabs(estimate[s] - m.truth[s]) < 1.2816 * sqrt(variance[s]);
	}
	print_message("mean squared error %.4f, of plain means %.4f; %.0f of %d within their 80 %% interval\n", corrected, plain, inside, SUBJECTS);
	assert_true(corrected < plain / 2);
	assert_true(inside > 0.75 * SUBJECTS && inside < 0.88 * SUBJECTS);
}

static void few_ratings_are_hardly_corrected(void **state)
{
	(void)state;
	static struct made m;
	static struct room r;
	struct calibrate_data d = make(&m, 61);
	struct calibration c = in(&r);
	size_t seen = 0;
	for (size_t i = 0; i < RATINGS; i++)                     /* of rater 0 one rating is left, a harsh one; rater 1 has none */
		if (m.rater[i] <= 1) {
			m.rater[i] = m.rater[i] == 0 && seen++ == 0 ? 0 : 5;
			if (m.rater[i] == 0)
				m.level[i] -= 3;
		}
	assert_true(seen > 0);
	assert_int_equal(calibrate(&d, &c), MIXED_OK);
	assert_true(r.severity[0] > -2 && r.severity[0] < 0);
	assert_true(r.severity_variance[0] > 0.5 * c.rater_variance);
	assert_near(r.severity[1], 0, 0);
	assert_near(r.severity_variance[1], c.rater_variance, 1e-12);
}

static void a_source_that_does_not_occur_is_left_alone(void **state)
{
	(void)state;
	static struct made m;
	static struct room r;
	struct calibrate_data d = make(&m, 62);
	struct calibration c = in(&r);
	d.sources = 5;
	r.source_bias[3] = 0.25;
	r.source_variance[4] = 0.75;
	assert_int_equal(calibrate(&d, &c), MIXED_OK);
	assert_near(r.source_bias[3], 0.25, 0);
	assert_near(r.source_variance[4], 0.75, 0);
	d.reference = 4;
	assert_int_equal(calibrate(&d, &c), MIXED_BAD_NUMBER);
}

static void without_context_it_works_as_well(void **state)
{
	(void)state;
	static struct made m;
	static struct room r;
	struct calibrate_data d = make(&m, 63);
	struct calibration c = in(&r);
	for (size_t i = 0; i < RATINGS; i++)
		m.context[i] = 2;                                    /* one context only: nothing to take off */
	r.context[2] = 9;
	assert_int_equal(calibrate(&d, &c), MIXED_OK);
	assert_near(r.context[2], 0, 0);
	assert_near(c.context_variance, 0, 0);
	double one = c.rater_variance;
	d.contexts = 0;
	d.context = NULL;
	assert_int_equal(calibrate(&d, &c), MIXED_OK);
	assert_near(c.rater_variance, one, 0);
}

static void too_little_is_not_enough(void **state)
{
	(void)state;
	static struct made m;
	static struct room r;
	struct calibrate_data d = make(&m, 64);
	struct calibration c = in(&r);
	c.mean = 42;
	for (size_t i = 0; i < RATINGS; i++)
		m.rater[i] = m.rater[i] == CALIBRATE_NONE ? CALIBRATE_NONE : m.rater[i] % (CALIBRATE_LEAST_RATERS - 1);
	assert_int_equal(calibrate(&d, &c), MIXED_TOO_FEW);
	d = make(&m, 64);
	for (size_t i = 0; i < RATINGS; i++)                     /* everybody is rated by one rater: severity cannot be told from level */
		m.rater[i] = m.rater[i] == CALIBRATE_NONE ? CALIBRATE_NONE : m.subject[i] % RATERS;
	assert_int_equal(calibrate(&d, &c), MIXED_TOO_FEW);
	d = make(&m, 64);
	m.context[9] = CONTEXTS;
	assert_int_equal(calibrate(&d, &c), MIXED_BAD_NUMBER);
	d = make(&m, 64);
	m.rater[RATINGS - 1] = RATERS;
	assert_int_equal(calibrate(&d, &c), MIXED_BAD_NUMBER);
	assert_near(c.mean, 42, 0);
}

/* What the product promises of the real ratings: its estimates order the lecturers as an independent mixed model does. */
static void real_ratings_keep_their_order(void **state)
{
	(void)state;
	struct insteval *e = insteval_read();
	if (!e) {
		skip();
		return;
	}
	static uint32_t source[INSTEVAL_ROOM];
	static struct room r;
	static double estimate[2000], variance[2000], mean[2000], effect[2000];
	struct calibration c = in(&r);
	struct calibrate_data d = { .count = e->count, .level = e->y, .subject = e->lecturer, .source = source, .rater = e->student,
		.context = e->context, .subjects = e->lecturers, .sources = 1, .raters = e->students, .contexts = e->contexts };
	assert_int_equal(calibrate(&d, &c), MIXED_OK);
	estimate_all(&d, &c, estimate, variance, mean);

	struct mixed_data ml = { .count = e->count, .y = e->y, .x = e->x, .fixed = 2, .factors = 3,
		.factor = { { e->student, e->students }, { e->lecturer, e->lecturers }, { e->context, e->contexts } } };
	struct mixed_modes modes = { .effect = { NULL, effect } };
	struct mixed_fit f;
	assert_int_equal(mixed_fit(&ml, MIXED_ML, &f, &modes), MIXED_OK);
	double corrected = rank_correlation(estimate, effect, e->lecturers), plain = rank_correlation(mean, effect, e->lecturers);
	print_message("rank correlation with the mixed model's lecturer effects: %.6f (plain means %.4f)\n", corrected, plain);
	assert_true(corrected >= 0.98);
	free(e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_put_in_is_found),
		cmocka_unit_test(few_ratings_are_hardly_corrected),
		cmocka_unit_test(a_source_that_does_not_occur_is_left_alone),
		cmocka_unit_test(without_context_it_works_as_well),
		cmocka_unit_test(too_little_is_not_enough),
		cmocka_unit_test(real_ratings_keep_their_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
