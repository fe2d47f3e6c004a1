/* test_layers.c - small trees of sources, each with one thing right or wrong, and what tools/layers says of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *tool;

static void file_write(const char *root, const char *path, const char *text)
{
	char full[400];
	int len = snprintf(full, sizeof full, "%s/%s", root, path);
	for (int i = (int)strlen(root) + 1; i < len; i++)
		if (full[i] == '/') {
			full[i] = 0;
			mkdir(full, 0700);
			full[i] = '/';
		}
	FILE *f = fopen(full, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int file_remove(const char *path, const struct stat *s, int type, struct FTW *w)
{
	(void)s, (void)type, (void)w;
	return remove(path);
}

/* What the tool says of a sound tree with this file in it; "" when it has no objection. */
static const char *said_of(const char *path, const char *text)
{
	static char said[4000];
	char root[] = "/tmp/layersXXXXXX", command[600];
	assert_non_null(mkdtemp(root));
	file_write(root, "src/features.c", "static const struct schema *const schemas[] = {\n\t&web_schema, &people_schema, /* &none_schema, */ &skills_schema, NULL };\n");
	file_write(root, "src/people/people.h", "#include \"base/text.h\"\n");
	file_write(root, "src/skills/rate.c", "#include \"people/people.h\"\n#include \"inside.h\"\n#include \"skills.sql.h\"\n#include \"web/operation.h\"\n");
	file_write(root, "lib/base/text.c", "#include \"text.h\"\n#include <stdlib.h>\nvoid f(void) { free(malloc(1)); }\n");
	file_write(root, "lib/store/sqlite_writer.c", "#include <sqlite3.h>\n#include \"record/record.h\"\n");
	if (path)
		file_write(root, path, text);
	snprintf(command, sizeof command, "'%s' '%s' 2>&1", tool, root);
	FILE *f = popen(command, "r");
	assert_non_null(f);
	said[fread(said, 1, sizeof said - 1, f)] = 0;
	int status = pclose(f);
	nftw(root, file_remove, 8, FTW_DEPTH | FTW_PHYS);
	assert_int_equal(status == 0, !*said);
	return said;
}

static void a_sound_tree_passes(void **state)
{
	(void)state;
	assert_string_equal(said_of(NULL, NULL), "");
}

static void arrows_and_calls(void **state)
{
	(void)state;
	static const struct { const char *path, *text, *said; } cases[] = {
		/* lib */
		{ "lib/base/x.c", "\n#include \"record/record.h\"\n", "lib/base/x.c:2: error: lib/base may not know lib/record" },
		{ "lib/record/x.c", "#include \"store/store.h\"\n", "lib/record/x.c:1: error: lib/record may not know lib/store" },
		{ "lib/table/x.c", "#include \"record/record.h\"\n", "lib/table/x.c:1: error: lib/table may not know lib/record" },
		{ "lib/http/x.c", "#  include   \"web/web.h\"\n", "lib/http/x.c:1: error: lib/http may not know lib/web" },
		{ "lib/view/x.c", "#include \"store/store.h\"\n", "lib/view/x.c:1: error: lib/view may not know lib/store" },
		{ "lib/stats/x.c", "#include \"view/view.h\"\n", "lib/stats/x.c:1: error: lib/stats may not know lib/view" },
		{ "lib/web/x.c", "#include \"people/people.h\"\n", "lib/web/x.c:1: error: lib/web includes \"people/people.h\", which is no part of lib" },
		{ "lib/web/x.c", "#include \"store/store.h\"\n#include \"view/view.h\"\n#include \"http/http.h\"\n#include \"inside.h\"\n", NULL },
		{ "lib/web/x.c", "/*\n#include \"people/people.h\"\n*/\n// #include \"people/people.h\"\n", NULL },
		{ "lib/web/x.c", "#include <sqlite3.h>\n", "lib/web/x.c:1: error: only files that begin with one of lib/store/sqlite lib/vault/ may include <sqlite3.h>" },
		{ "lib/store/sqlite.c", "#include <libpq-fe.h>\n", "lib/store/sqlite.c:1: error: only files that begin with one of lib/store/postgres may include <libpq-fe.h>" },
		{ "lib/drawer/x.c", "\n", "lib/drawer/x.c:1: error: lib/drawer has no place yet" },
		{ "lib/view/deep/x.c", "#include \"web/web.h\"\n", "lib/view/deep/x.c:1: error: lib/view may not know lib/web" },
		/* features */
		{ "src/people/x.c", "#include \"skills/skills.h\"\n", "src/people/x.c:1: error: people stands before skills in src/features.c" },
		{ "src/skills/x.c", "#include \"people/inside.h\"\n", "src/skills/x.c:1: error: \"people/inside.h\" is the inside of people" },
		{ "src/skills/x.c", "#include \"people.sql.h\"\n", "src/skills/x.c:1: error: \"people.sql.h\" is the inside of people" },
		{ "src/skills/x.c", "#include \"people_list.html.h\"\n", "src/skills/x.c:1: error: \"people_list.html.h\" is the inside of people" },
		{ "src/people/x.c", "#include \"people_list.html.h\"\n#include \"people.words.h\"\n#include \"people/people.h\"\n#include \"view/view.words.h\"\n", NULL },
		{ "src/people/x.c", "#include \"web/inside.h\"\n", "src/people/x.c:1: error: \"web/inside.h\" is the inside of lib/web" },
		{ "src/people/x.c", "#include \"nowhere/x.h\"\n", "src/people/x.c:1: error: \"nowhere/x.h\" is neither in lib nor of a feature" },
		{ "src/people/x.c", "#include <sqlite3.h>\n", "src/people/x.c:1: error: only files that begin with one of lib/store/sqlite" },
		{ "src/none/x.c", "\n", "src/none/x.c:1: error: the feature none has no schema in src/features.c" },
		{ "src/main.c", "#include \"people/roles.h\"\n#include \"people.sql.h\"\n", NULL },
		/* calls */
		{ "src/people/x.c", "int f(void)\n{\n\treturn malloc (1) != 0;\n}\n", "src/people/x.c:3: error: malloc is not called in src: take memory" },
		{ "src/people/x.h", "static inline void f(void *p) { free(p); }\n", "src/people/x.h:1: error: free is not called in src" },
		{ "src/people/x.c", "x = time(NULL);\n", "src/people/x.c:1: error: time is not called in src: the context knows" },
		{ "src/people/x.c", "x = clock_now();\n", "src/people/x.c:1: error: clock_now is not called in src" },
		{ "src/main.c", "x = clock_now(); fprintf(stderr, x);\n", NULL },
		{ "src/main.c", "x = strdup(y);\n", "src/main.c:1: error: strdup is not called in src" },
		{ "src/people/shell.c", "x = clock_now(); fprintf(stderr, x);\n", NULL },
		{ "src/people/shell.c", "x = rand();\n", "src/people/shell.c:1: error: rand is not called in src: use random_bytes" },
		{ "src/people/x.c", "/* malloc(1)\n free(2) */ // strcpy(a, b)\nconst char *a = \"printf(\\\"gets(\", b = '\"'; c = \"rand(\";\n", NULL },
		{ "src/people/x.c", "a = '\\''; strcpy(a, b);\n", "src/people/x.c:1: error: strcpy is not called in src" },
		{ "src/people/x.c", "a = \"\\\\\"; strcat(a, b);\n", "src/people/x.c:1: error: strcat is not called in src" },
		{ "src/people/x.c", "a = \"/*\"; printf(b); /* */\n", "src/people/x.c:1: error: printf is not called in src" },
		{ "src/people/x.c", "people_free(p); x.free(p); y->time(p); int time; (void)time; a = my_malloc(1); arena_free(a);\n", NULL },
		{ "src/people/x.c", "\n#define f(x) malloc(x)\n", "src/people/x.c:2: error: malloc is not called in src" },
		{ "src/people/x.c", "#define f(x) x\nlong n = 1'000; gets(n);\n", "src/people/x.c:2: error: gets is not called in src" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *said = said_of(cases[i].path, cases[i].text);
		if (cases[i].said ? strncmp(said, cases[i].said, strlen(cases[i].said)) != 0 : *said != 0)
			fail_msg("%s\n%ssays: %s", cases[i].path, cases[i].text, said);
	}
}

static void every_fault_is_named(void **state)
{
	(void)state;
	const char *said = said_of("src/people/x.c", "#include \"skills/skills.h\"\nint a = malloc(1) + strlen(gets(b));\n");
	assert_non_null(strstr(said, "x.c:1: error: people stands before"));
	assert_non_null(strstr(said, "x.c:2: error: malloc"));
	assert_non_null(strstr(said, "x.c:2: error: gets"));
	assert_non_null(strstr(said, "\n3 faults"));
}

int main(int count, char **values)
{
	if (count != 2)
		return 2;
	tool = values[1];
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_tree_passes), cmocka_unit_test(arrows_and_calls), cmocka_unit_test(every_fault_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
