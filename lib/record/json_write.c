/* json_write.c - a struct as JSON, straight into the buffer. */
#include "record.h"
#include "base/buffer.h"
#include <math.h>
#include <string.h>

/* 1 for a byte that stands for itself between quotes; what is not ASCII gets a closer look. */
static const unsigned char is_plain[256] = {
	[' '] = 1, ['!'] = 1, ['#' ... ';'] = 1, ['=' ... '['] = 1, [']' ... '~'] = 1,
};

static size_t escape(char *out, str s, size_t *at)
{
	static const char hex[] = "0123456789abcdef", shorts[] = "btn\0fr";
	size_t from = *at;
	uint32_t point = utf8_next(s, at);
	if (point == '"' || point == '\\' || (point >= '\b' && point <= '\r' && point != '\v')) {
		out[0] = '\\';
		out[1] = point < 0x20 ? shorts[point - '\b'] : (char)point;
		return 2;
	}
	if (point < 0x20 || point == 0x7F || point == '<' || point == 0x2028 || point == 0x2029) {
		memcpy(out, "\\u", 2);
		for (int i = 0; i < 4; i++)
			out[2 + i] = hex[point >> (12 - 4 * i) & 15];
		return 6;
	}
	if (point == 0xFFFD)
		return utf8_put(out, point);           /* also for a byte that is no UTF-8 */
	memcpy(out, s.at + from, *at - from);
	return *at - from;
}

void json_write_text(struct buffer *b, str s)
{
	if (!s.at) {
		buffer_add(b, S("null"));
		return;
	}
	buffer_reserve(b, s.len * 6 + 2);
	char *out = b->at + b->len;
	*out++ = '"';
	for (size_t at = 0; at < s.len; ) {
		if (is_plain[(unsigned char)s.at[at]])
			*out++ = s.at[at++];
		else
			out += escape(out, s, &at);
	}
	*out++ = '"';
	b->len = (size_t)(out - b->at);
}

/* 12345 cents as 123.45: digits, never through a double. */
static void write_money(struct buffer *b, money m)
{
	uint64_t cents = m.cents < 0 ? 0 - (uint64_t)m.cents : (uint64_t)m.cents;
	if (m.cents < 0)
		buffer_add_char(b, '-');
	buffer_add_int(b, (int64_t)(cents / 100));
	const char rest[] = { '.', (char)('0' + cents / 10 % 10), (char)('0' + cents % 10) };
	buffer_add(b, (str){ rest, sizeof rest });
}

static void two_digits(char *at, int n)
{
	at[0] = (char)('0' + n / 10);
	at[1] = (char)('0' + n % 10);
}

static void write_date(struct buffer *b, date d)
{
	struct civil c = date_civil(d);
	char text[12] = "\"0000-00-00\"";
	two_digits(text + 1, c.year / 100);
	two_digits(text + 3, c.year % 100);
	two_digits(text + 6, c.month);
	two_digits(text + 9, c.day);
	buffer_add(b, (str){ text, sizeof text });
}

static void write_instant(struct buffer *b, instant i)
{
	enum { MS_A_DAY = 86400000 };
	write_date(b, instant_date_utc(i));
	int64_t ms = i.ms % MS_A_DAY + (i.ms % MS_A_DAY < 0 ? MS_A_DAY : 0);
	char text[] = "T00:00:00.000Z\"";
	two_digits(text + 1, (int)(ms / 3600000));
	two_digits(text + 4, (int)(ms / 60000 % 60));
	two_digits(text + 7, (int)(ms / 1000 % 60));
	text[10] = (char)('0' + ms / 100 % 10);
	two_digits(text + 11, (int)(ms % 100));
	b->len--;                                      /* the date's closing quote */
	buffer_add(b, (str){ text, sizeof text - 1 });
}

static void write_list(struct buffer *b, const struct field *f, const list *l)
{
	buffer_add_char(b, '[');
	for (size_t i = 0; i < l->count; i++) {
		if (i)
			buffer_add_char(b, ',');
		if (f->of)
			record_write_json(b, f->of, (const char *)l->at + i * f->of->size);
		else
			json_write_text(b, list_of(*l, str)[i]);
	}
	buffer_add_char(b, ']');
}

static void write_value(struct buffer *b, const struct field *f, const void *at)
{
	switch (f->type) {
	case FIELD_BOOL:    buffer_add(b, *(const bool *)at ? S("true") : S("false")); break;
	case FIELD_INT:     buffer_add_int(b, *(const int64_t *)at); break;
	case FIELD_REAL:    buffer_add_real(b, *(const double *)at); break;
	case FIELD_TEXT:    json_write_text(b, *(const str *)at); break;
	case FIELD_DATE:    write_date(b, *(const date *)at); break;
	case FIELD_INSTANT: write_instant(b, *(const instant *)at); break;
	case FIELD_MONEY:   write_money(b, *(const money *)at); break;
	case FIELD_LIST:    write_list(b, f, at); break;
	case FIELD_RECORD:  record_write_json(b, f->of, at); break;
	}
}

void record_write_json(struct buffer *b, const struct record *r, const void *of)
{
	size_t skip = 1;                               /* the comma before the first */
	buffer_add_char(b, '{');
	for (size_t i = 0; i < r->count; i++) {
		const struct field *f = &r->fields[i];
		const void *at = field_in(f, of);
		if (f->secret)
			continue;
		buffer_add(b, str_from(f->key, skip));
		skip = 0;
		bool none = f->type == FIELD_REAL && !isfinite(*(const double *)at);
		if (none || (f->type != FIELD_TEXT && f->type != FIELD_LIST && field_is_empty(f, of)))
			buffer_add(b, S("null"));
		else
			write_value(b, f, at);
	}
	buffer_add_char(b, '}');
}
