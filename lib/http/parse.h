/* parse.h - HTTP/1.1 requests out of bytes, strictly (RFC 9112). Pure: no sockets, no clock.
 *
 * Bytes come in pieces of any size; how they were cut never changes the outcome. What two programs
 * could read in two ways is refused, because that is what request smuggling is made of.
 */
#pragma once
#include "http.h"

enum {
	PARSE_LINE_MAX = 8 * 1024,                 /* the request line */
	PARSE_HEAD_MAX = 32 * 1024,                /* all header lines together, trailers too */
	PARSE_HEADERS_MAX = 100,
	PARSE_CHUNK_LINE_MAX = 256,                /* a chunk's size with its extensions */
};

enum parsed {
	PARSED_MORE,                               /* all bytes taken, the request is not whole yet */
	PARSED_HEAD,                               /* the head is there: set the body's limit with parser_limit, then go on */
	PARSED_WHOLE,                              /* the request is whole; bytes left belong to the next one */
	PARSED_REFUSED,                            /* see status and why; the connection cannot go on */
};

struct parser {
	struct arena *arena;
	struct http_request *request;
	enum parse_state { REQUEST_LINE, HEADER, BODY, CHUNK_LINE, CHUNK, CHUNK_END, TRAILER, WHOLE, REFUSED } state;
	struct buffer partial, body;               /* a line not whole yet; the body so far. Kept for the next request */
	size_t head_bytes, headers;
	size_t left;                               /* bytes to come of the body or chunk */
	size_t limit;                              /* most bytes of body */
	bool blank, old, has_host, has_length, chunked, expects;
	int status;
	const char *why;
};

/* parser_begin: for a zeroed parser or one that has had its request; what the last request borrowed is gone. */
void parser_begin(struct parser *p, struct arena *a, struct http_request *r);
void parser_done(struct parser *p);

/* parser_feed: takes bytes from the front of *bytes. PARSED_HEAD comes exactly once, also when no body follows. */
enum parsed parser_feed(struct parser *p, str *bytes);

/* parser_limit: refuses (413) a body declared larger; a chunked one is refused when it grows larger. */
enum parsed parser_limit(struct parser *p, size_t limit);

/* True when a body is to come. With `expects` the client waits for "100 Continue" before sending it. */
static inline bool parser_wants_body(const struct parser *p) { return p->chunked || p->left; }
/* True while not a byte of a request has been seen. */
static inline bool parser_is_fresh(const struct parser *p) { return p->state == REQUEST_LINE && !p->blank && !p->partial.len; }
