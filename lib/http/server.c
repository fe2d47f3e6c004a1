/* server.c - opening, running and closing the whole: addresses, listeners, threads, figures. */
#include "inside.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { BACKLOG = 1024, LOOPS_MAX = 256 };

struct listen_address { struct sockaddr_storage at; socklen_t size; };

/* "127.0.0.1:8080" or "[::1]:8080": addresses only, for a name may mean several. */
static bool listen_read(str text, struct listen_address *out)
{
	char host[INET6_ADDRSTRLEN + 2] = "";
	size_t colon = text.len;
	int64_t port;
	while (colon && text.at[colon - 1] != ':')
		colon--;
	if (!colon || colon > sizeof host || !str_to_int(str_from(text, colon), &port) || port < 0 || port > 65535)
		return false;
	memcpy(host, text.at, colon - 1);
	struct sockaddr_in *four = (struct sockaddr_in *)&out->at;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)&out->at;
	out->at = (struct sockaddr_storage){ 0 };
	if (host[0] == '[' && host[colon - 2] == ']') {
		host[colon - 2] = 0;
		*six = (struct sockaddr_in6){ .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };
		out->size = sizeof *six;
		return inet_pton(AF_INET6, host + 1, &six->sin6_addr) == 1;
	}
	*four = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	out->size = sizeof *four;
	return inet_pton(AF_INET, host, &four->sin_addr) == 1;
}

static in_port_t *port_of(struct listen_address *a)
{
	return a->at.ss_family == AF_INET ? &((struct sockaddr_in *)&a->at)->sin_port : &((struct sockaddr_in6 *)&a->at)->sin6_port;
}

static int listener_new(const struct listen_address *a, bool shared)
{
	int on = 1, fd = socket(a->at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);      /* accepted sockets inherit it */
	if ((shared && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) < 0)
	    || bind(fd, (const struct sockaddr *)&a->at, a->size) < 0 || (shared && listen(fd, BACKLOG) < 0)) {
		int kept = errno;
		close(fd);
		errno = kept;
		return -1;
	}
	return fd;
}

static struct loop *loop_new(struct http_server *s, int number, struct listen_address *a)
{
	const struct http_settings *set = &s->settings;
	struct loop *l = calloc(1, sizeof *l);
	if (!l)
		abort();
	l->server = s;
	l->number = number;
	pthread_mutex_init(&l->lock, NULL);
	int64_t head = set->head_seconds * 1000LL, body = set->body_seconds * 1000LL, idle = set->idle_seconds * 1000LL;
	const int64_t spans[PHASES] = { [FRESH] = head, [IDLE] = idle, [HEAD] = head, [BODIED] = body, [WRITING] = idle,
		[LINGERING] = LINGER_SECONDS * 1000 };
	for (int i = 0; i < PHASES; i++)
		l->queues[i].span = spans[i];
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	l->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	l->listener = listener_new(a, true);
	if (number == 0 && l->listener >= 0) {             /* port 0: the others share what the first was given */
		struct sockaddr_storage bound = { 0 };
		if (getsockname(l->listener, (struct sockaddr *)&bound, &(socklen_t){ sizeof bound }) == 0)
			a->at = bound;
		s->port = ntohs(*port_of(a));
	}
	if (l->epoll >= 0 && l->wake >= 0 && l->listener >= 0)
		return l;
	int kept = errno;
	loop_free(l);
	errno = kept;
	return NULL;
}

static void settings_complete(struct http_settings *s)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	s->loops = s->loops > 0 ? s->loops : cpus > 0 ? (int)cpus : 1;
	s->loops = s->loops < LOOPS_MAX ? s->loops : LOOPS_MAX;
	s->connections = s->connections > 0 ? s->connections : 10000;
	s->head_seconds = s->head_seconds > 0 ? s->head_seconds : 10;
	s->body_seconds = s->body_seconds > 0 ? s->body_seconds : 30;
	s->idle_seconds = s->idle_seconds > 0 ? s->idle_seconds : 30;
}

static enum status open_listeners(struct http_server *s, char why[200])
{
	struct listen_address a;
	if (!listen_read(s->settings.listen, &a)) {
		snprintf(why, 200, "not an address to listen on: %.*s (as in 127.0.0.1:8080 or [::1]:8080)", S_ARG(str_until(s->settings.listen, 80)));
		return INVALID;
	}
	/* SO_REUSEPORT would let a second server share the port unnoticed, so the port is first tried without. */
	int probe = *port_of(&a) ? listener_new(&a, false) : -1;
	bool taken = *port_of(&a) && probe < 0;
	if (probe >= 0)
		close(probe);
	while (!taken && s->count < s->settings.loops && (s->loops[s->count] = loop_new(s, s->count, &a)))
		s->count++;
	if (taken || s->count < s->settings.loops) {
		snprintf(why, 200, "cannot listen on %.*s: %s", S_ARG(str_until(s->settings.listen, 80)), strerror(errno));
		return INVALID;
	}
	return OK;
}

enum status http_open(const struct http_settings *settings, struct http_server **out, char why[200])
{
	if (!settings->tls_certificate.len != !settings->tls_key.len) {
		snprintf(why, 200, "TLS needs both a certificate and a key");
		return INVALID;
	}
	struct http_server *s = calloc(1, sizeof *s);
	if (!s)
		abort();
	s->settings = *settings;
	settings_complete(&s->settings);
	s->loops = calloc((size_t)s->settings.loops, sizeof(struct loop *));
	if (!s->loops)
		abort();
	enum status went = OK;
	if (settings->tls_key.len && !(s->tls = tls_open(settings->tls_certificate, settings->tls_key, why)))
		went = INVALID;
	if (went == OK)
		went = open_listeners(s, why);
	if (went != OK) {
		http_close(s);
		return went;
	}
	if (s->settings.connections_per_address > 0)
		s->addresses = addresses_new(s->settings.connections_per_address, s->settings.connections);
	*out = s;
	return OK;
}

int http_port(const struct http_server *s)
{
	return s->port;
}

void http_app_set(struct http_server *s, void *app)
{
	s->settings.app = app;
}

/* Loops leave signals to the thread that called http_run, and OpenSSL's writes must not raise SIGPIPE. */
static void signals_block(sigset_t *before)
{
	static const int ours[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGPROF };
	sigset_t all;
	sigfillset(&all);
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		sigdelset(&all, ours[i]);
	pthread_sigmask(SIG_SETMASK, &all, before);
}

void http_run(struct http_server *s, int grace)
{
	sigset_t before;
	s->grace = grace;
	signals_block(&before);
	for (int i = 0; i < s->count; i++)
		if (pthread_create(&s->loops[i]->thread, NULL, loop_run, s->loops[i]) != 0)
			abort();
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	for (int i = 0; i < s->count; i++)
		pthread_join(s->loops[i]->thread, NULL);
}

void http_stop(struct http_server *s)
{
	int kept = errno;
	for (int i = 0; i < s->count; i++) {
		atomic_store(&s->loops[i]->stopping, true);
		loop_wake(s->loops[i]);
	}
	errno = kept;
}

void http_close(struct http_server *s)
{
	if (!s)
		return;
	for (int i = 0; i < s->count; i++) {
		struct loop *l = s->loops[i];
		pthread_mutex_lock(&l->lock);
		bool orphans = l->orphans > 0;
		l->closed = true;
		pthread_mutex_unlock(&l->lock);
		if (!orphans)
			loop_free(l);
	}
	SSL_CTX_free(s->tls);
	addresses_free(s->addresses);
	free(s->loops);
	free(s);
}

void http_figures(const struct http_server *s, struct http_figures *out)
{
	int64_t sum[6] = { 0 };
	for (int i = 0; i < s->count; i++)
		for (int f = 0; f < 6; f++)
			sum[f] += atomic_load_explicit(&s->loops[i]->figures[f], memory_order_relaxed);
	*out = (struct http_figures){ sum[CONNECTIONS], sum[OPEN], sum[REQUESTS], sum[REFUSALS], sum[BYTES_IN], sum[BYTES_OUT] };
}
