/* kind.c - what can be imported: the kinds that the linker collected, and the columns each of them knows. */
#include "inside.h"
#include <string.h>

extern const struct import_kind *const __start_wijzer_imports[] __attribute__((weak));
extern const struct import_kind *const __stop_wijzer_imports[] __attribute__((weak));

size_t import_kinds_count(void)
{
	return (size_t)(__stop_wijzer_imports - __start_wijzer_imports);
}

/* By name, whatever the linker's order: some six kinds, so the i-th smallest is simply counted. */
const struct import_kind *import_kinds_at(size_t i)
{
	for (const struct import_kind *const *k = __start_wijzer_imports; k < __stop_wijzer_imports; k++) {
		size_t before = 0;
		for (const struct import_kind *const *o = __start_wijzer_imports; o < __stop_wijzer_imports; o++)
			before += strcmp((*o)->name, (*k)->name) < 0;
		if (before == i)
			return *k;
	}
	return NULL;
}

const struct import_kind *import_kind_find(str name)
{
	for (const struct import_kind *const *k = __start_wijzer_imports; k < __stop_wijzer_imports; k++)
		if (str_eq(str_of((*k)->name), name))
			return *k;
	return NULL;
}

const char *import_right(const struct import_kind *k)
{
	return k->allow ? k->allow : "import.run";
}

static enum table_kind kind_of(const struct field *f)
{
	switch (f->type) {
	case FIELD_INT:  return TABLE_INT;
	case FIELD_REAL: return TABLE_REAL;
	case FIELD_DATE: return TABLE_DATE;
	default:         return TABLE_TEXT;
	}
}

static str also(const struct import_kind *k, const char *name)
{
	for (const struct import_name *n = k->names; n && n->field; n++)
		if (!strcmp(n->field, name))
			return str_of(n->also);
	return (str){ 0 };
}

struct import_fields import_fields_of(struct arena *a, const struct import_kind *k)
{
	struct import_fields all = { arena_array_of(a, const struct field *, k->record->count), arena_array_of(a, struct table_field, k->record->count), 0 };
	for (size_t i = 0; i < k->record->count; i++) {
		const struct field *f = &k->record->fields[i];
		if (!f->label)
			continue;
		all.members[all.count] = f;
		all.columns[all.count++] = (struct table_field){ str_of(f->name), kind_of(f), f->required, also(k, f->name) };
	}
	return all;
}
