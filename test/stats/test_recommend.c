/* test_recommend.c - the recommendation figure and its interval against R's. */
#include "near.h"
#include "stats/recommend.h"
#include "vectors.h"

static void reference_is_met(void **state)
{
	(void)state;
	json_t *v = vectors_read("survey/means_enps.json");
	const char *name;
	json_t *one;
	json_object_foreach(v, name, one) {
		int64_t count[RECOMMEND_ANSWERS] = { 0 };
		json_t *scores = json_object_get(one, "scores"), *adjusted = json_object_get(one, "adjwald95");
		if (!scores)
			continue;
		for (size_t i = 0; i < json_array_size(scores); i++)
			count[(int)vectors_item(scores, i)]++;
		struct recommend r;
		assert_true(recommend_of(count, 0, 0.95, &r));
		assert_near(r.score, vectors_number(one, "enps"), 1e-10);
		assert_near(r.interval.low, fmax(-100, vectors_item(adjusted, 0)), 1e-10);
		assert_near(r.interval.high, fmin(100, vectors_item(adjusted, 1)), 1e-10);
		assert_true(r.interval.high - r.interval.low > 1);
	}
	json_decref(v);
}

static void everybody_answered_leaves_only_the_adjustment(void **state)
{
	(void)state;
	const int64_t count[RECOMMEND_ANSWERS] = { [10] = 40 }, bad[RECOMMEND_ANSWERS] = { [3] = -1 };
	struct recommend r, untouched = { .n = 7 };
	assert_true(recommend_of(count, 40, 0.95, &r));
	assert_near(r.interval.low, r.interval.high, 1e-12);
	assert_false(recommend_of(bad, 0, 0.95, &untouched));
	assert_false(recommend_of(count, 39, 0.95, &untouched));
	assert_int_equal(untouched.n, 7);
	const int64_t nobody[RECOMMEND_ANSWERS] = { 0 };
	assert_true(recommend_of(nobody, 0, 0.95, &r));
	assert_true(isnan(r.score) && r.interval.low == -100 && r.interval.high == 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(reference_is_met), cmocka_unit_test(everybody_answered_leaves_only_the_adjustment) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
