/* line.c - the conversation with a mail server, by libcurl. The only file that knows it. */
#include "mail/mail.h"
#include "base/text.h"
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECONDS = 60, CONNECT_SECONDS = 20 };

struct mail_line { const struct mail_server *server; CURL *curl; };

/* What libcurl reads from while it sends. */
struct sending { str bytes; size_t at; bool begun; bool (*about_to)(void *of); void *of; };

struct mail_line *mail_line_open(const struct mail_server *s)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		return NULL;
	struct mail_line *line = calloc(1, sizeof *line);
	if (!line || !(line->curl = curl_easy_init())) {
		free(line);
		return NULL;
	}
	line->server = s;
	return line;
}

void mail_line_close(struct mail_line *line)
{
	if (!line)
		return;
	curl_easy_cleanup(line->curl);
	free(line);
}

static size_t give(char *into, size_t size, size_t count, void *of)
{
	struct sending *s = of;
	size_t n = size * count < s->bytes.len - s->at ? size * count : s->bytes.len - s->at;
	if (!s->begun && !s->about_to(s->of))
		return CURL_READFUNC_ABORT;
	s->begun = true;
	memcpy(into, s->bytes.at + s->at, n);
	s->at += n;
	return n;
}

static bool set_server(CURL *c, const struct mail_server *s)
{
	char url[400], user[300], password[300];
	int port = s->port ? s->port : s->tls == MAIL_TLS ? 465 : s->tls == MAIL_STARTTLS ? 587 : 25;
	bool ok = snprintf(url, sizeof url, "%s://" S_FMT ":%d", s->tls == MAIL_TLS ? "smtps" : "smtp", S_ARG(s->host), port) < (int)sizeof url;
	ok &= snprintf(user, sizeof user, S_FMT, S_ARG(s->user)) < (int)sizeof user && snprintf(password, sizeof password, S_FMT, S_ARG(s->password)) < (int)sizeof password;
	ok &= !curl_easy_setopt(c, CURLOPT_URL, url) && !curl_easy_setopt(c, CURLOPT_USE_SSL, s->tls == MAIL_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL);
	if (ok && s->user.len)
		ok = !curl_easy_setopt(c, CURLOPT_USERNAME, user) && !curl_easy_setopt(c, CURLOPT_PASSWORD, password);
	return ok;
}

static bool set_all(CURL *c, const struct mail_server *s, const char *from, struct curl_slist *to, struct sending *what, char why[CURL_ERROR_SIZE])
{
	curl_easy_reset(c);
	return set_server(c, s)
		&& !curl_easy_setopt(c, CURLOPT_MAIL_FROM, from) && !curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to) && !curl_easy_setopt(c, CURLOPT_UPLOAD, 1L)
		&& !curl_easy_setopt(c, CURLOPT_READFUNCTION, give) && !curl_easy_setopt(c, CURLOPT_READDATA, what) && !curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L)
		&& !curl_easy_setopt(c, CURLOPT_PROXY, "") && !curl_easy_setopt(c, CURLOPT_ERRORBUFFER, why)
		&& !curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS) && !curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)(s->seconds ? s->seconds : SECONDS))
		&& !curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
}

/* The last reply tells most: 354 and then nothing means that the text had gone. */
static enum mail_result judge(CURLcode result, long reply, const struct sending *s)
{
	if (result == CURLE_OK)
		return MAIL_TAKEN;
	if (result == CURLE_ABORTED_BY_CALLBACK)
		return MAIL_LATER;
	if (s->begun && !(reply >= 400 && reply < 600))
		return MAIL_UNSURE;
	if (result == CURLE_LOGIN_DENIED || result == CURLE_USE_SSL_FAILED || result == CURLE_PEER_FAILED_VERIFICATION || result == CURLE_SSL_CONNECT_ERROR)
		return MAIL_DOWN;
	return reply >= 500 && reply < 600 && reply != 530 && reply != 535 ? MAIL_NEVER : reply >= 400 && reply < 500 && reply != 421 ? MAIL_LATER : MAIL_DOWN;
}

enum mail_result mail_hand_over(struct mail_line *line, const struct mail_letter *l, bool (*about_to)(void *of), void *of, char why[MAIL_WHY])
{
	struct buffer bytes = { 0 };
	char from[MAIL_ADDRESS_MOST + 3], to[MAIL_ADDRESS_MOST + 3], said[CURL_ERROR_SIZE] = "";
	const struct mail_server *server = line->server;
	long reply = 0;
	why[0] = 0;
	if (!mail_address_is_fine(l->to) || !mail_address_is_fine(server->from) || l->text.len > MAIL_TEXT_MOST) {
		snprintf(why, MAIL_WHY, "no address, or a letter too long");
		return MAIL_NEVER;
	}
	snprintf(from, sizeof from, "<" S_FMT ">", S_ARG(server->from));
	snprintf(to, sizeof to, "<" S_FMT ">", S_ARG(l->to));
	mail_write(&bytes, server, l);
	struct sending sending = { .bytes = buffer_text(&bytes), .about_to = about_to, .of = of };
	struct curl_slist *receivers = curl_slist_append(NULL, to);
	enum mail_result result = MAIL_DOWN;
	if (receivers && set_all(line->curl, server, from, receivers, &sending, said)) {
		CURLcode code = curl_easy_perform(line->curl);
		curl_easy_getinfo(line->curl, CURLINFO_RESPONSE_CODE, &reply);
		result = judge(code, reply, &sending);
		/* libcurl's own words, and not the server's, which may repeat an address. */
		if (result != MAIL_TAKEN)
			snprintf(why, MAIL_WHY, "%s (%ld)", curl_easy_strerror(code), reply);
	}
	curl_slist_free_all(receivers);
	buffer_done(&bytes);
	return result;
}
