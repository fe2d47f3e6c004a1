/* test_letters.c - a round by mail: everybody gets one letter with a link of their own, a scanner that follows it answers nothing, and nothing is sent twice. */
#include "round.h"
#include "sink.h"
#include "web/letter.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

static char id_buffer[40];
#define ID(t) (snprintf(id_buffer, sizeof id_buffer, "id=%lld", (long long)(t).id), id_buffer)

static int setup(void **state)
{
	int wrong = app_setup(state);
	struct app *app = *state;
	if (!wrong)
		app->now = clock_now();                        /* letters go by the real clock */
	return wrong;
}
#define test(f) { #f, f, setup, app_teardown, NULL }

static struct letters_settings by(const struct sink *s)
{
	return (struct letters_settings){ .server = { .host = S("127.0.0.1"), .port = s->port, .tls = MAIL_PLAIN, .from = S("wijzer@x.example"), .seconds = 5 }, .a_minute = 6000 };
}

static str link_in(struct app *app, const char *text)
{
	/* Quoted-printable breaks long lines softly. */
	char *out = arena_take(app->arena, strlen(text) + 1);
	size_t n = 0;
	for (const char *p = text; *p; p++) {
		if (!strncmp(p, "=\r\n", 3))
			p += 2;
		else
			out[n++] = *p;
	}
	out[n] = 0;
	const char *at = strstr(out, "/answer/");
	assert_non_null(at);
	return (str){ at + 8, 16 };
}

static void begin(struct app *app, struct round_test *t, int people)
{
	char opens[40], closes[40];
	date today = instant_date(app->now);
	organisation(app, t, 1, people);
	round_make(t, 1);
	snprintf(opens, sizeof opens, "opens=" S_FMT, S_ARG(date_iso(app->arena, today)));
	snprintf(closes, sizeof closes, "closes=" S_FMT, S_ARG(date_iso(app->arena, date_add_days(today, 10))));
	assert_answer(call(app, "learning@x.example", "survey_days_change", ID(*t), opens, closes, NULL), OK);
	assert_answer(call(app, "learning@x.example", "survey_open", ID(*t), NULL), OK);
}

static int64_t in_state(struct app *app, const char *state)
{
	char text[100];
	snprintf(text, sizeof text, "select count(*) from letter where state = '%s'", state);
	return sql_number(app, text);
}

static void wait_for(struct app *app, const char *state, int64_t count)
{
	for (int i = 0; i < 500 && in_state(app, state) < count; i++)
		nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
	assert_int_equal(in_state(app, state), count);
}

static void everybody_gets_one_letter(void **state)
{
	struct app *app = *state;
	struct round_test t;
	struct sink s;
	sink_open(&s);
	begin(app, &t, 12);
	sql(app, "update person set email = null where email = 'p11@x.example'");
	struct letters_settings how = by(&s);
	assert_answer(call(app, "p0@x.example", "survey_mail", ID(t), NULL), FORBIDDEN);
	assert_answer(call(app, "learning@x.example", "survey_remind", ID(t), NULL), CONFLICT);
	struct answer a = call(app, "learning@x.example", "survey_mail", ID(t), NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"letters\":11")));
	assert_true(str_has(a.json, S("\"without\":1")));
	/* What waits holds no address, no link, no text. */
	assert_int_equal(sql_number(app, "select count(*) from letter where input like '%@%' or input like '%answer%'"), 0);
	assert_int_equal(sql_number(app, "select count(*) from survey_asked where mailed is not null"), 0);
	web_letters_start(app->web, &how);
	assert_true(sink_wait(&s, 11));
	wait_for(app, "sent", 11);
	/* Pressed again: nothing more. */
	assert_answer(call(app, "learning@x.example", "survey_mail", ID(t), NULL), OK);
	nanosleep(&(struct timespec){ .tv_sec = 1, .tv_nsec = 500000000 }, NULL);
	assert_int_equal(sink_count(&s), 11);
	/* Each link is somebody's; looking at it, however often, answers nothing. */
	for (size_t i = 0; i < 11; i++) {
		char code[40];
		str link = link_in(app, s.letters[i].text);
		snprintf(code, sizeof code, "code=" S_FMT, S_ARG(link));
		assert_answer(call(app, NULL, "answer_show", code, NULL), OK);
		assert_answer(call(app, NULL, "answer_ready", code, NULL), OK);
		for (size_t j = 0; j < i; j++)
			assert_false(str_eq(link, link_in(app, s.letters[j].text)));
	}
	assert_int_equal(sql_number(app, "select count(*) from survey_sealed"), 0);
	/* A reminder brings the same link, to everybody, whoever took part. */
	char code[40];
	snprintf(code, sizeof code, "code=" S_FMT, S_ARG(link_in(app, s.letters[0].text)));
	assert_answer(call(app, NULL, "answer_give", code, NULL), OK);
	assert_answer(call(app, "learning@x.example", "survey_remind", ID(t), NULL), CONFLICT);       /* too soon */
	sql(app, "update survey_round set mailed = '2026-01-01'");
	assert_answer(call(app, "learning@x.example", "survey_remind", ID(t), NULL), OK);
	assert_true(sink_wait(&s, 22));
	wait_for(app, "sent", 22);
	for (size_t i = 11; i < 22; i++) {
		bool same = false;
		for (size_t j = 0; j < 11; j++)
			same |= !strcmp(s.letters[i].to, s.letters[j].to) && str_eq(link_in(app, s.letters[i].text), link_in(app, s.letters[j].text));
		assert_true(same);
	}
	web_letters_stop(app->web);
	/* Closing ends the links and the key that made them. */
	assert_answer(call(app, "learning@x.example", "survey_close", ID(t), NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from survey_asked where mailed is not null"), 0);
	assert_int_equal(sql_number(app, "select count(*) from survey_round where link_key is not null"), 0);
	sink_close(&s);
}

static void what_fails_is_seen_and_not_repeated(void **state)
{
	struct app *app = *state;
	struct round_test t;
	struct sink s;
	sink_open(&s);
	begin(app, &t, 12);
	sql(app, "update person set email = 'no@x.example' where email = 'p0@x.example'");
	sql(app, "update person set email = 'break@x.example' where email = 'p1@x.example'");
	sql(app, "update person set email = 'later@x.example' where email = 'p2@x.example'");
	assert_answer(call(app, "learning@x.example", "survey_mail", ID(t), NULL), OK);
	struct letters_settings how = by(&s);
	web_letters_start(app->web, &how);
	wait_for(app, "sent", 9);
	wait_for(app, "failed", 1);
	wait_for(app, "unsure", 1);
	assert_int_equal(sql_number(app, "select tries from letter where state = 'waiting'"), 1);
	web_letters_stop(app->web);
	assert_int_equal(sink_count(&s), 10);                      /* the unsure one had arrived, and does not come again */
	/* Killed after the mark and before the answer: nobody knows, so nobody gets it twice. Killed before the mark: it is sent, once. */
	sql(app, "update letter set state = 'sending', claimed = 1 where id = (select min(id) from letter where state = 'sent')");
	sql(app, "update letter set state = 'waiting', claimed = 1, due = 1 where id = (select max(id) from letter where state = 'sent')");
	web_letters_start(app->web, &how);
	assert_true(sink_wait(&s, 11));
	wait_for(app, "unsure", 2);
	wait_for(app, "sent", 8);
	web_letters_stop(app->web);
	assert_int_equal(sink_count(&s), 11);
	/* The administrator sees how many and why, and nothing of whom. */
	someone(app, "admin@x.example", "Admin", "administrator", NULL, NULL, NULL);
	struct answer a = call(app, "admin@x.example", "letters_show", NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"unsure\":2")));
	assert_true(str_has(a.json, S("\"failed\":1")));
	assert_false(str_has(a.json, S("@")));
	assert_answer(call(app, "p3@x.example", "letters_show", NULL), FORBIDDEN);
	assert_answer(call(app, "learning@x.example", "letters_show", NULL), FORBIDDEN);
	assert_answer(call(app, NULL, "letters_show", NULL), FORBIDDEN);
	sink_close(&s);
}

/* Without a server nothing is lost; after the last day nothing goes any more. */
static void what_waits_too_long_is_not_sent(void **state)
{
	struct app *app = *state;
	struct round_test t;
	struct sink s;
	begin(app, &t, 12);
	assert_answer(call(app, "learning@x.example", "survey_mail", ID(t), NULL), OK);
	struct letters_settings none = { .a_minute = 10 };
	web_letters_start(app->web, &none);
	web_letters_stop(app->web);
	assert_int_equal(in_state(app, "waiting"), 12);
	assert_answer(call(app, "learning@x.example", "survey_close", ID(t), NULL), OK);
	sink_open(&s);
	struct letters_settings how = by(&s);
	web_letters_start(app->web, &how);
	for (int i = 0; i < 500 && sql_number(app, "select count(*) from letter"); i++)
		nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
	web_letters_stop(app->web);
	assert_int_equal(sql_number(app, "select count(*) from letter"), 0);
	assert_int_equal(sink_count(&s), 0);
	sink_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = { test(everybody_gets_one_letter), test(what_fails_is_seen_and_not_repeated), test(what_waits_too_long_is_not_sent) };
	return run_on_engines("survey letters", tests);
}
