/* test_journal.c - a log opens for its owner alone: not for colleagues, lead, L&D, board, council, operator, nor for somebody with every file but the key. */
#include "harness.h"
#include "base/token.h"
#include "vault/vault.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char did[] = "Ik heb de verkeerde ketel uitgezet bij mevrouw Bakker";
static const char learnt[] = "Eerst het huisnummer hardop zeggen voordat ik iets dichtdraai";
static const char next_time[] = "Een sticker op mijn telefoon plakken";
static const char place[] = "https://geheim.example/ketel";

static struct { int64_t anna, bert, lead; } who;

static void people(struct app *a)
{
	who.lead = someone(a, "lead@x.example", "Lena Lead", NULL, "Wonen/Noord", "Teamleider", NULL);
	who.anna = someone(a, "anna@x.example", "Anna", NULL, "Wonen/Noord", "Adviseur", "lead@x.example");
	who.bert = someone(a, "bert@x.example", "Bert", NULL, "Wonen/Noord", "Adviseur", "lead@x.example");
	someone(a, "zoe@x.example", "Zoe", NULL, "Zorg", "Adviseur", NULL);
	someone(a, "noor@x.example", "Noor", "learning", "Staf", "Adviseur", NULL);
	someone(a, "board@x.example", "Bea", "board", NULL, NULL, NULL);
	someone(a, "council@x.example", "Cor", "council", NULL, NULL, NULL);
	someone(a, "privacy@x.example", "Petra", "privacy", NULL, NULL, NULL);
	someone(a, "admin@x.example", "Ad", "administrator", NULL, NULL, NULL);
}

static int64_t id_in(struct answer a)
{
	return ((const struct by_id *)a.out)->id;
}

static const char *f(struct app *a, const char *name, const char *value)
{
	return text_format(a->arena, "%s=%s", name, value).at;
}

static const char *n(struct app *a, const char *name, int64_t value)
{
	return text_format(a->arena, "%s=%lld", name, (long long)value).at;
}

static int64_t written(struct app *a, const char *as)
{
	struct answer w = call(a, as, "journal_write", "day=2026-03-04", "kind=work", "hours=1.5", f(a, "did", did), f(a, "learnt", learnt), f(a, "next", next_time), f(a, "link", place), NULL);
	assert_answer(w, OK);
	return id_in(w);
}

static bool says(struct answer a, const char *what)
{
	return a.json.len && str_has(a.json, str_of(what));
}

static void its_owner_reads_searches_changes_and_removes_it(void **state)
{
	struct app *a = *state;
	people(a);
	assert_answer(call(a, "anna@x.example", "journal_new", NULL), OK);
	assert_answer(call(a, "unprotected", "journal_new", NULL), FORBIDDEN);
	int64_t id = written(a, "anna@x.example");
	assert_answer(call(a, "anna@x.example", "journal_quick", "line=Bellen is beter dan mailen", NULL), OK);
	assert_true(says(call(a, "anna@x.example", "journal_log", NULL), learnt));
	struct answer found = call(a, "anna@x.example", "journal_search", "find=MEVROUW bakker", NULL);
	assert_true(says(found, did) && !says(found, "mailen"));
	assert_false(says(call(a, "anna@x.example", "journal_search", "find=olifant", NULL), did));
	struct answer year = call(a, "anna@x.example", "journal_year_show", "year=2026", NULL);
	assert_true(says(year, did) && says(year, "\"hours\":1.5"));
	assert_true(says(call(a, "anna@x.example", "journal_entry_show", n(a, "id", id), NULL), place));
	assert_answer(call(a, "anna@x.example", "journal_write", n(a, "id", id), "version=1", "day=2026-03-05", "kind=others", "learnt=Anders nu", NULL), OK);
	struct answer now = call(a, "anna@x.example", "journal_entry_show", n(a, "id", id), NULL);
	assert_true(says(now, "Anders nu") && says(now, "2026-03-05") && !says(now, did));
	assert_answer(call(a, "anna@x.example", "journal_remove", n(a, "id", id), NULL), OK);
	assert_answer(call(a, "anna@x.example", "journal_entry_show", n(a, "id", id), NULL), NOT_FOUND);
}

static void nobody_else_opens_it(void **state)
{
	struct app *a = *state;
	people(a);
	int64_t id = written(a, "anna@x.example");
	static const char *const others[] = { "bert@x.example", "lead@x.example", "noor@x.example", "board@x.example", "council@x.example", "privacy@x.example", "admin@x.example",
		"unprotected", NULL };
	static const char *const with_id[] = { "journal_entry_show", "journal_file", "journal_remove", "journal_unshare" };
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		const char *as = others[i];
		for (size_t k = 0; k < 4; k++)
			assert_int_not_equal(call(a, as, with_id[k], n(a, "id", id), NULL).status, OK);
		assert_int_not_equal(call(a, as, "journal_share", n(a, "id", id), "with=everybody", NULL).status, OK);
		assert_int_not_equal(call(a, as, "journal_write", n(a, "id", id), "version=1", "day=2026-03-05", "kind=work", "did=x", NULL).status, OK);
		static const char *const lists[] = { "journal_log", "journal_learnt_show", "journal_export", "today_show" };
		for (size_t k = 0; k < 4; k++) {
			struct answer l = call(a, as, lists[k], NULL);
			assert_false(says(l, "mevrouw Bakker") || says(l, "huisnummer"));
		}
		struct answer y = call(a, as, "journal_year_show", "year=2026", NULL);
		assert_false(says(y, "mevrouw Bakker"));
		struct answer s = call(a, as, "journal_search", "find=ketel", NULL);
		assert_false(says(s, "mevrouw Bakker"));
	}
	assert_answer(call(a, "unprotected", "journal_log", NULL), FORBIDDEN);
	assert_true(says(call(a, "anna@x.example", "journal_log", NULL), did));
	/* Nor does anything say that she writes, and when. */
	assert_int_equal(sql_number(a, "select count(*) from audit where operation like 'journal%'"), 0);
	assert_int_equal(sql_number(a, "select count(*) from job"), 0);
	assert_int_equal(sql_number(a, "select count(*) from answered"), 0);
}

static bool found_in(struct app *a, const char *where, const char *what)
{
	return !system(text_format(a->arena, "grep -rqaF '%s' %s", what, where).at);
}

/* Everything that lies on the disk but the key file: database, its log, keys.db, a backup, a copy of the keys. */
static void an_attacker_with_every_file_finds_no_sentence(void **state)
{
	struct app *a = *state;
	char why[400];
	people(a);
	int64_t id = written(a, "anna@x.example");
	list given = { 0 };
	const char *pairs[][2] = { { "id", n(a, "", id) + 1 }, { "version", "1" }, { "day", "2026-03-04" }, { "kind", "work" }, { "did", did }, { "learnt", learnt }, { "link", place },
		{ "file", "Dit stond in het bestand over de ketel" }, { "file_file", "geheime-notitie.txt" } };
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		*list_add(a->arena, &given, struct given) = (struct given){ str_of(pairs[i][0]), str_of(pairs[i][1]) };
	assert_answer(call_with(a, "anna@x.example", "journal_write", &given), OK);
	struct answer file = call(a, "anna@x.example", "journal_file", n(a, "id", id), NULL);
	assert_answer(file, OK);
	assert_true(str_eq(buffer_text(&((const struct raw_reply *)file.out)->body), S("Dit stond in het bestand over de ketel")));
	str backup = text_format(a->arena, "%s/backup", a->folder);
	assert_int_equal(store_backup(a->store, backup, why), OK);
	assert_int_equal(vault_backup(web_vault(a->web), text_format(a->arena, "%s/keys-copy", a->folder).at, clock_now(), why), OK);
	static const char *const sentences[] = { "mevrouw Bakker", "huisnummer", "sticker", "geheim.example", "geheime-notitie", "over de ketel", "2026-03-04" };
	for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
		assert_false(found_in(a, a->folder, sentences[i]));
		if (str_starts(a->url, S("postgres"))) {
			str base, rest;
			str_cut(a->url, '?', &base, &rest);
			assert_int_not_equal(0, system(text_format(a->arena, "pg_dump '" S_FMT "' 2>/dev/null | grep -qaF '%s'", S_ARG(a->url), sentences[i]).at));
		}
	}
	/* The search itself can find: what is shared lies there readable. */
	assert_answer(call(a, "anna@x.example", "journal_share", n(a, "id", id), "with=everybody", NULL), OK);
	assert_int_equal(unlink(text_c(a->arena, backup)), 0);
	assert_int_equal(store_backup(a->store, backup, why), OK);
	assert_true(found_in(a, text_c(a->arena, backup), "mevrouw Bakker"));
	assert_false(found_in(a, text_c(a->arena, backup), "over de ketel"));
}

static void a_restore_with_the_keys_of_now_does_not_open_who_was_erased(void **state)
{
	struct app *a = *state;
	char why[400];
	people(a);
	int64_t hers = written(a, "anna@x.example"), his = written(a, "bert@x.example");
	str backup = text_format(a->arena, "%s/backup", a->folder);
	assert_int_equal(store_backup(a->store, backup, why), OK);
	assert_int_equal(vault_destroy(web_vault(a->web), who.anna, clock_now()), OK);
	assert_int_equal(store_restore(a->store, backup, true, why), OK);
	web_free(a->web);
	store_close(a->store);
	app_open(a, 0, false);
	assert_int_equal(sql_number(a, text_format(a->arena, "select count(*) from journal_entry where person = %lld", (long long)who.anna).at), 0);
	struct answer closed = call(a, "anna@x.example", "journal_entry_show", n(a, "id", hers), NULL);
	assert_int_not_equal(closed.status, BROKEN);
	assert_false(says(closed, "mevrouw Bakker"));
	assert_true(says(call(a, "bert@x.example", "journal_entry_show", n(a, "id", his), NULL), did));
}

static void shared_it_is_read_by_those_chosen_until_it_is_withdrawn(void **state)
{
	struct app *a = *state;
	people(a);
	int64_t id = written(a, "anna@x.example");
	const char *team = text_format(a->arena, "with=%lld", (long long)sql_number(a, "select id from unit where path = 'Wonen/Noord'")).at;
	const char *other = text_format(a->arena, "with=%lld", (long long)sql_number(a, "select id from unit where path = 'Zorg'")).at;
	assert_answer(call(a, "anna@x.example", "journal_share", n(a, "id", id), other, NULL), INVALID);
	assert_answer(call(a, "anna@x.example", "journal_share", n(a, "id", id), "with=-1", NULL), INVALID);
	assert_answer(call(a, "anna@x.example", "journal_share", n(a, "id", id), team, NULL), OK);
	assert_true(says(call(a, "bert@x.example", "journal_learnt_show", NULL), learnt));
	assert_true(says(call(a, "lead@x.example", "journal_learnt_show", NULL), learnt));
	assert_false(says(call(a, "zoe@x.example", "journal_learnt_show", NULL), learnt));
	assert_false(says(call(a, "noor@x.example", "journal_learnt_show", NULL), learnt));
	assert_answer(call(a, "bert@x.example", "journal_entry_show", n(a, "id", id), NULL), NOT_FOUND);
	/* What is changed changes for them too. */
	assert_answer(call(a, "anna@x.example", "journal_write", n(a, "id", id), "version=1", "day=2026-03-04", "kind=work", "learnt=Nog eens nagedacht", NULL), OK);
	struct answer seen = call(a, "bert@x.example", "journal_learnt_show", NULL);
	assert_true(says(seen, "Nog eens nagedacht") && !says(seen, learnt));
	assert_answer(call(a, "anna@x.example", "journal_unshare", n(a, "id", id), NULL), OK);
	assert_answer(call(a, "anna@x.example", "journal_unshare", n(a, "id", id), NULL), CONFLICT);
	assert_false(says(call(a, "bert@x.example", "journal_learnt_show", NULL), "nagedacht"));
	assert_int_equal(sql_number(a, "select count(*) from journal_shared"), 0);
	assert_answer(call(a, "anna@x.example", "journal_share", n(a, "id", id), "with=everybody", NULL), OK);
	assert_true(says(call(a, "zoe@x.example", "journal_learnt_show", NULL), "nagedacht"));
	/* Sharing is audited, without a word of it. */
	assert_int_equal(sql_number(a, "select count(*) from audit where operation = 'journal_share'"), 2);
	assert_int_equal(sql_number(a, "select count(*) from audit where about like '%nagedacht%'"), 0);
	assert_answer(call(a, "anna@x.example", "journal_remove", n(a, "id", id), NULL), OK);
	assert_false(says(call(a, "zoe@x.example", "journal_learnt_show", NULL), "nagedacht"));
}

static void of_two_tabs_the_second_is_told(void **state)
{
	struct app *a = *state;
	people(a);
	int64_t id = written(a, "anna@x.example");
	assert_answer(call(a, "anna@x.example", "journal_write", n(a, "id", id), "version=1", "day=2026-03-04", "kind=work", "learnt=Eerste tab", NULL), OK);
	struct answer second = call(a, "anna@x.example", "journal_write", n(a, "id", id), "version=1", "day=2026-03-04", "kind=work", "learnt=Tweede tab", NULL);
	assert_answer(second, CONFLICT);
	assert_true(str_eq(second.code, S("entry-changed")));
	assert_true(says(call(a, "anna@x.example", "journal_entry_show", n(a, "id", id), NULL), "Eerste tab"));
}

static struct answer with_file(struct app *a, const char *name, str bytes)
{
	list given = { 0 };
	const char *pairs[][2] = { { "day", "2026-03-04" }, { "kind", "work" }, { "did", "Met bestand" }, { "file_file", name } };
	for (size_t i = 0; i < 4; i++)
		*list_add(a->arena, &given, struct given) = (struct given){ str_of(pairs[i][0]), str_of(pairs[i][1]) };
	*list_add(a->arena, &given, struct given) = (struct given){ S("file"), bytes };
	return call_with(a, "anna@x.example", "journal_write", &given);
}

static void limits_say_what_and_where(void **state)
{
	struct app *a = *state;
	people(a);
	char *big = arena_take(a->arena, 6 * 1024 * 1024);
	memset(big, 'x', 6 * 1024 * 1024 - 1);
	assert_answer(with_file(a, "notitie.txt", S("tekst")), OK);
	assert_answer(with_file(a, "foto.png", S("\x89PNG\r\n\x1a\nrest")), OK);
	struct answer w = with_file(a, "foto.png", S("MZ dit is een programma"));
	assert_answer(w, INVALID);
	assert_true(str_has(problem_of(w, "file"), S("something else than its name")));
	assert_answer(with_file(a, "virus.exe", S("MZ")), INVALID);
	assert_answer(with_file(a, "pagina.html", S("<script>")), INVALID);
	assert_answer(with_file(a, "leeg.txt", S("")), INVALID);
	assert_answer(with_file(a, "groot.txt", (str){ big, 5 * 1024 * 1024 + 1 }), INVALID);
	assert_answer(with_file(a, "past.txt", (str){ big, 5 * 1024 * 1024 }), OK);
	assert_answer(call(a, "anna@x.example", "journal_write", "day=2026-03-04", "kind=work", NULL), INVALID);
	assert_answer(call(a, "anna@x.example", "journal_write", "day=2999-01-01", "kind=work", "did=x", NULL), INVALID);
	assert_answer(call(a, "anna@x.example", "journal_write", "day=2026-03-04", "kind=anders", "did=x", NULL), INVALID);
	assert_answer(call(a, "anna@x.example", "journal_write", "day=2026-03-04", "kind=work", "hours=101", "did=x", NULL), INVALID);
	assert_answer(call(a, "anna@x.example", "journal_write", "day=2026-03-04", "kind=work", "link=javascript:alert(1)", "did=x", NULL), INVALID);
	assert_answer(call(a, "anna@x.example", "journal_write", "day=2026-03-04", "kind=work", "skill=999999", "did=x", NULL), NOT_FOUND);
	assert_answer(call(a, "anna@x.example", "journal_write", "day=2026-03-04", "kind=work", text_format(a->arena, "did=%.4000s", big).at, NULL), OK);
	assert_answer(call(a, "anna@x.example", "journal_write", "day=2026-03-04", "kind=work", text_format(a->arena, "did=%.4001s", big).at, NULL), INVALID);
	assert_answer(call(a, "anna@x.example", "journal_quick", text_format(a->arena, "line=%.501s", big).at, NULL), INVALID);
}

static void a_log_that_is_full_says_so(void **state)
{
	struct app *a = *state;
	people(a);
	sql(a, text_format(a->arena, "with recursive n (i) as (select 1 union all select i + 1 from n where i < 3000) "
		"insert into journal_entry (person, version) select %lld, 1 from n", (long long)who.anna).at);
	struct answer w = call(a, "anna@x.example", "journal_quick", "line=Nog een", NULL);
	assert_answer(w, CONFLICT);
	assert_true(str_has(w.said, S("3,000")));
	assert_answer(call(a, "anna@x.example", "journal_log", NULL), OK);       /* entries that do not open are shown as closed */
}

static void without_keys_all_else_works(void **state)
{
	struct app *a = *state;
	people(a);
	int64_t id = written(a, "anna@x.example");
	web_keys_close(a->web);
	assert_answer(call(a, "anna@x.example", "journal_log", NULL), OK);
	struct answer w = call(a, "anna@x.example", "journal_entry_show", n(a, "id", id), NULL);
	assert_answer(w, CONFLICT);
	assert_true(str_eq(w.code, S("keys-missing")));
	assert_answer(call(a, "anna@x.example", "journal_quick", "line=x", NULL), CONFLICT);
	assert_answer(call(a, "anna@x.example", "today_show", NULL), OK);
	assert_answer(call(a, "anna@x.example", "journal_learnt_show", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from journal_entry"), 1);
}

static void the_question_rests_for_a_week(void **state)
{
	struct app *a = *state;
	people(a);
	static const struct { int day; bool asks; } week[] = { { 23, false }, { 25, false }, { 26, true }, { 27, true }, { 28, false } };
	for (size_t i = 0; i < 5; i++) {
		a->now = (instant){ 1795348800000LL + (week[i].day - 22) * 86400000LL + 36000000LL };   /* 22 November 2026 is a Sunday */
		struct answer t = call(a, "anna@x.example", "today_show", NULL);
		assert_answer(t, OK);
		assert_int_equal(!says(t, "\"question\":null"), week[i].asks);
	}
	a->now = (instant){ 1795348800000LL + 4 * 86400000LL + 36000000LL };
	assert_answer(call(a, "anna@x.example", "journal_later", NULL), OK);
	assert_true(says(call(a, "anna@x.example", "today_show", NULL), "\"question\":null"));
	a->now.ms += 7 * 86400000LL;
	assert_false(says(call(a, "anna@x.example", "today_show", NULL), "\"question\":null"));
	assert_answer(call(a, "anna@x.example", "journal_quick", "line=x", NULL), OK);
	assert_true(says(call(a, "anna@x.example", "today_show", NULL), "\"question\":null"));
}

static void it_is_taken_along_whole(void **state)
{
	struct app *a = *state;
	people(a);
	written(a, "anna@x.example");
	assert_answer(call(a, "anna@x.example", "journal_quick", "line=<b>Haken</b> & ogen", NULL), OK);
	struct answer j = call(a, "anna@x.example", "journal_export", "form=json", NULL), h = call(a, "anna@x.example", "journal_export", "form=html", NULL);
	assert_answer(j, OK);
	assert_answer(h, OK);
	str json = buffer_text(&((const struct raw_reply *)j.out)->body), html = buffer_text(&((const struct raw_reply *)h.out)->body);
	assert_true(str_has(json, str_of(did)) && str_has(json, str_of(next_time)) && str_has(json, S("Haken")));
	assert_true(str_has(html, str_of(did)) && str_has(html, S("<!doctype html>")) && !str_has(html, S("<b>Haken")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(its_owner_reads_searches_changes_and_removes_it), app_test(nobody_else_opens_it), app_test(an_attacker_with_every_file_finds_no_sentence),
		app_test(a_restore_with_the_keys_of_now_does_not_open_who_was_erased), app_test(shared_it_is_read_by_those_chosen_until_it_is_withdrawn),
		app_test(of_two_tabs_the_second_is_told), app_test(limits_say_what_and_where), app_test(a_log_that_is_full_says_so),
		app_test(without_keys_all_else_works), app_test(the_question_rests_for_a_week), app_test(it_is_taken_along_whole),
	};
	return run_on_engines("journal", tests);
}
