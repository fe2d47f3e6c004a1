/* round.c - what the tests of surveys share. */
#include "round.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

void organisation(struct app *app, struct round_test *t, int units, int size)
{
	*t = (struct round_test){ .app = app };
	for (int u = 0; u < units; u++)
		for (int i = 0; i < size; i++) {
			char email[60], unit[20];
			snprintf(email, sizeof email, "p%d@x.example", t->people);
			snprintf(unit, sizeof unit, "House/%c", 'A' + u);
			t->person[t->people++] = someone(app, email, email, NULL, unit, "Adviser", NULL);
		}
	someone(app, "learning@x.example", "Learning", "learning", NULL, NULL, NULL);
	someone(app, "council@x.example", "Council", "council", NULL, NULL, NULL);
	sql(app, "insert into basis (purpose, kind, day, document, scope, made) values ('surveys', 'agreement', '2026-01-01', 'Agreement', 'Everybody', 1)");
}

void round_make(struct round_test *t, int closed)
{
	struct answer a = call(t->app, "learning@x.example", "survey_add_one", "name=Pulse", "promise=The results next week.", "opens=2026-11-20", "closes=2026-11-30", NULL);
	assert_answer(a, OK);
	t->id = ((const struct by_id *)a.out)->id;
	t->questions = closed;
	for (int i = 1; i <= closed + 1; i++) {
		char nl[20], en[20], kind[20], id[20];
		snprintf(nl, sizeof nl, "text_nl=V%d", i);
		snprintf(en, sizeof en, "text_en=Q%d", i);
		snprintf(kind, sizeof kind, "kind=%s", i > closed ? "text" : "agree");
		snprintf(id, sizeof id, "id=%lld", (long long)t->id);
		assert_answer(call(t->app, "learning@x.example", "survey_question_add", id, kind, nl, en, NULL), OK);
	}
}

void round_begin(struct round_test *t)
{
	char id[20];
	snprintf(id, sizeof id, "id=%lld", (long long)t->id);
	assert_answer(call(t->app, "learning@x.example", "survey_open", id, NULL), OK);
	struct answer a = call(t->app, "learning@x.example", "survey_links_make", id, NULL);
	assert_answer(a, OK);
	/* In the order of people's names, p0, p1, p10 …: found by address. */
	for (int i = 0; i < t->people; i++) {
		str before, rest = a.json, code;
		char email[80];
		snprintf(email, sizeof email, "\"email\":\"p%d@x.example\",\"code\":\"", i);
		for (size_t at = 0; at + strlen(email) < a.json.len; at++)
			if (!memcmp(a.json.at + at, email, strlen(email))) {
				rest = str_from(a.json, at + strlen(email));
				str_cut(rest, '"', &code, &before);
				t->code[i] = code;
			}
		assert_int_equal(t->code[i].len, 19);
	}
	for (int i = 0; i <= t->questions; i++) {
		char text[120];
		snprintf(text, sizeof text, "select place from survey_question where round = %lld and text_nl = 'V%d'", (long long)t->id, i + 1);
		t->place[i] = sql_number(t->app, text);
	}
}

struct answer put(struct round_test *t, int who, int question, const char *value)
{
	char code[40], place[20], given[1200];
	snprintf(code, sizeof code, "code=" S_FMT, S_ARG(t->code[who]));
	snprintf(place, sizeof place, "place=%lld", (long long)t->place[question]);
	snprintf(given, sizeof given, "value=%s", value);
	return call(t->app, NULL, "answer_put", code, place, given, NULL);
}

struct answer give(struct round_test *t, int who)
{
	char code[40];
	snprintf(code, sizeof code, "code=" S_FMT, S_ARG(t->code[who]));
	return call(t->app, NULL, "answer_give", code, NULL);
}

void answer_all(struct round_test *t, int who, const int *values)
{
	for (int i = 0; i < t->questions; i++) {
		char value[4];
		snprintf(value, sizeof value, "%d", values[i]);
		assert_answer(put(t, who, i, value), OK);
	}
	assert_answer(give(t, who), OK);
}

void jobs_run(struct app *app)
{
	web_jobs_start(app->web);
	for (int i = 0; i < 500 && sql_number(app, "select count(*) from job where done is null and name = 'survey_keys_destroy'"); i++)
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	web_jobs_stop(app->web);
}
