/* links.c - one-time links: how somebody without a password enters, once. */
#include "inside.h"
#include "roles.h"

enum status link_make(struct ctx *c, int64_t account, str *url)
{
	str token = token_new(c->arena);
	struct new_secret s = { .fingerprint = token_fingerprint(c->arena, token), .for_account = account,
		.ends = { c->now.ms + (int64_t)LINK_HOURS * 3600000 } };
	TRY(store_run(c, link_add, &s, NULL));
	str start = web_url(c);
	*url = text_format(c->arena, S_FMT "/link/" S_FMT, S_ARG(start.len ? start : S("http://127.0.0.1:8080")), S_ARG(token));
	return OK;
}

struct link_key { str token; };
struct link_page { str token, name; };
RECORD(link_key, FIELD(link_key, token, .required = true, .max = 64, .secret = true));
RECORD(link_page, FIELD(link_page, token, .secret = true), FIELD(link_page, name));
#include "accounts_link.html.h"

static enum status link_find(struct ctx *c, str token, struct asker_row *row)
{
	struct credential key = { .fingerprint = token_fingerprint(c->arena, token), .leaver_since = date_add_days(c->today, -LEAVER_DAYS) };
	bool found;
	TRY(store_find(c, account_by_link, &key, row, &found));
	return found && row->roles >= 0 ? OK : refuse(c, NOT_FOUND, "link-over", W(accounts_link_over));
}

/* Mail scanners follow links: a GET shows a name and a button, and uses nothing. */
OPERATION(link_show, link_key, link_page,
	.route = "GET /link/{token}",
	.allow = "public",
	.page = link_html,
	.lenient = true,
	.doc = "Who a one-time link is for, with one button.")
{
	struct asker_row row = { 0 };
	TRY(link_find(c, in->token, &row));
	out->token = in->token;
	out->name = row.name;
	return OK;
}

OPERATION(link_enter, link_key, nothing,
	.route = "POST /link/{token}",
	.allow = "public",
	.effect = WRITES,
	.then = "/",
	.doc = "Uses a one-time link: signs in, once.")
{
	(void)out;
	struct asker_row row = { 0 };
	TRY(link_find(c, in->token, &row));
	struct credential key = { .fingerprint = token_fingerprint(c->arena, in->token) };
	int64_t used;
	TRY(store_run(c, link_use, &key, &used));
	if (!used)
		return refuse(c, NOT_FOUND, "link-over", W(accounts_link_over));
	if (!row.password.len)
		web_go(c, S("/account?first=1"));
	return session_begin(c, row.account);
}

struct invitation { str name, email, url; };
struct invitations { list invited; };
RECORD(invitation, FIELD(invitation, name), FIELD(invitation, email), FIELD(invitation, url));
RECORD(invitations, FIELD(invitations, invited, .of = &invitation_record));
#include "accounts_invited.html.h"

OPERATION(team_invite, by_id, invitations,
	.route = "POST /units/{id}/invite",
	.allow = "people.manage",
	.effect = WRITES,
	.shown_once = true,
	.page = invited_html,
	.doc = "Makes accounts and one-time links for everybody who works in a unit and has an address, to be handed out or mailed.")
{
	list people = { 0 };
	TRY(store_all(c, invited_people, in, &people));
	if (!people.count)
		return refuse(c, CONFLICT, "nobody-to-invite", W(accounts_nobody_to_invite));
	for (each(struct account, p, people)) {
		int64_t account = p->id;
		if (!account)
			TRY(account_make(c, p->email, p->name, 0, false, &account));
		struct invitation *i = list_add(c->arena, &out->invited, struct invitation);
		i->name = p->name;
		i->email = p->email;
		TRY(link_make(c, account, &i->url));
	}
	return OK;
}
