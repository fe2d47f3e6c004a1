/* form.c - names and values out of application/x-www-form-urlencoded text (WHATWG URL, 5.1), strictly. */
#include "http.h"

static bool piece_read(struct arena *a, str name, str value, struct http_part *out)
{
	*out = (struct http_part){ 0 };
	return http_decode(a, name, true, &out->name) && utf8_is_valid(out->name)
		&& http_decode(a, value, true, &out->value) && utf8_is_valid(out->value);
}

enum status http_form_read(struct arena *a, str body, list *parts, size_t *where)
{
	size_t had = parts->count;
	for (str piece, rest = body; rest.len; ) {
		str name, value;
		struct http_part part;
		*where = (size_t)(rest.at - body.at);
		str_cut(rest, '&', &piece, &rest);
		if (!piece.len)
			continue;
		str_cut(piece, '=', &name, &value);
		if (parts->count == HTTP_PARTS_MAX || !piece_read(a, name, value, &part)) {
			parts->count = had;
			return INVALID;
		}
		*list_add(a, parts, struct http_part) = part;
	}
	return OK;
}
