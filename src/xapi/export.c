/* export.c - everything the learning record has of somebody, taken along: statements as they are kept (JSON) and to read (HTML), and documents. */
#include "erase.h"
#include "export.h"
#include "store.h"
#include "base/token.h"
#include "view/view.h"
#include "view/view.words.h"
#include "xapi.sql.h"
#include "xapi.words.h"
#include <math.h>

enum { AT_ONCE = 50, DOCUMENTS_AT_ONCE = 4 };

struct export_place { int64_t person, actor, wide, after, limit; bool english; };
struct export_document_place { str agent_kind, agent; int64_t after, limit; };
struct export_document { int64_t id; str kind, activity, registration, name, type; instant changed; str bytes; };
RECORD(export_place, FIELD(export_place, person), FIELD(export_place, actor), FIELD(export_place, wide), FIELD(export_place, after), FIELD(export_place, limit), FIELD(export_place, english));
RECORD(export_statement, FIELD(export_statement, stored), FIELD(export_statement, made), FIELD(export_statement, verb), FIELD(export_statement, verb_name), FIELD(export_statement, activity),
	FIELD(export_statement, activity_name), FIELD(export_statement, seconds), FIELD(export_statement, client), FIELD(export_statement, voided), FIELD(export_statement, acting),
	FIELD(export_statement, text));
RECORD(client_name, FIELD(client_name, id), FIELD(client_name, name));
RECORD(export_document_place, FIELD(export_document_place, agent_kind), FIELD(export_document_place, agent, .max = 4500), FIELD(export_document_place, after), FIELD(export_document_place, limit));
RECORD(export_document, FIELD(export_document, id), FIELD(export_document, kind), FIELD(export_document, activity), FIELD(export_document, registration), FIELD(export_document, name),
	FIELD(export_document, type), FIELD(export_document, changed), FIELD(export_document, bytes, .file = true));

str source_name(const struct ctx *c, const list *names, int64_t client)
{
	if (!client)
		return W(xapi_own_source)->text[c->language];
	for (each(struct client_name, n, *names))
		if (n->id == client)
			return n->name;
	return W(xapi_mine_gone_tool)->text[c->language];
}

str thing_name(str name, str iri)
{
	size_t at = iri.len;
	if (name.len)
		return name;
	while (at && iri.at[at - 1] != '/' && iri.at[at - 1] != '#' && iri.at[at - 1] != ':')
		at--;
	return at < iri.len ? str_from(iri, at) : iri;
}

/* ---- Walking: what they did, by each of their identifiers, then where else they are named ---- */

enum { WAYS = 3 };                                         /* acting, named closely (0), named widely (1) */

struct statements_walk {
	list actors, names;                                    /* of struct actor_row; of struct client_name */
	struct export_place place;
	size_t actor;
	int way;
	int64_t written;
	bool html, begun, ended;
	struct view view;
	struct buffer *into;
};

static void text_tag(struct view *v, const char *before, str text, const char *behind)
{
	view_raw(v, str_of(before));
	view_text(v, text);
	view_raw(v, str_of(behind));
}

static void row_write(struct ctx *c, struct statements_walk *w, const struct export_statement *s)
{
	struct view *v = &w->view;
	text_tag(v, "<tr><td>", text_of_instant(c, s->made), "</td>");
	text_tag(v, "<td>", s->acting ? W(xapi_mine_acting)->text[c->language] : W(xapi_mine_named)->text[c->language], "</td>");
	text_tag(v, "<td>", thing_name(s->verb_name, s->verb), "</td>");
	text_tag(v, "<td>", thing_name(s->activity_name, s->activity), "</td>");
	text_tag(v, "<td>", isnan(s->seconds) ? S("") : text_format(c->arena, "%lld", (long long)llround(s->seconds / 60)), "</td>");
	text_tag(v, "<td>", source_name(c, &w->names, s->client), "</td>");
	text_tag(v, "<td>", s->voided ? W(xapi_mine_voided)->text[c->language] : S(""), "</td>");
	text_tag(v, "<td><details><summary>JSON</summary><pre>", s->text, "</pre></details></td></tr>\n");
}

static enum status statement_out(struct ctx *c, void *of, const void *row)
{
	struct statements_walk *w = of;
	const struct export_statement *s = row;
	w->place.after = s->stored;
	w->written++;
	if (w->html) {
		row_write(c, w, s);
		return OK;
	}
	buffer_add(w->into, w->written > 1 ? S(",\n") : S("\n"));
	buffer_add(w->into, S("{\"acting\":"));
	buffer_add(w->into, s->acting ? S("true") : S("false"));
	buffer_add(w->into, s->voided ? S(",\"voided\":true") : S(",\"voided\":false"));
	buffer_add(w->into, S(",\"source\":"));
	json_write_text(w->into, source_name(c, &w->names, s->client));
	buffer_add(w->into, S(",\"statement\":"));
	buffer_add(w->into, s->text);
	buffer_add_char(w->into, '}');
	return OK;
}

static void head_write(struct ctx *c, struct statements_walk *w)
{
	static const struct word *const heads[] = { W(xapi_mine_when), W(xapi_mine_role), W(xapi_mine_what), W(xapi_mine_with), W(xapi_mine_minutes), W(xapi_mine_source),
		W(xapi_mine_state), W(xapi_mine_whole) };
	struct view *v = &w->view;
	text_tag(v, "<!doctype html>\n<html lang=\"", c->language == NL ? S("nl") : S("en"), "\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
	text_tag(v, "<title>", W(xapi_keeps_record)->text[c->language], "</title>\n");
	text_tag(v, "<h1>", W(xapi_keeps_record)->text[c->language], "</h1>\n");
	text_tag(v, "<p>", W(xapi_keeps_record_seen)->text[c->language], "</p>\n<table>\n<thead><tr>");
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		text_tag(v, "<th scope=\"col\">", heads[i]->text[c->language], "</th>");
	view_raw(v, S("</tr></thead>\n<tbody>\n"));
}

static enum status page_out(struct ctx *c, struct statements_walk *w)
{
	w->place.actor = list_item(w->actors, struct actor_row, w->actor)->id;
	w->place.wide = w->way - 1;
	int64_t before = w->written;
	TRY(w->way ? store_each(c, export_named, &w->place, statement_out, w) : store_each(c, export_acting, &w->place, statement_out, w));
	if (w->written - before == AT_ONCE)
		return OK;
	w->place.after = 0;
	w->actor += w->way == WAYS - 1;
	w->way = (w->way + 1) % WAYS;
	return OK;
}

static enum status statements_more(struct ctx *c, void *of, struct buffer *piece)
{
	struct statements_walk *w = of;
	w->into = piece;
	w->view = (struct view){ .c = c, .out = piece, .language = c->language, .today = c->today };
	if (!w->begun && w->html)
		head_write(c, w);
	else if (!w->begun)
		buffer_add(piece, S("["));
	w->begun = true;
	while (w->actor < w->actors.count && !piece->len)
		TRY(page_out(c, w));
	if (piece->len || w->ended)
		return OK;
	w->ended = true;
	buffer_add(piece, w->html ? S("</tbody>\n</table>\n</html>\n") : S("\n]\n"));
	return OK;
}

static str walk_add(struct ctx *c, struct keep_export *e, const struct statements_walk *as, bool html)
{
	struct statements_walk *w = arena_new_of(c->arena, struct statements_walk);
	*w = *as;
	w->html = html;
	return keep_export_stream(e, html ? S("record.html") : S("record.json"), statements_more, w);
}

enum status export_statements(struct ctx *c, const struct keep_person *who, struct keep_export *e, str *files)
{
	struct statements_walk w = { .place = { .person = who->person, .limit = AT_ONCE, .english = c->language == EN } };
	TRY(store_all(c, export_actors, who, &w.actors));
	TRY(store_all(c, client_names, NOTHING, &w.names));
	str html = walk_add(c, e, &w, true), json = walk_add(c, e, &w, false);
	*files = text_format(c->arena, S_FMT ", " S_FMT, S_ARG(html), S_ARG(json));
	return OK;
}

/* ---- Documents ---- */

struct documents_walk { list who; size_t at; struct export_document_place place; int64_t written; bool begun, ended; struct buffer *into; };

static enum status document_out(struct ctx *c, void *of, const void *row)
{
	struct documents_walk *w = of;
	const struct export_document *d = row;
	struct json j;
	struct json_fault fault;
	w->place.after = d->id;
	w->written++;
	static const struct { const char *name; size_t at; } members[] = { { "kind", offsetof(struct export_document, kind) }, { "activity", offsetof(struct export_document, activity) },
		{ "registration", offsetof(struct export_document, registration) }, { "name", offsetof(struct export_document, name) }, { "type", offsetof(struct export_document, type) } };
	buffer_add(w->into, w->written > 1 ? S(",\n") : S("\n"));
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
		buffer_add_format(w->into, "%c\"%s\":", i ? ',' : '{', members[i].name);
		json_write_text(w->into, *(const str *)((const char *)d + members[i].at));
	}
	buffer_add(w->into, S(",\"changed\":"));
	json_write_text(w->into, instant_iso(c->arena, d->changed));
	if (str_has(d->type, S("json")) && json_read(c->arena, d->bytes, JSON_LEVELS_MAX, &j, &fault)) {
		buffer_add(w->into, S(",\"content\":"));
		buffer_add(w->into, d->bytes);
	} else if (utf8_is_valid(d->bytes)) {
		buffer_add(w->into, S(",\"text\":"));
		json_write_text(w->into, d->bytes);
	} else {
		buffer_add(w->into, S(",\"base64url\":"));
		json_write_text(w->into, base64url_of(c->arena, d->bytes.at, d->bytes.len));
	}
	buffer_add_char(w->into, '}');
	return OK;
}

static enum status documents_more(struct ctx *c, void *of, struct buffer *piece)
{
	struct documents_walk *w = of;
	w->into = piece;
	if (!w->begun)
		buffer_add_char(piece, '[');
	w->begun = true;
	while (w->at < w->who.count) {
		const struct actor_row *a = list_item(w->who, struct actor_row, w->at);
		int64_t before = w->written;
		w->place.agent_kind = a->kind;
		w->place.agent = a->key;
		TRY(store_each(c, export_documents_of, &w->place, document_out, w));
		if (w->written == before) {
			w->place.after = 0;
			w->at++;
		}
		if (piece->len)
			return OK;
	}
	if (!w->ended)
		buffer_add(piece, S("\n]\n"));
	w->ended = true;
	return OK;
}

/* Addresses are sought in any case, so that each stands there once. */
static void addresses_once(struct ctx *c, const list *all, list *out)
{
	for (each(const struct actor_row, a, *all)) {
		bool there = false;
		for (each(const struct actor_row, b, *out))
			there |= str_eq(a->kind, b->kind) && (str_eq(a->kind, S("mbox")) ? str_eq_ignoring_case(a->key, b->key) : str_eq(a->key, b->key));
		if (!there)
			*list_add(c->arena, out, struct actor_row) = *a;
	}
}

enum status export_documents(struct ctx *c, const struct keep_person *who, struct keep_export *e)
{
	struct count n = { 0 };
	list all = { 0 };
	struct documents_walk *w = arena_new_of(c->arena, struct documents_walk);
	*w = (struct documents_walk){ .place = { .limit = DOCUMENTS_AT_ONCE } };
	TRY(store_one(c, documents_count, who, &n));
	if (!n.count)
		return OK;
	TRY(identities_of_person(c, who, &all));
	addresses_once(c, &all, &w->who);
	keep_export_stream(e, S("documents.json"), documents_more, w);
	return OK;
}
