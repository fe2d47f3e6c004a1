/* mail.h - one letter, written as the standards ask and handed to a mail server by SMTP. Knows no database and nobody.
 *
 *     struct mail_line *line = mail_line_open(&server);                    // keeps its connection from letter to letter
 *     switch (mail_hand_over(line, &letter, about_to, of, why)) { … }
 *
 * A letter is plain text in UTF-8. What a server is asked for: RFC 5321, STARTTLS or TLS with a checked certificate, AUTH where a user is given.
 */
#pragma once
#include "base/buffer.h"
#include "base/date.h"

enum mail_tls { MAIL_STARTTLS, MAIL_TLS, MAIL_PLAIN };               /* PLAIN: for a relay on this machine or network, said by the administrator */

struct mail_server {
	str host, user, password;          /* user: none, no AUTH */
	int port;                          /* 0: 587, 465 or 25, by `tls` */
	enum mail_tls tls;
	str from, from_name;               /* "wijzer@example.nl", "Woonstede" */
	int seconds;                       /* the most one letter may take; 0: 60 */
};

struct mail_letter {
	str to, subject, text, language;   /* language: "nl", for Content-Language */
	str message;                       /* the same letter has the same one, also when it is sent again: letters and digits */
	instant at;
};

enum mail_result {
	MAIL_TAKEN,                        /* the server said yes to all of it */
	MAIL_NEVER,                        /* it said no, for good: this address, this letter */
	MAIL_LATER,                        /* it said not now */
	MAIL_DOWN,                         /* no server, no certificate, a wrong password: no letter would be taken now */
	MAIL_UNSURE,                       /* the text had gone and the line broke before the answer: nobody can know */
};
enum { MAIL_WHY = 160, MAIL_TEXT_MOST = 20000, MAIL_ADDRESS_MOST = 254 };

/* One @, no white space, no control characters, nothing that ends a line or an address: what may stand in a head. */
bool mail_address_is_fine(str address);
/* The letter as it goes over the line, ended by CRLF. Texts are quoted-printable, a subject is encoded where it must be; a line end in a subject is a space. */
void mail_write(struct buffer *out, const struct mail_server *from, const struct mail_letter *l);

struct mail_line;
/* NULL without memory. The server's texts must outlive it. Opens no connection yet. */
struct mail_line *mail_line_open(const struct mail_server *s);
void mail_line_close(struct mail_line *line);                        /* NULL is fine */
/* Before the first byte of text goes, when the server has agreed to sender and receiver, `about_to` is called: false and nothing is sent (MAIL_LATER). `why`: what
 * the server or the line said, without an address or a text of ours. */
enum mail_result mail_hand_over(struct mail_line *line, const struct mail_letter *l, bool (*about_to)(void *of), void *of, char why[MAIL_WHY]);
