/* value.c - one cell as a number or as a day, in whatever way it was written. */
#include "table/inside.h"
#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool all_digits(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit(s.at[i]))
			return false;
	return true;
}

static size_t count_of(str s, char ch)
{
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.at[i] == ch;
	return n;
}

/* Thousands parted by `by`: one to three digits, then threes. */
static bool is_grouped(str s, char by)
{
	str group, rest = s;
	bool first = true, more;
	do {
		more = str_cut(rest, by, &group, &rest);
		if (!all_digits(group) || !group.len || group.len > 3 || (!first && group.len != 3))
			return false;
		first = false;
	} while (more);
	return true;
}

/* The decimal mark of unsigned `s`: 0 when it has none (any mark in it parts thousands), '?' when only the reader of the file can tell. */
static char decimal_mark(str s, char hint)
{
	size_t commas = count_of(s, ','), points = count_of(s, '.');
	if (commas && points)
		return memrchr(s.at, ',', s.len) > memrchr(s.at, '.', s.len) ? ',' : '.';
	char mark = commas ? ',' : '.';
	if (commas + points != 1)
		return 0;
	str whole, part;
	str_cut(s, mark, &whole, &part);
	if (part.len != 3 || !whole.len || whole.len > 3 || whole.at[0] == '0')
		return mark;
	return !hint ? '?' : hint == mark ? mark : 0;
}

enum value_fault value_number(str cell, char mark, char hint, char room[NUMBER_ROOM], str *out)
{
	if (!cell.len || cell.len >= NUMBER_ROOM - 2)
		return VALUE_UNREADABLE;
	bool negative = cell.at[0] == '-';
	str s = str_from(cell, negative), whole = s, part = { 0 };
	if (!mark && (mark = decimal_mark(s, hint)) == '?')
		return VALUE_AMBIGUOUS;
	bool parted = mark && str_cut(s, mark, &whole, &part);
	char group = mark == ',' ? '.' : mark == '.' ? ',' : count_of(s, ',') ? ',' : '.';
	if ((parted && !part.len) || !all_digits(part) || (!whole.len && !part.len))
		return VALUE_UNREADABLE;
	if (!all_digits(whole) && !is_grouped(whole, group))
		return VALUE_UNREADABLE;
	size_t n = 0;
	if (negative)
		room[n++] = '-';
	if (!whole.len)
		room[n++] = '0';
	for (size_t i = 0; i < whole.len; i++)
		if (is_digit(whole.at[i]))
			room[n++] = whole.at[i];
	if (part.len) {
		room[n++] = '.';
		memcpy(room + n, part.at, part.len);
		n += part.len;
	}
	*out = (str){ room, n };
	return VALUE_FINE;
}

enum value_fault value_whole(str cell, char mark, char hint, char room[NUMBER_ROOM], str *out)
{
	enum value_fault fault = value_number(cell, mark, hint, room, out);
	str whole, part;
	if (fault != VALUE_FINE || !str_cut(*out, '.', &whole, &part))
		return fault;
	if (count_of(part, '0') != part.len)
		return VALUE_NOT_WHOLE;                        /* "3,0" is how some programs write 3 */
	*out = whole;
	return VALUE_FINE;
}

bool date_format_read(str pattern, struct date_format *out)
{
	struct date_format f = { .text = pattern };
	size_t parts = 0, width[3] = { 0 };
	if (str_eq_ignoring_case(pattern, S("iso")))
		pattern = S("yyyy-mm-dd");
	for (size_t i = 0; i < pattern.len; i++) {
		char ch = pattern.at[i] == 'j' ? 'y' : pattern.at[i];     /* jjjj: jaar */
		if (memchr("-/.", ch, 3)) {
			if (!parts || parts == 3 || (parts == 2 && f.between != ch))
				return false;
			f.between = ch;
		} else if (parts && f.order[parts - 1] == ch && !(i && memchr("-/.", pattern.at[i - 1], 3))) {
			width[parts - 1]++;
		} else if (memchr("dmy", ch, 3) && parts < 3) {
			f.order[parts] = ch;
			width[parts++] = 1;
		} else {
			return false;
		}
	}
	for (size_t i = 0; i < parts; i++) {
		bool year = f.order[i] == 'y';
		if (year ? width[i] != 4 : width[i] > 2 || (!f.between && width[i] != 2))
			return false;
	}
	if (parts != 3 || f.order[0] == f.order[1] || f.order[1] == f.order[2] || f.order[0] == f.order[2])
		return false;
	if (f.between && count_of(pattern, f.between) != 2)
		return false;
	*out = f;
	return true;
}

bool date_format_recognise(str cell, struct date_format *out)
{
	size_t at = 0;
	while (at < cell.len && is_digit(cell.at[at]))
		at++;
	if (at == cell.len || !memchr("-/.", cell.at[at], 3) || (at != 1 && at != 2 && at != 4))
		return false;
	*out = (struct date_format){ .between = cell.at[at] };
	memcpy(out->order, at == 4 ? "ymd" : "dmy", 3);
	return true;
}

/* A time of day behind a day falls away: exports often add 00:00:00. */
static str without_time(str cell)
{
	size_t at = 0;
	while (at < cell.len && cell.at[at] != ' ' && cell.at[at] != 'T')
		at++;
	str time = str_from(cell, at + 1);
	if (at < 8 || at == cell.len || time.len < 4 || !is_digit(time.at[0]))
		return cell;
	for (size_t i = 0; i < time.len; i++)
		if (!is_digit(time.at[i]) && time.at[i] != ':' && time.at[i] != '.')
			return cell;
	return count_of(time, ':') ? str_until(cell, at) : cell;
}

static bool number_cut(str *s, size_t least, size_t most, int *out)
{
	size_t n = 0;
	int number = 0;
	while (n < most && n < s->len && is_digit(s->at[n]))
		number = number * 10 + s->at[n++] - '0';
	*s = str_from(*s, n);
	*out = number;
	return n >= least;
}

enum value_fault value_date(str cell, const struct date_format *f, date *out)
{
	struct date_format seen;
	cell = without_time(cell);
	if (!f->order[0]) {
		if (!date_format_recognise(cell, &seen))
			return VALUE_UNREADABLE;
		f = &seen;
	}
	int year = 0, month = 0, day = 0;
	for (size_t i = 0; i < 3; i++) {
		if (i && f->between) {
			if (!cell.len || cell.at[0] != f->between)
				return VALUE_UNREADABLE;
			cell = str_from(cell, 1);
		}
		bool is_year = f->order[i] == 'y';
		int *to = is_year ? &year : f->order[i] == 'm' ? &month : &day;
		if (!number_cut(&cell, is_year ? 4 : f->between ? 1 : 2, is_year ? 4 : 2, to))
			return VALUE_UNREADABLE;
	}
	if (cell.len)
		return VALUE_UNREADABLE;
	date d = date_of(year, month, day);
	if (!date_is(d))
		return VALUE_NO_SUCH_DAY;
	*out = d;
	return VALUE_FINE;
}
