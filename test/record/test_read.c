/* test_read.c - what forms and queries may say, and how each wrong thing is answered at its own place. */
#include "record_test.h"

static void every_type_is_read(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	assert_int_equal(given_read(c, false, &w,
		"name=  Ada Lovelace ", "story=one\r\ntwo\rthree", "count=-12", "share=0,25", "agreed=on", "start=23-11-2026", "seen=2026-11-23T20:43:00.500Z",
		"budget=€ 1.250,00", "kind=short", "tags=a", "tags=b", "rows.0.day=2026-02-28", "rows.0.hours=4", "rows.7.day=1/3/2026", "rows.7.hours=2",
		"inner.day=2026-01-01", "inner.hours=1", NULL), OK);
	assert_text(w.name, "Ada Lovelace");
	assert_text(w.story, "one\ntwo\nthree");
	assert_int_equal(w.count, -12);
	assert_true(w.share == 0.25 && w.agreed);
	assert_text(date_iso(c->arena, w.start), "2026-11-23");
	assert_text(instant_iso(c->arena, w.seen), "2026-11-23T20:43:00.500Z");
	assert_int_equal(w.budget.cents, 125000);
	assert_int_equal(w.tags.count, 2);
	assert_text(list_of(w.tags, str)[1], "b");
	assert_int_equal(w.rows.count, 2);
	assert_text(date_iso(c->arena, list_of(w.rows, struct part)[1].day), "2026-03-01");
	assert_int_equal(w.inner.hours, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_type_is_read, start, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
