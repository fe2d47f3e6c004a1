/* store.c - one, find, all, each and run over named queries, whichever engine keeps the rows. */
#include "plain.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct nothing nothing;

enum status because(char why[WHY], enum status status, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	vsnprintf(why, WHY, format, values);
	va_end(values);
	return status;
}

/* ---- Opening ---- */

enum status store_open(const struct store_settings *s, struct store **store, char why[WHY])
{
	if (str_starts(s->url, S("sqlite:")))
		return sqlite_open(s, store, why);
	if (str_starts(s->url, S("postgresql://")) || str_starts(s->url, S("postgres://")))
		return postgres_open(s, store, why);
	return because(why, INVALID, "A database is named sqlite:PATH or postgresql://USER@HOST/NAME.");
}

void store_begin_with(struct store *s, const struct engine *e, const struct store_settings *settings)
{
	static atomic_llong opened;
	s->number = atomic_fetch_add(&opened, 1) + 1;
	s->engine = e;
	s->settings = *settings;
	s->settings.url.at = strndup(settings->url.at, settings->url.len);
	if (!s->settings.url.at)
		abort();
	if (s->settings.readers < 1)
		s->settings.readers = 1;
	if (s->settings.writers < 1)
		s->settings.writers = 1;
	if (s->settings.wait_ms < 1)
		s->settings.wait_ms = WAIT_MS;
	if (s->settings.queue < 1)
		s->settings.queue = QUEUE;
	queue_init(&s->queue, (size_t)s->settings.queue);
}

void store_end(struct store *s)
{
	queue_done(&s->queue);
	free((void *)(uintptr_t)s->settings.url.at);
}

void store_close(struct store *s)
{
	if (s)
		s->engine->close(s);
}

bool store_is_sqlite(const struct store *s)
{
	return s->engine->is_sqlite;
}

/* ---- Transactions ---- */

enum status session_run(struct store_session *s, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of)
{
	c->db = s;
	enum status status = body(c, of);
	c->db = NULL;
	if (status == OK && s->failed)
		status = broken(c, "a body went on after a query had failed");
	return status;
}

enum status session_failed(struct ctx *c, enum status status)
{
	if (!c->db->failed)
		c->db->failed = status;
	return status;
}

enum status store_read(struct store *s, int reader, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of)
{
	if (c->db)
		return broken(c, "a transaction inside a transaction");
	if (reader < 0 || reader >= s->settings.readers)
		return broken(c, "reader %d of %d", reader, s->settings.readers);
	atomic_fetch_add_explicit(&s->reads, 1, memory_order_relaxed);
	return s->engine->read(s, reader, c, body, of);
}

enum status store_write(struct store *s, struct store_write_job job)
{
	if (job.c->db)
		return broken(job.c, "a transaction inside a transaction");
	if (queue_put(&s->queue, job))
		return OK;
	atomic_fetch_add_explicit(&s->busy, 1, memory_order_relaxed);
	return BUSY;
}

struct wait {
	pthread_mutex_t lock;
	pthread_cond_t over;
	enum status (*body)(struct ctx *c, void *of);
	void *of;
	enum status status;
	bool done;
};

static enum status wait_body(struct ctx *c, void *of)
{
	struct wait *w = of;
	return w->body(c, w->of);
}

static void wait_done(struct ctx *c, void *of, enum status status)
{
	(void)c;
	struct wait *w = of;
	pthread_mutex_lock(&w->lock);
	w->status = status;
	w->done = true;
	pthread_cond_signal(&w->over);
	pthread_mutex_unlock(&w->lock);
}

static enum status write_and_wait(struct store *s, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of, bool part)
{
	struct wait w = { .lock = PTHREAD_MUTEX_INITIALIZER, .over = PTHREAD_COND_INITIALIZER, .body = body, .of = of };
	TRY(store_write(s, (struct store_write_job){ c, wait_body, wait_done, &w, part }));
	pthread_mutex_lock(&w.lock);
	while (!w.done)
		pthread_cond_wait(&w.over, &w.lock);
	pthread_mutex_unlock(&w.lock);
	pthread_cond_destroy(&w.over);
	pthread_mutex_destroy(&w.lock);
	return w.status;
}

void store_forget(struct ctx *c)
{
	if (c->db && c->db->store->engine->forget)
		c->db->store->engine->forget(c->db->store);
}

enum status store_write_now(struct store *s, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of)
{
	return write_and_wait(s, c, body, of, false);
}

enum status store_write_part(struct store *s, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of)
{
	return write_and_wait(s, c, body, of, true);
}

/* ---- Queries ---- */

static bool made_to_fail(struct store *s)
{
	return atomic_load_explicit(&s->fail_at, memory_order_relaxed) > 0 && atomic_fetch_sub(&s->fail_at, 1) == 1;
}

static enum status query_begin(struct ctx *c, const struct query *q)
{
	if (!c->db)
		return broken(c, "%s:%d: %s was run outside a transaction", q->file, q->line, q->name);
	if (c->db->failed)
		return broken(c, "%s:%d: %s was run after a query had failed", q->file, q->line, q->name);
	if (q->writes && c->db->mode == READING)
		return session_failed(c, broken(c, "%s:%d: %s writes in a reading transaction", q->file, q->line, q->name));
	c->queries++;
	if (made_to_fail(c->db->store))
		return session_failed(c, broken(c, "%s:%d: %s was made to fail", q->file, q->line, q->name));
	return OK;
}

static enum status query_run(struct ctx *c, const struct query *q, const void *in, struct sink *to, int64_t *changed)
{
	TRY(query_begin(c, q));
	return c->db->store->engine->query(c, q, in, to, changed);
}

enum status sink_place(struct ctx *c, const struct query *q, struct sink *s, void **into)
{
	s->count++;
	switch (s->kind) {
	case SINK_NONE:
		*into = NULL;
		return OK;
	case SINK_ONE:
		if (s->count > 1)
			return broken(c, "%s:%d: %s gave a second row where one was expected", q->file, q->line, q->name);
		*into = s->out;
		return OK;
	case SINK_ALL:
		if (s->count > ROWS_MAX)
			return broken(c, "%s:%d: %s gave more than %d rows", q->file, q->line, q->name, ROWS_MAX);
		*into = list_add_size(c->arena, s->rows, q->out->size);
		return OK;
	case SINK_EACH:
		arena_reset(s->arena);
		*into = s->out = arena_take(s->arena, q->out->size);
		return OK;
	}
	return BROKEN;
}

enum status sink_filled(struct ctx *c, struct sink *s)
{
	return s->kind == SINK_EACH ? s->row(c, s->of, s->out) : OK;
}

enum status store_find_query(struct ctx *c, const struct query *q, const void *in, void *out, bool *found)
{
	struct sink to = { SINK_ONE, .out = arena_take(c->arena, q->out->size), .arena = c->arena };
	TRY(query_run(c, q, in, &to, NULL));
	*found = to.count;
	if (to.count)
		memcpy(out, to.out, q->out->size);
	return OK;
}

enum status store_one_query(struct ctx *c, const struct query *q, const void *in, void *out)
{
	bool found;
	TRY(store_find_query(c, q, in, out, &found));
	return found ? OK : NOT_FOUND;
}

enum status store_all_query(struct ctx *c, const struct query *q, const void *in, list *out)
{
	list rows = { 0 };
	struct sink to = { SINK_ALL, .rows = &rows, .arena = c->arena };
	TRY(query_run(c, q, in, &to, NULL));
	*out = rows;
	return OK;
}

enum status store_each_query(struct ctx *c, const struct query *q, const void *in,
	enum status (*row)(struct ctx *c, void *of, const void *out), void *of)
{
	struct sink to = { SINK_EACH, .row = row, .of = of, .arena = arena_new() };
	enum status status = query_run(c, q, in, &to, NULL);
	arena_free(to.arena);
	return status;
}

enum status store_run_query(struct ctx *c, const struct query *q, const void *in, int64_t *changed)
{
	struct sink to = { SINK_NONE };
	return query_run(c, q, in, &to, changed);
}

enum status store_run_each_query(struct ctx *c, const struct query *q, const list *in)
{
	TRY(query_begin(c, q));
	return in->count ? c->db->store->engine->run_each(c, q, in) : OK;
}

/* ---- What it says about itself ---- */

str store_conflict(const struct ctx *c)
{
	return c->db ? c->db->conflict : (str){ 0 };
}

int64_t store_revision(struct ctx *c)
{
	if (!c->db)
		return 0;
	return c->db->store->engine->revision(c);
}

int store_queries(const struct ctx *c)
{
	return c->queries;
}

void store_fail_at(struct store *s, int n)
{
	atomic_store(&s->fail_at, n);
}

enum status store_prepare_check(struct store *s, const struct query *q, char why[WHY])
{
	return s->engine->prepare_check(s, q, why);
}

void store_settle(struct store *s)
{
	char why[WHY];
	struct plain *p;
	if (s->engine->is_sqlite || s->engine->plain_open(s, &p, why) != OK)
		return;
	enum status counted = p->engine->script(p, "analyze");
	(void)counted;                             /* the engine's own round comes later */
	p->engine->close(p);
}

void store_figures(const struct store *s, struct store_figures *out)
{
	struct queue *q = (struct queue *)(uintptr_t)&s->queue;
	pthread_mutex_lock(&q->lock);
	size_t waiting = q->count;
	pthread_mutex_unlock(&q->lock);
	*out = (struct store_figures){
		.reads = atomic_load(&s->reads), .writes = atomic_load(&s->writes), .groups = atomic_load(&s->groups),
		.retries = atomic_load(&s->retries), .busy = atomic_load(&s->busy),
		.queue = (int64_t)waiting, .bytes = s->engine->bytes(s),
	};
}
