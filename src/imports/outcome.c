/* outcome.c - what came of an import, in words. */
#include "inside.h"
#include "table/name.h"

bool import_is_change(const struct import_count *n)
{
	return n->added || n->changed || n->ended;
}

struct said import_outcome(struct arena *a, const struct import_count *n, bool dry)
{
	if (!import_is_change(n) && n->rejected && n->rejected == n->rows)
		return SAY(W(imports_nothing_good));
	if (!import_is_change(n) && !n->rejected)
		return said_of(a, W(imports_nothing), number_text(a, n->rows));
	return said_of(a, dry ? W(imports_would) : W(imports_done), number_text(a, n->added), number_text(a, n->changed),
		number_text(a, n->same), number_text(a, n->ended), number_text(a, n->rejected));
}
