/* test_server.c - opening and ending a server: what goes wrong is said before it starts, what is under way is finished. */
#include "served.h"
#include <signal.h>

#define HOST "Host: a.test\r\n"
#define GET(path) "GET " path " HTTP/1.1\r\n" HOST "\r\n"

static void ignore(struct http_exchange *x)
{
	http_reply(x, &(struct http_reply){ .status = 200 });
}

static void refuses_to_open(const struct http_settings *settings, const char *expected)
{
	struct http_server *server = NULL;
	char why[200] = "";
	assert_int_equal(http_open(settings, &server, why), INVALID);
	assert_null(server);
	if (!strstr(why, expected))
		fail_msg("expected %s, but it says %s", expected, why);
}

static void says_why_it_cannot_open(void **state)
{
	(void)state;
	struct served *s = served_start((struct http_settings){ 0 });
	char taken[32];
	snprintf(taken, sizeof taken, "127.0.0.1:%d", http_port(s->server));
	static const char *const wrong[] = { "", "8080", "localhost:8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1",
		"::1:8080", "[::1]", "[::1:8080", "[127.0.0.1]:80", "1.2.3:80", ":80", "[]:80",
		"[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000]:80" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		refuses_to_open(&(struct http_settings){ .listen = str_of(wrong[i]), .handle = ignore }, "not an address");
	/* SO_REUSEPORT would let two servers share a port, each with half of the visitors. */
	refuses_to_open(&(struct http_settings){ .listen = str_of(taken), .handle = ignore }, "in use");
	refuses_to_open(&(struct http_settings){ .listen = S("127.0.0.1:0"), .handle = ignore, .tls_key = S("key.pem") }, "both");
	refuses_to_open(&(struct http_settings){ .listen = S("127.0.0.1:0"), .handle = ignore, .tls_certificate = S("/none.pem"), .tls_key = S("/none.pem") },
		"cannot use certificate /none.pem");
	served_stop(s);
}

static void listens_on_ipv6(void **state)
{
	(void)state;
	struct http_server *server;
	char why[200];
	if (http_open(&(struct http_settings){ .listen = S("[::1]:0"), .handle = ignore }, &server, why) != OK) {
		print_message("skipped: %s\n", why);
		skip();
	}
	http_close(server);                                /* opened and never run: nothing leaks */
	struct served *s = served_start((struct http_settings){ .listen = S("[::1]:0") });
	struct sockaddr_in6 to = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)http_port(s->server)), .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	struct buffer heard = { 0 };
	int fd = socket(AF_INET6, SOCK_STREAM, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	client_say(fd, S("GET /who HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"));
	assert_true(client_hear(fd, &heard, "::1 [::1]:80 tls=0"));
	close(fd);
	buffer_done(&heard);
	served_stop(s);
}

static void finishes_what_is_under_way(void **state)
{
	(void)state;
	struct served *s = served_start_with((struct http_settings){ 0 }, 5);
	struct buffer heard = { 0 };
	int working = client_new(s), idle = client_new(s), fresh = client_new(s), reading = client_new(s);
	client_say(working, S(GET("/hold")));
	client_say(idle, S(GET("/")));
	client_say(reading, S("POST /echo HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\nab"));
	assert_true(client_hear(idle, &heard, "hello"));
	soon(served_held(s) == 1);
	nap(50);
	http_stop(s->server);
	buffer_clear(&heard);
	assert_true(client_hear_all(idle, &heard, 1000));  /* who says nothing is shown out at once */
	assert_true(client_hear_all(fresh, &heard, 1000));
	client_say(reading, S("cd"));
	assert_true(client_hear_all(reading, &heard, 1000));
	assert_non_null(strstr(heard.at, "\r\n\r\nabcd"));
	assert_int_equal(count_of(&heard, "Connection: close"), 1);
	buffer_clear(&heard);
	served_release(s);
	assert_true(client_hear_all(working, &heard, 1000));
	assert_non_null(strstr(heard.at, "\r\n\r\nheld"));
	assert_int_equal(count_of(&heard, "Connection: close"), 1);
	int fds[] = { working, idle, fresh, reading };
	for (int i = 0; i < 4; i++)
		close(fds[i]);
	buffer_done(&heard);
	served_wait(s);
	http_stop(s->server);                              /* once more does no harm */
	served_end(s);
}

/* An application that answers only after the server has gone: the exchange is freed, nothing else happens. */
static void answers_after_the_end_are_dropped(void **state)
{
	(void)state;
	struct served *s = served_start_with((struct http_settings){ 0 }, 0);
	int fds[4];
	for (int i = 0; i < 4; i++)
		client_say(fds[i] = client_new(s), S(GET("/hold")));
	soon(served_held(s) == 4);
	http_stop(s->server);
	served_wait(s);
	http_close(s->server);
	served_release(s);
	s->server = NULL;
	served_end(s);
	for (int i = 0; i < 4; i++)
		close(fds[i]);
}

static struct http_server *stopped_by_signal;

static void stop(int signal)
{
	(void)signal;
	http_stop(stopped_by_signal);
}

static void stops_from_a_signal_handler(void **state)
{
	(void)state;
	char why[200];
	const struct http_settings settings = { .listen = S("127.0.0.1:0"), .handle = ignore, .loops = 2 };
	assert_int_equal(http_open(&settings, &stopped_by_signal, why), OK);
	struct sigaction before;
	sigaction(SIGALRM, &(struct sigaction){ .sa_handler = stop }, &before);
	alarm(1);
	http_run(stopped_by_signal, 1);                    /* returns, or the test's time runs out */
	sigaction(SIGALRM, &before, NULL);
	http_close(stopped_by_signal);
}

struct load { struct served *s; atomic_int whole; };

/* Requests of all kinds from several threads at once, for ThreadSanitizer. */
static void *load_run(void *of)
{
	struct load *load = of;
	static const char *const requests[] = { GET("/"), GET("/later"), GET("/big"), "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc",
		GET("/later") };
	static const char *const ends[] = { "hello", "later", "0123456789", "abc", "" };
	struct buffer heard = { 0 };
	for (int i = 0; i < 40; i++) {
		int fd = client_new(load->s);
		for (int j = 0; j < 5; j++) {
			buffer_clear(&heard);
			client_say(fd, str_of(requests[j]));
			if (*ends[j] && client_hear(fd, &heard, ends[j]) && (j != 2 || heard.len > BIG / 2 || client_hear_some(fd, &heard, 1000) > 0))
				atomic_fetch_add(&load->whole, 1);
			while (j == 2 && heard.len < BIG && client_hear_some(fd, &heard, 1000) > 0)
				;
		}
		close(fd);                                 /* leaves before its last reply */
	}
	buffer_done(&heard);
	return NULL;
}

static void many_at_once(void **state)
{
	(void)state;
	struct load load = { 0 };
	load.s = served_start((struct http_settings){ 0 });
	struct http_figures f;
	pthread_t threads[4];
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, load_run, &load);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(load.whole, 4 * 40 * 4);
	soon((http_figures(load.s->server, &f), f.open == 0));
	assert_int_equal(f.connections, 4 * 40);
	served_stop(load.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_why_it_cannot_open),
		cmocka_unit_test(listens_on_ipv6),
		cmocka_unit_test(finishes_what_is_under_way),
		cmocka_unit_test(answers_after_the_end_are_dropped),
		cmocka_unit_test(stops_from_a_signal_handler),
		cmocka_unit_test(many_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
