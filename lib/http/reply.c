/* reply.c - a reply's head as text, and its way back to the loop, from whatever thread. */
#include "inside.h"
#include "base/date.h"
#include <string.h>
#include <time.h>

_Thread_local struct exchange *handling;               /* the exchange whose `handle` runs on this thread */

static str reason(int status)
{
	static const struct { int status; str words; } reasons[] = {
		{ 200, S("OK") }, { 201, S("Created") }, { 202, S("Accepted") }, { 204, S("No Content") }, { 206, S("Partial Content") },
		{ 301, S("Moved Permanently") }, { 302, S("Found") }, { 303, S("See Other") }, { 304, S("Not Modified") },
		{ 307, S("Temporary Redirect") }, { 308, S("Permanent Redirect") },
		{ 400, S("Bad Request") }, { 401, S("Unauthorized") }, { 403, S("Forbidden") }, { 404, S("Not Found") },
		{ 405, S("Method Not Allowed") }, { 406, S("Not Acceptable") }, { 408, S("Request Timeout") }, { 409, S("Conflict") },
		{ 410, S("Gone") }, { 412, S("Precondition Failed") }, { 413, S("Content Too Large") }, { 414, S("URI Too Long") },
		{ 415, S("Unsupported Media Type") }, { 417, S("Expectation Failed") }, { 421, S("Misdirected Request") },
		{ 422, S("Unprocessable Content") }, { 429, S("Too Many Requests") }, { 431, S("Request Header Fields Too Large") },
		{ 500, S("Internal Server Error") }, { 501, S("Not Implemented") }, { 503, S("Service Unavailable") }, { 507, S("Insufficient Storage") },
		{ 505, S("HTTP Version Not Supported") },
	};
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].status == status)
			return reasons[i].words;
	return S("");
}

/* "Date: Mon, 23 Nov 2026 21:14:00 GMT", made once a second on each thread. */
static str date_header(void)
{
	static _Thread_local char text[64];
	static _Thread_local int64_t made;
	static _Thread_local size_t len;
	int64_t second = clock_now().ms / 1000;
	if (second != made) {
		struct tm tm;
		gmtime_r(&(time_t){ second }, &tm);
		len = strftime(text, sizeof text, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &tm);
		made = second;
	}
	return (str){ text, len };
}

static void header_write(struct buffer *b, str name, str value)
{
	buffer_add(b, name);
	buffer_add(b, S(": "));
	buffer_add(b, value);
	buffer_add(b, S("\r\n"));
}

void reply_prepare(struct exchange *x, struct http_reply *reply)
{
	const struct http_request *r = &x->public.request;
	struct buffer *b = &x->head;
	int status = reply->status >= 200 && reply->status <= 999 ? reply->status : 500;
	bool none = status == 204 || status == 304;
	x->body = reply->body;
	reply->body = (struct buffer){ 0 };
	str content = reply->fixed.at ? reply->fixed : buffer_text(&x->body);
	x->content = none || reply->head || str_eq(r->method, S("HEAD")) ? (str){ 0 } : content;
	x->status = status;
	x->close = reply->close || !r->keep_alive || atomic_load_explicit(&x->at->stopping, memory_order_relaxed);

	buffer_clear(b);
	buffer_add(b, S("HTTP/1.1 "));
	buffer_add_int(b, status);
	buffer_add_char(b, ' ');
	buffer_add(b, reason(status));
	buffer_add(b, S("\r\n"));
	buffer_add(b, date_header());
	if (!none) {
		buffer_add(b, S("Content-Length: "));
		buffer_add_int(b, (int64_t)content.len);
		buffer_add(b, S("\r\n"));
	}
	if (x->close)
		buffer_add(b, S("Connection: close\r\n"));
	else if (x->parser.old)
		buffer_add(b, S("Connection: keep-alive\r\n"));
	for (each(struct http_header, h, reply->headers))
		header_write(b, h->name, h->value);
	buffer_add(b, S("\r\n"));
}

void http_reply(struct http_exchange *public, struct http_reply *reply)
{
	struct exchange *x = (struct exchange *)public;
	struct loop *l = x->at;
	reply_prepare(x, reply);
	if (handling == x) {                               /* answered from within `handle`: its loop goes on with it */
		handling = NULL;
		return;
	}
	pthread_mutex_lock(&l->lock);
	if (l->ended) {
		bool last = --l->orphans == 0 && l->closed;
		pthread_mutex_unlock(&l->lock);
		exchange_free(x);
		if (last)
			loop_free(l);
		return;
	}
	bool first = !l->answered;
	x->next = l->answered;
	l->answered = x;
	if (first)                                         /* under the lock, so that `wake` is not closed in between */
		loop_wake(l);
	pthread_mutex_unlock(&l->lock);
}

static bool is_safe(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == '\r' || s.at[i] == '\n' || !s.at[i])
			return false;
	return true;
}

void http_header_add(struct arena *a, struct http_reply *r, str name, str value)
{
	if (!is_safe(name) || !is_safe(value) || !name.len)
		return;
	*list_add(a, &r->headers, struct http_header) = (struct http_header){ text_copy(a, name), text_copy(a, value) };
}

str http_header_find(const struct http_request *r, str name)
{
	for (each(struct http_header, h, r->headers))
		if (str_eq_ignoring_case(h->name, name))
			return h->value;
	return (str){ 0 };
}
