/* protocol.c - a request below a protocol's root, from its bytes to the input of its operation. */
#include "inside.h"
#include "web/web.words.h"

extern const struct protocol *const __start_wijzer_protocols[] __attribute__((weak));
extern const struct protocol *const __stop_wijzer_protocols[] __attribute__((weak));

size_t protocols_count(void)
{
	return (size_t)(__stop_wijzer_protocols - __start_wijzer_protocols);
}

const struct protocol *protocols_at(size_t i)
{
	return __start_wijzer_protocols[i];
}

const struct protocol *protocol_find(str path)
{
	for (const struct protocol *const *p = __start_wijzer_protocols; p < __stop_wijzer_protocols; p++) {
		str root = str_of((*p)->root);
		if (path.len && str_starts(path, root) && (path.len == root.len || path.at[root.len] == '/'))
			return *p;
	}
	return NULL;
}

bool protocol_scope(const struct protocol *p, str allow, str *scope)
{
	str name, rest;
	if (!p || !str_cut(allow, ':', &name, &rest) || !str_eq(name, str_of(p->name)))
		return false;
	for (const char *const *s = p->scopes; s && *s; s++)
		if (str_eq(rest, str_of(*s))) {
			if (scope)
				*scope = rest;
			return true;
		}
	return false;
}

void web_caller_set(struct ctx *c, const void *caller)
{
	if (c->web)
		c->web->caller = caller;
}

const void *web_caller(const struct ctx *c)
{
	return c->web ? c->web->caller : NULL;
}

static bool is_member(const struct protocol *p, str name)
{
	for (const struct protocol_member *m = p->members; m && m->member; m++)
		if (str_eq(name, str_of(m->member)))
			return true;
	return false;
}

/* The query's names and values; a name said twice would let two readers understand two things. */
static enum status query_read(struct ctx *c, struct web_request *r, str query)
{
	list parts = { 0 };
	size_t where;
	if (query.len && http_form_read(c->arena, query, &parts, &where) != OK)
		return refuse(c, INVALID, "query", W(web_query_unreadable), text_format(c->arena, "%zu", where + 1));
	for (each(struct http_part, p, parts)) {
		if (is_member(r->protocol, p->name))
			return refuse(c, INVALID, "parameter-unknown", W(web_query_unknown), p->name);
		for (each(struct given, g, r->given))
			if (str_eq(g->name, p->name))
				return refuse(c, INVALID, "parameter-twice", W(web_query_twice), p->name);
		*list_add(c->arena, &r->given, struct given) = (struct given){ p->name, p->value };
	}
	return OK;
}

static void members_read(struct ctx *c, struct web_request *r)
{
	const struct http_request *h = &r->x->request;
	for (const struct protocol_member *m = r->protocol->members; m && m->member; m++) {
		str value = m->header ? http_header_find(h, str_of(m->header)) : h->body;
		if (value.len && field_find(r->op->input, str_of(m->member)))
			*list_add(c->arena, &r->given, struct given) = (struct given){ str_of(m->member), value };
	}
}

int protocol_read(struct web *w, struct web_request *r)
{
	struct ctx *c = &r->c;
	struct http_request *h = &r->x->request;
	str allowed;
	c->language = EN;                                      /* whoever reads the answers of a protocol is a program */
	r->format = JSON;
	if (str_eq(h->method, S("OPTIONS"))) {                 /* asked by browsers before anything else: no version, no credentials */
		route_find(w, c->arena, h->method, h->path, &r->given, &allowed);
		c->code = allowed;
		return allowed.len ? 204 : 404;
	}
	if (r->protocol->begin(c, h) != OK)
		return 400;
	r->head = str_eq(h->method, S("HEAD"));
	r->op = route_find(w, c->arena, r->head ? S("GET") : h->method, h->path, &r->given, &allowed);
	if (!r->op) {
		c->code = allowed;
		return allowed.len ? 405 : 404;
	}
	str authorization = http_header_find(h, S("Authorization"));
	if (authorization.at)
		r->credentials.basic = authorization;
	if (query_read(c, r, h->query) != OK)
		return 400;
	members_read(c, r);
	return 0;
}

/* The most any of its operations takes at this path: the method may still change. Who shows no credentials at all gets little. */
size_t protocol_body_limit(const struct web *w, const struct http_request *head)
{
	size_t most = 4096;
	for (size_t i = 0; i < w->route_count; i++) {
		const struct operation *op = w->routes[i].op;
		if (op->protocol && op->effect == WRITES && str_eq(w->routes[i].path, head->path)) {
			size_t limit = op->body_max ? op->body_max : BODY_MAX;
			most = limit > most ? limit : most;
		}
	}
	bool shown = http_header_find(head, S("Authorization")).len > 0;
	return shown || most < BODY_MAX ? most : BODY_MAX;
}
