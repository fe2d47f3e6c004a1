/* migrate.c - takes the steps of every feature's schema.sql that a database has not taken yet. */
#include "plain.h"
#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* ---- Checksums ---- */

/* White space in a row counts as one space, so that re-indenting a step is not a change. */
static void hash_text(crypto_generichash_state *state, const char *text)
{
	char piece[512];
	size_t len = 0;
	bool space = false, begun = false;
	for (; *text; text++) {
		if (isspace((unsigned char)*text)) {
			space = begun;
			continue;
		}
		if (len + 2 > sizeof piece) {
			crypto_generichash_update(state, (unsigned char *)piece, len);
			len = 0;
		}
		if (space)
			piece[len++] = ' ';
		piece[len++] = *text;
		space = false;
		begun = true;
	}
	crypto_generichash_update(state, (unsigned char *)piece, len);
	crypto_generichash_update(state, (const unsigned char *)"", 1);
}

/* Over the texts for both engines: one step has one checksum wherever it was taken. */
static str checksum(struct arena *a, const struct schema_step *step)
{
	crypto_generichash_state state;
	unsigned char digest[crypto_generichash_BYTES];
	crypto_generichash_init(&state, NULL, 0, sizeof digest);
	hash_text(&state, step->sqlite);
	hash_text(&state, step->postgres);
	crypto_generichash_final(&state, digest, sizeof digest);
	char *at = arena_take(a, sizeof digest * 2 + 1);
	sodium_bin2hex(at, sizeof digest * 2 + 1, digest, sizeof digest);
	return (str){ at, sizeof digest * 2 };
}

/* ---- What was taken ---- */

struct reading { struct arena *arena; list *taken; };

static enum status taken_row(void *of, const struct value *columns, int count)
{
	(void)count;
	struct reading *r = of;
	*list_add(r->arena, r->taken, struct taken) = (struct taken){ text_copy(r->arena, columns[0].s), columns[1].i, text_copy(r->arena, columns[2].s) };
	return OK;
}

enum status steps_taken(struct plain *p, struct arena *a, list *taken)
{
	struct reading r = { a, taken };
	*taken = (list){ 0 };
	return p->engine->run(p, "select feature, number, checksum from schema_step order by feature, number", NULL, 0, taken_row, &r);
}

static const struct taken *taken_find(const list *taken, const struct schema_step *step)
{
	for (each(const struct taken, t, *taken))
		if (t->number == step->number && str_eq(t->feature, str_of(step->feature)))
			return t;
	return NULL;
}

static bool is_known(const struct schema *const schemas[], const struct taken *t)
{
	for (; *schemas; schemas++)
		for (size_t i = 0; i < (*schemas)->count; i++)
			if ((*schemas)->steps[i].number == t->number && str_eq(t->feature, str_of((*schemas)->steps[i].feature)))
				return true;
	return false;
}

enum status steps_check(const struct schema *const schemas[], const list *taken, char why[WHY])
{
	for (each(const struct taken, t, *taken))
		if (!is_known(schemas, t))
			return because(why, CONFLICT, "This database was made by a newer Wijzer (it has step %lld of " S_FMT "). Use that version, or a newer one.",
				(long long)t->number, S_ARG(t->feature));
	struct arena *a = arena_new();
	enum status status = OK;
	for (const struct schema *const *s = schemas; *s && status == OK; s++) {
		for (size_t i = 0; i < (*s)->count && status == OK; i++) {
			const struct taken *t = taken_find(taken, &(*s)->steps[i]);
			if (t && !str_eq(t->checksum, checksum(a, &(*s)->steps[i])))
				status = because(why, CONFLICT, "Step %d of %s (%s) is not the one this database has taken. A step once taken may not change: add a new one.",
					(*s)->steps[i].number, (*s)->steps[i].feature, (*s)->steps[i].title);
		}
	}
	arena_free(a);
	return status;
}

/* ---- Taking them ---- */

enum status step_take(struct plain *p, const struct schema_step *step)
{
	struct arena *a = arena_new();
	char said[WHY];
	enum status status = p->engine->script(p, p->engine->is_sqlite ? step->sqlite : step->postgres);
	if (status == OK) {
		const struct value values[] = {
			{ VALUE_TEXT, .s = str_of(step->feature) }, { VALUE_INT, .i = step->number }, { VALUE_TEXT, .s = str_of(step->title) },
			{ VALUE_TEXT, .s = checksum(a, step) }, { VALUE_INT, .i = clock_now().ms },
		};
		status = p->engine->run(p, "insert into schema_step (feature, number, title, checksum, taken) values ($1, $2, $3, $4, $5)", values, 5, NULL, NULL);
	}
	if (status != OK) {
		snprintf(said, sizeof said, "%s", p->why);
		because(p->why, status, "Step %d of %s (%s) could not be taken: %s", step->number, step->feature, step->title, said);
	}
	arena_free(a);
	return status;
}

/* Looks again inside the transaction: another process may have been first. */
static enum status one_step(struct plain *p, const struct schema *const schemas[], const struct schema_step *step)
{
	TRY(p->engine->begin(p, WRITING));
	struct arena *a = arena_new();
	list taken;
	enum status status = steps_taken(p, a, &taken);
	if (status == OK)
		status = steps_check(schemas, &taken, p->why);
	if (status == OK && !taken_find(&taken, step))
		status = step_take(p, step);
	arena_free(a);
	enum status end = p->engine->end(p, status == OK);
	return status == OK ? end : status;
}

static enum status bookkeeping(struct plain *p)
{
	TRY(p->engine->begin(p, WRITING));
	enum status status = p->engine->script(p, p->engine->bookkeeping);
	enum status end = p->engine->end(p, status == OK);
	return status == OK ? end : status;
}

static enum status migrate(struct plain *p, struct arena *a, const struct schema *const schemas[])
{
	list taken;
	if (steps_taken(p, a, &taken) != OK) {             /* a new database; an up-to-date one is only read, and waits for nobody */
		TRY(bookkeeping(p));
		TRY(steps_taken(p, a, &taken));
	}
	TRY(steps_check(schemas, &taken, p->why));
	for (const struct schema *const *s = schemas; *s; s++)
		for (size_t i = 0; i < (*s)->count; i++)
			if (!taken_find(&taken, &(*s)->steps[i]))
				TRY(one_step(p, schemas, &(*s)->steps[i]));
	return OK;
}

enum status store_migrate(struct store *s, const struct schema *const schemas[], char why[WHY])
{
	struct plain *p;
	TRY(s->engine->plain_open(s, &p, why));
	struct arena *a = arena_new();
	enum status status = migrate(p, a, schemas);
	if (status == OK)
		s->schemas = schemas;
	arena_free(a);
	p->engine->close(p);
	return status;
}
