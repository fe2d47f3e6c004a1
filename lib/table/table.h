/* table.h - clean rows of text from whatever file an organisation happens to have.
 *
 * A table is opened from bytes or from a path; how it is written (delimiter, encoding,
 * line ends, decimal mark, dates) is recognised and can be reported. Rows are then
 * read one by one:
 *
 *     struct table *t;
 *     TRY(table_open_file(c, "people.csv", (struct table_limits){ 0 }, &t));
 *     struct table_row row;
 *     enum status s;
 *     while ((s = table_next(c, t, &row)) == OK)
 *             … row.cells[0] … row.line …
 *     table_close(t);
 *
 * A cell is UTF-8, points into the file where it can, and lives until the next row.
 * Memory is the file itself, once (twice when it was not UTF-8), and nothing per row.
 */
#pragma once
#include "base/buffer.h"
#include "base/context.h"

enum table_encoding { TABLE_UTF8, TABLE_UTF8_BOM, TABLE_UTF16_LE, TABLE_UTF16_BE, TABLE_WINDOWS_1252, TABLE_ENCODINGS };
enum table_line_end { TABLE_LF, TABLE_CRLF, TABLE_CR };
enum table_dates { TABLE_NO_DATES, TABLE_DATES_ISO, TABLE_DATES_DAY_FIRST };

struct table_dialect {
	char delimiter;                    /* , ; | or tab */
	char decimal;                      /* , or . and 0 when the first rows do not tell */
	enum table_encoding encoding;
	enum table_line_end line_end;      /* of the first line; a file may mix them */
	enum table_dates dates;            /* as seen in the first rows */
};

struct table_limits { int64_t bytes, rows; };              /* 0: 256 MB, 20 million rows */
enum { TABLE_CELL_MAX = 32 * 1024, TABLE_LINE_MAX = 1024 * 1024, TABLE_COLUMNS_MAX = 1000 };

struct table {
	str name;                          /* of the file, as messages call it */
	struct table_dialect dialect;
	str *columns;                      /* the header, trimmed; a column without a name cannot be asked for */
	size_t width;
	int64_t header_line;

	/* From here on for lib/table only. */
	str text;                          /* the whole file as UTF-8 */
	size_t at, first;                  /* where the next row begins, and the first */
	int64_t line, first_line, rows, rows_max;
	bool over;
	bool stops[256];                   /* bytes that end an unquoted cell */
	str *cells;
	struct buffer file, decoded, unquoted;
};

struct table_row {
	int64_t line;                      /* on which it begins, from 1 */
	const str *cells;                  /* as many as the table is wide */
	size_t count;                      /* of cells it really has: fewer in a row that is wrong */
	str text;                          /* the row as it stands in the file, without its line end */
};

/* table_open: `bytes` are borrowed and must live until table_close. INVALID for what is no table (refuse). */
enum status table_open(struct ctx *c, str name, str bytes, struct table_limits limits, struct table **out) must_use;
/* table_open_file: reads the whole file; CONFLICT if it changed meanwhile, NOT_FOUND if it is not there. */
enum status table_open_file(struct ctx *c, const char *path, struct table_limits limits, struct table **out) must_use;
void table_close(struct table *t);                         /* NULL is fine */

/* table_next: OK; NOT_FOUND behind the last row; INVALID for a row that is wrong, objected to under "line N", with
 * row->line and row->text filled: the next call goes on behind it, unless table_is_over. What is said about bad rows is
 * kept in c->arena and c->problems: stop after enough of them. */
enum status table_next(struct ctx *c, struct table *t, struct table_row *row) must_use;
bool table_is_over(const struct table *t);                 /* nothing more can be read, at the end or after an unclosed quote */
/* table_count_from: the header is called this line, and what follows accordingly: 0 for rows that were typed without one. */
void table_count_from(struct table *t, int64_t line);
void table_rewind(struct table *t);                        /* to the first row again */

/* file_read: all of a regular file of at most `limit` bytes, unchanged from begin to end; refuses in words. For the shell. */
enum status file_read(struct ctx *c, const char *path, int64_t limit, struct buffer *out) must_use;

/* table_report: how the file was understood, one sentence in the reader's language. */
str table_report(struct ctx *c, const struct table *t);
