/* http.h - HTTP/1.1 on sockets: requests in, replies out, limits everywhere. Knows nothing of the business.
 *
 * One loop thread per CPU, each with its own SO_REUSEPORT listener and epoll. `handle` is called
 * on a loop thread with a whole request; it answers now, or hands the exchange to another thread
 * that answers later. Each exchange is answered exactly once, by http_reply.
 */
#pragma once
#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/status.h"
#include "base/text.h"

struct http_header { str name, value; };           /* value trimmed; name as received, compared ignoring case */

/* What a client sent. All text lives as long as the exchange. */
struct http_request {
	str method;                                /* "GET" */
	str target;                                /* as received: "/people?page=2"; may be "*" for OPTIONS, or absolute */
	str path;                                  /* percent-decoded, valid UTF-8, begins with '/', no control characters, no "." or ".." segments */
	str query;                                 /* behind '?', still encoded; no text when there was none */
	str host;                                  /* Host as received */
	list headers;                              /* of struct http_header, in order */
	str body;                                  /* whole, chunks joined */
	str address;                               /* the peer's numeric address, without port */
	bool tls;                                  /* came over our own TLS */
	bool keep_alive;
};

struct http_exchange {
	struct http_request request;
	struct arena *arena;                       /* for whoever holds the exchange; emptied after the reply is written */
	int loop;                                  /* number of the loop thread that received it, 0 … loops - 1 */
	void *app;                                 /* of http_settings */
};

struct http_reply {
	int status;
	list headers;                              /* of struct http_header; Content-Length, Date and Connection are added */
	struct buffer body;                        /* moved: http_reply empties it */
	str fixed;                                 /* instead of body: bytes that outlive the server, sent without copying */
	bool head;                                 /* HEAD: headers of this reply, no body */
	bool close;
};

/* 403: whoever sent the head may not send its body. */
#define HTTP_BODY_FORBIDDEN SIZE_MAX

struct http_settings {
	str listen;                                /* "127.0.0.1:8080", "[::1]:8080"; port 0 picks one */
	int loops;                                 /* 0: one per CPU */
	str tls_certificate, tls_key;              /* PEM files; both or neither */
	int connections;                           /* in all; 0: 10,000 */
	int connections_per_address;               /* 0: no limit; loopback is not counted, an IPv6 /64 counts as one */
	int head_seconds, body_seconds, idle_seconds;   /* absolute deadlines; 0: 10, 30, 30 */
	void *app;
	/* The most bytes of body this request may have, or HTTP_BODY_FORBIDDEN: asked on its loop thread when its head is there, before a byte
	 * of body is read. NULL: 1 MB. */
	size_t (*body_limit)(struct http_exchange *x);
	void (*handle)(struct http_exchange *x);
	/* What the server itself answers (400, 408, 413, 414, 431, 501, 503 …); may fill body and headers; may be NULL. Of the
	 * request only what was understood before the refusal is there: method and path may be no text. */
	void (*refused)(struct http_exchange *x, int status, const char *why, struct http_reply *reply);
	/* Once per exchange whose reply is wholly written, on its loop thread, for logs and metrics; may be NULL. Time runs
	 * from the whole request to the last byte. Of a refused request, for which time is 0, method and path may be no text. */
	void (*done)(void *app, const struct http_request *request, int status, size_t bytes, int64_t microseconds);
	/* Called on each loop thread as it starts and as it ends; may be NULL. */
	void (*loop_begin)(void *app, int loop);
	void (*loop_end)(void *app, int loop);
};

struct http_figures { int64_t connections, open, requests, refused, bytes_in, bytes_out; };

struct http_server;

/* http_open binds and listens, so that what can go wrong (address in use, bad certificate) is known before privileges fall.
 * INVALID with a reason in `why` (at most 200 bytes). */
enum status http_open(const struct http_settings *s, struct http_server **server, char why[200]) must_use;
int http_port(const struct http_server *s);
/* http_app_set: gives `app` once it exists; before http_run. Ports are bound first, so that privileges can fall before anything is opened. */
void http_app_set(struct http_server *s, void *app);
/* http_run: serves until http_stop; finishes what is under way for at most `grace` seconds. */
void http_run(struct http_server *s, int grace);
void http_stop(struct http_server *s);                     /* from any thread or a signal handler */
void http_close(struct http_server *s);                    /* after http_run; exchanges still out may be answered later, into nothing */
void http_figures(const struct http_server *s, struct http_figures *out);

/* http_reply: from any thread. When the client has gone, the reply is dropped. The exchange is gone afterwards. */
void http_reply(struct http_exchange *x, struct http_reply *reply);

/* A header of the request by name, ignoring case; no text when absent. Two of it: the first (the parser refuses doubles where they are dangerous). */
str http_header_find(const struct http_request *r, str name);
void http_header_add(struct arena *a, struct http_reply *r, str name, str value);   /* refuses CR, LF and NUL by dropping the header */

/* Percent-decoding; false for a broken escape or a NUL. `plus` reads '+' as a space (forms, queries). */
bool http_decode(struct arena *a, str text, bool plus, str *out);
void http_encode(struct buffer *b, str text);              /* for a path segment or query value */

/* Reading a body or a query into name-value pairs, added to `parts`; a refusal adds none. */
struct http_part { str name, value, file, type; };         /* file: the client's file name without folders, no text for a plain field */
enum { HTTP_PARTS_MAX = 4000 };                            /* in one list */
/* application/x-www-form-urlencoded, also for queries. INVALID with the byte where it went wrong. */
enum status http_form_read(struct arena *a, str body, list *parts, size_t *where) must_use;
/* multipart/form-data by RFC 7578; `type` is the Content-Type header. Fields are valid UTF-8, files any bytes; values lie in `body`. */
enum status http_multipart_read(struct arena *a, str type, str body, list *parts, size_t *where) must_use;
/* multipart/mixed by RFC 2046 into a list of struct http_mixed; any bytes, which lie in `body`. INVALID with the byte at which the part begins that is wrong. */
struct http_mixed { list headers; str body; };             /* headers: of struct http_header */
enum status http_mixed_read(struct arena *a, str type, str body, list *parts, size_t *where) must_use;
