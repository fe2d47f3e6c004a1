/* dialect.c - how a table is written, told from its first rows. */
#include "table/inside.h"
#include <string.h>

enum { ROWS_LOOKED_AT = 50 };

/* Cells of the record at *at, which moves behind it; quotes hide what is between them. */
static size_t record_width(str text, size_t *at, char delimiter)
{
	size_t i = *at, cells = 1;
	bool quoted = false, begins = true;
	for (; i < text.len; i++) {
		char ch = text.at[i];
		if (quoted) {
			quoted = ch != '"';
		} else if (ch == '"' && (begins || text.at[i - 1] == '"')) {
			quoted = true;                         /* a doubled quote closes and opens again */
		} else if (ch == '\n' || ch == '\r') {
			break;
		} else {
			cells += ch == delimiter;
			begins = ch == delimiter;
			continue;
		}
		begins = false;
	}
	while (i < text.len && (text.at[i] == '\n' || text.at[i] == '\r'))
		i++;
	*at = i;
	return cells;
}

/* The delimiter that splits the header, and splits most of the first rows alike; of two such, the one that gives more columns. */
char dialect_delimiter(str text)
{
	static const char candidates[] = { ',', ';', '\t', '|' };
	text = str_until(text, TABLE_LINE_MAX);
	char best = ',';
	size_t best_alike = 0, best_width = 1;
	for (size_t i = 0; i < sizeof candidates; i++) {
		size_t at = 0, alike = 0, width = record_width(text, &at, candidates[i]);
		for (size_t row = 0; row < ROWS_LOOKED_AT && at < text.len; row++)
			alike += record_width(text, &at, candidates[i]) == width;
		if (width > 1 && (best_width == 1 || alike > best_alike || (alike == best_alike && width > best_width))) {
			best = candidates[i];
			best_alike = alike;
			best_width = width;
		}
	}
	return best;
}

static bool is_number(str cell, char mark)
{
	char room[NUMBER_ROOM];
	str number;
	return value_number(cell, mark, 0, room, &number) == VALUE_FINE;
}

void dialect_vote(struct dialect_votes *v, str cell)
{
	struct date_format f = { 0 };
	date day;
	cell = str_trim(cell);
	if (cell.len < 3 || cell.len > 30)
		return;
	if (is_number(cell, 0)) {                              /* "1.000" alone tells nothing and is no number here */
		v->comma += memchr(cell.at, ',', cell.len) && is_number(cell, ',');
		v->point += memchr(cell.at, '.', cell.len) && is_number(cell, '.');
	} else if (date_format_recognise(cell, &f) && value_date(cell, &f, &day) == VALUE_FINE) {
		v->iso += f.order[0] == 'y';
		v->day_first += f.order[0] == 'd';
	}
}

void dialect_decide(struct table_dialect *d, const struct dialect_votes *v)
{
	/* In a file parted by commas a point is the only decimal mark that needs no quotes. */
	d->decimal = v->comma && !v->point ? ',' : v->point && !v->comma ? '.' : !v->comma && d->delimiter == ',' ? '.' : 0;
	d->dates = !v->iso && !v->day_first ? TABLE_NO_DATES : v->iso >= v->day_first ? TABLE_DATES_ISO : TABLE_DATES_DAY_FIRST;
}
