/* test_keeps.c - nothing goes before its term was decided, everything can be taken along, and who was erased is nowhere any more. */
#include "harness.h"
#include "store/store.h"
#include "table/unzip.h"
#include "trust/trust.h"
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define ANNA "anna.zwanenburg@x.example"
#define LEAD "lea@x.example"
#define HR "hr@x.example"
#define COUNCIL "council@x.example"
#define PRIVACY "privacy@x.example"
#define PRIVACY2 "second.privacy@x.example"
#define ADMIN "admin@x.example"
#define ANNA_ID "(select id from person where name = 'Anna Zwanenburg')"

static const char *said(struct app *a, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	str text = text_vformat(a->arena, format, values);
	va_end(values);
	return text_c(a->arena, text);
}

static int64_t house(struct app *a)
{
	someone(a, HR, "Hanna", "learning", NULL, NULL, NULL);
	someone(a, COUNCIL, "Cora", "council", NULL, NULL, NULL);
	someone(a, PRIVACY, "Pim", "privacy", NULL, NULL, NULL);
	someone(a, PRIVACY2, "Petra", "privacy", NULL, NULL, NULL);
	someone(a, ADMIN, "Ad", "administrator", NULL, NULL, NULL);
	someone(a, LEAD, "Lea", NULL, "Wonen", "Teamleider", NULL);
	someone(a, "bas@x.example", "Bas", NULL, "Wonen", "Adviseur", LEAD);
	int64_t anna = someone(a, ANNA, "Anna Zwanenburg", NULL, "Wonen", "Adviseur", LEAD);
	basis(a);
	sql(a, "update person set person_id = 'NR-77123' where name = 'Anna Zwanenburg'");
	sql(a, "insert into skill (kind, name_nl, name_en, fold, made) values ('skill', 'Luisteren', 'Listening', 'luisteren', 1), ('skill', 'Plannen', 'Planning', 'plannen', 1)");
	sql(a, "insert into role_skill (role, skill, level, importance) select id, 1, 4, 3 from role");
	return anna;
}

/* Anna is everywhere: rated, rating, asking, looking, leading, owning, importing. */
static void anna_lives(struct app *a, int64_t anna)
{
	const char *person = said(a, "person=%lld", (long long)anna), *bas = said(a, "person=%lld", (long long)sql_number(a, "select id from person where name = 'Bas'"));
	assert_answer(call(a, ANNA, "rating_give", "skill=1", "level=4", "note=My own secret note", NULL), OK);
	assert_answer(call(a, LEAD, "rating_give", person, "skill=1", "level=3", "note=Hears people out", NULL), OK);
	assert_answer(call(a, ANNA, "share_begin", "skill=1", NULL), OK);
	assert_answer(call(a, ANNA, "request_make", "skill=1", said(a, "colleague=%lld", (long long)sql_number(a, "select id from person where name = 'Lea'")), NULL), OK);
	assert_answer(call(a, "bas@x.example", "request_make", "skill=1", said(a, "colleague=%lld", (long long)anna), NULL), OK);
	assert_answer(call(a, ANNA, "rating_give", bas, "skill=1", "level=5", "note=Bas is patient", NULL), OK);
	assert_answer(call(a, LEAD, "person_skills", said(a, "id=%lld", (long long)anna), NULL), OK);
	assert_answer(call(a, ANNA, "mistake_say", "kind=directory", "text=I am Anna Zwanenburg, not Zwaan", NULL), OK);
	sql(a, "insert into skill (kind, name_nl, name_en, fold, owner, made) values ('skill', 'X', 'X', 'x', " ANNA_ID ", 1)");
	sql(a, "insert into ambition (made) values (1)");
	sql(a, "insert into ambition_version (ambition, number, name, fold, horizon, owner, made, account) values (1, 1, 'A', 'a', '2029-01-01', " ANNA_ID ", 1, (select id from account where name = 'Anna Zwanenburg'))");
	sql(a, "update employment set lead = " ANNA_ID " where person = (select id from person where name = 'Bas')");
	sql(a, "insert into look (reader, subject, day, operation, at, times) values (" ANNA_ID ", (select id from person where name = 'Bas'), '2026-11-01', 'person_skills', 1, 1)");
	sql(a, "insert into attempt (email, address, at) values ('" ANNA "', '10.0.0.1', 1)");
	sql(a, "insert into session (fingerprint, account, started, ends, agent) select 'f', id, 1, 9999999999999, 'Browser of Anna Zwanenburg' from account where name = 'Anna Zwanenburg'");
	sql(a, "insert into token (fingerprint, account, made, ends) select 't', id, 1, 9999999999999 from account where name = 'Anna Zwanenburg'");
	sql(a, "insert into answered (account, key, operation, output, at) select id, 'k', 'x', '{\"name\":\"Anna Zwanenburg\"}', 1 from account where name = 'Hanna'");
	sql(a, "insert into import (kind, file, digest, rows, added, changed, same, ended, rejected, at, state, seen) values ('people', 'f.csv', 'd', 1, 0, 1, 0, 0, 0, 1, 'done', 1)");
	sql(a, said(a, "insert into import_change (import, number, tab, row, before, after) values (1, 1, 'person', %lld, '{\"name\":\"Anna Zwaan\",\"email\":\"Anna.Zwanenburg@x.example\"}', 'z')", (long long)anna));
	sql(a, "insert into basis (purpose, kind, day, document, scope, account, made, ended) select 'other', 'informed', '2026-01-01', 'D', 'S', id, 1, 2 from account where name = 'Anna Zwanenburg'");
}

/* Looks for a text in every column of every table of a backup, and in the bytes of its file. */
static sqlite3 *backup_of(struct app *a, const char *name)
{
	char why[400];
	sqlite3 *db;
	const char *path = said(a, "%s/%s", a->folder, name);
	unlink(path);
	assert_int_equal(store_backup(a->store, str_of(path), why), OK);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	return db;
}

static list columns_of(struct app *a, sqlite3 *db, const char *text)
{
	list found = { 0 };
	sqlite3_stmt *s;
	assert_int_equal(sqlite3_prepare_v2(db, text, -1, &s, NULL), SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW)
		*list_add(a->arena, &found, str) = text_copy(a->arena, str_of((const char *)sqlite3_column_text(s, 0)));
	sqlite3_finalize(s);
	return found;
}

static size_t traces(struct app *a, sqlite3 *db, const char *needle)
{
	size_t count = 0;
	list queries = columns_of(a, db, "select 'select ''' || m.name || '.' || c.name || ''' from \"' || m.name || '\" where instr(lower(cast(\"' || c.name || '\" as text)), lower(?1)) > 0'"
		" from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite%'");
	assert_true(queries.count > 100);
	for (each(str, q, queries)) {
		sqlite3_stmt *s;
		assert_int_equal(sqlite3_prepare_v2(db, text_c(a->arena, *q), -1, &s, NULL), SQLITE_OK);
		sqlite3_bind_text(s, 1, needle, -1, SQLITE_STATIC);
		while (sqlite3_step(s) == SQLITE_ROW) {
			print_message("\"%s\" stands in %s\n", needle, (const char *)sqlite3_column_text(s, 0));
			count++;
		}
		sqlite3_finalize(s);
	}
	return count;
}

static int64_t erasure_ask(struct app *a, const char *as)
{
	struct answer asked = call(a, as, "erasure_ask_for", "who=NR-77123", "why=By letter", NULL);
	assert_answer(asked, OK);
	return ((const struct by_id *)asked.out)->id;
}

static void nothing_goes_before_its_term_is_decided(void **state)
{
	struct app *a = *state;
	int64_t anna = house(a);
	anna_lives(a, anna);
	sql(a, "update rating set day = '2001-01-01'");
	sql(a, "update audit set at = 1");
	struct answer counts = call(a, PRIVACY, "keeping_counts", NULL);
	assert_answer(counts, OK);
	assert_true(str_has(counts.json, S("\"name\":\"ratings_by_others\"")) && !str_has(counts.json, S("\"past\":1")) && !str_has(counts.json, S("\"decided\":true,\"name\":\"audit\"")));
	for (size_t i = 0; i < keeps_count(); i++)
		assert_answer(call(a, "unprotected", "keeping_sweep_some", said(a, "kind=%zu", i), NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from rating"), 3);
	assert_int_equal(sql_number(a, "select count(*) from sweep"), 0);
	/* One proposes, another agrees; nobody agrees to their own. */
	assert_answer(call(a, ANNA, "terms_propose", "why=x", NULL), FORBIDDEN);
	assert_answer(call(a, PRIVACY, "terms_propose", "why=The law asks for it", NULL), OK);
	assert_answer(call(a, PRIVACY, "terms_propose", "why=Again", NULL), CONFLICT);
	assert_answer(call(a, PRIVACY, "terms_agree", "document=Minutes", NULL), CONFLICT);
	assert_answer(call(a, HR, "terms_agree", "document=Minutes", NULL), FORBIDDEN);
	assert_answer(call(a, ANNA, "keeping_sweep_some", "kind=0", NULL), FORBIDDEN);
	assert_answer(call(a, COUNCIL, "terms_agree", "document=Minutes", NULL), OK);
	assert_true(str_has(call(a, ANNA, "keeping_show", NULL).json, S("\"undecided\":0")));
	int64_t audit = sql_number(a, "select count(*) from audit where at = 1");
	assert_true(audit > 0);
	for (size_t i = 0; i < keeps_count(); i++)
		assert_answer(call(a, "unprotected", "keeping_sweep_some", said(a, "kind=%zu", i), NULL), OK);
	/* What others said long ago goes; what Anna said of herself stays hers. */
	assert_int_equal(sql_number(a, "select count(*) from rating"), 1);
	assert_int_equal(sql_number(a, "select count(*) from rating where source = 'self'"), 1);
	assert_int_equal(sql_number(a, "select count(*) from audit where at = 1"), 0);
	assert_int_equal(sql_number(a, "select removed from sweep where kind = 'audit'"), audit);
	/* Two years after she left, she goes altogether. */
	sql(a, "update employment set end_day = '2020-06-01' where person = " ANNA_ID);
	for (size_t i = 0; i < keeps_count(); i++)
		assert_answer(call(a, "unprotected", "keeping_sweep_some", said(a, "kind=%zu", i), NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from person where name like 'Anna%'"), 0);
	assert_int_equal(sql_number(a, "select count(*) from erasure where decision = 'term'"), 1);
	sqlite3 *db = backup_of(a, "after.db");
	assert_int_equal(traces(a, db, "zwanenburg"), 0);
	sqlite3_close(db);
}

static str member_of(struct app *a, const struct raw_reply *zip, str name)
{
	struct ctx c = { .arena = a->arena, .now = clock_now() };
	struct unzip *z;
	struct buffer b = { 0 };
	size_t count;
	assert_int_equal(unzip_open(&c, S("export.zip"), buffer_text(&zip->body), &z), OK);
	const struct unzip_member *m = unzip_members(z, &count);
	for (size_t i = 0; i < count; i++)
		if (str_eq(m[i].name, name))
			assert_int_equal(unzip_read(&c, z, i, &b), OK);
	unzip_close(z);
	str text = text_copy(a->arena, buffer_text(&b));
	buffer_done(&b);
	return text;
}

static void everything_can_be_taken_along(void **state)
{
	struct app *a = *state;
	int64_t anna = house(a);
	anna_lives(a, anna);
	struct answer out = call(a, ANNA, "about_me_export", NULL);
	assert_answer(out, OK);
	const struct raw_reply *zip = out.out;
	str json = member_of(a, zip, S("export.json")), html = member_of(a, zip, S("export.html"));
	const char *mine[] = { "My own secret note", "Hears people out", "Bas is patient", "NR-77123", "not Zwaan", "person_skills", "Wonen", "Browser of Anna" };
	for (size_t i = 0; i < sizeof mine / sizeof mine[0]; i++)
		if (!str_has(json, str_of(mine[i])) || !str_has(html, str_of(mine[i])))
			fail_msg("the export lacks \"%s\"", mine[i]);
	/* The page says the same, and a mistake reaches who can mend it, nobody else. */
	struct answer about = call(a, ANNA, "about_me", NULL);
	assert_answer(about, OK);
	assert_true(str_has(about.json, S("ratings_given")) && str_has(about.json, S("\"name\":\"Lea\"")));
	assert_true(str_has(call(a, HR, "mistake_list_show", NULL).json, S("not Zwaan")));
	assert_answer(call(a, LEAD, "mistake_list_show", NULL), FORBIDDEN);
	assert_answer(call(a, ANNA, "mistake_say", "kind=nothing", "text=x", NULL), INVALID);
	assert_answer(call(a, ANNA, "mistake_say", "kind=ratings_given", "text=Private to the officer", NULL), OK);
	assert_false(str_has(call(a, HR, "mistake_list_show", NULL).json, S("Private to the officer")));
	assert_true(str_has(call(a, PRIVACY, "mistake_list_show", NULL).json, S("Private to the officer")));
	assert_answer(call(a, HR, "mistake_settle", "id=2", "outcome=kept", "answer=No", NULL), NOT_FOUND);
	assert_answer(call(a, PRIVACY, "mistake_settle", "id=2", "outcome=kept", "answer=Because", NULL), OK);
	assert_answer(call(a, PRIVACY, "mistake_settle", "id=2", "outcome=kept", "answer=Because", NULL), CONFLICT);
	assert_true(str_has(call(a, ANNA, "about_me", NULL).json, S("Because")));
	assert_answer(call(a, HR, "about_me", NULL), FORBIDDEN);
	assert_answer(call(a, NULL, "about_me_export", NULL), FORBIDDEN);
}

static void who_left_has_thirty_days(void **state)
{
	struct app *a = *state;
	house(a);
	date today = instant_date(clock_now());
	sql(a, "update account set roles = 4 where name = 'Anna Zwanenburg'");
	sql(a, said(a, "update employment set end_day = '" S_FMT "' where person = " ANNA_ID, S_ARG(date_iso(a->arena, date_add_days(today, -30)))));
	assert_answer(call(a, ANNA, "about_me", NULL), OK);
	assert_answer(call(a, ANNA, "about_me_export", NULL), OK);
	assert_answer(call(a, ANNA, "today_show", NULL), OK);
	assert_answer(call(a, ANNA, "my_skills", NULL), FORBIDDEN);
	assert_answer(call(a, ANNA, "people_list", NULL), FORBIDDEN);      /* what she was in learning and HR has ended, too */
	assert_answer(call(a, ANNA, "rating_give", "skill=1", "level=4", NULL), FORBIDDEN);
	assert_answer(call(a, ADMIN, "account_link", "email=" ANNA, NULL), OK);
	sql(a, said(a, "update employment set end_day = '" S_FMT "' where person = " ANNA_ID, S_ARG(date_iso(a->arena, date_add_days(today, -31)))));
	assert_answer(call(a, ANNA, "about_me", NULL), FORBIDDEN);
	struct answer link = call(a, ADMIN, "account_link", "email=" ANNA, NULL);
	assert_answer(link, CONFLICT);
	assert_true(str_eq(link.code, S("left")));
	/* Back at work, everything is as it was. */
	sql(a, "update employment set end_day = null where person = " ANNA_ID);
	assert_answer(call(a, ANNA, "people_list", NULL), OK);
}

static void an_erasure_takes_two(void **state)
{
	struct app *a = *state;
	house(a);
	assert_answer(call(a, HR, "erasure_ask_for", "who=NR-77123", "why=x", NULL), FORBIDDEN);
	assert_answer(call(a, PRIVACY, "erasure_ask_for", "who=Nobody Here", "why=x", NULL), INVALID);
	const char *id = said(a, "id=%lld", (long long)erasure_ask(a, PRIVACY));
	assert_answer(call(a, ANNA, "erasure_ask", NULL), CONFLICT);
	assert_answer(call(a, ANNA, "erasure_withdraw", NULL), CONFLICT);      /* it is not hers */
	struct answer own = call(a, PRIVACY, "erasure_settle", id, "decision=agreed", NULL);
	assert_answer(own, FORBIDDEN);
	assert_true(str_eq(own.code, S("own-erasure")));
	assert_answer(call(a, ADMIN, "erasure_settle", id, "decision=agreed", NULL), FORBIDDEN);
	assert_answer(call(a, PRIVACY2, "erasure_settle", id, "decision=declined", NULL), INVALID);
	assert_answer(call(a, PRIVACY2, "erasure_settle", id, "decision=declined", "answer=She did not ask", NULL), OK);
	assert_answer(call(a, PRIVACY2, "erasure_settle", id, "decision=agreed", NULL), CONFLICT);
	assert_int_equal(sql_number(a, "select count(*) from person where name = 'Anna Zwanenburg'"), 1);
	/* Her own can be taken back. */
	assert_answer(call(a, ANNA, "erasure_ask", "why=Enough", NULL), OK);
	assert_answer(call(a, ANNA, "erasure_withdraw", NULL), OK);
	assert_answer(call(a, LEAD, "erasure_list_show", NULL), FORBIDDEN);
	assert_answer(call(a, LEAD, "erasure_show", "id=1", NULL), FORBIDDEN);
	assert_answer(call(a, PRIVACY, "erasure_show", "id=999", NULL), NOT_FOUND);
}

static void who_is_erased_is_nowhere(void **state)
{
	struct app *a = *state;
	int64_t anna = house(a), account = sql_number(a, "select id from account where name = 'Anna Zwanenburg'");
	anna_lives(a, anna);
	sqlite3 *db = backup_of(a, "before.db");
	assert_true(traces(a, db, "zwanenburg") > 5);                         /* the search can find */
	sqlite3_close(db);
	sql(a, "update employment set end_day = '2026-01-31' where person = " ANNA_ID);
	int64_t erasure = erasure_ask(a, ADMIN);
	const char *id = said(a, "id=%lld", (long long)erasure);
	struct answer dry = call(a, PRIVACY, "erasure_show", id, NULL);
	assert_answer(dry, OK);
	assert_true(str_has(dry.json, S("\"everything\":true")) && str_has(dry.json, S("\"stays\":[]")));
	assert_int_equal(sql_number(a, "select count(*) from rating"), 3);      /* it only counted */
	assert_answer(call(a, PRIVACY, "erasure_settle", id, "decision=agreed", "answer=Zwanenburg asked", NULL), OK);
	db = backup_of(a, "after.db");
	const char *gone[] = { "zwanenburg", "Anna Zwaan", "NR-77123", "My own secret note", "Hears people out" };
	for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++)
		assert_int_equal(traces(a, db, gone[i]), 0);
	sqlite3_close(db);
	/* Her number is in no column that says person, but for the erasure's own. */
	assert_int_equal(sql_number(a, said(a, "select (select count(*) from look where reader = %lld or subject = %lld) + (select count(*) from audit where person = %lld)"
		" + (select count(*) from rating where person = %lld or rater = %lld) + (select count(*) from employment where person = %lld or lead = %lld)",
		(long long)anna, (long long)anna, (long long)anna, (long long)anna, (long long)anna, (long long)anna, (long long)anna)), 0);
	/* What she said of Bas stays his, under her pseudonym, and his figures with it; that somebody looked stays, too. */
	assert_int_equal(sql_number(a, "select count(*) from rating r join rater x on x.id = r.external where r.note = 'Bas is patient' and x.rater_id like 'erased-%'"), 1);
	assert_int_equal(sql_number(a, "select known from estimate where person = (select id from person where name = 'Bas')"), 1);
	assert_int_equal(sql_number(a, said(a, "select count(*) from look where reader = %lld and operation = 'person_skills'", (long long)-erasure)), 1);
	/* Her account is a number with a pseudonym that nobody can enter. */
	assert_int_equal(sql_number(a, said(a, "select count(*) from account where id = %lld and name like 'erased-%%' and email = name and person is null and closed is not null and roles = 0", (long long)account)), 1);
	assert_int_equal(sql_number(a, "select count(*) from session") + sql_number(a, "select count(*) from token") + sql_number(a, "select count(*) from attempt"), 0);
	/* The audit says that it was done, not to whom. */
	assert_int_equal(sql_number(a, "select count(*) from audit where operation = 'erasure_settle' and about like '%decision=agreed%'"), 1);
	assert_true(str_has(call(a, PRIVACY, "erasure_list_show", NULL).json, S("erased-")));
	assert_answer(call(a, "bas@x.example", "my_skill_show", "skill=1", NULL), OK);
}

static void who_works_here_keeps_what_work_needs(void **state)
{
	struct app *a = *state;
	int64_t anna = house(a);
	anna_lives(a, anna);
	assert_answer(call(a, ANNA, "erasure_ask", NULL), OK);
	const char *id = said(a, "id=" S_FMT, S_ARG(sql_text(a, "select max(id) from erasure")));
	struct answer dry = call(a, PRIVACY, "erasure_show", id, NULL);
	assert_true(str_has(dry.json, S("\"everything\":false")) && !str_has(dry.json, S("\"stays\":[]")));
	assert_answer(call(a, PRIVACY, "erasure_settle", id, "decision=agreed", NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from person where name = 'Anna Zwanenburg'"), 1);
	assert_int_equal(sql_number(a, said(a, "select (select count(*) from rating where person = %lld or rater = %lld) + (select count(*) from look where subject = %lld)",
		(long long)anna, (long long)anna, (long long)anna)), 0);
	assert_answer(call(a, ANNA, "about_me", NULL), OK);
	assert_answer(call(a, ANNA, "rating_give", "skill=1", "level=2", NULL), OK);
	/* The last administrator is not erased. */
	sql(a, "update account set roles = 64 where name = 'Anna Zwanenburg'");
	sql(a, "update account set closed = 1 where name = 'Ad'");
	sql(a, "update employment set end_day = '2026-01-31' where person = " ANNA_ID);
	struct answer last = call(a, PRIVACY2, "erasure_settle", said(a, "id=%lld", (long long)erasure_ask(a, PRIVACY)), "decision=agreed", NULL);
	assert_answer(last, CONFLICT);
	assert_true(str_eq(last.code, S("last-administrator")));
}

/* A backup of before is put back: who was erased since is erased again. */
static void a_restore_erases_again(void **state)
{
	struct app *a = *state;
	int64_t anna = house(a);
	anna_lives(a, anna);
	sql(a, "update employment set end_day = '2026-01-31' where person = " ANNA_ID);
	const char *person = said(a, "people.0.id=%lld", (long long)anna);
	assert_answer(call(a, ADMIN, "erasures_again", person, NULL), FORBIDDEN);
	assert_answer(call(a, "unprotected", "erasures_again", person, "people.1.id=999999", NULL), OK);
	sqlite3 *db = backup_of(a, "after.db");
	assert_int_equal(traces(a, db, "zwanenburg"), 0);
	sqlite3_close(db);
	struct answer again = call(a, "unprotected", "erasures_again", person, NULL);
	assert_int_equal(((const struct count *)again.out)->count, 0);
}

/* Tables that name people by number without saying so to the database. */
static const char *const by_number = "audit look answered import upload erasure job statement statement_found statement_waiting statement_actor attachment statement_attachment xapi_erasing";

static bool is_named(const char *tables, str table)
{
	str rest = str_of(tables), one;
	for (bool more = tables != NULL; more; ) {
		more = str_cut(rest, ' ', &one, &rest);
		if (str_eq(one, table))
			return true;
	}
	return false;
}

static void every_table_with_people_is_accounted_for(void **state)
{
	struct app *a = *state;
	sqlite3 *db = backup_of(a, "empty.db");
	list tables = columns_of(a, db, "select distinct m.name from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table' and f.\"table\" in ('person', 'account')");
	assert_true(tables.count > 10);
	str rest = str_of(by_number), one;
	for (bool more = true; more; ) {
		more = str_cut(rest, ' ', &one, &rest);
		*list_add(a->arena, &tables, str) = one;
	}
	size_t missing = 0;
	for (each(str, t, tables)) {
		bool found = false;
		for (size_t i = 0; i < keeps_count() && !found; i++)
			found = is_named(keeps_at(i)->tables, *t);
		if (!found)
			print_error("the table " S_FMT " refers to people, and no KEEPS names it (src/trust/keeps.h)\n", S_ARG(*t));
		missing += !found;
	}
	sqlite3_close(db);
	assert_int_equal(missing, 0);
	for (size_t i = 0; i < keeps_count(); i++) {
		const struct keep *k = keeps_at(i);
		const char *clocks[] = { k->after_leaving, k->after_making, k->after_use };
		bool clocked = false;
		for (size_t n = 0; n < 3; n++) {
			if (clocks[n] && !setting_find(str_of(clocks[n])))
				fail_msg("%s: no setting is called %s", k->name, clocks[n]);
			clocked |= clocks[n] != NULL;
		}
		if (!k->what || !k->why || !k->seen || !k->erasing || !k->ground || (!clocked && !k->until))
			fail_msg("%s lacks what, why, seen, erasing, ground or until", k->name);
		if (clocked && !k->remove && !k->sweeping)
			fail_msg("%s has a term and nothing that removes", k->name);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(k->name, keeps_at(j)->name);
		for (const struct query *const *q = k->erase; q && *q; q++)
			assert_ptr_equal((*q)->in, &keep_person_record);
		for (const struct query *const *q = k->remove; q && *q; q++)
			assert_ptr_equal((*q)->in, &keep_terms_record);
		if (k->count)
			assert_true(k->count->in == &keep_person_record && k->count->out == &count_record);
		if (k->past)
			assert_true(k->past->in == &keep_terms_record && k->past->out == &count_record);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(every_table_with_people_is_accounted_for), app_test(nothing_goes_before_its_term_is_decided),
		app_test(everything_can_be_taken_along), app_test(who_left_has_thirty_days), app_test(an_erasure_takes_two), app_test(who_is_erased_is_nowhere),
		app_test(who_works_here_keeps_what_work_needs), app_test(a_restore_erases_again) };
	return run_on_engines("keeps", tests);
}
