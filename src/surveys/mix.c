/* mix.c - from the sealed queue to answers that belong to nobody.
 *
 * While a round is open, the answers of one background wait sealed. When ten are there, all but five of them, drawn at random, are moved
 * together: their answers under random names in random order, their marks in the order of people, in one transaction. The five (or more)
 * that stay are sealed again under a new key, and the old key is destroyed once that is committed. So there are always five left to
 * go with those that come last, and somebody who copied the database every second and knows who answered when learns only that an
 * answer is one of at least five. At closing all that is left is moved; a background with fewer than five is coarsened until it has them.
 */
#include "inside.h"
#include "base/token.h"
#include "seal/seal.h"
#include "web/job.h"

RECORD(survey_response, FIELD(survey_response, name), FIELD(survey_response, round), FIELD(survey_response, cell), FIELD(survey_response, given, .max = 4000));
RECORD(survey_comment, FIELD(survey_comment, name), FIELD(survey_comment, round), FIELD(survey_comment, cell), FIELD(survey_comment, place), FIELD(survey_comment, quote), FIELD(survey_comment, text, .max = COMMENT_MOST));

/* One person's answers, opened. */
struct opened { int64_t person, cell; struct draft draft; };

static void shuffle(list *l, size_t size, struct arena *a)
{
	char *at = l->at, *other = arena_take(a, size);
	for (size_t i = l->count; i > 1; i--) {
		uint64_t random;
		random_bytes(&random, sizeof random);
		size_t j = random % i;
		__builtin_memcpy(other, at + j * size, size);
		__builtin_memmove(at + j * size, at + (i - 1) * size, size);
		__builtin_memcpy(at + (i - 1) * size, other, size);
	}
}

static str random_name(struct ctx *c)
{
	unsigned char bytes[16];
	random_bytes(bytes, sizeof bytes);
	return hex_of(c->arena, bytes, sizeof bytes);
}

/* NOT_FOUND of a key: the database was put back without it, and what it sealed is lost. */
static enum status row_open(struct ctx *c, str sealing_key, int64_t cell, str sealed, list *given, list *begun)
{
	struct opened o = { .cell = cell };
	str plain;
	enum status s = seal_get(c, sealing_key, SEALED_ABOUT, sealed, &plain);
	if (s == NOT_FOUND)
		return OK;
	TRY(s);
	TRY(draft_read(c, plain, &o.person, &o.draft));
	*list_add(c->arena, o.draft.given ? given : begun, struct opened) = o;
	return OK;
}

static enum status cell_open(struct ctx *c, const struct survey_cell *cell, list *given, list *begun)
{
	list rows = { 0 };
	TRY(store_all(c, sealed_of_cell, (&(struct survey_cell_key){ cell->round, cell->cell }), &rows));
	for (each(struct survey_sealed_row, row, rows))
		if (cell->sealing_key.len)
			TRY(row_open(c, cell->sealing_key, cell->cell, row->sealed, given, begun));
	return OK;
}

struct survey_sealed_open { int64_t cell; str sealed, sealing_key; };
RECORD(survey_sealed_open, FIELD(survey_sealed_open, cell), FIELD(survey_sealed_open, sealed, .max = 100000), FIELD(survey_sealed_open, sealing_key));

static enum status all_open(struct ctx *c, int64_t round, list *given, list *begun)
{
	list rows = { 0 };
	TRY(store_all(c, sealed_of_round, (&(struct by_id){ round }), &rows));
	for (each(struct survey_sealed_open, row, rows))
		TRY(row_open(c, row->sealing_key, row->cell, row->sealed, given, begun));
	return OK;
}

static int by_person(const void *a, const void *b)
{
	const struct survey_asked *x = a, *y = b;
	return (x->person > y->person) - (x->person < y->person);
}

static int by_place(const void *a, const void *b)
{
	const struct draft_answer *x = a, *y = b;
	return (x->place > y->place) - (x->place < y->place);
}

static bool is_text(const list *questions, int64_t place)
{
	for (each(struct survey_question, q, *questions))
		if (q->place == place)
			return str_eq(q->kind, S("text"));
	return false;
}

enum status answers_keep(struct ctx *c, list *responses, list *comments)
{
	for (each(struct survey_response, x, *responses))
		x->name = random_name(c);
	for (each(struct survey_comment, x, *comments))
		x->name = random_name(c);
	shuffle(responses, sizeof(struct survey_response), c->arena);
	shuffle(comments, sizeof(struct survey_comment), c->arena);
	if (responses->count)
		TRY(store_run_each(c, response_add, responses));
	return comments->count ? store_run_each(c, comment_add, comments) : OK;
}

/* Their answers, apart from their remarks, apart from who they are. */
static enum status opened_move(struct ctx *c, int64_t round, list *batch)
{
	list questions = { 0 }, responses = { 0 }, comments = { 0 }, marks = { 0 };
	TRY(store_all(c, questions_of, (&(struct by_id){ round }), &questions));
	for (each(struct opened, o, *batch)) {
		str given = S("");
		list_sort(c->arena, &o->draft.answers, struct draft_answer, by_place);
		for (each(struct draft_answer, a, o->draft.answers)) {
			if (!is_text(&questions, a->place))
				given = text_format(c->arena, S_FMT "%s%lld=" S_FMT, S_ARG(given), given.len ? ";" : "", (long long)a->place, S_ARG(a->value));
			else if (a->value.len)
				*list_add(c->arena, &comments, struct survey_comment) = (struct survey_comment){ S(""), round, o->cell, a->place, a->quote, a->value };
		}
		*list_add(c->arena, &responses, struct survey_response) = (struct survey_response){ S(""), round, o->cell, given };
		*list_add(c->arena, &marks, struct survey_asked) = (struct survey_asked){ .round = round, .person = o->person };
	}
	list_sort(c->arena, &marks, struct survey_asked, by_person);
	TRY(answers_keep(c, &responses, &comments));
	return store_run_each(c, asked_took_part, &marks);
}

/* ---- Keys that sealed what has been moved ---- */

JOB(survey_keys_destroy, nothing)
{
	(void)in;
	list all = { 0 };
	TRY(store_all(c, spent_all, NOTHING, &all));
	for (each(struct survey_spent, s, all)) {
		TRY(seal_key_destroy(c, s->sealing_key));
		TRY(store_run(c, spent_remove, s, NULL));
	}
	store_forget(c);
	return OK;
}

static enum status key_spend(struct ctx *c, str sealing_key)
{
	TRY(store_run(c, spent_add, (&(struct survey_spent){ sealing_key }), NULL));
	store_forget(c);
	return job_add(c, survey_keys_destroy, NOTHING, c->now);
}

/* ---- While open ---- */

static enum status seal_again(struct ctx *c, const struct survey_round *r, struct survey_cell *cell, const list *left)
{
	list rows = { 0 };
	str old = cell->sealing_key;
	TRY(seal_key_make(c, &cell->sealing_key));
	for (each(struct opened, o, *left)) {
		struct survey_sealed_row *row = list_add(c->arena, &rows, struct survey_sealed_row);
		row->round = r->id;
		row->cell = cell->cell;
		TRY(seal_name(c, cell->sealing_key, sealed_who(c, r->id, o->person), &row->name));
		TRY(seal_put(c, cell->sealing_key, SEALED_ABOUT, draft_write(c, o->person, &o->draft), (size_t)r->seal_bytes, &row->sealed));
	}
	TRY(store_run(c, sealed_remove_cell, (&(struct survey_cell_key){ r->id, cell->cell }), NULL));
	shuffle(&rows, sizeof(struct survey_sealed_row), c->arena);
	TRY(store_run_each(c, sealed_put, &rows));
	TRY(store_run(c, cell_key_put, cell, NULL));
	return key_spend(c, old);
}

enum status mix_cell(struct ctx *c, const struct survey_round *r, int64_t number)
{
	struct survey_cell cell = { 0 };
	list given = { 0 }, left = { 0 };
	size_t batch = r->least > BATCH_LEAST ? (size_t)r->least : BATCH_LEAST;
	TRY(store_one(c, cell_by_key, (&(struct survey_cell_key){ r->id, number }), &cell));
	TRY(cell_open(c, &cell, &given, &left));
	if (given.count < 2 * batch)
		return OK;
	shuffle(&given, sizeof(struct opened), c->arena);
	for (size_t i = 0; i < batch; i++)
		*list_add(c->arena, &left, struct opened) = *list_item(given, struct opened, given.count - 1 - i);
	given.count -= batch;
	TRY(opened_move(c, r->id, &given));
	return seal_again(c, r, &cell, &left);
}

/* ---- At closing ---- */

static int64_t cell_for(struct ctx *c, list *cells, const struct place *p, int64_t round, list *fresh)
{
	int64_t highest = -1;
	for (each(struct survey_cell, k, *cells)) {
		if (k->unit == p->unit && k->role == p->role)
			return k->cell;
		highest = k->cell > highest ? k->cell : highest;
	}
	struct survey_cell added = { .round = round, .cell = highest + 1, .unit = p->unit, .role = p->role };
	*list_add(c->arena, cells, struct survey_cell) = added;
	*list_add(c->arena, fresh, struct survey_cell) = added;
	return added.cell;
}

/* No batch may be told from another afterwards: all answers of the round once more, under other names, in another order. */
static enum status all_again(struct ctx *c, int64_t round)
{
	struct by_id key = { round };
	list responses = { 0 }, comments = { 0 }, asked = { 0 };
	TRY(store_all(c, responses_of, &key, &responses));
	TRY(store_all(c, comments_of, &key, &comments));
	TRY(store_all(c, asked_all, &key, &asked));
	TRY(store_run(c, responses_remove, &key, NULL));
	TRY(store_run(c, comments_remove, &key, NULL));
	TRY(store_run(c, asked_remove, &key, NULL));
	TRY(answers_keep(c, &responses, &comments));
	store_forget(c);
	return asked.count ? store_run_each(c, asked_again, &asked) : OK;
}

enum status mix_waiting(struct ctx *c, int64_t round, int64_t *given)
{
	list waiting = { 0 }, begun = { 0 };
	TRY(all_open(c, round, &waiting, &begun));
	*given = (int64_t)waiting.count;
	return OK;
}

enum status mix_rest(struct ctx *c, struct survey_round *r)
{
	struct by_id key = { r->id };
	list cells = { 0 }, given = { 0 }, begun = { 0 }, fresh = { 0 };
	size_t batch = r->least > BATCH_LEAST ? (size_t)r->least : BATCH_LEAST;
	TRY(store_all(c, cells_of, &key, &cells));
	TRY(all_open(c, r->id, &given, &begun));
	struct place *places = arena_array_of(c->arena, struct place, given.count + 1);
	for (size_t i = 0; i < given.count; i++)
		for (each(struct survey_cell, k, cells))
			if (k->cell == list_item(given, struct opened, i)->cell)
				places[i] = (struct place){ k->unit, k->role };
	TRY(places_coarsen(c, places, given.count, (int64_t)batch));
	if (given.count < batch) {
		r->lost = (int64_t)given.count;                /* too few to go unseen: not counted, and said so */
	} else {
		for (size_t i = 0; i < given.count; i++)
			list_item(given, struct opened, i)->cell = cell_for(c, &cells, &places[i], r->id, &fresh);
		if (fresh.count)
			TRY(store_run_each(c, cell_add, &fresh));
		TRY(opened_move(c, r->id, &given));
	}
	TRY(store_run(c, sealed_remove_round, &key, NULL));
	for (each(struct survey_cell, k, cells))
		if (k->sealing_key.len) {
			TRY(key_spend(c, k->sealing_key));
			k->sealing_key = (str){ 0 };
			TRY(store_run(c, cell_key_put, k, NULL));
		}
	if (r->link_key.len) {                                 /* links by mail are at their end, too */
		TRY(key_spend(c, r->link_key));
		r->link_key = (str){ 0 };
		TRY(store_run(c, round_mail_put, r, NULL));
	}
	return all_again(c, r->id);
}
