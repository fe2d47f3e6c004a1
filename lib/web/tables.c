/* tables.c - the operations, hearers and jobs that the linker collected. */
#include "inside.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct operation *const __start_wijzer_operations[] __attribute__((weak));
extern const struct operation *const __stop_wijzer_operations[] __attribute__((weak));

static const struct operation **sorted;
static size_t count;

str operation_feature(const struct operation *op)
{
	str path = str_of(op->file), folder = S("");
	for (str rest = path, part; str_cut(rest, '/', &part, &rest); )
		folder = part;
	return folder;
}

static int compare(const void *a, const void *b)
{
	const struct operation *x = *(const struct operation *const *)a, *y = *(const struct operation *const *)b;
	int order = str_compare(operation_feature(x), operation_feature(y));
	return order ? order : strcmp(x->name, y->name);
}

static void sort_once(void)
{
	count = (size_t)(__stop_wijzer_operations - __start_wijzer_operations);
	sorted = calloc(count ? count : 1, sizeof *sorted);
	if (!sorted)
		abort();
	for (size_t i = 0; i < count; i++)
		sorted[i] = __start_wijzer_operations[i];
	qsort(sorted, count, sizeof *sorted, compare);
}

static void tables_ready(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, sort_once);
}

size_t operations_count(void)
{
	tables_ready();
	return count;
}

const struct operation *operations_at(size_t i)
{
	tables_ready();
	return sorted[i];
}

const struct operation *operation_find(str name)
{
	tables_ready();
	for (size_t i = 0; i < count; i++)
		if (str_eq(str_of(sorted[i]->name), name))
			return sorted[i];
	return NULL;
}

str operation_method(const struct operation *op)
{
	str method, path;
	str_cut(str_of(op->route), ' ', &method, &path);
	return method;
}

str operation_path(const struct operation *op)
{
	str method, path;
	str_cut(str_of(op->route), ' ', &method, &path);
	return path;
}

str path_fill(struct arena *a, str path, const struct record *r, const void *of, const struct record *also, const void *also_of)
{
	struct buffer b = { 0 };
	for (str before, rest = path; rest.at; ) {
		bool named = str_cut(rest, '{', &before, &rest);
		buffer_add(&b, before);
		if (!named)
			break;
		str name;
		str_cut(rest, '}', &name, &rest);
		const struct field *f = r && of ? field_find(r, name) : NULL;
		const void *from = of;
		if (!f && also && also_of) {
			f = field_find(also, name);
			from = also_of;
		}
		if (f)
			http_encode(&b, field_text(a, f, from));
	}
	str filled = text_copy(a, buffer_text(&b));
	buffer_done(&b);
	return filled;
}

bool right_is_known(const struct right *rights, str name)
{
	if (str_eq(name, S("public")) || str_eq(name, S("signed-in")))
		return true;
	for (const struct right *r = rights; r && r->name; r++)
		if (str_eq(name, str_of(r->name)))
			return true;
	return false;
}

/* Every name in braces of a route must be a field of the input. */
static bool path_is_known(const struct operation *op)
{
	for (str before, name, rest = operation_path(op); str_cut(rest, '{', &before, &rest); ) {
		str_cut(rest, '}', &name, &rest);
		if (!field_find(op->input, name))
			return false;
	}
	return true;
}

bool tables_check(const struct web_settings *s, char why[400])
{
	for (size_t i = 0; i < operations_count(); i++) {
		const struct operation *op = operations_at(i);
		const char *wrong = !op->allow ? "has no .allow"
			: !right_is_known(s->app->rights, str_of(op->allow)) && !protocol_scope(op->protocol, str_of(op->allow), NULL) ? "allows a right that is not in the table"
			: !op->doc ? "has no .doc"
			: !op->route && !op->shell_only ? "has no .route"
			: op->route && !path_is_known(op) ? "has a name in its route that is no field of its input"
			: op->protocol && (op->reply != RAW || op->before || protocol_find(operation_path(op)) != op->protocol)
				? "is a protocol's, and answers not raw, hashes, or stands outside its root"
			: op->csv && !field_find(op->output, str_of(op->csv)) ? "names no list of its output as .csv"
			: i && !strcmp(op->name, operations_at(i - 1)->name) ? "stands twice" : NULL;
		if (wrong) {
			snprintf(why, 400, "%s: operation %s %s", op->file, op->name, wrong);
			return false;
		}
	}
	return true;
}

extern const struct hearer *const __start_wijzer_hearers[] __attribute__((weak));
extern const struct hearer *const __stop_wijzer_hearers[] __attribute__((weak));

enum status event_raise(struct ctx *c, str event, const void *what)
{
	for (const struct hearer *const *h = __start_wijzer_hearers; h < __stop_wijzer_hearers; h++)
		if (str_eq(str_of((*h)->event), event))
			TRY((*h)->run(c, what));
	return OK;
}

bool access_may(const struct right *rights, const struct asker *me, str right)
{
	if (str_eq(right, S("public")) || me->unprotected)
		return true;
	if (str_eq(right, S("signed-in")))
		return me->account != 0;
	for (const struct right *r = rights; r->name; r++)
		if (str_eq(right, str_of(r->name)))
			return (r->roles & me->roles) != 0;
	return false;
}

bool may(const struct ctx *c, str right)
{
	return c->web && access_may(c->web->web->settings.app->rights, &c->me, right);
}
