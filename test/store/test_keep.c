/* test_keep.c - steps taken once, backups, and moving from one engine to the other. */
#include "fresh.h"
#include "sample.h"
#include "sample.sql.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

static const struct schema *const *const schemas = NULL;       /* each test here migrates itself */
#include "engines.h"

static const struct schema *const whole[] = { &sample_schema, NULL };

/* ---- Steps ---- */

static const struct schema_step steps[] = {
	{ "a", 1, "one", "create table one (x integer not null) strict;", "create table one (x bigint not null);" },
	{ "a", 2, "more", "alter table one add column y text;", "alter table one add column y text;" },
	{ "b", 1, "broken half-way", "create table two (x integer);\ninsert into nowhere values (1);", "create table two (x bigint);\ninsert into nowhere values (1);" },
	{ "b", 1, "mended", "create table two (x integer) strict;", "create table two (x bigint);" },
};
static const struct schema a_first = { steps, 1 }, a_both = { steps, 2 }, b_broken = { steps + 2, 1 }, b_mended = { steps + 3, 1 };
static const struct schema *const first[] = { &a_first, NULL }, *const both[] = { &a_both, NULL };
static const struct schema *const broken_too[] = { &a_both, &b_broken, NULL }, *const mended[] = { &a_both, &b_mended, NULL };

static enum status migrate(struct fresh *f, const struct schema *const wanted[], char why[400])
{
	why[0] = 0;
	if (!f->store)
		f->store = fresh_open(f);
	return store_migrate(f->store, wanted, why);
}

static void steps_are_taken_once(void **state)
{
	struct fresh *f = *state;
	char why[400];
	assert_int_equal(migrate(f, first, why), OK);
	assert_int_equal(migrate(f, first, why), OK);
	assert_int_equal(migrate(f, both, why), OK);
	assert_int_equal(migrate(f, both, why), OK);
}

static void a_newer_database_is_refused(void **state)
{
	struct fresh *f = *state;
	char why[400];
	assert_int_equal(migrate(f, both, why), OK);
	assert_int_equal(migrate(f, first, why), CONFLICT);
	assert_string_equal(why, "This database was made by a newer Wijzer (it has step 2 of a). Use that version, or a newer one.");
}

static void a_changed_step_is_refused(void **state)
{
	struct fresh *f = *state;
	char why[400];
	struct schema_step changed = steps[0];
	const struct schema again = { &changed, 1 };
	const struct schema *const all[] = { &again, NULL };
	assert_int_equal(migrate(f, first, why), OK);
	changed.sqlite = "  create table one\n(x integer  not null) strict;\n";                /* laid out anew: the same */
	assert_int_equal(migrate(f, all, why), OK);
	changed.postgres = "create table one (x integer not null);";                           /* for the other engine only: a change all the same */
	assert_int_equal(migrate(f, all, why), CONFLICT);
	assert_non_null(strstr(why, "Step 1 of a (one)"));
}

static void a_step_is_taken_whole_or_not(void **state)
{
	struct fresh *f = *state;
	char why[400];
	assert_int_equal(migrate(f, broken_too, why), BROKEN);
	assert_non_null(strstr(why, "Step 1 of b (broken half-way) could not be taken"));
	assert_non_null(strstr(why, "nowhere"));
	assert_int_equal(migrate(f, mended, why), OK);                                         /* no table two was left behind */
}

static void processes_may_migrate_at_once(void **state)
{
	struct fresh *f = *state;
	enum { PROCESSES = 4 };
	pid_t pids[PROCESSES];
	char why[400];
	for (int i = 0; i < PROCESSES; i++) {
		pids[i] = fork();
		if (pids[i])
			continue;
		enum status status = migrate(f, mended, why);
		if (status != OK)
			fprintf(stderr, "%s\n", why);
		store_close(f->store);
		_exit(status);
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status;
		waitpid(pids[i], &status, 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(migrate(f, mended, why), OK);
}

/* ---- Filling, comparing ---- */

static enum status fill(struct ctx *c, void *of)
{
	(void)of;
	struct by_id id = { 0 }, other;
	list labels = { 0 };
	for (int i = 0; i < 300; i++) {
		struct box b = { .code = text_format(c->arena, "é%d\t\\N\n%s", i, i % 7 ? "" : "'"), .size = i % 3 ? i / 7.0 : NAN, .open = i % 2, .made = { i % 5 ? i * 1000003 : 0 },
			.day = date_add_days(c->today, i), .price = { i * -99 }, .weight = i, .content = i % 4 ? (str){ 0 } : S("\0\x01\xFF\\"), .inside = id.id };
		b.name = i % 5 ? b.code : i % 2 ? S("") : (str){ 0 };
		if (i == 3)
			b.size = -0.0;
		TRY(store_one(c, box_add, &b, &id));
		*list_add(c->arena, &labels, struct label) = (struct label){ id.id, b.code };
	}
	other = id;                                                                            /* the highest is taken away: its number must not come back */
	TRY(store_run_each(c, label_put, &labels));
	labels.count = 0;
	struct box last = { .code = S("last"), .size = NAN };
	TRY(store_one(c, box_add, &last, &other));
	return store_run(c, box_remove, &other, NULL);
}

static enum status add_one(struct ctx *c, void *of)
{
	struct box b = { .code = S("after"), .size = NAN };
	return store_one(c, box_add, &b, (struct by_id *)of);
}

struct verified { struct arena *arena; str text; };

static void sum_keep(void *of, str table, int64_t rows, str checksum)
{
	struct verified *s = of;
	s->text = text_format(s->arena, S_FMT S_FMT " %lld " S_FMT "\n", S_ARG(s->text), S_ARG(table), (long long)rows, S_ARG(checksum));
}

static str verified(struct fresh *f)
{
	struct verified s = { .arena = f->c.arena };
	char why[400];
	assert_int_equal(store_verify(f->store, sum_keep, &s, why), OK);
	return s.text;
}

static str file_verified(struct fresh *f, str path)
{
	struct verified s = { .arena = f->c.arena };
	char why[400];
	assert_int_equal(store_verify_file(path, sum_keep, &s, why), OK);
	return s.text;
}

static str filled(struct fresh *f)
{
	char why[400];
	assert_int_equal(migrate(f, whole, why), OK);
	assert_int_equal(store_write_now(f->store, &f->c, fill, NULL), OK);
	return verified(f);
}

static str path_of(struct fresh *f, const char *name)
{
	return text_format(f->c.arena, "%s/%s", f->folder, name);
}

static void a_backup_holds_everything(void **state)
{
	struct fresh *f = *state;
	char why[400];
	str before = filled(f), path = path_of(f, "backup");
	assert_true(str_has(before, S("box 300 ")) && str_has(before, S("label 300 ")) && str_has(before, S("note 0 ")));
	assert_false(str_has(before, S("schema_step")) || str_has(before, S("revision")));
	assert_int_equal(store_backup(f->store, path, why), OK);
	assert_true(str_eq(file_verified(f, path), before));
	struct stat about;
	assert_int_equal(stat(path.at, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_int_equal(access(path_of(f, "backup.part").at, F_OK), -1);
	assert_int_equal(store_backup(f->store, path, why), CONFLICT);
	assert_int_equal(store_backup(f->store, path_of(f, "no/such/folder"), why), BROKEN);
	assert_non_null(strstr(why, "No such file or directory"));
	struct by_id id;
	assert_int_equal(store_write_now(f->store, &f->c, add_one, &id), OK);
	assert_false(str_eq(verified(f), before));                                             /* verify notices one row */
}

static void a_backup_goes_into_either_engine(void **state)
{
	struct fresh *f = *state;
	char why[400];
	str before = filled(f), path = path_of(f, "backup");
	assert_int_equal(store_backup(f->store, path, why), OK);
	for (enum engine_tested e = ON_SQLITE; e <= ON_POSTGRES; e++) {
		if (!fresh_has(e))
			continue;
		struct fresh *to = fresh_new(e, whole);
		assert_int_equal(store_restore(to->store, path, false, why), OK);
		assert_true(str_eq(verified(to), before));
		struct by_id id;
		assert_int_equal(store_write_now(to->store, &to->c, add_one, &id), OK);
		assert_true(id.id > 300);                                                      /* identities go on */
		assert_int_equal(store_restore(to->store, path, false, why), CONFLICT);
		assert_non_null(strstr(why, "holds data (in box)"));
		assert_int_equal(store_restore(to->store, path, true, why), OK);
		assert_true(str_eq(verified(to), before));
		str back = path_of(to, "back");
		assert_int_equal(store_backup(to->store, back, why), OK);                      /* and back again */
		assert_true(str_eq(file_verified(to, back), before));
		fresh_free(to);
	}
}

static const struct schema older_schema = { NULL, 1 };

static void an_older_backup_is_brought_up_to_date(void **state)
{
	struct fresh *f = *state;
	char why[400];
	struct schema old = older_schema;
	old.steps = sample_schema.steps;
	const struct schema *const older[] = { &old, NULL };
	str path = path_of(f, "old");
	assert_int_equal(migrate(f, older, why), OK);
	assert_int_equal(store_write_now(f->store, &f->c, fill, NULL), OK);
	str before = verified(f);
	assert_int_equal(store_backup(f->store, path, why), OK);
	struct fresh *to = fresh_new(f->engine, whole);
	assert_int_equal(store_restore(to->store, path, false, why), OK);
	str after = verified(to);
	assert_true(str_has(after, before.len ? before : S("?")) && str_has(after, S("note 0 ")));
	fresh_free(to);

	struct fresh *newer = fresh_new(f->engine, whole);                                     /* and a newer one is refused */
	str new_path = path_of(f, "new");
	assert_int_equal(store_backup(newer->store, new_path, why), OK);
	fresh_free(newer);
	assert_int_equal(store_restore(f->store, new_path, true, why), CONFLICT);
	assert_non_null(strstr(why, "newer Wijzer (it has step 2 of sample)"));
	assert_true(str_eq(verified(f), before));
}

static void damage(str path, off_t at)
{
	int file = open(path.at, O_RDWR);
	char zeros[600] = { 0 };
	assert_int_equal(pwrite(file, zeros, sizeof zeros, at), sizeof zeros);
	close(file);
}

static void what_is_no_backup_changes_nothing(void **state)
{
	struct fresh *f = *state;
	char why[400];
	str before = filled(f), path = path_of(f, "backup");
	assert_int_equal(store_restore(f->store, path, true, why), NOT_FOUND);
	assert_int_equal(store_backup(f->store, path, why), OK);
	damage(path, 3 * 4096);
	assert_int_equal(store_restore(f->store, path, true, why), INVALID);
	damage(path, 0);
	assert_int_equal(store_restore(f->store, path, true, why), INVALID);
	assert_non_null(strstr(why, "cannot be opened as a database"));
	assert_true(str_eq(verified(f), before));
}

/* ---- Opening ---- */

static void what_cannot_be_opened_says_why(void **state)
{
	struct fresh *f = *state;
	char why[400];
	struct store *s;
	assert_int_equal(store_open(&(struct store_settings){ .url = S("mysql://x") }, &s, why), INVALID);
	assert_int_equal(store_open(&(struct store_settings){ .url = S("sqlite::memory:") }, &s, why), INVALID);
	str missing = text_join(f->c.arena, S("sqlite:"), path_of(f, "missing.db"));
	assert_int_equal(store_open(&(struct store_settings){ .url = missing }, &s, why), NOT_FOUND);
	assert_non_null(strstr(why, "wijzer init"));
	str folder = text_join(f->c.arena, S("sqlite:"), str_of(f->folder));
	assert_int_not_equal(store_open(&(struct store_settings){ .url = folder, .may_create = true }, &s, why), OK);
	str text = path_of(f, "text.db");
	int file = open(text.at, O_CREAT | O_WRONLY, 0600);
	assert_int_equal(write(file, "this is no database, but it is long enough to be looked at as one, is it not? It needs a hundred bytes and more.", 112), 112);
	close(file);
	assert_int_equal(store_open(&(struct store_settings){ .url = text_join(f->c.arena, S("sqlite:"), text) }, &s, why), INVALID);
	assert_int_equal(store_open(&(struct store_settings){ .url = S("postgresql:///wijzer?host=/nowhere") }, &s, why), BUSY);
	assert_non_null(strstr(why, "cannot be reached"));
}

#define ON_BOTH(X) X(steps_are_taken_once) X(a_newer_database_is_refused) X(a_changed_step_is_refused) X(a_step_is_taken_whole_or_not) \
	X(processes_may_migrate_at_once) X(a_backup_holds_everything) X(a_backup_goes_into_either_engine) X(an_older_backup_is_brought_up_to_date) \
	X(what_is_no_backup_changes_nothing)
#define ON_SQLITE_ONLY(X) X(what_cannot_be_opened_says_why)

int main(void)
{
	RUN_ON_BOTH(ON_BOTH, ON_SQLITE_ONLY, NO_TESTS);
}
