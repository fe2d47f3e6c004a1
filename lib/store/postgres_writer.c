/* postgres_writer.c - a pool of threads that write: each body serializable, and run again when it lost to another. */
#include "postgres.h"
#include <time.h>

enum { TRIES = 5, PAUSE_US = 300 };

/* Those who lost to each other should not meet again at once: each waits a different while, longer every time. */
static void pause_after(int tries, int writer)
{
	struct timespec t = { .tv_nsec = (long)PAUSE_US * 1000 * (writer % 8 + 1) * (1 << tries) / 2 };
	nanosleep(&t, NULL);
}

static enum status run_once(struct postgres *p, struct wire *w, const struct store_write_job *job, bool *again)
{
	struct store_session session = { .store = &p->store, .link = w, .mode = WRITING };
	*again = false;
	TRY(pq_mend(p, w));
	w->begin = job->part ? "begin isolation level repeatable read" : "begin isolation level serializable";
	w->fresh = true;
	enum status status = session_run(&session, job->c, job->body, job->of);
	bool lost = false;
	enum status end = pq_end(w, job->c, status == OK && !session.again, &lost);
	*again = session.again || lost;
	return status == OK ? end : status;
}

static enum status run(struct postgres *p, int writer, const struct store_write_job *job)
{
	struct wire *w = &p->writers[writer];
	struct ctx before = *job->c;               /* a body may run again: it finds its context as it was */
	bool again;
	for (int tries = 0; ; tries++) {
		enum status status = run_once(p, w, job, &again);
		if (!again)
			return status;
		*job->c = before;
		if (tries + 1 == TRIES)
			return BUSY;
		atomic_fetch_add_explicit(&p->store.retries, 1, memory_order_relaxed);
		pause_after(tries, writer);
	}
}

static void *writing(void *of)
{
	struct wire *w = of;
	struct postgres *p = (struct postgres *)w->store;
	int writer = (int)(w - p->writers);
	struct store_write_job job;
	while (queue_take(&p->store.queue, &job, 1, -1)) {
		enum status status = run(p, writer, &job);
		atomic_fetch_add_explicit(&p->store.writes, 1, memory_order_relaxed);
		atomic_fetch_add_explicit(&p->store.groups, 1, memory_order_relaxed);
		if (status == BUSY)
			atomic_fetch_add_explicit(&p->store.busy, 1, memory_order_relaxed);
		job.done(job.c, job.of, status);
	}
	return NULL;
}

bool postgres_writers_start(struct postgres *p)
{
	for (; p->started < p->store.settings.writers; p->started++) {
		p->writers[p->started].store = &p->store;
		if (pthread_create(&p->writing[p->started], NULL, writing, &p->writers[p->started]))
			return false;
	}
	return true;
}

void postgres_writers_stop(struct postgres *p)
{
	queue_close(&p->store.queue);
	for (int i = 0; i < p->started; i++)
		pthread_join(p->writing[i], NULL);
}
