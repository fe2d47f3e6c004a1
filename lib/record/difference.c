/* difference.c - what changed between two structs of one record, for the audit. */
#include "record.h"
#include "base/buffer.h"

/* Two values are the same when they are written the same. */
static str written(struct arena *a, const struct field *f, const void *of)
{
	if (f->type != FIELD_LIST && f->type != FIELD_RECORD)
		return field_text(a, f, of);
	const struct record alone = { "", 0, f, 1 };
	struct buffer b = { 0 };
	record_write_json(&b, &alone, of);
	str s = text_copy(a, buffer_text(&b));
	buffer_done(&b);
	return s;
}

static str shown(struct arena *a, const struct field *f, const void *of)
{
	if (f->secret)
		return (str){ 0 };
	return f->type == FIELD_LIST ? text_format(a, "%zu", ((const list *)field_in(f, of))->count) : field_text(a, f, of);
}

list record_difference(struct arena *a, const struct record *r, const void *before, const void *after)
{
	list found = { 0 };
	for (size_t i = 0; i < r->count; i++) {
		const struct field *f = &r->fields[i];
		if (str_eq(written(a, f, before), written(a, f, after)))
			continue;
		*list_add(a, &found, struct difference) = (struct difference){ str_of(f->name), shown(a, f, before), shown(a, f, after) };
	}
	return found;
}
