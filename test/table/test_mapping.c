/* test_mapping.c - the grammar of mappings, finding columns, and what values become. */
#include "shared.h"
#include "table/mapping.h"

static const struct table_field fields[] = {
	{ S("person_id"), TABLE_TEXT, true, S("personeelsnummer, medewerker") },
	{ S("name"), TABLE_TEXT, .synonyms = S("naam") },
	{ S("unit"), TABLE_TEXT },
	{ S("hours"), TABLE_REAL, .synonyms = S("uren") },
	{ S("level"), TABLE_INT, .synonyms = S("niveau") },
	{ S("day"), TABLE_DATE, .synonyms = S("datum") },
};
enum { PERSON_ID, NAME, UNIT, HOURS, LEVEL, DAY, FIELDS };

static const struct { const char *mapping, *says; } mistakes[] = {
	{ "", "m.map names no field at all" },
	{ "# only this\n\n", "names no field at all" },
	{ "name", "line 1, character 5: = belongs here, not the end of the line" },
	{ "name \"x\"", "line 1, character 6: = belongs here, not \"x\"" },
	{ "\n  name =", "line 2, character 9: column \"…\" or a text between \"\" belongs here, not the end of the line" },
	{ "name = naam", "line 1, character 8: column \"…\" or a text" },
	{ "name = column naam", "line 1, character 15: a text between \"\" belongs here, not \"naam\"" },
	{ "name = column \"A", "line 1, character 15: this text is not closed" },
	{ "name = \"é\" +", "line 1, character 13: column" },
	{ "name = \"a\" \"b\"", "line 1, character 12: the line should end here" },
	{ "= \"a\"", "line 1, character 1: the name of a field belongs here, not \"=\"" },
	{ "name = \"a\"\nname = \"b\"", "line 2: the field \"name\" was given already on line 1" },
	{ "day = column \"A\" as mm-mm-yyyy", "line 1, character 21: \"mm-mm-yyyy\" is no way to read" },
	{ "day = column \"A\" as dd-mm-yy", "character 21: \"dd-mm-yy\" is no way to read" },
	{ "hours = column \"A\" as decimal", "character 30: the end of the line is no way to read" },
	{ "hours = column \"A\" as decimal comma as decimal point", "character 37: this is there already" },
	{ "name = column \"A\" { \"x\" self }", "character 25: -> belongs here, not \"self\"" },
	{ "name = column \"A\" { \"x\" -> self", "character 32: ; or a closing brace belongs here" },
	{ "name = column \"A\" {\n\"x\" -> a;\n b -> c }", "line 3, character 2: a value between" },
	{ "day = \"2026-01-01\" minus \"3\" days", "character 26: column \"…\" belongs here, not \"3\"" },
	{ "day = \"2026-01-01\" minus column \"A\" times 99999 days", "character 43: days belongs here" },
	{ "person_id = column \"A\"\nnaem = \"x\"", "m.map, line 2: there is no field \"naem\" here. Perhaps you mean: \"name\"" },
	{ "person_id = column \"Medewreker\"", "m.map, line 1: t.csv has no column \"Medewreker\". Perhaps you mean: \"Medewerker\"" },
	{ "person_id = column \"Q\"", "Perhaps you mean: \"A\"" },
	{ "name = column \"A\"", "t.csv has no column for \"person_id\", which is needed. It has: \"A\", \"Medewerker\"" },
	{ "person_id = column \"A\" as iso", "line 1: the field \"person_id\" is of another kind than \"iso\"" },
	{ "person_id = column \"A\"\nday = column \"A\" as decimal comma", "line 2: the field \"day\" is of another kind than \"decimal\"" },
	{ "person_id = column \"A\"\nday = \"2026-02-30\"", "m.map, line 2: \"2026-02-30\" does not suit the field \"day\"" },
	{ "person_id = column \"A\"\nlevel = column \"A\" or \"none\"", "m.map, line 2: \"none\" does not suit the field \"level\"" },
	{ "person_id = \"a\" plus column \"A\" days", "is of another kind than \"days\"" },
};

static enum status open_mapped(struct ctx *c, const char *csv, const char *mapping, struct table **t, struct mapped **m)
{
	struct mapping *by = NULL;
	*t = NULL;
	if (mapping)
		TRY(mapping_read(c, S("m.map"), str_of(mapping), &by));
	TRY(table_open(c, S("t.csv"), str_of(csv), (struct table_limits){ 0 }, t));
	return mapped_open(c, *t, by, fields, FIELDS, m);
}

static void says_where_a_mapping_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
		struct ctx c = context_new();
		struct table *t;
		struct mapped *m;
		if (open_mapped(&c, "A,Medewerker\n1,2\n", mistakes[i].mapping, &t, &m) != INVALID)
			fail_msg("no mistake in: %s", mistakes[i].mapping);
		assert_said(&c, mistakes[i].says);
		table_close(t);
		arena_free(c.arena);
	}
}

/* One row, one field: what it becomes, or what is said of it. */
static const struct { const char *cells, *mapping; int field; const char *becomes, *says; } values[] = {
	{ "1;  Anna\u00a0 ;;", "name = column \"b\"", NAME, "Anna", NULL },
	{ "1;Anna;de; Wit ", "name = column \"b\" + \" \" + column \"c\" + \" \" + column \"d\"", NAME, "Anna de Wit", NULL },
	{ "1;Anna;;Wit", "name = column \"b\" + \" \" + column \"c\" + \" \" + column \"d\"", NAME, "Anna Wit", NULL },
	{ "1;;;", "name = \"x\" + column \"b\"", NAME, "", NULL },
	{ "1;;;", "name = \"x\" + column \"b\" or \"nobody\"", NAME, "nobody", NULL },
	{ "1;7;;", "name = \"s\" + column \"b\"", NAME, "s7", NULL },
	{ "1;Wonen/Zorg;Team  3;", "unit = column \"b\" / column \"c\" / column \"d\"", UNIT, "Wonen-Zorg/Team 3", NULL },
	{ "1;;Noord;", "unit = \"Huis\" / column \"b\" / \"Team \" + column \"c\"", UNIT, "Huis/Team Noord", NULL },
	{ "1;;;", "unit = \"Huis\" / column \"b\"", UNIT, "", NULL },
	{ "1;ZELF;;", "name = column \"b\" { \"Zelf\" -> self; \"Leidinggevende\" -> lead; otherwise -> peer }", NAME, "self", NULL },
	{ "1;x;;", "name = column \"b\" { \"Zelf\" -> self; otherwise -> peer }", NAME, "peer", NULL },
	{ "1;x;;", "name = column \"b\" {\n  \"y\" -> no;  # a remark\n  otherwise -> same;\n}", NAME, "x", NULL },
	{ "1;;;", "name = column \"b\" { empty -> \"none\"; otherwise -> same }", NAME, "none", NULL },
	{ "1;x;;", "name = column \"b\" { \"y\" -> no; \"z\" -> no }", NAME, NULL, "line 2, column \"b\": \"x\" is not in the mapping. Known are: \"y\", \"z\"" },
	{ "1;31-12-9999;;", "day = column \"b\" { \"31-12-9999\" -> \"\"; otherwise -> same }", DAY, "", NULL },
	{ "1;1-2-2026;;", "day = column \"b\"", DAY, "2026-02-01", NULL },
	{ "1;01/02/2026 00:00:00;;", "day = column \"b\"", DAY, "2026-02-01", NULL },
	{ "1;01/02/2026;;", "day = column \"b\" as mm/dd/yyyy", DAY, "2026-01-02", NULL },
	{ "1;20260131;;", "day = column \"b\" as jjjjmmdd", DAY, "2026-01-31", NULL },
	{ "1;1.2.2026;;", "day = column \"b\" as d.m.yyyy", DAY, "2026-02-01", NULL },
	{ "1;2026-02-01T13:45:00;;", "day = column \"b\" as iso", DAY, "2026-02-01", NULL },
	{ "1;01-02-2026;;", "day = column \"b\" as iso", DAY, NULL, "column \"b\": \"01-02-2026\" is no date like iso" },
	{ "1;31-02-2026;;", "day = column \"b\" as dd-mm-yyyy", DAY, NULL, "t.csv, line 2, column \"b\": the day \"31-02-2026\" does not exist (read as dd-mm-yyyy)" },
	{ "1;12/31/2026;;", "day = column \"b\"", DAY, NULL, "the day \"12/31/2026\" does not exist (read as dd-mm-yyyy)" },
	{ "1;gisteren;;", "day = column \"b\"", DAY, NULL, "\"gisteren\" is no date like 2026-11-23 / 23-11-2026" },
	{ "1;3;;", "day = \"2026-06-01\" minus column \"b\" times 182 days", DAY, "2024-12-02", NULL },
	{ "1;1-3-2024;1;", "day = column \"b\" as d-m-yyyy plus column \"c\" days", DAY, "2024-03-02", NULL },
	{ "1;x;;", "day = \"2026-06-01\" minus column \"b\" times 182 days", DAY, NULL, "column \"b\": \"x\" is no whole number" },
	{ "1;9999999;;", "day = \"2026-06-01\" minus column \"b\" times 182 days", DAY, NULL, "column \"b\": the day \"9999999\" does not exist" },
	{ "1;32,5;;", "hours = column \"b\"", HOURS, "32.5", NULL },
	{ "1;1.234.567,50;;", "hours = column \"b\"", HOURS, "1234567.50", NULL },
	{ "1;-1,234.5;;", "hours = column \"b\"", HOURS, "-1234.5", NULL },
	{ "1;1.000;;", "hours = column \"b\"", HOURS, NULL, "\"1.000\" can be two numbers" },
	{ "1;1.000;2,5;", "hours = column \"b\"", HOURS, "1000", NULL },
	{ "1;1.000;2.5;", "hours = column \"b\"", HOURS, "1.000", NULL },
	{ "1;1.000;;", "hours = column \"b\" as decimal comma", HOURS, "1000", NULL },
	{ "1;0,125;;", "hours = column \"b\"", HOURS, "0.125", NULL },
	{ "1;32.5;;", "hours = column \"b\" as decimal comma", HOURS, NULL, "\"32.5\" is no number" },
	{ "1;32 uur;;", "hours = column \"b\"", HOURS, NULL, "line 2, column \"b\": \"32 uur\" is no number" },
	{ "1;12.34.567;;", "hours = column \"b\"", HOURS, NULL, "is no number" },
	{ "1;;;", "hours = column \"b\" or \"36\"", HOURS, "36", NULL },
	{ "1;4,0;;", "level = column \"b\"", LEVEL, "4", NULL },
	{ "1;4,5;;", "level = column \"b\"", LEVEL, NULL, "\"4,5\" is no whole number" },
	{ "1;0123456789012345678901234567890123456789e;;", "level = column \"b\"", LEVEL, NULL, "\"0123456789012345678901234567890123456789…\" is no whole" },
	{ "  ;x;;", "name = column \"b\"", PERSON_ID, NULL, "line 2, column \"a\": this is empty and has to be filled (person_id)" },
};

static void makes_values(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		struct ctx c = context_new();
		struct table *t;
		struct mapped *m;
		struct mapped_row row;
		const char *csv = text_c(c.arena, text_format(c.arena, "a;b;c;d\n%s\n", values[i].cells));
		const char *map = text_c(c.arena, text_format(c.arena, "person_id = column \"a\"\n%s\n", values[i].mapping));
		if (open_mapped(&c, csv, map, &t, &m) != OK)
			fail_msg("%s: %s", values[i].mapping, said(&c));
		enum status s = mapped_next(&c, m, &row);
		if (s != (values[i].says ? INVALID : OK))
			fail_msg("%s with %s: %s", values[i].mapping, values[i].cells, said(&c));
		if (values[i].says)
			assert_said(&c, values[i].says);
		else
			assert_str(row.values[values[i].field], values[i].becomes);
		mapped_close(m);
		table_close(t);
		arena_free(c.arena);
	}
}

static void finds_columns_by_name(void **state)
{
	(void)state;
	struct ctx c = context_new();
	struct table *t;
	struct mapped *m;
	struct mapped_row row;
	assert_int_equal(open_mapped(&c, "Personeels-nummer;NAAM;Uren;Iets\n7;Zoë;32,5;x\n;;;\n\"8\";;;\n", NULL, &t, &m), OK);
	assert_true(mapped_has(m, HOURS));
	assert_false(mapped_has(m, DAY));
	assert_int_equal(mapped_next(&c, m, &row), OK);
	assert_str(row.values[PERSON_ID], "7");
	assert_str(row.values[NAME], "Zoë");
	assert_str(row.values[HOURS], "32.5");
	assert_null(row.values[DAY].at);
	assert_int_equal(mapped_next(&c, m, &row), OK);
	assert_int_equal(row.row.line, 4);                     /* the row without anything was passed over */
	assert_null(row.values[NAME].at);
	assert_int_equal(mapped_next(&c, m, &row), NOT_FOUND);
	mapped_close(m);
	table_close(t);

	assert_int_equal(open_mapped(&c, "person id,Medewerker\n1,2\n", NULL, &t, &m), INVALID);
	assert_said(&c, "In t.csv two columns fit \"person_id\": \"person id\" and \"Medewerker\"");
	table_close(t);
	assert_int_equal(open_mapped(&c, "nummer,naam\n1,2\n", NULL, &t, &m), INVALID);
	assert_said(&c, "t.csv has no column for \"person_id\", which is needed. It has: \"nummer\", \"naam\"");
	table_close(t);
	arena_free(c.arena);
}

static void objects_to_every_wrong_value_of_a_row(void **state)
{
	(void)state;
	struct ctx c = context_new();
	struct table *t;
	struct mapped *m;
	struct mapped_row row;
	assert_int_equal(open_mapped(&c, "person_id;uren;niveau;datum\n1;x;y;z\n2;3\n3;1;2;2026-01-02\n", NULL, &t, &m), OK);
	assert_int_equal(mapped_next(&c, m, &row), INVALID);
	assert_int_equal(c.problems.count, 3);
	assert_str(list_item(c.problems, struct problem, 0)->field, "line 2 hours");
	assert_str(list_item(c.problems, struct problem, 2)->field, "line 2 day");
	assert_int_equal(mapped_next(&c, m, &row), INVALID);
	assert_str(list_item(c.problems, struct problem, 3)->field, "line 3");
	assert_int_equal(mapped_next(&c, m, &row), OK);
	assert_str(row.values[DAY], "2026-01-02");
	mapped_close(m);
	table_close(t);
	arena_free(c.arena);
}

static void reads_mappings_as_people_save_them(void **state)
{
	(void)state;
	struct ctx c = context_new();
	struct mapping *m;
	assert_int_equal(mapping_read(&c, S("m.map"), S("\xEF\xBB\xBFname = column \"Naam\"\r\nunit=\"a\"/\"b\"\r\n# caf\xC3\xA9"), &m), OK);
	assert_int_equal(mapping_read(&c, S("m.map"), S("name = column \"Pr\xE9nom\"\r\n"), &m), OK);
	assert_int_equal(mapping_read(&c, S("m.map"), S("name = \"say \"\"yes\"\"\"\n"), &m), OK);
	arena_free(c.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_where_a_mapping_is_wrong),
		cmocka_unit_test(makes_values),
		cmocka_unit_test(finds_columns_by_name),
		cmocka_unit_test(objects_to_every_wrong_value_of_a_row),
		cmocka_unit_test(reads_mappings_as_people_save_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
