/* test_decks.c - making cards: their plain text, changing with and without history, pasting, pictures that are what they say, whose deck it is. */
#include "world.h"

static struct answer preview(struct app *a, int64_t deck, const char *text)
{
	return call(a, LEARNER, "card_preview", say(a, "deck", deck), text_c(a->arena, text_format(a->arena, "text_en=%s", text)), NULL);
}

#define assert_said(a, text) assert_true(str_has((a).json, S(text)))

static void plain_text_becomes_a_card_of_its_kind(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	static const struct { const char *text, *kind; } good[] = { { ASK, "\"answer\"" }, { CHOOSE, "\"choice\"" }, { FILL, "\"fill\"" }, { ORDER, "\"order\"" }, { CASE, "\"case\"" } };
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct answer p = preview(a, w.deck, good[i].text);
		assert_answer(p, OK);
		assert_said(p, "\"problems\":[]");
		assert_true(str_has(p.json, str_of(good[i].kind)));
	}
	static const struct { const char *text, *says; } bad[] = {
		{ "What?\n= That.", "no mark" }, { "? What?", "no answer" }, { "? What?\n=", "nothing follows" }, { "? What?\n= A\n= B", "is there already" },
		{ "? What?\n+ A", "at least one right" }, { "? What?\n- A\n- B", "at least one right" }, { "? What?\n+ A\n- A", "stands there twice" }, { "? What?\n1. A\n2. B", "at least three steps" },
		{ "? What?\n+ A\n1. B", "do not go together" }, { "? The [[word", "not closed" }, { "? The [[ ]] is", "holds no word" }, { "! Case\n+ A\n- B", "has feedback" }, { "! Case\n= A", "has choices" },
		{ "? What?\n> Why", "belongs under" }, { "? What?\n+ A\n- B\n= C", "beside choices" }, { "? What?\n+ A\n~ B\n- C", "belongs to a case" },
		{ "? [[a]] [[b]] [[c]] [[d]] [[e]] [[f]]", "at most five" }, { "? What?\n+ 1\n- 2\n- 3\n- 4\n- 5\n- 6\n- 7\n- 8\n- 9", "at most eight" } };
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct answer p = preview(a, w.deck, bad[i].text);
		assert_answer(p, OK);
		if (!str_has(p.json, str_of(bad[i].says)))
			print_error("%s: " S_FMT "\n", bad[i].says, S_ARG(p.json));
		assert_true(str_has(p.json, str_of(bad[i].says)));
		assert_answer(call(a, LEARNER, "card_add", say(a, "deck", w.deck), text_c(a->arena, text_format(a->arena, "text_en=%s", bad[i].text)), NULL), INVALID);
	}
	assert_int_equal(sql_number(a, "select count(*) from card"), 0);
}

static void both_languages_are_one_card(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	struct answer x = call(a, LEARNER, "card_add", say(a, "deck", w.deck), "text_nl=? Wat?\n+ A\n- B", "text_en=? What?\n- A\n+ B", NULL);
	assert_answer(x, INVALID);
	assert_true(str_has(problem_of(x, "text_en"), S("not the same card")));
	assert_answer(call(a, LEARNER, "card_add", say(a, "deck", w.deck), "text_nl=? Wat?\n+ A\n- B", "text_en=? What?\n+ A\n- B", NULL), OK);
	assert_answer(call(a, LEARNER, "card_add", say(a, "deck", w.deck), NULL), INVALID);
}

static void a_small_change_keeps_its_history_and_a_new_question_begins_anew(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	int64_t card = card_put(a, w.deck, ASK);
	call(a, ANNA, "deck_follow", say(a, "id", w.deck), NULL);
	assert_answer(call(a, ANNA, "practice_rate", say(a, "card", card), "turn=0", "rating=3", NULL), OK);
	assert_said(call(a, LEARNER, "card_form_show", say(a, "id", card), NULL), "What first?");
	struct answer asked = call(a, LEARNER, "card_change", say(a, "id", card), "text_en=? What comes first?\n= Listen.", NULL);
	assert_answer(asked, INVALID);
	assert_true(problem_of(asked, "change").len > 0);
	assert_answer(call(a, LEARNER, "card_change", say(a, "id", card), "text_en=? What comes first?\n= Listen.", "change=small", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from card_text"), 1);
	assert_int_equal(sql_number(a, "select answers from memory"), 1);
	/* The same again is no change, and needs no word. */
	assert_answer(call(a, LEARNER, "card_change", say(a, "id", card), "text_en=? What comes first?\n= Listen.", NULL), OK);
	assert_answer(call(a, LEARNER, "card_change", say(a, "id", card), "text_en=" ORDER, "change=small", NULL), INVALID);
	assert_answer(call(a, LEARNER, "card_change", say(a, "id", card), "text_en=? Why listen?\n= To learn.", "change=new", NULL), OK);
	int64_t next = sql_number(a, "select max(id) from card");
	assert_true(next != card && sql_number(a, "select count(*) from card where retired is not null") == 1);
	assert_int_equal(sql_number(a, "select count(*) from memory"), 1);
	assert_int_equal(sql_number(a, text_c(a->arena, text_format(a->arena, "select count(*) from memory where card = %lld", (long long)next))), 0);
	assert_answer(call(a, LEARNER, "card_change", say(a, "id", card), "text_en=? Old?\n= Yes.", "change=small", NULL), CONFLICT);
}

static void many_are_pasted_all_or_none(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	assert_answer(call(a, LEARNER, "cards_paste_show", say(a, "id", w.deck), NULL), OK);
	struct answer x = call(a, LEARNER, "cards_paste", say(a, "deck", w.deck), "en=" ASK "\n\n" CHOOSE "\n\n? Half\n", NULL);
	assert_answer(x, INVALID);
	assert_true(str_has(problem_of(x, "en"), S("line 8")));
	assert_int_equal(sql_number(a, "select count(*) from card"), 0);
	x = call(a, LEARNER, "cards_paste", say(a, "deck", w.deck), "en=" ASK "\n" CHOOSE, "nl=? Wat eerst?\n= Luisteren.", NULL);
	assert_true(str_has(problem_of(x, "en"), S("1 cards in Dutch")));
	assert_answer(call(a, LEARNER, "cards_paste", say(a, "deck", w.deck), "en=" ASK "\n" CHOOSE "\n" FILL "\n" ORDER "\n" CASE, NULL), OK);
	assert_int_equal(sql_number(a, "select count(distinct kind) from card"), 5);
	assert_answer(call(a, LEARNER, "cards_paste", say(a, "deck", w.deck), "en=nothing of the kind", NULL), INVALID);
	assert_answer(call(a, LEARNER, "deck_export", say(a, "id", w.deck), NULL), OK);
}

static void what_anki_exports_is_read(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	assert_answer(call(a, LEARNER, "cards_paste", say(a, "deck", w.deck),
		"en=#separator:tab\n#html:true\nWhat is <b>R&amp;D</b>?\tResearch<br>and development\ttag\nTwo\t2", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from card"), 2);
	assert_true(str_has(sql_text(a, "select text_en from card order by id limit 1"), S("? What is R&D?\n= Research and development")));
	struct answer x = call(a, LEARNER, "cards_paste", say(a, "deck", w.deck), "en=#separator:tab\nonly a front\nA\tB", NULL);
	assert_answer(x, INVALID);
	assert_true(str_has(problem_of(x, "en"), S("half a card")));
	assert_true(str_has(problem_of(x, "en"), S("Line 2")));
	/* As it is exported with ids, types and tags, quoted, over several lines, with gaps to fill in and a sound. */
	assert_answer(call(a, LEARNER, "cards_paste", say(a, "deck", w.deck),
		"en=#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
		"aB3\tBasic\tWork\t\"Say \"\"no\"\"\nhow?\"\tKindly[sound:no.mp3]\tmanners\n"
		"cD4\tCloze\tWork\tWho asks must {{c1::listen::what}} and {{c2::wait}}\t\t", NULL), OK);
	assert_true(str_has(sql_text(a, "select text_en from card where kind = 'answer' order by id desc limit 1"), S("? Say \"no\" how?\n= Kindly")));
	assert_true(str_has(sql_text(a, "select text_en from card where kind = 'fill' order by id desc limit 1"), S("[[listen]] and [[wait]]")));
	assert_answer(call(a, LEARNER, "cards_paste", say(a, "deck", w.deck), "en=#separator:Semicolon\nThree;3", NULL), OK);
	assert_true(str_has(sql_text(a, "select text_en from card order by id desc limit 1"), S("? Three\n= 3")));
}

/* Out for Anki and in again: every kind is a question and an answer there, and none is lost. */
static void what_goes_to_anki_comes_back(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	static const char *const texts[] = { ASK, CHOOSE, FILL, ORDER, CASE, "? Is 1 < 2 & \"2\" > 1?\n= Yes\nindeed" };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		card_put(a, w.deck, texts[i]);
	assert_answer(call(a, ANNA, "deck_export_anki", say(a, "id", w.deck), NULL), FORBIDDEN);
	assert_answer(call(a, LEARNER, "deck_export_anki", say(a, "id", w.deck), "language=de", NULL), INVALID);
	struct answer out = call(a, LEARNER, "deck_export_anki", say(a, "id", w.deck), NULL);
	assert_answer(out, OK);
	struct buffer body = ((const struct raw_reply *)out.out)->body;
	str text = text_copy(a->arena, buffer_text(&body));
	assert_true(str_has(text, S("Is 1 &lt; 2 &amp; &quot;2&quot; &gt; 1?\tYes<br>indeed")));
	assert_true(str_has(text, S("Whoever asks must also […] well.\tlisten")));
	assert_true(str_has(text, S("<ul><li>Answer</li><li>Ask</li><li>Listen</li></ul>\t<ol><li>Ask</li>")));
	assert_answer(call(a, LEARNER, "deck_add", "name_en=Back", NULL), OK);
	int64_t back = sql_number(a, "select max(id) from deck");
	assert_answer(call(a, LEARNER, "cards_paste", say(a, "deck", back), text_c(a->arena, text_format(a->arena, "en=" S_FMT, S_ARG(text))), NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from card where deck = (select max(id) from deck)"), 6);
	assert_true(str_has(sql_text(a, "select text_en from card order by id desc limit 1"), S("? Is 1 < 2 & \"2\" > 1?\n= Yes indeed")));
}

/* In the editor: a file comes along with the card, stays when one looks first, and is refused in words. */
static void a_picture_comes_along_with_its_card(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	struct answer seen = call(a, LEARNER, "card_preview", say(a, "deck", w.deck), "text_en=" ASK, "file=\x89PNG\r\n\x1a\n rest", "file_file=ear.png", "words=A drawing of an ear", NULL);
	assert_answer(seen, OK);
	assert_said(seen, "\"words\":\"A drawing of an ear\"");
	int64_t picture = sql_number(a, "select max(id) from media");
	assert_answer(call(a, LEARNER, "media_bytes", say(a, "id", picture), NULL), OK);
	assert_answer(call(a, ANNA, "media_bytes", say(a, "id", picture), NULL), NOT_FOUND);
	assert_answer(call(a, LEARNER, "card_add", say(a, "deck", w.deck), "text_en=" ASK, say(a, "media", picture), NULL), OK);
	assert_answer(call(a, ANNA, "media_bytes", say(a, "id", picture), NULL), OK);
	int64_t card = sql_number(a, "select max(id) from card");
	assert_int_equal(sql_number(a, "select media from card"), picture);
	/* Another in its place, then none. */
	assert_answer(call(a, LEARNER, "card_change", say(a, "id", card), "text_en=" ASK, say(a, "media", picture), "change=small", "file=OggS a bell", "captions=WEBVTT\n\nA bell", "words=A bell", NULL), OK);
	assert_true(sql_number(a, "select media from card") != picture);
	assert_answer(call(a, LEARNER, "card_change", say(a, "id", card), "text_en=" ASK, say(a, "media", sql_number(a, "select media from card")), "drop_media=1", "change=small", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from card where media is not null"), 0);
	/* What it may not be, each at its own field, and nothing is kept. */
	static const struct { const char *given[3], *field, *says; } bad[] = {
		{ { "file=MZ this is a program", "file_file=holiday.png", "words=A beach" }, "file", "holiday.png" }, { { "file=OggS a bell", "words=A bell", NULL }, "captions", "what is said" },
		{ { "file=1234ftypisom", "words=A talk", NULL }, "captions", "captions" }, { { "file=1234ftypisom", "captions=hello", "words=A talk" }, "captions", "WEBVTT" },
		{ { "file=\x89PNG\r\n\x1a\n rest", NULL, NULL }, "words", "in words" }, { { "link=http://x.example", "words=A talk", NULL }, "link", "https" }, { { "words=Only words", NULL, NULL }, "file", "file or a link" } };
	int64_t there = sql_number(a, "select count(*) from media");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct answer x = call(a, LEARNER, "card_add", say(a, "deck", w.deck), "text_en=" ASK, bad[i].given[0], bad[i].given[1], bad[i].given[2], NULL);
		assert_answer(x, INVALID);
		assert_true(str_has(problem_of(x, bad[i].field), str_of(bad[i].says)));
		/* Looking first says the same, and still shows the card. */
		x = call(a, LEARNER, "card_preview", say(a, "deck", w.deck), "text_en=" ASK, bad[i].given[0], bad[i].given[1], bad[i].given[2], NULL);
		assert_answer(x, OK);
		assert_true(str_has(x.json, str_of(bad[i].says)) && str_has(x.json, S("What first?")));
	}
	assert_int_equal(sql_number(a, "select count(*) from media"), there);
}

static void a_file_is_what_is_in_it(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	struct answer x = call(a, LEARNER, "media_add", say(a, "deck", w.deck), "file=MZ this is a program", "file_file=holiday.png", "words=A beach", NULL);
	assert_true(str_has(problem_of(x, "file"), S("holiday.png")));
	assert_answer(call(a, LEARNER, "media_add", say(a, "deck", w.deck), "file=\x89PNG\r\n\x1a\n rest", "words=A drawing of an ear", NULL), OK);
	x = call(a, LEARNER, "media_add", say(a, "deck", w.deck), "file=1234ftypisom", "words=A talk", NULL);
	assert_true(str_has(problem_of(x, "captions"), S("captions")));
	x = call(a, LEARNER, "media_add", say(a, "deck", w.deck), "file=1234ftypisom", "captions=hello", "words=A talk", NULL);
	assert_true(str_has(problem_of(x, "captions"), S("WEBVTT")));
	assert_answer(call(a, LEARNER, "media_add", say(a, "deck", w.deck), "file=1234ftypisom", "captions=WEBVTT\n\n00:00.000 --> 00:01.000\nHello", "words=A talk", NULL), OK);
	int64_t video = sql_number(a, "select max(id) from media");
	x = call(a, LEARNER, "media_add", say(a, "deck", w.deck), "link=javascript:alert(1)", "words=No", NULL);
	assert_answer(x, INVALID);
	assert_answer(call(a, LEARNER, "media_add", say(a, "deck", w.deck), "link=https://x.example/talk", "words=A talk elsewhere", NULL), OK);
	assert_answer(call(a, LEARNER, "media_add", say(a, "deck", w.deck), "words=Nothing", NULL), INVALID);
	/* On no card yet, it is only for those who make cards. */
	assert_answer(call(a, ANNA, "media_bytes", say(a, "id", video), NULL), NOT_FOUND);
	assert_answer(call(a, LEARNER, "card_add", say(a, "deck", w.deck), "text_en=" ASK, say(a, "media", video), NULL), OK);
	assert_answer(call(a, ANNA, "media_bytes", say(a, "id", video), NULL), OK);
	assert_answer(call(a, ANNA, "media_captions", say(a, "id", video), NULL), OK);
	assert_answer(call(a, LEARNER, "card_add", say(a, "deck", w.deck), "text_en=" ASK, "media=999", NULL), INVALID);
}

/* What is declared longer than a file may be is answered before it is read. */
static void half_a_gigabyte_is_refused_before_it_comes(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	app_serve(a, false);
	str session = app_session(a, LEARNER);
	struct call_over_http r = { .method = "POST", .path = text_format(a->arena, "/decks/%lld/media", (long long)w.deck), .session = session, .type = "multipart/form-data; boundary=x",
		.headers = "Expect: 100-continue\r\nX-Size: 1\r\n", .body = text_format(a->arena, "%*s", 13 * 1024 * 1024, "") };
	struct page p = fetch_with(a, &r);
	assert_int_equal(p.status, 413);
}

static void a_deck_is_its_owners(void **state)
{
	struct app *a = *state;
	struct world w = world(a);
	assert_answer(call(a, LEARNER, "deck_change", say(a, "id", w.deck), "name_en=Listening well", "skill=1", "owner=Bas", NULL), OK);
	int64_t card = card_put(a, w.deck, ASK);
	assert_answer(call(a, BAS, "card_add", say(a, "deck", w.deck), "text_en=" CHOOSE, NULL), OK);
	assert_answer(call(a, BAS, "deck_form_show", say(a, "id", w.deck), NULL), OK);
	assert_answer(call(a, ANNA, "card_add", say(a, "deck", w.deck), "text_en=" CHOOSE, NULL), FORBIDDEN);
	assert_answer(call(a, ANNA, "card_form_show", say(a, "id", card), NULL), FORBIDDEN);
	assert_answer(call(a, ANNA, "card_new", say(a, "id", w.deck), NULL), FORBIDDEN);
	assert_answer(call(a, LEAD, "deck_withdraw", say(a, "id", w.deck), NULL), FORBIDDEN);
	assert_answer(call(a, ANNA, "deck_new", NULL), FORBIDDEN);
	assert_answer(call(a, LEARNER, "deck_new", NULL), OK);
	assert_answer(call(a, LEARNER, "deck_add", "name_en=X", "owner=Nobody At All", NULL), INVALID);
	assert_answer(call(a, LEARNER, "deck_add", "name_en=X", "skill=999", NULL), INVALID);
	assert_answer(call(a, LEARNER, "deck_add", NULL), INVALID);
	/* A remark reaches the owner without who wrote it. */
	assert_answer(call(a, ANNA, "card_flag_add", say(a, "card", card), "text=Listen to whom?", NULL), OK);
	struct answer seen = call(a, BAS, "deck_show", say(a, "id", w.deck), NULL);
	assert_said(seen, "Listen to whom?");
	assert_false(str_has(seen.json, S("Anna")));
	assert_false(str_has(call(a, LEAD, "deck_show", say(a, "id", w.deck), NULL).json, S("Listen to whom?")));
	assert_answer(call(a, ANNA, "card_flag_done", "id=1", NULL), FORBIDDEN);
	assert_answer(call(a, BAS, "card_flag_done", "id=1", NULL), OK);
	assert_said(call(a, BAS, "deck_show", say(a, "id", w.deck), NULL), "\"flags\":0");
}

static void the_six_that_come_along_are_taken_once(void **state)
{
	struct app *a = *state;
	world(a);
	assert_said(call(a, LEARNER, "deck_list_show", NULL), "\"starter\":1");
	assert_answer(call(a, LEARNER, "deck_starter", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from deck where key is not null"), 6);
	assert_int_equal(sql_number(a, "select count(*) from card"), 90);
	assert_int_equal(sql_number(a, "select count(*) from card where text_nl is null or text_en is null"), 0);
	assert_int_equal(sql_number(a, "select count(distinct kind) from card"), 5);
	assert_answer(call(a, LEARNER, "deck_starter", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from deck where key is not null"), 6);
	assert_answer(call(a, ANNA, "deck_starter", NULL), FORBIDDEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(plain_text_becomes_a_card_of_its_kind),
		app_test(both_languages_are_one_card),
		app_test(a_small_change_keeps_its_history_and_a_new_question_begins_anew),
		app_test(many_are_pasted_all_or_none),
		app_test(what_anki_exports_is_read),
		app_test(what_goes_to_anki_comes_back),
		app_test(a_picture_comes_along_with_its_card),
		app_test(a_file_is_what_is_in_it),
		app_test(half_a_gigabyte_is_refused_before_it_comes),
		app_test(a_deck_is_its_owners),
		app_test(the_six_that_come_along_are_taken_once),
	};
	return run_on_engines("practice decks", tests);
}
