/* answers.c - see answers.h. */
#include "answers.h"

json_t *json_of(struct answer a)
{
	assert_answer(a, OK);
	json_t *o = json_loadb(a.json.at, a.json.len, 0, NULL);
	assert_non_null(o);
	return o;
}

int64_t number_in(struct answer a, const char *field)
{
	json_t *o = json_of(a);
	int64_t n = json_integer_value(json_object_get(o, field));
	json_decref(o);
	return n;
}

int64_t entry_number(struct answer a, const char *list_name, size_t i, const char *field)
{
	json_t *o = json_of(a);
	int64_t n = json_integer_value(json_object_get(json_array_get(json_object_get(o, list_name), i), field));
	json_decref(o);
	return n;
}

size_t entries_in(struct answer a, const char *list_name)
{
	json_t *o = json_of(a);
	size_t n = json_array_size(json_object_get(o, list_name));
	json_decref(o);
	return n;
}

const char *text_in(struct app *app, struct answer a, const char *list_name, size_t i, const char *field)
{
	json_t *o = json_of(a), *at = list_name ? json_array_get(json_object_get(o, list_name), i) : o;
	const char *text = json_string_value(json_object_get(at, field));
	text = text_c(app->arena, text_copy(app->arena, str_of(text ? text : "")));
	json_decref(o);
	return text;
}
