/* sink.c - as much of RFC 5321 as a test needs: one line at a time, one client at a time. */
#include "sink.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void say(int client, const char *line)
{
	if (write(client, line, strlen(line)) < 0)
		return;
}

static bool line_read(FILE *in, char *line, size_t room)
{
	if (!fgets(line, (int)room, in))
		return false;
	line[strcspn(line, "\r\n")] = 0;
	return true;
}

static void address_of(const char *line, char *into, size_t room)
{
	const char *from = strchr(line, '<'), *to = from ? strchr(from, '>') : NULL;
	snprintf(into, room, "%.*s", to ? (int)(to - from - 1) : 0, from ? from + 1 : "");
}

/* The text up to the lone dot, dots undoubled; false when the line broke. */
static bool text_read(FILE *in, struct sink_letter *l)
{
	char line[2000];
	l->text = calloc(1, SINK_BYTES);
	while (fgets(line, sizeof line, in)) {
		if (!strcmp(line, ".\r\n"))
			return true;
		const char *at = line[0] == '.' ? line + 1 : line;
		size_t n = strlen(at);
		if (l->len + n < SINK_BYTES) {
			memcpy(l->text + l->len, at, n);
			l->len += n;
		}
	}
	return false;
}

static void letter_keep(struct sink *s, struct sink_letter *l)
{
	pthread_mutex_lock(&s->lock);
	if (s->count < SINK_LETTERS)
		s->letters[s->count++] = *l;
	else
		free(l->text);
	pthread_mutex_unlock(&s->lock);
	*l = (struct sink_letter){ .text = NULL };
}

static void serve(struct sink *s, int client)
{
	char line[2000];
	struct sink_letter l = { .text = NULL };
	FILE *in = fdopen(client, "r");
	say(client, "220 sink\r\n");
	while (in && line_read(in, line, sizeof line)) {
		if (!strncasecmp(line, "EHLO", 4)) {
			say(client, "250-sink\r\n250 8BITMIME\r\n");
		} else if (!strncasecmp(line, "MAIL FROM:", 10)) {
			address_of(line, l.from, sizeof l.from);
			say(client, "250 ok\r\n");
		} else if (!strncasecmp(line, "RCPT TO:", 8)) {
			address_of(line, l.to, sizeof l.to);
			say(client, !strncmp(l.to, "no@", 3) ? "550 nobody of that name\r\n" : !strncmp(l.to, "later@", 6) ? "451 try again\r\n" : "250 ok\r\n");
		} else if (!strncasecmp(line, "DATA", 4)) {
			say(client, "354 go on\r\n");
			if (!text_read(in, &l)) {
				free(l.text);
				l.text = NULL;
				break;
			}
			bool breaks = !strncmp(l.to, "break@", 6), rejects = !strncmp(l.to, "reject@", 7);
			if (rejects) {
				free(l.text);
				l = (struct sink_letter){ .text = NULL };
			} else {
				letter_keep(s, &l);
			}
			if (breaks)
				break;
			say(client, rejects ? "554 not this\r\n" : "250 taken\r\n");
		} else if (!strncasecmp(line, "QUIT", 4)) {
			say(client, "221 bye\r\n");
			break;
		} else {
			say(client, "250 ok\r\n");
		}
	}
	if (in)
		fclose(in);
}

static void *work(void *of)
{
	struct sink *s = of;
	for (;;) {
		int client = accept(s->socket, NULL, NULL);
		pthread_mutex_lock(&s->lock);
		bool end = s->end;
		s->connections += !end;
		pthread_mutex_unlock(&s->lock);
		if (client < 0 || end) {
			if (client >= 0)
				close(client);
			return NULL;
		}
		serve(s, client);
	}
}

void sink_open(struct sink *s)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof a;
	memset(s, 0, sizeof *s);
	pthread_mutex_init(&s->lock, NULL);
	s->socket = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(s->socket, (struct sockaddr *)&a, sizeof a) || listen(s->socket, 16) || getsockname(s->socket, (struct sockaddr *)&a, &len))
		abort();
	s->port = ntohs(a.sin_port);
	pthread_create(&s->thread, NULL, work, s);
}

void sink_close(struct sink *s)
{
	pthread_mutex_lock(&s->lock);
	s->end = true;
	pthread_mutex_unlock(&s->lock);
	shutdown(s->socket, SHUT_RDWR);
	pthread_join(s->thread, NULL);
	close(s->socket);
	for (size_t i = 0; i < s->count; i++)
		free(s->letters[i].text);
	pthread_mutex_destroy(&s->lock);
}

size_t sink_count(struct sink *s)
{
	pthread_mutex_lock(&s->lock);
	size_t n = s->count;
	pthread_mutex_unlock(&s->lock);
	return n;
}

bool sink_wait(struct sink *s, size_t count)
{
	for (int i = 0; i < 1000 && sink_count(s) < count; i++)
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	return sink_count(s) >= count;
}
