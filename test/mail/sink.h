/* sink.h - a mail server for tests, on a port of this machine: keeps what it is given, and refuses by the receiver's name.
 *
 *     no@…      550 at the receiver             later@…   451 at the receiver
 *     reject@…  554 behind the text             break@…   closes the line behind the text, without a word
 */
#pragma once
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { SINK_LETTERS = 400, SINK_BYTES = 30000 };
struct sink_letter { char to[300], from[300]; char *text; size_t len; };
struct sink {
	int socket, port;
	pthread_t thread;
	pthread_mutex_t lock;
	bool end;
	size_t count, connections;
	struct sink_letter letters[SINK_LETTERS];
};
void sink_open(struct sink *s);
void sink_close(struct sink *s);
size_t sink_count(struct sink *s);
/* Waits until so many have come, at most some seconds. */
bool sink_wait(struct sink *s, size_t count);
