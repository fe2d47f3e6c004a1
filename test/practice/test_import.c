/* test_import.c - cards from a file: dry, with rejects, half a row told with its line, the same again changes nothing, and taken back. */
#include "world.h"
#include "base/buffer.h"
#include "imports/imports.h"

/* As the page does it: keep the file, look, say yes. */
static struct answer upload(struct app *a, const char *csv)
{
	return call(a, LEARNER, "import_upload", "kind=cards", text_c(a->arena, text_format(a->arena, "file=%s", csv)), "file_file=cards.csv", NULL);
}

static int64_t waiting(struct app *a) { return sql_number(a, "select max(id) from upload"); }

static struct answer preview(struct app *a) { return call(a, LEARNER, "import_preview", say(a, "id", waiting(a)), NULL); }

static struct answer confirm(struct app *a, bool without_wrong)
{
	return call(a, LEARNER, "import_confirm", say(a, "id", waiting(a)), without_wrong ? "without_wrong=1" : NULL, NULL);
}

#define assert_said(a, text) assert_true(str_has((a).json, S(text)))

static void a_file_becomes_cards(void **state)
{
	struct app *a = *state;
	world(a);
	assert_answer(upload(a, "Stapel,text_nl,text_en,Vraag,Antwoord,Question,Answer\n"
		"Listening,\"? Wat eerst?\n= Luisteren\",\"? What first?\n= Listen\",,,,\n"
		"luisteren,,,Waarom?,Om te leren,,\n"
		"Luisteren,,,,,Who asks must [[listen]],\n"), OK);
	struct answer p = preview(a);
	assert_answer(p, OK);
	assert_said(p, "\"added\":3");
	assert_said(p, "\"wrong\":0");
	assert_int_equal(sql_number(a, "select count(*) from card"), 0);                 /* looking writes nothing */
	assert_answer(confirm(a, false), OK);
	assert_int_equal(sql_number(a, "select count(*) from card"), 3);
	assert_true(str_has(sql_text(a, "select text_nl from card where place = 2"), S("? Waarom?\n= Om te leren")));
	assert_int_equal(sql_number(a, "select count(*) from card where kind = 'fill'"), 1);
	/* Again: nothing. With the other language: the card gets it, and keeps what is remembered of it. */
	sql(a, "insert into memory (person, card, first_day, last, due, stability, difficulty, answers, asked, recalled, tries) select 2, min(id), 1, 1, 1, 1, 5, 1, 0, 0, 1 from card");
	upload(a, "deck,text_nl,text_en\nListening,\"? Wat eerst?\n= Luisteren\",\"? What first?\n= Listen\"\nListening,\"? Waarom?\n= Om te leren\",\"? Why?\n= To learn\"\n");
	p = preview(a);
	assert_said(p, "\"added\":0");
	assert_said(p, "\"changed\":1");
	assert_said(p, "\"same\":1");
	assert_answer(confirm(a, false), OK);
	assert_int_equal(sql_number(a, "select count(*) from card"), 3);
	assert_int_equal(sql_number(a, "select count(*) from memory"), 1);
	assert_int_equal(sql_number(a, "select count(*) from card_text"), 1);
	/* Taken back, the latest first. */
	assert_answer(call(a, LEARNER, "import_take_back", say(a, "id", sql_number(a, "select max(id) from import")), NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from card where text_en is null"), 1);
	assert_answer(call(a, LEARNER, "import_take_back", say(a, "id", sql_number(a, "select min(id) from import")), NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from card where retired is null"), 0);
	assert_int_equal(sql_number(a, "select count(*) from memory"), 1);              /* what was remembered stays whose it is */
}

static void half_a_row_is_told_with_its_line(void **state)
{
	struct app *a = *state;
	world(a);
	assert_answer(upload(a, "deck,question,answer,text_en\n"
		"Listening,What first?,Listen,\n"
		"Listening,What then?,,\n"
		"Listening,,Only an answer,\n"
		"Speaking,What?,That,\n"
		"Listening,,,\n"
		"Listening,,,\"? What?\n+ A\"\n"
		"Listening,What first?,Listen,\n"
		"Listening,half\n"), OK);
	struct answer p = preview(a);
	assert_answer(p, OK);
	static const char *const says[] = { "line 3", "half a card", "line 4", "line 5", "Speaking", "there is no card here", "at least one right", "stands in line 2 too", "line 10: 2 cells instead of 4" };
	for (size_t i = 0; i < sizeof says / sizeof says[0]; i++) {
		if (!str_has(p.json, str_of(says[i])))
			print_error("%s: " S_FMT "\n", says[i], S_ARG(p.json));
		assert_true(str_has(p.json, str_of(says[i])));
	}
	assert_answer(call(a, LEARNER, "import_rejects", say(a, "id", waiting(a)), NULL), OK);
	assert_answer(confirm(a, false), INVALID);
	assert_int_equal(sql_number(a, "select count(*) from card"), 0);
	assert_answer(confirm(a, true), OK);
	assert_int_equal(sql_number(a, "select count(*) from card"), 1);
	/* Another translation of a card that is there is a person's to judge. */
	upload(a, "deck,text_nl,text_en\nListening,\"? Wat eerst?\n= Luisteren\",\"? What first?\n= Listen\"\n");
	assert_said(preview(a), "\"changed\":1");
	assert_answer(confirm(a, false), OK);
	upload(a, "deck,text_nl,text_en\nListening,\"? Wat eerst?\n= Luisteren\",\"? What first?\n= Listen to them\"\n");
	assert_said(preview(a), "another translation");
	/* Whose it is not. */
	assert_answer(call(a, ANNA, "import_upload", "kind=cards", "file=deck,question,answer\nListening,A,B\n", "file_file=c.csv", NULL), FORBIDDEN);
	assert_answer(call(a, "admin@x.example", "import_upload", "kind=cards", "file=deck,question,answer\nListening,A,B\n", "file_file=c.csv", NULL), INVALID);
}

/* What is downloaded can be taken in elsewhere: all five kinds, both languages. */
static void what_goes_out_comes_in(void **state)
{
	struct app *a = *state;
	world(a);
	assert_answer(call(a, LEARNER, "deck_starter", NULL), OK);
	int64_t from = sql_number(a, "select id from deck where key = 'giving-feedback'");
	struct answer out = call(a, LEARNER, "deck_export", say(a, "id", from), NULL);
	assert_answer(out, OK);
	struct buffer body = ((const struct raw_reply *)out.out)->body;
	str csv = text_copy(a->arena, buffer_text(&body));
	assert_answer(call(a, LEARNER, "import_upload", "kind=cards", text_c(a->arena, text_format(a->arena, "file=" S_FMT, S_ARG(csv))), "file_file=cards.csv", NULL), OK);
	assert_said(preview(a), "\"same\":15");
	assert_answer(call(a, LEARNER, "deck_withdraw", say(a, "id", from), NULL), OK);
	assert_answer(call(a, LEARNER, "deck_add", "name_nl=Feedback geven", "name_en=Giving feedback", NULL), OK);
	struct answer p = preview(a);
	assert_said(p, "\"added\":15");
	assert_answer(confirm(a, false), OK);
	int64_t to = sql_number(a, "select max(id) from deck");
	assert_int_equal(sql_number(a, text_c(a->arena, text_format(a->arena, "select count(*) from card where deck = %lld and text_nl is not null and text_en is not null", (long long)to))), 15);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(a_file_becomes_cards), app_test(half_a_row_is_told_with_its_line), app_test(what_goes_out_comes_in) };
	return run_on_engines("practice import", tests);
}
