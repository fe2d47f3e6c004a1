/* sender.h - a tool that sends statements over one connection, for the bench and for the program that kills. No part of the product. */
#pragma once
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { REPLY_MAX = 8 << 20, BODY_MAX_BYTES = 4 << 20 };

struct sender { int fd, port; char *reply, *body; size_t body_len; const char *authorization; uint64_t seed; int registered; };      /* registered: every so many-th has a registration; 0: none */

static inline uint64_t sender_random(struct sender *s)
{
	s->seed ^= s->seed << 13;
	s->seed ^= s->seed >> 7;
	s->seed ^= s->seed << 17;
	return s->seed;
}

static inline void sender_new(struct sender *s, int port, const char *authorization, uint64_t seed)
{
	*s = (struct sender){ .fd = -1, .port = port, .authorization = authorization, .seed = seed * 0x9E3779B97F4A7C15u + 1 };
	s->reply = malloc(REPLY_MAX + 1);
	s->body = malloc(BODY_MAX_BYTES);
	if (!s->reply || !s->body)
		abort();
}

/* Gives its buffers and its connection back. */
static inline void sender_end(struct sender *s)
{
	if (s->fd >= 0)
		close(s->fd);
	free(s->reply);
	free(s->body);
}

static inline bool sender_connect(struct sender *s)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)s->port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	struct timeval wait = { .tv_sec = 30 };
	int on = 1;
	s->fd = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(s->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (!connect(s->fd, (struct sockaddr *)&to, sizeof to))
		return true;
	close(s->fd);
	s->fd = -1;
	return false;
}

static inline bool send_all(int fd, const char *at, size_t len)
{
	while (len) {
		ssize_t n = send(fd, at, len, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

/* One request; answers its status, 0 when nothing came back. The reply's body is NUL-terminated, *text its start. */
static inline int sender_ask(struct sender *s, const char *method, const char *path, const char *body, size_t len, char **text)
{
	char head[4000];
	int n = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Experience-API-Version: 1.0.3\r\n%s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
		method, path, s->authorization, len);
	size_t have = 0;
	if ((s->fd < 0 && !sender_connect(s)) || !send_all(s->fd, head, (size_t)n) || !send_all(s->fd, body, len))
		goto gone;
	for (;;) {
		ssize_t got = recv(s->fd, s->reply + have, REPLY_MAX - have, 0);
		if (got <= 0)
			goto gone;
		have += (size_t)got;
		s->reply[have] = 0;
		char *end = strstr(s->reply, "\r\n\r\n"), *length = strcasestr(s->reply, "Content-Length:");
		if (!end)
			continue;
		size_t wanted = length && length < end ? strtoull(length + 15, NULL, 10) : 0;
		if (have < (size_t)(end + 4 - s->reply) + wanted)
			continue;
		*text = end + 4;
		return atoi(s->reply + 9);
	}
gone:
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	return 0;
}

/* What statements speak of, by number. */
static const char *const sender_verbs[7] = { "https://w3id.org/xapi/video/verbs/played", "https://w3id.org/xapi/dod-isd/verbs/navigated", "http://adlnet.gov/expapi/verbs/initialized",
	"http://adlnet.gov/expapi/verbs/attempted", "https://w3id.org/xapi/video/verbs/paused", "http://adlnet.gov/expapi/verbs/completed", "https://w3id.org/xapi/video/verbs/seeked" };
#define SENDER_ACTOR "{\"objectType\": \"Agent\", \"account\": {\"homePage\": \"http://127.0.0.1:18000\", \"name\": \"5705bd2b-8a3b-40b7-ade9-%012llx\"}}"
#define SENDER_ACTIVITY "http://127.0.0.1:18000/xblock/block-v1:course-v1:Org%d+c645cc+3+type@video+block@%08llx"        /* its number modulo five, its number */
#define SENDER_REGISTRATION "%08x-0000-4000-8000-%012llx"                                                             /* the number of the course, of the person */

/* A statement of the shape in which a large course platform sends them: an account, one of seven verbs, a block of a course, its course as
 * parent, two extensions. `id` has 36 characters. */
static inline void statement_add(struct sender *s, const char *id, int people, int activities)
{
	uint64_t r = sender_random(s), person = r % (uint64_t)people, activity = (r >> 24) % (uint64_t)activities, verb = (r >> 50) % 7;
	time_t at = 1730000000 + (time_t)((r >> 10) % 60000000);
	char registration[80] = "";
	struct tm t;
	gmtime_r(&at, &t);
	if (s->registered && !(sender_random(s) % (uint64_t)s->registered))
		snprintf(registration, sizeof registration, "\"registration\": \"" SENDER_REGISTRATION "\", ", (unsigned)(activity % 5), (unsigned long long)person);
	s->body_len += (size_t)snprintf(s->body + s->body_len, BODY_MAX_BYTES - s->body_len,
		"%s{\"id\": \"%s\", \"actor\": " SENDER_ACTOR ", "
		"\"context\": {%s\"contextActivities\": {\"parent\": [{\"id\": \"http://127.0.0.1:18000/course/course-v1:Org%d+c645cc+3\", \"objectType\": \"Activity\", \"definition\": "
		"{\"name\": {\"en-US\": \"Demonstration Course\"}, \"type\": \"http://adlnet.gov/expapi/activities/course\"}}]}, \"extensions\": "
		"{\"https://w3id.org/xapi/openedx/extension/transformer-version\": \"event-routing-backends@7.0.1\", \"https://w3id.org/xapi/video/extensions/length\": 195.0}}, "
		"\"object\": {\"definition\": {\"type\": \"https://w3id.org/xapi/video/activity-type/video\"}, \"id\": \"" SENDER_ACTIVITY "\", "
		"\"objectType\": \"Activity\"}, \"result\": {\"extensions\": {\"https://w3id.org/xapi/video/extensions/time\": %d.0}}, \"timestamp\": \"%04d-%02d-%02dT%02d:%02d:%02d+00:00\", "
		"\"verb\": {\"display\": {\"en\": \"did\"}, \"id\": \"%s\"}, \"version\": \"1.0.3\"}",
		s->body_len > 1 ? "," : "", id, (unsigned long long)person, registration, (int)(activity % 5), (int)(activity % 5), (unsigned long long)activity, (int)(r % 195),
		t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, sender_verbs[verb]);
}

static inline int64_t sender_now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

/* "Authorization: Basic …" of key and secret. */
static inline char *basic(const char *key, const char *secret)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char pair[400];
	int n = snprintf(pair, sizeof pair, "%s:%s", key, secret);
	char *out = calloc(1, 800), *to = out;
	if (!out)
		abort();
	to += sprintf(to, "Authorization: Basic ");
	for (int i = 0; i < n; i += 3) {
		unsigned v = (unsigned)(unsigned char)pair[i] << 16 | (i + 1 < n ? (unsigned)(unsigned char)pair[i + 1] << 8 : 0) | (i + 2 < n ? (unsigned)(unsigned char)pair[i + 2] : 0);
		*to++ = letters[v >> 18];
		*to++ = letters[v >> 12 & 63];
		*to++ = i + 1 < n ? letters[v >> 6 & 63] : '=';
		*to++ = i + 2 < n ? letters[v & 63] : '=';
	}
	return out;
}
