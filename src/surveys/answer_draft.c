/* answer_draft.c - what one person has filled in so far: sealed with the others, under a name that says nothing.
 *
 * Of one length, whatever is in it, and under a key that lies outside the database. Its name is made with that key from who it is of, so
 * that only this program finds it back, and only until the key is destroyed. It is not given until its sender says so: what was begun
 * and left goes unread when the round closes.
 */
#include "inside.h"
#include "seal/seal.h"

struct survey_sealed_key { str name; };
RECORD(survey_sealed_key, FIELD(survey_sealed_key, name));
RECORD(survey_sealed_row, FIELD(survey_sealed_row, name), FIELD(survey_sealed_row, round), FIELD(survey_sealed_row, cell), FIELD(survey_sealed_row, sealed, .max = 100000));
RECORD(survey_cell_key, FIELD(survey_cell_key, round), FIELD(survey_cell_key, cell));
RECORD(survey_spent, FIELD(survey_spent, sealing_key));

#define END "\x1d"
#define MID "\x1e"

struct draft_answer *draft_answer(struct draft *d, int64_t place)
{
	for (each(struct draft_answer, a, d->answers))
		if (a->place == place)
			return a;
	return NULL;
}

/* person END given END browser END place MID quote MID value END … ; texts hold no control character but a line end. */
str draft_write(struct ctx *c, int64_t person, const struct draft *d)
{
	str text = text_format(c->arena, "%lld" END "%d" END S_FMT END, (long long)person, d->given, S_ARG(d->browser));
	for (each(struct draft_answer, a, d->answers))
		text = text_format(c->arena, S_FMT "%lld" MID "%d" MID S_FMT END, S_ARG(text), (long long)a->place, a->quote, S_ARG(a->value));
	return text;
}

enum status draft_read(struct ctx *c, str plain, int64_t *person, struct draft *out)
{
	str one, rest = plain;
	str_cut(rest, END[0], &one, &rest);
	if (!str_to_int(one, person))
		return broken(c, "a sealed answer is of nobody");
	str_cut(rest, END[0], &one, &rest);
	out->given = str_eq(one, S("1"));
	str_cut(rest, END[0], &one, &rest);
	out->browser = text_copy(c->arena, one);
	while (rest.len) {
		str place, quote, value;
		str_cut(rest, END[0], &one, &rest);
		str_cut(one, MID[0], &place, &value);
		str_cut(value, MID[0], &quote, &value);
		struct draft_answer *a = list_add(c->arena, &out->answers, struct draft_answer);
		a->value = text_copy(c->arena, value);
		a->quote = str_eq(quote, S("1"));
		if (!str_to_int(place, &a->place))
			return broken(c, "a sealed answer is to no question");
	}
	return OK;
}

str sealed_who(struct ctx *c, int64_t round, int64_t person)
{
	return text_format(c->arena, "%lld/%lld", (long long)round, (long long)person);
}

enum status draft_find(struct ctx *c, str sealing_key, int64_t round, int64_t person, struct draft *out)
{
	struct survey_sealed_key key;
	struct survey_sealed_row row = { 0 };
	bool found;
	if (!sealing_key.len)
		return OK;
	enum status s = seal_name(c, sealing_key, sealed_who(c, round, person), &key.name);
	if (s == NOT_FOUND)                                    /* a database put back without its keys: what was sealed is lost, and may be filled in again */
		return OK;
	TRY(s);
	TRY(store_find(c, sealed_find, &key, &row, &found));
	if (!found)
		return OK;
	str plain;
	int64_t of;
	TRY(seal_get(c, sealing_key, SEALED_ABOUT, row.sealed, &plain));
	return draft_read(c, plain, &of, out);
}

enum status draft_load(struct ctx *c, const struct survey_round *r, const struct survey_asked *who, struct draft *out)
{
	struct survey_cell cell = { 0 };
	TRY(store_one(c, cell_by_key, (&(struct survey_cell_key){ r->id, who->cell }), &cell));
	return draft_find(c, cell.sealing_key, r->id, who->person, out);
}

/* A cell gets its key with its first answer, and a new one when the old is gone. */
static enum status cell_key_ready(struct ctx *c, struct survey_cell *cell)
{
	str name;
	if (cell->sealing_key.len) {
		enum status s = seal_name(c, cell->sealing_key, S("there"), &name);
		if (s != NOT_FOUND)
			return s;
		TRY(store_run(c, sealed_remove_cell, (&(struct survey_cell_key){ cell->round, cell->cell }), NULL));
	}
	TRY(seal_key_make(c, &cell->sealing_key));
	return store_run(c, cell_key_put, cell, NULL);
}

static enum status sealed_store(struct ctx *c, const struct survey_round *r, const struct survey_cell *cell, const struct survey_asked *who, const struct draft *d)
{
	struct survey_sealed_row row = { .round = r->id, .cell = cell->cell };
	TRY(seal_name(c, cell->sealing_key, sealed_who(c, who->round, who->person), &row.name));
	TRY(seal_put(c, cell->sealing_key, SEALED_ABOUT, draft_write(c, who->person, d), (size_t)r->seal_bytes, &row.sealed));
	return store_run(c, sealed_put, &row, NULL);
}

enum status draft_keep(struct ctx *c, const struct survey_round *r, const struct survey_asked *who, const struct draft *d)
{
	struct survey_cell cell = { 0 };
	TRY(store_one(c, cell_by_key, (&(struct survey_cell_key){ r->id, who->cell }), &cell));
	TRY(cell_key_ready(c, &cell));
	return sealed_store(c, r, &cell, who, d);
}
