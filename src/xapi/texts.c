/* texts.c - the small languages inside a statement: IRIs, identifiers, language tags, moments, durations. */
#include "statement.h"
#include <string.h>

static bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

str lower(struct arena *a, str s)
{
	char *to = arena_take(a, s.len + 1);
	for (size_t i = 0; i < s.len; i++)
		to[i] = s.at[i] >= 'A' && s.at[i] <= 'Z' ? (char)(s.at[i] + 32) : s.at[i];
	return (str){ to, s.len };
}

/* RFC 3987 as far as a store has to care: a scheme, and behind it only what may stand in an IRI, with whole escapes. */
bool is_iri(str s)
{
	static const bool never[128] = { [' '] = 1, ['"'] = 1, ['<'] = 1, ['>'] = 1, ['\\'] = 1, ['^'] = 1, ['`'] = 1, ['{'] = 1, ['|'] = 1, ['}'] = 1, [127] = 1 };
	size_t i = 0;
	if (s.len > IRI_BYTES_MAX || !s.len || !is_alpha(s.at[0]))
		return false;
	while (i < s.len && (is_alpha(s.at[i]) || is_digit(s.at[i]) || s.at[i] == '+' || s.at[i] == '-' || s.at[i] == '.'))
		i++;
	if (i >= s.len || s.at[i] != ':' || i + 1 == s.len)
		return false;
	bool fragment = false;
	for (i++; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (c < 0x20 || (c < 0x80 && never[c]))
			return false;
		if (c == '%' && (s.len - i < 3 || !is_hex(s.at[i + 1]) || !is_hex(s.at[i + 2])))
			return false;
		if (c == '#' && fragment)
			return false;
		fragment |= c == '#';
	}
	return true;
}

bool is_uuid(str s)
{
	if (s.len != 36)
		return false;
	for (size_t i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? s.at[i] != '-' : !is_hex(s.at[i]))
			return false;
	}
	return true;
}

/* RFC 5646, section 2.1: language, extended languages, script, region, variants, extensions, private use. */
bool is_language(str s)
{
	static const char *const old[] = { "en-GB-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux", "i-mingo", "i-navajo", "i-pwn",
		"i-tao", "i-tay", "i-tsu", "sgn-BE-FR", "sgn-BE-NL", "sgn-CH-DE" };
	for (size_t i = 0; i < sizeof old / sizeof *old; i++)
		if (str_eq_ignoring_case(s, str_of(old[i])))
			return true;
	enum { LANGUAGE, EXTENDED, SCRIPT, REGION, VARIANT, EXTENSION, PRIVATE } at = LANGUAGE;
	int extended = 0, pending = 0;
	if (!s.len || s.at[s.len - 1] == '-')
		return false;
	for (str part, rest = s; rest.len; ) {
		str_cut(rest, '-', &part, &rest);
		size_t letters = 0, digits = 0;
		for (size_t i = 0; i < part.len; i++) {
			letters += is_alpha(part.at[i]);
			digits += is_digit(part.at[i]);
		}
		if (!part.len || part.len > 8 || letters + digits != part.len)
			return false;
		bool word = letters == part.len;
		if (part.len == 1 && at != PRIVATE) {
			if (pending)
				return false;
			at = part.at[0] == 'x' || part.at[0] == 'X' ? PRIVATE : EXTENSION;
			if (at == EXTENSION && part.at == s.at)
				return false;
			pending = 1;
		} else if (at == PRIVATE) {
			pending = 0;
		} else if (at == EXTENSION) {
			if (part.len < 2)
				return false;
			pending = 0;
		} else if (part.at == s.at) {
			if (!word || part.len < 2)
				return false;
			extended = part.len <= 3 ? 3 : 0;
			at = EXTENDED;
		} else if (at <= EXTENDED && word && part.len == 3 && extended > 0) {
			extended--;
		} else if (at < SCRIPT && word && part.len == 4) {
			at = SCRIPT;
		} else if (at < REGION && ((word && part.len == 2) || (digits == 3 && part.len == 3))) {
			at = REGION;
		} else if (at <= VARIANT && (part.len >= 5 || (part.len == 4 && is_digit(part.at[0])))) {
			at = VARIANT;
		} else {
			return false;
		}
	}
	return !pending;
}

bool is_mailto(str s)
{
	if (!str_starts(s, S("mailto:")) || s.len > 400)
		return false;
	str local, host = { 0 };
	if (!str_cut(str_from(s, 7), '@', &local, &host) || !local.len || !host.len || str_has(host, S("@")))
		return false;
	for (size_t i = 7; i < s.len; i++)
		if ((unsigned char)s.at[i] <= ' ' || s.at[i] == 127 || strchr("<>\"(),:;\\[]", s.at[i]))
			return false;
	bool dot = false;
	for (size_t i = 0; i < host.len; i++) {
		bool edge = i == 0 || i + 1 == host.len || host.at[i - 1] == '.';
		if (host.at[i] == '.' ? edge : !(is_alpha(host.at[i]) || is_digit(host.at[i]) || host.at[i] == '-' || (unsigned char)host.at[i] >= 0x80))
			return false;
		dot |= host.at[i] == '.';
	}
	return dot || str_eq(host, S("localhost"));
}

static bool all_hex(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_hex(s.at[i]))
			return false;
	return true;
}

bool is_sha1(str s) { return s.len == 40 && all_hex(s); }
bool is_sha2(str s) { return (s.len == 56 || s.len == 64 || s.len == 96 || s.len == 128) && all_hex(s); }

/* type "/" subtype, and parameters that are passed over. */
bool is_media_type(str s)
{
	static const char tokens[] = "!#$%&'*+-.^_`|~";
	str type, parameters = { 0 }, main, sub = { 0 };
	str_cut(s, ';', &type, &parameters);
	type = str_trim(type);
	if (s.len > 200 || !str_cut(type, '/', &main, &sub) || !main.len || !sub.len)
		return false;
	for (size_t i = 0; i < type.len; i++)
		if (i != main.len && !is_alpha(type.at[i]) && !is_digit(type.at[i]) && !(type.at[i] && strchr(tokens, type.at[i])))
			return false;
	for (size_t i = 0; i < parameters.len; i++)
		if ((unsigned char)parameters.at[i] < ' ')
			return false;
	return true;
}

/* ---- Durations ---- */

bool duration_read(str s, double *seconds)
{
	static const char marks[] = "YMDHMS";
	static const double day = 86400, spans[] = { 365.25 * 86400, 365.25 * 86400 / 12, 86400, 3600, 60, 1 };
	*seconds = 0;
	if (s.len < 3 || s.len > 100 || s.at[0] != 'P')
		return false;
	bool time = false, any = false, broken = false;
	int last = -1;
	for (size_t i = 1; i < s.len; ) {
		if (s.at[i] == 'T') {
			if (time)
				return false;
			time = true;
			any = false;
			if (last < 2)
				last = 2;
			i++;
			continue;
		}
		size_t from = i;
		while (i < s.len && is_digit(s.at[i]))
			i++;
		if (i == from || broken)
			return false;
		if (i < s.len && (s.at[i] == '.' || s.at[i] == ',')) {
			size_t point = ++i;
			while (i < s.len && is_digit(s.at[i]))
				i++;
			if (i == point)
				return false;
			broken = true;
		}
		if (i >= s.len)
			return false;
		double n = 0, scale = 1;
		bool behind = false;
		for (size_t k = from; k < i; k++) {
			if (!is_digit(s.at[k])) {
				behind = true;
				continue;
			}
			n = n * 10 + (s.at[k] - '0');
			scale *= behind ? 10 : 1;
		}
		n /= scale;
		if (s.at[i] == 'W') {
			*seconds = n * 7 * day;
			return from == 1 && i + 1 == s.len;
		}
		int unit = time ? 3 : 0;
		while (unit < (time ? 6 : 3) && marks[unit] != s.at[i])
			unit++;
		if (unit == (time ? 6 : 3) || unit <= last)
			return false;
		last = unit;
		any = true;
		*seconds += n * spans[unit];
		i++;
	}
	return any;
}

/* ---- Moments ---- */

static bool number(str s, size_t *at, int digits, int *out)
{
	*out = 0;
	if (s.len < *at + (size_t)digits)
		return false;
	for (int i = 0; i < digits; i++, (*at)++) {
		if (!is_digit(s.at[*at]))
			return false;
		*out = *out * 10 + (s.at[*at] - '0');
	}
	return true;
}

/* Days since 1970 of a day of the proleptic Gregorian calendar, after Howard Hinnant's "days_from_civil". */
static int64_t days_of(int64_t year, int month, int day)
{
	year -= month <= 2;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400, of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

/* Z, +01, +0100, +01:00; a minus before nothing but noughts says that the zone is not known, which the specification forbids. */
static bool zone_read(str s, size_t *at, bool extended, int *minutes)
{
	*minutes = 0;
	if (*at < s.len && (s.at[*at] == 'Z' || s.at[*at] == 'z')) {
		++*at;
		return true;
	}
	if (*at >= s.len || (s.at[*at] != '+' && s.at[*at] != '-'))
		return false;
	bool minus = s.at[(*at)++] == '-';
	int hours, rest = 0;
	if (!number(s, at, 2, &hours))
		return false;
	if (*at < s.len) {
		if (s.at[*at] == ':')
			++*at;
		else if (extended && s.at[*at] != ':' && s.len - *at != 2)
			return false;
		if (!number(s, at, 2, &rest))
			return false;
	}
	if (hours > 23 || rest > 59 || (minus && !hours && !rest))
		return false;
	*minutes = (minus ? -1 : 1) * (hours * 60 + rest);
	return true;
}

bool time_read(str s, bool zone_needed, int64_t *us)
{
	int year, month, day, hour, minute, second = 0, zone;
	size_t at = 0;
	if (!number(s, &at, 4, &year))
		return false;
	bool extended = at < s.len && s.at[at] == '-';
	at += extended;
	if (!number(s, &at, 2, &month) || (extended && (at >= s.len || s.at[at++] != '-')) || !number(s, &at, 2, &day))
		return false;
	if (month < 1 || month > 12 || day < 1 || day > days_in(year, month))
		return false;
	if (at >= s.len || (s.at[at] != 'T' && s.at[at] != 't' && s.at[at] != ' '))
		return false;
	at++;
	if (!number(s, &at, 2, &hour) || (extended && (at >= s.len || s.at[at++] != ':')) || !number(s, &at, 2, &minute))
		return false;
	int64_t part = 0;
	if (extended ? at < s.len && s.at[at] == ':' : at < s.len && is_digit(s.at[at])) {
		at += extended;
		if (!number(s, &at, 2, &second))
			return false;
		if (at < s.len && (s.at[at] == '.' || s.at[at] == ',')) {
			int64_t scale = 1000000;
			size_t from = ++at;
			for (; at < s.len && is_digit(s.at[at]); at++) {
				scale /= 10;
				part += scale * (s.at[at] - '0');
			}
			if (at == from)
				return false;
		}
	}
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	if (at == s.len && !zone_needed)
		zone = 0;
	else if (!zone_read(s, &at, extended, &zone) || at != s.len)
		return false;
	*us = ((days_of(year, month, day) * 24 + hour) * 60 + minute - zone) * 60000000 + second * 1000000ll + part;
	return true;
}

static void digits_put(char *at, int64_t n, int digits)
{
	for (int i = digits - 1; i >= 0; i--, n /= 10)
		at[i] = (char)('0' + n % 10);
}

void time_put(char into[27], int64_t us)
{
	int64_t days = us / 86400000000, rest = us % 86400000000;
	if (rest < 0) {
		rest += 86400000000;
		days--;
	}
	/* "civil_from_days" */
	int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int64_t day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9, year = yoe + era * 400 + (month <= 2);
	memcpy(into, "0000-00-00T00:00:00.000000Z", 27);
	digits_put(into, year, 4);
	digits_put(into + 5, month, 2);
	digits_put(into + 8, day, 2);
	digits_put(into + 11, rest / 3600000000, 2);
	digits_put(into + 14, rest / 60000000 % 60, 2);
	digits_put(into + 17, rest / 1000000 % 60, 2);
	digits_put(into + 20, rest % 1000000, 6);
}
