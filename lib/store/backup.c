/* backup.c - every table into one SQLite file and back, on either engine; and a checksum that proves it. */
#include "plain.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- Copying ---- */

static str select_all(struct arena *a, const struct table *t)
{
	str names = { 0 };
	for (each(str, column, t->columns))
		names = text_format(a, S_FMT "%s\"" S_FMT "\"", S_ARG(names), names.len ? ", " : "", S_ARG(*column));
	return text_format(a, "select " S_FMT " from \"" S_FMT "\"", S_ARG(names), S_ARG(t->name));
}

static enum status row_copy(void *of, const struct value *columns, int count)
{
	struct plain *to = of;
	return to->engine->fill_row(to, columns, count);
}

static enum status tables_copy(struct plain *from, struct plain *to, struct arena *a)
{
	list tables;
	TRY(from->engine->tables(from, a, &tables));
	TRY(to->engine->loosen(to));
	for (each(struct table, t, tables)) {
		TRY(to->engine->fill_begin(to, a, t));
		enum status status = from->engine->run(from, select_all(a, t).at, NULL, 0, row_copy, to);
		enum status end = to->engine->fill_end(to);
		TRY(status);
		TRY(end);
	}
	return to->engine->tighten(to);
}

static bool is_taken(const list *taken, const struct schema_step *step)
{
	for (each(struct taken, t, *taken))
		if (t->number == step->number && str_eq(t->feature, str_of(step->feature)))
			return true;
	return false;
}

static enum status steps_again(struct plain *to, const struct schema *const schemas[], const list *taken, bool those_taken)
{
	for (const struct schema *const *s = schemas; *s; s++)
		for (size_t i = 0; i < (*s)->count; i++)
			if (is_taken(taken, &(*s)->steps[i]) == those_taken)
				TRY(step_take(to, &(*s)->steps[i]));
	return OK;
}

/* Makes the tables as `from` has them, fills them, and then takes the steps that `from` had not taken yet. */
static enum status copy_into_empty(const struct schema *const schemas[], struct plain *from, struct plain *to, struct arena *a)
{
	list taken;
	TRY(steps_taken(from, a, &taken));
	TRY(steps_check(schemas, &taken, from->why));
	TRY(to->engine->script(to, to->engine->bookkeeping));
	TRY(steps_again(to, schemas, &taken, true));
	TRY(tables_copy(from, to, a));
	return steps_again(to, schemas, &taken, false);
}

/* ---- Backup ---- */

static enum status in_transactions(const struct schema *const schemas[], struct plain *from, struct plain *to, struct arena *a,
	enum status (*work)(const struct schema *const schemas[], struct plain *from, struct plain *to, struct arena *a))
{
	TRY(from->engine->begin(from, READING));
	enum status status = to->engine->begin(to, WRITING);
	if (status == OK) {
		status = work(schemas, from, to, a);
		enum status end = to->engine->end(to, status == OK);
		status = status == OK ? end : status;
	}
	char said[WHY];
	memcpy(said, from->why, sizeof said);              /* what went wrong first is what is told */
	(void)!from->engine->end(from, false);
	memcpy(from->why, said, sizeof said);
	return status;
}

static bool synced(const char *path, int flags)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | flags);
	bool done = file >= 0 && !fsync(file);
	if (file >= 0)
		close(file);
	return done;
}

static enum status file_write(struct store *s, const char *path, struct arena *a, char why[WHY])
{
	int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	if (file < 0)
		return because(why, errno == EEXIST ? CONFLICT : BROKEN, "%s cannot be made: %s.", path, strerror(errno));
	close(file);
	struct plain *from, *to;
	TRY(s->engine->plain_open(s, &from, why));
	enum status status = sqlite_plain_create(path, &to, why);
	if (status == OK) {
		status = in_transactions(s->schemas, from, to, a, copy_into_empty);
		to->engine->close(to);
	}
	from->engine->close(from);
	return status;
}

/* Written beside it and given its name once it is whole and on the disk: no half backup ever has a backup's name. */
enum status store_backup(struct store *s, str path, char why[WHY])
{
	if (!s->schemas)
		return because(why, INVALID, "A backup needs a store that has been migrated.");
	struct arena *a = arena_new();
	const char *whole = text_c(a, path), *part = text_format(a, S_FMT ".part", S_ARG(path)).at;
	char *folder = dirname(arena_copy(a, whole, path.len + 1));
	enum status status = OK;
	if (!access(whole, F_OK)) {
		status = because(why, CONFLICT, "%s is there already. Give the backup another name.", whole);
	} else {
		unlink(part);
		status = file_write(s, part, a, why);
		if (status == OK && (!synced(part, 0) || rename(part, whole) || !synced(folder, O_DIRECTORY)))
			status = because(why, BROKEN, "%s cannot be written: %s.", whole, strerror(errno));
		if (status != OK)
			unlink(part);
	}
	arena_free(a);
	return status;
}

/* ---- Restore ---- */

static enum status text_is(void *of, const struct value *columns, int count)
{
	(void)count;
	bool *ok = of;
	*ok = columns[0].kind == VALUE_TEXT && str_eq(columns[0].s, S("ok"));
	return OK;
}

static enum status any_row(void *of, const struct value *columns, int count)
{
	(void)columns;
	(void)count;
	*(bool *)of = true;
	return OK;
}

static enum status must_be_empty(struct plain *p, struct arena *a)
{
	list tables;
	TRY(p->engine->tables(p, a, &tables));
	for (each(struct table, t, tables)) {
		bool any = false;
		TRY(p->engine->run(p, text_format(a, "select 1 from \"" S_FMT "\" limit 1", S_ARG(t->name)).at, NULL, 0, any_row, &any));
		if (any)
			return because(p->why, CONFLICT, "This database holds data (in " S_FMT "). To put the backup in its place, restore with --replace.", S_ARG(t->name));
	}
	return OK;
}

static enum status replace_all(const struct schema *const schemas[], struct plain *from, struct plain *to, struct arena *a)
{
	TRY(to->engine->drop_all(to));
	return copy_into_empty(schemas, from, to, a);
}

static enum status fill_if_empty(const struct schema *const schemas[], struct plain *from, struct plain *to, struct arena *a)
{
	TRY(must_be_empty(to, a));
	return replace_all(schemas, from, to, a);
}

static enum status file_open(const char *path, struct plain **out, char why[WHY])
{
	if (access(path, R_OK))
		return because(why, errno == ENOENT ? NOT_FOUND : BROKEN, "%s cannot be read: %s.", path, strerror(errno));
	TRY(sqlite_plain_read(path, out, why));
	bool whole = false;
	enum status status = (*out)->engine->run(*out, "pragma quick_check(1)", NULL, 0, text_is, &whole);
	if (status == OK && !whole)
		status = because(why, INVALID, "%s is damaged.", path);
	if (status == OK && (*out)->engine->run(*out, "select checksum from schema_step limit 1", NULL, 0, NULL, NULL) != OK)
		status = because(why, INVALID, "%s is not a backup of Wijzer.", path);
	if (status != OK)
		(*out)->engine->close(*out);
	return status;
}

enum status store_restore(struct store *s, str path, bool replace, char why[WHY])
{
	if (!s->schemas)
		return because(why, INVALID, "Restoring needs a store that has been migrated.");
	struct arena *a = arena_new();
	struct plain *from = NULL, *to = NULL;
	enum status status = file_open(text_c(a, path), &from, why);
	if (status == OK) {
		status = s->engine->plain_open(s, &to, why);
		if (status == OK) {
			status = in_transactions(s->schemas, from, to, a, replace ? replace_all : fill_if_empty);
			to->engine->close(to);
		}
		from->engine->close(from);
	}
	arena_free(a);
	if (status == OK)
		store_settle(s);
	return status;
}

/* ---- Verify ---- */

struct sum { int64_t rows; uint64_t halves[2]; };

static void hash_part(crypto_generichash_state *state, char kind, const void *at, uint64_t len)
{
	unsigned char head[9] = { (unsigned char)kind };
	for (int i = 0; i < 8; i++)
		head[i + 1] = (unsigned char)(len >> 8 * i);
	crypto_generichash_update(state, head, sizeof head);
	crypto_generichash_update(state, at, len);
}

/* What is hashed is what the value is, not how an engine prints it: integers in decimal, reals by their bits. */
static void hash_value(crypto_generichash_state *state, const struct value *v)
{
	char text[24];
	double x;
	switch (v->kind) {
	case VALUE_NULL:
		hash_part(state, '0', "", 0);
		return;
	case VALUE_INT:
		hash_part(state, 'i', text, (uint64_t)snprintf(text, sizeof text, "%lld", (long long)v->i));
		return;
	case VALUE_REAL:
		x = v->x == 0 ? 0 : v->x;                      /* SQLite does not keep the sign of a zero */
		hash_part(state, 'r', &x, sizeof x);
		return;
	case VALUE_TEXT:
		hash_part(state, 't', v->s.at, v->s.len);
		return;
	case VALUE_BLOB:
		hash_part(state, 'b', v->s.at, v->s.len);
		return;
	}
}

/* Sums of the rows' hashes: the order of rows does not matter, and a row twice is not a row left out. */
static enum status row_sum(void *of, const struct value *columns, int count)
{
	struct sum *sum = of;
	crypto_generichash_state state;
	uint64_t halves[2];
	crypto_generichash_init(&state, NULL, 0, sizeof halves);
	for (int i = 0; i < count; i++)
		hash_value(&state, &columns[i]);
	crypto_generichash_final(&state, (unsigned char *)halves, sizeof halves);
	sum->halves[0] += halves[0];
	sum->halves[1] += halves[1];
	sum->rows++;
	return OK;
}

typedef void (*verify_report)(void *of, str table, int64_t rows, str checksum);

static enum status tables_verify(struct plain *p, struct arena *a, verify_report report, void *of)
{
	list tables;
	TRY(p->engine->tables(p, a, &tables));
	for (each(struct table, t, tables)) {
		struct sum sum = { 0 };
		TRY(p->engine->run(p, select_all(a, t).at, NULL, 0, row_sum, &sum));
		report(of, t->name, sum.rows, text_format(a, "%016llx%016llx", (unsigned long long)sum.halves[0], (unsigned long long)sum.halves[1]));
	}
	return OK;
}

static enum status verify_and_close(struct plain *p, verify_report report, void *of)
{
	struct arena *a = arena_new();
	enum status status = p->engine->begin(p, READING);
	if (status == OK)
		status = tables_verify(p, a, report, of);
	if (status == OK)
		status = p->engine->end(p, false);
	p->engine->close(p);
	arena_free(a);
	return status;
}

enum status store_verify(struct store *s, verify_report report, void *of, char why[WHY])
{
	struct plain *p;
	TRY(s->engine->plain_open(s, &p, why));
	return verify_and_close(p, report, of);
}

enum status store_verify_file(str path, verify_report report, void *of, char why[WHY])
{
	struct arena *a = arena_new();
	struct plain *p;
	enum status status = file_open(text_c(a, path), &p, why);
	arena_free(a);
	return status == OK ? verify_and_close(p, report, of) : status;
}
