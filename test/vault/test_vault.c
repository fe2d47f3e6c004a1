/* test_vault.c - what is sealed opens for its owner alone, and never after its key was destroyed, whichever copy comes back. */
#include "harness.h"
#include "base/token.h"
#include "vault/vault.h"
#include "web/event.h"
#include "web/keys.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char secret[] = "Ik heb de verkeerde klant gebeld en durfde het niet te zeggen";

static struct ctx context(struct app *a)
{
	struct ctx c = { .arena = a->arena, .vault = web_vault(a->web), .now = clock_now(), .language = EN, .request_id = S("test") };
	c.today = instant_date(c.now);
	return c;
}

static str bytes_of(struct app *a, const char *path)
{
	char piece[4096];
	struct buffer b = { 0 };
	int file = open(path, O_RDONLY);
	assert_true(file >= 0);
	for (ssize_t n; (n = read(file, piece, sizeof piece)) > 0; )
		buffer_add(&b, (str){ piece, (size_t)n });
	close(file);
	str s = text_copy(a->arena, buffer_text(&b));
	buffer_done(&b);
	return s;
}

static const char *path_in(struct app *a, const char *name)
{
	return text_format(a->arena, "%s/%s", a->folder, name).at;
}

static void it_opens_for_its_owner_kind_and_entry_alone(void **state)
{
	struct app *a = *state;
	struct ctx c = context(a);
	str sealed, again, plain;
	assert_int_equal(vault_seal(&c, 7, "log", 1, S("hallo"), &sealed), OK);
	assert_int_equal(vault_seal(&c, 7, "log", 1, S("hallo"), &again), OK);
	assert_false(str_eq(sealed, again));
	assert_false(str_has(sealed, S("hallo")));
	assert_int_equal(vault_open(&c, 7, "log", 1, sealed, &plain), OK);
	assert_true(str_eq(plain, S("hallo")));
	assert_int_equal(vault_open(&c, 7, "log", 2, sealed, &plain), INVALID);
	assert_int_equal(vault_open(&c, 7, "card", 1, sealed, &plain), INVALID);
	assert_int_equal(vault_open(&c, 8, "log", 1, sealed, &plain), NOT_FOUND);
	assert_int_equal(vault_seal(&c, 8, "log", 1, S("x"), &again), OK);
	assert_int_equal(vault_open(&c, 8, "log", 1, sealed, &plain), INVALID);
	for (size_t i = 0; i < sealed.len; i++) {
		char *changed = arena_copy(a->arena, sealed.at, sealed.len);
		changed[i] ^= 1;
		assert_int_equal(vault_open(&c, 7, "log", 1, (str){ changed, sealed.len }, &plain), INVALID);
		assert_int_equal(vault_open(&c, 7, "log", 1, str_until(sealed, i), &plain), INVALID);
	}
}

static void lengths_say_little_and_have_an_end(void **state)
{
	struct app *a = *state;
	struct ctx c = context(a);
	str one, two, plain;
	assert_int_equal(vault_seal(&c, 7, "log", 1, S("ja"), &one), OK);
	assert_int_equal(vault_seal(&c, 7, "log", 1, S("nee, en dat zeg ik je niet nog een keer"), &two), OK);
	assert_int_equal(one.len, two.len);
	assert_int_equal(vault_seal(&c, 7, "log", 1, S(""), &one), OK);
	assert_int_equal(vault_open(&c, 7, "log", 1, one, &plain), OK);
	assert_true(plain.at && !plain.len);
	assert_int_equal(vault_seal(&c, 7, "log", 1, (str){ 0 }, &one), OK);
	assert_null(one.at);
	char *long_one = arena_take(a->arena, VAULT_PLAIN_MAX + 1);
	memset(long_one, 'x', VAULT_PLAIN_MAX + 1);
	assert_int_equal(vault_seal(&c, 7, "log", 1, (str){ long_one, VAULT_PLAIN_MAX }, &one), OK);
	assert_int_equal(vault_open(&c, 7, "log", 1, one, &plain), OK);
	assert_int_equal(plain.len, VAULT_PLAIN_MAX);
	assert_int_equal(vault_seal(&c, 7, "log", 1, (str){ long_one, VAULT_PLAIN_MAX + 1 }, &one), INVALID);
}

static void more_people_than_the_cache_holds(void **state)
{
	struct app *a = *state;
	struct ctx c = context(a);
	str sealed[140], plain;
	for (int i = 0; i < 140; i++)
		assert_int_equal(vault_seal(&c, i + 1, "log", i, text_format(a->arena, "tekst %d", i), &sealed[i]), OK);
	for (int i = 0; i < 140; i++) {
		assert_int_equal(vault_open(&c, i + 1, "log", i, sealed[i], &plain), OK);
		assert_true(str_eq(plain, text_format(a->arena, "tekst %d", i)));
	}
	assert_int_equal(vault_count(c.vault), 140);
}

static enum status forget(struct ctx *c, void *of)
{
	return key_forget(c, *(int64_t *)of);
}

static enum status forget_and_fail(struct ctx *c, void *of)
{
	TRY(key_forget(c, *(int64_t *)of));
	return CONFLICT;
}

/* What is due, as the job thread runs it; what waits for the night goes on waiting. */
static void jobs_do(struct app *a)
{
	const char *due = text_c(a->arena, text_format(a->arena, "select count(*) from job where done is null and due <= %lld", (long long)clock_now().ms));
	web_jobs_start(a->web);
	for (int i = 0; i < 200 && sql_number(a, due); i++)
		usleep(20000);
	web_jobs_stop(a->web);
	assert_int_equal(sql_number(a, due), 0);
}

static void a_key_goes_with_the_commit_and_not_before(void **state)
{
	struct app *a = *state;
	struct ctx c = context(a);
	str sealed, plain;
	int64_t person = 7;
	assert_int_equal(vault_seal(&c, person, "log", 1, str_of(secret), &sealed), OK);
	assert_int_equal(store_write_now(a->store, &c, forget_and_fail, &person), CONFLICT);
	jobs_do(a);
	assert_int_equal(vault_open(&c, person, "log", 1, sealed, &plain), OK);
	assert_int_equal(store_write_now(a->store, &c, forget, &person), OK);
	jobs_do(a);
	assert_int_equal(vault_open(&c, person, "log", 1, sealed, &plain), NOT_FOUND);
	assert_int_equal(vault_seal(&c, person, "log", 1, S("x"), &plain), BROKEN);
}

static void another_process_destroys_and_the_cache_knows(void **state)
{
	struct app *a = *state;
	struct ctx c = context(a);
	char why[VAULT_WHY];
	struct vault *other;
	str sealed, plain;
	assert_int_equal(vault_seal(&c, 7, "log", 1, str_of(secret), &sealed), OK);
	assert_int_equal(vault_open(&c, 7, "log", 1, sealed, &plain), OK);
	struct vault_settings s = { .keys = path_in(a, "keys/keys.db"), .key = path_in(a, "test.key"), .database = sql_text(a, "select name from installation") };
	assert_int_equal(vault_new(&s, &other, why), OK);
	assert_int_equal(vault_destroy(other, 7, c.now), OK);
	vault_free(other);
	assert_int_equal(vault_open(&c, 7, "log", 1, sealed, &plain), NOT_FOUND);
}

static void an_older_copy_of_the_keys_brings_nobody_back(void **state)
{
	struct app *a = *state;
	struct ctx c = context(a);
	char why[VAULT_WHY];
	struct vault_restored r;
	str seven, eight, plain;
	int64_t again;
	assert_int_equal(vault_seal(&c, 7, "log", 1, str_of(secret), &seven), OK);
	assert_int_equal(vault_seal(&c, 8, "log", 2, str_of(secret), &eight), OK);
	assert_int_equal(vault_backup(c.vault, path_in(a, "copy"), c.now, why), OK);
	assert_int_equal(vault_backup(c.vault, path_in(a, "copy"), c.now, why), CONFLICT);
	/* Nothing in it opens by itself. */
	assert_false(str_has(bytes_of(a, path_in(a, "copy")), str_of(secret)));
	assert_int_equal(vault_destroy(c.vault, 7, c.now), OK);
	assert_int_equal(vault_restore(c.vault, path_in(a, "copy"), c.now, false, &r, why), OK);
	assert_int_equal(r.added, 0);
	assert_int_equal(vault_open(&c, 7, "log", 1, seven, &plain), NOT_FOUND);
	assert_int_equal(vault_open(&c, 8, "log", 2, eight, &plain), OK);
	/* Even when the keys are a new file, the database knows. */
	int64_t person = 7;
	assert_int_equal(store_write_now(a->store, &c, forget, &person), OK);
	web_keys_close(a->web);
	assert_int_equal(unlink(path_in(a, "keys/keys.db")), 0);
	str said;
	struct web_keys k = { .keys = path_in(a, "keys/keys.db"), .key = path_in(a, "test.key"), .make = true };
	assert_int_equal(web_keys_open(a->web, &k, a->arena, &said, why), NOT_FOUND);
	assert_true(str_has(str_of(why), S("restore-keys")));
	k.restoring = true;
	assert_int_equal(web_keys_open(a->web, &k, a->arena, &said, why), OK);
	c.vault = web_vault(a->web);
	assert_int_equal(vault_open(&c, 8, "log", 2, eight, &plain), NOT_FOUND);
	assert_int_equal(vault_restore(c.vault, path_in(a, "copy"), c.now, false, &r, why), OK);
	assert_int_equal(r.added, 1);
	assert_int_equal(web_keys_agree(a->web, &again), OK);
	assert_int_equal(vault_open(&c, 8, "log", 2, eight, &plain), OK);
	assert_int_equal(vault_open(&c, 7, "log", 1, seven, &plain), NOT_FOUND);
	/* After thirty days only on purpose. */
	instant later = { c.now.ms + 31LL * 86400000 };
	assert_int_equal(vault_restore(c.vault, path_in(a, "copy"), later, false, &r, why), CONFLICT);
	assert_int_equal(vault_restore(c.vault, path_in(a, "copy"), later, true, &r, why), OK);
	assert_int_equal(vault_restore(c.vault, path_in(a, "nothing"), later, true, &r, why), NOT_FOUND);
	assert_int_equal(vault_restore(c.vault, path_in(a, "test.key"), later, true, &r, why), INVALID);
}

static void an_older_database_does_not_bring_them_back_either(void **state)
{
	struct app *a = *state;
	struct ctx c = context(a);
	int64_t person = 7, again;
	assert_int_equal(store_write_now(a->store, &c, forget, &person), OK);
	jobs_do(a);
	sql(a, "delete from forgotten");                        /* as a backup from before the erasure */
	assert_int_equal(web_keys_agree(a->web, &again), OK);
	assert_int_equal(again, 1);
	assert_int_equal(sql_number(a, "select count(*) from forgotten where person = 7"), 1);
	assert_int_equal(web_keys_agree(a->web, &again), OK);
	assert_int_equal(again, 0);
}

static void the_key_file_is_refused_when_it_is_not_safe_or_not_ours(void **state)
{
	struct app *a = *state;
	char why[VAULT_WHY];
	struct vault *v;
	const char *key = path_in(a, "test.key"), *other = path_in(a, "other.key");
	struct ctx c = context(a);
	str sealed;
	assert_int_equal(vault_seal(&c, 7, "log", 1, S("x"), &sealed), OK);
	assert_int_equal(vault_key_check(key, false, why), OK);
	assert_int_equal(vault_key_make(key, why), CONFLICT);
	assert_int_equal(vault_key_check(path_in(a, "none"), false, why), NOT_FOUND);
	assert_int_equal(chmod(key, 0640), 0);
	assert_int_equal(vault_key_check(key, false, why), FORBIDDEN);
	assert_true(str_has(str_of(why), S("chmod 600")));
	assert_int_equal(vault_key_check(key, true, why), OK);
	assert_int_equal(chmod(key, 0644), 0);
	assert_int_equal(vault_key_check(key, true, why), FORBIDDEN);
	assert_int_equal(chmod(key, 0600), 0);
	assert_int_equal(vault_key_check(a->folder, false, why), INVALID);
	assert_int_equal(vault_key_make(other, why), OK);
	assert_false(str_eq(bytes_of(a, key), bytes_of(a, other)));
	struct vault_settings s = { .keys = path_in(a, "keys/keys.db"), .key = other, .database = sql_text(a, "select name from installation") };
	assert_int_equal(vault_new(&s, &v, why), INVALID);
	assert_true(str_has(str_of(why), S("is not the one")));
	s.key = key;
	s.database = S("another");
	assert_int_equal(vault_new(&s, &v, why), CONFLICT);
	static const char *const wrong[] = { "", "wijzer-key-1 \n", "wijzer-key-1 AAAA\n", "something else that is as long as a key would be, yes\n" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		int file = open(other, O_WRONLY | O_TRUNC);
		assert_int_equal(write(file, wrong[i], strlen(wrong[i])), strlen(wrong[i]));
		close(file);
		assert_int_equal(vault_key_check(other, false, why), INVALID);
	}
}

static void without_keys_it_says_so_and_touches_nothing(void **state)
{
	struct app *a = *state;
	struct ctx c = context(a);
	str sealed, plain;
	assert_int_equal(vault_seal(&c, 7, "log", 1, S("x"), &sealed), OK);
	c.vault = NULL;
	assert_false(vault_is_open(&c));
	assert_int_equal(vault_open(&c, 7, "log", 1, sealed, &plain), CONFLICT);
	assert_true(str_eq(c.code, S("keys-missing")));
	assert_int_equal(vault_seal(&c, 7, "log", 1, S("x"), &plain), CONFLICT);
}

static void keys_of_another_database_step_aside(void **state)
{
	struct app *a = *state;
	struct ctx c = context(a);
	char why[VAULT_WHY];
	str sealed, plain, said;
	assert_int_equal(vault_seal(&c, 7, "log", 1, S("x"), &sealed), OK);
	web_keys_close(a->web);
	sql(a, "delete from installation");                     /* a new database by the same name */
	struct web_keys k = { .keys = path_in(a, "keys/keys.db"), .key = path_in(a, "test.key") };
	assert_int_equal(web_keys_open(a->web, &k, a->arena, &said, why), NOT_FOUND);
	k.make = true;
	assert_int_equal(web_keys_open(a->web, &k, a->arena, &said, why), OK);
	assert_true(str_has(said, S("belonged to another database")));
	c.vault = web_vault(a->web);
	assert_int_equal(vault_open(&c, 7, "log", 1, sealed, &plain), NOT_FOUND);
	/* And lost ones are renewed only when that is said. */
	assert_int_equal(vault_seal(&c, 7, "log", 1, S("x"), &sealed), OK);
	web_keys_close(a->web);
	assert_int_equal(unlink(path_in(a, "test.key")), 0);
	assert_int_equal(web_keys_open(a->web, &k, a->arena, &said, why), NOT_FOUND);
	assert_true(str_has(str_of(why), S("--new-keys")));
	k.renew = true;
	assert_int_equal(web_keys_open(a->web, &k, a->arena, &said, why), OK);
	c.vault = web_vault(a->web);
	assert_int_equal(vault_open(&c, 7, "log", 1, sealed, &plain), NOT_FOUND);
	assert_int_equal(vault_seal(&c, 7, "log", 1, S("x"), &sealed), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(it_opens_for_its_owner_kind_and_entry_alone), app_test(lengths_say_little_and_have_an_end), app_test(more_people_than_the_cache_holds),
		app_test(a_key_goes_with_the_commit_and_not_before), app_test(another_process_destroys_and_the_cache_knows),
		app_test(an_older_copy_of_the_keys_brings_nobody_back), app_test(an_older_database_does_not_bring_them_back_either),
		app_test(the_key_file_is_refused_when_it_is_not_safe_or_not_ours),
		app_test(without_keys_it_says_so_and_touches_nothing), app_test(keys_of_another_database_step_aside),
	};
	return run_on_engines("vault", tests);
}
