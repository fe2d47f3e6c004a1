/* test_icc.c - the six intraclass correlations of Shrout & Fleiss' own example, as R's psych gives them. */
#include "near.h"
#include "stats/icc.h"
#include "vectors.h"

static void read_example(double rating[24], const json_t *v)
{
	json_t *data = json_object_get(v, "data");
	for (size_t i = 0; i < 24; i++)
		rating[i] = vectors_item(json_array_get(data, i / 4), i % 4);
}

/* The mean squares of the example are 1349/120, 451/72, 2339/72 and 367/360, so the answers are fractions. */
static void fractions_are_met(void **state)
{
	(void)state;
	const double exact[ICC_KINDS] = { 448.0 / 2703, 184.0 / 635, 920.0 / 1287, 1792.0 / 4047, 736.0 / 1187, 3680.0 / 4047 };
	json_t *v = vectors_read("skills/shrout_fleiss.json");
	double rating[24];
	struct icc got[ICC_KINDS];
	read_example(rating, v);
	assert_int_equal(icc_of(rating, 6, 4, 0.95, got), ICC_OK);
	for (size_t i = 0; i < ICC_KINDS; i++)
		assert_near(got[i].value, exact[i], 1e-14);
	json_decref(v);
}

/* psych takes its mean squares from an iterative fit that stopped 4e-5 short in F: the reference itself is that far off the fractions. */
static void reference_is_met(void **state)
{
	(void)state;
	json_t *v = vectors_read("skills/shrout_fleiss.json"), *icc = json_object_get(v, "icc");
	double rating[24];
	struct icc got[ICC_KINDS];
	read_example(rating, v);
	assert_int_equal(icc_of(rating, 6, 4, 0.95, got), ICC_OK);
	assert_int_equal(json_array_size(icc), ICC_KINDS);
	for (size_t i = 0; i < ICC_KINDS; i++) {
		const json_t *expected = json_array_get(icc, i);
		assert_near(got[i].value, vectors_number(expected, "ICC"), 1e-6);
		assert_near(got[i].f, vectors_number(expected, "F"), 5e-5);
		assert_near(got[i].df1, vectors_number(expected, "df1"), 0);
		assert_near(got[i].df2, vectors_number(expected, "df2"), 0);
		assert_near(got[i].interval.low, vectors_number(expected, "lower bound"), 5e-6);
		assert_near(got[i].interval.high, vectors_number(expected, "upper bound"), 5e-6);
	}
	json_decref(v);
}

static void severity_counts_only_where_it_should(void **state)
{
	(void)state;
	double rating[] = { 1, 3, 2, 4, 4, 6.5, 3, 5, 5, 7 };          /* the second rater gives two more, nearly always */
	struct icc got[ICC_KINDS];
	assert_int_equal(icc_of(rating, 5, 2, 0.95, got), ICC_OK);
	assert_true(got[ICC_3].value > 0.98 && got[ICC_2].value < 0.7 && got[ICC_1].value < got[ICC_2].value);
	assert_true(got[ICC_3_MEAN].value > got[ICC_3].value);
}

static void what_has_no_answer_is_refused(void **state)
{
	(void)state;
	struct icc got[ICC_KINDS] = { 0 };
	const double same[] = { 2, 2, 2, 2, 2, 2 }, exact[] = { 1, 1, 2, 2, 5, 5 }, bad[] = { 1, 2, NAN, 4 };
	assert_int_equal(icc_of(same, 3, 2, 0.95, got), ICC_NO_VARIATION);
	assert_int_equal(icc_of(exact, 3, 2, 0.95, got), ICC_NO_VARIATION);
	assert_int_equal(icc_of(bad, 2, 2, 0.95, got), ICC_BAD_NUMBER);
	assert_int_equal(icc_of(same, 3, 2, 1, got), ICC_BAD_NUMBER);
	assert_int_equal(icc_of(same, 1, 6, 0.95, got), ICC_TOO_FEW);
	assert_int_equal(icc_of(same, 6, 1, 0.95, got), ICC_TOO_FEW);
	assert_near(got[ICC_1].value, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fractions_are_met),
		cmocka_unit_test(reference_is_met),
		cmocka_unit_test(severity_counts_only_where_it_should),
		cmocka_unit_test(what_has_no_answer_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
