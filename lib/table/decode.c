/* decode.c - any file's bytes as UTF-8, or why they are no text. */
#include "table/inside.h"
#include <string.h>

/* What people upload instead of a table, by its first bytes. */
static const struct { const char *begins; size_t len; const struct word *said; } others[] = {
	{ "PK\3\4", 4, W(table_is_workbook) },                 /* xlsx and ods; a bare zip is told from them below */
	{ "\xD0\xCF\x11\xE0", 4, W(table_is_workbook) },       /* xls */
	{ "%PDF", 4, W(table_is_pdf) },
	{ "\x1F\x8B", 2, W(table_is_compressed) },
	{ "7z\xBC\xAF", 4, W(table_is_compressed) },
	{ "<html", 5, W(table_is_page) },
	{ "<HTML", 5, W(table_is_page) },
	{ "<!DOC", 5, W(table_is_page) },
	{ "<table", 6, W(table_is_page) },
	{ "<?xml", 5, W(table_is_page) },
};

static enum status refuse_other(struct ctx *c, str name, str bytes)
{
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		if (!str_starts(bytes, (str){ others[i].begins, others[i].len }))
			continue;
		const struct word *said = others[i].said;
		str head = str_until(bytes, 4096);
		if (bytes.at[0] == 'P' && !str_has(head, S("[Content_Types]")) && !str_has(head, S("xl/")) && !str_has(head, S("opendocument")))
			said = W(table_is_compressed);
		return refuse(c, INVALID, "table-no-text", said, name);
	}
	return OK;
}

/* Where the end of a valid beginning of the file lies for somebody who looks at it. */
static enum status refuse_at_end(struct ctx *c, str name, str before, const struct word *said, unsigned byte)
{
	int64_t line = 1;
	size_t begins = 0;
	for (size_t i = 0; i < before.len; i++)
		if (before.at[i] == '\n' || (before.at[i] == '\r' && (i + 1 == before.len || before.at[i + 1] != '\n'))) {
			line++;
			begins = i + 1;
		}
	int64_t column = (int64_t)utf8_count(str_from(before, begins)) + 1;
	return refuse(c, INVALID, "table-encoding", said, name, number_text(c->arena, line), number_text(c->arena, column),
		text_format(c->arena, "%02X", byte));
}

struct utf8_look { size_t good, bad, first_bad; };         /* characters outside ASCII that are UTF-8, bytes that are not */

static struct utf8_look utf8_look(str s)
{
	struct utf8_look l = { 0 };
	for (size_t at = 0; at < s.len; ) {
		for (uint64_t eight; at + 8 <= s.len; at += 8) {
			memcpy(&eight, s.at + at, 8);
			if (eight & 0x8080808080808080)
				break;
		}
		if (at >= s.len)
			break;
		if (!(s.at[at] & 0x80)) {
			at++;
			continue;
		}
		size_t from = at;
		if (utf8_next(s, &at) != 0xFFFD || at - from > 1) {
			l.good++;
		} else {
			if (!l.bad++)
				l.first_bad = from;
		}
	}
	return l;
}

/* Bytes 80 to 9F of Windows-1252; 0 where it has no character. The rest is Latin-1. */
static const uint16_t windows[32] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

static void point_add(struct buffer *b, uint32_t point)
{
	char bytes[4];
	buffer_add(b, (str){ bytes, utf8_put(bytes, point) });
}

static enum status windows_decode(struct ctx *c, str name, str bytes, struct buffer *own)
{
	buffer_reserve(own, bytes.len + bytes.len / 16);
	for (size_t at = 0; at < bytes.len; ) {
		size_t from = at;
		while (at < bytes.len && !(bytes.at[at] & 0x80))
			at++;
		buffer_add(own, (str){ bytes.at + from, at - from });
		if (at == bytes.len)
			break;
		unsigned byte = (unsigned char)bytes.at[at++];
		uint32_t point = byte < 0xA0 ? windows[byte - 0x80] : byte;
		if (!point)
			return refuse_at_end(c, name, buffer_text(own), W(table_bad_byte), byte);
		point_add(own, point);
	}
	return OK;
}

static enum status utf16_decode(struct ctx *c, str name, str bytes, bool big, struct buffer *own)
{
	buffer_reserve(own, bytes.len);
	for (size_t at = 2; at < bytes.len; at += 2) {
		uint32_t units[2] = { 0 };
		for (size_t i = 0; i < 2 && at + 2 * i + 1 < bytes.len; i++) {
			unsigned char one = (unsigned char)bytes.at[at + 2 * i], two = (unsigned char)bytes.at[at + 2 * i + 1];
			units[i] = big ? (uint32_t)one << 8 | two : (uint32_t)two << 8 | one;
		}
		uint32_t point = units[0];
		if (point >= 0xD800 && point < 0xDC00 && units[1] >= 0xDC00 && units[1] < 0xE000) {
			point = 0x10000 + ((point - 0xD800) << 10) + (units[1] - 0xDC00);
			at += 2;
		}
		if (at + 1 >= bytes.len || (point >= 0xD800 && point < 0xE000))
			return refuse_at_end(c, name, buffer_text(own), W(table_bad_utf16), 0);
		if (!point)
			return refuse_at_end(c, name, buffer_text(own), W(table_nul), 0);
		point_add(own, point);
	}
	return OK;
}

enum status table_decode(struct ctx *c, str name, str bytes, struct buffer *own, str *text, enum table_encoding *encoding)
{
	TRY(refuse_other(c, name, bytes));
	bool little = str_starts(bytes, S("\xFF\xFE")), big = str_starts(bytes, S("\xFE\xFF"));
	if (little || big) {
		TRY(utf16_decode(c, name, bytes, big, own));
		*text = buffer_text(own);
		*encoding = big ? TABLE_UTF16_BE : TABLE_UTF16_LE;
		return OK;
	}
	bool marked = str_starts(bytes, S("\xEF\xBB\xBF"));
	if (marked)
		bytes = str_from(bytes, 3);
	const char *nul = bytes.len ? memchr(bytes.at, 0, bytes.len) : NULL;
	struct utf8_look l = utf8_look(bytes);
	if (nul && (!l.bad || (size_t)(nul - bytes.at) < l.first_bad))
		return refuse_at_end(c, name, (str){ bytes.at, (size_t)(nul - bytes.at) }, W(table_nul), 0);
	if (nul)
		return refuse(c, INVALID, "table-no-text", W(table_is_binary), name);
	*text = bytes;
	*encoding = marked ? TABLE_UTF8_BOM : TABLE_UTF8;
	if (!l.bad)
		return OK;
	/* Windows-1252 hardly ever looks like UTF-8 by chance: a file that mostly is UTF-8 is a damaged one. */
	if (marked || l.good >= l.bad)
		return refuse_at_end(c, name, str_until(bytes, l.first_bad), W(table_bad_utf8), (unsigned char)bytes.at[l.first_bad]);
	TRY(windows_decode(c, name, bytes, own));
	*text = buffer_text(own);
	*encoding = TABLE_WINDOWS_1252;
	return OK;
}
