/* client.c - the smallest HTTP client that a test needs. */
#include "inside.h"
#include "web/inside.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void *serve(void *of)
{
	http_run(of, 1);
	return NULL;
}

void app_serve(struct app *a, bool demo)
{
	char why[400] = "";
	enum { LOOPS = 2 };
	web_free(a->web);
	store_close(a->store);
	app_open(a, LOOPS, demo);
	struct http_settings h = { .listen = S("127.0.0.1:0"), .loops = LOOPS, .app = a->web, .handle = web_handle, .body_limit = web_body_limit, .refused = web_refused };
	assert_int_equal(http_open(&h, &a->server, why), OK);
	a->port = http_port(a->server);
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, serve, a->server), 0);
	a->thread = (unsigned long)thread;
}

void app_stop(struct app *a)
{
	if (!a->server)
		return;
	http_stop(a->server);
	pthread_join((pthread_t)a->thread, NULL);
	http_close(a->server);
	a->server = NULL;
}

/* What stands between two marks; no text when they do not. */
static str between(str text, str from, char to)
{
	const char *at = text.len ? memmem(text.at, text.len, from.at, from.len) : NULL;
	str value, rest;
	if (!at)
		return (str){ 0 };
	str_cut(str_from(text, (size_t)(at - text.at) + from.len), to, &value, &rest);
	return value;
}

str csrf_of(struct page p)
{
	return between(p.body, S("name=\"csrf\" value=\""), '"');
}

str csrf_for(struct app *a, str session)
{
	return csrf_new(a->arena, between(session, S("wijzer="), ';'));
}

str header_of(struct page p, const char *name)
{
	for (str line, rest = p.head; rest.len; ) {
		str key, value;
		str_cut(rest, '\n', &line, &rest);
		if (str_cut(line, ':', &key, &value) && str_eq_ignoring_case(key, str_of(name)))
			return str_trim(value);
	}
	return (str){ 0 };
}

str app_session(struct app *a, const char *email)
{
	/* A one-time link, used: the same way in as everybody's. */
	struct answer link = call(a, "unprotected", "account_link", text_c(a->arena, text_format(a->arena, "email=%s", email)), NULL);
	assert_answer(link, OK);
	struct { int64_t id; str email, url; } const *made = link.out;
	str token = str_from(made->url, made->url.len - 43);
	const char *path = text_c(a->arena, text_format(a->arena, "/link/" S_FMT, S_ARG(token)));
	struct page first = fetch(a, "GET", path, S(""), NULL);
	assert_int_equal(first.status, 200);
	str cookie = text_format(a->arena, "wijzer-form=" S_FMT, S_ARG(between(first.head, S("wijzer-form="), ';')));
	struct page in = fetch(a, "POST", path, cookie, text_c(a->arena, text_format(a->arena, "csrf=" S_FMT, S_ARG(csrf_of(first)))));
	assert_int_equal(in.status, 303);
	str session = between(in.head, S("wijzer="), ';');
	assert_int_equal(session.len, 43);
	return text_format(a->arena, "wijzer=" S_FMT, S_ARG(session));
}

struct page fetch(struct app *a, const char *method, const char *path, str session, const char *body)
{
	str all = str_of(body);
	if (body && str_starts(session, S("wijzer=")))
		all = text_format(a->arena, "csrf=" S_FMT "%s%s", S_ARG(csrf_for(a, session)), body[0] ? "&" : "", body);
	return fetch_with(a, &(struct call_over_http){ .method = method, .path = str_of(path), .session = session, .body = all });
}

static void request_write(const struct app *a, const struct call_over_http *r, struct buffer *b)
{
	buffer_add_format(b, "%s ", r->method);
	buffer_add(b, r->path);
	if (r->host)
		buffer_add_format(b, " HTTP/1.1\r\nHost: %s\r\n", r->host);
	else
		buffer_add_format(b, " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n", a->port);
	buffer_add_format(b, "Accept: %s\r\nAccept-Language: %s\r\nConnection: close\r\n", r->accept ? r->accept : "text/html", r->language ? r->language : "en");
	if (r->session.len) {
		buffer_add(b, S("Cookie: "));
		buffer_add(b, r->session);
		buffer_add(b, S("\r\n"));
	}
	buffer_add(b, str_of(r->headers ? r->headers : ""));
	if (r->body.at)
		buffer_add_format(b, "Content-Type: %s\r\nContent-Length: %zu\r\n", r->type ? r->type : "application/x-www-form-urlencoded", r->body.len);
	buffer_add(b, S("\r\n"));
	buffer_add(b, r->body.at ? r->body : S(""));
}

struct page fetch_with(struct app *a, const struct call_over_http *r)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)a->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	struct timeval patience = { .tv_sec = 30 };
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	struct buffer b = { 0 };
	request_write(a, r, &b);
	for (size_t sent = 0; sent < b.len; ) {
		ssize_t n = send(fd, b.at + sent, b.len - sent, MSG_NOSIGNAL);
		if (n <= 0)
			break;                                 /* the server has answered and closed: a body too large */
		sent += (size_t)n;
	}
	buffer_clear(&b);
	char piece[65536];
	for (ssize_t n; (n = recv(fd, piece, sizeof piece, 0)) > 0; )
		buffer_add(&b, (str){ piece, (size_t)n });
	close(fd);
	str all = text_copy(a->arena, buffer_text(&b));
	buffer_done(&b);
	struct page p = { 0 };
	const char *end = all.len ? memmem(all.at, all.len, "\r\n\r\n", 4) : NULL;
	if (!end)
		return p;
	p.head = str_until(all, (size_t)(end - all.at));
	p.body = str_from(all, p.head.len + 4);
	p.status = atoi(all.at + 9);
	return p;
}
