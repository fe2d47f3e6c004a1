/* csv_write.c - a struct as a line of CSV (RFC 4180), or as a Dutch spreadsheet expects it. */
#include "record.h"
#include "base/buffer.h"
#include <string.h>

static bool has_column(const struct field *f)
{
	return !f->secret && f->type != FIELD_LIST && f->type != FIELD_RECORD;
}

/* What a spreadsheet would run when the file is opened (OWASP, CSV Injection). */
static bool is_formula(str s)
{
	return s.len && memchr("=+-@\t\r", s.at[0], 6);
}

static void write_text(struct buffer *b, str s, bool dutch)
{
	bool formula = is_formula(s), quoted = formula;
	for (size_t i = 0; i < s.len && !quoted; i++)
		quoted = s.at[i] == (dutch ? ';' : ',') || s.at[i] == '"' || s.at[i] == '\n' || s.at[i] == '\r';
	if (!quoted) {
		buffer_add(b, s);
		return;
	}
	buffer_add(b, formula ? S("\"'") : S("\""));
	for (str part, rest = s; ; ) {
		bool more = str_cut(rest, '"', &part, &rest);
		buffer_add(b, part);
		if (!more)
			break;
		buffer_add(b, S("\"\""));
	}
	buffer_add_char(b, '"');
}

static void write_plain(struct buffer *b, const struct field *f, const void *of, bool dutch)
{
	char at[FIELD_ROOM];
	size_t n = field_put(at, f, of);
	char *point = dutch && (f->type == FIELD_REAL || f->type == FIELD_MONEY) ? memchr(at, '.', n) : NULL;
	if (point)
		*point = ',';
	buffer_add(b, (str){ at, n });
}

void csv_write_head(struct buffer *b, const struct record *r, bool dutch)
{
	bool first = true;
	for (size_t i = 0; i < r->count; i++) {
		if (!has_column(&r->fields[i]))
			continue;
		if (!first)
			buffer_add_char(b, dutch ? ';' : ',');
		buffer_add(b, str_of(r->fields[i].name));
		first = false;
	}
	buffer_add_char(b, '\n');
}

void csv_write_row(struct buffer *b, const struct record *r, const void *of, bool dutch)
{
	bool first = true;
	for (size_t i = 0; i < r->count; i++) {
		const struct field *f = &r->fields[i];
		if (!has_column(f))
			continue;
		if (!first)
			buffer_add_char(b, dutch ? ';' : ',');
		if (f->type == FIELD_TEXT)
			write_text(b, *(const str *)field_in(f, of), dutch);
		else
			write_plain(b, f, of, dutch);
		first = false;
	}
	buffer_add_char(b, '\n');
}
