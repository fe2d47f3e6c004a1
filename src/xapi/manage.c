/* manage.c - credentials for tools: made, seen, confirmed by a second person, renewed, taken back. */
#include "client.h"
#include "manage.h"
#include "xapi.sql.h"
#include "xapi.words.h"
#include "base/token.h"
#include "trust/trust.h"
#include "view/view.words.h"
#include "web/event.h"

enum { DAYS_AT_FIRST = 90, DAYS_MOST = 366, HOURS_MOST = 24 * 7 };

struct client_new { str key, name; int64_t scopes; str fingerprint; int64_t made_by; str purpose; instant ends; };
struct client_change { str key, fingerprint; instant previous_ends; };
RECORD(client_new, FIELD(client_new, key), FIELD(client_new, name), FIELD(client_new, scopes), FIELD(client_new, fingerprint, .secret = true),
	FIELD(client_new, made_by, .optional = true), FIELD(client_new, purpose, .max = 1000), FIELD(client_new, ends));
RECORD(client_change, FIELD(client_change, key), FIELD(client_change, fingerprint, .secret = true), FIELD(client_change, previous_ends));

RECORD(xapi_secret, FIELD(xapi_secret, key), FIELD(xapi_secret, secret, .doc = "Shown once; only its fingerprint is kept."), FIELD(xapi_secret, waits), FIELD(xapi_secret, ends));
RECORD(xapi_client_shown, FIELD(xapi_client_shown, key), FIELD(xapi_client_shown, name), FIELD(xapi_client_shown, scopes), FIELD(xapi_client_shown, state),
	FIELD(xapi_client_shown, purpose, .max = 1000), FIELD(xapi_client_shown, maker), FIELD(xapi_client_shown, confirmer), FIELD(xapi_client_shown, made),
	FIELD(xapi_client_shown, ends), FIELD(xapi_client_shown, mine), FIELD(xapi_client_shown, works), FIELD(xapi_client_shown, waits), FIELD(xapi_client_shown, reads_all));
RECORD(xapi_clients, FIELD(xapi_clients, clients, .of = &xapi_client_shown_record), FIELD(xapi_clients, working), FIELD(xapi_clients, waiting), FIELD(xapi_clients, endpoint));
#include "xapi_clients.html.h"
#include "xapi_secret.html.h"

static void client_show(struct ctx *c, const struct xapi_client_row *r, struct xapi_client_shown *out)
{
	bool ended = r->ends.ms && r->ends.ms <= c->now.ms;
	out->key = r->key;
	out->name = r->name;
	out->scopes = xapi_scopes_text(c->arena, r->scopes);
	out->purpose = r->purpose;
	out->maker = r->maker;
	out->confirmer = r->confirmer;
	out->made = r->made;
	out->ends = r->ends;
	out->reads_all = xapi_reads_all(r->scopes);
	out->waits = out->reads_all && !r->confirmed.ms && !r->revoked.ms && !ended;
	out->works = !out->waits && !r->revoked.ms && !ended;
	out->mine = r->made_by && r->made_by == c->me.account;
	out->state = r->revoked.ms ? S("revoked") : ended ? S("ended") : out->waits ? S("waits") : S("works");
}

OPERATION(xapi_client_list_show, nothing, xapi_clients,
	.route = "GET /tools",
	.allow = "clients.manage",
	.page = clients_html,
	.doc = "The tools that may send to the learning record or read from it: what each may, since when, until when.")
{
	(void)in;
	list rows = { 0 };
	TRY(store_all(c, xapi_client_list, NOTHING, &rows));
	for (each(struct xapi_client_row, r, rows)) {
		struct xapi_client_shown *s = list_add(c->arena, &out->clients, struct xapi_client_shown);
		client_show(c, r, s);
		out->working += s->works;
		out->waiting += s->waits;
	}
	str start = web_url(c);
	out->endpoint = text_join(c->arena, start.len ? start : S("http://127.0.0.1:8080"), S("/xapi"));
	return OK;
}

/* Who reads everything stands on Trust, for everybody, while it works or waits. */
HEARS(trust_readers, struct trust_readers, clients_on_trust)
{
	list rows = { 0 };
	TRY(store_all(c, xapi_client_list, NOTHING, &rows));
	for (each(struct xapi_client_row, r, rows)) {
		struct xapi_client_shown s = { 0 };
		client_show(c, r, &s);
		if (s.reads_all && (s.works || s.waits))
			*list_add(c->arena, what->all, struct trust_reader) = (struct trust_reader){ s.key, s.name, s.scopes, s.purpose, s.maker, s.confirmer, s.ends, s.waits, s.mine };
	}
	return OK;
}

/* What a tool is for, in words; what that lets it do, in those of xapi_scopes_read. */
static const struct choice uses[] = { { S("course"), W(xapi_use_course) }, { S("sends"), W(xapi_use_sends) }, { S("reads"), W(xapi_use_reads) }, { S("all"), W(xapi_use_all) }, { S("exact"), W(xapi_use_exact) }, { 0 } };
static const char *const use_scopes[] = { "statements/write,statements/read/mine,state,profile", "statements/write,statements/read/mine", "statements/read", "all", NULL };

struct client_form { str name, use, scope, purpose; int64_t days; };
RECORD(client_form,
	FIELD(client_form, name, .label = W(xapi_name), .hint = W(xapi_name_hint), .required = true, .max = 100),
	FIELD(client_form, use, .label = W(xapi_use), .required = true, .choices = uses, .doc = "What the tool is for; with `exact` it is what `scope` says."),
	FIELD(client_form, scope, .label = W(xapi_scope), .hint = W(xapi_scope_hint), .max = 200,
		.doc = "Separated by commas: statements/write, statements/read/mine, statements/read, state, profile, all."),
	FIELD(client_form, purpose, .label = W(xapi_purpose), .hint = W(xapi_purpose_hint), .max = 1000, .lines = true),
	FIELD(client_form, days, .label = W(xapi_days), .hint = W(xapi_days_hint), .optional = true, .min = 0, .max = DAYS_MOST));

/* 128 bits are enough for a name that need not be guessed, only be nobody else's. */
static str key_new(struct ctx *c)
{
	unsigned char bytes[16];
	random_bytes(bytes, sizeof bytes);
	return hex_of(c->arena, bytes, sizeof bytes);
}

static str scope_of(const struct client_form *in)
{
	for (size_t i = 0; uses[i].value.at; i++)
		if (str_eq(uses[i].value, in->use) && use_scopes[i])
			return str_of(use_scopes[i]);
	return in->scope;
}

OPERATION(xapi_client_make, client_form, xapi_secret,
	.route = "POST /tools",
	.allow = "clients.manage",
	.effect = WRITES,
	.shown_once = true,
	.page = secret_html,
	.back = "/tools",
	.doc = "Makes credentials for a tool. Those that read what others sent need a purpose, work only once a second person has confirmed them, and end by themselves.")
{
	if (str_eq(in->use, S("exact")) && !in->scope.len)
		return object(c, S("scope"), W(xapi_scope_needed));
	struct client_new n = { .name = in->name, .scopes = xapi_scopes_read(scope_of(in)), .made_by = c->me.account, .purpose = in->purpose };
	bool all = xapi_reads_all(n.scopes);
	if (!n.scopes)
		return object(c, S("scope"), W(xapi_scope_unknown), in->scope);
	if (all && !in->purpose.len)
		return object(c, S("purpose"), W(xapi_purpose_needed));
	int64_t days = in->days ? in->days : all ? DAYS_AT_FIRST : 0;
	if (days)
		n.ends = (instant){ c->now.ms + days * 86400000 };
	n.key = key_new(c);
	out->secret = token_new(c->arena);
	n.fingerprint = token_fingerprint_keyed(c->arena, n.key, out->secret);
	out->key = n.key;
	out->waits = all;
	out->ends = n.ends;
	return store_run(c, xapi_client_add, &n, NULL);
}

struct client_key { str key; };
struct client_key_form { str key; };
RECORD(client_key_form, FIELD(client_key_form, key, .required = true, .max = 100));

static enum status client_load(struct ctx *c, str key, struct xapi_client_row *row)
{
	struct client_key k = { key };
	bool found;
	TRY(store_find(c, xapi_client_load, &k, row, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "unknown-client", W(xapi_client_unknown), key);
	return row->revoked.ms ? refuse(c, CONFLICT, "revoked", W(xapi_client_revoked)) : OK;
}

OPERATION(xapi_client_agree, client_key_form, nothing,
	.route = "POST /tools/{key}/confirm",
	.allow = "trust.record",
	.effect = WRITES,
	.then = "/trust",
	.said = W(xapi_confirmed_said),
	.doc = "Confirms, as a second person, credentials that read what others sent.")
{
	(void)out;
	struct xapi_client_row row = { 0 };
	TRY(client_load(c, in->key, &row));
	if (!c->me.account || row.made_by == c->me.account)
		return refuse(c, FORBIDDEN, "own-client", W(xapi_second_person));
	struct client_change change = { .key = in->key };
	int64_t changed;
	TRY(store_run(c, xapi_client_confirm, &change, &changed));
	return changed ? OK : refuse(c, CONFLICT, "confirmed", W(xapi_confirmed_already));
}

struct rotate_form { str key; int64_t hours; };
RECORD(rotate_form, FIELD(rotate_form, key, .required = true, .max = 100),
	FIELD(rotate_form, hours, .label = W(xapi_hours), .hint = W(xapi_hours_hint), .optional = true, .min = 0, .max = HOURS_MOST));

OPERATION(xapi_client_renew, rotate_form, xapi_secret,
	.route = "POST /tools/{key}/rotate",
	.allow = "clients.manage",
	.effect = WRITES,
	.shown_once = true,
	.page = secret_html,
	.back = "/tools",
	.doc = "Gives a tool another secret. The old one works for so many hours more, at once not at all.")
{
	struct xapi_client_row row = { 0 };
	TRY(client_load(c, in->key, &row));
	out->key = row.key;
	out->secret = token_new(c->arena);
	out->ends = row.ends;
	out->waits = xapi_reads_all(row.scopes) && !row.confirmed.ms;
	struct client_change change = { .key = in->key, .fingerprint = token_fingerprint_keyed(c->arena, row.key, out->secret),
		.previous_ends = { c->now.ms + in->hours * 3600000 } };
	return store_run(c, xapi_client_rotate, &change, NULL);
}

OPERATION(xapi_client_end, client_key_form, nothing,
	.route = "POST /tools/{key}/revoke",
	.allow = "clients.manage",
	.effect = WRITES,
	.then = "/tools",
	.said = W(xapi_revoked_said),
	.doc = "Takes a tool's credentials back, at once. What it sent stays.")
{
	(void)out;
	struct xapi_client_row row = { 0 };
	struct client_change change = { .key = in->key };
	TRY(client_load(c, in->key, &row));
	return store_run(c, xapi_client_revoke, &change, NULL);
}
