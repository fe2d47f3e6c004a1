/* sqlite.c - the store on SQLite: connections, reading, and running one query. */
#include "sqlite.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Written into the file's head, so that somebody else's database is not taken for ours. */
enum { APPLICATION = 0x57696a7a };

static const struct engine sqlite_engine;

static const char *const control_text[CONTROLS] = {
	[BEGIN_READ] = "begin", [BEGIN_WRITE] = "begin immediate", [COMMIT] = "commit", [ROLLBACK] = "rollback",
	[SAVEPOINT] = "savepoint job", [RELEASE] = "release job", [UNDO] = "rollback to job",
	[DATA_VERSION] = "pragma data_version", [REVISION] = "select n from revision", [RAISE] = "update revision set n = n + 1",
};

enum status sqlite_status(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK: case SQLITE_ROW: case SQLITE_DONE:
		return OK;
	case SQLITE_BUSY: case SQLITE_LOCKED:
		return BUSY;
	case SQLITE_FULL:
		return FULL;
	case SQLITE_CONSTRAINT:
		switch (code) {
		case SQLITE_CONSTRAINT_UNIQUE: case SQLITE_CONSTRAINT_PRIMARYKEY: case SQLITE_CONSTRAINT_ROWID:
		case SQLITE_CONSTRAINT_FOREIGNKEY: case SQLITE_CONSTRAINT_CHECK:
			return CONFLICT;
		}
	}
	return BROKEN;                                     /* a forgotten NOT NULL or a wrong type is a fault of ours */
}

int sqlite_control(struct link *l, enum control which)
{
	int code = SQLITE_OK;
	if (!l->control[which])
		code = sqlite3_prepare_v3(l->db, control_text[which], -1, SQLITE_PREPARE_PERSISTENT, &l->control[which], NULL);
	if (code == SQLITE_OK) {
		code = sqlite3_step(l->control[which]);
		int again = sqlite3_reset(l->control[which]);
		code = again == SQLITE_OK && (code == SQLITE_ROW || code == SQLITE_DONE) ? SQLITE_OK : again ? again : code;
	}
	return code;
}

int64_t sqlite_control_int(struct link *l, enum control which)
{
	if (!l->control[which] && sqlite3_prepare_v3(l->db, control_text[which], -1, SQLITE_PREPARE_PERSISTENT, &l->control[which], NULL))
		return 0;
	int64_t n = sqlite3_step(l->control[which]) == SQLITE_ROW ? sqlite3_column_int64(l->control[which], 0) : 0;
	sqlite3_reset(l->control[which]);
	return n;
}

/* ---- Opening and closing ---- */

static int pragma_int(sqlite3 *db, const char *text)
{
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(db, text, -1, &s, NULL))
		return -1;
	int n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : -1;
	sqlite3_finalize(s);
	return n;
}

/* Another process writes: looked again every millisecond, because a long import leaves the lock for some milliseconds only
 * between its transactions. SQLite's own handler sleeps ever longer, up to a tenth of a second, and would miss them. */
static int wait_for_lock(void *of, int tries)
{
	const struct sqlite *s = of;
	if (tries >= s->store.settings.wait_ms)
		return 0;
	sqlite3_sleep(1);
	return 1;
}

enum status sqlite_link_open(const struct sqlite *s, struct link *l, bool reads_only, char why[WHY])
{
	*l = (struct link){ 0 };
	pthread_mutex_init(&l->lock, NULL);
	int flags = SQLITE_OPEN_NOMUTEX | (reads_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
	int code = sqlite3_open_v2(s->path, &l->db, flags, NULL);
	if (code == SQLITE_OK) {
		sqlite3_extended_result_codes(l->db, 1);
		sqlite3_busy_handler(l->db, wait_for_lock, (void *)(uintptr_t)s);      /* before anything else: even the first look at the file can meet a lock */
		sqlite3_db_config(l->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);    /* "x" is a column, never quietly a text */
		sqlite3_db_config(l->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
		code = sqlite3_exec(l->db, reads_only ? "pragma temp_store = memory; pragma case_sensitive_like = on; pragma query_only = on; pragma trusted_schema = off"
			: "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma foreign_keys = on; pragma temp_store = memory; pragma case_sensitive_like = on", NULL, NULL, NULL);
	}
	if (code == SQLITE_OK)
		return OK;
	enum status status = (code & 0xff) == SQLITE_NOTADB ? INVALID : sqlite_status(code) == BUSY ? BUSY : BROKEN;
	return because(why, status, status == BUSY ? "%s is locked by another program." : "%s cannot be opened as a database: %s.", s->path,
		l->db ? sqlite3_errmsg(l->db) : "no memory");
}

static void statement_done(void *statement)
{
	sqlite3_finalize(statement);
}

void sqlite_link_close(struct link *l)
{
	if (!l->db)
		return;
	plans_done(&l->plans, statement_done);
	for (int i = 0; i < CONTROLS; i++)
		sqlite3_finalize(l->control[i]);
	sqlite3_close(l->db);
	pthread_mutex_destroy(&l->lock);
	l->db = NULL;
}

/* The file holds what people said of each other: only its owner may read it. */
static enum status file_made(const char *path, bool may_create, char why[WHY])
{
	int file = open(path, O_RDWR | O_CLOEXEC | (may_create ? O_CREAT : 0), 0600);
	if (file < 0 && errno == ENOENT && !may_create)
		return because(why, NOT_FOUND, "There is no database at %s. Make one with: wijzer init", path);
	if (file < 0)
		return because(why, BROKEN, "%s cannot be opened: %s.", path, strerror(errno));
	struct stat about;
	bool plain = !fstat(file, &about) && S_ISREG(about.st_mode);
	close(file);
	return plain ? OK : because(why, INVALID, "%s is not a file.", path);
}

/* Asking for WAL does not fail where the file system cannot have it: it is just not given. */
static bool has_wal(sqlite3 *db)
{
	return pragma_int(db, "select journal_mode = 'wal' from pragma_journal_mode") == 1;
}

static enum status recognised(struct sqlite *s, char why[WHY])
{
	if (!has_wal(s->writer.db))
		return because(why, BROKEN, "%s is on a file system without shared memory (a network drive?), which the database needs.", s->path);
	int application = pragma_int(s->writer.db, "pragma application_id");
	if (application == APPLICATION)
		return OK;
	if (application || pragma_int(s->writer.db, "select count(*) from sqlite_schema"))
		return because(why, INVALID, "%s is a database of another program.", s->path);
	char text[60];
	snprintf(text, sizeof text, "pragma application_id = %d", APPLICATION);
	int code = sqlite3_exec(s->writer.db, text, NULL, NULL, NULL);
	return code ? because(why, sqlite_status(code), "%s cannot be written: %s.", s->path, sqlite3_errmsg(s->writer.db)) : OK;
}

static void links_close(struct sqlite *s)
{
	for (int i = 0; s->readers && i < s->store.settings.readers; i++)
		sqlite_link_close(&s->readers[i]);
	sqlite_link_close(&s->writer);             /* last: closing the last connection tidies the log away, which a reader may not */
}

static void sqlite_free(struct sqlite *s)
{
	links_close(s);
	free(s->readers);
	store_end(&s->store);
	free(s);
}

static void close_store(struct store *store)
{
	struct sqlite *s = (struct sqlite *)store;
	sqlite_writer_stop(s);
	sqlite_checkpoint_stop(s);
	sqlite_free(s);
}

static enum status links_open(struct sqlite *s, char why[WHY])
{
	TRY(file_made(s->path, s->store.settings.may_create, why));
	TRY(sqlite_link_open(s, &s->writer, false, why));
	TRY(recognised(s, why));
	/* Pages that many writes touch again and again are else read and written again and again. */
	sqlite3_exec(s->writer.db, "pragma cache_size = -65536", NULL, NULL, NULL);
	for (int i = 0; i < s->store.settings.readers; i++)
		TRY(sqlite_link_open(s, &s->readers[i], true, why));
	return OK;
}

static void once(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);        /* its counters are one lock for all threads */
}

enum status sqlite_open(const struct store_settings *settings, struct store **out, char why[WHY])
{
	static pthread_once_t first = PTHREAD_ONCE_INIT;
	pthread_once(&first, once);
	str path = str_from(settings->url, sizeof "sqlite:" - 1);
	if (!path.len || str_starts(path, S(":")))
		return because(why, INVALID, "sqlite:PATH needs the path of a file.");
	struct sqlite *s = calloc(1, sizeof *s);
	if (!s)
		abort();
	store_begin_with(&s->store, &sqlite_engine, settings);
	s->path = s->store.settings.url.at + sizeof "sqlite:" - 1;
	s->readers = calloc((size_t)s->store.settings.readers, sizeof *s->readers);
	if (!s->readers)
		abort();
	enum status status = links_open(s, why);
	if (status == OK && !sqlite_checkpoint_start(s))
		status = because(why, BROKEN, "No thread could be started.");
	if (status == OK && !sqlite_writer_start(s)) {
		sqlite_checkpoint_stop(s);
		status = because(why, BROKEN, "No thread could be started.");
	}
	if (status != OK) {
		sqlite_free(s);
		return status;
	}
	*out = &s->store;
	return OK;
}

/* ---- One query ---- */

/* "UNIQUE constraint failed: person.email" names the columns; of a foreign key SQLite does not say which. */
static str constraint_of(struct ctx *c, sqlite3 *db, int code)
{
	if (code == SQLITE_CONSTRAINT_FOREIGNKEY)
		return S("foreign key");
	str kind, what, said = str_of(sqlite3_errmsg(db));
	return str_cut(said, ':', &kind, &what) ? text_copy(c->arena, str_trim(what)) : text_copy(c->arena, said);
}

static enum status query_failed(struct ctx *c, const struct query *q, sqlite3 *db)
{
	int code = sqlite3_extended_errcode(db);
	enum status status = sqlite_status(code);
	if (status == CONFLICT)
		c->db->conflict = constraint_of(c, db, code);
	else if (status != BUSY) {
		enum status logged = broken(c, "%s:%d: %s: %s (%d)", q->file, q->line, q->name, sqlite3_errmsg(db), code);
		status = status == FULL ? FULL : logged;
	}
	return session_failed(c, status);
}

static const char *column_name(void *of, int column)
{
	return sqlite3_column_name(of, column);
}

static struct plan *plan_new(sqlite3 *db, const struct query *q, char why[WHY])
{
	struct plan *p = calloc(1, sizeof *p);
	if (!p)
		abort();
	sqlite3_stmt *statement = NULL;
	if (!plan_parameters(p, q, why))
		goto no;
	if (sqlite3_prepare_v3(db, q->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)) {
		snprintf(why, WHY, "%s:%d: %s: %s", q->file, q->line, q->name, sqlite3_errmsg(db));
		goto no;
	}
	if (!plan_columns(p, sqlite3_column_count(statement), column_name, statement, why))
		goto no;
	if (sqlite3_bind_parameter_count(statement) < p->in_count)         /* the last may stand in the other engine's text only */
		p->in_count = sqlite3_bind_parameter_count(statement);
	p->statement = statement;
	return p;
no:
	sqlite3_finalize(statement);
	free(p);
	return NULL;
}

static enum status plan_of(struct ctx *c, const struct query *q, struct plan **out)
{
	struct link *l = c->db->link;
	struct plan *p = plans_find(&l->plans, q);
	if (!p) {
		char why[WHY];
		p = plan_new(l->db, q, why);
		if (!p)
			return session_failed(c, sqlite_status(sqlite3_errcode(l->db)) == BUSY ? BUSY : broken(c, "%s", why));
		plans_add(&l->plans, p);
	}
	if (p->busy)
		return session_failed(c, broken(c, "%s:%d: %s was run while its own rows are read", q->file, q->line, q->name));
	*out = p;
	return OK;
}

/* Texts are bound where they stand: a record outlives the query that reads it. */
static void bind(const struct plan *p, const struct ctx *c, const void *in, char days[][DAY_TEXT])
{
	sqlite3_stmt *s = p->statement;
	for (int i = 0; i < p->in_count; i++) {
		struct value v = plan_value(p, i, c, in, days[i]);
		switch (v.kind) {
		case VALUE_NULL: sqlite3_bind_null(s, i + 1); break;
		case VALUE_INT:  sqlite3_bind_int64(s, i + 1, v.i); break;
		case VALUE_REAL: sqlite3_bind_double(s, i + 1, v.x); break;
		case VALUE_TEXT: sqlite3_bind_text64(s, i + 1, v.s.at, v.s.len, SQLITE_STATIC, SQLITE_UTF8); break;
		case VALUE_BLOB: sqlite3_bind_blob64(s, i + 1, v.s.at, v.s.len, SQLITE_STATIC); break;
		}
	}
}

static enum status row_taken(struct ctx *c, const struct plan *p, struct sink *to)
{
	void *into;
	TRY(sink_place(c, p->query, to, &into));
	if (!into)
		return OK;
	for (int i = 0; i < p->out_count; i++)
		if (!plan_put(p, i, sqlite_column(p->statement, i), into, to->arena))
			return broken(c, "%s:%d: %s: the value of %s does not fit its member", p->query->file, p->query->line, p->query->name, p->out[i]->name);
	return sink_filled(c, to);
}

static enum status query(struct ctx *c, const struct query *q, const void *in, struct sink *to, int64_t *changed)
{
	struct link *l = c->db->link;
	struct plan *p;
	char days[QUERY_PARAMETERS_MAX][DAY_TEXT];
	TRY(plan_of(c, q, &p));
	bind(p, c, in, days);
	p->busy = true;
	int code;
	enum status status = OK;
	while (status == OK && (code = sqlite3_step(p->statement)) == SQLITE_ROW)
		status = row_taken(c, p, to);
	if (status == OK && code != SQLITE_DONE)
		status = query_failed(c, q, l->db);
	else if (status != OK)
		session_failed(c, status);
	sqlite3_reset(p->statement);
	p->busy = false;
	if (status == OK && changed)
		*changed = q->writes ? sqlite3_changes64(l->db) : 0;
	return status;
}

static enum status run_each(struct ctx *c, const struct query *q, const list *in)
{
	struct link *l = c->db->link;
	struct plan *p;
	char days[QUERY_PARAMETERS_MAX][DAY_TEXT];
	TRY(plan_of(c, q, &p));
	const char *at = in->at;
	for (size_t i = 0; i < in->count; i++, at += q->in->size) {
		bind(p, c, at, days);
		int code;
		while ((code = sqlite3_step(p->statement)) == SQLITE_ROW)
			;
		enum status status = code == SQLITE_DONE ? OK : query_failed(c, q, l->db);
		sqlite3_reset(p->statement);
		TRY(status);
	}
	return OK;
}

/* ---- Reading ---- */

static enum status read_snapshot(struct store *store, int reader, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of)
{
	struct link *l = &((struct sqlite *)store)->readers[reader];
	pthread_mutex_lock(&l->lock);
	struct store_session session = { .store = store, .link = l, .mode = READING };
	enum status status = sqlite_status(sqlite_control(l, BEGIN_READ));
	if (status == OK) {
		status = session_run(&session, c, body, of);
		sqlite_control(l, ROLLBACK);               /* nothing was written: the cheapest end */
	}
	pthread_mutex_unlock(&l->lock);
	if (status == BUSY)
		atomic_fetch_add_explicit(&store->busy, 1, memory_order_relaxed);
	return status;
}

/* data_version changes when anybody else has committed; only then is the number read again. */
static int64_t revision(struct ctx *c)
{
	struct link *l = c->db->link;
	if (c->db->mode == WRITING)
		return sqlite_control_int(l, REVISION);
	int64_t version = sqlite_control_int(l, DATA_VERSION);
	if (!l->revision || version != l->data_version) {
		l->revision = sqlite_control_int(l, REVISION);
		l->data_version = version;
	}
	return l->revision;
}

static enum status prepare_check(struct store *store, const struct query *q, char why[WHY])
{
	struct link *l = &((struct sqlite *)store)->readers[0];
	pthread_mutex_lock(&l->lock);
	struct plan *p = plan_new(l->db, q, why);
	enum status status = p ? OK : INVALID;
	if (p && !sqlite3_stmt_readonly(p->statement) != q->writes)
		status = because(why, INVALID, "%s:%d: %s is marked as one that %s", q->file, q->line, q->name, q->writes ? "writes, and does not" : "only reads, and writes");
	if (p)
		sqlite3_finalize(p->statement);
	free(p);
	pthread_mutex_unlock(&l->lock);
	return status;
}

static int64_t bytes(const struct store *store)
{
	struct stat about;
	return stat(((const struct sqlite *)store)->path, &about) ? 0 : about.st_size;
}

static const struct engine sqlite_engine = {
	.is_sqlite = true,
	.close = close_store, .read = read_snapshot, .query = query, .run_each = run_each, .revision = revision,
	.prepare_check = prepare_check, .bytes = bytes, .forget = sqlite_forget,
	.plain_open = sqlite_plain_open,
};
