/* shell.h - the same operations from a terminal: commands, options, exit codes.
 *
 *     COMMAND(gap, "--by unit|role|skill|person [--unit PATH] …",
 *             "Where the skills are that are needed, and where not.",
 *             OPTIONS({ "by", "KEY", "group by" }, { "dutch", NULL, "semicolon and decimal comma" }))
 *     {
 *             …
 *             return shell_finish(sh, status);
 *     }
 *
 * Global options (--db, --as, --unprotected, --language) stand before or after the command.
 * Standard output carries results and nothing else; messages go to standard error.
 */
#pragma once
#include "web/web.h"

enum exit { DONE = 0, REFUSED = 1, USAGE = 2, MISSING = 3, DENIED = 4, LOCKED = 5, FAULT = 70 };

struct shell_option { const char *name, *value, *doc; };       /* value NULL: a switch; ended by no name */

/* How much of the program a command needs before it starts. */
enum shell_needs { NEEDS_DATABASE, NEEDS_NO_DATABASE, MAKES_DATABASE };
/* And of the keys. By default: opened when they are there; made with the database by MAKES_DATABASE. */
enum shell_needs_keys { KEYS_IF_THERE, KEYS_STRICT, KEYS_LATER };

struct shell {
	struct arena *arena;
	struct ctx c;                      /* fresh for the command; shell_call makes its own per call */
	struct web *web;                   /* NULL with NEEDS_NO_DATABASE */
	struct store *store;
	const struct web_app *app;
	const struct asset *assets;
	const struct shell_command *command;
	list words;                        /* of str: what is neither option nor command */
	list options;                      /* of struct given */
	str url;                           /* of the database */
	struct web_credentials by;
	bool unprotected;
	struct buffer out;                 /* written to standard output by shell_flush and at the end */
};

struct shell_command {
	const char *name, *usage, *doc;
	const struct shell_option *options;
	enum shell_needs needs;
	enum shell_needs_keys keys;
	enum exit (*run)(struct shell *sh);
};

#define OPTIONS(...) ((const struct shell_option[]){ __VA_ARGS__ __VA_OPT__(,) { 0 } })
/* A name with a space is a command of two words: "import people" is import_people. */
#define COMMAND(name_, usage_, doc_, options_, ...) \
	static enum exit name_##_command(struct shell *sh); \
	static const struct shell_command name_##_entry = { .name = #name_, .usage = usage_, .doc = doc_, .options = options_, .run = name_##_command, __VA_ARGS__ }; \
	static const struct shell_command *const name_##_command_listed __attribute__((used, section("wijzer_commands"))) = &name_##_entry; \
	static enum exit name_##_command(struct shell *sh)

/* The value of an option; no text when it was not given. A switch that was given has the value "1". */
str shell_option(const struct shell *sh, str name);
bool shell_has(const struct shell *sh, str name);
str shell_word(const struct shell *sh, size_t i);               /* no text when there are fewer */
/* shell_need_words: USAGE with the command's usage unless there are exactly n. */
bool shell_need_words(struct shell *sh, size_t n);

/* Runs an operation as the person of --as, or unprotected. `given` are struct given. */
enum status shell_call(struct shell *sh, const char *operation, const list *given, void **out) must_use;
void shell_give(struct shell *sh, list *given, str name, str value);     /* adds to given, unless value is no text */

/* shell_database: opens sh->url and everything above it; commands that say what they need get this before they run. */
enum exit shell_database(struct shell *sh, bool create, const struct web_settings *settings);
/* Where the folder of keys, keys.db in it, and the key file are, by the options; and opening them: with `make` what cannot be opened is said and refused. */
str shell_keys_folder(struct shell *sh);
struct web_keys shell_keys(struct shell *sh);
const char *shell_folder_of(struct arena *a, str path);
/* The key file lies in one folder with the database or the keys: whoever copies that folder can open everything. */
bool shell_key_is_beside(struct shell *sh);
enum exit shell_keys_open(struct shell *sh, bool make, bool renew);
void shell_flush(struct shell *sh);
void shell_say(struct shell *sh, const char *format, ...) __attribute__((format(printf, 2, 3)));   /* one line on standard error */
enum exit shell_usage(struct shell *sh, const char *what);
/* What a status means for a terminal: prints what sh->c says is wrong, and gives the exit code. */
enum exit shell_finish(struct shell *sh, enum status status);

/* main's one call. */
struct shell_program {
	const struct web_app *app;
	const struct asset *assets;
};
int shell_main(const struct shell_program *p, int argc, char **argv);
