/* sqlite_checkpoint.c - moves what is written from the log into the database, on a thread of its own, so that no writer waits for it. */
#include "sqlite.h"

enum { DUE_PAGES = 8000, LARGE_PAGES = 16384, LARGE_WAIT_MS = 100 };

static int pages_in_log(void *of, sqlite3 *db, const char *name, int pages)
{
	(void)db;
	(void)name;
	struct sqlite *s = of;
	if (pages < DUE_PAGES)
		return SQLITE_OK;
	pthread_mutex_lock(&s->checkpoint_lock);
	s->wal_pages = pages;
	pthread_cond_signal(&s->checkpoint_due);
	pthread_mutex_unlock(&s->checkpoint_lock);
	return SQLITE_OK;
}

static bool wait_until_due(struct sqlite *s, int *pages)
{
	pthread_mutex_lock(&s->checkpoint_lock);
	while (!s->wal_pages && !s->truncate && !s->closing)
		pthread_cond_wait(&s->checkpoint_due, &s->checkpoint_lock);
	*pages = s->wal_pages;
	s->wal_pages = 0;
	bool open = !s->closing;
	pthread_mutex_unlock(&s->checkpoint_lock);
	return open;
}

/* A passive checkpoint disturbs nobody, but the log only starts anew when no reader still needs it; once it is large, writers wait a moment for that. */
/* Waits for readers of what was: they are done in milliseconds. Another who writes in between only brings what is new. */
static void truncate_log(struct sqlite *s, sqlite3 *db)
{
	for (bool open = true; open; ) {
		int left = 0;
		if (sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, &left, NULL) == SQLITE_OK)
			return;
		pthread_mutex_lock(&s->checkpoint_lock);
		open = !s->closing;                            /* closing the last connection empties the log too */
		pthread_mutex_unlock(&s->checkpoint_lock);
	}
}

static void *checkpointing(void *of)
{
	struct sqlite *s = of;
	struct link l;
	char why[WHY];
	bool usable = sqlite_link_open(s, &l, false, why) == OK;
	if (usable)
		sqlite3_busy_timeout(l.db, LARGE_WAIT_MS);
	for (int pages; wait_until_due(s, &pages); ) {
		if (!usable)
			continue;
		pthread_mutex_lock(&s->checkpoint_lock);
		bool truncate = s->truncate;
		s->truncate = false;
		pthread_mutex_unlock(&s->checkpoint_lock);
		if (truncate) {
			truncate_log(s, l.db);
			continue;
		}
		sqlite3_wal_checkpoint_v2(l.db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
		if (pages >= LARGE_PAGES)
			sqlite3_wal_checkpoint_v2(l.db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	}
	sqlite_link_close(&l);
	return NULL;
}

void sqlite_forget(struct store *store)
{
	((struct sqlite *)store)->forget = true;
}

/* On the writer's thread, when what asked for it is committed. */
void sqlite_committed(struct sqlite *s)
{
	if (!s->forget)
		return;
	s->forget = false;
	pthread_mutex_lock(&s->checkpoint_lock);
	s->truncate = true;
	pthread_cond_signal(&s->checkpoint_due);
	pthread_mutex_unlock(&s->checkpoint_lock);
}

bool sqlite_checkpoint_start(struct sqlite *s)
{
	pthread_mutex_init(&s->checkpoint_lock, NULL);
	pthread_cond_init(&s->checkpoint_due, NULL);
	sqlite3_wal_hook(s->writer.db, pages_in_log, s);
	return !pthread_create(&s->checkpointing, NULL, checkpointing, s);
}

void sqlite_checkpoint_stop(struct sqlite *s)
{
	pthread_mutex_lock(&s->checkpoint_lock);
	s->closing = true;
	pthread_cond_signal(&s->checkpoint_due);
	pthread_mutex_unlock(&s->checkpoint_lock);
	pthread_join(s->checkpointing, NULL);
	pthread_mutex_destroy(&s->checkpoint_lock);
	pthread_cond_destroy(&s->checkpoint_due);
}
