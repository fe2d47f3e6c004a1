/* format.c - numbers, days and moments as people write them, in both languages. */
#include "view.h"
#include "view/view.words.h"
#include <math.h>
#include <string.h>

static const struct word *const months[] = {
	W(view_month_1), W(view_month_2), W(view_month_3), W(view_month_4), W(view_month_5), W(view_month_6),
	W(view_month_7), W(view_month_8), W(view_month_9), W(view_month_10), W(view_month_11), W(view_month_12) };
static const struct word *const short_months[] = {
	W(view_month_short_1), W(view_month_short_2), W(view_month_short_3), W(view_month_short_4), W(view_month_short_5), W(view_month_short_6),
	W(view_month_short_7), W(view_month_short_8), W(view_month_short_9), W(view_month_short_10), W(view_month_short_11), W(view_month_short_12) };
static const struct word *const weekdays[] = {
	W(view_weekday_1), W(view_weekday_2), W(view_weekday_3), W(view_weekday_4), W(view_weekday_5), W(view_weekday_6), W(view_weekday_7) };

#define DASH S("\xE2\x80\x93")
#define MINUS "\xE2\x88\x92"
#define NO_BREAK "\xC2\xA0"
#define EURO "\xE2\x82\xAC"

/* ---- numbers ---- */

enum { NUMBER_ROOM = 48 };

/* Digits from the right with a mark between thousands, behind them `decimals` digits: 1234567 with 2 is 12.345,67. */
static str digits(char room[NUMBER_ROOM], uint64_t n, int decimals, bool negative, enum language l)
{
	char *p = room + NUMBER_ROOM;
	for (int i = 0; i < decimals; i++, n /= 10)
		*--p = (char)('0' + n % 10);
	if (decimals)
		*--p = l == NL ? ',' : '.';
	int written = 0;
	do {
		if (written && written % 3 == 0)
			*--p = l == NL ? '.' : ',';
		*--p = (char)('0' + n % 10);
		written++;
	} while (n /= 10);
	if (negative)
		p = memcpy(p - 3, MINUS, 3);
	return (str){ p, (size_t)(room + NUMBER_ROOM - p) };
}

static str int_digits(char room[NUMBER_ROOM], int64_t n, enum language l)
{
	return digits(room, n < 0 ? 0 - (uint64_t)n : (uint64_t)n, 0, n < 0, l);
}

enum { DECIMALS_MAX = 9 };

/* A number too large to be one of ours, or none at all, is a dash. */
static str real_digits(char room[NUMBER_ROOM], double x, int decimals, enum language l)
{
	static const double powers[DECIMALS_MAX + 1] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
	decimals = decimals < 0 ? 0 : decimals > DECIMALS_MAX ? DECIMALS_MAX : decimals;
	double scaled = round(fabs(x) * powers[decimals]);
	if (!(scaled < 1e15))
		return DASH;
	return digits(room, (uint64_t)scaled, decimals, x < 0 && scaled > 0, l);
}

void view_tenths(struct view *v, double x)
{
	char at[24];
	int64_t n = llround(x * 10), most = n < 0 ? -n : n;
	size_t len = 0;
	if (n < 0)
		at[len++] = '-';
	len += int_put(at + len, most / 10);
	at[len++] = '.';
	at[len++] = (char)('0' + most % 10);
	view_raw(v, (str){ at, len });
}

void view_int(struct view *v, int64_t n)
{
	if (n >= 0 && n < 1000) {
		buffer_add_int(v->out, n);
		return;
	}
	char room[NUMBER_ROOM];
	buffer_add(v->out, int_digits(room, n, v->language));
}

void view_real(struct view *v, double x)
{
	char room[NUMBER_ROOM];
	buffer_add(v->out, real_digits(room, x, 1, v->language));
}

void view_list(struct view *v, list l)
{
	view_int(v, (int64_t)l.count);
}

str text_of_int(struct ctx *c, int64_t n)
{
	char room[NUMBER_ROOM];
	return text_copy(c->arena, int_digits(room, n, c->language));
}

str text_of_list(struct ctx *c, list l)
{
	return text_of_int(c, (int64_t)l.count);
}

str text_of_real(struct ctx *c, double x)
{
	char room[NUMBER_ROOM];
	return text_copy(c->arena, real_digits(room, x, 1, c->language));
}

str decimal_view(struct view *v, double x, int decimals)
{
	char room[NUMBER_ROOM];
	return text_copy(v->c->arena, real_digits(room, x, decimals, v->language));
}

str percent_view(struct view *v, double share)
{
	char room[NUMBER_ROOM];
	str number = real_digits(room, share * 100, 0, v->language);
	return str_eq(number, DASH) ? DASH : text_join(v->c->arena, number, S("%"));
}

str signed_view(struct view *v, double x)
{
	char room[NUMBER_ROOM];
	bool whole = x == round(x);
	str number = real_digits(room, x, whole ? 0 : 1, v->language);
	bool above = x > 0 && !str_eq(number, S("0")) && !str_eq(number, S("0,0")) && !str_eq(number, S("0.0")) && !str_eq(number, DASH);
	return above ? text_join(v->c->arena, S("+"), number) : text_copy(v->c->arena, number);
}

str plain_view(struct view *v, int64_t n)
{
	return plain_of_int(v->c, n);
}

str text_of_money(struct ctx *c, money m)
{
	char room[NUMBER_ROOM];
	str number = digits(room, m.cents < 0 ? 0 - (uint64_t)m.cents : (uint64_t)m.cents, 2, m.cents < 0, c->language);
	return text_join(c->arena, c->language == NL ? S(EURO NO_BREAK) : S(EURO), number);
}

void view_money(struct view *v, money m)
{
	buffer_add(v->out, text_of_money(v->c, m));
}

/* ---- words ---- */

str text_of_text(struct ctx *c, str s)
{
	(void)c;
	return s;
}

str text_of_bool(struct ctx *c, bool yes)
{
	return text_of_word(c, yes ? W(view_yes) : W(view_no));
}

str text_of_word(struct ctx *c, const struct word *w)
{
	return w ? w->text[c->language] : (str){ 0 };
}

str text_of_said(struct ctx *c, struct said s)
{
	return said_text(c->arena, c->language, &s);
}

str text_of_c_text(struct ctx *c, const char *s)
{
	(void)c;
	return str_of(s);
}

void view_bool(struct view *v, bool yes)
{
	view_word(v, yes ? W(view_yes) : W(view_no));
}

void view_word(struct view *v, const struct word *w)
{
	if (w)
		view_text(v, w->text[v->language]);
}

void view_said(struct view *v, struct said s)
{
	view_text(v, said_text(v->c->arena, v->language, &s));
}

str text_of_all(struct ctx *c, const str *items, size_t count, bool either)
{
	str all = count ? items[0] : (str){ 0 }, last = text_of_word(c, either ? W(view_or) : W(view_and));
	for (size_t i = 1; i < count; i++)
		all = i + 1 < count ? text_format(c->arena, S_FMT ", " S_FMT, S_ARG(all), S_ARG(items[i]))
			: text_format(c->arena, S_FMT " " S_FMT " " S_FMT, S_ARG(all), S_ARG(last), S_ARG(items[i]));
	return all;
}

str lang_view(struct view *v, enum language l)
{
	(void)v;
	return l == NL ? S("nl") : S("en");
}

str of_choice_view(struct view *v, str value, const struct choice *choices)
{
	for (; choices->value.at; choices++)
		if (str_eq(choices->value, value) && choices->label)
			return choices->label->text[v->language];
	return value;
}

/* ---- days and moments ---- */

/* "23 november 2026"; without a day of the month when `day` is 0. */
static str date_words(struct ctx *c, date d, bool day, const struct word *const names[])
{
	if (!date_is(d))
		return (str){ 0 };
	struct civil k = date_civil(d);
	str month = names[k.month - 1]->text[c->language];
	return day ? text_format(c->arena, "%d " S_FMT " %d", k.day, S_ARG(month), k.year) : text_format(c->arena, S_FMT " %d", S_ARG(month), k.year);
}

str text_of_date(struct ctx *c, date d)
{
	return date_words(c, d, true, months);
}

str short_view(struct view *v, date d)
{
	return date_words(v->c, d, true, short_months);
}

str month_view(struct view *v, date d)
{
	return date_words(v->c, d, false, months);
}

str weekday_view(struct view *v, date d)
{
	return date_is(d) ? weekdays[date_weekday(d) - 1]->text[v->language] : (str){ 0 };
}

str iso_view(struct view *v, date d)
{
	return date_iso(v->c->arena, d);
}

static str clock_words(struct ctx *c, instant i)
{
	int minutes = instant_minutes(i);
	str time = text_format(c->arena, c->language == NL ? "%d.%02d" : "%d:%02d", minutes / 60, minutes % 60);
	return word_text(c->arena, c->language, W(view_clock), &time, 1);
}

str clock_view(struct view *v, instant i)
{
	return i.ms ? clock_words(v->c, i) : (str){ 0 };
}

str day_view(struct view *v, instant i)
{
	return text_of_date(v->c, instant_date(i));
}

str text_of_instant(struct ctx *c, instant i)
{
	if (!i.ms)
		return (str){ 0 };
	return word_text(c->arena, c->language, W(view_at), (const str[]){ text_of_date(c, instant_date(i)), clock_words(c, i) }, 2);
}

static void time_write(struct view *v, str machine, str people)
{
	view_raw(v, S("<time datetime=\""));
	view_raw(v, machine);
	view_raw(v, S("\">"));
	view_text(v, people);
	view_raw(v, S("</time>"));
}

void view_date(struct view *v, date d)
{
	if (date_is(d))
		time_write(v, date_iso(v->c->arena, d), text_of_date(v->c, d));
}

void view_instant(struct view *v, instant i)
{
	if (i.ms)
		time_write(v, instant_iso(v->c->arena, i), text_of_instant(v->c, i));
}
