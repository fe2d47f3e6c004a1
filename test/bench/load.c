/* load.c - asks a server the same few requests again and again, and says how many it answered and how long each took.
 *
 *     load A:P REQUESTS [-c CONNECTIONS] [-t THREADS] [-d SECONDS | -n COUNT]
 *
 * REQUESTS has one a line: "METHOD /path<TAB>Header: value<TAB>body"; header and body may be left out. They are taken in turn, so that a
 * line per session makes rotating users. Replies are asked for uncompressed and must have a Content-Length, as all of ours do.
 * Prints: requests seconds per_second p50_ms p99_ms max_ms bytes_each failed (whatever is not 2xx or 303).
 */
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 1024, REPLY_ROOM = 1 << 20, LATENCIES_MAX = 4 << 20 };

struct line { char *text; size_t len; };
static struct line *lines;
static size_t line_count;
static atomic_size_t next_line, begun;
static size_t wanted;                              /* 0: until the time is over */
static int64_t until_us;
static struct sockaddr_in to;

struct client { int fd; char *in; size_t have; int64_t sent_us; bool idle; };
struct worker { pthread_t thread; int first, count; float *ms; size_t measured, failed; uint64_t bytes; };
static struct client clients[CONNECTIONS_MAX];

static void end(const char *what)
{
	fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int64_t now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void lines_read(const char *path, const char *host)
{
	FILE *f = fopen(path, "r");
	char *row = NULL;
	size_t room = 0;
	if (!f)
		end(path);
	while (getline(&row, &room, f) > 0) {
		row[strcspn(row, "\n")] = 0;
		char *rest = row, *start = strsep(&rest, "\t"), *header = strsep(&rest, "\t");
		const char *body = rest ? rest : "";
		struct line l;
		int len = asprintf(&l.text, "%s HTTP/1.1\r\nHost: %s\r\n%s%s%s%zu\r\n\r\n%s", start, host, header ? header : "", header && *header ? "\r\n" : "",
			*body == '{' ? "Content-Type: application/json\r\nContent-Length: " : "Content-Length: ", strlen(body), body);
		if (len < 0)
			end("memory");
		l.len = (size_t)len;
		lines = realloc(lines, (line_count + 1) * sizeof *lines);
		if (!lines)
			end("memory");
		lines[line_count++] = l;
	}
	free(row);
	fclose(f);
	if (!line_count)
		end("no requests");
}

static void client_open(struct client *c)
{
	c->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to))
		end("connect");
}

/* False when enough was asked. */
static bool client_ask(struct client *c)
{
	if (wanted ? atomic_fetch_add(&begun, 1) >= wanted : now_us() >= until_us) {
		c->idle = true;
		return false;
	}
	struct line *l = &lines[atomic_fetch_add(&next_line, 1) % line_count];
	c->have = 0;
	c->sent_us = now_us();
	for (size_t sent = 0; sent < l->len; ) {
		ssize_t n = send(c->fd, l->text + sent, l->len - sent, MSG_NOSIGNAL);
		if (n < 0)
			end("send");
		sent += (size_t)n;
	}
	return true;
}

/* The length of the whole reply, or 0 while that is not known. */
static size_t reply_size(struct client *c)
{
	c->in[c->have] = 0;
	char *head = strstr(c->in, "\r\n\r\n"), *length = strcasestr(c->in, "\r\nContent-Length:");
	if (!head)
		return 0;
	size_t body = length && length < head ? strtoul(length + 17, NULL, 10) : 0;
	return (size_t)(head - c->in) + 4 + body;
}

static void client_read(struct worker *w, struct client *c)
{
	ssize_t n = recv(c->fd, c->in + c->have, REPLY_ROOM - 1 - c->have, 0);
	if (n <= 0)
		end("the server hung up");
	c->have += (size_t)n;
	size_t size = reply_size(c);
	if (!size && c->have == REPLY_ROOM - 1)
		end("the head of a reply is too large");
	if (!size || c->have < (size < REPLY_ROOM ? size : REPLY_ROOM - 1))
		return;
	if (size >= REPLY_ROOM)
		end("a reply is too large");
	int status = atoi(c->in + 9);
	w->failed += status != 303 && (status < 200 || status > 299);
	if (w->failed == 1 && status != 303 && (status < 200 || status > 299))
		fprintf(stderr, "load: first failure: %.1200s\n", c->in);
	w->bytes += size;
	if (w->measured < LATENCIES_MAX)
		w->ms[w->measured++] = (float)(now_us() - c->sent_us) / 1000;
	client_ask(c);
}

static void *work(void *of)
{
	struct worker *w = of;
	int poll = epoll_create1(0), busy = 0;
	struct epoll_event ready[64];
	for (int i = w->first; i < w->first + w->count; i++) {
		struct epoll_event e = { .events = EPOLLIN, .data.ptr = &clients[i] };
		epoll_ctl(poll, EPOLL_CTL_ADD, clients[i].fd, &e);
		busy += client_ask(&clients[i]);
	}
	while (busy) {
		int n = epoll_wait(poll, ready, 64, 1000);
		for (int i = 0; i < n; i++) {
			struct client *c = ready[i].data.ptr;
			client_read(w, c);
			busy -= c->idle;
		}
	}
	close(poll);
	return NULL;
}

static int compare(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	int connections = 16, threads = 2, seconds = 5, o;
	char host[64];
	while ((o = getopt(argc, argv, "c:t:d:n:")) != -1)
		switch (o) {
		case 'c': connections = atoi(optarg); break;
		case 't': threads = atoi(optarg); break;
		case 'd': seconds = atoi(optarg); break;
		case 'n': wanted = (size_t)atoi(optarg); break;
		default: return 2;
		}
	char *colon = optind + 2 == argc ? strrchr(argv[optind], ':') : NULL;
	if (!colon || connections < 1 || connections > CONNECTIONS_MAX || threads < 1 || threads > connections) {
		fprintf(stderr, "usage: load A:P REQUESTS [-c CONNECTIONS] [-t THREADS] [-d SECONDS | -n COUNT]\n");
		return 2;
	}
	snprintf(host, sizeof host, "%s", argv[optind]);
	*colon = 0;
	to = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(colon + 1)) };
	if (inet_pton(AF_INET, argv[optind], &to.sin_addr) != 1)
		end("address");
	lines_read(argv[optind + 1], host);
	for (int i = 0; i < connections; i++) {
		client_open(&clients[i]);
		if (!(clients[i].in = malloc(REPLY_ROOM)))
			end("memory");
	}
	struct worker *workers = calloc((size_t)threads, sizeof *workers);
	int64_t from = now_us();
	until_us = from + seconds * 1000000LL;
	for (int i = 0; i < threads; i++) {
		workers[i] = (struct worker){ .first = connections * i / threads, .count = connections * (i + 1) / threads - connections * i / threads };
		workers[i].ms = malloc(LATENCIES_MAX * sizeof *workers[i].ms);
		pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	}
	struct worker all = { 0 };
	for (int i = 0; i < threads; i++) {
		pthread_join(workers[i].thread, NULL);
		all.ms = realloc(all.ms, (all.measured + workers[i].measured + 1) * sizeof *all.ms);
		memcpy(all.ms + all.measured, workers[i].ms, workers[i].measured * sizeof *all.ms);
		all.measured += workers[i].measured;
		all.failed += workers[i].failed;
		all.bytes += workers[i].bytes;
	}
	double took = (double)(now_us() - from) / 1e6;
	if (!all.measured)
		return 1;
	qsort(all.ms, all.measured, sizeof *all.ms, compare);
	printf("requests %zu seconds %.2f per_second %.0f p50_ms %.2f p99_ms %.2f max_ms %.2f bytes_each %llu failed %zu\n", all.measured, took,
		(double)all.measured / took, (double)all.ms[all.measured / 2], (double)all.ms[all.measured * 99 / 100], (double)all.ms[all.measured - 1],
		(unsigned long long)(all.bytes / all.measured), all.failed);
	return all.failed != 0;
}
