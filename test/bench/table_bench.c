/* table_bench.c - how fast tables are read: table_bench [MB], 100 when not told.
 *
 * Eight columns as in an export of people, made from a seed; reading and then reading with a mapping by name, each once,
 * with the time of opening (which finds the encoding) told apart. Seconds are of the processor.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include "table/mapping.h"

static const struct table_field fields[] = {
	{ S("person_id"), TABLE_TEXT, true }, { S("name"), TABLE_TEXT }, { S("email"), TABLE_TEXT }, { S("unit"), TABLE_TEXT }, { S("role"), TABLE_TEXT },
	{ S("hours"), TABLE_REAL }, { S("start"), TABLE_DATE }, { S("level"), TABLE_INT },
};
enum { FIELDS = sizeof fields / sizeof fields[0] };

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);   /* nothing here waits; so a busy machine does not blur the figures */
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void people_make(struct buffer *b, size_t bytes, bool dutch)
{
	char cut = dutch ? ';' : ',';
	buffer_reserve(b, bytes + 200);
	for (size_t i = 0; i < FIELDS; i++)
		buffer_add_format(b, "%s" S_FMT, i ? (char[2]){ cut, 0 } : "", S_ARG(fields[i].name));
	buffer_add_char(b, '\n');
	for (unsigned n = 0; b->len < bytes; n++) {
		const char *name = n % 3 ? "Anna de Wit" : dutch ? "Ren\xE9 Jansen" : "\"Jansen, \"\"Ren\xC3\xA9\"\"\"";
		if (dutch)
			buffer_add_format(b, "%07u;%s;m%u@example.nl;Wonen/Team %u;Opzichter;%u,5;%02u-%02u-2024;%u\r\n", n, name, n, n % 40, n % 36, n % 28 + 1, n % 12 + 1, n % 5 + 1);
		else
			buffer_add_format(b, "%07u,%s,m%u@example.nl,Wonen/Team %u,Opzichter,%u.5,2024-%02u-%02u,%u\n", n, name, n, n % 40, n % 36, n % 12 + 1, n % 28 + 1, n % 5 + 1);
	}
}

static void measure(const char *what, bool dutch, size_t bytes)
{
	struct ctx c = { .arena = arena_new(), .language = EN };
	struct buffer b = { 0 };
	struct table *t;
	struct mapped *m;
	struct table_row row;
	struct mapped_row mapped;
	size_t rows = 0;
	people_make(&b, bytes, dutch);
	double begun = seconds(), mb = (double)b.len / 1e6;
	if (table_open(&c, S("bench.csv"), buffer_text(&b), (struct table_limits){ .bytes = INT64_MAX }, &t) != OK
	    || mapped_open(&c, t, NULL, fields, FIELDS, &m) != OK) {
		printf(S_FMT "\n", S_ARG(said_text(c.arena, EN, &c.said)));
		exit(1);
	}
	double opened = seconds();
	while (table_next(&c, t, &row) == OK)
		rows++;
	double read = seconds();
	table_rewind(t);
	while (mapped_next(&c, m, &mapped) == OK)
		;
	double done = seconds();
	printf("%s: %.0f MB, %zu rows: open %.2f s, rows %.2f s (with opening %.0f MB/s), mapped %.2f s (with opening %.0f MB/s), arena %zu KB\n",
		what, mb, rows, opened - begun, read - opened, mb / (read - begun), done - read, mb / (done - read + opened - begun), arena_size(c.arena) / 1000);
	mapped_close(m);
	table_close(t);
	buffer_done(&b);
	arena_free(c.arena);
}

int main(int argc, char **argv)
{
	size_t bytes = (argc > 1 ? strtoul(argv[1], NULL, 10) : 100) * 1000000;
	measure("UTF-8, commas, quotes, ISO days", false, bytes);
	measure("Windows-1252, semicolons, decimal comma, dd-mm-yyyy", true, bytes);
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	printf("most memory: %ld MB\n", use.ru_maxrss / 1000);
	return 0;
}
