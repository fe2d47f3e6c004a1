/* units.c - units: their paths, their tree, and what other features ask of them. */
#include "inside.h"

RECORD(unit, FIELD(unit, id), FIELD(unit, parent, .optional = true), FIELD(unit, name), FIELD(unit, path));

str unit_path_tidy(struct ctx *c, str typed)
{
	str path = { 0 }, step, rest = typed;
	do {
		str_cut(rest, '/', &step, &rest);
		step = str_trim(step);
		if (step.len)
			path = path.len ? text_format(c->arena, S_FMT "/" S_FMT, S_ARG(path), S_ARG(step)) : step;
	} while (rest.at);
	return path.at ? path : S("");
}
