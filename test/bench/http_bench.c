/* http_bench.c - a server that does nothing but serve, to measure what lib/http itself costs.
 *
 *     build/test/bench/http_bench 127.0.0.1:8080 1 &
 *     wrk -t1 -c64 -d5 http://127.0.0.1:8080/hello          (5 bytes)
 *     wrk -t1 -c64 -d5 http://127.0.0.1:8080/page           (20 KB)
 *     wrk -t1 -c64 -d5 http://127.0.0.1:8080/later          (5 bytes, answered by another thread)
 *     kill %1
 *
 * At its end it prints requests and its own processor time, user and system, per request: that figure,
 * unlike requests per second, does not depend on what wrk takes of the same processors.
 */
#include "http/http.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static char page[20 * 1024];
static struct http_server *server;

static struct { pthread_mutex_t lock; pthread_cond_t some; struct http_exchange *waiting[4096]; int count; } later = {
	PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER };

static void answer(struct http_exchange *x, str text)
{
	struct http_reply reply = { .status = 200, .fixed = text };
	http_header_add(x->arena, &reply, S("Content-Type"), S("text/plain"));
	http_reply(x, &reply);
}

static void *answer_later(void *unused)
{
	(void)unused;
	for (;;) {
		pthread_mutex_lock(&later.lock);
		while (!later.count)
			pthread_cond_wait(&later.some, &later.lock);
		struct http_exchange *x = later.waiting[--later.count];
		pthread_mutex_unlock(&later.lock);
		answer(x, S("later"));
	}
	return NULL;
}

static void handle(struct http_exchange *x)
{
	if (str_eq(x->request.path, S("/later"))) {
		pthread_mutex_lock(&later.lock);
		later.waiting[later.count++] = x;
		pthread_cond_signal(&later.some);
		pthread_mutex_unlock(&later.lock);
	} else {
		answer(x, str_eq(x->request.path, S("/page")) ? (str){ page, sizeof page } : S("hello"));
	}
}

static void stop(int signal)
{
	(void)signal;
	http_stop(server);
}

int main(int count, char **words)
{
	if (count < 2 || count > 5) {
		fprintf(stderr, "usage: http_bench ADDRESS:PORT [LOOPS [CERTIFICATE KEY]]\n");
		return 2;
	}
	char why[200];
	for (size_t i = 0; i < sizeof page; i++)
		page[i] = (char)('a' + i % 26);
	const struct http_settings settings = { .listen = str_of(words[1]), .loops = count > 2 ? atoi(words[2]) : 0, .connections = 4000, .handle = handle,
		.tls_certificate = str_of(count > 4 ? words[3] : NULL), .tls_key = str_of(count > 4 ? words[4] : NULL) };
	pthread_t thread;
	if (http_open(&settings, &server, why) != OK) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	sigaction(SIGTERM, &(struct sigaction){ .sa_handler = stop }, NULL);
	sigaction(SIGINT, &(struct sigaction){ .sa_handler = stop }, NULL);
	if (pthread_create(&thread, NULL, answer_later, NULL) != 0)
		return 1;
	http_run(server, 5);
	struct http_figures f;
	struct rusage used;
	http_figures(server, &f);
	getrusage(RUSAGE_SELF, &used);
	double user = (double)used.ru_utime.tv_sec * 1e6 + (double)used.ru_utime.tv_usec;
	double system = (double)used.ru_stime.tv_sec * 1e6 + (double)used.ru_stime.tv_usec;
	double requests = f.requests ? (double)f.requests : 1;
	printf("%lld requests, %.2f us each (%.2f user, %.2f system)\n", (long long)f.requests, (user + system) / requests, user / requests, system / requests);
	http_close(server);
	return 0;
}
