/* database.c - a database for each test: a copy of one that was prepared once, because migrating costs more than most tests. */
#include "inside.h"
#include <fcntl.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "wijzer.h"

enum { EMPTY, DEMO, KINDS };

static char folder[] = "/tmp/wijzer-test-XXXXXX";
static bool has_folder, made[2][KINDS];                  /* by engine, then by what is in it */
static struct arena *kept;

static void postgres_run(const char *url, const char *text)
{
	PGconn *c = PQconnectdb(url);
	PGresult *r = PQexec(c, text);
	ExecStatusType s = PQresultStatus(r);
	if (s != PGRES_COMMAND_OK && s != PGRES_TUPLES_OK)
		print_message("postgres: %s\n", PQerrorMessage(c));
	assert_true(s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK);
	PQclear(r);
	PQfinish(c);
}

static const char *postgres_base(void)
{
	return getenv("WIJZER_TEST_POSTGRES");
}

/* postgresql:///postgres?host=… : another database on the same server. */
static str postgres_url(struct arena *a, str name)
{
	str before, rest;
	bool has = str_cut(str_of(postgres_base()), '?', &before, &rest);
	while (before.len && before.at[before.len - 1] != '/')
		before.len--;
	return text_format(a, S_FMT S_FMT "%s" S_FMT, S_ARG(before), S_ARG(name), has ? "?" : "", S_ARG(rest));
}

static str postgres_name(str url)
{
	str before, rest;
	str_cut(url, '?', &before, &rest);
	size_t at = before.len;
	while (at && before.at[at - 1] != '/')
		at--;
	return str_from(before, at);
}

static void postgres_copy(struct arena *a, str name, str from)
{
	postgres_run(postgres_base(), text_c(a, text_format(a, "create database " S_FMT " template " S_FMT " strategy file_copy", S_ARG(name), S_ARG(from))));
}

static void postgres_drop(struct arena *a, str name)
{
	postgres_run(postgres_base(), text_c(a, text_format(a, "drop database if exists " S_FMT " with (force)", S_ARG(name))));
}

static void file_copy(const char *from, const char *to)
{
	char piece[1 << 16];
	int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	assert_true(in >= 0 && out >= 0);
	for (ssize_t n; (n = read(in, piece, sizeof piece)) > 0; )
		assert_int_equal(write(out, piece, (size_t)n), n);
	close(in);
	close(out);
}

static str template_name(int kind)
{
	return text_format(kept, "wijzer_template_%d_%d", (int)getpid(), kind);
}

static void templates_remove(void)
{
	char command[64];
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	if (has_folder && system(command))
		print_message("%s stays\n", folder);
	for (int kind = 0; kind < KINDS; kind++)
		if (made[1][kind])
			postgres_drop(kept, template_name(kind));
	arena_free(kept);
}

static void migrate(str url, const char *restore)
{
	char why[400] = "";
	struct store *s = NULL;
	struct store_settings settings = { .url = url, .readers = 1, .writers = 1, .may_create = true };
	enum status status = store_open(&settings, &s, why);
	if (status == OK)
		status = store_migrate(s, wijzer_app.schemas, why);
	if (status == OK && restore)
		status = store_restore(s, str_of(restore), false, why);
	if (status != OK)
		print_message("%s\n", why);
	assert_int_equal(status, OK);
	store_close(s);
}

/* What is copied for each test: made when the first one asks for it. */
static str template_of(bool postgres, int kind)
{
	const char *demo = getenv("WIJZER_DEMO");
	if (!has_folder) {
		kept = arena_new();
		assert_non_null(mkdtemp(folder));
		has_folder = true;
		atexit(templates_remove);
	}
	str from = postgres ? template_name(kind) : kind == DEMO ? str_of(demo) : text_format(kept, "%s/empty.db", folder);
	if (made[postgres][kind])
		return from;
	if (postgres) {
		postgres_copy(kept, from, kind == DEMO ? template_of(true, EMPTY) : S("template0"));
		made[true][kind] = true;
		migrate(postgres_url(kept, from), kind == DEMO ? demo : NULL);
	} else if (kind == EMPTY) {
		migrate(text_format(kept, "sqlite:" S_FMT, S_ARG(from)), NULL);
		made[false][kind] = true;
	}
	return from;
}

/* The demonstration's keys belong to it. */
static void keys_copy(struct arena *a, const char *into)
{
	str demo = str_of(getenv("WIJZER_DEMO")), stem = demo;
	stem.len -= str_ends(stem, S(".db")) ? 3 : 0;
	assert_int_equal(mkdir(text_format(a, "%s/keys", into).at, 0700), 0);
	file_copy(text_format(a, S_FMT ".keys/keys.db", S_ARG(demo)).at, text_format(a, "%s/keys/keys.db", into).at);
	file_copy(text_format(a, S_FMT ".key", S_ARG(stem)).at, text_format(a, "%s/test.key", into).at);
}

str database_new(struct arena *a, bool postgres, bool demo, const char *into)
{
	static int count;
	str from = template_of(postgres, demo ? DEMO : EMPTY);
	if (demo)
		keys_copy(a, into);
	if (postgres) {
		str name = text_format(a, "wijzer_test_%d_%d", (int)getpid(), count++);
		postgres_copy(a, name, from);
		return postgres_url(a, name);
	}
	str path = text_format(a, "%s/test.db", into);
	file_copy(text_c(a, from), text_c(a, path));
	return text_join(a, S("sqlite:"), path);
}

void database_remove(struct arena *a, str url)
{
	if (str_starts(url, S("postgres")))
		postgres_drop(a, postgres_name(url));
}

/* ---- SQL of the test's own ---- */

static sqlite3 *sqlite_of(struct app *a)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(text_c(a->arena, str_from(a->url, 7)), &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	sqlite3_exec(db, "pragma secure_delete = on", NULL, NULL, NULL);      /* as the program: what a test changes leaves nothing behind for one that looks at the bytes */
	return db;
}

void sql(struct app *a, const char *text)
{
	if (str_starts(a->url, S("postgres"))) {
		postgres_run(text_c(a->arena, a->url), text);
		return;
	}
	sqlite3 *db = sqlite_of(a);
	char *error = NULL;
	if (sqlite3_exec(db, text, NULL, NULL, &error) != SQLITE_OK)
		print_message("sql: %s\n%s\n", error, text);
	assert_null(error);
	sqlite3_close(db);
}

str sql_text(struct app *a, const char *text)
{
	str value = { 0 };
	if (str_starts(a->url, S("postgres"))) {
		PGconn *c = PQconnectdb(text_c(a->arena, a->url));
		PGresult *r = PQexec(c, text);
		if (PQresultStatus(r) != PGRES_TUPLES_OK)
			print_message("sql: %s\n%s\n", PQerrorMessage(c), text);
		assert_int_equal(PQresultStatus(r), PGRES_TUPLES_OK);
		if (PQntuples(r) && !PQgetisnull(r, 0, 0))
			value = text_copy(a->arena, str_of(PQgetvalue(r, 0, 0)));
		PQclear(r);
		PQfinish(c);
		return value;
	}
	sqlite3 *db = sqlite_of(a);
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(db, text, -1, &s, NULL) != SQLITE_OK)
		print_message("sql: %s\n%s\n", sqlite3_errmsg(db), text);
	assert_non_null(s);
	if (sqlite3_step(s) == SQLITE_ROW)
		value = text_copy(a->arena, str_of((const char *)sqlite3_column_text(s, 0)));
	sqlite3_finalize(s);
	sqlite3_close(db);
	return value;
}

int64_t sql_number(struct app *a, const char *text)
{
	int64_t n = 0;
	return str_to_int(sql_text(a, text), &n) ? n : 0;
}
