/* shell.c - credentials for tools from the terminal. */
#include "manage.h"
#include "shell/shell.h"

/* Whoever has the machine has the database: no rights are asked, unless --as names somebody. */
static enum status call_as_operator(struct shell *sh, const char *operation, const list *given, void **out)
{
	sh->unprotected = !sh->by.as.len;
	return shell_call(sh, operation, given, out);
}

static void secret_print(struct shell *sh, const struct xapi_secret *s, str key)
{
	buffer_add_format(&sh->out, "key=" S_FMT "\nsecret=" S_FMT "\n", S_ARG(s->key), S_ARG(s->secret));
	if (s->waits)
		shell_say(sh, "wijzer: it reads what others sent, so it works once somebody else has confirmed it: wijzer xapi confirm " S_FMT " --as EMAIL, or on Trust", S_ARG(key));
	if (s->ends.ms)
		shell_say(sh, "wijzer: it ends by itself at " S_FMT, S_ARG(instant_iso(sh->arena, s->ends)));
}

COMMAND(xapi_add, "--name N --scope SCOPE,… [--purpose TEXT] [--days N]", "Makes credentials for a tool and prints key and secret.",
	OPTIONS({ "name", "N", "what people call the tool" },
		{ "scope", "LIST", "of statements/write, statements/read/mine, statements/read, state, profile, all" },
		{ "purpose", "TEXT", "what for; needed when it reads what others sent" }, { "days", "N", "after how many days it ends" }))
{
	list given = { 0 };
	void *out;
	shell_give(sh, &given, S("name"), shell_option(sh, S("name")));
	shell_give(sh, &given, S("use"), S("exact"));
	shell_give(sh, &given, S("scope"), shell_option(sh, S("scope")));
	shell_give(sh, &given, S("purpose"), shell_option(sh, S("purpose")));
	shell_give(sh, &given, S("days"), shell_option(sh, S("days")));
	enum status status = call_as_operator(sh, "xapi_client_make", &given, &out);
	if (status == OK)
		secret_print(sh, out, ((struct xapi_secret *)out)->key);
	return shell_finish(sh, status);
}

COMMAND(xapi_list, "", "The tools that may send or read, a line each.", OPTIONS())
{
	list given = { 0 };
	void *out;
	enum status status = call_as_operator(sh, "xapi_client_list_show", &given, &out);
	if (status != OK)
		return shell_finish(sh, status);
	for (each(struct xapi_client_shown, s, ((struct xapi_clients *)out)->clients))
		buffer_add_format(&sh->out, S_FMT "\t" S_FMT "\t" S_FMT "\t" S_FMT "\t" S_FMT "\n", S_ARG(s->key), S_ARG(s->name), S_ARG(s->scopes), S_ARG(s->state),
			S_ARG(s->ends.ms ? instant_iso(sh->arena, s->ends) : S("-")));
	return shell_finish(sh, status);
}

COMMAND(xapi_confirm, "KEY --as EMAIL", "Confirms, as a second person, credentials that read what others sent.", OPTIONS())
{
	list given = { 0 };
	void *out;
	if (!shell_need_words(sh, 1))
		return USAGE;
	if (!sh->by.as.len)
		return shell_usage(sh, "--as says who confirms");
	shell_give(sh, &given, S("key"), shell_word(sh, 0));
	return shell_finish(sh, shell_call(sh, "xapi_client_agree", &given, &out));
}

/* "1h", "90" (minutes are not offered: a tool's settings are changed within hours) */
static str hours_of(struct shell *sh, str grace)
{
	int64_t n;
	str number = str_ends(grace, S("h")) ? str_until(grace, grace.len - 1) : str_ends(grace, S("d")) ? str_until(grace, grace.len - 1) : grace;
	if (!str_to_int(number, &n))
		return grace;
	return text_format(sh->arena, "%lld", (long long)(str_ends(grace, S("d")) ? n * 24 : n));
}

COMMAND(xapi_rotate, "KEY [--grace 1h]", "Gives a tool another secret and prints it.", OPTIONS({ "grace", "1h", "how long the old secret works beside it; 2d for days" }))
{
	list given = { 0 };
	void *out;
	if (!shell_need_words(sh, 1))
		return USAGE;
	shell_give(sh, &given, S("key"), shell_word(sh, 0));
	if (shell_has(sh, S("grace")))
		shell_give(sh, &given, S("hours"), hours_of(sh, shell_option(sh, S("grace"))));
	enum status status = call_as_operator(sh, "xapi_client_renew", &given, &out);
	if (status == OK)
		secret_print(sh, out, shell_word(sh, 0));
	return shell_finish(sh, status);
}

COMMAND(xapi_revoke, "KEY", "Takes a tool's credentials back, at once.", OPTIONS())
{
	list given = { 0 };
	void *out;
	if (!shell_need_words(sh, 1))
		return USAGE;
	shell_give(sh, &given, S("key"), shell_word(sh, 0));
	return shell_finish(sh, call_as_operator(sh, "xapi_client_end", &given, &out));
}
