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

/* 12345 cents as 123.45: digits, never through a double. */
static size_t money_put(char *at, money m)
{
	uint64_t cents = m.cents < 0 ? 0 - (uint64_t)m.cents : (uint64_t)m.cents;
	size_t n = 0;
	if (m.cents < 0)
		at[n++] = '-';
	n += int_put(at + n, (int64_t)(cents / 100));
	at[n] = '.';
	at[n + 1] = (char)('0' + cents / 10 % 10);
	at[n + 2] = (char)('0' + cents % 10);
	return n + 3;
}

size_t field_put(char at[FIELD_ROOM], const struct field *f, const void *of)
{
	const void *value = (const char *)of + f->offset;
	switch (f->type) {
	case FIELD_BOOL:
		*at = *(const bool *)value ? '1' : '0';
		return 1;
	case FIELD_INT: {
		int64_t n = *(const int64_t *)value;
		return n || !f->optional ? int_put(at, n) : 0;
	}
	case FIELD_REAL: {
		double x = *(const double *)value;
		return x != 0 || !f->optional ? real_put(at, x) : 0;
	}
	case FIELD_MONEY: {
		money m = *(const money *)value;
		return m.cents || !f->optional ? money_put(at, m) : 0;
	}
	case FIELD_DATE: {
		date d = *(const date *)value;
		if (!date_is(d))
			return 0;
		date_put(at, d);
		return 10;
	}
	case FIELD_INSTANT: {
		instant i = *(const instant *)value;
		if (!i.ms)
			return 0;
		instant_put(at, i);
		return 24;
	}
	case FIELD_TEXT: case FIELD_LIST: case FIELD_RECORD:
		break;
	}
	return 0;
}

str field_text(struct arena *a, const struct field *f, const void *of)
{
	if (f->type == FIELD_TEXT)
		return *(const str *)field_in(f, of);
	char at[FIELD_ROOM];
	size_t n = field_put(at, f, of);
	return n ? text_copy(a, (str){ at, n }) : (str){ 0 };
}
