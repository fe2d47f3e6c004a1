/* date.c - calendar arithmetic without the C library's time zones. */
#include "date.h"
#include "arena.h"
#include <string.h>
#include <time.h>

enum { DAY_1970 = 719163, LAST_DAY = 3652059, MS_A_DAY = 86400000 };

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days before the first of March of year 0 count backwards; the year is taken to begin in March, so that leap days come last. */
static int32_t day_number(int year, int month, int day)
{
	int y = month > 2 ? year : year - 1, m = month > 2 ? month - 3 : month + 9;
	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 306;
}

date date_of(int year, int month, int day)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in(year, month))
		return (date){ 0 };
	return (date){ day_number(year, month, day) };
}

/* Century, year of the century and month each by one multiplication (Neri and Schneider 2022, "Euclidean affine functions
 * and their application to calendar algorithms"); the year begins in March here too. */
struct civil date_civil(date d)
{
	uint32_t quarters = 4 * (uint32_t)(d.day + 305) + 3;           /* days since 0000-03-01 */
	uint32_t century = quarters / 146097, of_century = quarters % 146097 / 4;
	uint64_t years = UINT64_C(2939745) * (4 * of_century + 3);
	uint32_t year = 100 * century + (uint32_t)(years >> 32), of_year = (uint32_t)years / 2939745 / 4;
	uint32_t months = 2141 * of_year + 197913, month = months >> 16;
	bool next = of_year >= 306;                                    /* January and February */
	return (struct civil){ .year = (int)(year + next), .month = (int)(next ? month - 12 : month), .day = (int)((months & 0xFFFF) / 2141 + 1) };
}

static bool digits(str s, size_t from, size_t count, int *out)
{
	int n = 0;
	for (size_t i = from; i < from + count; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
		n = n * 10 + s.at[i] - '0';
	}
	*out = n;
	return true;
}

bool date_from_iso(str s, date *out)
{
	int year, month, day;
	if (s.len != 10 || s.at[4] != '-' || s.at[7] != '-' || !digits(s, 0, 4, &year) || !digits(s, 5, 2, &month) || !digits(s, 8, 2, &day))
		return false;
	date d = date_of(year, month, day);
	if (!date_is(d))
		return false;
	*out = d;
	return true;
}

static void two_digits(char *at, int n)
{
	unsigned u = (unsigned)n, tens = u * 103 >> 10;                 /* u / 10 below 100 */
	at[0] = (char)('0' + tens);
	at[1] = (char)('0' + (u - tens * 10));
}

void date_put(char into[10], date d)
{
	struct civil c = date_civil(d);
	two_digits(into, c.year / 100);
	two_digits(into + 2, c.year % 100);
	two_digits(into + 5, c.month);
	two_digits(into + 8, c.day);
	into[4] = into[7] = '-';
}

str date_iso(struct arena *a, date d)
{
	if (!date_is(d))
		return (str){ 0 };
	char *at = arena_take(a, 11);
	date_put(at, d);
	return (str){ at, 10 };
}

int date_weekday(date d)
{
	return (d.day + 6) % 7 + 1;
}

date date_add_days(date d, int days)
{
	int64_t day = (int64_t)d.day + days;
	return date_is(d) && day >= 1 && day <= LAST_DAY ? (date){ (int32_t)day } : (date){ 0 };
}

date date_add_months(date d, int months)
{
	struct civil c = date_civil(d);
	int64_t n = (int64_t)c.year * 12 + c.month - 1 + months;
	if (!date_is(d) || n < 12 || n >= 10000 * 12)
		return (date){ 0 };
	int year = (int)(n / 12), month = (int)(n % 12) + 1, last = days_in(year, month);
	return date_of(year, month, c.day < last ? c.day : last);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

date instant_date_utc(instant i)
{
	return i.ms ? (date){ (int32_t)(floor_div(i.ms, MS_A_DAY) + DAY_1970) } : (date){ 0 };
}

/* Summer time runs from 01:00 UTC on the last Sunday of March to that of October (Directive 2000/84/EC). */
static int64_t amsterdam_offset(instant i)
{
	int year = date_civil(instant_date_utc(i)).year;
	date march = date_of(year, 3, 31), october = date_of(year, 10, 31);
	int64_t from = (int64_t)(march.day - date_weekday(march) % 7 - DAY_1970) * MS_A_DAY + 3600000;
	int64_t until = (int64_t)(october.day - date_weekday(october) % 7 - DAY_1970) * MS_A_DAY + 3600000;
	return i.ms >= from && i.ms < until ? 2 * 3600000 : 3600000;
}

date instant_date(instant i)
{
	return i.ms ? instant_date_utc((instant){ i.ms + amsterdam_offset(i) }) : (date){ 0 };
}

int instant_minutes(instant i)
{
	int64_t local = i.ms + amsterdam_offset(i);
	return (int)((local - floor_div(local, MS_A_DAY) * MS_A_DAY) / 60000);
}

void instant_put(char at[24], instant i)
{
	int ms = (int)(i.ms - floor_div(i.ms, MS_A_DAY) * MS_A_DAY);
	date_put(at, instant_date_utc(i));
	memcpy(at + 10, "T00:00:00.000Z", 14);
	two_digits(at + 11, ms / 3600000);
	two_digits(at + 14, ms / 60000 % 60);
	two_digits(at + 17, ms / 1000 % 60);
	at[20] = (char)('0' + ms / 100 % 10);
	two_digits(at + 21, ms % 100);
}

str instant_iso(struct arena *a, instant i)
{
	if (!i.ms)
		return (str){ 0 };
	char *at = arena_take(a, 25);
	instant_put(at, i);
	return (str){ at, 24 };
}

static bool offset_from_iso(str s, int64_t *ms)
{
	int hours, minutes;
	if (s.len != 6 || (s.at[0] != '+' && s.at[0] != '-') || s.at[3] != ':' || !digits(s, 1, 2, &hours) || !digits(s, 4, 2, &minutes) ||
		hours > 14 || minutes > 59)
		return false;
	*ms = (hours * 60 + minutes) * (s.at[0] == '-' ? -60000 : 60000);
	return true;
}

/* ":05.123": what may follow hours and minutes; digits behind the third are let go. */
static bool seconds_from_iso(str *s, int64_t *ms)
{
	int seconds, digit;
	if (s->len < 3 || !digits(*s, 1, 2, &seconds) || seconds > 59)
		return false;
	*ms += seconds * 1000;
	*s = str_from(*s, 3);
	if (!s->len || s->at[0] != '.')
		return true;
	size_t i = 1;
	for (int worth = 100; i < s->len && digits(*s, i, 1, &digit); i++, worth /= 10)
		*ms += digit * worth;
	*s = str_from(*s, i);
	return i > 1;
}

bool instant_from_iso(str s, instant *out)
{
	date d;
	int hours, minutes;
	if (s.len < 16 || !date_from_iso(str_until(s, 10), &d) || s.at[10] != 'T' || s.at[13] != ':' ||
		!digits(s, 11, 2, &hours) || !digits(s, 14, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	int64_t ms = (int64_t)(d.day - DAY_1970) * MS_A_DAY + (hours * 60 + minutes) * 60000, offset = 0;
	s = str_from(s, 16);
	if (s.len && s.at[0] == ':' && !seconds_from_iso(&s, &ms))
		return false;
	if (!s.len)
		offset = amsterdam_offset((instant){ ms - amsterdam_offset((instant){ ms - 3600000 }) });
	else if (!str_eq(s, S("Z")) && !offset_from_iso(s, &offset))
		return false;
	static const int64_t first = (int64_t)(1 - DAY_1970) * MS_A_DAY, end = (int64_t)(LAST_DAY + 1 - DAY_1970) * MS_A_DAY;
	if (ms - offset < first || ms - offset >= end)         /* an offset may lead out of the years 0001 to 9999 */
		return false;
	out->ms = ms - offset;
	return true;
}

instant clock_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (instant){ (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 };
}
