/* keys.c - keys.db: one wrapped key a person, who was erased, and to which database it all belongs. */
#include "inside.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A key that goes is overwritten where it lay (secure_delete), and no log of changes stays behind: the journal is removed with each commit. */
static const char opening[] = "pragma secure_delete = on; pragma journal_mode = delete; pragma synchronous = extra; pragma temp_store = memory; pragma trusted_schema = off";
static const char tables[] =
	"create table if not exists meta (name text primary key, value text not null) strict, without rowid;"
	"create table if not exists held (person integer primary key, wrapped blob not null) strict;"
	"create table if not exists ended (person integer primary key, at integer not null) strict;"
	"pragma application_id = 0x57696a6b";

enum { WAIT_MS = 10000 };

int keys_run(sqlite3 *db, const char *text)
{
	return sqlite3_exec(db, text, NULL, NULL, NULL);
}

sqlite3_stmt *keys_ask(sqlite3 *db, const char *text, const int64_t *numbers, int count)
{
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(db, text, -1, &s, NULL))
		return NULL;
	for (int i = 0; i < count; i++)
		sqlite3_bind_int64(s, i + 1, numbers[i]);
	return s;
}

enum status keys_open_file(const char *path, bool make, sqlite3 **db, char why[VAULT_WHY])
{
	*db = NULL;
	bool there = !access(path, F_OK);
	if (!there && !make)
		return vault_because(why, NOT_FOUND, "the keys %s are not there", path);
	if (!there) {
		char folder[PATH_MAX];
		snprintf(folder, sizeof folder, "%s", path);
		if (mkdir(dirname(folder), 0700) && errno != EEXIST)
			return vault_because(why, BROKEN, "the folder of keys %s cannot be made: %s", folder, strerror(errno));
		int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (file < 0)
			return vault_because(why, BROKEN, "the keys %s cannot be made: %s", path, strerror(errno));
		close(file);
	}
	enum status status = OK;
	if (sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL))
		status = vault_because(why, BROKEN, "the keys %s cannot be opened: %s", path, *db ? sqlite3_errmsg(*db) : "no memory");
	if (status == OK) {
		sqlite3_busy_timeout(*db, WAIT_MS);
		if (keys_run(*db, opening) || (make && keys_run(*db, tables)) || keys_run(*db, "select name from meta limit 1"))
			status = vault_because(why, INVALID, "%s is no file of keys: %s", path, sqlite3_errmsg(*db));
	}
	if (status != OK) {
		sqlite3_close(*db);
		*db = NULL;
		if (!there)
			unlink(path);
	}
	return status;
}

enum status keys_meta(sqlite3 *db, const char *name, char *into, size_t room)
{
	enum status status = NOT_FOUND;
	sqlite3_stmt *s = keys_ask(db, "select value from meta where name = ?1", NULL, 0);
	if (!s)
		return BROKEN;
	sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
	int code = sqlite3_step(s);
	if (code == SQLITE_ROW) {
		snprintf(into, room, "%s", (const char *)sqlite3_column_text(s, 0));
		status = OK;
	} else if (code != SQLITE_DONE) {
		status = BROKEN;
	}
	sqlite3_finalize(s);
	return status;
}

enum status keys_meta_put(sqlite3 *db, const char *name, const char *value)
{
	sqlite3_stmt *s = keys_ask(db, "insert into meta (name, value) values (?1, ?2) on conflict (name) do update set value = excluded.value", NULL, 0);
	if (!s)
		return BROKEN;
	sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, value, -1, SQLITE_STATIC);
	int code = sqlite3_step(s);
	sqlite3_finalize(s);
	return code == SQLITE_DONE ? OK : BROKEN;
}

bool keys_are_empty(sqlite3 *db)
{
	sqlite3_stmt *s = keys_ask(db, "select not exists (select 1 from held) and not exists (select 1 from ended)", NULL, 0);
	bool empty = s && sqlite3_step(s) == SQLITE_ROW && sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return empty;
}

bool keys_are_under(sqlite3 *db, const unsigned char installation[VAULT_KEY], bool adopt)
{
	char typed[100], own[65];
	unsigned char proof[32];
	crypto_generichash(proof, sizeof proof, (const unsigned char *)"wijzer keys", 11, installation, VAULT_KEY);
	sodium_bin2hex(own, sizeof own, proof, sizeof proof);
	enum status status = keys_meta(db, "proof", typed, sizeof typed);
	if (status == NOT_FOUND)                               /* new: from now on it is this key's */
		return keys_meta_put(db, "proof", own) == OK;
	if (status == OK && adopt && strcmp(typed, own) && keys_are_empty(db))
		return keys_meta_put(db, "proof", own) == OK;
	return status == OK && !strcmp(typed, own);
}

struct wrap_name wrap_name(const char *database, int64_t person)
{
	struct wrap_name n;
	n.len = (size_t)snprintf(n.at, sizeof n.at, "%.32s %" PRId64, database, person);
	return n;
}

/* ---- Keys in memory ---- */

/* Another process may have destroyed a key: then nothing that lies here is believed any more. */
static void cache_refresh(struct vault *v)
{
	sqlite3_stmt *s = keys_ask(v->db, "pragma data_version", NULL, 0);
	int64_t now = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
	sqlite3_finalize(s);
	if (now != v->data_version || now < 0)
		sodium_memzero(v->secrets->cache, sizeof v->secrets->cache);
	v->data_version = now;
}

static struct cached *cache_find(struct vault *v, int64_t person)
{
	for (size_t i = 0; i < CACHE; i++) {
		struct cached *k = &v->secrets->cache[i];
		if (k->person == person)
			return k;
	}
	return NULL;
}

static void cache_put(struct vault *v, int64_t person, const unsigned char key[VAULT_KEY])
{
	struct cached *oldest = &v->secrets->cache[0];
	for (size_t i = 1; i < CACHE; i++)
		if (v->secrets->cache[i].used < oldest->used)
			oldest = &v->secrets->cache[i];
	*oldest = (struct cached){ .person = person, .used = ++v->uses };
	memcpy(oldest->key, key, VAULT_KEY);
}

/* ---- Keys in the file ---- */

static enum status held_read(struct vault *v, int64_t person, unsigned char key[VAULT_KEY])
{
	enum status status = NOT_FOUND;
	sqlite3_stmt *s = keys_ask(v->db, "select wrapped from held where person = ?1", &person, 1);
	if (!s)
		return BROKEN;
	int code = sqlite3_step(s);
	if (code == SQLITE_ROW) {
		struct wrap_name name = wrap_name(v->database, person);
		status = sqlite3_column_bytes(s, 0) == WRAPPED
			&& bytes_open(key, v->secrets->installation, (str){ name.at, name.len }, sqlite3_column_blob(s, 0), WRAPPED) ? OK : BROKEN;
	} else if (code != SQLITE_DONE) {
		status = BROKEN;
	}
	sqlite3_finalize(s);
	return status;
}

static enum status ended_find(struct vault *v, int64_t person, bool *ended)
{
	sqlite3_stmt *s = keys_ask(v->db, "select 1 from ended where person = ?1", &person, 1);
	int code = s ? sqlite3_step(s) : SQLITE_ERROR;
	*ended = code == SQLITE_ROW;
	sqlite3_finalize(s);
	return code == SQLITE_ROW || code == SQLITE_DONE ? OK : BROKEN;
}

static enum status held_make(struct vault *v, int64_t person, unsigned char key[VAULT_KEY])
{
	unsigned char wrapped[WRAPPED];
	bool ended;
	struct wrap_name name = wrap_name(v->database, person);
	TRY(ended_find(v, person, &ended));
	if (ended)
		return FORBIDDEN;
	enum status status = held_read(v, person, key);           /* somebody else's process may have been first */
	if (status != NOT_FOUND)
		return status;
	randombytes_buf(key, VAULT_KEY);
	bytes_seal(wrapped, v->secrets->installation, (str){ name.at, name.len }, (str){ (const char *)key, VAULT_KEY });
	sqlite3_stmt *s = keys_ask(v->db, "insert into held (person, wrapped) values (?1, ?2)", &person, 1);
	if (!s)
		return BROKEN;
	sqlite3_bind_blob(s, 2, wrapped, sizeof wrapped, SQLITE_STATIC);
	int code = sqlite3_step(s);
	sqlite3_finalize(s);
	return code == SQLITE_DONE ? OK : BROKEN;
}

enum status key_take(struct vault *v, int64_t person, bool make, unsigned char key[VAULT_KEY])
{
	cache_refresh(v);
	struct cached *k = cache_find(v, person);
	if (k) {
		k->used = ++v->uses;
		memcpy(key, k->key, VAULT_KEY);
		return OK;
	}
	enum status status = held_read(v, person, key);
	if (status == NOT_FOUND && make) {
		if (keys_run(v->db, "begin immediate"))
			return BROKEN;
		status = held_make(v, person, key);
		if (keys_run(v->db, status == OK ? "commit" : "rollback")) {
			keys_run(v->db, "rollback");
			status = BROKEN;
		}
	}
	if (status == OK)
		cache_put(v, person, key);
	return status;
}

enum status key_destroy(struct vault *v, int64_t person, int64_t at_ms)
{
	int done = SQLITE_ERROR, kept = SQLITE_ERROR;
	struct cached *k = cache_find(v, person);
	if (k)
		sodium_memzero(k, sizeof *k);
	if (keys_run(v->db, "begin immediate"))
		return BROKEN;
	sqlite3_stmt *gone = keys_ask(v->db, "delete from held where person = ?1", &person, 1);
	sqlite3_stmt *ended = keys_ask(v->db, "insert into ended (person, at) values (?1, ?2) on conflict (person) do nothing", (const int64_t[]){ person, at_ms }, 2);
	if (gone && ended) {
		done = sqlite3_step(gone);
		kept = sqlite3_step(ended);
	}
	sqlite3_finalize(gone);
	sqlite3_finalize(ended);
	if (done == SQLITE_DONE && kept == SQLITE_DONE && !keys_run(v->db, "commit"))
		return OK;
	keys_run(v->db, "rollback");
	return BROKEN;
}
