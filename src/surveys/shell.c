/* shell.c - answers from another tool, from a terminal: the same operation as the page's. */
#include "import.h"
#include "shell/shell.h"
#include "table/table.h"

COMMAND(survey_import, "FILE --name NAME --day DAY [--asked N] [--map FILE] [--questions FILE]",
	"Takes in answers that another tool collected, as a closed round. Names, addresses and times are not read.",
	OPTIONS({ "name", "NAME", "what the survey is called" }, { "day", "DAY", "when it closed, such as 2026-05-31" }, { "asked", "N", "how many were asked" },
		{ "map", "FILE", "which column is which question; share/mappings/surveys has examples" }, { "questions", "FILE", "questions of your own: a table with code, nl, en, scale, reversed, points" }))
{
	struct { const char *option, *field; } files[] = { { "map", "mapping" }, { "questions", "items" } };
	list given = { 0 };
	void *out;
	enum status s;
	struct buffer file = { 0 };
	if (!shell_need_words(sh, 1))
		return USAGE;
	s = file_read(&sh->c, text_c(sh->arena, shell_word(sh, 0)), ANSWERS_BYTES, &file);
	shell_give(sh, &given, S("name"), shell_option(sh, S("name")));
	shell_give(sh, &given, S("day"), shell_option(sh, S("day")));
	shell_give(sh, &given, S("asked"), shell_option(sh, S("asked")));
	if (s == OK)
		shell_give(sh, &given, S("file"), text_copy(sh->arena, buffer_text(&file)));
	shell_give(sh, &given, S("file_file"), shell_word(sh, 0));
	buffer_done(&file);
	for (size_t i = 0; s == OK && i < 2; i++) {
		str path = shell_option(sh, str_of(files[i].option));
		struct buffer one = { 0 };
		if (!path.len)
			continue;
		s = file_read(&sh->c, text_c(sh->arena, path), 64 * 1024, &one);
		if (s == OK)
			shell_give(sh, &given, str_of(files[i].field), text_copy(sh->arena, buffer_text(&one)));
		buffer_done(&one);
	}
	if (s == OK)
		s = shell_call(sh, "survey_import", &given, &out);
	return shell_finish(sh, s);
}
