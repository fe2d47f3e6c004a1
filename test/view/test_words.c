/* test_words.c - the compiler of words: what it makes, and what it refuses at which line. Its path is the first argument. */
#include "base/arena.h"
#include "base/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *tool;
static char folder[] = "/tmp/wijzer-words-XXXXXX";

static const char *whole(struct arena *a, FILE *f)
{
	char part[4096];
	struct buffer b = { 0 };
	for (size_t n; (n = fread(part, 1, sizeof part, f)); )
		buffer_add(&b, (str){ part, n });
	const char *text = text_c(a, buffer_text(&b));
	buffer_done(&b);
	return text;
}

/* What the tool says of these words, or the C it made of them. */
static const char *compiled(struct arena *a, const char *words)
{
	str path = text_format(a, "%s/words.txt", folder);
	FILE *f = fopen(path.at, "wb");
	assert_non_null(f);
	fputs(words, f);
	fclose(f);
	FILE *said = popen(text_format(a, "'%s' '%s' '%s/w.h' '%s/w.c' 2>&1", tool, path.at, folder, folder).at, "r");
	assert_non_null(said);
	const char *text = whole(a, said);
	if (pclose(said))
		return text;
	f = fopen(text_format(a, "%s/w.c", folder).at, "rb");
	assert_non_null(f);
	text = whole(a, f);
	fclose(f);
	return text;
}

static void words_become_c_or_are_refused(void **state)
{
	static const char *const rows[][2] = {
		{ "# why\na-b\n  nl Ja.\n  en Yes.\n", "const struct word word_a_b = { \"a-b\", {\n\t{ \"Ja.\", 3 },\n\t{ \"Yes.\", 4 }, } };" },
		{ "a\n  nl Een \"zin\"\n    die doorgaat.\n  en One.\n", "{ \"Een \\\"zin\\\" die doorgaat.\", 23 }" },
		{ "a\n  nl {1} {1|ding|dingen}\n  en {1} {1|thing|things}\nb\n  nl {2}{1}\n  en {1}{2}\n", "word_b = " },
		{ "a\n  nl {1|één ding|{1}}\n  en {1}\n", "words.txt:2: error: " },
		{ "a\n  nl Ja\n", "words.txt:1: error: a has no text in en" },
		{ "a\n  nl\n  en Yes\n", "words.txt:2: error: the nl text of a is empty" },
		{ "a\n  nl Ja\n  en Yes\n\na\n  nl Ja\n  en Yes\n", "words.txt:5: error: the key a stands in line 1 already" },
		{ "a\n  nl Ja\n  nl Ja\n", "words.txt:3: error: a has a nl text already" },
		{ "A_b\n", "words.txt:1: error: a key is made of a-z, 0-9 and '-'" },
		{ "a-\n", "a key neither begins nor ends with '-'" },
		{ "a\n  nl Ja {1}\n  en Yes {2}\n", "words.txt:3: error: the en text of a has other places" },
		{ "a\n  nl Ja {7}\n  en Yes {7}\n", "words.txt:2: error: {7} is neither a place" },
		{ "a\n  nl Ja {1|x}\n  en Yes {1|x}\n", "is neither a place" },
		{ "a\n  nl Ja {1\n  en Yes\n", "'{' without '}'" },
		{ "a\n  nl Ja }\n  en Yes\n", "'}' without '{'" },
		{ "a\n  nl Ja  toch\n  en Yes\n", "words.txt:2: error: a double space" },
		{ "a\n  nl Ja \n  en Yes\n", "words.txt:2: error: a double space" },
		{ "a\n\tnl Ja\n", "words.txt:2: error: a tab" },
		{ "a\n  de Ja\n", "words.txt:2: error: expected a language" },
		{ "  nl Ja\n", "words.txt:1: error: a text without a key above it" },
		{ "a\n  nl \xFF\n  en b\n", "words.txt: error: is not UTF-8" },
	};
	int wrong = 0;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct arena *a = arena_new();
		const char *got = compiled(a, rows[i][0]);
		if (!strstr(got, rows[i][1])) {
			print_error("%s  should give %s\n  gives %s\n", rows[i][0], rows[i][1], got);
			wrong++;
		}
		arena_free(a);
	}
	assert_int_equal(wrong, 0);
}

static int folder_make(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int folder_remove(void **state)
{
	static const char *const names[] = { "words.txt", "w.h", "w.c" };
	char path[64];
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

int main(int count, char **values)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(words_become_c_or_are_refused) };
	if (count != 2)
		return 2;
	tool = values[1];
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
