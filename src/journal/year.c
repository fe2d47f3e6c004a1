/* year.c - a year of one's own log on one page, and all of it to take along. */
#include "log.h"
#include "base/buffer.h"
#include "web/operation.h"

struct year_query { int64_t year; };
struct year_month { date month; list entries; };
struct year_kind { str kind; int64_t entries; double hours; };
struct year_skill { int64_t skill, entries; str name; double hours; };
struct year_page { int64_t year, before, after, total, timed, shared; double hours; list months, kinds, skills; };
RECORD(year_query, FIELD(year_query, year, .min = 1950, .max = 9998));
RECORD(year_month, FIELD(year_month, month), FIELD(year_month, entries, .of = &journal_entry_record));
RECORD(year_kind, FIELD(year_kind, kind, .choices = journal_kinds), FIELD(year_kind, entries), FIELD(year_kind, hours));
RECORD(year_skill, FIELD(year_skill, skill), FIELD(year_skill, name), FIELD(year_skill, entries), FIELD(year_skill, hours));
RECORD(year_page, FIELD(year_page, year), FIELD(year_page, before, .optional = true), FIELD(year_page, after, .optional = true), FIELD(year_page, total),
	FIELD(year_page, timed), FIELD(year_page, shared), FIELD(year_page, hours), FIELD(year_page, months, .of = &year_month_record),
	FIELD(year_page, kinds, .of = &year_kind_record), FIELD(year_page, skills, .of = &year_skill_record));
#include "journal_entry_row.html.h"
#include "journal_year.html.h"

static struct year_month *month_of(struct ctx *c, struct year_page *page, date day)
{
	struct civil when = date_civil(day);
	date first = date_of(when.year, when.month, 1);
	if (page->months.count) {
		struct year_month *last = list_item(page->months, struct year_month, page->months.count - 1);
		if (!date_compare(last->month, first))
			return last;
	}
	struct year_month *m = list_add(c->arena, &page->months, struct year_month);
	m->month = first;
	return m;
}

static void skill_count(struct ctx *c, struct year_page *page, const struct journal_entry *e, double hours)
{
	if (!e->skill_name.len)
		return;
	for (each(struct year_skill, s, page->skills))
		if (s->skill == e->skill) {
			s->entries++;
			s->hours += hours;
			return;
		}
	*list_add(c->arena, &page->skills, struct year_skill) = (struct year_skill){ e->skill, 1, e->skill_name, hours };
}

static void entry_count(struct ctx *c, struct year_page *page, const struct journal_entry *e)
{
	double hours = isnan(e->hours) ? 0 : e->hours;
	page->total++;
	page->timed += !isnan(e->hours);
	page->shared += e->shared;
	page->hours += hours;
	for (each(struct year_kind, k, page->kinds))
		if (str_eq(k->kind, e->kind)) {
			k->entries++;
			k->hours += hours;
		}
	skill_count(c, page, e, hours);
	*list_add(c->arena, &month_of(c, page, e->day)->entries, struct journal_entry) = *e;
}

OPERATION(journal_year_show, year_query, year_page,
	.route = "GET /journal/year/{year}",
	.allow = "self.use",
	.page = year_html,
	.doc = "A year of one's own log: its entries by month, and how many by kind and skill.")
{
	list all = { 0 };
	TRY(journal_owner(c));
	TRY(entries_load(c, &all));
	out->year = in->year;
	for (const struct choice *k = journal_kinds; k->value.at; k++)
		*list_add(c->arena, &out->kinds, struct year_kind) = (struct year_kind){ .kind = k->value };
	for (each(struct journal_entry, e, all)) {
		int year = date_civil(e->day).year;
		if (e->closed)
			continue;
		if (year == in->year)
			entry_count(c, out, e);
		else if (year < in->year && year > out->before)
			out->before = year;
		else if (year > in->year)
			out->after = year;                             /* newest first: the last one seen is the nearest */
	}
	return OK;
}

/* ---- To take along ---- */

static const struct choice export_forms[] = { { S("json"), W(journal_export_json) }, { S("html"), W(journal_export_html) }, { 0 } };
struct export_query { str form; };
struct export_page { list entries; str language, name; date day; };
RECORD(export_query, FIELD(export_query, form, .choices = export_forms, .doc = "html as it is not said."));
RECORD(export_page, FIELD(export_page, entries, .of = &journal_entry_record), FIELD(export_page, name), FIELD(export_page, day));
#include "journal_export.html.h"

/* A page that stands by itself, on whatever machine it is opened. */
static void export_write(struct ctx *c, const struct export_page *page, struct buffer *b)
{
	struct view v = { .c = c, .language = c->language, .today = c->today };
	v.out = &v.body;
	export_html(&v, page);
	struct view head = { .c = c, .out = b };
	view_raw(&head, S("<!doctype html><html lang=\""));
	view_text(&head, page->language);
	view_raw(&head, S("\"><meta charset=\"utf-8\"><title>"));
	view_text(&head, buffer_text(&v.title));
	view_raw(&head, S("</title><h1>"));
	view_text(&head, buffer_text(&v.title));
	view_raw(&head, S("</h1>"));
	buffer_add(b, buffer_text(&v.body));
	view_done(&v);
}

OPERATION(journal_export, export_query, raw_reply,
	.route = "GET /journal/export",
	.allow = "self.use",
	.reply = RAW,
	.doc = "All of one's own log as a file: JSON for programs, HTML to read.")
{
	struct export_page page = { .day = c->today, .name = c->me.name, .language = c->language == NL ? S("nl") : S("en") };
	TRY(journal_owner(c));
	TRY(entries_load(c, &page.entries));
	str day = date_iso(c->arena, c->today);
	if (str_eq(in->form, S("json"))) {
		out->type = S("application/json");
		out->file = text_format(c->arena, "log-" S_FMT ".json", S_ARG(day));
		record_write_json(&out->body, &export_page_record, &page);
		return OK;
	}
	export_write(c, &page, &out->body);
	out->type = S("text/html; charset=utf-8");
	out->file = text_format(c->arena, "log-" S_FMT ".html", S_ARG(day));
	return OK;
}
