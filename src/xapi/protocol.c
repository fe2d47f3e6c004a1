/* protocol.c - what every request and every answer below /xapi has: a version, and headers that let a browser elsewhere read it. */
#include "protocol.h"
#include "alternate.h"
#include "client.h"
#include "record.h"
#include "xapi.words.h"
#include "base/token.h"
#include "web/operation.h"

static bool is_patch_of(str header, str minor)
{
	if (str_eq(header, minor))
		return true;
	str patch = str_from(header, minor.len + 1);
	if (!str_starts(header, minor) || header.len < minor.len + 2 || header.len > minor.len + 5 || header.at[minor.len] != '.')
		return false;
	for (size_t i = 0; i < patch.len; i++)
		if (patch.at[i] < '0' || patch.at[i] > '9')
			return false;
	return true;
}

enum xapi_version xapi_version_of(str header)
{
	return is_patch_of(header, S("1.0")) ? XAPI_1 : is_patch_of(header, S("2.0")) ? XAPI_2 : XAPI_NONE;
}

static str version_header(const struct http_request *r)
{
	return http_header_find(r, S("X-Experience-API-Version"));
}

static enum status begin(struct ctx *c, struct http_request *r)
{
	TRY(xapi_alternate(c, r));
	str version = version_header(r);
	if (str_eq(r->path, S("/xapi/about")) && !version.len)
		return OK;
	if (!version.len)
		return refuse(c, INVALID, "version-missing", W(xapi_version_missing));
	return xapi_version_of(version) ? OK : refuse(c, INVALID, "version-unknown", W(xapi_version_unknown), str_until(version, version.len < 40 ? version.len : 40));
}

static int status_of(enum status s, str code)
{
	switch (s) {
	case INVALID: return str_eq(code, S("too-large")) ? 413 : 400;
	case CONFLICT: return str_eq(code, S("precondition")) ? 412 : 409;
	case FORBIDDEN: return str_eq(code, S("credentials")) ? 401 : 403;
	case NOT_FOUND: return 404;
	case BUSY: return str_eq(code, S("slow-down")) ? 429 : 503;
	case OK: return 200;
	case FULL: return 507;
	case BROKEN: break;
	}
	return 500;
}

/* The version in which this is answered. A request that names none is one of 0.9, the only version without the header, and is
 * told so: it cannot be known whether its sender would understand 1.0.3 or 2.0.0. */
static str version_answered(const struct ctx *c, str header)
{
	if (c && str_eq(c->code, S("version-missing")))
		return S("0.9");
	enum xapi_version v = xapi_version_of(header);
	bool older = v == XAPI_1 || (v == XAPI_NONE && header.len && header.at[0] != '2');
	return older ? S("1.0.3") : S("2.0.0");
}

/* A browser that is told Basic asks its person for a name and password, in a window that nobody can explain. */
static bool is_browser(const struct http_request *r)
{
	return http_header_find(r, S("Sec-Fetch-Mode")).len || http_header_find(r, S("Origin")).len || http_header_find(r, S("X-Requested-With")).len
		|| str_has(http_header_find(r, S("Accept")), S("text/html"));
}

static void headers(const struct ctx *c, struct arena *a, const struct http_request *r, int status, struct http_reply *reply)
{
	http_header_add(a, reply, S("X-Experience-API-Version"), version_answered(c, version_header(r)));
	if (c && str_starts(r->path, S("/xapi/statements")))
		http_header_add(a, reply, S("X-Experience-API-Consistent-Through"), instant_iso(a, xapi_consistent_through(c)));
	http_header_add(a, reply, S("Access-Control-Allow-Origin"), S("*"));
	http_header_add(a, reply, S("Access-Control-Expose-Headers"),
		S("ETag, Last-Modified, Content-Type, X-Experience-API-Version, X-Experience-API-Consistent-Through, X-Request-Id"));
	http_header_add(a, reply, S("Cross-Origin-Resource-Policy"), S("cross-origin"));
	if (str_eq(r->method, S("OPTIONS"))) {
		http_header_add(a, reply, S("Access-Control-Allow-Methods"), S("GET, HEAD, PUT, POST, DELETE, OPTIONS"));
		http_header_add(a, reply, S("Access-Control-Allow-Headers"),
			S("Authorization, Content-Type, Accept, Accept-Language, If-Match, If-None-Match, X-Experience-API-Version, X-Requested-With"));
		http_header_add(a, reply, S("Access-Control-Max-Age"), S("7200"));
	}
	if (status == 401 && !is_browser(r))
		http_header_add(a, reply, S("WWW-Authenticate"), S("Basic realm=\"xapi\", charset=\"UTF-8\""));
}

static const char *const scopes[] = { "statements/write", "statements/read/mine", "statements/read", "state", "profile", "all", NULL };
static const struct protocol_member members[] = {
	{ "version", "X-Experience-API-Version" }, { "type", "Content-Type" }, { "if_match", "If-Match" }, { "if_none_match", "If-None-Match" },
	{ "languages", "Accept-Language" }, { "accept", "Accept" }, { "body", NULL }, { 0 } };

PROTOCOL(xapi,
	.root = "/xapi",
	.scheme = "basic",
	.scopes = scopes,
	.members = members,
	.begin = begin,
	.identify = xapi_identify,
	.allows = xapi_allows,
	.status = status_of,
	.headers = headers,
	.keeps = record_keeps,
	.refused = record_refused)

str xapi_etag(struct arena *a, str bytes)
{
	return text_format(a, "\"" S_FMT "\"", S_ARG(token_fingerprint(a, bytes)));
}

/* "Thu, 26 Nov 2026 08:30:00 GMT" */
str xapi_http_date(struct arena *a, instant at)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	date d = instant_date_utc(at);
	if (!date_is(d))
		return (str){ 0 };
	struct civil v = date_civil(d);
	int64_t s = at.ms / 1000 % 86400;
	return text_format(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[date_weekday(d) - 1], v.day, months[v.month - 1], v.year,
		(int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

void xapi_header(struct ctx *c, struct raw_reply *out, str name, str value)
{
	if (value.len)
		*list_add(c->arena, &out->headers, struct http_header) = (struct http_header){ name, value };
}

enum status xapi_no_content(struct raw_reply *out)
{
	out->status = 204;
	return OK;
}
