/* rows.c - one row of a table as values of the fields that were asked for. */
#include "table/bound.h"
#include <string.h>

/* At most what this row can need: every part of every join, and a number or day for each field. */
static void made_reserve(struct mapped *m, const struct table_row *row)
{
	size_t need = 0;
	for (size_t i = 0; i < m->count; i++) {
		const struct bound *b = &m->bound[i];
		need += NUMBER_ROOM;
		if (!b->is || b->plain || !b->rule)
			continue;
		for (size_t p = 0; p < b->rule->parts.count; p++)
			need += 1 + (b->columns[p] >= 0 ? row->cells[b->columns[p]].len : list_item(b->rule->parts, struct part, p)->text.len);
	}
	buffer_clear(&m->made);
	buffer_reserve(&m->made, need);
}

static str made_since(const struct mapped *m, size_t from)
{
	return str_from(buffer_text(&m->made), from);
}

/* One step of a path: white space trimmed and folded to single spaces; a slash would make a step of its own. */
static void step_tidy(struct buffer *b, size_t from, bool is_path)
{
	size_t n = from;
	str s = str_trim(str_from(buffer_text(b), from));
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.at[i];
		if (ch == ' ' && n > from && b->at[n - 1] == ' ')
			continue;
		b->at[n++] = is_path && ch == '/' ? '-' : ch;
	}
	b->len = n;
}

static str join(struct mapped *m, const struct bound *b, const struct table_row *row)
{
	size_t from = m->made.len, step = from, count = b->rule->parts.count;
	bool is_path = false, filled = b->first < 0;           /* texts alone are a constant; beside empty columns they are nothing */
	const struct part *parts = list_of(b->rule->parts, struct part);
	for (size_t i = 1; i < count; i++)
		is_path |= parts[i].begins_step;
	bool step_filled = false, step_columns = false;
	for (size_t i = 0; i < count; i++) {
		str piece = b->columns[i] >= 0 ? str_trim(row->cells[b->columns[i]]) : parts[i].text;
		step_columns |= b->columns[i] >= 0;
		step_filled |= b->columns[i] >= 0 && piece.len;
		filled |= b->columns[i] >= 0 && piece.len;
		buffer_add(&m->made, piece);
		if (i + 1 < count && !parts[i + 1].begins_step)
			continue;
		if (step_columns && !step_filled)
			m->made.len = step;
		else
			step_tidy(&m->made, step, is_path);
		if (m->made.len > step && i + 1 < count)
			buffer_add_char(&m->made, '/');
		step = m->made.len;
		step_filled = step_columns = false;
	}
	str joined = made_since(m, from);
	if (is_path && str_ends(joined, S("/")))
		joined.len--;
	return filled ? joined : S("");
}

static bool looked_up(const struct rule *u, str *value)
{
	const struct one_case *otherwise = NULL;
	for (each(struct one_case, k, u->cases)) {
		if (k->from == FROM_OTHERWISE)
			otherwise = otherwise ? otherwise : k;
		else if (k->from == FROM_EMPTY ? !value->len : str_eq_ignoring_case(k->is, *value)) {
			if (!k->same)
				*value = k->to;
			return true;
		}
	}
	if (!otherwise)
		return !value->len;                            /* empty is no value: `or` and `required` decide */
	if (!otherwise->same)
		*value = otherwise->to;
	return true;
}

static str cases_named(struct ctx *c, const struct rule *u)
{
	str *names = arena_array_of(c->arena, str, u->cases.count);
	size_t n = 0;
	for (each(struct one_case, k, u->cases))
		if (k->from == FROM_TEXT)
			names[n++] = k->is;
	return names_joined(c->arena, names, n);
}

/* What a message about field `i` of this row points at. */
struct spot { struct ctx *c; const struct mapped *m; size_t i; const struct table_row *row; };

static enum status wrong_in(const struct spot *at, int column, const struct word *said, str value, str known)
{
	struct ctx *c = at->c;
	const struct table *t = at->m->table;
	str name = at->m->fields[at->i].name;
	str field = text_format(c->arena, "line %lld " S_FMT, (long long)at->row->line, S_ARG(name));
	return object(c, field, said, t->name, number_text(c->arena, at->row->line),
		column >= 0 ? t->columns[column] : name, value_shown(c->arena, value), known);
}

static enum status wrong(const struct spot *at, const struct word *said, str value, str known)
{
	return wrong_in(at, at->m->bound[at->i].first, said, value, known);
}

static enum status read_number(const struct spot *at, struct mapped *m, str *value)
{
	const struct rule *u = m->bound[at->i].rule;
	bool is_whole = m->fields[at->i].kind == TABLE_INT;
	char *room = m->made.at + m->made.len;
	char mark = u ? u->mark : 0, hint = m->table->dialect.decimal;
	str number;
	switch (is_whole ? value_whole(*value, mark, hint, room, &number) : value_number(*value, mark, hint, room, &number)) {
	case VALUE_FINE:
		m->made.len += number.len;
		*value = number;
		return OK;
	case VALUE_AMBIGUOUS:
		return wrong(at, W(table_which_number), *value, S(""));
	default:
		return wrong(at, is_whole ? W(table_no_whole) : W(table_no_number), *value, S(""));
	}
}

static void put_date(struct mapped *m, date d, str *value)
{
	char *at = m->made.at + m->made.len;
	date_put(at, d);
	*value = (str){ at, 10 };
	m->made.len += 10;
}

static enum status shift_date(const struct spot *at, date *d, str *value)
{
	const struct bound *b = &at->m->bound[at->i];
	char room[NUMBER_ROOM];
	str cell = str_trim(at->row->cells[b->shift]), number;
	int64_t n, days;
	if (!cell.len) {
		*value = S("");                                /* unknown how long ago: no day */
		return OK;
	}
	if (value_whole(cell, 0, at->m->table->dialect.decimal, room, &number) != VALUE_FINE || !str_to_int(number, &n))
		return wrong_in(at, b->shift, W(table_no_whole), cell, S(""));
	if (__builtin_mul_overflow(n, b->rule->shift_days, &days) || days < 1 - d->day || days > date_of(9999, 12, 31).day - d->day)
		return wrong_in(at, b->shift, W(table_no_such_day), cell, S("1 … 9999"));
	*d = date_add_days(*d, (int)days);
	return OK;
}

static enum status read_date(const struct spot *at, struct mapped *m, str *value)
{
	static const struct date_format any = { 0 };
	const struct bound *b = &m->bound[at->i];
	const struct date_format *f = b->rule ? &b->rule->format : &any;
	str form = f->order[0] ? f->text : S("2026-11-23 / 23-11-2026");
	struct date_format seen;
	date d = { 0 };
	switch (value_date(*value, f, &d)) {
	case VALUE_FINE:
		break;
	case VALUE_NO_SUCH_DAY:
		if (!f->order[0] && date_format_recognise(*value, &seen))
			form = seen.order[0] == 'y' ? S("yyyy-mm-dd") : S("dd-mm-yyyy");
		return wrong(at, W(table_no_such_day), *value, form);
	default:
		return wrong(at, W(table_no_date), *value, form);
	}
	if (b->shift >= 0) {
		TRY(shift_date(at, &d, value));
		if (!value->len)
			return OK;
	}
	put_date(m, d, value);
	return OK;
}

static enum status read_kind(const struct spot *at, struct mapped *m, str *value)
{
	switch (m->fields[at->i].kind) {
	case TABLE_INT: case TABLE_REAL:
		return read_number(at, m, value);
	case TABLE_DATE:
		return read_date(at, m, value);
	case TABLE_TEXT:
		break;
	}
	return OK;
}

static enum status read_value(const struct spot *at, struct mapped *m, str *out)
{
	const struct bound *b = &m->bound[at->i];
	str value = b->plain ? str_trim(at->row->cells[b->first]) : join(m, b, at->row);
	if (b->rule && b->rule->has_table && !looked_up(b->rule, &value))
		return wrong(at, W(table_not_listed), value, cases_named(at->c, b->rule));
	if (value.len)
		TRY(read_kind(at, m, &value));
	if (!value.len && b->rule && b->rule->otherwise_empty.len) {
		value = b->rule->otherwise_empty;
		TRY(read_kind(at, m, &value));
	}
	if (!value.len && m->fields[at->i].required)
		return wrong(at, W(table_empty_value), m->fields[at->i].name, m->fields[at->i].name);
	*out = value.len ? value : (str){ 0 };
	return OK;
}

static bool is_blank(const struct table *t, const struct table_row *row)
{
	for (size_t i = 0; i < t->width; i++)
		if (row->cells[i].len && str_trim(row->cells[i]).len)
			return false;
	return true;
}

enum status mapped_next(struct ctx *c, struct mapped *m, struct mapped_row *out)
{
	out->values = m->values;
	for (size_t i = 0; i < m->count; i++)
		m->values[i] = (str){ 0 };
	do {
		TRY(table_next(c, m->table, &out->row));
	} while (is_blank(m->table, &out->row));
	made_reserve(m, &out->row);
	enum status worst = OK;
	for (size_t i = 0; i < m->count; i++)
		if (m->bound[i].is && read_value(&(struct spot){ c, m, i, &out->row }, m, &m->values[i]) != OK)
			worst = INVALID;
	return worst;
}
