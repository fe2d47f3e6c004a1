/* test_tls.c - requests through our own TLS, with a certificate made here. */
#include "served.h"
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <sys/stat.h>

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a.test\r\n\r\n"

static char folder[] = "/tmp/wijzer-tls-XXXXXX", certificate[64], key[64];

static void certificate_make(void)
{
	EVP_PKEY *pair = EVP_EC_gen("P-256");
	X509 *x = X509_new();
	X509_set_version(x, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	X509_gmtime_adj(X509_getm_notBefore(x), -60);
	X509_gmtime_adj(X509_getm_notAfter(x), 3600);
	X509_set_pubkey(x, pair);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC, (const unsigned char *)"a.test", -1, -1, 0);
	X509_set_issuer_name(x, X509_get_subject_name(x));
	assert_true(X509_sign(x, pair, EVP_sha256()) > 0);
	FILE *f = fopen(certificate, "w");
	assert_true(f && PEM_write_X509(f, x));
	fclose(f);
	f = fopen(key, "w");
	assert_true(f && PEM_write_PrivateKey(f, pair, NULL, NULL, 0, NULL, NULL));
	fclose(f);
	X509_free(x);
	EVP_PKEY_free(pair);
}

static SSL *client_tls(const struct served *s, SSL_CTX *context, SSL_SESSION *session)
{
	SSL *tls = SSL_new(context);
	SSL_set_fd(tls, client_new(s));
	if (session)
		SSL_set_session(tls, session);
	return tls;
}

static void client_end(SSL *tls)
{
	int fd = SSL_get_fd(tls);
	SSL_shutdown(tls);
	SSL_free(tls);
	close(fd);
}

/* Hears until `end`, or until the server closes. */
static bool hear(SSL *tls, struct buffer *into, const char *end)
{
	while (!into->len || !strstr(into->at, end)) {
		buffer_reserve(into, 65537);
		int n = SSL_read(tls, into->at + into->len, 65536);
		if (n <= 0)
			return false;
		into->len += (size_t)n;
		into->at[into->len] = 0;
	}
	return true;
}

static void say(SSL *tls, str bytes)
{
	assert_int_equal(SSL_write(tls, bytes.at, (int)bytes.len), bytes.len);
}

static void there_and_back(void **state)
{
	struct served *s = *state;
	struct buffer heard = { 0 };
	static const int versions[] = { TLS1_2_VERSION, TLS1_3_VERSION };
	for (int i = 0; i < 2; i++) {
		SSL_CTX *context = SSL_CTX_new(TLS_client_method());
		SSL_CTX_load_verify_locations(context, certificate, NULL);
		SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
		SSL_CTX_set_min_proto_version(context, versions[i]);
		SSL_CTX_set_max_proto_version(context, versions[i]);
		SSL *tls = client_tls(s, context, NULL);
		assert_int_equal(SSL_connect(tls), 1);
		for (int round = 0; round < 3; round++) {
			buffer_clear(&heard);
			say(tls, S(GET("/who")));
			assert_true(hear(tls, &heard, "127.0.0.1 a.test tls=1"));
		}
		buffer_clear(&heard);
		say(tls, S("POST /echo HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" GET("/later") GET("/")));
		assert_true(hear(tls, &heard, "\r\n\r\nabc") && hear(tls, &heard, "\r\n\r\nlater") && hear(tls, &heard, "\r\n\r\nhello"));
		SSL_SESSION *session = SSL_get1_session(tls);
		client_end(tls);
		tls = client_tls(s, context, session);     /* a ticket saves the handshake's costly half */
		assert_int_equal(SSL_connect(tls), 1);
		assert_int_equal(SSL_session_reused(tls), 1);
		client_end(tls);
		SSL_SESSION_free(session);
		SSL_CTX_free(context);
	}
	buffer_done(&heard);
}

/* More than a socket's buffer holds, read late: the server must wait within TLS and go on where it was. */
static void large_replies_wait_for_slow_readers(void **state)
{
	struct served *s = *state;
	struct buffer heard = { 0 };
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	SSL *tls = client_tls(s, context, NULL);
	setsockopt(SSL_get_fd(tls), SOL_SOCKET, SO_RCVBUF, &(int){ 256 * 1024 }, sizeof(int));
	assert_int_equal(SSL_connect(tls), 1);
	enum { TIMES = 100 };
	for (int i = 0; i < TIMES; i++)
		say(tls, S(GET("/big")));
	say(tls, S("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n"));
	nap(300);
	assert_false(hear(tls, &heard, "never said"));
	assert_int_equal(count_of(&heard, "Content-Length: 102400\r\n"), TIMES);
	assert_int_equal(count_of(&heard, "hello"), 1);
	assert_true(heard.len > (size_t)TIMES * BIG && heard.len < (size_t)TIMES * (BIG + 200) + 200);
	assert_int_equal(SSL_get_shutdown(tls) & SSL_RECEIVED_SHUTDOWN, SSL_RECEIVED_SHUTDOWN);  /* it said goodbye: nothing was cut off */
	client_end(tls);
	SSL_CTX_free(context);
	buffer_done(&heard);
}

static void old_versions_and_plain_http_are_turned_away(void **state)
{
	struct served *s = *state;
	struct buffer heard = { 0 };
	struct http_figures f;
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	SSL_CTX_set_security_level(context, 0);
	SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
	SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
	SSL *tls = client_tls(s, context, NULL);
	assert_true(SSL_connect(tls) <= 0);
	client_end(tls);
	SSL_CTX_free(context);
	int fd = client_new(s);
	client_say(fd, S(GET("/")));
	assert_true(client_hear_all(fd, &heard, 5000));
	assert_int_equal(count_of(&heard, "HTTP/1.1"), 0);
	close(fd);
	fd = client_new(s);                                /* begins a handshake and leaves it at that */
	client_say(fd, S("\x16\x03\x01\x02\x00"));
	buffer_clear(&heard);
	assert_true(client_hear_all(fd, &heard, 3000));
	close(fd);
	soon((http_figures(s->server, &f), f.open == 0));
	buffer_done(&heard);
}

static void leaves_in_the_middle(void **state)
{
	struct served *s = *state;
	struct http_figures f;
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	for (int i = 0; i < 10; i++) {
		SSL *tls = client_tls(s, context, NULL);
		assert_int_equal(SSL_connect(tls), 1);
		say(tls, i % 2 ? S(GET("/big")) : S(GET("/hold")));
		if (i % 2 == 0)
			soon(served_held(s) == i / 2 + 1);
		setsockopt(SSL_get_fd(tls), SOL_SOCKET, SO_LINGER, &(struct linger){ 1, 0 }, sizeof(struct linger));
		close(SSL_get_fd(tls));
		SSL_free(tls);
	}
	served_release(s);
	soon((http_figures(s->server, &f), f.open == 0));
	SSL_CTX_free(context);
}

static void a_wrong_key_is_said_at_once(void **state)
{
	(void)state;
	struct http_server *server;
	char why[200] = "";
	const struct http_settings settings = { .listen = S("127.0.0.1:0"), .handle = served_handle, .tls_certificate = str_of(certificate),
		.tls_key = str_of(certificate) };
	assert_int_equal(http_open(&settings, &server, why), INVALID);
	assert_non_null(strstr(why, "cannot use key"));
}

static int begin(void **state)
{
	assert_non_null(mkdtemp(folder));
	snprintf(certificate, sizeof certificate, "%s/c.pem", folder);
	snprintf(key, sizeof key, "%s/k.pem", folder);
	certificate_make();
	*state = served_start((struct http_settings){ .tls_certificate = str_of(certificate), .tls_key = str_of(key), .head_seconds = 1 });
	/* SIGPIPE is held off this client's thread only, not ignored: were the server's own to come through, the test would end here. */
	sigset_t pipe;
	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe, NULL);
	return 0;
}

static int end(void **state)
{
	served_stop(*state);
	unlink(certificate);
	unlink(key);
	rmdir(folder);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(large_replies_wait_for_slow_readers),
		cmocka_unit_test(old_versions_and_plain_http_are_turned_away),
		cmocka_unit_test(leaves_in_the_middle),
		cmocka_unit_test(a_wrong_key_is_said_at_once),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
