/* inside.h - what the files of lib/http share: server, loop, connection, exchange.
 *
 * Everything here belongs to one loop thread, except where a line says otherwise.
 */
#pragma once
#include "parse.h"
#include <netinet/in.h>
#include <openssl/types.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

enum {
	READ_SIZE = 64 * 1024,                     /* most bytes read at once, and most kept of requests that must wait */
	TURN_STEPS = 64,                           /* what one connection may do before others get their turn */
	LINGER_SECONDS = 2,
	BODY_LIMIT = 1024 * 1024,                  /* when the application does not say */
};

/* One request and its reply. The loop's while reading and while writing; in between the application's,
 * from `handle` to http_reply. It outlives its connection when the client leaves in between. */
struct exchange {
	struct http_exchange public;               /* first, so that one is the other */
	struct loop *at;
	struct connection *connection;             /* NULL: the client has gone. Loop thread only */
	struct exchange *next;                     /* in the loop's `answered` or `spare` */
	struct parser parser;
	struct buffer head, body;                  /* of the reply, made by http_reply in whatever thread */
	str content;                               /* body or fixed; no text when none is sent */
	size_t sent;
	int status;
	int64_t began_us;
	bool close;
	char address[INET6_ADDRSTRLEN];
};

enum phase {
	FRESH,                                     /* accepted, nothing read yet: as strict as HEAD */
	IDLE,                                      /* between requests */
	HEAD, BODIED,                              /* a request is being read */
	WORKING,                                   /* the application has the exchange: no deadline of ours */
	WRITING,
	LINGERING,                                 /* said all, waiting for the client to hear it before closing */
	PHASES
};

struct connection {
	struct loop *loop;
	struct connection *before, *after;         /* in the queue of its phase */
	struct connection *again;                  /* in the loop's list of those with more to do */
	struct exchange *x;                        /* NULL between requests */
	SSL *tls;
	struct buffer rest;                        /* read, but of a request that must wait */
	str in;                                    /* what is not yet parsed: in `rest`, or in the loop's scratch during a turn */
	int64_t deadline;                          /* milliseconds of the monotonic clock */
	int fd;
	enum phase phase;
	bool readable, hung, refused, queued, dead; /* hung: the client will send no more */
	struct in6_addr from;
	char address[INET6_ADDRSTRLEN];
};

/* Connections of one phase have the same span, so the queue is in the order of their deadlines. */
struct queue { struct connection *first, *last; int64_t span; };

struct loop {
	struct http_server *server;
	pthread_t thread;
	int number, epoll, listener, wake;
	int64_t now;                               /* milliseconds, read once a round */
	int64_t accept_after;                      /* accepting pauses when descriptors run out */
	struct queue queues[PHASES];
	struct connection *again;
	struct exchange *spare;                    /* ready for reuse, with their arenas */
	size_t spares, out;                        /* out: exchanges the application has */
	bool draining;
	char *scratch;
	atomic_bool stopping;                      /* set by http_stop, read by any thread */
	_Atomic int64_t figures[6];                /* written by the loop, read by any */
	pthread_mutex_t lock;                      /* guards what follows, shared with threads that answer */
	struct exchange *answered;
	size_t orphans;                            /* exchanges answered only after the loop's end; the last one frees it */
	bool ended, closed;
};

enum figure { CONNECTIONS, OPEN, REQUESTS, REFUSALS, BYTES_IN, BYTES_OUT };

struct http_server {
	struct http_settings settings;
	struct loop **loops;
	int count, port;
	SSL_CTX *tls;
	struct addresses *addresses;               /* any thread, has its own lock; NULL without a limit */
	atomic_int open;
	atomic_int grace;
};

static inline void figure_add(struct loop *l, enum figure f, int64_t n)
{
	atomic_fetch_add_explicit(&l->figures[f], n, memory_order_relaxed);
}

/* loop.c */
void *loop_run(void *loop);
void loop_free(struct loop *l);
void loop_queue(struct connection *c, enum phase to);      /* moves to the phase's queue with a new deadline */
void loop_wake(struct loop *l);                             /* any thread, also a signal handler */
void loop_enter(struct connection *c);                      /* a new one, into FRESH */
void loop_unqueue(struct connection *c);
void loop_again(struct connection *c);
void loop_left(struct loop *l, const struct in6_addr *from);      /* one connection fewer */
struct exchange *exchange_new(struct loop *l);
void exchange_recycle(struct exchange *x);
void exchange_free(struct exchange *x);
int64_t microseconds_now(void);

/* connection.c */
void connection_new(struct loop *l, int fd, const struct in6_addr *from);
void connection_close(struct connection *c);
void connection_ready(struct connection *c, unsigned events);     /* of epoll */
void connection_turn(struct connection *c);
void connection_answered(struct exchange *x);
void connection_overdue(struct connection *c);

/* reply.c: what http_reply does before the loop is told; and the exchange whose `handle` runs on this thread. */
extern _Thread_local struct exchange *handling;
void reply_prepare(struct exchange *x, struct http_reply *reply);

/* wire.c: bytes in and out, plain or TLS. n > 0, 0 at the end of the stream, WIRE_WAIT or WIRE_BROKEN. */
enum { WIRE_WAIT = -1, WIRE_BROKEN = -2 };
ssize_t wire_read(struct connection *c, char *into, size_t size);
ssize_t wire_write(struct connection *c, str first, str second);
bool wire_begin(struct connection *c);
void wire_end(struct connection *c);                       /* says goodbye (close_notify, FIN); reading goes on */
void wire_close(struct connection *c);
SSL_CTX *tls_open(str certificate, str key, char why[200]);

/* address.c: how many connections each address has; loopback is not counted. Any thread. */
struct addresses *addresses_new(int limit, int connections);
void addresses_free(struct addresses *a);
bool address_enter(struct addresses *a, const struct in6_addr *from);
void address_leave(struct addresses *a, const struct in6_addr *from);
