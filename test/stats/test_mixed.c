/* test_mixed.c - the fit against closed forms, against the likelihood written out in full, and against lme4 on real ratings. */
#include "insteval.h"
#include "near.h"
#include "seeded.h"
#include "stats/mixed.h"
#include "vectors.h"
#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <time.h>

/* A balanced table has its REML estimates in closed form: the analysis of variance. Mean squares of Shrout & Fleiss' example. */
static void balanced_tables_are_analysis_of_variance(void **state)
{
	(void)state;
	const double y[24] = { 9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7 };
	const double between = 1349.0 / 120, raters = 2339.0 / 72, residual = 367.0 / 360;
	double ones[24];
	uint32_t person[24], rater[24];
	for (uint32_t i = 0; i < 24; i++) {
		ones[i] = 1;
		person[i] = i / 4;
		rater[i] = i % 4;
	}
	struct mixed_data d = { .count = 24, .y = y, .x = ones, .fixed = 1, .factors = 2, .factor = { { person, 6 }, { rater, 4 } } };
	struct mixed_fit f;
	assert_int_equal(mixed_fit(&d, MIXED_REML, &f, NULL), MIXED_OK);
	assert_near(f.residual, residual, 1e-5);
	assert_near(f.variance[0], (between - residual) / 4, 1e-4);
	assert_near(f.variance[1], (raters - residual) / 6, 1e-4);
	assert_near(f.fixed[0], 127.0 / 24, 1e-12);
}

enum { ROWS = 60, SUBJECTS = 9, RATERS = 14, CONTEXTS = 3 };

struct small { double y[ROWS], x[2 * ROWS]; uint32_t subject[ROWS], rater[ROWS], context[ROWS]; };

/* Unbalanced, with a covariate, and every tenth rating without a rater. */
static struct mixed_data small_table(struct small *t, uint64_t seed)
{
	double subject[SUBJECTS], rater[RATERS], context[CONTEXTS];
	for (size_t i = 0; i < SUBJECTS; i++)
		subject[i] = seeded_normal(&seed);
	for (size_t i = 0; i < RATERS; i++)
		rater[i] = 0.8 * seeded_normal(&seed);
	for (size_t i = 0; i < CONTEXTS; i++)
		context[i] = 0.7 * seeded_normal(&seed);
	for (size_t i = 0; i < ROWS; i++) {
		double u = seeded_unit(&seed);
		t->subject[i] = (uint32_t)(u * u * SUBJECTS);
		t->rater[i] = i % 10 == 9 ? MIXED_NONE : (uint32_t)seeded_below(&seed, RATERS);
		t->context[i] = (uint32_t)seeded_below(&seed, CONTEXTS);
		t->x[2 * i] = 1;
		t->x[2 * i + 1] = seeded_normal(&seed);
		t->y[i] = 3 + 0.5 * t->x[2 * i + 1] + subject[t->subject[i]] + (t->rater[i] == MIXED_NONE ? 0 : rater[t->rater[i]])
			+ context[t->context[i]] + 0.6 * seeded_normal(&seed);
	}
	return (struct mixed_data){ .count = ROWS, .y = t->y, .x = t->x, .fixed = 2, .factors = 3,
		.factor = { { t->subject, SUBJECTS }, { t->rater, RATERS }, { t->context, CONTEXTS } } };
}

struct full {
	gsl_matrix *v_inverse, *p;             /* V^-1, and P = V^-1 - V^-1 X (X'V^-1 X)^-1 X'V^-1 */
	double deviance[2], beta[2];
};

/* -2 log likelihood as the density of y has it, with V in full: ML and REML. */
static struct full written_out(const struct mixed_data *d, const double *variance, double residual)
{
	struct full f = { gsl_matrix_calloc(ROWS, ROWS), gsl_matrix_alloc(ROWS, ROWS), { 0 }, { 0 } };
	for (size_t i = 0; i < ROWS; i++)
		for (size_t j = 0; j < ROWS; j++) {
			double v = i == j ? residual : 0;
			for (size_t t = 0; t < d->factors; t++)
				if (d->factor[t].level[i] == d->factor[t].level[j] && d->factor[t].level[i] != MIXED_NONE)
					v += variance[t];
			gsl_matrix_set(f.v_inverse, i, j, v);
		}
	gsl_matrix_const_view x = gsl_matrix_const_view_array(d->x, ROWS, 2);
	gsl_vector_const_view y = gsl_vector_const_view_array(d->y, ROWS);
	gsl_matrix *vx = gsl_matrix_alloc(ROWS, 2), *xvx = gsl_matrix_alloc(2, 2), *vxi = gsl_matrix_alloc(ROWS, 2);
	gsl_vector *py = gsl_vector_alloc(ROWS);
	double log_det = 0, log_det_x = 0, square;
	gsl_linalg_cholesky_decomp1(f.v_inverse);
	for (size_t i = 0; i < ROWS; i++)
		log_det += 2 * log(gsl_matrix_get(f.v_inverse, i, i));
	gsl_linalg_cholesky_invert(f.v_inverse);
	gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, f.v_inverse, &x.matrix, 0, vx);
	gsl_blas_dgemm(CblasTrans, CblasNoTrans, 1, &x.matrix, vx, 0, xvx);
	gsl_linalg_cholesky_decomp1(xvx);
	for (size_t i = 0; i < 2; i++)
		log_det_x += 2 * log(gsl_matrix_get(xvx, i, i));
	gsl_linalg_cholesky_invert(xvx);
	gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, vx, xvx, 0, vxi);
	gsl_matrix_memcpy(f.p, f.v_inverse);
	gsl_blas_dgemm(CblasNoTrans, CblasTrans, -1, vxi, vx, 1, f.p);
	gsl_vector_view beta = gsl_vector_view_array(f.beta, 2);
	gsl_blas_dgemv(CblasTrans, 1, vxi, &y.vector, 0, &beta.vector);
	gsl_blas_dgemv(CblasNoTrans, 1, f.p, &y.vector, 0, py);
	gsl_blas_ddot(&y.vector, py, &square);
	f.deviance[MIXED_ML] = ROWS * log(2 * M_PI) + log_det + square;
	f.deviance[MIXED_REML] = (ROWS - 2) * log(2 * M_PI) + log_det + log_det_x + square;
	gsl_matrix_free(vx);
	gsl_matrix_free(xvx);
	gsl_matrix_free(vxi);
	gsl_vector_free(py);
	return f;
}

static void full_free(struct full *f)
{
	gsl_matrix_free(f->v_inverse);
	gsl_matrix_free(f->p);
}

static void the_likelihood_in_full_agrees(void **state)
{
	(void)state;
	for (uint64_t seed = 20; seed < 26; seed++)
		for (enum mixed_method method = MIXED_ML; method <= MIXED_REML; method++) {
			static struct small t;
			struct mixed_data d = small_table(&t, seed);
			struct mixed_fit f;
			assert_int_equal(mixed_fit(&d, method, &f, NULL), MIXED_OK);
			struct full full = written_out(&d, f.variance, f.residual);
			assert_near(f.deviance, full.deviance[method], 1e-9);
			assert_near(f.fixed[0], full.beta[0], 1e-10);
			assert_near(f.fixed[1], full.beta[1], 1e-10);
			full_free(&full);
			for (size_t k = 0; k < 8; k++) {                     /* no step to a side is better */
				double variance[3] = { f.variance[0], f.variance[1], f.variance[2] }, residual = f.residual;
				double *moved = k / 2 < 3 ? &variance[k / 2] : &residual;
				*moved = k % 2 ? *moved * 1.003 : *moved / 1.003;
				full = written_out(&d, variance, residual);
				assert_true(full.deviance[method] > f.deviance - 1e-7);
				full_free(&full);
			}
		}
}

/* Effects are G Z'P y and the variance of what they miss is G - G Z'P Z G. */
static void effects_and_their_variances_agree(void **state)
{
	(void)state;
	static struct small t;
	struct mixed_data d = small_table(&t, 31);
	double effect[3][RATERS], variance[3][RATERS];
	struct mixed_modes modes = { { effect[0], effect[1], effect[2] }, { variance[0], variance[1], variance[2] } };
	struct mixed_fit f;
	assert_int_equal(mixed_fit(&d, MIXED_REML, &f, &modes), MIXED_OK);
	struct full full = written_out(&d, f.variance, f.residual);
	for (size_t k = 0; k < 3; k++)
		for (size_t l = 0; l < d.factor[k].levels; l++) {
			double b = 0, zpz = 0;
			for (size_t i = 0; i < ROWS; i++)
				for (size_t j = 0; d.factor[k].level[i] == l && j < ROWS; j++) {
					b += gsl_matrix_get(full.p, i, j) * d.y[j];
					zpz += d.factor[k].level[j] == l ? gsl_matrix_get(full.p, i, j) : 0;
				}
			assert_near(effect[k][l], f.variance[k] * b, 1e-10);
			assert_near(variance[k][l], f.variance[k] - f.variance[k] * f.variance[k] * zpz, 1e-10);
		}
	full_free(&full);
}

static void no_differences_are_found_where_there_are_none(void **state)
{
	(void)state;
	static struct small t;
	struct mixed_data d = small_table(&t, 40);
	for (size_t i = 0; i < ROWS; i++) {                  /* every subject once up and once down: they differ less than chance has it */
		t.subject[i] = (uint32_t)(i / 2 % SUBJECTS);
		t.y[i] = (t.rater[i] == MIXED_NONE ? 0 : t.rater[i] % 5) + (i % 2 ? 0.4 : -0.4);
	}
	struct mixed_fit f;
	double effect[SUBJECTS], variance[SUBJECTS];
	struct mixed_modes modes = { .effect = { effect }, .variance = { variance } };
	assert_int_equal(mixed_fit(&d, MIXED_REML, &f, &modes), MIXED_OK);
	assert_true(f.variance[0] < 1e-6);
	assert_true(f.variance[1] > 0.5);
	for (size_t l = 0; l < SUBJECTS; l++)
		assert_true(fabs(effect[l]) < 1e-3 && variance[l] <= f.variance[0] * 1.000001);
}

static void a_level_that_does_not_occur_keeps_its_prior(void **state)
{
	(void)state;
	static struct small t;
	struct mixed_data d = small_table(&t, 31);
	struct mixed_fit f, g;
	double effect[RATERS + 2], variance[RATERS + 2];
	struct mixed_modes modes = { .effect = { NULL, effect }, .variance = { NULL, variance } };
	assert_int_equal(mixed_fit(&d, MIXED_ML, &f, NULL), MIXED_OK);
	d.factor[1].levels += 2;
	assert_int_equal(mixed_fit(&d, MIXED_ML, &g, &modes), MIXED_OK);
	assert_near(g.deviance, f.deviance, 1e-9);
	assert_near(effect[RATERS + 1], 0, 0);
	assert_near(variance[RATERS + 1], g.variance[1], 1e-12);
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void lme4_is_met_on_real_ratings(void **state)
{
	(void)state;
	struct insteval *e = insteval_read();
	if (!e) {
		skip();
		return;
	}
	assert_int_equal(e->count, 73421);
	assert_int_equal(e->students, 2972);
	assert_int_equal(e->lecturers, 1128);
	struct mixed_data d = { .count = e->count, .y = e->y, .x = e->x, .fixed = 2, .factors = 3,
		.factor = { { e->student, e->students }, { e->lecturer, e->lecturers }, { e->context, e->contexts } } };
	struct mixed_fit f;
	double start = seconds();
	assert_int_equal(mixed_fit(&d, MIXED_ML, &f, NULL), MIXED_OK);
	double took = seconds() - start;

	json_t *v = vectors_read("skills/insteval.json"), *components = json_object_get(v, "vc");
	for (size_t t = 0; t < 3; t++) {
		double expected = vectors_number(json_array_get(components, t), "vcov");
		assert_near(f.variance[t] / expected, 1, 1e-4);
	}
	assert_near(f.residual / vectors_number(json_array_get(components, 3), "vcov"), 1, 1e-4);
	assert_near(f.deviance, vectors_number(v, "deviance"), 0.01);
	assert_near(f.fixed[0], vectors_number(json_object_get(v, "fixef"), "(Intercept)"), 1e-5);
	assert_near(f.fixed[1], vectors_number(json_object_get(v, "fixef"), "service1"), 1e-5);
	print_message("student %.6f lecturer %.6f context %.6f residual %.6f deviance %.4f (lme4 %.4f), %d iterations, %.2f s\n", f.variance[0],
		f.variance[1], f.variance[2], f.residual, f.deviance, vectors_number(v, "deviance"), f.iterations, took);
	json_decref(v);
	free(e);
}

static void what_cannot_be_told_apart_is_said(void **state)
{
	(void)state;
	static struct small t;
	static uint32_t other[ROWS];
	struct mixed_fit f = { .deviance = 7 }, before = f;
	struct mixed_data d = small_table(&t, 50);

	d.factor[1] = (struct mixed_factor){ other, 1 };
	assert_int_equal(mixed_fit(&d, MIXED_ML, &f, NULL), MIXED_ONE_LEVEL);
	d.factor[1] = (struct mixed_factor){ other, 5 };                     /* five exist, one occurs */
	assert_int_equal(mixed_fit(&d, MIXED_ML, &f, NULL), MIXED_ONE_LEVEL);
	for (uint32_t i = 0; i < ROWS; i++)
		other[i] = i;
	d.factor[1] = (struct mixed_factor){ other, ROWS };
	assert_int_equal(mixed_fit(&d, MIXED_ML, &f, NULL), MIXED_TOO_FEW);
	for (uint32_t i = 0; i < ROWS; i++)                                  /* each subject has a rater of its own */
		other[i] = SUBJECTS - 1 - t.subject[i];
	d.factor[1] = (struct mixed_factor){ other, SUBJECTS };
	assert_int_equal(mixed_fit(&d, MIXED_ML, &f, NULL), MIXED_NOT_CROSSED);

	d = small_table(&t, 50);
	d.count = 3;
	assert_int_equal(mixed_fit(&d, MIXED_ML, &f, NULL), MIXED_TOO_FEW);
	d = small_table(&t, 50);
	t.subject[4] = SUBJECTS;
	assert_int_equal(mixed_fit(&d, MIXED_ML, &f, NULL), MIXED_BAD_NUMBER);
	d = small_table(&t, 50);
	t.y[7] = NAN;
	assert_int_equal(mixed_fit(&d, MIXED_ML, &f, NULL), MIXED_BAD_NUMBER);
	d = small_table(&t, 50);
	d.factor[0].levels = d.factor[1].levels = 5000;
	assert_int_equal(mixed_fit(&d, MIXED_ML, &f, NULL), MIXED_TOO_LARGE);

	d = small_table(&t, 50);
	for (size_t i = 0; i < ROWS; i++)
		t.x[2 * i + 1] = 3;
	assert_int_equal(mixed_fit(&d, MIXED_REML, &f, NULL), MIXED_FIXED_DEPENDENT);
	d = small_table(&t, 50);
	for (size_t i = 0; i < ROWS; i++)
		t.y[i] = 2 - 3 * t.x[2 * i + 1];
	assert_int_equal(mixed_fit(&d, MIXED_REML, &f, NULL), MIXED_NO_VARIATION);
	d = small_table(&t, 50);
	for (size_t i = 0; i < ROWS; i++)
		t.y[i] = t.subject[i] * t.subject[i];                        /* no noise at all */
	assert_int_equal(mixed_fit(&d, MIXED_REML, &f, NULL), MIXED_NO_VARIATION);
	assert_memory_equal(&f, &before, sizeof f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(balanced_tables_are_analysis_of_variance),
		cmocka_unit_test(the_likelihood_in_full_agrees),
		cmocka_unit_test(effects_and_their_variances_agree),
		cmocka_unit_test(no_differences_are_found_where_there_are_none),
		cmocka_unit_test(a_level_that_does_not_occur_keeps_its_prior),
		cmocka_unit_test(lme4_is_met_on_real_ratings),
		cmocka_unit_test(what_cannot_be_told_apart_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
