/* test_table.c - recognising tables, and every way in which a file can be no table. */
#include "shared.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "table/inside.h"

#define BYTES(literal) literal, sizeof literal - 1

static const struct refusal {
	const char *bytes;
	size_t len;
	const char *says;                  /* with the exact place */
} refusals[] = {
	{ BYTES(""), "t.csv is empty" },
	{ BYTES("\n \r\n\t\n"), "t.csv is empty" },
	{ BYTES("\xEF\xBB\xBF"), "t.csv is empty" },
	{ BYTES("sep=;\n"), "t.csv is empty" },
	{ BYTES("PK\3\4........[Content_Types].xml"), "Excel or other spreadsheet workbook" },
	{ BYTES("PK\3\4........people.csv"), "compressed" },
	{ BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "Excel or other spreadsheet workbook" },
	{ BYTES("%PDF-1.4 ..."), "is a PDF" },
	{ BYTES("<html><table>"), "web page" },
	{ BYTES("\x1F\x8B\x08\0"), "compressed" },
	{ BYTES("a,b\n1,x\0y\n"), "line 2, character 4: there is a NUL" },
	{ BYTES("\x7F" "ELF\2\1\1\0\x90\xFF\xFE\0"), "NUL" },
	{ BYTES("\x89PNG\r\n\x1A\n\0\0\0"), "not text" },
	{ BYTES("\xFF\xFE" "a\0,\0b\0\n\0\x00\xD8x\0"), "line 2, character 1: a character is broken off" },
	{ BYTES("\xFF\xFE" "a\0,\0b"), "line 1, character 3: a character is broken off" },
	{ BYTES("\xFE\xFF" "\0a\0,\0b\0\n\0\0"), "line 2, character 1: there is a NUL" },
	{ BYTES("\xEF\xBB\xBFname,b\nRen\xC3\xA9,1\nZo\xEB,2\n"), "line 3, character 3: this character (byte EB) is damaged" },
	{ BYTES("name,b\nRen\xC3\xA9,1\nZo\xEB,2\n"), "line 3, character 3: this character (byte EB) is damaged" },
	{ BYTES("name;b\nRen\xE9;1\nx;\x81\n"), "line 3, character 3: this character (byte 81) does not exist in Windows-1252" },
	{ BYTES("a,b,A\n1,2,3\n"), "line 1: column 1 and column 3 are both called \"A\"" },
	{ BYTES("a,\"b\n1,2\n"), "line 1: the quote that begins here (column \"\") is never closed" },
	{ BYTES("a,b,c\n1,2,3\n4,5\n"), "line 3: 2 cells instead of 3; from column \"c\"" },
	{ BYTES("a;b\n\n1;\"x\ny\"\n2;3;4\n"), "line 5: 3 cells, while line 1 names 2 columns" },
	{ BYTES("a,b\n1,2\n1,\"two\nlines\"x\n"), "line 3, column \"b\": there is text behind the closing quote" },
	{ BYTES("a,b\n1,2\n\"x\ny\",\"never\n1,2\n3,4\n"), "line 4: the quote that begins here (column \"b\") is never closed" },
};

/* Opens and reads to the first thing that is wrong. */
static enum status read_through(struct ctx *c, str bytes, struct table_limits limits)
{
	struct table *t;
	struct table_row row;
	enum status s = table_open(c, S("t.csv"), bytes, limits, &t);
	if (s != OK)
		return s;
	while ((s = table_next(c, t, &row)) == OK)
		;
	table_close(t);
	return s;
}

static void says_what_and_where(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		struct ctx c = context_new();
		assert_int_equal(read_through(&c, (str){ refusals[i].bytes, refusals[i].len }, (struct table_limits){ 0 }), INVALID);
		assert_said(&c, refusals[i].says);
		arena_free(c.arena);
	}
}

static void refuses_what_is_too_much(void **state)
{
	(void)state;
	struct ctx c = context_new();
	struct buffer b = { 0 };
	buffer_add(&b, S("a,b\n1,"));
	for (int i = 0; i < TABLE_CELL_MAX + 1; i++)
		buffer_add_char(&b, 'x');
	assert_int_equal(read_through(&c, buffer_text(&b), (struct table_limits){ 0 }), INVALID);
	assert_said(&c, "line 2, column \"b\": this cell is longer than 32 KB");

	buffer_clear(&b);
	for (int i = 0; i < 900; i++)
		buffer_add_format(&b, "%sc%d", i ? "," : "", i);
	buffer_add_char(&b, '\n');
	for (int i = 0; i < 900; i++) {
		for (int j = 0; j < 1200; j++)
			buffer_add_char(&b, 'x');
		buffer_add_char(&b, i < 899 ? ',' : '\n');
	}
	c.problems = (list){ 0 };
	assert_int_equal(read_through(&c, buffer_text(&b), (struct table_limits){ 0 }), INVALID);
	assert_said(&c, "line 2: this line is longer than 1 MB");

	c.problems = (list){ 0 };
	assert_int_equal(read_through(&c, S("a\n1\n2\n3\n"), (struct table_limits){ .rows = 3 }), NOT_FOUND);
	assert_int_equal(read_through(&c, S("a\n1\n2\n3\n4\n"), (struct table_limits){ .rows = 3 }), INVALID);
	assert_said(&c, "more than 3 rows");
	assert_int_equal(read_through(&c, S("a\n1\n2\n3\n4\n"), (struct table_limits){ .bytes = 4 }), INVALID);
	assert_str(c.code, "table-too-large");

	buffer_clear(&b);
	for (int i = 0; i < TABLE_COLUMNS_MAX + 1; i++)
		buffer_add_format(&b, "c%d;", i);
	assert_int_equal(read_through(&c, buffer_text(&b), (struct table_limits){ 0 }), INVALID);
	assert_said(&c, "more than 1000 columns");
	buffer_done(&b);
	arena_free(c.arena);
}

static const struct sample {
	const char *bytes;
	size_t len;
	struct table_dialect dialect;
	const char *second;                /* the last cell of the first row */
} samples[] = {
	{ BYTES("naam;uren;start\r\nRen\xE9 \x80;32,5;01-02-2026\r\n"), { ';', ',', TABLE_WINDOWS_1252, TABLE_CRLF, TABLE_DATES_DAY_FIRST }, "01-02-2026" },
	{ BYTES("\xEF\xBB\xBFuren;start;naam\r\n32,5;1-2-2026;Zo\xC3\xAB\r\n"), { ';', ',', TABLE_UTF8_BOM, TABLE_CRLF, TABLE_DATES_DAY_FIRST }, "Zo\xC3\xAB" },
	{ BYTES("a;b\nx;\x80 \x92\xEB\n"), { ';', 0, TABLE_WINDOWS_1252, TABLE_LF, TABLE_NO_DATES }, "\xE2\x82\xAC \xE2\x80\x99\xC3\xAB" },
	{ BYTES("\xFF\xFE" "a\0\t\0b\0\r\0\n\0" "1\0\t\0\xEB\0\r\0\n\0"), { '\t', 0, TABLE_UTF16_LE, TABLE_CRLF, TABLE_NO_DATES }, "\xC3\xAB" },
	{ BYTES("\xFE\xFF" "\0a\0\t\0b\0\r\0" "1\0\t\xD8\x3D\xDE\0\0\r"), { '\t', 0, TABLE_UTF16_BE, TABLE_CR, TABLE_NO_DATES }, "\xF0\x9F\x98\x80" },
	{ BYTES("a,b\r1,2026-11-23\r"), { ',', '.', TABLE_UTF8, TABLE_CR, TABLE_DATES_ISO }, "2026-11-23" },
	{ BYTES("a|b\n1.5|x, y; z\n"), { '|', '.', TABLE_UTF8, TABLE_LF, TABLE_NO_DATES }, "x, y; z" },
	{ BYTES("naam;uren\nJan;32,5\nPiet;16,25\n"), { ';', ',', TABLE_UTF8, TABLE_LF, TABLE_NO_DATES }, "32,5" },
	{ BYTES("\"a;b\",c\n\"x;y\",\"1,5\"\n"), { ',', ',', TABLE_UTF8, TABLE_LF, TABLE_NO_DATES }, "1,5" },
	{ BYTES("sep=;\r\na,b;c\r\n1;2\r\n"), { ';', 0, TABLE_UTF8, TABLE_CRLF, TABLE_NO_DATES }, "2" },
	{ BYTES("a,b\n1,\"say \"\"yes\"\"\"\"\""), { ',', '.', TABLE_UTF8, TABLE_LF, TABLE_NO_DATES }, "say \"yes\"\"" },
	{ BYTES("a,b,,\n1,5\" plank,,\n"), { ',', '.', TABLE_UTF8, TABLE_LF, TABLE_NO_DATES }, "5\" plank" },
	{ BYTES("a;b\n1;1.000\n"), { ';', 0, TABLE_UTF8, TABLE_LF, TABLE_NO_DATES }, "1.000" },
};

static void recognises_how_a_table_is_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		const struct sample *s = &samples[i];
		struct ctx c = context_new();
		struct table *t;
		struct table_row row;
		if (table_open(&c, S("t.csv"), (str){ s->bytes, s->len }, (struct table_limits){ 0 }, &t) != OK)
			fail_msg("sample %zu: %s", i, said(&c));
		if (t->dialect.delimiter != s->dialect.delimiter || t->dialect.decimal != s->dialect.decimal || t->dialect.encoding != s->dialect.encoding
		    || t->dialect.line_end != s->dialect.line_end || t->dialect.dates != s->dialect.dates)
			fail_msg("sample %zu: %s", i, text_c(c.arena, table_report(&c, t)));
		assert_int_equal(table_next(&c, t, &row), OK);
		assert_str(row.cells[t->width - 1], s->second);
		table_rewind(t);
		assert_int_equal(table_next(&c, t, &row), OK);
		assert_str(row.cells[t->width - 1], s->second);
		table_close(t);
		arena_free(c.arena);
	}
}

static void reports_in_both_languages(void **state)
{
	(void)state;
	struct ctx c = context_new();
	struct table *t;
	assert_int_equal(table_open(&c, S("mensen.csv"), S("naam;uren;start\nRen\xE9;32,5;01-02-2026\n"), (struct table_limits){ 0 }, &t), OK);
	assert_str(table_report(&c, t), "mensen.csv: 3 columns, semicolons, Windows-1252, decimal comma, dates as dd-mm-yyyy.");
	c.language = NL;
	assert_str(table_report(&c, t), "mensen.csv: 3 kolommen, puntkomma's, Windows-1252, decimale komma, datums als dd-mm-jjjj.");
	table_close(t);
	arena_free(c.arena);
}

static void goes_on_behind_a_wrong_row(void **state)
{
	(void)state;
	struct ctx c = context_new();
	struct table *t;
	struct table_row row;
	assert_int_equal(table_open(&c, S("t.csv"), S("a,b\n1\n\"x\"y,2\n3,4,\n5,6,7\n\"8\n8\",\"9\"\n"), (struct table_limits){ 0 }, &t), OK);
	assert_int_equal(table_next(&c, t, &row), INVALID);
	assert_str(row.text, "1");
	assert_int_equal(table_next(&c, t, &row), INVALID);
	assert_str(row.text, "\"x\"y,2");
	assert_int_equal(table_next(&c, t, &row), OK);
	assert_int_equal(row.line, 4);
	assert_int_equal(table_next(&c, t, &row), INVALID);
	assert_false(table_is_over(t));
	assert_int_equal(table_next(&c, t, &row), OK);
	assert_str(row.cells[0], "8\n8");
	assert_str(row.cells[1], "9");
	assert_int_equal(row.line, 6);
	assert_int_equal(c.problems.count, 3);
	assert_str(list_item(c.problems, struct problem, 2)->field, "line 5");
	assert_int_equal(table_next(&c, t, &row), NOT_FOUND);
	assert_true(table_is_over(t));
	table_close(t);
	arena_free(c.arena);
}

static char path[] = "/tmp/table_test_XXXXXX";

static void file_write(const char *text, int flags)
{
	int fd = open(path, O_WRONLY | flags);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static void appended(const char *to) { (void)to; file_write("9,9\n", O_APPEND); }
static void cut_short(const char *to) { assert_int_equal(truncate(to, 3), 0); }
static void replaced(const char *to)
{
	assert_int_equal(unlink(to), 0);
	close(open(to, O_CREAT | O_WRONLY, 0600));
	file_write("a,b\n1,2\n", 0);
}

static void refuses_a_file_that_changes_while_read(void **state)
{
	(void)state;
	void (*const changes[])(const char *) = { appended, cut_short, replaced };
	for (size_t i = 0; i < 3; i++) {
		struct ctx c = context_new();
		struct table *t;
		file_write("a,b\n1,2\n", O_TRUNC);
		assert_int_equal(table_open_file(&c, path, (struct table_limits){ 0 }, &t), OK);
		table_close(t);
		file_reading_hook = changes[i];
		assert_int_equal(table_open_file(&c, path, (struct table_limits){ 0 }, &t), CONFLICT);
		file_reading_hook = NULL;
		assert_said(&c, "changed while it was being read");
		arena_free(c.arena);
	}
}

static void refuses_a_file_by_its_size_and_kind(void **state)
{
	(void)state;
	struct ctx c = context_new();
	struct table *t;
	assert_int_equal(truncate(path, 1000 * 1000 * 1000), 0);
	assert_int_equal(table_open_file(&c, path, (struct table_limits){ 0 }, &t), INVALID);
	assert_said(&c, "is 1000 MB; 256 MB is the most");
	assert_int_equal(table_open_file(&c, "/", (struct table_limits){ 0 }, &t), INVALID);
	assert_said(&c, "folder or a device");
	assert_int_equal(table_open_file(&c, "/no/such/file.csv", (struct table_limits){ 0 }, &t), NOT_FOUND);
	assert_said(&c, "no file \"/no/such/file.csv\"");
	const char *pipe = text_c(c.arena, text_format(c.arena, "%s.pipe", path));
	assert_int_equal(mkfifo(pipe, 0600), 0);               /* nobody writes to it: waiting would be forever */
	assert_int_equal(table_open_file(&c, pipe, (struct table_limits){ 0 }, &t), INVALID);
	unlink(pipe);
	arena_free(c.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_and_where),
		cmocka_unit_test(refuses_what_is_too_much),
		cmocka_unit_test(recognises_how_a_table_is_written),
		cmocka_unit_test(reports_in_both_languages),
		cmocka_unit_test(goes_on_behind_a_wrong_row),
		cmocka_unit_test(refuses_a_file_that_changes_while_read),
		cmocka_unit_test(refuses_a_file_by_its_size_and_kind),
	};
	close(mkstemp(path));
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
