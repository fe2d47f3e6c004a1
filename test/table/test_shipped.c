/* test_shipped.c - the mappings in share/mappings, on exports as those systems write them. */
#include "shared.h"
#include <unistd.h>
#include "table/mapping.h"

static const struct table_field people[] = {
	{ S("person_id"), TABLE_TEXT, true }, { S("name"), TABLE_TEXT, true }, { S("email"), TABLE_TEXT }, { S("unit"), TABLE_TEXT, true },
	{ S("role"), TABLE_TEXT }, { S("lead_id"), TABLE_TEXT }, { S("hours"), TABLE_REAL }, { S("start"), TABLE_DATE }, { S("end"), TABLE_DATE },
	{ S("language"), TABLE_TEXT },
};
static const struct table_field ratings[] = {
	{ S("person_id"), TABLE_TEXT, true }, { S("skill"), TABLE_TEXT, true }, { S("level"), TABLE_INT, true }, { S("source"), TABLE_TEXT, true },
	{ S("rater_id"), TABLE_TEXT }, { S("day"), TABLE_DATE, true }, { S("note"), TABLE_TEXT }, { S("context"), TABLE_TEXT },
};
enum { PEOPLE = sizeof people / sizeof people[0], RATINGS = sizeof ratings / sizeof ratings[0] };

#define INSTEVAL "\"s\",\"d\",\"studage\",\"lectage\",\"service\",\"dept\",\"y\"\n\"1\",\"1002\",\"2\",\"2\",\"1\",\"14\",5\n"

static const struct {
	const char *map, *csv;
	const struct table_field *fields;
	size_t count;
	const char *values[10];
} exports[] = {
	{ "afas-medewerkers.map",
		"Medewerker;Roepnaam;Voorvoegsel;Achternaam;E-mail werk;Afdeling;Team;Functie;Leidinggevende;Uren per week;Begindatum dienstverband;Einddatum dienstverband\r\n"
		"000123;Ren\xE9;van der;Wal;rene@example.nl;Wonen/Zorg;;Opzichter;000007;32,00;01-09-2019;31-12-9999\r\n",
		people, PEOPLE, { "000123", "René van der Wal", "rene@example.nl", "Wonen-Zorg", "Opzichter", "000007", "32.00", "2019-09-01", "", "nl" } },
	{ "youforce.map",
		"Personeelsnummer;Personeelsnummer leidinggevende;Roepnaam;Voorvoegsels;Achternaam;E-mailadres werk;Sector;Afdeling;Team;Functieomschrijving;Contracturen;Datum in dienst;Datum uit dienst;Taal\n"
		"123;;Zo\xC3\xAB;;Bos;;Wonen;Vastgoed;Noord;Opzichter;;20190901;20260131;\n",
		people, PEOPLE, { "Y123", "Zoë Bos", "", "Wonen/Vastgoed/Noord", "Opzichter", "", "0", "2019-09-01", "2026-01-31", "nl" } },
	{ "insteval-people.map", INSTEVAL, people, PEOPLE, { "1002", "Docent 1002", "", "Department 14", "Lecturer", "", "", "", "", "en" } },
	{ "insteval-ratings.map", INSTEVAL, ratings, RATINGS, { "1002", "lecturing", "5", "peer", "s1", "2024-01-03", "", "service" } },
};

static struct mapping *shipped(struct ctx *c, const char *name)
{
	struct mapping *m;
	if (mapping_read_file(c, text_c(c->arena, text_format(c->arena, SOURCE "/share/mappings/%s", name)), &m) != OK)
		fail_msg("%s", said(c));
	return m;
}

static void shipped_mappings_fit_their_exports(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof exports / sizeof exports[0]; i++) {
		struct ctx c = context_new();
		struct table *t;
		struct mapped *m;
		struct mapped_row row;
		assert_int_equal(table_open(&c, S("t.csv"), str_of(exports[i].csv), (struct table_limits){ 0 }, &t), OK);
		if (mapped_open(&c, t, shipped(&c, exports[i].map), exports[i].fields, exports[i].count, &m) != OK || mapped_next(&c, m, &row) != OK)
			fail_msg("%s: %s", exports[i].map, said(&c));
		for (size_t j = 0; j < exports[i].count; j++)
			assert_str(row.values[j], exports[i].values[j]);
		mapped_close(m);
		table_close(t);
		arena_free(c.arena);
	}
}

static void insteval_reads_whole(void **state)
{
	(void)state;
	const char *path = SOURCE "/../shared/data/ratings/insteval.csv";
	if (access(path, R_OK)) {
		print_message("skipped: no shared data\n");
		skip();
	}
	struct ctx c = context_new();
	struct table *t;
	struct mapped *m;
	struct mapped_row row;
	int64_t rows = 0, level, levels = 0;
	assert_int_equal(table_open_file(&c, path, (struct table_limits){ 0 }, &t), OK);
	assert_int_equal(mapped_open(&c, t, shipped(&c, "insteval-ratings.map"), ratings, RATINGS, &m), OK);
	while (mapped_next(&c, m, &row) == OK) {
		assert_true(str_to_int(row.values[2], &level));
		levels += level;
		rows++;
	}
	assert_int_equal(c.problems.count, 0);
	assert_int_equal(rows, 73421);
	assert_int_equal(levels, 235369);                      /* the sum of y, by awk */
	mapped_close(m);
	table_close(t);
	arena_free(c.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_mappings_fit_their_exports),
		cmocka_unit_test(insteval_reads_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
