/* mine.c - what tools recorded about me: every statement, from whom, who can read it, and which tools looked. */
#include "client.h"
#include "export.h"
#include "mine.h"
#include "store.h"
#include "xapi.h"
#include "xapi.sql.h"
#include "xapi.words.h"
#include "view/view.words.h"
#include "web/audit.h"
#include "web/operation.h"
#include <math.h>

enum { LINES = 50, TEXT_SHOWN_MAX = 20000 };

struct tool_looked { int64_t person; str operation; };
RECORD(tool_looked, FIELD(tool_looked, person), FIELD(tool_looked, operation));

enum status tool_looked(struct ctx *c, int64_t actor)
{
	struct person_number who = { 0 };
	struct count today = { 0 };
	bool known;
	if (!actor || !c->me.client)
		return OK;
	TRY(store_find(c, actor_whose, (&(const struct actor_row){ .id = actor }), &who, &known));
	if (!known)
		return OK;
	TRY(store_one(c, tool_looked_today, (&(const struct tool_looked){ who.person, text_format(c->arena, "xapi_statements_get:%lld", (long long)c->me.client) }), &today));
	if (!today.count)
		looked_at(c, who.person);
	return OK;
}

struct record_mine_query { int64_t before; };
struct record_mine_line { instant made; str what, with, source, text; int64_t minutes; bool acting, voided, longer; };
struct record_mine_reader { str name, purpose; instant ends; };
struct tool_look { str name; date day; int64_t times; };
struct record_mine_page { int64_t total, next; list lines, readers, looks, identifiers; bool first; };
RECORD(record_mine_query, FIELD(record_mine_query, before, .min = 0));
RECORD(record_mine_line, FIELD(record_mine_line, made), FIELD(record_mine_line, what), FIELD(record_mine_line, with), FIELD(record_mine_line, source), FIELD(record_mine_line, text, .max = TEXT_SHOWN_MAX + 10),
	FIELD(record_mine_line, minutes, .optional = true), FIELD(record_mine_line, acting), FIELD(record_mine_line, voided), FIELD(record_mine_line, longer));
RECORD(record_mine_reader, FIELD(record_mine_reader, name), FIELD(record_mine_reader, purpose, .max = 1000), FIELD(record_mine_reader, ends));
RECORD(tool_look, FIELD(tool_look, name), FIELD(tool_look, day), FIELD(tool_look, times));
RECORD(record_mine_page, FIELD(record_mine_page, total), FIELD(record_mine_page, next, .optional = true), FIELD(record_mine_page, lines, .of = &record_mine_line_record), FIELD(record_mine_page, readers, .of = &record_mine_reader_record),
	FIELD(record_mine_page, looks, .of = &tool_look_record), FIELD(record_mine_page, identifiers, .of = &identifier_record), FIELD(record_mine_page, first));
#include "xapi_mine.html.h"

static str text_shown(str text)
{
	size_t len = text.len < TEXT_SHOWN_MAX ? text.len : TEXT_SHOWN_MAX;
	while (len && len < text.len && ((unsigned char)text.at[len] & 0xC0) == 0x80)
		len--;
	return str_until(text, len);
}

static enum status readers_fill(struct ctx *c, list *out)
{
	list clients = { 0 };
	TRY(store_all(c, xapi_client_list, NOTHING, &clients));
	for (each(struct xapi_client_row, r, clients)) {
		bool works = !r->revoked.ms && r->confirmed.ms && (!r->ends.ms || r->ends.ms > c->now.ms);
		if (works && xapi_reads_all(r->scopes))
			*list_add(c->arena, out, struct record_mine_reader) = (struct record_mine_reader){ r->name, r->purpose, r->ends };
	}
	return OK;
}

OPERATION(record_mine_show, record_mine_query, record_mine_page,
	.route = "GET /about-me/record",
	.allow = "self.keep",
	.page = mine_html,
	.csv = "lines",
	.lenient = true,
	.doc = "What tools recorded about me, the newest first, fifty at a time; which tools can read it, and which did. `before`: the number in `next` of the page before.")
{
	list lines = { 0 }, names = { 0 };
	if (!c->me.person)
		return refuse(c, CONFLICT, "no-person", W(xapi_mine_no_person));
	TRY(xapi_statements_count(c, c->me.person, &out->total));
	TRY(xapi_statements_of_person(c, &(const struct statements_wanted){ c->me.person, in->before, LINES + 1 }, &lines));
	TRY(store_all(c, client_names, NOTHING, &names));
	for (each(struct statement_line, l, lines)) {
		if (out->lines.count == LINES) {
			out->next = list_item(lines, struct statement_line, LINES - 1)->stored;
			break;
		}
		*list_add(c->arena, &out->lines, struct record_mine_line) = (struct record_mine_line){ l->made, thing_name(l->verb_name, l->verb), l->client || l->activity_name.len ? thing_name(l->activity_name, l->activity) : (str){ 0 },
			source_name(c, &names, l->client), text_shown(l->text), isnan(l->seconds) ? 0 : (int64_t)llround(l->seconds / 60), l->acting, l->voided, l->text.len > TEXT_SHOWN_MAX };
	}
	out->first = !in->before;
	TRY(readers_fill(c, &out->readers));
	TRY(store_all(c, tools_looking, NOTHING, &out->looks));
	return xapi_identifiers_of_person(c, c->me.person, &out->identifiers);
}
