/* copy.c - keys into a file of their own and back, apart from any backup of the database. */
#include "inside.h"
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int attached(sqlite3 *db, const char *path)
{
	sqlite3_stmt *s = keys_ask(db, "attach ?1 as other", NULL, 0);
	if (!s)
		return SQLITE_ERROR;
	sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
	int code = sqlite3_step(s);
	sqlite3_finalize(s);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

static const char copying[] =
	"begin immediate;"
	"insert into other.meta (name, value) select name, value from main.meta where name in ('proof', 'database');"
	"insert into other.held (person, wrapped) select person, wrapped from main.held;"
	"insert into other.ended (person, at) select person, at from main.ended;"
	"commit";

static enum status copy_to(struct vault *v, const char *path, instant now, char why[VAULT_WHY])
{
	sqlite3 *to;
	char made[32];
	TRY(keys_open_file(path, true, &to, why));
	snprintf(made, sizeof made, "%" PRId64, now.ms);
	enum status status = keys_meta_put(to, "made", made);
	sqlite3_close(to);
	if (status == OK && attached(v->db, path))
		status = BROKEN;
	if (status == OK && keys_run(v->db, copying)) {
		keys_run(v->db, "rollback");
		status = BROKEN;
	}
	if (status != OK) {
		vault_because(why, status, "%s cannot be written: %s", path, sqlite3_errmsg(v->db));
		unlink(path);
	}
	keys_run(v->db, "detach other");
	return status;
}

enum status vault_backup(struct vault *v, const char *path, instant now, char why[VAULT_WHY])
{
	if (!access(path, F_OK))
		return vault_because(why, CONFLICT, "%s is there already. Give the copy of the keys another name.", path);
	pthread_mutex_lock(&v->lock);
	enum status status = copy_to(v, path, now, why);
	pthread_mutex_unlock(&v->lock);
	return status;
}

/* Whether the file is ours to take from: under this key, of this database, and young enough to be there at all. */
static enum status copy_check(struct vault *v, sqlite3 *from, const char *path, instant now, bool older, struct vault_restored *out, char why[VAULT_WHY])
{
	char made[100], whose[100];
	out->made = now;                                       /* a keys.db itself, which was put aside, says no day */
	if ((keys_meta(from, "made", made, sizeof made) == OK && !str_to_int(str_of(made), &out->made.ms)) || keys_meta(from, "database", whose, sizeof whose) != OK)
		return vault_because(why, INVALID, "%s is no copy that wijzer backup-keys made.", path);
	if (!keys_are_under(from, v->secrets->installation, false))
		return vault_because(why, INVALID, "%s was made under another key file. Start with the one that belongs to it.", path);
	if (strcmp(whose, v->database))
		return vault_because(why, CONFLICT, "%s holds the keys of another database.", path);
	int64_t days = (now.ms - out->made.ms) / 86400000;
	if (days > KEYS_DAYS_MAX && !older)
		return vault_because(why, CONFLICT, "%s is %" PRId64 " days old, and copies of keys are to be destroyed after %d: somebody erased since may come back "
			"with it, unless the erasure is known here. Restore it with --older only when nothing newer is left, then destroy it.", path, days, (int)KEYS_DAYS_MAX);
	return OK;
}

static int64_t changed_by(sqlite3 *db, const char *text)
{
	return keys_run(db, text) ? -1 : sqlite3_changes64(db);
}

/* First who was erased, in either; then only keys of others. */
static enum status copy_take(struct vault *v, const char *path, struct vault_restored *out, char why[VAULT_WHY])
{
	if (attached(v->db, path) || keys_run(v->db, "begin immediate"))
		return vault_because(why, BROKEN, "%s cannot be read: %s", path, sqlite3_errmsg(v->db));
	out->erased = changed_by(v->db, "insert into main.ended (person, at) select person, at from other.ended where true on conflict (person) do nothing");
	int64_t gone = changed_by(v->db, "delete from main.held where person in (select person from main.ended)");
	out->added = changed_by(v->db, "insert into main.held (person, wrapped) select person, wrapped from other.held"
		" where person not in (select person from main.ended) on conflict (person) do nothing");
	sqlite3_stmt *s = keys_ask(v->db, "select count(*) from other.held o join main.held m on m.person = o.person where o.wrapped <> m.wrapped", NULL, 0);
	out->kept = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
	sqlite3_finalize(s);
	if (out->erased >= 0 && gone >= 0 && out->added >= 0 && out->kept >= 0 && !keys_run(v->db, "commit"))
		return OK;
	vault_because(why, BROKEN, "the keys cannot be written: %s", sqlite3_errmsg(v->db));
	keys_run(v->db, "rollback");
	return BROKEN;
}

enum status vault_restore(struct vault *v, const char *path, instant now, bool older, struct vault_restored *out, char why[VAULT_WHY])
{
	sqlite3 *from;
	if (access(path, R_OK))
		return vault_because(why, errno == ENOENT ? NOT_FOUND : BROKEN, "%s cannot be read: %s.", path, strerror(errno));
	TRY(keys_open_file(path, false, &from, why));
	pthread_mutex_lock(&v->lock);
	enum status status = copy_check(v, from, path, now, older, out, why);
	sqlite3_close(from);
	if (status == OK) {
		status = copy_take(v, path, out, why);
		keys_run(v->db, "detach other");
		sodium_memzero(v->secrets->cache, sizeof v->secrets->cache);
	}
	pthread_mutex_unlock(&v->lock);
	return status;
}
