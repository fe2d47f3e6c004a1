/* web.c - putting the tables, the store and the settings together before the first request. */
#include "inside.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

RECORD(raw_reply, FIELD(raw_reply, type), FIELD(raw_reply, file), FIELD(raw_reply, status));

/* A job, a form shown again, and on PostgreSQL every read: few threads, because each holds a connection. */
static int worker_threads(bool sqlite)
{
	return sqlite ? 1 : 8;
}

/* "10.0.0.0/8" or "::1/128"; a bare address is itself. */
static bool proxy_read(struct web *w, str cidr)
{
	char text[64];
	if (!cidr.len)
		return true;
	str address, bits;
	bool sized = str_cut(cidr, '/', &address, &bits);
	if (address.len >= sizeof text)
		return false;
	memcpy(text, address.at, address.len);
	text[address.len] = 0;
	struct in_addr four;
	int64_t n;
	int offset = 0;
	if (inet_pton(AF_INET, text, &four) == 1) {
		offset = 96;
		w->proxy.network[10] = w->proxy.network[11] = 0xFF;
		memcpy(w->proxy.network + 12, &four, 4);
	} else if (inet_pton(AF_INET6, text, w->proxy.network) != 1) {
		return false;
	}
	if (!sized)
		n = 128 - offset;
	else if (!str_to_int(bits, &n) || n < 0 || n > 128 - offset)
		return false;
	w->proxy.bits = (int)n + offset;
	w->proxy.on = true;
	return true;
}

static bool url_read(struct web *w, str url)
{
	if (!url.len)
		return true;
	w->https = str_starts(url, S("https://"));
	if (!w->https && !str_starts(url, S("http://")))
		return false;
	str rest;
	str_cut(str_from(url, w->https ? 8 : 7), '/', &w->host, &rest);
	return w->host.len > 0;
}

enum status web_new(const struct web_settings *s, struct web **web, char why[400])
{
	struct web *w = calloc(1, sizeof *w);
	if (!w)
		abort();
	w->settings = *s;
	pthread_mutex_init(&w->job_lock, NULL);
	pthread_cond_init(&w->job_wake, NULL);
	if (!tables_check(s, why) || routes_build(w, why) != OK) {
		web_free(w);
		return CONFLICT;
	}
	if (!proxy_read(w, s->trusted_proxy) || !url_read(w, s->url)) {
		snprintf(why, 400, "--url must begin with http:// or https://, and --trusted-proxy must be an address or network such as 10.0.0.0/8");
		web_free(w);
		return INVALID;
	}
	if (s->loops) {
		w->hashers = pool_new(s->hashers, s->loops, 16);
		w->workers = pool_new(worker_threads(store_is_sqlite(s->store)), s->loops + s->hashers, 1024);
	}
	*web = w;
	return OK;
}

/* The last is the job thread's. */
int web_readers(bool sqlite, int loops, int hashers)
{
	return loops + hashers + worker_threads(sqlite) + 1;
}

void web_free(struct web *w)
{
	if (!w)
		return;
	web_jobs_stop(w);
	web_keys_close(w);
	pool_free(w->hashers);
	pool_free(w->workers);
	free(w->routes);
	pthread_mutex_destroy(&w->job_lock);
	pthread_cond_destroy(&w->job_wake);
	free(w);
}
