/* input.c - a label, a hint, what is wrong, and the control that fits the field. */
#include "inside.h"

enum { RADIOS_MAX = 5, ROWS = 4 };

/* One field while it is written. */
struct control {
	const struct view_input *i;
	const struct field *f;                     /* NULL: a name the record does not know; reported */
	str id, value;
	const struct word *label, *hint;
	bool wrong;
};

static bool is_about(str problem, str name)
{
	return str_eq(problem, name) || (str_starts(problem, name) && problem.at[name.len] == '.');
}

/* The form that came back has the plain ids, because the summary links to them; else the first form has. */
static str id_of(const struct view *v, str name)
{
	bool plain = v->failed.len ? v->form.failed : v->form.number == 1;
	return plain ? name : text_format(v->c->arena, S_FMT "-%d", S_ARG(name), v->form.number);
}

static str local_time(struct view *v, instant i)
{
	int minutes = instant_minutes(i);
	return i.ms ? text_format(v->c->arena, S_FMT "T%02d:%02d", S_ARG(date_iso(v->c->arena, instant_date(i))), minutes / 60, minutes % 60) : (str){ 0 };
}

static bool is_number(const struct field *f)
{
	return f && (f->type == FIELD_INT || f->type == FIELD_REAL || f->type == FIELD_MONEY);
}

/* What stands in the control: what was typed, else what the template says, else what the source holds. */
static str value_of(struct view *v, const struct control *k)
{
	if (k->f && (k->f->secret || k->f->file))
		return (str){ 0 };
	if (v->form.failed) {
		str typed = view_typed(v, k->i->name);
		if (typed.at)
			return typed;
	}
	if (k->i->value.at)
		return k->i->value;
	const struct view_source *from = &v->form.from;
	const struct field *f = from->record ? field_find(from->record, k->i->name) : NULL;
	if (f && f->type == FIELD_INSTANT)
		return local_time(v, *(const instant *)field_in(f, from->at));
	str value = view_source_text(v, k->i->name), whole, part;
	if (is_number(k->f) && v->language == NL && str_cut(value, '.', &whole, &part))
		return text_format(v->c->arena, S_FMT "," S_FMT, S_ARG(whole), S_ARG(part));
	return value;
}

/* ---- pieces ---- */

static void attribute(struct view *v, str name, str value)
{
	view_raw(v, S(" "));
	view_raw(v, name);
	view_raw(v, S("=\""));
	view_text(v, value);
	view_raw(v, S("\""));
}

static void number_attribute(struct view *v, str name, int64_t n)
{
	attribute(v, name, plain_of_int(v->c, n));
}

static void label_words(struct view *v, const struct control *k)
{
	if (k->label)
		view_word(v, k->label);
	else
		view_text(v, k->i->name);
	bool optional = !v->form.bare && k->f && !k->f->required && k->f->type != FIELD_BOOL && !k->f->secret;
	if (!optional)
		return;
	view_raw(v, S(" <span class=\"soft\">("));
	view_word(v, W(view_optional));
	view_raw(v, S(")</span>"));
}

static void hint_write(struct view *v, const struct control *k)
{
	if (!k->hint)
		return;
	view_raw(v, S("<p class=\"hint\" id=\""));
	view_text(v, k->id);
	view_raw(v, S("-hint\">"));
	view_word(v, k->hint);
	view_raw(v, S("</p>"));
}

static void error_write(struct view *v, const struct control *k)
{
	if (!k->wrong)
		return;
	view_raw(v, S("<p class=\"error\" id=\""));
	view_text(v, k->id);
	view_raw(v, S("-error\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"/style/icons.svg#circle-alert\"/></svg><span><span class=\"sr\">"));
	view_word(v, W(view_error));
	view_raw(v, S(" </span>"));
	bool first = true;
	for (each(const struct problem, p, v->c->problems))
		if (is_about(p->field, k->i->name)) {
			view_raw(v, first ? S("") : S("<br>"));
			view_said(v, p->said);
			first = false;
		}
	view_raw(v, S("</span></p>"));
}

static void described_by(struct view *v, const struct control *k)
{
	if (k->hint || k->wrong) {
		view_raw(v, S(" aria-describedby=\""));
		if (k->hint) {
			view_text(v, k->id);
			view_raw(v, k->wrong ? S("-hint ") : S("-hint"));
		}
		if (k->wrong) {
			view_text(v, k->id);
			view_raw(v, S("-error"));
		}
		view_raw(v, S("\""));
	}
	if (k->wrong)
		view_raw(v, S(" aria-invalid=\"true\""));
}

static void name_and_id(struct view *v, const struct control *k)
{
	attribute(v, S("id"), k->id);
	attribute(v, S("name"), k->i->name);
	if (k->i->autocomplete.len)
		attribute(v, S("autocomplete"), k->i->autocomplete);
	if (k->i->width)
		attribute(v, S("class"), text_format(v->c->arena, "w-%d", k->i->width));
	if (k->i->submits)
		view_raw(v, S(" data-submit"));
}

/* ---- controls ---- */

static void text_write(struct view *v, const struct control *k)
{
	int64_t most = k->f && k->f->max > 0 ? (int64_t)k->f->max : TEXT_MAX;
	view_raw(v, S("<textarea"));
	name_and_id(v, k);
	number_attribute(v, S("rows"), k->i->rows ? k->i->rows : ROWS);
	number_attribute(v, S("maxlength"), most);
	described_by(v, k);
	view_raw(v, S(">\n"));                         /* a line end right behind the tag is not part of the text */
	view_text(v, k->value);
	view_raw(v, S("</textarea>"));
}

static str type_of(const struct control *k)
{
	if (k->i->type.len)
		return k->i->type;
	if (!k->f)
		return S("text");
	if (k->f->file)
		return S("file");
	if (k->f->secret)
		return S("password");
	return k->f->type == FIELD_DATE ? S("date") : k->f->type == FIELD_INSTANT ? S("datetime-local") : S("text");
}

static str inputmode_of(const struct control *k)
{
	if (k->i->inputmode.len || !is_number(k->f))
		return k->i->inputmode;
	bool whole = k->f->type == FIELD_INT && (k->f->min >= 0 || k->f->max > 0);
	return whole ? S("numeric") : k->f->type == FIELD_INT ? S("text") : S("decimal");
}

static void input_write(struct view *v, const struct control *k)
{
	str type = type_of(k), mode = inputmode_of(k);
	bool text = k->f && k->f->type == FIELD_TEXT, file = str_eq(type, S("file")), secret = str_eq(type, S("password"));
	view_raw(v, S("<input"));
	attribute(v, S("type"), type);
	name_and_id(v, k);
	if (mode.len)
		attribute(v, S("inputmode"), mode);
	if (secret && !k->i->autocomplete.len)
		view_raw(v, S(" autocomplete=\"current-password\""));
	if (str_eq(type, S("email")) && !k->i->autocomplete.len)
		view_raw(v, S(" autocomplete=\"email\""));
	if (file && k->i->accept.len)
		attribute(v, S("accept"), k->i->accept);
	if (text && !file)
		number_attribute(v, S("maxlength"), k->f->max > 0 ? (int64_t)k->f->max : TEXT_MAX);
	described_by(v, k);
	if (k->value.len)
		attribute(v, S("value"), k->value);
	if (k->i->suggest)
		attribute(v, S("list"), text_join(v->c->arena, k->id, S("-list")));
	view_raw(v, S(">"));
}

/* What a text may be, offered as somebody types. */
static void suggestions_write(struct view *v, const struct control *k, list options)
{
	view_raw(v, S("<datalist"));
	attribute(v, S("id"), text_join(v->c->arena, k->id, S("-list")));
	view_raw(v, S(">"));
	for (each(const struct view_option, o, options)) {
		view_raw(v, S("<option"));
		attribute(v, S("value"), o->value);
		view_raw(v, S(">"));
		if (!str_eq(o->value, o->label))
			view_text(v, o->label);
		view_raw(v, S("</option>"));
	}
	view_raw(v, S("</datalist>"));
}

static void check_write(struct view *v, const struct control *k)
{
	bool on = str_eq(k->value, S("1")) || str_eq(k->value, S("true")) || str_eq(k->value, S("on"));
	view_raw(v, S("<input type=\"hidden\" value=\"0\""));
	attribute(v, S("name"), k->i->name);
	view_raw(v, S("><label class=\"check\"><input type=\"checkbox\" value=\"1\""));
	name_and_id(v, k);
	described_by(v, k);
	view_raw(v, on ? S(" checked><span>") : S("><span>"));
	label_words(v, k);
	view_raw(v, S("</span></label>"));
}

/* ---- one of several, or some of several ---- */

static list options_of(struct view *v, const struct control *k)
{
	list options = { 0 };
	if (k->i->options)
		return *k->i->options;
	for (const struct choice *ch = k->f ? k->f->choices : NULL; ch && ch->value.at; ch++)
		*list_add(v->c->arena, &options, struct view_option) = (struct view_option){ ch->value, ch->label ? ch->label->text[v->language] : ch->value };
	return options;
}

/* Of a list of texts: was this one typed, or does it stand in the source? */
static bool is_ticked(struct view *v, const struct control *k, str value)
{
	if (v->form.failed) {
		for (each(const struct given, g, *v->given))
			if (str_eq(g->name, k->i->name) && str_eq(g->value, value))
				return true;
		return false;
	}
	const struct view_source *from = &v->form.from;
	const struct field *f = from->record ? field_find(from->record, k->i->name) : NULL;
	if (!f || f->type != FIELD_LIST || f->of)
		return false;
	const list *texts = field_in(f, from->at);
	for (each(const str, s, *texts))
		if (str_eq(*s, value))
			return true;
	return false;
}

static void choices_write(struct view *v, const struct control *k, list options, bool several)
{
	view_raw(v, S("<div class=\"choices\">"));
	for (size_t n = 0; n < options.count; n++) {
		const struct view_option *o = list_item(options, struct view_option, n);
		bool on = several ? is_ticked(v, k, o->value) : str_eq(k->value, o->value) && (k->value.at || !o->value.len);
		view_raw(v, several ? S("<label class=\"choice\"><input type=\"checkbox\"") : S("<label class=\"choice\"><input type=\"radio\""));
		attribute(v, S("id"), n ? text_format(v->c->arena, S_FMT "-%zu-of", S_ARG(k->id), n + 1) : k->id);
		attribute(v, S("name"), k->i->name);
		attribute(v, S("value"), o->value);
		if (k->i->submits)
			view_raw(v, S(" data-submit"));
		view_raw(v, on ? S(" checked><span>") : S("><span>"));
		view_text(v, o->label);
		view_raw(v, S("</span></label>"));
	}
	view_raw(v, S("</div>"));
}

static void select_write(struct view *v, const struct control *k, list options)
{
	bool none = false, chosen = false;
	for (each(const struct view_option, o, options)) {
		none |= !o->value.len;
		chosen |= k->value.len && str_eq(k->value, o->value);
	}
	view_raw(v, S("<select"));
	name_and_id(v, k);
	described_by(v, k);
	view_raw(v, S(">"));
	if (!none && !chosen) {                        /* nothing is chosen for somebody without asking */
		view_raw(v, S("<option value=\"\">"));
		view_word(v, W(view_choose));
		view_raw(v, S("</option>"));
	}
	for (each(const struct view_option, o, options)) {
		view_raw(v, S("<option"));
		attribute(v, S("value"), o->value);
		view_raw(v, k->value.len && str_eq(k->value, o->value) ? S(" selected>") : S(">"));
		view_text(v, o->label);
		view_raw(v, S("</option>"));
	}
	view_raw(v, S("</select>"));
}

/* ---- the whole ---- */

static void field_begin(struct view *v, const struct control *k, bool set)
{
	view_raw(v, set ? S("<fieldset class=\"field") : S("<div class=\"field"));
	view_raw(v, k->i->grow ? S(" grow") : S(""));
	view_raw(v, k->wrong ? S(" wrong\"") : S("\""));
	if (set)
		described_by(v, k);
	view_raw(v, S(">"));
}

static void group_write(struct view *v, const struct control *k, list options, bool several)
{
	field_begin(v, k, true);
	view_raw(v, S("<legend>"));
	label_words(v, k);
	view_raw(v, S("</legend>"));
	hint_write(v, k);
	error_write(v, k);
	choices_write(v, k, options, several);
	view_raw(v, S("</fieldset>"));
}

static void single_write(struct view *v, const struct control *k, list options)
{
	bool check = k->f && k->f->type == FIELD_BOOL && !options.count;
	field_begin(v, k, false);
	if (!check) {
		view_raw(v, S("<label"));
		attribute(v, S("for"), k->id);
		view_raw(v, S(">"));
		label_words(v, k);
		view_raw(v, S("</label>"));
	}
	hint_write(v, k);
	error_write(v, k);
	if (check)
		check_write(v, k);
	else if (options.count && !k->i->suggest)
		select_write(v, k, options);
	else if (k->i->rows || (k->f && k->f->lines && !k->i->type.len))
		text_write(v, k);
	else
		input_write(v, k);
	if (k->i->suggest)
		suggestions_write(v, k, options);
	view_raw(v, S("</div>"));
}

void view_input(struct view *v, const struct view_input *i)
{
	if (!v->form.open)
		return;
	struct control k = { .i = i, .f = field_find(v->form.operation.input, i->name), .id = id_of(v, i->name) };
	k.label = i->label ? i->label : k.f ? k.f->label : NULL;
	k.hint = i->hint ? i->hint : k.f ? k.f->hint : NULL;
	if (!k.f || !k.label)
		(void)!broken(v->c, "an input without %s: " S_FMT "." S_FMT, k.f ? "label" : "field", S_ARG(v->form.operation.name), S_ARG(i->name));
	k.value = value_of(v, &k);
	if (v->form.failed)
		for (each(const struct problem, p, v->c->problems))
			k.wrong |= is_about(p->field, i->name);
	list options = options_of(v, &k);
	bool several = k.f && k.f->type == FIELD_LIST && options.count;
	if (several || (options.count && !i->select && !i->suggest && (i->radios || options.count <= RADIOS_MAX)))
		group_write(v, &k, options, several);
	else
		single_write(v, &k, options);
}
