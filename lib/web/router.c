/* router.c - from method and path to an operation. */
#include "inside.h"
#include <stdio.h>
#include <stdlib.h>

static size_t segments_of(str path)
{
	size_t n = 0;
	for (size_t i = 0; i < path.len; i++)
		n += path.at[i] == '/';
	return n;
}

static bool is_named(str segment)
{
	return segment.len && segment.at[0] == '{';
}

/* Fixed segments sort before named ones, so that /people/new is found before /people/{id}. */
static int compare(const void *a, const void *b)
{
	const struct route *x = a, *y = b;
	if (x->segments != y->segments)
		return x->segments < y->segments ? -1 : 1;
	str px = x->path, py = y->path, sx, sy;
	for (bool more = true; more; ) {
		more = str_cut(px, '/', &sx, &px);
		str_cut(py, '/', &sy, &py);
		if (is_named(sx) != is_named(sy))
			return is_named(sx) ? 1 : -1;
		int order = is_named(sx) ? 0 : str_compare(sx, sy);
		if (order)
			return order;
	}
	return str_compare(x->method, y->method);
}

enum status routes_build(struct web *w, char why[400])
{
	w->routes = calloc(operations_count() + 1, sizeof *w->routes);
	if (!w->routes)
		abort();
	for (size_t i = 0; i < operations_count(); i++) {
		const struct operation *op = operations_at(i);
		if (op->route)
			w->routes[w->route_count++] = (struct route){ op, operation_method(op), operation_path(op), segments_of(operation_path(op)) };
	}
	qsort(w->routes, w->route_count, sizeof *w->routes, compare);
	for (size_t i = 1; i < w->route_count; i++)
		if (!compare(&w->routes[i - 1], &w->routes[i])) {
			snprintf(why, 400, "operations %s and %s have the same route", w->routes[i - 1].op->name, w->routes[i].op->name);
			return CONFLICT;
		}
	return OK;
}

static bool matches(str pattern, str path, struct arena *a, list *given)
{
	size_t kept = given ? given->count : 0;
	for (bool more = true; more; ) {
		str want, have;
		more = str_cut(pattern, '/', &want, &pattern);
		if (str_cut(path, '/', &have, &path) != more)
			goto no;
		if (is_named(want)) {
			if (!have.len)
				goto no;
			if (given)
				*list_add(a, given, struct given) = (struct given){ { want.at + 1, want.len - 2 }, have };
		} else if (!str_eq(want, have)) {
			goto no;
		}
	}
	return true;
no:
	if (given)
		given->count = kept;
	return false;
}

const struct operation *route_find(const struct web *w, struct arena *a, str method, str path, list *given, str *allowed)
{
	size_t segments = segments_of(path);
	const struct operation *found = NULL;
	*allowed = (str){ 0 };
	for (size_t i = 0; i < w->route_count && !found; i++) {
		const struct route *r = &w->routes[i];
		size_t kept = given ? given->count : 0;
		if (r->segments != segments || !matches(r->path, path, a, given))
			continue;
		if (str_eq(r->method, method)) {
			found = r->op;
			break;
		}
		if (!given)
			continue;
		given->count = kept;
		*allowed = text_format(a, S_FMT "%s" S_FMT, S_ARG(*allowed), allowed->len ? ", " : "", S_ARG(r->method));
	}
	return found;
}
