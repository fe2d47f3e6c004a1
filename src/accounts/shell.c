/* shell.c - accounts from the terminal: how the first administrator is made. */
#include "inside.h"
#include "shell/shell.h"

/* Making accounts is the operator's own act: whoever has the machine has the database, so no rights are asked. */
static enum status call_as_operator(struct shell *sh, const char *operation, const list *given, void **out)
{
	sh->unprotected = !sh->by.as.len;
	return shell_call(sh, operation, given, out);
}

COMMAND(user_add, "--email E --name N --role ROLE", "Makes an account and prints a one-time sign-in link.",
	OPTIONS({ "email", "E", "address to sign in with" }, { "name", "N", "as people know them" },
		{ "role", "ROLE", "employee, learning, board, council, privacy or administrator" }))
{
	list given = { 0 };
	void *out;
	shell_give(sh, &given, S("email"), shell_option(sh, S("email")));
	shell_give(sh, &given, S("name"), shell_option(sh, S("name")));
	shell_give(sh, &given, S("role"), shell_option(sh, S("role")));
	enum status status = call_as_operator(sh, "account_add_one", &given, &out);
	if (status == OK)
		buffer_add_format(&sh->out, S_FMT "\n", S_ARG(((struct account_made *)out)->url));
	return shell_finish(sh, status);
}

COMMAND(user_link, "--email E", "Prints a new one-time sign-in link.", OPTIONS({ "email", "E", "of the account" }))
{
	list given = { 0 };
	void *out;
	shell_give(sh, &given, S("email"), shell_option(sh, S("email")));
	enum status status = call_as_operator(sh, "account_link", &given, &out);
	if (status == OK)
		buffer_add_format(&sh->out, S_FMT "\n", S_ARG(((struct account_made *)out)->url));
	return shell_finish(sh, status);
}

COMMAND(user_list, "", "Who may enter, with which roles.", OPTIONS())
{
	str skip = S("0");
	for (;;) {
		list given = { 0 };
		void *out;
		shell_give(sh, &given, S("skip"), skip);
		enum status status = call_as_operator(sh, "account_list_show", &given, &out);
		if (status != OK)
			return shell_finish(sh, status);
		const struct account_list *e = out;
		for (each(struct account_entry, a, e->accounts))
			buffer_add_format(&sh->out, S_FMT "\t" S_FMT "\t" S_FMT "%s\n", S_ARG(a->email), S_ARG(a->name), S_ARG(a->role_names), a->closed ? "\tclosed" : "");
		if (!e->next)
			return shell_finish(sh, OK);
		skip = text_format(sh->arena, "%lld", (long long)e->next);
	}
}

COMMAND(token_add, "--as EMAIL [--days N] [--label TEXT]", "Prints a bearer token that acts as this person over REST.", OPTIONS({ "days", "N", "how long it works; 90" },
	{ "label", "TEXT", "what it is for" }))
{
	list given = { 0 };
	void *out;
	if (!sh->by.as.len)
		return shell_usage(sh, "--as says whose token it is");
	shell_give(sh, &given, S("days"), shell_option(sh, S("days")));
	shell_give(sh, &given, S("label"), shell_option(sh, S("label")));
	enum status status = shell_call(sh, "token_make", &given, &out);
	if (status == OK)
		buffer_add_format(&sh->out, S_FMT "\n", S_ARG(((struct token_made *)out)->token));
	return shell_finish(sh, status);
}

/* With --as somebody's own; without it everybody's, as who operates the machine. */
COMMAND(token_list, "[--as EMAIL]", "Bearer tokens that still work: name, whose, until when, what for.", OPTIONS())
{
	list given = { 0 };
	void *out;
	enum status status = call_as_operator(sh, sh->by.as.len ? "token_list_own" : "token_list_every", &given, &out);
	if (status == OK)
		for (each(struct token_row, t, ((struct token_list *)out)->tokens))
			buffer_add_format(&sh->out, S_FMT "\t" S_FMT "\t" S_FMT "\t" S_FMT "\n", S_ARG(t->name), S_ARG(t->email), S_ARG(date_iso(sh->arena, instant_date(t->ends))), S_ARG(t->label));
	return shell_finish(sh, status);
}

COMMAND(token_revoke, "NAME [--as EMAIL]", "Withdraws a bearer token, by the name that token list prints.", OPTIONS())
{
	list given = { 0 };
	void *out;
	if (!shell_need_words(sh, 1))
		return USAGE;
	shell_give(sh, &given, S("name"), shell_word(sh, 0));
	return shell_finish(sh, call_as_operator(sh, sh->by.as.len ? "token_withdraw" : "token_withdraw_any", &given, &out));
}
