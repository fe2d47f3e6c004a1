/* queue.c - writes that wait for a writer, first come first served, in a ring of fixed size. */
#include "engine.h"
#include <errno.h>
#include <stdlib.h>
#include <time.h>

int64_t clock_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void queue_init(struct queue *q, size_t room)
{
	*q = (struct queue){ .room = room, .jobs = calloc(room, sizeof *q->jobs) };
	if (!q->jobs)
		abort();
	pthread_mutex_init(&q->lock, NULL);
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&q->filled, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

void queue_done(struct queue *q)
{
	pthread_mutex_destroy(&q->lock);
	pthread_cond_destroy(&q->filled);
	free(q->jobs);
}

bool queue_put(struct queue *q, struct store_write_job job)
{
	pthread_mutex_lock(&q->lock);
	bool fits = !q->closed && q->count < q->room;
	if (fits)
		q->jobs[(q->first + q->count++) % q->room] = job;
	bool wake = fits && q->count >= q->wanted;
	pthread_mutex_unlock(&q->lock);
	if (wake)
		pthread_cond_signal(&q->filled);
	return fits;
}

bool queue_take(struct queue *q, struct store_write_job *job, size_t wanted, int64_t wait_us)
{
	int64_t until = clock_us() + wait_us;
	struct timespec at = { .tv_sec = until / 1000000, .tv_nsec = until % 1000000 * 1000 };
	pthread_mutex_lock(&q->lock);
	bool late = wait_us == 0;
	q->wanted = q->count ? 0 : wanted < q->room ? wanted : q->room;
	while (q->count < q->wanted && !q->closed && !late) {
		if (wait_us < 0)
			pthread_cond_wait(&q->filled, &q->lock);
		else
			late = pthread_cond_timedwait(&q->filled, &q->lock, &at) == ETIMEDOUT;
	}
	bool taken = q->count;
	if (taken) {
		*job = q->jobs[q->first];
		q->first = (q->first + 1) % q->room;
		q->count--;
	}
	pthread_mutex_unlock(&q->lock);
	return taken;
}

void queue_close(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->closed = true;
	pthread_mutex_unlock(&q->lock);
	pthread_cond_broadcast(&q->filled);
}
