/* tool.c - what the build's own programs share. */
#include "tool.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

str tool_read(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		tool_refuse(path, 0, "%s", strerror(errno));
	struct buffer b = { 0 };
	size_t got;
	do {
		buffer_reserve(&b, 65536);
		got = fread(b.at + b.len, 1, 65536, f);
		b.len += got;
	} while (got);
	if (ferror(f))
		tool_refuse(path, 0, "cannot be read");
	fclose(f);
	str s = text_copy(a, buffer_text(&b));
	buffer_done(&b);
	if (!utf8_is_valid(s))
		tool_refuse(path, 0, "is not UTF-8");
	return s;
}

void tool_write(const char *path, const struct buffer *b)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(b->at, 1, b->len, f) != b->len || fclose(f))
		tool_refuse(path, 0, "%s", strerror(errno));
}

void tool_refuse(const char *path, int line, const char *format, ...)
{
	va_list values;
	fprintf(stderr, line ? "%s:%d: error: " : "%s: error: ", path, line);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
	exit(1);
}

void tool_c_text(struct buffer *b, str s)
{
	buffer_add_char(b, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (c == '\n')
			buffer_add(b, S("\\n"));
		else if (c == '"' || c == '\\' || c == '?')    /* "??/" would be a trigraph to a pedantic compiler */
			buffer_add_format(b, "\\%c", c);
		else if (c < ' ' || c == 0x7F)
			buffer_add_format(b, "\\%03o", c);
		else
			buffer_add_char(b, (char)c);
	}
	buffer_add_char(b, '"');
}
