/* statement_load.c - sends generated statements in batches and says how many a second were acknowledged.
 *
 *     statement_load PORT KEY SECRET [-c CONNECTIONS] [-b BATCH] [-n STATEMENTS] [-p PEOPLE] [-a ACTIVITIES] [-r N]
 *
 * -r: every N-th statement has a registration; else none has.
 * Prints: statements seconds per_second p50_ms p99_ms failed. Each connection sends its next batch when the last is answered.
 */
#include <pthread.h>
#include <stdatomic.h>
#include "sender.h"

static int port, connections = 8, batch = 50, people = 20000, activities = 20000, registered;
static long wanted = 100000;
static atomic_long begun, failed;
static char *authorization;
static float *took;
static atomic_long measured;

static void *work(void *of)
{
	struct sender s;
	sender_new(&s, port, authorization, (uint64_t)(intptr_t)of + (uint64_t)time(NULL) * 1000);
	s.registered = registered;
	while (atomic_fetch_add(&begun, batch) < wanted) {
		s.body_len = 0;
		s.body[s.body_len++] = '[';
		for (int i = 0; i < batch; i++) {
			char id[37];
			uint64_t a = sender_random(&s), b = sender_random(&s);
			snprintf(id, sizeof id, "%08x-%04x-4%03x-8%03x-%012llx", (unsigned)(a >> 32), (unsigned)(a & 0xFFFF), (unsigned)(a >> 16 & 0xFFF), (unsigned)(b >> 48 & 0xFFF),
				(unsigned long long)(b & 0xFFFFFFFFFFFFu));
			statement_add(&s, id, people, activities);
		}
		s.body[s.body_len++] = ']';
		char *text;
		int64_t from = sender_now_us();
		if (sender_ask(&s, "POST", "/xapi/statements", s.body, s.body_len, &text) != 200)
			atomic_fetch_add(&failed, 1);
		took[atomic_fetch_add(&measured, 1)] = (float)(sender_now_us() - from) / 1000;
	}
	sender_end(&s);
	return NULL;
}

static int by_size(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	if (argc < 4)
		return fprintf(stderr, "statement_load PORT KEY SECRET [-c N] [-b N] [-n N] [-p N] [-a N] [-r N]\n"), 2;
	port = atoi(argv[1]);
	authorization = basic(argv[2], argv[3]);
	for (int i = 4; i + 1 < argc; i += 2)
		switch (argv[i][1]) {
		case 'c': connections = atoi(argv[i + 1]); break;
		case 'b': batch = atoi(argv[i + 1]); break;
		case 'n': wanted = atol(argv[i + 1]); break;
		case 'p': people = atoi(argv[i + 1]); break;
		case 'a': activities = atoi(argv[i + 1]); break;
		case 'r': registered = atoi(argv[i + 1]); break;
		}
	took = calloc((size_t)(wanted / batch + connections + 1), sizeof *took);
	pthread_t threads[256];
	if (!took || connections > 256 || batch < 1 || batch > 1000)
		return 2;
	int64_t from = sender_now_us();
	for (int i = 0; i < connections; i++)
		if (pthread_create(&threads[i], NULL, work, (void *)(intptr_t)(i + 1)))
			return 1;
	for (int i = 0; i < connections; i++)
		pthread_join(threads[i], NULL);
	double seconds = (double)(sender_now_us() - from) / 1e6;
	long n = atomic_load(&measured);
	qsort(took, (size_t)n, sizeof *took, by_size);
	printf("statements=%ld seconds=%.2f per_second=%.0f p50_ms=%.2f p99_ms=%.2f failed=%ld\n", n * batch, seconds, (double)(n * batch) / seconds,
		(double)took[n / 2], (double)took[n * 99 / 100], atomic_load(&failed));
	return atomic_load(&failed) != 0;
}
