/* compile.c - one template, from its first character to its last. */
#include "template.h"
#include <string.h>

/* "src/surveys/results.html" gives results_html. */
static str function_of(struct arena *a, const char *file)
{
	const char *base = strrchr(file, '/');
	str name = str_of(base ? base + 1 : file), stem, rest;
	str_cut(name, '.', &stem, &rest);
	char *c = arena_take(a, stem.len + 6);
	for (size_t i = 0; i < stem.len; i++)
		c[i] = is_name((unsigned char)stem.at[i]) ? stem.at[i] : '_';
	memcpy(c + stem.len, "_html", 5);
	return (str){ c, stem.len + 5 };
}

static void whole(struct template *t)
{
	switch (block(t)) {
	case FILE_ENDED:
		break;
	case ENDED:
		fail(t, t->line, "{end} without a block");
	default:
		fail(t, t->line, "{else} without an {if} or {each}");
	}
	if (!t->begun)
		fail(t, 1, "a template begins with {page RECORD} or {part NAME of RECORD}");
	html_end(t);
	emit_constant_done(t);
	buffer_add(t->out, S("\n}\n"));
	buffer_add(t->out, buffer_text(&t->after));
}

bool template_compile(struct arena *a, const char *file, str text, struct buffer *out, struct buffer *why)
{
	struct template *t = arena_new_of(a, struct template);
	*t = (struct template){ .arena = a, .file = file, .text = text, .line = 1, .c_line = NO_LINE, .out = out, .why = why, .function = function_of(a, file) };
	buffer_add(out, S("/* Made by tools/templates.c. */\n#include \"view/view.h\"\n"));
	bool fine = !setjmp(t->failed);
	if (fine)
		whole(t);
	buffer_done(&t->constant);
	buffer_done(&t->after);
	buffer_done(&t->form_buffer);
	buffer_done(&t->html.path);
	return fine;
}
