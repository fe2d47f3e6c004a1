/* test_csv.c - rows for spreadsheets, the text of a field, and what changed. */
#include "record_test.h"

static str csv_of(struct ctx *c, const struct whole *w, bool dutch, bool head)
{
	struct buffer b = { 0 };
	if (head)
		csv_write_head(&b, &whole_record, dutch);
	else
		csv_write_row(&b, &whole_record, w, dutch);
	str s = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return s;
}

static void secrets_and_lists_have_no_column(void **state)
{
	assert_text(csv_of(*state, NULL, false, true), "name,story,kind,count,maybe,share,agreed,start,seen,budget\n");
	assert_text(csv_of(*state, NULL, true, true), "name;story;kind;count;maybe;share;agreed;start;seen;budget\n");
}

static void rows_in_both_forms(void **state)
{
	struct whole w = { .name = S("Ada, \"gravin\""), .story = S("one\ntwo; three"), .password = S("secret"), .count = -3, .share = 0.25, .agreed = true,
		.start = date_of(2026, 11, 23), .seen = { 1795466580000 }, .budget = { 125050 } };
	assert_text(csv_of(*state, &w, false, false),
		"\"Ada, \"\"gravin\"\"\",\"one\ntwo; three\",,-3,,0.25,1,2026-11-23,2026-11-23T20:43:00.000Z,1250.50\n");
	w.story = S("a,b");
	assert_text(csv_of(*state, &w, true, false),
		"\"Ada, \"\"gravin\"\"\";a,b;;-3;;0,25;1;2026-11-23;2026-11-23T20:43:00.000Z;1250,50\n");
}

static void a_formula_is_only_text(void **state)
{
	static const struct { str text; const char *cell; } cases[] = {
		{ { "=1+1", 4 }, "\"'=1+1\"" }, { { "+31 6", 5 }, "\"'+31 6\"" }, { { "-1", 2 }, "\"'-1\"" }, { { "@SUM", 4 }, "\"'@SUM\"" },
		{ { "\t=1", 3 }, "\"'\t=1\"" }, { { "a=1", 3 }, "a=1" }, { { "", 0 }, "" }, { { "=\"", 2 }, "\"'=\"\"\"" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct whole w = { .name = cases[i].text };
		str row = csv_of(*state, &w, false, false);
		assert_text(str_until(row, strlen(cases[i].cell)), cases[i].cell);
		assert_int_equal(row.at[strlen(cases[i].cell)], ',');
	}
}

static void a_difference_names_field_and_both_texts(void **state)
{
	struct ctx *c = *state;
	struct whole a = { .name = S("Ada"), .password = S("old"), .share = NAN, .budget = { 100 } }, b = a;
	assert_int_equal(record_difference(c->arena, &whole_record, &a, &b).count, 0);
	b.name = S("Grace");
	b.password = S("new");
	b.start = date_of(2026, 1, 2);
	b.inner.hours = 4;
	*list_add(c->arena, &b.tags, str) = S("x");
	list found = record_difference(c->arena, &whole_record, &a, &b);
	static const struct { const char *field, *before, *after; } expected[] = {
		{ "name", "Ada", "Grace" }, { "password", "", "" }, { "start", "", "2026-01-02" }, { "tags", "0", "1" }, { "inner", "", "" },
	};
	assert_int_equal(found.count, sizeof expected / sizeof *expected);
	for (size_t i = 0; i < found.count; i++) {
		const struct difference *d = list_item(found, struct difference, i);
		assert_text(d->field, expected[i].field);
		assert_text(d->before, expected[i].before);
		assert_text(d->after, expected[i].after);
	}
}

static void what_a_field_says_is_read_back(void **state)
{
	struct ctx *c = *state;
	struct whole w = { .name = S("Ada"), .count = -3, .maybe = 7, .share = 1 / 3.0, .agreed = true, .start = date_of(2026, 11, 23), .seen = { 1 },
		.budget = { 125050 }, .inner = { date_of(2026, 1, 1), 1 } }, back;
	list given = { 0 };
	for (size_t i = 0; i < whole_record.count; i++) {
		str text = field_text(c->arena, &whole_record.fields[i], &w);
		if (text.len)
			*list_add(c->arena, &given, struct given) = (struct given){ str_of(whole_record.fields[i].name), text };
	}
	*list_add(c->arena, &given, struct given) = (struct given){ S("inner.day"), S("2026-01-01") };
	*list_add(c->arena, &given, struct given) = (struct given){ S("inner.hours"), S("1") };
	assert_int_equal(record_read(c, &whole_record, &given, false, &back), OK);
	assert_int_equal(record_difference(c->arena, &whole_record, &w, &back).count, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
	const struct CMUnitTest tests[] = {
		TEST(secrets_and_lists_have_no_column), TEST(rows_in_both_forms), TEST(a_formula_is_only_text), TEST(a_difference_names_field_and_both_texts),
		TEST(what_a_field_says_is_read_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
