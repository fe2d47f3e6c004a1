/* check.c - holding a struct against the limits of its table, and saying at which place what is wrong. */
#include "inside.h"
#include <math.h>

str spot_path(struct arena *a, const struct spot *s)
{
	if (!s->up)
		return S("");
	str up = spot_path(a, s->up);
	const char *dot = up.len ? "." : "";
	return s->name ? text_format(a, S_FMT "%s%s", S_ARG(up), dot, s->name)
		: text_format(a, S_FMT "%s%lld", S_ARG(up), dot, (long long)s->index);
}

bool reading_is_full(const struct reading *r)
{
	return r->c->problems.count - r->before >= PROBLEMS_MAX;
}

enum status reading_end(const struct reading *r)
{
	return r->c->problems.count > r->before ? INVALID : OK;
}

void objection_with(struct reading *r, const struct spot *s, const struct word *w, const struct said values[SAID_VALUES])
{
	if (!reading_is_full(r))
		object_with(r->c, spot_path(r->c->arena, s), w, values);
}

struct said field_said(const struct field *f)
{
	return f->label ? say_word(f->label) : say_text(str_of(f->name));
}

void field_missing(struct reading *r, const struct field *f, const struct spot *s)
{
	bool chosen = f->choices || f->type == FIELD_BOOL || f->type == FIELD_LIST;
	objection(r, s, chosen ? W(record_choose) : W(record_required), field_said(f));
}

void field_unknown(struct reading *r, const struct record *of, str name, const struct spot *s)
{
	if (reading_is_full(r))
		return;
	const char *nearest = NULL;
	size_t least = name.len < 5 ? 2 : 3;           /* edits that a typing error may take, plus one */
	for (size_t i = 0; i < of->count; i++) {
		size_t far = text_distance(name, str_of(of->fields[i].name), least);
		if (far < least) {
			nearest = of->fields[i].name;
			least = far;
		}
	}
	if (nearest)
		objection(r, s, W(record_unknown_near), name, str_of(nearest));
	else
		objection(r, s, W(record_unknown), name);
}

static str number_text(const struct reading *r, double x)
{
	return text_format(r->c->arena, "%.15g", x);
}

/* The same choices, quoted and joined as the reader's language does: ‘a’, ‘b’ of ‘c’. */
static struct said choices_said(struct arena *a, const struct choice *choices, size_t count)
{
	struct said all = { 0 };
	for (size_t i = 0; i < count; i++) {
		struct said label = choices[i].label ? say_word(choices[i].label) : say_text(choices[i].value);
		struct said one = said_of(a, W(record_quoted), label);
		all = !i ? one : said_of(a, i + 1 < count ? W(record_and_then) : W(record_or), all, one);
	}
	return all;
}

static void choice_limits(struct reading *r, const struct field *f, str value, const struct spot *s)
{
	enum { LISTED = 6 };
	size_t count = 0;
	for (const struct choice *one = f->choices; one->value.at; one++, count++)
		if (str_eq(one->value, value))
			return;
	if (count > LISTED)
		objection(r, s, W(record_choice_of_many), field_said(f));
	else
		objection(r, s, W(record_choice), field_said(f), choices_said(r->c->arena, f->choices, count));
}

void text_limits(struct reading *r, const struct field *f, str text, const struct spot *s)
{
	bool element = f->type == FIELD_LIST;
	double most = element || f->max == 0 ? TEXT_MAX : f->max, least = element ? 0 : f->min, count = (double)(f->file ? text.len : utf8_count(text));
	if (count < least)
		objection(r, s, W(record_short), field_said(f), number_text(r, least));
	else if (count > most)
		objection(r, s, W(record_long), field_said(f), number_text(r, most), number_text(r, count));
	else if (f->choices)
		choice_limits(r, f, text, s);
}

static void number_limits(struct reading *r, const struct field *f, double x, const struct spot *s)
{
	if (f->max != 0 && (x < f->min || x > f->max))
		objection(r, s, W(record_range), field_said(f), number_text(r, f->min), number_text(r, f->max));
	else if (f->min != 0 && x < f->min)
		objection(r, s, W(record_least), field_said(f), number_text(r, f->min));
	else if (!isfinite(x))
		objection(r, s, W(record_number), field_said(f));
}

bool count_limits(struct reading *r, const struct field *f, size_t count, const struct spot *s)
{
	double most = f->max == 0 ? LIST_MAX : f->max;
	if ((double)count > most)
		objection(r, s, W(record_many), field_said(f), number_text(r, most), number_text(r, (double)count));
	else if (count && (double)count < f->min)
		objection(r, s, W(record_few), field_said(f), number_text(r, f->min), number_text(r, (double)count));
	else
		return true;
	return false;
}

void field_limits(struct reading *r, const struct field *f, const void *of, const struct spot *s)
{
	const void *at = field_in(f, of);
	if (field_is_empty(f, of))
		return;
	switch (f->type) {
	case FIELD_INT:     number_limits(r, f, (double)*(const int64_t *)at, s); break;
	case FIELD_REAL:    number_limits(r, f, *(const double *)at, s); break;
	case FIELD_MONEY:   number_limits(r, f, (double)((const money *)at)->cents / 100, s); break;
	case FIELD_TEXT:    text_limits(r, f, *(const str *)at, s); break;
	case FIELD_LIST:    count_limits(r, f, ((const list *)at)->count, s); break;
	case FIELD_BOOL: case FIELD_DATE: case FIELD_INSTANT: case FIELD_RECORD: break;
	}
}

static void check(struct reading *r, const struct record *record, const void *of, const struct spot *up)
{
	for (size_t i = 0; i < record->count && !reading_is_full(r); i++) {
		const struct field *f = &record->fields[i];
		const struct spot s = { up, f->name, 0 };
		const void *at = field_in(f, of);
		if (f->required && field_is_empty(f, of)) {
			field_missing(r, f, &s);
			continue;
		}
		field_limits(r, f, of, &s);
		if (f->type == FIELD_RECORD)
			check(r, f->of, at, &s);
		if (f->type != FIELD_LIST)
			continue;
		const list *l = at;
		for (size_t n = 0; n < l->count; n++) {
			const struct spot element = { &s, NULL, (int64_t)n };
			if (f->of)
				check(r, f->of, (const char *)l->at + n * f->of->size, &element);
			else
				text_limits(r, f, list_of(*l, str)[n], &element);
		}
	}
}

enum status record_check(struct ctx *c, const struct record *r, const void *of)
{
	struct reading reading = { c, c->problems.count, false };
	check(&reading, r, of, &(struct spot){ 0 });
	return reading_end(&reading);
}
