/* test_own.c - a card of one's own: asked like any other, readable in no copy of the database, and nobody else's. */
#include "world.h"

#define assert_said(a, text) assert_true(str_has((a).json, S(text)))

static void it_is_sealed_asked_and_theirs(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t audit = sql_number(a, "select count(*) from audit");
	assert_answer(call(a, ANNA, "own_add", "question=What did the client fear?", "answer=Losing face before the neighbours", NULL), OK);
	assert_answer(call(a, ANNA, "own_add", "question= ", "answer=x", NULL), INVALID);
	assert_int_equal(sql_number(a, "select count(*) from audit"), audit);
	int64_t card = sql_number(a, "select max(id) from card");
	assert_int_equal(sql_number(a, "select count(*) from card where person is not null and (text_nl is not null or text_en is not null)"), 0);
	assert_false(str_has(sql_text(a, "select sealed from card where sealed is not null"), S("client")));
	assert_said(call(a, ANNA, "own_show", NULL), "Losing face");
	assert_said(call(a, ANNA, "practice_next", NULL), "What did the client fear?");
	assert_said(call(a, ANNA, "practice_answer", say(a, "card", card), "turn=0", "typed=Hm", NULL), "Losing face");
	for (size_t i = 0; i < sizeof everybody_else / sizeof everybody_else[0]; i++) {
		assert_false(str_has(call(a, everybody_else[i], "own_show", NULL).json, S("client")));
		enum status s = call(a, everybody_else[i], "practice_answer", say(a, "card", card), "turn=0", NULL).status;
		assert_true(s == NOT_FOUND || s == FORBIDDEN);
		s = call(a, everybody_else[i], "practice_rate", say(a, "card", card), "turn=0", "rating=3", NULL).status;
		assert_true(s == NOT_FOUND || s == FORBIDDEN);
		s = call(a, everybody_else[i], "own_drop", say(a, "id", card), NULL).status;
		assert_true(s == NOT_FOUND || s == FORBIDDEN);
		s = call(a, everybody_else[i], "card_form_show", say(a, "id", card), NULL).status;
		assert_true(s == NOT_FOUND || s == FORBIDDEN);
	}
	assert_answer(call(a, ANNA, "practice_rate", say(a, "card", card), "turn=0", "rating=3", NULL), OK);
	/* Moved to another person it does not open. */
	sql(a, text_c(a->arena, text_format(a->arena, "update card set person = %lld where id = %lld", (long long)w.bas, (long long)card)));
	assert_said(call(a, BAS, "own_show", NULL), "\"gone\":true");
	assert_answer(call(a, BAS, "practice_answer", say(a, "card", card), "turn=0", NULL), NOT_FOUND);
	sql(a, text_c(a->arena, text_format(a->arena, "update card set person = %lld where id = %lld", (long long)w.anna, (long long)card)));
	assert_answer(call(a, ANNA, "own_drop", say(a, "id", card), NULL), OK);
	assert_int_equal(sql_number(a, "select (select count(*) from card) + (select count(*) from memory) + (select count(*) from answer)"), 0);
}

/* From one's own log, by its number: the words are opened for their owner, and for nobody else. */
static void an_entry_of_the_log_becomes_a_card(void **state)
{
	struct app *a = *state;
	world(a);
	assert_answer(call(a, ANNA, "journal_write", "day=2026-11-20", "kind=work", "learnt=Ask first, then drill.", NULL), OK);
	int64_t entry = sql_number(a, "select max(id) from journal_entry");
	struct answer form = call(a, ANNA, "own_show", say(a, "entry", entry), NULL);
	assert_answer(form, OK);
	assert_said(form, "Ask first, then drill.");
	assert_said(form, "\"entry_day\":\"2026-11-20\"");
	for (size_t i = 0; i < sizeof everybody_else / sizeof everybody_else[0]; i++) {
		struct answer x = call(a, everybody_else[i], "own_show", say(a, "entry", entry), NULL);
		assert_true(x.status == NOT_FOUND || x.status == FORBIDDEN);
		assert_false(str_has(x.json, S("drill")) || str_has(x.said, S("drill")));
	}
	assert_answer(call(a, ANNA, "own_show", "entry=9999", NULL), NOT_FOUND);
	assert_answer(call(a, LEARNER, "training_add", "name=Listening course", NULL), OK);
	assert_said(call(a, ANNA, "own_show", "training=1", NULL), "Listening course");
	assert_answer(call(a, ANNA, "own_show", "training=99", NULL), NOT_FOUND);
	/* A text of four thousand characters fits by its beginning, whole letters. */
	assert_answer(call(a, ANNA, "journal_write", "day=2026-11-20", "kind=work", text_c(a->arena, text_format(a->arena, "learnt=%0*d", 1499, 7)), NULL), OK);
	assert_answer(call(a, ANNA, "own_show", say(a, "entry", sql_number(a, "select max(id) from journal_entry")), NULL), OK);
	/* No operation of this page takes text from an address. */
	assert_false(str_has(call(a, ANNA, "own_show", "question=Whispered", NULL).json, S("Whispered")));
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(it_is_sealed_asked_and_theirs), app_test(an_entry_of_the_log_becomes_a_card) };
	return run_on_engines("practice own", tests);
}
