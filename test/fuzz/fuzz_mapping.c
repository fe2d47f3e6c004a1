/* fuzz_mapping.c - any bytes as a mapping, and then a table read with it: OK or a message, never more. */
#include <stdlib.h>
#include "table/mapping.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct table_field fields[] = {
	{ S("a"), TABLE_TEXT }, { S("b"), TABLE_INT }, { S("c"), TABLE_REAL }, { S("d"), TABLE_DATE },
};
static const str csv = S("a;b;c;d\nx;1;2,5;2026-11-23\n\"y\nz\";;1.000;31-12-2026\n;9999999999;-1;00000000\n;;;\n");

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .arena = arena_new(), .language = EN };
	struct table *t = NULL;
	struct mapping *by;
	struct mapped *m = NULL;
	struct mapped_row row;
	if (mapping_read(&c, S("f.map"), (str){ (const char *)data, size }, &by) == OK
	    && table_open(&c, S("f.csv"), csv, (struct table_limits){ 0 }, &t) == OK
	    && mapped_open(&c, t, by, fields, 4, &m) == OK) {
		enum status s;
		while ((s = mapped_next(&c, m, &row)) == OK || (s == INVALID && !table_is_over(t)))
			for (size_t i = 0; i < 4; i++)
				if (row.values[i].at && !utf8_is_valid(row.values[i]))
					abort();
	} else if (!c.said.word || !utf8_is_valid(said_text(c.arena, EN, &c.said))) {
		abort();
	}
	mapped_close(m);
	table_close(t);
	arena_free(c.arena);
	return 0;
}
