/* web.h - from a request to an operation and back.
 *
 * main gives a struct web_app: what this program is (rights, layout, who is asking), and the store. The
 * rest follows from the tables of operations, records, jobs and hearers.
 */
#pragma once
#include "access.h"
#include "asset.h"
#include "http/http.h"
#include "operation.h"
#include "store/store.h"

/* Who is asking, by what the request carries; filled in by the program's identify. */
struct web_credentials {
	str session;                       /* the cookie's token */
	str bearer;                        /* Authorization: Bearer … */
	str basic;                         /* Authorization: Basic …, for protocols only */
	str as;                            /* the shell's --as */
};

struct layout {                            /* what the page around a page is made of */
	str title;
	safe_html body;
	str path;
	str name;                          /* of the asker; no text for nobody */
	bool signed_in, demo;
	bool problem;                      /* an error page or a form that came back */
	const struct word *said;           /* what was just done */
	const struct operation *operation;
};

struct web_app {
	const char *name, *version;
	const struct right *rights;
	const struct role_entry *roles;
	const struct schema *const *schemas;           /* ended by NULL */
	const struct query *const *const *queries;     /* ended by NULL */
	/* Fills c->me and c->language from credentials, inside the transaction. Nobody is fine; a wrong bearer or --as is FORBIDDEN. */
	enum status (*identify)(struct ctx *c, const struct web_credentials *by);
	/* Writes the whole page to v->out. */
	void (*layout)(struct view *v, const struct layout *l);
	/* The page for 403, 404, 422 without a form, 429, 500, 503: writes v->title and v->body. */
	void (*problem)(struct view *v, int status, const struct ctx *c);
};


struct web_settings {
	const struct web_app *app;
	struct store *store;
	struct vault *vault;               /* see web_keys_open */
	int loops, hashers;                /* loop threads of the server; threads for .before (1 or 2) */
	str url;                           /* "https://wijzer.example.nl": absolute links and accepted hosts; none: loopback names only */
	str own_url;                       /* without url: the listener's own, for links on this machine */
	str trusted_proxy;                 /* CIDR whose X-Forwarded-For and -Proto count */
	const struct asset *assets;        /* ended by an asset without path */
	bool demo;
	enum language language;            /* the organisation's */
	void (*log)(const char *line, size_t len);   /* one line an event; may be NULL */
};

struct web;
/* web_new: checks every table (rights exist, names and routes are unique, route names are fields); CONFLICT with the reason. */
enum status web_new(const struct web_settings *s, struct web **web, char why[400]) must_use;
void web_free(struct web *w);
int web_readers(bool sqlite, int loops, int hashers);     /* how many reading connections the store must have */
void web_handle(struct http_exchange *x);          /* http_settings.handle; app is the struct web */
size_t web_body_limit(struct http_exchange *x);
void web_refused(struct http_exchange *x, int status, const char *why, struct http_reply *reply);
/* Where this is served, kept so that a link printed in a terminal begins with it: served_keep by the server, served_load by the shell. */
enum status web_served_keep(struct web *w) must_use;
void web_served_load(struct web *w, struct arena *a);
/* web_keys_open: the keys that belong to this database, for every context of `w` from here on. What is missing is made only for a database that never had
 * keys (a new one, or one from before there were any) or with `renew`; else NOT_FOUND. `said` tells what was made or put aside, for the operator.
 * FORBIDDEN, INVALID, CONFLICT as vault_new. Without keys all works but sealing and opening. Before web_jobs_start. */
struct web_keys {
	const char *keys, *key;            /* paths */
	bool lent;                         /* the key is systemd's credential */
	bool make;                         /* an ordinary command makes nothing, and does not compare who was erased */
	bool renew;                        /* the old ones are lost: begin anew, old keys stay beside under another name */
	bool restoring;                    /* a copy of the keys follows: an empty file of keys may be made */
};
enum status web_keys_open(struct web *w, const struct web_keys *k, struct arena *a, str *said, char why[400]) must_use;
void web_keys_close(struct web *w);
struct vault *web_vault(const struct web *w);      /* NULL: no keys */
/* Whoever was erased according to keys or database is so in both, and what their erasure left to jobs is done before it answers; `again`: how many the
 * database had forgotten to have erased. */
enum status web_keys_agree(struct web *w, int64_t *again) must_use;
void web_jobs_start(struct web *w);
/* Without that thread: what was made after job `after`, and whatever that makes in turn, as far as it is due. */
enum status web_jobs_last(struct web *w, int64_t *id) must_use;
void web_jobs_finish(struct web *w, int64_t after);
void web_jobs_stop(struct web *w);

/* web_call: an operation from the shell or a test: named texts in, the output record (in c's arena) or a refusal in c. */
enum status web_call(struct web *w, struct ctx *c, const struct operation *op, const struct web_credentials *by, const list *given, void **out) must_use;

/* What the program's own pages need to know of their request. */
struct web_request;
bool web_is_tls(const struct ctx *c);
bool web_is_loopback(const struct ctx *c);         /* the client's address, seen through a trusted proxy */
str web_address(const struct ctx *c);
str web_agent(const struct ctx *c);                /* the browser's own word for itself, at most 120 bytes */
str web_browser(const struct ctx *c);                /* a secret that only this browser has: of its session, or of its forms while nobody is signed in; "-" in the shell */
str web_session_token(const struct ctx *c);        /* of the cookie that came along; no text without one */
void web_set_session(struct ctx *c, str token, int64_t seconds);   /* sent with the reply when the operation succeeds; no token: ends it */
void web_go(struct ctx *c, str path);               /* after a form: a path of ours, instead of .then; anything else is "/" */
str web_url(const struct ctx *c);                  /* the start of absolute links, from --url or the listener; never from Host */
bool web_is_demo(const struct ctx *c);

void openapi_write(struct buffer *b, const struct web *w);
void operations_write(struct buffer *b, const struct web *w, bool json);      /* docs/operations.md, or the same as JSON */
void rights_write(struct buffer *b, const struct web *w);                     /* the rights matrix, as test/rights.txt keeps it */
/* needs_check: what templates count on and is not there (operations, fields, rights, pages they link to), a line each. */
size_t needs_check(const struct web_app *app, struct buffer *lines);
