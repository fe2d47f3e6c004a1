/* needs.c - do the pages meet the program? Each form, field, right and link of a template, against what there is. */
#include "inside.h"

/* "/people/{}" against "/people/{id}", segment by segment; a value of ours may be part of one: "/people/{}.csv". */
static bool path_fits(str link, str route)
{
	for (bool more = true; more; ) {
		str have, want;
		more = str_cut(link, '/', &have, &link);
		if (str_cut(route, '/', &want, &route) != more)
			return false;
		bool named = str_starts(want, S("{"));
		if (named ? !have.len : !str_eq(have, want))
			return false;
	}
	return true;
}

static str without_format(str link)
{
	static const str formats[] = { { ".csv", 4 }, { ".json", 5 } };
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (str_ends(link, formats[i]))
			return str_until(link, link.len - formats[i].len);
	return link;
}

static bool is_page(str link)
{
	for (size_t i = 0; i < operations_count(); i++) {
		const struct operation *op = operations_at(i);
		if (op->route && op->effect == READS && (path_fits(link, operation_path(op)) || path_fits(without_format(link), operation_path(op))))
			return true;
	}
	return false;
}

static const char *missing(const struct web_app *app, const struct view_need *n)
{
	const struct operation *op = operation_find(str_of(n->kind == NEED_FIELD ? n->operation : n->text));
	switch (n->kind) {
	case NEED_OPERATION:
		return !op ? "is no operation" : !op->route ? "is an operation without a route" : NULL;
	case NEED_FIELD:
		return op && !field_find(op->input, str_of(n->text)) ? "is no field of the form's operation" : NULL;
	case NEED_RIGHT:
		return right_is_known(app->rights, str_of(n->text)) ? NULL : "is no right";
	case NEED_PATH:
		return is_page(str_of(n->text)) ? NULL : "is the address of no page";
	}
	return NULL;
}

size_t needs_check(const struct web_app *app, struct buffer *lines)
{
	size_t count = 0;
	for (size_t i = 0; i < view_needs_count(); i++) {
		const struct view_need *n = view_needs_at(i);
		const char *why = missing(app, n);
		if (!why)
			continue;
		buffer_add_format(lines, "%s:%d: %s %s\n", n->file, n->line, n->text, why);
		count++;
	}
	return count;
}
