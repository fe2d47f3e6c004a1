/* plan.c - joins a query's parameters and columns to the members of its records, once per connection. */
#include "engine.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *name; enum source source; enum field_type type; } context_sources[] = {
	{ "now", FROM_NOW, FIELD_INSTANT }, { "today", FROM_TODAY, FIELD_DATE },
	{ "me", FROM_ME, FIELD_INT }, { "account", FROM_ACCOUNT, FIELD_INT },
};

static bool is_scalar(const struct field *f)
{
	return f && f->type != FIELD_LIST && f->type != FIELD_RECORD;
}

bool plan_parameters(struct plan *p, const struct query *q, char why[WHY])
{
	p->query = q;
	p->out_count = -1;
	for (int i = 0; q->parameters[i]; i++) {
		const struct field *f = field_find(q->in, str_of(q->parameters[i]));
		p->in[i].field = f;
		p->in[i].bytes = q->bytes >> i & 1;
		p->in_count = i + 1;
		if (is_scalar(f))
			continue;
		size_t s = 0, sources = sizeof context_sources / sizeof *context_sources;
		while (s < sources && strcmp(context_sources[s].name, q->parameters[i]))
			s++;
		if (f || s == sources) {
			snprintf(why, WHY, "%s:%d: %s asks for :%s, which struct %s does not have as a single value", q->file, q->line, q->name, q->parameters[i], q->in->name);
			return false;
		}
		p->in[i].source = context_sources[s].source;
	}
	return true;
}

bool plan_columns(struct plan *p, int count, const char *(*name)(void *of, int column), void *of, char why[WHY])
{
	const struct query *q = p->query;
	if (count > COLUMNS_MAX) {
		snprintf(why, WHY, "%s:%d: %s gives %d columns; at most %d", q->file, q->line, q->name, count, COLUMNS_MAX);
		return false;
	}
	for (int i = 0; i < count; i++) {
		p->out[i] = field_find(q->out, str_of(name(of, i)));
		if (!is_scalar(p->out[i])) {
			snprintf(why, WHY, "%s:%d: %s gives a column %s, which struct %s does not have as a single value", q->file, q->line, q->name, name(of, i), q->out->name);
			return false;
		}
	}
	p->out_count = count;
	return true;
}

enum field_type plan_type(const struct plan *p, int i)
{
	if (p->in[i].field)
		return p->in[i].field->type;
	return p->in[i].source == FROM_NOW ? FIELD_INSTANT : p->in[i].source == FROM_TODAY ? FIELD_DATE : FIELD_INT;
}

static struct value number(int64_t n, bool zero_is_none)
{
	return n || !zero_is_none ? (struct value){ VALUE_INT, .i = n } : (struct value){ 0 };
}

static struct value day_value(date d, char text[DAY_TEXT])
{
	if (!date_is(d))
		return (struct value){ 0 };
	date_put(text, d);
	return (struct value){ VALUE_TEXT, .s = { text, DAY_TEXT } };
}

struct value plan_value(const struct plan *p, int i, const struct ctx *c, const void *in, char day[DAY_TEXT])
{
	const struct field *f = p->in[i].field;
	if (!f) {
		switch (p->in[i].source) {
		case FROM_NOW:     return number(c->now.ms, true);
		case FROM_TODAY:   return day_value(c->today, day);
		case FROM_ME:      return number(c->me.person, true);
		case FROM_ACCOUNT: return number(c->me.account, true);
		case FROM_MEMBER:  break;
		}
		return (struct value){ 0 };
	}
	const char *at = (const char *)in + f->offset;
	switch (f->type) {
	case FIELD_BOOL:    return number(*(const bool *)at, false);
	case FIELD_INT:     return number(*(const int64_t *)(const void *)at, f->optional);
	case FIELD_INSTANT: return number(((const instant *)(const void *)at)->ms, true);
	case FIELD_MONEY:   return number(((const money *)(const void *)at)->cents, f->optional);
	case FIELD_DATE:    return day_value(*(const date *)(const void *)at, day);
	case FIELD_REAL: {
		double x = *(const double *)(const void *)at;
		return isnan(x) || (f->optional && x == 0) ? (struct value){ 0 } : (struct value){ VALUE_REAL, .x = x };
	}
	case FIELD_TEXT: {
		str s = *(const str *)(const void *)at;
		return s.at ? (struct value){ p->in[i].bytes ? VALUE_BLOB : VALUE_TEXT, .s = s } : (struct value){ 0 };
	}
	case FIELD_LIST: case FIELD_RECORD: break;         /* refused by plan_parameters */
	}
	return (struct value){ 0 };
}

bool plan_put(const struct plan *p, int column, struct value v, void *out, struct arena *a)
{
	const struct field *f = p->out[column];
	void *at = (char *)out + f->offset;
	bool none = v.kind == VALUE_NULL;
	switch (f->type) {
	case FIELD_BOOL:
		*(bool *)at = !none && v.i;
		return none || v.kind == VALUE_INT;
	case FIELD_INT: case FIELD_INSTANT: case FIELD_MONEY:      /* each is one int64_t */
		*(int64_t *)at = none ? 0 : v.i;
		return none || v.kind == VALUE_INT;
	case FIELD_REAL:
		*(double *)at = none ? NAN : v.kind == VALUE_INT ? (double)v.i : v.x;
		return none || v.kind == VALUE_INT || v.kind == VALUE_REAL;
	case FIELD_TEXT:
		if (!none && v.kind != VALUE_TEXT && v.kind != VALUE_BLOB)
			return false;
		*(str *)at = none ? (str){ 0 } : text_copy(a, (str){ v.s.at ? v.s.at : "", v.s.len });
		return true;
	case FIELD_DATE:
		*(date *)at = (date){ 0 };
		return none || (v.kind == VALUE_TEXT && date_from_iso(v.s, at));
	case FIELD_LIST: case FIELD_RECORD: break;         /* refused by plan_columns */
	}
	return false;
}

/* ---- The plans of a connection ---- */

static size_t slot_of(const struct plans *all, const struct query *q)
{
	size_t i = ((uintptr_t)q >> 4) * 0x9E3779B97F4A7C15u >> 32;
	for (i &= all->room - 1; all->slots[i] && all->slots[i]->query != q; )
		i = (i + 1) & (all->room - 1);
	return i;
}

struct plan *plans_find(const struct plans *all, const struct query *q)
{
	return all->room ? all->slots[slot_of(all, q)] : NULL;
}

void plans_add(struct plans *all, struct plan *p)
{
	if (all->count * 2 >= all->room) {
		struct plans more = { .room = all->room ? all->room * 2 : 64, .count = all->count };
		more.slots = calloc(more.room, sizeof *more.slots);
		if (!more.slots)
			abort();
		for (size_t i = 0; i < all->room; i++)
			if (all->slots[i])
				more.slots[slot_of(&more, all->slots[i]->query)] = all->slots[i];
		free(all->slots);
		*all = more;
	}
	all->slots[slot_of(all, p->query)] = p;
	all->count++;
}

void plans_done(struct plans *all, void (*statement_done)(void *statement))
{
	for (size_t i = 0; i < all->room; i++) {
		if (!all->slots[i])
			continue;
		if (statement_done)
			statement_done(all->slots[i]->statement);
		free(all->slots[i]);
	}
	free(all->slots);
	*all = (struct plans){ 0 };
}
