/* test_tested.c - every operation has a test: its name stands in quotes in a test of a feature. */
#include "harness.h"
#include "web/operation.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void sources_read(const char *folder, struct buffer *all)
{
	DIR *d = opendir(folder);
	char path[4096], piece[65536];
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d)); ) {
		size_t len = strlen(e->d_name);
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		if (e->d_type == DT_DIR && e->d_name[0] != '.' && strcmp(e->d_name, "sweep")) {      /* the sweeps call whatever there is */
			sources_read(path, all);
			continue;
		}
		if (len < 3 || (strcmp(e->d_name + len - 2, ".c") && strcmp(e->d_name + len - 3, ".sh") && (len < 4 || strcmp(e->d_name + len - 3, ".js"))))
			continue;
		FILE *f = fopen(path, "r");
		assert_non_null(f);
		for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0; )
			buffer_add(all, (str){ piece, n });
		fclose(f);
	}
	closedir(d);
}

static bool is_named(str all, const char *name)
{
	char quoted[200], called[200];
	snprintf(quoted, sizeof quoted, "\"%s\"", name);
	snprintf(called, sizeof called, "call %s ", name);             /* in a test of the shell */
	return str_has(all, str_of(quoted)) || str_has(all, str_of(called));
}

static void every_operation_has_a_test(void **state)
{
	struct buffer all = { 0 };
	size_t untested = 0;
	(void)state;
	char folder[4096];
	const char *source = getenv("WIJZER_SOURCE");
	assert_non_null(source);
	snprintf(folder, sizeof folder, "%s/test", source);
	sources_read(folder, &all);
	assert_false(is_named(buffer_text(&all), "no_such_oper" "ation"));
	for (size_t i = 0; i < operations_count(); i++)
		if (!is_named(buffer_text(&all), operations_at(i)->name)) {
			print_error("%s (%s) has no test\n", operations_at(i)->name, operations_at(i)->file);
			untested++;
		}
	buffer_done(&all);
	assert_int_equal(untested, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_operation_has_a_test) };
	return cmocka_run_group_tests_name("tested", tests, NULL, NULL);
}
