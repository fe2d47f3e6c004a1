/* test_mail.c - a letter as it goes over the line, and what becomes of it when the other side says no, not now, or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "mail/mail.h"
#include "base/arena.h"
#include "base/text.h"
#include "base/token.h"
#include "sink.h"
#include <stdio.h>
#include <string.h>

static struct mail_server server(const struct sink *s)
{
	return (struct mail_server){ .host = S("127.0.0.1"), .port = s->port, .tls = MAIL_PLAIN, .from = S("wijzer@x.example"), .from_name = S("Woonstede"), .seconds = 5 };
}

static struct mail_letter letter(const char *to)
{
	return (struct mail_letter){ .to = str_of(to), .subject = S("Zo’n drie minuten"), .text = S("Dag,\n.een punt\nEén regel.\n"), .language = S("nl"), .message = S("abc123"), .at = { 1795694400000 } };
}

static bool yes(void *of)
{
	++*(int *)of;
	return true;
}

static bool no(void *of)
{
	++*(int *)of;
	return false;
}

static void addresses_that_could_end_a_line_are_none(void **state)
{
	(void)state;
	assert_true(mail_address_is_fine(S("anna@x.example")));
	assert_true(mail_address_is_fine(S("anna+wijzer@sub.x.example")));
	const char *wrong[] = { "", "anna", "@x.example", "anna@", "a@b@c", "a b@x.example", "a@x.example\r\nBcc: all@x.example", "<a@x.example>", "a@x.example,b@x.example", "\"a\"@x.example", "-oq@x.example", "é@x.example" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(mail_address_is_fine(str_of(wrong[i])));
}

static void a_letter_is_written_by_the_rules(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	struct sink nowhere = { .port = 25 };
	struct mail_server s = server(&nowhere);
	struct mail_letter l = letter("anna@x.example");
	char lines[400];
	memset(lines, 'x', sizeof lines);
	l.subject = S("Ee\r\nBcc: all@x.example n lange regel met één bijzonder teken, zo lang dat hij in meer dan één woord moet worden gezet, en dan nog iets");
	l.text = (str){ lines, sizeof lines };
	mail_write(&b, &s, &l);
	str all = buffer_text(&b), one, rest = all;
	bool head = true;
	assert_false(str_has(all, S("Bcc")));
	assert_true(str_has(all, S("Message-ID: <abc123@x.example>\r\n")));
	assert_true(str_has(all, S("Auto-Submitted: auto-generated\r\n")));
	while (str_cut(rest, '\n', &one, &rest)) {
		assert_true(one.len && one.at[one.len - 1] == '\r');
		assert_true(one.len <= 77);
		head &= one.len > 1;
		for (size_t i = 0; i + 1 < one.len; i++)
			assert_true((unsigned char)one.at[i] >= ' ' && (unsigned char)one.at[i] < 127);
	}
	assert_false(head);
	buffer_done(&b);
}

static void it_arrives_as_it_was_written(void **state)
{
	(void)state;
	struct sink s;
	char why[MAIL_WHY];
	int asked = 0;
	sink_open(&s);
	struct mail_server from = server(&s);
	struct mail_line *line = mail_line_open(&from);
	struct mail_letter l = letter("anna@x.example");
	assert_int_equal(mail_hand_over(line, &l, yes, &asked, why), MAIL_TAKEN);
	assert_int_equal(asked, 1);
	l.to = S("bert@x.example");
	assert_int_equal(mail_hand_over(line, &l, yes, &asked, why), MAIL_TAKEN);
	assert_int_equal(sink_count(&s), 2);
	assert_int_equal(s.connections, 1);                        /* one connection for both */
	assert_string_equal(s.letters[0].to, "anna@x.example");
	assert_string_equal(s.letters[0].from, "wijzer@x.example");
	assert_true(strstr(s.letters[0].text, "\r\n\r\nDag,\r\n.een punt\r\nE=C3=A9n regel.\r\n") != NULL);
	mail_line_close(line);
	sink_close(&s);
}

static void what_the_other_side_says_is_told_apart(void **state)
{
	(void)state;
	struct sink s;
	char why[MAIL_WHY];
	int asked = 0;
	sink_open(&s);
	struct mail_server from = server(&s);
	struct mail_line *line = mail_line_open(&from);
	const struct { const char *to; enum mail_result wanted; int asked; } cases[] = { { "no@x.example", MAIL_NEVER, 0 }, { "later@x.example", MAIL_LATER, 0 }, { "reject@x.example", MAIL_NEVER, 1 },
		{ "break@x.example", MAIL_UNSURE, 1 }, { "a@x.example\r\nRCPT TO:<b@x.example>", MAIL_NEVER, 0 }, { "anna@x.example", MAIL_TAKEN, 1 } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct mail_letter l = letter(cases[i].to);
		asked = 0;
		enum mail_result is = mail_hand_over(line, &l, yes, &asked, why);
		if (is != cases[i].wanted || asked != cases[i].asked)
			fail_msg("%s: %d (%s), asked %d", cases[i].to, is, why, asked);
		assert_null(strstr(why, "@"));                     /* no address in what is kept */
	}
	/* When the mark could not be made, nothing goes. */
	size_t before = sink_count(&s);
	struct mail_letter l = letter("anna@x.example");
	assert_int_equal(mail_hand_over(line, &l, no, &asked, why), MAIL_LATER);
	assert_int_equal(sink_count(&s), before);
	mail_line_close(line);
	sink_close(&s);
	/* Nobody listens there any more. And TLS that is asked for is not done without. */
	line = mail_line_open(&from);
	assert_int_equal(mail_hand_over(line, &l, yes, &asked, why), MAIL_DOWN);
	mail_line_close(line);
	sink_open(&s);
	from = server(&s);
	from.tls = MAIL_STARTTLS;
	line = mail_line_open(&from);
	assert_int_equal(mail_hand_over(line, &l, yes, &asked, why), MAIL_DOWN);
	assert_int_equal(sink_count(&s), 0);
	mail_line_close(line);
	sink_close(&s);
}

int main(void)
{
	token_start();
	const struct CMUnitTest tests[] = { cmocka_unit_test(addresses_that_could_end_a_line_are_none), cmocka_unit_test(a_letter_is_written_by_the_rules),
		cmocka_unit_test(it_arrives_as_it_was_written), cmocka_unit_test(what_the_other_side_says_is_told_apart) };
	return cmocka_run_group_tests_name("mail", tests, NULL, NULL);
}
