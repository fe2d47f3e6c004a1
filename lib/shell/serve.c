/* serve.c - the web server: listens, gives up what it does not need, and answers until it is told to stop. */
#include "shell.h"
#include "sandbox.h"
#include "vault/vault.h"
#include "web/letter.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HASHERS = 2, GRACE_SECONDS = 10 };

static struct http_server *serving;

static void stop(int signal_number)
{
	(void)signal_number;
	http_stop(serving);
}

static void log_write(const char *line, size_t len)
{
	if (write(STDERR_FILENO, line, len) < 0)
		return;                                        /* nobody is left to tell */
}

/* Plain HTTP is for this machine only, unless the administrator says that something in front protects it. */
static bool listen_is_safe(const struct shell *sh, str listen)
{
	bool loopback = str_starts(listen, S("127.")) || str_starts(listen, S("[::1]:")) || str_starts(listen, S("localhost:"));
	return loopback || shell_has(sh, S("insecure-http")) || shell_has(sh, S("tls-cert")) || shell_has(sh, S("trusted-proxy"));
}

static enum exit options_check(struct shell *sh, str listen)
{
	if (!listen.len)
		return shell_usage(sh, "--listen says where, such as 127.0.0.1:8080");
	if (shell_has(sh, S("tls-cert")) != shell_has(sh, S("tls-key")))
		return shell_usage(sh, "--tls-cert and --tls-key belong together");
	if (!listen_is_safe(sh, listen)) {
		shell_say(sh, "wijzer: plain http on %.*s would send passwords in the clear. Give --tls-cert and --tls-key, put a proxy in front "
			"(--trusted-proxy), or say --insecure-http if you know why.", S_ARG(listen));
		return REFUSED;
	}
	if (!geteuid() && !shell_has(sh, S("user"))) {
		shell_say(sh, "wijzer: serving as root is refused. Name an ordinary user with --user, who can read and write the database's folder.");
		return REFUSED;
	}
	return DONE;
}

static void keys_warn(struct shell *sh)
{
	struct web_keys k = shell_keys(sh);
	if (!shell_has(sh, S("demo")) && shell_key_is_beside(sh))
		shell_say(sh, "event=warning what=\"the key file %s lies beside the database or the keys: whoever copies that folder can read what people keep for themselves; "
			"move it elsewhere and name it with --key-file\"", k.key);
	if (!vault_is_locked_in_memory(web_vault(sh->web)))
		shell_say(sh, "event=warning what=\"keys cannot be locked in memory here (RLIMIT_MEMLOCK): swap may hold them\"");
}

static enum exit confine(struct shell *sh)
{
	char missing[200], why[200] = "";
	str path = str_starts(sh->url, S("sqlite:")) ? str_from(sh->url, 7) : (str){ 0 };
	const char *keys = shell_folder_of(sh->arena, str_of(shell_keys(sh).keys));
	struct sandbox box = { .writable = { keys, path.len ? shell_folder_of(sh->arena, path) : NULL },
		.readable = { text_c(sh->arena, shell_option(sh, S("tls-cert"))) } };
	if (!box.readable[0][0])
		box.readable[0] = NULL;
	if (!sandbox_enter(&box, missing, why)) {
		shell_say(sh, "wijzer: %s", why);
		return FAULT;
	}
	if (missing[0])
		shell_say(sh, "event=warning what=\"%s\"", missing);
	return DONE;
}

/* The password comes from a file, read once and before the files are out of reach. */
static bool password_read(struct shell *sh, str path, str *out)
{
	char bytes[300];
	struct stat s;
	FILE *f = fopen(text_c(sh->arena, path), "r");
	size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
	if (f && !fstat(fileno(f), &s) && s.st_mode & (S_IROTH | S_IWOTH))
		shell_say(sh, "event=warning what=\"everybody on this machine can read " S_FMT "\"", S_ARG(path));
	if (f)
		fclose(f);
	*out = text_copy(sh->arena, str_trim((str){ bytes, n }));
	return n && n < sizeof bytes;
}

static enum exit mail_options(struct shell *sh, struct letters_settings *out)
{
	str tls = shell_option(sh, S("mail-tls")), port = shell_option(sh, S("mail-port")), file = shell_option(sh, S("mail-password-file")), pace = shell_option(sh, S("mail-per-minute"));
	int64_t number = 0, a_minute = 0;
	*out = (struct letters_settings){ .server = { .host = shell_option(sh, S("mail-host")), .from = shell_option(sh, S("mail-from")), .from_name = shell_option(sh, S("mail-from-name")),
		.user = shell_option(sh, S("mail-user")) } };
	if (!out->server.host.len)
		return DONE;
	if (!mail_address_is_fine(out->server.from))
		return shell_usage(sh, "--mail-from is the address that letters come from, such as wijzer@example.nl");
	if (tls.len && !str_eq(tls, S("starttls")) && !str_eq(tls, S("tls")) && !str_eq(tls, S("plain")))
		return shell_usage(sh, "--mail-tls is starttls, tls or plain");
	if ((port.len && (!str_to_int(port, &number) || number < 1 || number > 65535)) || (pace.len && (!str_to_int(pace, &a_minute) || a_minute < 1 || a_minute > 6000)))
		return shell_usage(sh, "--mail-port is a number to 65535, --mail-per-minute one to 6000");
	if (out->server.user.len != 0 && !file.len)
		return shell_usage(sh, "--mail-user needs --mail-password-file");
	if (out->server.user.len && str_eq(tls, S("plain")))
		return shell_usage(sh, "a password does not go over --mail-tls plain");
	out->server.tls = str_eq(tls, S("tls")) ? MAIL_TLS : str_eq(tls, S("plain")) ? MAIL_PLAIN : MAIL_STARTTLS;
	out->server.port = (int)number;
	out->a_minute = (int)a_minute;
	if (file.len && !password_read(sh, file, &out->server.password)) {
		shell_say(sh, "wijzer: the mail password could not be read from " S_FMT, S_ARG(file));
		return REFUSED;
	}
	return DONE;
}

static int cpus(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > 16 ? 16 : (int)n;
}

static enum exit serve_with(struct shell *sh, struct http_server *server)
{
	struct web_settings settings = { .loops = cpus(), .hashers = HASHERS, .url = shell_option(sh, S("url")),
		.trusted_proxy = shell_option(sh, S("trusted-proxy")), .language = sh->c.language, .log = log_write, .demo = shell_has(sh, S("demo")) };
	if (!settings.url.len)
		settings.own_url = text_format(sh->arena, "%s://" S_FMT, shell_has(sh, S("tls-cert")) ? "https" : "http", S_ARG(shell_option(sh, S("listen"))));
	struct letters_settings letters;
	enum exit e = mail_options(sh, &letters);
	if (e == DONE)
		e = shell_database(sh, false, &settings);
	if (e == DONE)
		e = shell_keys_open(sh, true, false);
	if (e == DONE)
		keys_warn(sh);
	if (e == DONE && web_served_keep(sh->web) != OK)
		e = FAULT;
	if (e == DONE)
		e = confine(sh);
	if (e != DONE)
		return e;
	http_app_set(server, sh->web);
	serving = server;
	struct sigaction act = { .sa_handler = stop };
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	web_jobs_start(sh->web);
	web_letters_start(sh->web, &letters);
	shell_say(sh, "event=serving port=%d", http_port(server));
	http_run(server, GRACE_SECONDS);
	web_letters_stop(sh->web);
	web_jobs_stop(sh->web);
	shell_say(sh, "event=stopped");
	return DONE;
}

COMMAND(serve, "--listen ADDRESS:PORT", "Serves Wijzer until SIGTERM.",
	OPTIONS({ "listen", "A:P", "where, such as 127.0.0.1:8080" },
		{ "url", "URL", "how people reach it, https://…: for links, and the only host name answered" },
		{ "tls-cert", "FILE", "certificate chain, PEM" }, { "tls-key", "FILE", "its key, PEM" },
		{ "trusted-proxy", "CIDR", "a proxy whose X-Forwarded-For and -Proto count" },
		{ "user", "NAME", "become this user when started as root" },
		{ "mail-host", "HOST", "the mail server letters are handed to; without it none is sent" }, { "mail-port", "N", "its port; by --mail-tls 587, 465 or 25" },
		{ "mail-tls", "HOW", "starttls (usual), tls, or plain for a relay nearby" }, { "mail-from", "ADDRESS", "the address letters come from" },
		{ "mail-from-name", "NAME", "and the name beside it" }, { "mail-user", "NAME", "to sign in there" }, { "mail-password-file", "FILE", "its password; read before anything is confined" },
		{ "mail-per-minute", "N", "at most so many letters; usually 120" },
		{ "insecure-http", NULL, "plain http on another address than loopback" },
		{ "demo", NULL, "a demonstration: offers sign-in links on this machine" }), .needs = NEEDS_NO_DATABASE)
{
	str listen = shell_option(sh, S("listen"));
	enum exit e = options_check(sh, listen);
	if (e != DONE)
		return e;
	char why[200] = "";
	struct http_settings h = { .listen = listen, .loops = cpus(), .tls_certificate = shell_option(sh, S("tls-cert")), .tls_key = shell_option(sh, S("tls-key")),
		.handle = web_handle, .body_limit = web_body_limit, .refused = web_refused };
	struct http_server *server;
	if (http_open(&h, &server, why) != OK) {
		shell_say(sh, "wijzer: %s", why);
		return REFUSED;
	}
	str user = shell_option(sh, S("user"));
	if (!geteuid() && !sandbox_become_user(text_c(sh->arena, user), why)) {
		shell_say(sh, "wijzer: %s", why);
		e = REFUSED;
	} else {
		e = serve_with(sh, server);
	}
	http_close(server);
	return e;
}
