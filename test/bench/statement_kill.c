/* statement_kill.c - ends a server in the middle of its work, again and again, and counts afterwards.
 *
 *     statement_kill PORT KEY SECRET TIMES [-k COMMAND] -- wijzer serve …
 *
 * Four senders send batches of one to twenty statements; an id says which sender, which batch and which place in it. Every now and then the
 * server gets SIGKILL (or COMMAND is run, such as one that ends the backends of PostgreSQL) and is started again. In the end everything
 * that is there is read: each acknowledged statement is there, none twice, and of each batch all or nothing.
 */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include "sender.h"

enum { SENDERS = 4, BATCHES_MAX = 1 << 16, OF_BATCH_MAX = 20 };

struct batch { unsigned char count, acknowledged; unsigned found; };
static struct batch *batches[SENDERS];
static atomic_int sent[SENDERS];
static atomic_bool end;
static char *authorization;
static int port, run;                          /* run: of this time, so that a database may serve twice */
static char **command;
static pid_t server;

static void start(void)
{
	server = fork();
	if (!server) {
		execv(command[0], command);
		_exit(127);
	}
}

static bool wait_until_it_serves(void)
{
	struct sender s;
	bool serves = false;
	sender_new(&s, port, authorization, 1);
	for (int i = 0; i < 600 && !serves; i++) {
		char *text;
		serves = sender_ask(&s, "GET", "/xapi/about", "", 0, &text) == 200;
		if (!serves)
			usleep(50000);
	}
	sender_end(&s);
	return serves;
}

static void *work(void *of)
{
	int me = (int)(intptr_t)of;
	struct sender s;
	sender_new(&s, port, authorization, (uint64_t)me + 1);
	for (int n = 0; n < BATCHES_MAX && !atomic_load(&end); n++) {
		struct batch *b = &batches[me][n];
		b->count = (unsigned char)(1 + sender_random(&s) % OF_BATCH_MAX);
		s.body_len = 0;
		s.body[s.body_len++] = '[';
		for (int i = 0; i < b->count; i++) {
			char id[37];
			snprintf(id, sizeof id, "%08x-%04x-4%03x-8000-%012x", me, i, run, n);
			statement_add(&s, id, 50, 50);
		}
		s.body[s.body_len++] = ']';
		atomic_store(&sent[me], n + 1);
		char *text;
		b->acknowledged = sender_ask(&s, "POST", "/xapi/statements", s.body, s.body_len, &text) == 200;
		if (!b->acknowledged)
			usleep(20000);
	}
	sender_end(&s);
	return NULL;
}

/* Every id that is there, page by page. */
static bool all_read(long *count, long *twice)
{
	struct sender s;
	char path[4000] = "/xapi/statements?limit=500&format=ids&ascending=true", *text;
	sender_new(&s, port, authorization, 99);
	*count = *twice = 0;
	bool read = true;
	while (read && *path) {
		if (sender_ask(&s, "GET", path, "", 0, &text) != 200) {
			read = false;
			break;
		}
		for (char *at = text; (at = strstr(at, "\"id\":\"0000000")); at++) {
			unsigned me, i, of, n;
			if (sscanf(at + 6, "%8x-%4x-4%3x-8000-%12x", &me, &i, &of, &n) != 4 || of != (unsigned)run || me >= SENDERS || i >= OF_BATCH_MAX || n >= BATCHES_MAX)
				continue;
			*twice += batches[me][n].found >> i & 1;
			batches[me][n].found |= 1u << i;
			++*count;
		}
		char *more = strstr(text, "\"more\":\"");
		read = more;
		snprintf(path, sizeof path, "%.*s", more ? (int)strcspn(more + 8, "\"") : 0, more ? more + 8 : "");
	}
	sender_end(&s);
	return read;
}

int main(int argc, char **argv)
{
	const char *instead = NULL;
	int at = 5;
	if (argc > 7 && !strcmp(argv[5], "-k")) {
		instead = argv[6];
		at = 7;
	}
	if (argc < at + 2 || strcmp(argv[at], "--"))
		return fprintf(stderr, "statement_kill PORT KEY SECRET TIMES [-k COMMAND] -- wijzer serve …\n"), 2;
	port = atoi(argv[1]);
	run = (int)(time(NULL) & 0xFFF);
	authorization = basic(argv[2], argv[3]);
	command = argv + at + 1;
	int times = atoi(argv[4]);
	pthread_t threads[SENDERS];
	struct sender dice;
	sender_new(&dice, port, authorization, (uint64_t)time(NULL));
	start();
	if (!wait_until_it_serves())
		return fprintf(stderr, "it does not serve\n"), 1;
	for (int i = 0; i < SENDERS; i++) {
		batches[i] = calloc(BATCHES_MAX, sizeof **batches);
		if (!batches[i] || pthread_create(&threads[i], NULL, work, (void *)(intptr_t)i))
			return 1;
	}
	for (int i = 0; i < times; i++) {
		usleep((useconds_t)(50000 + sender_random(&dice) % 300000));
		if (instead) {
			if (system(instead))
				return fprintf(stderr, "the command failed\n"), 1;
			continue;
		}
		kill(server, SIGKILL);
		waitpid(server, NULL, 0);
		start();
		if (!wait_until_it_serves())
			return fprintf(stderr, "it does not serve again\n"), 1;
	}
	atomic_store(&end, true);
	for (int i = 0; i < SENDERS; i++)
		pthread_join(threads[i], NULL);
	long count, twice, acknowledged = 0, lost = 0, half = 0;
	bool read = all_read(&count, &twice);
	for (int i = 0; i < SENDERS; i++)
		for (int n = 0; n < atomic_load(&sent[i]); n++) {
			const struct batch *b = &batches[i][n];
			unsigned all = (1u << b->count) - 1;
			acknowledged += b->acknowledged ? b->count : 0;
			lost += b->acknowledged && b->found != all;
			half += b->found && b->found != all;
		}
	kill(server, SIGTERM);
	waitpid(server, NULL, 0);
	sender_end(&dice);
	for (int i = 0; i < SENDERS; i++)
		free(batches[i]);
	free(authorization);
	printf("kills=%d acknowledged=%ld there=%ld lost_batches=%ld twice=%ld half_batches=%ld%s\n", times, acknowledged, count, lost, twice, half, read ? "" : " NOT ALL READ");
	return !read || lost || twice || half || !acknowledged;
}
