/* parse.c - the strict reading of a request: line by line the head, then the body by length or by chunks. */
#include "parse.h"
#include <string.h>

enum { KEPT_ROOM = 64 * 1024 };                            /* larger buffers are given back between requests */

static enum parsed refuse_request(struct parser *p, int status, const char *why)
{
	p->state = REFUSED;
	p->status = status;
	p->why = why;
	return PARSED_REFUSED;
}

/* tchar of RFC 9110, 5.6.2. */
static bool is_token_char(unsigned char c)
{
	static const bool marks[128] = {
		['!'] = 1, ['#'] = 1, ['$'] = 1, ['%'] = 1, ['&'] = 1, ['\''] = 1, ['*'] = 1, ['+'] = 1,
		['-'] = 1, ['.'] = 1, ['^'] = 1, ['_'] = 1, ['`'] = 1, ['|'] = 1, ['~'] = 1 };
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c < 128 && marks[c]);
}

static bool is_token(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_token_char((unsigned char)s.at[i]))
			return false;
	return s.len > 0;
}

/* Visible characters, spaces and tabs, and bytes above ASCII (obs-text): no CR, LF, NUL or other control. */
static bool is_field_text(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if ((c < ' ' && c != '\t') || c == 0x7F)
			return false;
	}
	return true;
}

static str trim_blanks(str s)
{
	while (s.len && (s.at[0] == ' ' || s.at[0] == '\t'))
		s = str_from(s, 1);
	while (s.len && (s.at[s.len - 1] == ' ' || s.at[s.len - 1] == '\t'))
		s.len--;
	return s;
}

/* A name or address with an optional port. The characters are those of a host in use, not all of RFC 3986's reg-name. */
static bool is_host(str s)
{
	str port = { 0 };
	if (s.len && s.at[0] == '[') {
		const char *end = memchr(s.at, ']', s.len);
		if (!end)
			return false;
		size_t inside = (size_t)(end - s.at);
		for (size_t i = 1; i < inside; i++)
			if (!strchr("0123456789abcdefABCDEF:.", s.at[i]) || !s.at[i])
				return false;
		port = str_from(s, inside + 1);
		if (inside < 3 || (port.len && port.at[0] != ':'))
			return false;
		port = str_from(port, 1);
	} else {
		str name;
		str_cut(s, ':', &name, &port);
		for (size_t i = 0; i < name.len; i++) {
			char c = name.at[i];
			if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_'))
				return false;
		}
		if (!name.len)
			return false;
	}
	for (size_t i = 0; i < port.len; i++)
		if (port.at[i] < '0' || port.at[i] > '9')
			return false;
	return port.len <= 5;
}

/* Decoded path: valid UTF-8, no control characters, no segment that climbs. */
static bool path_read(struct parser *p, str encoded)
{
	str path;
	if (!http_decode(p->arena, encoded, false, &path) || !utf8_is_valid(path))
		return false;
	for (size_t i = 0; i < path.len; i++)
		if ((unsigned char)path.at[i] < ' ' || path.at[i] == 0x7F)
			return false;
	for (str segment, rest = path; str_cut(rest, '/', &segment, &rest) || segment.len; )
		if (str_eq(segment, S(".")) || str_eq(segment, S("..")))
			return false;
	p->request->path = path;
	return true;
}

static enum parsed target_read(struct parser *p, str target)
{
	struct http_request *r = p->request;
	r->target = target;
	for (size_t i = 0; i < target.len; i++) {
		unsigned char c = (unsigned char)target.at[i];
		if (c <= ' ' || c >= 0x7F || c == '#' || c == '"' || c == '<' || c == '>')
			return refuse_request(p, 400, "a character that may not stand in a request target");
	}
	if (str_eq(target, S("*")) && str_eq(r->method, S("OPTIONS"))) {
		r->path = S("/");
		return PARSED_MORE;
	}
	str rest = target;
	bool absolute = str_eq_ignoring_case(str_until(target, 7), S("http://")) || str_eq_ignoring_case(str_until(target, 8), S("https://"));
	if (absolute) {                                    /* only proxies send it; its host must be the Host header's, see head_end */
		rest = str_from(target, target.at[4] == ':' ? 7 : 8);
		size_t end = 0;
		while (end < rest.len && rest.at[end] != '/' && rest.at[end] != '?')
			end++;
		r->host = str_until(rest, end);
		rest = str_from(rest, end);
	}
	str path, query;
	bool has_query = str_cut(rest, '?', &path, &query);
	if (absolute && !path.len)
		path = S("/");
	if (!path.len || path.at[0] != '/')
		return refuse_request(p, 400, "the request target is not a path");
	r->query = has_query ? query : (str){ 0 };
	return path_read(p, path) ? PARSED_MORE : refuse_request(p, 400, "the path is not valid percent-encoded UTF-8, or climbs");
}

static enum parsed request_line(struct parser *p, str line)
{
	struct http_request *r = p->request;
	if (!line.len) {                                   /* one empty line before a request: RFC 9112, 2.2 */
		if (p->blank)
			return refuse_request(p, 400, "empty lines instead of a request");
		p->blank = true;
		return PARSED_MORE;
	}
	line = text_copy(p->arena, line);
	str target, version;
	if (!str_cut(line, ' ', &r->method, &line) || !is_token(r->method) || !str_cut(line, ' ', &target, &version))
		return refuse_request(p, 400, "malformed request line");
	if (version.len != 8 || !str_starts(version, S("HTTP/")) || version.at[6] != '.' || version.at[5] < '0' || version.at[5] > '9'
	    || version.at[7] < '0' || version.at[7] > '9')
		return refuse_request(p, 400, "malformed request line");
	p->old = str_eq(version, S("HTTP/1.0"));
	if (!p->old && !str_eq(version, S("HTTP/1.1")))
		return refuse_request(p, 505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
	r->keep_alive = !p->old;
	p->state = HEADER;
	return target_read(p, target);
}

static enum parsed length_read(struct parser *p, str value)
{
	if (p->has_length)
		return refuse_request(p, 400, "two Content-Lengths");
	if (!value.len || value.len > 18)
		return refuse_request(p, value.len ? 413 : 400, value.len ? "the body is too large" : "empty Content-Length");
	size_t n = 0;
	for (size_t i = 0; i < value.len; i++) {
		if (value.at[i] < '0' || value.at[i] > '9')
			return refuse_request(p, 400, "Content-Length is not a number");
		n = n * 10 + (size_t)(value.at[i] - '0');
	}
	p->has_length = true;
	p->left = n;
	return PARSED_MORE;
}

static void connection_read(struct parser *p, str value)
{
	for (str option, rest = value; rest.len; ) {
		str_cut(rest, ',', &option, &rest);
		option = trim_blanks(option);
		if (str_eq_ignoring_case(option, S("close")))
			p->request->keep_alive = false;
		else if (p->old && str_eq_ignoring_case(option, S("keep-alive")))
			p->request->keep_alive = true;
	}
}

/* The headers by which a message is framed; all others are only kept. */
static enum parsed header_act(struct parser *p, str name, str value)
{
	struct http_request *r = p->request;
	if (str_eq_ignoring_case(name, S("Host"))) {
		if (p->has_host)
			return refuse_request(p, 400, "two Hosts");
		if (!is_host(value))
			return refuse_request(p, 400, "malformed Host");
		if (r->host.at && !str_eq_ignoring_case(r->host, value))
			return refuse_request(p, 400, "Host and request target differ");
		p->has_host = true;
		r->host = value;
	} else if (str_eq_ignoring_case(name, S("Content-Length"))) {
		return length_read(p, value);
	} else if (str_eq_ignoring_case(name, S("Transfer-Encoding"))) {
		if (p->chunked || p->old)
			return refuse_request(p, 400, p->old ? "Transfer-Encoding in HTTP/1.0" : "two Transfer-Encodings");
		if (!str_eq_ignoring_case(value, S("chunked")))
			return refuse_request(p, 501, "the only transfer coding is chunked");
		p->chunked = true;
	} else if (str_eq_ignoring_case(name, S("Connection"))) {
		connection_read(p, value);
	} else if (str_eq_ignoring_case(name, S("Expect")) && !p->old) {
		if (!str_eq_ignoring_case(value, S("100-continue")))
			return refuse_request(p, 417, "the only expectation is 100-continue");
		p->expects = true;
	}
	return PARSED_MORE;
}

static enum parsed head_end(struct parser *p)
{
	if (!p->has_host && (!p->old || p->request->host.at))
		return refuse_request(p, 400, "no Host");
	if (p->chunked && p->has_length)
		return refuse_request(p, 400, "Content-Length and Transfer-Encoding together");
	p->state = p->chunked ? CHUNK_LINE : p->left ? BODY : WHOLE;
	return PARSED_HEAD;
}

static enum parsed header_line(struct parser *p, str line, bool trailer)
{
	if (++p->headers > PARSE_HEADERS_MAX)
		return refuse_request(p, 431, "too many headers");
	if (line.at[0] == ' ' || line.at[0] == '\t')
		return refuse_request(p, 400, "a header continued on the next line");
	str name, value;
	if (!str_cut(line, ':', &name, &value) || !is_token(name) || !is_field_text(value))
		return refuse_request(p, 400, "malformed header");
	if (trailer)                                       /* checked and forgotten: nothing here needs one */
		return PARSED_MORE;
	line = text_copy(p->arena, line);
	struct http_header *h = list_add(p->arena, &p->request->headers, struct http_header);
	h->name = str_until(line, name.len);
	h->value = trim_blanks(str_from(line, name.len + 1));
	return header_act(p, h->name, h->value);
}

static enum parsed body_grow(struct parser *p, str *bytes, enum parse_state then)
{
	size_t n = bytes->len < p->left ? bytes->len : p->left;
	buffer_add(&p->body, str_until(*bytes, n));
	*bytes = str_from(*bytes, n);
	p->left -= n;
	if (!p->left)
		p->state = then;
	return PARSED_MORE;
}

static enum parsed chunk_line(struct parser *p, str line)
{
	size_t size = 0, digits = 0;
	for (; digits < line.len; digits++) {
		char c = line.at[digits];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
		if (digit < 0)
			break;
		size = size << 4 | (size_t)digit;
	}
	str extension = str_from(line, digits);
	if (!digits || digits > 15 || (extension.len && extension.at[0] != ';') || !is_field_text(extension))
		return refuse_request(p, 400, "malformed chunk size");
	if (size > p->limit - p->body.len)
		return refuse_request(p, 413, "the body is too large");
	p->left = size;
	p->state = size ? CHUNK : TRAILER;
	return PARSED_MORE;
}

static enum parsed line_act(struct parser *p, str line)
{
	switch (p->state) {
	case REQUEST_LINE:
		return request_line(p, line);
	case HEADER:
		return line.len ? header_line(p, line, false) : head_end(p);
	case CHUNK_LINE:
		return chunk_line(p, line);
	case CHUNK_END:
		if (line.len)
			return refuse_request(p, 400, "a chunk longer than its size");
		p->state = CHUNK_LINE;
		return PARSED_MORE;
	default:
		if (line.len)
			return header_line(p, line, true);
		p->state = WHOLE;
		return PARSED_MORE;
	}
}

static enum parsed line_too_long(struct parser *p)
{
	switch (p->state) {
	case REQUEST_LINE:
		return refuse_request(p, 414, "the request line is too long");
	case CHUNK_LINE: case CHUNK_END:
		return refuse_request(p, 400, p->state == CHUNK_LINE ? "malformed chunk size" : "a chunk longer than its size");
	default:
		return refuse_request(p, 431, "the headers are too large");
	}
}

/* One line up to CR LF; a line without LF yet is kept in `partial`, up to what its kind may measure. */
static enum parsed line_feed(struct parser *p, str *bytes)
{
	bool head = p->state == HEADER || p->state == TRAILER;
	size_t most = head ? PARSE_HEAD_MAX - p->head_bytes : p->state == CHUNK_LINE ? PARSE_CHUNK_LINE_MAX
		: p->state == CHUNK_END ? 2 : PARSE_LINE_MAX + 2;
	size_t room = most - p->partial.len, look = bytes->len < room ? bytes->len : room;
	const char *end = memchr(bytes->at, '\n', look);
	str piece = str_until(*bytes, end ? (size_t)(end - bytes->at) + 1 : look);
	*bytes = str_from(*bytes, piece.len);
	if (!end || p->partial.len) {
		buffer_add(&p->partial, piece);
		piece = buffer_text(&p->partial);
	}
	if (!end)
		return piece.len == most ? line_too_long(p) : PARSED_MORE;
	if (piece.len < 2 || piece.at[piece.len - 2] != '\r')
		return refuse_request(p, 400, "a line that ends in LF without CR");
	if (head)
		p->head_bytes += piece.len;
	enum parsed outcome = line_act(p, str_until(piece, piece.len - 2));
	buffer_clear(&p->partial);
	return outcome;
}

enum parsed parser_feed(struct parser *p, str *bytes)
{
	enum parsed outcome = PARSED_MORE;
	while (outcome == PARSED_MORE) {
		if (p->state == REFUSED)
			return PARSED_REFUSED;
		if (p->state == WHOLE) {
			p->request->body = buffer_text(&p->body);
			return PARSED_WHOLE;
		}
		if (!bytes->len)
			return PARSED_MORE;
		if (p->state == BODY)
			outcome = body_grow(p, bytes, WHOLE);
		else if (p->state == CHUNK)
			outcome = body_grow(p, bytes, CHUNK_END);
		else
			outcome = line_feed(p, bytes);
	}
	return outcome;
}

enum parsed parser_limit(struct parser *p, size_t limit)
{
	p->limit = limit;
	return !p->chunked && p->left > limit ? refuse_request(p, 413, "the body is too large") : PARSED_HEAD;
}

static void buffer_keep(struct buffer *b)
{
	if (b->room > KEPT_ROOM)
		buffer_done(b);
	buffer_clear(b);
}

void parser_begin(struct parser *p, struct arena *a, struct http_request *r)
{
	buffer_keep(&p->partial);
	buffer_keep(&p->body);
	*p = (struct parser){ .arena = a, .request = r, .partial = p->partial, .body = p->body };
	*r = (struct http_request){ 0 };
}

void parser_done(struct parser *p)
{
	buffer_done(&p->partial);
	buffer_done(&p->body);
}
