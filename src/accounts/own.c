/* own.c - what people see and change of their own account: password, language, sessions, and who could have entered it. */
#include "inside.h"
#include "roles.h"

struct session_row { str fingerprint; instant started, ends; str agent; bool here; };
struct own { str email, name, language; bool first, has_password; list sessions, tokens, links; };
struct own_query { bool first; };
struct link_news { instant made, used, ends; str by_name; };
RECORD(link_news, FIELD(link_news, made), FIELD(link_news, used), FIELD(link_news, ends), FIELD(link_news, by_name));
RECORD(session_row, FIELD(session_row, fingerprint, .secret = true), FIELD(session_row, started), FIELD(session_row, ends), FIELD(session_row, agent), FIELD(session_row, here));
RECORD(own_query, FIELD(own_query, first, .doc = "Shown after a first entrance by link."));
RECORD(own, FIELD(own, email), FIELD(own, name), FIELD(own, language), FIELD(own, first), FIELD(own, has_password), FIELD(own, sessions, .of = &session_row_record),
	FIELD(own, tokens, .of = &token_row_record), FIELD(own, links, .of = &link_news_record, .doc = "Links that others made into this account."));
/* "Firefox op Windows" instead of what browsers say of themselves, which begins with Mozilla for all of them. */
static str browser_view(struct view *v, str agent)
{
	static const char *const browsers[][2] = { { "Edg", "Edge" }, { "OPR", "Opera" }, { "SamsungBrowser", "Samsung Internet" }, { "Firefox", "Firefox" }, { "FxiOS", "Firefox" },
		{ "Chrome", "Chrome" }, { "CriOS", "Chrome" }, { "Safari", "Safari" }, { "curl", "curl" } };
	static const char *const systems[][2] = { { "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Android", "Android" }, { "Windows", "Windows" }, { "Macintosh", "Mac" }, { "Linux", "Linux" } };
	str browser = { 0 }, system = { 0 };
	for (size_t i = 0; !browser.len && i < sizeof browsers / sizeof *browsers; i++)
		if (str_has(agent, str_of(browsers[i][0])))
			browser = str_of(browsers[i][1]);
	for (size_t i = 0; !system.len && i < sizeof systems / sizeof *systems; i++)
		if (str_has(agent, str_of(systems[i][0])))
			system = str_of(systems[i][1]);
	if (!browser.len)
		return agent;
	return system.len ? word_text(v->c->arena, v->language, W(accounts_sessions_browser), (const str[]){ browser, system }, 2) : browser;
}

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
	TRY(store_all(c, token_list, NOTHING, &out->tokens));
	TRY(store_all(c, link_news, NOTHING, &out->links));
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
