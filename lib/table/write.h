/* write.h - rows of cells as CSV that spreadsheets open safely.
 *
 *     struct table_writer w = { .out = &b };                  RFC 4180 with LF: comma, point
 *     struct table_writer w = { .out = &b, .dutch = true };   what Dutch Excel expects: semicolon, comma
 *     table_write(&w, S("Anna")); table_write_real(&w, 32.5); table_write_end(&w);
 *
 * A text that a spreadsheet would take for a formula (it begins with = + - @, tab or CR and is no number) gets a ' before it.
 */
#pragma once
#include "table/table.h"

struct table_writer {
	struct buffer *out;                /* the caller empties it as it pleases, between rows */
	bool dutch;
	char delimiter;                    /* 0: by `dutch` */
	bool crlf;
	bool as_it_is;                     /* no ' before formulas: for programs that read it back */
	bool in_row;
};

void table_write(struct table_writer *w, str cell);
void table_write_int(struct table_writer *w, int64_t n);
void table_write_real(struct table_writer *w, double x);       /* the shortest that reads back; nothing for NaN */
void table_write_end(struct table_writer *w);                  /* of the row */

/* A row that was refused, as it came, with its line and why; the header of such a file. The same file can be mended and read again. */
void table_write_reject_header(struct table_writer *w, struct ctx *c, const struct table *t);
void table_write_reject(struct table_writer *w, struct ctx *c, const struct table *t, const struct table_row *row, size_t from);
/* Why, in the reader's language: the problems from number `from` on, in one text. */
str table_reasons(struct ctx *c, size_t from);
