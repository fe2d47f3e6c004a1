/* test_parse.c - the parser's verdicts, and that they do not depend on how the bytes were cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "http/parse.h"

enum { LIMIT = 64 };                                       /* bytes of body allowed in these tests */

/* Everything there is to know of what the parser made of `bytes`, as text; `cut` says how many bytes come at once. */
static void outcome_of(str bytes, size_t (*cut)(void), struct buffer *out)
{
	struct arena *a = arena_new();
	struct http_request r;
	struct parser p = { 0 };
	size_t fed = 0;
	enum parsed went = PARSED_MORE;
	parser_begin(&p, a, &r);
	while (went != PARSED_REFUSED) {
		str piece = str_until(str_from(bytes, fed), cut());
		size_t before = piece.len;
		went = parser_feed(&p, &piece);
		fed += before - piece.len;
		if (went == PARSED_HEAD) {
			buffer_add_format(out, "head %s%s", parser_wants_body(&p) ? "with body" : "", p.expects ? " expecting" : "");
			went = parser_limit(&p, LIMIT);
		}
		if (went == PARSED_WHOLE) {
			buffer_add_format(out, " [" S_FMT "|" S_FMT "|" S_FMT "|" S_FMT "|%s", S_ARG(r.method), S_ARG(r.path), S_ARG(r.query), S_ARG(r.host),
				r.keep_alive ? "keep" : "close");
			for (each(struct http_header, h, r.headers))
				buffer_add_format(out, "|" S_FMT "=" S_FMT, S_ARG(h->name), S_ARG(h->value));
			buffer_add_format(out, "] body " S_FMT "\n", S_ARG(r.body));
			arena_reset(a);
			parser_begin(&p, a, &r);
		}
		if (went == PARSED_MORE && fed == bytes.len)
			break;
	}
	buffer_add_format(out, "end %d %s after %zu", p.status, p.why ? p.why : "", fed);
	buffer_add_char(out, 0);
	parser_done(&p);
	arena_free(a);
}

static size_t all(void) { return SIZE_MAX; }
static size_t one(void) { return 1; }
static size_t some(void) { return 1 + (size_t)rand() % 23; }

/* Refused at the same byte whether cut or not is too much to ask: a whole piece is taken up to the line's end either way,
 * but never more, so `fed` is compared too. */
static void assert_same_in_pieces(str bytes, const char *whole)
{
	for (int i = 0; i < 40; i++) {
		struct buffer again = { 0 };
		outcome_of(bytes, i == 0 ? one : some, &again);
		assert_string_equal(again.at, whole);
		buffer_done(&again);
	}
}

static void assert_outcome(str bytes, const char *expected)
{
	struct buffer whole = { 0 };
	outcome_of(bytes, all, &whole);
	if (!strstr(whole.at, expected))
		fail_msg("of %.*s\nexpected %s\nbut it is %s", S_ARG(str_until(bytes, 200)), expected, whole.at);
	assert_same_in_pieces(bytes, whole.at);
	buffer_done(&whole);
}

#define HOST "Host: a.test\r\n"
#define POST "POST /x HTTP/1.1\r\n" HOST

static const struct { str bytes; const char *expected; } good[] = {
	{ S("GET / HTTP/1.1\r\n" HOST "\r\n"), "head  [GET|/||a.test|keep|Host=a.test] body \nend 0" },
	{ S("\r\nGET / HTTP/1.1\r\n" HOST "\r\n"), "[GET|/||a.test|keep|" },
	{ S("GET /a%20b/%C3%A9?q=%zz&r=a+b HTTP/1.1\r\n" HOST "\r\n"), "[GET|/a b/\303\251|q=%zz&r=a+b|a.test|keep|" },
	{ S("GET /? HTTP/1.1\r\n" HOST "\r\n"), "[GET|/||a.test" },
	{ S("GET http://a.test HTTP/1.1\r\n" HOST "\r\n"), "[GET|/||a.test" },
	{ S("GET http://A.test/p?q HTTP/1.1\r\n" HOST "\r\n"), "[GET|/p|q|a.test" },
	{ S("OPTIONS * HTTP/1.1\r\n" HOST "\r\n"), "[OPTIONS|/||" },
	{ S("BREW /pot HTTP/1.1\r\n" HOST "\r\n"), "[BREW|/pot|" },
	{ S("GET /..a/.b HTTP/1.1\r\n" HOST "\r\n"), "[GET|/..a/.b|" },
	{ S("GET / HTTP/1.0\r\n\r\n"), "[GET|/|||close" },
	{ S("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"), "[GET|/|||keep" },
	{ S("GET / HTTP/1.1\r\n" HOST "Connection: x , Close\r\n\r\n"), "|close|" },
	{ S("GET / HTTP/1.1\r\nHost:\t[::1]:8080 \t\r\nX:\r\nY: \xFFz\r\n\r\n"), "[GET|/||[::1]:8080|keep|Host=[::1]:8080|X=|Y=\377z]" },
	{ S(POST "Content-Length: 5\r\n\r\nhello"), "head with body [POST|/x||a.test|keep|Host=a.test|Content-Length=5] body hello\n" },
	{ S(POST "Content-Length: 0\r\n\r\n"), "head  [POST" },
	{ S(POST "Expect: 100-Continue\r\nContent-Length: 2\r\n\r\nhi"), "head with body expecting" },
	{ S(POST "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n006;a=\"b\"\r\n world\r\n0\r\n\r\n"), "] body hello world\n" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n0\r\nX-Sum: 1\r\n\r\n"), "|Transfer-Encoding=chunked] body \n" },
	{ S("GET /1 HTTP/1.1\r\n" HOST "\r\n" POST "Content-Length: 2\r\n\r\nhiGET /3 HTTP/1.1\r\n" HOST "\r\n"), "body hi\nhead  [GET|/3|" },
};

static const struct { str bytes; const char *expected; } bad[] = {
	/* Two lengths, or a length that is not one. */
	{ S(POST "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"), "end 400 Content-Length and Transfer" },
	{ S(POST "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"), "end 400" },
	{ S(POST "Content-Length: 3\r\nContent-Length: 4\r\n\r\n"), "end 400 two Content-Lengths" },
	{ S(POST "Content-Length: 3\r\ncontent-length: 3\r\n\r\n"), "end 400 two" },
	{ S(POST "Content-Length: 3, 3\r\n\r\n"), "end 400" },
	{ S(POST "Content-Length: +3\r\n\r\n"), "end 400" },
	{ S(POST "Content-Length: -1\r\n\r\n"), "end 400" },
	{ S(POST "Content-Length: 0x3\r\n\r\n"), "end 400" },
	{ S(POST "Content-Length: 3 3\r\n\r\n"), "end 400" },
	{ S(POST "Content-Length: \r\n\r\n"), "end 400" },
	{ S(POST "Content-Length: 99999999999999999999\r\n\r\n"), "end 413" },
	{ S(POST "Content-Length: 65\r\n\r\n"), "head with bodyend 413" },
	{ S(POST "Transfer-Encoding: gzip\r\n\r\n"), "end 501" },
	{ S(POST "Transfer-Encoding: gzip, chunked\r\n\r\n"), "end 501" },
	{ S(POST "Transfer-Encoding: chunked, chunked\r\n\r\n"), "end 501" },
	{ S(POST "Transfer-Encoding: xchunked\r\n\r\n"), "end 501" },
	{ S(POST "Transfer-Encoding: \"chunked\"\r\n\r\n"), "end 501" },
	{ S(POST "Transfer-Encoding:\r\n\r\n"), "end 501" },
	{ S(POST "Transfer-Encoding: \vchunked\r\n\r\n"), "end 400" },
	{ S(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n"), "end 400" },
	{ S("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), "end 400" },
	/* Chunks. */
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n"), "end 400" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\n0\r\n\r\n"), "end 400" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n"), "end 400 a chunk longer" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n"), "end 400" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n"), "end 400" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n3 \r\nabc\r\n0\r\n\r\n"), "end 400" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n 3\r\nabc\r\n0\r\n\r\n"), "end 400" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n\r\nabc\r\n0\r\n\r\n"), "end 400" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n3;a\rb\r\nabc\r\n0\r\n\r\n"), "end 400" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n10000000000000003\r\nabc\r\n0\r\n\r\n"), "end 400" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFF\r\nabc\r\n"), "end 413" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n3e\r\n12345678901234567890123456789012345678901234567890123456789012\r\n3\r\nabc\r\n0\r\n\r\n"), "end 413" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n0\r\nX: a\nb\r\n\r\n"), "end 400" },
	{ S(POST "Transfer-Encoding: chunked\r\n\r\n0\r\n X: a\r\n\r\n"), "end 400" },
	/* Line ends and blanks. */
	{ S("GET / HTTP/1.1\nHost: a.test\n\n"), "end 400 a line that ends in LF" },
	{ S("GET / HTTP/1.1\r\nHost: a.test\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\nHost: a.test\r\n\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\nHost: a.test\r\nX: a\rb\r\n\r\n"), "end 400 malformed header" },
	{ S("GET / HTTP/1.1\r\nHost: a.test\r\nX: a\r\r\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\nHost: a.test\r\nX: a\0b\r\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\nHost: a.test\r\nX: a\x7F\r\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n"), "end 400 a header continued" },
	{ S("GET / HTTP/1.1\r\n Host: a.test\r\n\r\n"), "end 400 a header continued" },
	{ S("GET / HTTP/1.1\r\n" HOST "X: a\r\n\tb\r\n\r\n"), "end 400 a header continued" },
	{ S("GET / HTTP/1.1\r\nHost : a.test\r\n\r\n"), "end 400 malformed header" },
	{ S("GET / HTTP/1.1\r\n" HOST "X\t: a\r\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\n" HOST ": a\r\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\n" HOST "no colon\r\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\n" HOST "X(: a\r\n\r\n"), "end 400" },
	{ S("\r\n\r\nGET / HTTP/1.1\r\n" HOST "\r\n"), "end 400 empty lines" },
	/* Host. */
	{ S("GET / HTTP/1.1\r\n\r\n"), "end 400 no Host" },
	{ S("GET / HTTP/1.1\r\n" HOST HOST "\r\n"), "end 400 two Hosts" },
	{ S("GET / HTTP/1.0\r\n" HOST HOST "\r\n"), "end 400 two Hosts" },
	{ S("GET / HTTP/1.1\r\nHost:\r\n\r\n"), "end 400 malformed Host" },
	{ S("GET / HTTP/1.1\r\nHost: a.test, b.test\r\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\nHost: me@a.test\r\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\nHost: a.test/x\r\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\nHost: a.test:8o\r\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"), "end 400" },
	{ S("GET / HTTP/1.1\r\nHost: [::1]x\r\n\r\n"), "end 400" },
	{ S("GET http://b.test/ HTTP/1.1\r\n" HOST "\r\n"), "end 400 Host and request target differ" },
	{ S("GET http://a.test/ HTTP/1.1\r\n\r\n"), "end 400 no Host" },
	{ S("GET http://me@a.test/ HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	/* Request line. */
	{ S("GET / HTTP/9.9\r\n" HOST "\r\n"), "end 505" },
	{ S("GET / HTTP/2.0\r\n" HOST "\r\n"), "end 505" },
	{ S("GET / HTTP/1.2\r\n" HOST "\r\n"), "end 505" },
	{ S("GET / HTTP/1.10\r\n" HOST "\r\n"), "end 400" },
	{ S("GET / http/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /\r\n\r\n"), "end 400" },
	{ S("GET  / HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET / HTTP/1.1 \r\n" HOST "\r\n"), "end 400" },
	{ S("GET\t/\tHTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S(" GET / HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("G@T / HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("CONNECT a.test:80 HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET * HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET x HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET ftp://a.test/ HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /#x HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /\xC3\xA9 HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /\0 HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	/* Path. */
	{ S("GET /%4 HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /%zz HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /%00 HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /%0d%0a HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /%C0%AF HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /%ED%A0%80 HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /%ff HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /a/../b HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /a/%2e%2E HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /..%2fetc HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("GET /./a HTTP/1.1\r\n" HOST "\r\n"), "end 400" },
	{ S("POST / HTTP/1.1\r\n" HOST "Expect: a-miracle\r\n\r\n"), "end 417" },
};

static void reads_what_is_right(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_outcome(good[i].bytes, good[i].expected);
}

static void refuses_what_two_could_read_differently(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_outcome(bad[i].bytes, bad[i].expected);
}

static void repeat(struct buffer *b, char c, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buffer_add_char(b, c);
}

/* A GET whose request line has exactly `length` bytes. */
static void line_of(struct buffer *b, size_t length)
{
	buffer_add(b, S("GET /"));
	repeat(b, 'a', length - strlen("GET / HTTP/1.1"));
	buffer_add(b, S(" HTTP/1.1\r\n"));
}

static void lines_have_a_longest(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	line_of(&b, PARSE_LINE_MAX);
	buffer_add(&b, S(HOST "\r\n"));
	assert_outcome(buffer_text(&b), "head  [GET|/aaa");
	buffer_clear(&b);
	line_of(&b, PARSE_LINE_MAX + 1);
	assert_outcome(buffer_text(&b), "end 414");
	buffer_clear(&b);
	repeat(&b, 'x', 64 * 1024);                        /* no line at all */
	assert_outcome(buffer_text(&b), "end 414 the request line is too long after 8194");
	buffer_done(&b);
}

/* Head whose header lines measure exactly `size` bytes, with the empty line. */
static void head_of(struct buffer *b, size_t size)
{
	buffer_add(b, S("GET / HTTP/1.1\r\n" HOST "X: "));
	repeat(b, 'x', size - strlen(HOST "X: \r\n\r\n"));
	buffer_add(b, S("\r\n\r\n"));
}

static void heads_have_a_largest(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	head_of(&b, PARSE_HEAD_MAX);
	assert_outcome(buffer_text(&b), "head  [GET");
	buffer_clear(&b);
	head_of(&b, PARSE_HEAD_MAX + 1);
	assert_outcome(buffer_text(&b), "end 431");
	buffer_clear(&b);
	head_of(&b, 1024 * 1024);
	assert_outcome(buffer_text(&b), "end 431");
	for (int headers = PARSE_HEADERS_MAX; headers <= PARSE_HEADERS_MAX + 1; headers++) {
		buffer_clear(&b);
		buffer_add(&b, S("GET / HTTP/1.1\r\n" HOST));
		for (int i = 1; i < headers; i++)
			buffer_add_format(&b, "X-%d: y\r\n", i);
		buffer_add(&b, S("\r\n"));
		assert_outcome(buffer_text(&b), headers > PARSE_HEADERS_MAX ? "end 431 too many" : "head  [GET");
	}
	buffer_clear(&b);
	buffer_add(&b, S(POST "Transfer-Encoding: chunked\r\n\r\n0\r\n"));
	for (int i = 0; i < 5000; i++)
		buffer_add_format(&b, "X-%d: y\r\n", i);       /* trailers count too */
	assert_outcome(buffer_text(&b), "end 431");
	buffer_done(&b);
}

/* Ten thousand one-byte chunks must not take ten thousand pieces of memory. */
static void small_chunks_cost_little(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct http_request r;
	struct parser p = { 0 };
	parser_begin(&p, a, &r);
	str head = S(POST "Transfer-Encoding: chunked\r\n\r\n");
	assert_int_equal(parser_feed(&p, &head), PARSED_HEAD);
	assert_int_equal(parser_limit(&p, 10000), PARSED_HEAD);
	size_t before = arena_size(a);
	for (int i = 0; i < 10000; i++) {
		str chunk = S("1\r\nx\r\n");
		assert_int_equal(parser_feed(&p, &chunk), PARSED_MORE);
	}
	str end = S("0\r\n\r\n");
	assert_int_equal(parser_feed(&p, &end), PARSED_WHOLE);
	assert_int_equal(r.body.len, 10000);
	assert_int_equal(arena_size(a), before);
	assert_true(p.body.room <= 16384 && p.partial.room <= 1024);
	parser_done(&p);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_is_right),
		cmocka_unit_test(refuses_what_two_could_read_differently),
		cmocka_unit_test(lines_have_a_longest),
		cmocka_unit_test(heads_have_a_largest),
		cmocka_unit_test(small_chunks_cost_little),
	};
	srand(2026);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
