/* test_agreement.c - agreement within teams and differences between them. */
#include "near.h"
#include "answers.h"
#include "seeded.h"
#include "stats/agreement.h"
#include "stats/icc.h"
#include "vectors.h"

static void rwg_by_hand(void **state)
{
	(void)state;
	/* One item, five points: variance 1 of the 2 that chance would give. */
	const double half[] = { 2, 3, 4 }, same[] = { 4, 4, 4 }, apart[] = { 1, 5, 1, 5 }, alone[] = { 3, NAN };
	assert_near(agreement_rwg(half, 3, 1, 5), 0.5, 1e-15);
	assert_near(agreement_rwg(same, 3, 1, 5), 1, 1e-15);
	assert_near(agreement_rwg(apart, 4, 1, 5), 0, 0);
	assert_true(isnan(agreement_rwg(alone, 2, 1, 5)));
}

/* With equal teams it is the one-way intraclass correlation, which icc.c gets another way. */
static void equal_teams_are_an_intraclass_correlation(void **state)
{
	(void)state;
	enum { TEAMS = 12, SIZE = 7 };
	double value[TEAMS * SIZE];
	size_t team[TEAMS * SIZE];
	uint64_t seed = 4;
	for (size_t i = 0; i < TEAMS * SIZE; i++) {
		team[i] = i / SIZE;
		value[i] = 3 + (double)(team[i] % 4) / 2 + seeded_normal(&seed);
	}
	struct agreement_teams got;
	struct icc icc[ICC_KINDS];
	assert_true(agreement_between(value, team, TEAMS * SIZE, TEAMS, &got));
	assert_int_equal(icc_of(value, TEAMS, SIZE, 0.95, icc), ICC_OK);
	assert_near(got.icc1, icc[ICC_1].value, 1e-13);
	assert_near(got.icc2, icc[ICC_1_MEAN].value, 1e-13);
	assert_int_equal(got.teams, TEAMS);
	double shrunk = agreement_shrunk(&got, 9, 3), known = 3 * got.between;
	assert_near(shrunk, got.mean + known / (known + got.within) * (9 - got.mean), 1e-12);
	assert_near(agreement_shrunk(&got, 9, 0), got.mean, 0);
	assert_false(agreement_between(value, team, SIZE, TEAMS, &got));
}

static void real_companies_agree_with_multilevel(void **state)
{
	(void)state;
	size_t rows, wide;
	double *answer = answers_read("lq2002_leadership_items.csv", "COMPID,LEAD01,LEAD02,LEAD03,LEAD04,LEAD05,LEAD06,LEAD07,LEAD08,LEAD09,LEAD10,LEAD11", &rows, &wide);
	if (!answer)
		return;
	json_t *v = vectors_read("survey/reliability.json"), *of = json_object_get(v, "lq_lead"), *first = json_object_get(of, "rwgj_first5");
	double sum = 0, items[400 * 11];
	size_t companies = 0;
	for (double id = 0; id < 1000; id++) {
		size_t n = 0;
		for (size_t p = 0; p < rows; p++)
			if (answer[p * wide] == id)
				memcpy(items + 11 * n++, answer + p * wide + 1, 11 * sizeof *items);
		if (n == 0)
			continue;
		double rwg = agreement_rwg(items, n, 11, 5);
		sum += rwg;
		if (companies < json_array_size(first))
			assert_near(rwg, vectors_number(json_array_get(first, companies), "rwg.j"), 1e-10);
		companies++;
	}
	assert_int_equal(companies, 49);
	assert_near(sum / 49, vectors_number(of, "rwgj_mean"), 1e-10);
	json_decref(v);
	free(answer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rwg_by_hand), cmocka_unit_test(equal_teams_are_an_intraclass_correlation), cmocka_unit_test(real_companies_agree_with_multilevel),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
