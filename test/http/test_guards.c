/* test_guards.c - each guard against a hostile or confused client, over a real socket: the answer, and that the connection ends. */
#include "served.h"

#define HOST "Host: a.test\r\n"
#define POST "POST /echo HTTP/1.1\r\n" HOST
#define CHUNKED POST "Transfer-Encoding: chunked\r\n\r\n"

static void huge_header(struct buffer *b);
static void many_headers(struct buffer *b);
static void long_target(struct buffer *b);
static void endless_line(struct buffer *b);

/* `rest` writes what does not fit on a line. */
static const struct guard { const char *name; str bytes; void (*rest)(struct buffer *); int status; } guards[] = {
	{ "length and chunks", S(POST "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\n" HOST "\r\n"), NULL, 400 },
	{ "chunks and length", S(POST "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"), NULL, 400 },
	{ "two lengths", S(POST "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde"), NULL, 400 },
	{ "a list of lengths", S(POST "Content-Length: 4, 4\r\n\r\nabcd"), NULL, 400 },
	{ "a signed length", S(POST "Content-Length: +4\r\n\r\nabcd"), NULL, 400 },
	{ "a chunk that ends in LF", S(CHUNKED "3\r\nabc\n0\r\n\r\n"), NULL, 400 },
	{ "a chunk size that ends in LF", S(CHUNKED "3\nabc\r\n0\r\n\r\n"), NULL, 400 },
	{ "a chunk size behind a sign", S(CHUNKED "+3\r\nabc\r\n0\r\n\r\n"), NULL, 400 },
	{ "a chunk size of 0x", S(CHUNKED "0x3\r\nabc\r\n0\r\n\r\n"), NULL, 400 },
	{ "a chunk size that overflows", S(CHUNKED "FFFFFFFFFFFFFFFF3\r\nabc\r\n0\r\n\r\n"), NULL, 400 },
	{ "a chunk longer than said", S(CHUNKED "3\r\nabcdef\r\n0\r\n\r\n"), NULL, 400 },
	{ "a bare CR in an extension", S(CHUNKED "3;x\ry\r\nabc\r\n0\r\n\r\n"), NULL, 400 },
	{ "a folded trailer", S(CHUNKED "0\r\nX: a\r\n b\r\n\r\n"), NULL, 400 },
	{ "a bare CR", S("GET / HTTP/1.1\r\n" HOST "X: a\rb\r\n\r\n"), NULL, 400 },
	{ "a bare LF", S("GET / HTTP/1.1\nHost: a.test\n\n"), NULL, 400 },
	{ "one bare LF among CR LF", S("GET / HTTP/1.1\r\n" HOST "X: a\nTransfer-Encoding: chunked\r\n\r\n"), NULL, 400 },
	{ "a NUL in a header", S("GET / HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n"), NULL, 400 },
	{ "a NUL in a name", S("GET / HTTP/1.1\r\n" HOST "X\0: a\r\n\r\n"), NULL, 400 },
	{ "obs-fold", S("GET / HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n"), NULL, 400 },
	{ "a blank before the first header", S("GET / HTTP/1.1\r\n X: a\r\n" HOST "\r\n"), NULL, 400 },
	{ "a space before the colon", S(POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"), NULL, 400 },
	{ "another transfer coding", S(POST "Transfer-Encoding: gzip\r\n\r\n"), NULL, 501 },
	{ "a coding before chunked", S(POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), NULL, 501 },
	{ "a coding that looks like chunked", S(POST "Transfer-Encoding: xchunked\r\n\r\n"), NULL, 501 },
	{ "chunked behind a vertical tab", S(POST "Transfer-Encoding: \vchunked\r\n\r\n"), NULL, 400 },
	{ "two transfer codings", S(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"), NULL, 400 },
	{ "chunks in HTTP/1.0", S("POST /echo HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), NULL, 400 },
	{ "no Host", S("GET / HTTP/1.1\r\n\r\n"), NULL, 400 },
	{ "two Hosts", S("GET / HTTP/1.1\r\n" HOST "Host: b.test\r\n\r\n"), NULL, 400 },
	{ "a Host with a path", S("GET / HTTP/1.1\r\nHost: a.test/admin\r\n\r\n"), NULL, 400 },
	{ "a target that contradicts Host", S("GET http://b.test/ HTTP/1.1\r\n" HOST "\r\n"), NULL, 400 },
	{ "HTTP/9.9", S("GET / HTTP/9.9\r\n" HOST "\r\n"), NULL, 505 },
	{ "HTTP/2 without asking", S("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), NULL, 505 },
	{ "HTTP/0.9", S("GET /\r\n\r\n"), NULL, 400 },
	{ "a TLS greeting", S("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03\r\n"), NULL, 400 },
	{ "a header of 1 MB", S("GET / HTTP/1.1\r\n" HOST), huge_header, 431 },
	{ "5,000 headers", S("GET / HTTP/1.1\r\n" HOST), many_headers, 431 },
	{ "a URL of 64 KB", S("GET /"), long_target, 414 },
	{ "a line that never ends", S(""), endless_line, 414 },
	{ "a body that may not come at all", S("POST /forbidden HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\n"), NULL, 403 },
	{ "a body over the limit, declared", S("POST /small HTTP/1.1\r\n" HOST "Content-Length: 11\r\n\r\n"), NULL, 413 },
	{ "a body over the limit, announced", S("POST /small HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 11\r\n\r\n"), NULL, 413 },
	{ "a body over the limit, in chunks", S("POST /small HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n5\r\n"), NULL, 413 },
	{ "a body beyond counting", S(POST "Content-Length: 99999999999999999999\r\n\r\n"), NULL, 413 },
	{ "a miracle expected", S(POST "Expect: a-miracle\r\nContent-Length: 1\r\n\r\n"), NULL, 417 },
	{ "a broken escape", S("GET /%4 HTTP/1.1\r\n" HOST "\r\n"), NULL, 400 },
	{ "an escaped NUL", S("GET /a%00.html HTTP/1.1\r\n" HOST "\r\n"), NULL, 400 },
	{ "bad UTF-8", S("GET /%C0%AF HTTP/1.1\r\n" HOST "\r\n"), NULL, 400 },
	{ "a path that climbs", S("GET /a/%2e%2e/b HTTP/1.1\r\n" HOST "\r\n"), NULL, 400 },
	{ "an escaped line end", S("GET /a%0d%0aSet-Cookie:x HTTP/1.1\r\n" HOST "\r\n"), NULL, 400 },
	{ "two spaces", S("GET  / HTTP/1.1\r\n" HOST "\r\n"), NULL, 400 },
};

static void repeat(struct buffer *b, char c, size_t times)
{
	while (times--)
		buffer_add_char(b, c);
}

static void huge_header(struct buffer *b)
{
	buffer_add(b, S("X: "));
	repeat(b, 'x', 1024 * 1024);
	buffer_add(b, S("\r\n\r\n"));
}

static void many_headers(struct buffer *b)
{
	for (int i = 0; i < 5000; i++)
		buffer_add_format(b, "X-%d: y\r\n", i);
	buffer_add(b, S("\r\n"));
}

static void long_target(struct buffer *b)
{
	repeat(b, 'a', 64 * 1024);
	buffer_add(b, S(" HTTP/1.1\r\n" HOST "\r\n"));
}

static void endless_line(struct buffer *b)
{
	repeat(b, 'a', 64 * 1024);
}

static void check(struct served *s, const struct guard *g)
{
	struct buffer said = { 0 }, heard = { 0 };
	int fd = client_new(s);
	buffer_add(&said, g->bytes);
	if (g->rest)
		g->rest(&said);
	client_say(fd, buffer_text(&said));
	/* Nothing more is said, so a server that waits for a body or a line's end is found out. */
	if (!client_hear_some(fd, &heard, 5000) || status_of(&heard) != g->status)
		fail_msg("%s: expected %d, heard %s", g->name, g->status, heard.at ? heard.at : "nothing");
	shutdown(fd, SHUT_WR);
	if (!client_hear_all(fd, &heard, 5000) || count_of(&heard, "\r\nDate: ") != 1)
		fail_msg("%s: the connection went on after %s", g->name, heard.at);
	assert_int_equal(count_of(&heard, "Connection: close\r\n"), 1);
	close(fd);
	buffer_done(&said);
	buffer_done(&heard);
}

static void every_guard_holds(void **state)
{
	struct served *s = *state;
	struct http_figures before, after;
	http_figures(s->server, &before);
	for (size_t i = 0; i < sizeof guards / sizeof *guards; i++)
		check(s, &guards[i]);
	http_figures(s->server, &after);
	assert_int_equal(after.refused - before.refused, sizeof guards / sizeof *guards);
	assert_int_equal(after.requests, before.requests);          /* not one reached the application */
}

/* Who is told 413 while still sending hears it all the same: closing at once would have reset the connection. */
static void a_refusal_survives_a_client_that_goes_on_sending(void **state)
{
	struct served *s = *state;
	struct buffer heard = { 0 }, body = { 0 };
	int fd = client_new(s);
	client_say(fd, S("POST /small HTTP/1.1\r\n" HOST "Content-Length: 2000000\r\n\r\n"));
	repeat(&body, 'x', 2000000);
	assert_true(client_say(fd, buffer_text(&body)));
	shutdown(fd, SHUT_WR);
	assert_true(client_hear_all(fd, &heard, 5000));
	assert_int_equal(status_of(&heard), 413);
	close(fd);
	buffer_done(&body);
	buffer_done(&heard);
}

static void the_methods_are_left_to_the_application(void **state)
{
	struct served *s = *state;
	struct buffer heard = { 0 };
	int fd = client_new(s);
	client_say(fd, S("OPTIONS / HTTP/1.1\r\n" HOST "\r\nBREW /pot HTTP/1.1\r\n" HOST "\r\nOPTIONS * HTTP/1.1\r\n" HOST "\r\n"));
	for (int i = 0; i < 3; i++)
		while (count_of(&heard, "\r\n\r\nhello") < (size_t)i + 1)
			assert_true(client_hear_some(fd, &heard, 5000) > 0);
	close(fd);
	buffer_done(&heard);
}

static int begin(void **state)
{
	*state = served_start((struct http_settings){ 0 });
	return 0;
}

static int end(void **state)
{
	served_stop(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_guard_holds),
		cmocka_unit_test(a_refusal_survives_a_client_that_goes_on_sending),
		cmocka_unit_test(the_methods_are_left_to_the_application),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
