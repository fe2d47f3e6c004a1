/* json_read.c - a struct from a JSON object, strictly typed. */
#include "inside.h"
#include <jansson.h>
#include <math.h>
#include <string.h>

/* How deep the text nests, at most; counted before anything is built, because a deep text costs stack. */
static int levels_of(str json)
{
	int levels = 0, deepest = 0;
	bool quoted = false;
	for (size_t i = 0; i < json.len; i++) {
		char c = json.at[i];
		if (quoted) {
			i += c == '\\';
			quoted = c != '"';
		} else if (c == '"') {
			quoted = true;
		} else if (c == '{' || c == '[') {
			levels++;
			deepest = levels > deepest ? levels : deepest;
		} else if (c == '}' || c == ']') {
			levels--;
		}
	}
	return deepest;
}

static const struct word *type_word(const struct field *f, bool element)
{
	if (element)
		return f->of ? W(record_an_object) : W(record_a_text);
	switch (f->type) {
	case FIELD_BOOL:   return W(record_a_boolean);
	case FIELD_INT:    return W(record_an_integer);
	case FIELD_REAL: case FIELD_MONEY: return W(record_a_number);
	case FIELD_LIST:   return W(record_a_list);
	case FIELD_RECORD: return W(record_an_object);
	case FIELD_TEXT: case FIELD_DATE: case FIELD_INSTANT: break;
	}
	return W(record_a_text);
}

static bool has_type(const struct field *f, const json_t *v)
{
	switch (f->type) {
	case FIELD_BOOL:   return json_is_boolean(v);
	case FIELD_INT:    return json_is_integer(v);
	case FIELD_REAL: case FIELD_MONEY: return json_is_number(v);
	case FIELD_LIST:   return json_is_array(v);
	case FIELD_RECORD: return json_is_object(v);
	case FIELD_TEXT: case FIELD_DATE: case FIELD_INSTANT: break;
	}
	return json_is_string(v);
}

static str text_of(const json_t *v)
{
	return (str){ json_string_value(v), json_string_length(v) };
}

static bool money_from_number(const json_t *v, money *out)
{
	if (json_is_integer(v)) {
		out->cents = json_integer_value(v) * 100;
		return llabs(json_integer_value(v)) <= MONEY_MAX / 100;
	}
	double cents = json_real_value(v) * 100, whole = nearbyint(cents);
	if (fabs(whole) > (double)MONEY_MAX || fabs(cents - whole) > 1e-15 * fabs(cents))
		return false;
	out->cents = (int64_t)whole;
	return true;
}

static void record_from(struct reading *r, const struct record *record, json_t *object, const struct spot *up, void *into);

static void list_from(struct reading *r, const struct field *f, json_t *array, const struct spot *s, list *l)
{
	size_t count = json_array_size(array);
	for (size_t i = 0; i < count && !reading_is_full(r); i++) {
		json_t *v = json_array_get(array, i);
		const struct spot element = { s, NULL, (int64_t)i };
		if (f->of ? !json_is_object(v) : !json_is_string(v)) {
			objection(r, &element, W(record_json_type), field_said(f), type_word(f, true));
		} else if (f->of) {
			record_from(r, f->of, v, &element, list_add_size(r->c->arena, l, f->of->size));
		} else {
			str text;
			if (text_accept(r, f, text_of(v), &element, &text)) {
				*list_add(r->c->arena, l, str) = text;
				text_limits(r, f, text, &element);
			}
		}
	}
}

/* One value of the right type at its place; false when it was objected to. */
static bool value_from(struct reading *r, const struct field *f, json_t *v, const struct spot *s, void *at)
{
	str text;
	switch (f->type) {
	case FIELD_BOOL:
		*(bool *)at = json_is_true(v);
		return true;
	case FIELD_INT:
		*(int64_t *)at = json_integer_value(v);
		return true;
	case FIELD_REAL:
		*(double *)at = json_number_value(v);
		return true;
	case FIELD_MONEY:
		if (money_from_number(v, at))
			return true;
		objection(r, s, W(record_money), field_said(f));
		return false;
	case FIELD_TEXT:
		return text_accept(r, f, text_of(v), s, at);
	case FIELD_DATE:
		return text_accept(r, f, text_of(v), s, &text) && date_accept(r, f, text, true, s, at);
	case FIELD_INSTANT:
		return text_accept(r, f, text_of(v), s, &text) && instant_accept(r, f, text, s, at);
	case FIELD_LIST:
		if (!count_limits(r, f, json_array_size(v), s))
			return false;
		list_from(r, f, v, s, at);
		return true;
	case FIELD_RECORD:
		break;
	}
	return false;
}

static void record_from(struct reading *r, const struct record *record, json_t *object, const struct spot *up, void *into)
{
	record_clear(record, into);
	for (size_t i = 0; i < record->count && !reading_is_full(r); i++) {
		const struct field *f = &record->fields[i];
		const struct spot s = { up, f->name, 0 };
		json_t *v = json_object_get(object, f->name);
		bool given = v && !json_is_null(v);
		if (given && !has_type(f, v)) {
			objection(r, &s, W(record_json_type), field_said(f), type_word(f, false));
			continue;
		}
		if (f->type == FIELD_RECORD) {                 /* one that is not there is one in which nothing is given */
			record_from(r, f->of, given ? v : NULL, &s, field_at(f, into));
			continue;
		}
		if (given && !value_from(r, f, v, &s, field_at(f, into)))
			continue;
		if (f->required && (!given || field_is_empty(f, into)))
			field_missing(r, f, &s);
		else if (given && f->type != FIELD_LIST)
			field_limits(r, f, into, &s);
	}
	const char *name;
	json_t *v;
	json_object_foreach(object, name, v) {
		const struct spot s = { up, name, 0 };
		if (!field_find(record, str_of(name)))
			field_unknown(r, record, str_of(name), &s);
	}
}

/* As if the object had said so: a number where the member is one, else a text, which is then told to be none. */
static void given_set(json_t *object, const struct record *r, const struct given *g)
{
	const struct field *f = field_find(r, g->name);
	int64_t n;
	char name[100];
	if (g->name.len >= sizeof name)
		return;
	memcpy(name, g->name.at, g->name.len);
	name[g->name.len] = 0;
	json_object_set_new(object, name, f && f->type == FIELD_INT && str_to_int(g->value, &n) ? json_integer(n) : json_stringn(g->value.at, g->value.len));
}

enum status record_read_json(struct ctx *c, const struct record *r, str json, void *into)
{
	return record_read_json_with(c, r, json, &(list){ 0 }, into);
}

enum status record_read_json_with(struct ctx *c, const struct record *r, str json, const list *given, void *into)
{
	if (levels_of(json) > LEVELS_MAX)
		return refuse(c, INVALID, "json", W(record_json_deep), text_format(c->arena, "%d", LEVELS_MAX));
	json_error_t error;
	json_t *root = json_loadb(json.len ? json.at : "", json.len, JSON_REJECT_DUPLICATES, &error);
	if (!root) {
		bool twice = json_error_code(&error) == json_error_duplicate_key;
		str line = text_format(c->arena, "%d", error.line), column = text_format(c->arena, "%d", error.column);
		return twice ? refuse(c, INVALID, "json", W(record_json_twice), line, column)
			: refuse(c, INVALID, "json", W(record_json_invalid), line, column, str_of(error.text));
	}
	struct reading reading = { c, c->problems.count, false };
	enum status status;
	if (json_is_object(root)) {
		for (each(const struct given, g, *given))
			given_set(root, r, g);
		record_from(&reading, r, root, &(struct spot){ 0 }, into);
		status = reading_end(&reading);
	} else {
		status = refuse(c, INVALID, "json", W(record_json_whole));
	}
	json_decref(root);
	return status;
}
