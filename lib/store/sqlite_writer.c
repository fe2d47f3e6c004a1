/* sqlite_writer.c - the one thread that writes: many operations share one commit, each in a savepoint of its own. */
#include "sqlite.h"
#include <time.h>

enum { GROUP_MAX = 256, GROUP_US = 20000, GATHER_US = 5000, PAUSE_US = 3000 };

struct run {
	struct store_write_job job;
	struct ctx before;                         /* a body may run again: it finds its context as it was */
	enum status status;
};

/* Runs a body between what the caller has begun and will end. */
static enum status body_run(struct sqlite *s, struct run *r)
{
	struct store_session session = { .store = &s->store, .link = &s->writer, .mode = WRITING };
	return session_run(&session, r->job.c, r->job.body, r->job.of);
}

static bool commit(struct sqlite *s)
{
	int64_t from = clock_us();
	bool done = sqlite_control(&s->writer, COMMIT) == SQLITE_OK;
	s->commit_us = clock_us() - from;
	if (done)
		sqlite_committed(s);
	return done;
}

/* A transaction that a full disk or a failing one has ended already needs no rollback. */
static void rollback(struct sqlite *s)
{
	if (!sqlite3_get_autocommit(s->writer.db))
		sqlite_control(&s->writer, ROLLBACK);
}

static bool has_written(const struct sqlite *s, sqlite3_int64 before)
{
	return sqlite3_total_changes64(s->writer.db) != before;
}

/* What ended a transaction against our will. Said here, because the body itself was content. */
static enum status lost(struct sqlite *s, struct ctx *c)
{
	int code = sqlite3_extended_errcode(s->writer.db);
	enum status status = sqlite_status(code);
	if (status == BUSY || status == CONFLICT)
		return status;
	enum status logged = broken(c, "the transaction was lost: %s (%d)", sqlite3_errmsg(s->writer.db), code);
	return status == FULL ? FULL : logged;
}

static enum status run_alone(struct sqlite *s, struct run *r)
{
	*r->job.c = r->before;
	int code = sqlite_control(&s->writer, BEGIN_WRITE);
	if (code)
		return sqlite_status(code) == BUSY ? BUSY : lost(s, r->job.c);
	sqlite3_int64 before = sqlite3_total_changes64(s->writer.db);
	enum status status = body_run(s, r);
	if (status == OK && (sqlite3_get_autocommit(s->writer.db) || (has_written(s, before) && sqlite_control(&s->writer, RAISE)) || !commit(s)))
		status = lost(s, r->job.c);
	rollback(s);                               /* does nothing after a commit */
	return status;
}

/* False when the group's transaction is gone, and everything done in it. */
static bool run_in_group(struct sqlite *s, struct run *r)
{
	r->before = *r->job.c;
	if (sqlite_control(&s->writer, SAVEPOINT))
		return false;
	r->status = body_run(s, r);
	if (sqlite3_get_autocommit(s->writer.db))
		return false;
	if (r->status != OK && sqlite_control(&s->writer, UNDO))
		return false;
	return sqlite_control(&s->writer, RELEASE) == SQLITE_OK;
}

/* Takes what waits; when nothing does, waits for as many as came last time, at most as long as the last commit took.
 * So one client alone is never kept waiting, and sixty-four share each commit. It is woken for half of what is missing at a
 * time: waking for each would cost more than the writing. */
static bool next(struct sqlite *s, int taken, int64_t since, struct store_write_job *job)
{
	if (taken == GROUP_MAX || clock_us() - since > GROUP_US)
		return false;
	if (!taken || taken >= s->last_group)
		return queue_take(&s->store.queue, job, 1, 0);
	int64_t gather = s->commit_us < GATHER_US ? s->commit_us : GATHER_US;
	int64_t left = since + gather - clock_us();
	int missing = s->last_group - taken;
	return queue_take(&s->store.queue, job, (size_t)(missing + 1) / 2, left > 0 ? left : 0);
}

static void finish(struct sqlite *s, struct run *r)
{
	atomic_fetch_add_explicit(&s->store.writes, 1, memory_order_relaxed);
	if (r->status == BUSY)
		atomic_fetch_add_explicit(&s->store.busy, 1, memory_order_relaxed);
	r->job.done(r->job.c, r->job.of, r->status);
}

static void group(struct sqlite *s, struct run *runs, struct store_write_job first)
{
	int count = 0;
	bool whole = true, any = false;
	int code = sqlite_control(&s->writer, BEGIN_WRITE);
	int64_t since = clock_us();
	sqlite3_int64 before = sqlite3_total_changes64(s->writer.db);
	do {
		runs[count] = (struct run){ .job = first, .status = BUSY };
		if (code)
			runs[count].status = sqlite_status(code) == BUSY ? BUSY : lost(s, first.c);
		else
			whole = run_in_group(s, &runs[count]);
		any |= runs[count++].status == OK;
	} while (whole && next(s, count, since, &first));
	s->last_group = count;
	atomic_fetch_add_explicit(&s->store.groups, 1, memory_order_relaxed);
	if (!code) {
		if (whole && any && has_written(s, before))
			whole = !sqlite_control(&s->writer, RAISE) && commit(s);
		rollback(s);
	}
	for (int i = 0; i < count; i++) {
		if (!whole) {
			atomic_fetch_add_explicit(&s->store.retries, 1, memory_order_relaxed);
			runs[i].status = run_alone(s, &runs[i]);
		}
		finish(s, &runs[i]);
	}
}

/* A process that writes much beside a server leaves it the lock between its transactions: whoever waits looks every millisecond (wait_for_lock). */
static void others_first(const struct sqlite *s)
{
	if (s->store.settings.beside)
		nanosleep(&(struct timespec){ .tv_nsec = PAUSE_US * 1000 }, NULL);
}

static void *writing(void *of)
{
	struct sqlite *s = of;
	static _Thread_local struct run runs[GROUP_MAX];
	struct store_write_job job;
	while (queue_take(&s->store.queue, &job, 1, -1)) {
		group(s, runs, job);
		others_first(s);
	}
	return NULL;
}

bool sqlite_writer_start(struct sqlite *s)
{
	return !pthread_create(&s->writing, NULL, writing, s);
}

void sqlite_writer_stop(struct sqlite *s)
{
	queue_close(&s->store.queue);
	pthread_join(s->writing, NULL);
}
