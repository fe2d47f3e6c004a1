/* table.c - opening a table and reading it row by row. */
#include "table/inside.h"
#include <string.h>

enum { BYTES_USUAL = 256 * 1000 * 1000, ROWS_USUAL = 20 * 1000 * 1000, ROWS_LOOKED_AT = 200 };

enum fault {
	FINE, ENDED,
	TOO_FEW, TOO_MANY, AFTER_QUOTE, CELL_TOO_LONG, LINE_TOO_LONG,         /* this row only */
	UNCLOSED, TOO_MANY_ROWS,                                            /* nothing behind it can be read */
};

/* What was read of a row, for the message about it. */
struct parsed { enum fault fault; size_t cells; int64_t line; };

static bool is_line_end(char ch)
{
	return ch == '\n' || ch == '\r';
}

static int64_t line_ends(str s)
{
	int64_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.at[i] == '\n' || (s.at[i] == '\r' && (i + 1 == s.len || s.at[i + 1] != '\n'));
	return n;
}

static void line_end_skip(struct table *t)
{
	t->at += t->text.at[t->at] == '\r' && t->at + 1 < t->text.len && t->text.at[t->at + 1] == '\n' ? 2 : 1;
	t->line++;
}

static size_t find_from(str s, size_t at, char ch)
{
	const char *found = at < s.len ? memchr(s.at + at, ch, s.len - at) : NULL;
	return found ? (size_t)(found - s.at) : s.len;
}

/* From behind the opening quote at t->at. Doubled quotes become one in t->unquoted, which has room for a whole line,
 * so that cells pointing into it stay. */
static enum fault cell_quoted(struct table *t, str *cell)
{
	size_t from = t->at, kept = t->unquoted.len, close;
	for (;;) {
		close = find_from(t->text, t->at, '"');
		if (close == t->text.len)
			return UNCLOSED;
		if (close + 1 == t->text.len || t->text.at[close + 1] != '"')
			break;
		t->at = close + 2;
	}
	str raw = { t->text.at + from, close - from };
	t->line += line_ends(raw);
	bool doubled = t->at != from;
	t->at = close + 1;
	if (raw.len > TABLE_CELL_MAX)
		return CELL_TOO_LONG;
	*cell = raw;
	if (doubled) {
		if (!kept)
			buffer_reserve(&t->unquoted, TABLE_LINE_MAX + TABLE_CELL_MAX);
		for (size_t i = 0; i < raw.len; i++) {
			buffer_add_char(&t->unquoted, raw.at[i]);
			i += raw.at[i] == '"';
		}
		*cell = str_from(buffer_text(&t->unquoted), kept);
	}
	return t->at < t->text.len && !t->stops[(unsigned char)t->text.at[t->at]] ? AFTER_QUOTE : FINE;
}

static enum fault cell_read(struct table *t, str *cell)
{
	if (t->at < t->text.len && t->text.at[t->at] == '"') {
		t->at++;
		return cell_quoted(t, cell);
	}
	size_t from = t->at, at = from;
	while (at < t->text.len && !t->stops[(unsigned char)t->text.at[at]])
		at++;
	*cell = (str){ t->text.at + from, at - from };
	t->at = at;
	return at - from > TABLE_CELL_MAX ? CELL_TOO_LONG : FINE;
}

static struct parsed row_parse(struct table *t, size_t width, struct table_row *row)
{
	struct parsed p = { 0 };
	while (t->at < t->text.len && is_line_end(t->text.at[t->at]))
		line_end_skip(t);                              /* empty lines mean nothing */
	size_t from = t->at;
	p.line = t->line;
	*row = (struct table_row){ .line = t->line, .cells = t->cells };
	if (t->at == t->text.len || t->over) {
		p.fault = ENDED;
		return p;
	}
	t->unquoted.len = 0;
	bool filled_behind = false;
	for (;;) {
		str cell;
		p.line = t->line;
		p.fault = cell_read(t, &cell);
		if (p.fault == FINE && t->at - from > TABLE_LINE_MAX)
			p.fault = LINE_TOO_LONG;
		if (p.fault != FINE)
			break;
		if (p.cells < width)
			t->cells[p.cells] = cell;
		else
			filled_behind |= cell.len > 0;
		p.cells++;
		if (t->at == t->text.len || t->text.at[t->at] != t->dialect.delimiter)
			break;
		t->at++;
	}
	if (p.fault == UNCLOSED)
		t->at = t->text.len;
	while (t->at < t->text.len && !is_line_end(t->text.at[t->at]))
		t->at++;                                       /* behind a fault the next line is a new try */
	row->text = (str){ t->text.at + from, t->at - from };
	row->count = p.cells < width ? p.cells : width;
	if (t->at < t->text.len)
		line_end_skip(t);
	if (p.fault == FINE)
		p.fault = p.cells < width ? TOO_FEW : filled_behind ? TOO_MANY : FINE;
	if (p.fault != UNCLOSED && ++t->rows > t->rows_max)
		p.fault = TOO_MANY_ROWS;
	return p;
}

static str line_of(struct ctx *c, int64_t line)
{
	return number_text(c->arena, line);
}

static struct said fault_said(struct ctx *c, const struct table *t, const struct parsed *p, int64_t row)
{
	str begin = line_of(c, row), here = line_of(c, p->line), column = p->cells < t->width ? t->columns[p->cells] : S("");
	str cells = number_text(c->arena, (int64_t)p->cells), width = number_text(c->arena, (int64_t)t->width);
	switch (p->fault) {
	case TOO_FEW:
		return said_of(c->arena, W(table_too_few), t->name, begin, cells, width, column);
	case TOO_MANY:
		return said_of(c->arena, W(table_too_many), t->name, begin, cells, width, line_of(c, t->header_line));
	case AFTER_QUOTE:
		return said_of(c->arena, W(table_after_quote), t->name, here, column);
	case CELL_TOO_LONG:
		return said_of(c->arena, W(table_cell_too_long), t->name, here, column);
	case LINE_TOO_LONG:
		return said_of(c->arena, W(table_line_too_long), t->name, begin);
	case UNCLOSED:
		return said_of(c->arena, W(table_unclosed_quote), t->name, here, column);
	case TOO_MANY_ROWS:
		return said_of(c->arena, W(table_too_many_rows), t->name, number_text(c->arena, t->rows_max));
	case FINE: case ENDED:
		break;
	}
	return (struct said){ 0 };
}

/* Excel's own first line "sep=;" names the delimiter and is no row. */
static bool delimiter_told(struct table *t)
{
	str s = t->text;
	if (s.len < 5 || !str_eq_ignoring_case(str_until(s, 4), S("sep=")) || !memchr(",;\t|", s.at[4], 4)
	    || (s.len > 5 && !is_line_end(s.at[5])))
		return false;
	t->dialect.delimiter = s.at[4];
	t->at = 5;
	if (s.len > 5)
		line_end_skip(t);
	return true;
}

static enum status header_read(struct ctx *c, struct table *t)
{
	struct table_row row;
	t->cells = arena_array_of(c->arena, str, TABLE_COLUMNS_MAX);
	struct parsed p = row_parse(t, TABLE_COLUMNS_MAX, &row);
	t->header_line = row.line;
	if (p.fault == ENDED)
		return refuse(c, INVALID, "table-empty-file", W(table_empty_file), t->name);
	if (p.fault == TOO_MANY)
		return refuse(c, INVALID, "table-too-many-columns", W(table_too_many_columns), t->name, number_text(c->arena, TABLE_COLUMNS_MAX));
	if (p.fault != TOO_FEW && p.fault != FINE) {
		struct said said = fault_said(c, t, &p, row.line);
		return refuse_with(c, INVALID, S("table-header"), said.word, said.values);
	}
	t->width = p.cells < TABLE_COLUMNS_MAX ? p.cells : TABLE_COLUMNS_MAX;
	t->columns = arena_array_of(c->arena, str, t->width);
	for (size_t i = 0; i < t->width; i++)
		t->columns[i] = text_copy(c->arena, str_trim(t->cells[i]));
	while (t->width > 1 && !t->columns[t->width - 1].len)
		t->width--;                                    /* Excel's empty columns at the right */
	for (size_t i = 0; i < t->width; i++)
		for (size_t j = 0; j < i && t->columns[i].len; j++)
			if (str_eq_ignoring_case(t->columns[i], t->columns[j]))
				return refuse(c, INVALID, "table-same-column", W(table_same_column), t->name, line_of(c, row.line),
					t->columns[i], number_text(c->arena, (int64_t)j + 1), number_text(c->arena, (int64_t)i + 1));
	return OK;
}

static void values_look(struct table *t)
{
	struct dialect_votes votes = { 0 };
	struct table_row row;
	for (int i = 0; i < ROWS_LOOKED_AT; i++) {
		enum fault fault = row_parse(t, t->width, &row).fault;
		if (fault == ENDED || fault == UNCLOSED)
			break;
		for (size_t j = 0; fault == FINE && j < t->width; j++)
			dialect_vote(&votes, t->cells[j]);
	}
	dialect_decide(&t->dialect, &votes);
}

static enum status table_begin(struct ctx *c, struct table *t, str bytes)
{
	TRY(table_decode(c, t->name, bytes, &t->decoded, &t->text, &t->dialect.encoding));
	if (!str_trim(t->text).len)
		return refuse(c, INVALID, "table-empty-file", W(table_empty_file), t->name);
	size_t first_end = 0;
	while (first_end < t->text.len && !is_line_end(t->text.at[first_end]))
		first_end++;
	bool cr = first_end < t->text.len && t->text.at[first_end] == '\r';
	t->dialect.line_end = !cr ? TABLE_LF : first_end + 1 < t->text.len && t->text.at[first_end + 1] == '\n' ? TABLE_CRLF : TABLE_CR;
	t->line = 1;
	if (!delimiter_told(t))
		t->dialect.delimiter = dialect_delimiter(t->text);
	t->stops['\n'] = t->stops['\r'] = t->stops[(unsigned char)t->dialect.delimiter] = true;
	TRY(header_read(c, t));
	t->first = t->at;
	t->first_line = t->line;
	table_rewind(t);
	values_look(t);
	table_rewind(t);
	return OK;
}

static struct table *table_new(struct ctx *c, str name, struct table_limits limits)
{
	struct table *t = arena_new_of(c->arena, struct table);
	t->name = text_copy(c->arena, name);
	t->rows_max = limits.rows ? limits.rows : ROWS_USUAL;
	return t;
}

enum status table_open(struct ctx *c, str name, str bytes, struct table_limits limits, struct table **out)
{
	int64_t most = limits.bytes ? limits.bytes : BYTES_USUAL;
	if ((int64_t)bytes.len > most)
		return refuse(c, INVALID, "table-too-large", W(table_too_large), name,
			number_text(c->arena, ((int64_t)bytes.len + 999999) / 1000000), number_text(c->arena, most / 1000000));
	struct table *t = table_new(c, name, limits);
	enum status s = table_begin(c, t, bytes);
	if (s == OK)
		*out = t;
	else
		table_close(t);
	return s;
}

enum status table_open_file(struct ctx *c, const char *path, struct table_limits limits, struct table **out)
{
	struct table *t = table_new(c, file_name(str_of(path)), limits);
	TRY(file_read(c, path, limits.bytes ? limits.bytes : BYTES_USUAL, &t->file));
	enum status s = table_begin(c, t, buffer_text(&t->file));
	if (s != OK) {
		table_close(t);
		return s;
	}
	if (t->decoded.len)
		buffer_done(&t->file);
	*out = t;
	return OK;
}

void table_close(struct table *t)
{
	if (!t)
		return;
	buffer_done(&t->file);
	buffer_done(&t->decoded);
	buffer_done(&t->unquoted);
}

enum status table_next(struct ctx *c, struct table *t, struct table_row *row)
{
	struct parsed p = row_parse(t, t->width, row);
	if (p.fault == FINE)
		return OK;
	if (p.fault == ENDED)
		return NOT_FOUND;
	struct said said = fault_said(c, t, &p, row->line);
	if (p.fault < UNCLOSED)
		return object_with(c, text_format(c->arena, "line %lld", (long long)row->line), said.word, said.values);
	t->over = true;
	return refuse_with(c, INVALID, p.fault == UNCLOSED ? S("table-unclosed-quote") : S("table-too-many-rows"), said.word, said.values);
}

bool table_is_over(const struct table *t)
{
	return t->over || t->at == t->text.len;
}

void table_count_from(struct table *t, int64_t line)
{
	int64_t shift = line - t->header_line;
	t->header_line += shift;
	t->first_line += shift;
	t->line += shift;
}

void table_rewind(struct table *t)
{
	t->at = t->first;
	t->line = t->first_line;
	t->rows = 0;
	t->over = false;
}

str table_report(struct ctx *c, const struct table *t)
{
	static const struct word *const encodings[TABLE_ENCODINGS] = {
		[TABLE_UTF8] = W(table_utf8), [TABLE_UTF8_BOM] = W(table_utf8_bom), [TABLE_UTF16_LE] = W(table_utf16),
		[TABLE_UTF16_BE] = W(table_utf16), [TABLE_WINDOWS_1252] = W(table_windows),
	};
	const struct table_dialect *d = &t->dialect;
	const struct word *delimiter = d->delimiter == ';' ? W(table_semicolons) : d->delimiter == '\t' ? W(table_tabs)
		: d->delimiter == '|' ? W(table_bars) : W(table_commas);
	const struct word *decimal = d->decimal == ',' ? W(table_decimal_comma) : d->decimal == '.' ? W(table_decimal_point) : W(table_decimal_unknown);
	const struct word *dates = d->dates == TABLE_DATES_ISO ? W(table_dates_iso) : d->dates == TABLE_DATES_DAY_FIRST
		? W(table_dates_day_first) : W(table_dates_none);
	const struct word *parts[] = { delimiter, encodings[d->encoding], decimal, dates };
	str values[SAID_VALUES] = { t->name, number_text(c->arena, (int64_t)t->width) };
	for (size_t i = 0; i < 4; i++)
		values[2 + i] = word_text(c->arena, c->language, parts[i], NULL, 0);
	return word_text(c->arena, c->language, W(table_recognised), values, SAID_VALUES);
}
