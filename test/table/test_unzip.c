/* test_unzip.c - members of a zip, and the zips that are refused. */
#include "shared.h"
#include <stdlib.h>
#include <unistd.h>
#include <zip.h>
#include "table/unzip.h"

/* A zip in memory with `count` members of `size` times one letter, and a folder. */
static str zip_made(struct ctx *c, int count, size_t size, bool folder)
{
	zip_error_t e;
	zip_error_init(&e);
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &e);
	zip_source_keep(source);
	zip_t *z = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &e);
	char *text = arena_take(c->arena, size + 1);
	memset(text, 'x', size);
	if (folder)
		zip_dir_add(z, "folder", 0);
	for (int i = 0; i < count; i++) {
		char name[32];
		snprintf(name, sizeof name, "m%d.csv", i);
		zip_file_add(z, name, zip_source_buffer(z, text, size, 0), 0);
	}
	assert_int_equal(zip_close(z), 0);
	zip_stat_t st;
	zip_source_stat(source, &st);
	zip_source_open(source);
	char *bytes = arena_take(c->arena, st.size);
	assert_int_equal(zip_source_read(source, bytes, st.size), st.size);
	zip_source_close(source);
	zip_source_free(source);
	return (str){ bytes, st.size };
}

static void reads_members(void **state)
{
	(void)state;
	struct ctx c = context_new();
	struct unzip *z;
	struct buffer b = { 0 };
	size_t count;
	assert_int_equal(unzip_open(&c, S("a.zip"), zip_made(&c, 2, 500, true), &z), OK);
	const struct unzip_member *members = unzip_members(z, &count);
	assert_int_equal(count, 2);
	assert_str(members[1].name, "m1.csv");
	assert_int_equal(members[1].size, 500);
	assert_int_equal(unzip_read(&c, z, 1, &b), OK);
	assert_int_equal(b.len, 500);
	assert_int_equal(b.at[499], 'x');
	unzip_close(z);
	buffer_done(&b);
	arena_free(c.arena);
}

static void refuses_bombs_and_damage(void **state)
{
	(void)state;
	struct ctx c = context_new();
	struct unzip *z;
	struct buffer b = { 0 };
	assert_int_equal(unzip_open(&c, S("a.zip"), zip_made(&c, 1001, 1, false), &z), INVALID);
	assert_said(&c, "a.zip holds 1001 files; 1000 is the most");

	assert_int_equal(unzip_open(&c, S("a.zip"), zip_made(&c, 1, 5000000, false), &z), OK);
	assert_int_equal(unzip_read(&c, z, 0, &b), INVALID);
	assert_said(&c, "\"m0.csv\" grows more than 200 times");
	unzip_close(z);

	assert_int_equal(unzip_open(&c, S("a.zip"), S("PK\3\4 no zip at all"), &z), INVALID);
	assert_said(&c, "a.zip is not a readable zip");
	assert_int_equal(unzip_open(&c, S("a.zip"), S(""), &z), INVALID);

	str good = zip_made(&c, 1, 500, false);
	char *damaged = arena_copy(c.arena, good.at, good.len);
	damaged[38] ^= 0x55;                                   /* within the deflated data: the header is 36 bytes */
	assert_int_equal(unzip_open(&c, S("a.zip"), (str){ damaged, good.len }, &z), OK);
	assert_int_equal(unzip_read(&c, z, 0, &b), INVALID);
	assert_said(&c, "\"m0.csv\" is damaged");
	unzip_close(z);
	assert_int_equal(b.len, 0);
	buffer_done(&b);
	arena_free(c.arena);
}

/* Rows of the first member whose name begins with `part`. */
static int64_t rows_in(struct ctx *c, struct unzip *z, const char *part)
{
	size_t count, i = 0;
	const struct unzip_member *members = unzip_members(z, &count);
	while (i < count && !str_starts(members[i].name, str_of(part)))
		i++;
	assert_true(i < count);
	struct buffer b = { 0 };
	struct table *t = NULL;
	struct table_row row;
	int64_t rows = 0;
	if (unzip_read(c, z, i, &b) != OK || table_open(c, members[i].name, buffer_text(&b), (struct table_limits){ 0 }, &t) != OK)
		fail_msg("%s", said(c));
	while (table_next(c, t, &row) == OK)
		rows++;
	assert_int_equal(c->problems.count, 0);
	table_close(t);
	buffer_done(&b);
	return rows;
}

static void reads_the_commissions_own_zips(void **state)
{
	(void)state;
	if (access(SOURCE "/../shared/data/esco", R_OK)) {
		print_message("skipped: no shared data\n");
		skip();
	}
	struct ctx c = context_new();
	struct unzip *z;
	assert_int_equal(unzip_open_file(&c, SOURCE "/../shared/data/esco/esco-v1.1.1-classification-en-csv.zip", &z), OK);
	assert_int_equal(rows_in(&c, z, "skills_en.csv"), 13896);
	assert_int_equal(rows_in(&c, z, "occupations_en.csv"), 3007);
	unzip_close(z);
	assert_int_equal(unzip_open_file(&c, SOURCE "/../shared/data/esco/esco-v1.1.1-relations-csv.zip", &z), OK);
	assert_int_equal(rows_in(&c, z, "occupationSkillRelations"), 123855);
	unzip_close(z);
	arena_free(c.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_members),
		cmocka_unit_test(refuses_bombs_and_damage),
		cmocka_unit_test(reads_the_commissions_own_zips),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
