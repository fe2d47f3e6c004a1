/* instruments.c - the questions that come along, what each is for, and what it may not be used for. */
#include "inside.h"
#include "table/table.h"
#include "web/operation.h"
#include "surveys_instruments.csv.h"
#include "surveys_items.csv.h"

struct item_shown { str code, text_nl, text_en; bool reversed; };
struct instrument_shown { str key, name, purpose, scoring, not_for; list items; };
struct instruments_page { list instruments; int64_t questions; };
RECORD(item_shown, FIELD(item_shown, code), FIELD(item_shown, text_nl), FIELD(item_shown, text_en), FIELD(item_shown, reversed));
RECORD(instrument_shown, FIELD(instrument_shown, key), FIELD(instrument_shown, name), FIELD(instrument_shown, purpose), FIELD(instrument_shown, scoring),
	FIELD(instrument_shown, not_for), FIELD(instrument_shown, items, .of = &item_shown_record));
RECORD(instruments_page, FIELD(instruments_page, instruments, .of = &instrument_shown_record), FIELD(instruments_page, questions));
#include "surveys_instruments.html.h"

enum { KEY, NAME_NL, NAME_EN, PURPOSE_NL, PURPOSE_EN, SCORING_NL, SCORING_EN, NOT_NL, NOT_EN };
enum { CODE, INSTRUMENT, KIND, REVERSED, TEXT_NL, TEXT_EN };

static enum status rows_each(struct ctx *c, str name, str csv, void (*take)(struct ctx *c, const str *cells, list *out), list *out)
{
	struct table *t;
	struct table_row row;
	enum status s;
	TRY(table_open(c, name, csv, (struct table_limits){ 0 }, &t));
	while ((s = table_next(c, t, &row)) == OK)
		take(c, row.cells, out);
	table_close(t);
	return s == NOT_FOUND ? OK : s;                        /* which is what stands behind the last row */
}

static str kept(struct ctx *c, str cell)
{
	return text_copy(c->arena, cell);
}

static void instrument_take(struct ctx *c, const str *cells, list *out)
{
	int en = c->language == NL ? 0 : 1;
	*list_add(c->arena, out, struct instrument) = (struct instrument){ kept(c, cells[KEY]), kept(c, cells[NAME_NL + en]), kept(c, cells[PURPOSE_NL + en]),
		kept(c, cells[SCORING_NL + en]), kept(c, cells[NOT_NL + en]), { 0 } };
}

static void item_read(struct ctx *c, const str *cells, list *out)
{
	for (each(struct instrument, i, *out))
		if (str_eq(i->key, cells[INSTRUMENT]))
			*list_add(c->arena, &i->items, struct item) = (struct item){ kept(c, cells[CODE]), i->key, kept(c, cells[KIND]), kept(c, cells[TEXT_NL]),
				kept(c, cells[TEXT_EN]), str_eq(cells[REVERSED], S("1")) };
}

enum status instruments_load(struct ctx *c, list *out)
{
	TRY(rows_each(c, S("instruments.csv"), (str){ (const char *)instruments_csv, sizeof instruments_csv }, instrument_take, out));
	return rows_each(c, S("items.csv"), (str){ (const char *)items_csv, sizeof items_csv }, item_read, out);
}

OPERATION(instruments_show, nothing, instruments_page,
	.route = "GET /surveys/instruments",
	.allow = "surveys.read",
	.page = instruments_html,
	.lenient = true,
	.doc = "The questions that come along, in both languages, with what they are for and what they may not be used for.")
{
	(void)in;
	list all = { 0 };
	TRY(instruments_load(c, &all));
	for (each(struct instrument, i, all)) {
		struct instrument_shown shown = { i->key, i->name, i->purpose, i->scoring, i->not_for, { 0 } };
		for (each(struct item, q, i->items))
			*list_add(c->arena, &shown.items, struct item_shown) = (struct item_shown){ q->code, q->text_nl, q->text_en, q->reversed };
		out->questions += (int64_t)i->items.count;
		*list_add(c->arena, &out->instruments, struct instrument_shown) = shown;
	}
	return OK;
}
