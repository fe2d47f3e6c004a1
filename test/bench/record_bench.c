/* record_bench.c - how long a thousand rows take as JSON and CSV, and back. */
#include <stdio.h>
#include <time.h>
#include "base/buffer.h"
#include "record/record.h"

struct row { int64_t id; str name, unit; double level; date since; bool shown; instant seen; money cost; };
RECORD(row,
	FIELD(row, id), FIELD(row, name), FIELD(row, unit), FIELD(row, level),
	FIELD(row, since), FIELD(row, shown), FIELD(row, seen), FIELD(row, cost));
struct rows { list rows; };
RECORD(rows, FIELD(rows, rows, .of = &row_record));

enum { ROWS = 1000, ROUNDS = 200 };

struct work { struct rows rows; struct buffer out; };

static double best_of(void (*work)(struct work *), struct work *w)
{
	double best = 1e9;
	for (int i = 0; i < ROUNDS; i++) {
		struct timespec from, to;
		clock_gettime(CLOCK_MONOTONIC, &from);
		work(w);
		clock_gettime(CLOCK_MONOTONIC, &to);
		double us = (double)(to.tv_sec - from.tv_sec) * 1e6 + (double)(to.tv_nsec - from.tv_nsec) / 1e3;
		best = us < best ? us : best;
	}
	return best;
}

static void write_json(struct work *w)
{
	buffer_clear(&w->out);
	record_write_json(&w->out, &rows_record, &w->rows);
}

static void read_json(struct work *w)
{
	struct ctx c = { .arena = arena_new() };
	struct rows back;
	if (record_read_json(&c, &rows_record, buffer_text(&w->out), &back) != OK)
		puts("not read");
	arena_free(c.arena);
}

static void write_csv(struct work *w)
{
	buffer_clear(&w->out);
	csv_write_head(&w->out, &row_record, false);
	for (each(struct row, r, w->rows.rows))
		csv_write_row(&w->out, &row_record, r, false);
}

static void fill(struct arena *a, struct work *w, bool sevenths)
{
	w->rows = (struct rows){ 0 };
	for (int i = 0; i < ROWS; i++)
		*list_add(a, &w->rows.rows, struct row) = (struct row){ i + 1, text_format(a, "Medewerker %d", i), S("Wonen en wijken"),
			sevenths ? (i + 1) / 7.0 : i % 50 / 10.0, date_of(2026, 1 + i % 12, 1 + i % 28), i % 3 == 0,
			{ 1795468623000 + i * 61000 }, { i * 1250 } };
}

int main(void)
{
	struct arena *a = arena_new();
	struct work w = { 0 };
	fill(a, &w, false);
	printf("JSON written, %d rows of 8 fields: %5.0f us\n", ROWS, best_of(write_json, &w));
	printf("JSON read, %zu bytes:            %5.0f us\n", w.out.len, best_of(read_json, &w));
	printf("CSV written:                        %5.0f us\n", best_of(write_csv, &w));
	fill(a, &w, true);
	printf("JSON written, reals of 17 digits:   %5.0f us\n", best_of(write_json, &w));
	buffer_done(&w.out);
	arena_free(a);
	return 0;
}
