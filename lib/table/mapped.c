/* mapped.c - which column goes to which field, settled before the first row. */
#include "table/bound.h"
#include <string.h>

/* The column of that name: as it is written, else whatever its case and spaces; -1 when there is none. */
static int column_find(struct ctx *c, const struct table *t, const str *keys, str name)
{
	name = str_trim(name);
	for (size_t i = 0; i < t->width; i++)
		if (str_eq(t->columns[i], name))
			return (int)i;
	str key = name_key(c->arena, name);
	for (size_t i = 0; key.len && i < t->width; i++)
		if (str_eq(keys[i], key))
			return (int)i;
	return -1;
}

static enum status column_bind(struct ctx *c, const struct mapped *m, const struct mapping *by, const struct rule *u, str name, int *out)
{
	*out = column_find(c, m->table, m->keys, name);
	if (*out >= 0)
		return OK;
	return refuse(c, INVALID, "mapping", W(mapping_unknown_column), by->name, number_text(c->arena, u->line), m->table->name, name,
		names_near(c->arena, name, m->table->columns, m->table->width));
}

static enum status form_check(struct ctx *c, const struct mapping *by, const struct rule *u, const struct table_field *f)
{
	bool number = f->kind == TABLE_INT || f->kind == TABLE_REAL;
	if (!(u->mark && !number) && !(u->format.order[0] && f->kind != TABLE_DATE) && !(u->has_shift && f->kind != TABLE_DATE))
		return OK;
	str form = u->mark ? S("decimal") : u->format.order[0] ? u->format.text : S("days");
	return refuse(c, INVALID, "mapping", W(mapping_wrong_format), by->name, number_text(c->arena, u->line), u->field, form);
}

/* A text in the mapping itself that no row could make good. */
static enum status constant_check(struct ctx *c, const struct mapping *by, const struct rule *u, const struct table_field *f, str text)
{
	char room[NUMBER_ROOM];
	str number;
	date day;
	bool fits = !text.len || f->kind == TABLE_TEXT
		|| (f->kind == TABLE_DATE && value_date(text, &u->format, &day) == VALUE_FINE)
		|| (f->kind == TABLE_INT && value_whole(text, u->mark, 0, room, &number) == VALUE_FINE)
		|| (f->kind == TABLE_REAL && value_number(text, u->mark, 0, room, &number) == VALUE_FINE);
	return fits ? OK : refuse(c, INVALID, "mapping", W(mapping_wrong_constant), by->name, number_text(c->arena, u->line), u->field,
		value_shown(c->arena, text));
}

static enum status rule_bind(struct ctx *c, struct mapped *m, const struct mapping *by, const struct rule *u)
{
	size_t i = 0;
	while (i < m->count && !str_eq(m->fields[i].name, u->field))
		i++;
	if (i == m->count) {
		str *names = arena_array_of(c->arena, str, m->count);
		for (size_t j = 0; j < m->count; j++)
			names[j] = m->fields[j].name;
		return refuse(c, INVALID, "mapping", W(mapping_unknown_field), by->name, number_text(c->arena, u->line), u->field,
			names_near(c->arena, u->field, names, m->count));
	}
	TRY(form_check(c, by, u, &m->fields[i]));
	struct bound *b = &m->bound[i];
	*b = (struct bound){ .is = true, .rule = u, .first = -1, .shift = -1, .columns = arena_array_of(c->arena, int, u->parts.count) };
	size_t n = 0;
	for (each(struct part, p, u->parts)) {
		b->columns[n] = -1;
		if (p->is_column)
			TRY(column_bind(c, m, by, u, p->text, &b->columns[n]));
		if (b->first < 0)
			b->first = b->columns[n];
		n++;
	}
	if (u->has_shift)
		TRY(column_bind(c, m, by, u, u->shift_column, &b->shift));
	b->plain = n == 1 && b->first >= 0;
	if (n == 1 && b->first < 0 && !u->has_table)
		TRY(constant_check(c, by, u, &m->fields[i], str_trim(list_item(u->parts, struct part, 0)->text)));
	return constant_check(c, by, u, &m->fields[i], u->otherwise_empty);
}

/* Without a mapping: every name the field goes by, and never two columns for one field. */
static enum status name_bind(struct ctx *c, struct mapped *m, size_t i)
{
	const struct table_field *f = &m->fields[i];
	str names = f->synonyms, name = f->name;
	int found = -1;
	do {
		str key = name_key(c->arena, name);
		for (size_t j = 0; key.len && j < m->table->width; j++) {
			if (!str_eq(m->keys[j], key) || found == (int)j)
				continue;
			if (found >= 0)
				return refuse(c, INVALID, "table-two-columns", W(table_two_columns), m->table->name, f->name,
					m->table->columns[found], m->table->columns[j]);
			found = (int)j;
		}
	} while (names.len && (str_cut(names, ',', &name, &names), true));
	m->bound[i] = (struct bound){ .is = found >= 0, .first = found, .shift = -1, .plain = true };
	return OK;
}

static enum status needed_check(struct ctx *c, const struct mapped *m)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->fields[i].required && !m->bound[i].is)
			return refuse(c, INVALID, "table-no-column", W(table_no_column), m->table->name, m->fields[i].name,
				names_joined(c->arena, m->table->columns, m->table->width));
	return OK;
}

enum status mapped_open(struct ctx *c, struct table *t, const struct mapping *by,
	const struct table_field *fields, size_t count, struct mapped **out)
{
	struct mapped *m = arena_new_of(c->arena, struct mapped);
	*m = (struct mapped){ .table = t, .fields = fields, .count = count };
	m->bound = arena_array_of(c->arena, struct bound, count);
	m->values = arena_array_of(c->arena, str, count);
	m->keys = arena_array_of(c->arena, str, t->width);
	for (size_t i = 0; i < t->width; i++)
		m->keys[i] = name_key(c->arena, t->columns[i]);
	if (by)
		for (each(struct rule, u, by->rules))
			TRY(rule_bind(c, m, by, u));
	else
		for (size_t i = 0; i < count; i++)
			TRY(name_bind(c, m, i));
	TRY(needed_check(c, m));
	*out = m;
	return OK;
}

bool mapped_has(const struct mapped *m, size_t field)
{
	return m->bound[field].is;
}

str mapped_column(const struct mapped *m, size_t field)
{
	int first = m->bound[field].is ? m->bound[field].first : -1;
	return first >= 0 ? m->table->columns[first] : (str){ 0 };
}

str mapped_guess(struct ctx *c, const struct table *t, const struct table_field *field)
{
	str names = field->synonyms, name = field->name, found = { 0 };
	do {
		str key = name_key(c->arena, name);
		for (size_t i = 0; key.len && i < t->width; i++) {
			if (!str_eq(name_key(c->arena, t->columns[i]), key) || str_eq(found, t->columns[i]))
				continue;
			if (found.len)
				return (str){ 0 };
			found = t->columns[i];
		}
	} while (names.len && (str_cut(names, ',', &name, &names), true));
	return found;
}

void mapped_close(struct mapped *m)
{
	if (m)
		buffer_done(&m->made);
}

/* What a file of rejects has besides its own columns, in whichever language it was written. */
static bool told_by_rejects(struct ctx *c, str column)
{
	for (int l = 0; l < LANGUAGES; l++)
		if (str_eq(column, word_text(c->arena, l, W(table_line), NULL, 0)) || str_eq(column, word_text(c->arena, l, W(table_reason), NULL, 0)))
			return true;
	return false;
}

/* Found by name, a field has one column: what is in nobody's first is read by nobody. */
str mapped_left(struct ctx *c, const struct mapped *m)
{
	str *left = arena_array_of(c->arena, str, m->table->width + 1);
	size_t n = 0;
	for (size_t i = 0; i < m->table->width; i++) {
		bool taken = !m->table->columns[i].len || told_by_rejects(c, m->table->columns[i]);
		for (size_t f = 0; f < m->count; f++) {
			if (m->bound[f].rule)
				return (str){ 0 };
			taken |= m->bound[f].is && m->bound[f].first == (int)i;
		}
		if (!taken)
			left[n++] = m->table->columns[i];
	}
	return n ? names_joined(c->arena, left, n) : (str){ 0 };
}
