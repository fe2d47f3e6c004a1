/* sqlite.h - what the SQLite half shares among its files. */
#pragma once
#include "plain.h"
#include <sqlite3.h>

/* Statements every connection needs beside the queries. */
enum control { BEGIN_READ, BEGIN_WRITE, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, UNDO, DATA_VERSION, REVISION, RAISE, CONTROLS };

struct link {
	sqlite3 *db;
	pthread_mutex_t lock;                      /* a reader may be shared, one transaction at a time */
	struct plans plans;
	sqlite3_stmt *control[CONTROLS];
	int64_t data_version, revision;            /* the revision seen at that data_version; 0: none yet */
};

struct sqlite {
	struct store store;
	const char *path;
	struct link *readers;
	struct link writer;
	pthread_t writing, checkpointing;
	int64_t commit_us;                         /* how long the last commit took: so long the next group may gather */
	int last_group;
	pthread_mutex_t checkpoint_lock;
	pthread_cond_t checkpoint_due;
	int wal_pages;
	bool forget;                               /* the writer's own: what is being written asks for it */
	bool truncate;                             /* under the lock: the log is to be emptied */
	bool closing;
};

enum status sqlite_link_open(const struct sqlite *s, struct link *l, bool reads_only, char why[WHY]) must_use;
void sqlite_link_close(struct link *l);
int sqlite_control(struct link *l, enum control which);            /* an SQLite result code; SQLITE_ROW counts as OK */
int64_t sqlite_control_int(struct link *l, enum control which);    /* its first column; 0 when there is none */
enum status sqlite_status(int code);                               /* what an SQLite code means to the rest */

bool sqlite_writer_start(struct sqlite *s);
void sqlite_writer_stop(struct sqlite *s);
bool sqlite_checkpoint_start(struct sqlite *s);
void sqlite_checkpoint_stop(struct sqlite *s);
void sqlite_forget(struct store *store);                           /* after the commit to come, nothing of what was before stays in the log */
void sqlite_committed(struct sqlite *s);

struct value sqlite_column(sqlite3_stmt *s, int i);               /* borrowed until the next step */
