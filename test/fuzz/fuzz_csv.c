/* fuzz_csv.c - any bytes as a table: nothing but OK or a message, rows as wide as the header, and the same rows a second time. */
#include <stdlib.h>
#include "table/mapping.h"
#include "table/write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct table_field fields[] = {
	{ S("a"), TABLE_TEXT, true }, { S("b"), TABLE_INT }, { S("c"), TABLE_REAL }, { S("d"), TABLE_DATE },
};

/* Rows that could be read, and a sum over their bytes. */
static uint64_t rows_read(struct ctx *c, struct table *t)
{
	struct table_row row;
	uint64_t sum = 0;
	enum status s;
	while ((s = table_next(c, t, &row)) == OK || (s == INVALID && !table_is_over(t)))
		for (size_t i = 0; s == OK && i < t->width; i++)
			for (size_t j = 0; j < row.cells[i].len; j++)
				sum = sum * 31 + (unsigned char)row.cells[i].at[j];
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .arena = arena_new(), .language = data && size ? data[0] % LANGUAGES : 0 };
	struct table *t;
	struct mapped *m;
	struct mapped_row row;
	if (table_open(&c, S("f.csv"), (str){ (const char *)data, size }, (struct table_limits){ 0 }, &t) == OK) {
		if (!utf8_is_valid(table_report(&c, t)))
			abort();
		uint64_t once = rows_read(&c, t);
		table_rewind(t);
		if (rows_read(&c, t) != once)
			abort();
		table_rewind(t);
		if (mapped_open(&c, t, NULL, fields, 4, &m) == OK) {
			enum status s;
			while ((s = mapped_next(&c, m, &row)) == OK || (s == INVALID && !table_is_over(t)))
				;
			mapped_close(m);
		}
		table_close(t);
	} else if (!c.said.word || !utf8_is_valid(said_text(c.arena, c.language, &c.said))) {
		abort();
	}
	if (!utf8_is_valid(table_reasons(&c, 0)))
		abort();
	arena_free(c.arena);
	return 0;
}
