/* templates.c - makes C of a template, or says at file:line why not: templates results.html results.html.h */
#include "template/template.h"
#include "tool.h"
#include <stdio.h>

int main(int count, char **values)
{
	if (count != 3) {
		fprintf(stderr, "usage: templates NAME.html NAME.html.h\n");
		return 2;
	}
	struct arena *a = arena_new();
	struct buffer c = { 0 }, why = { 0 };
	bool fine = template_compile(a, values[1], tool_read(a, values[1]), &c, &why);
	if (fine)
		tool_write(values[2], &c);
	else
		fprintf(stderr, S_FMT "\n", S_ARG(buffer_text(&why)));
	buffer_done(&c);
	buffer_done(&why);
	arena_free(a);
	return fine ? 0 : 1;
}
