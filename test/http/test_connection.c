/* test_connection.c - what one connection may do, how long, and how much of the machine it may hold. */
#include "served.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <malloc.h>
#include <net/if.h>
#include <sys/resource.h>

#if defined(__has_feature)
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#define HOST "Host: a.test\r\n"
#define GET(path) "GET " path " HTTP/1.1\r\n" HOST "\r\n"

static const struct http_settings quick = { .head_seconds = 1, .body_seconds = 1, .idle_seconds = 1 };

static void keeps_alive_and_closes_when_asked(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ 0 });
	struct buffer heard = { 0 };
	int fd = client_new(s);
	for (int i = 0; i < 3; i++) {
		buffer_clear(&heard);
		client_say(fd, S(GET("/")));
		assert_true(client_hear(fd, &heard, "\r\n\r\nhello"));
		assert_int_equal(count_of(&heard, "Connection:"), 0);
		assert_int_equal(count_of(&heard, "X-Evil"), 0);
	}
	buffer_clear(&heard);
	client_say(fd, S("GET / HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"));
	assert_true(client_hear_all(fd, &heard, 5000));
	assert_int_equal(count_of(&heard, "Connection: close\r\n"), 1);
	close(fd);
	buffer_clear(&heard);
	fd = client_new(s);
	client_say(fd, S("GET /who HTTP/1.0\r\nConnection: keep-alive\r\nHost: b.test\r\n\r\n"));
	assert_true(client_hear(fd, &heard, "127.0.0.1 b.test tls=0"));
	assert_int_equal(count_of(&heard, "Connection: keep-alive\r\n"), 1);
	buffer_clear(&heard);
	client_say(fd, S("GET / HTTP/1.0\r\n\r\n"));
	assert_true(client_hear_all(fd, &heard, 5000));
	close(fd);
	buffer_done(&heard);
	soon(atomic_load(&s->done) == 6);
	served_stop(s);
}

static void head_and_204_have_no_body(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ 0 });
	struct buffer heard = { 0 };
	int fd = client_new(s);
	client_say(fd, S("HEAD /big HTTP/1.1\r\n" HOST "\r\n" "GET /nothing HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"));
	assert_true(client_hear_all(fd, &heard, 5000));
	assert_non_null(strstr(heard.at, "Content-Length: 102400\r\n\r\nHTTP/1.1 204 No Content\r\n"));
	assert_int_equal(count_of(&heard, "Content-Length"), 1);
	assert_string_equal(heard.at + heard.len - 4, "\r\n\r\n");
	close(fd);
	buffer_done(&heard);
	served_stop(s);
}

static void bodies_arrive_whole(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ 0 });
	struct buffer heard = { 0 };
	int fd = client_new(s);
	client_say(fd, S("POST /echo HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"));
	assert_true(client_hear(fd, &heard, "HTTP/1.1 100 Continue\r\n\r\n"));
	client_say(fd, S("12345"));
	assert_true(client_hear(fd, &heard, "\r\n\r\n12345"));
	buffer_clear(&heard);
	/* A body that is there already needs no invitation. */
	client_say(fd, S("POST /echo HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nabcde"));
	assert_true(client_hear(fd, &heard, "\r\n\r\nabcde"));
	assert_int_equal(count_of(&heard, "100 Continue"), 0);
	buffer_clear(&heard);
	client_say(fd, S("POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"));
	nap(20);
	client_say(fd, S("4;x=y\r\nfghi\r\n0\r\nX: trailer\r\n\r\n" GET("/")));
	assert_true(client_hear(fd, &heard, "\r\n\r\nabcdefghi"));
	assert_true(client_hear(fd, &heard, "\r\n\r\nhello"));
	close(fd);
	buffer_done(&heard);
	served_stop(s);
}

static void replies_go_out_in_order(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ 0 });
	struct buffer heard = { 0 };
	int fd = client_new(s);
	client_say(fd, S(GET("/later") GET("/") GET("/later") GET("/who") GET("/hold") GET("/")));
	soon(served_held(s) == 1);
	served_release(s);
	while (count_of(&heard, "\r\n\r\nhello") < 2)
		assert_true(client_hear_some(fd, &heard, 5000) > 0);
	const char *at = heard.at;
	static const char *const expected[] = { "\r\n\r\nlater", "\r\n\r\nhello", "\r\n\r\nlater", "\r\n\r\n127.0.0.1", "\r\n\r\nheld", "\r\n\r\nhello" };
	for (int i = 0; i < 6; i++) {
		at = strstr(at, expected[i]);
		assert_non_null(at);
		at++;
	}
	close(fd);
	buffer_done(&heard);
	served_stop(s);
}

static void a_client_that_left_is_not_answered(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ .loops = 1 });
	struct http_figures f;
	for (int i = 0; i < 20; i++) {
		int fd = client_new(s);
		client_say(fd, S(GET("/hold")));
		soon(served_held(s) == i + 1);
		/* RST for every other, so that the server learns it before it answers; FIN for the rest. */
		if (i % 2)
			setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){ 1, 0 }, sizeof(struct linger));
		close(fd);
	}
	soon((http_figures(s->server, &f), f.open == 10));
	served_release(s);
	soon((http_figures(s->server, &f), f.open == 0));
	struct buffer heard = { 0 };
	int fd = client_new(s);
	client_say(fd, S(GET("/")));
	assert_true(client_hear(fd, &heard, "hello"));
	close(fd);
	buffer_done(&heard);
	served_stop(s);
}

/* Only stopped sending: still gets what it asked for. */
static void half_closed_is_not_gone(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ 0 });
	struct buffer heard = { 0 };
	int fd = client_new(s);
	client_say(fd, S(GET("/hold") GET("/")));
	shutdown(fd, SHUT_WR);
	soon(served_held(s) == 1);
	nap(30);
	served_release(s);
	assert_true(client_hear_all(fd, &heard, 5000));
	assert_int_equal(count_of(&heard, "200 OK"), 2);
	close(fd);
	buffer_done(&heard);
	served_stop(s);
}

/* One byte at a time, each well within any pause: what counts is the whole. */
static int64_t dripped(struct served *s, str start, str drip, struct buffer *heard)
{
	int64_t began = milliseconds();
	int fd = client_new(s);
	client_say(fd, start);
	for (ssize_t n = -1; n < 0 && milliseconds() - began < 5000; ) {
		client_say(fd, drip);
		n = client_hear_some(fd, heard, 50);
	}
	client_hear_all(fd, heard, 5000);
	close(fd);
	return milliseconds() - began;
}

static void the_slow_are_dropped_at_their_deadline(void **state)
{
	(void)state;
	struct served *s = served_start(quick);
	static const struct { str start, drip; int status; } slow[] = {
		{ S("GET / HTTP/1.1\r\nX: "), S("x"), 408 },
		{ S("GET / HTTP/1.1\r\n"), S("X: y\r\n"), 408 },
		{ S("G"), S("E"), 408 },
		{ S("POST /echo HTTP/1.1\r\n" HOST "Content-Length: 90000\r\n\r\n"), S("x"), 408 },
		{ S("POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"), S("1\r\nx\r\n"), 408 },
		{ S(""), S(""), 0 },                       /* never says a thing */
		{ S(GET("/")), S(""), 200 },               /* says nothing more */
	};
	for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
		struct buffer heard = { 0 };
		int64_t took = dripped(s, slow[i].start, slow[i].drip, &heard);
		assert_int_equal(status_of(&heard), slow[i].status);
		assert_in_range(took, 900, 2500);
		buffer_done(&heard);
	}
	served_stop(s);
}

static void a_hundred_slow_clients_hold_up_nobody(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ .head_seconds = 3 });
	struct http_figures f;
	struct buffer heard = { 0 };
	int slow[100], fd;
	for (int i = 0; i < 100; i++)
		client_say(slow[i] = client_new(s), S("GET / HTTP/1.1\r\nX"));
	int64_t began = milliseconds();
	client_say(fd = client_new(s), S(GET("/")));
	assert_true(client_hear(fd, &heard, "hello"));
	assert_in_range(milliseconds() - began, 0, 2000);     /* long before they are dropped */
	close(fd);
	for (int i = 0; i < 100; i++) {
		assert_true(client_hear_all(slow[i], &heard, 5000));
		close(slow[i]);
	}
	soon((http_figures(s->server, &f), f.open == 0 && f.refused == 100));
	buffer_done(&heard);
	served_stop(s);
}

/* Bytes of memory in use, or 0 where the sanitizer's allocator does not tell. */
static size_t memory_used(void)
{
	return SANITIZED ? 0 : mallinfo2().uordblks + mallinfo2().hblkhd;
}

/* 10,000 requests for 100 KB each, and never a byte read: 1 GB if the server were to make them all. */
static void who_pipelines_and_never_reads_costs_little(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ .loops = 1, .idle_seconds = 2 });
	struct http_figures before, later, f;
	struct buffer said = { 0 }, heard = { 0 };
	for (int i = 0; i < 10000; i++)
		buffer_add(&said, S(GET("/big")));
	size_t used = memory_used();
	int fd = client_new(s), other;
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &(int){ 4096 }, sizeof(int));
	fcntl(fd, F_SETFL, O_NONBLOCK);
	str left = buffer_text(&said);
	for (ssize_t n; left.len && (n = send(fd, left.at, left.len, MSG_NOSIGNAL)) > 0; )
		left = str_from(left, (size_t)n);
	nap(500);
	http_figures(s->server, &before);
	nap(300);
	http_figures(s->server, &later);
	assert_int_equal(before.bytes_in, later.bytes_in);              /* it has stopped reading … */
	assert_int_equal(before.bytes_out, later.bytes_out);
	assert_true(later.requests < 200);                              /* … and handling: what is out is in the kernel's buffers */
	assert_true(later.requests * BIG - later.bytes_out < 256 * 1024);
	assert_true(later.bytes_in < 256 * 1024 + later.requests * 64);
	if (used) {
		size_t now = memory_used();
		print_message("held for it: %zd KB, %lld requests made\n", (ssize_t)(now - used) / 1024, (long long)later.requests);
		assert_true(now < used + 512 * 1024);
	}
	client_say(other = client_new(s), S(GET("/")));
	assert_true(client_hear(other, &heard, "hello"));               /* others are served meanwhile */
	close(other);
	soon((http_figures(s->server, &f), f.open == 0));               /* and it is dropped when it has read nothing for two seconds */
	close(fd);
	buffer_done(&said);
	buffer_done(&heard);
	served_stop(s);
}

/* The same with small replies, which is what fairness is about: the loop must serve others in between. */
static void who_pipelines_and_reads_gets_all(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ .loops = 1 });
	struct buffer said = { 0 }, heard = { 0 };
	enum { MANY = 10000 };
	for (int i = 0; i < MANY; i++)
		buffer_add(&said, S(GET("/")));
	int fd = client_new(s);
	str left = buffer_text(&said);
	size_t told = 0;
	fcntl(fd, F_SETFL, O_NONBLOCK);
	while (told < MANY) {
		ssize_t n = left.len ? send(fd, left.at, left.len, MSG_NOSIGNAL) : 0;
		left = n > 0 ? str_from(left, (size_t)n) : left;
		ssize_t got = client_hear_some(fd, &heard, left.len ? 10 : 5000);
		assert_true(got != 0 && (got > 0 || left.len));
		told += count_of(&heard, "\r\n\r\nhello");
		/* Keep what may be the beginning of the next. */
		for (const char *at; heard.len && (at = strstr(heard.at, "\r\n\r\nhello")); ) {
			buffer_remove_front(&heard, (size_t)(at - heard.at) + 9);
			heard.at[heard.len] = 0;
		}
	}
	assert_int_equal(told, MANY);
	assert_int_equal(heard.len, 0);
	close(fd);
	buffer_done(&said);
	buffer_done(&heard);
	served_stop(s);
}

static void two_hundred_connections_stay(void **state)
{
	(void)state;
	enum { CLIENTS = 200 };
	struct served *s = served_start((struct http_settings){ .loops = 2 });
	struct http_figures f;
	struct buffer heard = { 0 };
	int fds[CLIENTS];
	for (int i = 0; i < CLIENTS; i++)
		fds[i] = client_new(s);
	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < CLIENTS; i++)
			client_say(fds[i], i % 3 ? S(GET("/")) : S(GET("/later")));
		for (int i = 0; i < CLIENTS; i++) {
			buffer_clear(&heard);
			assert_true(client_hear(fds[i], &heard, i % 3 ? "\r\n\r\nhello" : "\r\n\r\nlater"));
		}
	}
	http_figures(s->server, &f);
	assert_int_equal(f.connections, CLIENTS);
	assert_int_equal(f.open, CLIENTS);
	assert_int_equal(f.requests, CLIENTS * 5);
	for (int i = 0; i < CLIENTS; i++)
		close(fds[i]);
	soon((http_figures(s->server, &f), f.open == 0));
	buffer_done(&heard);
	served_stop(s);
}

static void connections_have_a_limit(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ .connections = 3, .connections_per_address = 1 });
	struct buffer heard = { 0 };
	int fds[4];
	for (int i = 0; i < 3; i++) {                      /* the limit per address does not count loopback */
		buffer_clear(&heard);
		client_say(fds[i] = client_new(s), S(GET("/")));
		assert_true(client_hear(fds[i], &heard, "hello"));
	}
	buffer_clear(&heard);
	fds[3] = client_new(s);
	assert_true(client_hear_all(fds[3], &heard, 5000));
	assert_int_equal(status_of(&heard), 503);
	close(fds[0]);
	struct http_figures f;
	soon((http_figures(s->server, &f), f.open == 2));
	buffer_clear(&heard);
	client_say(fds[0] = client_new(s), S(GET("/")));
	assert_true(client_hear(fds[0], &heard, "hello"));
	for (int i = 0; i < 4; i++)
		close(fds[i]);
	buffer_done(&heard);
	served_stop(s);
}

/* An address of this machine that is not loopback, so that the limit per address can be met. */
static bool other_address(struct in_addr *out)
{
	struct ifaddrs *all;
	bool found = false;
	if (getifaddrs(&all) < 0)
		return false;
	for (struct ifaddrs *i = all; i && !found; i = i->ifa_next) {
		found = i->ifa_addr && i->ifa_addr->sa_family == AF_INET && !(i->ifa_flags & IFF_LOOPBACK) && (i->ifa_flags & IFF_UP);
		if (found)
			*out = ((struct sockaddr_in *)i->ifa_addr)->sin_addr;
	}
	freeifaddrs(all);
	return found;
}

static void each_address_has_a_limit(void **state)
{
	(void)state;
	struct in_addr own = { 0 };
	if (!other_address(&own)) {
		print_message("skipped: this machine has no address but loopback\n");
		skip();
	}
	struct served *s = served_start((struct http_settings){ .listen = S("0.0.0.0:0"), .connections_per_address = 2 });
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(s->server)), .sin_addr = own };
	struct buffer heard = { 0 };
	struct http_figures f;
	int fds[3];
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 3; i++) {
			buffer_clear(&heard);
			fds[i] = socket(AF_INET, SOCK_STREAM, 0);
			assert_int_equal(connect(fds[i], (struct sockaddr *)&to, sizeof to), 0);
			if (i < 2)
				client_say(fds[i], S(GET("/")));
			assert_true(i < 2 ? client_hear(fds[i], &heard, "hello") : client_hear_all(fds[i], &heard, 5000));
			assert_int_equal(status_of(&heard), i < 2 ? 200 : 503);
		}
		for (int i = 0; i < 3; i++)
			close(fds[i]);
		soon((http_figures(s->server, &f), f.open == 0));
	}
	buffer_done(&heard);
	served_stop(s);
}

/* With no descriptor left the server neither spins nor dies, and takes up the waiting when there is room again. */
static void out_of_descriptors_is_a_pause(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ .loops = 1 });
	struct buffer heard = { 0 };
	struct rlimit before, few;
	struct rusage from, to;
	int fd = client_new(s), waiting, filler[64], count = 0;
	client_say(fd, S(GET("/")));
	assert_true(client_hear(fd, &heard, "hello"));
	waiting = socket(AF_INET, SOCK_STREAM, 0);
	getrlimit(RLIMIT_NOFILE, &before);
	few = before;
	few.rlim_cur = 64;
	setrlimit(RLIMIT_NOFILE, &few);
	while (count < 64 && (filler[count] = dup(0)) >= 0)
		count++;
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(s->server)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	assert_int_equal(connect(waiting, (struct sockaddr *)&at, sizeof at), 0);
	client_say(waiting, S(GET("/who")));
	getrusage(RUSAGE_SELF, &from);
	buffer_clear(&heard);
	assert_int_equal(client_hear_some(waiting, &heard, 600), -1);
	getrusage(RUSAGE_SELF, &to);
	int64_t spent = (to.ru_utime.tv_sec + to.ru_stime.tv_sec - from.ru_utime.tv_sec - from.ru_stime.tv_sec) * 1000000LL
		+ to.ru_utime.tv_usec + to.ru_stime.tv_usec - from.ru_utime.tv_usec - from.ru_stime.tv_usec;
	assert_true(spent < 200000);
	client_say(fd, S(GET("/")));                       /* who is in is served */
	buffer_clear(&heard);
	assert_true(client_hear(fd, &heard, "hello"));
	while (count)
		close(filler[--count]);
	buffer_clear(&heard);
	assert_true(client_hear(waiting, &heard, "127.0.0.1"));
	setrlimit(RLIMIT_NOFILE, &before);
	close(waiting);
	close(fd);
	buffer_done(&heard);
	served_stop(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_alive_and_closes_when_asked),
		cmocka_unit_test(head_and_204_have_no_body),
		cmocka_unit_test(bodies_arrive_whole),
		cmocka_unit_test(replies_go_out_in_order),
		cmocka_unit_test(a_client_that_left_is_not_answered),
		cmocka_unit_test(half_closed_is_not_gone),
		cmocka_unit_test(the_slow_are_dropped_at_their_deadline),
		cmocka_unit_test(a_hundred_slow_clients_hold_up_nobody),
		cmocka_unit_test(who_pipelines_and_never_reads_costs_little),
		cmocka_unit_test(who_pipelines_and_reads_gets_all),
		cmocka_unit_test(two_hundred_connections_stay),
		cmocka_unit_test(connections_have_a_limit),
		cmocka_unit_test(each_address_has_a_limit),
		cmocka_unit_test(out_of_descriptors_is_a_pause),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
