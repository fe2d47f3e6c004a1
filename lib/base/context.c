/* context.c - saying once why something cannot be done. */
#include "context.h"
#include <stdio.h>
#include <string.h>

void (*broken_hook)(const struct ctx *c, const char *what);

static struct said said_of(const struct ctx *c, const struct word *w, const str values[])
{
	struct said s = { .word = w };
	for (size_t i = 0; i < SAID_VALUES; i++)
		s.values[i] = text_copy(c->arena, values[i]);
	return s;
}

enum status refuse_with(struct ctx *c, enum status status, str code, const struct word *w, const str values[])
{
	c->status = status;
	c->code = code;
	c->said = said_of(c, w, values);
	return status;
}

enum status object_with(struct ctx *c, str field, const struct word *w, const str values[])
{
	*list_add(c->arena, &c->problems, struct problem) = (struct problem){ text_copy(c->arena, field), said_of(c, w, values) };
	c->status = INVALID;
	if (!c->code.len)
		c->code = S("invalid");
	return INVALID;
}

enum status broken(struct ctx *c, const char *what, ...)
{
	char text[400];
	va_list values;
	va_start(values, what);
	vsnprintf(text, sizeof text, what, values);
	va_end(values);
	if (broken_hook)
		broken_hook(c, text);
	c->status = BROKEN;
	c->code = S("broken");
	return BROKEN;
}
