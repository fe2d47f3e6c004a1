/* client.c - from Authorization: Basic to a client, and what it may.
 *
 * A secret is 256 random bits, so nobody guesses it, and it is kept as BLAKE2b keyed by the credential's own public key: microseconds,
 * where a password's hash would cost a processor for each request. The fingerprint of one credential is worth nothing beside another.
 */
#include "client.h"
#include "xapi.sql.h"
#include "xapi.words.h"
#include "base/token.h"

RECORD(xapi_client_row, FIELD(xapi_client_row, id), FIELD(xapi_client_row, key), FIELD(xapi_client_row, name), FIELD(xapi_client_row, scopes),
	FIELD(xapi_client_row, fingerprint, .secret = true), FIELD(xapi_client_row, previous, .secret = true), FIELD(xapi_client_row, previous_ends),
	FIELD(xapi_client_row, made), FIELD(xapi_client_row, ends), FIELD(xapi_client_row, confirmed), FIELD(xapi_client_row, revoked),
	FIELD(xapi_client_row, purpose, .max = 1000), FIELD(xapi_client_row, maker), FIELD(xapi_client_row, confirmer), FIELD(xapi_client_row, made_by, .optional = true));

static const struct { const char *words; enum xapi_scope bit, means; } scopes[] = {
	{ "statements/write", XAPI_WRITE, XAPI_WRITE },
	{ "statements/read/mine", XAPI_READ_MINE, XAPI_READ_MINE },
	{ "statements/read", XAPI_READ, XAPI_READ | XAPI_READ_MINE },
	{ "state", XAPI_STATE, XAPI_STATE },
	{ "profile", XAPI_PROFILE, XAPI_PROFILE },
	{ "all", XAPI_ALL, XAPI_ALL | XAPI_WRITE | XAPI_READ | XAPI_READ_MINE | XAPI_STATE | XAPI_PROFILE } };
enum { SCOPES = sizeof scopes / sizeof scopes[0] };

int64_t xapi_scopes_read(str words)
{
	int64_t bits = 0;
	for (str one, rest = words; rest.len; ) {
		size_t i = 0;
		str_cut(rest, ',', &one, &rest);
		one = str_trim(one);
		while (i < SCOPES && !str_eq(one, str_of(scopes[i].words)))
			i++;
		if (i == SCOPES)
			return 0;
		bits |= scopes[i].bit;
	}
	return bits;
}

str xapi_scopes_text(struct arena *a, int64_t bits)
{
	str text = { 0 };
	for (size_t i = 0; i < SCOPES; i++)
		if (bits & scopes[i].bit)
			text = text_format(a, S_FMT "%s%s", S_ARG(text), text.len ? ", " : "", scopes[i].words);
	return text;
}

static int64_t meaning(int64_t bits)
{
	int64_t all = 0;
	for (size_t i = 0; i < SCOPES; i++)
		if (bits & scopes[i].bit)
			all |= scopes[i].means;
	return all;
}

/* "Basic " and base64 of key:secret. */
static bool credentials_read(struct ctx *c, str header, str *key, str *secret)
{
	str pair;
	return str_eq_ignoring_case(str_until(header, header.len < 6 ? header.len : 6), S("Basic "))
		&& base64_read(c->arena, str_trim(str_from(header, 6)), &pair) && str_cut(pair, ':', key, secret) && key->len && key->len <= 100 && utf8_is_valid(*key);
}

static enum status not_known(struct ctx *c)
{
	return refuse(c, FORBIDDEN, "credentials", W(xapi_not_known));
}

struct client_key { str key; };
RECORD(client_key, FIELD(client_key, key));

static bool secret_holds(struct ctx *c, const struct xapi_client_row *row, str key, str secret)
{
	str fingerprint = token_fingerprint_keyed(c->arena, key, secret);
	bool now = token_equal(fingerprint, row->fingerprint);
	bool before = token_equal(fingerprint, row->previous) && row->previous_ends.ms > c->now.ms;
	return now || before;
}

enum status xapi_identify(struct ctx *c, const struct web_credentials *by)
{
	struct client_key key = { 0 };
	struct xapi_client_row row = { 0 };
	str secret;
	bool found;
	c->me.client = 0;
	web_caller_set(c, NULL);
	if (c->me.unprotected || !by->basic.at)
		return OK;                                     /* nobody: what is public is still theirs */
	if (!credentials_read(c, by->basic, &key.key, &secret))
		return not_known(c);
	TRY(store_find(c, xapi_client_by_key, &key, &row, &found));
	/* Unknown, wrong, ended, taken back or not confirmed yet: outside all look alike. */
	bool holds = secret_holds(c, &row, key.key, secret);
	bool works = found && !row.revoked.ms && (!row.ends.ms || row.ends.ms > c->now.ms) && (row.confirmed.ms || !xapi_reads_all(row.scopes));
	if (!holds || !works)
		return not_known(c);
	struct xapi_client *client = arena_new_of(c->arena, struct xapi_client);
	*client = (struct xapi_client){ row.id, row.key, row.name, meaning(row.scopes) };
	c->me.client = row.id;
	c->me.name = row.name;
	web_caller_set(c, client);
	return OK;
}

const struct xapi_client *xapi_client_of(const struct ctx *c)
{
	static const struct xapi_client own = { 0, S("wijzer"), S("Wijzer"), XAPI_ALL | XAPI_WRITE | XAPI_READ | XAPI_READ_MINE | XAPI_STATE | XAPI_PROFILE };
	const struct xapi_client *client = web_caller(c);
	return client ? client : &own;
}

bool xapi_may(const struct ctx *c, enum xapi_scope scope)
{
	return (c->me.client || c->me.unprotected) && (xapi_client_of(c)->scopes & scope) == (int64_t)scope;
}

enum status xapi_allows(struct ctx *c, str scope)
{
	if (!c->me.client)
		return not_known(c);
	return xapi_may(c, (enum xapi_scope)xapi_scopes_read(scope)) ? OK : refuse(c, FORBIDDEN, "scope", W(xapi_no_scope), scope);
}

str xapi_authority(struct ctx *c)
{
	const struct xapi_client *client = xapi_client_of(c);
	str home = web_url(c);
	struct buffer b = { 0 };
	buffer_add(&b, S("{\"objectType\":\"Agent\",\"name\":"));
	json_write_text(&b, client->name);
	buffer_add(&b, S(",\"account\":{\"homePage\":"));
	json_write_text(&b, home.len ? home : S("http://127.0.0.1"));
	buffer_add(&b, S(",\"name\":"));
	json_write_text(&b, client->key);
	buffer_add(&b, S("}}"));
	str authority = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return authority;
}
