/* audit.c - the lines that say who did what, without repeating what a person wrote. */
#include "inside.h"
#include "web/web.sql.h"

struct audit_line { str operation, about, request_id; };
RECORD(audit_line, FIELD(audit_line, operation), FIELD(audit_line, about), FIELD(audit_line, request_id));

struct look_line { int64_t reader, subject; str operation; };
RECORD(look_line, FIELD(look_line, reader), FIELD(look_line, subject), FIELD(look_line, operation));

enum { ABOUT_MAX = 400 };

/* Numbers, days, booleans and choices; of a text only that it was given. */
static str about_of(struct ctx *c, const struct record *r, const void *in)
{
	struct buffer b = { 0 };
	for (size_t i = 0; i < r->count && b.len < ABOUT_MAX; i++) {
		const struct field *f = &r->fields[i];
		bool plain = f->type == FIELD_INT || f->type == FIELD_BOOL || f->type == FIELD_DATE || f->type == FIELD_REAL
			|| (f->type == FIELD_TEXT && f->choices);
		if (f->secret || field_is_empty(f, in))
			continue;
		buffer_add_format(&b, "%s%s=", b.len ? " " : "", f->name);
		if (plain)
			buffer_add(&b, field_text(c->arena, f, in));
		else if (f->type == FIELD_LIST)
			buffer_add_format(&b, "(%zu)", ((const list *)field_in(f, in))->count);
		else
			buffer_add(&b, S("(given)"));
	}
	str about = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return about;
}

enum status audit_write(struct ctx *c, const struct operation *op, const void *in)
{
	str about = about_of(c, op->input, in);
	if (c->me.unprotected)
		about = text_join(c->arena, S("unprotected "), about);
	struct audit_line line = { str_of(op->name), about, c->request_id };
	return store_run(c, audit_add, &line, NULL);
}

void looked_at(struct ctx *c, int64_t person)
{
	if (person && person != c->me.person)
		*list_add(c->arena, &c->looks, struct look) = (struct look){ person };
}

enum status looks_write(struct ctx *c, const struct operation *op)
{
	list lines = { 0 };
	str by = c->me.client ? text_format(c->arena, "%s:%lld", op->name, (long long)c->me.client) : str_of(op->name);
	for (each(struct look, l, c->looks))
		*list_add(c->arena, &lines, struct look_line) = (struct look_line){ c->me.person, l->person, by };
	return lines.count ? store_run_each(c, look_add, &lines) : OK;
}
