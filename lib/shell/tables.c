/* tables.c - what the program prints about itself: operations, their interface, and one of them called. */
#include "shell.h"
#include <string.h>

COMMAND(operations, "[--json]", "Every operation with its right, fields and route.",
	OPTIONS({ "json", NULL, "for programs" }, { "rights", NULL, "the rights matrix instead" }), .needs = NEEDS_NO_DATABASE)
{
	struct web_settings settings = { .app = sh->app };
	char why[400];
	struct web *w;
	if (web_new(&settings, &w, why) != OK) {
		shell_say(sh, "wijzer: %s", why);
		return FAULT;
	}
	if (shell_has(sh, S("rights")))
		rights_write(&sh->out, w);
	else
		operations_write(&sh->out, w, shell_has(sh, S("json")));
	web_free(w);
	return DONE;
}

COMMAND(openapi, "", "The interface as OpenAPI 3.1.", OPTIONS(), .needs = NEEDS_NO_DATABASE)
{
	struct web_settings settings = { .app = sh->app };
	char why[400];
	struct web *w;
	if (web_new(&settings, &w, why) != OK) {
		shell_say(sh, "wijzer: %s", why);
		return FAULT;
	}
	openapi_write(&sh->out, w);
	web_free(w);
	return DONE;
}

COMMAND(call, "OPERATION key=value … --as EMAIL", "Runs one operation and prints its result as JSON.", OPTIONS())
{
	str name = shell_word(sh, 0);
	const struct operation *op = operation_find(name);
	if (!op) {
		shell_say(sh, "wijzer: there is no operation " S_FMT "; wijzer operations lists them", S_ARG(name));
		return name.len ? MISSING : USAGE;
	}
	list given = { 0 };
	for (size_t i = 1; i < sh->words.count; i++) {
		str key, value;
		if (!str_cut(shell_word(sh, i), '=', &key, &value))
			return shell_usage(sh, "after the operation come values as key=value");
		shell_give(sh, &given, key, value);
	}
	void *out;
	enum status status = shell_call(sh, op->name, &given, &out);
	if (status == OK && op->reply == RAW) {
		struct raw_reply *raw = out;
		buffer_add(&sh->out, buffer_text(&raw->body));
		buffer_done(&raw->body);
	} else if (status == OK) {
		record_write_json(&sh->out, op->output, out);
		buffer_add_char(&sh->out, '\n');
	}
	return shell_finish(sh, status);
}
