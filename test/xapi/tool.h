/* tool.h - a tool that speaks xAPI, in a test: credentials and requests over the socket. */
#pragma once
#include "harness.h"
#include "base/token.h"

/* The Authorization line of these credentials, ended by CR LF. */
static inline const char *tool_of(struct app *a, str key, str secret)
{
	str pair = text_format(a->arena, S_FMT ":" S_FMT, S_ARG(key), S_ARG(secret));
	/* base64url differs from base64 by two letters and its padding */
	str coded = base64url_of(a->arena, pair.at, pair.len);
	char *at = (char *)(uintptr_t)text_copy(a->arena, coded).at;
	for (size_t i = 0; i < coded.len; i++)
		at[i] = at[i] == '-' ? '+' : at[i] == '_' ? '/' : at[i];
	static const char *const padding[] = { "", "", "==", "=" };
	return text_c(a->arena, text_format(a->arena, "Authorization: Basic " S_FMT "%s\r\n", S_ARG(((str){ at, coded.len })), padding[coded.len % 4]));
}

/* Credentials with these scopes, confirmed. */
static inline const char *tool_new(struct app *a, const char *name, int scopes)
{
	str key = text_format(a->arena, "key-%s", name), secret = text_format(a->arena, "secret of %s", name);
	sql(a, text_c(a->arena, text_format(a->arena, "insert into xapi_client (key, name, scopes, fingerprint, made, confirmed) values ('" S_FMT "', '%s', %d, '" S_FMT "', 1, 1)",
		S_ARG(key), name, scopes, S_ARG(token_fingerprint_keyed(a->arena, key, secret)))));
	return tool_of(a, key, secret);
}

enum { ALL_SCOPES = 32 };

/* headers: of the tool and whatever else, each ended by CR LF, with a version. */
static inline struct page ask(struct app *a, const char *method, const char *path, const char *headers, const char *type, str body)
{
	return fetch_with(a, &(struct call_over_http){ .method = method, .path = str_of(path), .headers = headers, .type = type, .body = body, .accept = "application/json" });
}

static inline const char *with(struct app *a, const char *tool, const char *version, const char *more)
{
	return text_c(a->arena, text_format(a->arena, "%sX-Experience-API-Version: %s\r\n%s", tool, version, more ? more : ""));
}
