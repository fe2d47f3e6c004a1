/* reply.c - an outcome as HTML, JSON or CSV, with the headers that protect whoever reads it. */
#include "inside.h"
#include "base/token.h"
#include "web/web.words.h"
#include <string.h>
#include <zlib.h>

static const char policy[] = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; "
	"connect-src 'self'; manifest-src 'self'; form-action 'self'; media-src 'self'; base-uri 'none'; frame-ancestors 'none'";

int status_http(enum status s)
{
	static const int numbers[] = { [OK] = 200, [NOT_FOUND] = 404, [FORBIDDEN] = 403, [INVALID] = 422, [CONFLICT] = 409, [BUSY] = 503, [FULL] = 507, [BROKEN] = 500 };
	return numbers[s];
}

static void cookie_add(struct web_request *r, struct http_reply *reply, const char *name, str value, int64_t seconds, bool script)
{
	str header = text_format(r->c.arena, "%s%s=" S_FMT "; Path=/; SameSite=Lax%s%s", r->tls && strncmp(name, "wijzer-said", 11) ? "__Host-" : "", name,
		S_ARG(value), script ? "" : "; HttpOnly", r->tls ? "; Secure" : "");
	if (seconds >= 0)
		header = text_format(r->c.arena, S_FMT "; Max-Age=%lld", S_ARG(header), (long long)seconds);
	http_header_add(r->c.arena, reply, S("Set-Cookie"), header);
}

static void headers_common(struct web_request *r, struct http_reply *reply, str type)
{
	struct arena *a = r->c.arena;
	http_header_add(a, reply, S("Content-Type"), type);
	http_header_add(a, reply, S("Content-Security-Policy"), str_of(policy));
	http_header_add(a, reply, S("X-Content-Type-Options"), S("nosniff"));
	http_header_add(a, reply, S("Referrer-Policy"), S("same-origin"));
	http_header_add(a, reply, S("Cross-Origin-Opener-Policy"), S("same-origin"));
	http_header_add(a, reply, S("Cross-Origin-Resource-Policy"), S("same-origin"));
	http_header_add(a, reply, S("Cache-Control"), S("no-store"));
	http_header_add(a, reply, S("Vary"), S("Accept, Accept-Language, Cookie"));
	http_header_add(a, reply, S("X-Request-Id"), r->c.request_id);
	if (r->tls)
		http_header_add(a, reply, S("Strict-Transport-Security"), S("max-age=31536000"));
	if (r->session_changed)
		cookie_add(r, reply, "wijzer", r->new_session, r->new_session.len ? r->session_seconds : 0, false);
}

/* What a protocol answers is for programs, but a browser may be made to show it: then it is a document that can do nothing. */
static void headers_protocol(struct web_request *r, struct http_reply *reply, str type)
{
	struct arena *a = r->c.arena;
	if (type.len)
		http_header_add(a, reply, S("Content-Type"), type);
	http_header_add(a, reply, S("Content-Security-Policy"), S("default-src 'none'; sandbox; frame-ancestors 'none'"));
	http_header_add(a, reply, S("X-Content-Type-Options"), S("nosniff"));
	http_header_add(a, reply, S("Cache-Control"), S("no-store"));
	http_header_add(a, reply, S("X-Request-Id"), r->c.request_id);
	if (r->tls)
		http_header_add(a, reply, S("Strict-Transport-Security"), S("max-age=31536000"));
	r->protocol->headers(&r->c, a, &r->x->request, reply->status, reply);
}

/* One deflate state per thread: setting one up costs more than compressing a page. */
static z_stream *compressor(void)
{
	static _Thread_local z_stream z;
	static _Thread_local bool ready;
	if (!ready)
		ready = deflateInit2(&z, 4, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;
	return ready && deflateReset(&z) == Z_OK ? &z : NULL;
}

void html_compress(struct web_request *r, struct http_reply *reply)
{
	if (reply->body.len < 1024 || !str_has(http_header_find(&r->x->request, S("Accept-Encoding")), S("gzip")))
		return;
	z_stream *z = compressor();
	if (!z)
		return;
	struct buffer out = { 0 };
	buffer_reserve(&out, deflateBound(z, reply->body.len));
	z->next_in = (unsigned char *)reply->body.at;
	z->avail_in = (unsigned)reply->body.len;
	z->next_out = (unsigned char *)out.at;
	z->avail_out = (unsigned)out.room;
	if (deflate(z, Z_FINISH) != Z_STREAM_END) {
		buffer_done(&out);
		return;
	}
	out.len = out.room - z->avail_out;
	buffer_done(&reply->body);
	reply->body = out;
	http_header_add(r->c.arena, reply, S("Content-Encoding"), S("gzip"));
}

static void log_line(struct web_request *r, int status)
{
	const struct web_settings *s = &r->web->settings;
	int64_t took = clock_now().ms - r->c.now.ms;
	if (r->op && r->op->traceless && status < 500)
		return;
	bool tell = status >= 400 || (r->op && r->op->effect == WRITES && !r->protocol) || took > 1000;
	if (!s->log || !tell)
		return;
	str line = text_format(r->c.arena, "event=request at=" S_FMT " id=" S_FMT " op=%s status=%d code=" S_FMT " ms=%lld\n",
		S_ARG(instant_iso(r->c.arena, r->c.now)), S_ARG(r->c.request_id), r->op ? r->op->name : "-", status, S_ARG(r->c.code), (long long)took);
	s->log(line.at, line.len);
}

static void finish(struct web_request *r, struct http_reply *reply)
{
	atomic_fetch_add(&r->web->served[reply->status / 100 % 6], 1);
	log_line(r, reply->status);
	reply->head = r->head;
	bool tagged = false;                                   /* a tag says that the bytes are these */
	for (each(struct http_header, h, reply->headers))
		tagged |= str_eq(h->name, S("ETag"));
	if (!reply->fixed.len && !tagged)
		html_compress(r, reply);
	http_reply(r->x, reply);
}

static bool form_operation(struct view *v, str name, struct view_operation *out)
{
	(void)v;
	const struct operation *op = operation_find(name);
	if (!op)
		return false;
	*out = (struct view_operation){ name, operation_method(op), operation_path(op), op->input, op->effect == WRITES };
	return true;
}

static bool view_may_do(struct view *v, str right)
{
	return may(v->c, right);
}

/* The secret behind the forms of this page: the session's, or for somebody not signed in a cookie made for the purpose. */
static str form_secret(struct web_request *r, struct http_reply *reply)
{
	if (r->session_changed && r->new_session.len)
		return r->new_session;
	if (r->c.me.account)
		return r->by->session;
	if (!r->presession.len) {
		r->presession = token_new(r->c.arena);
		cookie_add(r, reply, "wijzer-form", r->presession, -1, false);
	}
	return r->presession;
}

static void view_start(struct view *v, struct web_request *r, struct http_reply *reply)
{
	*v = (struct view){ .c = &r->c, .language = r->c.language, .today = r->c.today, .operation = form_operation, .may = view_may_do };
	v->path = r->x->request.path;
	v->csrf = csrf_new(r->c.arena, form_secret(r, reply));
	v->out = &v->body;
	if (r->failed) {
		v->failed = str_of(r->failed->name);
		v->given = &r->given;
	}
}

static void view_finish(struct view *v, struct web_request *r, struct http_reply *reply, bool problem)
{
	struct layout l = { .title = buffer_text(&v->title), .body = { buffer_text(&v->body) }, .path = v->path, .name = r->c.me.name,
		.signed_in = r->c.me.account != 0, .demo = r->web->settings.demo, .problem = problem, .operation = r->op };
	if (r->said.len) {
		const struct operation *done = operation_find(r->said);
		l.said = done ? done->said : NULL;
		cookie_add(r, reply, "wijzer-said", S(""), 0, false);
	}
	v->out = &reply->body;
	r->web->settings.app->layout(v, &l);
	view_done(v);
}

static void problem_json(struct web_request *r, int status, struct http_reply *reply)
{
	struct buffer *b = &reply->body;
	str said = said_text(r->c.arena, r->c.language, &r->c.said);
	if (r->protocol && r->c.problems.count) {              /* one sentence with the place, for logs that keep no more */
		const struct problem *p = list_item(r->c.problems, struct problem, 0);
		said = text_format(r->c.arena, S_FMT ": " S_FMT, S_ARG(p->field), S_ARG(said_text(r->c.arena, r->c.language, &p->said)));
	}
	buffer_add_format(b, "{\"status\":%d,\"code\":", status);
	json_write_text(b, r->c.code.len ? r->c.code : S("error"));
	buffer_add(b, S(",\"detail\":"));
	json_write_text(b, said.len ? said : S(""));
	buffer_add(b, S(",\"request_id\":"));
	json_write_text(b, r->c.request_id);
	buffer_add(b, S(",\"errors\":["));
	bool first = true;
	for (each(struct problem, p, r->c.problems)) {
		buffer_add(b, first ? S("{\"field\":") : S(",{\"field\":"));
		json_write_text(b, p->field);
		buffer_add(b, S(",\"detail\":"));
		json_write_text(b, said_text(r->c.arena, r->c.language, &p->said));
		buffer_add(b, S("}"));
		first = false;
	}
	buffer_add(b, S("]}\n"));
	if (r->protocol)
		headers_protocol(r, reply, S("application/problem+json"));
	else
		headers_common(r, reply, S("application/problem+json"));
}

static const struct word *problem_word(int status)
{
	switch (status) {
	case 400: return W(web_bad_request);
	case 404: return W(web_not_found);
	case 405: return W(web_method);
	case 421: return W(web_wrong_host);
	case 429: return W(web_too_many);
	case 503: return W(web_busy);
	case 507: return W(web_full);
	case 500: return W(web_broken);
	default: return W(web_bad_request);
	}
}

void reply_page(struct web_request *r, int status)
{
	struct http_reply reply = { .status = status };
	if ((status == 405 || status == 204) && r->c.code.len)
		http_header_add(r->c.arena, &reply, S("Allow"), r->c.code);
	if (status == 204) {
		if (r->protocol)
			headers_protocol(r, &reply, (str){ 0 });
		finish(r, &reply);
		return;
	}
	if (status == 503 || status == 429)
		http_header_add(r->c.arena, &reply, S("Retry-After"), S("2"));
	if (!r->c.said.word)
		r->c.said = said_of(r->c.arena, problem_word(status), r->c.request_id);
	if (r->format != HTML || status == 421) {
		problem_json(r, status, &reply);
	} else {
		struct view v;
		view_start(&v, r, &reply);
		r->web->settings.app->problem(&v, status, &r->c);
		view_finish(&v, r, &reply, true);
		headers_common(r, &reply, S("text/html; charset=utf-8"));
	}
	finish(r, &reply);
}

static void reply_raw(struct web_request *r)
{
	struct raw_reply *raw = r->out;
	struct http_reply reply = { .status = raw->status ? (int)raw->status : 200, .headers = raw->headers, .body = raw->body };
	if (r->protocol)
		headers_protocol(r, &reply, raw->type);
	else
		headers_common(r, &reply, raw->type);
	if (raw->file.len)
		http_header_add(r->c.arena, &reply, S("Content-Disposition"), text_format(r->c.arena, "attachment; filename=\"" S_FMT "\"", S_ARG(raw->file)));
	finish(r, &reply);
}

static void reply_redirect(struct web_request *r, str to)
{
	struct http_reply reply = { .status = 303 };
	http_header_add(r->c.arena, &reply, S("Location"), to);
	headers_common(r, &reply, S("text/html; charset=utf-8"));
	if (r->op->said)
		cookie_add(r, &reply, "wijzer-said", str_of(r->op->name), 60, false);
	finish(r, &reply);
}

static void reply_csv(struct web_request *r)
{
	const struct field *f = field_find(r->op->output, str_of(r->op->csv));
	const list *rows = field_in(f, r->out);
	bool dutch = r->c.language == NL && str_has(r->x->request.query, S("dutch"));
	struct http_reply reply = { .status = 200 };
	csv_write_head(&reply.body, f->of, dutch);
	for (size_t i = 0; i < rows->count; i++)
		csv_write_row(&reply.body, f->of, (const char *)rows->at + i * f->of->size, dutch);
	headers_common(r, &reply, S("text/csv; charset=utf-8"));
	http_header_add(r->c.arena, &reply, S("Content-Disposition"), text_format(r->c.arena, "attachment; filename=\"%s.csv\"", r->op->name));
	finish(r, &reply);
}

static void reply_ok(struct web_request *r)
{
	const struct operation *op = r->op;
	if (op->reply == RAW) {
		reply_raw(r);
	} else if (r->format == CSV && op->csv) {
		reply_csv(r);
	} else if (r->format == HTML && r->go.len) {
		reply_redirect(r, r->go);
	} else if (r->format == HTML && op->then && (op->effect == WRITES || !op->page)) {
		reply_redirect(r, path_fill(r->c.arena, str_of(op->then), op->output, r->out, op->input, r->in));
	} else if (r->format == HTML && op->page) {
		struct http_reply reply = { .status = r->failed ? 422 : 200 };
		struct view v;
		view_start(&v, r, &reply);
		op->page(&v, r->out);
		view_finish(&v, r, &reply, r->failed != NULL);
		headers_common(r, &reply, S("text/html; charset=utf-8"));
		finish(r, &reply);
	} else {
		struct http_reply reply = { .status = 200 };
		if (r->repeated.len)
			buffer_add(&reply.body, r->repeated);
		else
			record_write_json(&reply.body, op->output, r->out);
		buffer_add(&reply.body, S("\n"));
		headers_common(r, &reply, S("application/json"));
		finish(r, &reply);
	}
}

void reply_send(struct web_request *r, enum status status)
{
	if (status == OK || (status == INVALID && r->failed)) {
		reply_ok(r);
	} else if (r->protocol) {
		reply_page(r, r->protocol->status(status, r->c.code));
	} else if (status == FORBIDDEN && str_eq(r->c.code, S("sign-in"))) {
		if (r->format == HTML && r->op->effect == READS) {
			struct buffer to = { 0 };
			buffer_add(&to, S("/sign-in?next="));
			http_encode(&to, r->x->request.target);
			struct http_reply reply = { .status = 303 };
			http_header_add(r->c.arena, &reply, S("Location"), buffer_text(&to));
			buffer_done(&to);
			headers_common(r, &reply, S("text/html; charset=utf-8"));
			finish(r, &reply);
		} else {
			reply_page(r, r->format == HTML ? 403 : 401);
		}
	} else {
		reply_page(r, str_eq(r->c.code, S("slow-down")) ? 429 : status_http(status));
	}
}

void reply_asset(struct http_exchange *x, const struct asset *a)
{
	struct http_reply reply = { .status = 200, .fixed = a->bytes, .head = str_eq(x->request.method, S("HEAD")) };
	if (!reply.head && !str_eq(x->request.method, S("GET"))) {
		reply = (struct http_reply){ .status = 405 };
		http_header_add(x->arena, &reply, S("Allow"), S("GET, HEAD"));
		http_reply(x, &reply);
		return;
	}
	http_header_add(x->arena, &reply, S("Content-Type"), a->type);
	http_header_add(x->arena, &reply, S("ETag"), a->etag);
	http_header_add(x->arena, &reply, S("X-Content-Type-Options"), S("nosniff"));
	http_header_add(x->arena, &reply, S("Vary"), S("Accept-Encoding"));
	/* Named with its fingerprint (?v=…) it may be kept for good. Fonts and icons are named inside other files, without: a day, so that a
	 * next page is one request and an upgrade arrives by tomorrow. */
	http_header_add(x->arena, &reply, S("Cache-Control"), x->request.query.len ? S("public, max-age=31536000, immutable") : S("public, max-age=86400"));
	if (str_eq(http_header_find(&x->request, S("If-None-Match")), a->etag)) {
		reply.status = 304;
		reply.fixed = (str){ 0 };
	} else if (a->gzipped.len && str_has(http_header_find(&x->request, S("Accept-Encoding")), S("gzip"))) {
		reply.fixed = a->gzipped;
		http_header_add(x->arena, &reply, S("Content-Encoding"), S("gzip"));
	}
	http_reply(x, &reply);
}

void web_refused(struct http_exchange *x, int status, const char *why, struct http_reply *reply)
{
	struct web *w = x->app;
	const struct protocol *p = protocol_find(x->request.path);
	atomic_fetch_add(&w->served[status / 100 % 6], 1);
	buffer_add_format(&reply->body, "%d %s\n", status, why ? why : "");
	http_header_add(x->arena, reply, S("Content-Type"), S("text/plain; charset=utf-8"));
	if (p)
		p->headers(NULL, x->arena, &x->request, status, reply);
}
