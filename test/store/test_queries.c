/* test_queries.c - what tools/queries.c makes, and what it refuses, with the line. Its first argument is the tool. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static char *tool;
static char folder[] = "/tmp/wijzer-queries-XXXXXX";

static void file_write(const char *name, const char *text)
{
	char path[100];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void file_read(const char *name, char *into, size_t room)
{
	char path[100];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	into[fread(into, 1, room - 1, f)] = 0;
	fclose(f);
}

/* Runs the tool on both texts; `said` gets what it printed. */
static int compile(const char *queries, const char *schema, char *said, size_t room)
{
	char command[600];
	file_write("x.sql", queries);
	file_write("schema.sql", schema);
	snprintf(command, sizeof command, "cd %s && '%s' x x.sql schema.sql x.sql.h x.sql.c 2>&1", folder, tool);
	FILE *p = popen(command, "r");
	assert_non_null(p);
	said[fread(said, 1, room - 1, p)] = 0;
	return pclose(p);
}

static void refuses_with_the_line(void **state)
{
	(void)state;
	static const struct { const char *queries, *schema, *said; } table[] = {
		{ "select 1\n", "", "x.sql:1: error: a query without a head" },
		{ "-- a\nselect 1 as id\n\n-- a\nselect 2 as id\n", "", "x.sql:4: error: the query a stands in line 1 already" },
		{ "-- a\n\n-- b\nselect 1\n", "", "x.sql:1: error: the query a has no text" },
		{ "-- a\nselect *\nfrom t\n", "", "x.sql:2: error: name the columns" },
		{ "-- a\nselect x, t.* from t\n", "", "x.sql:2: error: name the columns" },
		{ "-- a\ndelete from t returning *\n", "", "x.sql:2: error: name the columns" },
		{ "-- a\nselect x\nfrom t where y < now()\n", "", "x.sql:3: error: now: time is a parameter: :now" },
		{ "-- a\nselect CURRENT_TIMESTAMP as x\n", "", "x.sql:2: error: current_timestamp: time is a parameter" },
		{ "-- a\nselect x from t order by random()\n", "", "x.sql:2: error: random: chance comes from the program" },
		{ "-- a\nselect x from t where x like :x and y = 1\n", "", "x.sql:2: error: like without escape" },
		{ "-- a\nselect x from t where (x like :x) and y like :y escape '\\'\n", "", "x.sql:2: error: like without escape" },
		{ "-- a\nselect x from t where x ilike :x escape '\\'\n", "", "x.sql:2: error: ilike: fold the text in C" },
		{ "-- a\nselect x from t where x = ?\n", "", "x.sql:2: error: values come as parameters" },
		{ "-- a\nselect x from t where x = $1\n", "", "x.sql:2: error: values come as parameters" },
		{ "-- a\nselect x from t where x = %s\n", "", "x.sql:2: error: values come as parameters" },
		{ "-- a\nselect 1 as x;\n\nselect 2 as x\n", "", "x.sql:4: error: a query is one statement" },
		{ "-- a\nselect {int} as x\n", "", "x.sql:2: error: {int} has no place in a query" },
		{ "-- a\nselect 'x as y\n", "", "x.sql:1: error: a text is not closed" },
		{ "", "create table t (id {id});\n", "schema.sql:1: error: a statement before the first step" },
		{ "", "-- 2 late\ncreate table t (id {id});\n", "schema.sql:1: error: step 2 comes where step 1 is expected" },
		{ "", "-- 1 a\n-- 1 b\n", "schema.sql:2: error: step 1 comes where step 2 is expected" },
		{ "", "-- 1 a\ncreate table t (\n\tid {serial}\n);\n", "schema.sql:3: error: {serial} is no type; there are {id} {ref}" },
		{ "", "-- 1 a\ncreate table t (x {int} default current_timestamp);\n", "schema.sql:2: error: current_timestamp: time is a parameter" },
		{ "-- a\nselect '\xff' as x\n", "", "x.sql: error: is not UTF-8" },
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char said[2000];
		int code = compile(table[i].queries, table[i].schema, said, sizeof said);
		if (!code || strncmp(said, table[i].said, strlen(table[i].said)))
			fail_msg("case %zu: expected \"%s\", got \"%s\"", i, table[i].said, said);
	}
}

static void accepts(const char *queries, const char *schema)
{
	char said[2000];
	if (compile(queries, schema, said, sizeof said))
		fail_msg("%s", said);
}

static void made(const char *file, const char *expected)
{
	static char text[65536];
	file_read(file, text, sizeof text);
	if (!strstr(text, expected))
		fail_msg("\"%s\" is not in\n%s", expected, text);
}

static void parameters_are_numbered_once(void **state)
{
	(void)state;
	accepts("-- a file about things\n\n-- find (thing_search) -> thing\n-- What it is for.\nselect a, b::text as t, ':no' as n -- :neither\nfrom t where b = :b and a = :a and b <> :b;\n", "");
	made("x.sql.c", ".parameters = { \"b\", \"a\", },");
	made("x.sql.c", "select a, b::text as t, ':no' as n");
	made("x.sql.c", "from t where b = \\?1 and a = \\?2 and b <> \\?1");
	made("x.sql.c", "from t where b = $1 and a = $2 and b <> $1");
	made("x.sql.c", ".line = 3, .writes = false");
	made("x.sql.h", "typedef struct thing_search query_find_in;");
	made("x.sql.h", "typedef struct thing query_find_out;");
}

static void lines_are_for_one_engine(void **state)
{
	(void)state;
	accepts("-- put (thing)\ninsert into t (a, b) values (:a, --sqlite\ninsert into t (c, b) values (:c, --postgres\n:b{blob})\n", "");
	made("x.sql.c", "insert into t (a, b) values (\\?1,");
	made("x.sql.c", "insert into t (c, b) values ($2,");
	made("x.sql.c", "\\?3)");
	made("x.sql.c", ".bytes = 0x4");
	made("x.sql.c", ".writes = true");
	made("x.sql.h", "typedef struct nothing query_put_out;");
}

static void types_are_spelt_per_engine(void **state)
{
	(void)state;
	accepts("", "-- 1 things: all of them\ncreate table a (\n\tid {id},\n\tx {bool} not null default 0, t {text} default ')'\n);\ncreate index a_x on a (x);\n"
		"create table b (d {day}, r {real}, c {blob}, primary key (d))\nwithout rowid --sqlite\n;\n-- 2 more\nalter table a add column y {money};\n");
	made("x.sql.c", "{ \"x\", 1, \"things: all of them\"");
	made("x.sql.c", "id integer primary key autoincrement,");
	made("x.sql.c", "id bigint generated by default as identity primary key,");
	made("x.sql.c", "x smallint not null default 0, t text collate \\\"C\\\" default ')'");
	made("x.sql.c", ") strict;\\ncreate index a_x on a (x);");
	made("x.sql.c", "create table b (d text, r real, c blob, primary key (d))\\nwithout rowid\\n, strict;");
	made("x.sql.c", "r double precision, c bytea");
	made("x.sql.c", "{ \"x\", 2, \"more\"");
	made("x.sql.c", "alter table a add column y bigint;");
}

static void tells_where_nulls_go(void **state)
{
	(void)state;
	static const struct { const char *order, *said; } table[] = {
		{ "y", "x.sql:2: note: y may be null" }, { "x, t.y desc", "x.sql:2: note: y may be null" }, { "x", "" }, { "id desc, x", "" },
		{ "y nulls first", "" }, { "y desc nulls last, x", "" }, { "coalesce(y, '')", "" }, { "case when y is null then 0 else 1 end, y", "" },
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char query[200], said[2000];
		snprintf(query, sizeof query, "-- a -> t\nselect x, y from t order by %s limit 3\n", table[i].order);
		if (compile(query, "-- 1 t\ncreate table t (id {id}, x {text} not null, y {text} check (y in ('a', 'b')));\n", said, sizeof said)
		    || strncmp(said, table[i].said, strlen(table[i].said)) || !said[0] != !table[i].said[0])
			fail_msg("order by %s: \"%s\"", table[i].order, said);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_with_the_line), cmocka_unit_test(parameters_are_numbered_once),
		cmocka_unit_test(lines_are_for_one_engine), cmocka_unit_test(types_are_spelt_per_engine), cmocka_unit_test(tells_where_nulls_go),
	};
	tool = argc == 2 ? realpath(argv[1], NULL) : NULL;         /* it is run in a folder of its own */
	if (!tool || !mkdtemp(folder))
		return 2;
	int failed = cmocka_run_group_tests_name("queries", tests, NULL, NULL);
	char command[100];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	free(tool);
	return system(command) ? 1 : failed;
}
