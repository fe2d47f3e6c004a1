/* letter.c - a letter as RFC 5322 and MIME want it: head, blank line, text; lines of at most 76 characters, ended by CRLF. */
#include "mail/mail.h"
#include "base/text.h"
#include "base/token.h"
#include "base/arena.h"

enum { LINE_MOST = 75, WORD_BYTES = 39 };                            /* with "Subject: " and what stands around it a line of at most 76: four characters for three bytes */

bool mail_address_is_fine(str a)
{
	size_t ats = 0, at = 0;
	for (size_t i = 0; i < a.len; i++) {
		unsigned char x = (unsigned char)a.at[i];
		if (x <= ' ' || x >= 127 || x == '<' || x == '>' || x == ',' || x == ';' || x == ':' || x == '"' || x == '\\' || x == '(' || x == ')' || x == '[' || x == ']')
			return false;
		if (x == '@') {
			ats++;
			at = i;
		}
	}
	return ats == 1 && at > 0 && at + 1 < a.len && a.len <= MAIL_ADDRESS_MOST && a.at[0] != '-';
}

static bool is_plain(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] < ' ' || (unsigned char)s.at[i] >= 127)
			return false;
	return !str_has(s, S("=?"));
}

static void base64_add(struct buffer *out, str s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < s.len; i += 3) {
		uint32_t three = 0;
		for (size_t j = 0; j < 3; j++)
			three = three << 8 | (i + j < s.len ? (unsigned char)s.at[i + j] : 0);
		for (size_t j = 0; j < 4; j++)
			buffer_add_char(out, j <= s.len - i ? digits[three >> (18 - 6 * j) & 63] : '=');
	}
}

/* RFC 2047: words of whole characters, folded behind each. */
static void head_text(struct buffer *out, str s)
{
	if (is_plain(s)) {
		buffer_add(out, s);
		return;
	}
	for (size_t at = 0, from = 0; at < s.len; from = at) {
		char clean[WORD_BYTES];
		size_t n = 0;
		while (at < s.len) {
			size_t next = at;
			utf8_next(s, &next);
			if (next - from > WORD_BYTES)
				break;
			for (; at < next; at++)
				clean[n++] = (unsigned char)s.at[at] < ' ' || s.at[at] == 127 ? ' ' : s.at[at];
		}
		buffer_add(out, from ? S("\r\n =?UTF-8?B?") : S("=?UTF-8?B?"));
		base64_add(out, (str){ clean, n });
		buffer_add(out, S("?="));
	}
}

static void head(struct buffer *out, const char *name, str value)
{
	buffer_add(out, str_of(name));
	buffer_add(out, S(": "));
	head_text(out, value);
	buffer_add(out, S("\r\n"));
}

static void address(struct buffer *out, const char *name, str shown, str a)
{
	buffer_add(out, str_of(name));
	buffer_add(out, S(": "));
	if (shown.len) {
		/* Always encoded: then nothing in a name can mean anything. */
		for (size_t at = 0, from = 0; at < shown.len; from = at) {
			while (at < shown.len) {
				size_t next = at;
				utf8_next(shown, &next);
				if (next - from > WORD_BYTES)
					break;
				at = next;
			}
			buffer_add(out, from ? S("\r\n =?UTF-8?B?") : S("=?UTF-8?B?"));
			base64_add(out, (str){ shown.at + from, at - from });
			buffer_add(out, S("?="));
		}
		buffer_add(out, S("\r\n "));
	}
	buffer_add_format(out, "<" S_FMT ">\r\n", S_ARG(a));
}

static void day_and_time(struct buffer *out, instant at)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	date d = instant_date_utc(at);
	struct civil k = date_civil(d);
	int64_t s = at.ms / 1000 % 86400;
	buffer_add_format(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[date_weekday(d) - 1], k.day, months[k.month - 1], k.year, (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

/* RFC 2045: what is not printable ASCII, an '=', and a blank at the end of a line as =XX; long lines broken softly; LF becomes CRLF. */
static void quoted_printable(struct buffer *out, str text)
{
	size_t column = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char x = (unsigned char)text.at[i];
		bool line_ends = i + 1 == text.len || text.at[i + 1] == '\n';
		if (x == '\n') {
			buffer_add(out, S("\r\n"));
			column = 0;
			continue;
		}
		bool quoted = x < ' ' || x == '=' || x >= 127 || (x == ' ' && line_ends);
		size_t wide = quoted ? 3 : 1;
		if (column + wide > LINE_MOST) {
			buffer_add(out, S("=\r\n"));
			column = 0;
		}
		if (quoted)
			buffer_add_format(out, "=%02X", x);
		else
			buffer_add_char(out, (char)x);
		column += wide;
	}
	if (!text.len || text.at[text.len - 1] != '\n')
		buffer_add(out, S("\r\n"));
}

void mail_write(struct buffer *out, const struct mail_server *from, const struct mail_letter *l)
{
	str name, domain;
	str_cut(from->from, '@', &name, &domain);
	day_and_time(out, l->at);
	address(out, "From", from->from_name, from->from);
	address(out, "To", (str){ 0 }, l->to);
	head(out, "Subject", l->subject);
	buffer_add_format(out, "Message-ID: <" S_FMT "@" S_FMT ">\r\n", S_ARG(l->message), S_ARG(domain));
	buffer_add(out, S("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
		"Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n"));
	if (l->language.len)
		head(out, "Content-Language", l->language);
	buffer_add(out, S("\r\n"));
	quoted_printable(out, l->text);
}
