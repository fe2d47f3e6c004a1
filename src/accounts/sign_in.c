/* sign_in.c - entering with a password, slower and slower for whoever guesses. */
#include "inside.h"
#include "roles.h"

struct attempt { str email, address; instant since; };
struct attempts { int64_t here, from_address; };
RECORD(attempt, FIELD(attempt, email), FIELD(attempt, address), FIELD(attempt, since));
RECORD(attempts, FIELD(attempts, here), FIELD(attempts, from_address));
RECORD(new_secret, FIELD(new_secret, fingerprint), FIELD(new_secret, for_account), FIELD(new_secret, ends), FIELD(new_secret, agent));

/* Guesses from one address at one account, or from one address at all, in a quarter of an hour. Another address is never
 * slowed down by them, so that nobody can lock an owner out. */
enum { GUESSES_AT_ONE = 5, GUESSES_IN_ALL = 30, WINDOW_MS = 15 * 60 * 1000 };

/* Called from the shell there is no address: whoever has the machine guesses as one. */
static str address_of(const struct ctx *c)
{
	str address = web_address(c);
	return address.len ? address : S("shell");
}

enum status session_begin(struct ctx *c, int64_t account)
{
	str token = token_new(c->arena);
	struct new_secret s = { .fingerprint = token_fingerprint(c->arena, token), .for_account = account,
		.ends = { c->now.ms + (int64_t)SESSION_DAYS * 86400000 }, .agent = web_agent(c) };
	TRY(store_run(c, sessions_old_remove, NOTHING, NULL));
	TRY(store_run(c, session_add, &s, NULL));
	web_set_session(c, token, (int64_t)SESSION_DAYS * 86400);
	return OK;
}

struct entrance { str next; bool failed; list demo; bool signed_in; };
RECORD(entrance, FIELD(entrance, next, .max = 300), FIELD(entrance, failed), FIELD(entrance, demo, .of = &account_record), FIELD(entrance, signed_in));

/* Of the roles of somebody of the demonstration the one that is seen through their eyes. */
static str foremost_view(struct view *v, int64_t bits)
{
	const struct word *w = bits & ADMINISTRATOR ? W(accounts_role_administrator) : bits & COUNCIL ? W(accounts_role_council) : bits & BOARD ? W(accounts_role_board)
		: bits & LEARNING ? W(accounts_role_learning) : bits & LEAD ? W(accounts_role_lead) : W(accounts_role_employee);
	return w->text[v->language];
}

#include "accounts_sign_in.html.h"

static enum status demo_list(struct ctx *c, list *out)
{
	return web_is_demo(c) && web_is_loopback(c) ? store_all(c, demo_accounts, NOTHING, out) : OK;
}

OPERATION(sign_in_show, entrance, entrance,
	.route = "GET /sign-in",
	.allow = "public",
	.page = sign_in_html,
	.lenient = true,
	.doc = "The page on which people sign in.")
{
	out->next = in->next;
	out->signed_in = c->me.account != 0;
	return demo_list(c, &out->demo);
}

struct sign_in_form { str email, password, next; int64_t account; bool right; };
RECORD(sign_in_form,
	FIELD(sign_in_form, email, .label = W(accounts_email), .required = true, .max = 200),
	FIELD(sign_in_form, password, .label = W(accounts_password), .required = true, .max = PASSWORD_MOST, .secret = true),
	FIELD(sign_in_form, next, .max = 300));

/* Reading the account and checking the password, before the writing transaction. An unknown address costs the same time. */
static enum status sign_in_before(struct ctx *c, void *input)
{
	struct sign_in_form *in = input;
	struct credential key = { .email = email_of(c, in->email), .leaver_since = date_add_days(c->today, -LEAVER_DAYS) };
	struct attempt a = { key.email, address_of(c), { c->now.ms - WINDOW_MS } };
	struct attempts n = { 0 };
	TRY(store_one(c, attempts_count, &a, &n));
	if (n.here >= GUESSES_AT_ONE || n.from_address >= GUESSES_IN_ALL)
		return refuse(c, BUSY, "slow-down", W(accounts_slow_down));
	struct asker_row row = { 0 };
	bool found;
	TRY(store_find(c, account_by_email, &key, &row, &found));
	const str nobody = S("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	bool matches = password_matches(found && row.password.len ? row.password : nobody, in->password);
	in->right = found && row.roles >= 0 && row.password.len && matches;
	in->account = row.account;
	return OK;
}

OPERATION(sign_in, sign_in_form, entrance,
	.route = "POST /sign-in",
	.allow = "public",
	.effect = WRITES,
	.before = sign_in_before,
	.page = sign_in_html,
	.doc = "Signs in with address and password.")
{
	struct attempt a = { email_of(c, in->email), address_of(c), { c->now.ms - WINDOW_MS } };
	out->next = in->next;
	if (!in->right) {
		out->failed = true;
		TRY(demo_list(c, &out->demo));
		return store_run(c, attempt_add, &a, NULL);            /* kept, so this answers OK: a refusal would undo it */
	}
	TRY(store_run(c, attempts_forget, &a, NULL));
	web_go(c, in->next);
	return session_begin(c, in->account);
}

struct demo_entry { str email; };
RECORD(demo_entry, FIELD(demo_entry, email, .required = true, .max = 200));

OPERATION(demo_enter, demo_entry, nothing,
	.route = "POST /sign-in/demo",
	.allow = "public",
	.effect = WRITES,
	.then = "/",
	.doc = "Enters a demonstration as one of its people, without a password, on this machine only.")
{
	(void)out;
	struct credential key = { .email = email_of(c, in->email), .leaver_since = date_add_days(c->today, -LEAVER_DAYS) };
	struct asker_row row = { 0 };
	bool found;
	TRY(store_find(c, account_by_email, &key, &row, &found));
	if (!found || !row.demo || !web_is_demo(c) || !web_is_loopback(c))
		return refuse(c, FORBIDDEN, "no-demo", W(accounts_no_demo));
	return session_begin(c, row.account);
}

OPERATION(sign_out, nothing, nothing,
	.route = "POST /sign-out",
	.allow = "signed-in",
	.effect = WRITES,
	.then = "/sign-in",
	.doc = "Ends this session.")
{
	(void)in;
	(void)out;
	struct credential key = { .fingerprint = token_fingerprint(c->arena, web_session_token(c)) };
	web_set_session(c, S(""), 0);
	return store_run(c, session_end, &key, NULL);
}
