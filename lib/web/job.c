/* job.c - work that waits in the database and a thread that does it. */
#include "inside.h"
#include "web/web.sql.h"
#include <string.h>
#include <time.h>

struct job_line { int64_t id; str name, input; instant due, done; int64_t tries; str failed; };
RECORD(job_line, FIELD(job_line, id), FIELD(job_line, name), FIELD(job_line, input, .max = 65536), FIELD(job_line, due),
	FIELD(job_line, done), FIELD(job_line, tries), FIELD(job_line, failed));

extern const struct job *const __start_wijzer_jobs[] __attribute__((weak));
extern const struct job *const __stop_wijzer_jobs[] __attribute__((weak));

RECORD(job_night, FIELD(job_night, day));

enum { TRIES_MAX = 10, PAUSE_MS = 1000, NIGHT_MINUTE = 3 * 60 };

enum status job_add_named(struct ctx *c, const struct job *job, const void *in, instant due)
{
	struct buffer b = { 0 };
	record_write_json(&b, job->input, in);
	struct job_line line = { .name = str_of(job->name), .input = text_copy(c->arena, buffer_text(&b)), .due = due };
	buffer_done(&b);
	return store_run(c, job_put, &line, NULL);
}

static const struct job *job_find(str name)
{
	for (const struct job *const *j = __start_wijzer_jobs; j < __stop_wijzer_jobs; j++)
		if (str_eq(str_of((*j)->name), name))
			return *j;
	return NULL;
}

/* The next night of each nightly job, where none waits. Its day is part of its input, so that one that runs does not stand in the way of the next. */
static enum status nights_add(struct ctx *c, void *of)
{
	(void)of;
	for (const struct job *const *j = __start_wijzer_jobs; j < __stop_wijzer_jobs; j++) {
		if (!(*j)->nightly)
			continue;
		int minute = instant_minutes(c->now);
		bool tonight = minute < NIGHT_MINUTE;
		instant due = { c->now.ms - c->now.ms % 60000 + (int64_t)(NIGHT_MINUTE - minute + (tonight ? 0 : 24 * 60)) * 60000 };
		TRY(job_add_named(c, *j, &(struct job_night){ date_add_days(c->today, !tonight) }, due));
	}
	return OK;
}

/* line->id: only those behind it. */
static enum status next_perform(struct ctx *c, void *of)
{
	struct job_line *line = of;
	struct by_id after = { line->id };
	return store_one(c, job_next, &after, line);
}

static enum status job_perform(struct ctx *c, void *of)
{
	struct job_line *line = of;
	const struct job *job = job_find(line->name);
	if (!job)
		return broken(c, "no job is called " S_FMT, S_ARG(line->name));
	void *in = arena_take(c->arena, job->input->size);
	TRY(record_read_json(c, job->input, line->input, in));
	c->me.unprotected = true;
	TRY(job->run(c, in));
	TRY(store_run(c, job_finished, line, NULL));
	return job->nightly ? nights_add(c, NULL) : OK;
}

/* A night that failed for good does not end the nights. */
static enum status failure_perform(struct ctx *c, void *of)
{
	struct job_line *line = of;
	const struct job *job = job_find(line->name);
	TRY(store_run(c, job_failed, line, NULL));
	return job && job->nightly && line->done.ms ? nights_add(c, NULL) : OK;
}

/* One job, if one is due. Its own transaction marks it done, so that a crash in the middle leaves it waiting. */
static bool job_run_next(struct web *w, struct arena *a, int reader, int64_t after)
{
	arena_reset(a);
	struct web_request r = { .web = w, .by = &r.credentials };
	struct ctx c;
	context_start(w, &c, a);
	c.web = &r;
	struct job_line line = { .id = after };
	if (store_read(w->settings.store, reader, &c, next_perform, &line) != OK)
		return false;
	enum status s = store_write_now(w->settings.store, &c, job_perform, &line);
	if (s == OK)
		return true;
	int64_t minutes = 1;
	for (int64_t i = 0; i < line.tries && i < 6; i++)
		minutes *= 4;
	line.due = (instant){ c.now.ms + minutes * 60000 };
	line.failed = c.code.len ? c.code : S("broken");
	line.done = line.tries + 1 >= TRIES_MAX ? c.now : (instant){ 0 };
	return store_write_now(w->settings.store, &c, failure_perform, &line) == OK;
}

static enum status last_perform(struct ctx *c, void *of)
{
	return store_one(c, job_last, NOTHING, (struct by_id *)of);
}

enum status web_jobs_last(struct web *w, int64_t *id)
{
	struct ctx c;
	struct by_id last = { 0 };
	struct arena *a = arena_new();
	context_start(w, &c, a);
	enum status status = store_read(w->settings.store, 0, &c, last_perform, &last);
	arena_free(a);
	*id = last.id;
	return status;
}

void web_jobs_finish(struct web *w, int64_t after)
{
	struct arena *a = arena_new();
	while (job_run_next(w, a, 0, after))
		;
	arena_free(a);
}

static void *jobs_work(void *of)
{
	struct web *w = of;
	int reader = web_readers(store_is_sqlite(w->settings.store), w->settings.loops, w->settings.hashers) - 1;
	struct arena *a = arena_new();
	struct web_request r = { .web = w, .by = &r.credentials };
	struct ctx c;
	context_start(w, &c, a);
	c.web = &r;
	const str unset = S("the nightly jobs could not be set; the next start does it");
	if (store_write_now(w->settings.store, &c, nights_add, NULL) != OK && w->settings.log)
		w->settings.log(unset.at, unset.len);
	while (!atomic_load(&w->jobs_end)) {
		if (job_run_next(w, a, reader, 0))
			continue;
		struct timespec until;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += PAUSE_MS / 1000;
		pthread_mutex_lock(&w->job_lock);
		if (!atomic_load(&w->jobs_end))
			pthread_cond_timedwait(&w->job_wake, &w->job_lock, &until);
		pthread_mutex_unlock(&w->job_lock);
	}
	arena_free(a);
	return NULL;
}

void web_jobs_start(struct web *w)
{
	atomic_store(&w->jobs_end, false);
	w->jobs_run = !pthread_create(&w->job_thread, NULL, jobs_work, w);
}

void web_jobs_stop(struct web *w)
{
	if (!w->jobs_run)
		return;
	atomic_store(&w->jobs_end, true);
	pthread_mutex_lock(&w->job_lock);
	pthread_cond_signal(&w->job_wake);
	pthread_mutex_unlock(&w->job_lock);
	pthread_join(w->job_thread, NULL);
	w->jobs_run = false;
}
