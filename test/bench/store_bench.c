/* store_bench.c - how fast the store is: store_bench [URL], a new file in the working directory when not told.
 *
 * Writes of 1 and of 64 clients that each wait for their own answer, single rows at once in one transaction, reads of one
 * row by its key from 1 and from 2 threads, a list of 50 rows, backup, verify and restore. Wall-clock seconds, because here waiting
 * counts; beside them the processor's time of this process, which a busy machine does not blur.
 */
#include "base/token.h"
#include "sample.h"
#include "sample.sql.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const struct schema *const schemas[] = { &sample_schema, NULL };
static struct store *store;

static double clock_seconds(clockid_t which)
{
	struct timespec t;
	clock_gettime(which, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(void) { return clock_seconds(CLOCK_MONOTONIC); }
static double worked(void) { return clock_seconds(CLOCK_PROCESS_CPUTIME_ID); }

static void need(enum status status, const char *what)
{
	if (status == OK)
		return;
	printf("%s: status %d\n", what, status);
	exit(1);
}

/* ---- Writing ---- */

struct client { pthread_t thread; int number, writes; double *took; };

static enum status add(struct ctx *c, void *of)
{
	struct by_id id;
	return store_one(c, box_add, of, &id);
}

static void *writer(void *of)
{
	struct client *me = of;
	struct ctx c = { .arena = arena_new(), .now = clock_now() };
	for (int i = 0; i < me->writes; i++) {
		arena_reset(c.arena);
		struct box b = { .code = text_format(c.arena, "%d-%d-%lld", me->number, i, (long long)c.now.ms), .name = S("a box of some sort"), .size = 1.5, .weight = i };
		double from = seconds();
		enum status status;
		while ((status = store_write_now(store, &c, add, &b)) == BUSY)
			;
		need(status, "write");
		me->took[i] = seconds() - from;
	}
	arena_free(c.arena);
	return NULL;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void measure_writes(int clients, int writes)
{
	struct client all[64];
	int total = clients * writes;
	double *took = calloc((size_t)total, sizeof *took), work = worked(), from = seconds();
	struct store_figures before, after;
	store_figures(store, &before);
	for (int i = 0; i < clients; i++) {
		all[i] = (struct client){ .number = i + clients, .writes = writes, .took = took + i * writes };
		pthread_create(&all[i].thread, NULL, writer, &all[i]);
	}
	for (int i = 0; i < clients; i++)
		pthread_join(all[i].thread, NULL);
	double spent = seconds() - from;
	work = worked() - work;
	store_figures(store, &after);
	qsort(took, (size_t)total, sizeof *took, by_size);
	printf("%2d clients, a row each: %8.0f rows/s, p50 %6.2f ms, p99 %6.2f ms, %.1f us of work each, %.1f rows a commit, %lld run again\n", clients, total / spent,
		took[total / 2] * 1e3, took[total * 99 / 100] * 1e3, work / total * 1e6, (double)total / (double)(after.groups - before.groups), (long long)(after.retries - before.retries));
	free(took);
}

enum { AT_ONCE = 20000 };

static enum status add_all(struct ctx *c, void *of)
{
	return store_run_each(c, box_add, of);
}

static void measure_at_once(void)
{
	struct ctx c = { .arena = arena_new(), .now = clock_now() };
	list boxes = { 0 };
	for (int i = 0; i < AT_ONCE; i++)
		*list_add(c.arena, &boxes, struct box) = (struct box){ .code = text_format(c.arena, "all-%d-%lld", i, (long long)c.now.ms), .size = i, .day = date_of(2026, 1, 1) };
	double work = worked(), from = seconds();
	need(store_write_now(store, &c, add_all, &boxes), "run_each");
	printf("one client, store_run_each: %8.0f rows/s, %.1f us of work each\n", AT_ONCE / (seconds() - from), (worked() - work) / AT_ONCE * 1e6);
	arena_free(c.arena);
}

/* ---- Reading ---- */

struct reader { pthread_t thread; int number, reads; };

static enum status load(struct ctx *c, void *of)
{
	struct box b;
	return store_one(c, box_load, (const struct by_id *)of, &b);
}

static enum status page(struct ctx *c, void *of)
{
	list rows;
	return store_all(c, box_list, (const struct box_search *)of, &rows);
}

static void *point_reader(void *of)
{
	struct reader *me = of;
	struct ctx c = { .arena = arena_new() };
	for (int i = 0; i < me->reads; i++) {
		arena_reset(c.arena);
		need(store_read(store, me->number, &c, load, &(struct by_id){ i % 1000 + 1 }), "read");
	}
	arena_free(c.arena);
	return NULL;
}

static void measure_reads(int threads, int reads)
{
	struct reader all[8];
	double work = worked(), from = seconds();
	for (int i = 0; i < threads; i++) {
		all[i] = (struct reader){ .number = i, .reads = reads };
		pthread_create(&all[i].thread, NULL, point_reader, &all[i]);
	}
	for (int i = 0; i < threads; i++)
		pthread_join(all[i].thread, NULL);
	double spent = seconds() - from;
	printf("%d threads, one row by its key: %8.0f reads/s, %.1f us each, %.1f us of work\n", threads, threads * reads / spent, spent / reads * 1e6,
		(worked() - work) / (threads * reads) * 1e6);
}

static void measure_pages(int reads)
{
	struct ctx c = { .arena = arena_new() };
	double from = seconds();
	for (int i = 0; i < reads; i++) {
		arena_reset(c.arena);
		need(store_read(store, 0, &c, page, &(struct box_search){ .after_id = i, .after_name = S("a box of some sor"), .rows = 50 }), "list");
	}
	printf("one thread, the first 50 rows of a sorted list: %.0f us each\n", (seconds() - from) / reads * 1e6);
	arena_free(c.arena);
}

/* ---- Keeping ---- */

static void count_rows(void *of, str table, int64_t rows, str checksum)
{
	(void)table;
	(void)checksum;
	*(int64_t *)of += rows;
}

static void measure_keeping(void)
{
	char why[400], path[] = "store_bench.XXXXXX.backup";
	int64_t rows = 0;
	snprintf(path, sizeof path, "store_bench.%d.bak", (int)getpid() % 100000);
	double from = seconds();
	need(store_backup(store, str_of(path), why), "backup");
	double backed_up = seconds();
	need(store_verify(store, count_rows, &rows, why), "verify");
	double verified = seconds();
	need(store_restore(store, str_of(path), true, why), "restore");
	double restored = seconds();
	printf("%lld rows: backup %.2f s, verify %.2f s, restore %.2f s\n", (long long)rows, backed_up - from, verified - backed_up, restored - verified);
	remove(path);
}

int main(int argc, char **argv)
{
	char why[400];
	struct store_settings settings = { .url = str_of(argc > 1 ? argv[1] : "sqlite:store_bench.db"), .readers = 4, .writers = 4, .may_create = true };
	if (!token_start() || store_open(&settings, &store, why) != OK || store_migrate(store, schemas, why) != OK) {
		printf("%s\n", why);
		return 1;
	}
	measure_writes(1, 1000);
	measure_writes(64, store_is_sqlite(store) ? 1000 : 200);
	measure_at_once();
	measure_reads(1, store_is_sqlite(store) ? 200000 : 20000);
	measure_reads(2, store_is_sqlite(store) ? 200000 : 20000);
	measure_pages(200);
	measure_keeping();
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	printf("at most %ld MB held\n", u.ru_maxrss / 1024);
	store_close(store);
	return 0;
}
