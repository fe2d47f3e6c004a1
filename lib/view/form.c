/* form.c - the form around the fields: where it goes, what it carries unseen, and what must be mended. */
#include "inside.h"

/* What was typed for a name when this form comes back; no text when nothing was. */
str view_typed(const struct view *v, str name)
{
	str found = { 0 };
	if (v->given)
		for (each(const struct given, g, *v->given))
			if (str_eq(g->name, name))
				found = g->value.at ? g->value : S("");
	return found;
}

struct view_source view_source_of(const struct record *r, const void *at, str path)
{
	str name, rest;
	bool deeper = str_cut(path, '.', &name, &rest);
	const struct field *f = field_find(r, name);
	if (!f || f->type != FIELD_RECORD)
		return (struct view_source){ 0 };
	struct view_source s = { f->of, field_in(f, at) };
	return deeper ? view_source_of(s.record, s.at, rest) : s;
}

str view_source_text(const struct view *v, str name)
{
	const struct view_source *s = &v->form.from;
	const struct field *f = s->record ? field_find(s->record, name) : NULL;
	return f ? field_text(v->c->arena, f, s->at) : (str){ 0 };
}

static const struct given *key_find(const struct view_opening *o, str name)
{
	for (size_t i = 0; i < o->count; i++)
		if (str_eq(o->keys[i].name, name))
			return &o->keys[i];
	return NULL;
}

/* "/surveys/{id}/close" with its places filled in, from the keys or else from the source. */
static void action_write(struct view *v, const struct view_opening *o, str route)
{
	for (str fixed, name; ; ) {
		bool place = str_cut(route, '{', &fixed, &route);
		view_text(v, fixed);
		if (!place)
			return;
		str_cut(route, '}', &name, &route);
		const struct given *key = key_find(o, name);
		view_url(v, key ? key->value : view_source_text(v, name));
	}
}

static bool is_in_route(str route, str name)
{
	str before, inside;
	while (str_cut(route, '{', &before, &route)) {
		str_cut(route, '}', &inside, &route);
		if (str_eq(inside, name))
			return true;
	}
	return false;
}

static void hidden_write(struct view *v, str name, str value)
{
	view_raw(v, S("<input type=\"hidden\" name=\""));
	view_text(v, name);
	view_raw(v, S("\" value=\""));
	view_text(v, value);
	view_raw(v, S("\">"));
}

/* Of several forms for one operation (a row each) it is the one with the same keys that comes back. */
static bool has_failed(const struct view *v, const struct view_opening *o)
{
	if (!v->failed.len || !str_eq(v->failed, o->operation))
		return false;
	for (size_t i = 0; i < o->count; i++)
		if (!str_eq(view_typed(v, o->keys[i].name), o->keys[i].value))
			return false;
	return true;
}

static bool takes_file(const struct record *input)
{
	for (size_t i = 0; input && i < input->count; i++)
		if (input->fields[i].file)
			return true;
	return false;
}

void view_form_begin(struct view *v, const struct view_opening *o)
{
	v->form = (struct view_form){ .from = o->from, .number = ++v->forms };
	struct view_form *f = &v->form;
	f->open = v->operation && v->operation(v, o->operation, &f->operation);
	if (!f->open) {
		(void)!broken(v->c, "a form for an unknown operation: " S_FMT, S_ARG(o->operation));
		return;
	}
	f->failed = has_failed(v, o);
	/* What only reads may still be sent in a body, because it does not belong in an address. */
	bool posts = !str_eq(f->operation.method, S("GET"));
	f->bare = !posts;
	str style = o->style.len ? o->style : posts ? S("form") : S("fields");
	view_raw(v, S("<form"));
	if (!str_eq(style, S("plain"))) {
		view_raw(v, S(" class=\""));
		view_text(v, style);
		view_raw(v, S("\""));
	}
	view_raw(v, posts ? S(" method=\"post\" novalidate") : S(" method=\"get\""));
	if (posts && (o->sends_file || takes_file(f->operation.input)))
		view_raw(v, S(" enctype=\"multipart/form-data\""));
	if (o->live.len) {
		view_raw(v, S(" data-live=\""));
		view_text(v, o->live);
		view_raw(v, S("\""));
	}
	view_raw(v, S(" action=\""));
	action_write(v, o, f->operation.route);
	view_raw(v, S("\">"));
	if (f->failed && !v->errors_shown)
		view_errors(v);
	if (posts)
		hidden_write(v, S("csrf"), v->csrf);
	for (size_t i = 0; i < o->count; i++)
		if (!is_in_route(f->operation.route, o->keys[i].name))
			hidden_write(v, o->keys[i].name, o->keys[i].value);
}

void view_form_end(struct view *v)
{
	if (v->form.open)
		view_raw(v, S("</form>"));
	v->form = (struct view_form){ 0 };
}

void view_submit(struct view *v, str text, str style, str name, str value)
{
	view_raw(v, S("<button type=\"submit\" class=\"button "));
	view_text(v, style);
	if (name.len) {
		view_raw(v, S("\" name=\""));
		view_text(v, name);
		view_raw(v, S("\" value=\""));
		view_text(v, value);
	}
	view_raw(v, S("\">"));
	view_text(v, text);
	view_raw(v, S("</button>"));
}

/* Problems are told in the order of the fields; each links to what must be mended. What was refused as a whole comes first. */
void view_errors(struct view *v)
{
	struct ctx *c = v->c;
	if (!v->failed.len || (!c->problems.count && !c->said.word))
		return;
	v->errors_shown = true;
	view_raw(v, S("<div class=\"error-summary\" role=\"alert\" tabindex=\"-1\" aria-labelledby=\"mend\"><h2 id=\"mend\">"));
	view_word(v, W(view_errors));
	view_raw(v, S("</h2>"));
	if (c->said.word) {
		view_raw(v, S("<p>"));
		view_said(v, c->said);
		view_raw(v, S("</p>"));
	}
	if (c->problems.count)
		view_raw(v, S("<ul>"));
	for (each(const struct problem, p, c->problems)) {
		str field, rest;
		str_cut(p->field, '.', &field, &rest);
		view_raw(v, S("<li><a href=\"#"));
		view_text(v, field);
		view_raw(v, S("\">"));
		view_said(v, p->said);
		view_raw(v, S("</a></li>"));
	}
	view_raw(v, c->problems.count ? S("</ul></div>") : S("</div>"));
}
