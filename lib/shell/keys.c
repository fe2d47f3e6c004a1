/* keys.c - where keys and their key file lie, and copying them apart from every backup of the database. */
#include "shell.h"
#include "vault/vault.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "sqlite:/data/wijzer.db" and "postgresql://…/wijzer?…" both have a name: "/data/wijzer.db" and "wijzer". */
static str name_of(str url)
{
	str before, rest;
	if (str_starts(url, S("sqlite:")))
		return str_from(url, 7);
	str_cut(url, '?', &before, &rest);
	size_t at = before.len;
	while (at && before.at[at - 1] != '/')
		at--;
	return at < before.len ? str_from(before, at) : S("wijzer");
}

str shell_keys_folder(struct shell *sh)
{
	str given = shell_option(sh, S("keys")), set = str_of(getenv("WIJZER_KEYS"));
	return given.len ? given : set.len ? set : text_format(sh->arena, S_FMT ".keys", S_ARG(name_of(sh->url)));
}

/* --key-file, WIJZER_KEY_FILE, systemd's credential, where keys.db saw it last, beside the database. */
static void key_path_find(struct shell *sh, struct web_keys *k)
{
	str given = shell_option(sh, S("key-file")), set = str_of(getenv("WIJZER_KEY_FILE")), lent = str_of(getenv("CREDENTIALS_DIRECTORY"));
	if (given.len || set.len) {
		k->key = text_c(sh->arena, given.len ? given : set);
		return;
	}
	k->key = text_format(sh->arena, S_FMT "/wijzer.key", S_ARG(lent)).at;
	k->lent = lent.len && !access(k->key, F_OK);
	if (k->lent)
		return;
	str seen = vault_key_seen(sh->arena, k->keys);
	str name = name_of(sh->url);
	name.len -= str_ends(name, S(".db")) ? 3 : 0;
	k->key = seen.len ? seen.at : text_format(sh->arena, S_FMT ".key", S_ARG(name)).at;
}

struct web_keys shell_keys(struct shell *sh)
{
	struct web_keys k = { 0 };
	k.keys = text_format(sh->arena, S_FMT "/keys.db", S_ARG(shell_keys_folder(sh))).at;
	key_path_find(sh, &k);
	return k;
}

const char *shell_folder_of(struct arena *a, str path)
{
	size_t at = path.len;
	while (at && path.at[at - 1] != '/')
		at--;
	return at > 1 ? text_c(a, str_until(path, at - 1)) : at ? "/" : ".";
}

bool shell_key_is_beside(struct shell *sh)
{
	struct web_keys k = shell_keys(sh);
	const char *folder = shell_folder_of(sh->arena, str_of(k.key));
	return !strcmp(folder, shell_folder_of(sh->arena, str_of(k.keys)))
		|| (str_starts(sh->url, S("sqlite:")) && !strcmp(folder, shell_folder_of(sh->arena, str_from(sh->url, 7))));
}

enum exit shell_keys_open(struct shell *sh, bool make, bool renew)
{
	char why[400] = "";
	str said;
	struct web_keys k = shell_keys(sh);
	k.make = make;
	k.renew = renew;
	enum status status = web_keys_open(sh->web, &k, sh->arena, &said, why);
	sh->c.vault = web_vault(sh->web);
	if (said.len)
		shell_say(sh, "wijzer: " S_FMT, S_ARG(said));
	if (status == OK || (!make && status != BUSY))
		return DONE;
	shell_say(sh, "wijzer: %s", why);
	return status == BROKEN || status == FULL ? FAULT : status == BUSY ? LOCKED : REFUSED;
}

static enum exit told(struct shell *sh, enum status status, const char *why)
{
	if (status != OK)
		shell_say(sh, "wijzer: %s", why);
	return status == OK ? DONE : status == NOT_FOUND ? MISSING : status == BROKEN || status == FULL ? FAULT : REFUSED;
}

COMMAND(backup_keys, "FILE", "Copies people's keys into a file, apart from any backup. Destroy it within 30 days.", OPTIONS(), .keys = KEYS_STRICT)
{
	char why[400] = "";
	if (!shell_need_words(sh, 1))
		return USAGE;
	enum status status = vault_backup(web_vault(sh->web), text_c(sh->arena, shell_word(sh, 0)), sh->c.now, why);
	if (status == OK)
		shell_say(sh, "wijzer: keep it apart from the backups and from the key file, and destroy it before " S_FMT ": until then erasing somebody is not final",
			S_ARG(date_iso(sh->arena, date_add_days(sh->c.today, KEYS_DAYS_MAX))));
	return told(sh, status, why);
}

COMMAND(restore_keys, "FILE [--older]", "Adds from such a copy what keys are missing here; whoever was erased stays erased.",
	OPTIONS({ "older", NULL, "also from a copy of more than 30 days" }), .keys = KEYS_LATER)
{
	char why[400] = "";
	struct vault_restored r = { 0 };
	int64_t again = 0;
	if (!shell_need_words(sh, 1))
		return USAGE;
	struct web_keys k = shell_keys(sh);
	if (access(k.key, F_OK)) {
		shell_say(sh, "wijzer: the key file %s is not there. A copy of keys opens only with the key file under which it was made: name it with --key-file.", k.key);
		return REFUSED;
	}
	str said;
	k.make = k.restoring = true;
	enum status status = web_keys_open(sh->web, &k, sh->arena, &said, why);
	if (status == OK)
		status = vault_restore(web_vault(sh->web), text_c(sh->arena, shell_word(sh, 0)), sh->c.now, shell_has(sh, S("older")), &r, why);
	if (status == OK && (status = web_keys_agree(sh->web, &again)) != OK)
		snprintf(why, sizeof why, "the keys are back, but who was erased cannot be compared with the database; wijzer serve tries it again");
	if (status == OK)
		shell_say(sh, "wijzer: %" PRId64 " keys added, %" PRId64 " others kept as they are here, %" PRId64 " persons erased again; destroy the copy now", r.added, r.kept, again);
	return told(sh, status, why);
}
