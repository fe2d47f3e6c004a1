/* test_imports.c - imports of people: every way in which a file can be wrong, and what happens when it is right. */
#include "harness.h"
#include "base/buffer.h"
#include "imports/imports.h"
#include "people.words.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char HEAD[] = "person_id,name,email,unit,role,lead_id,hours,start,end,language\n";
static const char HR[] = "hr@x.example";

static int64_t number_in(struct answer a, const char *field)
{
	json_t *o = json_loadb(a.json.at, a.json.len, 0, NULL);
	json_t *n = json_object_get(o, field);
	int64_t number = json_is_integer(n) ? json_integer_value(n) : -1;
	json_decref(o);
	return number;
}

/* The first mistake of a preview. */
static str mistake_in(struct app *app, struct answer a)
{
	assert_answer(a, OK);
	json_t *o = json_loadb(a.json.at, a.json.len, 0, NULL);
	const char *first = json_string_value(json_array_get(json_object_get(o, "mistakes"), 0));
	str mistake = text_copy(app->arena, str_of(first ? first : "nothing was said"));
	json_decref(o);
	return mistake;
}

static void hr(struct app *app)
{
	someone(app, HR, "Hanna", "learning", NULL, NULL, NULL);
}

static struct answer upload(struct app *app, str csv)
{
	list given = { 0 };
	*list_add(app->arena, &given, struct given) = (struct given){ S("kind"), S("people") };
	*list_add(app->arena, &given, struct given) = (struct given){ S("file"), csv };
	*list_add(app->arena, &given, struct given) = (struct given){ S("file_file"), S("people.csv") };
	return call_with(app, HR, "import_upload", &given);
}

static const char *id_of(struct app *app, struct answer a)
{
	assert_answer(a, OK);
	return text_c(app->arena, text_format(app->arena, "id=%lld", (long long)number_in(a, "id")));
}

static str with_head(struct app *app, const char *rows)
{
	return text_join(app->arena, str_of(HEAD), str_of(rows));
}

/* A whole import; `options` go to the confirmation. */
static struct answer take_in(struct app *app, str csv, const char *option, const char *more)
{
	const char *id = id_of(app, upload(app, csv));
	return option ? more ? call(app, HR, "import_confirm", id, option, more, NULL) : call(app, HR, "import_confirm", id, option, NULL)
		: call(app, HR, "import_confirm", id, NULL);
}

static void assert_counts(struct answer a, int added, int changed, int same, int ended, int rejected)
{
	assert_answer(a, OK);
	assert_int_equal(number_in(a, "added"), added);
	assert_int_equal(number_in(a, "changed"), changed);
	assert_int_equal(number_in(a, "same"), same);
	assert_int_equal(number_in(a, "ended"), ended);
	assert_int_equal(number_in(a, "rejected"), rejected);
}

static int64_t people_now(struct app *app)
{
	struct answer a = call(app, HR, "people_list", NULL);
	assert_answer(a, OK);
	return number_in(a, "people");
}

/* ---- What can be wrong in rows ---- */

static const struct { const char *why, *rows, *said; } wrong[] = {
	{ "a date that does not exist", "1,Anna,,Wonen,Adviseur,,36,30-02-2020,,nl\n", "people.csv, line 2, column \"start\": the day \"30-02-2020\" does not exist" },
	{ "an end before a start", "1,Anna,,Wonen,Adviseur,,36,2020-02-01,2020-01-31,nl\n",
		"people.csv, line 2, column \"end\": the last day (2020-01-31) is before the first (2020-02-01)" },
	{ "hours that are no number", "1,Anna,,Wonen,Adviseur,,many,,,nl\n", "people.csv, line 2, column \"hours\": \"many\" is no number" },
	{ "hours that nobody works", "1,Anna,,Wonen,Adviseur,,61,,,nl\n", "people.csv, line 2, column \"hours\":" },
	{ "somebody who leads themselves", "1,Anna,,Wonen,Adviseur,1,36,,,nl\n", "people.csv, line 2, column \"lead_id\": here Anna leads themselves" },
	{ "a circle of leads", "1,Anna,,Wonen,Adviseur,3,36,,,nl\n2,Bert,,Wonen,Adviseur,1,36,,,nl\n3,Cem,,Wonen,Adviseur,2,36,,,nl\n",
		"people.csv, line 3, column \"lead_id\": somebody leads themselves here by way of others: Anna, Cem, Bert, Anna." },
	{ "an unknown lead, with the nearest", "1001,Anna,,Wonen,Adviseur,,36,,,nl\n1002,Bert,,Wonen,Adviseur,1010,36,,,nl\n",
		"people.csv, line 3, column \"lead_id\": \"1010\" is not known. Perhaps you mean \"1001\"" },
	{ "one id with two names", "1,Anna,,Wonen,Adviseur,,36,,,nl\n1,Anne,,Vastgoed,Adviseur,,36,,,nl\n",
		"people.csv, line 3, column \"name\": employee number 1 says \"Anne\" here and \"Anna\" on line 2" },
	{ "one id with two addresses", "1,Anna,a@x.nl,Wonen,Adviseur,,36,,,nl\n1,Anna,b@x.nl,Vastgoed,Adviseur,,36,,,nl\n", "people.csv, line 3, column \"email\":" },
	{ "one id with two languages", "1,Anna,,Wonen,Adviseur,,36,,,nl\n1,Anna,,Vastgoed,Adviseur,,36,,,en\n", "people.csv, line 3, column \"language\":" },
	{ "one address for two ids", "1,Anna,a@x.nl,Wonen,Adviseur,,36,,,nl\n2,Bert,A@X.nl,Wonen,Adviseur,,36,,,nl\n",
		"people.csv, line 3, column \"email\": a@x.nl is the address of employee number 1 as well" },
	{ "an address that is none", "1,Anna,anna.x.nl,Wonen,Adviseur,,36,,,nl\n", "people.csv, line 2, column \"email\": \"anna.x.nl\" is no email address" },
	{ "a language we do not speak", "1,Anna,,Wonen,Adviseur,,36,,,fr\n", "people.csv, line 2, column \"language\": \"fr\" is no language" },
	{ "no unit", "1,Anna,, / ,Adviseur,,36,,,nl\n", "people.csv, line 2, column \"unit\": write a team as" },
	{ "no name", "1,,,Wonen,Adviseur,,36,,,nl\n", "people.csv, line 2, column \"name\": this is empty" },
	{ "a row with too few cells", "1,Anna,,Wonen\n", "people.csv, line 2: 4 cells instead of 10" },
	{ "one employment said twice", "1,Anna,,Wonen,Adviseur,,36,2020-01-01,,nl\n1,Anna,,Wonen,Adviseur,,24,2020-01-01,,nl\n",
		"people.csv, line 3, column \"start\": this employment of 1 stands on line 2 too" },
};

static void wrong_rows_are_named(void **state)
{
	struct app *app = *state;
	hr(app);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		const char *id = id_of(app, upload(app, with_head(app, wrong[i].rows)));
		str first = mistake_in(app, call(app, HR, "import_preview", id, NULL));
		assert_answer(call(app, HR, "import_confirm", id, NULL), INVALID);
		if (!str_starts(first, str_of(wrong[i].said)))
			print_message("%s: " S_FMT "\n", wrong[i].why, S_ARG(first));
		assert_true(str_starts(first, str_of(wrong[i].said)));
	}
	assert_int_equal(people_now(app), 0);
}

/* ---- What can be wrong with a file ---- */

static const struct { const char *why; str bytes; const char *said; } files[] = {
	{ "an unknown column only", S("a,b\n1,2\n"), "people.csv has no column for \"person_id\", which is needed. It has: \"a\", \"b\"" },
	{ "two columns for one field", S("person_id,name,naam,unit,role\n1,A,B,C,D\n"), "In people.csv two columns fit \"name\": \"name\" and \"naam\"" },
	{ "two columns of one name", S("person_id,name,name,unit,role\n1,A,B,C,D\n"), "people.csv, line 1: column 2 and column 3 are both called \"name\"" },
	{ "an empty file", S("\n"), "people.csv is empty" },
	{ "a binary file", S("\x7f" "ELF\0\0\0\1\2\3"), "people.csv" },
	{ "a workbook", S("PK\3\4aaaaaaaaaa"), "people.csv" },
	{ "a NUL", S("person_id,name,unit,role\n1,A\0B,C,D\n"), "people.csv, line 2, character 4: there is a NUL here" },
	{ "an impossible encoding", S("person_id,name,unit,role\n1,\xc3\xa9,C,D\n2,\xc3\xa9,C,D\n3,\xc3,C,D\n"), "people.csv, line 4, character 3:" },
	{ "an unclosed quote", S("person_id,name,unit,role\n1,\"A,C,D\n"), "people.csv, line 2: the quote that begins here (column \"name\") is never closed" },
};

static void wrong_files_are_refused(void **state)
{
	struct app *app = *state;
	hr(app);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct answer a = upload(app, files[i].bytes);
		if (a.status == OK)
			a = call(app, HR, "import_confirm", id_of(app, a), NULL);
		assert_int_not_equal(a.status, OK);
		if (!str_starts(a.said, str_of(files[i].said)))
			print_message("%s: " S_FMT "\n", files[i].why, S_ARG(a.said));
		assert_true(str_starts(a.said, str_of(files[i].said)));
	}
	assert_int_equal(people_now(app), 0);
}

static void twenty_mistakes_are_shown(void **state)
{
	struct app *app = *state;
	struct buffer b = { 0 };
	hr(app);
	buffer_add(&b, str_of(HEAD));
	for (int i = 0; i < 50; i++)
		buffer_add_format(&b, "%d,Anna,nowhere,Wonen,Adviseur,,36,,,nl\n", i);
	struct answer a = call(app, HR, "import_preview", id_of(app, upload(app, buffer_text(&b))), NULL);
	assert_answer(a, OK);
	assert_int_equal(number_in(a, "wrong"), 50);
	assert_int_equal(number_in(a, "more"), 30);
	assert_true(str_has(a.json, S("people.csv, line 21, column")));
	assert_false(str_has(a.json, S("people.csv, line 22, column")));
	buffer_done(&b);
}

/* ---- What is right ---- */

static const char TEAM[] = "1,Anna de Boer,anna@x.nl,Wonen/Verhuur,Teamleider,,36,2019-01-01,,nl\n"
	"2,Bert Smit,bert@x.nl,Wonen/Verhuur,Adviseur,1,32.5,2020-01-01,,nl\n"
	"2,Bert Smit,bert@x.nl,Wonen/Verhuur,Adviseur,1,32.5,2020-01-01,,nl\n"
	"2,Bert Smit,bert@x.nl,Wonen/Service,Adviseur,1,3.5,2021-01-01,,nl\n"
	"3,Cem Kaya,,Wonen/Service,Adviseur,2,24,2022-01-01,,en\n";

static void the_same_again_changes_nothing(void **state)
{
	struct app *app = *state;
	hr(app);
	assert_counts(take_in(app, with_head(app, TEAM), NULL, NULL), 4, 0, 0, 0, 0);
	assert_counts(take_in(app, with_head(app, TEAM), NULL, NULL), 0, 0, 4, 0, 0);
	/* Dutch Excel says the same in other words. */
	assert_counts(take_in(app, S("Personeelsnummer;Naam;E-mail;Team;Functie;Leidinggevende;Uren;Begindatum;Einddatum;Taal\r\n"
		"2;Bert Smit;bert@x.nl;wonen / verhuur;adviseur;1;32,5;01-01-2020;;nl\r\n"), NULL, NULL), 0, 0, 1, 0, 0);
	/* Without a first day it is the employment of today; without a column nothing is said of it. */
	assert_counts(take_in(app, S("person_id,name,unit,role\n3,Cem Kaya,Wonen/Service,Adviseur\n"), NULL, NULL), 0, 0, 1, 0, 0);
	assert_int_equal(people_now(app), 3);
}

static void only_what_changed_changes(void **state)
{
	struct app *app = *state;
	hr(app);
	assert_counts(take_in(app, with_head(app, TEAM), NULL, NULL), 4, 0, 0, 0, 0);
	/* A lead changes team: the old employment ends, a new one begins. Two people swap addresses. */
	assert_counts(take_in(app, with_head(app,
		"1,Anna de Boer,bert@x.nl,Wonen/Verhuur,Teamleider,,36,2019-01-01,2026-01-31,nl\n"
		"1,Anna de Boer,bert@x.nl,Vastgoed,Teamleider,,36,2026-02-01,,nl\n"
		"2,Bert Smit,anna@x.nl,Wonen/Verhuur,Adviseur,,32.5,2020-01-01,,nl\n"), NULL, NULL), 1, 2, 0, 0, 0);
	assert_int_equal(people_now(app), 3);
}

static void rejects_leave_the_good_rows(void **state)
{
	struct app *app = *state;
	hr(app);
	/* Without Anna, who is wrong, her people have an unknown lead, and so on down. */
	str csv = with_head(app, "1,Anna,,Wonen,Adviseur,,99,,,nl\n2,Bert,,Wonen,Adviseur,1,36,,,nl\n3,Cem,,Wonen,Adviseur,2,36,,,nl\n4,Dirk,,Wonen,Adviseur,,36,,,nl\n");
	assert_answer(take_in(app, csv, NULL, NULL), INVALID);
	assert_int_equal(people_now(app), 0);
	struct answer file = call(app, HR, "import_rejects", id_of(app, upload(app, csv)), NULL);
	assert_answer(file, OK);
	const struct raw_reply *raw = file.out;
	str body = buffer_text(&raw->body);
	assert_true(str_starts(body, S("person_id,name,email,unit,role,lead_id,hours,start,end,language,line,reason\n1,Anna,")));
	assert_false(str_has(body, S("Dirk")));
	buffer_done(&((struct raw_reply *)(uintptr_t)raw)->body);
	assert_counts(take_in(app, csv, "without_wrong=1", NULL), 1, 0, 0, 0, 3);
	assert_int_equal(people_now(app), 1);
}

static void complete_ends_what_was_confirmed(void **state)
{
	struct app *app = *state;
	hr(app);
	str less = with_head(app, "1,Anna de Boer,anna@x.nl,Wonen/Verhuur,Teamleider,,36,2019-01-01,,nl\n");
	assert_counts(take_in(app, with_head(app, TEAM), NULL, NULL), 4, 0, 0, 0, 0);
	struct answer a = call(app, HR, "import_preview", id_of(app, upload(app, less)), NULL);
	assert_int_equal(number_in(a, "ended"), 3);
	assert_answer(take_in(app, less, "complete=1", "confirm=2"), CONFLICT);
	assert_int_equal(people_now(app), 3);
	/* Whoever stands in a wrong line is not gone. */
	a = take_in(app, with_head(app, "1,Anna de Boer,anna@x.nl,Wonen/Verhuur,Teamleider,,36,2019-01-01,,nl\n2,Bert Smit,x,Wonen/Verhuur,Adviseur,1,36,,,nl\n"),
		"complete=1", "without_wrong=1");
	assert_answer(a, CONFLICT);
	assert_counts(take_in(app, less, NULL, NULL), 0, 0, 1, 0, 0);
	assert_int_equal(people_now(app), 3);
	assert_counts(take_in(app, less, "complete=1", "confirm=3"), 0, 0, 1, 3, 0);
	assert_int_equal(people_now(app), 1);
}

static struct answer take_back(struct app *app, struct answer done)
{
	return call(app, HR, "import_take_back", text_c(app->arena, text_format(app->arena, "id=%lld", (long long)number_in(done, "import"))), NULL);
}

static void an_import_can_be_taken_back(void **state)
{
	struct app *app = *state;
	hr(app);
	struct answer first = take_in(app, with_head(app, TEAM), NULL, NULL);
	struct answer second = take_in(app, with_head(app, "2,Bert de Smit,bert@x.nl,Wonen/Service,Adviseur,,4,2021-01-01,,nl\n5,Eva,,Wonen/Nieuw,Adviseur,2,36,2024-01-01,,nl\n"), NULL, NULL);
	assert_counts(second, 1, 1, 0, 0, 0);
	struct answer a = take_back(app, first);
	assert_answer(a, CONFLICT);
	assert_string_equal(text_c(app->arena, a.code), "import-changed-since");
	assert_answer(take_back(app, second), OK);
	assert_counts(take_in(app, with_head(app, TEAM), NULL, NULL), 0, 0, 4, 0, 0);
	a = take_back(app, second);
	assert_answer(a, CONFLICT);
	assert_string_equal(text_c(app->arena, a.code), "import-undone");
	/* Somebody has an account: that would be left hanging. */
	sql(app, "insert into account (email, name, person, roles, demo, made) values ('cem@x.nl', 'Cem', (select id from person where person_id = '3'), 0, 0, 1)");
	a = take_back(app, first);
	assert_answer(a, CONFLICT);
	assert_string_equal(text_c(app->arena, a.code), "import-used-since");
	assert_int_equal(people_now(app), 3);
	sql(app, "delete from account where email = 'cem@x.nl'");
	assert_answer(take_back(app, first), OK);
	assert_int_equal(people_now(app), 0);
}

static void a_file_waits_for_its_owner_only(void **state)
{
	struct app *app = *state;
	hr(app);
	someone(app, "other@x.example", "Olga", "administrator", NULL, NULL, NULL);
	someone(app, "board@x.example", "Bo", "board", NULL, NULL, NULL);
	const char *id = id_of(app, upload(app, with_head(app, TEAM)));
	assert_answer(call(app, "other@x.example", "import_preview", id, NULL), NOT_FOUND);
	assert_answer(call(app, "other@x.example", "import_columns", id, NULL), NOT_FOUND);
	assert_answer(call(app, "other@x.example", "import_confirm", id, NULL), NOT_FOUND);
	assert_answer(call(app, "board@x.example", "import_list", NULL), FORBIDDEN);
	/* Ratings are for learning and development alone: an administrator neither imports them nor takes them back. */
	assert_answer(call(app, "other@x.example", "import_upload", "kind=ratings", "lines=person_id,skill", NULL), INVALID);
	sql(app, "insert into import (kind, file, digest, rows, added, changed, same, ended, rejected, at, state, seen) values ('ratings', 'r.csv', '', 1, 1, 0, 0, 0, 0, 1, 'done', 1)");
	assert_answer(call(app, "other@x.example", "import_take_back", "id=1", NULL), FORBIDDEN);
	assert_answer(call(app, HR, "import_discard", id, NULL), OK);
	assert_answer(call(app, HR, "import_preview", id, NULL), NOT_FOUND);
	/* A file waits a day: the next upload clears what is older. */
	const char *old = id_of(app, upload(app, with_head(app, TEAM)));
	sql(app, "update upload set made = made - 90000000");
	id_of(app, upload(app, with_head(app, TEAM)));
	assert_answer(call(app, HR, "import_preview", old, NULL), NOT_FOUND);
}

static void columns_are_guessed_and_said(void **state)
{
	struct app *app = *state;
	hr(app);
	const char *id = id_of(app, upload(app, S("Nr;Naam;Team;Functie\n1;Anna;Wonen;Adviseur\n")));
	struct answer a = call(app, HR, "import_columns", id, NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("\"field\":\"name\",\"label\":\"Name\",\"column\":\"Naam\"")));
	assert_true(str_has(a.json, S("\"field\":\"person_id\",\"label\":\"Employee number\",\"column\":null")));
	a = call(app, HR, "import_map", id, "columns.1.field=name", "columns.1.column=Naam", NULL);
	assert_answer(a, INVALID);                     /* person_id is needed */
	assert_answer(call(app, HR, "import_map", id, "columns.1.field=name", "columns.1.column=Naam", "columns.2.field=person_id", "columns.2.column=Nr",
		"columns.3.field=unit", "columns.3.column=Team", "columns.4.field=role", "columns.4.column=Functie", NULL), OK);
	assert_counts(call(app, HR, "import_confirm", id, NULL), 1, 0, 0, 0, 0);
	a = call(app, HR, "import_list", NULL);
	assert_true(str_has(a.json, S("\"added\":1")));
}

static str file_text(struct app *app, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return (str){ 0 };
	char *at = arena_take(app->arena, 4 * 1024 * 1024);
	size_t n = fread(at, 1, 4 * 1024 * 1024, f);
	fclose(f);
	return (str){ at, n };
}

static str shipped(struct app *app, const char *name)
{
	str path = text_format(app->arena, "%s/share/mappings/%s", getenv("WIJZER_SOURCE"), name), text = file_text(app, text_c(app->arena, path));
	assert_true(text.len);
	return text_join(app->arena, S("mapping="), text);
}

static void exports_need_no_editing(void **state)
{
	struct app *app = *state;
	hr(app);
	const char *afas = id_of(app, upload(app, S(
		"Medewerker;Roepnaam;Voorvoegsel;Achternaam;E-mail werk;Afdeling;Team;Functie;Leidinggevende;Uren per week;Begindatum dienstverband;Einddatum dienstverband\r\n"
		"10001;Noor;van der;Meer;noor@x.nl;Wonen;Verhuur;Teamleider;;36,00;01-02-2018;31-12-2999\r\n"
		"10002;Ren\xe9;;Bakker;rene@x.nl;Wonen;Verhuur;Klantadviseur;10001;32,50;15-09-2021;\r\n")));
	assert_answer(call(app, HR, "import_map", afas, text_c(app->arena, shipped(app, "afas-medewerkers.map")), NULL), OK);
	assert_counts(call(app, HR, "import_confirm", afas, NULL), 2, 0, 0, 0, 0);
	struct answer a = call(app, HR, "people_list", "find=rene", NULL);
	assert_true(str_has(a.json, S("Ren\xc3\xa9 Bakker")));
	assert_true(str_has(a.json, S("Wonen/Verhuur")));
	const char *youforce = id_of(app, upload(app, S(
		"Personeelsnummer;Personeelsnummer leidinggevende;Roepnaam;Voorvoegsels;Achternaam;E-mailadres werk;Sector;Afdeling;Team;Functieomschrijving;Contracturen;Datum in dienst;Datum uit dienst;Taal\n"
		"71;;Sem;de;Vries;sem@x.nl;Zorg;Thuis;Oost;Teamleider;36;20190101;00000000;N\n"
		"72;71;Ada;;Kaya;ada@x.nl;Zorg;Thuis;Oost;Verpleegkundige;24;20200315;99991231;E\n")));
	assert_answer(call(app, HR, "import_map", youforce, text_c(app->arena, shipped(app, "youforce.map")), NULL), OK);
	assert_counts(call(app, HR, "import_confirm", youforce, NULL), 2, 0, 0, 0, 0);
	assert_int_equal(people_now(app), 4);
}

static void all_or_nothing(void **state)
{
	struct app *app = *state;
	hr(app);
	for (int n = 1; n < 100; n++) {
		const char *id = id_of(app, upload(app, with_head(app, TEAM)));
		store_fail_at(app->store, n);
		struct answer a = call(app, HR, "import_confirm", id, NULL);
		store_fail_at(app->store, 0);
		if (a.status == OK) {
			assert_true(n > 20);
			return;
		}
		assert_int_equal(people_now(app), 0);
		assert_answer(call(app, HR, "import_preview", id, NULL), OK);      /* the file still waits */
	}
	fail_msg("it never succeeded");
}

/* ---- A kind that stages its rows, as millions of them must ---- */

struct tally_row { int64_t import, line, number; };
RECORD(tally_row, FIELD(tally_row, import), FIELD(tally_row, line), FIELD(tally_row, number, .label = W(people_hours), .required = true, .min = 1, .max = 1000000));

static const struct query stage_add = { .name = "stage_add", .file = "test", .writes = true, .parameters = { "import", "line", "number" },
	.sqlite = "insert into tally_stage values (?1, ?2, ?3)", .postgres = "insert into tally_stage values ($1, $2, $3)",
	.in = &tally_row_record, .out = &nothing_record };
static const struct query stage_part = { .name = "stage_part", .file = "test", .writes = true, .parameters = { "id" },
	.sqlite = "insert into tally select number from tally_stage where import = ?1 and number not in (select number from tally) order by number limit 3000",
	.postgres = "insert into tally select number from tally_stage where import = $1 and number not in (select number from tally) order by number limit 3000",
	.in = &by_id_record, .out = &nothing_record };
static const struct query stage_clear = { .name = "stage_clear", .file = "test", .writes = true, .parameters = { "id" },
	.sqlite = "delete from tally_stage where import = ?1", .postgres = "delete from tally_stage where import = $1",
	.in = &by_id_record, .out = &nothing_record };

static enum status tally_row_read(struct ctx *c, struct import *im, void *row)
{
	const struct tally_row *r = row;
	if (r->number == 13)
		import_object(c, im, r->line, S("number"), W(people_leads_self), S("13"));
	return OK;
}

static enum status tally_clear(struct ctx *c, struct import *im)
{
	struct by_id id = { im->id };
	return store_run_query(c, &stage_clear, &id, NULL);
}

static enum status tally_apply(struct ctx *c, struct import *im)
{
	struct by_id id = { im->id };
	int64_t added;
	TRY(store_run_query(c, &stage_part, &id, &added));
	im->count.added += added;
	im->more = added > 0;
	return im->more ? OK : tally_clear(c, im);
}

IMPORT(tally, tally_row, .label = W(people_hours), .hint = W(people_hours), .stage = &stage_add, .row = tally_row_read, .apply = tally_apply, .clear = tally_clear)

static void staged_rows_are_taken_in_parts(void **state)
{
	struct app *app = *state;
	struct buffer b = { 0 };
	hr(app);
	sql(app, "create table tally_stage (import bigint, line bigint, number bigint)");
	sql(app, "create table tally (number bigint primary key)");
	buffer_add(&b, S("number\n"));
	for (int i = 1; i <= 10000; i++)
		buffer_add_format(&b, "%d\n", i);
	list given = { 0 };
	*list_add(app->arena, &given, struct given) = (struct given){ S("kind"), S("tally") };
	*list_add(app->arena, &given, struct given) = (struct given){ S("lines"), S("number\n5\n13\nx\n") };
	const char *id = id_of(app, call_with(app, HR, "import_upload", &given));
	assert_answer(call(app, HR, "import_confirm", id, NULL), INVALID);
	assert_counts(call(app, HR, "import_confirm", id, "without_wrong=1", NULL), 1, 0, 0, 0, 2);
	given.count = 1;
	*list_add(app->arena, &given, struct given) = (struct given){ S("file"), buffer_text(&b) };
	*list_add(app->arena, &given, struct given) = (struct given){ S("file_file"), S("numbers.csv") };
	id = id_of(app, call_with(app, HR, "import_upload", &given));
	assert_counts(call(app, HR, "import_confirm", id, "without_wrong=1", NULL), 9998, 0, 0, 0, 1);
	buffer_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(wrong_rows_are_named), app_test(wrong_files_are_refused), app_test(twenty_mistakes_are_shown),
		app_test(the_same_again_changes_nothing), app_test(only_what_changed_changes), app_test(rejects_leave_the_good_rows),
		app_test(complete_ends_what_was_confirmed), app_test(an_import_can_be_taken_back), app_test(a_file_waits_for_its_owner_only),
		app_test(columns_are_guessed_and_said), app_test(exports_need_no_editing), app_test(all_or_nothing), app_test(staged_rows_are_taken_in_parts) };
	return run_on_engines("imports", tests);
}
