/* inside.h - what the files of lib/vault know of each other. */
#pragma once
#include "vault.h"
#include <pthread.h>
#include <sqlite3.h>

enum { CACHE = 128, WRAPPED = 24 + VAULT_KEY + 16 };

struct cached { int64_t person, used; unsigned char key[VAULT_KEY]; };

/* What may not reach the disk lies together, in pages that are locked. */
struct secrets { unsigned char installation[VAULT_KEY]; struct cached cache[CACHE]; };

struct vault {
	pthread_mutex_t lock;                      /* one connection and one cache, for all threads */
	sqlite3 *db;
	struct secrets *secrets;
	bool locked;
	int64_t uses, data_version;                /* another process that destroys a key changes the version: then the cache goes */
	char *database;
};

/* Everything below is called with the lock held. */

enum status vault_because(char why[VAULT_WHY], enum status status, const char *format, ...) __attribute__((format(printf, 3, 4)));
enum status key_file_read(const char *path, bool lent, unsigned char key[VAULT_KEY], char why[VAULT_WHY]) must_use;

/* AEAD with a new nonce before the cipher text; `ad` binds. seal: into plain.len + 40 bytes. */
void bytes_seal(unsigned char *into, const unsigned char key[VAULT_KEY], str ad, str plain);
bool bytes_open(unsigned char *into, const unsigned char key[VAULT_KEY], str ad, const unsigned char *sealed, size_t len);

/* keys.c */
struct wrap_name { char at[64]; size_t len; };
struct wrap_name wrap_name(const char *database, int64_t person);   /* what a wrapped key is bound to */
enum status keys_open_file(const char *path, bool make, sqlite3 **db, char why[VAULT_WHY]) must_use;
enum status keys_meta(sqlite3 *db, const char *name, char *into, size_t room) must_use;          /* NOT_FOUND: no such line */
enum status keys_meta_put(sqlite3 *db, const char *name, const char *value) must_use;
bool keys_are_empty(sqlite3 *db);                      /* nobody has one and nobody had */
/* Whether the installation's key is the one these were wrapped under. */
bool keys_are_under(sqlite3 *db, const unsigned char installation[VAULT_KEY], bool adopt);
/* The person's key: from the cache, else from the file, else made if `make`. NOT_FOUND: none; FORBIDDEN: it was destroyed. */
enum status key_take(struct vault *v, int64_t person, bool make, unsigned char key[VAULT_KEY]) must_use;
enum status key_destroy(struct vault *v, int64_t person, int64_t at_ms) must_use;
int keys_run(sqlite3 *db, const char *text);
/* One statement with whole numbers and at most one blob (as the last); an SQLite result code of the step. */
sqlite3_stmt *keys_ask(sqlite3 *db, const char *text, const int64_t *numbers, int count);
