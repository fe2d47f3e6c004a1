/* test_many.c - a large file of ratings: the same as many small ones to the last bit, unseen until it is done, and gone when it dies. */
#include "world.h"
#include "imports/inside.h"
#include "store/store.h"

enum { ROWS = 6200 };

/* What the shell does with a file, in the same order; `parts`: it dies after so many transactions. */
struct taking { struct import_wish wish; struct import *im; };

static enum status begin_body(struct ctx *c, void *of) { return import_begin(c, ((struct taking *)of)->im); }
static enum status check_body(struct ctx *c, void *of) { return import_check(c, ((struct taking *)of)->im); }
static enum status clear_body(struct ctx *c, void *of) { return import_clear(c, of); }

static enum status write_body(struct ctx *c, void *of)
{
	struct import *im = ((struct taking *)of)->im;
	return import_write(c, im, im->part == 0);
}

static enum status after_body(struct ctx *c, void *of)
{
	struct import *im = ((struct taking *)of)->im;
	im->more = false;
	return im->kind->after(c, im);
}

static enum status in_parts(struct app *a, struct ctx *c, struct taking *t, enum status (*body)(struct ctx *c, void *of), int parts)
{
	t->im->part = 0;
	do {
		TRY(store_write_now(a->store, c, body, t));
		t->im->part++;
	} while (t->im->more && t->im->part < parts);
	return OK;
}

static struct ctx context(struct app *a)
{
	struct ctx c = { .arena = a->arena, .now = clock_now(), .language = EN, .request_id = S("test") };
	c.today = instant_date(c.now);
	c.me.unprotected = true;
	return c;
}

static enum status steps(struct app *a, struct ctx *c, struct taking *t, int parts)
{
	TRY(store_read(a->store, 0, c, begin_body, t));
	TRY(import_read(c, t->im));
	TRY(import_verdict(c, t->im, W(imports_wrong)));
	TRY(store_read(a->store, 0, c, check_body, t));
	TRY(in_parts(a, c, t, write_body, parts));
	return t->im->more ? OK : in_parts(a, c, t, after_body, parts);
}

static enum status take_many(struct app *a, str csv, int parts, struct import_count *count, int64_t *id)
{
	struct ctx c = context(a);
	struct taking t = { .wish = { .kind = import_kind_find(S("ratings")), .store = a->store, .file = S("many.csv"), .bytes = csv } };
	enum status status = import_open(&c, &t.wish, &t.im);
	assert_int_equal(status, OK);
	assert_true(t.im->large);
	status = steps(a, &c, &t, parts);
	*count = t.im->count;
	*id = t.im->id;
	import_close(t.im);
	return status;
}

struct piece { str csv; struct import_count count; };

static enum status piece_body(struct ctx *c, void *of)
{
	struct piece *p = of;
	return import_text(c, S("ratings"), S("piece.csv"), p->csv, &p->count);
}

static const char head[] = "person_id,skill,level,source,rater_id,day,note,context\n";

/* Rows in no order, some of them twice, some by raters that nobody knows. */
static str row_of(struct app *a, unsigned i)
{
	static const char *const people[] = { ANNA, BAS, CARLA, DIRK }, *const skills[] = { "Luisteren", "Writing", "plannen" };
	static const char *const sources[] = { "self", "lead", "peer", "test", "peer" };
	if (i && i % 13 == 0)
		i--;                                           /* the row before once more */
	unsigned h = i * 2654435761u >> 8;
	const char *person = people[h % 4], *source = sources[h / 4 % 5];
	bool peer = !strcmp(source, "peer");
	return text_format(a->arena, "%s,%s,%u,%s,%s%.0u,2025-%02u-%02u,%s,project %u\n", person, skills[h / 20 % 3], 1 + h / 60 % 5, source,
		!strcmp(source, "lead") ? LEAD : peer ? "rater" : "", peer ? 1 + h / 300 % 50 : 0, 1 + i % 3, 1 + h / 3600 % 5,
		i % 11 ? "" : "Een toelichting", i % 5 ? i : i / 5);
}

static str csv_of(struct app *a, unsigned from, unsigned until)
{
	struct buffer b = { 0 };
	buffer_add(&b, str_of(head));
	for (unsigned i = from; i < until; i++)
		buffer_add(&b, row_of(a, i));
	str csv = text_copy(a->arena, buffer_text(&b));
	buffer_done(&b);
	return csv;
}

static str sums_but(struct app *a, const char *const tables[])
{
	struct buffer b = { 0 };
	str sums = app_sums(a), line;
	while (str_cut(sums, '\n', &line, &sums) || line.len) {
		bool wanted = true;
		for (int i = 0; tables[i]; i++)
			wanted &= !str_starts(line, str_of(tables[i]));
		if (wanted)
			buffer_add_format(&b, S_FMT "\n", S_ARG(line));
		if (!sums.len)
			break;
	}
	str kept = text_copy(a->arena, buffer_text(&b));
	buffer_done(&b);
	return kept;
}

static str sum_of(struct app *a, const char *table)
{
	str sums = app_sums(a), line;
	while (sums.len) {
		str_cut(sums, '\n', &line, &sums);
		if (str_starts(line, str_of(table)))
			return line;
	}
	return (str){ 0 };
}

/* The same rows through the path of small files and through that of large ones: equal estimates, bit by bit. */
static void large_is_many_small_ones(void **state)
{
	struct app *a = *state;
	struct import_count n;
	int64_t id;
	world(a);
	str whole = csv_of(a, 0, ROWS);
	assert_int_equal(take_many(a, whole, 1000, &n, &id), OK);
	assert_int_equal(n.added, ROWS);
	str large = sum_of(a, "estimate ");
	assert_true(large.len > 0);
	struct answer seen = call(a, LEARNER, "person_skills", "id=3", NULL);
	sql(a, "delete from estimate");
	sql(a, "delete from rating");
	int64_t added = 0;
	for (unsigned i = 0; i < ROWS; i += 3100) {
		struct ctx c = context(a);
		struct piece p = { .csv = csv_of(a, i, i + 3100) };
		assert_int_equal(store_write_now(a->store, &c, piece_body, &p), OK);
		added += p.count.added;
	}
	assert_int_equal(added, ROWS);
	assert_int_equal(take_many(a, whole, 1000, &n, &id), OK);
	assert_int_equal(n.added, 0);
	assert_int_equal(n.same, ROWS);
	str small = sum_of(a, "estimate ");
	if (!str_eq(small, large))
		print_message("large: " S_FMT "\nsmall: " S_FMT "\n", S_ARG(large), S_ARG(small));
	assert_true(str_eq(small, large));
	assert_true(str_eq(seen.json, call(a, LEARNER, "person_skills", "id=3", NULL).json));
	/* And as a full pass over the ratings finds them. */
	assert_answer(call(a, "unprotected", "estimates_refresh", NULL), OK);
	assert_true(str_eq(sum_of(a, "estimate "), large));
}

static void the_same_again_writes_nothing(void **state)
{
	struct app *a = *state;
	struct import_count n;
	int64_t id;
	world(a);
	str whole = csv_of(a, 0, ROWS);
	static const char *const but[] = { "import ", NULL };
	assert_int_equal(take_many(a, whole, 1000, &n, &id), OK);
	str before = sums_but(a, but);
	assert_int_equal(take_many(a, whole, 1000, &n, &id), OK);
	assert_int_equal(n.added, 0);
	assert_int_equal(n.same, ROWS);
	assert_true(str_eq(before, sums_but(a, but)));
	/* What was withdrawn is not brought back. */
	sql(a, "update rating set withdrawn = 1 where skill = 1");
	assert_int_equal(take_many(a, whole, 1000, &n, &id), OK);
	assert_int_equal(n.added, 0);
}

static void clear(struct app *a, int64_t id)
{
	struct ctx c = context(a);
	struct import left = { .kind = import_kind_find(S("ratings")), .id = id };
	do {
		assert_int_equal(store_write_now(a->store, &c, clear_body, &left), OK);
	} while (left.more);
}

/* Dies after its first part: nobody sees what it wrote, and the next one of its kind clears it away. */
static void what_died_was_never_there(void **state)
{
	struct app *a = *state;
	struct import_count n;
	int64_t id;
	struct world w = world(a);
	rate(a, LEAD, w.anna, TO_LISTEN, 2);
	static const char *const but[] = { "rater ", "look ", NULL };     /* names of raters may stay, and those who looked here did */
	str before = sums_but(a, but);
	struct answer team = call(a, LEAD, "my_team", NULL), gap = call(a, LEARNER, "gap_by_person", NULL), mine = call(a, ANNA, "my_skill_show", "skill=1", NULL);
	assert_int_equal(take_many(a, csv_of(a, 0, ROWS), 1, &n, &id), OK);
	assert_true(n.added > 0 && n.added < ROWS);
	assert_false(str_eq(before, sums_but(a, but)));        /* they are there */
	assert_true(str_eq(gap.json, call(a, LEARNER, "gap_by_person", NULL).json));
	assert_true(str_eq(team.json, call(a, LEAD, "my_team", NULL).json));
	assert_true(str_eq(mine.json, call(a, ANNA, "my_skill_show", "skill=1", NULL).json));
	clear(a, id);
	assert_true(str_eq(before, sums_but(a, but)));
	assert_int_equal(take_many(a, csv_of(a, 0, ROWS), 1000, &n, &id), OK);
	assert_int_equal(n.added, ROWS);
	assert_false(str_eq(gap.json, call(a, LEARNER, "gap_by_person", NULL).json));
}

/* Whichever query fails: after clearing all is as it was. Not every one is tried: they are some ten a part, and alike. */
static void all_or_nothing(void **state)
{
	struct app *a = *state;
	struct import_count n;
	int64_t id;
	struct world w = world(a);
	rate(a, LEAD, w.bas, TO_LISTEN, 4);
	static const char *const but[] = { "rater ", NULL };
	str before = sums_but(a, but), csv = csv_of(a, 0, ROWS);
	str owed = sum_of(a, "estimate_due ");
	int failed = 0;
	for (int q = 1; q < 60; q += 2) {
		store_fail_at(a->store, q);
		enum status status = take_many(a, csv, 1000, &n, &id);
		store_fail_at(a->store, 0);
		if (status == OK)
			break;
		failed++;
		if (id)
			clear(a, id);
		/* Once they stand they stand: what is believed is then owed, and paid by the job. */
		if (!str_eq(before, sums_but(a, but))) {
			assert_false(str_eq(owed, sum_of(a, "estimate_due ")));
			break;
		}
	}
	assert_true(failed > 8);
}

static int number_before(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* Whatever the order: rising, falling, equal, a saw, and one made to be bad. */
static void sorts_in_place(void **state)
{
	struct app *a = *state;
	for (int kind = 0; kind < 6; kind++)
		for (size_t count = 0; count < 3000; count = count * 2 + 1) {
			list l = { 0 };
			uint64_t sum = 0;
			for (uint32_t i = 0; i < count; i++) {
				uint32_t x = kind == 0 ? i : kind == 1 ? (uint32_t)count - i : kind == 2 ? 7 : kind == 3 ? i % 10 : kind == 4 ? i * 2654435761u : (i & 1 ? i : (uint32_t)count - i);
				*list_add(a->arena, &l, uint32_t) = x;
				sum += x;
			}
			list_sort_in_place(&l, uint32_t, number_before);
			for (size_t i = 1; i < count; i++)
				assert_true(*list_item(l, uint32_t, i - 1) <= *list_item(l, uint32_t, i));
			for (each(uint32_t, x, l))
				sum -= *x;
			assert_true(sum == 0);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(large_is_many_small_ones), app_test(the_same_again_writes_nothing), app_test(what_died_was_never_there),
		app_test(all_or_nothing), app_test(sorts_in_place) };
	return run_on_engines("ratings: many", tests);
}
