/* world.h - six people, one of every other role, a deck with a card of each kind, and the basis. */
#pragma once
#include "harness.h"
#include <stdio.h>
#include <string.h>

#define ANNA "anna@x.example"
#define BAS "bas@x.example"
#define LEAD "lead@x.example"
#define LEARNER "learning@x.example"

static const char *const everybody_else[] = { BAS, LEAD, LEARNER, "board@x.example", "council@x.example", "privacy@x.example", "admin@x.example" };

#define DAY_MS INT64_C(86400000)
#define NOON INT64_C(1795467600000)                /* 23 November 2026, 13.00 in Amsterdam */

struct world { int64_t anna, bas, lead, learner, deck; };

static inline const char *say(struct app *a, const char *key, int64_t value)
{
	return text_c(a->arena, text_format(a->arena, "%s=%lld", key, (long long)value));
}

static inline void on_day(struct app *a, int64_t day) { a->now = (instant){ NOON + day * DAY_MS }; }


static inline struct world world(struct app *a)
{
	struct world w = { 0 };
	on_day(a, 0);
	w.lead = someone(a, LEAD, "Lea Lead", NULL, "Wonen", "Teamleider", NULL);
	w.anna = someone(a, ANNA, "Anna", NULL, "Wonen", "Adviseur", LEAD);
	w.bas = someone(a, BAS, "Bas", NULL, "Wonen", "Adviseur", LEAD);
	w.learner = someone(a, LEARNER, "Lia", "learning", "Wonen", "HR", LEAD);
	someone(a, "board@x.example", "Bo", "board", NULL, NULL, NULL);
	someone(a, "council@x.example", "Co", "council", NULL, NULL, NULL);
	someone(a, "privacy@x.example", "Pim", "privacy", NULL, NULL, NULL);
	someone(a, "admin@x.example", "Ad", "administrator", NULL, NULL, NULL);
	sql(a, "insert into skill (key, kind, name_nl, name_en, fold, made) values ('listening', 'skill', 'Luisteren', 'Listening', 'luisteren', 1)");
	sql(a, "insert into role_skill (role, skill, level, importance) select id, 1, 3, 3 from role where name = 'Adviseur'");
	sql(a, "insert into basis (purpose, kind, day, document, scope, made) values ('practice', 'informed', '2026-01-01', 'Letter', 'Everybody', 1)");
	assert_answer(call(a, LEARNER, "deck_add", "name_nl=Luisteren", "name_en=Listening", "skill=1", "owner=Lia", NULL), OK);
	w.deck = sql_number(a, "select max(id) from deck");
	return w;
}

static inline int64_t card_put(struct app *a, int64_t deck, const char *text)
{
	assert_answer(call(a, LEARNER, "card_add", say(a, "deck", deck), text_c(a->arena, text_format(a->arena, "text_en=%s", text)), NULL), OK);
	return sql_number(a, "select max(id) from card");
}

#define ASK "? What first?\n= Listen."
#define CHOOSE "? Which is a question?\n+ What did you see?\n- You are late."
#define FILL "? Whoever asks must also [[listen|hear]] well."
#define ORDER "? In order\n1. Ask\n2. Listen\n3. Answer"
#define CASE "! A colleague sighs.\n+ You ask.\n> Good.\n~ You wait.\n> Perhaps.\n- You leave.\n> No."
