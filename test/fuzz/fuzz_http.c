/* fuzz_http.c - any bytes through the request parser: whole and in pieces must come to the same, and what passes must be clean. */
#include "http/parse.h"
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define must(condition) do { if (!(condition)) abort(); } while (0)

static void text_clean(str s, bool blanks)
{
	for (size_t i = 0; i < s.len; i++)
		must((unsigned char)s.at[i] > (blanks ? 0x1F : ' ') || (blanks && s.at[i] == '\t'));
}

static void request_clean(const struct http_request *r)
{
	text_clean(r->method, false);
	text_clean(r->target, false);
	text_clean(r->query, false);
	text_clean(r->path, true);
	text_clean(r->host, false);
	must(r->method.len && r->path.len && r->path.at[0] == '/' && utf8_is_valid(r->path));
	must(!str_has(r->path, S("/../")) && !str_ends(r->path, S("/..")));
	must(r->body.len <= LIMIT && r->headers.count <= PARSE_HEADERS_MAX);
	for (each(struct http_header, h, r->headers)) {
		text_clean(h->name, false);
		text_clean(h->value, true);
	}
}

static void told(struct buffer *out, const struct http_request *r)
{
	str parts[] = { r->method, r->target, r->path, r->query, r->host, r->body, r->keep_alive ? S("keep") : S("close") };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		buffer_add(out, parts[i]);
		buffer_add_char(out, '\n');
	}
	for (each(struct http_header, h, r->headers)) {
		buffer_add(out, h->name);
		buffer_add_char(out, ':');
		buffer_add(out, h->value);
		buffer_add_char(out, '\n');
	}
}

/* All requests in `bytes` and how it ended, as text. `seed` 0 feeds all at once. */
static void outcome_of(str bytes, uint32_t seed, struct buffer *out)
{
	struct arena *a = arena_new();
	struct http_request r;
	struct parser p = { 0 };
	parser_begin(&p, a, &r);
	for (size_t fed = 0; ; ) {
		seed = seed * 1664525u + 1013904223u * (seed != 0);
		str piece = str_until(str_from(bytes, fed), seed ? 1 + (seed >> 24) % 17 : bytes.len);
		size_t had = piece.len;
		enum parsed went = parser_feed(&p, &piece);
		must(piece.len <= had);
		fed += had - piece.len;
		if (went == PARSED_HEAD)
			went = parser_limit(&p, LIMIT);
		if (went == PARSED_WHOLE) {
			request_clean(&r);
			told(out, &r);
			arena_reset(a);
			parser_begin(&p, a, &r);
		}
		must(went != PARSED_REFUSED || (p.status >= 400 && p.why));
		must(p.partial.len <= PARSE_HEAD_MAX && p.body.len <= LIMIT);
		if (went == PARSED_REFUSED || (went == PARSED_MORE && fed == bytes.len)) {
			buffer_add_format(out, "%d at %zu, %zu of body", p.status, fed, p.body.len);
			break;
		}
	}
	parser_done(&p);
	arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	str text = { (const char *)bytes, size };
	struct buffer whole = { 0 }, pieces = { 0 };
	uint32_t seed = 1;
	for (size_t i = 0; i < size; i++)
		seed = seed * 31 + bytes[i];
	outcome_of(text, 0, &whole);
	outcome_of(text, seed | 1, &pieces);
	must(str_eq(buffer_text(&whole), buffer_text(&pieces)));
	buffer_done(&whole);
	buffer_done(&pieces);
	return 0;
}
