/* manage.c - accounts as the administrator sees them: who may enter, with which roles. */
#include "inside.h"
#include "roles.h"

struct account_page { str find, like; int64_t skip; };
RECORD(account_page, FIELD(account_page, find, .label = W(accounts_find), .max = 100), FIELD(account_page, like), FIELD(account_page, skip, .max = 1000000));
RECORD(account_entry, FIELD(account_entry, id), FIELD(account_entry, email), FIELD(account_entry, name), FIELD(account_entry, role_names), FIELD(account_entry, closed),
	FIELD(account_entry, has_password));
RECORD(account_list, FIELD(account_list, find), FIELD(account_list, accounts, .of = &account_entry_record), FIELD(account_list, next, .optional = true));
#include "accounts_list.html.h"

static str role_names(struct ctx *c, int64_t bits)
{
	str names = { 0 };
	for (const struct role_entry *e = roles; e->bit; e++)
		if (bits & e->bit)
			names = text_format(c->arena, S_FMT "%s" S_FMT, S_ARG(names), names.len ? ", " : "", S_ARG(e->label->text[c->language]));
	return names;
}

static struct account_entry entry_of(struct ctx *c, const struct account *a)
{
	return (struct account_entry){ a->id, a->email, a->name, role_names(c, a->roles | (a->person ? EMPLOYEE : 0)), a->closed.ms != 0, a->has_password };
}

enum { PAGE = 100 };

OPERATION(account_list_show, account_page, account_list,
	.route = "GET /accounts",
	.allow = "accounts.manage",
	.page = list_html,
	.csv = "accounts",
	.doc = "Who may enter, and with which roles.")
{
	struct account_page q = *in;
	list rows = { 0 };
	q.like = text_format(c->arena, "%%" S_FMT "%%", S_ARG(email_of(c, in->find)));
	TRY(store_all(c, account_list, &q, &rows));
	for (each(struct account, a, rows))
		if (out->accounts.count < PAGE)
			*list_add(c->arena, &out->accounts, struct account_entry) = entry_of(c, a);
	out->find = in->find;
	out->next = rows.count > PAGE ? in->skip + PAGE : 0;
	return OK;
}

static const struct choice role_choices[] = {
	{ S("employee"), W(accounts_role_employee) }, { S("learning"), W(accounts_role_learning) }, { S("board"), W(accounts_role_board) },
	{ S("council"), W(accounts_role_council) }, { S("privacy"), W(accounts_role_privacy) }, { S("administrator"), W(accounts_role_administrator) },
	{ S("lead"), W(accounts_role_lead) }, { 0 } };

struct account_form { str email, name, role; };
RECORD(account_form,
	FIELD(account_form, email, .label = W(accounts_email), .required = true, .max = 200),
	FIELD(account_form, name, .label = W(accounts_name), .required = true, .max = 120),
	FIELD(account_form, role, .label = W(accounts_role), .choices = role_choices, .required = true,
		.doc = "Lead is refused: it follows from leading somebody."));
RECORD(account_made, FIELD(account_made, id), FIELD(account_made, email), FIELD(account_made, url, .doc = "A one-time sign-in link, shown once."));
#include "accounts_made.html.h"

static int64_t role_bit(str name)
{
	for (const struct role_entry *e = roles; e->bit; e++)
		if (str_eq(name, str_of(e->name)))
			return e->bit & ~(EMPLOYEE | LEAD | FORMER);   /* these follow from being, leading, or having been somebody */
	return 0;
}

OPERATION(account_add_one, account_form, account_made,
	.route = "POST /accounts",
	.allow = "accounts.manage",
	.effect = WRITES,
	.shown_once = true,
	.page = made_html,
	.back = "/accounts",
	.doc = "Makes an account, or gives one that is there another role, and a one-time link to enter.")
{
	if (!str_has(in->email, S("@")))
		return object(c, S("email"), W(accounts_email_wrong), in->email);
	if (str_eq(in->role, S("lead")))
		return object(c, S("role"), W(accounts_lead_follows));
	TRY(account_make(c, in->email, in->name, role_bit(in->role), false, &out->id));
	out->email = in->email;
	return link_make(c, out->id, &out->url);
}

struct link_form { str email; };
RECORD(link_form, FIELD(link_form, email, .label = W(accounts_email), .required = true, .max = 200));

OPERATION(account_link, link_form, account_made,
	.route = "POST /accounts/link",
	.allow = "accounts.manage",
	.effect = WRITES,
	.shown_once = true,
	.page = made_html,
	.back = "/accounts",
	.doc = "A new one-time link for an account that is there.")
{
	struct credential key = { .email = email_of(c, in->email), .leaver_since = date_add_days(c->today, -LEAVER_DAYS) };
	struct asker_row row = { 0 };
	bool found;
	TRY(store_find(c, account_by_email, &key, &row, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "unknown-account", W(accounts_unknown), in->email);
	if (row.roles < 0)
		return refuse(c, CONFLICT, "left", W(accounts_left), in->email);
	out->id = row.account;
	out->email = key.email;
	return link_make(c, row.account, &out->url);
}

OPERATION(account_end, by_id, nothing,
	.route = "POST /accounts/{id}/close",
	.allow = "accounts.manage",
	.effect = WRITES,
	.then = "/accounts",
	.said = W(accounts_closed),
	.doc = "Closes an account and ends its sessions. What its person wrote stays.")
{
	(void)out;
	struct account a = { 0 };
	struct count left = { 0 };
	TRY(store_one(c, account_by_id, in, &a));
	TRY(store_one(c, administrators_count, NOTHING, &left));
	if ((a.roles & ADMINISTRATOR) && left.count == 1)
		return refuse(c, CONFLICT, "last-administrator", W(accounts_last_administrator));
	TRY(store_run(c, sessions_end, in, NULL));
	return store_run(c, account_close, in, NULL);
}
