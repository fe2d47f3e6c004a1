/* shell.c - reading the command line, opening the database, running one command. */
#include "shell.h"
#include "base/token.h"
#include "seal/seal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const struct shell_command *const __start_wijzer_commands[] __attribute__((weak));
extern const struct shell_command *const __stop_wijzer_commands[] __attribute__((weak));

static const struct shell_option globals[] = {
	{ "db", "URL", "sqlite:PATH or postgresql://…; else WIJZER_DB, else sqlite:wijzer.db" },
	{ "keys", "FOLDER", "of keys; else WIJZER_KEYS, else NAME.keys beside the database" },
	{ "key-file", "FILE", "the installation's key, apart from the data; else WIJZER_KEY_FILE, a systemd credential, where it lay last, or NAME.key beside the database" },
	{ "as", "EMAIL", "act as this person, with their rights" },
	{ "unprotected", NULL, "act without a person's rights; written to the audit" },
	{ "language", "nl|en", "of messages; else LANG" },
	{ "help", NULL, "what the command takes" },
	{ 0 } };

static const struct shell_option *option_find(const struct shell_option *options, str name)
{
	for (; options && options->name; options++)
		if (str_eq(str_of(options->name), name))
			return options;
	return NULL;
}

/* "backup-keys" as well as "backup keys". */
static bool is_named(str typed, const char *name)
{
	size_t i = 0;
	for (; i < typed.len && name[i]; i++)
		if (typed.at[i] != name[i] && !(typed.at[i] == '-' && name[i] == '_'))
			return false;
	return i == typed.len && !name[i];
}

static const struct shell_command *command_find(str name)
{
	for (const struct shell_command *const *e = __start_wijzer_commands; e < __stop_wijzer_commands; e++)
		if (is_named(name, (*e)->name))
			return *e;
	return NULL;
}

str shell_option(const struct shell *sh, str name)
{
	for (each(struct given, g, sh->options))
		if (str_eq(g->name, name))
			return g->value;
	return (str){ 0 };
}

bool shell_has(const struct shell *sh, str name)
{
	return shell_option(sh, name).at != NULL;
}

str shell_word(const struct shell *sh, size_t i)
{
	return i < sh->words.count ? *list_item(sh->words, str, i) : (str){ 0 };
}

void shell_flush(struct shell *sh)
{
	if (sh->out.len)
		fwrite(sh->out.at, 1, sh->out.len, stdout);
	fflush(stdout);
	buffer_clear(&sh->out);
}

void shell_say(struct shell *sh, const char *format, ...)
{
	shell_flush(sh);
	va_list values;
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
}

static void option_print(FILE *to, const struct shell_option *o)
{
	fprintf(to, "  --%s%s%-*s %s\n", o->name, o->value ? " " : "", (int)(24 - strlen(o->name) - (o->value != NULL)), o->value ? o->value : "", o->doc);
}

static str shown_name(struct arena *a, const struct shell_command *e)
{
	char *name = arena_copy(a, e->name, strlen(e->name) + 1);
	for (char *p = name; *p; p++)
		*p = *p == '_' ? ' ' : *p;
	return str_of(name);
}

static void command_help(struct shell *sh, FILE *to, const struct shell_command *e)
{
	fprintf(to, "wijzer " S_FMT " %s\n%s\n", S_ARG(shown_name(sh->arena, e)), e->usage, e->doc);
	for (const struct shell_option *o = e->options; o && o->name; o++)
		option_print(to, o);
}

enum exit shell_usage(struct shell *sh, const char *what)
{
	shell_flush(sh);
	fprintf(stderr, "wijzer: %s\n", what);
	if (sh->command)
		command_help(sh, stderr, sh->command);
	return USAGE;
}

bool shell_need_words(struct shell *sh, size_t n)
{
	if (sh->words.count == n)
		return true;
	shell_usage(sh, sh->words.count < n ? "something is missing" : "there is one word too many");
	return false;
}

void shell_give(struct shell *sh, list *given, str name, str value)
{
	if (value.at)
		*list_add(sh->arena, given, struct given) = (struct given){ name, value };
}

static void context_fresh(struct shell *sh)
{
	enum language language = sh->c.language;
	sh->c = (struct ctx){ .arena = sh->arena, .now = clock_now(), .language = language, .request_id = S("shell") };
	sh->c.today = instant_date(sh->c.now);
	sh->c.me.unprotected = sh->unprotected;
	sh->c.vault = sh->web ? web_vault(sh->web) : NULL;
}

enum status shell_call(struct shell *sh, const char *operation, const list *given, void **out)
{
	const struct operation *op = operation_find(str_of(operation));
	context_fresh(sh);
	if (!op)
		return NOT_FOUND;
	return web_call(sh->web, &sh->c, op, &sh->by, given, out);
}

static enum exit exit_of(enum status s)
{
	static const enum exit codes[] = { [OK] = DONE, [NOT_FOUND] = MISSING, [FORBIDDEN] = DENIED, [INVALID] = REFUSED, [CONFLICT] = REFUSED,
		[BUSY] = LOCKED, [FULL] = FAULT, [BROKEN] = FAULT };
	return codes[s];
}

enum exit shell_finish(struct shell *sh, enum status status)
{
	shell_flush(sh);
	if (status == OK)
		return DONE;
	static const char *const plain[] = { [NOT_FOUND] = "there is no such thing here", [FORBIDDEN] = "not allowed", [INVALID] = "the input is not right",
		[CONFLICT] = "this does not fit what is stored", [BUSY] = "the database is in use; try again in a moment",
		[FULL] = "the disk of the database is full; nothing was changed. Make room on it, and do the same again",
		[BROKEN] = "something went wrong that typing cannot mend; the line above says what" };
	str said = said_text(sh->arena, sh->c.language, &sh->c.said);
	if (said.len || !sh->c.problems.count)
		fprintf(stderr, "wijzer: " S_FMT "\n", S_ARG(said.len ? said : str_of(plain[status])));
	for (each(struct problem, p, sh->c.problems)) {
		str text = said_text(sh->arena, sh->c.language, &p->said);
		fprintf(stderr, "wijzer: " S_FMT "%s" S_FMT "\n", S_ARG(p->field), p->field.len ? ": " : "", S_ARG(text));
	}
	return exit_of(status);
}

/* Options may stand anywhere; the command is the first word, or the first two. */
static bool line_read(struct shell *sh, int argc, char **argv, char why[200])
{
	struct { str name; const char *value; bool separate; } seen[100];
	size_t count = 0;
	for (int i = 1; i < argc; i++) {
		str word = str_of(argv[i]);
		if (!str_starts(word, S("--")) || word.len == 2) {
			*list_add(sh->arena, &sh->words, str) = word;
			continue;
		}
		str name, value;
		bool joined = str_cut(str_from(word, 2), '=', &name, &value);
		if (count == 100)
			return snprintf(why, 200, "too many options"), false;
		seen[count].name = name;
		seen[count].value = joined ? text_c(sh->arena, value) : NULL;
		/* Whether the next word is its value is known once the command is: look it up in every command's options. */
		const struct shell_option *o = option_find(globals, name);
		for (const struct shell_command *const *e = __start_wijzer_commands; !o && e < __stop_wijzer_commands; e++)
			o = option_find((*e)->options, name);
		if (!o)
			return snprintf(why, 200, "there is no option --%.*s", (int)(name.len > 60 ? 60 : name.len), name.at), false;
		if (o->value && !joined) {
			if (i + 1 == argc)
				return snprintf(why, 200, "--%s needs a value: %s", o->name, o->value), false;
			seen[count].value = argv[++i];
		} else if (!o->value && joined) {
			return snprintf(why, 200, "--%s takes no value", o->name), false;
		}
		count++;
	}
	str first = shell_word(sh, 0), second = shell_word(sh, 1);
	const struct shell_command *two = second.len ? command_find(text_format(sh->arena, S_FMT "_" S_FMT, S_ARG(first), S_ARG(second))) : NULL;
	sh->command = two ? two : command_find(first);
	size_t used = two ? 2 : sh->command ? 1 : 0;
	sh->words.at = list_of(sh->words, str) + used;
	sh->words.count -= used;
	sh->words.room = sh->words.count;
	for (size_t i = 0; i < count; i++) {
		if (sh->command && !option_find(globals, seen[i].name) && !option_find(sh->command->options, seen[i].name))
			return snprintf(why, 200, "%s has no option --%.*s", sh->command->name, (int)seen[i].name.len, seen[i].name.at), false;
		*list_add(sh->arena, &sh->options, struct given) = (struct given){ seen[i].name, str_of(seen[i].value ? seen[i].value : "1") };
	}
	return true;
}

static enum language language_of(const struct shell *sh)
{
	str wanted = shell_option(sh, S("language")), lang = str_of(getenv("LANG"));
	return str_starts(wanted.at ? wanted : lang, S("nl")) ? NL : EN;
}

static void broken_say(const struct ctx *c, const char *what)
{
	fprintf(stderr, "event=broken id=" S_FMT " what=\"%s\"\n", S_ARG(c->request_id), what);
}

enum exit shell_database(struct shell *sh, bool create, const struct web_settings *settings)
{
	char why[400] = "";
	bool sqlite = str_starts(sh->url, S("sqlite:"));
	struct store_settings s = { .url = sh->url, .readers = web_readers(sqlite, settings->loops, settings->hashers), .writers = 4, .may_create = create,
		.beside = !settings->loops };
	seal_folder_set(shell_keys_folder(sh));
	enum status status = store_open(&s, &sh->store, why);
	if (status == OK)
		status = store_migrate(sh->store, sh->app->schemas, why);
	if (status == OK) {
		struct web_settings w = *settings;
		w.app = sh->app;
		w.assets = sh->assets;
		w.store = sh->store;
		status = web_new(&w, &sh->web, why);
	}
	if (status == OK && !settings->url.len && !settings->own_url.len)
		web_served_load(sh->web, sh->arena);
	if (status != OK)
		shell_say(sh, "wijzer: %s", why);
	return exit_of(status);
}

static enum exit run(struct shell *sh, int argc, char **argv)
{
	char why[200] = "";
	if (!line_read(sh, argc, argv, why))
		return shell_usage(sh, why);
	sh->c.language = language_of(sh);
	sh->unprotected = shell_has(sh, S("unprotected"));
	sh->by.as = shell_option(sh, S("as"));
	context_fresh(sh);
	if (!sh->command && shell_has(sh, S("help")))
		sh->command = command_find(S("help"));
	if (!sh->command)
		return shell_usage(sh, sh->words.count ? "there is no such command; wijzer help lists them" : "wijzer help lists the commands");
	if (shell_has(sh, S("help")) && strcmp(sh->command->name, "help")) {
		command_help(sh, stdout, sh->command);
		return DONE;
	}
	str db = shell_option(sh, S("db")), other = str_of(getenv("WIJZER_DB"));
	sh->url = db.at ? db : other.len ? other : S("sqlite:wijzer.db");
	if (sh->command->needs != NEEDS_NO_DATABASE) {
		struct web_settings settings = { .language = sh->c.language };
		enum exit e = shell_database(sh, sh->command->needs == MAKES_DATABASE, &settings);
		bool strict = sh->command->keys == KEYS_STRICT || sh->command->needs == MAKES_DATABASE;
		if (e == DONE && sh->command->keys != KEYS_LATER)
			e = shell_keys_open(sh, strict, shell_has(sh, S("new-keys")));
		if (e != DONE)
			return e;
		context_fresh(sh);
	}
	return sh->command->run(sh);
}

int shell_main(const struct shell_program *p, int argc, char **argv)
{
	if (!token_start())
		return FAULT;
	broken_hook = broken_say;
	struct shell sh = { .arena = arena_new(), .app = p->app, .assets = p->assets };
	enum exit e = run(&sh, argc, argv);
	shell_flush(&sh);
	if (sh.web)
		web_free(sh.web);
	if (sh.store)
		store_close(sh.store);
	buffer_done(&sh.out);
	arena_free(sh.arena);
	return e;
}

COMMAND(help, "[COMMAND]", "The commands, or what one of them takes.", OPTIONS(), .needs = NEEDS_NO_DATABASE)
{
	const struct shell_command *one = sh->words.count ? command_find(sh->words.count > 1
		? text_format(sh->arena, S_FMT "_" S_FMT, S_ARG(shell_word(sh, 0)), S_ARG(shell_word(sh, 1))) : shell_word(sh, 0)) : NULL;
	if (!one && sh->words.count > 1)                         /* "import people": one command for every kind */
		one = command_find(shell_word(sh, 0));
	if (sh->words.count && !one) {
		shell_say(sh, "wijzer: there is no command " S_FMT, S_ARG(shell_word(sh, 0)));
		return MISSING;
	}
	if (one) {
		command_help(sh, stdout, one);
		return DONE;
	}
	puts("Wijzer: continuous learning as one measured loop.\n");
	size_t count = (size_t)(__stop_wijzer_commands - __start_wijzer_commands);
	const struct shell_command **all = arena_array_of(sh->arena, const struct shell_command *, count);
	for (size_t i = 0; i < count; i++) {                    /* insertion by name: some thirty commands */
		size_t at = i;
		for (; at && strcmp(all[at - 1]->name, __start_wijzer_commands[i]->name) > 0; at--)
			all[at] = all[at - 1];
		all[at] = __start_wijzer_commands[i];
	}
	for (size_t i = 0; i < count; i++)
		printf("  %-18.*s %s\n", S_ARG(shown_name(sh->arena, all[i])), all[i]->doc);
	puts("\nBefore or after the command:");
	for (const struct shell_option *o = globals; o->name; o++)
		option_print(stdout, o);
	return DONE;
}
