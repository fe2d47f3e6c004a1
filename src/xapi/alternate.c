/* alternate.c - a form that stands for another request (xAPI 1.0.3, Communication 1.3), made into that request. */
#include "alternate.h"
#include "protocol.h"
#include "xapi.words.h"

static const char *const forms_headers[] = { "Authorization", "X-Experience-API-Version", "Content-Type", "Content-Length", "If-Match", "If-None-Match",
	"Accept", "Accept-Language", "Accept-Encoding", NULL };

static bool is_header(str name)
{
	for (const char *const *h = forms_headers; *h; h++)
		if (str_eq_ignoring_case(name, str_of(*h)))
			return true;
	return false;
}

static void header_set(struct ctx *c, struct http_request *r, str name, str value)
{
	list kept = { 0 };
	for (each(struct http_header, h, r->headers))
		if (!str_eq_ignoring_case(h->name, name))
			*list_add(c->arena, &kept, struct http_header) = *h;
	*list_add(c->arena, &kept, struct http_header) = (struct http_header){ name, value };
	r->headers = kept;
}

static str method_of(str query, struct ctx *c, size_t *parameters)
{
	list parts = { 0 };
	size_t where;
	str method = { 0 };
	if (!query.len || http_form_read(c->arena, query, &parts, &where) != OK)
		return method;                                 /* said later, by whoever reads the query */
	*parameters = parts.count;
	for (each(struct http_part, p, parts))
		if (str_eq(p->name, S("method")))
			method = p->value.at ? p->value : S("");
	return method;
}

static bool is_one_of(str method)
{
	static const str known[] = { { "GET", 3 }, { "HEAD", 4 }, { "PUT", 3 }, { "POST", 4 }, { "DELETE", 6 } };
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (str_eq(method, known[i]))
			return true;
	return false;
}

/* Headers and content out of the form; what is left are parameters. */
static enum status form_read(struct ctx *c, struct http_request *r, str method)
{
	list parts = { 0 };
	size_t where;
	if (!str_starts(http_header_find(r, S("Content-Type")), S("application/x-www-form-urlencoded")))
		return refuse(c, INVALID, "alternate", W(xapi_alternate_no_form));
	if (http_form_read(c->arena, r->body, &parts, &where) != OK)
		return refuse(c, INVALID, "alternate", W(xapi_alternate_unreadable), text_format(c->arena, "%zu", where + 1));
	struct buffer query = { 0 };
	bool content = false, type = false;
	r->body = (str){ 0 };
	for (each(struct http_part, p, parts)) {
		if (is_header(p->name)) {
			type |= str_eq_ignoring_case(p->name, S("Content-Type"));
			if (!str_eq_ignoring_case(p->name, S("Content-Length")))
				header_set(c, r, p->name, p->value);
		} else if (str_eq(p->name, S("content"))) {
			content = true;
			r->body = p->value;
		} else {
			if (query.len)
				buffer_add_char(&query, '&');
			http_encode(&query, p->name);
			buffer_add_char(&query, '=');
			http_encode(&query, p->value);
		}
	}
	r->query = text_copy(c->arena, buffer_text(&query));
	buffer_done(&query);
	if (!type)
		header_set(c, r, S("Content-Type"), S("application/json"));
	bool wants = str_eq(method, S("PUT")) || str_eq(method, S("POST"));
	return wants && !content ? refuse(c, INVALID, "alternate", W(xapi_alternate_no_content)) : OK;
}

enum status xapi_alternate(struct ctx *c, struct http_request *r)
{
	size_t parameters = 0;
	str method = method_of(r->query, c, &parameters);
	if (!method.at)
		return OK;
	if (xapi_version_of(http_header_find(r, S("X-Experience-API-Version"))) == XAPI_2)
		return refuse(c, INVALID, "alternate", W(xapi_alternate_gone));
	if (!str_eq(r->method, S("POST")))
		return refuse(c, INVALID, "alternate", W(xapi_alternate_post));
	if (parameters > 1)
		return refuse(c, INVALID, "alternate", W(xapi_alternate_extra));
	if (!is_one_of(method))
		return refuse(c, INVALID, "alternate", W(xapi_alternate_method), str_until(method, method.len < 20 ? method.len : 20));
	TRY(form_read(c, r, method));
	if (xapi_version_of(http_header_find(r, S("X-Experience-API-Version"))) == XAPI_2)
		return refuse(c, INVALID, "alternate", W(xapi_alternate_gone));
	r->method = method;
	return OK;
}
