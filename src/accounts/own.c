/* own.c - what people see and change of their own account: password, language, sessions, tokens. */
#include "inside.h"
#include "roles.h"

struct session_row { str fingerprint; instant started, ends; str agent; bool here; };
struct own { str email, name, language; bool first, has_password; list sessions; };
struct own_query { bool first; };
RECORD(session_row, FIELD(session_row, fingerprint, .secret = true), FIELD(session_row, started), FIELD(session_row, ends), FIELD(session_row, agent), FIELD(session_row, here));
RECORD(own_query, FIELD(own_query, first, .doc = "Shown after a first entrance by link."));
RECORD(own, FIELD(own, email), FIELD(own, name), FIELD(own, language), FIELD(own, first), FIELD(own, has_password), FIELD(own, sessions, .of = &session_row_record));
#include "accounts_own.html.h"

OPERATION(account_show, own_query, own,
	.route = "GET /account",
	.allow = "signed-in",
	.page = own_html,
	.lenient = true,
	.doc = "One's own account: password, language, where one is signed in.")
{
	struct account a = { 0 };
	struct by_id me = { c->me.account };
	TRY(store_one(c, account_by_id, &me, &a));
	TRY(store_all(c, session_list, NOTHING, &out->sessions));
	str here = token_fingerprint(c->arena, web_session_token(c));
	for (each(struct session_row, s, out->sessions))
		s->here = str_eq(s->fingerprint, here);
	out->email = a.email;
	out->name = a.name;
	out->has_password = a.has_password;
	out->first = in->first;
	out->language = c->language == NL ? S("nl") : S("en");
	return OK;
}

struct password_form { str password, again, hash; };
struct password_row { str password; };
RECORD(password_form,
	FIELD(password_form, password, .label = W(accounts_password_new), .hint = W(accounts_password_hint), .required = true, .min = PASSWORD_LEAST, .max = PASSWORD_MOST, .secret = true),
	FIELD(password_form, again, .label = W(accounts_password_again), .required = true, .max = PASSWORD_MOST, .secret = true));
RECORD(password_row, FIELD(password_row, password, .secret = true));

static enum status password_before(struct ctx *c, void *input)
{
	struct password_form *in = input;
	if (!str_eq(in->password, in->again))
		return object(c, S("again"), W(accounts_password_differs));
	return password_hash(c->arena, in->password, &in->hash) ? OK : refuse(c, BUSY, "slow-down", W(accounts_slow_down));
}

OPERATION(password_change, password_form, nothing,
	.route = "POST /account/password",
	.allow = "signed-in",
	.effect = WRITES,
	.before = password_before,
	.then = "/account",
	.back = "/account",
	.said = W(accounts_password_changed),
	.doc = "Sets one's own password; every other session ends.")
{
	(void)out;
	struct password_row row = { in->hash };
	struct credential here = { .fingerprint = token_fingerprint(c->arena, web_session_token(c)) };
	TRY(store_run(c, password_set, &row, NULL));
	return store_run(c, sessions_end_others, &here, NULL);
}

struct language_row { str language; };
static const struct choice languages[] = { { S("nl"), W(accounts_dutch) }, { S("en"), W(accounts_english) }, { 0 } };
RECORD(language_row, FIELD(language_row, language, .label = W(accounts_language), .choices = languages, .required = true));

OPERATION(language_choose, language_row, nothing,
	.route = "POST /account/language",
	.allow = "signed-in",
	.effect = WRITES,
	.then = "/account",
	.said = W(accounts_language_chosen),
	.doc = "The language of one's own pages.")
{
	(void)out;
	return store_run(c, language_set, in, NULL);
}

OPERATION(sessions_end_all, nothing, nothing,
	.route = "POST /account/sign-out-everywhere",
	.allow = "signed-in",
	.effect = WRITES,
	.then = "/sign-in",
	.doc = "Ends every session of one's own, this one too.")
{
	(void)in;
	(void)out;
	struct by_id me = { c->me.account };
	web_set_session(c, S(""), 0);
	return store_run(c, sessions_end, &me, NULL);
}

struct token_form { int64_t days; };
RECORD(token_form, FIELD(token_form, days, .label = W(accounts_token_days), .min = 1, .max = 366, .optional = true, .doc = "How long it works; 90 when not given."));
RECORD(token_made, FIELD(token_made, token, .doc = "Shown once."), FIELD(token_made, ends));

OPERATION(token_make, token_form, token_made,
	.route = "POST /account/tokens",
	.allow = "signed-in",
	.effect = WRITES,
	.shown_once = true,
	.doc = "A bearer token that acts as oneself over REST.")
{
	str token = token_new(c->arena);
	int64_t days = in->days ? in->days : 90;
	struct new_secret s = { .fingerprint = token_fingerprint(c->arena, token), .for_account = c->me.account, .ends = { c->now.ms + days * 86400000 } };
	out->token = token;
	out->ends = instant_date(s.ends);
	return store_run(c, token_add, &s, NULL);
}
