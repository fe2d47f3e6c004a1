/* inside.h - what the files of lib/web know of each other. */
#pragma once
#include "audit.h"
#include "event.h"
#include "job.h"
#include "protocol.h"
#include "web.h"
#include <pthread.h>
#include <stdatomic.h>

enum format { HTML, JSON, CSV };

enum { BODY_MAX = 64 * 1024, TEMPLATE_VALUES = 64, SESSION_COOKIE_MAX = 100 };

struct route {
	const struct operation *op;
	str method, path;
	size_t segments;
};

struct web {
	struct web_settings settings;              /* its vault is the web's own, from web_keys_open */
	struct route *routes;                      /* sorted: fixed segments before named ones */
	size_t route_count;
	struct pool *hashers, *workers;
	str host;                                  /* of --url, with port; no text: loopback names only */
	bool https;
	struct proxy { unsigned char network[16]; int bits; bool on; } proxy;
	pthread_t job_thread;
	atomic_bool jobs_end;
	bool jobs_run;
	pthread_mutex_t job_lock;
	pthread_cond_t job_wake;
	struct letters *letters;                   /* NULL: no mail server */
	atomic_long served[6], refused_writes;     /* replies by first digit */
	atomic_long microseconds;
};

struct web_request {
	struct web *web;
	struct http_exchange *x;                   /* NULL in the shell */
	const struct operation *op;
	const struct protocol *protocol;           /* whose root the path stands below, also when there is no such operation */
	const void *caller;                        /* what the protocol found out about who asks */
	const struct web_credentials *by;
	struct web_credentials credentials;
	list given;                                /* of struct given: path, query and form */
	str json;                                  /* a JSON body, read once the record is known */
	enum format format;
	bool head, tls, loopback, cross_site, api; /* api: bearer token, so no cookie to abuse */
	str address, presession, csrf_typed, said, form_page, idempotency;
	const struct operation *failed;            /* the writing operation whose form is shown again */
	void *in, *out;
	bool prepared;                             /* its input was read before the transaction, with this outcome */
	enum status ready;
	struct ctx ready_said;
	enum status outcome;                       /* while a refusal is being remembered */
	str new_session, go, repeated;             /* repeated: the JSON of an answer given before */
	int64_t session_seconds;
	bool session_changed;
	struct ctx c;
};

/* tables.c */
bool tables_check(const struct web_settings *s, char why[400]);
bool right_is_known(const struct right *rights, str name);

/* router.c */
enum status routes_build(struct web *w, char why[400]);
/* The operation for a method and path, with the path's values added to given; NULL: none. `allowed` gets the methods that this path has. */
const struct operation *route_find(const struct web *w, struct arena *a, str method, str path, list *given, str *allowed);

/* request.c */
/* Fills r from the exchange: cookies, credentials, address, format, given. A status other than 0 refuses with it. */
int request_read(struct web *w, struct web_request *r, struct http_exchange *x);
void context_start(struct web *w, struct ctx *c, struct arena *a);

/* protocol.c: the same for a request below a protocol's root. */
int protocol_read(struct web *w, struct web_request *r);
size_t protocol_body_limit(const struct web *w, const struct http_request *head);

/* csrf.c */
str csrf_new(struct arena *a, str session);                    /* masked anew each time */
bool csrf_holds(struct arena *a, str session, str typed);

/* dispatch.c */
/* Identify, check right and CSRF, read the input, run, audit: the whole of an operation inside its transaction. */
enum status operation_perform(struct ctx *c, void *request);
enum status rights_perform(struct ctx *c, void *request);          /* who asks, and may they; no more */

/* repeat.c: a program that did not get its answer may ask again with the same Idempotency-Key and gets the same answer. */
enum status repeat_find(struct ctx *c, struct web_request *r, bool *repeated);
enum status repeat_keep(struct ctx *c, struct web_request *r);

/* reply.c */
void reply_send(struct web_request *r, enum status status);
void reply_page(struct web_request *r, int status);            /* a problem page */
void reply_asset(struct http_exchange *x, const struct asset *a);
int status_http(enum status s);
void html_compress(struct web_request *r, struct http_reply *reply);

/* pool.c */
struct pool;
struct pool *pool_new(int threads, int first_reader, size_t queue);
void pool_free(struct pool *p);
bool pool_add(struct pool *p, void (*run)(void *of, int reader), void *of);    /* false: the queue is full */

/* health.c */
void metrics_write(struct web *w, struct buffer *b);
