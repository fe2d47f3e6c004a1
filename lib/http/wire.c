/* wire.c - bytes from and to one client, plain or through TLS (OpenSSL), never waiting. */
#include "inside.h"
#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum { TLS_RECORD = 16 * 1024 };

static ssize_t tls_outcome(struct connection *c, int n)
{
	switch (SSL_get_error(c->tls, n)) {
	case SSL_ERROR_WANT_READ: case SSL_ERROR_WANT_WRITE:
		return WIRE_WAIT;
	case SSL_ERROR_ZERO_RETURN:
		return 0;
	default:
		return WIRE_BROKEN;
	}
}

ssize_t wire_read(struct connection *c, char *into, size_t size)
{
	if (c->tls) {
		size_t n = 0;
		ERR_clear_error();
		int went = SSL_read_ex(c->tls, into, size, &n);
		return went ? (ssize_t)n : tls_outcome(c, went);
	}
	ssize_t n;
	do
		n = recv(c->fd, into, size, 0);
	while (n < 0 && errno == EINTR);
	if (n > 0 && (size_t)n < size && !c->hung)     /* drained: the next bytes make a new edge, so no read to be told EAGAIN */
		c->readable = false;
	return n >= 0 ? n : errno == EAGAIN ? WIRE_WAIT : WIRE_BROKEN;
}

/* One record for a small reply, so that its head does not travel alone. */
static ssize_t tls_write(struct connection *c, str first, str second)
{
	char joined[TLS_RECORD];
	if (first.len && second.len && first.len < sizeof joined) {
		size_t more = second.len < sizeof joined - first.len ? second.len : sizeof joined - first.len;
		memcpy(joined, first.at, first.len);
		memcpy(joined + first.len, second.at, more);
		first = (str){ joined, first.len + more };
	}
	size_t n = 0;
	ERR_clear_error();
	int went = SSL_write_ex(c->tls, first.len ? first.at : second.at, first.len ? first.len : second.len, &n);
	ssize_t outcome = went ? (ssize_t)n : tls_outcome(c, went);
	return outcome ? outcome : WIRE_BROKEN;
}

ssize_t wire_write(struct connection *c, str first, str second)
{
	if (c->tls)
		return tls_write(c, first, second);
	struct iovec parts[2] = { { (void *)(uintptr_t)first.at, first.len }, { (void *)(uintptr_t)second.at, second.len } };
	struct msghdr message = { .msg_iov = first.len ? parts : parts + 1, .msg_iovlen = first.len && second.len ? 2 : 1 };
	ssize_t n;
	do
		n = sendmsg(c->fd, &message, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n >= 0 ? n : errno == EAGAIN ? WIRE_WAIT : WIRE_BROKEN;
}

bool wire_begin(struct connection *c)
{
	SSL_CTX *context = c->loop->server->tls;
	if (!context)
		return true;
	c->tls = SSL_new(context);
	if (!c->tls || !SSL_set_fd(c->tls, c->fd))
		return false;
	SSL_set_accept_state(c->tls);                      /* the first reads shake hands */
	return true;
}

void wire_end(struct connection *c)
{
	if (c->tls) {
		ERR_clear_error();
		SSL_shutdown(c->tls);
	}
	shutdown(c->fd, SHUT_WR);
}

void wire_close(struct connection *c)
{
	if (c->tls) {
		ERR_clear_error();
		if (SSL_is_init_finished(c->tls) && !(SSL_get_shutdown(c->tls) & SSL_SENT_SHUTDOWN))
			SSL_shutdown(c->tls);
		SSL_free(c->tls);
	}
	close(c->fd);
}

static SSL_CTX *tls_refuse(SSL_CTX *context, const char *what, const char *file, char why[200])
{
	const char *reason = ERR_reason_error_string(ERR_peek_last_error());
	snprintf(why, 200, "%s %.100s: %s", what, file, reason ? reason : "unusable");
	ERR_clear_error();
	SSL_CTX_free(context);
	return NULL;
}

SSL_CTX *tls_open(str certificate, str key, char why[200])
{
	struct arena *a = arena_new();
	const char *certificate_file = text_c(a, certificate), *key_file = text_c(a, key);
	ERR_clear_error();
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	if (!context) {
		context = tls_refuse(NULL, "cannot start TLS for", certificate_file, why);
	} else if (SSL_CTX_use_certificate_chain_file(context, certificate_file) != 1) {
		context = tls_refuse(context, "cannot use certificate", certificate_file, why);
	} else if (SSL_CTX_use_PrivateKey_file(context, key_file, SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(context) != 1) {
		context = tls_refuse(context, "cannot use key", key_file, why);
	} else {
		SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
		SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
		SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
		SSL_CTX_set_session_id_context(context, (const unsigned char *)"wijzer", 6);
	}
	arena_free(a);
	return context;
}
