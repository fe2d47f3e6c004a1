/* tokens.c - bearer tokens: made, listed and withdrawn one by one, by whose they are and by who manages accounts. */
#include "inside.h"
#include "roles.h"

struct token_form { int64_t days; str label; };
RECORD(token_form,
	FIELD(token_form, label, .label = W(accounts_token_label), .hint = W(accounts_token_label_hint), .max = 80),
	FIELD(token_form, days, .label = W(accounts_token_days), .hint = W(accounts_token_days_hint), .min = 1, .max = 366, .optional = true,
		.doc = "How long it works; 90 when not given."));
RECORD(token_made, FIELD(token_made, token, .doc = "Shown once."), FIELD(token_made, ends));
RECORD(token_row, FIELD(token_row, name, .doc = "Names it when it is withdrawn; opens nothing."), FIELD(token_row, label), FIELD(token_row, made), FIELD(token_row, ends),
	FIELD(token_row, email), FIELD(token_row, owner));
RECORD(token_list, FIELD(token_list, tokens, .of = &token_row_record));
RECORD(token_name, FIELD(token_name, name, .required = true, .min = 12, .max = 12));
#include "accounts_token.html.h"
#include "accounts_tokens.html.h"

OPERATION(token_make, token_form, token_made,
	.route = "POST /account/tokens",
	.allow = "signed-in",
	.effect = WRITES,
	.shown_once = true,
	.page = token_html,
	.back = "/account",
	.doc = "A bearer token that acts as oneself over REST.")
{
	str token = token_new(c->arena);
	int64_t days = in->days ? in->days : 90;
	struct new_secret s = { .fingerprint = token_fingerprint(c->arena, token), .for_account = c->me.account, .ends = { c->now.ms + days * 86400000 }, .agent = in->label };
	out->token = token;
	out->ends = instant_date(s.ends);
	return store_run(c, token_add, &s, NULL);
}

OPERATION(token_list_own, nothing, token_list,
	.route = "GET /account/tokens",
	.allow = "signed-in",
	.csv = "tokens",
	.doc = "One's own bearer tokens that still work.")
{
	(void)in;
	return store_all(c, token_list, NOTHING, &out->tokens);
}

OPERATION(token_list_every, nothing, token_list,
	.route = "GET /accounts/tokens",
	.allow = "accounts.manage",
	.page = tokens_html,
	.csv = "tokens",
	.doc = "Every bearer token that still works, with whose it is.")
{
	(void)in;
	return store_all(c, token_list_all, NOTHING, &out->tokens);
}

static enum status gone(struct ctx *c, int64_t ended, str name)
{
	return ended ? OK : refuse(c, NOT_FOUND, "unknown-token", W(accounts_token_none), name);
}

OPERATION(token_withdraw, token_name, nothing,
	.route = "POST /account/tokens/{name}/withdraw",
	.allow = "signed-in",
	.effect = WRITES,
	.then = "/account",
	.back = "/account",
	.said = W(accounts_token_withdrawn),
	.doc = "Withdraws one of one's own bearer tokens: it opens nothing from now on.")
{
	(void)out;
	int64_t ended;
	TRY(store_run(c, token_end, in, &ended));
	return gone(c, ended, in->name);
}

OPERATION(token_withdraw_any, token_name, nothing,
	.route = "POST /accounts/tokens/{name}/withdraw",
	.allow = "accounts.manage",
	.effect = WRITES,
	.then = "/accounts/tokens",
	.back = "/accounts/tokens",
	.said = W(accounts_token_withdrawn),
	.doc = "Withdraws somebody's bearer token.")
{
	(void)out;
	int64_t ended;
	TRY(store_run(c, token_end_any, in, &ended));
	return gone(c, ended, in->name);
}
