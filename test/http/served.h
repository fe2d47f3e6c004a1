/* served.h - a server inside the test, and a client that says exactly the bytes it is told to say. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "http/http.h"

enum { BODY_MAX_HERE = 100 * 1024, BIG = 100 * 1024 };

/* What /later and /hold hand over; `later` answers at once, `hold` when released. */
struct served {
	struct http_server *server;
	pthread_t runner, answerer;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct http_exchange *later[256], *held[256];
	int later_count, held_count;
	bool ended;
	int grace;
	atomic_int done, begun_loops, ended_loops, last_status;
};

static void served_answer(struct http_exchange *x, int status, str text)
{
	struct http_reply reply = { .status = status };
	buffer_add(&reply.body, text);
	http_header_add(x->arena, &reply, S("Content-Type"), S("text/plain"));
	http_header_add(x->arena, &reply, S("X-Split"), S("a\r\nX-Evil: b"));         /* neither may ever be sent */
	http_header_add(x->arena, &reply, S("X-Evil: a\r\nX"), S("b"));
	http_reply(x, &reply);
}

static void served_big(struct http_exchange *x)
{
	struct http_reply reply = { .status = 200 };
	for (int i = 0; i < BIG / 10; i++)
		buffer_add(&reply.body, S("0123456789"));
	http_reply(x, &reply);
}

static void served_handle(struct http_exchange *x)
{
	struct served *s = x->app;
	const struct http_request *r = &x->request;
	bool later = str_eq(r->path, S("/later")), hold = str_eq(r->path, S("/hold"));
	if (later || hold) {
		pthread_mutex_lock(&s->lock);
		if (later)
			s->later[s->later_count++] = x;
		else
			s->held[s->held_count++] = x;
		pthread_cond_broadcast(&s->changed);
		pthread_mutex_unlock(&s->lock);
	} else if (str_eq(r->path, S("/big"))) {
		served_big(x);
	} else if (str_eq(r->path, S("/nothing"))) {
		served_answer(x, 204, S("not sent"));
	} else if (str_eq(r->path, S("/echo"))) {
		served_answer(x, 200, r->body);
	} else if (str_eq(r->path, S("/who"))) {
		served_answer(x, 200, text_format(x->arena, S_FMT " " S_FMT " tls=%d loop=%d", S_ARG(r->address), S_ARG(r->host), r->tls, x->loop));
	} else {
		served_answer(x, 200, S("hello"));
	}
}

static void *served_answers(void *of)
{
	struct served *s = of;
	pthread_mutex_lock(&s->lock);
	for (;;) {
		while (!s->ended && !s->later_count)
			pthread_cond_wait(&s->changed, &s->lock);
		if (!s->later_count)
			break;
		struct http_exchange *x = s->later[--s->later_count];
		pthread_mutex_unlock(&s->lock);
		served_answer(x, 200, S("later"));
		pthread_mutex_lock(&s->lock);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static void *served_runs(void *of)
{
	struct served *s = of;
	http_run(s->server, s->grace);
	return NULL;
}

static size_t served_body_limit(struct http_exchange *x)
{
	return str_eq(x->request.path, S("/small")) ? 10 : str_eq(x->request.path, S("/forbidden")) ? HTTP_BODY_FORBIDDEN : BODY_MAX_HERE;
}

static void served_done(void *app, const struct http_request *r, int status, size_t bytes, int64_t microseconds)
{
	struct served *s = app;
	assert_true(bytes > 0 && microseconds >= 0 && (status >= 400 || r->method.len));
	atomic_store(&s->last_status, status);
	atomic_fetch_add(&s->done, 1);
}

static void served_loop_begin(void *app, int loop) { (void)loop; atomic_fetch_add(&((struct served *)app)->begun_loops, 1); }
static void served_loop_end(void *app, int loop) { (void)loop; atomic_fetch_add(&((struct served *)app)->ended_loops, 1); }

static inline struct served *served_start_with(struct http_settings settings, int grace)
{
	char why[200] = "";
	struct served *s = calloc(1, sizeof *s);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
	s->grace = grace;
	settings.listen = settings.listen.at ? settings.listen : S("127.0.0.1:0");
	settings.loops = settings.loops ? settings.loops : 2;
	settings.app = s;
	settings.handle = served_handle;
	settings.body_limit = served_body_limit;
	settings.done = served_done;
	settings.loop_begin = served_loop_begin;
	settings.loop_end = served_loop_end;
	if (http_open(&settings, &s->server, why) != OK)
		fail_msg("cannot open: %s", why);
	pthread_create(&s->answerer, NULL, served_answers, s);
	pthread_create(&s->runner, NULL, served_runs, s);
	return s;
}

static inline struct served *served_start(struct http_settings settings)
{
	return served_start_with(settings, 2);
}

static inline int served_held(struct served *s)
{
	pthread_mutex_lock(&s->lock);
	int n = s->held_count;
	pthread_mutex_unlock(&s->lock);
	return n;
}

static inline void served_release(struct served *s)
{
	pthread_mutex_lock(&s->lock);
	for (; s->held_count; s->held_count--)
		served_answer(s->held[s->held_count - 1], 200, S("held"));
	pthread_mutex_unlock(&s->lock);
}

static inline void served_wait(struct served *s)                   /* until http_run has returned */
{
	pthread_join(s->runner, NULL);
	assert_int_equal(s->begun_loops, s->ended_loops);
}

static inline void served_end(struct served *s)
{
	http_close(s->server);
	pthread_mutex_lock(&s->lock);
	s->ended = true;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->answerer, NULL);
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static inline void served_stop(struct served *s)
{
	http_stop(s->server);
	served_wait(s);
	served_end(s);
}

static inline int64_t milliseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static inline void nap(int ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000L }, NULL);
}

/* Waits at most five seconds for `condition`. */
#define soon(condition) do { int64_t by_ = milliseconds() + 5000; while (!(condition) && milliseconds() < by_) nap(5); assert_true(condition); } while (0)

static inline int client_new(const struct served *s)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(s->server)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) < 0)
		fail_msg("cannot connect: %s", strerror(errno));
	return fd;
}

/* Says all of it, or as much as the server wants to hear: it may close in between. */
static inline bool client_say(int fd, str bytes)
{
	while (bytes.len) {
		ssize_t n = send(fd, bytes.at, bytes.len, MSG_NOSIGNAL);
		if (n < 0)
			return false;
		bytes = str_from(bytes, (size_t)n);
	}
	return true;
}

/* Hears more: n > 0 bytes, 0 the server closed, -1 nothing came in time. */
static inline ssize_t client_hear_some(int fd, struct buffer *into, int ms)
{
	if (poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, ms) < 1)
		return -1;
	buffer_reserve(into, 65537);
	ssize_t n = recv(fd, into->at + into->len, 65536, 0);
	into->len += n > 0 ? (size_t)n : 0;
	into->at[into->len] = 0;
	return n > 0 ? n : 0;
}

/* Hears until `end` has been said, or for five seconds. */
static inline bool client_hear(int fd, struct buffer *into, const char *end)
{
	while (!into->len || !strstr(into->at, end))
		if (client_hear_some(fd, into, 5000) <= 0)
			return false;
	return true;
}

/* All the server says until it closes; false when it does not within `ms`. */
static inline bool client_hear_all(int fd, struct buffer *into, int ms)
{
	int64_t by = milliseconds() + ms;
	for (ssize_t n; (n = client_hear_some(fd, into, (int)(by - milliseconds()))) != 0; )
		if (n < 0)
			return false;
	return true;
}

static inline int status_of(const struct buffer *heard)
{
	return heard->len > 12 && !strncmp(heard->at, "HTTP/1.1 ", 9) ? atoi(heard->at + 9) : 0;
}

static inline size_t count_of(const struct buffer *heard, const char *what)
{
	size_t n = 0;
	for (const char *at = heard->len ? heard->at : ""; (at = strstr(at, what)); at++)
		n++;
	return n;
}
