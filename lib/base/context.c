/* context.c - saying once why something cannot be done. */
#include "context.h"
#include <stdio.h>

void (*broken_hook)(const struct ctx *c, const char *what);

enum status refuse_with(struct ctx *c, enum status status, str code, const struct word *w, const struct said values[SAID_VALUES])
{
	c->status = status;
	c->code = code;
	c->said = said_of_all(c->arena, w, values);
	return status;
}

enum status object_with(struct ctx *c, str field, const struct word *w, const struct said values[SAID_VALUES])
{
	*list_add(c->arena, &c->problems, struct problem) = (struct problem){ text_copy(c->arena, field), said_of_all(c->arena, w, values) };
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
