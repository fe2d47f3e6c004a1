/* vault.h - text that only its owner's own key opens: sealed before it reaches the database, opened for its owner.
 *
 * Every person has a key of their own. It lies, wrapped under the installation's key, in a small file beside the database
 * (keys.db, never in it and never in `wijzer backup`); the installation's key lies in a third place (--key-file). A feature
 * sees neither: it seals and opens, and what it stores is bytes.
 *
 *     TRY(store_one(c, card_put, &card, &card));                          // gets its id
 *     TRY(vault_seal(c, c->me.person, "practice-card", card.id, card.front, &card.sealed));
 *     TRY(store_run(c, card_seal, &card, NULL));                          // … set sealed = :sealed{blob}
 *
 *     TRY(vault_open(c, c->me.person, "practice-card", card.id, card.sealed, &card.front));
 *
 * Person, kind and id are bound to what is sealed (associated data): a row moved to another person, kind or id does not open.
 * Whose key it is decides who can read, so give c->me.person and nobody else's, unless the owner shared it: what is shared is
 * stored plainly, apart, and goes when sharing is withdrawn.
 *
 * Keys of something that is readable for a while only, such as the answers of a survey's round, are lib/seal's.
 *
 * Sealing is fine in a body that runs twice: making a key is get-or-make, and a key nobody used harms nobody. Destroying is
 * not: it waits for the commit. See key_forget in lib/web/keys.h.
 */
#pragma once
#include "base/context.h"

/* What may be sealed at once: a file of 10 MB and its name fit. */
enum { VAULT_PLAIN_MAX = 16 * 1024 * 1024, VAULT_OVERHEAD = 1 + 24 + 16 + 64 };

/* Whether there are keys here, refusing with what to do when there are not: for a page that wants to say so before somebody types.
 * vault_seal and vault_open ask it themselves. CONFLICT, "keys-missing". */
enum status vault_ready(struct ctx *c) must_use;
bool vault_is_open(const struct ctx *c);

/* vault_seal: XChaCha20-Poly1305 with a nonce of its own each time, padded to a multiple of 64 bytes so that a length says little.
 * No text seals to no text. CONFLICT (refused) without keys; BROKEN for somebody whose key was destroyed. */
enum status vault_seal(struct ctx *c, int64_t person, const char *what, int64_t id, str plain, str *sealed) must_use;
/* vault_open: no text opens to no text. NOT_FOUND (nothing refused): the person's key is gone for good. INVALID (nothing refused):
 * these bytes were not sealed for this person, kind and id, or have been changed. The caller says either in its own words. */
enum status vault_open(struct ctx *c, int64_t person, const char *what, int64_t id, str sealed, str *plain) must_use;

/* ---- The house's side: lib/web, lib/shell and tests. Features need nothing below. ---- */

struct vault;
enum { VAULT_KEY = 32, VAULT_WHY = 400, KEYS_DAYS_MAX = 30 };

/* The installation's key, in a file of one line: 32 random bytes. */
enum status vault_key_make(const char *path, char why[VAULT_WHY]) must_use;                    /* 0600; CONFLICT when there is a file */
/* NOT_FOUND: no file. FORBIDDEN: others can read it. INVALID: it is no key. `lent`: by systemd, whose mode shows its access list. */
enum status vault_key_check(const char *path, bool lent, char why[VAULT_WHY]) must_use;

struct vault_settings {
	const char *keys, *key;            /* paths of keys.db and of the installation's key */
	bool lent;                         /* the key is a systemd credential */
	bool make;                         /* make keys.db when it is not there */
	bool adopt;                        /* a keys.db with nothing in it takes this key, whatever it was made with: a copy follows */
	str database;                      /* the database's own name for itself: keys belong to one */
};
/* vault_new: NOT_FOUND: no keys.db or no key file. FORBIDDEN, INVALID as above; INVALID also when it is another key than keys.db was
 * wrapped under. CONFLICT: these keys belong to another database. */
enum status vault_new(const struct vault_settings *s, struct vault **vault, char why[VAULT_WHY]) must_use;
void vault_free(struct vault *v);
bool vault_is_locked_in_memory(const struct vault *v);     /* keys cannot be swapped out; the machine may not allow it */
str vault_key_seen(struct arena *a, const char *keys);     /* where the key file of this keys.db lay last; no text when that is not known */
int64_t vault_count(struct vault *v);                      /* of persons with a key; -1 when it cannot be read */

/* vault_destroy: the key goes, and none is ever made for this person again. Twice is fine. */
enum status vault_destroy(struct vault *v, int64_t person, instant at) must_use;
struct vault_erased { int64_t person; instant at; };
enum status vault_erased(struct vault *v, struct arena *a, list *erased) must_use;              /* of struct vault_erased, by person */

/* vault_backup: persons' keys as they lie here, wrapped, with the list of who was erased, into a new file. CONFLICT when there is one. */
enum status vault_backup(struct vault *v, const char *path, instant now, char why[VAULT_WHY]) must_use;
/* vault_restore: adds what is missing here from such a file; who was erased in either stays erased. CONFLICT: older than
 * KEYS_DAYS_MAX days and not `older`, or of another database. INVALID: under another key, or no such file. */
struct vault_restored { int64_t added, kept, erased; instant made; };
enum status vault_restore(struct vault *v, const char *path, instant now, bool older, struct vault_restored *out, char why[VAULT_WHY]) must_use;
