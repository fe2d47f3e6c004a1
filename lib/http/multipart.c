/* multipart.c - fields and files out of multipart/form-data (RFC 7578, RFC 2046 5.1), strictly; the parts of multipart/mixed.
 *
 * No preamble, no padding behind a boundary, no epilogue: no browser sends them, and two readers who
 * differ about them see two different forms.
 */
#include "http.h"
#include <string.h>

enum { BOUNDARY_MAX = 70, PART_HEADERS_MAX = 8, PART_HEADER_LINE_MAX = 4096 };

static str skip_blanks(str s)
{
	while (s.len && (s.at[0] == ' ' || s.at[0] == '\t'))
		s = str_from(s, 1);
	return s;
}

static bool is_token(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] <= ' ' || s.at[i] >= 0x7F || memchr("()<>@,;:\\\"/[]?={}", s.at[i], 17))
			return false;
	return s.len > 0;
}

/* A quoted string; \" and \\ are a quote and a backslash (curl), %22 is a quote (browsers), any other backslash is itself (old Windows). */
static bool quoted_read(struct arena *a, str *from, str *out)
{
	char *to = arena_take(a, from->len + 1);
	size_t n = 0, i = 1;
	for (; i < from->len && from->at[i] != '"'; i++) {
		if (from->at[i] == '\\' && i + 1 < from->len && (from->at[i + 1] == '"' || from->at[i + 1] == '\\'))
			to[n++] = from->at[++i];
		else if (str_starts(str_from(*from, i), S("%22")))
			to[n++] = '"', i += 2;
		else
			to[n++] = from->at[i];
	}
	if (i >= from->len)
		return false;
	*from = str_from(*from, i + 1);
	*out = (str){ to, n };
	return true;
}

/* One `; name=value` off the front of *rest. False at something else, also at the end. */
static bool parameter_read(struct arena *a, str *rest, str *name, str *value)
{
	str s = skip_blanks(*rest);
	if (!s.len || s.at[0] != ';')
		return false;
	s = skip_blanks(str_from(s, 1));
	if (!str_cut(s, '=', name, &s) || !is_token(*name))
		return false;
	if (s.len && s.at[0] == '"') {
		if (!quoted_read(a, &s, value))
			return false;
	} else {
		size_t end = 0;
		while (end < s.len && s.at[end] != ';' && s.at[end] != ' ' && s.at[end] != '\t')
			end++;
		*value = str_until(s, end);
		if (!is_token(*value))
			return false;
		s = str_from(s, end);
	}
	*rest = s;
	return true;
}

static bool is_boundary(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && !memchr("'()+_,-./:=? ", c, 13))
			return false;
	}
	return s.len && s.len <= BOUNDARY_MAX && s.at[s.len - 1] != ' ';
}

/* "\r\n--" and the boundary, as it stands between parts. */
static bool delimiter_read(struct arena *a, str wanted, str type, str *out)
{
	str media, rest, name, value, boundary = { 0 };
	str_cut(type, ';', &media, &rest);
	if (!str_eq_ignoring_case(str_trim(media), wanted))
		return false;
	rest = str_from(type, media.len);
	while (parameter_read(a, &rest, &name, &value)) {
		if (!str_eq_ignoring_case(name, S("boundary")))
			continue;
		if (boundary.at)
			return false;
		boundary = value;
	}
	if (skip_blanks(rest).len || !is_boundary(boundary))
		return false;
	*out = text_join(a, S("\r\n--"), boundary);
	return true;
}

static bool is_plain(str s)                                /* valid UTF-8 on one line */
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] < ' ' || s.at[i] == 0x7F)
			return false;
	return utf8_is_valid(s);
}

static str base_name(str file)
{
	for (size_t i = file.len; i; i--)
		if (file.at[i - 1] == '/' || file.at[i - 1] == '\\')
			return str_from(file, i);
	return file;
}

static bool disposition_read(struct arena *a, str value, struct http_part *part)
{
	str form, rest, name, text;
	str_cut(value, ';', &form, &rest);
	if (part->name.at || !str_eq_ignoring_case(str_trim(form), S("form-data")))
		return false;
	rest = str_from(value, form.len);
	while (parameter_read(a, &rest, &name, &text)) {
		bool is_name = str_eq_ignoring_case(name, S("name")), is_file = str_eq_ignoring_case(name, S("filename"));
		if (!is_plain(text) || (is_name && part->name.at) || (is_file && part->file.at))
			return false;
		if (is_name)
			part->name = text;
		else if (is_file)
			part->file = base_name(text);
	}
	return part->name.at && !skip_blanks(rest).len;
}

static bool part_header(struct arena *a, str line, struct http_part *part)
{
	str name, value;
	if (!str_cut(line, ':', &name, &value) || !is_token(name) || !is_plain(value))
		return false;
	value = str_trim(value);
	if (str_eq_ignoring_case(name, S("Content-Disposition")))
		return disposition_read(a, value, part);
	if (str_eq_ignoring_case(name, S("Content-Transfer-Encoding")))    /* only those that change no byte */
		return str_eq_ignoring_case(value, S("binary")) || str_eq_ignoring_case(value, S("8bit")) || str_eq_ignoring_case(value, S("7bit"));
	if (str_eq_ignoring_case(name, S("Content-Type"))) {
		if (part->type.at)
			return false;
		part->type = value;
	}
	return true;
}

/* The headers of a part and its content, up to the next delimiter, which stays. */
static bool part_read(struct arena *a, str *rest, str delimiter, struct http_part *part)
{
	for (int lines = 0; ; lines++) {
		const char *end = memmem(rest->at, rest->len < PART_HEADER_LINE_MAX ? rest->len : PART_HEADER_LINE_MAX, "\r\n", 2);
		if (!end || lines > PART_HEADERS_MAX)
			return false;
		str line = str_until(*rest, (size_t)(end - rest->at));
		if (!line.len)
			break;
		if (!part_header(a, line, part))
			return false;
		*rest = str_from(*rest, line.len + 2);
	}
	*rest = str_from(*rest, 2);
	const char *end = memmem(rest->at, rest->len, delimiter.at, delimiter.len);
	if (!end || !part->name.at)
		return false;
	part->value = str_until(*rest, (size_t)(end - rest->at));
	*rest = str_from(*rest, part->value.len);
	return part->file.at || utf8_is_valid(part->value);
}

enum status http_multipart_read(struct arena *a, str type, str body, list *parts, size_t *where)
{
	size_t had = parts->count;
	str delimiter, rest = body;
	*where = 0;
	if (!delimiter_read(a, S("multipart/form-data"), type, &delimiter) || !str_starts(body, str_from(delimiter, 2)))
		return INVALID;
	rest = str_from(rest, delimiter.len - 2);          /* the first has no line end before it */
	while (str_starts(rest, S("\r\n"))) {
		struct http_part part = { 0 };
		*where = (size_t)(rest.at - body.at);
		rest = str_from(rest, 2);
		if (parts->count == HTTP_PARTS_MAX || !part_read(a, &rest, delimiter, &part))
			goto invalid;
		*list_add(a, parts, struct http_part) = part;
		rest = str_from(rest, delimiter.len);
	}
	*where = (size_t)(rest.at - body.at);
	if (str_eq(rest, S("--")) || str_eq(rest, S("--\r\n")))
		return OK;
invalid:
	parts->count = had;
	return INVALID;
}

/* ---- multipart/mixed ---- */

static bool mixed_part_read(struct arena *a, str *rest, str delimiter, struct http_mixed *part)
{
	for (int lines = 0; ; lines++) {
		const char *end = memmem(rest->at, rest->len < PART_HEADER_LINE_MAX ? rest->len : PART_HEADER_LINE_MAX, "\r\n", 2);
		if (!end || lines > PART_HEADERS_MAX)
			return false;
		str line = str_until(*rest, (size_t)(end - rest->at)), name, value;
		*rest = str_from(*rest, line.len + 2);
		if (!line.len)
			break;
		if (!str_cut(line, ':', &name, &value) || !is_token(name) || !is_plain(value))
			return false;
		*list_add(a, &part->headers, struct http_header) = (struct http_header){ name, str_trim(value) };
	}
	const char *end = memmem(rest->at, rest->len, delimiter.at, delimiter.len);
	if (!end)
		return false;
	part->body = str_until(*rest, (size_t)(end - rest->at));
	*rest = str_from(*rest, part->body.len);
	return true;
}

/* Tools write an empty line before the first boundary; that much of a preamble is let pass. */
enum status http_mixed_read(struct arena *a, str type, str body, list *parts, size_t *where)
{
	str delimiter, rest = body;
	*where = 0;
	*parts = (list){ 0 };
	if (!delimiter_read(a, S("multipart/mixed"), type, &delimiter))
		return INVALID;
	if (str_starts(rest, delimiter))
		rest = str_from(rest, 2);
	if (!str_starts(rest, str_from(delimiter, 2)))
		return INVALID;
	rest = str_from(rest, delimiter.len - 2);
	while (str_starts(rest, S("\r\n"))) {
		struct http_mixed part = { 0 };
		*where = (size_t)(rest.at - body.at);
		rest = str_from(rest, 2);
		if (parts->count == HTTP_PARTS_MAX || !mixed_part_read(a, &rest, delimiter, &part))
			return INVALID;
		*list_add(a, parts, struct http_mixed) = part;
		rest = str_from(rest, delimiter.len);
	}
	*where = (size_t)(rest.at - body.at);
	return str_eq(rest, S("--")) || str_eq(rest, S("--\r\n")) ? OK : INVALID;
}
