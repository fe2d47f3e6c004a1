/* json_write.c - a struct as JSON, straight into the buffer. */
#include "record.h"
#include "base/buffer.h"
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

/* Eight bytes at once: true when none of them is a control, '"', '\\', '<', DEL or beyond ASCII. Each test leaves a
 * byte's top bit set when it holds (Bit Twiddling Hacks, "haszero" and "hasless"); a false alarm only costs time. */
static bool eight_are_plain(uint64_t x)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t quote = x ^ ones * '"', slash = x ^ ones * '\\', less = x ^ ones * '<', del = x ^ ones * 0x7F;
	return !(((x - ones * 0x20) | (quote - ones) | (slash - ones) | (less - ones) | (del - ones) | x) & tops);
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
		uint64_t eight;
		if (s.len - at >= 8 && (memcpy(&eight, s.at + at, 8), eight_are_plain(eight))) {
			memcpy(out, &eight, 8);
			out += 8;
			at += 8;
		} else if (is_plain[(unsigned char)s.at[at]]) {
			*out++ = s.at[at++];
		} else {
			out += escape(out, s, &at);
		}
	}
	*out++ = '"';
	b->len = (size_t)(out - b->at);
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

/* A number bare, a day or moment between quotes, no value as null. */
static void write_plain(struct buffer *b, const struct field *f, const void *of)
{
	bool quoted = f->type == FIELD_DATE || f->type == FIELD_INSTANT;
	char *at = b->at + b->len;                     /* reserved with the key */
	size_t n = field_put(at + quoted, f, of);
	if (!n) {
		memcpy(at, "null", 4);
		b->len += 4;
		return;
	}
	if (quoted)
		at[0] = at[n + 1] = '"';
	b->len += n + 2 * quoted;
}

/* Most keys have 8 to 16 bytes, which two copies of eight that may overlap do without a call. */
static void key_put(struct buffer *b, str key)
{
	char *at = b->at + b->len;
	if (key.len >= 8 && key.len <= 16) {
		memcpy(at, key.at, 8);
		memcpy(at + key.len - 8, key.at + key.len - 8, 8);
	} else {
		memcpy(at, key.at, key.len);
	}
	b->len += key.len;
}

void record_write_json(struct buffer *b, const struct record *r, const void *of)
{
	size_t skip = 1;                               /* the comma before the first */
	buffer_add_char(b, '{');
	for (size_t i = 0; i < r->count; i++) {
		const struct field *f = &r->fields[i];
		const void *at = (const char *)of + f->offset;
		if (f->secret)
			continue;
		buffer_reserve(b, f->key.len + FIELD_ROOM + 2);
		key_put(b, (str){ f->key.at + skip, f->key.len - skip });
		skip = 0;
		switch (f->type) {
		case FIELD_BOOL:
			if (*(const bool *)at)                 /* two calls of a known length each are copied without a loop */
				buffer_add(b, S("true"));
			else
				buffer_add(b, S("false"));
			break;
		case FIELD_TEXT:   json_write_text(b, *(const str *)at); break;
		case FIELD_LIST:   write_list(b, f, at); break;
		case FIELD_RECORD: record_write_json(b, f->of, at); break;
		default:           write_plain(b, f, of); break;
		}
	}
	buffer_add_char(b, '}');
}
