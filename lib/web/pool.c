/* pool.c - a few threads with a bounded queue, each with a reading connection of its own. */
#include "inside.h"
#include <stdlib.h>

struct task { void (*run)(void *of, int reader); void *of; };

struct worker { struct pool *pool; pthread_t thread; int reader; };

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct task *tasks;                        /* a ring */
	size_t room, first, count;
	bool end;
	int threads;
	struct worker workers[];
};

static void *work(void *of)
{
	struct worker *me = of;
	struct pool *p = me->pool;
	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (!p->count && !p->end)
			pthread_cond_wait(&p->wake, &p->lock);
		if (!p->count)
			break;
		struct task t = p->tasks[p->first];
		p->first = (p->first + 1) % p->room;
		p->count--;
		pthread_mutex_unlock(&p->lock);
		t.run(t.of, me->reader);
		pthread_mutex_lock(&p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

struct pool *pool_new(int threads, int first_reader, size_t queue)
{
	struct pool *p = calloc(1, sizeof *p + (size_t)threads * sizeof p->workers[0]);
	if (!p || !(p->tasks = calloc(queue, sizeof *p->tasks)))
		abort();
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->wake, NULL);
	p->room = queue;
	for (int i = 0; i < threads; i++) {
		p->workers[i] = (struct worker){ .pool = p, .reader = first_reader + i };
		if (!pthread_create(&p->workers[i].thread, NULL, work, &p->workers[i]))
			p->threads++;
	}
	return p;
}

void pool_free(struct pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->end = true;
	pthread_cond_broadcast(&p->wake);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->threads; i++)
		pthread_join(p->workers[i].thread, NULL);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->wake);
	free(p->tasks);
	free(p);
}

bool pool_add(struct pool *p, void (*run)(void *of, int reader), void *of)
{
	pthread_mutex_lock(&p->lock);
	bool fits = p->count < p->room && p->threads && !p->end;
	if (fits) {
		p->tasks[(p->first + p->count++) % p->room] = (struct task){ run, of };
		pthread_cond_signal(&p->wake);
	}
	pthread_mutex_unlock(&p->lock);
	return fits;
}
