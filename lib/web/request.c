/* request.c - what a request carries: who, in which format, with which values. */
#include "inside.h"
#include "base/token.h"
#include <arpa/inet.h>
#include <stdatomic.h>
#include <string.h>

/* A number that tells requests apart in logs and on error pages: random at start, then counted. */
static str request_id_new(struct arena *a)
{
	static atomic_ulong next;
	unsigned long n = atomic_fetch_add(&next, 1);
	static unsigned boot;
	if (!n)
		random_bytes(&boot, sizeof boot);
	return text_format(a, "%08x-%lx", boot, n);
}

void context_start(struct web *w, struct ctx *c, struct arena *a)
{
	*c = (struct ctx){ .arena = a, .vault = w->settings.vault, .now = clock_now(), .language = w->settings.language, .request_id = request_id_new(a) };
	c->today = instant_date(c->now);
}

static str cookie_find(str header, str name)
{
	for (str one, rest = header; rest.len; ) {
		str_cut(rest, ';', &one, &rest);
		str key, value;
		if (str_cut(str_trim(one), '=', &key, &value) && str_eq(key, name))
			return value;
	}
	return (str){ 0 };
}

static enum language language_wanted(str accept, enum language otherwise)
{
	/* The first of ours in the order given: people list languages by preference, and qualities seldom say otherwise. */
	for (str one, rest = accept; rest.len; ) {
		str_cut(rest, ',', &one, &rest);
		one = str_trim(one);
		if (str_starts(one, S("nl")))
			return NL;
		if (str_starts(one, S("en")))
			return EN;
	}
	return otherwise;
}

static bool address_bytes(struct arena *a, str address, unsigned char out[16])
{
	struct in_addr four;
	if (inet_pton(AF_INET, text_c(a, address), &four) == 1) {
		memset(out, 0, 10);
		out[10] = out[11] = 0xFF;
		memcpy(out + 12, &four, 4);
		return true;
	}
	return inet_pton(AF_INET6, text_c(a, address), out) == 1;
}

/* By its bytes: a name such as 127.0.0.1.elsewhere.example only looks like one. */
static bool is_loopback(struct arena *a, str address)
{
	static const unsigned char four[13] = { [10] = 0xFF, 0xFF, 127 }, six[16] = { [15] = 1 };
	unsigned char at[16];
	return address_bytes(a, address, at) && (!memcmp(at, four, sizeof four) || !memcmp(at, six, sizeof six));
}

static bool is_trusted_proxy(const struct web *w, struct arena *a, str address)
{
	unsigned char at[16];
	if (!w->proxy.on || !address_bytes(a, address, at))
		return false;
	int bytes = w->proxy.bits / 8, bits = w->proxy.bits % 8;
	if (memcmp(at, w->proxy.network, (size_t)bytes))
		return false;
	return !bits || !((at[bytes] ^ w->proxy.network[bytes]) >> (8 - bits));
}

/* The client as a trusted proxy saw it: the last address in X-Forwarded-For is the one the proxy itself added, at the end of the
 * line or as a line of its own. */
static void address_read(struct web *w, struct web_request *r)
{
	const struct http_request *h = &r->x->request;
	r->address = h->address;
	r->tls = h->tls;
	if (is_trusted_proxy(w, r->x->arena, h->address)) {
		for (each(struct http_header, line, h->headers))
			for (str one, rest = str_eq_ignoring_case(line->name, S("X-Forwarded-For")) ? line->value : (str){ 0 }; rest.len; ) {
				str_cut(rest, ',', &one, &rest);
				r->address = str_trim(one);
			}
		r->tls = r->tls || str_eq_ignoring_case(http_header_find(h, S("X-Forwarded-Proto")), S("https"));
	}
	r->loopback = is_loopback(r->x->arena, r->address);
}

/* DNS rebinding: a page elsewhere may point its name at us, so only our own names are answered. */
static bool host_is_ours(const struct web *w, const struct web_request *r)
{
	str host = r->x->request.host;
	if (w->host.len && str_eq_ignoring_case(host, w->host))
		return true;
	if (!is_loopback(r->x->arena, r->x->request.address))
		return !w->host.len;
	str name = host, rest;
	if (host.len && host.at[0] == '[') {
		str_cut(str_from(host, 1), ']', &name, &rest);
	} else {
		str_cut(host, ':', &name, &rest);
	}
	return str_eq_ignoring_case(name, S("localhost")) || is_loopback(r->x->arena, name);
}

static enum format format_of(struct web_request *r, str *path)
{
	if (str_ends(*path, S(".csv"))) {
		*path = str_until(*path, path->len - 4);
		return CSV;
	}
	if (str_ends(*path, S(".json"))) {
		*path = str_until(*path, path->len - 5);
		return JSON;
	}
	str accept = http_header_find(&r->x->request, S("Accept")), type = http_header_find(&r->x->request, S("Content-Type"));
	if (str_starts(type, S("application/json")) || r->api)
		return JSON;
	size_t json = accept.len, html = accept.len;
	for (size_t i = 0; i < accept.len; i++) {
		if (json == accept.len && str_starts(str_from(accept, i), S("application/json")))
			json = i;
		if (html == accept.len && str_starts(str_from(accept, i), S("text/html")))
			html = i;
	}
	return json < html ? JSON : HTML;
}

static bool body_read(struct web_request *r)
{
	const struct http_request *h = &r->x->request;
	struct arena *a = r->x->arena;
	str type = http_header_find(h, S("Content-Type"));
	list parts = { 0 };
	size_t where;
	if (h->query.len && http_form_read(a, h->query, &parts, &where) != OK)
		return false;
	if (h->body.len) {
		if (str_starts(type, S("application/x-www-form-urlencoded"))) {
			if (http_form_read(a, h->body, &parts, &where) != OK)
				return false;
		} else if (str_starts(type, S("multipart/form-data"))) {
			if (http_multipart_read(a, type, h->body, &parts, &where) != OK)
				return false;
		} else {
			r->json = h->body;
		}
	}
	for (each(struct http_part, p, parts)) {
		if (str_eq(p->name, S("csrf"))) {
			r->csrf_typed = p->value;
			continue;
		}
		*list_add(a, &r->given, struct given) = (struct given){ p->name, p->value };
		if (p->file.at)
			*list_add(a, &r->given, struct given) = (struct given){ text_join(a, p->name, S("_file")), p->file };
	}
	return true;
}

/* Whose address this is, and what it carries to say who asks. */
static void credentials_read(struct web *w, struct web_request *r)
{
	const struct http_request *h = &r->x->request;
	r->by = &r->credentials;
	context_start(w, &r->c, r->x->arena);
	r->c.web = r;
	address_read(w, r);
	str cookies = http_header_find(h, S("Cookie"));
	r->credentials.session = cookie_find(cookies, r->tls ? S("__Host-wijzer") : S("wijzer"));
	str authorization = http_header_find(h, S("Authorization"));
	if (str_starts(authorization, S("Bearer ")))
		r->credentials.bearer = str_trim(str_from(authorization, 7));
	r->api = r->credentials.bearer.len > 0;
}

int request_read(struct web *w, struct web_request *r, struct http_exchange *x)
{
	const struct http_request *h = &x->request;
	r->web = w;
	r->x = x;
	credentials_read(w, r);
	r->head = str_eq(h->method, S("HEAD"));
	r->protocol = protocol_find(h->path);
	if (!host_is_ours(w, r))
		return 421;
	if (r->protocol)
		return protocol_read(w, r);
	str cookies = http_header_find(h, S("Cookie"));
	r->presession = cookie_find(cookies, r->tls ? S("__Host-wijzer-form") : S("wijzer-form"));
	r->said = cookie_find(cookies, S("wijzer-said"));
	if (r->credentials.session.len > SESSION_COOKIE_MAX || r->presession.len > SESSION_COOKIE_MAX)
		return 400;
	if (r->api)
		r->credentials.session = (str){ 0 };
	str site = http_header_find(h, S("Sec-Fetch-Site")), origin = http_header_find(h, S("Origin"));
	r->cross_site = site.len ? str_eq(site, S("cross-site")) || str_eq(site, S("same-site"))
		: origin.len && !str_ends(origin, text_join(x->arena, S("//"), h->host));
	r->idempotency = http_header_find(h, S("Idempotency-Key"));
	str typed = cookie_find(cookies, S("wijzer-language"));
	r->c.language = str_eq(typed, S("nl")) ? NL : str_eq(typed, S("en")) ? EN
		: language_wanted(http_header_find(h, S("Accept-Language")), w->settings.language);
	str path = h->path;
	r->format = format_of(r, &path);
	str method = r->head ? S("GET") : h->method, allowed;
	r->op = route_find(w, x->arena, method, path, &r->given, &allowed);
	if (!r->op && path.len != h->path.len)                 /* a name that ends in .csv by itself */
		r->op = route_find(w, x->arena, method, h->path, &r->given, &allowed);
	if (!r->op) {
		if (!allowed.len)
			return 404;
		r->c.code = allowed;                           /* for the Allow header */
		return str_eq(method, S("OPTIONS")) ? 204 : 405;
	}
	return body_read(r) ? 0 : 400;
}

/* Whoever may not do this needs not send the body of it. Small bodies are read anyhow: looking up who asks costs more. On PostgreSQL that
 * would hold up the loop, so there a large body only asks for a cookie or a token, and rights are decided behind it. */
size_t web_body_limit(struct http_exchange *x)
{
	struct web *w = x->app;
	str allowed;
	if (protocol_find(x->request.path))
		return protocol_body_limit(w, &x->request);
	const struct operation *op = route_find(w, NULL, x->request.method, x->request.path, NULL, &allowed);
	size_t limit = op && op->effect == WRITES ? op->body_max ? op->body_max : BODY_MAX : 4096;
	if (limit <= BODY_MAX || str_eq(str_of(op->allow), S("public")))
		return limit;
	struct web_request *r = arena_new_of(x->arena, struct web_request);
	r->web = w;
	r->x = x;
	r->op = op;
	credentials_read(w, r);
	if (!r->credentials.session.len && !r->credentials.bearer.len)
		return HTTP_BODY_FORBIDDEN;
	if (store_is_sqlite(w->settings.store) && store_read(w->settings.store, x->loop, &r->c, rights_perform, r) == FORBIDDEN)
		return HTTP_BODY_FORBIDDEN;
	return limit;
}

bool web_is_tls(const struct ctx *c)
{
	return c->web && c->web->tls;
}

bool web_is_loopback(const struct ctx *c)
{
	return !c->web || !c->web->x || c->web->loopback;
}

str web_address(const struct ctx *c)
{
	return c->web ? c->web->address : (str){ 0 };
}

str web_agent(const struct ctx *c)
{
	return c->web && c->web->x ? str_until(http_header_find(&c->web->x->request, S("User-Agent")), 120) : (str){ 0 };
}

str web_browser(const struct ctx *c)
{
	str secret = !c->web ? (str){ 0 } : c->me.account && c->web->by ? c->web->by->session : c->web->presession;
	return secret.len ? secret : S("-");
}

str web_session_token(const struct ctx *c)
{
	return c->web && c->web->by ? c->web->by->session : (str){ 0 };
}

void web_set_session(struct ctx *c, str token, int64_t seconds)
{
	if (!c->web)
		return;
	c->web->new_session = text_copy(c->arena, token);
	c->web->session_seconds = seconds;
	c->web->session_changed = true;
}

/* "//elsewhere" and "/\\elsewhere" are other hosts to a browser. */
void web_go(struct ctx *c, str path)
{
	bool ours = path.len && path.at[0] == '/' && !(path.len > 1 && (path.at[1] == '/' || path.at[1] == '\\'));
	if (c->web)
		c->web->go = ours ? text_copy(c->arena, path) : S("/");
}

str web_url(const struct ctx *c)
{
	const struct web_settings *s = c->web ? &c->web->web->settings : NULL;
	return s ? s->url.len ? s->url : s->own_url : (str){ 0 };
}

bool web_is_demo(const struct ctx *c)
{
	return c->web && c->web->web->settings.demo;
}
