/* test_scale.c - alpha, its interval and omega: small cases by hand, and R's psych on real answers where they are. */
#include "near.h"
#include "answers.h"
#include "stats/scale.h"
#include "vectors.h"

static void two_items_by_hand(void **state)
{
	(void)state;
	/* Variances 2.5 and 2.5, covariance 2: alpha = 2 (1 - 5/9) = 8/9. */
	const double answer[] = { 1, 2, 2, 1, 3, 3, 4, 5, 5, 4, NAN, 3 };
	struct scale s;
	assert_int_equal(scale_of(answer, 6, 2, 0.95, &s), SCALE_OK);
	assert_int_equal(s.n, 5);
	assert_near(s.alpha, 8.0 / 9, 1e-14);
	assert_near(s.item_rest[0], 0.8, 1e-14);
	assert_true(isnan(s.omega) && isnan(s.alpha_without[1]));
	assert_true(s.interval.low < s.alpha && s.alpha < s.interval.high && s.interval.high < 1);
}

/* Items that correlate exactly as one factor says: its loadings come back, and omega follows. */
static void one_factor_comes_back(void **state)
{
	(void)state;
	enum { ITEMS = 4, PEOPLE = 16 };
	const double loading[ITEMS] = { 0.9, 0.8, 0.7, 0.6 };
	/* Orthogonal columns of a Hadamard matrix: one for the factor, one for each rest. */
	double answer[PEOPLE * ITEMS], sum = 0, unique = 0;
	for (int p = 0; p < PEOPLE; p++)
		for (int i = 0; i < ITEMS; i++) {
			double factor = __builtin_parity(p & 15) ? -1 : 1, rest = p >> i & 1 ? -1 : 1;
			answer[p * ITEMS + i] = 3 + loading[i] * factor + sqrt(1 - loading[i] * loading[i]) * rest;
		}
	for (int i = 0; i < ITEMS; i++) {
		sum += loading[i];
		unique += 1 - loading[i] * loading[i];
	}
	struct scale s;
	assert_int_equal(scale_of(answer, PEOPLE, ITEMS, 0.95, &s), SCALE_OK);
	for (int i = 0; i < ITEMS; i++)
		assert_near(s.loading[i], loading[i], 1e-8);
	assert_near(s.omega, sum * sum / (sum * sum + unique), 1e-8);
}

static void what_has_no_answer_is_refused(void **state)
{
	(void)state;
	const double same[] = { 1, 2, 1, 3, 1, 4 }, endless[] = { 1, 2, INFINITY, 3, 1, 4 };
	struct scale s = { .n = 9 };
	assert_int_equal(scale_of(same, 3, 2, 0.95, &s), SCALE_NO_VARIATION);
	assert_int_equal(scale_of(endless, 3, 2, 0.95, &s), SCALE_BAD_NUMBER);
	assert_int_equal(scale_of(same, 3, 2, 1, &s), SCALE_BAD_NUMBER);
	assert_int_equal(scale_of(same, 2, 2, 0.95, &s), SCALE_TOO_FEW);
	assert_int_equal(scale_of(same, 6, 1, 0.95, &s), SCALE_TOO_FEW);
	assert_int_equal(scale_of(same, 0, SCALE_ITEMS_MOST + 1, 0.95, &s), SCALE_TOO_MANY);
	assert_int_equal(s.n, 9);
}

static void real_scale(const char *name, const char *columns, double top)
{
	size_t rows, wide;
	double *answer = answers_read("bfi_items.csv", columns, &rows, &wide);
	if (!answer)
		return;
	json_t *v = vectors_read("survey/reliability.json"), *of = json_object_get(v, name);
	/* The reference marks an item to be turned with a minus. */
	for (size_t i = 0; i < wide; i++)
		for (size_t p = 0; p < rows && json_string_value(json_array_get(json_object_get(of, "items"), i))[0] == '-'; p++)
			answer[p * wide + i] = top + 1 - answer[p * wide + i];
	struct scale s;
	assert_int_equal(scale_of(answer, rows, wide, 0.95, &s), SCALE_OK);
	assert_int_equal(s.n, (int)vectors_number(of, "n_listwise"));
	assert_near(s.alpha, vectors_number(of, "alpha_cov_listwise"), 1e-10);
	assert_near(s.interval.low, vectors_item(json_object_get(of, "feldt95_listwise"), 0), 1e-10);
	assert_near(s.interval.high, vectors_item(json_object_get(of, "feldt95_listwise"), 1), 1e-10);
	assert_near(s.omega, vectors_number(of, "omega_total_1f_minres"), 1e-5);
	for (size_t i = 0; i < wide; i++) {
		assert_near(s.item_rest[i], vectors_item(json_object_get(of, "item_rest_r"), i), 1e-10);
		assert_near(s.alpha_without[i], vectors_item(json_object_get(of, "alpha_if_dropped"), i), 1e-10);
		assert_near(s.loading[i], vectors_item(json_object_get(of, "onefactor_minres_loadings"), i), 1e-4);
	}
	json_decref(v);
	free(answer);
}

static void real_answers_agree_with_psych(void **state)
{
	(void)state;
	real_scale("agree", "A1,A2,A3,A4,A5", 6);
	real_scale("extraversion", "E1,E2,E3,E4,E5", 6);
	size_t rows, wide;
	double *lead = answers_read("lq2002_leadership_items.csv", "LEAD01,LEAD02,LEAD03,LEAD04,LEAD05,LEAD06,LEAD07,LEAD08,LEAD09,LEAD10,LEAD11", &rows, &wide);
	if (!lead)
		return;
	json_t *v = vectors_read("survey/reliability.json"), *of = json_object_get(v, "lq_lead");
	struct scale s;
	assert_int_equal(scale_of(lead, rows, wide, 0.95, &s), SCALE_OK);
	assert_int_equal(s.n, (int)vectors_number(of, "n"));
	assert_near(s.alpha, vectors_number(of, "alpha"), 1e-10);
	assert_near(s.omega, vectors_number(of, "omega_total_1f"), 1e-5);
	json_decref(v);
	free(lead);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_items_by_hand), cmocka_unit_test(one_factor_comes_back),
		cmocka_unit_test(what_has_no_answer_is_refused), cmocka_unit_test(real_answers_agree_with_psych),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
