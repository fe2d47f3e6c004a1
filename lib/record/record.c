/* record.c - reaching the fields of a struct by its table. */
#include "record.h"
#include "base/buffer.h"
#include <math.h>
#include <string.h>

RECORD(nothing);
RECORD(by_id, FIELD(by_id, id, .min = 1, .required = true));
RECORD(count, FIELD(count, count));

const struct field *field_find(const struct record *r, str name)
{
	for (size_t i = 0; i < r->count; i++)
		if (str_eq(str_of(r->fields[i].name), name))
			return &r->fields[i];
	return NULL;
}

void *field_at(const struct field *f, void *of)
{
	return (char *)of + f->offset;
}

const void *field_in(const struct field *f, const void *of)
{
	return (const char *)of + f->offset;
}

void record_clear(const struct record *r, void *of)
{
	memset(of, 0, r->size);
	for (size_t i = 0; i < r->count; i++) {
		const struct field *f = &r->fields[i];
		if (f->type == FIELD_REAL)
			*(double *)field_at(f, of) = NAN;
		else if (f->type == FIELD_RECORD)
			record_clear(f->of, field_at(f, of));
	}
}

bool field_is_empty(const struct field *f, const void *of)
{
	const void *at = field_in(f, of);
	switch (f->type) {
	case FIELD_BOOL:    return false;
	case FIELD_INT:     return f->optional && !*(const int64_t *)at;
	case FIELD_REAL:    return isnan(*(const double *)at) || (f->optional && *(const double *)at == 0);
	case FIELD_TEXT:    return !((const str *)at)->len;
	case FIELD_DATE:    return !date_is(*(const date *)at);
	case FIELD_INSTANT: return !((const instant *)at)->ms;
	case FIELD_MONEY:   return f->optional && !((const money *)at)->cents;
	case FIELD_LIST:    return !((const list *)at)->count;
	case FIELD_RECORD:  return false;
	}
	return true;
}

static str real_text(struct arena *a, double x)
{
	struct buffer b = { 0 };
	buffer_add_real(&b, x);
	str s = text_copy(a, buffer_text(&b));
	buffer_done(&b);
	return s;
}

static str money_text(struct arena *a, money m)
{
	uint64_t cents = m.cents < 0 ? 0 - (uint64_t)m.cents : (uint64_t)m.cents;
	return text_format(a, "%s%llu.%02u", m.cents < 0 ? "-" : "", (unsigned long long)(cents / 100), (unsigned)(cents % 100));
}

str field_text(struct arena *a, const struct field *f, const void *of)
{
	const void *at = field_in(f, of);
	if (field_is_empty(f, of))
		return f->type == FIELD_TEXT ? *(const str *)at : (str){ 0 };
	switch (f->type) {
	case FIELD_BOOL:    return *(const bool *)at ? S("1") : S("0");
	case FIELD_INT:     return text_format(a, "%lld", (long long)*(const int64_t *)at);
	case FIELD_REAL:    return real_text(a, *(const double *)at);
	case FIELD_TEXT:    return *(const str *)at;
	case FIELD_DATE:    return date_iso(a, *(const date *)at);
	case FIELD_INSTANT: return instant_iso(a, *(const instant *)at);
	case FIELD_MONEY:   return money_text(a, *(const money *)at);
	case FIELD_LIST: case FIELD_RECORD: break;
	}
	return (str){ 0 };
}
