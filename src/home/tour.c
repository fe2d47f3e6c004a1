/* tour.c - five steps through a demonstration; the texts are in tours.csv. */
#include "tour.h"
#include "home.sql.h"
#include "home.words.h"
#include "home_tours.csv.h"
#include "accounts/accounts.h"
#include "table/table.h"
#include "web/operation.h"
#include "web/web.h"

struct tour_state { int64_t step; bool over; };
struct tour_form { int64_t step; };
RECORD(tour_state, FIELD(tour_state, step), FIELD(tour_state, over));
RECORD(tour_form, FIELD(tour_form, step, .min = 0, .max = 20));

enum { PERSON, STEP, PAGE, ABOUT, TEXT_NL, TEXT_EN };

static str kind_of(unsigned held)
{
	return held & ADMINISTRATOR ? S("administrator") : held & COUNCIL ? S("council") : held & BOARD ? S("board")
		: held & LEARNING ? S("learning") : held & LEAD ? S("lead") : S("employee");
}

static str path_of(struct ctx *c, str page)
{
	return str_eq(page, S("today")) ? S("/") : text_format(c->arena, "/" S_FMT, S_ARG(page));
}

enum status tour_load(struct ctx *c, struct tour *out)
{
	struct tour_state state = { 0 };
	bool found;
	*out = (struct tour){ 0 };
	if (!web_is_demo(c))
		return OK;
	TRY(store_find(c, tour_now, NOTHING, &state, &found));
	if (state.over)
		return OK;
	struct table *t;
	struct table_row row;
	enum status s;
	TRY(table_open(c, S("tours.csv"), (str){ (const char *)tours_csv, sizeof tours_csv }, (struct table_limits){ 0 }, &t));
	while ((s = table_next(c, t, &row)) == OK) {
		if (!str_eq(row.cells[PERSON], kind_of(c->me.roles)))
			continue;
		if (out->steps++ == state.step) {
			out->step = state.step + 1;
			out->text = text_copy(c->arena, row.cells[c->language == NL ? TEXT_NL : TEXT_EN]);
			out->path = path_of(c, row.cells[PAGE]);
		}
	}
	table_close(t);
	return s == NOT_FOUND ? OK : s;
}

OPERATION(tour_next, tour_form, nothing,
	.route = "POST /tour",
	.allow = "signed-in",
	.effect = WRITES,
	.then = "/",
	.doc = "Goes to a step of the tour of a demonstration.")
{
	(void)out;
	return store_run(c, tour_move, in, NULL);
}

OPERATION(tour_stop, nothing, nothing,
	.route = "POST /tour/stop",
	.allow = "signed-in",
	.effect = WRITES,
	.then = "/",
	.doc = "Puts the tour away.")
{
	(void)in;
	(void)out;
	return store_run(c, tour_end, NOTHING, NULL);
}
