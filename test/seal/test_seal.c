/* test_seal.c - what is sealed opens while its key is there, looks alike, and is noise afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/token.h"
#include "seal/seal.h"

static char folder[64];
static struct ctx c;

static int begin(void **state)
{
	(void)state;
	char keys[80];
	strcpy(folder, "/tmp/wijzer-seal-XXXXXX");
	assert_true(token_start());
	assert_non_null(mkdtemp(folder));
	snprintf(keys, sizeof keys, "%s/keys", folder);
	seal_folder_set(str_of(keys));
	c = (struct ctx){ .arena = arena_new() };
	return 0;
}

static int end(void **state)
{
	(void)state;
	char command[100];
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	arena_free(c.arena);
	return system(command);
}

static void sealed_and_opened(void **state)
{
	(void)state;
	str key, one, two, plain, name, again;
	assert_int_equal(seal_key_make(&c, &key), OK);
	assert_int_equal(seal_put(&c, key, S("answer"), S("4"), 100, &one), OK);
	assert_int_equal(seal_put(&c, key, S("answer"), S("a long remark, and what was meant by it"), 100, &two), OK);
	assert_int_equal(one.len, two.len);
	assert_false(str_has(two, S("remark")));
	assert_int_equal(seal_get(&c, key, S("answer"), two, &plain), OK);
	assert_true(str_eq(plain, S("a long remark, and what was meant by it")));
	assert_int_equal(seal_get(&c, key, S("draft"), two, &plain), BROKEN);
	assert_int_equal(seal_put(&c, key, S("answer"), S("too long"), 3, &one), BROKEN);
	assert_int_equal(seal_name(&c, key, S("7"), &name), OK);
	assert_int_equal(seal_name(&c, key, S("7"), &again), OK);
	assert_true(str_eq(name, again));
	assert_int_equal(seal_name(&c, key, S("8"), &again), OK);
	assert_false(str_eq(name, again));
}

static void one_bit_is_refused(void **state)
{
	(void)state;
	str key, sealed, plain;
	assert_int_equal(seal_key_make(&c, &key), OK);
	assert_int_equal(seal_put(&c, key, S("answer"), S("4"), 20, &sealed), OK);
	for (size_t i = 0; i < sealed.len; i++) {
		char *bytes = arena_copy(c.arena, sealed.at, sealed.len);
		bytes[i] = (char)(bytes[i] ^ 1);
		assert_int_equal(seal_get(&c, key, S("answer"), (str){ bytes, sealed.len }, &plain), BROKEN);
	}
}

static void without_its_key_it_is_noise(void **state)
{
	(void)state;
	str key, other, sealed, plain;
	char path[200];
	assert_int_equal(seal_key_make(&c, &key), OK);
	assert_int_equal(seal_key_make(&c, &other), OK);
	assert_int_equal(seal_put(&c, key, S("answer"), S("4"), 20, &sealed), OK);
	assert_int_equal(seal_get(&c, other, S("answer"), sealed, &plain), BROKEN);
	snprintf(path, sizeof path, "%s/keys/" S_FMT, folder, S_ARG(key));
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(seal_key_destroy(&c, key), OK);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_int_equal(seal_key_destroy(&c, key), OK);
	assert_int_equal(seal_get(&c, key, S("answer"), sealed, &plain), NOT_FOUND);
	assert_int_equal(seal_get(&c, S("../../../../etc/passwd"), S("answer"), sealed, &plain), BROKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(sealed_and_opened), cmocka_unit_test(one_bit_is_refused), cmocka_unit_test(without_its_key_it_is_noise) };
	return cmocka_run_group_tests_name("seal", tests, begin, end);
}
