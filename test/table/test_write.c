/* test_write.c - what is written is safe to open, and reads back the same in every dialect. */
#include "shared.h"
#include "table/write.h"

static uint64_t seed = 20261123;

static uint64_t random_below(uint64_t n)                   /* splitmix64 (Steele, Lea & Flood 2014) */
{
	uint64_t z = seed += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return (z ^ z >> 31) % n;
}

/* Text with everything in it that could upset a reader; within Windows-1252 when `latin`. */
static str random_cell(struct arena *a, bool latin)
{
	static const char *const pieces[] = { "a", "Jan", " ", ",", ";", "\t", "|", "\"", "\"\"", "\n", "\r\n", "\r", "é", "ë", "€", "’", "32,5", "1.000",
		"=1+1", "-", "@", "'", "sep=;", "\\", "2026-01-02", "😀", "ſ" };
	size_t usable = sizeof pieces / sizeof pieces[0] - (latin ? 2 : 0);
	str s = S("");
	for (uint64_t n = random_below(5); n; n--)
		s = text_join(a, s, str_of(pieces[random_below(usable)]));
	return s;
}

static void point_put(struct buffer *b, uint32_t unit, bool big)
{
	buffer_add_char(b, (char)(big ? unit >> 8 : unit));
	buffer_add_char(b, (char)(big ? unit : unit >> 8));
}

static void encode(struct buffer *to, str text, enum table_encoding e)
{
	if (e == TABLE_UTF8_BOM)
		buffer_add(to, S("\xEF\xBB\xBF"));
	if (e == TABLE_UTF8 || e == TABLE_UTF8_BOM) {
		buffer_add(to, text);
		return;
	}
	bool big = e == TABLE_UTF16_BE;
	if (e != TABLE_WINDOWS_1252)
		point_put(to, 0xFEFF, big);
	for (size_t at = 0; at < text.len; ) {
		uint32_t p = utf8_next(text, &at);
		if (e == TABLE_WINDOWS_1252) {
			buffer_add_char(to, (char)(p == 0x20AC ? 0x80 : p == 0x2019 ? 0x92 : p));
		} else if (p >= 0x10000) {
			point_put(to, 0xD800 + ((p - 0x10000) >> 10), big);
			point_put(to, 0xDC00 + ((p - 0x10000) & 0x3FF), big);
		} else {
			point_put(to, p, big);
		}
	}
}

static void one_table_reads_back(struct ctx *c, int number)
{
	static const char delimiters[] = { ',', ';', '\t', '|' };
	enum table_encoding e = (enum table_encoding)random_below(TABLE_ENCODINGS);
	size_t width = 1 + random_below(6), rows = random_below(12);
	struct buffer utf8 = { 0 }, file = { 0 };
	struct table_writer w = { .out = &utf8, .delimiter = delimiters[random_below(4)], .crlf = random_below(2), .as_it_is = true };
	str *cells = arena_array_of(c->arena, str, width * (rows + 1));
	for (size_t i = 0; i < width; i++) {
		cells[i] = text_format(c->arena, "%zu%s", i, e == TABLE_WINDOWS_1252 ? "é" : random_below(4) ? "" : "; x");
		table_write(&w, cells[i]);
	}
	table_write_end(&w);
	for (size_t i = width; i < width * (rows + 1); i++) {
		cells[i] = random_cell(c->arena, e == TABLE_WINDOWS_1252);
		table_write(&w, cells[i]);
		if (i % width == width - 1)
			table_write_end(&w);
	}
	encode(&file, buffer_text(&utf8), e);
	struct table *t;
	struct table_row row;
	if (table_open(c, S("t.csv"), buffer_text(&file), (struct table_limits){ 0 }, &t) != OK)
		fail_msg("table %d: %s\n%.*s", number, said(c), S_ARG(buffer_text(&utf8)));
	assert_int_equal(t->dialect.encoding, e);
	assert_int_equal(t->width, width);
	for (size_t i = 0; i < rows; i++) {
		if (table_next(c, t, &row) != OK)
			fail_msg("table %d: %s\n%.*s", number, said(c), S_ARG(buffer_text(&utf8)));
		for (size_t j = 0; j < width; j++)
			if (!str_eq(row.cells[j], cells[width * (i + 1) + j]))
				fail_msg("table %d, row %zu, cell %zu:\n%.*s", number, i, j, S_ARG(buffer_text(&utf8)));
	}
	assert_int_equal(table_next(c, t, &row), NOT_FOUND);
	table_close(t);
	buffer_done(&utf8);
	buffer_done(&file);
}

static void every_dialect_reads_back_the_same(void **state)
{
	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct ctx c = context_new();
		one_table_reads_back(&c, i);
		arena_free(c.arena);
	}
}

static void guards_against_formulas(void **state)
{
	(void)state;
	static const struct { const char *cell, *written; } cases[] = {
		{ "=1+1", "'=1+1" }, { "+SUM(A1)", "'+SUM(A1)" }, { "@cmd", "'@cmd" }, { "-x", "'-x" }, { "-", "'-" }, { "\tx", "\"'\tx\"" }, { "\rx", "\"'\rx\"" },
		{ "=a,b", "\"'=a,b\"" }, { "-32.5", "-32.5" }, { "+31612345678", "+31612345678" }, { "a=b", "a=b" }, { " x", "\" x\"" }, { "a\"b", "\"a\"\"b\"" }, { "", "\"\"" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buffer b = { 0 };
		struct table_writer w = { .out = &b };
		table_write(&w, str_of(cases[i].cell));
		assert_str(buffer_text(&b), cases[i].written);
		buffer_done(&b);
	}
}

static void writes_for_programs_and_for_dutch_excel(void **state)
{
	(void)state;
	for (int dutch = 0; dutch < 2; dutch++) {
		struct buffer b = { 0 };
		struct table_writer w = { .out = &b, .dutch = dutch };
		table_write(&w, S("a"));
		table_write_real(&w, -32.5);
		table_write_real(&w, __builtin_nan(""));
		table_write_int(&w, -7);
		table_write(&w, S(""));
		table_write_end(&w);
		assert_str(buffer_text(&b), dutch ? "a;-32,5;;-7;\n" : "a,-32.5,,-7,\n");
		buffer_done(&b);
	}
}

static void rejects_keep_their_row_and_say_why(void **state)
{
	(void)state;
	struct ctx c = context_new();
	struct buffer b = { 0 };
	struct table_writer w = { .out = &b };
	struct table *t;
	struct table_row row;
	assert_int_equal(table_open(&c, S("t.csv"), S("a,b\n1\n2,=x,3\n"), (struct table_limits){ 0 }, &t), OK);
	c.language = NL;
	table_write_reject_header(&w, &c, t);
	for (int i = 0; i < 2; i++) {
		size_t from = c.problems.count;
		assert_int_equal(table_next(&c, t, &row), INVALID);
		table_write_reject(&w, &c, t, &row, from);
	}
	assert_str(buffer_text(&b), "a,b,regel,reden\n"
		"1,,2,\"t.csv, regel 2: 1 cel in plaats van 2; vanaf kolom \"\"b\"\" ontbreekt de rest. Vul de regel aan.\"\n"
		"2,'=x,3,\"t.csv, regel 3: 3 cellen, terwijl regel 1 2 kolommen noemt. Zet tekst waar een scheidingsteken in zit tussen dubbele aanhalingstekens.\"\n");
	table_close(t);
	buffer_done(&b);
	arena_free(c.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_dialect_reads_back_the_same),
		cmocka_unit_test(guards_against_formulas),
		cmocka_unit_test(writes_for_programs_and_for_dutch_excel),
		cmocka_unit_test(rejects_keep_their_row_and_say_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
