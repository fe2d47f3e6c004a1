/* export.c - everything that is kept about me in one download: for reading (HTML) and for programs (JSON), with files of my own beside them. */
#include "inside.h"
#include "export.h"
#include "keeping.h"
#include "base/buffer.h"
#include "table/pack.h"
#include "view/view.words.h"
#include "web/operation.h"

struct kept_person { str number, name, email, language; instant made; };
struct kept_employment { str unit, role, lead; double hours; date start_day, end_day; };
struct kept_account { str email, name, language; instant made, closed; };
struct kept_session { instant started, ends; str agent; };
struct kept_look { str name; date day; str operation; int64_t times; };
struct kept_act { instant at; str operation, about; };
struct kept_proposal { str setting, before, after, why; instant made; str decision; instant decided; };
struct kept_mistake { str kind, text; instant made; str outcome, answer; instant ended; };
struct kept_erasure { instant asked; str why, decision; instant decided; str answer; };
RECORD(kept_person, FIELD(kept_person, number, .label = W(trust_out_number)), FIELD(kept_person, name, .label = W(trust_out_name)), FIELD(kept_person, email, .label = W(trust_out_email)),
	FIELD(kept_person, language, .label = W(trust_out_language)), FIELD(kept_person, made, .label = W(trust_out_since)));
RECORD(kept_employment, FIELD(kept_employment, unit, .label = W(trust_out_unit)), FIELD(kept_employment, role, .label = W(trust_out_role)), FIELD(kept_employment, lead, .label = W(trust_out_lead_name)),
	FIELD(kept_employment, hours, .label = W(trust_out_hours)), FIELD(kept_employment, start_day, .label = W(trust_out_start)), FIELD(kept_employment, end_day, .label = W(trust_out_end)));
RECORD(kept_account, FIELD(kept_account, email, .label = W(trust_out_email)), FIELD(kept_account, name, .label = W(trust_out_name)), FIELD(kept_account, language, .label = W(trust_out_language)),
	FIELD(kept_account, made, .label = W(trust_out_since)), FIELD(kept_account, closed, .label = W(trust_out_end)));
RECORD(kept_session, FIELD(kept_session, started, .label = W(trust_out_start)), FIELD(kept_session, ends, .label = W(trust_out_end)), FIELD(kept_session, agent, .label = W(trust_out_browser)));
RECORD(kept_look, FIELD(kept_look, name, .label = W(trust_out_who)), FIELD(kept_look, day, .label = W(trust_out_day)), FIELD(kept_look, operation, .label = W(trust_out_operation)),
	FIELD(kept_look, times, .label = W(trust_out_times)));
RECORD(kept_act, FIELD(kept_act, at, .label = W(trust_out_day)), FIELD(kept_act, operation, .label = W(trust_out_operation)), FIELD(kept_act, about, .label = W(trust_out_about)));
RECORD(kept_proposal, FIELD(kept_proposal, setting, .label = W(trust_out_what)), FIELD(kept_proposal, before, .label = W(trust_now)), FIELD(kept_proposal, after, .label = W(trust_field_after)),
	FIELD(kept_proposal, why, .label = W(trust_field_why), .max = 1000), FIELD(kept_proposal, made, .label = W(trust_out_day)), FIELD(kept_proposal, decision, .label = W(trust_field_decision)),
	FIELD(kept_proposal, decided, .label = W(trust_out_end)));
RECORD(kept_mistake, FIELD(kept_mistake, kind, .label = W(trust_out_what)), FIELD(kept_mistake, text, .label = W(trust_mistake_text), .max = 2000), FIELD(kept_mistake, made, .label = W(trust_out_day)),
	FIELD(kept_mistake, outcome, .label = W(trust_mistake_outcome)), FIELD(kept_mistake, answer, .label = W(trust_mistake_answer), .max = 2000), FIELD(kept_mistake, ended, .label = W(trust_out_end)));
RECORD(kept_erasure, FIELD(kept_erasure, asked, .label = W(trust_out_day)), FIELD(kept_erasure, why, .label = W(trust_erasure_why), .max = 1000),
	FIELD(kept_erasure, decision, .label = W(trust_field_decision)), FIELD(kept_erasure, decided, .label = W(trust_out_end)), FIELD(kept_erasure, answer, .label = W(trust_erasure_answer), .max = 1000));

/* ---- As a page ---- */

struct out_row { list cells; };                            /* of str */
struct out_part { str name; list heads, rows; };
struct out_kind { str what, why, seen, term, erasing; list parts; };
struct out_page { str title, language; instant made; list kinds, files; };
RECORD(out_row, FIELD(out_row, cells));
RECORD(out_part, FIELD(out_part, name), FIELD(out_part, heads), FIELD(out_part, rows, .of = &out_row_record));
RECORD(out_kind, FIELD(out_kind, what), FIELD(out_kind, why), FIELD(out_kind, seen), FIELD(out_kind, term), FIELD(out_kind, erasing), FIELD(out_kind, parts, .of = &out_part_record));
RECORD(out_page, FIELD(out_page, title), FIELD(out_page, language), FIELD(out_page, made), FIELD(out_page, kinds, .of = &out_kind_record), FIELD(out_page, files));
#include "trust_export.html.h"

static str cell_of(struct ctx *c, const struct field *f, const void *of)
{
	if (field_is_empty(f, of))
		return S("");
	switch (f->type) {
	case FIELD_DATE: return text_of_date(c, *(const date *)field_in(f, of));
	case FIELD_INSTANT: return text_of_instant(c, *(const instant *)field_in(f, of));
	case FIELD_BOOL: return text_of_bool(c, *(const bool *)field_in(f, of));
	case FIELD_REAL: return text_of_real(c, *(const double *)field_in(f, of));
	default: break;
	}
	str text = field_text(c->arena, f, of);
	for (const struct choice *x = f->choices; x && x->value.at; x++)
		if (str_eq(x->value, text))
			return x->label->text[c->language];
	return text;
}

static bool is_shown(const struct field *f)
{
	return !f->secret && f->type != FIELD_LIST && f->type != FIELD_RECORD;
}

static void part_fill(struct ctx *c, const struct keep_section *s, struct out_part *out)
{
	for (size_t i = 0; i < s->record->count; i++)
		if (is_shown(&s->record->fields[i]))
			*list_add(c->arena, &out->heads, str) = s->record->fields[i].label ? s->record->fields[i].label->text[c->language] : str_of(s->record->fields[i].name);
	for (size_t i = 0; i < s->rows.count; i++) {
		struct out_row *row = list_add(c->arena, &out->rows, struct out_row);
		const char *at = (const char *)s->rows.at + i * s->record->size;
		for (size_t f = 0; f < s->record->count; f++)
			if (is_shown(&s->record->fields[f]))
				*list_add(c->arena, &row->cells, str) = cell_of(c, &s->record->fields[f], at);
	}
}

static void page_fill(struct ctx *c, const struct terms *t, const struct keep_export *e, str name, struct out_page *out)
{
	*out = (struct out_page){ .made = c->now, .language = c->language == NL ? S("nl") : S("en"), .title = name };
	const struct keep *last = NULL;
	for (each(struct keep_section, s, e->sections)) {
		if (!s->rows.count)
			continue;
		if (s->keep != last) {
			bool decided;
			struct out_kind *k = list_add(c->arena, &out->kinds, struct out_kind);
			*k = (struct out_kind){ .what = s->keep->what->text[c->language], .why = s->keep->why->text[c->language], .seen = s->keep->seen->text[c->language],
				.erasing = s->keep->erasing->text[c->language] };
			k->term = keep_terms_say(c, t, s->keep, &decided);
			last = s->keep;
		}
		struct out_kind *k = list_item(out->kinds, struct out_kind, out->kinds.count - 1);
		struct out_part *part = list_add(c->arena, &k->parts, struct out_part);
		part->name = s->name;
		part_fill(c, s, part);
	}
	for (each(struct keep_file, f, e->files))
		*list_add(c->arena, &out->files, str) = f->name;
}

/* A page of its own, without the layout, its look or anything else that would have to be fetched. */
static void page_write(struct view *v, const struct out_page *page)
{
	struct buffer body = { 0 }, *out = v->out;
	v->out = &body;
	export_html(v, page);
	v->out = out;
	view_raw(v, S("<!doctype html>\n<html lang=\""));
	view_text(v, page->language);
	view_raw(v, S("\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"));
	view_text(v, buffer_text(&v->title));
	view_raw(v, S("</title>\n<h1>"));
	view_text(v, buffer_text(&v->title));
	view_raw(v, S("</h1>\n"));
	view_raw(v, buffer_text(&body));
	view_raw(v, S("</html>\n"));
	buffer_done(&body);
}

/* ---- As JSON: {"made":…,"kinds":[{"name":…,"what":…,…,"records":{"ratings":[…]}}],"files":[…]} ---- */

static void kind_json(struct ctx *c, struct buffer *b, const struct terms *t, const struct keep *k)
{
	bool decided;
	buffer_add(b, S("{\"name\":"));
	json_write_text(b, str_of(k->name));
	buffer_add(b, S(",\"what\":"));
	json_write_text(b, k->what->text[c->language]);
	buffer_add(b, S(",\"why\":"));
	json_write_text(b, k->why->text[c->language]);
	buffer_add(b, S(",\"ground\":"));
	json_write_text(b, ground_word(k->ground)->text[c->language]);
	buffer_add(b, S(",\"seen\":"));
	json_write_text(b, k->seen->text[c->language]);
	buffer_add(b, S(",\"kept\":"));
	json_write_text(b, keep_terms_say(c, t, k, &decided));
	buffer_add(b, S(",\"records\":{"));
}

static void json_fill(struct ctx *c, struct buffer *b, const struct terms *t, const struct keep_export *e)
{
	const struct keep *last = NULL;
	buffer_add(b, S("{\"made\":"));
	json_write_text(b, instant_iso(c->arena, c->now));
	buffer_add(b, S(",\"kinds\":["));
	for (each(struct keep_section, s, e->sections)) {
		if (s->keep != last) {
			buffer_add(b, last ? S("}},\n") : S("\n"));
			kind_json(c, b, t, s->keep);
		} else {
			buffer_add(b, S(","));
		}
		last = s->keep;
		json_write_text(b, s->name);
		buffer_add(b, S(":["));
		for (size_t i = 0; i < s->rows.count; i++) {
			buffer_add(b, i ? S(",\n") : S("\n"));
			record_write_json(b, s->record, (const char *)s->rows.at + i * s->record->size);
		}
		buffer_add(b, S("]"));
	}
	buffer_add(b, last ? S("}}],\"files\":[") : S("],\"files\":["));
	for (size_t i = 0; i < e->files.count; i++) {
		buffer_add(b, i ? S(",") : S(""));
		json_write_text(b, list_item(e->files, struct keep_file, i)->name);
	}
	buffer_add(b, S("]}\n"));
}

OPERATION(about_me_export, nothing, raw_reply,
	.route = "GET /about-me/export",
	.allow = "self.keep",
	.reply = RAW,
	.doc = "Everything that is kept about me, in one zip: export.html to read, export.json for programs, and my files.")
{
	(void)in;
	struct keep_person who;
	struct keep_export e;
	struct terms t = { 0 };
	struct out_page page;
	struct buffer html = { 0 }, json = { 0 };
	list entries = { 0 };
	if (!c->me.person)
		return refuse(c, CONFLICT, "no-person", W(trust_no_person_self));
	TRY(keep_person_load(c, c->me.person, &who));
	TRY(terms_load(c, &t));
	TRY(export_gather(c, &who, &e));
	page_fill(c, &t, &e, who.name, &page);
	struct view v = { .c = c, .out = &html, .language = c->language, .today = c->today };
	page_write(&v, &page);
	json_fill(c, &json, &t, &e);
	*list_add(c->arena, &entries, struct zip_entry) = (struct zip_entry){ .name = S("export.html"), .bytes = text_copy(c->arena, buffer_text(&html)) };
	*list_add(c->arena, &entries, struct zip_entry) = (struct zip_entry){ .name = S("export.json"), .bytes = text_copy(c->arena, buffer_text(&json)) };
	buffer_done(&html);
	buffer_done(&json);
	view_done(&v);
	for (each(struct keep_file, f, e.files))
		*list_add(c->arena, &entries, struct zip_entry) = (struct zip_entry){ f->name, f->bytes, f->stream };
	out->type = S("application/zip");
	out->file = text_format(c->arena, "wijzer-" S_FMT ".zip", S_ARG(date_iso(c->arena, c->today)));
	return zip_write(c, &entries, &out->body);
}
