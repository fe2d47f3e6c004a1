/* connection.c - the life of one connection: read a request, have it answered, write the reply, and again.
 *
 * One request at a time: the next is not looked at before the last byte of this one's reply is with the
 * kernel. So replies are in order, and a client that never reads costs one reply and at most READ_SIZE.
 */
#include "inside.h"
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

enum step { GO, WAIT, GONE };                              /* GONE: the connection is no more */

static enum step reply_send(struct connection *c);
static enum step request_parse(struct connection *c);

static enum step reply_begin(struct connection *c)
{
	loop_queue(c, WRITING);
	c->x->sent = 0;
	return reply_send(c);
}

/* What the server itself answers; afterwards the connection ends, for what follows cannot be trusted to be a request. */
static enum step request_refuse(struct connection *c, int status, const char *why)
{
	const struct http_settings *s = &c->loop->server->settings;
	struct http_reply reply = { .status = status, .close = true };
	figure_add(c->loop, REFUSALS, 1);
	c->refused = true;
	if (s->refused)
		s->refused(&c->x->public, status, why, &reply);
	else
		buffer_add_format(&reply.body, "%s\n", why);
	if (!reply.headers.count)
		http_header_add(c->x->public.arena, &reply, S("Content-Type"), S("text/plain; charset=utf-8"));
	reply_prepare(c->x, &reply);
	return reply_begin(c);
}

static enum step request_handle(struct connection *c)
{
	struct loop *l = c->loop;
	const struct http_settings *s = &l->server->settings;
	struct exchange *x = c->x;
	figure_add(l, REQUESTS, 1);
	loop_queue(c, WORKING);
	if (s->done)
		x->began_us = microseconds_now();
	l->out++;
	handling = x;
	s->handle(&x->public);
	if (handling) {                                    /* another thread answers, or has already */
		handling = NULL;
		return WAIT;
	}
	l->out--;
	return reply_begin(c);
}

static enum step head_read(struct connection *c)
{
	const struct http_settings *s = &c->loop->server->settings;
	struct parser *p = &c->x->parser;
	size_t limit = s->body_limit ? s->body_limit(&c->x->public) : BODY_LIMIT;
	if (limit == HTTP_BODY_FORBIDDEN)
		return request_refuse(c, 403, "sign in first, with an account that may do this");
	if (parser_limit(p, limit) == PARSED_REFUSED)
		return request_refuse(c, p->status, p->why);
	if (!parser_wants_body(p))
		return request_parse(c);
	loop_queue(c, BODIED);
	str proceed = S("HTTP/1.1 100 Continue\r\n\r\n");
	if (p->expects && !c->in.len && wire_write(c, proceed, (str){ 0 }) != (ssize_t)proceed.len) {
		connection_close(c);
		return GONE;
	}
	return GO;
}

static enum step request_parse(struct connection *c)
{
	if (!c->x) {
		struct exchange *x = c->x = exchange_new(c->loop);
		x->connection = c;
		memcpy(x->address, c->address, sizeof x->address);
		x->public.request.address = str_of(x->address);
		x->public.request.tls = c->tls != NULL;
		loop_queue(c, HEAD);
	}
	struct parser *p = &c->x->parser;
	switch (parser_feed(p, &c->in)) {
	case PARSED_HEAD:
		return head_read(c);
	case PARSED_WHOLE:
		return request_handle(c);
	case PARSED_REFUSED:
		return request_refuse(c, p->status, p->why);
	default:
		return GO;
	}
}

static enum step bytes_read(struct connection *c)
{
	if (!c->readable)
		return WAIT;
	ssize_t n = wire_read(c, c->loop->scratch, READ_SIZE);
	if (n == WIRE_WAIT) {
		c->readable = false;
		return WAIT;
	}
	if (n <= 0) {
		connection_close(c);
		return GONE;
	}
	figure_add(c->loop, BYTES_IN, n);
	if (c->phase != LINGERING)
		c->in = (str){ c->loop->scratch, (size_t)n };
	return GO;
}

/* Closing while bytes are unread makes the kernel send RST, which can destroy the reply on its way. */
static enum step conversation_end(struct connection *c)
{
	if (!c->refused && !c->in.len && !c->readable) {
		connection_close(c);
		return GONE;
	}
	wire_end(c);
	c->in = (str){ 0 };
	loop_queue(c, LINGERING);
	return GO;
}

static enum step reply_end(struct connection *c)
{
	struct exchange *x = c->x;
	const struct http_settings *s = &c->loop->server->settings;
	if (s->done)
		s->done(s->app, &x->public.request, x->status, x->sent, x->began_us ? microseconds_now() - x->began_us : 0);
	bool close = x->close || c->loop->draining;
	c->x = NULL;
	exchange_recycle(x);
	if (close)
		return conversation_end(c);
	loop_queue(c, IDLE);
	return GO;
}

static enum step reply_send(struct connection *c)
{
	struct exchange *x = c->x;
	str head = buffer_text(&x->head);
	size_t all = head.len + x->content.len;
	ssize_t n = x->sent < head.len ? wire_write(c, str_from(head, x->sent), x->content)
		: wire_write(c, (str){ 0 }, str_from(x->content, x->sent - head.len));
	if (n == WIRE_WAIT)
		return WAIT;
	if (n < 0) {
		connection_close(c);
		return GONE;
	}
	figure_add(c->loop, BYTES_OUT, n);
	x->sent += (size_t)n;
	if (x->sent == all)
		return reply_end(c);
	loop_queue(c, WRITING);                            /* it reads: its idle time begins anew */
	return GO;
}

static enum step step(struct connection *c)
{
	switch (c->phase) {
	case WORKING:
		return WAIT;
	case WRITING:
		return reply_send(c);
	case LINGERING:
		return bytes_read(c);
	default:
		return c->in.len ? request_parse(c) : bytes_read(c);
	}
}

/* What was read but must wait moves out of the loop's scratch. */
static void rest_keep(struct connection *c)
{
	bool kept = c->rest.len && c->in.at >= c->rest.at && c->in.at <= c->rest.at + c->rest.len;
	if (!c->in.len) {
		buffer_done(&c->rest);
	} else if (kept) {
		buffer_remove_front(&c->rest, c->rest.len - c->in.len);
	} else {
		buffer_clear(&c->rest);
		buffer_add(&c->rest, c->in);
	}
	c->in = (str){ 0 };
}

void connection_turn(struct connection *c)
{
	enum step went = GO;
	c->in = c->rest.len ? buffer_text(&c->rest) : (str){ 0 };
	for (int i = 0; i < TURN_STEPS && went == GO; i++)
		went = step(c);
	if (went == GONE)
		return;
	rest_keep(c);
	if (went == GO)
		loop_again(c);
}

void connection_ready(struct connection *c, unsigned events)
{
	if (events & (EPOLLERR | EPOLLHUP)) {              /* gone altogether; who only stops sending (RDHUP) still gets its reply */
		connection_close(c);
		return;
	}
	c->hung |= (events & EPOLLRDHUP) != 0;
	c->readable |= (events & (EPOLLIN | EPOLLRDHUP)) != 0;
	connection_turn(c);
}

void connection_answered(struct exchange *x)
{
	struct connection *c = x->connection;
	x->at->out--;
	if (!c) {
		exchange_recycle(x);
		return;
	}
	x->sent = 0;
	loop_queue(c, WRITING);
	connection_turn(c);
}

void connection_overdue(struct connection *c)
{
	bool tell = c->phase == HEAD || c->phase == BODIED;
	if (tell && request_refuse(c, 408, "the request took too long") != GONE)
		connection_turn(c);
	else if (!tell)
		connection_close(c);
}

/* Takes over the descriptor, also when it fails. */
void connection_new(struct loop *l, int fd, const struct in6_addr *from)
{
	struct connection *c = calloc(1, sizeof *c);
	if (!c)
		abort();
	*c = (struct connection){ .loop = l, .fd = fd, .from = *from };
	int family = IN6_IS_ADDR_V4MAPPED(from) ? AF_INET : AF_INET6;
	inet_ntop(family, family == AF_INET ? (const void *)&from->s6_addr[12] : from, c->address, sizeof c->address);
	figure_add(l, CONNECTIONS, 1);
	figure_add(l, OPEN, 1);
	loop_enter(c);
	struct epoll_event e = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = c };
	if (!wire_begin(c) || epoll_ctl(l->epoll, EPOLL_CTL_ADD, fd, &e) < 0)
		connection_close(c);
}

void connection_close(struct connection *c)
{
	struct loop *l = c->loop;
	wire_close(c);
	loop_unqueue(c);
	buffer_done(&c->rest);
	if (c->phase == WORKING)
		c->x->connection = NULL;                   /* the application has it; http_reply will find nobody home */
	else if (c->x)
		exchange_recycle(c->x);
	figure_add(l, OPEN, -1);
	loop_left(l, &c->from);
	c->dead = true;
	if (!c->queued)                                    /* else the loop frees it when it comes by */
		free(c);
}
