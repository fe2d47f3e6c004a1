/* dialect.c - how a table is written, told from its first rows. */
#include "table/inside.h"
#include <string.h>

enum { ROWS_LOOKED_AT = 50 };

struct record { size_t cells; bool clean; };

/* The record at *at, which moves behind it. Quotes hide what is between them; a quote inside a bare cell, or text behind a closing
 * one, happens in real files but is much likelier the sign of a wrong delimiter: such a record is not clean. */
static struct record record_look(str text, size_t *at, char delimiter)
{
	enum { BEGINS, BARE, QUOTED, CLOSED } cell = BEGINS;
	struct record r = { .cells = 1, .clean = true };
	size_t i = *at;
	for (; i < text.len; i++) {
		char ch = text.at[i];
		if (cell == QUOTED) {
			cell = ch == '"' ? CLOSED : QUOTED;
		} else if (ch == '"' && cell != BARE) {
			cell = QUOTED;                         /* it begins, or was doubled */
		} else if (ch == '\n' || ch == '\r') {
			break;
		} else if (ch == delimiter) {
			r.cells++;
			cell = BEGINS;
		} else {
			r.clean &= cell != CLOSED && ch != '"';
			cell = BARE;
		}
	}
	while (i < text.len && (text.at[i] == '\n' || text.at[i] == '\r'))
		i++;
	*at = i;
	return r;
}

/* The delimiter that splits the header, and splits most of the first rows alike; of two such, the one that gives more columns. */
char dialect_delimiter(str text)
{
	static const char candidates[] = { ',', ';', '\t', '|' };
	text = str_until(text, TABLE_LINE_MAX);
	char best = ',';
	size_t best_alike = 0, best_cells = 1;
	for (size_t i = 0; i < sizeof candidates; i++) {
		size_t at = 0;
		struct record header = record_look(text, &at, candidates[i]);
		size_t alike = header.clean;
		for (int row = 0; row < ROWS_LOOKED_AT && at < text.len; row++) {
			struct record r = record_look(text, &at, candidates[i]);
			alike += r.clean && r.cells == header.cells;
		}
		bool better = best_cells == 1 || alike > best_alike || (alike == best_alike && header.cells > best_cells);
		if (header.cells > 1 && better) {
			best = candidates[i];
			best_alike = alike;
			best_cells = header.cells;
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
