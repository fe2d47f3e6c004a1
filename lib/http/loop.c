/* loop.c - one thread with its epoll: accepts, wakes connections, takes answers in, keeps deadlines. */
#include "inside.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, ACCEPTS = 64, SPARES = 64, PAUSE_MS = 100, KEPT_ROOM = 64 * 1024 };

int64_t microseconds_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void loop_wake(struct loop *l)
{
	uint64_t once = 1;
	ssize_t n = write(l->wake, &once, sizeof once);
	(void)n;                                           /* fails only when the counter is full, and then the loop is awake */
}

void loop_unqueue(struct connection *c)
{
	struct queue *q = &c->loop->queues[c->phase];
	*(c->before ? &c->before->after : &q->first) = c->after;
	*(c->after ? &c->after->before : &q->last) = c->before;
	c->before = c->after = NULL;
}

static void queue_add(struct connection *c, enum phase to)
{
	struct queue *q = &c->loop->queues[to];
	c->phase = to;
	c->deadline = c->loop->now + q->span;
	c->before = q->last;
	*(q->last ? &q->last->after : &q->first) = c;
	q->last = c;
}

void loop_queue(struct connection *c, enum phase to)
{
	loop_unqueue(c);
	queue_add(c, to);
}

void loop_enter(struct connection *c)
{
	queue_add(c, FRESH);
}

void loop_again(struct connection *c)
{
	if (c->queued)
		return;
	c->queued = true;
	c->again = c->loop->again;
	c->loop->again = c;
}

struct exchange *exchange_new(struct loop *l)
{
	struct exchange *x = l->spare;
	if (x) {
		l->spare = x->next;
		l->spares--;
		return x;
	}
	x = calloc(1, sizeof *x);
	if (!x)
		abort();
	x->at = l;
	x->public = (struct http_exchange){ .arena = arena_new(), .loop = l->number, .app = l->server->settings.app };
	parser_begin(&x->parser, x->public.arena, &x->public.request);
	return x;
}

void exchange_free(struct exchange *x)
{
	parser_done(&x->parser);
	buffer_done(&x->head);
	buffer_done(&x->body);
	arena_free(x->public.arena);
	free(x);
}

void exchange_recycle(struct exchange *x)
{
	struct loop *l = x->at;
	if (l->spares >= SPARES) {
		exchange_free(x);
		return;
	}
	buffer_done(&x->body);
	if (x->head.room > KEPT_ROOM)
		buffer_done(&x->head);
	arena_reset(x->public.arena);
	parser_begin(&x->parser, x->public.arena, &x->public.request);
	x->connection = NULL;
	x->began_us = 0;
	x->next = l->spare;
	l->spare = x;
	l->spares++;
}

void loop_left(struct loop *l, const struct in6_addr *from)
{
	atomic_fetch_sub(&l->server->open, 1);
	if (l->server->addresses)
		address_leave(l->server->addresses, from);
}

static struct in6_addr address_of(const struct sockaddr_storage *from)
{
	struct in6_addr to = { .s6_addr = { [10] = 0xFF, [11] = 0xFF } };
	if (from->ss_family == AF_INET6)
		to = ((const struct sockaddr_in6 *)from)->sin6_addr;
	else
		memcpy(&to.s6_addr[12], &((const struct sockaddr_in *)from)->sin_addr, 4);
	return to;
}

static void turn_away(struct loop *l, int fd)
{
	static const char full[] = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\nConnection: close\r\n\r\n";
	if (!l->server->tls)
		send(fd, full, sizeof full - 1, MSG_NOSIGNAL | MSG_DONTWAIT);  /* if it fails, the closing alone must tell */
	close(fd);
	figure_add(l, REFUSALS, 1);
}

static void accept_some(struct loop *l)
{
	struct http_server *s = l->server;
	for (int i = 0; i < ACCEPTS; i++) {
		struct sockaddr_storage from = { 0 };
		int fd = accept4(l->listener, (struct sockaddr *)&from, &(socklen_t){ sizeof from }, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
			/* The listener stays ready, so waiting on it would spin: look away for a moment. */
			epoll_ctl(l->epoll, EPOLL_CTL_DEL, l->listener, NULL);
			l->accept_after = l->now + PAUSE_MS;
			return;
		}
		if (fd < 0)                                /* that client left again; the next may be fine */
			continue;
		struct in6_addr address = address_of(&from);
		bool full = atomic_fetch_add(&s->open, 1) >= s->settings.connections;
		if (full || (s->addresses && !address_enter(s->addresses, &address))) {
			atomic_fetch_sub(&s->open, 1);
			turn_away(l, fd);
		} else {
			connection_new(l, fd, &address);
		}
	}
}

static void watch(struct loop *l, int fd, void *who)
{
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = who };
	epoll_ctl(l->epoll, EPOLL_CTL_ADD, fd, &e);
}

static void answers_take(struct loop *l)
{
	pthread_mutex_lock(&l->lock);
	struct exchange *x = l->answered;
	l->answered = NULL;
	pthread_mutex_unlock(&l->lock);
	while (x) {
		struct exchange *next = x->next;
		connection_answered(x);
		x = next;
	}
}

static void agains_take(struct loop *l)
{
	struct connection *c = l->again;
	l->again = NULL;
	while (c) {
		struct connection *next = c->again;
		c->queued = false;
		if (c->dead)
			free(c);
		else
			connection_turn(c);
		c = next;
	}
}

static void deadlines_keep(struct loop *l)
{
	for (int phase = 0; phase < PHASES; phase++) {
		struct queue *q = &l->queues[phase];
		while (q->span && q->first && q->first->deadline <= l->now)
			connection_overdue(q->first);
	}
}

static int patience(const struct loop *l, int64_t end)
{
	int64_t until = INT64_MAX;
	for (int phase = 0; phase < PHASES; phase++) {
		const struct queue *q = &l->queues[phase];
		if (q->span && q->first && q->first->deadline < until)
			until = q->first->deadline;
	}
	if (l->accept_after && l->accept_after < until)
		until = l->accept_after;
	if (l->draining && end < until)
		until = end;
	return l->again ? 0 : until == INT64_MAX ? -1 : until <= l->now ? 0 : (int)(until - l->now);
}

static void close_all(struct loop *l, enum phase phase)
{
	while (l->queues[phase].first)
		connection_close(l->queues[phase].first);
}

/* Who has already spoken is heard; who says nothing is shown out. */
static void last_turn(struct loop *l, enum phase phase)
{
	for (struct connection *c = l->queues[phase].first, *next; c; c = next) {
		next = c->after;
		c->readable = true;
		connection_turn(c);
	}
	close_all(l, phase);
}

/* No new work, except for those who wait in the backlog already. */
static void drain_begin(struct loop *l)
{
	l->draining = true;
	if (!l->accept_after)
		accept_some(l);
	close(l->listener);
	l->listener = -1;
	l->accept_after = 0;
	last_turn(l, FRESH);
	last_turn(l, IDLE);
}

static bool is_drained(const struct loop *l)
{
	for (int phase = 0; phase < PHASES; phase++)
		if (l->queues[phase].first)
			return false;
	return l->out == 0;
}

/* What the application still has becomes an orphan: http_reply frees it. */
static void loop_finish(struct loop *l)
{
	for (int phase = 0; phase < PHASES; phase++)
		close_all(l, phase);
	agains_take(l);
	pthread_mutex_lock(&l->lock);
	for (struct exchange *x; (x = l->answered); l->out--) {
		l->answered = x->next;
		exchange_free(x);
	}
	l->orphans = l->out;
	l->ended = true;
	pthread_mutex_unlock(&l->lock);
	for (struct exchange *x; (x = l->spare); ) {
		l->spare = x->next;
		exchange_free(x);
	}
}

static void wake_clear(struct loop *l)
{
	uint64_t times;
	ssize_t n = read(l->wake, &times, sizeof times);
	(void)n;                                           /* how often does not matter, nor that it was none */
}

static void serve(struct loop *l)
{
	static char listening, waking;                     /* addresses that name the two descriptors that are no connection */
	struct epoll_event events[EVENTS];
	int64_t end = 0;
	l->now = microseconds_now() / 1000;
	watch(l, l->listener, &listening);
	watch(l, l->wake, &waking);
	for (;;) {
		if (!l->draining && atomic_load(&l->stopping)) {
			end = l->now + (int64_t)l->server->grace * 1000;
			drain_begin(l);
		}
		if (l->draining && (is_drained(l) || l->now >= end))
			return;
		int n = epoll_wait(l->epoll, events, EVENTS, patience(l, end));
		l->now = microseconds_now() / 1000;
		for (int i = 0; i < n; i++) {
			if (events[i].data.ptr == &listening)
				accept_some(l);
			else if (events[i].data.ptr != &waking)
				connection_ready(events[i].data.ptr, events[i].events);
			else
				wake_clear(l);
		}
		/* Only now, for these may free connections that a later event of this round names. */
		answers_take(l);
		agains_take(l);
		deadlines_keep(l);
		if (l->accept_after && l->now >= l->accept_after) {
			l->accept_after = 0;
			watch(l, l->listener, &listening);
		}
	}
}

void *loop_run(void *loop)
{
	struct loop *l = loop;
	const struct http_settings *s = &l->server->settings;
	l->scratch = malloc(READ_SIZE);
	if (!l->scratch)
		abort();
	if (s->loop_begin)
		s->loop_begin(s->app, l->number);
	serve(l);
	loop_finish(l);
	if (s->loop_end)
		s->loop_end(s->app, l->number);
	free(l->scratch);
	l->scratch = NULL;
	return NULL;
}

void loop_free(struct loop *l)
{
	int descriptors[] = { l->epoll, l->listener, l->wake };
	for (int i = 0; i < 3; i++)
		if (descriptors[i] >= 0)
			close(descriptors[i]);
	pthread_mutex_destroy(&l->lock);
	free(l);
}
