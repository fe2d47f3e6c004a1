/* test_word.c - what is said in two languages: values, forms of number, words inside words, refusals. */
#include "base_test.h"
#include "base/context.h"

#define WORD(name, nl, en) static const struct word word_##name = { #name, { { nl, sizeof nl - 1 }, { en, sizeof en - 1 } } }
WORD(plain, "Klaar.", "Done.");
WORD(enter, "Vul {1} in.", "Enter {1}.");
WORD(label, "Startdatum", "Start date");
WORD(bsn, "BSN", "BSN");
WORD(begins, "{1} ontbreekt. {1} is nodig; ‘{1}’ dus.", "{1} is missing. {1} is needed; ‘{1}’, that is.");
WORD(skills, "{1} {1|vaardigheid|vaardigheden}", "{1} {1|skill|skills}");
WORD(swapped, "{2} van {1}", "{1}'s {2}");
WORD(joined, "{1} en {2}", "{1} and {2}");
WORD(odd, "{7} {0} {x} { } {1", "{7} {0} {x} { } {1");
WORD(six, "{1}{2}{3}{4}{5}{6}", "{6}{5}{4}{3}{2}{1}");

static void values_take_their_places(void **state)
{
	const str values[] = { S("een"), S("twee") };
	assert_text(word_text(*state, NL, W(plain), NULL, 0), "Klaar.");
	assert_text(word_text(*state, NL, W(swapped), values, 2), "twee van een");
	assert_text(word_text(*state, EN, W(swapped), values, 2), "een's twee");
	assert_text(word_text(*state, EN, W(swapped), values, 1), "een's ");
	assert_text(word_text(*state, EN, W(odd), values, 2), "{7} {0} {x} { } {1");
	assert_text(word_text(*state, NL, W(skills), (const str[]){ S("1") }, 1), "1 vaardigheid");
	assert_text(word_text(*state, NL, W(skills), (const str[]){ S("0") }, 1), "0 vaardigheden");
	assert_text(word_text(*state, EN, W(skills), (const str[]){ S("12") }, 1), "12 skills");
	assert_text(word_text(*state, NL, W(enter), (const str[]){ S("{1}{1}") }, 1), "Vul {1}{1} in.");        /* what was typed is never a place */
}

static void a_word_among_the_values_speaks_the_readers_language(void **state)
{
	struct said s = said_of(*state, W(enter), W(label));
	assert_text(said_text(*state, NL, &s), "Vul startdatum in.");
	assert_text(said_text(*state, EN, &s), "Enter start date.");
	s = said_of(*state, W(enter), W(bsn));
	assert_text(said_text(*state, NL, &s), "Vul BSN in.");
	s = said_of(*state, W(enter), S("Ada"));
	assert_text(said_text(*state, NL, &s), "Vul Ada in.");                                          /* a text stays as it is */
	s = said_of(*state, W(begins), W(label));
	assert_text(said_text(*state, NL, &s), "Startdatum ontbreekt. Startdatum is nodig; ‘Startdatum’ dus.");
	s = said_of(*state, W(joined), said_of(*state, W(joined), W(label), S("x")), W(plain));
	assert_text(said_text(*state, NL, &s), "Startdatum en x en klaar.");
	assert_text(said_text(*state, EN, &s), "Start date and x and done.");
	s = said_of(*state, W(six), S("a"), S("b"), S("c"), S("d"), S("e"), S("f"));
	assert_text(said_text(*state, NL, &s), "abcdef");
	assert_text(said_text(*state, EN, &s), "fedcba");
	assert_null(said_text(*state, EN, &(struct said){ 0 }).at);
	s = say_word(W(swapped));
	assert_text(said_text(*state, NL, &s), " van ");
}

static void what_is_said_outlives_its_values(void **state)
{
	char name[] = "Ada", other[] = "Bob";
	struct said inner = { .word = W(enter), .values = SAY_ALL(((str){ other, 3 })) };
	struct said s = said_of(*state, W(joined), ((str){ name, 3 }), inner);
	memset(name, 'x', 3);
	memset(other, 'x', 3);
	assert_text(said_text(*state, EN, &s), "Ada and enter Bob.");
}

static const char *logged;
static void log_hook(const struct ctx *c, const char *what)
{
	(void)c;
	static char kept[500];
	logged = strcpy(kept, what);
}

static void refusing_objecting_and_breaking(void **state)
{
	struct ctx c = { .arena = *state };
	assert_int_equal(refuse(&c, CONFLICT, "survey-closed", W(swapped), W(label), S("x")), CONFLICT);
	assert_int_equal(c.status, CONFLICT);
	assert_text(c.code, "survey-closed");
	assert_text(said_text(*state, NL, &c.said), "x van startdatum");
	assert_int_equal(c.problems.count, 0);

	c = (struct ctx){ .arena = *state };
	assert_int_equal(object(&c, S("rows.3.day"), W(plain)), INVALID);
	assert_int_equal(object(&c, S("name"), W(enter), W(label)), INVALID);
	assert_text(c.code, "invalid");
	assert_int_equal(c.problems.count, 2);
	assert_text(list_of(c.problems, struct problem)[0].field, "rows.3.day");
	assert_text(said_text(*state, EN, &list_of(c.problems, struct problem)[1].said), "Enter start date.");

	broken_hook = log_hook;
	assert_int_equal(broken(&c, "disk %s", "full"), BROKEN);
	assert_string_equal(logged, "disk full");
	assert_int_equal(c.status, BROKEN);
	broken_hook = NULL;
	assert_int_equal(broken(&c, "unheard"), BROKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(values_take_their_places), TEST(a_word_among_the_values_speaks_the_readers_language), TEST(what_is_said_outlives_its_values),
		TEST(refusing_objecting_and_breaking),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
