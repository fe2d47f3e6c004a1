/* test_store.c - what both engines must answer alike: values, rows, errors, transactions, revisions. */
#include "fresh.h"
#include "sample.h"
#include "sample.sql.h"
#include "sweep.h"
#include <math.h>
#include <string.h>

static const struct schema *const schemas[] = { &sample_schema, NULL };
#include "engines.h"

#define TEXT_IS(s, expected) assert_true(str_eq((s), S(expected)))

static struct box box_of(const char *code)
{
	return (struct box){ .code = str_of(code), .size = NAN, .price = { 100 }, .weight = 1 };
}

/* ---- Bodies ---- */

static enum status add(struct ctx *c, void *of)
{
	struct box *b = of;
	struct by_id id;
	TRY(store_one(c, box_add, b, &id));
	b->id = id.id;
	return OK;
}

static enum status load(struct ctx *c, void *of)
{
	struct box *b = of;
	return store_one(c, box_load, &(struct by_id){ b->id }, b);
}

static enum status count(struct ctx *c, void *of)
{
	return store_one(c, box_count, NOTHING, (struct count *)of);
}

static int64_t boxes(struct fresh *f)
{
	struct count n;
	assert_int_equal(store_read(f->store, 0, &f->c, count, &n), OK);
	return n.count;
}

static void add_ok(struct fresh *f, struct box *b)
{
	assert_int_equal(store_write_now(f->store, &f->c, add, b), OK);
}

/* ---- Values ---- */

static void assert_same(struct fresh *f, struct box b)
{
	add_ok(f, &b);
	struct box r = { .id = b.id };
	assert_int_equal(store_read(f->store, 1, &f->c, load, &r), OK);
	assert_true(str_eq(r.code, b.code));
	assert_true(str_eq(r.name, b.name) && !r.name.at == !b.name.at);
	assert_memory_equal(&r.size, &b.size, sizeof r.size);
	assert_int_equal(r.open, b.open);
	assert_int_equal(r.made.ms, b.made.ms);
	assert_int_equal(r.day.day, b.day.day);
	assert_int_equal(r.price.cents, b.price.cents);
	assert_int_equal(r.weight, b.weight);
	assert_true(str_eq(r.content, b.content) && !r.content.at == !b.content.at);
	assert_int_equal(r.inside, b.inside);
	assert_int_equal(r.labels.count, 0);
}

static void values_come_back_as_they_went(void **state)
{
	struct fresh *f = *state;
	static const double reals[] = { 0.1, -1e308, 5e-324, 3, 1.0 / 3, 1e16 + 2 };
	for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
		assert_same(f, (struct box){ .code = text_format(f->c.arena, "r%zu", i), .size = reals[i] });
	assert_same(f, (struct box){ .code = S("nothing"), .size = NAN });
	assert_same(f, (struct box){ .code = S(""), .name = S(""), .size = 0, .content = S("") });
	assert_same(f, (struct box){ .code = S("most"), .name = S("'\"; drop table box; -- \\ %_ Één façade \xF0\x9F\x99\x82"), .size = 2, .open = true,
		.made = { -1 }, .day = date_of(9999, 12, 31), .price = { INT64_MIN }, .weight = INT64_MAX, .content = S("a\0b\xFF\\x\n") , .inside = 1 });
	assert_same(f, (struct box){ .code = S("first"), .size = 1, .day = date_of(1, 1, 1), .made = { INT64_MAX }, .price = { -1 } });
}

static enum status context_ask(struct ctx *c, void *of)
{
	return store_one(c, asked, NOTHING, (struct asked *)of);
}

static void the_context_gives_time_and_asker(void **state)
{
	struct fresh *f = *state;
	struct asked a;
	assert_int_equal(store_read(f->store, 0, &f->c, context_ask, &a), OK);
	assert_int_equal(a.now.ms, f->c.now.ms);
	assert_int_equal(a.today.day, f->c.today.day);
	assert_int_equal(a.me, 7);
	assert_int_equal(a.account, 5);
	f->c.me = (struct asker){ 0 };
	assert_int_equal(store_read(f->store, 0, &f->c, context_ask, &a), OK);
	assert_int_equal(a.me, 0);
}

static enum status sums_ask(struct ctx *c, void *of)
{
	return store_one(c, sums, NOTHING, (struct sums *)of);
}

static void sums_are_alike(void **state)
{
	struct fresh *f = *state;
	struct sums s;
	assert_int_equal(store_read(f->store, 0, &f->c, sums_ask, &s), OK);
	assert_int_equal(s.whole, 0);
	assert_true(isnan(s.mean));                /* of nothing */
	struct box a = box_of("a"), b = box_of("b");
	b.weight = 2;
	add_ok(f, &a);
	add_ok(f, &b);
	assert_int_equal(store_read(f->store, 0, &f->c, sums_ask, &s), OK);
	assert_int_equal(s.whole, 3);
	assert_true(s.mean == 1.5);
	assert_int_equal(s.most.cents, 100);
}

static enum status months_ask(struct ctx *c, void *of)
{
	return store_all(c, months, NOTHING, of);
}

static void months_count_alike(void **state)
{
	struct fresh *f = *state;
	list l;
	assert_int_equal(store_read(f->store, 0, &f->c, months_ask, &l), OK);
	assert_int_equal(l.count, 2);
	struct month *m = list_item(l, struct month, 1);
	TEXT_IS(m->month, "2026-02");
	assert_int_equal(m->late, 1);
	assert_int_equal(m->days, 2);
}

/* ---- Rows ---- */

struct listing { struct box_search search; list boxes; };

static enum status list_boxes(struct ctx *c, void *of)
{
	struct listing *l = of;
	return store_all(c, box_list, &l->search, &l->boxes);
}

static void lists_page_and_search_alike(void **state)
{
	struct fresh *f = *state;
	static const char *const names[] = { "b", "Z", "é", "a", NULL, "a", "B" };
	for (int i = 0; i < 7; i++) {
		struct box b = box_of(text_format(f->c.arena, i == 3 ? "50%%_%d" : "code-%d", i).at);
		b.name = str_of(names[i]);
		add_ok(f, &b);
	}
	struct listing l = { .search = { .rows = 100 } };
	assert_int_equal(store_read(f->store, 0, &f->c, list_boxes, &l), OK);
	assert_int_equal(l.boxes.count, 7);
	static const char *const sorted[] = { "", "B", "Z", "a", "a", "b", "é" };     /* none first, then by bytes */
	for (size_t i = 0; i < 7; i++)
		assert_true(str_eq(list_item(l.boxes, struct box, i)->name, str_of(sorted[i])));
	struct box *fourth = list_item(l.boxes, struct box, 3);
	l.search = (struct box_search){ .after_name = fourth->name, .after_id = fourth->id, .rows = 2 };
	assert_int_equal(store_read(f->store, 0, &f->c, list_boxes, &l), OK);
	assert_int_equal(l.boxes.count, 2);
	TEXT_IS(list_item(l.boxes, struct box, 0)->name, "a");
	l.search = (struct box_search){ .text = S("50\\%\\_%"), .rows = 100 };
	assert_int_equal(store_read(f->store, 0, &f->c, list_boxes, &l), OK);
	assert_int_equal(l.boxes.count, 1);
	l.search.text = S("CODE%");                /* like minds case, on both */
	assert_int_equal(store_read(f->store, 0, &f->c, list_boxes, &l), OK);
	assert_int_equal(l.boxes.count, 0);
}

static enum status find_body(struct ctx *c, void *of)
{
	struct box *b = of;
	bool found = true;
	TRY(store_find(c, box_find, &(struct box_code){ S("nowhere") }, b, &found));
	assert_false(found);
	assert_int_equal(store_one(c, box_load, &(struct by_id){ 999 }, b), NOT_FOUND);
	return OK;
}

static void what_is_not_there_leaves_the_result_untouched(void **state)
{
	struct fresh *f = *state;
	struct box b = box_of("mine");
	assert_int_equal(store_read(f->store, 0, &f->c, find_body, &b), OK);
	TEXT_IS(b.code, "mine");
	assert_int_equal(store_queries(&f->c), 2);
}

struct adding { int64_t rows, sum; bool nested; };

static enum status add_up(struct ctx *c, void *of, const void *out)
{
	struct adding *a = of;
	const struct by_id *row = out;
	a->rows++;
	a->sum += row->id;
	if (a->nested && row->id == 700) {
		struct count n;
		return store_one(c, box_count, NOTHING, &n);
	}
	if (row->id == 1500)
		return CONFLICT;
	return OK;
}

static enum status each_body(struct ctx *c, void *of)
{
	struct adding *a = of;
	size_t before = arena_size(c->arena);
	TRY(store_each(c, numbers, &(struct numbers_until){ 1200 }, add_up, a));
	assert_true(arena_size(c->arena) - before < 65536);
	return OK;
}

static enum status each_refused(struct ctx *c, void *of)
{
	return store_each(c, numbers, &(struct numbers_until){ 5000 }, add_up, of);
}

static void each_row_passes_by(void **state)
{
	struct fresh *f = *state;
	struct adding a = { .nested = true };
	assert_int_equal(store_read(f->store, 0, &f->c, each_body, &a), OK);
	assert_int_equal(a.rows, 1200);
	assert_int_equal(a.sum, 1200 * 1201 / 2);
	a = (struct adding){ 0 };
	assert_int_equal(store_read(f->store, 0, &f->c, each_refused, &a), CONFLICT);
	assert_int_equal(a.rows, 1500);
	assert_int_equal(boxes(f), 0);             /* the connection is fit for more */
}

static enum status two_rows_body(struct ctx *c, void *of)
{
	return store_one(c, two_rows, NOTHING, (struct by_id *)of);
}

static enum status wrong_fit_body(struct ctx *c, void *of)
{
	return store_one(c, wrong_fit, NOTHING, (struct by_id *)of);
}

static enum status wrong_column_body(struct ctx *c, void *of)
{
	return store_one(c, wrong_column, NOTHING, (struct by_id *)of);
}

static void faults_of_a_query_are_broken_and_say_where(void **state)
{
	struct fresh *f = *state;
	struct by_id id = { 42 };
	assert_int_equal(store_read(f->store, 0, &f->c, two_rows_body, &id), BROKEN);
	assert_non_null(strstr(broken_said, "two_rows gave a second row"));
	assert_int_equal(store_read(f->store, 0, &f->c, wrong_fit_body, &id), BROKEN);
	assert_non_null(strstr(broken_said, "wrong_fit: the value of id"));
	assert_int_equal(store_read(f->store, 0, &f->c, wrong_column_body, &id), BROKEN);
	assert_non_null(strstr(broken_said, "wrong_column gives a column unknown"));
	assert_int_equal(id.id, 42);
}

static void every_query_is_checked_against_its_records(void **state)
{
	struct fresh *f = *state;
	char why[400];
	for (int i = 0; sample_queries[i]; i++) {
		const char *name = sample_queries[i]->name;
		enum status status = store_prepare_check(f->store, sample_queries[i], why);
		bool wrong = !strcmp(name, "wrong_column") || (!strcmp(name, "wrong_fit") && f->engine == ON_POSTGRES);
		if (status != (wrong ? INVALID : OK))
			fail_msg("%s: %s", name, why);
	}
}

/* ---- Writing ---- */

static enum status run_body(struct ctx *c, void *of)
{
	struct box *b = of;
	int64_t changed = -1;
	TRY(store_run(c, box_weigh, (&(struct box_weight){ b->id, 4 }), &changed));
	assert_int_equal(changed, 1);
	TRY(store_run(c, box_weigh, (&(struct box_weight){ 999, 4 }), &changed));
	assert_int_equal(changed, 0);
	struct by_id id;
	TRY(store_one(c, box_put, b, &id));        /* on conflict do update returning */
	assert_int_equal(id.id, b->id);
	return store_one(c, box_load, &id, b);
}

static void run_says_how_many(void **state)
{
	struct fresh *f = *state;
	struct box b = box_of("a");
	add_ok(f, &b);
	assert_int_equal(store_write_now(f->store, &f->c, run_body, &b), OK);
	assert_int_equal(b.weight, 1);             /* what box_put brought */
}

static enum status run_each_body(struct ctx *c, void *of)
{
	return store_run_each(c, label_put, of);
}

static enum status labels_list(struct ctx *c, void *of)
{
	return store_all(c, label_list, NOTHING, of);
}

static void many_rows_go_at_once(void **state)
{
	struct fresh *f = *state;
	struct box b = box_of("a");
	add_ok(f, &b);
	list l = { 0 };
	assert_int_equal(store_write_now(f->store, &f->c, run_each_body, &l), OK);     /* none at all */
	for (int i = 0; i < 1000; i++)
		*list_add(f->c.arena, &l, struct label) = (struct label){ b.id, text_format(f->c.arena, "w%04d", i % 900) };
	f->c.queries = 0;
	assert_int_equal(store_write_now(f->store, &f->c, run_each_body, &l), OK);
	assert_int_equal(store_queries(&f->c), 1);
	list_item(l, struct label, 600)->box = 999;
	assert_int_equal(store_write_now(f->store, &f->c, run_each_body, &l), CONFLICT);
	assert_int_equal(store_read(f->store, 0, &f->c, labels_list, &l), OK);
	assert_int_equal(l.count, 900);
	TEXT_IS(list_item(l, struct label, 899)->word, "w0899");
}

struct refused { struct box box; struct label label; char said[100]; enum status first; int go_on; };

static enum status keep_conflict(struct ctx *c, struct refused *r, enum status status)
{
	snprintf(r->said, sizeof r->said, S_FMT, S_ARG(store_conflict(c)));
	return status;
}

static enum status add_twice(struct ctx *c, void *of)
{
	struct refused *r = of;
	struct by_id id;
	TRY(store_one(c, box_add, &r->box, &id));
	return keep_conflict(c, r, store_one(c, box_add, &r->box, &id));
}

static enum status label_twice(struct ctx *c, void *of)
{
	struct refused *r = of;
	TRY(store_run(c, label_add, &r->label, NULL));
	return keep_conflict(c, r, store_run(c, label_add, &r->label, NULL));
}

static enum status label_nowhere(struct ctx *c, void *of)
{
	struct refused *r = of;
	return keep_conflict(c, r, store_run(c, label_add, (&(struct label){ 999, S("x") }), NULL));
}

static enum status too_light(struct ctx *c, void *of)
{
	struct refused *r = of;
	return keep_conflict(c, r, store_run(c, box_weigh, (&(struct box_weight){ r->box.id, -100 }), NULL));
}

static enum status without_code(struct ctx *c, void *of)
{
	struct by_id id;
	struct box b = *(struct box *)of;
	b.code = (str){ 0 };
	return store_one(c, box_add, &b, &id);
}

static void constraints_mean_the_same(void **state)
{
	struct fresh *f = *state;
	struct refused r = { .box = box_of("twice") };
	assert_int_equal(store_write_now(f->store, &f->c, add_twice, &r), CONFLICT);
	assert_string_equal(r.said, "box.code");
	assert_int_equal(boxes(f), 0);
	add_ok(f, &r.box);
	r.label = (struct label){ r.box.id, S("x") };
	assert_int_equal(store_write_now(f->store, &f->c, label_twice, &r), CONFLICT);
	assert_string_equal(r.said, "label.box, label.word");
	assert_int_equal(store_write_now(f->store, &f->c, label_nowhere, &r), CONFLICT);
	assert_string_equal(r.said, "foreign key");
	assert_int_equal(store_write_now(f->store, &f->c, too_light, &r), CONFLICT);
	assert_int_equal(store_write_now(f->store, &f->c, without_code, &r.box), BROKEN);   /* NOT NULL: our own fault */
	assert_int_equal(store_conflict(&f->c).len, 0);
}

static enum status goes_on(struct ctx *c, void *of)
{
	struct refused *r = of;
	r->first = add_twice(c, of);
	struct count n;
	return r->go_on ? store_one(c, box_count, NOTHING, &n) : OK;
}

static void nothing_follows_a_failure(void **state)
{
	struct fresh *f = *state;
	struct refused r = { .box = box_of("a") };
	for (r.go_on = 0; r.go_on < 2; r.go_on++) {
		assert_int_equal(store_write_now(f->store, &f->c, goes_on, &r), BROKEN);
		assert_int_equal(r.first, CONFLICT);
		assert_non_null(strstr(broken_said, "after a query had failed"));
		assert_int_equal(boxes(f), 0);
	}
}

static void a_reading_transaction_only_reads(void **state)
{
	struct fresh *f = *state;
	struct box b = box_of("a");
	assert_int_equal(store_read(f->store, 0, &f->c, add, &b), BROKEN);
	assert_non_null(strstr(broken_said, "writes in a reading transaction"));
	assert_int_equal(add(&f->c, &b), BROKEN);  /* no transaction at all */
	assert_non_null(strstr(broken_said, "outside a transaction"));
	assert_int_equal(boxes(f), 0);
}

static enum status nested(struct ctx *c, void *of)
{
	struct count n;
	return store_read(of, 0, c, count, &n);
}

static void transactions_do_not_nest(void **state)
{
	struct fresh *f = *state;
	assert_int_equal(store_read(f->store, 0, &f->c, nested, f->store), BROKEN);
	assert_int_equal(store_write_now(f->store, &f->c, nested, f->store), BROKEN);
}

/* ---- Revision ---- */

static enum status revision_read(struct ctx *c, void *of)
{
	*(int64_t *)of = store_revision(c);
	assert_int_equal(store_revision(c), *(int64_t *)of);       /* one snapshot, one revision */
	return OK;
}

static int64_t revision(struct fresh *f, struct store *s)
{
	int64_t n;
	assert_int_equal(store_read(s, 1, &f->c, revision_read, &n), OK);
	return n;
}

static void a_write_raises_the_revision(void **state)
{
	struct fresh *f = *state;
	struct store *other = fresh_open(f);
	struct box b = box_of("a");
	int64_t first = revision(f, f->store);
	add_ok(f, &b);
	int64_t second = revision(f, f->store);
	assert_true(second != first);
	b.code = S("b");
	assert_int_equal(store_write_now(other, &f->c, add, &b), OK);
	assert_true(revision(f, f->store) != second);              /* another process would be noticed as this other store is */
	store_close(other);
}

/* On PostgreSQL whatever else goes on in the server may raise it. */
static void nothing_else_raises_the_revision(void **state)
{
	struct fresh *f = *state;
	struct box b = box_of("a");
	add_ok(f, &b);
	int64_t before = revision(f, f->store);
	assert_int_equal(store_write_now(f->store, &f->c, add, &b), CONFLICT);
	assert_int_equal(store_write_now(f->store, &f->c, load, &b), OK);
	assert_int_equal(revision(f, f->store), before);
	struct store *other = fresh_open(f);
	assert_int_equal(revision(f, other), before);
	store_close(other);
}

/* ---- Faults ---- */

static enum status three_steps(struct ctx *c, void *of)
{
	struct box *b = of;
	struct by_id id;
	TRY(store_one(c, box_add, b, &id));
	TRY(store_run(c, label_put, (&(struct label){ id.id, S("a") }), NULL));
	return store_run(c, label_put, (&(struct label){ id.id, S("b") }), NULL);
}

static enum status rows_body(struct ctx *c, void *of)
{
	list l;
	struct count n;
	TRY(store_one(c, box_count, NOTHING, &n));
	TRY(store_all(c, label_list, NOTHING, &l));
	*(int64_t *)of = n.count * 1000 + (int64_t)l.count;
	return OK;
}

static int64_t rows_of(struct ctx *c, void *of)
{
	int64_t n = -1;
	assert_int_equal(store_read(of, 2, c, rows_body, &n), OK);
	return n;
}

static enum status swallows(struct ctx *c, void *of)
{
	(void)!three_steps(c, of);
	return OK;
}

static void a_fault_leaves_nothing(void **state)
{
	struct fresh *f = *state;
	struct box b = box_of("a");
	char why[400];
	assert_int_equal(sweep(f->store, &f->c, three_steps, &b, rows_of, f->store, why), 3);
	assert_int_equal(rows_of(&f->c, f->store), 1002);
	b.code = S("b");
	assert_int_equal(sweep(f->store, &f->c, swallows, &b, rows_of, f->store, why), 3);  /* a failure cannot be swallowed */
	assert_int_equal(rows_of(&f->c, f->store), 2004);
}

/* ---- Both engines ---- */

#define ON_BOTH(X) \
	X(values_come_back_as_they_went) X(the_context_gives_time_and_asker) X(sums_are_alike) X(months_count_alike) \
	X(lists_page_and_search_alike) X(what_is_not_there_leaves_the_result_untouched) X(each_row_passes_by) \
	X(faults_of_a_query_are_broken_and_say_where) X(every_query_is_checked_against_its_records) X(run_says_how_many) \
	X(many_rows_go_at_once) X(constraints_mean_the_same) X(nothing_follows_a_failure) X(a_reading_transaction_only_reads) \
	X(transactions_do_not_nest) X(a_write_raises_the_revision) X(a_fault_leaves_nothing)
#define ON_SQLITE_ONLY(X) X(nothing_else_raises_the_revision)

int main(void)
{
	RUN_ON_BOTH(ON_BOTH, ON_SQLITE_ONLY, NO_TESTS);
}
