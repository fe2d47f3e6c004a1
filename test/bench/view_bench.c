/* view_bench.c - how long a page with a table of fifty rows takes to write, and a form. */
#include "view_test.h"
#include "pages.h"
#include <time.h>

enum { ROWS = 50, ROUNDS = 20000 };

static double microseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void again(struct desk *d)
{
	arena_reset(d->c.arena);
	buffer_clear(&d->out);
	buffer_clear(&d->v.title);
	buffer_clear(&d->v.crumbs);
	d->v.forms = 0;
}

int main(void)
{
	static struct result groups[ROWS];
	static const str names[] = { { "Wonen & zorg", 12 }, { "Dagelijks onderhoud", 19 }, { "Klantcontact", 12 }, { "Financi\xC3\xABn", 10 }, { "Vastgoed", 8 } };
	static const struct person people[] = { { 3, { "Ada", 3 } }, { 4, { "Bo", 2 } } };
	for (int i = 0; i < ROWS; i++)
		groups[i] = (struct result){ names[i % 5], 40 + i * 37, .3 + i * .013, i % 7 != 0 };
	struct results r = { .survey = { .id = 7, .title = S("Najaar"), .url = S("/surveys/7"), .closes = date_of(2026, 11, 17) }, .share = .66, .groups = { groups, ROWS, ROWS } };
	struct survey s = { .id = 7, .title = S("Najaar"), .kind = S("open"), .closes = date_of(2026, 12, 1), .floor = 5, .weight = 1.5, .leader = 4,
		.people = { .at = (void *)(uintptr_t)people, .count = 2 } };
	struct desk d;
	desk_open(&d, NL);
	double best_page = 1e9, best_form = 1e9;
	size_t page_bytes = 0, form_bytes = 0;
	for (int i = 0; i < ROUNDS; i++) {
		again(&d);
		double from = microseconds();
		results_page(&d.v, &r);
		double took = microseconds() - from;
		best_page = took < best_page ? took : best_page;
		page_bytes = d.out.len;
		again(&d);
		from = microseconds();
		survey_form_page(&d.v, &s);
		took = microseconds() - from;
		best_form = took < best_form ? took : best_form;
		form_bytes = d.out.len;
	}
	printf("page, %d rows: %.1f us, %zu bytes\nform, 13 fields: %.1f us, %zu bytes\n", ROWS, best_page, page_bytes, best_form, form_bytes);
	desk_close(&d);
	return 0;
}
