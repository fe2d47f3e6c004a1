/* dispatch.c - one operation, from the request that asks for it to the reply. */
#include "inside.h"
#include "web/web.words.h"
#include "web/web.sql.h"
#include <stdio.h>
#include <string.h>

/* Everything a first try may have left in the context, because a writing body can run again. */
static void context_again(struct ctx *c)
{
	c->status = OK;
	c->code = (str){ 0 };
	c->said = (struct said){ 0 };
	c->problems = c->events = c->looks = (list){ 0 };
}

/* The names of the roles that may, so that a refusal says who can help. */
static str roles_that_may(const struct ctx *c, const struct web_app *app, str right)
{
	unsigned roles = 0;
	for (const struct right *r = app->rights; r->name; r++)
		if (str_eq(right, str_of(r->name)))
			roles = r->roles;
	str names = { 0 };
	for (const struct role_entry *e = app->roles; e->bit; e++)
		if (roles & e->bit)
			names = text_format(c->arena, S_FMT "%s" S_FMT, S_ARG(names), names.len ? ", " : "", S_ARG(e->label->text[c->language]));
	return names;
}

static enum status identify(struct ctx *c, struct web_request *r)
{
	const struct protocol *p = r->op->protocol;
	return p ? p->identify(c, r->by) : r->web->settings.app->identify(c, r->by);
}

static enum status rights_check(struct ctx *c, struct web_request *r)
{
	const struct web_app *app = r->web->settings.app;
	str scope;
	if (!c->me.unprotected && protocol_scope(r->op->protocol, str_of(r->op->allow), &scope))
		return r->op->protocol->allows(c, scope);
	if (access_may(app->rights, &c->me, str_of(r->op->allow)))
		return OK;
	if (!c->me.account)
		return refuse(c, FORBIDDEN, "sign-in", W(web_sign_in));
	return refuse(c, FORBIDDEN, "forbidden", W(web_forbidden), roles_that_may(c, app, str_of(r->op->allow)));
}

enum status rights_perform(struct ctx *c, void *request)
{
	struct web_request *r = request;
	TRY(r->web->settings.app->identify(c, r->by));
	return rights_check(c, r);
}

/* A form counts only when it came from a page of ours: the browser says so, and the token proves it. */
static enum status form_check(struct ctx *c, struct web_request *r)
{
	if (r->op->effect == READS || !r->x || r->api || r->protocol)
		return OK;
	if (r->cross_site)
		return refuse(c, FORBIDDEN, "cross-site", W(web_cross_site));
	str secret = c->me.account ? r->by->session : r->presession;
	return csrf_holds(c->arena, secret, r->csrf_typed) ? OK : refuse(c, FORBIDDEN, "form-expired", W(web_form_expired));
}

static enum status input_read(struct ctx *c, struct web_request *r)
{
	if (r->prepared && r->ready != OK) {
		c->status = r->ready_said.status;
		c->code = r->ready_said.code;
		c->said = r->ready_said.said;
		c->problems = r->ready_said.problems;
		return r->ready;
	}
	if (r->in)
		return OK;
	void *in = arena_take(c->arena, r->op->input->size);
	if (r->json.len)
		TRY(record_read_json_with(c, r->op->input, r->json, &r->given, in));
	else
		TRY(record_read(c, r->op->input, &r->given, r->op->lenient || (r->op->effect == READS && !r->op->protocol), in));
	r->in = in;
	return OK;
}

/* What can be read before anything stored is looked at, is: on this thread, beside others. */
static void prepare(struct ctx *c, struct web_request *r)
{
	if (!r->op->prepare)
		return;
	enum status s = input_read(c, r);
	if (s == OK)
		s = r->op->prepare(c, r->in);
	r->ready = s;
	r->ready_said = *c;
	r->prepared = true;
}

/* What a try wrote that is not going to be sent: a raw body is the one output that does not lie in the arena. */
static void out_drop(struct web_request *r)
{
	if (r->out && r->op->reply == RAW)
		buffer_done(&((struct raw_reply *)r->out)->body);
	r->out = NULL;
}

static enum status run_and_tell(struct ctx *c, struct web_request *r)
{
	const struct operation *op = r->op;
	TRY(op->run(c, r->in, r->out));
	if (op->effect == WRITES && !op->traceless) {
		TRY(looks_write(c, op));
		if (!c->me.client)                             /* what a client sends says itself by whom it was sent */
			TRY(audit_write(c, op, r->in));
		TRY(repeat_keep(c, r));
	}
	return OK;
}

enum status operation_perform(struct ctx *c, void *request)
{
	struct web_request *r = request;
	const struct operation *op = r->op;
	context_again(c);
	out_drop(r);
	if (op->first) {
		TRY(op->first(c));
		if (r->x)                                      /* whoever takes a lock first wants the moment at which it had it */
			c->now = clock_now();
	}
	TRY(identify(c, r));
	TRY(rights_check(c, r));
	TRY(form_check(c, r));
	TRY(input_read(c, r));
	bool repeated;
	TRY(repeat_find(c, r, &repeated));
	if (repeated)
		return OK;
	r->out = arena_take(c->arena, op->output->size);
	enum status status = run_and_tell(c, r);
	if (status != OK)
		out_drop(r);
	return status;
}

/* Reading and hashing come first, outside the writing transaction; what they found lies in the input. */
static enum status before_perform(struct ctx *c, void *request)
{
	struct web_request *r = request;
	context_again(c);
	TRY(identify(c, r));
	TRY(rights_check(c, r));
	TRY(form_check(c, r));
	TRY(input_read(c, r));
	return r->op->before(c, r->in);
}

static void written(struct ctx *c, void *of, enum status status);

static enum status refusal_perform(struct ctx *c, void *request)
{
	struct web_request *r = request;
	return r->op->protocol->refused(c, r->op);
}

static void refusal_written(struct ctx *c, void *of, enum status status)
{
	(void)c;
	(void)status;                                          /* the refusal stands, whether it could be remembered or not */
	struct web_request *r = of;
	struct ctx *own = &r->c;
	own->status = r->ready_said.status;
	own->code = r->ready_said.code;
	own->said = r->ready_said.said;
	own->problems = r->ready_said.problems;
	reply_send(r, r->outcome);
}

/* A refusal that a protocol remembers is written first; true when the answer will follow from there. */
static bool refusal_keep(struct web_request *r, enum status status)
{
	const struct protocol *p = r->op->protocol;
	if (status == OK || !p || !p->refused || !r->c.me.client || !p->keeps(&r->c, r->op))
		return false;
	r->outcome = status;
	r->ready_said = r->c;
	return store_write(r->web->settings.store, (struct store_write_job){ &r->c, refusal_perform, refusal_written, r }) == OK;
}

static void write_queue(struct web_request *r)
{
	enum status s = store_write(r->web->settings.store, (struct store_write_job){ &r->c, operation_perform, written, r });
	if (s != OK) {
		atomic_fetch_add(&r->web->refused_writes, 1);
		reply_send(r, s);
	}
}

/* What reading leaves behind: whom it was about, and that it was done without a person's rights. */
static enum status looks_perform(struct ctx *c, void *request)
{
	struct web_request *r = request;
	TRY(looks_write(c, r->op));
	return c->me.unprotected || r->op->audited ? audit_write(c, r->op, r->in) : OK;
}

static void looks_written(struct ctx *c, void *of, enum status status)
{
	(void)c;
	reply_send(of, status);
}

/* Who looked at whom is kept before the answer leaves. */
static void read_done(struct web_request *r, enum status status)
{
	if (status == OK && (r->c.looks.count || r->op->audited) && r->op->effect == READS) {
		status = store_write(r->web->settings.store, (struct store_write_job){ &r->c, looks_perform, looks_written, r });
		if (status == OK)
			return;
	}
	if (!refusal_keep(r, status))
		reply_send(r, status);
}

static void read_now(void *of, int reader)
{
	struct web_request *r = of;
	read_done(r, store_read(r->web->settings.store, reader, &r->c, operation_perform, r));
}

static bool form_comes_back(const struct web_request *r, enum status status)
{
	return r->format == HTML && r->op->effect == WRITES && (status == INVALID || status == CONFLICT);
}

static void form_again(void *of, int reader);

static void before_now(void *of, int reader)
{
	struct web_request *r = of;
	enum status s = store_read(r->web->settings.store, reader, &r->c, before_perform, r);
	if (s != OK && form_comes_back(r, s))
		form_again(r, reader);
	else if (s != OK)
		reply_send(r, s);
	else if (r->op->effect == WRITES)
		write_queue(r);
	else
		read_now(r, reader);
}

/* The page on which the form stood, from the browser's own word for it. */
static const struct operation *form_page_find(struct web_request *r, list *given)
{
	str referer = http_header_find(&r->x->request, S("Referer")), path = r->op->back && r->in ? str_of(r->op->back) : (str){ 0 };
	if (path.len) {
		path = path_fill(r->c.arena, path, r->op->input, r->in, NULL, NULL);
	} else {
		for (size_t i = 0, slashes = 0; i < referer.len; i++)
			if (referer.at[i] == '/' && ++slashes == 3)
				path = str_from(referer, i);
	}
	str query = { 0 }, allowed, decoded;
	str_cut(path, '?', &path, &query);
	if (!path.len || !http_decode(r->c.arena, path, false, &decoded))
		return NULL;
	const struct operation *page = route_find(r->web, r->c.arena, S("GET"), decoded, given, &allowed);
	list parts = { 0 };
	size_t where;
	if (query.len && http_form_read(r->c.arena, query, &parts, &where) == OK)
		for (each(struct http_part, p, parts))
			*list_add(r->c.arena, given, struct given) = (struct given){ p->name, p->value };
	return page && page->page && page->effect == READS ? page : NULL;
}

static void form_looks_written(struct ctx *c, void *of, enum status status)
{
	(void)c;
	reply_send(of, status == OK ? INVALID : status);
}

/* A form that was refused is shown again where it stood, with what was typed and what is wrong. */
static void form_again(void *of, int reader)
{
	struct web_request *r = of;
	enum status status;
	struct ctx first = r->c;
	struct web_request page = { .web = r->web, .x = r->x, .by = r->by, .credentials = r->credentials, .format = HTML, .head = r->head, .tls = r->tls, .loopback = r->loopback,
		.address = r->address, .presession = r->presession, .failed = r->op, .c = r->c };
	page.op = form_page_find(r, &page.given);
	if (page.op && store_read(r->web->settings.store, reader, &page.c, operation_perform, &page) == OK) {
		list typed = r->given;
		*r = page;
		r->c.web = r;
		r->given = typed;
		r->c.problems = first.problems;
		r->c.said = first.said;
		r->c.code = first.code;
		r->c.request_id = first.request_id;
		if (!r->c.looks.count)
			reply_send(r, INVALID);
		else if ((status = store_write(r->web->settings.store, (struct store_write_job){ &r->c, looks_perform, form_looks_written, r })) != OK)
			reply_send(r, status);
		return;
	}
	r->c = first;
	reply_page(r, 422);
}

static void written(struct ctx *c, void *of, enum status status)
{
	(void)c;
	struct web_request *r = of;
	if (status != OK)
		out_drop(r);
	if (refusal_keep(r, status))
		return;
	if (!form_comes_back(r, status) || !pool_add(r->web->workers, form_again, r))
		reply_send(r, status);
}

void web_handle(struct http_exchange *x)
{
	struct web *w = x->app;
	for (const struct asset *a = w->settings.assets; a && a->path.at; a++)
		if (str_eq(a->path, x->request.path)) {
			reply_asset(x, a);
			return;
		}
	struct web_request *r = arena_new_of(x->arena, struct web_request);
	int refused = request_read(w, r, x);
	if (!refused)
		prepare(&r->c, r);
	if (refused)
		reply_page(r, refused);
	else if (r->op->before) {
		if (!pool_add(w->hashers, before_now, r))
			reply_page(r, 429);
	} else if (r->op->effect == WRITES)
		write_queue(r);
	else if (store_is_sqlite(w->settings.store))
		read_now(r, x->loop);
	else if (!pool_add(w->workers, read_now, r))
		reply_page(r, 503);
}

enum status web_call(struct web *w, struct ctx *c, const struct operation *op, const struct web_credentials *by, const list *given, void **out)
{
	struct web_request *r = arena_new_of(c->arena, struct web_request);
	*r = (struct web_request){ .web = w, .op = op, .by = by, .given = *given, .loopback = true, .format = JSON };
	c->web = r;
	c->vault = w->settings.vault;
	*out = NULL;
	prepare(c, r);
	if (op->before)
		TRY(store_read(w->settings.store, 0, c, before_perform, r));
	if (op->effect == WRITES) {
		TRY(store_write_now(w->settings.store, c, operation_perform, r));
	} else {
		TRY(store_read(w->settings.store, 0, c, operation_perform, r));
		if (c->looks.count || c->me.unprotected || op->audited)
			TRY(store_write_now(w->settings.store, c, looks_perform, r));
	}
	*out = r->out;
	return OK;
}
