/* seal.c - sealing and opening under somebody's key, and the vault's own beginning and end. */
#include "inside.h"
#include "vault/vault.words.h"
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES, PAD = 64, VERSION = 1 };

/* ---- Bytes under a key ---- */

void bytes_seal(unsigned char *into, const unsigned char key[VAULT_KEY], str ad, str plain)
{
	randombytes_buf(into, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(into + NONCE, NULL, (const unsigned char *)plain.at, plain.len,
		(const unsigned char *)ad.at, ad.len, NULL, into, key);
}

bool bytes_open(unsigned char *into, const unsigned char key[VAULT_KEY], str ad, const unsigned char *sealed, size_t len)
{
	return len >= NONCE + TAG && !crypto_aead_xchacha20poly1305_ietf_decrypt(into, NULL, NULL, sealed + NONCE, len - NONCE,
		(const unsigned char *)ad.at, ad.len, sealed, key);
}

/* ---- Opening the vault ---- */

static enum status belongs_check(struct vault *v, const struct vault_settings *s, char why[VAULT_WHY])
{
	char whose[100];
	if (!keys_are_under(v->db, v->secrets->installation, s->adopt))
		return vault_because(why, INVALID, "the key file %s is not the one that %s was made with", s->key, s->keys);
	enum status status = keys_meta(v->db, "database", whose, sizeof whose);
	if (status == NOT_FOUND || (status == OK && strcmp(whose, v->database) && keys_are_empty(v->db)))
		return keys_meta_put(v->db, "database", v->database) == OK ? OK : vault_because(why, BROKEN, "%s cannot be written", s->keys);
	if (status != OK)
		return vault_because(why, BROKEN, "%s cannot be read", s->keys);
	return strcmp(whose, v->database) ? vault_because(why, CONFLICT, "the keys %s belong to another database", s->keys) : OK;
}

/* So that a command beside the server finds the key without being told. A credential's path is good for one start only. */
static enum status key_seen_put(sqlite3 *db, const struct vault_settings *s)
{
	char seen[PATH_MAX], whole[PATH_MAX];
	if (s->lent || !realpath(s->key, whole) || (keys_meta(db, "key-file", seen, sizeof seen) == OK && !strcmp(seen, whole)))
		return OK;
	return keys_meta_put(db, "key-file", whole);
}

str vault_key_seen(struct arena *a, const char *keys)
{
	char why[VAULT_WHY], seen[PATH_MAX];
	sqlite3 *db;
	if (keys_open_file(keys, false, &db, why) != OK)
		return (str){ 0 };
	enum status status = keys_meta(db, "key-file", seen, sizeof seen);
	sqlite3_close(db);
	return status == OK ? text_copy(a, str_of(seen)) : (str){ 0 };
}

enum status vault_new(const struct vault_settings *s, struct vault **vault, char why[VAULT_WHY])
{
	struct vault *v = calloc(1, sizeof *v);
	if (!v || !(v->secrets = sodium_malloc(sizeof *v->secrets)) || !(v->database = strndup(s->database.at, s->database.len)))
		abort();
	memset(v->secrets, 0, sizeof *v->secrets);
	v->locked = !sodium_mlock(v->secrets, sizeof *v->secrets);
	sodium_memzero(v->secrets, sizeof *v->secrets);
	pthread_mutex_init(&v->lock, NULL);
	enum status status = key_file_read(s->key, s->lent, v->secrets->installation, why);
	if (status == OK)
		status = keys_open_file(s->keys, s->make, &v->db, why);
	if (status == OK)
		status = belongs_check(v, s, why);
	if (status == OK && (status = key_seen_put(v->db, s)) != OK)
		vault_because(why, status, "%s cannot be written: %s", s->keys, sqlite3_errmsg(v->db));
	if (status == OK)
		*vault = v;
	else
		vault_free(v);
	return status;
}

void vault_free(struct vault *v)
{
	if (!v)
		return;
	sqlite3_close(v->db);
	sodium_free(v->secrets);                               /* overwritten first, and unlocked */
	pthread_mutex_destroy(&v->lock);
	free(v->database);
	free(v);
}

bool vault_is_locked_in_memory(const struct vault *v)
{
	return v->locked;
}

int64_t vault_count(struct vault *v)
{
	pthread_mutex_lock(&v->lock);
	sqlite3_stmt *s = keys_ask(v->db, "select count(*) from held", NULL, 0);
	int64_t n = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
	sqlite3_finalize(s);
	pthread_mutex_unlock(&v->lock);
	return n;
}

bool vault_is_open(const struct ctx *c)
{
	return c->vault != NULL;
}

enum status vault_ready(struct ctx *c)
{
	return c->vault ? OK : refuse(c, CONFLICT, "keys-missing", W(vault_missing));
}

/* ---- Sealing ---- */

static enum status person_key(struct ctx *c, int64_t person, bool make, unsigned char key[VAULT_KEY])
{
	TRY(vault_ready(c));
	pthread_mutex_lock(&c->vault->lock);
	enum status status = key_take(c->vault, person, make, key);
	char said[200];
	snprintf(said, sizeof said, "%s", status == BROKEN ? sqlite3_errmsg(c->vault->db) : "");
	pthread_mutex_unlock(&c->vault->lock);
	return status == BROKEN ? broken(c, "the keys cannot be used: %s", said) : status;
}

/* What sealed bytes are bound to: nothing in it can be read as something else, for kinds are names without spaces. */
static str bound_to(struct arena *a, int64_t person, const char *what, int64_t id)
{
	return text_format(a, "wijzer-%d %" PRId64 " %s %" PRId64, VERSION, person, what, id);
}

enum status vault_seal(struct ctx *c, int64_t person, const char *what, int64_t id, str plain, str *sealed)
{
	unsigned char key[VAULT_KEY];
	if (!plain.at) {
		*sealed = (str){ 0 };
		return OK;
	}
	if (plain.len > VAULT_PLAIN_MAX)
		return refuse(c, INVALID, "too-long", W(vault_too_long));
	enum status status = person_key(c, person, true, key);
	if (status == FORBIDDEN)
		return broken(c, "something is sealed for person %" PRId64 ", whose key was destroyed", person);
	TRY(status);
	size_t padded, room = plain.len + PAD;
	unsigned char *body = arena_take(c->arena, room), *out = arena_take(c->arena, 1 + NONCE + room + TAG);
	memcpy(body, plain.at, plain.len);
	sodium_pad(&padded, body, plain.len, PAD, room);
	out[0] = VERSION;
	bytes_seal(out + 1, key, bound_to(c->arena, person, what, id), (str){ (const char *)body, padded });
	sodium_memzero(key, sizeof key);
	sodium_memzero(body, room);
	*sealed = (str){ (const char *)out, 1 + NONCE + padded + TAG };
	return OK;
}

enum status vault_open(struct ctx *c, int64_t person, const char *what, int64_t id, str sealed, str *plain)
{
	unsigned char key[VAULT_KEY];
	if (!sealed.at) {
		*plain = (str){ 0 };
		return OK;
	}
	TRY(person_key(c, person, false, key));
	size_t len = sealed.len < 1 + NONCE + TAG ? 0 : sealed.len - 1 - NONCE - TAG, plain_len;
	unsigned char *body = arena_take(c->arena, len + 1);
	bool good = len && sealed.at[0] == VERSION
		&& bytes_open(body, key, bound_to(c->arena, person, what, id), (const unsigned char *)sealed.at + 1, sealed.len - 1)
		&& !sodium_unpad(&plain_len, body, len, PAD);
	sodium_memzero(key, sizeof key);
	if (!good)
		return INVALID;
	body[plain_len] = 0;
	*plain = (str){ (const char *)body, plain_len };
	return OK;
}

/* ---- Ending ---- */

enum status vault_destroy(struct vault *v, int64_t person, instant at)
{
	pthread_mutex_lock(&v->lock);
	enum status status = key_destroy(v, person, at.ms);
	pthread_mutex_unlock(&v->lock);
	return status;
}

enum status vault_erased(struct vault *v, struct arena *a, list *erased)
{
	pthread_mutex_lock(&v->lock);
	sqlite3_stmt *s = keys_ask(v->db, "select person, at from ended order by person", NULL, 0);
	int code = SQLITE_ERROR;
	while (s && (code = sqlite3_step(s)) == SQLITE_ROW)
		*list_add(a, erased, struct vault_erased) = (struct vault_erased){ sqlite3_column_int64(s, 0), { sqlite3_column_int64(s, 1) } };
	sqlite3_finalize(s);
	pthread_mutex_unlock(&v->lock);
	return code == SQLITE_DONE ? OK : BROKEN;
}
