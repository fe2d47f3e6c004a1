/* write.c - writing CSV, for exports and for rows that were refused. */
#include "table/write.h"
#include "table/inside.h"
#include <string.h>

static char delimiter_of(const struct table_writer *w)
{
	return w->delimiter ? w->delimiter : w->dutch ? ';' : ',';
}

static void cell_begin(struct table_writer *w)
{
	if (w->in_row)
		buffer_add_char(w->out, delimiter_of(w));
	w->in_row = true;
}

/* A number, whatever its marks, is no formula: "-32,5", "+31612345678". */
static bool is_formula(str cell)
{
	if (!cell.len || !memchr("=+-@\t\r", cell.at[0], 6))
		return false;
	if ((cell.at[0] != '-' && cell.at[0] != '+') || cell.len == 1)
		return true;
	for (size_t i = 1; i < cell.len; i++)
		if (!memchr("0123456789.,", cell.at[i], 12))
			return true;
	return false;
}

/* Every delimiter any program might choose is quoted, so that reading back never has to guess. */
static bool needs_quotes(str cell)
{
	for (size_t i = 0; i < cell.len; i++)
		if (memchr("\",;\t|\n\r", cell.at[i], 7))
			return true;
	return cell.len && (cell.at[0] == ' ' || cell.at[cell.len - 1] == ' ');
}

void table_write(struct table_writer *w, str cell)
{
	bool first = !w->in_row, guarded = !w->as_it_is && is_formula(cell);
	cell_begin(w);
	if (!needs_quotes(cell) && !(first && !cell.len)) {    /* a row of one empty cell would be an empty line */
		if (guarded)
			buffer_add_char(w->out, '\'');
		buffer_add(w->out, cell);
		return;
	}
	buffer_add_char(w->out, '"');
	if (guarded)
		buffer_add_char(w->out, '\'');
	for (str before; cell.len; ) {
		bool quote = str_cut(cell, '"', &before, &cell);
		buffer_add(w->out, before);
		if (quote)
			buffer_add(w->out, S("\"\""));
	}
	buffer_add_char(w->out, '"');
}

void table_write_int(struct table_writer *w, int64_t n)
{
	cell_begin(w);
	buffer_add_int(w->out, n);
}

void table_write_real(struct table_writer *w, double x)
{
	cell_begin(w);
	size_t from = w->out->len;
	buffer_add_real(w->out, x);
	char *point = w->dutch && w->out->len > from ? memchr(w->out->at + from, '.', w->out->len - from) : NULL;
	if (point)
		*point = ',';
}

void table_write_end(struct table_writer *w)
{
	buffer_add(w->out, w->crlf ? S("\r\n") : S("\n"));
	w->in_row = false;
}

str table_reasons(struct ctx *c, size_t from)
{
	struct buffer b = { 0 };
	for (size_t i = from; i < c->problems.count; i++) {
		if (i > from)
			buffer_add_char(&b, ' ');
		buffer_add(&b, said_text(c->arena, c->language, &list_item(c->problems, struct problem, i)->said));
	}
	str reasons = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return reasons;
}

void table_write_reject_header(struct table_writer *w, struct ctx *c, const struct table *t)
{
	for (size_t i = 0; i < t->width; i++)
		table_write(w, t->columns[i]);
	table_write(w, word_text(c->arena, c->language, W(table_line), NULL, 0));
	table_write(w, word_text(c->arena, c->language, W(table_reason), NULL, 0));
	table_write_end(w);
}

void table_write_reject(struct table_writer *w, struct ctx *c, const struct table *t, const struct table_row *row, size_t from)
{
	for (size_t i = 0; i < t->width; i++)
		table_write(w, i < row->count ? row->cells[i] : S(""));
	table_write_int(w, row->line);
	table_write(w, table_reasons(c, from));
	table_write_end(w);
}
