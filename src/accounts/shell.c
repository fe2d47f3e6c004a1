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

COMMAND(token_add, "--as EMAIL [--days N]", "Prints a bearer token that acts as this person over REST.", OPTIONS({ "days", "N", "how long it works; 90" }))
{
	list given = { 0 };
	void *out;
	if (!sh->by.as.len)
		return shell_usage(sh, "--as says whose token it is");
	shell_give(sh, &given, S("days"), shell_option(sh, S("days")));
	enum status status = shell_call(sh, "token_make", &given, &out);
	if (status == OK)
		buffer_add_format(&sh->out, S_FMT "\n", S_ARG(((struct token_made *)out)->token));
	return shell_finish(sh, status);
}
