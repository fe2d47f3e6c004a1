/* identify.c - from a cookie, a token or the shell's word to an account and its roles. */
#include "inside.h"

RECORD(credential, FIELD(credential, fingerprint), FIELD(credential, email), FIELD(credential, leaver_since));
struct leaver { date last_day; };
RECORD(leaver, FIELD(leaver, last_day));
RECORD(asker_row, FIELD(asker_row, account), FIELD(asker_row, person, .optional = true), FIELD(asker_row, name), FIELD(asker_row, language),
	FIELD(asker_row, roles), FIELD(asker_row, password, .secret = true), FIELD(asker_row, demo));
RECORD(account, FIELD(account, id), FIELD(account, email), FIELD(account, name), FIELD(account, person, .optional = true),
	FIELD(account, roles, .doc = "Bits: 1 employee, 2 lead, 4 learning, 8 board, 16 council, 32 privacy, 64 administrator."), FIELD(account, demo),
	FIELD(account, has_password), FIELD(account, made), FIELD(account, closed));

str email_of(struct ctx *c, str typed)
{
	str s = text_copy(c->arena, str_trim(typed));
	char *at = arena_copy(c->arena, s.at ? s.at : "", s.len + 1);
	for (size_t i = 0; i < s.len; i++)
		at[i] = at[i] >= 'A' && at[i] <= 'Z' ? (char)(at[i] + 32) : at[i];
	return (str){ at, s.len };
}

static void asker_set(struct ctx *c, const struct asker_row *row)
{
	c->me.account = row->account;
	c->me.person = row->person;
	c->me.roles = (unsigned)row->roles;
	c->me.name = row->name;
	if (row->language.len)
		c->language = str_eq(row->language, S("nl")) ? NL : EN;
}

enum status account_identify(struct ctx *c, const struct web_credentials *by)
{
	struct credential key = { .leaver_since = date_add_days(c->today, -LEAVER_DAYS) };
	struct asker_row row = { 0 };
	bool found = false;
	c->me.account = c->me.person = 0;
	c->me.roles = 0;
	if (by->as.len) {
		key.email = email_of(c, by->as);
		TRY(store_find(c, account_by_email, &key, &row, &found));
		if (!found || row.roles < 0)
			return refuse(c, FORBIDDEN, "unknown-account", W(accounts_unknown), by->as);
	} else if (by->bearer.len) {
		key.fingerprint = token_fingerprint(c->arena, by->bearer);
		TRY(store_find(c, account_by_token, &key, &row, &found));
		if (!found || row.roles < 0)
			return refuse(c, FORBIDDEN, "sign-in", W(accounts_token_wrong));
	} else if (by->session.len) {
		key.fingerprint = token_fingerprint(c->arena, by->session);
		TRY(store_find(c, account_by_session, &key, &row, &found));
	}
	if (found && row.roles >= 0)
		asker_set(c, &row);
	return OK;
}

enum status account_leaver_until(struct ctx *c, bool *left, date *until)
{
	struct leaver l = { 0 };
	TRY(store_find(c, leaver_last_day, NOTHING, &l, left));
	*until = *left ? date_add_days(l.last_day, LEAVER_DAYS) : (date){ 0 };
	return OK;
}

enum status account_make(struct ctx *c, str email, str name, int64_t given, bool demo, int64_t *id)
{
	struct credential key = { .email = email_of(c, email) };
	struct by_id person = { 0 }, made = { 0 };
	bool found;
	TRY(store_find(c, account_person_by_email, &key, &person, &found));
	struct account a = { .email = key.email, .name = name, .person = person.id, .roles = given, .demo = demo };
	TRY(store_find(c, account_add, &a, &made, &found));
	if (found) {
		*id = made.id;
		return OK;
	}
	struct asker_row row = { 0 };
	TRY(store_one(c, account_by_email, &key, &row));
	a.id = *id = row.account;
	a.roles = ((row.roles < 0 ? 0 : row.roles) | given) & ~(int64_t)(EMPLOYEE | LEAD | FORMER);
	return store_run(c, account_roles_set, &a, NULL);
}
