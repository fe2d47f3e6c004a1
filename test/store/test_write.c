/* test_write.c - many writers at once, in one process and in several, killed, refused, and out of room. */
#include "fresh.h"
#include "sample.h"
#include "sample.sql.h"
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct schema *const schemas[] = { &sample_schema, NULL };
#include "engines.h"

static enum status add(struct ctx *c, void *of)
{
	struct by_id id;
	return store_one(c, box_add, of, &id);
}

static enum status count(struct ctx *c, void *of)
{
	return store_one(c, box_count, NOTHING, (struct count *)of);
}

static int64_t boxes(struct fresh *f)
{
	struct count n;
	assert_int_equal(store_read(f->store, 0, &f->c, count, &n), OK);
	return n.count;
}

static struct box box_of(str code)
{
	return (struct box){ .code = code, .size = NAN, .weight = 0 };
}

static struct ctx context_of(const struct fresh *f)
{
	return (struct ctx){ .arena = arena_new(), .now = f->c.now, .today = f->c.today };
}

/* ---- Threads ---- */

enum { THREADS = 64, WRITES = 20 };

struct client { struct fresh *f; int number, done, busy; pthread_t thread; };

static void *client(void *of)
{
	struct client *me = of;
	struct ctx c = context_of(me->f);
	for (int i = 0; i < WRITES; ) {
		struct box b = box_of(text_format(c.arena, "%d-%d", me->number, i));
		enum status status = store_write_now(me->f->store, &c, add, &b);
		me->busy += status == BUSY;
		if (status == BUSY)
			continue;
		me->done += status == OK;
		i++;
	}
	arena_free(c.arena);
	return NULL;
}

static void sixty_four_threads_write(void **state)
{
	struct fresh *f = *state;
	struct client clients[THREADS];
	for (int i = 0; i < THREADS; i++) {
		clients[i] = (struct client){ .f = f, .number = i };
		pthread_create(&clients[i].thread, NULL, client, &clients[i]);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(clients[i].thread, NULL);
		assert_int_equal(clients[i].done, WRITES);
	}
	assert_int_equal(boxes(f), THREADS * WRITES);
	struct store_figures figures;
	store_figures(f->store, &figures);
	assert_true(figures.writes >= THREADS * WRITES);
	if (f->engine == ON_SQLITE)
		assert_true(figures.groups < figures.writes / 2);      /* they shared commits */
}

/* ---- One group ---- */

struct job { struct fresh *f; struct ctx c; struct box box; bool refuse; int runs; enum status status; struct gate *gate; };
struct gate { pthread_mutex_t lock; pthread_cond_t over; int left; sem_t open; };

static enum status wait_at_gate(struct ctx *c, void *of)
{
	(void)c;
	struct job *j = of;
	sem_wait(&j->gate->open);
	return OK;
}

static enum status add_or_refuse(struct ctx *c, void *of)
{
	struct job *j = of;
	j->runs++;
	TRY(add(c, &j->box));
	return j->refuse ? refuse(c, FORBIDDEN, "not-now", NULL, S("x")) : OK;
}

static void job_done(struct ctx *c, void *of, enum status status)
{
	(void)c;
	struct job *j = of;
	pthread_mutex_lock(&j->gate->lock);
	j->status = status;
	j->gate->left--;
	pthread_cond_signal(&j->gate->over);
	pthread_mutex_unlock(&j->gate->lock);
}

static void gate_wait(struct gate *g)
{
	pthread_mutex_lock(&g->lock);
	while (g->left)
		pthread_cond_wait(&g->over, &g->lock);
	pthread_mutex_unlock(&g->lock);
}

static struct gate *gate_new(struct fresh *f, int jobs)
{
	struct gate *g = arena_new_of(f->c.arena, struct gate);
	pthread_mutex_init(&g->lock, NULL);
	pthread_cond_init(&g->over, NULL);
	sem_init(&g->open, 0, 0);
	g->left = jobs;
	return g;
}

static struct job *jobs_new(struct fresh *f, struct gate *g, int count)
{
	struct job *jobs = arena_array_of(f->c.arena, struct job, (size_t)count);
	for (int i = 0; i < count; i++)
		jobs[i] = (struct job){ .f = f, .c = context_of(f), .box = box_of(text_format(f->c.arena, "j%d", i)), .gate = g };
	return jobs;
}

static void jobs_free(struct job *jobs, int count)
{
	for (int i = 0; i < count; i++)
		arena_free(jobs[i].c.arena);
}

static void a_refusal_leaves_the_others(void **state)
{
	struct fresh *f = *state;
	enum { JOBS = 40 };
	struct gate *g = gate_new(f, JOBS);
	struct job *jobs = jobs_new(f, g, JOBS);
	jobs[20].box.code = S("j4");                               /* taken by another of the group */
	for (int i = 0; i < JOBS; i++) {
		jobs[i].refuse = i % 5 == 1;
		assert_int_equal(store_write(f->store, (struct store_write_job){ &jobs[i].c, i ? add_or_refuse : wait_at_gate, job_done, &jobs[i] }), OK);
	}
	sem_post(&g->open);
	gate_wait(g);
	int kept = 0;
	for (int i = 1; i < JOBS; i++) {
		bool twin = i == 20 || i == 4;
		if (!twin)
			assert_int_equal(jobs[i].status, i % 5 == 1 ? FORBIDDEN : OK);
		kept += jobs[i].status == OK;
	}
	assert_true((jobs[4].status == OK) != (jobs[20].status == OK));
	assert_true(jobs[4].status == CONFLICT || jobs[20].status == CONFLICT);
	assert_true(str_eq(jobs[1].c.code, S("not-now")));
	assert_int_equal(boxes(f), kept);
	jobs_free(jobs, JOBS);
}

static void a_full_queue_is_busy_at_once(void **state)
{
	struct fresh *f = *state;
	enum { JOBS = 12 };
	char why[400];
	struct store *s;
	assert_int_equal(store_open(&(struct store_settings){ .url = f->url, .queue = 3, .writers = 1 }, &s, why), OK);
	struct gate *g = gate_new(f, 0);
	struct job *jobs = jobs_new(f, g, JOBS);
	int taken = 0, busy = 0;
	for (int i = 0; i < JOBS; i++) {
		pthread_mutex_lock(&g->lock);
		g->left++;
		pthread_mutex_unlock(&g->lock);
		if (store_write(s, (struct store_write_job){ &jobs[i].c, wait_at_gate, job_done, &jobs[i] }) == OK) {
			taken++;
			continue;
		}
		busy++;
		pthread_mutex_lock(&g->lock);
		g->left--;
		pthread_mutex_unlock(&g->lock);
	}
	assert_in_range(taken, 3, 4);                              /* one may be running */
	assert_int_equal(busy, JOBS - taken);
	for (int i = 0; i < taken; i++)
		sem_post(&g->open);
	gate_wait(g);
	store_close(s);
	jobs_free(jobs, JOBS);
}

struct looking { struct fresh *f; struct gate *gate; sem_t written; };

static enum status write_and_wait(struct ctx *c, void *of)
{
	struct looking *l = of;
	struct box b = box_of(S("slow"));
	TRY(add(c, &b));
	sem_post(&l->written);
	sem_wait(&l->gate->open);
	return OK;
}

static void *writing(void *of)
{
	struct looking *l = of;
	struct ctx c = context_of(l->f);
	enum status status = store_write_now(l->f->store, &c, write_and_wait, l);
	arena_free(c.arena);
	return status == OK ? l : NULL;
}

static enum status count_twice(struct ctx *c, void *of)
{
	struct looking *l = of;
	struct count before, after;
	TRY(count(c, &before));
	sem_post(&l->gate->open);
	usleep(50000);                                             /* the commit comes meanwhile */
	TRY(count(c, &after));
	assert_int_equal(before.count, 0);
	assert_int_equal(after.count, 0);                          /* a snapshot does not move */
	return OK;
}

static void a_reader_sees_one_moment_during_a_long_write(void **state)
{
	struct fresh *f = *state;
	struct looking l = { .f = f, .gate = gate_new(f, 0) };
	sem_init(&l.written, 0, 0);
	pthread_t thread;
	pthread_create(&thread, NULL, writing, &l);
	sem_wait(&l.written);
	assert_int_equal(boxes(f), 0);
	assert_int_equal(store_read(f->store, 1, &f->c, count_twice, &l), OK);
	void *ok;
	pthread_join(thread, &ok);
	assert_non_null(ok);
	assert_int_equal(boxes(f), 1);
}

/* ---- Losing to another, PostgreSQL ---- */

static enum status read_then_weigh(struct ctx *c, void *of)
{
	struct box b;
	TRY(store_one(c, box_load, &(struct by_id){ *(int64_t *)of }, &b));
	usleep(300);
	int64_t changed;
	return store_run(c, box_weigh, (&(struct box_weight){ b.id, 1 }), &changed);
}

static void *weigh(void *of)
{
	struct client *me = of;
	struct ctx c = context_of(me->f);
	int64_t id = 1;
	for (int i = 0; i < WRITES; i++) {
		enum status status = store_write_now(me->f->store, &c, read_then_weigh, &id);
		me->done += status == OK;
		me->busy += status == BUSY;
	}
	arena_free(c.arena);
	return NULL;
}

static enum status load_first(struct ctx *c, void *of)
{
	return store_one(c, box_load, &(struct by_id){ 1 }, (struct box *)of);
}

static void a_lost_race_is_run_again(void **state)
{
	struct fresh *f = *state;
	struct box b = box_of(S("a"));
	assert_int_equal(store_write_now(f->store, &f->c, add, &b), OK);
	struct client clients[8];
	int done = 0;
	for (int i = 0; i < 8; i++) {
		clients[i] = (struct client){ .f = f };
		pthread_create(&clients[i].thread, NULL, weigh, &clients[i]);
	}
	for (int i = 0; i < 8; i++) {
		pthread_join(clients[i].thread, NULL);
		assert_int_equal(clients[i].done + clients[i].busy, WRITES);
		done += clients[i].done;
	}
	assert_int_equal(store_read(f->store, 0, &f->c, load_first, &b), OK);
	assert_int_equal(b.weight, done);                          /* none counted twice, none lost */
	struct store_figures figures;
	store_figures(f->store, &figures);
	if (f->engine == ON_POSTGRES)
		assert_true(figures.retries > 0);
	else
		assert_int_equal(done, 8 * WRITES);
}

static const struct query query_hang_up = {
	.name = "hang_up", .file = "test", .in = &nothing_record, .out = &count_record,
	.postgres = "select count(pg_terminate_backend(pid)) as count from pg_stat_activity where pid <> pg_backend_pid() and application_name = current_setting('application_name')",
};
typedef struct nothing query_hang_up_in;
typedef struct count query_hang_up_out;

static enum status hang_up_body(struct ctx *c, void *of)
{
	return store_one(c, hang_up, NOTHING, (struct count *)of);
}

static void a_lost_connection_is_made_anew(void **state)
{
	struct fresh *f = *state;
	struct box b = box_of(S("a"));
	struct store *other = fresh_open(f);
	struct count n;
	assert_int_equal(boxes(f), 0);
	assert_int_equal(store_write_now(f->store, &f->c, add, &b), OK);
	assert_int_equal(store_read(other, 0, &f->c, hang_up_body, &n), OK);
	assert_true(n.count >= 2);
	usleep(50000);
	assert_int_equal(boxes(f), 1);
	b.code = S("b");
	assert_int_equal(store_write_now(f->store, &f->c, add, &b), OK);
	assert_int_equal(boxes(f), 2);
	store_close(other);
}

/* ---- Processes ---- */

/* Adds `count` boxes from a process of its own, and tells on a pipe which are kept. */
static pid_t writer_process(struct fresh *f, int number, int count, int tell)
{
	pid_t pid = fork();
	if (pid)
		return pid;
	struct store *s = fresh_open(f);
	struct ctx c = context_of(f);
	for (int i = 0; i < count; ) {
		struct box b = box_of(text_format(c.arena, "p%d-%d", number, i));
		enum status status = store_write_now(s, &c, add, &b);
		if (status == BUSY)
			continue;
		if (status != OK || (tell >= 0 && write(tell, "+", 1) != 1))
			_exit(1);
		i++;
	}
	store_close(s);
	arena_free(c.arena);
	_exit(0);
}

/* No thread of this process may live across the fork. */
static void store_pause(struct fresh *f)
{
	store_close(f->store);
	f->store = NULL;
}

static void two_processes_write(void **state)
{
	struct fresh *f = *state;
	store_pause(f);
	pid_t a = writer_process(f, 1, 200, -1), b = writer_process(f, 2, 200, -1);
	int status;
	waitpid(a, &status, 0);
	assert_int_equal(status, 0);
	waitpid(b, &status, 0);
	assert_int_equal(status, 0);
	f->store = fresh_open(f);
	assert_int_equal(boxes(f), 400);
}

static void what_was_acknowledged_survives_a_kill(void **state)
{
	struct fresh *f = *state;
	store_pause(f);
	int64_t told = 0;
	for (int i = 0; i < 20; i++) {
		int ends[2];
		assert_int_equal(pipe(ends), 0);
		pid_t pid = writer_process(f, i, 1000000, ends[1]);
		close(ends[1]);
		usleep(20000 + 7000 * (i % 5));
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		char marks[4096];
		for (ssize_t n; (n = read(ends[0], marks, sizeof marks)) > 0; )
			told += n;
		close(ends[0]);
	}
	f->store = fresh_open(f);
	int64_t kept = boxes(f);
	assert_true(told > 0);
	assert_in_range(kept, told, told + 20);                    /* one more each time may be kept and not told */
}

/* ---- SQLite alone ---- */

static enum status add_large(struct ctx *c, void *of)
{
	struct box *b = of;
	struct by_id id;
	char *text = arena_take(c->arena, 20001);
	memset(text, 'x', 20000);
	b->name = (str){ text, 20000 };
	for (int i = 0; i < 10; i++) {
		b->code = text_format(c->arena, "large-%lld-%d", (long long)b->weight, i);
		TRY(store_one(c, box_add, b, &id));
	}
	return OK;
}

/* A file that may not grow further is what a full disk is to SQLite. */
static int fill_disk(struct fresh *f)
{
	struct store *s = fresh_open(f);
	struct ctx c = context_of(f);
	int kept = 0, refused = 0;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 2000000, RLIM_INFINITY });
	for (int i = 0; i < 40; i++) {
		struct box b = { .size = NAN, .weight = i };
		enum status status = store_write_now(s, &c, add_large, &b);
		kept += status == OK;
		refused += status == BROKEN || status == FULL;
	}
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY });
	struct box b = { .size = NAN, .weight = 1000 };
	kept += store_write_now(s, &c, add_large, &b) == OK;       /* once there is room again, it goes on */
	bool well = kept + refused == 41 && refused > 0 && kept > 1;
	store_close(s);
	arena_free(c.arena);
	return well ? kept : 255;
}

static void a_full_disk_leaves_all_or_nothing(void **state)
{
	struct fresh *f = *state;
	store_pause(f);
	pid_t pid = fork();
	if (!pid)
		_exit(fill_disk(f));
	int status;
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_not_equal(WEXITSTATUS(status), 255);
	f->store = fresh_open(f);
	assert_int_equal(boxes(f), 10 * WEXITSTATUS(status));
}

static enum status hold(struct ctx *c, void *of)
{
	struct box b = box_of(S("held"));
	TRY(add(c, &b));
	sem_wait(of);
	return OK;
}

struct holding { struct fresh *f; sem_t until; };

static void *holding(void *of)
{
	struct holding *h = of;
	struct ctx c = context_of(h->f);
	(void)!store_write_now(h->f->store, &c, hold, &h->until);
	arena_free(c.arena);
	return NULL;
}

static void a_lock_is_busy_after_the_wait(void **state)
{
	struct fresh *f = *state;
	struct holding h = { .f = f };
	sem_init(&h.until, 0, 0);
	char why[400];
	struct store *other;
	assert_int_equal(store_open(&(struct store_settings){ .url = f->url, .wait_ms = 100 }, &other, why), OK);
	pthread_t thread;
	pthread_create(&thread, NULL, holding, &h);
	usleep(50000);
	struct box b = box_of(S("b"));
	assert_int_equal(store_write_now(other, &f->c, add, &b), BUSY);
	sem_post(&h.until);
	pthread_join(thread, NULL);
	assert_int_equal(store_write_now(other, &f->c, add, &b), OK);
	store_close(other);
	assert_int_equal(boxes(f), 2);
}

static const struct query query_give_up = { .name = "give_up", .file = "test", .sqlite = "rollback", .in = &nothing_record, .out = &nothing_record };

/* As SQLite itself does when the disk is full at the wrong moment. */
static enum status end_transaction(struct ctx *c, void *of)
{
	struct job *j = of;
	j->runs++;
	TRY(add(c, &j->box));
	return j->runs == 1 ? store_run_query(c, &query_give_up, NULL, NULL) : OK;
}

static void a_lost_group_is_run_one_by_one(void **state)
{
	struct fresh *f = *state;
	enum { JOBS = 10 };
	struct gate *g = gate_new(f, JOBS);
	struct job *jobs = jobs_new(f, g, JOBS);
	jobs[6].refuse = true;
	for (int i = 0; i < JOBS; i++)
		assert_int_equal(store_write(f->store, (struct store_write_job){ &jobs[i].c,
			i == 0 ? wait_at_gate : i == 4 ? end_transaction : add_or_refuse, job_done, &jobs[i] }), OK);
	sem_post(&g->open);
	sem_post(&g->open);                                        /* the first runs again, too */
	gate_wait(g);
	for (int i = 0; i < JOBS; i++)
		assert_int_equal(jobs[i].status, i == 6 ? FORBIDDEN : OK);
	assert_int_equal(jobs[1].runs, 2);
	assert_int_equal(jobs[4].runs, 2);
	assert_int_equal(boxes(f), 8);
	jobs_free(jobs, JOBS);
}

#define ON_BOTH(X) X(sixty_four_threads_write) X(a_refusal_leaves_the_others) X(a_full_queue_is_busy_at_once) \
	X(a_reader_sees_one_moment_during_a_long_write) X(a_lost_race_is_run_again) X(two_processes_write) X(what_was_acknowledged_survives_a_kill)
#define ON_SQLITE_ONLY(X) X(a_full_disk_leaves_all_or_nothing) X(a_lock_is_busy_after_the_wait) X(a_lost_group_is_run_one_by_one)
#define ON_POSTGRES_ONLY(X) X(a_lost_connection_is_made_anew)

int main(void)
{
	RUN_ON_BOTH(ON_BOTH, ON_SQLITE_ONLY, ON_POSTGRES_ONLY);
}
