/* client.c - the smallest HTTP client that a test needs. */
#include "harness.h"
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "wijzer.h"

static void *serve(void *of)
{
	http_run(of, 1);
	return NULL;
}

void app_serve(struct app *a, bool demo)
{
	char why[400] = "";
	enum { LOOPS = 2, HASHERS = 1 };
	web_free(a->web);
	store_close(a->store);
	bool sqlite = str_starts(a->url, S("sqlite:"));
	struct store_settings s = { .url = a->url, .readers = web_readers(sqlite, LOOPS, HASHERS), .writers = 2 };
	assert_int_equal(store_open(&s, &a->store, why), OK);
	struct web_settings w = { .app = &wijzer_app, .store = a->store, .loops = LOOPS, .hashers = HASHERS, .language = EN, .demo = demo };
	assert_int_equal(web_new(&w, &a->web, why), OK);
	struct http_settings h = { .listen = S("127.0.0.1:0"), .loops = LOOPS, .app = a->web, .handle = web_handle, .body_limit = web_body_limit, .refused = web_refused };
	assert_int_equal(http_open(&h, &a->server, why), OK);
	a->port = http_port(a->server);
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, serve, a->server), 0);
	a->thread = (unsigned long)thread;
}

str app_session(struct app *a, const char *email)
{
	/* A one-time link, used: the same way in as everybody's. */
	struct answer link = call(a, "unprotected", "account_link", text_c(a->arena, text_format(a->arena, "email=%s", email)), NULL);
	assert_answer(link, OK);
	struct { int64_t id; str email, url; } const *made = link.out;
	str token = str_from(made->url, made->url.len - 43);
	str path = text_format(a->arena, "/link/" S_FMT, S_ARG(token));
	struct page first = fetch(a, "GET", text_c(a->arena, path), S(""), NULL);
	assert_int_equal(first.status, 200);
	const char *form = memmem(first.head.at, first.head.len, "wijzer-form=", 12);
	assert_non_null(form);
	str cookie = str_of(form), rest;
	str_cut(cookie, ';', &cookie, &rest);
	const char *csrf = memmem(first.body.at, first.body.len, "name=\"csrf\" value=\"", 19);
	assert_non_null(csrf);
	str value = str_of(csrf + 19);
	str_cut(value, '"', &value, &rest);
	str body = text_format(a->arena, "csrf=" S_FMT, S_ARG(value));
	struct page in = fetch(a, "POST", text_c(a->arena, path), cookie, text_c(a->arena, body));
	assert_int_equal(in.status, 303);
	const char *session = memmem(in.head.at, in.head.len, "wijzer=", 7);
	assert_non_null(session);
	cookie = str_of(session);
	str_cut(cookie, ';', &cookie, &rest);
	return text_copy(a->arena, cookie);
}

struct page fetch(struct app *a, const char *method, const char *path, str session, const char *body)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)a->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	struct buffer b = { 0 };
	buffer_add_format(&b, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/html\r\nAccept-Language: en\r\nConnection: close\r\n", method, path, a->port);
	if (session.len)
		buffer_add_format(&b, "Cookie: " S_FMT "\r\n", S_ARG(session));
	if (body)
		buffer_add_format(&b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s", strlen(body), body);
	else
		buffer_add(&b, S("\r\n"));
	for (size_t sent = 0; sent < b.len; ) {
		ssize_t n = send(fd, b.at + sent, b.len - sent, MSG_NOSIGNAL);
		if (n <= 0)
			break;
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
