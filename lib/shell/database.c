/* database.c - making, saving, taking back and checking what is kept. */
#include "shell.h"
#include <inttypes.h>
#include <unistd.h>

COMMAND(init, "[--new-keys]", "Makes an empty database with its keys, or brings one up to date.",
	OPTIONS({ "new-keys", NULL, "the old keys or key file are lost: begins anew; what people sealed stays closed" }), .needs = MAKES_DATABASE)
{
	shell_say(sh, "wijzer: " S_FMT " is ready", S_ARG(sh->url));
	if (shell_key_is_beside(sh))
		shell_say(sh, "wijzer: the key file %s lies beside the data, which is fine to try with and not to work with: whoever copies that folder, or a backup of it, can read what people "
			"keep for themselves. Before anybody writes, move it to a folder of its own and begin again with --key-file (or WIJZER_KEY_FILE) naming it there.", shell_keys(sh).key);
	return DONE;
}

static enum exit told(struct shell *sh, enum status status, const char *why)
{
	if (status == OK)
		return DONE;
	if (why[0])
		shell_say(sh, "wijzer: %s", why);
	return status == BUSY ? LOCKED : status == NOT_FOUND ? MISSING : status == BROKEN || status == FULL ? FAULT : REFUSED;
}

COMMAND(backup, "FILE", "Writes everything but the keys into one SQLite file, while people work.", OPTIONS())
{
	char why[400] = "";
	if (!shell_need_words(sh, 1))
		return USAGE;
	return told(sh, store_backup(sh->store, shell_word(sh, 0), why), why);
}

/* What is restored may be older than an erasure: the keys know of it, and it is done again before anybody is served. Without any keys new ones are
 * made, so that all else works; the old ones can still come. */
static enum exit keys_after_restore(struct shell *sh)
{
	struct web_settings settings = { .language = sh->c.language };
	struct web_keys k = shell_keys(sh);
	bool none = access(k.key, F_OK) && access(k.keys, F_OK);
	web_free(sh->web);
	store_close(sh->store);
	sh->web = NULL;
	sh->store = NULL;
	enum exit e = shell_database(sh, false, &settings);
	if (e == DONE && none)
		shell_say(sh, "wijzer: there are no keys here. What people sealed stays closed until wijzer restore-keys, with the key file that belongs to it.");
	if (e == DONE && shell_keys_open(sh, true, none) != DONE)
		shell_say(sh, "wijzer: the database is restored, but not served before this is mended");
	return e;
}

COMMAND(restore, "FILE [--replace]", "Takes a backup into an empty database, or with --replace instead of what is there.",
	OPTIONS({ "replace", NULL, "what is there is lost" }), .needs = MAKES_DATABASE, .keys = KEYS_LATER)
{
	char why[400] = "";
	if (!shell_need_words(sh, 1))
		return USAGE;
	enum exit e = told(sh, store_restore(sh->store, shell_word(sh, 0), shell_has(sh, S("replace")), why), why);
	return e == DONE ? keys_after_restore(sh) : e;
}

struct sums { list lines; struct arena *arena; };

static void sum_keep(void *of, str table, int64_t rows, str checksum)
{
	struct sums *s = of;
	*list_add(s->arena, &s->lines, str) = text_format(s->arena, "%-24.*s %10" PRId64 " " S_FMT, S_ARG(table), rows, S_ARG(checksum));
}

COMMAND(verify, "[FILE]", "Counts and checksums every table; with a backup file, compares the two.", OPTIONS())
{
	char why[400] = "";
	struct sums here = { .arena = sh->arena }, there = { .arena = sh->arena };
	enum status status = store_verify(sh->store, sum_keep, &here, why);
	if (status != OK || !sh->words.count) {
		for (each(str, line, here.lines))
			buffer_add_format(&sh->out, S_FMT "\n", S_ARG(*line));
		return told(sh, status, why);
	}
	status = store_verify_file(shell_word(sh, 0), sum_keep, &there, why);
	if (status != OK)
		return told(sh, status, why);
	size_t differ = 0;
	for (size_t i = 0; i < here.lines.count || i < there.lines.count; i++) {
		str a = i < here.lines.count ? *list_item(here.lines, str, i) : S("-"), b = i < there.lines.count ? *list_item(there.lines, str, i) : S("-");
		bool same = str_eq(a, b);
		differ += !same;
		buffer_add_format(&sh->out, "%s " S_FMT "\n", same ? " " : "<", S_ARG(a));
		if (!same)
			buffer_add_format(&sh->out, "> " S_FMT "\n", S_ARG(b));
	}
	shell_say(sh, differ ? "wijzer: %zu tables differ" : "wijzer: the same through and through", differ);
	return differ ? REFUSED : DONE;
}
