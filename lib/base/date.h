/* date.h - days and moments.
 *
 * A date is a day of the proleptic Gregorian calendar; 0001-01-01 is day 1, so that
 * a zeroed date is "no date". An instant is milliseconds UTC since 1970; zero is "no
 * moment". Both are exchanged as ISO 8601 text; the store keeps a date as that text and an
 * instant as an int64.
 */
#pragma once
#include "text.h"

typedef struct { int32_t day; } date;
typedef struct { int64_t ms; } instant;
typedef struct { int64_t cents; } money;

struct civil { int year, month, day; };

date date_of(int year, int month, int day);              /* no date when that day does not exist or is outside 0001 to 9999 */
struct civil date_civil(date d);
bool date_from_iso(str s, date *out);                    /* "2026-11-23" and nothing else */
str date_iso(struct arena *a, date d);                   /* no text for no date */
void date_put(char into[10], date d);                    /* the same ten characters, without NUL; d must be a date */
int date_weekday(date d);                                /* 1 Monday to 7 Sunday */
date date_add_days(date d, int days);                    /* no date outside 0001 to 9999 */
date date_add_months(date d, int months);                /* 31 January + 1 month is the last day of February; no date outside 0001 to 9999 */

static inline bool date_is(date d) { return d.day != 0; }
static inline int date_compare(date a, date b) { return (a.day > b.day) - (a.day < b.day); }
static inline int date_days_between(date from, date to) { return to.day - from.day; }

date instant_date(instant i);                            /* its day in the Netherlands' time, Europe/Amsterdam by EU rule */
date instant_date_utc(instant i);
str instant_iso(struct arena *a, instant i);             /* "2026-11-23T20:43:00.000Z" */
void instant_put(char at[24], instant i);                /* the same, of a moment there is */
/* "2026-11-23T20:43", seconds and a fraction if you like, then Z or an offset such as +01:00; without either it is the
 * wall clock of Europe/Amsterdam, as a browser's datetime-local gives it. Minutes that summer time skips lie an hour later. */
bool instant_from_iso(str s, instant *out);
/* The wall clock of Europe/Amsterdam at that moment, minutes since midnight. */
int instant_minutes(instant i);

/* clock_now: the one reader of the clock. Called by main, the loop and tests' doubles; features get `now` in their context. */
instant clock_now(void);
